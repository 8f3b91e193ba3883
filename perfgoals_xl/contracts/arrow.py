"""The tables in Arrow and Parquet: one schema each, and values that fit it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Any

from perfgoals_xl.contracts.types import DIGITS, PLACES, Column, Type
from perfgoals_xl.form.text import printable

if TYPE_CHECKING:
    import pyarrow as pa

_STEP = Decimal(1).scaleb(-PLACES)


def arrow_schema(columns: Iterable[Column]) -> pa.Schema:
    """The schema of these columns. Raises ImportError where pyarrow is not installed."""
    import pyarrow as pa

    types = {
        Type.TEXT: pa.string(),
        Type.WHOLE: pa.int64(),
        Type.AMOUNT: pa.decimal128(DIGITS, PLACES),
        Type.FIGURE: pa.decimal128(DIGITS, PLACES),
        Type.BOUND: pa.string(),
    }
    return pa.schema([(column.name, types[column.type]) for column in columns])


def storable(column: Column, values: Sequence[Any]) -> list[Any]:
    """Values of a declaration's column as its Arrow type takes them; a blank is None.

    An amount is rounded to the places of its type; a text that is no amount, and an amount beyond
    all budgets, is None.
    """
    return list(map(_STORABLE[column.type], values))


def _text(value: Any) -> str | None:
    # A Kind is a str too, and Arrow takes only the plain one; what is not equal to itself is NaN.
    return None if value is None or value != value else printable(str(value))


def _whole(value: Any) -> Any:
    return value


def _amount(value: Any) -> Decimal | None:
    if not isinstance(value, Decimal) or value.adjusted() >= DIGITS - PLACES:
        return None
    return value.quantize(_STEP, ROUND_HALF_EVEN, Context(prec=DIGITS))


def _bound(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else None


_STORABLE = {
    Type.TEXT: _text,
    Type.WHOLE: _whole,
    Type.AMOUNT: _amount,
    Type.FIGURE: _amount,
    Type.BOUND: _bound,
}
