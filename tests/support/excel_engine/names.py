"""Defined names, of the workbook and of its sheets. Real; their formulas are translated."""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import grammar
from .calls import ExcelError, Remote
from .com import NameApi

if TYPE_CHECKING:
    from .books import Book
    from .ranges import Range
    from .sheets import Sheet


class Names(Remote):
    """All names of a workbook, or those of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self.excel = book.excel
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """Nothing that xlwings lacks."""
        return None

    def _of_the_workbook(self) -> list[Name]:
        names = self._book.document.NamedRanges
        return [Name(self._book, None, names, name) for name in names.ElementNames]

    def _all(self) -> list[Name]:
        from .sheets import Sheet

        found = []
        if self._sheet is None:
            found = self._of_the_workbook()
            sheets = [Sheet(self._book, sheet) for sheet in self._book.document.Sheets]
        else:
            sheets = [self._sheet]
        for sheet in sheets:
            names = sheet.uno.NamedRanges
            found += [Name(self._book, sheet, names, name) for name in names.ElementNames]
        return found

    def _find(self, key: str | int) -> Name | None:
        if isinstance(key, numbers.Number):
            names = self._all()
            return names[key - 1] if 1 <= key <= len(names) else None
        # Those of a sheet have it before them: without one, the other sheets need not be asked.
        of_a_sheet = "!" in key or self._sheet is not None
        names = self._all() if of_a_sheet else self._of_the_workbook()
        return next((name for name in names if name._text().lower() == key.lower()), None)

    def __call__(self, name_or_index: str | int) -> Name:
        found = self._find(name_or_index)
        if found is None:
            raise ExcelError(f"no name {name_or_index}")
        return found

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        return self._find(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._all())

    def snapshot(self) -> list[tuple[str, Name]]:
        """All names with their texts; over COM this is a call for each, counted as one here."""
        return [(name._text(), name) for name in self._all()]

    def add(self, name: str, refers_to: str) -> Name:
        """Defines the name, anew where it is there."""
        scope, _, local = name.rpartition("!")
        sheet = self._sheet
        if scope:
            from .sheets import Sheets

            sheet = Sheets(self._book)(scope.strip("'").replace("''", "'"))
        names = (sheet.uno if sheet else self._book.document).NamedRanges
        if names.hasByName(local):
            names.removeByName(local)
        origin = self._book.document.Sheets.getByIndex(0).getCellByPosition(0, 0).CellAddress
        names.addNewByName(local, _content(refers_to), origin, 0)
        if not names.hasByName(local):
            raise ExcelError(f"not a name: {local}")
        return Name(self._book, sheet, names, local)


def _content(refers_to: str) -> str:
    if not refers_to.startswith("="):
        return '"' + refers_to.replace('"', '""') + '"'
    return grammar.to_api(refers_to).removeprefix("=")


class Name(Remote, base_classes.Name):
    """A defined name."""

    def __init__(self, book: Book, sheet: Sheet | None, names: Any, name: str) -> None:
        self.excel = book.excel
        self._book = book
        self._sheet = sheet
        self._names = names
        self._name = name

    @property
    def api(self) -> NameApi:
        """Members that xlwings lacks."""
        return NameApi()

    def _text(self) -> str:
        if self._sheet is None:
            return self._name
        # Excel's own, such as the print area, have a prefix in the file only.
        own = self._name.removeprefix("_xlnm.")
        return f"{grammar.quoted_sheet(self._sheet.uno.Name)}!{own}"

    def _uno(self) -> Any:
        if not self._names.hasByName(self._name):
            raise ExcelError(f"the name {self._name} is gone")
        return self._names.getByName(self._name)

    def delete(self) -> None:
        """Removes the name."""
        self._uno()
        self._names.removeByName(self._name)

    @property
    def name(self) -> str:
        """The name; with its sheet where it is a sheet's."""
        return self._text()

    @name.setter
    def name(self, value: str) -> None:
        self._uno().Name = value
        self._name = value

    @property
    def refers_to(self) -> str:
        """The formula, in Excel's grammar."""
        return "=" + grammar.to_excel(self._uno().Content)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._uno().Content = _content(value)

    @property
    def refers_to_range(self) -> Range:
        """The cells. Raises ExcelError where it names something else, such as a constant."""
        from .ranges import Range
        from .sheets import Sheet

        cells = self._uno().getReferredCells()
        if cells is None:
            raise ExcelError(f"the name {self._name} refers to no cells")
        return Range(Sheet(self._book, cells.Spreadsheet), cells)
