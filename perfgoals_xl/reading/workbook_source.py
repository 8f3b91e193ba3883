"""Excel workbooks as grids, one per sheet, through calamine."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import python_calamine as calamine

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Area, Grid, a1, row_column
from perfgoals_xl.reading.old_workbook import OldWorkbook
from perfgoals_xl.reading.open_document import OpenDocument
from perfgoals_xl.reading.shown_numbers import WorkbookParts, damaged, part_names, shown

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name, in UTF-16, of the stream that holds an encrypted .xlsx.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# More than any form could use, and still read in seconds.
_MOST_CELLS = 20_000_000
_Parts = WorkbookParts | OldWorkbook | OpenDocument
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
        # From the bytes that were hashed, whatever its name: calamine opens none that is no UTF-8.
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = [m for m in book.sheets_metadata if m.typ is calamine.SheetTypeEnum.WorkSheet]
        parts = _parts(path, data)
        # The same labels stand on every sheet: one object for each text is less to keep and faster
        # to compare. A cell without text says nothing.
        texts: dict[str, str | None] = {"": None}
        return [
            _read_sheet(path, book, meta, position, parts, texts)
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


def _parts(path: Path, data: bytes) -> _Parts:
    if not data.startswith(_ZIP):
        return OldWorkbook(data)
    is_open = "content.xml" in part_names(path, data)
    return OpenDocument(data) if is_open else WorkbookParts(path, data)


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
    path: Path,
    book: calamine.CalamineWorkbook,
    meta: calamine.SheetMetadata,
    position: int,
    parts: _Parts,
    texts: dict[str, str | None],
) -> Grid:
    name = meta.name
    if isinstance(parts, WorkbookParts):
        _refuse_vast(path, name, parts)
    sheet = book.get_sheet_by_name(name)
    rows: list[list[object]] = [
        [texts.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = [
        Area(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if isinstance(parts, OpenDocument):
        merges = parts.merges(name)
    _fill_unreadable(rows, parts.unreadable(name))
    # A blank typed by mistake at the end of the sheet would make every step below a long one.
    while rows and all(map(is_blank, rows[-1])):
        rows.pop()

    def shown_as(row: int, column: int, value: object) -> str:
        formatted = isinstance(value, float | dt.date)
        code = parts.number_format(name, a1(row, column)) if formatted else ""
        return shown(value, code)

    hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
    return Grid(name, rows, merges, position, hidden=hidden, shown=shown_as)


def _refuse_vast(path: Path, name: str, parts: WorkbookParts) -> None:
    """Refuse a sheet with a value so far out that reading all between would need all memory."""
    last = parts.far_corner(name)
    if last is None:
        return
    row, column = last
    if (row + 1) * (column + 1) > _MOST_CELLS:
        raise InputError(
            f"表里的内容一直到 {a1(row, column)}，范围太大，无法读取",
            hint="请删除表格以外多余的行和列（内容、空格也算），保存后再试。",
            file=path,
            sheet=name,
        )


def _fill_unreadable(rows: list[list[object]], found: dict[str, str]) -> None:
    """Put the text of an error or uncalculated formula where the fast reader left a blank."""
    for address, text in found.items():
        row, column = row_column(address)
        if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
            rows[row][column] = text
