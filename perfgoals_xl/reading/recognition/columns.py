"""The header of an indicator table: which column holds what, in the layouts met."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgoals_xl.form.column_labels import (
    GOALS,
    LEVELS,
    VALUE_PARTS,
    Column,
    column_role,
    is_header,
)
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid


@dataclass
class Header:
    """The header of an indicator table: its rows and the first column of each role.

    ``foreign`` are the columns of other headings (weights, explanations, the whole period's half
    of a table), which are not read.
    """

    row: int
    bottom: int
    left: int
    right: int
    columns: dict[str, int] = field(default_factory=dict)
    foreign: frozenset[int] = frozenset()

    @property
    def is_split(self) -> bool:
        """Whether the target value is split into sign, number and unit."""
        return Column.NUMBER in self.columns

    @property
    def has_goals(self) -> bool:
        """Whether it is the department's own table, with goals in place of a name."""
        return any(goal in self.columns for goal in GOALS)

    @property
    def name(self) -> int:
        """The column of the indicator's name (of its policy goal in a department table)."""
        for role in ("level3", *GOALS):
            if role in self.columns:
                return self.columns[role]
        return self.columns.get("level2", 0) + 1

    @property
    def target(self) -> int:
        """The first column of the target value."""
        if self.is_split:
            return min(self.columns[part] for part in VALUE_PARTS if part in self.columns)
        return self.columns["target_value"]


def find_header(grid: Grid, start: int, end: int, year: int | None = None) -> Header | None:
    """The first header of an indicator table in the rows ``start`` to ``end`` (exclusive).

    Where several years stand side by side, the values of ``year`` are read.
    """
    for row in grid.filled(start, end):
        found = column_roles(grid, row)
        if is_header(found):
            header = _read_header(grid, row, found, year)
            if header is not None:
                return header
    return None


def column_roles(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The cells of a row that name a column of an indicator table: column and role."""
    return [
        (column, role.name)
        for column, value in grid.cells(row)
        if (role := column_role(value)) is not None
    ]


def _read_header(
    grid: Grid, row: int, found: list[tuple[int, str]], year: int | None
) -> Header | None:
    left = min(column for column, _ in found)
    right = max(grid.area(row, column).right for column, _ in found)
    found = _annual_half(_of_year(grid, row, found, year))
    columns = {role: column for column, role in reversed(found)}
    bottom = row
    # A second header row names the parts under 三级指标 or 指标值.
    below = row + 1
    if below < len(grid.rows):
        sub = [(c, r) for c, r in column_roles(grid, below) if r not in LEVELS]
        filled = sum(1 for _ in grid.cells(below))
        if sub and len(sub) == filled and not is_header(column_roles(grid, below)):
            bottom = below
            if any(r in GOALS for _, r in sub):
                columns.pop("level3", None)
            if any(r in (*VALUE_PARTS, Column.PERIOD_VALUE) for _, r in sub):
                columns.pop("target_value", None)
            columns.update({role: column for column, role in reversed(sub)})
            right = max(right, *(grid.area(below, column).right for column, _ in sub))
    if "target_value" in columns and {Column.OPERATOR, Column.UNIT} & columns.keys():
        # 符号 | 指标值 | 计量单位: what is called the value is its number only.
        columns.setdefault(Column.NUMBER, columns.pop("target_value"))
    if not ({"target_value", Column.NUMBER} & columns.keys()):
        return None
    known = set(columns.values()) | {column for column, _ in found}
    foreign = frozenset(
        column
        for header_row in {row, bottom}
        for column, _ in grid.cells(header_row)
        if column > left and column not in known
    )
    return Header(row, bottom, left, right, columns, foreign)


def _of_year(
    grid: Grid, row: int, found: list[tuple[int, str]], year: int | None
) -> list[tuple[int, str]]:
    """Without the values of other years where 2025年目标值 and 2026年目标值 stand side by side."""
    targets = [column for column, role in found if role == "target_value"]
    own = [c for c in targets if str(year) in fold(str(grid.value(row, c)))]
    if len(targets) < 2 or len(own) != 1:
        return found
    return [(c, role) for c, role in found if role != "target_value" or c in own]


def _annual_half(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the whole period's half, where name and value are printed once more for the year."""
    places: dict[str, list[int]] = {}
    for column, role in found:
        places.setdefault(role, []).append(column)
    names, targets = places.get("level3", []), places.get("target_value", [])
    if len(names) != 2 or len(targets) != 2 or not names[0] < targets[0] < names[1] < targets[1]:
        return found
    level2 = places.get("level2", [])
    start = level2[1] if len(level2) == 2 else names[1]
    shared = ("level1",) if len(level2) == 2 else LEVELS
    return [(c, role) for c, role in found if c >= start or role in shared]
