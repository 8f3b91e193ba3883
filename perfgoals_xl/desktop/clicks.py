"""The right click, the desktop icon and the entry in the start menu: put there, taken away.

Installing twice is the same as once, and uninstalling takes away what installing wrote and nothing
else. Both are all or nothing: a failure on the way puts back what was there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from perfgoals_xl.desktop.click_places import (
    DESKTOP_ICON,
    Clickable,
    applications,
    clickables,
    config_home,
    data_home,
)
from perfgoals_xl.desktop.click_record import Record, read_record, record_path
from perfgoals_xl.desktop.default_programs import chosen, with_choices, without_choices
from perfgoals_xl.desktop.file_types import every_type
from perfgoals_xl.desktop.starters import ICON_NAME, command
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import refuse_store_python
from perfgoals_xl.excel.setup.placing import put, remove

_PICTURES = (".svg", ".png", ".ico")
_OURS = (b"perfgoals", "perfgoals".encode("utf-16-le"))


def install_clicks(machine: Machine) -> list[str]:
    """Write the links, entries and scripts of ``machine``; what an older version wrote goes.

    Returns what was done, in lines for staff. Raises ``InputError`` where it cannot be done; then
    nothing has changed. An icon on a desktop that is closed to us is told and keeps nothing else
    away: protection against ransomware, or an office's own desktop for everybody, does that.
    """
    refuse_store_python(machine)
    wanted = clickables(machine)
    old = read_record(machine)
    for clickable in wanted:
        _refuse_of_others(clickable.path, old)
    keep = {clickable.path for clickable in wanted}
    caches = [path for path in _caches(machine) if not path.exists()]
    choices = _choices_to_keep(machine, wanted, old)
    refused: dict[Path, InputError] = {}
    with ExitStack() as undo:
        made: list[Path] = []
        for clickable in wanted:
            mode = None if machine.is_windows else (0o755 if clickable.executable else 0o644)
            try:
                made += put(clickable.path, clickable.data, undo, mode)
            except InputError as error:
                if clickable.kind != DESKTOP_ICON or not _in_a_menu(wanted):
                    raise
                refused[clickable.path] = error
        written = [one for one in wanted if one.path not in refused]
        for path in old.files.keys() - keep:
            if _is_ours(path, old):
                remove(path, undo)
        made += _choose(machine, choices, old, undo)
        record = Record(
            command=command(machine),
            files={
                **{path: digest for path, digest in old.files.items() if path in refused},
                **{one.path: _digest(one) for one in written},
            },
            folders=tuple(dict.fromkeys([*old.folders, *made])),
            caches=tuple(dict.fromkeys([*old.caches, *caches])),
            choices=choices,
        )
        put(record_path(machine), record.to_bytes(), undo)
        undo.pop_all()
    _refresh(machine, written)
    _trust(machine, written)
    return [*_told(written), *(f"桌面图标没有装上：{error}" for error in refused.values())]


def uninstall_clicks(machine: Machine) -> list[str]:
    """Take away what :func:`install_clicks` wrote, and nothing else; fine where nothing is there.

    A file of ours that somebody replaced by another one stays and is told.
    """
    record = read_record(machine)
    if not record.files:
        return ["没有装过右键菜单和桌面图标，不用卸载。"]
    lines = []
    with ExitStack() as undo:
        for path in record.files:
            if not path.is_file():
                continue
            if _is_ours(path, record):
                remove(path, undo)
            else:
                lines.append(f"{path} 已被换成别的文件，没有删除。")
        _choose(machine, {}, record, undo)
        remove(record_path(machine), undo)
        undo.pop_all()
    _refresh(machine, [Clickable(path, b"") for path in record.files])
    for cache in record.caches:
        _clear_cache(cache)
    # Fails where something of someone else stands in one: as it should. The last is this program's
    # own, whoever of its parts made it.
    ours = sorted(record.folders, key=lambda path: -len(path.parts))
    for folder in [*ours, record_path(machine).parent]:
        with suppress(OSError):
            folder.rmdir()
    return ["已去掉右键菜单和桌面图标。", *lines]


def _in_a_menu(clickables: Iterable[Clickable]) -> bool:
    return any(one.kind and one.kind != DESKTOP_ICON for one in clickables)


def _digest(clickable: Clickable) -> str:
    return hashlib.sha256(clickable.data).hexdigest()


def _refuse_of_others(path: Path, old: Record) -> None:
    if path.is_dir():
        raise InputError("已有一个同名的文件夹", hint="请改名或移走后再运行一次。", file=path)
    if path.is_file() and path not in old.files and not _holds_our_name(path):
        raise InputError(
            "已有同名的文件，不是本软件写的", hint="请改名或移走后再运行一次。", file=path
        )


def _is_ours(path: Path, record: Record) -> bool:
    """Whether the file is still the one that we wrote, or that one with something changed in it."""
    if not path.is_file():
        return False
    known = record.files.get(path)
    return hashlib.sha256(path.read_bytes()).hexdigest() == known or _holds_our_name(path)


def _holds_our_name(path: Path) -> bool:
    if path.suffix in _PICTURES and path.name.startswith(ICON_NAME):
        return True
    data = path.read_bytes()
    return any(name in data for name in _OURS)


def _choices_to_keep(machine: Machine, wanted: Iterable[Clickable], old: Record) -> dict[str, str]:
    """For every type what opens it today without anybody's choice: it is to stay so."""
    if not any(one.path.parent == applications(machine) for one in wanted):
        return {}
    known = chosen(_mimeapps_text(machine))
    kept = dict(old.choices)
    for kind in every_type():
        if kind in known or kind in kept:
            continue
        program = _opened_by(machine, kind)
        if program.endswith(".desktop") and not program.startswith(ICON_NAME):
            kept[kind] = program
    return kept


def _opened_by(machine: Machine, kind: str) -> str:
    """The desktop entry that opens ``kind`` on a double click; empty where nobody knows."""
    # gio first: xdg-mime is a script that takes ten times as long.
    told = machine.ask(["env", "LC_ALL=C.UTF-8", "gio", "mime", kind])
    if told is None:
        return (machine.ask(["xdg-mime", "query", "default", kind]) or "").strip()
    return (told.splitlines() or [""])[0].rpartition(" ")[2]


def _choose(machine: Machine, choices: dict[str, str], old: Record, undo: ExitStack) -> list[Path]:
    """The list of choices with ``choices`` of ours instead of the ``old`` ones."""
    path = config_home(machine) / "mimeapps.list"
    before = _mimeapps_text(machine)
    gone = {kind: name for kind, name in old.choices.items() if choices.get(kind) != name}
    after = with_choices(without_choices(before, gone) if gone else before, choices)
    if after == before:
        return []
    if after:
        return put(path, after.encode(), undo)
    remove(path, undo)
    return []


def _mimeapps_text(machine: Machine) -> str:
    if machine.is_windows or machine.is_macos:
        return ""
    try:
        return (config_home(machine) / "mimeapps.list").read_bytes().decode("utf-8")
    except (OSError, UnicodeError):
        return ""


def _caches(machine: Machine) -> list[Path]:
    """What the tools that are called below may write."""
    if machine.is_windows or machine.is_macos:
        return []
    hicolor = data_home(machine) / "icons" / "hicolor"
    return [applications(machine) / "mimeinfo.cache", hicolor / "icon-theme.cache"]


def _clear_cache(cache: Path) -> None:
    # One that still lists the entries of others was made anew by now, and stays.
    others = [path for path in cache.parent.glob("*") if path != cache and path.is_file()]
    folders = [path for path in cache.parent.glob("*") if path.is_dir()]
    if not others and not any(any(folder.rglob("*.*")) for folder in folders):
        with suppress(OSError):
            cache.unlink(missing_ok=True)


def _refresh(machine: Machine, written: Iterable[Clickable]) -> None:
    """Have the lists of entries and icons made anew, where there is a tool for it."""
    if machine.is_windows or machine.is_macos:
        return
    folders = {one.path.parent for one in written}
    if applications(machine) in folders and applications(machine).is_dir():
        machine.ask(["update-desktop-database", "-q", str(applications(machine))])
    hicolor = data_home(machine) / "icons" / "hicolor"
    # Without a cache the desktop looks into the folders; an old cache would hide our icon.
    if (hicolor / "icon-theme.cache").is_file():
        machine.ask(["gtk-update-icon-cache", "-q", "-t", "-f", str(hicolor)])


def _trust(machine: Machine, written: Iterable[Clickable]) -> None:
    """Tell GNOME that the icon on the desktop may start something; elsewhere nobody asks."""
    if machine.is_windows or machine.is_macos:
        return
    for one in written:
        if one.kind == DESKTOP_ICON:
            machine.ask(["gio", "set", str(one.path), "metadata::trusted", "true"])


def _told(wanted: Iterable[Clickable]) -> list[str]:
    kinds: dict[str, list[Path]] = {}
    for one in wanted:
        if one.kind:
            kinds.setdefault(one.kind, []).append(one.path)
    if not kinds:
        return ["没有找到桌面文件夹，没有写任何文件；请用命令 perfgoals page 打开页面。"]
    return [f"已装好{kind}：{paths[0]}。" for kind, paths in kinds.items()]
