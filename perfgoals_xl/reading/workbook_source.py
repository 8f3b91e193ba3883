"""Excel workbooks as grids, one per sheet, through calamine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import python_calamine as calamine

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Area, Grid, a1, row_column
from perfgoals_xl.reading.shown_numbers import WorkbookParts, damaged, part_names, shown

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name, in UTF-16, of the stream that holds an encrypted .xlsx.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".et")


def is_workbook(path: Path, data: bytes) -> bool:
    """Whether a file is a workbook by its first bytes, or claims to be one by its name."""
    return data.startswith((_ZIP, _COMPOUND)) or path.suffix.lower() in SUFFIXES


def read_workbook(path: Path, data: bytes) -> list[Grid]:
    """One grid per worksheet, in the order of the tabs.

    Raises ``InputError`` for an encrypted, damaged or truncated file and for a file that is no
    workbook in spite of its name.
    """
    _refuse_unusable(path, data)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        metadata = [m for m in book.sheets_metadata if m.typ is calamine.SheetTypeEnum.WorkSheet]
        parts = WorkbookParts(path, data) if data.startswith(_ZIP) else None
        # The same labels stand on every sheet: one object for each text is less to keep and faster
        # to compare. A cell without text says nothing.
        texts: dict[str, str | None] = {"": None}
        return [
            _read_sheet(book, meta.name, position, parts, texts)
            for position, meta in enumerate(metadata)
        ]
    except calamine.PasswordError as error:
        raise _encrypted(path) from error
    # The Rust side reports damage in many ways, a panic among them.
    except (calamine.CalamineError, OSError, ValueError, KeyError) as error:
        raise damaged(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(path) from error


def _refuse_unusable(path: Path, data: bytes) -> None:
    if not data:
        raise InputError("文件是空的", hint="请检查是否保存或传输完整，换一份再试。", file=path)
    if data.startswith(_COMPOUND) and _ENCRYPTED in data:
        raise _encrypted(path)
    if not data.startswith((_ZIP, _COMPOUND)):
        raise InputError(
            "文件不是 Excel 工作簿（只是扩展名像）",
            hint="请用 Excel 打开原文件，另存为 .xlsx 再试。",
            file=path,
        )
    if data.startswith(_ZIP):
        names = part_names(path, data)
        if not any(name.startswith("xl/workbook.") or name == "content.xml" for name in names):
            raise InputError(
                "文件不是 Excel 工作簿",
                hint="请用 Excel 打开原文件，另存为 .xlsx 再试。",
                file=path,
            )


def _encrypted(path: Path) -> InputError:
    return InputError("工作簿设有打开密码", hint="请在 Excel 中取消密码后另存再试。", file=path)


def _read_sheet(
    book: calamine.CalamineWorkbook,
    name: str,
    position: int,
    parts: WorkbookParts | None,
    texts: dict[str, str | None],
) -> Grid:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[object]] = [
        [texts.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = [
        Area(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if parts is not None:
        _fill_unreadable(rows, parts.unreadable(name))

    def shown_as(row: int, column: int, value: object) -> str:
        formatted = parts is not None and isinstance(value, float | dt.date)
        code = parts.number_format(name, a1(row, column)) if parts and formatted else ""
        return shown(value, code)

    return Grid(name, rows, merges, position, shown=shown_as)


def _fill_unreadable(rows: list[list[object]], found: dict[str, str]) -> None:
    """Put the text of an error or uncalculated formula where the fast reader left a blank."""
    for address, text in found.items():
        row, column = row_column(address)
        if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
            rows[row][column] = text
