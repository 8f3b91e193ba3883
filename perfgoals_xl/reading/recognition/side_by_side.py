"""Two forms printed side by side: a grid taken apart into one grid for each of them.

Our own live checks stand beside a form as well, and are none of it.
"""

from __future__ import annotations

from dataclasses import replace

from perfgoals_xl.form.own_sheets import CHECK_TITLE
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.labels import Mark, marks, misspelt_role


def halves(grid: Grid) -> list[Grid]:
    """A grid for each form of a row that has several 项目名称; [] where no row has.

    Each keeps the addresses of the whole, and the titles above the first of these rows.
    """
    columns: set[int] = set()
    first = None
    for row in grid.filled():
        found = marks(grid, row)
        named = [m.column for m in found if _names_project(m)] if len(found) > 1 else []
        if len(named) > 1:
            first = row if first is None else first
            columns.update(named)
    if first is None:
        return []
    # The first band reaches to the margin: numbers and labels stand left of many forms.
    starts = [0, *sorted(columns)[1:]]
    ends = [*starts[1:], max(map(len, grid.rows))]
    return [_band(grid, first, start, end) for start, end in zip(starts, ends, strict=True)]


def without_checks(grid: Grid) -> Grid:
    """A grid without the columns of our own live checks beside its form."""
    titled = [row for row in grid.filled() if CHECK_TITLE in grid.rows[row]]
    if not titled:
        return grid
    first = min(list(grid.rows[row]).index(CHECK_TITLE) for row in titled)
    return _band(grid, 0, 0, first) if first else grid


def _names_project(mark: Mark) -> bool:
    label = mark.label
    if label is None and (slip := misspelt_role(mark.value)) is not None:
        label = slip[0]
    return label is not None and label.name == "project_name"


def _band(grid: Grid, first: int, start: int, end: int) -> Grid:
    rows = [
        values
        if row < first or not values
        else [value if start <= column < end else None for column, value in enumerate(values)]
        for row, values in enumerate(grid.rows)
    ]
    return replace(grid, rows=rows)
