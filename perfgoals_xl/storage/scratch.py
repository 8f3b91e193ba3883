"""A folder for what is under way, which goes even where the program that made it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from perfgoals_xl import interrupts
from perfgoals_xl.storage import temporary

# Reads until the pipe ends, which it does however the other program ends. A line is the number of a
# program that is to end then, or a minus where it has ended. Workers that are still writing may
# make the folder anew, so it looks again.
_GUARD = """\
import os, shutil, signal, subprocess, sys, time
programs, over = [], False
for line in sys.stdin.buffer:
    word = line.strip()
    if word == b"over":
        over = True
    elif word == b"-":
        programs.pop()
    else:
        programs.append(int(word))
for program in programs:
    try:
        if os.name == "nt":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(program)], capture_output=True)
        else:
            os.killpg(program, signal.SIGKILL)
    except OSError:
        pass
# What was under way beside an output is noted in the folder that goes next.
for folder in () if over else filter(os.path.isdir, sys.argv[2:]):
    for name in os.listdir(folder):
        if name.endswith(".beside"):
            with open(os.path.join(folder, name), "rb") as note:
                path = os.fsdecode(note.read())
            if os.path.basename(path).startswith(".~perfgoals-"):
                shutil.rmtree(path, ignore_errors=True)
                if os.path.lexists(path):
                    os.unlink(path)
for folder in sys.argv[1:2] if over else sys.argv[1:]:
    for attempt in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            break
        time.sleep(0.5)
"""


class Scratch:
    """A scratch folder, and the guard that watches over it."""

    def __init__(self, folder: Path, guard: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self._guard = guard

    def run(self, command: Sequence[str], *, seconds: float) -> None:
        """Runs a program to its end, which comes no later than ours.

        It and all it starts end where this program is interrupted, ended or killed, and after so
        many seconds. Raises ``OSError`` where it cannot be started and ``TimeoutExpired``.
        """
        # Else a signal between the two leaves a program behind that nobody knows.
        with interrupts.held():
            program = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._tell(str(program.pid))
        try:
            program.wait(timeout=seconds)
        except BaseException:
            _end_with_all(program)
            raise
        finally:
            self._tell("-")

    def _tell(self, word: str) -> None:
        assert self._guard.stdin is not None
        with suppress(OSError):
            self._guard.stdin.write(f"{word}\n".encode())
            self._guard.stdin.flush()


@contextmanager
def guarded_scratch() -> Iterator[Scratch]:
    """A new folder among the temporary files, removed at the end, whatever the end is."""
    own = temporary.own_folder()
    with tempfile.TemporaryDirectory(prefix="perfgoals-", ignore_cleanup_errors=True) as folder:
        # In a session of its own, so that what ends this program does not end the guard too.
        guard = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _GUARD, folder, *([str(own)] if own else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # The same on Windows, where it also outlives the window it was started from.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            yield Scratch(Path(folder), guard)
        finally:
            guard.communicate(b"over\n")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """The folder of :func:`guarded_scratch` alone."""
    with guarded_scratch() as scratch:
        yield scratch.folder


def _end_with_all(program: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it started."""
    with suppress(OSError):
        if os.name == "nt":
            taskkill = ["taskkill", "/F", "/T", "/PID", str(program.pid)]
            subprocess.run(taskkill, capture_output=True, check=False)
        else:
            # The group outlives its first program as long as one of it runs.
            os.killpg(program.pid, signal.SIGKILL)
    program.wait()
