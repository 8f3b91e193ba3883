"""A link (``.lnk``) of Windows, made by the shell itself through pywin32.

Not by a script, as most installers do (``WScript.Shell`` from PowerShell or VBScript): offices
forbid those by policy. Not written byte by byte either: what a link must hold for every Windows to
follow it is the shell's own affair. And no ``.cmd`` in its place: cmd.exe shows a black window,
reads the path in the code page of the PC, and takes an ``&`` in the name of a chosen file for the
end of the command.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfgoals_xl.errors import InputError


@dataclass(frozen=True)
class ShellLink:
    """What a link starts: ``target`` with ``arguments``, in ``folder``, under an icon."""

    target: Path
    arguments: str
    folder: Path
    icon: Path
    description: str


def made_link(link: ShellLink) -> bytes:
    """The bytes of the ``.lnk``. Raises ``InputError`` where the shell does not make one."""
    if not _is_windows():
        raise InputError("快捷方式（.lnk）只有 Windows 能建立")
    try:
        return _by_the_shell(link)
    except Exception as error:
        # pywin32 that does not load, or COM that is forbidden, show as any kind of error.
        told = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(
            f"Windows 没有能够建立快捷方式（{told}）",
            hint="请重新运行离线安装包里的 install.cmd；"
            "仍不行时请在命令窗口运行 perfgoals page，用法相同。",
        ) from None


def _is_windows() -> bool:
    return os.name == "nt"


def _by_the_shell(link: ShellLink) -> bytes:
    pythoncom: Any = importlib.import_module("pythoncom")
    shell: Any = importlib.import_module("win32com.shell.shell")
    made = pythoncom.CoCreateInstance(
        shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
    )
    made.SetPath(str(link.target))
    made.SetArguments(link.arguments)
    made.SetWorkingDirectory(str(link.folder))
    made.SetIconLocation(str(link.icon), 0)
    made.SetDescription(link.description)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "link.lnk"
        made.QueryInterface(pythoncom.IID_IPersistFile).Save(str(file), 0)
        return file.read_bytes()
