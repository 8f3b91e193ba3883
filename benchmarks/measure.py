"""Runs a command as a process of its own and says what it cost.

The process that measures must stay small: on Linux a new process begins with the peak memory of
the one it was started from. So nothing heavy is imported here or in ``run.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

# ru_maxrss is in bytes on macOS and in KiB elsewhere.
_MAXRSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What one run cost: seconds of the clock, of the processor, and the peak memory in MB."""

    wall: float
    cpu: float
    memory: float

    def over(self, other: Cost) -> Cost:
        """The ratios of this cost to another."""
        return Cost(*(own / its for own, its in zip(self, other, strict=True)))


def run(command: Sequence[str], accepted: Sequence[int] = (0,)) -> Cost:
    """The cost of one run of ``command``; stops the program where it fails."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            errors.seek(0)
            told = errors.read().decode(errors="replace")
            raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{told}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MAXRSS_PER_MB)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(figures) for figures in zip(*costs, strict=True)))
