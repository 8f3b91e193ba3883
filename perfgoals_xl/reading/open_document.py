"""What the fast reader leaves out of an .ods: merged areas, shown percentages and dates, errors."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from perfgoals_xl.reading.grid import Area, a1

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LIBRE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MONTH = re.compile(r"\d{4}年\d{1,2}月")
# A row or cell repeated more often is the blank rest of the sheet.
_MOST_REPEATS = 1000


@dataclass
class _Sheet:
    merges: list[Area] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class OpenDocument:
    """The parts of one .ods that say how its cells look, read only when asked.

    Raises ``ValueError`` when the part is no XML; the fast reader has refused most damage before.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _sheets(self) -> dict[str, _Sheet]:
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            content = archive.read("content.xml")
        # Entities are a way to blow up memory, and no spreadsheet program writes any.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError("content.xml") from error
        return {
            str(table.get(f"{_TABLE}name", "")): _read(table)
            for table in root.iter(f"{_TABLE}table")
        }

    def merges(self, sheet: str) -> list[Area]:
        """The merged areas of a sheet."""
        return self._sheets.get(sheet, _Sheet()).merges

    def number_format(self, sheet: str, address: str) -> str:
        """``0%`` for a percentage, a format without the day for a month; else empty."""
        return self._sheets.get(sheet, _Sheet()).formats.get(address, "")

    def unreadable(self, sheet: str) -> dict[str, str]:
        """Cells that hold an error, with the text that they show."""
        return self._sheets.get(sheet, _Sheet()).errors


def _read(table: etree._Element) -> _Sheet:
    sheet = _Sheet()
    for row, column, cell in _cells(table):
        address = a1(row, column)
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        right = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if down > 1 or right > 1:
            sheet.merges.append(Area(row, column, row + down - 1, column + right - 1))
        kind = cell.get(f"{_OFFICE}value-type")
        # Not the whole cell: a comment on it is inside as well.
        text = "".join(str(part) for p in cell.iterchildren(_PARAGRAPH) for part in p.itertext())
        if cell.get(f"{_LIBRE}value-type") == "error":
            sheet.errors[address] = text or "#N/A"
        elif kind == "percentage":
            sheet.formats[address] = "0%"
        elif kind == "date" and _MONTH.fullmatch(text):
            sheet.formats[address] = 'yyyy"年"m"月"'
    return sheet


def _cells(table: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells that hold something or are merged, repeated ones at each of their places."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        column = 0
        for cell in line.iterchildren(*_CELLS):
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if (len(cell) or cell.attrib.keys()) and max(rows, columns) <= _MOST_REPEATS:
                for down in range(rows):
                    for right in range(columns):
                        yield row + down, column + right, cell
            column += columns
        row += rows
