"""Why the add-in or the page does not run: checks, each with what was found and what to do.

The command ``perfgoals addin doctor`` and the button 诊断 show the same checks. Nothing here
changes anything, and nothing raises: a check that fails itself is told as one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from perfgoals_xl._version import __version__
from perfgoals_xl.desktop.page_checks import page_checks
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.addin_settings import read_settings
from perfgoals_xl.excel.setup.diagnosis import Check, asked, fault, ok, warning
from perfgoals_xl.excel.setup.install import find_dll, settings_values
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.office import ALL_MACROS, ASK, Office, is_wps
from perfgoals_xl.excel.setup.places import (
    Places,
    dll_name,
    folder_key,
    mark_of_the_web,
    places,
    script_name,
)
from perfgoals_xl.resources import ADDIN_NAME

INSTALL_AGAIN = "请关闭 Excel，运行 perfgoals addin install（或离线安装包里的 install.cmd）。"


def checks(machine: Machine) -> list[Check]:
    """All checks that apply to ``machine``, in the order in which to mend what they find."""
    looked: list[tuple[str, str, Callable[[], Check]]] = [
        ("python", "Python", lambda: _python(machine)),
        ("package", "本软件", _package),
    ]
    office = Office(machine)
    with_addin = machine.is_macos
    if machine.is_windows:
        where = places(machine)
        with_addin = office.is_there() or where.addin.is_file()
        looked.append(("excel", "Excel", lambda: _excel(office, needed=with_addin)))
        if with_addin:
            looked += [
                ("addin", "加载项", lambda: _addin(where)),
                ("xlwings", "xlwings", lambda: _xlwings(machine, where)),
                ("dll", "xlwings 的 DLL", lambda: _dll(machine, where, office)),
                ("com", "COM 组件", lambda: _com(machine)),
                ("settings", "设置文件", lambda: _settings(machine, where)),
                ("interpreter", "设置里的 Python", lambda: _interpreter(machine, where)),
                ("trust", "受信任位置", lambda: _trust(office, where)),
                ("macros", "宏", lambda: _macros(office)),
                ("disabled", "禁用项目", lambda: _disabled(office)),
                ("running", "正在运行", lambda: _running(machine)),
            ]
        looked.append(("wps", "WPS", lambda: _wps(machine, office)))
    elif machine.is_macos:
        where = places(machine)
        looked += [
            ("addin", "加载项", lambda: _addin(where)),
            ("xlwings", "xlwings", lambda: _xlwings(machine, where)),
            ("script", "启动脚本", lambda: _script(machine, where)),
            ("settings", "设置文件", lambda: _settings(machine, where)),
            ("interpreter", "设置里的 Python", lambda: _interpreter(machine, where)),
            ("running", "正在运行", lambda: _running(machine)),
        ]
    else:
        looked.append(("platform", "操作系统", _platform))
    looked += page_checks(machine, vital=not with_addin)
    return [asked(*one) for one in looked]


def _platform() -> Check:
    return ok("platform", "操作系统", "这里没有 Excel 加载项，用本机页面和右键菜单")


def _python(machine: Machine) -> Check:
    found = f"{machine.python_version}，{machine.bits} 位，{machine.executable}"
    if machine.is_store_python:
        return fault(
            "python",
            "Python",
            f"{found}（来自微软应用商店，Excel 看不到它写的文件）",
            "请改用离线安装包，或装 python.org 的 Python（64 位）后重新安装。",
        )
    return ok("python", "Python", found)


def _package() -> Check:
    return ok("package", "本软件", f"perfgoals-xl {__version__}，{Path(__file__).parents[2]}")


def _excel(office: Office, *, needed: bool) -> Check:
    version, bits = office.version(), office.bits()
    if not needed:
        return warning(
            "excel",
            "Excel",
            "没有找到 Microsoft Excel，加载项用不了",
            "可以用本机页面和右键菜单；装了 Excel 以后请再运行一次 install.cmd。",
        )
    if version is None and office.com_server() is None:
        return fault(
            "excel",
            "Excel",
            "没有找到 Microsoft Excel",
            "请安装 Microsoft Excel（2016 或更新的版本），打开一次后再检查。",
        )
    found = f"版本 {version or '不明'}，{f'{bits} 位' if bits else '位数不明'}"
    other = office.other_start_folder()
    if other:
        todo = f"那里如有旧的 {ADDIN_NAME}，请删除。"
        return ok("excel", "Excel", f"{found}；另设启动文件夹 {other}", todo)
    return ok("excel", "Excel", found)


def _addin(where: Places) -> Check:
    from perfgoals_xl.excel.setup.addin_build import addin_versions

    if not where.addin.is_file():
        return fault("addin", "加载项", f"没有 {where.addin}", INSTALL_AGAIN)
    if _marked(where.addin):
        found = f"{where.addin} 带有“来自网络”的标记，宏会被阻止"
        return fault("addin", "加载项", found, INSTALL_AGAIN)
    try:
        package, _ = addin_versions(where.addin)
    except Exception:
        # Whatever is wrong with it, the way out is the same.
        return fault("addin", "加载项", f"{where.addin} 读不出来", INSTALL_AGAIN)
    if package != __version__:
        found = f"加载项是 {package}，本软件是 {__version__}"
        return fault("addin", "加载项", found, INSTALL_AGAIN)
    return ok("addin", "加载项", f"{package}，{where.addin}")


def _marked(addin: Path) -> bool:
    try:
        return mark_of_the_web(addin).exists()
    except OSError:
        return False


def _xlwings(machine: Machine, where: Places) -> Check:
    from perfgoals_xl.excel.setup.addin_build import addin_versions

    installed = machine.xlwings_version
    if not installed:
        todo = "请重新安装 perfgoals-xl（pip install --force-reinstall perfgoals-xl）。"
        return fault("xlwings", "xlwings", "没有安装 xlwings", todo)
    try:
        inside = addin_versions(where.addin)[1]
    except Exception:
        # There is none, or none that can be read: the check of the add-in says so.
        return warning("xlwings", "xlwings", f"{installed}，加载项里的版本读不到", INSTALL_AGAIN)
    if inside != installed:
        found = f"装着 {installed}，加载项要 {inside}"
        todo = f"请运行 pip install xlwings=={inside}，或重新安装加载项。"
        return fault("xlwings", "xlwings", found, todo)
    return ok("xlwings", "xlwings", f"{installed}，与加载项一致")


def _dll(machine: Machine, where: Places, office: Office) -> Check:
    bits = office.bits() or 64
    name = dll_name(machine.xlwings_version, bits)
    interpreter = _named_interpreter(machine, where) or where.interpreter
    found = find_dll(machine, interpreter, bits)
    if found is None:
        told = f"{interpreter.parent} 和它的上一级文件夹里都没有 {name}"
        return fault("dll", "xlwings 的 DLL", told, INSTALL_AGAIN)
    return ok("dll", "xlwings 的 DLL", str(found))


def _script(machine: Machine, where: Places) -> Check:
    assert where.scripts is not None
    script = where.scripts / script_name(machine.xlwings_version)
    if not script.is_file():
        return fault("script", "启动脚本", f"没有 {script}", INSTALL_AGAIN)
    return ok("script", "启动脚本", str(script))


def _com(machine: Machine) -> Check:
    told = machine.com_fault()
    if told is not None:
        return fault(
            "com",
            "COM 组件",
            f"pywin32 不能使用（{' '.join(told.split())}）",
            "请重新运行离线安装包里的 install.cmd，或 pip install --force-reinstall pywin32。",
        )
    return ok("com", "COM 组件", "pywin32 可以使用")


def _settings(machine: Machine, where: Places) -> Check:
    if not where.settings.is_file():
        return fault("settings", "设置文件", f"没有 {where.settings}", INSTALL_AGAIN)
    try:
        settings = read_settings(where.settings, machine.ansi_encoding)
    except InputError as error:
        return fault("settings", "设置文件", error.message, error.hint)
    wrong = [
        key
        for key, value in settings_values(where).items()
        if key not in (where.interpreter_key, "SHOW CONSOLE") and settings.get(key) != value
    ]
    if wrong:
        found = f"{where.settings} 中 {'、'.join(wrong)} 缺少或被改动"
        return fault("settings", "设置文件", found, INSTALL_AGAIN)
    return ok("settings", "设置文件", str(where.settings))


def _named_interpreter(machine: Machine, where: Places) -> Path | None:
    value = read_settings(where.settings, machine.ansi_encoding).get(where.interpreter_key)
    return Path(value) if value else None


def _interpreter(machine: Machine, where: Places) -> Check:
    name = "设置里的 Python"
    interpreter = _named_interpreter(machine, where)
    if interpreter is None:
        return fault("interpreter", name, f"设置里没有 {where.interpreter_key}", INSTALL_AGAIN)
    if not interpreter.is_file():
        return fault("interpreter", name, f"{interpreter} 不存在", INSTALL_AGAIN)
    if folder_key(interpreter.parent) != folder_key(machine.executable.parent):
        found = f"Excel 用 {interpreter}，现在运行的是 {machine.executable}"
        todo = f"如要让 Excel 改用现在这一个：{INSTALL_AGAIN}"
        return warning("interpreter", name, found, todo)
    return ok("interpreter", name, str(interpreter))


def _trust(office: Office, where: Places) -> Check:
    trust, folder = office.trust(), where.addin.parent
    name = "受信任位置"
    if trust.locations_off:
        if trust.by_policy:
            return warning("trust", name, "单位的策略禁用了所有受信任位置", "请联系信息管理员。")
        todo = "Excel 选项→信任中心→受信任位置：去掉“禁用所有受信任位置”。"
        return warning("trust", name, "受信任位置已全部禁用", todo)
    if trust.listed is False:
        todo = f"Excel 选项→信任中心→受信任位置：添加 {folder}。"
        return warning("trust", name, f"{folder} 不在受信任位置里", todo)
    if trust.listed is None:
        return ok("trust", name, "没有另外设置，Excel 默认信任启动文件夹")
    return ok("trust", name, f"{folder} 受信任")


def _macros(office: Office) -> Check:
    trust = office.trust()
    who = "请联系信息管理员。" if trust.by_policy else ""
    if trust.vba_off:
        todo = "请联系信息管理员：Office 的 VBA 被整个关闭。"
        return fault("macros", "宏", "VBA 已被关闭，任何加载项都不能运行", todo)
    if trust.addins_off:
        todo = who or "Excel 选项→信任中心→加载项：去掉“禁用所有应用程序加载项”。"
        return fault("macros", "宏", "加载项已全部禁用", todo)
    if trust.trusted or trust.macros == ALL_MACROS:
        return ok("macros", "宏", "加载项的宏可以运行")
    if trust.macros == ASK:
        todo = "请按上一项处理“受信任位置”，或每次启动时点“启用内容”。"
        return warning("macros", "宏", "Excel 每次都会询问是否启用宏", todo)
    todo = who or "请按上一项处理“受信任位置”。"
    return fault("macros", "宏", "宏被禁用，启动文件夹又不受信任", todo)


def _disabled(office: Office) -> Check:
    if office.has_disabled(ADDIN_NAME):
        todo = "Excel 选项→加载项→管理“禁用项目”→转到：选中 perfgoals，点“启用”，再重新打开 Excel。"
        return fault("disabled", "禁用项目", "Excel 曾出错，把加载项列入了禁用项目", todo)
    return ok("disabled", "禁用项目", "加载项不在其中")


def _running(machine: Machine) -> Check:
    processes = machine.processes()
    if processes is None:
        return warning("running", "正在运行", "没能列出正在运行的程序")
    if machine.excel_is_running():
        return ok("running", "正在运行", "Excel 正在运行；安装或更新后须全部关闭再打开")
    return ok("running", "正在运行", "Excel 没有运行")


def _wps(machine: Machine, office: Office) -> Check:
    server = office.com_server()
    if server is not None and is_wps(server):
        return warning(
            "wps",
            "WPS",
            f"程序名 Excel.Application 被 WPS 占用（{server}）",
            "WPS“配置工具”→高级→兼容设置：去掉与 Office 兼容的选项；仍不行时修复安装 Office。",
        )
    if (machine.processes() or frozenset()) & {"et.exe", "wps.exe"}:
        todo = "本加载项在 Microsoft Excel 里使用，请用 Excel 打开申报表。"
        return ok("wps", "WPS", "WPS 正在运行，没有占用 Excel 的程序名", todo)
    return ok("wps", "WPS", "没有占用 Excel 的程序名")
