"""Ranges: where they are, what they hold, how they look.

A range follows its cells when rows are inserted above, as in Excel; its place (``row``, ``shape``)
is asked for once only, as xlwings on Windows does. Inserting, merging and copying stand in
``structure``.
"""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import formats, grammar, structure, values
from .appearance import Appearance
from .calls import ExcelError
from .com import RangeApi
from .sheets import CONTENTS

if TYPE_CHECKING:
    from .conditions import ConditionalFormats
    from .names import Name
    from .notes import Note
    from .sheets import Sheet
    from .validation import DataValidation

_HARD, _STYLES, _EDITED = 32, 64, 256  # com.sun.star.sheet.CellFlags
_ROWS, _COLUMNS = 1_048_576, 16_384
_DIRECTIONS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def make_range(sheet: Sheet, first: Any, second: Any = None) -> Range:
    """What ``Sheet.range`` takes: an address, a name, a tuple from 1, four numbers, two corners."""
    if isinstance(first, numbers.Number) and isinstance(second, numbers.Number):
        first, second = (first, second), None
    if isinstance(first, tuple) and len(first) == 4:
        return Range(sheet, coords=first)
    corners = [_corner(sheet, one) for one in (first, second) if one is not None]
    if len(corners) == 1:
        return corners[0]
    tops = [(corner.coords[1], corner.coords[2]) for corner in corners]
    ends = [(c.coords[1] + c.coords[3], c.coords[2] + c.coords[4]) for c in corners]
    top, left = (min(numbers) for numbers in zip(*tops, strict=True))
    bottom, right = (max(numbers) for numbers in zip(*ends, strict=True))
    return Range(sheet, _cells(sheet, top, left, bottom - top, right - left))


def _corner(sheet: Sheet, given: Any) -> Range:
    if isinstance(given, Range):
        return given
    if isinstance(given, tuple):
        if 0 in given:
            raise IndexError("rows and columns are counted from 1")
        return Range(sheet, _cells(sheet, *given, 1, 1))
    plain = given.replace("$", "")
    if "!" not in plain:
        import uno

        try:
            return Range(sheet, sheet.uno.getCellRangeByName(_full(plain)))
        except uno.getClass("com.sun.star.uno.Exception"):
            pass
    from .names import Names

    name = Names(sheet._book)._find(given)
    if name is None:
        raise ExcelError(f"no cells {given}")
    return name.refers_to_range


def _full(address: str) -> str:
    """LibreOffice has no ``5:7``."""
    first, _, last = address.partition(":")
    if first.isdigit() and last.isdigit():
        return f"A{first}:{grammar.column_letters(_COLUMNS)}{last}"
    if first.isalpha() and last.isalpha():
        return f"{first}1:{last}{_ROWS}"
    return address


def _cells(sheet: Sheet, row: int, column: int, rows: int, columns: int) -> Any:
    if rows == columns == 1:
        return sheet.uno.getCellByPosition(column - 1, row - 1)
    return sheet.uno.getCellRangeByPosition(
        column - 1, row - 1, column + columns - 2, row + rows - 2
    )


class Range(Appearance, base_classes.Range):
    """A rectangle of cells; without any cell where xlwings slices it empty (``uno`` None)."""

    options: Any = None

    def __init__(
        self, sheet: Sheet, uno: Any = None, coords: tuple[int, int, int, int] | None = None
    ) -> None:
        self.excel = sheet.excel
        self._sheet = sheet
        self._uno = uno
        self._coords = None if coords is None else (sheet, *coords)

    @property
    def _empty(self) -> bool:
        return self._coords is not None and 0 in self._coords[3:]

    @property
    def uno(self) -> Any:
        """LibreOffice's range."""
        if self._uno is None and self._coords is not None and not self._empty:
            self._uno = _cells(*self._coords)
        return self._uno

    @property
    def coords(self) -> tuple[Sheet, int, int, int, int]:
        """Sheet, row, column (from 1), rows, columns."""
        if self._coords is None:
            at = self._uno.RangeAddress
            self._coords = (
                self._sheet,
                at.StartRow + 1,
                at.StartColumn + 1,
                at.EndRow - at.StartRow + 1,
                at.EndColumn - at.StartColumn + 1,
            )
        return self._coords

    @property
    def api(self) -> RangeApi | None:
        """Members that xlwings lacks; ``None`` without any cell."""
        return None if self._empty else RangeApi(self)

    @property
    def document(self) -> Any:
        """LibreOffice's document."""
        return self._sheet._book.document

    @property
    def sheet(self) -> Sheet:
        """The sheet."""
        return self._sheet

    @property
    def row(self) -> int:
        """The first row."""
        return self.coords[1]

    @property
    def column(self) -> int:
        """The first column."""
        return self.coords[2]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return self.coords[3], self.coords[4]

    def __len__(self) -> int:
        return self.coords[3] * self.coords[4]

    def _check_cells(self) -> None:
        """Raises ExcelError where protection forbids to change the contents."""
        if self._sheet.uno.isProtected() and (
            formats.mixed(self.uno, "CellProtection") or self.uno.CellProtection.IsLocked
        ):
            raise ExcelError(f"the sheet {self._sheet.uno.Name} is protected")

    @property
    def raw_value(self) -> Any:
        """One value, or rows of values; as COM hands them over."""
        if self._empty:
            return None
        block = values.read(self.document, self.uno)
        return block[0][0] if self.coords[3:] == (1, 1) else block

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        """Formulas in Excel's English grammar; constants as text."""
        if self._empty:
            return None
        block = values.read_formulas(self.uno)
        return block[0][0] if self.coords[3:] == (1, 1) else block

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    formula2 = formula

    def _write(self, data: Any) -> None:
        if self._empty:
            return
        self._check_cells()
        rows, columns = self.coords[3:]
        block = values.as_block(data, rows, columns)
        dropped = structure.merged_away(self)
        if isinstance(data, str) and data.startswith("=") and (rows, columns) != (1, 1):
            # One formula for many cells: its relative references follow each cell.
            values.write_everywhere(self.document, self.uno, data, dropped)
        else:
            values.write(self.document, self.uno, block, dropped)

    @property
    def has_array(self) -> bool:
        """Array formulas are not imitated."""
        return False

    def clear_contents(self) -> None:
        """Empties the cells."""
        if not self._empty:
            self._check_cells()
            self.uno.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Removes formats, merges and conditional formats; LibreOffice: validations too."""
        self._sheet._check_open()
        structure.unmerge(self)
        self.uno.clearContents(_HARD | _STYLES | _EDITED)

    def clear(self) -> None:
        """Removes everything."""
        if not self._empty:
            self._sheet._check_open()
            structure.unmerge(self)
            self.uno.clearContents(CONTENTS | 8 | _HARD | _STYLES | _EDITED)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """``$A$1:$B$2``; with ``external`` the workbook and sheet before it."""
        _, row, column, rows, columns = self.coords
        if rows == _ROWS and columns < _COLUMNS:
            letters = [grammar.column_letters(c) for c in (column, column + columns - 1)]
            address = ":".join("$" * col_absolute + letter for letter in letters)
        elif columns == _COLUMNS:
            address = ":".join(f"{'$' * row_absolute}{r}" for r in (row, row + rows - 1))
        else:
            address = grammar.a1(row, column, row_absolute, col_absolute)
            if (rows, columns) != (1, 1):
                last = row + rows - 1, column + columns - 1
                address += ":" + grammar.a1(*last, row_absolute, col_absolute)
        if external:
            place = f"[{self._sheet._book._name()}]{self._sheet.uno.Name}"
            quoted = grammar.quoted_sheet(place[1:].replace("]", "").replace(".", ""))
            if quoted.startswith("'"):
                place = "'" + place.replace("'", "''") + "'"
            address = f"{place}!{address}"
        return address

    @property
    def address(self) -> str:
        """``$A$1:$B$2``."""
        return self.get_address(True, True, False)

    def __call__(self, first: int, second: int | None = None) -> Range:
        _, row, column, _, columns = self.coords
        if second is None:
            down, across = divmod(first - 1, columns)
        else:
            down, across = first - 1, second - 1
        return Range(self._sheet, _cells(self._sheet, row + down, column + across, 1, 1))

    @property
    def current_region(self) -> Range:
        """The block of cells around, up to blank rows and columns."""
        cursor = self._sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToCurrentRegion()
        return structure.at(self._sheet, cursor.RangeAddress)

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow key lead, from the first cell."""
        down, across = _DIRECTIONS[direction]
        row, column = structure.edge(self._sheet.uno, self.row - 1, self.column - 1, down, across)
        return Range(self._sheet, _cells(self._sheet, row + 1, column + 1, 1, 1))

    def select(self) -> None:
        """Raises ExcelError unless the range's workbook and sheet are the active ones, as Excel."""
        controller = self.document.CurrentController
        if self.excel.active is not self._sheet._book:
            raise ExcelError("Select: another workbook is active")
        if controller.ActiveSheet.RangeAddress.Sheet != self._sheet._index():
            raise ExcelError("Select: another sheet is active")
        controller.select(self.uno)

    @property
    def name(self) -> Name | None:
        """The name of exactly these cells."""
        from .names import Names

        wanted = self.uno.AbsoluteName
        for name in Names(self._sheet._book)._all():
            cells = name._uno().getReferredCells()
            if cells is not None and cells.AbsoluteName == wanted:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        from .names import Names

        sheet = grammar.quoted_sheet(self._sheet.uno.Name)
        Names(self._sheet._book).add(value, f"={sheet}!{self.address}")

    # Inserting, merging, copying

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Inserts cells, or whole rows and columns where the range is whole ones."""
        self._sheet._check_open()
        structure.insert(self, shift, copy_origin)

    def delete(self, shift: str | None = None) -> None:
        """Removes the cells; those below or to the right move up."""
        self._sheet._check_open()
        structure.delete(self, shift)

    def copy(self, destination: Any = None) -> None:
        """Copies everything to the destination; without one only the mode is set."""
        if destination is None:
            self.excel.impl._state["cut_copy_mode"] = "copy"
            return
        destination.impl._sheet._check_open()
        structure.copy(self, destination.impl)

    def merge(self, across: bool = False) -> None:
        """Merges; one value is kept."""
        self._sheet._check_open()
        structure.merge(self, across)

    def unmerge(self) -> None:
        """Undoes every merge that the range touches."""
        self._sheet._check_open()
        structure.unmerge(self)

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; ``None`` where some are."""
        return structure.merge_cells(self)

    @property
    def merge_area(self) -> Range:
        """The merged area around the one cell, or the cell."""
        if self.coords[3:] != (1, 1):
            raise ExcelError("MergeArea is for one cell")
        return structure.merge_area(self)

    # What hangs on cells

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        from .notes import note_of

        return note_of(self._sheet, self.uno.getCellByPosition(0, 0))

    def add_note(self, text: str) -> Note:
        """Raises ExcelError where there is one."""
        from .notes import add_note

        self._sheet._check_open()
        return add_note(self._sheet, self.uno.getCellByPosition(0, 0), text)

    @property
    def hyperlink(self) -> str:
        """Where the link leads."""
        from .notes import hyperlink_of

        return hyperlink_of(self.uno)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """A link within the workbook (``#'sheet'!A1``) or elsewhere; the tip is dropped."""
        from .notes import add_hyperlink

        self._sheet._check_open()
        add_hyperlink(self.document, self.uno, address, text_to_display)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """The rules that hold for any of the cells."""
        from .conditions import ConditionalFormats

        return ConditionalFormats(self)

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into the cells."""
        from .validation import DataValidation

        return DataValidation(self)

    @property
    def table(self) -> None:
        """LibreOffice has no tables like Excel's."""
        return None
