"""A text as one grid: the row is the line (or the record), the column the field."""

from __future__ import annotations

from pathlib import Path

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.pages.decoding import decoded
from perfgoals_xl.reading.sources.pages.pipe_tables import has_pipe_tables, pipe_rows
from perfgoals_xl.reading.sources.pages.text_fields import text_rows


def read_text(path: Path, data: bytes) -> list[Grid]:
    """The one grid of a text file, named after the file.

    The fields are parted by tabs or commas, by what the text itself shows; a Markdown table by its
    upright lines. Raises ``InputError`` when there is nothing in it or more than any declaration,
    and when the bytes are no text in UTF-8, UTF-16 or GB18030.
    """
    if len(data) > budgets.MOST_TEXT_BYTES:
        raise budgets.too_large(path, f"文本超过 {budgets.MOST_TEXT_BYTES >> 20} MB")
    text = decoded(path, data)
    if not text.strip():
        raise InputError("文件是空的", hint="请检查是否保存或传输完整，换一份再试。", file=path)
    suffix = path.suffix.lower()
    _refuse_large(path, text)
    lines = text.split("\n")
    if (suffix in (".md", ".markdown") or "\t" not in text) and has_pipe_tables(lines):
        rows, told = pipe_rows(lines)
        return [Grid(path.stem, rows, is_text=True, told=told)]
    return [Grid(path.stem, text_rows(text, commas=suffix == ".csv"), is_text=True)]


def _refuse_large(path: Path, text: str) -> None:
    """Raises ``InputError`` before the fields of what is no declaration fill the memory."""
    lines = text.count("\n") + 1
    fields = sum(map(text.count, "\t,|"))
    if lines > budgets.MOST_ROWS or fields > budgets.MOST_CELLS:
        raise budgets.too_large(path, f"文本有 {lines} 行、{lines + fields} 个字段")
