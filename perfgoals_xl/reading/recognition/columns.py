"""The header of an indicator table: which column holds what, for which time, and why.

A heading may stand in one to three rows. Each column has a path of headings from top to bottom;
the deepest says what it holds, any of them for when: 年度目标 over 三级指标 is the year's name.
Where the words say nothing, what stands below them does (:mod:`.column_content`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfgoals_xl.form.column_labels import (
    GOALS,
    LEVELS,
    NOT_KEPT,
    VALUE_PARTS,
    Column,
    Role,
    Time,
    column_role,
    heading_role,
    heads_a_sum,
    heads_columns,
    is_header,
    misspelt_heading,
    time_heading,
)
from perfgoals_xl.form.evaluation.evaluation_labels import indicator_part
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.indicator_columns.column_halves import (
    SPARE,
    Headed,
    that_count,
)
from perfgoals_xl.reading.recognition.indicator_columns.level_points import part_points
from perfgoals_xl.reading.recognition.indicator_columns.open_columns import settle
from perfgoals_xl.reading.recognition.labels import marks

# Rows of headings above and below the one that names the table.
_MOST_ABOVE, _MOST_BELOW = 2, 2
_VALUES = ("target_value", Column.PERIOD_VALUE)
# The parts of a column that is not kept, in the row below its heading.
_FEWEST_PARTS, _LONGEST_PART = 2, 10
_WORDS = re.compile(r"[\u4e00-\u9fff()、/]+")


@dataclass
class Header:
    """The header of an indicator table: its rows and the first column of each role.

    ``foreign`` are the columns of other headings (results, the other half of a table), which hold
    nothing that a row declares; ``guessed`` the roles that no heading told but what stands below
    it; ``level_points`` the columns of points that are a level's.
    """

    row: int
    bottom: int
    left: int
    right: int
    columns: dict[str, int] = field(default_factory=dict)
    foreign: frozenset[int] = frozenset()
    guessed: frozenset[str] = frozenset()
    level_points: dict[str, int] = field(default_factory=dict)
    # Headings with a wrong character, by row and column, and what is meant.
    misspelt: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def is_split(self) -> bool:
        """Whether the target value is split into sign, number and unit."""
        return Column.NUMBER in self.columns

    @property
    def holds_both(self) -> bool:
        """Whether the indicator's name and its target stand in one cell."""
        return self.columns.get("level3", -1) == self.columns.get("target_value")

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

    Where several years stand side by side, the values of ``year`` are read, else of the last.
    """
    headers = header_rows(grid)
    for row in headers[bisect_left(headers, start) : bisect_left(headers, end)]:
        key = ("header", row, max(start, row - _MOST_ABOVE), year)
        if key not in grid.marks:
            grid.marks[key] = _read_header(grid, row, start, year)
        header: Header | None = grid.marks[key]
        if header is not None:
            return header
    return None


def header_rows(grid: Grid) -> list[int]:
    """The rows of a grid that are the header of an indicator table by their words alone."""
    if "headers" not in grid.marks:
        by_row = _roles_of_rows(grid)
        grid.marks["headers"] = [row for row, roles in by_row.items() if is_header(roles)]
    found: list[int] = grid.marks["headers"]
    return found


def column_roles(grid: Grid, row: int) -> Sequence[tuple[int, str]]:
    """The cells of a row that name a column of an indicator table: column and role."""
    return _roles_of_rows(grid).get(row, ())


def _roles_of_rows(grid: Grid) -> dict[int, list[tuple[int, str]]]:
    """The cells that name a column, by their row; most rows have none."""
    if "roles" not in grid.marks:
        found = ((row, _column_roles(grid, row)) for row in grid.filled())
        grid.marks["roles"] = {row: roles for row, roles in found if roles}
    by_row: dict[int, list[tuple[int, str]]] = grid.marks["roles"]
    return by_row


def _column_roles(grid: Grid, row: int) -> list[tuple[int, str]]:
    found = marks(grid, row)
    exact = [(m.column, m.heading.name) for m in found if m.heading is not None]
    if not exact or len(exact) == len(found):
        return exact
    # Only beside others a text with a wrong character is a heading.
    roles = ((m.column, m.heading or heading_role(m.value)) for m in found)
    return [(column, role.name) for column, role in roles if role is not None]


def _read_header(grid: Grid, row: int, start: int, year: int | None) -> Header | None:
    found = column_roles(grid, row)
    left = min(column for column, _ in found)
    above = _rows_above(grid, row, start, left)
    below = _rows_below(grid, row)
    rows = [*above, row, *below]
    for upper in above:
        left = min(left, *(c for c, r in column_roles(grid, upper)), left)
    right = _right(grid, rows)
    headed = _paths(grid, rows, left, right)
    headed = that_count(headed, year)
    columns: dict[str, int] = {}
    for one in sorted(headed, key=lambda one: (one.rank >= SPARE, one.at)):
        if one.name is not None:
            columns.setdefault(one.name, one.at)
    guessed = settle(grid, row, rows[-1], right, headed, columns)
    level_points = part_points(grid, rows[-1], headed, columns)
    if not ({"target_value", Column.NUMBER} & columns.keys()):
        return None
    taken = set(columns.values())
    foreign = frozenset(
        column
        for header_row in rows
        for column, value in grid.cells(header_row)
        if column > left and column not in taken
    ) | frozenset(columns[c] for c in NOT_KEPT if c in columns)
    for name in NOT_KEPT:
        columns.pop(name, None)
    misspelt = {
        (r, c): meant
        for r in rows
        for c, value in grid.cells(r)
        if isinstance(value, str) and (meant := misspelt_heading(value)) is not None
    }
    return Header(
        rows[0],
        rows[-1],
        left,
        right,
        columns,
        foreign,
        frozenset(guessed),
        level_points,
        misspelt,
    )


def _right(grid: Grid, rows: Sequence[int]) -> int:
    """The last column of the header; headings that no list holds belong to it without a gap."""
    right = max(
        grid.area(r, c).right for r in rows for c, value in grid.cells(r) if _is_heading(value)
    )
    if grid.is_text:
        return right
    while any(grid.value(row, right + 1) is not None for row in rows):
        right = max(grid.area(row, right + 1).right for row in rows)
    return right


def _is_heading(value: object) -> bool:
    return heading_role(value) is not None or _time(value) is not None


def _time(value: object) -> tuple[Time | None, int | None] | None:
    return time_heading(value) if isinstance(value, str) and len(value) <= 40 else None


def _rows_above(grid: Grid, row: int, start: int, left: int) -> list[int]:
    """The rows of headings above the one that names the table, from top to bottom."""
    found: list[int] = []
    for upper in range(row - 1, max(start, row - 1 - _MOST_ABOVE) - 1, -1):
        cells = list(grid.cells(upper))
        headings = [(c, v) for c, v in cells if _is_heading(v) or heads_columns(v)]
        beside = [c for c, v in cells if c < left and (c, v) not in headings]
        # 备注 beside 指标值, both over two rows: what no list holds is a heading as well.
        down = [c for c, _ in cells if c > left and grid.area(upper, c).bottom > upper]
        known = {c for c, _ in headings} | set(beside) | set(down)
        if not headings or len(known) < len(cells):
            break
        over = heads_columns(headings[0][1])
        alone = len(cells) == 1 and (role := column_role(headings[0][1])) is not None
        alone = alone and role is not None and role.name in _VALUES
        if not (over or alone or len(headings) > 1) or _is_complete(grid, upper):
            break
        if not over and not any(_is_wide(grid, upper, c) for c, _ in headings):
            break
        found.insert(0, upper)
    return found


def _is_complete(grid: Grid, row: int) -> bool:
    """Whether a row is the header of a table of its own."""
    roles = column_roles(grid, row)
    return is_header(roles) and any(role not in LEVELS for _, role in roles)


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    """Whether a heading stands over several columns, or did before its merge was lost."""
    if grid.area(row, column).right > column:
        return True
    return is_blank(grid.value(row, column + 1)) and not is_blank(grid.value(row + 1, column + 1))


def _rows_below(grid: Grid, row: int) -> list[int]:
    """The rows below it that name the parts under 三级指标, 指标值 or the halves of two times."""
    found: list[int] = []
    named = {role for _, role in column_roles(grid, row)}
    for below in range(row + 1, min(row + 1 + _MOST_BELOW, len(grid.rows))):
        roles = column_roles(grid, below)
        filled = list(grid.cells(below))
        times = [c for c, v in filled if column_role(v) is None and _time(v) is not None]
        if below == row + 1 and (
            _is_under_others(grid, row, filled) or _shares_out(grid, row, filled)
        ):
            found.append(below)
            continue
        if not filled or len(roles) + len(times) != len(filled):
            break
        if named & {"target_value", Column.NUMBER}:
            if is_header(roles) or any(role in LEVELS for _, role in roles):
                break  # the header, printed once more
        elif {role for _, role in roles} & named & set(LEVELS[:1]):
            break
        found.append(below)
        named |= {role for _, role in roles}
    return found


def _is_under_others(grid: Grid, row: int, below: list[tuple[int, object]]) -> bool:
    """Whether a row parts only columns that are not kept: 经费保障 | 其他 under 偏差原因分析.

    No part of an indicator stands in it, and what it says is in words.
    """
    roles = dict(column_roles(grid, row))
    if len(below) < _FEWEST_PARTS or "level3" not in roles.values():
        return False
    if not {"target_value", Column.NUMBER} & {*roles.values()}:
        return False
    heads = [c for c, _ in grid.cells(row)]
    over = {column: max((c for c in heads if c <= column), default=-1) for column, _ in below}
    # Every part stands under a heading that is not kept, one or more under each of them.
    if -1 in over.values() or any(roles.get(c, NOT_KEPT[0]) not in NOT_KEPT for c in over.values()):
        return False
    return all(
        isinstance(value, str)
        and len(value) <= _LONGEST_PART
        # 1~8月完成值 | 全年预计完成值 under 完成情况: a column of the year's other forms.
        and (_WORDS.fullmatch(fold(value)) is not None or indicator_part(value) is not None)
        and ((role := column_role(value)) is None or role.name in NOT_KEPT)
        for column, value in below
    )


def _shares_out(grid: Grid, row: int, below: list[tuple[int, object]]) -> bool:
    """Whether a row parts 指标值 alone, merged over them: 合计 | 上坪乡 | 溪口镇."""
    targets = [c for c, role in column_roles(grid, row) if role == "target_value"]
    if len(targets) != 1 or len(below) < _FEWEST_PARTS:
        return False
    area = grid.area(row, targets[0])
    return (
        area.right > area.left
        and all(
            isinstance(value, str)
            and area.left <= column <= area.right
            and not any(character.isdigit() for character in value)
            for column, value in below
        )
        and any(heads_a_sum(value) for _, value in below)
    )


def _paths(grid: Grid, rows: Sequence[int], left: int, right: int) -> list[Headed]:
    """What every column is headed, from its uppermost heading to its lowest."""
    headed: dict[int, Headed] = {}
    for row in rows:
        cells = list(grid.cells(row))
        last = row == rows[-1]
        for (column, value), following in zip(
            cells, [*(c for c, _ in cells[1:]), right + 1], strict=True
        ):
            area = grid.area(row, column)
            # A heading over several columns whose merge was lost reaches to the next one.
            end = area.right if last or area.right > column else following - 1
            role, time = heading_role(value), _time(value)
            if role is None and time is None and not last and row != rows[0]:
                continue
            for at in range(max(column, left), min(end, right) + 1):
                if at in headed or at == column or row != rows[-1]:
                    headed[at] = _deeper(headed.get(at), at, role, time, spare=at > column)
    return [headed[at] for at in sorted(headed)]


def _deeper(
    above: Headed | None,
    at: int,
    role: Role | None,
    time: tuple[Time | None, int | None] | None,
    *,
    spare: bool,
) -> Headed:
    """A column's heading with the next one below it."""
    name, rank = (role.name, role.rank) if role else (None, 0)
    when, year = (role.time, role.year) if role else (time or (None, None))
    if above is not None:
        when, year = when or above.time, year or above.year
        if name is None or (time is not None and above.name is not None and name in _VALUES):
            # 2026年 under 指标值, or a word that says nothing under one that does.
            name, rank = above.name or name, above.rank
    if spare and name is not None:
        rank += SPARE
    if name == Column.PERIOD_VALUE and when is Time.ANNUAL:
        name = "target_value"
    return Headed(at, name, rank, when, year)
