"""Where on a PC links, entries and scripts stand, and what they hold. Nothing is written here.

For one person and never for the whole PC: that needs no administrator. The Debian package has the
same entries for everybody (``tools/deb``); what it brings is not written a second time.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.desktop import entries
from perfgoals_xl.desktop.starters import (
    DESKTOP_LABEL,
    ICON_NAME,
    OPEN,
    STARTERS,
    SYSTEM_PREFIX,
    command,
    icon_file,
)
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import expanded, profile, roaming, windowless
from perfgoals_xl.excel.setup.shell_link import ShellLink

_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_SCRIPT_MENUS = {
    "nautilus": ("data", "nautilus/scripts"),
    "nemo": ("data", "nemo/scripts"),
    "caja": ("config", "caja/scripts"),
}
_PNG_SIZES = (48, 128)
DESKTOP_ICON = "桌面图标"
SCRIPT_MENU, RIGHT_CLICK = "右键菜单“脚本”", "文件管理器的右键菜单"


@dataclass(frozen=True)
class Clickable:
    """A file to write: ``kind`` says in which menu it shows (a word for staff, empty for none)."""

    path: Path
    data: bytes
    kind: str = ""
    executable: bool = False


def clickables(machine: Machine) -> list[Clickable]:
    """What makes a click start this program on ``machine``; nothing is written.

    Raises ``InputError`` where a link cannot be made or an entry cannot hold the path of Python.
    """
    if machine.is_windows:
        return list(_of_windows(machine))
    if machine.is_macos:
        return list(_of_mac(machine))
    return list(_of_linux(machine))


def applications(machine: Machine) -> Path:
    """The folder of a person's own desktop entries (Linux)."""
    return data_home(machine) / "applications"


def data_home(machine: Machine) -> Path:
    """``$XDG_DATA_HOME`` of the person."""
    return _xdg(machine, "XDG_DATA_HOME", ".local/share")


def config_home(machine: Machine) -> Path:
    """``$XDG_CONFIG_HOME`` of the person."""
    return _xdg(machine, "XDG_CONFIG_HOME", ".config")


def desktop_folder(machine: Machine) -> Path | None:
    """The folder that shows as the desktop; None where there is none."""
    if machine.is_windows:
        found = _shell_folder(machine, "Desktop", profile(machine) / "Desktop")
    elif machine.is_macos:
        found = machine.home / "Desktop"
    else:
        found = _named_in_user_dirs(machine) or machine.home / "Desktop"
    # Without a desktop the file is said to be the home folder itself.
    return found if found.is_dir() and found != machine.home else None


def _of_windows(machine: Machine) -> Iterator[Clickable]:
    send_to = _shell_folder(
        machine, "SendTo", roaming(machine) / "Microsoft" / "Windows" / "SendTo"
    )
    program, *rest = command(machine)
    # Not inside the package: an update of it would leave the links without their icon for a while,
    # and the icon of a package that was taken away would still be shown from a cache.
    icon = profile(machine) / ".perfgoals" / f"{ICON_NAME}.ico"
    yield Clickable(icon, icon_file(".ico").read_bytes())

    def link(arguments: tuple[str, ...], description: str) -> bytes:
        return machine.shell_link(
            ShellLink(
                target=Path(program),
                # Explorer puts the chosen files behind these, each in quotes where it needs them.
                arguments=subprocess.list2cmdline([*rest, *arguments]),
                folder=windowless(machine).parent,
                icon=icon,
                description=description,
            )
        )

    for starter in STARTERS:
        path = send_to / f"{starter.label}.lnk"
        yield Clickable(path, link(starter.arguments, starter.comment), "右键菜单“发送到”")
    desktop = desktop_folder(machine)
    if desktop is not None:
        data = link(OPEN.arguments, OPEN.comment)
        yield Clickable(desktop / f"{DESKTOP_LABEL}.lnk", data, DESKTOP_ICON)


def _of_mac(machine: Machine) -> Iterator[Clickable]:
    desktop = desktop_folder(machine)
    if desktop is not None:
        text = entries.mac_command(command(machine))
        yield Clickable(
            desktop / f"{DESKTOP_LABEL}.command", text.encode(), DESKTOP_ICON, executable=True
        )


def _of_linux(machine: Machine) -> Iterator[Clickable]:
    run = command(machine)
    data = data_home(machine)
    for_everybody = str(machine.prefix) == SYSTEM_PREFIX
    if not for_everybody:
        icons = data / "icons" / "hicolor"
        svg = icons / "scalable" / "apps" / f"{ICON_NAME}.svg"
        yield Clickable(svg, icon_file(".svg").read_bytes())
        for size in _PNG_SIZES:
            png = icons / f"{size}x{size}" / "apps" / f"{ICON_NAME}.png"
            yield Clickable(png, icon_file(".png", size).read_bytes())
        for starter in STARTERS:
            # "_" comes behind ".": where nothing else takes a type it is the page that opens.
            suffix = "" if starter is OPEN else f"_{starter.key}"
            text = entries.launcher(run, starter, menu=starter is OPEN)
            kind = "开始菜单和“打开方式”" if starter is OPEN else ""
            yield Clickable(
                applications(machine) / f"{ICON_NAME}{suffix}.desktop", text.encode(), kind
            )
        if machine.which("dde-file-manager"):
            folder = data / "deepin" / "dde-file-manager" / "oem-menuextensions"
            for starter in STARTERS:
                text = entries.deepin_menu(run, starter)
                path = folder / f"{ICON_NAME}-{starter.key}.desktop"
                yield Clickable(path, text.encode(), RIGHT_CLICK)
        if machine.which("dolphin"):
            path = data / "kio" / "servicemenus" / f"{ICON_NAME}.desktop"
            # Dolphin asks for the leave to run it.
            yield Clickable(path, entries.kde_menu(run).encode(), RIGHT_CLICK, executable=True)
    for program, (where, folder_name) in _SCRIPT_MENUS.items():
        if machine.which(program):
            folder = (data if where == "data" else config_home(machine)) / folder_name
            for starter in STARTERS:
                text = entries.menu_script(run, starter)
                path = folder / starter.label
                yield Clickable(path, text.encode(), SCRIPT_MENU, executable=True)
    desktop = desktop_folder(machine)
    if desktop is not None:
        text = entries.desktop_icon(run)
        yield Clickable(
            desktop / f"{ICON_NAME}.desktop", text.encode(), DESKTOP_ICON, executable=True
        )


def _shell_folder(machine: Machine, name: str, otherwise: Path) -> Path:
    """A folder of the Windows shell, which a person or an office may have moved elsewhere."""
    value = machine.registry.values(_SHELL_FOLDERS).get(name)
    return Path(expanded(machine, value)) if isinstance(value, str) and value else otherwise


def _xdg(machine: Machine, name: str, otherwise: str) -> Path:
    named = machine.environ.get(name, "")
    # A path that is not absolute is to be ignored, says the specification.
    return Path(named) if named.startswith("/") else machine.home / otherwise


def _named_in_user_dirs(machine: Machine) -> Path | None:
    try:
        text = (config_home(machine) / "user-dirs.dirs").read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return None
    found = re.search(r'^\s*XDG_DESKTOP_DIR="(.*)"\s*$', text, flags=re.MULTILINE)
    if found is None:
        return None
    value = re.sub(r"\\(.)", r"\1", found[1])
    if value.startswith("$HOME"):
        return machine.home / value.removeprefix("$HOME").lstrip("/")
    return Path(value) if value.startswith("/") else None
