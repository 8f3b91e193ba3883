"""How high a row must be for its texts, estimated so that nothing is cut on paper.

Excel fits a row to its text only where no cell is merged, and on paper it never does. The estimate
counts a Chinese character as the width of its font size and any other as half of it, and is a
little generous, because the font at hand may be wider than the one asked for.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

MAX_HEIGHT = 405.0
"""The highest a row is made, in points; Excel's own limit is 409.5."""

# Pixels: of a unit of column width, which is a digit of the standard font, and of an indent.
_UNIT = 8
_INDENT = 9
_LINE = 1.42
_MARGIN = 6.0


def height_of(text: str | None, width: float, size: float = 11) -> float:
    """The height in points of ``text`` in font size ``size``, wrapped to ``width`` units."""
    return lines_of(text, width, size) * size * _LINE + _MARGIN


def lines_of(text: str | None, width: float, size: float = 11) -> int:
    """How many lines ``text`` takes; at least one."""
    if not text:
        return 1
    em, room = _measures(width, size)
    return sum(max(1, math.ceil(_ems(line) * em / room)) for line in text.splitlines() or [""])


def room_for(width: float, size: float = 11) -> int:
    """How many characters stand in one line of ``width`` units, whatever characters they are."""
    em, room = _measures(width, size)
    return int(room / em)


def _measures(width: float, size: float) -> tuple[float, float]:
    """The width of a Chinese character and that of a line, in pixels."""
    em = size * 4 / 3
    # A line can end early, because a word or a closing mark does not fit: half an em is kept back.
    return em, max(width * _UNIT - _INDENT - em / 2, em)


@lru_cache(maxsize=65536)
def _ems(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in line)
