"""What an open workbook's sheets hold besides their values: extent, merged areas, number formats.

The add-in's own VBA tells it for the whole workbook in one call. Without the add-in (a notebook, a
Mac) the cells are asked through xlwings, which takes many calls and gives the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.resources import ADDIN_NAME

_MAX_ROWS, _MAX_COLUMNS = 20_000, 200
_PART = 30_000  # As in addin/vba/PgLayout.bas.

# How VBA writes that a sheet has a tab, in Excel and in LibreOffice.
_SHOWN = ("-1", "True")

Cell = tuple[int, int]


@dataclass
class SheetLayout:
    """One sheet; rows and columns count from zero.

    ``rows`` and ``columns`` are the extent from A1; ``hidden`` whether it has no tab; ``formats``
    the number formats of numbers and dates that are not General; ``exact`` the values that Excel's
    currency type would round.
    """

    name: str
    rows: int
    columns: int
    hidden: bool = False
    merges: list[Area] = field(default_factory=list)
    formats: dict[Cell, str] = field(default_factory=dict)
    exact: dict[Cell, float] = field(default_factory=dict)


def is_shown(sheet: Any) -> bool:
    """Whether a sheet has a tab: xlwings calls a very hidden one (2) visible too."""
    return sheet.visible in (True, -1)


def macro(book: Any, name: str) -> Callable[..., Any]:
    """A macro of the add-in, ready to be called; calling it fails where it is not loaded."""
    found: Callable[..., Any] = book.app.macro(f"'{ADDIN_NAME}'!{name}")
    return found


def read_layout(book: Any) -> list[SheetLayout]:
    """The layout of every worksheet of an open workbook (``xlwings.Book``), in their order."""
    try:
        length = int(macro(book, "PgBookLayout")(book.name))
        part = macro(book, "PgLayoutPart")
        # No text that Excel hands over may be longer than that of a cell.
        told = "".join(str(part(first)) for first in range(1, length + 1, _PART))
        return parse_layout(told)
    except Exception:
        # Whatever the engine raises where no add-in answers (COM and UNO have errors of their own),
        # or a text that did not come through whole.
        return [_probe(sheet) for sheet in book.sheets]


def parse_layout(text: str) -> list[SheetLayout]:
    """The answer of the add-in's ``PgBookLayout``; addin/vba/PgLayout.bas says how it is written.

    Raises ValueError for a text that is none.
    """
    sheets: list[SheetLayout] = []
    *lines, end = text.removesuffix("\n").split("\n")
    if end != "E":
        raise ValueError("a layout that is not whole")
    for line in lines:
        kind, *parts = line.split("\t")
        if kind == "S":
            hidden = parts[3] not in _SHOWN
            sheets.append(SheetLayout(parts[0], int(parts[1]), int(parts[2]), hidden))
        elif kind == "M":
            sheets[-1].merges.append(_area(parts[0]))
        elif kind == "F":
            cell = row_column(parts[0])
            if parts[1] != "General":
                sheets[-1].formats[cell] = parts[1]
            if parts[2]:
                sheets[-1].exact[cell] = float(parts[2])
        else:
            raise ValueError(f"not a line of a layout: {line!r}")
    return sheets


def _area(address: str) -> Area:
    first, _, last = address.partition(":")
    top, left = row_column(first)
    bottom, right = row_column(last or first)
    return Area(top, left, bottom, right)


def _probe(sheet: Any) -> SheetLayout:
    last = sheet.used_range.last_cell
    rows, columns = min(last.row, _MAX_ROWS), min(last.column, _MAX_COLUMNS)
    layout = SheetLayout(sheet.name, rows, columns, not is_shown(sheet))
    for row in range(rows):
        _probe_merges(sheet, layout, row)
    values = sheet.range((1, 1), (rows, columns)).options(ndim=2).value
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if isinstance(value, float | Decimal | dt.date):
                _probe_number(sheet, layout, row, column, value)
    return layout


def _probe_number(sheet: Any, layout: SheetLayout, row: int, column: int, value: object) -> None:
    cell = sheet.range((row + 1, column + 1))
    code = cell.number_format
    if code and code != "General":
        layout.formats[row, column] = code
    if isinstance(value, Decimal):
        # Excel's currency type has four decimals, an amount of the form six.
        layout.exact[row, column] = float(getattr(cell.api, "Value2", value))


def _probe_merges(sheet: Any, layout: SheetLayout, row: int) -> None:
    """Add the merged areas that begin in ``row``."""
    last = layout.columns - 1
    if sheet.range(f"{a1(row, 0)}:{a1(row, last)}").merge_cells is False:
        return
    column = 0
    while column <= last:
        above = next((area for area in layout.merges if _holds(area, row, column)), None)
        if above is None:
            address = str(sheet.range(a1(row, column)).merge_area.address)
            area = _area(address.replace("$", ""))
            if area.top == row and (area.right > area.left or area.bottom > area.top):
                layout.merges.append(area)
        else:
            area = above
        column = area.right + 1


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right
