"""Tab-separated text as one grid: the row is the line, the column the field."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources import budgets

# A byte order mark decides; without one UTF-8 is tried first because GB18030 reads almost anything.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_text(path: Path, data: bytes) -> list[Grid]:
    """The one grid of a text file, named after the file.

    Raises ``InputError`` when there is nothing in it or more than any declaration, and when the
    bytes are no text in UTF-8, UTF-16 (with a byte order mark) or GB18030.
    """
    text = _decode(path, data)
    if not text.strip():
        raise InputError("文件是空的", hint="请检查是否保存或传输完整，换一份再试。", file=path)
    _refuse_large(path, data, text)
    lines = text.split("\n")
    rows = [[field or None for field in line.rstrip("\r").split("\t")] for line in lines]
    return [Grid(path.stem, rows, is_text=True)]


def _refuse_large(path: Path, data: bytes, text: str) -> None:
    """Raises ``InputError`` before the fields of what is no declaration fill the memory."""
    lines, fields = text.count("\n") + 1, text.count("\t")
    if len(data) > budgets.MOST_TEXT_BYTES:
        raise budgets.too_large(path, f"文本超过 {budgets.MOST_TEXT_BYTES >> 20} MB")
    if lines > budgets.MOST_ROWS or fields > budgets.MOST_CELLS:
        raise budgets.too_large(path, f"文本有 {lines} 行、{lines + fields} 个字段")


def _decode(path: Path, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(path, data, encoding)
    if b"\0" in data:
        raise _no_text(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(path, data, "gb18030")


def _decode_as(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(path) from error


def _no_text(path: Path) -> InputError:
    return InputError(
        "文件不是工作簿，也不是可识别编码的文本",
        hint="请用 Excel 打开后另存为 .xlsx，或另存为 UTF-8 文本再试。",
        file=path,
    )
