"""What stands in a column, where its heading does not say what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from perfgoals_xl.form.named_targets import names_its_target
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid

# Rows; what a column holds shows sooner.
_LOOKED_AT = 60
_ENOUGH = 0.5
_SIGNS = """
    ≥ ≤ > < = ≧ ≦ >= <= ⩾ ⩽ 大于等于 小于等于 大于或等于 小于或等于 大于 小于 等于
    不低于 不高于 不少于 不超过 不大于 不小于
"""
SIGNS = frozenset(_SIGNS.split())
"""Comparisons, as a column of their own holds them."""
_NO_SIGN = frozenset(("定性", "定量", "/", "-", "—", "无"))
VALUED = frozenset({Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE, Kind.DATE})
_LONGEST_VALUE = 30


def compares(grid: Grid, bottom: int, column: int) -> bool:
    """Whether a column holds comparisons."""
    return any(fold(str(value)) in SIGNS for value in _below(grid, bottom, column))


def only_compares(grid: Grid, bottom: int, column: int) -> bool:
    """Whether a column holds comparisons and nothing else, whatever its heading says."""
    found = [fold(str(value)) for value in _below(grid, bottom, column)]
    return not SIGNS.isdisjoint(found) and all(said in SIGNS | _NO_SIGN for said in found)


def values(grid: Grid, bottom: int, column: int) -> bool:
    """Whether most cells of a column are target values."""
    found = [_is_value(value) for value in _below(grid, bottom, column)]
    return bool(found) and sum(found) >= _ENOUGH * len(found)


def names(grid: Grid, bottom: int, column: int) -> bool:
    """Whether most cells of a column are texts that name something, and no levels or values."""
    found = [_is_name(value) for value in _below(grid, bottom, column)]
    return bool(found) and sum(found) >= _ENOUGH * len(found)


def levels(grid: Grid, bottom: int, column: int) -> bool:
    """Whether most cells of a column are terms of the taxonomy."""
    found = [read_level(str(value)) is not None for value in _below(grid, bottom, column)]
    return bool(found) and sum(found) >= _ENOUGH * len(found)


def holds_both(grid: Grid, bottom: int, column: int) -> bool:
    """Whether most cells of a column say an indicator and its target: 清淤长度≥6公里."""
    found = [names_its_target(str(value)) for value in _below(grid, bottom, column)]
    return bool(found) and sum(found) >= _ENOUGH * len(found)


def is_empty(grid: Grid, bottom: int, column: int) -> bool:
    """Whether nothing stands in a column."""
    return next(_below(grid, bottom, column), None) is None


def _below(grid: Grid, bottom: int, column: int) -> Iterator[object]:
    for row in grid.filled(bottom + 1, bottom + 1 + _LOOKED_AT):
        value = grid.value(row, column)
        if value is not None and fold(str(value)):
            yield value


def _is_value(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return len(value) <= _LONGEST_VALUE and parse_target(value).kind in VALUED


def _is_name(value: object) -> bool:
    return isinstance(value, str) and read_level(value) is None and not _is_value(value)
