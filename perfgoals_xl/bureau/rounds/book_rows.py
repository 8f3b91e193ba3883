"""The rows of a list of a workbook by their headings, one after the other: it may be a long list.

Only what is asked for is read, and never a whole sheet at once. Whoever had the book open may have
moved columns, inserted some of their own, sorted and filtered: headings say what is what.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from lxml import etree

from perfgoals_xl.addresses import row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.sources.archive import Package, damaged
from perfgoals_xl.reading.sources.budgets import MOST_FILE_BYTES
from perfgoals_xl.reading.sources.xlsx_parts import SheetPart, XlsxParts, text_in, unescaped

Row = Mapping[str, str]
"""The texts of a row by the headings above them; what is blank is left out."""

_REACH = 12
"""Rows from the top in which the headings are sought."""
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LETTERS = re.compile(r"[A-Z]{1,3}")


class BookRows:
    """The sheets of an .xlsx. Raises ``InputError`` for a file that is none, or is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.stat().st_size > MOST_FILE_BYTES:
                raise InputError("文件太大，不像汇总表", hint="请确认选对了文件。", file=path)
            data = path.read_bytes()
        except OSError as error:
            from perfgoals_xl.storage.place_faults import words_of

            raise InputError(words_of(error), file=path) from error
        if data.startswith(_COMPOUND):
            raise _no_xlsx(path, "这是旧版 .xls，或是加了密码的工作簿")
        if not data.startswith(_ZIP):
            raise _no_xlsx(path, "文件是空的" if not data else "这不是 .xlsx 工作簿")
        package = Package(path, data)
        main = next(
            (r.target for r in package.relations("").values() if r.kind == "officeDocument"), None
        )
        if main is None:
            raise _no_xlsx(path, "这不是 .xlsx 工作簿")
        self._package, self._parts = package, XlsxParts(package, main)

    @property
    def names(self) -> list[str]:
        """The names of the sheets, in the order of the tabs."""
        return [sheet.name for sheet in self._parts.sheets]

    def rows(self, name: str, needed: Collection[str]) -> Iterator[tuple[int, Row]]:
        """The rows of the list ``name``, which may go on on ``name(2)`` …, with their numbers.

        A list without the ``needed`` headings has none.
        """
        goes_on = re.compile(rf"{re.escape(name)}(?:[(（]\d+[)）])?")
        for sheet in self._parts.sheets:
            if goes_on.fullmatch(sheet.name.strip()):
                yield from self._of_sheet(sheet, needed)

    def has(self, name: str, needed: Collection[str]) -> bool:
        """Whether there is such a list with these headings, be it empty."""
        sheets = (sheet for sheet in self._parts.sheets if sheet.name.strip() == name)
        return any(self._headings(sheet, needed) is not None for sheet in sheets)

    def _headings(self, sheet: SheetPart, needed: Collection[str]) -> dict[int, str] | None:
        for number, cells in self._cells(sheet):
            if number >= _REACH:
                return None
            found = _as_headings(cells)
            if set(needed) <= set(found.values()):
                return found
        return None

    def _of_sheet(self, sheet: SheetPart, needed: Collection[str]) -> Iterator[tuple[int, Row]]:
        headings: dict[int, str] | None = None
        for number, cells in self._cells(sheet):
            if headings is None:
                found = _as_headings(cells)
                if set(needed) <= set(found.values()):
                    headings = found
                elif number >= _REACH:
                    return
                continue
            row = {headings[at]: text for at, text in cells.items() if at in headings and text}
            if row:
                yield number, row

    def _cells(self, sheet: SheetPart) -> Iterator[tuple[int, dict[int, str]]]:
        number = -1
        for element in self._package.elements(sheet.part, "{*}row"):
            try:
                given = element.get("r")
                number = number + 1 if given is None else int(given) - 1
                yield number, self._texts(element)
            except (ValueError, IndexError) as error:
                raise damaged(self.path) from error

    def _texts(self, row: etree._Element) -> dict[int, str]:
        found: dict[int, str] = {}
        column = -1
        for cell in row.iterchildren("{*}c"):
            reference = cell.get("r")
            column = column + 1 if reference is None else _column(reference)
            text = self._text(cell)
            if text:
                found[column] = text
        return found

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t")
        for child in cell:
            tag = str(child.tag).rpartition("}")[2]
            if tag == "is":
                return text_in(child)
            if tag == "v":
                text = child.text or ""
                if kind == "s":
                    return self._parts.texts[int(text)] or ""
                return unescaped(text) if kind == "str" and "_x" in text else text
        return ""


def _no_xlsx(path: Path, what: str) -> InputError:
    return InputError(what, hint="请在 Excel 或 WPS 中打开，另存为没有密码的 .xlsx。", file=path)


def _column(reference: str) -> int:
    # The same letters stand in every row of a long list.
    return _column_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=256)
def _column_of(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    return row_column(f"{letters}1")[1]


def _as_headings(cells: Mapping[int, str]) -> dict[int, str]:
    """The headings of a row; of two of one name the first counts."""
    found: dict[int, str] = {}
    for at, text in sorted(cells.items()):
        heading = fold(text)
        if heading not in found.values():
            found[at] = heading
    return found
