"""An Excel to work in: LibreOffice behind xlwings, with the add-in's macros and the caller set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfgoals_xl.addresses import Area, row_column
from perfgoals_xl.excel.session.live_highlights import _highlight_sheet
from perfgoals_xl.resources import addin_path
from tests.support.excel_engine import ExcelOverLibreOffice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import xlwings as xw

    from tests.support.libreoffice import Office


def pg_highlight(app: xw.App, book: str, marker: str, orders: str) -> str:
    """Stands in for the add-in's PgHighlight: LibreOffice's Basic has no FormatConditions."""
    del marker
    sheets, refused = app.books[book].sheets, []
    for order in orders.splitlines():
        name, _, needed = order.split("\t")[:3]
        first, last = needed.split(":")
        if not _highlight_sheet(sheets[name], Area(*row_column(first), *row_column(last))):
            refused.append(name)
    return "\t".join(refused)


@pytest.fixture
def excel(office: Office, monkeypatch, tmp_path) -> Iterator[ExcelOverLibreOffice]:
    """The application, with the built add-in loaded."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    with ExcelOverLibreOffice(office, addin_path()) as running:
        running.macros["PgHighlight"] = pg_highlight
        yield running


@pytest.fixture
def opened(excel: ExcelOverLibreOffice) -> Callable[[Path], xw.Book]:
    """Opens a copy of a file and makes it the workbook that the buttons are clicked in."""

    def open_(path: Path) -> xw.Book:
        book = excel.open(path)
        book.set_mock_caller()
        return book

    return open_
