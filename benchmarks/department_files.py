"""Writes the files of many fictional departments into a folder, some broken, one sent twice.

What the file of a number is depends on the number alone, so that a check can say what must come
out: see ``planned``. Every department has its own name, code, projects and figures.

As a program: ``department_files.py FOLDER FILES PROJECTS [--kind standard]``.
"""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bare_form import write_bare
from broken_files import BREAKS, write_broken
from workload import PLACES, VILLAGES, YEAR, declaration

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.workbooks.standard.template import write_standard_workbook

KINDS = ("values", "standard")
PROJECTS = 20
# One file in a hundred is broken; every ten of them are broken in ten different ways.
_EVERY, _BROKEN = 100, 37
# File 11 is a second file of department 10, with other projects; file 13 is file 12 once more.
_SECOND, _COPY = 11, 13
_BUREAUS = ("综合服务局", "交通养护局", "就业促进局", "卫生服务局", "林业管护局")


class Planned(NamedTuple):
    """What the file of a number is: its name, its department's number, how it is broken if it is.

    ``copy_of`` is the number of the file whose bytes it has. Only of a file that is neither broken
    nor a copy the projects are to be counted.
    """

    number: int
    name: str
    department: int
    broken: int | None = None
    copy_of: int | None = None

    @property
    def counts(self) -> bool:
        return self.broken is None and self.copy_of is None


def planned(number: int) -> Planned:
    """The file of a number, from 0 on."""
    if number % _EVERY == _BROKEN:
        way = number // _EVERY % len(BREAKS)
        return Planned(number, f"file-{number:05}{BREAKS[way].suffix}", number, broken=way)
    name = f"file-{number:05}.xlsx"
    if number == _SECOND:
        return Planned(number, name, number - 1)
    if number == _COPY:
        return Planned(number, name, number - 1, copy_of=number - 1)
    return Planned(number, name, number)


def department_name(number: int) -> str:
    """The name of a department; no two numbers below 5,405 share one."""
    places = len(PLACES) * len(VILLAGES)
    if number >= places * len(_BUREAUS):
        raise ValueError(f"names for {places * len(_BUREAUS)} departments, not for more")
    bureau = _BUREAUS[(number + number // places) % len(_BUREAUS)]
    place, village = PLACES[number % len(PLACES)], VILLAGES[number % len(VILLAGES)]
    return f"{place}市{village}区{bureau}"


def declared(plan: Planned, projects: int) -> Declaration:
    """What the file declares, or would declare if it were not broken."""
    source = plan.number if plan.copy_of is None else plan.copy_of
    return declaration(
        projects,
        first=source * projects,
        department=department_name(plan.department),
        code=f"{100001 + plan.department}",
    )


def total(files: int, projects: int) -> Decimal:
    """The sum of 年度资金总额, in 万元, that the first ``files`` files declare."""
    amounts = (
        project["annual_amount"]
        for plan in map(planned, range(files))
        if plan.counts
        for project in declared(plan, projects).projects.records()
    )
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def write_file(folder: Path, projects: int, kind: str, number: int) -> None:
    """Writes the file of a number into the folder."""
    plan = planned(number)
    path = folder / plan.name
    if plan.broken is None:
        # A copy needs no copying: the same declaration gives the same bytes.
        _write_good(declared(plan, projects), path, kind)
    else:
        with tempfile.TemporaryDirectory() as aside:
            good = Path(aside) / "good.xlsx"
            _write_good(declared(plan, projects), good, kind)
            write_broken(good.read_bytes(), path, plan.broken)


def _write_good(content: Declaration, path: Path, kind: str) -> None:
    if kind == "values":
        write_bare(content, path)
        return
    write_standard_workbook(
        path,
        department=content.department,
        code=content.department_code,
        year=YEAR,
        declaration=content,
        rules=tuple(RULES.values()),
    )


def write_files(folder: Path, files: int, projects: int, kind: str) -> None:
    """Writes the files of the numbers below ``files``, on all cores."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(partial(write_file, folder, projects, kind), range(files), chunksize=20):
            pass


def main() -> None:
    parser = argparse.ArgumentParser(description="The files of many fictional departments.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=int)
    parser.add_argument("projects", type=int, nargs="?", default=PROJECTS)
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0])
    arguments = parser.parse_args()
    write_files(arguments.folder, arguments.files, arguments.projects, arguments.kind)


if __name__ == "__main__":
    main()
