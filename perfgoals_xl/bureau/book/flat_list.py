"""A table of any length, written row by row: what does not fit one sheet goes on on the next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import (
    LEDGER,
    Column,
    Value,
    add_filter,
    ledger_width,
    put_empty,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
    widen,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, add_sheet, is_exact, put_text

MAX_ROWS = 1_048_576
"""The rows of a sheet of Excel."""

_TABLE_ROW = 2
_SIZE = 10


class FlatList:
    """A table on the sheet ``name`` and, where that is full, on ``name(2)``, ``name(3)``, …

    ``max_rows`` is what a sheet holds, its title and header included.
    """

    def __init__(
        self,
        workbook: Workbook,
        styles: Styles,
        name: str,
        columns: Sequence[Column],
        *,
        note: str,
        max_rows: int = MAX_ROWS,
    ) -> None:
        self._workbook, self._styles, self._name = workbook, styles, name
        self._columns, self._note, self._max_rows = columns, note, max_rows
        self._formats = [_format_of(styles, column) for column in columns]
        self._sheets: list[Sheet] = [add_sheet(workbook, name)]
        self._row = _TABLE_ROW
        self._begin()
        self.count = 0
        # The longest figure of each column of amounts, which must fit or is shown as ####.
        self._longest: dict[int, Decimal] = {}

    @property
    def names(self) -> list[str]:
        """The sheets of the table."""
        return [sheet.shown_name for sheet in self._sheets]

    def add(self, values: Sequence[Value]) -> None:
        """Writes the next row. Raises InputError for a text that is too long for a cell."""
        if self._row + 1 >= self._max_rows:
            number = len(self._sheets) + 1
            self._sheets.append(add_sheet(self._workbook, f"{self._name}({number})"))
            self._begin()
        self._row += 1
        self.count += 1
        sheet, row = self._sheets[-1], self._row
        height = 20.0
        for index, value in enumerate(values):
            column, (text_format, number_format) = self._columns[index], self._formats[index]
            if isinstance(value, Decimal) and not is_exact(value):
                value = f"{value:f}"
            if isinstance(value, int | Decimal):
                sheet.write_number(row, index, float(value), number_format)
                if column.align == LEDGER:
                    self._measure(index, Decimal(value))
                continue
            put_text(sheet, row, index, value, text_format)
            if value:
                height = max(height, height_of(value, column.width, _SIZE))
        sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)
        sheet.forget(row - 1)

    def finish(self, header: str, *, empty: str) -> None:
        """Completes the sheets; ``header``, of every page, is known only when all has been read."""
        last_column = len(self._columns) - 1
        for number, sheet in enumerate(self._sheets):
            full = number < len(self._sheets) - 1
            last = self._max_rows - 1 if full else self._row
            if last == _TABLE_ROW:
                last = put_empty(sheet, self._styles, last + 1, self._columns, empty)
            else:
                add_filter(sheet, _TABLE_ROW, last, self._columns)
            for index, longest in self._longest.items():
                widen(sheet, self._columns, index, [longest])
            sheet.freeze_panes(_TABLE_ROW + 1, 0)
            set_page(
                sheet,
                landscape=True,
                last_row=last,
                last_column=last_column,
                repeat=(_TABLE_ROW, _TABLE_ROW),
                header=header,
            )

    def ranges(self, *headers: str) -> list[list[str]]:
        """The cells below each header as absolute references, sheet by sheet."""
        ranges = []
        letters = self._letters(headers)
        for number, sheet in enumerate(self._sheets):
            full = number < len(self._sheets) - 1
            last = max(_TABLE_ROW + 1, self._max_rows - 1 if full else self._row)
            ranges.append(
                [
                    f"{quoted(sheet.shown_name)}!${c}${_TABLE_ROW + 2}:${c}${last + 1}"
                    for c in letters
                ]
            )
        return ranges

    def block(self, first: int, count: int, *headers: str) -> list[str] | None:
        """The cells below each header of ``count`` rows, the first row of the list being row 0.

        None where the rows stand on two sheets, or where there are none.
        """
        room = self._max_rows - _TABLE_ROW - 1
        sheet, last = first // room, first + count - 1
        if not count or last // room != sheet:
            return None
        top, bottom = (_TABLE_ROW + 2 + number % room for number in (first, last))
        name = quoted(self._sheets[sheet].shown_name)
        return [f"{name}!${c}${top}:${c}${bottom}" for c in self._letters(headers)]

    def _letters(self, headers: Sequence[str]) -> list[str]:
        columns = [column.header for column in self._columns]
        return [column_letters(columns.index(header)) for header in headers]

    def _measure(self, index: int, value: Decimal) -> None:
        longest = self._longest.get(index)
        if longest is None or ledger_width(value) > ledger_width(longest):
            self._longest[index] = value

    def _begin(self) -> None:
        sheet, last_column = self._sheets[-1], len(self._columns) - 1
        set_widths(sheet, self._columns)
        put_sheet_title(sheet, self._styles, self._name, last_column)
        put_note(sheet, self._styles, 1, self._note, last_column)
        put_head(sheet, self._styles, _TABLE_ROW, self._columns)
        self._row = _TABLE_ROW


def _format_of(styles: Styles, column: Column) -> tuple[Format, Format]:
    """How texts and how numbers of a column look."""
    if column.align == LEDGER:
        amount = styles("cell", "ledger", "ten")
        return amount, amount
    return styles("cell", column.align, "text", "ten"), styles("cell", column.align, "ten")
