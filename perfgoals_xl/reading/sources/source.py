"""From a path to grids: finds out what a file is and refuses what nobody can read."""

from __future__ import annotations

import hashlib
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources.budgets import (
    LONGEST_TEXT,
    MOST_FILE_BYTES,
    too_large,
    too_long_text,
)
from perfgoals_xl.reading.sources.pages.html_page import is_page, read_page
from perfgoals_xl.reading.sources.pages.pdf_document import is_pdf, read_pdf
from perfgoals_xl.reading.sources.text_file import read_text
from perfgoals_xl.reading.sources.word import is_document, read_document
from perfgoals_xl.reading.sources.workbook import is_workbook, read_workbook
from perfgoals_xl.storage.place_faults import words_of
from perfgoals_xl.storage.saved_time import Saved, saved_time

# Formats that a person may well hand over and that would read as garbage.
_OTHER_FORMATS = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
}
_TEXT_FORMATS: tuple[tuple[bytes, bytes, str], ...] = (
    (b"<?mso-application", b'"Excel.Sheet"', "“XML 电子表格 2003”格式的工作簿"),
    (b"<Workbook", b"com:office:spreadsheet", "“XML 电子表格 2003”格式的工作簿"),
    (b"MIME-Version", b"multipart/related", "单个文件网页（.mht）"),
)
_LOOKED_AT = 4_000


@dataclass(frozen=True)
class Source:
    """A file that was read: its path, the SHA-256 of its bytes, its grids, and when it was saved.

    A workbook that is open has no hash and no time.
    """

    path: Path
    sha256: str
    grids: list[Grid]
    saved: Saved | None = None


def read_source(path: str | Path) -> Source:
    """Read a workbook, a document, a web page, a PDF or a text. The file is only ever read.

    Raises ``InputError`` when it is missing, a directory, empty, encrypted, damaged or of a kind
    that is not understood.
    """
    path = Path(path)
    _refuse_large(path)
    data = _read_bytes(path)
    if not data.strip():
        raise InputError("文件是空的", hint="请检查是否保存或传输完整，换一份再试。", file=path)
    for magic, kind in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise InputError(
                f"这是{kind}，不是申报表",
                hint="请提供 .xlsx 工作簿、.docx 文档、PDF、网页或文本。",
                file=path,
            )
    _refuse_by_name_of_format(path, data[:_LOOKED_AT])
    if is_pdf(data):
        read = read_pdf
    elif is_page(path, data):
        read = read_page
    elif is_document(path, data):
        read = read_document
    else:
        read = read_workbook if is_workbook(path, data) else read_text
    grids = read(path, data)
    _refuse_long_texts(path, grids)
    return Source(path, hashlib.sha256(data).hexdigest(), grids, saved_time(path, data))


def _refuse_by_name_of_format(path: Path, head: bytes) -> None:
    """What Excel writes in one file of text and what would read as a page of tags."""
    kind = next((kind for one, two, kind in _TEXT_FORMATS if one in head and two in head), None)
    if kind is not None:
        raise InputError(
            f"这是{kind}", hint="请用 Excel 或 WPS 打开，另存为 .xlsx 再试。", file=path
        )


def _refuse_long_texts(path: Path, grids: list[Grid]) -> None:
    """A workbook cannot hold them; what reads workbooks has looked at its texts itself."""
    for grid in grids:
        for row, values in enumerate(grid.rows if grid.is_text else ()):
            for column, value in enumerate(values):
                if isinstance(value, str) and len(value) > LONGEST_TEXT:
                    raise too_long_text(path, len(value), *grid.place(row, column))


def _refuse_large(path: Path) -> None:
    with suppress(OSError):  # told by whoever opens it
        if path.stat().st_size > MOST_FILE_BYTES:
            raise too_large(path, f"文件超过 {MOST_FILE_BYTES >> 20} MB")


def _read_bytes(path: Path) -> bytes:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise InputError("这是一个文件夹，不是文件", hint="请指定其中的工作簿。", file=path)
        if not stat.S_ISREG(kind):
            # A pipe or a device may never end, and reading a socket fails.
            raise InputError(
                "这不是普通文件，而是管道、设备或套接字",
                hint="请先另存为文件，再指定那个文件。",
                file=path,
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("找不到文件", hint="请检查路径和文件名。", file=path) from error
    except OSError as error:
        raise InputError(
            f"无法打开文件（{words_of(error)}）",
            hint="请检查权限，或先关闭占用它的程序。",
            file=path,
        ) from error
