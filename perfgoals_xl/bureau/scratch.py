"""A folder for what is under way, which goes even where the program that made it is killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Reads until the pipe ends, which it does however the other program ends; workers that are still
# writing may make the folder anew, so it looks again.
_GUARD = """\
import os, shutil, sys, time
sys.stdin.buffer.read()
for attempt in range(20):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    if not os.path.exists(sys.argv[1]):
        break
    time.sleep(0.5)
"""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder among the temporary files, removed at the end, whatever the end is."""
    with tempfile.TemporaryDirectory(prefix="perfgoals-", ignore_cleanup_errors=True) as folder:
        # In a session of its own, so that what ends this program does not end the guard too.
        guard = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _GUARD, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # The same on Windows, where it also outlives the window it was started from.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            yield Path(folder)
        finally:
            guard.communicate()
