"""Columns of points beside the levels: 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值.

Only the one behind the indicator's name is the indicator's own; the others say what all the
indicators of a level make together, as 产出指标（50分） does.
"""

from __future__ import annotations

from perfgoals_xl.form.column_labels import LEVELS, Column
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.indicator_columns.column_halves import SPARE, Headed

# So many rows tell whether every indicator has points in a column.
_ROWS_ASKED = 60


def part_points(
    grid: Grid, bottom: int, headed: list[Headed], columns: dict[str, int]
) -> dict[str, int]:
    """Leave in ``columns`` the points of the indicators alone; say which columns are a level's.

    ``columns`` are those of the header that ends in the row ``bottom``. A single column left of
    the name is a level's only where not every indicator has points in it.
    """
    places = {level: columns[level] for level in LEVELS[:2] if level in columns}
    name = columns.get("level3")
    points = [one.at for one in headed if one.name == Column.WEIGHT and one.rank < SPARE]
    if name is None or not places or not points:
        return {}
    before = [at for at in points if at < name and min(places.values()) < at]
    behind = [at for at in points if at > name]
    if not before or (
        not behind and len(before) == 1 and _is_filled(grid, bottom, before[0], name)
    ):
        return {}
    own = behind or [at for at in before[1:] if _is_filled(grid, bottom, at, name)][-1:]
    found: dict[str, int] = {}
    for at in before:
        if at not in own:
            level = max((level for level in places if places[level] < at), key=places.__getitem__)
            found.setdefault(level, at)
    columns.pop(Column.WEIGHT, None)
    if own:
        columns[Column.WEIGHT] = own[0]
    return found


def _is_filled(grid: Grid, bottom: int, at: int, name: int) -> bool:
    """Whether every indicator has points of its own in a column."""
    named = 0
    for row in grid.filled(bottom + 1, min(len(grid.rows), bottom + 1 + _ROWS_ASKED)):
        if is_blank(grid.value(row, name)):
            continue
        if is_blank(grid.value(row, at)):
            # Below the last indicator a name's column may hold something else.
            return named > 1 and grid.value(row, name) == grid.value(row, at)
        named += 1
    return named > 0
