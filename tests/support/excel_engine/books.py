"""Workbooks: opening, saving, closing, and what is selected in them."""

from __future__ import annotations

import numbers
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.libreoffice import properties

from .calls import ExcelError, Remote
from .com import BookApi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .app import App
    from .engine import ExcelOverLibreOffice
    from .names import Names
    from .ranges import Range
    from .sheets import Sheets

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
}


class Books(Remote):
    """The open workbooks."""

    def __init__(self, excel: ExcelOverLibreOffice) -> None:
        self.excel = excel

    @property
    def api(self) -> Any:
        """Nothing that xlwings lacks."""
        return None

    @property
    def app(self) -> App:
        """The application."""
        return self.excel.impl

    @property
    def active(self) -> Book:
        """Raises ExcelError while no workbook is open."""
        if self.excel.active is None:
            raise ExcelError("no workbook is open")
        return self.excel.active

    def __call__(self, name_or_index: str | int) -> Book:
        books = self.excel.books
        if isinstance(name_or_index, numbers.Number):
            if 1 <= name_or_index <= len(books):
                return books[name_or_index - 1]
        else:
            for book in books:
                if book.name.lower() == name_or_index.lower():
                    return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.excel.books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.excel.books))

    def add(self) -> Book:
        """A workbook that has never been saved."""
        return self.excel.new()

    def open(self, fullname: str, *options: Any, **named: Any) -> Book:
        """Opens the file in its place, not a copy."""
        return self.excel.load(Path(fullname))


class Book(Remote):
    """An open workbook. ``document`` is LibreOffice's."""

    def __init__(self, excel: ExcelOverLibreOffice, document: Any) -> None:
        self.excel = excel
        self.document = document

    @property
    def api(self) -> BookApi:
        """Members that xlwings lacks."""
        return BookApi(self)

    def _fullname(self) -> str:
        url = self.document.URL
        if not url:
            return self.document.Title
        import uno

        return uno.fileUrlToSystemPath(url)

    def _name(self) -> str:
        return Path(self._fullname()).name

    @property
    def name(self) -> str:
        """The file name; ``工作簿1`` where it has never been saved."""
        return self._name()

    @property
    def fullname(self) -> str:
        """The path; the name where it has never been saved."""
        return self._fullname()

    @property
    def app(self) -> App:
        """The application."""
        return self.excel.impl

    @property
    def sheets(self) -> Sheets:
        """The worksheets, hidden ones too."""
        from .sheets import Sheets

        return Sheets(self)

    @property
    def names(self) -> Names:
        """The defined names."""
        from .names import Names

        return Names(self)

    def activate(self) -> None:
        """Makes it the active workbook."""
        self.excel.activate(self)

    def close(self) -> None:
        """Closes it without saving."""
        self.excel.close(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Saves in its place, or as another file, which it then is. No password."""
        if path is None and self.document.URL:
            with self.excel.office.answering("save"):
                self.document.store()
            return
        target = Path(path or f"{self._name()}.xlsx").resolve()
        if target.suffix.lower() not in _FILTERS:
            raise ExcelError(f"cannot save as {target.suffix}")
        if not target.parent.is_dir():
            raise ExcelError(f"no folder {target.parent}")
        with self.excel.office.answering(f"save {target.name}"):
            self.document.storeAsURL(
                target.as_uri(),
                properties(FilterName=_FILTERS[target.suffix.lower()], Overwrite=True),
            )

    def _check_structure(self) -> None:
        """Raises ExcelError where the structure is protected."""
        if self.document.isProtected():
            raise ExcelError("the workbook's structure is protected")


def selection(book: Book) -> Range | None:
    """The selected cells of the workbook; ``None`` where something else is selected."""
    from .ranges import Range
    from .sheets import Sheet

    selected = book.document.CurrentController.getSelection()
    if selected is None:
        return None
    if selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
        selected = selected.getByIndex(0)
    if not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
        return None
    return Range(Sheet(book, selected.Spreadsheet), selected)
