"""Speed and memory of ``perfgoals consolidate`` on many departments, beside a plain script.

Writes the files (not counted), then runs each command as a process of its own, in turn. Prints a
table; the exit code is 1 when a target is missed. ``README.md`` says what it means. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from process_tree import TreeCost, run_tree
from run import HERE, PERFGOALS, Target

FILES, PROJECTS, SAMPLE = 2000, 20, 200
KINDS = ("values", "standard")
# The targets are those of so many files: of few the start of the processes outweighs the rest.
JUDGED_FROM = 1000
MOST_RATIO, MOST_WORKER_GROWTH = 1.0, 1.2
SHOWN = 20
_MB = 1e6


class Done(NamedTuple):
    """A run over a number of files: what it took and the book it made."""

    files: int
    cost: TreeCost
    book: Path

    @property
    def rate(self) -> float:
        """Files per second."""
        return self.files / self.cost.wall

    @property
    def size(self) -> float:
        """The size of the book in MB."""
        return self.book.stat().st_size / _MB

    def figures(self) -> dict[str, Any]:
        cost = {name: value for name, value in self.cost._asdict().items() if name != "told"}
        return {"files": self.files, **cost, "files_per_second": self.rate, "book": self.size}


class Result(NamedTuple):
    """Everything that was measured, the targets, and where a book is not what it should be."""

    runs: dict[str, list[Done]]
    targets: list[Target]
    differences: list[str]


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="perfgoals-departments-") as name:
        result = _measure(Path(name), arguments)
        figures = {name: [run.figures() for run in runs] for name, runs in result.runs.items()}
    judged = arguments.files >= JUDGED_FROM
    print("" if judged else f"\nThe targets count from {JUDGED_FROM} files up:")
    for target in result.targets:
        met = "met   " if target.met else "MISSED"
        print(f"{met}  {target.name}: {target.figure:.2f} (below {target.limit:g})")
    wrong = result.differences
    print(f"{'MISSED' if wrong else 'met   '}  content: {len(wrong)} differences")
    print("".join(f"        {difference}\n" for difference in wrong[:SHOWN]), end="")
    if arguments.json is not None:
        targets = [{**target._asdict(), "met": target.met} for target in result.targets]
        told = {"files": arguments.files, "projects": arguments.projects, "kind": arguments.kind}
        told |= {"jobs": arguments.jobs, "runs": figures, "targets": targets, "differences": wrong}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        arguments.json.write_text(text, encoding="utf-8")
    missed = judged and not all(target.met for target in result.targets)
    # A book that says something else than the files is wrong whatever their number.
    sys.exit(1 if missed or wrong else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Many departments in one book.")
    add = parser.add_argument
    add("--files", type=int, default=FILES, help=f"department files ({FILES})")
    add("--projects", type=int, default=PROJECTS, help=f"projects in each ({PROJECTS})")
    add("--kind", choices=KINDS, default=KINDS[0], help="bare values, or the standard workbook")
    add("--sample", type=int, default=SAMPLE, help=f"files for the plain script ({SAMPLE})")
    add("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="processes (one per core)")
    add("--dask", action="store_true", help="also the same on a Dask cluster of this machine")
    add("--json", type=Path, metavar="FILE", help="also write every figure there")
    arguments = parser.parse_args()
    if arguments.files < 4:
        parser.error("--files: at least 4")
    arguments.sample = min(arguments.sample, arguments.files)
    return arguments


def _measure(folder: Path, arguments: argparse.Namespace) -> Result:
    files, sample = arguments.files, arguments.sample
    steps = [files // 4, files // 2, files]
    folders = _write(folder, {*steps, sample}, arguments)
    size = sum(path.stat().st_size for path in folders[files].iterdir()) / _MB
    print(f"{files} files of {arguments.projects} projects ({arguments.kind}), {size:.0f} MB")
    print(
        f"{'':20}{'files':>6}{'clock s':>9}{'files/s':>9}{'CPU s':>9}"
        f"{'main MB':>9}{'worker':>8}{'all MB':>8}{'book MB':>9}"
    )

    def run(program: Sequence[str], name: str, number: int, *options: str) -> Done:
        book = folder / f"{name}-{number}.xlsx"
        command = [*program, str(folders[number]), *options, str(book)]
        return _run(name, command, book, number)

    consolidate, options = [*PERFGOALS, "consolidate"], ("--jobs", str(arguments.jobs), "-o")
    plain = run([sys.executable, str(HERE / "plain_departments.py")], "plain script", sample)
    beside = run(consolidate, "perfgoals", sample, *options)
    # The sample's run serves where it is one of the steps.
    runs = [
        beside if number == sample else run(consolidate, "perfgoals", number, *options)
        for number in steps
    ]
    measured = {"plain": [plain], "sample": [beside], "consolidate": runs}
    differences = _content(folder, runs[-1], arguments.projects)
    if arguments.dask:
        dask = run(consolidate, "perfgoals on Dask", files, "--engine", "dask", *options)
        measured["dask"] = [dask]
        differences += _check("same", str(runs[-1].book), str(dask.book))
    return Result(measured, _targets(plain, beside, runs[0], runs[-1]), differences)


def _write(folder: Path, numbers: Iterable[int], arguments: argparse.Namespace) -> dict[int, Path]:
    """Folders of the first so many files, written by another process so that this stays small."""
    files, projects = str(arguments.files), str(arguments.projects)
    print(f"writing {files} files of {projects} projects …", file=sys.stderr)
    every = folder / "files"
    writer = [sys.executable, str(HERE / "department_files.py")]
    command = [*writer, str(every), files, projects, "--kind", arguments.kind]
    subprocess.run(command, check=True)
    names = sorted(path.name for path in every.iterdir())
    folders = {}
    for number in numbers:
        folders[number] = folder / f"files-{number}"
        folders[number].mkdir()
        for name in names[:number]:
            # Another name of the same file takes no room and no time.
            (folders[number] / name).hardlink_to(every / name)
    return folders


def _run(name: str, command: list[str], book: Path, files: int) -> Done:
    print(f"{name}, {files} files …", file=sys.stderr)
    done = Done(files, run_tree(command), book)
    cost = done.cost
    print(
        f"{name:20}{files:6}{cost.wall:9.1f}{done.rate:9.1f}{cost.cpu:9.1f}"
        f"{cost.main:9.0f}{cost.worker:8.0f}{cost.together:8.0f}{done.size:9.1f}",
        flush=True,
    )
    return done


def _targets(plain: Done, beside: Done, quarter: Done, whole: Done) -> list[Target]:
    small, large = quarter.cost, whole.cost
    more = whole.files - quarter.files
    main, book = large.main - small.main, whole.size - quarter.size
    # Without workers the work is done in the main process, and its growth is the worker's.
    worker = large.worker / small.worker if small.worker else large.main / small.main
    print(
        f"\n1,000 files more: main process {1000 * main / more:+.1f} MB, "
        f"largest worker {1000 * (large.worker - small.worker) / more:+.1f} MB, "
        f"book {1000 * book / more:+.1f} MB"
    )
    print(
        f"beside the plain script, {plain.files} files each: "
        f"{beside.rate / plain.rate:.2f} times the files per second, "
        f"{beside.cost.cpu / plain.cost.cpu:.2f} times the CPU time"
    )
    return [
        Target("time beside openpyxl + pandas", beside.cost.wall / plain.cost.wall, MOST_RATIO),
        Target("growth of the main process beside the book's", main / book, MOST_RATIO),
        Target("largest worker, four times the files", worker, MOST_WORKER_GROWTH),
    ]


def _content(folder: Path, done: Done, projects: int) -> list[str]:
    told = folder / "told.txt"
    told.write_text(done.cost.told, encoding="utf-8")
    return _check("content", str(done.book), str(done.files), str(projects), str(told))


def _check(*words: str) -> list[str]:
    """The differences that a check tells, made in a process of its own."""
    command = [sys.executable, str(HERE / "department_check.py"), *words]
    checked = subprocess.run(command, check=True, capture_output=True, text=True)
    return checked.stdout.splitlines()


if __name__ == "__main__":
    main()
