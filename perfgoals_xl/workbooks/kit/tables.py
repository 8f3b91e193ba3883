"""A plain table on a sheet: header, one row per record, filter, frozen and repeated header."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.addresses import Area
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, is_exact, put_block, put_text

Value = str | int | Decimal | None

TABLE_SIZE = 10
"""The size of the font in a table."""
LEAST_HEIGHT = 20.0
"""In points, of a row of a table."""


LEDGER = "ledger"
"""How amounts stand: with two to six decimals, on the right."""


class Column(NamedTuple):
    """A column: its header, its width, and how its values stand: left, center, right, ledger."""

    header: str
    width: float
    align: str = "left"


def put_sheet_title(sheet: Sheet, styles: Styles, title: str, last_column: int) -> None:
    """The title in the first row, over the columns up to ``last_column``."""
    put_block(sheet, Area(0, 0, 0, last_column), title, styles("title"))
    sheet.set_height(0, 36)


def put_note(sheet: Sheet, styles: Styles, row: int, text: str, last_column: int) -> None:
    """A line of small print over the columns up to ``last_column``."""
    put_block(sheet, Area(row, 0, row, last_column), text, styles("quiet"))
    sheet.set_height(row, 18)


def put_table(
    sheet: Sheet,
    styles: Styles,
    top: int,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    *,
    empty: str = "（无）",
) -> int:
    """Writes header and rows from row ``top`` on and returns the last row.

    A table without rows says ``empty`` in its only line. Numbers stay numbers, and a number of
    more digits than Excel holds is a text.
    """
    put_head(sheet, styles, top, columns)
    if not rows:
        return put_empty(sheet, styles, top + 1, columns, empty)
    for row, values in enumerate(rows, start=top + 1):
        height = LEAST_HEIGHT
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            _put_value(sheet, styles, row, index, column, value)
            if isinstance(value, str):
                height = max(height, height_of(value, column.width, TABLE_SIZE))
        sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)
    return top + len(rows)


def put_head(sheet: Sheet, styles: Styles, row: int, columns: Sequence[Column]) -> None:
    """The headers of the columns, in row ``row``."""
    for index, column in enumerate(columns):
        put_text(sheet, row, index, column.header, styles("cell", "head", "ten"))
    sheet.set_height(row, max(22.0, *(height_of(c.header, c.width, TABLE_SIZE) for c in columns)))


def put_empty(sheet: Sheet, styles: Styles, row: int, columns: Sequence[Column], text: str) -> int:
    """The only line of a table without rows; returns its row."""
    area = Area(row, 0, row, len(columns) - 1)
    put_block(sheet, area, text, styles("cell", "center", "ten", "grey"))
    sheet.set_height(row, 22)
    return row


def set_widths(sheet: Sheet, columns: Sequence[Column]) -> None:
    """The widths of all columns of the table."""
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)


def widen(
    sheet: Sheet, columns: Sequence[Column], index: int, figures: Sequence[Decimal | None]
) -> None:
    """Makes a column of amounts wide enough for its longest: what does not fit is shown as ####."""
    widths = [ledger_width(value) for value in figures if value is not None]
    sheet.set_column(index, index, max([columns[index].width, *widths]))


def ledger_width(value: Decimal) -> float:
    """The width that an amount takes, with its thousands separators and decimals."""
    whole, _, decimals = f"{value.normalize():f}".partition(".")
    return len(f"{int(whole):,}.{decimals:0<2}") * 0.95 + 1.5


def add_filter(sheet: Sheet, top: int, last: int, columns: Sequence[Column]) -> None:
    """Filter buttons on the header in row ``top``, which stays in sight."""
    sheet.autofilter(top, 0, last, len(columns) - 1)
    sheet.freeze_panes(top + 1, 0)


def finish_table(sheet: Sheet, top: int, last: int, columns: Sequence[Column], header: str) -> None:
    """Filter and page of a sheet that is one table: across on A4, its head on every page."""
    add_filter(sheet, top, last, columns)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=len(columns) - 1,
        repeat=(top, top),
        header=header,
    )


def _put_value(
    sheet: Sheet, styles: Styles, row: int, index: int, column: Column, value: Value
) -> None:
    if isinstance(value, Decimal) and not is_exact(value):
        value = f"{value:f}"
    if isinstance(value, int | Decimal):
        sheet.write_number(row, index, float(value), styles("cell", column.align, "ten"))
    else:
        put_text(sheet, row, index, value, styles("cell", column.align, "text", "ten"))
