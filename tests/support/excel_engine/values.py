"""Values and formulas of blocks of cells, as Excel reads and takes them.

Real: everything goes through LibreOffice's cells in bulk. Imitated, because LibreOffice's API does
otherwise: a text is read as if typed (``"12"`` becomes a number, ``"=A1"`` a formula) except where
the cell's number format is ``@``; what is written to a merged-away cell is dropped; a date or a
boolean brings its number format along into a cell that has none.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import formats, grammar
from .calls import ExcelError
from .format_groups import format_groups, parts

if TYPE_CHECKING:
    from collections.abc import Container

Block = tuple[tuple[Any, ...], ...]

# What COM hands over for an error value, by what LibreOffice calls it.
_ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
ERROR_TEXTS = {code: text for text, code in _ERRORS.items()}
_DAY_0 = dt.datetime(1899, 12, 30)

_DATE = 2  # com.sun.star.util.NumberFormat
_CURRENCY = re.compile(r"[¥￥€£]|\$(?!-)")
_ALL_RESULTS, _ERROR_RESULTS = 7, 4  # com.sun.star.sheet.FormulaResult
_NOT_A_FORMULA = range(501, 516)  # What LibreOffice says of formulas that it cannot read.
_MAX_TEXT, _MAX_TEXT_IN_BLOCK = 32_767, 8_203
_MAX_FORMULA, _MAX_TEXT_IN_FORMULA = 8_192, 255
_IN_QUOTES = re.compile(r'"((?:[^"]|"")*)"')
_NUMBER = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?"
)
_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")


def read(document: Any, area: Any) -> Block:
    """What COM hands over: floats, texts, booleans, ``None`` for blank, dates, numbers for errors.

    A cell with a currency format comes as Decimal with four decimals, as from Excel.
    """
    rows = [list(row) for row in area.getDataArray()]
    numbers: list[tuple[int, int]] = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None:
                text = area.getCellByPosition(c, r).String
                row[c] = _ERRORS.get(text, _ERRORS["#VALUE!"])
            elif value == "":
                row[c] = None
            elif isinstance(value, float):
                numbers.append((r, c))
                if value in (0.0, 1.0):
                    shown = area.getCellByPosition(c, r).String
                    row[c] = {"TRUE": True, "FALSE": False}.get(shown, value)
    if numbers:
        _give_kinds(document, area, rows, numbers)
    return tuple(map(tuple, rows))


def _give_kinds(
    document: Any, area: Any, rows: list[list[Any]], numbers: list[tuple[int, int]]
) -> None:
    """Makes dates and currency of the numbers whose formats say so."""
    top, bottom = numbers[0][0], numbers[-1][0]
    left, right = min(c for _, c in numbers), max(c for _, c in numbers)
    # Many groups share few number formats, and each question is a call into LibreOffice.
    kinds: dict[int, tuple[bool, bool]] = {}
    for group in format_groups(area.getCellRangeByPosition(left, top, right, bottom)):
        if (key := group.number_format) not in kinds:
            form = document.NumberFormats.getByKey(key)
            kinds[key] = bool(form.Type & _DATE), bool(_CURRENCY.search(form.FormatString))
        is_date, is_currency = kinds[key]
        if not is_date and not is_currency:
            continue
        for part in group.parts:
            for down, across in part.cells():
                r, c = top + down, left + across
                value = rows[r][c]
                if not isinstance(value, float):
                    continue
                # A cell with a time of day only comes as a number from Excel.
                if is_date:
                    rows[r][c] = _DAY_0 + dt.timedelta(seconds=round(value * 86400))
                else:
                    rows[r][c] = decimal.Decimal(repr(value)).quantize(decimal.Decimal("0.0001"))


def read_formulas(area: Any) -> Block:
    """Excel's ``Range.Formula``: formulas, and the constants as text; "" for blank."""
    data, typed = area.getDataArray(), area.getFormulaArray()
    rows = [
        [
            value if isinstance(value, str) else text.removeprefix("=").removesuffix("()")
            for value, text in zip(*both, strict=True)
        ]
        for both in zip(data, typed, strict=True)
    ]
    for part in parts(area.queryFormulaCells(_ALL_RESULTS), area.RangeAddress):
        for r, c in part.cells():
            if typed[r][c] not in ("=TRUE()", "=FALSE()"):
                rows[r][c] = grammar.to_excel(typed[r][c])
    return tuple(map(tuple, rows))


def as_block(value: Any, rows: int, columns: int) -> Block:
    """What is written to a range of this size: a block, one row, or one value for every cell."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ((value,) * columns,) * rows
    if not isinstance(value[0], Sequence) or isinstance(value[0], str):
        value = [value]
    block = tuple(map(tuple, value))
    if len(block) != rows or {len(row) for row in block} != {columns}:
        raise ExcelError(f"{len(block)} rows of values for a range of {rows} x {columns} cells")
    return block


def write(document: Any, area: Any, block: Block, dropped: Container[tuple[int, int]]) -> None:
    """Writes a block of exactly the area's size in one go, but for the cells in ``dropped``."""
    _check_lengths(block)
    as_text, general = _kinds_of_cells(document, area)
    typed: list[list[str]] = []
    codes: list[tuple[int, int, str]] = []
    for r, row in enumerate(block):
        typed.append([])
        for c, value in enumerate(row):
            text, code = ("", "") if (r, c) in dropped else _typed(value, (r, c) in as_text)
            typed[-1].append(text)
            if code and (r, c) in general:
                codes.append((r, c, code))
    area.setFormulaArray(tuple(map(tuple, typed)))
    if any(text.startswith("=") for row in typed for text in row):
        for part in parts(area.queryFormulaCells(_ERROR_RESULTS), area.RangeAddress):
            for r, c in part.cells():
                if area.getCellByPosition(c, r).getError() in _NOT_A_FORMULA:
                    raise ExcelError(f"not a formula: {block[r][c]}")
    for r, c, code in codes:
        area.getCellByPosition(c, r).NumberFormat = formats.format_key(document, code)


def _check_lengths(block: Block) -> None:
    """Raises ExcelError for texts and formulas that are too long for Excel."""
    limit = _MAX_TEXT if len(block) == len(block[0]) == 1 else _MAX_TEXT_IN_BLOCK
    for row in block:
        for value in row:
            if not isinstance(value, str):
                continue
            if len(value) > limit:
                raise ExcelError(f"a text of {len(value)} characters")
            if value.startswith("=") and (
                len(value) > _MAX_FORMULA
                or any(len(text) > _MAX_TEXT_IN_FORMULA for text in _IN_QUOTES.findall(value))
            ):
                raise ExcelError(f"too long for a formula: {value[:80]}…")


def _kinds_of_cells(document: Any, area: Any) -> tuple[set[Any], set[Any]]:
    """The cells with format ``@``, and those without a format."""
    as_text: set[Any] = set()
    general: set[Any] = set()
    for group in format_groups(area):
        code = document.NumberFormats.getByKey(group.number_format).FormatString
        for wanted, cells in (("@", as_text), ("General", general)):
            if code == wanted:
                cells.update(cell for part in group.parts for cell in part.cells())
    return as_text, general


def _typed(value: Any, as_text: bool) -> tuple[str, str]:
    """What to type so that LibreOffice holds what Excel would, and the format it brings along."""
    if value is None or value == "":
        return "", ""
    if isinstance(value, bool):
        return (f"'{value}".upper(), "") if as_text else (str(int(value)), "BOOLEAN")
    if isinstance(value, (int, float)):
        text = repr(int(value)) if float(value).is_integer() else repr(float(value))
        return (f"'{text}" if as_text else text), ""
    if isinstance(value, decimal.Decimal):
        raise ExcelError("COM makes a currency of a Decimal, with four decimals: write a float")
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(*value.timetuple()[:3])
        serial = (moment.replace(tzinfo=None) - _DAY_0) / dt.timedelta(days=1)
        code = "YYYY-MM-DD HH:MM" if serial % 1 else "YYYY-MM-DD"
        return repr(serial), code
    if not isinstance(value, str):
        raise ExcelError(f"no value for a cell: {value!r}")
    if value.startswith("'"):
        return value, ""
    if as_text:
        return f"'{value}", ""
    if value.startswith("=") and len(value) > 1:
        return grammar.to_api(value), ""
    return _recognised(value) or (f"'{value}", "")


def _recognised(text: str) -> tuple[str, str] | None:
    """A number, percentage, date or boolean that Excel makes of a typed text."""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return repr(float(stripped.replace(",", ""))), ""
    if stripped.endswith("%") and _NUMBER.fullmatch(stripped[:-1]):
        return repr(float(stripped[:-1].replace(",", "")) / 100), "0.00%"
    if stripped.upper() in ("TRUE", "FALSE"):
        return str(int(stripped.upper() == "TRUE")), "BOOLEAN"
    if match := _DAY.fullmatch(stripped):
        year, month, day = (int(n) for n in match.groups() if n and n.isdigit())
        try:
            return _typed(dt.datetime(year, month, day), False)
        except ValueError:
            return None
    return None


def write_everywhere(
    document: Any, area: Any, formula: str, dropped: Container[tuple[int, int]]
) -> None:
    """Writes one formula to every cell, its relative references meant for the first one."""
    first = area.getCellByPosition(0, 0)
    write(document, first, ((formula,),), dropped)
    at = area.RangeAddress
    rows, columns = at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1
    if first.Type.value != "FORMULA":
        write(document, area, ((formula,) * columns,) * rows, dropped)
        return
    tokens = first.getTokens()
    for r in range(rows):
        for c in range(columns):
            if (r, c) not in dropped:
                area.getCellByPosition(c, r).setTokens(tokens)
