"""Where the values of declarations stand in the standard workbook that was made of them.

A marked copy of several files, or of a file without cells to mark, shows the findings of the files
themselves: the review that was printed, each finding at the cell that holds its value now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import DataTable, Declaration
from perfgoals_xl.joining.combining import combine
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.sources.source import Source, read_source
from perfgoals_xl.review.findings import Finding
from perfgoals_xl.workbooks.standard.template import project_sheets

Key = tuple[str, Place, str | None]


class StandardPlaces:
    """The places of a standard workbook by those of the declarations that it was made of."""

    def __init__(self, standard: Path, declarations: Sequence[Declaration]) -> None:
        source = read_source(standard)
        self.standard = assemble(source)
        # Alone: two projects of one name would be read as one project in two tables.
        self._sheets = {grid.sheet: assemble(Source(standard, "", [grid])) for grid in source.grids}
        self._found: dict[Key, Place] = {}
        self._projects: dict[tuple[str, str | None], Place] = {}
        # A part of a project may have come from another file.
        self._elsewhere = {k: v for d in declarations for k, v in d.elsewhere.items()}
        names = iter(project_sheets(combine(declarations)))
        goals = iter(_goals(self._sheets.values()))
        whole = {
            name: place for made in self._sheets.values() for name, place in made.places.items()
        }
        for declaration in declarations:
            file = declaration.file
            indicators = _by_project(declaration)
            for row in range(len(declaration.projects)):
                made = self._sheets[next(names)]
                self._add_project(declaration, row, indicators[row], made)
            for row in range(len(declaration.department_goals)):
                table, at = next(goals, (None, 0))
                if table is not None:
                    self._add_row(file, declaration.department_goals, row, table, at)
            for name, place in declaration.places.items():
                self._add(file, place, None, whole.get(name))

    def moved(self, finding: Finding) -> Finding:
        """The finding at its place in the standard workbook; without one where it has none."""
        place = None
        if finding.sheet is not None and finding.cell is not None:
            at = Place(finding.sheet, finding.cell)
            place = self._found.get((finding.file, at, finding.indicator))
            place = place or self._found.get((finding.file, at, None))
        if place is None and finding.project is not None:
            place = self._projects.get((finding.file, finding.project))
        if place is None:
            return replace(finding, sheet=None, cell=None)
        return replace(finding, sheet=place.sheet, cell=place.cell)

    def _add_project(
        self, declaration: Declaration, row: int, indicators: Sequence[int], made: Declaration
    ) -> None:
        if not len(made.projects):
            return
        file, projects = declaration.file, declaration.projects
        self._add_row(file, projects, row, made.projects, 0)
        origin = declaration.origin(row)
        name = made.projects.place(0, "project_name")
        told = projects.records()[row].get("project_name")
        if name is not None:
            self._projects.setdefault((file, None if told is None else str(told)), name)
            for place in origin.parts:
                self._add(file, place, None, name)
        for part in origin.part_values:
            for field, value in part.items():
                self._add(file, value.place, None, made.projects.place(0, field))
        for number, at in _paired(declaration.indicators, indicators, made.indicators):
            self._add_row(file, declaration.indicators, number, made.indicators, at)
        groups = made.origin(0).group_places
        for key, place in origin.group_places.items():
            self._add(file, place, None, groups.get(key) or groups.get(""))

    def _add_row(
        self, file: str, table: DataTable[Any], row: int, made: DataTable[Any], at: int
    ) -> None:
        indicator = table.records()[row].get("indicator")
        for column in table.values.columns:
            place, to = table.place(row, str(column)), made.place(at, str(column))
            if place is not None:
                self._add(file, place, indicator, to)
                self._add(file, place, None, to)

    def _add(self, file: str, place: Place, indicator: str | None, to: Place | None) -> None:
        if to is not None:
            file, sheet = self._elsewhere.get(place.sheet, (file, place.sheet))
            self._found.setdefault((file, Place(sheet, place.cell), indicator), to)


def _by_project(declaration: Declaration) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in range(len(declaration.projects))]
    for number, record in enumerate(declaration.indicators.records()):
        rows[record["project"]].append(number)
    return rows


def _paired(
    table: DataTable[Any], numbers: Sequence[int], made: DataTable[Any]
) -> Iterable[tuple[int, int]]:
    """Each indicator with its row in the workbook that was made, the same in name and value."""
    records, there = table.records(), made.records()
    free = list(range(len(there)))
    for number in numbers:
        asked = _shown(records[number])
        at = next((at for at in free if _shown(there[at]) == asked), None)
        if at is not None:
            free.remove(at)
            yield number, at


def _shown(record: dict[str, object]) -> tuple[object, object]:
    return record.get("indicator"), record.get("target_value")


def _goals(made: Iterable[Declaration]) -> Iterable[tuple[DataTable[Any], int]]:
    for declaration in made:
        for row in range(len(declaration.department_goals)):
            yield declaration.department_goals, row
