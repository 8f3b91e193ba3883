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
            addin=_roaming(machine) / "Microsoft" / "Excel" / "XLSTART" / ADDIN_NAME,
            settings=_profile(machine) / ".perfgoals" / SETTINGS_NAME,
            interpreter=_windows_interpreter(machine.executable),
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
        hint="本机可以使用 perfgoals 的其他命令（perfgoals --help）。",
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


def _windows_interpreter(executable: Path) -> Path:
    # Without a console window, where the Python has that program (a venv has it in Scripts, the
    # embeddable Python beside its DLL).
    windowless = executable.with_name("pythonw.exe")
    return windowless if windowless.is_file() else executable


def _roaming(machine: Machine) -> Path:
    named = machine.environ.get("APPDATA")
    return Path(named) if named else _profile(machine) / "AppData" / "Roaming"


def _profile(machine: Machine) -> Path:
    # The VBA of xlwings asks for this variable, whatever Python takes for the home.
    return Path(machine.environ.get("USERPROFILE") or machine.home)
