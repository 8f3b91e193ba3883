"""What the letters are called: by their department, as every file system takes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import count

from perfgoals_xl.form.text import printable

SUFFIX = "审核意见"
_FORBIDDEN = frozenset('\\/:*?"<>|')
# A name may have 255 bytes on Linux, and Windows counts the folders above it as well.
_LONGEST, _MOST_BYTES = 60, 180
_NAMELESS = "未写明部门"


def letter_names(departments: Iterable[str]) -> list[str]:
    """A file name for each of the departments, in their order, no two the same."""
    names: list[str] = []
    taken: set[str] = set()
    for department in departments:
        stem = f"{safe_name(department) or _NAMELESS}{SUFFIX}"
        numbered = (stem if number == 1 else f"{stem}({number})" for number in count(1))
        name = next(name for name in numbered if _key(name) not in taken)
        taken.add(_key(name))
        names.append(f"{name}.docx")
    return names


def safe_name(text: str) -> str:
    """As much of a text as the name of a file can hold; empty where nothing is left."""
    plain = unicodedata.normalize("NFC", printable(text))
    kept = "".join(_sign(c) for c in plain if c.isprintable())
    short = kept.strip(" ._")[:_LONGEST].encode()[:_MOST_BYTES].decode("utf-8", "ignore")
    return short.strip(" .")


def _sign(character: str) -> str:
    return "_" if character in _FORBIDDEN else character


def _key(name: str) -> str:
    # Windows and macOS do not tell these apart.
    return unicodedata.normalize("NFKC", name).casefold()
