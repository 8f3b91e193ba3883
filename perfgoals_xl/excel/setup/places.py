"""Where the add-in and what belongs to it stand on a PC."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.resources import ADDIN_NAME

SETTINGS_NAME = "perfgoals.conf"


@dataclass(frozen=True)
class Places:
    """``addin`` is the file in Excel's start-up folder, ``settings`` what the add-in reads.

    ``interpreter`` is the Python that the add-in starts and ``interpreter_key`` its name in the
    settings; ``scripts`` is the folder of the AppleScript that starts it, on a Mac only; ``logs``
    is where faults of ours are written.
    """

    addin: Path
    settings: Path
    interpreter: Path
    interpreter_key: str
    scripts: Path | None
    logs: Path


def places(machine: Machine) -> Places:
    """The places on ``machine``; they need not exist.

    Raises ``InputError`` where there is no Excel to add anything to.
    """
    logs = machine.home / ".perfgoals" / "logs"
    if machine.is_windows:
        return Places(
            addin=roaming(machine) / "Microsoft" / "Excel" / "XLSTART" / ADDIN_NAME,
            settings=profile(machine) / ".perfgoals" / SETTINGS_NAME,
            interpreter=windowless(machine),
            interpreter_key="INTERPRETER_WIN",
            scripts=None,
            logs=logs,
        )
    if machine.is_macos:
        library = machine.home / "Library"
        office = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return Places(
            addin=office / "Startup.localized" / "Excel" / ADDIN_NAME,
            # The home of Excel's sandbox: the only place where VBA reads a file unasked.
            settings=library / "Containers" / "com.microsoft.Excel" / "Data" / SETTINGS_NAME,
            interpreter=machine.executable,
            interpreter_key="INTERPRETER_MAC",
            scripts=library / "Application Scripts" / "com.microsoft.Excel",
            logs=logs,
        )
    raise InputError(
        "Excel 加载项只能装在 Windows 或 macOS 的 Microsoft Excel 里",
        hint="这里请用本机页面和右键菜单：perfgoals desktop install；其他命令见 perfgoals --help。",
    )


def refuse_store_python(machine: Machine) -> None:
    """Raises ``InputError`` where Python is from the Microsoft Store."""
    if machine.is_store_python:
        # Windows redirects what it writes under AppData to a folder that no other program sees.
        raise InputError(
            "微软应用商店（Microsoft Store）的 Python 不能用：它写的文件 Excel 和桌面都看不到",
            hint="请改用离线安装包，或装 python.org 的 Python（64 位）后再装一次。",
        )


def dll_name(xlwings_version: str, bits: int) -> str:
    """The DLL that Excel of ``bits`` loads to reach Python."""
    return f"xlwings{bits}-{xlwings_version}.dll"


def dll_folders(interpreter: Path) -> tuple[Path, Path]:
    """Where the VBA of xlwings looks for its DLL, in its order."""
    return interpreter.parent, interpreter.parent.parent


def script_name(xlwings_version: str) -> str:
    """The AppleScript that starts Python on a Mac."""
    return f"xlwings-{xlwings_version}.applescript"


def mark_of_the_web(path: Path) -> Path:
    """The stream in which Windows notes that ``path`` was downloaded."""
    return Path(f"{path}:Zone.Identifier")


def expanded(machine: Machine, text: str) -> str:
    """``text`` with its ``%NAME%`` replaced, as Windows does; unknown names stay."""
    parts = text.split("%")
    known = {name.upper(): value for name, value in machine.environ.items()}
    for index in range(1, len(parts) - 1, 2):
        parts[index] = known.get(parts[index].upper(), f"%{parts[index]}%")
    # An odd number of signs: the last one stands for itself.
    tail = "%" + parts.pop() if len(parts) % 2 == 0 else ""
    return "".join(parts) + tail


def folder_key(text: str | os.PathLike[str]) -> str:
    """A folder as text that is equal for equal folders of Windows."""
    return str(text).replace("\\", "/").rstrip("/").casefold()


def windowless(machine: Machine) -> Path:
    """The Python of ``machine`` without a console window, where there is one: on Windows alone."""
    if not machine.is_windows:
        return machine.executable
    # A venv has it in Scripts, the embeddable Python beside its DLL.
    program = machine.executable.with_name("pythonw.exe")
    return program if program.is_file() else machine.executable


def roaming(machine: Machine) -> Path:
    """The folder of Windows for what programs keep about a person (``%APPDATA%``)."""
    named = machine.environ.get("APPDATA")
    return Path(named) if named else profile(machine) / "AppData" / "Roaming"


def profile(machine: Machine) -> Path:
    """The folder of the person who is logged on."""
    # The VBA of xlwings asks for this variable, whatever Python takes for the home.
    return Path(machine.environ.get("USERPROFILE") or machine.home)
