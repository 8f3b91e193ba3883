"""An open workbook in Excel as a source: the same grids as a file, unsaved changes included.

    import xlwings as xw
    declaration = assemble(read_book(xw.books.active))

Reading takes one call for the layout of all sheets, and per sheet one block of values and whether
it is hidden. Nothing in the workbook is changed, selected or saved.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlwings import conversion
from xlwings.utils import fullname_url_to_local_path

from perfgoals_xl.addresses import a1
from perfgoals_xl.excel.functions.arguments import ERROR_CODES
from perfgoals_xl.excel.session.sheet_layout import SheetLayout, read_layout
from perfgoals_xl.reading.grid import Grid, take_covered
from perfgoals_xl.reading.sources.shown import shown
from perfgoals_xl.reading.sources.source import Source

# No such folder exists: what stands beside a workbook, such as its settings, is not looked for in
# whichever folder Python happens to be in.
_NOWHERE = Path("（未保存到本机）")
_converted: Any = conversion.read  # untyped
_local: Any = fullname_url_to_local_path  # untyped


def read_book(book: Any) -> Source:
    """The worksheets of ``book``, an ``xlwings.Book``, in the order of their tabs.

    The source has no hash: what is open may differ from the file.
    """
    sheets, engine = book.sheets, book.app.engine.name
    grids = [
        _grid(sheets[layout.name], layout, position, engine)
        for position, layout in enumerate(read_layout(book))
    ]
    return Source(path_of(book), "", grids)


def path_of(book: Any) -> Path:
    """Where the workbook is saved; a relative path where it is not saved to a folder here."""
    try:
        told = getattr(getattr(book, "api", None), "FullName", "")
        # Book.fullname would let a sheet "xlwings.conf" of the workbook say where the folder is.
        on_server = isinstance(told, str) and "://" in told
        name = str(_local(told) if on_server else book.fullname)
    except Exception:
        # xlwings refuses a workbook on OneDrive or SharePoint whose folder it cannot find.
        return _NOWHERE / str(book.name)
    # A workbook that was never saved has no folder, one on a server no folder of this PC.
    path = Path(name)
    return path if path.is_absolute() and "://" not in name else _NOWHERE / str(book.name)


def _values(sheet: Any, layout: SheetLayout, engine: str) -> list[list[object]]:
    """The values of a sheet from A1 to its last cell, in one read."""
    # Range.value does the same and asks for sheet, book and application of every range besides.
    raw = sheet.range(f"A1:{a1(layout.rows - 1, layout.columns - 1)}").raw_value
    cleaned = _converted(None, raw, {"ndim": 2, "err_to_str": True}, engine_name=engine)
    rows = [[_plain(value) for value in row] for row in cleaned]
    for (row, column), value in layout.exact.items():
        rows[row][column] = value
    return rows


def _grid(sheet: Any, layout: SheetLayout, position: int, engine: str) -> Grid:
    def shown_as(row: int, column: int, value: object) -> str:
        return shown(value, layout.formats.get((row, column), ""))

    rows = _values(sheet, layout, engine)
    return Grid(
        layout.name,
        rows,
        layout.merges,
        position,
        hidden=layout.hidden,
        shown=shown_as,
        told=take_covered(rows, layout.merges),
    )


def _plain(value: object) -> object:
    """A value as the reader of files would give it."""
    if isinstance(value, int) and value in ERROR_CODES:
        return "#VALUE!"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value
