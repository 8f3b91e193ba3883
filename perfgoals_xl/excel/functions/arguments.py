"""What Excel hands to a worksheet function, and how a function of single cells works on ranges."""

from __future__ import annotations

import datetime as dt
import logging
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.excel.functions.function_registry import NOT_AVAILABLE, NUMBER_ERROR, VALUE_ERROR
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.sources.shown import shown

_LOG = logging.getLogger(__name__)

_MARKERS = frozenset([VALUE_ERROR, NOT_AVAILABLE, NUMBER_ERROR])
_ERROR_TEXTS = _MARKERS | {"#DIV/0!", "#NAME?", "#NULL!", "#REF!", "#SPILL!", "#CALC!", "#FIELD!"}
# The SCODEs of Excel's errors 2000 … 2099: what COM gives for those that xlwings has no text for.
ERROR_CODES = range(-2146826288, -2146826188)

Rows = Sequence[Sequence[Any]]


class CellError(Exception):
    """Ends the work on one cell: ``marker`` is the error value that the cell shows."""

    def __init__(self, marker: str = VALUE_ERROR) -> None:
        super().__init__(marker)
        self.marker = marker


def spread(function: Callable[..., Any], *arguments: Any) -> Any:
    """``function`` of single cells over arguments that may be ranges (lists of rows).

    Single values give a single value; with a range the result is a list of rows, and a row, a
    column or a single value is repeated to its size. Sizes that do not fit give ``#VALUE!``. What
    fails in one cell gives an error value there and nowhere else.
    """
    try:
        ranges = [rows_of(argument) for argument in arguments]
        height, width = _common_size(ranges)
    except CellError as error:
        return error.marker
    result = [
        [_one(function, [_at(rows, y, x) for rows in ranges]) for x in range(width)]
        for y in range(height)
    ]
    return result if any(isinstance(a, list | tuple) for a in arguments) else result[0][0]


def once(function: Callable[..., Any], *arguments: Any) -> Any:
    """``function`` of whole arguments; what it raises becomes an error value."""
    try:
        return function(*arguments)
    except CellError as error:
        return error.marker
    except Exception:
        # Excel would show the text of the exception as if it were the result.
        _LOG.exception("worksheet function failed")
        return VALUE_ERROR


def rows_of(argument: Any) -> Rows:
    """An argument as rows of cells. Raises ``CellError`` where it is no rectangle."""
    if not isinstance(argument, list | tuple):
        return [[argument]]
    nested = sum(isinstance(row, list | tuple) for row in argument)
    rows: Sequence[Sequence[Any]] = argument if nested else [argument]
    if nested not in (0, len(argument)) or not rows[0]:
        raise CellError
    if any(len(row) != len(rows[0]) for row in rows):
        raise CellError
    return rows


def single(argument: Any) -> Any:
    """The one cell of an argument. Raises ``CellError`` for a range of several, and for an error
    value in it."""
    rows = rows_of(argument)
    if len(rows) > 1 or len(rows[0]) > 1:
        raise CellError
    return sound(rows[0][0])


def sound(cell: Any) -> Any:
    """The cell itself. Raises ``CellError`` where it holds an error value already."""
    if isinstance(cell, str) and cell in _ERROR_TEXTS:
        raise CellError(cell if cell in _MARKERS else VALUE_ERROR)
    if isinstance(cell, int) and cell in ERROR_CODES:
        raise CellError
    return cell


def number_in(cell: Any) -> Decimal | None:
    """The number of a cell that holds one, with its 15 digits; None for texts, dates, TRUE.

    Raises ``CellError`` for a number that is not finite.
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    number = Decimal(format(cell, ".15g")) if isinstance(cell, float) else Decimal(cell)
    if not number.is_finite():
        raise CellError(NUMBER_ERROR)
    return number


def text_in(cell: Any) -> str | None:
    """What a cell says, as the reader of the forms takes it; None for a blank.

    The format of the cell is not known here: 0.95 is "0.95" also where the cell shows 95%. Raises
    ``CellError`` for a number that is not finite.
    """
    if is_blank(cell):
        return None
    number_in(cell)
    # Cells in a currency format come as Decimal with four decimals.
    return shown(float(cell) if isinstance(cell, Decimal) else cell, "")


def result(value: Decimal | dt.date | None) -> float | dt.date | str:
    """A number or date as Excel takes it; an empty text for None, for a blank is not a zero.

    Raises ``CellError`` for a number beyond what Excel holds.
    """
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value
    number = float(value)
    if not math.isfinite(number):
        raise CellError(NUMBER_ERROR)
    return number


def _one(function: Callable[..., Any], cells: list[Any]) -> Any:
    return once(lambda: function(*map(sound, cells)))


def _common_size(ranges: list[Rows]) -> tuple[int, int]:
    height = max(len(rows) for rows in ranges)
    width = max(len(rows[0]) for rows in ranges)
    if any(len(rows) not in (1, height) or len(rows[0]) not in (1, width) for rows in ranges):
        raise CellError
    return height, width


def _at(rows: Rows, y: int, x: int) -> Any:
    row = rows[y if len(rows) > 1 else 0]
    return row[x if len(row) > 1 else 0]
