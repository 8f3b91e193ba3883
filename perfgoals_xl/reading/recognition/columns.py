"""The header of an indicator table: which column holds what, for which time, and why.

A heading may stand in one to three rows. Each column has a path of headings from top to bottom;
the deepest says what it holds, any of them for when: 年度目标 over 三级指标 is the year's name.
Where the words say nothing, what stands below them does (:mod:`.column_content`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfgoals_xl.form.column_labels import (
    BESIDE,
    GOALS,
    LEVELS,
    VALUE_PARTS,
    Column,
    Role,
    Time,
    column_role,
    heads_columns,
    is_header,
    time_heading,
)
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.column_content import compares, names, values
from perfgoals_xl.reading.recognition.labels import marks

# Rows of headings above and below the one that names the table.
_MOST_ABOVE, _MOST_BELOW = 2, 2
_OF_BOTH_TIMES = ("level2", "level3", "target_value", *VALUE_PARTS)


@dataclass
class Header:
    """The header of an indicator table: its rows and the first column of each role.

    ``foreign`` are the columns of other headings (results, the other half of a table), which hold
    nothing that a row declares; ``guessed`` the roles that no heading told but what stands below
    it.
    """

    row: int
    bottom: int
    left: int
    right: int
    columns: dict[str, int] = field(default_factory=dict)
    foreign: frozenset[int] = frozenset()
    guessed: frozenset[str] = frozenset()

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


@dataclass(frozen=True)
class _Headed:
    """A column, and what its path of headings says."""

    at: int
    name: str | None
    rank: int = 0
    time: Time | None = None
    year: int | None = None


def find_header(grid: Grid, start: int, end: int, year: int | None = None) -> Header | None:
    """The first header of an indicator table in the rows ``start`` to ``end`` (exclusive).

    Where several years stand side by side, the values of ``year`` are read, else of the last.
    """
    for row in grid.filled(start, end):
        if not is_header(column_roles(grid, row)):
            continue
        key = ("header", row, max(start, row - _MOST_ABOVE), year)
        if key not in grid.marks:
            grid.marks[key] = _read_header(grid, row, start, year)
        header: Header | None = grid.marks[key]
        if header is not None:
            return header
    return None


def column_roles(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The cells of a row that name a column of an indicator table: column and role."""
    return [(m.column, m.heading.name) for m in marks(grid, row) if m.heading is not None]


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
    headed = _annual_half(_of_time(_of_year(_without_year_column(headed), year)))
    columns: dict[str, int] = {}
    for one in sorted(headed, key=lambda one: (one.rank >= _SPARE, one.at)):
        if one.name is not None:
            columns.setdefault(one.name, one.at)
    guessed = _complete(grid, row, rows[-1], right, headed, columns)
    if not ({"target_value", Column.NUMBER} & columns.keys()):
        return None
    taken = set(columns.values())
    foreign = frozenset(
        column
        for header_row in rows
        for column, value in grid.cells(header_row)
        if column > left and column not in taken
    ) | frozenset(columns[c] for c in (*BESIDE, Column.NATURE) if c in columns)
    for name in (*BESIDE, Column.NATURE):
        columns.pop(name, None)
    return Header(rows[0], rows[-1], left, right, columns, foreign, frozenset(guessed))


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


# Of a heading that stands for several columns of one part, the first is meant.
_SPARE = 10**6


def _is_heading(value: object) -> bool:
    return column_role(value) is not None or _time(value) is not None


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


def _paths(grid: Grid, rows: Sequence[int], left: int, right: int) -> list[_Headed]:
    """What every column is headed, from its uppermost heading to its lowest."""
    headed: dict[int, _Headed] = {}
    for row in rows:
        cells = list(grid.cells(row))
        last = row == rows[-1]
        for (column, value), following in zip(
            cells, [*(c for c, _ in cells[1:]), right + 1], strict=True
        ):
            area = grid.area(row, column)
            # A heading over several columns whose merge was lost reaches to the next one.
            end = area.right if last or area.right > column else following - 1
            role, time = column_role(value), _time(value)
            if role is None and time is None and not last and row != rows[0]:
                continue
            for at in range(max(column, left), min(end, right) + 1):
                if at in headed or at == column or row != rows[-1]:
                    headed[at] = _deeper(headed.get(at), at, role, time, spare=at > column)
    return [headed[at] for at in sorted(headed)]


def _deeper(
    above: _Headed | None,
    at: int,
    role: Role | None,
    time: tuple[Time | None, int | None] | None,
    *,
    spare: bool,
) -> _Headed:
    """A column's heading with the next one below it."""
    name, rank = (role.name, role.rank) if role else (None, 0)
    when, year = (role.time, role.year) if role else (time or (None, None))
    if above is not None:
        when, year = when or above.time, year or above.year
        if name is None or (time is not None and above.name is not None and name in _VALUES):
            # 2026年 under 指标值, or a word that says nothing under one that does.
            name, rank = above.name or name, above.rank
    if spare and name is not None:
        rank += _SPARE
    if name == Column.PERIOD_VALUE and when is Time.ANNUAL:
        name = "target_value"
    return _Headed(at, name, rank, when, year)


_VALUES = ("target_value", Column.PERIOD_VALUE)


def _without_year_column(headed: list[_Headed]) -> list[_Headed]:
    """Of 年度 beside 指标值 only the latter has values; alone 年度 has."""
    bare = column_role("年度")
    targets = [one for one in headed if one.name == "target_value" and one.rank < _SPARE]
    years = [one for one in targets if bare is not None and one.rank == bare.rank]
    return headed if years == targets else [one for one in headed if one not in years]


def _of_year(headed: list[_Headed], year: int | None) -> list[_Headed]:
    """Without the values of other years where 2025年目标值 and 2026年目标值 stand side by side."""
    targets = [one for one in headed if one.name in ("target_value", None) and one.year]
    if len({one.year for one in targets}) < 2:
        return headed
    years = [one.year for one in targets if one.year is not None]
    wanted = year if year in years else max(years)
    return [one for one in headed if one not in targets or one.year == wanted]


def _of_time(headed: list[_Headed]) -> list[_Headed]:
    """Without the whole period's half where a column stands once for it and once for the year."""
    kept: list[_Headed] = []
    for one in headed:
        name = "target_value" if one.name == Column.PERIOD_VALUE else one.name
        twins = [
            other
            for other in headed
            if (other.name, other.time is Time.PERIOD) == (name, False) and other is not one
        ]
        if one.time is Time.PERIOD and name in _OF_BOTH_TIMES and twins:
            if name == "target_value":
                kept.append(_Headed(one.at, Column.PERIOD_VALUE, one.rank, one.time, one.year))
            continue
        kept.append(one)
    return kept


def _annual_half(headed: list[_Headed]) -> list[_Headed]:
    """Without the whole period's half, where name and value are printed once more for the year."""
    places: dict[str, list[int]] = {}
    for one in headed:
        if one.name is not None and one.rank < _SPARE:
            places.setdefault(one.name, []).append(one.at)
    called, targets = places.get("level3", []), places.get("target_value", [])
    if len(called) != 2 or len(targets) != 2:
        return headed
    if not called[0] < targets[0] < called[1] < targets[1]:
        return headed
    level2 = places.get("level2", [])
    start = level2[1] if len(level2) == 2 else called[1]
    shared = ("level1",) if len(level2) == 2 else LEVELS
    return [one for one in headed if one.at >= start or one.name in shared]


def _complete(
    grid: Grid,
    row: int,
    bottom: int,
    right: int,
    headed: list[_Headed],
    columns: dict[str, int],
) -> set[str]:
    """Settle by what stands below the headings what their words leave open; say what was."""
    guessed: set[str] = set()
    signs = [one.at for one in headed if one.name in (Column.NATURE, Column.OPERATOR)]
    unknown = [one.at for one in headed if one.name is None]
    signed = next((at for at in (*signs, *unknown) if compares(grid, bottom, at)), None)
    if signed is not None:
        columns[Column.OPERATOR] = signed
    if columns.get(Column.NATURE) == signed:
        columns.pop(Column.NATURE, None)
    if Column.OPERATOR not in columns and Column.NATURE in columns and Column.UNIT in columns:
        # 定性 and 定量 beside a value in parts: what is no number has no sign either.
        columns[Column.OPERATOR] = columns.pop(Column.NATURE)
    if "target_value" not in columns and Column.NUMBER not in columns:
        _find_target(grid, bottom, right, headed, columns, guessed)
    if "level3" not in columns and not (columns.keys() & set(GOALS)):
        _find_name(grid, bottom, headed, columns, guessed)
    if "target_value" in columns and {Column.OPERATOR, Column.UNIT} & columns.keys():
        # 符号 | 指标值 | 计量单位: what is called the value is its number only.
        columns.setdefault(Column.NUMBER, columns.pop("target_value"))
    return guessed


def _find_target(
    grid: Grid,
    bottom: int,
    right: int,
    headed: list[_Headed],
    columns: dict[str, int],
    guessed: set[str],
) -> None:
    twice = [one.at for one in headed if one.name == "level3"]
    if len(twice) > 1 and values(grid, bottom, twice[-1]):
        columns["target_value"] = twice[-1]  # 三级指标 | 指标内容
    elif Column.PERIOD_VALUE in columns:
        columns["target_value"] = columns.pop(Column.PERIOD_VALUE)
    else:
        start = max((columns[c] for c in ("level3", *LEVELS, *GOALS) if c in columns), default=0)
        unknown = [
            at
            for one, following in pairwise([*headed, _Headed(right + 1, None)])
            if one.name is None and one.at > start
            for at in range(one.at, max(one.at + 1, following.at))
        ]
        found = [at for at in unknown if values(grid, bottom, at)]
        if found:
            columns["target_value"] = found[0]
            guessed.add("target_value")


def _find_name(
    grid: Grid,
    bottom: int,
    headed: list[_Headed],
    columns: dict[str, int],
    guessed: set[str],
) -> None:
    start = max((columns[c] for c in LEVELS if c in columns), default=-1)
    end = (
        min(columns[c] for c in ("target_value", *VALUE_PARTS) if c in columns)
        if (columns.keys() & {"target_value", *VALUE_PARTS})
        else 10**6
    )
    found = [
        one.at
        for one in headed
        if one.name is None and start < one.at < end and names(grid, bottom, one.at)
    ]
    if found:
        columns["level3"] = found[-1]
        guessed.add("level3")
