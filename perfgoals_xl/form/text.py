"""How a text of the form is compared: without markup, spaces, line breaks or character width.

Only comparisons use these; the tables keep every text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_IN_CELL = 32_767
"""The most characters that a cell of Excel holds, counted in units of UTF-16."""
UNCALCULATED = "（公式未计算）"
"""What a cell says whose formula has no value yet: no program has worked it out and saved it."""
# Only tags that word processors and web forms leave behind; "<5%" and "<100万元" are target values.
_TAG = re.compile(r"</?(?:p|b|i|u|br|div|span|font|strong|em|td|tr|th|table)(?:\s[^<>]*)?/?>", re.I)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_BREAKS = ("\t", "\r", "\n")
_PLAIN_NUMBER = re.compile(r"[+-][0-9][0-9,]*(?:\.[0-9]+)?%?")
# Fillers and the blank of Braille show nothing either, though Unicode counts them among letters.
_UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"
# Of all blanks none stands behind U+3000 but these two, which show nothing.
_OUTER = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\ufeff"


def strip_markup(text: str) -> str:
    """``text`` without left-over HTML tags."""
    return _TAG.sub("", text) if "<" in text else text


def clean(text: str) -> str:
    """``text`` without left-over tags and without blanks around it."""
    return strip_markup(text).strip(_OUTER)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What two spellings of one text share: no tags, no blanks, half-width signs."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", strip_markup(text)))


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: empty, or only blanks and tags. A zero is not blank."""
    if value is None:
        return True
    # A letter or a digit settles it, and most texts begin with one.
    return isinstance(value, str) and not value[:1].isalnum() and not fold(value)


def spreadsheet_safe(text: str) -> str:
    """``text`` for a CSV file: what a spreadsheet would take for a formula gets an apostrophe.

    Some drop what nobody sees before the sign, and some take a full-width sign for the plain one.
    A number with its sign is left alone: it is no formula.
    """
    first = text[:1]
    # Fillers show nothing, and are letters all the same.
    if (first.isalnum() and first not in _UNSEEN) or not text or _PLAIN_NUMBER.fullmatch(text):
        return text
    if first in _BREAKS:
        return f"'{text}"
    seen = next((c for c in text if not _is_unseen(c)), "")
    return f"'{text}" if unicodedata.normalize("NFKC", seen).startswith(_FORMULA_SIGNS) else text


def printable(text: str) -> str:
    """``text`` without halves of characters, which the name of a file may hold and no text can."""
    return text.encode("utf-8", "backslashreplace").decode()


def fits_a_cell(text: str) -> bool:
    """Whether a cell of Excel holds the whole text."""
    most = MOST_IN_CELL
    return len(text) <= most // 2 or len(text.encode("utf-16-le", "replace")) <= 2 * most


MOST_SHOWN = 48
"""So much of a long text is shown where the text itself stands one click away."""


def shortened(text: str) -> str:
    """A text as it is shown beside a link to it; one that was shortened stays as it is."""
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def cut_to_a_cell(text: str) -> str:
    """``text``, or as much of it as a cell of Excel holds, with … behind it."""
    if fits_a_cell(text):
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (MOST_IN_CELL - 1)]
    return units.decode("utf-16-le", "ignore") + "…"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character)[0] in "ZCM" or character in _UNSEEN
