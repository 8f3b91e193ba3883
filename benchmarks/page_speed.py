"""Measures the page beside the command: time to the findings, and memory over many files.

``page_speed.py [--sheets 40] [--files 200] [--rounds 3]``. Time: from the first byte of a dropped
workbook to the whole result, beside ``perfgoals validate`` of it, start of the process included, by
turns in one run; at the start of a page, which has just been opened, and on one that is warm.
Memory: of the server and of its worker while files are dropped and checked one after the other,
the last quarter of them beside the second. Linux.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from department_files import KINDS, write_files
from workload import write_standard

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.support.page import RunningPage, running_page

MOST_TIME, MOST_MEMORY = 1.3, 1.1
_PERFGOALS = Path(sys.executable).with_name("perfgoals")


def main() -> int:
    """Prints the ratios. Returns 1 where one is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sheets", type=int, default=40)
    asked.add_argument("--files", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        times = measure_time(folder, given.sheets, given.rounds)
        memory = measure_memory(folder, given.files)
    missed = [*(r > MOST_TIME for r in times), *(r > MOST_MEMORY for r in memory)]
    return int(any(missed))


def measure_time(folder: Path, sheets: int, rounds: int) -> tuple[float, float]:
    """The time of the page beside the command's: just opened, and warm."""
    path = folder / "book.xlsx"
    write_standard(sheets, path)
    command, opened, warm = [], [], []
    for number in range(rounds):
        command.append(_command(path))
        own = folder / f"page{number}"
        own.mkdir()
        with running_page(own) as page:
            opened.append(_dropped(page, path))
            warm.append(_dropped(page, path))
    beside = median(opened) / median(command), median(warm) / median(command)
    print(f"{sheets} sheets, time beside the command: just opened {beside[0]:.2f}, ", end="")
    print(f"warm {beside[1]:.2f} (at most {MOST_TIME})")
    return beside


def _command(path: Path) -> float:
    start = time.perf_counter()
    run = [str(_PERFGOALS), "validate", str(path), "--format", "json"]
    done = subprocess.run(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1)
    return time.perf_counter() - start


def _dropped(page: RunningPage, path: Path) -> float:
    start = time.perf_counter()
    one = page.client.dropped(path)
    page.client.checked(one)
    taken = time.perf_counter() - start
    page.client.ask("DELETE", f"/api/sets/{one}")
    return taken


def measure_memory(folder: Path, files: int) -> tuple[float, float]:
    """The memory of the server and its worker late in the day beside early in it."""
    sources = folder / "files"
    sources.mkdir()
    write_files(sources, min(files, 50), 6, KINDS[0])
    paths = sorted(sources.glob("*.xlsx"))
    own = folder / "long"
    own.mkdir()
    server, worker = [], []
    with running_page(own) as page:
        for number in range(files):
            _dropped(page, paths[number % len(paths)])
            server.append(_resident(page.process.pid))
            worker.append(max(map(_resident, _children(page.process.pid)), default=0))
    quarter = max(1, files // 4)
    beside = tuple(
        max(sizes[-quarter:]) / max(sizes[quarter : 2 * quarter]) for sizes in (server, worker)
    )
    print(f"{files} files, peak memory of the last quarter beside the second:", end=" ")
    print(f"server {beside[0]:.2f} ({max(server)} MB), worker {beside[1]:.2f}", end=" ")
    print(f"({max(worker)} MB; at most {MOST_MEMORY})")
    return beside[0], beside[1]


def _resident(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((line for line in told.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) >> 10


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]


if __name__ == "__main__":
    sys.exit(main())
