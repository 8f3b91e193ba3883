"""What is opened with the programs of this PC: the page in the browser, a workbook in its program.

The address of the page holds the token, and a command line can be read by everybody on the PC: the
browser is given a file in the private folder, which leads on.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

from perfgoals_xl.storage import temporary

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_AT_ONCE = 1.0
_LEADING_ON = """\
<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}"><title>绩效目标</title></head>
<body><p><a href="{address}">打开绩效目标页面</a></p></body></html>
"""


def open_page(address: str, folder: Path) -> bool:
    """Opens the page in the browser by way of a file in ``folder``. Returns whether it began."""
    path = leading_on(folder)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(number, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(_LEADING_ON.format(address=html.escape(address)))
    with temporary.as_before():
        return _in_browser(path)


def leading_on(folder: Path) -> Path:
    """The file in ``folder`` that leads the browser on."""
    return folder / "open.html"


def _in_browser(path: Path) -> bool:
    # BROWSER is the person's own choice.
    if sys.platform == "linux" and "BROWSER" not in os.environ:
        if not any(os.environ.get(name) for name in _SCREENS):
            # Else a browser for terminals takes this one.
            return False
        if _started("xdg-open", path):
            return True
    with suppress(webbrowser.Error, OSError):
        return webbrowser.open(path.as_uri())
    return False


def open_file(path: Path) -> bool:
    """Opens a file with the program that the system has for it. Returns whether that began."""
    with temporary.as_before(), suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)
            return True
        return _started("open" if sys.platform == "darwin" else "xdg-open", path)
    return False


def _started(program: str, path: Path) -> bool:
    """Starts a program with a file; it goes on when we have ended.

    Returns whether it began: one that gives up at once has not.
    """
    found = shutil.which(program)
    if found is None:
        return False
    try:
        started = subprocess.Popen(
            [found, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return started.wait(_AT_ONCE) == 0
    except subprocess.TimeoutExpired:
        threading.Thread(target=started.wait, daemon=True).start()
        return True
