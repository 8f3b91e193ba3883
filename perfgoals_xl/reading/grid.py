"""A sheet as the reader sees it: rows of cell values, merged areas, addresses.

Every source format is turned into grids first; nothing behind this module knows a file format.
Rows and columns count from zero; ``Grid.address`` gives the A1 address that people see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from perfgoals_xl.addresses import Area, Place, a1, row_column
from perfgoals_xl.form.text import is_blank

# Rows; no form is longer, and few files of many forms on one sheet are.
_MOST_KEPT = 20_000

ToldKind = Literal["covered", "struck", "textbox", "hidden", "scaled", "error"]
"""What a file holds and its grid does not, or not as it is stored.

- ``covered``: a value under a merged area, which shows the one in its corner; it is no cell.
- ``struck``: text that is struck out; what is left of the cell, if anything, is its value.
- ``textbox``: text in a box that floats over the sheet; the cell is the one it is anchored to.
- ``hidden``: text of a page that it does not show; the cell is the one where it would stand.
- ``scaled``: a number that its format shows in another power of ten; ``text`` is the stored one.
- ``error``: a formula that ends in an error; the value of the cell is the error's name as text.
"""


class Told(NamedTuple):
    """A piece of a sheet that the account of what was read should tell: where, what, which text."""

    row: int
    column: int
    kind: ToldKind
    text: str


def in_order(told: Iterable[Told]) -> tuple[Told, ...]:
    """What is told in the order of the cells; of one cell in the order it was found."""
    return tuple(sorted(told, key=lambda one: one[:2]))


def take_covered(rows: Sequence[list[object]], merges: Iterable[Area]) -> list[Told]:
    """Empties the cells that merged areas cover, and tells what stood in them.

    Of a merged area people see the cell in its corner; what another program or a careless macro
    left beneath it nobody has seen for years.
    """
    told: list[Told] = []
    for area in merges:
        for row in range(area.top, min(area.bottom + 1, len(rows))):
            values = rows[row]
            first = area.left + (row == area.top)
            # Every merged area of every sheet comes through here, and nearly none covers anything.
            beneath = values[first : area.right + 1]
            if beneath.count(None) == len(beneath):
                continue
            for column, value in enumerate(beneath, start=first):
                values[column] = None
                if not is_blank(value):
                    text = f"{value:.15g}" if isinstance(value, float) else str(value)
                    told.append(Told(row, column, "covered", text))
    return told


@dataclass
class Grid:
    """The cells of one sheet.

    ``rows`` holds values as the file has them (None, str, int, float, bool, date); ``merges`` the
    merged areas; ``position`` the sheet's place in the workbook; ``is_text`` whether its cells
    hold nothing but text: the lines of a text, or a Word document; ``hidden`` whether the sheet has
    no tab that people see. ``shown`` gives a number or date as the cell shows it. ``told`` has what
    was left out or reads otherwise than it is stored, in the order of the cells; ``powers`` the
    power of ten of the numbers that their format shows in another. ``hidden_rows`` and
    ``hidden_columns`` are those that people do not see.
    """

    sheet: str
    rows: Sequence[Sequence[object]]
    merges: Sequence[Area] = ()
    position: int = 0
    is_text: bool = False
    hidden: bool = False
    shown: Callable[[int, int, object], str] = field(default=lambda row, column, value: str(value))
    told: Sequence[Told] = ()
    powers: Mapping[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    _corner: dict[tuple[int, int], Area] = field(init=False, repr=False)
    # The cells that say something: the reader goes over most rows several times.
    _filled: dict[int, tuple[tuple[int, object], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _rows_filled: list[int] | None = field(init=False, repr=False, compare=False, default=None)

    # What the recogniser noted of its rows, which it goes over several times.
    marks: dict[Any, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._corner = {(m.top, m.left): m for m in self.merges}

    def filled(self, start: int = 0, end: int | None = None) -> Sequence[int]:
        """The rows that say something from ``start`` to ``end`` (exclusive), in their order.

        A stray cell far down leaves thousands without any, and the reader goes over them often.
        """
        if self._rows_filled is None:
            # A part of a sheet beside another has rows of which it holds nothing.
            self._rows_filled = [
                row
                for row, values in enumerate(self.rows)
                if any(value is not None and not is_blank(value) for value in values)
            ]
        found = self._rows_filled
        first = bisect_left(found, start)
        last = len(found) if end is None else bisect_left(found, end, first)
        return found[first:last]

    def value(self, row: int, column: int) -> object:
        """The value of a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def scaled(self, row: int, column: int) -> Decimal | None:
        """A number in the power of ten that its cell shows; None where that is the stored one.

        A 120000 that ``0!.0,`` shows as 12.0 is 12. No digit is lost: 123456 is 12.3456.
        """
        power = self.powers.get((row, column))
        value = self.value(row, column)
        if power is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return Decimal(f"{value:.15g}" if isinstance(value, float) else value).scaleb(power)

    def area(self, row: int, column: int) -> Area:
        """The merged area whose top left corner the cell is, or the cell alone."""
        return self._corner.get((row, column)) or Area(row, column, row, column)

    def cells(self, row: int) -> Iterator[tuple[int, object]]:
        """The cells of a row that say something, as ``(column, value)``, from left to right."""
        found = self._filled.get(row)
        if found is None:
            values = self.rows[row]
            # Nearly all values are texts that begin with a letter: those need not be asked.
            found = tuple(
                [
                    (c, v)
                    for c, v in enumerate(values)
                    if v is not None
                    and ((isinstance(v, str) and v[:1].isalnum()) or not is_blank(v))
                ]
            )
            # A long list is no form, and to keep all of it twice would take much memory.
            if row < _MOST_KEPT:
                self._filled[row] = found
        return iter(found)

    def row_of(self, place: Place) -> int:
        """The row in which a place of this sheet stands."""
        return row_column(place.cell)[0]

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands, as people name it.

        A column left of the sheet, where a row slipped too far, is told as its first.
        """
        return Place(self.sheet, a1(row, column if column > 0 else 0))
