"""Notes and links of cells. Real; authors and screen tips are not kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .calls import ExcelError, Remote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ranges import Range
    from .sheets import Sheet


class Note(Remote):
    """The note of a cell."""

    def __init__(self, sheet: Sheet, cell: Any) -> None:
        self.excel = sheet.excel
        self._sheet = sheet
        self._cell = cell

    @property
    def api(self) -> None:
        """Nothing that xlwings lacks."""
        return None

    @property
    def text(self) -> str:
        """The note's text."""
        return self._cell.Annotation.String

    @text.setter
    def text(self, value: str) -> None:
        self._sheet._check_open()
        self._cell.Annotation.String = value

    @property
    def author(self) -> str:
        """Who LibreOffice says wrote it."""
        return self._cell.Annotation.Author

    @property
    def location(self) -> Range:
        """The cell."""
        from .ranges import Range

        return Range(self._sheet, self._cell)

    def delete(self) -> None:
        """Removes the note."""
        self._sheet._check_open()
        index = _index(self._sheet, self._cell)
        if index is None:
            raise ExcelError("the note is gone")
        self._sheet.uno.Annotations.removeByIndex(index)


def _index(sheet: Sheet, cell: Any) -> int | None:
    wanted = cell.CellAddress
    notes = sheet.uno.Annotations
    for index in range(notes.Count):
        at = notes.getByIndex(index).Position
        if (at.Row, at.Column) == (wanted.Row, wanted.Column):
            return index
    return None


def note_of(sheet: Sheet, cell: Any) -> Note | None:
    """The note, if the cell has one."""
    return Note(sheet, cell) if cell.Annotation.String else None


def add_note(sheet: Sheet, cell: Any, text: str) -> Note:
    """Raises ExcelError where the cell has one."""
    if cell.Annotation.String:
        raise ExcelError("the cell has a note already")
    sheet.uno.Annotations.insertNew(cell.CellAddress, text)
    return Note(sheet, cell)


# LibreOffice writes #sheet.A1 for a place in the same workbook.
_PLACE = re.compile(r"#(?:'((?:[^']|'')+)'|([^!'.]+))([!.])(.+)")


def _place(url: str, mark: str) -> str:
    match = _PLACE.fullmatch(url)
    if match is None:
        return url
    quoted, plain, _, cell = match.groups()
    if quoted is None and plain is not None and mark == ".":
        return f"#{plain}.{cell}"
    name = quoted if quoted is not None else plain
    return f"#'{name}'{mark}{cell}"


def cells_of(area: Any) -> Iterator[Any]:
    """The cells of an area that hold something, one by one."""
    for row, texts in enumerate(area.getFormulaArray()):
        for column, text in enumerate(texts):
            if text != "":
                yield area.getCellByPosition(column, row)


def links_in(cell: Any) -> list[str]:
    """Where the links in the cell lead."""
    fields = cell.getCellByPosition(0, 0).TextFields
    found = [getattr(fields.getByIndex(index), "URL", "") for index in range(fields.Count)]
    return [_place(url, "!") for url in found if url]


def hyperlink_of(cell: Any) -> str:
    """Where the first link in the cell leads. Raises ExcelError without one."""
    found = links_in(cell)
    if not found:
        raise ExcelError("no link in the cell")
    return found[0]


def add_hyperlink(document: Any, area: Any, address: str, text: str) -> None:
    """The cell then holds the link's text only."""
    cell = area.getCellByPosition(0, 0)
    cell.String = ""
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL = _place(address, ".")
    field.Representation = text
    cell.Text.insertTextContent(cell.Text.createTextCursor(), field, False)
