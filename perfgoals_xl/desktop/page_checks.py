"""Whether the page on this PC can run and what opens it: checks that change nothing."""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Callable
from pathlib import Path

from perfgoals_xl.desktop.click_record import read_record
from perfgoals_xl.desktop.starters import SYSTEM_PREFIX, command
from perfgoals_xl.excel.setup.diagnosis import Check, fault, ok, warning
from perfgoals_xl.excel.setup.machine import Machine

PAGE_MODULES = ("starlette", "uvicorn")
"""What the extra ``page`` brings."""
LOOPBACK = "127.0.0.1"
_APP_PATHS = tuple(
    rf"{hive}\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths" for hive in ("HKCU", "HKLM")
)
_CHOSEN_BROWSER = (
    r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice"
)
_NAMES = """
    xdg-open x-www-browser chromium chromium-browser google-chrome google-chrome-stable
    microsoft-edge firefox uos-browser-stable browser360-cn qaxbrowser-safe-stable
"""
_BROWSERS = _NAMES.split()
_PROGRAMS = {
    # On Windows the name of the program, elsewhere of the command, and the folder of a Mac.
    "Microsoft Excel": ("excel.exe", "", "Microsoft Excel.app"),
    "WPS 表格": ("et.exe", "et", "wpsoffice.app"),
    "LibreOffice": ("scalc.exe", "soffice", "LibreOffice.app"),
}


def page_checks(machine: Machine, *, vital: bool) -> list[tuple[str, str, Callable[[], Check]]]:
    """The checks with their keys and names; ``vital``: nothing else works here besides the page."""
    return [
        ("page", "本机页面", lambda: _page(vital=vital)),
        ("browser", "浏览器", lambda: _browser(machine)),
        ("clicks", "右键菜单和图标", lambda: _clicks(machine)),
        ("programs", "表格程序", lambda: _programs(machine)),
    ]


def _page(*, vital: bool) -> Check:
    told = fault if vital else warning
    missing = [name for name in PAGE_MODULES if importlib.util.find_spec(name) is None]
    if missing:
        return told(
            "page",
            "本机页面",
            f"没有装页面所需的组件（{'、'.join(missing)}）",
            '请运行 pip install "perfgoals-xl[page]"，或用离线安装包重新安装。',
        )
    try:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = probe.getsockname()[1]
            probe.listen(1)
            with socket.create_connection((LOOPBACK, port), timeout=5):
                pass
    except OSError as error:
        return told(
            "page",
            "本机页面",
            f"不能在本机地址 {LOOPBACK} 上连接（{error.strerror or error}）",
            "请联系信息管理员：安全软件或防火墙拦住了本机自己的连接。",
        )
    return ok("page", "本机页面", f"可以运行，只在本机 {LOOPBACK}，不联网")


def _browser(machine: Machine) -> Check:
    if machine.is_windows:
        chosen = machine.registry.values(_CHOSEN_BROWSER).get("ProgId")
        if str(chosen).casefold().startswith("ie."):
            todo = "页面在 IE 里打不开：请在 Windows 设置里把默认浏览器换成 Edge 或 Chrome。"
            return warning("browser", "浏览器", "默认浏览器是 Internet Explorer", todo)
        # Edge is always there, and opens what has no other program.
        return ok("browser", "浏览器", f"默认浏览器 {chosen or 'Microsoft Edge'}")
    if machine.is_macos:
        return ok("browser", "浏览器", "用系统默认浏览器打开")
    found = next(filter(None, map(machine.which, _BROWSERS)), None)
    if found is None:
        return warning(
            "browser",
            "浏览器",
            "没有找到浏览器",
            "请装一个浏览器；或运行 perfgoals page --no-browser，把显示的地址粘贴到浏览器里。",
        )
    return ok("browser", "浏览器", found)


def _clicks(machine: Machine) -> Check:
    name, again = "右键菜单和图标", "请运行 perfgoals desktop install。"
    if machine.is_windows:
        again = f"请再双击一次 install.cmd；用 pip 安装的，{again}"
    record = read_record(machine)
    if not record.files and str(machine.prefix) == SYSTEM_PREFIX:
        return ok("clicks", name, "安装包已装在系统里；桌面图标另用 perfgoals desktop install")
    if not record.files:
        return warning("clicks", name, "没有装", again)
    gone = [path for path in record.files if not path.is_file()]
    if gone:
        return warning("clicks", name, f"少了 {gone[0]}", again)
    if record.command != command(machine):
        found = f"启动的是 {record.command[0]}，现在运行的是 {machine.executable}"
        return warning("clicks", name, found, f"如要改用现在这一个：{again}")
    return ok("clicks", name, f"{len(record.files)} 个文件，启动 {record.command[0]}")


def _programs(machine: Machine) -> Check:
    found = [name for name in _PROGRAMS if _is_installed(machine, name)]
    if not found:
        todo = "校验副本和标准工作簿要用 Excel、WPS 或 LibreOffice 打开。"
        return warning("programs", "表格程序", "没有找到 Excel、WPS 或 LibreOffice", todo)
    return ok("programs", "表格程序", "、".join(found))


def _is_installed(machine: Machine, name: str) -> bool:
    program, shell_command, application = _PROGRAMS[name]
    if machine.is_windows:
        return any(machine.registry.values(rf"{key}\{program}") for key in _APP_PATHS)
    if machine.is_macos:
        folders = (Path("/Applications"), machine.home / "Applications")
        return any((folder / application).is_dir() for folder in folders)
    return bool(shell_command and machine.which(shell_command))
