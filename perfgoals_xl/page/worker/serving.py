"""The worker's own side: one task after the other, everything told as it happens.

Its modules are loaded before the first task, so that a dropped file waits for nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from perfgoals_xl.bureau.engines import begin_worker
from perfgoals_xl.page.tasks import Event, Task

MOST_TASKS = 60
"""So many tasks, and a new process follows."""
MOST_BYTES = 1_200 * 1024 * 1024
"""The same where a process has grown beyond this."""
_VARIABLES = ("TMPDIR", "TEMP", "TMP")


def serve(link: Connection, folder: str) -> None:
    """Does what comes over ``link`` until that ends; ``folder`` is for temporary files."""
    begin_worker()
    tempfile.tempdir = folder
    os.environ.update(dict.fromkeys(_VARIABLES, folder))
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Started without a console; libraries print all the same.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    # Only here: the server, which imports this module, does without all this.
    from perfgoals_xl.page.worker import tasks_done

    with suppress(OSError, EOFError):
        link.send(Event("ready"))
        number = 0
        while True:
            task: Task = link.recv()
            number += 1
            last = tasks_done.do(task, link.send)
            os.chdir(folder)
            tired = number >= MOST_TASKS or resident_bytes() > MOST_BYTES
            link.send(last._replace(tired=tired))


def resident_bytes() -> int:
    """The memory of this process; where only its highest is known, that. 0 where nothing is."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _working_set()
    with suppress(ImportError):
        import resource

        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return 0


def _working_set() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "e", "f")),
        ]

    counters = Counters(cb=ctypes.sizeof(Counters))
    windows = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    windows.GetCurrentProcess.restype = wintypes.HANDLE
    asked = windows.K32GetProcessMemoryInfo
    asked.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    if not asked(windows.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        return 0
    return int(counters.now)
