"""What the words of every filled cell are, told once for all who ask."""

from __future__ import annotations

from typing import NamedTuple

from perfgoals_xl.form.column_labels import Role, column_role
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.labels import head_role


class Mark(NamedTuple):
    """A filled cell: the label of a form's head that it is, and the heading of a column."""

    column: int
    value: object
    label: Role | None
    heading: Role | None


def marks(grid: Grid, row: int) -> tuple[Mark, ...]:
    """The filled cells of a row, from left to right."""
    found: tuple[Mark, ...] | None = grid.marks.get(row)
    if found is None:
        found = tuple(
            [
                Mark(column, value, head_role(value), column_role(value))
                if isinstance(value, str)
                else Mark(column, value, None, None)
                for column, value in grid.cells(row)
            ]
        )
        grid.marks[row] = found
    return found
