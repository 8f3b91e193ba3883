"""What the cover sheet of a standard workbook states: plan year, department, template version."""

from __future__ import annotations

import re

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.fields import label_key
from perfgoals_xl.form.own_sheets import COVER_PLAN_YEAR, COVER_VERSION
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.reading.grid import Grid

_REACH = 40
_YEAR = re.compile(r"(?:19|20)\d{2}")


def stated(grids: list[Grid], labels: tuple[str, ...]) -> tuple[str, Place] | None:
    """What a cover sheet states right of one of ``labels``; None where no sheet does."""
    for grid in grids:
        for row in range(min(len(grid.rows), _REACH)):
            for column, value in grid.cells(row):
                if isinstance(value, str) and label_key(value) in labels:
                    beside = grid.area(row, column).right + 1
                    found = grid.value(row, beside)
                    if not is_blank(found):
                        return grid.shown(row, beside, found), grid.place(row, beside)
    return None


def plan_year(grids: list[Grid]) -> int | None:
    """The plan year that a standard workbook states on its cover sheet."""
    found = stated(grids, COVER_PLAN_YEAR)
    digits = _YEAR.search(found[0]) if found else None
    return int(digits[0]) if digits else None


def template_version(grids: list[Grid]) -> tuple[str, Place] | None:
    """The version of the template, from the sheet that states the plan year."""
    year = stated(grids, COVER_PLAN_YEAR)
    if year is None:
        return None
    found = stated([grid for grid in grids if grid.sheet == year[1].sheet], COVER_VERSION)
    return None if found is None else (clean(found[0]), found[1])
