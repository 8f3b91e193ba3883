"""Points and rates as their cells state them: ``9.8``, ``10分``, ``94.85%``, 0.9485."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.evaluation.evaluation_labels import is_no_value
from perfgoals_xl.form.text import clean, fold, is_blank
from perfgoals_xl.reading.grid import Grid

_NUMBER = re.compile(r"(?P<number>[-+]?\d{1,15}(?:,\d{3})*(?:\.\d+)?)(?P<unit>分|%|点)?")
# A rate without a sign that is no larger is a part of one: 0.98, and 1 for all.
_MOST_OF_PART = Decimal("1.5")
# So near is the rate that the amounts give, beside its hundredfold.
_NEAR = Decimal("0.5")
_HUNDRED = Decimal(100)

Figure = Decimal | str | None


def number_of(value: object) -> Decimal | None:
    """The number that a cell holds, as a number or as a text with its unit; None for any other."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int | float):
        return Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    found = _NUMBER.fullmatch(fold(str(value))) if isinstance(value, str) else None
    return Decimal(found["number"].replace(",", "")) if found else None


def _shows_percent(grid: Grid, row: int, column: int, value: object) -> bool:
    text = value if isinstance(value, str) else grid.shown(row, column, value)
    return fold(str(text)).endswith("%")


def points_at(grid: Grid, row: int, column: int) -> Figure:
    """The points in a cell; a text that states none as typed, None for a blank and for ``—``."""
    value = grid.value(row, column)
    if is_blank(value) or (isinstance(value, str) and is_no_value(value)):
        return None
    number = number_of(value)
    if number is None:
        return clean(str(value))
    # A weight of 10% is stored as 0.1.
    shown = not isinstance(value, str) and _shows_percent(grid, row, column, value)
    return _plain(number * _HUNDRED) if shown else number


def rate_at(grid: Grid, row: int, column: int, expected: Decimal | None) -> Figure:
    """The rate in a cell, in per cent; ``expected`` is what the amounts beside it give.

    A number without a sign may be a part of one or of a hundred: that which is nearer to what is
    expected, and without it a part of one where it is no larger.
    """
    value = grid.value(row, column)
    if is_blank(value) or (isinstance(value, str) and is_no_value(value)):
        return None
    number = number_of(value)
    if number is None:
        return clean(str(value))
    if _shows_percent(grid, row, column, value):
        return number if isinstance(value, str) else _plain(number * _HUNDRED)
    if expected is not None and abs(number - expected) <= _NEAR:
        return number
    if expected is not None and abs(number * _HUNDRED - expected) <= _NEAR:
        return _plain(number * _HUNDRED)
    return _plain(number * _HUNDRED) if abs(number) <= _MOST_OF_PART else number


def _plain(number: Decimal) -> Decimal:
    """A number in digits, without the zeros that a multiplication left."""
    normal = number.normalize()
    exponent = normal.as_tuple().exponent
    return normal.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else normal
