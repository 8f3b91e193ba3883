"""The cells of an .ods, read row by row; a blank that is repeated a million times is not there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.reading.sources.archive import Package, attribute, damaged, local
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, Budget, too_long_text
from perfgoals_xl.reading.sources.sheet_cells import SheetCells
from perfgoals_xl.reading.sources.xls_parts import encrypted

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LIBRE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARAGRAPH = f"{_TEXT}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
# A number without signs, units or words; Chinese forms of it included.
_BARE_NUMBER = re.compile(r"[-+(]?[\d,.\s]*\d[\d,.\s]*(?:E[-+]?\d+)?\)?", re.I)
_PERCENT = re.compile(r"[-+]?[\d,.\s]*\d[\d,.\s]*%")
_BARE_DATE = re.compile(r"[\d年日/.\-:\s]*(?:\d月[\d日/.\-:\s]*)?(?:[AP]M)?", re.I)
# Characters of a number with its signs and its unit.
_LONGEST_NUMBER = 100
_MONTH = re.compile(r"\d{4}年\d{1,2}月")
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_ROWS, _COLUMNS = 1_048_576, 16_384


def read_ods(package: Package) -> list[SheetCells]:
    """The worksheets of an .ods. Raises ``InputError`` for one that is damaged or too large."""
    manifest = package.tree(_MANIFEST)
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise encrypted(package.path)
    return _Document(package).read()


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._budget = Budget(package.path)
        self._hidden_styles: set[str] = set()
        self._known: dict[str, str] = {}
        self._sheets: list[SheetCells] = []
        self._row = 0

    def read(self) -> list[SheetCells]:
        """The sheets of the document, in the order of their tabs."""
        depth = 0
        tags = ("{*}style", f"{_TABLE}table", f"{_TABLE}table-row")
        open_elements: list[etree._Element] = []
        for element in self._package.elements(CONTENT, *tags, starts=True):
            name = local(element)
            if open_elements and open_elements[-1] is element:
                open_elements.pop()
                begins = False
            else:
                open_elements.append(element)
                begins = True
            if name == "table":
                depth += 1 if begins else -1
                if begins and depth == 1:
                    self._begin(element)
            elif begins:
                continue
            elif name == "style":
                self._style(element)
            elif depth == 1 and self._sheets:
                # Tables inside a cell are of no spreadsheet program.
                self._read_row(element)
        return self._sheets

    def _begin(self, table: etree._Element) -> None:
        hidden = attribute(table, "style-name") in self._hidden_styles
        self._sheets.append(SheetCells(attribute(table, "name") or "", self._budget, hidden=hidden))
        self._row = 0

    def _style(self, style: etree._Element) -> None:
        for properties in style.iterchildren("{*}table-properties"):
            if attribute(properties, "display") == "false":
                self._hidden_styles.add(attribute(style, "name") or "")

    def _read_row(self, line: etree._Element) -> None:
        rows = self._count(line, "number-rows-repeated")
        self._package.count(len(line))
        column = 0
        for cell in line.iterchildren(*_CELLS):
            columns = self._count(cell, "number-columns-repeated")
            if cell.attrib or len(cell):
                self._read_cell(cell, column, rows, columns)
            column += columns
        self._row += rows

    def _read_cell(self, cell: etree._Element, column: int, rows: int, columns: int) -> None:
        sheet, row = self._sheets[-1], self._row
        down = self._count(cell, "number-rows-spanned")
        right = self._count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            for top, left in _each(row, column, rows, columns):
                sheet.merge(Area(top, left, top + down - 1, left + right - 1))
        value, told = self._value(cell, row, column)
        if value is None:
            return
        if row + rows > _ROWS or column + columns > _COLUMNS:
            raise damaged(self._package.path)
        sheet.budget.cells(rows * columns, sheet.name, row)
        sheet.budget.area(row + rows - 1, column + columns - 1, sheet.name)
        for place in _each(row, column, rows, columns):
            sheet.put(*place, value)
            if told is not None:
                sheet.told[place] = told

    def _value(self, cell: etree._Element, row: int, column: int) -> tuple[object, str | None]:
        """What a cell holds, and how it shows it where that says more than the value."""
        kind = cell.get(f"{_OFFICE}value-type") or cell.get(f"{_LIBRE}value-type")
        if kind is None and not len(cell):
            return None, None
        # Not the whole cell: a comment on it is inside as well.
        text = "\n".join(_text_of(p) for p in cell.iterchildren(_PARAGRAPH))
        if len(text) > LONGEST_TEXT:
            place = a1(row, column)
            raise too_long_text(self._package.path, len(text), self._sheets[-1].name, place)
        if cell.get(f"{_LIBRE}value-type") == "error":
            return text or "#N/A", None
        try:
            return self._typed(cell, kind, text)
        except ValueError as error:
            raise damaged(self._package.path) from error

    def _typed(
        self, cell: etree._Element, kind: str | None, text: str
    ) -> tuple[object, str | None]:
        value = cell.get(f"{_OFFICE}value")
        if kind in ("float", "percentage", "currency") and value is not None:
            number = float(value)
            if not abs(number) < float("inf"):
                raise ValueError("no number")
            return number, _told_number(kind, number, text)
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true", None
        if kind == "date" and (day := cell.get(f"{_OFFICE}date-value")):
            try:
                moment = dt.datetime.fromisoformat(day)
            except ValueError:  # a slip such as the year 20261, which other programs show
                return text or day, None
            told = text if _MONTH.fullmatch(text) or not _is_bare_date(text) else None
            return (moment.date() if moment.time() == dt.time() else moment), told
        if kind == "time" and (found := _TIME.fullmatch(cell.get(f"{_OFFICE}time-value") or "")):
            hours, minutes, seconds = map(int, found.groups())
            return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds), text or None
        text = text or cell.get(f"{_OFFICE}string-value") or ""
        return self._known.setdefault(text, text) or None, None

    def _count(self, element: etree._Element, name: str) -> int:
        text = element.get(f"{_TABLE}{name}", "1").strip()
        if not text.isdecimal() or len(text) > 9:
            raise damaged(self._package.path)
        return max(1, int(text))


def _each(row: int, column: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    for down in range(rows):
        for right in range(columns):
            yield row + down, column + right


def _told_number(kind: str, number: float, text: str) -> str | None:
    """The text of a number, where it says more than its digits; a percentage with them all."""
    text = text if len(text) <= _LONGEST_NUMBER else ""
    if kind == "percentage" and (not text or _PERCENT.fullmatch(text)):
        from perfgoals_xl.reading.sources.shown import shown

        decimals = len(text.rstrip("%").partition(".")[2])
        return shown(number, f"0.{'0' * decimals}%" if decimals else "0%")
    return text if text and not _BARE_NUMBER.fullmatch(text) else None


def _is_bare_date(text: str) -> bool:
    """Whether the shown text is the full date and no more."""
    return (
        not text
        or len(text) > _LONGEST_NUMBER
        or (_BARE_DATE.fullmatch(text) is not None and re.search(r"\d{4}", text) is not None)
    )


def _text_of(paragraph: etree._Element) -> str:
    """A paragraph: its blanks, tabs and line breaks are elements."""
    if not len(paragraph):
        return paragraph.text or ""
    pieces = [paragraph.text or ""]
    length = 0
    for child in paragraph:
        # One element may stand for many blanks: what is too long already is long enough.
        length += sum(map(len, pieces[-2:]))
        if length > LONGEST_TEXT:
            break
        name = local(child)
        if name == "s":
            count = attribute(child, "c") or "1"
            pieces.append(" " * min(int(count) if count.isdecimal() else 1, LONGEST_TEXT))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in ("annotation", "ruby-text", "note"):
            pieces.append(_text_of(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
