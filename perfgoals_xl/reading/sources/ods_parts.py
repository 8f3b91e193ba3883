"""The cells of an .ods, read row by row; a blank that is repeated a million times is not there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.sources.archive import Package, attribute, damaged, local
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, Budget, too_long_text
from perfgoals_xl.reading.sources.sheet_cells import SheetCells
from perfgoals_xl.reading.sources.shown import power_by_text, shown
from perfgoals_xl.reading.sources.xls_parts import encrypted

CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
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
# Rows that are hidden together; of more of them most are blank.
_MOST_HIDDEN = 20_000


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
        self._struck: dict[str, bool] = {}
        self._strikes = False
        self._known: dict[str, str] = {}
        self._sheets: list[SheetCells] = []
        self._row = self._column = 0
        self._place = (0, 0)

    def read(self) -> list[SheetCells]:
        """The sheets of the document, in the order of their tabs."""
        depth = 0
        named = self._package.tree(_STYLES)
        for style in () if named is None else named.iter("{*}style"):
            self._style(style)
        names = ("table", "table-row", "table-column", "shapes")
        tags = ("{*}style", *(f"{_TABLE}{name}" for name in names))
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
            elif name == "shapes":
                if self._sheets:
                    self._tell_boxes(element, 0, 0)
            elif name == "table-column":
                if depth == 1 and self._sheets:
                    self._take_column(element)
            elif depth == 1 and self._sheets:
                # Tables inside a cell are of no spreadsheet program.
                self._read_row(element)
        return self._sheets

    def _begin(self, table: etree._Element) -> None:
        hidden = attribute(table, "style-name") in self._hidden_styles
        self._sheets.append(SheetCells(attribute(table, "name") or "", self._budget, hidden=hidden))
        self._row = self._column = 0

    def _take_column(self, column: etree._Element) -> None:
        count = self._count(column, "number-columns-repeated")
        if _is_hidden(column):
            self._sheets[-1].hide_columns(self._column, self._column + count - 1)
        self._column += count

    def _style(self, style: etree._Element) -> None:
        for properties in style.iterchildren("{*}table-properties"):
            if attribute(properties, "display") == "false":
                self._hidden_styles.add(attribute(style, "name") or "")
        struck = self._struck.get(attribute(style, "parent-style-name") or "")
        for properties in style.iterchildren("{*}text-properties"):
            lines = [attribute(properties, f"text-line-through-{n}") for n in ("type", "style")]
            if any(lines):
                struck = "none" not in lines
        if struck is not None:
            self._strikes |= struck
            self._struck[attribute(style, "name") or ""] = struck

    def _tell_boxes(self, parent: etree._Element, row: int, column: int) -> None:
        """Tells the texts of what is drawn in a cell, or over the sheet."""
        for shape in parent:
            if str(shape.tag).startswith(_DRAW):
                text = "\n".join(_text_of(p) for p in shape.iter(_PARAGRAPH))[:LONGEST_TEXT]
                self._sheets[-1].leave_out(row, column, "textbox", text)

    def _read_row(self, line: etree._Element) -> None:
        rows = self._count(line, "number-rows-repeated")
        if _is_hidden(line):
            last = min(self._row + rows, self._row + _MOST_HIDDEN)
            self._sheets[-1].hidden_rows.update(range(self._row, last))
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
        if len(cell):
            self._tell_boxes(cell, row, column)
        value, told = self._value(cell, row, column)
        if value is not None and self._strikes:
            value, told = self._unstruck(cell, value, told, (row, column))
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
        self._place = row, column
        if cell.get(f"{_LIBRE}value-type") == "error":
            self._sheets[-1].leave_out(row, column, "error", text or "#N/A")
            return text or "#N/A", None
        try:
            return self._typed(cell, kind, text)
        except ValueError as error:
            raise damaged(self._package.path) from error

    def _unstruck(
        self, cell: etree._Element, value: object, told: str | None, place: tuple[int, int]
    ) -> tuple[object, str | None]:
        """A value without what is struck out of it; None where that is all."""
        sheet = self._sheets[-1]
        struck = self._struck.get(cell.get(f"{_TABLE}style-name", ""), False)
        if not isinstance(value, str):
            if not struck:
                return value, told
            sheet.leave_out(*place, "struck", told or str(value))
            return None, None
        left: list[str] = []
        gone: list[str] = []
        for paragraph in cell.iterchildren(_PARAGRAPH):
            for crossed, text in self._spans(paragraph, struck):
                (gone if crossed else left).append(text)
            left.append("\n")
        if not any(gone):
            return value, told
        sheet.leave_out(*place, "struck", "".join(gone))
        text = "".join(left).strip()
        return None if is_blank(text) else text, None

    def _spans(self, paragraph: etree._Element, struck: bool) -> Iterator[tuple[bool, str]]:
        """What a paragraph says piece by piece, each with whether it is struck out."""
        yield struck, paragraph.text or ""
        for child in paragraph:
            crossed = struck
            if child.tag == f"{_TEXT}span":
                crossed = self._struck.get(child.get(f"{_TEXT}style-name", ""), struck)
            yield crossed, _said_by(child)
            yield struck, child.tail or ""

    def _typed(
        self, cell: etree._Element, kind: str | None, text: str
    ) -> tuple[object, str | None]:
        value = cell.get(f"{_OFFICE}value")
        if kind in ("float", "percentage", "currency") and value is not None:
            number = float(value)
            if not abs(number) < float("inf"):
                raise ValueError("no number")
            power = power_by_text(number, text) if kind != "percentage" else 0
            if power:
                self._sheets[-1].powers[self._place] = power
                return number, text
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


def _is_hidden(element: etree._Element) -> bool:
    """Whether a row or a column is hidden, or filtered away."""
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _each(row: int, column: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    for down in range(rows):
        for right in range(columns):
            yield row + down, column + right


def _told_number(kind: str, number: float, text: str) -> str | None:
    """The text of a number, where it says more than its digits; a percentage with them all."""
    text = text if len(text) <= _LONGEST_NUMBER else ""
    if kind == "percentage" and (not text or _PERCENT.fullmatch(text)):
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
        pieces.append(_said_by(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _said_by(child: etree._Element) -> str:
    """What an element in a paragraph stands for."""
    name = local(child)
    if name == "s":
        count = attribute(child, "c") or "1"
        return " " * min(int(count) if count.isdecimal() else 1, LONGEST_TEXT)
    if name == "tab":
        return "\t"
    if name == "line-break":
        return "\n"
    return "" if name in ("annotation", "ruby-text", "note") else _text_of(child)
