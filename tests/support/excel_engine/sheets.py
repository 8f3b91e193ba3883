"""Worksheets. Real, but for "very hidden", which LibreOffice knows as hidden only."""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any

from .calls import ExcelError, Remote
from .com import HIDDEN, VISIBLE, SheetApi
from .page import PageSetup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .books import Book
    from .names import Names
    from .notes import Note
    from .ranges import Range
    from .shapes import Shapes

_EVERYTHING = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 256  # com.sun.star.sheet.CellFlags
CONTENTS = 1 | 2 | 4 | 16


class Sheets(Remote):
    """The worksheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self.excel = book.excel
        self._book = book

    @property
    def api(self) -> Any:
        """Nothing that xlwings lacks."""
        return None

    @property
    def active(self) -> Sheet:
        """The sheet in front in this workbook."""
        return Sheet(self._book, self._book.document.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: str | int) -> Sheet:
        sheets = self._book.document.Sheets
        if isinstance(name_or_index, numbers.Number):
            if 1 <= name_or_index <= sheets.Count:
                return Sheet(self._book, sheets.getByIndex(name_or_index - 1))
        else:
            for name in sheets.ElementNames:
                if name.lower() == name_or_index.lower():
                    return Sheet(self._book, sheets.getByName(name))
        raise ExcelError(f"no sheet {name_or_index}")

    def __len__(self) -> int:
        return self._book.document.Sheets.Count

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self._book, sheet) for sheet in self._book.document.Sheets])

    def __contains__(self, key: str) -> bool:
        return key.lower() in (name.lower() for name in self._book.document.Sheets.ElementNames)

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, which comes to the front; before the active one unless told."""
        self._book._check_structure()
        sheets = self._book.document.Sheets
        number = 1
        while f"sheet{number}" in (n.lower() for n in sheets.ElementNames):
            number += 1
        place = after._index() + 1 if after is not None else (before or self.active)._index()
        if name is not None:
            _check_name(self._book, name)
        sheets.insertNewByName(name or f"Sheet{number}", place)
        sheet = Sheet(self._book, sheets.getByIndex(place))
        sheet._show()
        return sheet


def _check_name(book: Book, name: str) -> None:
    """Raises ExcelError for a name that Excel does not take, or that another sheet has."""
    if name.lower() in (taken.lower() for taken in book.document.Sheets.ElementNames):
        raise ExcelError(f"there is a sheet {name} already")
    if not 0 < len(name) <= 31 or set(name) & set(":\\/?*[]") or "'" in (name[0], name[-1]):
        raise ExcelError(f"not a name for a sheet: {name}")


class Sheet(Remote):
    """A worksheet. ``uno`` is LibreOffice's."""

    def __init__(self, book: Book, uno: Any) -> None:
        self.excel = book.excel
        self._book = book
        self.uno = uno

    @property
    def api(self) -> SheetApi:
        """Members that xlwings lacks."""
        return SheetApi(self)

    def _index(self) -> int:
        return self.uno.RangeAddress.Sheet

    def _show(self) -> None:
        if not self.uno.IsVisible:
            raise ExcelError(f"the sheet {self.uno.Name} is hidden")
        self._book.document.CurrentController.setActiveSheet(self.uno)

    def _check_open(self) -> None:
        """Raises ExcelError where the sheet is protected."""
        if self.uno.isProtected():
            raise ExcelError(f"the sheet {self.uno.Name} is protected")

    def _only_visible(self) -> bool:
        shown = [sheet for sheet in self._book.document.Sheets if sheet.IsVisible]
        return len(shown) == 1 and bool(self.uno.IsVisible)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.uno.Name

    @name.setter
    def name(self, value: str) -> None:
        self._book._check_structure()
        if value.lower() != self.uno.Name.lower():
            _check_name(self._book, value)
        self.uno.Name = value

    @property
    def index(self) -> int:
        """The place among all sheets, from 1."""
        return self._index() + 1

    @property
    def book(self) -> Book:
        """The workbook."""
        return self._book

    @property
    def names(self) -> Names:
        """The names that are the sheet's own."""
        from .names import Names

        return Names(self._book, self)

    @property
    def notes(self) -> list[Note]:
        """The notes, in the order of LibreOffice."""
        from .notes import Note

        notes = self.uno.Annotations
        return [
            Note(self, self.uno.getCellByPosition(at.Column, at.Row))
            for at in (notes.getByIndex(index).Position for index in range(notes.Count))
        ]

    @property
    def shapes(self) -> Shapes:
        """What lies on the sheet."""
        from .shapes import Shapes

        return Shapes(self)

    @property
    def freeze_panes(self) -> Any:
        """Raises NotImplementedError, as xlwings 0.37.8 does on Windows and on a Mac."""
        raise NotImplementedError("xlwings has freeze_panes for its server only, not for Excel")

    @property
    def page_setup(self) -> PageSetup:
        """How the sheet is printed."""
        return PageSetup(self)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """The cells between two corners; each an address, a tuple from 1 or a range."""
        from .ranges import make_range

        return make_range(self, arg1, arg2)

    @property
    def cells(self) -> Range:
        """Every cell."""
        from .ranges import Range

        return Range(self, self.uno)

    @property
    def used_range(self) -> Range:
        """From the first to the last cell with content or format; A1 on an empty sheet."""
        from .ranges import Range

        cursor = self.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        at = cursor.RangeAddress
        return Range(
            self,
            self.uno.getCellRangeByPosition(at.StartColumn, at.StartRow, at.EndColumn, at.EndRow),
        )

    def activate(self) -> None:
        """Brings the sheet to the front of its workbook. Raises ExcelError where it is hidden."""
        self._show()

    def select(self) -> None:
        """Brings the sheet to the front of its workbook."""
        self._show()

    def clear_contents(self) -> None:
        """Empties every cell."""
        self._check_open()
        self.uno.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Removes every format."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Removes contents, formats and notes."""
        self._check_open()
        self.cells.unmerge()
        self.uno.clearContents(_EVERYTHING)

    def autofit(self, axis: str | None = None) -> None:
        """Fits rows and columns to what they show."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Removes the sheet. Raises ExcelError for the last visible one."""
        self._book._check_structure()
        if self._only_visible():
            raise ExcelError("a workbook keeps one visible sheet")
        self._book.document.Sheets.removeByName(self.uno.Name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copies the sheet, to another workbook too; the copy is called ``name (2)``."""
        target = before or after
        if target is None:
            raise ExcelError("where to?")
        target._book._check_structure()
        sheets = target._book.document.Sheets
        place = target._index() + (before is None)
        number = 2
        while f"{self.uno.Name} ({number})" in sheets.ElementNames:
            number += 1
        name = f"{self.uno.Name} ({number})"
        if target._book is self._book:
            sheets.copyByName(self.uno.Name, name, place)
        else:
            sheets.importSheet(self._book.document, self.uno.Name, place)
            sheets.getByIndex(place).Name = name
        target._book.excel.activate(target._book)
        Sheet(target._book, sheets.getByIndex(place))._show()

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Moves the sheet within its workbook."""
        self._book._check_structure()
        target = before or after
        if target is None:
            raise ExcelError("where to?")
        self._book.document.Sheets.moveByName(self.uno.Name, target._index() + (before is None))

    @property
    def visible(self) -> int:
        """-1 visible, 0 hidden, as over COM."""
        return VISIBLE if self.uno.IsVisible else HIDDEN

    @visible.setter
    def visible(self, value: int) -> None:
        self._book._check_structure()
        # Excel's "very hidden" is 2.
        shown = value not in (0, False, 2)
        if not shown and self._only_visible():
            raise ExcelError("a workbook keeps one visible sheet")
        self.uno.IsVisible = shown
