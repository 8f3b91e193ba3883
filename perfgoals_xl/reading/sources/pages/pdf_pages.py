"""The tables and texts on the pages of a PDF, found in a process of its own.

A PDF is a program for a printer: a small one can keep a reader busy for days, and the library that
reads it holds what it likes in memory. So this module runs as a program beside ours, which has a
limit of time and memory and may end in whatever way it likes (:mod:`.pdf_document` starts it). It
writes one JSON file: the parts of the pages in the order of reading, in points of the page.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from perfgoals_xl.reading.sources.pages.pdf_lines import join_wrapped

MOST_PAGES = 500
# Of one page; a form has some thousand, the densest list some ten thousand.
_MOST_SIGNS = 60_000
# Bytes of what draws a page; a full one takes some hundred thousand.
_MOST_DRAWN = 4_000_000
# Seconds of the processor, and bytes.
_SECONDS, _MEMORY = 12, 1_000_000_000
# Points: rules that are drawn twice, or not quite meet.
_TOLERANCE = 3.0
# Sign widths: a gap that parts words, and one that parts fields of a line.
_WORD, _FIELD = 0.6, 1.3
# Between the text of a cell and the rule at its right.
_MARGIN = 8.0
# Sign heights: how far a sign reaches over a rule, and a text stands off its cell's middle.
_OVER, _OFF = 0.12, 0.3
_UNIT = re.compile(r"(?:[A-Za-z0-9.,%]+|.)[，。；：、！？）》”％]*", re.S)
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d+\s*页(?:[，,\s/]*共\s*\d+\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
# How the library writes a sign whose font does not say which it is.
_UNKNOWN = re.compile(r"\(cid:\d+\)")

Box = tuple[float, float, float, float]


def main() -> None:
    """Reads the PDF that is the first argument, and writes what it finds to the second."""
    _limit()
    source, target = map(Path, sys.argv[1:3])
    try:
        found = read(source)
    except MemoryError:
        found = {"fault": "large"}
    target.write_text(json.dumps(found), encoding="utf-8")


def read(source: Path) -> dict[str, Any]:
    """The parts of all pages under ``parts``; else a word for what is wrong under ``fault``."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(source) as document:
            return _parts_of(document)
    except (MemoryError, RecursionError):
        return {"fault": "large"}
    except Exception as error:  # the library reports damage in as many ways as there are objects
        causes = (error, *error.args, error.__cause__, error.__context__)
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        return {"fault": "password" if locked else "damaged"}


def _parts_of(document: Any) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    signs = unknown = pictures = 0
    for number, page in enumerate(document.pages):
        if number >= MOST_PAGES or _is_long(page) or len(page.chars) > _MOST_SIGNS:
            return {"fault": "large"}
        signs += len(page.chars)
        unknown += sum(_UNKNOWN.fullmatch(char["text"]) is not None for char in page.chars)
        pictures += len(page.images)
        parts += _page(page, number)
        page.close()
    if not signs:
        return {"fault": "scan" if pictures else "blank"}
    return {"fault": "signs"} if unknown * 3 > signs else {"parts": parts}


def _is_long(page: Any) -> bool:
    """Whether what draws a page is longer than any form's: known before it is drawn."""
    return sum(len(drawn.get_data()) for drawn in page.page_obj.contents) > _MOST_DRAWN


def _page(page: Any, number: int) -> list[dict[str, Any]]:
    chars = [char for char in page.chars if char["text"].strip()]
    found: list[tuple[float, dict[str, Any]]] = []
    for table in page.find_tables():
        if len(table.cells) < 2:
            continue
        inside = [char for char in chars if _is_in(char, table.bbox)]
        chars = [char for char in chars if not _is_in(char, table.bbox)]
        outgrown = _outgrown(inside, table.cells)
        moved = {id(char) for chars_ in outgrown.values() for char in chars_}
        cells = []
        for cell in table.cells:
            own = [c for c in inside if id(c) not in moved and _is_in(c, cell)]
            cells.append((*map(float, cell), *_cell_text([*own, *outgrown.get(cell, ())], cell)))
        found.append((table.bbox[1], {"page": number, "cells": cells}))
    for line in _lines(chars):
        text = "\t".join(_fields(line))
        if not _PAGE_NUMBER.fullmatch(text.strip()):
            found.append((line[0]["top"], {"page": number, "text": text}))
    return [part for _, part in sorted(found, key=lambda one: one[0])]


def _is_in(char: Any, box: Sequence[float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _outgrown(chars: Sequence[Any], cells: Sequence[Box]) -> dict[Box, list[Any]]:
    """The signs of cells whose text is higher than they are, by cell.

    Such a text is set about the middle of its cell and crosses the rules above and below it; by
    where its lines stand alone, they would be parted among the cells beside it.
    """
    crossing = [(c, box) for c in chars for box in cells if _is_in(c, box) and _crosses(c, box)]
    found: dict[Box, list[Any]] = {}
    for box in cells if crossing else ():
        if not any(_touches(char, box) for char, _ in crossing):
            continue
        touching = [char for char in chars if _touches(char, box)]
        lines = _lines(touching)
        if len(lines) < 2 or not all(_crosses(line[0], box) for line in (lines[0], lines[-1])):
            continue
        size = _size(touching)
        gaps = [b[0]["top"] - a[0]["bottom"] for a, b in pairwise(lines)]
        middle = (lines[0][0]["top"] + lines[-1][0]["bottom"]) / 2
        is_set = all(-_OVER * size <= gap <= size for gap in gaps)
        if is_set and abs(middle - (box[1] + box[3]) / 2) <= _OFF * size:
            found[box] = touching
    return found


def _crosses(char: Any, box: Sequence[float]) -> bool:
    """Whether a sign stands over the rule above or below a cell."""
    over = _OVER * char["size"]
    return bool(char["top"] < box[1] - over or char["bottom"] > box[3] + over)


def _touches(char: Any, box: Sequence[float]) -> bool:
    """Whether a part of a sign stands inside a cell."""
    x, over = (char["x0"] + char["x1"]) / 2, _OVER * char["size"]
    inside = min(char["bottom"], box[3]) - max(char["top"], box[1])
    return bool(box[0] <= x <= box[2] and inside > over)


def _cell_text(chars: Iterable[Any], box: Sequence[float]) -> tuple[str, bool]:
    """What a cell says, and whether its last line fills it: then it may go on over the page."""
    lines = _lines(list(chars))
    texts = []
    for number, line in enumerate(lines):
        # A line that leaves room for what begins the next one was ended by whoever typed it.
        below = lines[number + 1] if number + 1 < len(lines) else line[:1]
        room = box[2] - max(char["x1"] for char in line)
        texts.append((" ".join(_words(line, _WORD * _size(line))), room < _begin(below) + _MARGIN))
    return join_wrapped(texts), bool(texts) and texts[-1][1]


def _begin(line: Sequence[Any]) -> float:
    """How wide the beginning of a line is that cannot be parted: a number, a sign with a comma."""
    found = _UNIT.match("".join(char["text"] for char in line))
    end = max(1, found.end() if found else 1)
    return float(max(char["x1"] for char in line[:end]) - line[0]["x0"])


def _lines(chars: list[Any]) -> list[list[Any]]:
    """The signs by lines, each from left to right."""
    lines: list[list[Any]] = []
    for char in sorted(chars, key=lambda one: (one["bottom"], one["x0"])):
        # Smaller signs and signs of another font stand on the same line, a little off.
        if lines and char["bottom"] - lines[-1][0]["bottom"] < 0.4 * _size([char]):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda one: one["x0"]) for line in lines]


def _size(line: Sequence[Any]) -> float:
    return max(1.0, max(float(char["size"]) for char in line))


def _fields(line: Sequence[Any]) -> list[str]:
    size = _size(line)
    fields: list[list[Any]] = [[line[0]]]
    for before, char in pairwise(line):
        if char["x0"] - before["x1"] > _FIELD * size:
            fields.append([])
        fields[-1].append(char)
    return [" ".join(_words(field, _WORD * size)) for field in fields]


def _words(line: Sequence[Any], gap: float) -> list[str]:
    words = [line[0]["text"]]
    for before, char in pairwise(line):
        if char["x0"] - before["x1"] > gap:
            words.append(char["text"])
        # A sign that is printed twice, to look bold.
        elif char["text"] != before["text"] or char["x0"] - before["x0"] > 0.3 * char["size"]:
            words[-1] += char["text"]
    return words


def _limit() -> None:
    """Ends this process where it takes too long or too much. Windows has no such limits."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
