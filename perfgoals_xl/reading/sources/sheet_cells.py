"""The cells of one sheet while it is read: only those that hold something, whatever the format."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid, Told, ToldKind, in_order, take_covered
from perfgoals_xl.reading.sources.budgets import MOST_COVERED_ROWS, Budget
from perfgoals_xl.reading.sources.number_format import BUILT_IN, Moment, moment_of, text_around
from perfgoals_xl.reading.sources.shown import may_scale, power_of, shown

# Rows without a cell are one and the same object: a stray cell far down costs no memory.
_NO_CELLS: list[object] = []
# So many rows are within every budget, however wide they are.
_NEAR = 4096
_LAST_DAY = 2_958_465
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)


class Formats:
    """The number formats of a workbook by the number of a cell's style, and what is struck out."""

    def __init__(
        self,
        codes: list[str],
        *,
        from_1904: bool = False,
        struck: frozenset[int] = frozenset(),
    ) -> None:
        self.struck = struck
        self.codes = ["" if code == "General" else code for code in codes]
        self._moments = [moment_of(code) if code else None for code in self.codes]
        self.around = {n: found for n, c in enumerate(self.codes) if (found := text_around(c))}
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH

    def value(self, number: float, style: int) -> object:
        """A number, or the day or time that a cell of this style shows it as.

        Raises ``ValueError`` for what is no number and for a style that there is not.
        """
        if not math.isfinite(number):
            raise ValueError("no number")
        if style >= len(self.codes):
            if style and self.codes:
                raise ValueError("no such style")
            return number
        moment = self._moments[style]
        return number if moment is None else self._moment(number, moment)

    def text(self, text: str, style: int) -> str:
        """A text with what its cell's format prints around it."""
        found = self.around.get(style)
        return text if found is None or not text else f"{found[0]}{text}{found[1]}"

    def _moment(self, number: float, kind: Moment) -> object:
        if not 0 <= number <= _LAST_DAY:
            return number
        if kind is Moment.SPAN:
            return dt.timedelta(seconds=round(number * 86_400))
        if self._epoch is _EPOCH and 1 <= number < 60:
            number += 1  # Excel takes 1900 for a leap year
        moment = self._epoch + dt.timedelta(milliseconds=round(number * 86_400_000))
        if kind is Moment.TIME or number < 1:
            return moment.time().replace(microsecond=0)
        return moment.date() if moment.time() == dt.time() else moment


def parted_by_looks(
    text: str, runs: Sequence[tuple[int, bool]], *, struck: bool
) -> tuple[str, str]:
    """What is left of a text, and what is struck out in it.

    ``runs`` has where each begins and whether it is struck out; what stands before them has the
    look of the cell.
    """
    if not any(crossed for _, crossed in runs) and not struck:
        return text, ""
    begins = [(0, struck), *sorted(runs)]
    ends = [begin for begin, _ in begins[1:]]
    left, gone = "", ""
    for (begin, crossed), end in zip(begins, [*ends, len(text)], strict=True):
        if crossed:
            gone += text[begin:end]
        else:
            left += text[begin:end]
    return (text, "") if not gone else ("" if is_blank(left) else left.strip(), gone)


def area_of(top: int, left: int, bottom: int, right: int) -> Area:
    """The area between two corners, whichever they are."""
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def format_codes(own: Mapping[int, str], numbers: list[int]) -> list[str]:
    """The format code of each style, from the workbook's own and the built-in ones."""
    return [own.get(number) or BUILT_IN.get(number, "") for number in numbers]


@dataclass
class SheetCells:
    """A sheet: its filled cells, merged areas, and how its numbers are shown.

    ``formats`` has the number format of the numbers that have one, ``told`` the shown text of those
    whose file says it outright, ``powers`` the power of ten of those that are shown in another.
    ``left_out`` is what the grid tells and does not hold; ``hidden_rows`` and ``hidden_columns``
    are those that people do not see, as far as they hold cells.
    """

    name: str
    budget: Budget
    hidden: bool = False
    rows: list[list[object]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    told: dict[tuple[int, int], str] = field(default_factory=dict)
    powers: dict[tuple[int, int], int] = field(default_factory=dict)
    left_out: list[Told] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    _last_row: int = -1
    _last_column: int = -1

    def put(self, row: int, column: int, value: object) -> None:
        """Puts a value into a cell. Raises ``InputError`` where it stands too far out."""
        if row > self._last_row or column > self._last_column:
            self._reach(row, column)
        line = self.rows[row]
        if line is _NO_CELLS:
            line = self.rows[row] = []
        missing = column - len(line)
        if missing >= 0:
            if missing:
                line.extend([None] * missing)
            line.append(value)
        else:
            line[column] = value

    def put_row(self, row: int, values: list[object]) -> None:
        """Puts the values of a row, from the first column on; None leaves a cell as it is."""
        if not values:
            return
        if row == len(self.rows) < _NEAR and len(values) <= self._last_column + 1:
            self._last_row = row
            self.rows.append(values)
            return
        if row > self._last_row or len(values) > self._last_column + 1:
            self._reach(row, len(values) - 1)
        if self.rows[row] is _NO_CELLS:
            self.rows[row] = values
        else:
            for column, value in enumerate(values):
                if value is not None:
                    self.put(row, column, value)

    def merge(self, area: Area) -> None:
        """Adds a merged area, unless it is a single cell. Raises ``InputError`` for too many."""
        if area.top != area.bottom or area.left != area.right:
            self.budget.merge(self.name)
            self.merges.append(area)

    def grid(self, position: int) -> Grid:
        """The grid of the sheet. Raises ``InputError`` where the workbook has too many rows."""
        rows = self.rows
        # A blank typed by mistake at the end of the sheet would make every step below a long one.
        while rows and (rows[-1] is _NO_CELLS or all(map(is_blank, rows[-1]))):
            rows.pop()
        self.budget.rows(len(rows) - 1, self._last_column, self.name)
        formats, told, merges = self.formats, self.told, self.merges
        if (
            len(merges) * len(rows)
            > MOST_COVERED_ROWS
            < sum(max(0, min(m.bottom + 1, len(rows)) - m.top) for m in merges)
        ):
            raise self.budget.too_many_merges(self.name)
        self.left_out += take_covered(rows, merges)
        self._scale()

        def shown_as(row: int, column: int, value: object) -> str:
            text = told.get((row, column)) if told else None
            return shown(value, formats.get((row, column), "")) if text is None else text

        return Grid(
            self.name,
            rows,
            merges,
            position,
            hidden=self.hidden,
            shown=shown_as,
            told=in_order(self.left_out),
            powers=self.powers,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def hide_columns(self, first: int, last: int) -> None:
        """Notes columns that people do not see; beyond a few thousand nothing stands in them."""
        self.hidden_columns.update(range(max(0, first), min(last, _NEAR) + 1))

    def leave_out(self, row: int, column: int, kind: ToldKind, text: str) -> None:
        """Notes something that is told, unless it says nothing."""
        if not is_blank(text):
            self.left_out.append(Told(row, column, kind, text))

    def strike(self, row: int, column: int, value: object) -> None:
        """Notes a value whose cell is struck out, as the cell shows it."""
        code = self.formats.pop((row, column), "")
        self.leave_out(row, column, "struck", self.told.pop((row, column), shown(value, code)))

    def _scale(self) -> None:
        """Finds the numbers that are shown in another power of ten."""
        scaling = {code for code in set(self.formats.values()) if may_scale(code)}
        for place, code in self.formats.items() if scaling else ():
            if code in scaling:
                row, column = place
                values = self.rows[row] if row < len(self.rows) else ()
                power = power_of(values[column], code) if column < len(values) else 0
                if power:
                    self.powers[place] = power
        for row, column in list(self.powers):
            value = self.rows[row][column] if row < len(self.rows) else None
            if value is None:
                del self.powers[row, column]
            else:
                self.left_out.append(Told(row, column, "scaled", shown(value, "")))

    def _reach(self, row: int, column: int) -> None:
        self._last_row = max(row, self._last_row)
        self._last_column = max(column, self._last_column)
        self.budget.area(self._last_row, self._last_column, self.name)
        if row >= len(self.rows):
            self.rows.extend([_NO_CELLS] * (row + 1 - len(self.rows)))
