"""``make examples``: one small old table for each layout that departments have.

They are built and never edited by hand; a test says that the committed files are current.
``python -m tools.example_layouts pictures`` also takes the pictures of docs/旧表版式.md.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from tools.layout_contents import LAYOUTS, OUTLINE, OUTLINE_NAME, Layout

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "xl" / "examples" / "版式"
PICTURES = ROOT / "docs" / "images" / "layouts"
# A build is the same on every day.
_CREATED = datetime(2025, 10, 1)
_LINE, _LABEL = "#8EA9C1", "#EAF1F7"
_BODY = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "#": {**_BODY, "font_size": 15, "bold": True, "align": "center"},
    "*": {**_BODY, "align": "center", "border": 1, "border_color": _LINE, "bg_color": _LABEL},
    ".": {**_BODY, "align": "left", "border": 1, "border_color": _LINE},
    "-": _BODY,
}
_CELL = re.compile(r"([#*.-]) ([A-Z]+\d+)(?::([A-Z]+\d+))?(?: (.+))?", re.DOTALL)
_WIDE = 2  # a Chinese character takes the width of two digits
_LINE_HEIGHT, _LEAST_HEIGHT = 14.5, 20
_WIDTH = 900  # pixels of a picture


class Cell(NamedTuple):
    """A cell, or a merged area, of a layout; rows and columns from 0."""

    look: str
    top: int
    left: int
    bottom: int
    right: int
    value: str | float


def cells(layout: Layout) -> Iterator[Cell]:
    """The cells of a layout, in the order of its lines. Raises ValueError for a wrong one."""
    for line in layout.cells.strip().splitlines():
        for text in line.split(" | "):
            found = _CELL.fullmatch(text)
            if found is None:
                raise ValueError(f"{layout.name}: {text}")
            look, first, last, said = found.groups()
            top, left = xl_cell_to_rowcol(first)
            bottom, right = xl_cell_to_rowcol(last or first)
            yield Cell(look, top, left, bottom, right, _value(said or ""))


def build(layout: Layout, path: Path) -> None:
    """Writes a layout as a workbook, byte for byte the same each time."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": layout.name, "created": _CREATED})
        sheet = book.add_worksheet(layout.sheet)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        looks = {mark: book.add_format(look) for mark, look in _LOOKS.items()}
        for column, width in enumerate(layout.widths):
            sheet.set_column(column, column, width)
        heights: dict[int, float] = {}
        for cell in cells(layout):
            look, value = looks[cell.look], cell.value
            if (cell.top, cell.left) == (cell.bottom, cell.right):
                sheet.write(cell.top, cell.left, value, look)
            else:
                sheet.merge_range(*cell[1:5], value, look)
            if cell.top == cell.bottom:
                heights[cell.top] = max(heights.get(cell.top, 0), _height(cell, layout.widths))
        for row, height in heights.items():
            sheet.set_row(row, height)


def build_all(folder: Path) -> list[Path]:
    """Writes every example into ``folder``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for layout in LAYOUTS:
        paths.append(folder / f"{layout.name}.xlsx")
        build(layout, paths[-1])
    paths.append(folder / f"{OUTLINE_NAME}.txt")
    paths[-1].write_text(OUTLINE, encoding="utf-8", newline="\n")
    return paths


def take_pictures(folder: Path) -> list[Path]:
    """Prints the first sheet of every workbook into ``folder``, with row and column headings."""
    import xlwings as xw

    from tests.support.excel_engine import ExcelOverLibreOffice
    from tests.support.libreoffice import Office
    from tools.picture_studio import Studio

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, Office() as office:
        studio = Studio(office, folder, Path(scratch))
        with ExcelOverLibreOffice(office) as excel:
            for layout in LAYOUTS:
                book = xw.Book(impl=excel.app.books.open(str(FOLDER / f"{layout.name}.xlsx")).impl)
                studio(book, layout.sheet, area(layout), layout.picture, width=_WIDTH)
    return studio.taken


def area(layout: Layout) -> str:
    """The range that a layout fills."""
    drawn = list(cells(layout))
    corner = xl_rowcol_to_cell(max(c.bottom for c in drawn), max(c.right for c in drawn))
    return f"A1:{corner}"


def _value(text: str) -> str | float:
    if text.startswith("'"):
        return text[1:]
    try:
        return float(Decimal(text))
    except InvalidOperation:
        return text.replace("\\n", "\n")


def _height(cell: Cell, widths: tuple[int, ...]) -> float:
    """Room for all lines of a text; programs do not fit rows to merged cells themselves."""
    room = sum(widths[cell.left : cell.right + 1])
    lines = 0
    for line in str(cell.value).split("\n"):
        width = sum(1 if character.isascii() else _WIDE for character in line)
        lines += max(1, -(-width // max(1, room - 1)))
    size = _LOOKS[cell.look]["font_size"] / _BODY["font_size"]
    return max(_LEAST_HEIGHT, lines * _LINE_HEIGHT * size + 4)


def main(*wanted: str) -> None:
    """Write the examples, and with ``pictures`` also their pictures, and print where."""
    for path in build_all(FOLDER):
        print(path)
    if "pictures" in wanted:
        for path in take_pictures(PICTURES):
            print(f"{path.stat().st_size // 1000:5} kB  {path.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
