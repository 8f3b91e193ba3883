"""A line for a person who started the program by a right click and sees no terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress

from perfgoals_xl.console import tell

TITLE = "绩效目标校验"
_SECONDS = 600
_ERROR, _INFORMATION = 0x10, 0x40


def show(text: str, *, fault: bool = False) -> None:
    """Tells a line on standard error, and in a box as well where nobody would see it there."""
    tell(text)
    in_box(text, fault=fault)


def in_box(text: str, *, fault: bool = False) -> None:
    """Tells a line in a box where nobody would see it on standard error."""
    if has_terminal():
        return
    if sys.platform == "win32":
        import ctypes

        icon = _ERROR if fault else _INFORMATION
        ctypes.WinDLL("user32").MessageBoxW(None, text, TITLE, icon)  # type: ignore[attr-defined,unused-ignore]
        return
    for command in _commands(text, fault=fault):
        if shutil.which(command[0]) is not None:
            # A desktop that cannot be reached is told by another code; then the next is tried.
            with suppress(OSError, subprocess.TimeoutExpired):
                told = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=_SECONDS,
                    check=False,
                )
                if told.returncode in (0, 1):
                    return


def has_terminal() -> bool:
    """Whether somebody reads what is told on standard error."""
    if sys.platform == "win32":
        # The links start a Python without any; what a script or a job starts has one, and nobody
        # there who would close a box.
        return sys.__stderr__ is not None
    with suppress(OSError, ValueError, AttributeError):
        return bool(sys.stderr.isatty())
    return False


def _commands(text: str, *, fault: bool) -> list[list[str]]:
    """What may be on a desktop to show a line, the text never read as markup or as an option."""
    if sys.platform == "darwin":
        script = "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv)\nend run"
        return [["osascript", "-e", script, "--", TITLE, text]]
    kind = "--error" if fault else "--info"
    return [
        ["zenity", kind, "--no-markup", f"--title={TITLE}", f"--text={text}"],
        ["kdialog", "--title", TITLE, "--error" if fault else "--msgbox", _plain(text)],
        ["notify-send", "--", TITLE, _plain(text)],
    ]


def _plain(text: str) -> str:
    """A text that stays what it is where it is read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
