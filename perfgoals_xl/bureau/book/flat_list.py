"""A table of any length, streamed: what does not fit one sheet goes on on the next.

XlsxWriter writes what stands above and around the rows. The rows themselves are made elsewhere
(:mod:`.row_text`); they wait on disk, and are put into the book when it is complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.bureau.book.row_text import Look, Written
from perfgoals_xl.bureau.book.waiting_rows import WaitingRows
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles, number_of
from perfgoals_xl.workbooks.kit.tables import (
    LEDGER,
    Column,
    add_filter,
    ledger_width,
    put_empty,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
    widen,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, add_sheet

MAX_ROWS = 1_048_576
"""The rows of a sheet of Excel."""

_TABLE_ROW = 2


class FlatList:
    """A table on the sheet ``name`` and, where that is full, on ``name(2)``, ``name(3)``, …

    Its rows wait in the folder ``scratch``. ``max_rows`` is what a sheet holds, its title and
    header included.
    """

    def __init__(
        self,
        workbook: Workbook,
        styles: Styles,
        name: str,
        columns: Sequence[Column],
        *,
        note: str,
        scratch: Path,
        max_rows: int = MAX_ROWS,
    ) -> None:
        self._workbook, self._styles, self._name = workbook, styles, name
        self._columns, self._note, self._scratch = columns, note, scratch
        self._letters_of = {c.header: column_letters(n) for n, c in enumerate(columns)}
        self._ranges: dict[tuple[str, ...], tuple[int, list[list[str]]]] = {}
        self._room = max_rows - _TABLE_ROW - 1
        self._sheets: list[Sheet] = []
        self._rows: list[WaitingRows] = []
        self._open_next()
        self.count: int = 0
        # The longest figure of each column of amounts, which must fit or is shown as ####.
        self._longest: dict[int, Decimal] = {}
        numbers = [_numbers_of(styles, column) for column in columns]
        self.look = Look(name, tuple(columns), tuple(numbers), _TABLE_ROW + 1, self._room)

    @property
    def names(self) -> list[str]:
        """The sheets of the table."""
        return [sheet.shown_name for sheet in self._sheets]

    def reserve(self, rows: int) -> int:
        """Makes room for so many more rows; returns how many there were before."""
        before = self.count
        self.count += rows
        return before

    def add(self, rows: Written) -> None:
        """Takes the next of the rows that were given room."""
        for number, piece in rows.pieces:
            if number == len(self._sheets):
                self._open_next()
            self._rows[number].add(piece)
        for index, longest in rows.longest.items():
            known = self._longest.get(index)
            if known is None or ledger_width(longest) > ledger_width(known):
                self._longest[index] = longest

    @property
    def waiting(self) -> list[WaitingRows]:
        """What is to be put into the book once it has been written, sheet by sheet."""
        return self._rows

    def finish(self, header: str, *, empty: str) -> None:
        """Completes the sheets; ``header``, of every page, is known only when all has been read."""
        last_column = len(self._columns) - 1
        for number, sheet in enumerate(self._sheets):
            last = self._last(number)
            if last == _TABLE_ROW:
                last = put_empty(sheet, self._styles, last + 1, self._columns, empty)
            else:
                add_filter(sheet, _TABLE_ROW, last, self._columns)
                sheet.reach(last, last_column)
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
        known = self._ranges.get(headers)
        # Every formula of every department names them.
        if known is None or known[0] != self.count:
            known = self._ranges[headers] = self.count, self._ranges_of(headers)
        return known[1]

    def _ranges_of(self, headers: Sequence[str]) -> list[list[str]]:
        ranges = []
        letters = self._letters(headers)
        for number, sheet in enumerate(self._sheets):
            last = max(_TABLE_ROW + 1, self._last(number))
            name = quoted(sheet.shown_name)
            ranges.append([f"{name}!${c}${_TABLE_ROW + 2}:${c}${last + 1}" for c in letters])
        return ranges

    def block(self, first: int, count: int, *headers: str) -> list[str] | None:
        """The cells below each header of ``count`` rows, the first row of the list being row 0.

        None where the rows stand on two sheets, or where there are none.
        """
        sheet, last = first // self._room, first + count - 1
        if not count or last // self._room != sheet:
            return None
        top, bottom = (_TABLE_ROW + 2 + number % self._room for number in (first, last))
        name = quoted(self._sheets[sheet].shown_name)
        return [f"{name}!${c}${top}:${c}${bottom}" for c in self._letters(headers)]

    def _last(self, number: int) -> int:
        """The last row of a sheet."""
        return _TABLE_ROW + min(self._room, self.count - number * self._room)

    def _letters(self, headers: Sequence[str]) -> list[str]:
        return [self._letters_of[header] for header in headers]

    def _open_next(self) -> None:
        number = len(self._sheets) + 1
        name = self._name if number == 1 else f"{self._name}({number})"
        sheet, last_column = add_sheet(self._workbook, name), len(self._columns) - 1
        set_widths(sheet, self._columns)
        put_sheet_title(sheet, self._styles, self._name, last_column)
        put_note(sheet, self._styles, 1, self._note, last_column)
        put_head(sheet, self._styles, _TABLE_ROW, self._columns)
        self._sheets.append(sheet)
        # XlsxWriter numbers the parts in the order in which the sheets were added.
        part = f"sheet{len(self._workbook.worksheets())}.xml"
        self._rows.append(WaitingRows(f"xl/worksheets/{part}", self._scratch / f"rows-{part}"))


def _numbers_of(styles: Styles, column: Column) -> tuple[int, int]:
    """The numbers of the formats in which texts and numbers of a column stand."""
    text, number = map(number_of, _formats_of(styles, column))
    return text, number


def _formats_of(styles: Styles, column: Column) -> tuple[Format, Format]:
    """How texts and how numbers of a column look."""
    if column.align == LEDGER:
        amount = styles("cell", "ledger", "ten")
        return amount, amount
    return styles("cell", column.align, "text", "ten"), styles("cell", column.align, "ten")
