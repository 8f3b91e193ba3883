"""The cells of an .xls: read by xlrd, which keeps no cells that are not there."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.archive import damaged
from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT, Budget, too_long_text
from perfgoals_xl.reading.sources.number_format import BUILT_IN
from perfgoals_xl.reading.sources.sheet_cells import Formats, SheetCells, parted_by_looks

# Formats with these numbers are those of the country that the file comes from: it states them.
_STATED = frozenset((*range(5, 9), *range(37, 45)))


def encrypted(path: Path) -> InputError:
    """The refusal of a workbook with a password."""
    return InputError("工作簿设有打开密码", hint="请在 Excel 中取消密码后另存再试。", file=path)


def read_xls(path: Path, data: bytes) -> list[SheetCells]:
    """The worksheets of an .xls. Raises ``InputError`` for a damaged or too large one."""
    book = _opened(path, data)
    formats = _formats(book)
    budget = Budget(path)
    found = []
    for number, name in enumerate(book.sheet_names()):
        try:
            sheet = book.sheet_by_index(number)
        except Exception as error:  # see below
            raise damaged(path) from error
        cells = SheetCells(name, budget, hidden=sheet.visibility != 0)
        found.append(_read(book, path, sheet, cells, formats))
        book.unload_sheet(number)
    return found


def _opened(path: Path, data: bytes) -> Any:
    # Only an old workbook needs it.
    import xlrd  # type: ignore[import-untyped,unused-ignore]

    fault: Exception | None = None
    # The library reports damage in as many ways as there are records. Without the formats, and
    # where the list of sectors is wrong, it may still read a file that Excel would open.
    for options in ({"formatting_info": True}, {"ignore_workbook_corruption": True}):
        try:
            # Its warnings are about the file's history, not about its values.
            return xlrd.open_workbook(
                file_contents=data,
                logfile=io.StringIO(),
                on_demand=True,
                ragged_rows=True,
                **options,
            )
        except Exception as error:
            if "encrypted" in str(error).lower():
                raise encrypted(path) from error
            fault = fault or error
    raise damaged(path) from fault


def _formats(book: Any) -> Formats:
    codes = []
    for style in book.xf_list:
        key = style.format_key
        stated = book.format_map.get(key)
        own = str(stated.format_str) if stated is not None else ""
        codes.append(own if key in _STATED or key not in BUILT_IN else BUILT_IN[key])
    struck = frozenset(n for n, s in enumerate(book.xf_list) if _is_struck(book, s.font_index))
    return Formats(codes, from_1904=book.datemode == 1, struck=struck)


def _is_struck(book: Any, font: int) -> bool:
    return font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _read(book: Any, path: Path, sheet: Any, cells: SheetCells, formats: Formats) -> SheetCells:
    import xlrd

    styled = bool(sheet.formatting_info)
    for number, column_info in sheet.colinfo_map.items():
        if column_info.hidden:
            cells.hide_columns(number, number)
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        if not len(kinds):
            continue
        values = sheet.row_values(row)
        filled = 0
        for column, kind in enumerate(kinds):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            value: object = values[column]
            style = sheet.cell_xf_index(row, column) if styled else 0
            if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                with suppress(ValueError):  # of a style that there is not
                    value = formats.value(values[column], style)
                if style < len(formats.codes) and formats.codes[style]:
                    cells.formats[row, column] = formats.codes[style]
            elif kind == xlrd.XL_CELL_ERROR:
                error = xlrd.error_text_from_code.get(value, "#N/A")
                cells.leave_out(row, column, "error", error)
                value = error
            elif kind == xlrd.XL_CELL_BOOLEAN:
                value = bool(value)
            else:
                text = str(value)
                if len(text) > LONGEST_TEXT:
                    raise too_long_text(path, len(text), cells.name, a1(row, column))
                runs = sheet.rich_text_runlist_map.get((row, column)) if styled else None
                struck = style in formats.struck
                crossed = [(begin, _is_struck(book, font)) for begin, font in runs or ()]
                text, gone = parted_by_looks(text, crossed, struck=struck)
                cells.leave_out(row, column, "struck", gone)
                value = formats.text(text, style)
            if style in formats.struck and not isinstance(value, str):
                cells.strike(row, column, value)
                continue
            if value != "":
                cells.put(row, column, value)
                filled += 1
        if filled:
            if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
                cells.hidden_rows.add(row)
            cells.budget.cells(filled, cells.name, row)
    for top, bottom, left, right in sheet.merged_cells:
        cells.merge(Area(top, left, bottom - 1, right - 1))
    return cells
