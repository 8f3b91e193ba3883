"""A fault of ours, written where the maintainers can read it instead of in front of staff."""

from __future__ import annotations

import datetime as dt
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from perfgoals_xl._version import __version__


def write_fault() -> Path:
    """Write the current exception to a new log file and return its path.

    The log stands under ``~/.perfgoals/logs``, or among the temporary files where that cannot be
    written.
    """
    now = dt.datetime.now()
    text = (
        f"perfgoals-xl {__version__}  Python {platform.python_version()}  {platform.platform()}\n"
        f"{now.isoformat(timespec='seconds')}  {' '.join(sys.argv)}\n\n{traceback.format_exc()}"
    )
    name = f"fault-{now:%Y%m%d-%H%M%S-%f}.log"
    for folder in (Path.home() / ".perfgoals" / "logs", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return Path(name)
