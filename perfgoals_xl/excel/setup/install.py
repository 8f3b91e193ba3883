"""Putting the add-in into Excel and taking it out again.

Both are all or nothing: everything that could refuse is asked before the first file is written,
and a failure on the way puts back what was there.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.addin_settings import Settings, read_settings
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.office import Office
from perfgoals_xl.excel.setup.places import (
    Places,
    dll_folders,
    dll_name,
    mark_of_the_web,
    places,
    refuse_store_python,
    script_name,
)
from perfgoals_xl.excel.setup.placing import put, remove
from perfgoals_xl.excel.setup.vba_writer import UDF_MODULE

SEARCH_PATH = "PYTHONPATH"
MADE = "PERFGOALS FILES"
"""Our own line in the settings: the files beside the add-in that install made, with ``;``."""


def install(machine: Machine) -> list[str]:
    """Put the add-in into Excel's start-up folder and tell it where Python is.

    Returns what was done, in lines for staff. Raises ``InputError`` where it cannot be done; then
    nothing has changed.
    """
    where = places(machine)
    source = _ready_made()
    package, _ = _fitting_versions(source, machine)
    refuse_store_python(machine)
    _refuse_in_use(where.addin, machine)
    old = read_settings(where.settings, machine.ansi_encoding)
    beside = _files_beside(machine, where)
    settings = _settings(old, where, machine, beside).to_bytes(machine.ansi_encoding)
    before = _version_inside(where.addin)
    new_folder = not where.addin.parent.is_dir()

    with ExitStack() as undo:
        put(where.addin, source.read_bytes(), undo)
        for target, origin in beside.items():
            put(target, origin.read_bytes(), undo)
        put(where.settings, settings, undo)
        undo.pop_all()
    _lift_mark(where.addin)

    lines = [_told_addin(where.addin, before, package)]
    if new_folder:
        lines.append(f"已建立 Excel 启动文件夹 {where.addin.parent}。")
    lines += [f"已放好 {target}。" for target in beside]
    lines.append(f"已写好设置 {where.settings}：Excel 用 {where.interpreter} 运行。")
    return [*lines, *_told_at_the_end(machine)]


def uninstall(machine: Machine) -> list[str]:
    """Take out what :func:`install` put in, and nothing else; fine where nothing is there.

    Returns what was done, in lines for staff. Raises ``InputError`` where Excel holds the add-in;
    then nothing has changed.
    """
    where = places(machine)
    _refuse_in_use(where.addin, machine)
    old = read_settings(where.settings, machine.ansi_encoding)
    made = [path for path in map(Path, _made(old)) if path.name.startswith("xlwings")]
    new = old.without(_our_keys(old, where))

    lines = []
    with ExitStack() as undo:
        for path in (where.addin, *made):
            if path.is_file():
                remove(path, undo)
                lines.append(f"已删除 {path}。")
        if new != old and not new.is_empty:
            put(where.settings, new.to_bytes(machine.ansi_encoding), undo)
            lines.append(f"已从设置 {where.settings} 中去掉本软件的各行，其他行保留。")
        elif new != old:
            remove(where.settings, undo)
            lines.append(f"已删除设置 {where.settings}。")
        undo.pop_all()
    mark = mark_of_the_web(where.addin)
    with suppress(OSError):
        mark.unlink(missing_ok=True)
    if machine.is_windows and lines:
        # Fails where something of someone else, or our logs, still stand in it: as it should.
        with suppress(OSError):
            where.settings.parent.rmdir()
    if not lines:
        lines.append("没有装过加载项，不用卸载。")
    if where.logs.is_dir() and any(where.logs.iterdir()):
        lines.append(f"日志保留在 {where.logs}，不需要时可自行删除。")
    return lines


def settings_values(where: Places) -> dict[str, str]:
    """The settings that the add-in needs, by key."""
    return {
        where.interpreter_key: str(where.interpreter),
        "UDF MODULES": UDF_MODULE,
        "USE UDF SERVER": "True",
        # A pandas.py beside the workbook must not be imported in place of pandas.
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
    }


def find_dll(machine: Machine, interpreter: Path, bits: int) -> Path | None:
    """The DLL for Excel of ``bits`` where the VBA of xlwings looks for it; None without it."""
    name = dll_name(machine.xlwings_version, bits)
    found = (folder / name for folder in dll_folders(interpreter))
    return next((path for path in found if path.is_file()), None)


def _ready_made() -> Path:
    from perfgoals_xl.resources import addin_path

    try:
        return addin_path()
    except FileNotFoundError:
        raise InputError(
            "这份安装里没有加载项文件 perfgoals.xlam",
            hint="请重新安装 perfgoals-xl；在源代码目录里请先运行 make addin。",
        ) from None


def _fitting_versions(source: Path, machine: Machine) -> tuple[str, str]:
    from perfgoals_xl.excel.setup.addin_build import addin_versions

    package, xlwings = addin_versions(source)
    if xlwings != machine.xlwings_version:
        raise InputError(
            f"加载项要用 xlwings {xlwings}，装着的是 {machine.xlwings_version or '（没有）'}",
            hint=f"请运行 pip install xlwings=={xlwings}，再运行一次。",
        )
    return package, xlwings


def _version_inside(addin: Path) -> str | None:
    """The version of an add-in that is there already; empty where it tells none."""
    from perfgoals_xl.excel.setup.addin_build import addin_versions

    if not addin.is_file():
        return None
    try:
        return addin_versions(addin)[0]
    except Exception:
        # Whatever stands there under our name: it is replaced, not read.
        return ""


def _refuse_in_use(addin: Path, machine: Machine) -> None:
    """Excel locks the add-ins it has loaded: asked before anything is written."""
    if not addin.exists():
        return
    try:
        with addin.open("r+b"):
            pass
    except OSError:
        if machine.excel_is_running():
            message = "加载项正被 Excel 使用"
            hint = "请保存工作簿，关闭所有 Excel 窗口，再运行一次。"
        else:
            message = "加载项文件正被占用或是只读的"
            hint = "请关闭 Excel（必要时注销后重新登录），再运行一次。"
        raise InputError(message, hint=hint, file=addin) from None


def _files_beside(machine: Machine, where: Places) -> dict[Path, Path]:
    """What must stand outside the add-in and does not yet: target and where it comes from."""
    if where.scripts is not None:
        name = script_name(machine.xlwings_version)
        target = where.scripts / name
        return {} if target.is_file() else {target: _of_xlwings(machine, name)}
    bits = Office(machine).bits() or 64
    if find_dll(machine, where.interpreter, bits) is not None:
        return {}
    name = dll_name(machine.xlwings_version, bits)
    known = (machine.prefix / name, machine.base_prefix / name)
    origin = next((path for path in known if path.is_file()), None)
    return {where.interpreter.parent / name: origin or _of_xlwings(machine, name)}


def _of_xlwings(machine: Machine, name: str) -> Path:
    for path in machine.xlwings_files:
        if path.name == name and path.is_file():
            return path
    version = machine.xlwings_version
    raise InputError(
        f"没有找到 xlwings 的文件 {name}，Excel 没有它就启动不了 Python",
        hint=f"请运行 pip install --force-reinstall --no-deps xlwings=={version}，"
        "或用离线安装包重新安装。",
    )


def _settings(old: Settings, where: Places, machine: Machine, beside: dict[Path, Path]) -> Settings:
    values = settings_values(where)
    if machine.is_windows and _search_path_is_ours(old, where):
        # Left empty, xlwings would put Excel's current folder in front of Python's own.
        values[SEARCH_PATH] = str(where.interpreter.parent)
    made = dict.fromkeys((*_made(old), *map(str, beside)))
    if made:
        values[MADE] = ";".join(made)
    return old.with_values(values)


def _made(old: Settings) -> list[str]:
    return [name for name in (old.get(MADE) or "").split(";") if name]


def _our_keys(old: Settings, where: Places) -> set[str]:
    keys = {*settings_values(where), MADE}
    if _search_path_is_ours(old, where):
        keys.add(SEARCH_PATH)
    return keys


def _search_path_is_ours(old: Settings, where: Places) -> bool:
    """Whether nobody else has written the search path: it is missing, or as install writes it."""
    path = old.get(SEARCH_PATH)
    interpreter = old.get(where.interpreter_key)
    return not path or (interpreter is not None and path == str(Path(interpreter).parent))


def _lift_mark(addin: Path) -> None:
    # A file that Windows takes for a download has its macros blocked. A disk without streams
    # has no mark to lift.
    with suppress(OSError):
        mark_of_the_web(addin).unlink(missing_ok=True)


def _told_addin(addin: Path, before: str | None, package: str) -> str:
    if before is None:
        return f"已安装加载项 {package}：{addin}。"
    if before == package:
        return f"已重新安装加载项 {package}：{addin}。"
    return f"已替换 {before or '旧的加载项'} → {package}：{addin}。"


def _told_at_the_end(machine: Machine) -> list[str]:
    lines = []
    if machine.is_windows:
        other = Office(machine).other_start_folder()
        if other:
            lines.append(f"另外设置了启动文件夹 {other}：那里如有旧的 perfgoals.xlam，请删除。")
    if machine.is_macos:
        lines.append("注意：Mac 上的 Excel 不能使用 PG_ 开头的工作表函数，其余按钮可以使用。")
    if machine.excel_is_running():
        lines.append("Excel 正在运行：请关闭所有 Excel 窗口再打开，功能区才会出现“绩效目标”。")
    else:
        lines.append("打开 Excel，功能区会出现“绩效目标”。")
    return lines
