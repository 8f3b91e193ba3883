"""Compares the bureau's book with what the generated files declare; prints what differs.

As a program, one line for each difference and nothing where there is none:

- ``department_check.py content BOOK FILES PROJECTS TOLD``: whether every file has its row, those of
  use their projects and their share of the total, and the others a remark; and whether the text
  file TOLD, what the command printed, names every broken one;
- ``department_check.py same BOOK OTHER``: whether two books hold the same values, cell by cell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import python_calamine as calamine
from department_files import planned, total

DEPARTMENTS, SOURCES = "部门汇总", "数据来源"
FILE, REMARK, PROJECTS, ANNUAL = "文件", "备注", "项目数", "年度资金总额"


def content(book: Path, files: int, projects: int, told: str) -> Iterator[str]:
    """What the book says otherwise than the plan of the files."""
    rows = calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_name(DEPARTMENTS).to_python()
    header = next(number for number, row in enumerate(rows) if FILE in row and REMARK in row)
    at = {name: rows[header].index(name) for name in (FILE, REMARK, PROJECTS, ANNUAL)}
    lines: dict[str, list[list[object]]] = {}
    for row in rows[header + 1 :]:
        if row[at[FILE]]:
            lines.setdefault(str(row[at[FILE]]), []).append(row)
    for plan in map(planned, range(files)):
        found = lines.pop(plan.name, [])
        if len(found) != 1:
            yield f"{plan.name}: {len(found)} rows"
            continue
        (row,) = found
        listed = row[at[PROJECTS]]
        if plan.counts and listed != projects:
            yield f"{plan.name}: {listed!r} projects"
        if not plan.counts and (listed or not row[at[REMARK]]):
            yield f"{plan.name}: {listed!r} projects, remark {row[at[REMARK]]!r}"
        if plan.number != plan.department and not row[at[REMARK]]:
            yield f"{plan.name}: nothing says that its department sent two files"
        if plan.broken is not None and plan.name not in told:
            yield f"{plan.name}: broken, and the command did not say so"
    yield from (f"{name}: no such file" for name in lines)
    added = sum(row[at[ANNUAL]] for row in rows[header + 1 :] if row[at[FILE]] and row[at[ANNUAL]])
    declared = total(files, projects)
    if abs(added - float(declared)) > 1e-3:
        yield f"the departments add up to {added}, not to {declared}"


def same(book: Path, other: Path) -> Iterator[str]:
    """Where two books differ; the times on 数据来源 are those of two runs and are left out."""
    one, two = (calamine.CalamineWorkbook.from_path(str(path)) for path in (book, other))
    if one.sheet_names != two.sheet_names:
        yield f"sheets {one.sheet_names} and {two.sheet_names}"
        return
    for name in one.sheet_names:
        if name == SOURCES:
            continue
        pairs = zip_longest(*(book.get_sheet_by_name(name).iter_rows() for book in (one, two)))
        different = sum(left != right for left, right in pairs)
        if different:
            yield f"{name}: {different} rows differ"


def main() -> None:
    match sys.argv[1:]:
        case ["content", book, files, projects, told]:
            text = Path(told).read_text(encoding="utf-8")
            differences = content(Path(book), int(files), int(projects), text)
        case ["same", book, other]:
            differences = same(Path(book), Path(other))
        case _:
            raise SystemExit(__doc__)
    for difference in differences:
        print(difference)


if __name__ == "__main__":
    main()
