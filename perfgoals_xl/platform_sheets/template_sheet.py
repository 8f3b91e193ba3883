"""A sheet of somebody else's workbook as a person sees it: texts, labels, merged areas, formats."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import fold, shortened
from perfgoals_xl.workbooks.patching.cell_bytes import Cell, SheetCells
from perfgoals_xl.workbooks.patching.package import Package
from perfgoals_xl.workbooks.patching.part_xml import Element, UnreadablePart, elements
from perfgoals_xl.workbooks.patching.workbook_part import Tab, WorkbookPart

# Dates of Chinese Excel that every program knows by their number alone.
_DATES = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")
# Marks that templates put around a label: 必填 stars, colons.
_MARKS = "*:"
_SHOWN = 12


def label_key(text: str) -> str:
    """What two spellings of one label share: no blanks, line breaks, stars or colons around it."""
    return fold(text).strip(_MARKS).casefold()


class TemplateBook:
    """The workbook that is filled; nothing is written before its package is saved."""

    def __init__(self, path: Path) -> None:
        """Raises ``InputError`` where the package cannot be patched."""
        self.path = path
        self.package = Package(path, doing="填写")
        self.workbook = WorkbookPart(self.package)
        self.shared = self._shared_strings()
        self.formats = self._number_formats()
        properties = self.package.workbook.find(self.package.tag("workbookPr"))
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def tab(self, wanted: str | int) -> Tab:
        """A worksheet by its name or its number from 1. Raises ``InputError`` without it."""
        tabs = self.workbook.tabs()
        names = "、".join(tab.name for tab in tabs)
        if isinstance(wanted, int):
            found = tabs[wanted - 1 : wanted]
            told = f"没有第 {wanted} 张工作表"
        else:
            found = [t for t in tabs if t.name == wanted]
            found = found or [t for t in tabs if label_key(t.name) == label_key(wanted)]
            told = f"没有工作表“{wanted}”"
        if not found:
            raise InputError(f"{told}，有的是 {names}", hint="请改正映射。", file=self.path)
        if len(found) > 1:
            raise InputError(f"工作表“{wanted}”有 {len(found)} 张，分不清", file=self.path)
        if not found[0].is_worksheet:
            raise InputError("这不是可以填写的工作表", file=self.path, sheet=found[0].name)
        return found[0]

    def _shared_strings(self) -> list[str]:
        part = self.package.related("sharedStrings")
        if part is None or not self.package.has(part):
            return []
        root = self.package.root(part, "sst")
        return [self._string(item) for item in root.iter(self.package.tag("si"))]

    def _string(self, item: Element) -> str:
        tag = self.package.tag
        # Not the reading aid that stands beside the text.
        texts = [t for child in elements(item) if child.tag == tag("t") for t in [child]]
        texts += [t for run in item.findall(tag("r")) for t in run.findall(tag("t"))]
        return "".join(text.text or "" for text in texts)

    def _number_formats(self) -> list[str]:
        """The number format of every cell style, by its index."""
        part = self.package.related("styles")
        if part is None or not self.package.has(part):
            return []
        root, tag = self.package.root(part, "styleSheet"), self.package.tag
        own = {str(i.get("numFmtId")): str(i.get("formatCode")) for i in root.iter(tag("numFmt"))}
        styles = root.find(tag("cellXfs"))
        numbers = [] if styles is None else [str(x.get("numFmtId", "0")) for x in elements(styles)]
        return [
            own.get(n)
            or _DATES.get(int(n) if n.isdecimal() else 0)
            or BUILTIN_FORMATS.get(int(n) if n.isdecimal() else 0, "General")
            for n in numbers
        ]


class TemplateSheet:
    """One sheet of it; rows and columns count from zero."""

    def __init__(self, book: TemplateBook, tab: Tab) -> None:
        """Raises ``InputError`` for a sheet that cannot be read."""
        self.book, self.tab = book, tab
        try:
            self.cells = SheetCells(book.package.read(tab.part))
        except UnreadablePart as error:
            raise book.package.fault(tab.part, str(error)) from error
        self._area: dict[tuple[int, int], Area] = {}
        for area in self.cells.merged:
            # Merged rows without end would be millions of cells; nobody labels them.
            for row in range(area.top, min(area.bottom, area.top + 500) + 1):
                for column in range(area.left, min(area.right, area.left + 500) + 1):
                    self._area[row, column] = area

    def fault(self, what: str, hint: str = "", at: tuple[int, int] | None = None) -> InputError:
        """The fault of this sheet, or of one of its cells."""
        cell = None if at is None else a1(*at)
        return InputError(what, hint=hint, file=self.book.path, sheet=self.tab.name, cell=cell)

    def area(self, row: int, column: int) -> Area:
        """The merged area that a cell is part of, or the cell alone."""
        return self._area.get((row, column), Area(row, column, row, column))

    def home(self, row: int, column: int) -> tuple[int, int]:
        """The cell that is written for a cell: the top left one of its merged area."""
        area = self.area(row, column)
        return area.top, area.left

    def text(self, row: int, column: int) -> str:
        """What a cell holds, as the part has it."""
        return self._text(self.cells.cell(row, column))

    def _text(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        if cell.kind == "s":
            known = cell.text.isdecimal() and int(cell.text) < len(self.book.shared)
            return self.book.shared[int(cell.text)] if known else ""
        return cell.text

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell holds a formula or a text that shows."""
        cell = self.cells.cell(row, column)
        return cell is not None and (cell.has_formula or bool(fold(self._text(cell))))

    def number_format(self, style: str | None) -> str:
        """The number format of a style."""
        number = int(style) if style and style.isdecimal() else 0
        return self.book.formats[number] if number < len(self.book.formats) else "General"

    def style(self, row: int, column: int) -> str | None:
        """The style that a cell has, or would have where it is not there: its row's, its column's.

        None for the style that every workbook begins with.
        """
        cell = self.cells.cell(row, column)
        if cell is not None:
            return cell.style
        there = self.cells.rows.get(row)
        if there is not None and there.attributes.get("customFormat") in ("1", "true"):
            return there.attributes.get("s")
        styles = self.cells.column_styles
        return next((s for first, last, s in styles if first <= column <= last), None)

    def _shown(self) -> Iterator[tuple[int, int, str]]:
        for row, there in self.cells.rows.items():
            for column in there.cells:
                if self.home(row, column) == (row, column) and (text := self.text(row, column)):
                    yield row, column, text

    def heading(self, header_row: int, label: str) -> int | None:
        """The column under a heading of a row; None without it.

        A heading that reaches down into the row counts. Raises ``InputError`` for one that stands
        there twice.
        """
        found = [c for c, text in self._headings(header_row) if label_key(text) == label_key(label)]
        if len(found) > 1:
            places = "、".join(a1(header_row, column) for column in found)
            raise self.fault(
                f"表头“{label}”在第 {header_row + 1} 行出现 {len(found)} 次（{places}）",
                "请在映射里改写列号，如 C。",
            )
        return found[0] if found else None

    def no_heading(self, header_row: int, label: str) -> InputError:
        """The fault of a heading that is not there, with those that are."""
        texts = [fold(text) for _, text in self._headings(header_row)]
        return self.fault(
            f"第 {header_row + 1} 行没有表头“{label}”，{_listed(label, texts)}",
            "请改正映射，或改写列号，如 C。",
        )

    def _headings(self, row: int) -> list[tuple[int, str]]:
        columns = set(self.cells.rows[row].cells) if row in self.cells.rows else set()
        columns |= {area.left for area in self.cells.merged if area.top <= row <= area.bottom}
        found = []
        for column in sorted(columns):
            home = self.home(row, column)
            if home[1] == column and fold(text := self.text(*home)):
                found.append((column, text))
        return found

    def labelled(self, label: str) -> Area:
        """Where a label stands. Raises ``InputError`` for none or several."""
        found = [(r, c) for r, c, text in self._shown() if label_key(text) == label_key(label)]
        if not found:
            texts = [fold(text) for _, _, text in self._shown() if len(text) <= 40]
            raise self.fault(
                f"没有标签“{label}”，{_listed(label, texts)}", "请改正映射，或改写单元格，如 B3。"
            )
        if len(found) > 1:
            places = "、".join(a1(*at) for at in sorted(found)[:_SHOWN])
            raise self.fault(
                f"标签“{label}”出现 {len(found)} 次（{places}）", "请在映射里改写单元格，如 B3。"
            )
        return self.area(*found[0])


def _listed(label: str, texts: list[str]) -> str:
    """What there is in place of a label that was not found: what is like it, or the first few."""
    distinct = list(dict.fromkeys(texts))
    near = difflib.get_close_matches(fold(label), distinct, 3)
    if near:
        return f"相近的有 {'、'.join(map(shortened, near))}"
    if not distinct:
        return "那里什么也没有"
    more = " 等" if len(distinct) > _SHOWN else ""
    return f"有的是 {'、'.join(map(shortened, distinct[:_SHOWN]))}{more}"
