"""Names of project sheets that Excel accepts, each different from the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_LENGTH = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
# Excel keeps this name for itself.
_RESERVED = ("History",)


def sheet_names(wanted: Iterable[str | None], taken: Iterable[str] = ()) -> list[str]:
    """A sheet name for every name wanted, in order; ``项目01``, ``项目02``, … for a blank one.

    Characters that Excel forbids become blanks, long names are cut, and a name that Excel would
    take for the same as an earlier one or one of ``taken`` gets a number.
    """
    texts = list(wanted)
    digits = max(2, len(str(len(texts))))
    used = {_key(name) for name in (*_RESERVED, *taken)}
    names = []
    for number, text in enumerate(texts, start=1):
        base = _cut(_clean(text or ""), MAX_LENGTH) or f"项目{number:0{digits}d}"
        name, repeat = base, 1
        while _key(name) in used:
            repeat += 1
            tail = f"({repeat})"
            name = _cut(base, MAX_LENGTH - len(tail)) + tail
        used.add(_key(name))
        names.append(name)
    return names


def quoted(sheet: str) -> str:
    """The name as it stands in a formula or a link, in apostrophes."""
    return "'" + sheet.replace("'", "''") + "'"


def _clean(text: str) -> str:
    # The text between forbidden characters is kept together: "3/4号井" becomes "3 4号井".
    return _SPACES.sub(" ", _FORBIDDEN.sub(" ", text)).strip(" '")


def _cut(text: str, length: int) -> str:
    """``text`` cut to ``length`` units of UTF-16, which is how Excel counts."""
    kept = text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
    return kept.strip(" '")


def _key(name: str) -> str:
    # Excel compares names without case, in Chinese settings also without character width.
    return unicodedata.normalize("NFKC", name).casefold()
