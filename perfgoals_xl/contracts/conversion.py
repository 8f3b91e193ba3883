"""A frame in the types of its table, wherever it comes from: a declaration, CSV, Parquet.

Only what loses nothing is converted. What is left as it is then fails the contract, which names
the row and the value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from perfgoals_xl.contracts.types import NO_DEPARTMENT, NO_YEAR, Column, Type
from perfgoals_xl.form.text import printable, spreadsheet_safe

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What a float holds of the digits that were typed.
_SIGNIFICANT = ".15g"
# From here on a float skips whole numbers.
_EXACT = 2**53


def typed(frame: pd.DataFrame, columns: Iterable[Column]) -> pd.DataFrame:
    """``frame`` with these columns first, in order and in their types; others follow as they are.

    A column that the frame lacks stays missing. The frame itself is not changed.
    """
    wanted = [column for column in columns if column.name in frame.columns]
    if not frame.columns.is_unique:
        return frame
    ours = {column.name: _column(column, frame[column.name]) for column in wanted}
    others = {name: frame[name] for name in frame.columns if name not in ours}
    return pd.DataFrame({**ours, **others}, index=frame.index, copy=False)


def unguarded(text: str) -> str:
    """A text of a CSV file without the apostrophe that keeps it from becoming a formula."""
    bare = text[1:]
    return bare if text[:1] == "'" and spreadsheet_safe(bare) == text else text


def _column(column: Column, series: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(series.dtype, pd.CategoricalDtype):  # a partition
        series = series.astype(series.cat.categories.dtype if len(series) else object)
    made = _MADE[column.type](column, series)
    if column.name == "year" and made.dtype == "Int64":
        return made.mask(made == NO_YEAR)
    return made.mask(made == NO_DEPARTMENT) if column.name == "department" else made


def _whole(column: Column, series: pd.Series[Any]) -> pd.Series[Any]:
    try:
        return pd.to_numeric(series.replace("", None)).astype("Int64")
    except (TypeError, ValueError):
        # As texts, because pandera does not tell the row of a number that is not whole.
        return _each(series, lambda value: value if isinstance(value, Integral) else str(value))


def _text(column: Column, series: pd.Series[Any]) -> pd.Series[Any]:
    texts = series if series.dtype == "str" else _each(series, _as_text).astype("str")
    if column.values:
        # A word of a vocabulary is never meant to begin with an apostrophe; of a free text nobody
        # knows, so that there the reader of the CSV file has to say so.
        words = {word: unguarded(word) for word in texts.dropna().unique()}
        texts = texts.replace({word: bare for word, bare in words.items() if word != bare})
    return texts.fillna("") if column.empty else texts.mask(texts == "")


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))  # a column of whole numbers with blanks between them
    return printable(str(value))


def _amount(column: Column, series: pd.Series[Any]) -> pd.Series[Any]:
    return _each(series, _decimal)


def _bound(column: Column, series: pd.Series[Any]) -> pd.Series[Any]:
    return _each(series, _decimal_or_day)


def _decimal(value: Any) -> Any:
    if isinstance(value, Decimal | bool | np.bool_):
        return value
    if isinstance(value, Integral):
        return Decimal(int(value))
    if isinstance(value, Real):
        return Decimal(format(float(value), _SIGNIFICANT))
    if isinstance(value, str):
        text = value.strip()
        return Decimal(text) if _NUMBER.fullmatch(text) else value if text else None
    return value


def _decimal_or_day(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            return value
    return _decimal(value)


def _each(series: pd.Series[Any], convert: Callable[[Any], Any]) -> pd.Series[Any]:
    """``convert`` of every value, each distinct one converted once; a blank is None."""
    values = series.astype(object).to_numpy()
    blank = pd.isna(values)
    known: dict[tuple[type, Any], Any] = {}
    made = np.empty(len(values), dtype=object)
    for place in np.flatnonzero(~blank):
        value = values[place]
        # 1 and True are one key, and so are the Decimals 1 and 1.0.
        key = (type(value), str(value) if isinstance(value, Decimal) else value)
        try:
            made[place] = known[key]
        except KeyError:
            made[place] = known[key] = convert(value)
        except TypeError:  # a list or a dictionary has no place in a table, and no hash
            made[place] = convert(value)
    return pd.Series(made, index=series.index, dtype=object)


_MADE: dict[Type, Callable[[Column, pd.Series[Any]], pd.Series[Any]]] = {
    Type.TEXT: _text,
    Type.WHOLE: _whole,
    Type.AMOUNT: _amount,
    Type.FIGURE: _amount,
    Type.BOUND: _bound,
}
