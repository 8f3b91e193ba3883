"""What the words of a header leave open, settled by what stands below it."""

from __future__ import annotations

from itertools import pairwise

from perfgoals_xl.form.column_labels import GOALS, LEVELS, VALUE_PARTS, Column, plain_label
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.column_content import (
    compares,
    holds_both,
    is_empty,
    levels,
    names,
    only_compares,
    values,
)
from perfgoals_xl.reading.recognition.indicator_columns.column_halves import SPARE, Headed


def settle(
    grid: Grid,
    row: int,
    bottom: int,
    right: int,
    headed: list[Headed],
    columns: dict[str, int],
) -> set[str]:
    """Settle by what stands below the headings what their words leave open; say what was."""
    guessed: set[str] = set()
    signs = [one.at for one in headed if one.name in (Column.NATURE, Column.OPERATOR)]
    unknown = [one.at for one in headed if one.name is None]
    signed = next((at for at in (*signs, *unknown) if compares(grid, bottom, at)), None)
    if signed is None:
        signed = _signs_by_another_name(grid, bottom, headed, columns)
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
    # Of four levels the last is the indicator.
    fourth = [one.at for one in headed if one.name == "level3" and _is_fourth(grid, bottom, one.at)]
    if fourth and columns.get("target_value") not in fourth:
        columns["level3"] = fourth[0]
    if not columns.keys() & set(GOALS):
        _find_levels(grid, bottom, columns, guessed)
        _find_both(grid, bottom, headed, columns, guessed)
    return guessed


def _signs_by_another_name(
    grid: Grid, bottom: int, headed: list[Headed], columns: dict[str, int]
) -> int | None:
    """The signs under a heading of something else, as 评价标准 in an export; None without any.

    Another column of that heading holds what it says.
    """
    for one in headed:
        if one.name in _MAY_HOLD_SIGNS and only_compares(grid, bottom, one.at):
            other = next((o.at for o in headed if o.name == one.name and o.at != one.at), None)
            if columns.get(one.name) == one.at:
                columns.pop(one.name)
                if other is not None:
                    columns[one.name] = other
            return one.at
    return None


def _find_levels(grid: Grid, bottom: int, columns: dict[str, int], guessed: set[str]) -> None:
    """A level whose heading is blank, and names under 二级指标 where the table has one level."""
    first, second = columns.get("level1"), columns.get("level2")
    if second is not None and "level3" not in columns and _VALUED & columns.keys():
        target = min(columns[c] for c in (*_VALUED, *VALUE_PARTS) if c in columns)
        beside = all(is_empty(grid, bottom, at) for at in range(second + 1, target))
        if beside and second < target and names(grid, bottom, second):
            columns["level3"] = columns.pop("level2")
            guessed.add("level3")
            return
    taken = set(columns.values())
    name = columns.get("level3")
    if first is not None and second is None and name is not None:
        for at in range(first + 1, name):
            if at not in taken and levels(grid, bottom, at):
                columns["level2"] = at
                guessed.add("level2")
                return


def _find_both(
    grid: Grid, bottom: int, headed: list[Headed], columns: dict[str, int], guessed: set[str]
) -> None:
    """Name and target in one column: 三级指标 without 指标值, 指标内容及目标值."""
    name, target = columns.get("level3"), columns.get("target_value")
    if name is not None:
        if not _VALUED & columns.keys() and holds_both(grid, bottom, name):
            columns["target_value"] = name
            guessed.add("target_value")
        return
    if Column.NUMBER in columns:
        return
    last = max((columns[c] for c in LEVELS if c in columns), default=-1)
    if target is None:
        unknown = [one.at for one in headed if one.name is None and one.at > last]
        target = next((at for at in unknown if holds_both(grid, bottom, at)), None)
    elif not all(is_empty(grid, bottom, at) for at in range(last + 1, target)) or not holds_both(
        grid, bottom, target
    ):
        return
    if target is not None:
        columns["level3"] = columns["target_value"] = target
        guessed |= {"level3", "target_value"}


def _find_target(
    grid: Grid,
    bottom: int,
    right: int,
    headed: list[Headed],
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
            for one, following in pairwise([*headed, Headed(right + 1, None)])
            if one.name is None and one.at > start
            for at in range(one.at, max(one.at + 1, following.at))
        ]
        # 绩效目标 behind 指标名称, or 绩效标准: the value, also where it is in words.
        told = [one.at for one in headed if one.at > start and _is_meant(grid, bottom, one.at)]
        found = told or [
            at
            for at in unknown
            if values(grid, bottom, at)
            and not ("level3" not in columns and holds_both(grid, bottom, at))
        ]
        found = found or _unheaded_values(grid, bottom, right, start, headed, columns)
        if found:
            columns["target_value"] = found[0]
            if columns.get(Column.STANDARD) == found[0]:
                del columns[Column.STANDARD]
            guessed.add("target_value")


def _unheaded_values(
    grid: Grid,
    bottom: int,
    right: int,
    start: int,
    headed: list[Headed],
    columns: dict[str, int],
) -> list[int]:
    """Columns of values behind the names over which nothing stands, or only what is beside them."""
    if "level3" not in columns:
        return []
    own = {one.at for one in headed if one.name is not None and one.rank < SPARE}
    merged = {at for one in own for at in range(one + 1, grid.area(bottom, one).right + 1)}
    return [
        at
        for at in range(start + 1, right + 2)
        if at not in own | merged and values(grid, bottom, at)
    ]


_MEANT = """
    绩效目标 目标 年度目标 年度绩效目标 预期目标 绩效标准 指标标准 绩效要求 目标标准 标准 标准值
    指标目标 考核标准
"""
_MEANT_VALUES = frozenset(_MEANT.split())
_MAY_HOLD_SIGNS = (Column.STANDARD, "note", Column.CODE)
_VALUED = frozenset(("target_value", Column.NUMBER))


def _is_fourth(grid: Grid, bottom: int, column: int) -> bool:
    value = grid.value(bottom, column)
    return isinstance(value, str) and plain_label(value)[0].startswith("四级")


def _is_meant(grid: Grid, bottom: int, column: int) -> bool:
    """Whether a column is headed as values are where nothing else heads them."""
    value = grid.value(bottom, column)
    return isinstance(value, str) and plain_label(value)[0] in _MEANT_VALUES


def _find_name(
    grid: Grid,
    bottom: int,
    headed: list[Headed],
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
