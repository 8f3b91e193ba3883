"""A fault of ours, written where the maintainers can read it instead of in front of staff."""

from __future__ import annotations

import datetime as dt
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from perfgoals_xl._version import __version__
from perfgoals_xl.storage import temporary


def told_fault() -> str:
    """Writes the current exception to a log, and says where it is and what to do with it."""
    log = write_fault()
    if log is None:
        return "日志没有地方可写；请把您的操作和这一行文字告诉维护人员。"
    return f"请把日志 {log} 发给维护人员。"


def write_fault() -> Path | None:
    """Write the current exception to a new log file and return its path.

    The log stands under ``~/.perfgoals/logs``, or among the temporary files where that cannot be
    written; None where neither can.
    """
    now = dt.datetime.now()
    text = (
        f"perfgoals-xl {__version__}  Python {platform.python_version()}  {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')}  {' '.join(sys.argv)}\n\n{traceback.format_exc()}"
    )
    name = f"fault-{now:%Y%m%d-%H%M%S-%f}.log"
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # The path of a file need not be text.
            (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            # An empty log would be no log.
            temporary.remove(folder / name)
            continue
        return folder / name
    return None


def _folders() -> Iterator[Path]:
    # Without a home it is nobody's (RuntimeError); without a place for temporary files, an OSError.
    with suppress(RuntimeError, OSError):
        yield Path.home() / ".perfgoals" / "logs"
    with suppress(OSError):
        # Not the folder of this process, which goes with it.
        yield temporary.base()
