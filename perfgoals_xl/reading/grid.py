"""A sheet as the reader sees it: rows of cell values, merged areas, addresses.

Every source format is turned into grids first; nothing behind this module knows a file format.
Rows and columns count from zero; ``Grid.address`` gives the A1 address that people see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from perfgoals_xl.form.text import is_blank


class Place(NamedTuple):
    """Where a value stands: the sheet's name and the A1 address."""

    sheet: str
    cell: str


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


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


def row_column(address: str) -> tuple[int, int]:
    """The row and column, counted from zero, of an A1 address without dollar signs."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]) - 1, column - 1


@dataclass
class Grid:
    """The cells of one sheet.

    ``rows`` holds values as the file has them (None, str, int, float, bool, date); ``merges`` the
    merged areas; ``position`` the sheet's place in the workbook; ``is_text`` whether its cells
    hold nothing but text: the lines of a text, or a Word document; ``hidden`` whether the sheet has
    no tab that people see. ``shown`` gives a number or date as the cell shows it.
    """

    sheet: str
    rows: Sequence[Sequence[object]]
    merges: Sequence[Area] = ()
    position: int = 0
    is_text: bool = False
    hidden: bool = False
    shown: Callable[[int, int, object], str] = field(default=lambda row, column, value: str(value))
    _corner: dict[tuple[int, int], Area] = field(init=False, repr=False)
    # The columns of the cells that say something: the reader goes over most rows several times.
    _filled: dict[int, tuple[int, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._corner = {(m.top, m.left): m for m in self.merges}

    def value(self, row: int, column: int) -> object:
        """The value of a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def area(self, row: int, column: int) -> Area:
        """The merged area whose top left corner the cell is, or the cell alone."""
        return self._corner.get((row, column)) or Area(row, column, row, column)

    def cells(self, row: int) -> Iterator[tuple[int, object]]:
        """The cells of a row that say something, as ``(column, value)``, from left to right."""
        values = self.rows[row]
        filled = self._filled.get(row)
        if filled is None:
            filled = self._filled[row] = tuple(
                [c for c, v in enumerate(values) if v is not None and not is_blank(v)]
            )
        return zip(filled, [values[column] for column in filled], strict=True)

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands, as people name it.

        A column left of the sheet, where a row slipped too far, is told as its first.
        """
        return Place(self.sheet, a1(row, column if column > 0 else 0))
