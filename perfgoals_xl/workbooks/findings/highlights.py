"""Cells with findings are filled by conditional formats that look them up on 校验结果."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from perfgoals_xl.addresses import Area, row_column
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.workbooks.findings.layout import FindingLine, highlight_formulas
from perfgoals_xl.workbooks.kit.styles import SEVERITY_COLOURS, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet

COLOURS = {label: SEVERITY_COLOURS[key] for key, label in SEVERITY_LABELS.items()}
# Rows that staff add below the table are covered as well.
_SPARE_ROWS = 100
# On a sheet of the staff's own, whatever stands there: most forms, and what is added to them.
LEAST = Area(0, 0, 999, 25)
"""What is highlighted in any case."""
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
# An area in more pieces is not worth being put together: it is written anew.
_MOST_PIECES = 500


def add_highlights(sheet: Sheet, styles: Styles, *, last_row: int, last_column: int) -> None:
    """Fills every cell of the form that has a finding, in the colour of the gravest."""
    for label, formula in highlight_formulas(sheet.shown_name):
        sheet.conditional_format(
            0,
            0,
            last_row + _SPARE_ROWS,
            last_column,
            {
                "type": "formula",
                "criteria": f"={formula}",
                "format": styles.fill(COLOURS[label]),
            },
        )


def form_areas(declaration: Declaration, lines: Iterable[FindingLine]) -> dict[str, Area]:
    """Sheet with forms → the area from A1 that holds every cell a finding may be about.

    ``lines`` are the findings that there are.
    """
    corners = dict.fromkeys(declaration.form_sheets, (0, 0))
    found = ((line.sheet, line.cell) for line in lines)
    for sheet, cell in itertools.chain(declaration.all_places(), found):
        if sheet in corners and cell:
            row, column = row_column(cell)
            bottom, right = corners[sheet]
            corners[sheet] = max(bottom, row), max(right, column)
    return {sheet: Area(0, 0, bottom, right) for sheet, (bottom, right) in corners.items()}


def used_area(grid: Grid) -> Area:
    """The area from A1 that holds all that stands on a sheet."""
    right = max(map(len, grid.rows), default=0) - 1
    return Area(0, 0, max(0, len(grid.rows) - 1), max(0, right))


def spacious(area: Area) -> Area:
    """The area that is highlighted where ``area`` has to be: with room for what is added."""
    bottom = min(_LAST_ROW, max(LEAST.bottom, area.bottom + _SPARE_ROWS))
    return Area(0, 0, bottom, min(_LAST_COLUMN, max(LEAST.right, area.right)))


def covers(references: Iterable[str], area: Area) -> bool:
    """Whether ranges (each text holds one or more, with blanks between) cover an area."""
    pieces = [piece for text in references for piece in text.replace(",", " ").split()]
    if len(pieces) > _MOST_PIECES:
        return False
    left = [area]
    for piece in pieces:
        found = _RANGE.fullmatch(piece.upper())
        if found is not None:
            first, last = f"{found[1]}{found[2]}", f"{found[3] or found[1]}{found[4] or found[2]}"
            covered = Area(*row_column(first), *row_column(last))
            left = [rest for one in left for rest in _without(one, covered)]
    return not left


def _without(area: Area, cut: Area) -> list[Area]:
    """What of an area lies outside another one, in at most four pieces."""
    top, bottom = max(area.top, cut.top), min(area.bottom, cut.bottom)
    left, right = max(area.left, cut.left), min(area.right, cut.right)
    if top > bottom or left > right:
        return [area]
    pieces = (
        Area(area.top, area.left, top - 1, area.right),
        Area(bottom + 1, area.left, area.bottom, area.right),
        Area(top, area.left, bottom, left - 1),
        Area(top, right + 1, bottom, area.right),
    )
    return [piece for piece in pieces if piece.top <= piece.bottom and piece.left <= piece.right]


def is_current(formats: Mapping[str, Iterable[str]], sheet: str, area: Area) -> bool:
    """Whether a sheet's formats of ours are those for its name and cover ``area``.

    ``formats`` gives, for each formula without its equals sign, the ranges that it is used on.
    """
    wanted = {formula for _, formula in highlight_formulas(sheet)}
    return formats.keys() == wanted and all(covers(ranges, area) for ranges in formats.values())
