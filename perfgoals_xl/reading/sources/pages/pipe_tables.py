"""Tables of Markdown: fields between upright lines, without the line of dashes below the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from perfgoals_xl.reading.grid import Told

Rows = list[list[str | None]]

_LONGEST_DASHES = 2_000
_DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BETWEEN = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+|\s{0,3}>\s?")
# Marks of looks around words. One alone is a sign that somebody typed: 5*8, 项目_1.
_MARKED = re.compile(r"(\*\*|__|`)(?=\S)([^*_`]+)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~")


def has_pipe_tables(lines: Sequence[str]) -> bool:
    """Whether a text is Markdown with a table: a line of dashes below one with upright lines."""
    return any("|" in line and "|" in above and _is_dashes(line) for above, line in pairwise(lines))


def pipe_rows(lines: Sequence[str]) -> tuple[Rows, list[Told]]:
    """The rows of a Markdown text, each a line, and what is struck out in them.

    A line without upright lines is a row of one field, without the marks of a heading.
    """
    rows: Rows = []
    told: list[Told] = []
    # In a table whose head has no line at its left, one at the left of a row parts a blank field.
    inside = framed = False
    for number, line in enumerate(lines):
        line = line.removesuffix("\r")
        if "|" not in line:
            inside = False
            fields = [_HEADING.sub("", line, count=1)]
        elif _is_dashes(line):
            inside = True
            fields = []
        elif inside or _begins(lines, number):
            framed = line.lstrip().startswith("|") if not inside else framed
            fields = _fields(line, framed=framed)
        else:
            fields = [line]
        row: list[str | None] = []
        for column, field in enumerate(fields):
            text, struck = _said(field)
            row.append(text or None)
            if struck:
                told.append(Told(number, column, "struck", struck))
        rows.append(row)
    return rows, told


def _is_dashes(line: str) -> bool:
    if len(line) > _LONGEST_DASHES or "-" not in line or "|" not in line:
        return False
    return _DASHES.fullmatch(line.strip()) is not None


def _begins(lines: Sequence[str], number: int) -> bool:
    """Whether a line is the head of a table, or a table of its own without a head."""
    line = lines[number].strip()
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return _is_dashes(below) or (len(line) > 2 and line[0] == line[-1] == "|")


def _fields(line: str, *, framed: bool) -> list[str]:
    inner = line.strip()
    if framed:
        inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [field.strip().replace("\\|", "|") for field in _BETWEEN.split(inner)]


def _said(text: str) -> tuple[str, str]:
    """A field without the marks of its looks, and what is struck out in it."""
    struck = "".join(_STRUCK.findall(text)) if "~~" in text else ""
    text = _STRUCK.sub("", text) if struck else text
    text = _MARKED.sub(r"\2", text)
    text = _BREAK.sub("\n", text).replace("&nbsp;", " ")
    return text.strip() if struck else text, struck
