"""Runs a command that starts processes of its own and says what each of them took (Linux).

``ru_maxrss`` of a process that has ended is the largest of itself and of the children it waited
for, so it cannot tell the process that collects from those that read. Here all processes of the
command's session are looked at in ``/proc`` several times a second: the kernel itself keeps the
peak of each (``VmHWM``), a look only has to come before its end. What several processes share is
counted in each; the sum of their ``Pss`` counts it once, and that is read a little less often.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_EVERY = 0.1
_SUM_EVERY = 5
_KIB_PER_MB = 1024
# What Python starts to look after shared objects and spawned processes; it reads no file.
_HELPERS = (b"resource_tracker", b"forkserver")


class TreeCost(NamedTuple):
    """Seconds of the clock and of all processors; peak memory in MB.

    ``main`` is the peak of the process itself, ``worker`` that of the largest that it started (0
    where it started none), ``together`` the highest sum of all that was seen. ``workers`` counts
    them. ``told`` is what stood on standard error.
    """

    wall: float
    cpu: float
    main: float
    worker: float
    together: float
    workers: int
    told: str


def run_tree(command: Sequence[str]) -> TreeCost:
    """What one run of ``command`` took; stops the program where it fails."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        errors.seek(0)
        told = errors.read().decode(errors="replace")
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{told[-3000:]}")
    own = watch.peaks.pop(process.pid, 0)
    if not watch.peaks:
        own = usage.ru_maxrss
    return TreeCost(
        wall,
        usage.ru_utime + usage.ru_stime,
        own / _KIB_PER_MB,
        max(watch.peaks.values(), default=0) / _KIB_PER_MB,
        watch.together / _KIB_PER_MB,
        len(watch.peaks),
        told,
    )


class _Watch(threading.Thread):
    """Looks at the processes of a session until it is stopped; peaks in KiB."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._ended = threading.Event()
        self._members: set[int] = {session}
        self._others: set[int] = set()
        self.peaks: dict[int, int] = {}
        self.together = 0

    def run(self) -> None:
        looks = 0
        while not self._ended.wait(_EVERY):
            self._find()
            for member in tuple(self._members):
                self._look_at(member)
            if looks % _SUM_EVERY == 0:
                shares = (_kib(member, "smaps_rollup", "Pss:") for member in self._members)
                self.together = max(self.together, sum(filter(None, shares)))
            looks += 1

    def _look_at(self, member: int) -> None:
        peak = _kib(member, "status", "VmHWM:")
        if peak is None or _is_helper(member):
            self._members.discard(member)
            self._others.add(member)
            if peak is not None:
                self.peaks.pop(member, None)
        else:
            # The last look counts: a process that is not yet a program shows its parent's peak.
            self.peaks[member] = peak

    def stop(self) -> None:
        """Ends the watch."""
        self._ended.set()
        self.join()

    def _find(self) -> None:
        """Takes the processes in that are new; each is asked for its session once."""
        alive = {int(path.name) for path in _PROC.iterdir() if path.name.isdigit()}
        self._others &= alive
        for pid in alive - self._members - self._others:
            try:
                # The name, in brackets, may hold blanks: state, parent, group, session follow it.
                fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            ours = int(fields[3]) == self._session
            (self._members if ours else self._others).add(pid)


def _is_helper(pid: int) -> bool:
    try:
        line = (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False
    return any(word in line for word in _HELPERS)


def _kib(pid: int, file: str, label: str) -> int | None:
    """A figure in KiB from a file of ``/proc``; None where the process has ended."""
    try:
        with (_PROC / str(pid) / file).open() as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith(label)), None)
    except OSError:
        return None
