"""The fields of a text: parted by tabs or commas, quoted where a field holds one or a line break.

How a text is parted is found out for each file. What opens with a quotation mark and is closed
before the next field is a quoted field, as Excel writes its "Unicode text" and CSV; any other
quotation mark is a mark that somebody typed, and nothing is ever lost to one that is not closed.
"""

from __future__ import annotations

import re
from collections import Counter

from perfgoals_xl.reading.sources.budgets import LONGEST_TEXT

Rows = list[list[str | None]]

# Excel takes the first line for an instruction, and counts the lines below it.
_STATED = re.compile(r"sep=([,;\t|])\r?\n", re.I)
# Lines looked at to find out how a text is parted.
_LOOKED_AT = 2_000
# Signs of a quoted field; a longer one is none, and what does not close costs no more than this.
_LONGEST_QUOTED = 2 * LONGEST_TEXT


def text_rows(text: str, *, commas: bool = False) -> Rows:
    """The rows of a text, each with its fields; None for an empty one.

    ``commas`` says that the file is called so (.csv). Only a line feed ends a line: a page feed or
    a separator of Unicode is part of its field, as in the program that wrote it.
    """
    stated = _STATED.match(text)
    if stated is not None:
        return _parted(text[stated.end() :], stated[1])
    return _parted(text, separator_of(text, commas=commas))


def separator_of(text: str, *, commas: bool = False) -> str:
    """What parts the fields of a text; a tab where nothing does."""
    end = 0
    for _ in range(_LOOKED_AT):
        found = text.find("\n", end)
        if found < 0:
            end = len(text)
            break
        end = found + 1
    sample = text[:end]
    tabs = sum("\t" in line for line in sample.split("\n"))
    if not commas and tabs and tabs >= sample.count(",") / 10:
        return "\t"
    found_at = {sign: _regular(_parted(sample, sign)) for sign in ((",", ";") if commas else ",")}
    best = max(found_at, key=lambda sign: found_at[sign])
    if commas:
        return best if found_at[best] >= max(1, tabs) else "\t"
    return best if found_at[best] > max(1, tabs) else "\t"


def _regular(rows: Rows) -> int:
    """How many rows speak for the sign they were parted by: those with as many fields as most.

    Prose has a comma now and then; a table has as many in every row.
    """
    counts = Counter(len(row) for row in rows if any(row))
    parted = sum(number for fields, number in counts.items() if fields > 1)
    common, number = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return parted if common > 1 and number * 2 > counts.total() else 0


def _parted(text: str, sign: str) -> Rows:
    if '"' not in text:
        return [
            [field or None for field in line.removesuffix("\r").split(sign)]
            for line in text.split("\n")
        ]
    rows: Rows = [[]]
    at, length = 0, len(text)
    line_end = -1
    while True:
        if line_end < at:
            line_end = text.find("\n", at)
            line_end = length if line_end < 0 else line_end
        end = _end_of_quoted(text, at, sign) if text.startswith('"', at) else -1
        if end > 0:
            field = text[at + 1 : end - 1].replace('""', '"').replace("\r\n", "\n")
        else:
            end = text.find(sign, at, line_end)
            end = line_end if end < 0 else end
            field = text[at:end]
            if end == line_end:
                field = field.removesuffix("\r")
        rows[-1].append(field or None)
        if text.startswith(sign, end):
            at = end + 1
            continue
        end = text.find("\n", end)
        if end < 0:
            return rows
        rows.append([])
        at = end + 1


def _end_of_quoted(text: str, at: int, sign: str) -> int:
    """Where the quoted field ends that begins at ``at``; -1 where it is none.

    The mark that closes it stands before the next field or the end of the line. A tab inside the
    quotes of a tab-separated text is hardly ever meant, and mostly parts the next field.
    """
    last = at + _LONGEST_QUOTED
    if sign == "\t":
        tab = text.find(sign, at, last)
        last = last if tab < 0 else tab
    end = at + 1
    while True:
        end = text.find('"', end, last) + 1
        if not end:
            return -1
        if not text.startswith('"', end):
            break
        end += 1
    closed = end == len(text) or text.startswith((sign, "\n", "\r\n"), end)
    return end if closed or text[end : end + 2] == "\r" else -1
