"""The rows of a long list as text of a sheet's part, made wherever a processor is free.

It is what XlsxWriter would write for the same values, cell by cell; but that is done by the process
that writes the book, and there is only one of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import MOST_IN_CELL, fits_a_cell
from perfgoals_xl.storage.packed import Packed, pack
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of, room_for
from perfgoals_xl.workbooks.kit.tables import (
    LEAST_HEIGHT,
    LEDGER,
    TABLE_SIZE,
    Column,
    Value,
    ledger_width,
)
from perfgoals_xl.workbooks.kit.writing import is_exact

_CLOSE = "</is></c>"
# What needs more than being put between tags: markup, control characters, what XML cannot hold,
# what Excel would take for an escape, and blanks at the ends.
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPE = re.compile(r"_x[0-9a-fA-F]{4}_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_BLANK_END = re.compile(r"^\s|\s$")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Look(NamedTuple):
    """What must be known of a list to write its rows: it travels to whoever writes them.

    ``styles`` are the numbers that the formats of texts and of numbers have in the workbook, column
    by column. A sheet holds ``room`` rows, the first in row ``first`` (from 0).
    """

    name: str
    columns: tuple[Column, ...]
    styles: tuple[tuple[int, int], ...]
    first: int
    room: int


class Written(NamedTuple):
    """Rows of one list: the pieces of its sheets, by their number, and the longest of its figures.

    ``longest`` has the widest amount of a column, which must fit or is shown as ####.
    """

    pieces: tuple[tuple[int, Packed], ...]
    longest: dict[int, Decimal]


def written(look: Look, rows: Iterable[Sequence[Value]], before: int) -> Written:
    """The rows, where ``before`` rows of the list stand above them.

    Raises ``InputError`` for a text that no cell can hold.
    """
    text = _RowText(look)
    pieces: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, start=before):
        sheet, at = divmod(number, look.room)
        if not pieces or pieces[-1][0] != sheet:
            pieces.append((sheet, []))
        pieces[-1][1].append(text.row(look.first + at, row))
    packed = tuple((sheet, pack("".join(lines).encode())) for sheet, lines in pieces)
    return Written(packed, text.longest)


class _RowText:
    """Writes rows; texts that come again are made once."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._columns = [
            _Cells(index, column, *styles)
            for index, (column, styles) in enumerate(zip(look.columns, look.styles, strict=True))
        ]
        self._texts: dict[str, tuple[str, bool]] = {}
        self._heights: dict[float, str] = {}
        self.longest: dict[int, Decimal] = {}

    def row(self, row: int, values: Sequence[Value]) -> str:
        """A row with its cells; the row is counted from 0."""
        number = str(row + 1)
        height = LEAST_HEIGHT
        cells = []
        texts = self._texts
        for cell, value in zip(self._columns, values, strict=True):
            if isinstance(value, int | Decimal):
                if isinstance(value, int) or is_exact(value):
                    if cell.is_ledger:
                        self._measure(cell.index, Decimal(value))
                    cells.append(f"{cell.begin}{number}{cell.number}{float(value):.16G}</v></c>")
                    continue
                value = f"{value:f}"
            if not value:
                cells.append(f"{cell.begin}{number}{cell.blank}")
                continue
            known = texts.get(value)
            if known is None:
                known = texts[value] = self._text(row, cell.index, value)
            text, one_line = known
            cells.append(f"{cell.begin}{number}{cell.text}{text}{_CLOSE}")
            own = cell.line
            if not one_line or len(value) > cell.fits:
                own = height_of(value, cell.width, TABLE_SIZE)
            if own > height:
                height = own
        return f'<row r="{number}" ht="{self._height(height)}">{"".join(cells)}</row>'

    def _text(self, row: int, column: int, text: str) -> tuple[str, bool]:
        """The element of a text, and whether it is a line without breaks."""
        if not fits_a_cell(text):
            raise InputError(
                f"文字超过 Excel 单元格 {MOST_IN_CELL} 字的上限",
                hint="请缩短这段文字后再试。",
                sheet=self._look.name,
                cell=a1(row, column),
            )
        return text_element(text), len(text.splitlines()) == 1

    def _height(self, height: float) -> str:
        known = self._heights.get(height)
        if known is None:
            # Of a height in points, the whole pixels.
            pixels = int(min(height, MAX_HEIGHT) * 4 / 3 + 0.5)
            known = self._heights[height] = f"{pixels * 0.75:.16g}"
        return known

    def _measure(self, index: int, value: Decimal) -> None:
        longest = self.longest.get(index)
        if longest is None or ledger_width(value) > ledger_width(longest):
            self.longest[index] = value


class _Cells:
    """The text around the values of a column."""

    def __init__(self, index: int, column: Column, text: int, number: int) -> None:
        self.index = index
        self.begin = f'<c r="{column_letters(index)}'
        self.blank = f'" s="{text}"/>'
        self.text = f'" s="{text}" t="inlineStr"><is>'
        self.number = f'" s="{number}"><v>'
        self.is_ledger = column.align == LEDGER
        self.width = column.width
        # So many characters stand in one line, however wide they are.
        self.fits = room_for(column.width, TABLE_SIZE)
        self.line = height_of("一", column.width, TABLE_SIZE)


def text_element(text: str) -> str:
    """The element of a text in a cell, as Excel writes it."""
    if not _SPECIAL.search(text):
        return f"<t>{text}</t>"
    text = _SURROGATE.sub("\ufffd", text)
    # What looks like an escape is kept by escaping its first character.
    text = _ESCAPE.sub(lambda found: f"_x005F{found.group()}", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    keep = ' xml:space="preserve"' if _BLANK_END.search(text) else ""
    return f"<t{keep}>{text.translate(_MARKUP)}</t>"
