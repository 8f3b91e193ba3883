"""Excel workbooks as grids, one per sheet, whatever the format.

No format is read through a table of all cells up to the last one: a stray value far out costs
nothing but its own cell, and what is too much is refused
(:mod:`perfgoals_xl.reading.sources.budgets`).
"""

from __future__ import annotations

import re
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources.archive import Package, flat_package
from perfgoals_xl.reading.sources.ods_parts import CONTENT, read_ods
from perfgoals_xl.reading.sources.sheet_cells import SheetCells
from perfgoals_xl.reading.sources.xls_parts import encrypted, read_xls
from perfgoals_xl.reading.sources.xlsb_parts import read_xlsb
from perfgoals_xl.reading.sources.xlsx_cells import read_xlsx

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name, in UTF-16, of the stream that holds an encrypted .xlsx.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# An OpenDocument that is one XML file: its root, and the namespace that it states.
_FLAT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:\w+:)?document[\s>]")
_OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_LOOKED_AT = 20_000
SUFFIXES = (
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots", ".fods", ".et",
    ".ett",
)  # fmt: skip


def is_workbook(path: Path, data: bytes) -> bool:
    """Whether a file is a workbook by its first bytes, or claims to be one by its name."""
    return data.startswith((_ZIP, _COMPOUND)) or is_flat(data) or path.suffix.lower() in SUFFIXES


def is_flat(data: bytes) -> bool:
    """Whether a file is an OpenDocument in one XML file (.fods)."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    return _OPEN_DOCUMENT in head and _FLAT.match(head) is not None


def read_workbook(path: Path, data: bytes) -> list[Grid]:
    """One grid per worksheet, in the order of the tabs.

    Raises ``InputError`` for an encrypted, damaged or truncated file, for one that holds more than
    any declaration, and for a file that is no workbook in spite of its name.
    """
    if not data:
        raise InputError("文件是空的", hint="请检查是否保存或传输完整，换一份再试。", file=path)
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise encrypted(path)
        sheets = read_xls(path, data)
    elif data.startswith(_ZIP):
        sheets = _read_package(Package(path, data))
    elif is_flat(data):
        sheets = read_ods(flat_package(path, CONTENT, data))
    else:
        raise _no_workbook(path, "（只是扩展名像）")
    return [sheet.grid(position) for position, sheet in enumerate(sheets)]


def _read_package(package: Package) -> list[SheetCells]:
    main = _main_part(package)
    if main is None:
        if CONTENT in package:
            return read_ods(package)
        raise _no_workbook(package.path)
    return read_xlsb(package, main) if main.lower().endswith(".bin") else read_xlsx(package, main)


def _main_part(package: Package) -> str | None:
    """The workbook's part, as the package says or, where it does not say, by its usual name."""
    stated = (r.target for r in package.relations("").values() if r.kind == "officeDocument")
    found = next((target for target in stated if target in package), None)
    return found or package.find("xl/workbook.xml", "xl/workbook.bin")


def _no_workbook(path: Path, why: str = "") -> InputError:
    return InputError(
        f"文件不是 Excel 工作簿{why}", hint="请用 Excel 打开原文件，另存为 .xlsx 再试。", file=path
    )
