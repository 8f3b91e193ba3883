"""Time and memory of ``perfgoals consolidate --previous``: two rounds of many departments.

Writes the files (not counted): in the first round an indicator of every department lacks its target
value, in the second that of every other one is mended. Then runs each command as a process of its
own. What the comparison adds to the time is set beside a script that only reads both books with
openpyxl. The exit code is 1 when a target is missed or something is told wrong. Linux only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from department_files import planned
from process_tree import TreeCost, run_tree
from run import HERE, PERFGOALS, Target

DEPARTMENTS, PROJECTS = 200, 20
MOST_RATIO, MOST_GROWTH = 1.0, 1.75
_LISTS = ("部门汇总", "项目汇总", "校验结果")
_READ = f"""\
import sys, openpyxl
for path in sys.argv[1:]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for name in {_LISTS!r}:
        for row in book[name].iter_rows(values_only=True):
            pass
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Two rounds of many departments.")
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="perfgoals-rounds-") as name:
        targets, wrong = _measure(Path(name), arguments)
    for target in targets:
        met = "met   " if target.met else "MISSED"
        print(f"{met}  {target.name}: {target.figure:.2f} (below {target.limit:g})")
    print(f"{'MISSED' if wrong else 'met   '}  content: {len(wrong)} differences")
    print("".join(f"        {difference}\n" for difference in wrong[:20]), end="")
    sys.exit(1 if wrong or not all(target.met for target in targets) else 0)


def _measure(folder: Path, arguments: argparse.Namespace) -> tuple[list[Target], list[str]]:
    first, second = folder / "first", folder / "second"
    numbers = str(arguments.departments), str(arguments.projects)
    writer = [sys.executable, str(HERE / "department_files.py"), str(first), *numbers]
    subprocess.run(writer, check=True)
    shutil.copytree(first, second)
    spoiled = _spoil(first, second, arguments.departments)
    books = [folder / f"{name}.xlsx" for name in ("first", "alone", "compared")]
    consolidate = [*PERFGOALS, "consolidate"]
    jobs = ("--jobs", str(arguments.jobs), "-o")
    _run("first round", [*consolidate, str(first), *jobs, str(books[0])])
    alone = _run("second, alone", [*consolidate, str(second), *jobs, str(books[1])])
    previous = ("--previous", str(books[0]))
    both = _run("second, compared", [*consolidate, str(second), *previous, *jobs, str(books[2])])
    script = [sys.executable, "-c", _READ, str(books[0]), str(books[2])]
    plain = _run("openpyxl, both books", script)
    # Of the processors, not of the clock: the work is shared out, and others may be at work.
    more = both.cpu - alone.cpu
    print(f"\nthe comparison takes {more:+.1f} s CPU and {both.main - alone.main:+.0f} MB")
    return [
        Target("what it adds, beside reading both with openpyxl", more / plain.cpu, MOST_RATIO),
        Target("main process, beside no comparison", both.main / alone.main, MOST_GROWTH),
    ], _content(books[2], spoiled)


def _spoil(first: Path, second: Path, departments: int) -> dict[str, str]:
    """Takes a target value out of every file that counts; returns what must be told of each.

    In the second round every other one has it back.
    """
    expected: dict[str, str] = {}
    for plan in map(planned, range(departments)):
        if not plan.counts or plan.number != plan.department or planned(plan.number + 1).copy_of:
            continue
        book = openpyxl.load_workbook(first / plan.name)
        cell = next(_targets(book))
        cell.value = None
        book.save(first / plan.name)
        mended = plan.number % 2 == 0
        if not mended:
            shutil.copy(first / plan.name, second / plan.name)
        expected[plan.name] = "已解决" if mended else "仍存在"
    return expected


def _targets(book: openpyxl.Workbook):  # type: ignore[no-untyped-def]
    """The cells of target values that are filled."""
    for sheet in book.worksheets:
        head = None
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in ("指标值", "绩效值", "年度指标值"):
                    head = cell
            if head is not None and row[0].row > head.row:
                cell = sheet.cell(row[0].row, head.column)
                if cell.value is not None:
                    yield cell


def _run(name: str, command: Sequence[str]) -> TreeCost:
    cost = run_tree(command)
    print(f"{name:22}{cost.wall:8.1f} s{cost.cpu:8.1f} s CPU{cost.main:8.0f} MB", flush=True)
    return cost


def _content(book: Path, expected: dict[str, str]) -> list[str]:
    """Where 部门汇总 and 校验结果 tell something else than was done."""
    read = openpyxl.load_workbook(book, read_only=True, data_only=True)
    lists = {name: list(read[name].iter_rows(min_row=3, values_only=True)) for name in _LISTS}
    head, *rows = lists["部门汇总"]
    at = {name: head.index(name) for name in ("文件", "已解决", "新增", "仍存在")}
    wrong = []
    totals: Counter[str] = Counter()
    for row in rows:
        file = row[at["文件"]]
        if file in expected:
            solved, new = row[at["已解决"]], row[at["新增"]]
            # What was typed may be wrong in its turn, which nobody could tell of a blank.
            mended = expected[file] == "已解决"
            if bool(solved) != mended or new > mended:
                wrong.append(f"{file}: {solved} solved, {new} new, {expected[file]} is meant")
            totals[expected[file]] += 1
    wrong += [] if sum(totals.values()) == len(expected) else [f"{len(expected)} files, {totals}"]
    return wrong


if __name__ == "__main__":
    main()
