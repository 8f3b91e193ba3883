"""Places and areas of a sheet, and the A1 arithmetic between rows, columns and letters."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Place(NamedTuple):
    """Where a value stands: the sheet's name and the A1 address."""

    sheet: str
    cell: str


class TextCell(NamedTuple):
    """A text and where it stands."""

    value: str
    place: Place


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """The area as it is written in a workbook: ``A1:Z1000``."""
        return f"{a1(self.top, self.left)}:{a1(self.bottom, self.right)}"


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """``0`` → ``A``, ``26`` → ``AA``. Raises ValueError for a negative column."""
    if column < 0:
        raise ValueError(f"no column {column}")
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# Addresses repeat from sheet to sheet: kept, each is one object.
@lru_cache(maxsize=4096)
def a1(row: int, column: int) -> str:
    """The A1 address of a cell counted from zero."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=4096)
def row_column(address: str) -> tuple[int, int]:
    """The row and column, counted from zero, of an A1 address without dollar signs."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1
