"""What the fast reader leaves out of an .xls: how its numbers are shown, and its errors."""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

from perfgoals_xl.reading.grid import a1, row_column


class OldWorkbook:
    """The cell formats and error cells of one .xls, read only when asked.

    A file that the fast reader understands and the library for the formats does not (another
    program's .xls) is taken to have no formats and no errors.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _book(self) -> Any:
        # Only an old workbook needs it.
        import xlrd  # type: ignore[import-untyped,unused-ignore]

        try:
            # Its warnings are about the file's history, not about its values.
            return xlrd.open_workbook(
                file_contents=self._data, formatting_info=True, logfile=io.StringIO()
            )
        except Exception:  # the library reports damage in as many ways as there are records
            return None

    def _sheet(self, name: str) -> Any:
        book = self._book
        return book.sheet_by_name(name) if book is not None and name in book.sheet_names() else None

    def number_format(self, sheet: str, address: str) -> str:
        """The number format code of a cell; empty for General."""
        found = self._sheet(sheet)
        row, column = row_column(address)
        if found is None or row >= found.nrows or column >= found.row_len(row):
            return ""
        style = self._book.xf_list[found.cell_xf_index(row, column)]
        code = self._book.format_map[style.format_key].format_str
        return "" if code == "General" else str(code)

    def unreadable(self, sheet: str) -> dict[str, str]:
        """Cells that hold an error, with the text that they show."""
        found = self._sheet(sheet)
        if found is None:
            return {}
        import xlrd

        return {
            a1(row, column): xlrd.error_text_from_code.get(value, "#N/A")
            for row in range(found.nrows)
            for column, (kind, value) in enumerate(
                zip(found.row_types(row), found.row_values(row), strict=True)
            )
            if kind == xlrd.XL_CELL_ERROR
        }
