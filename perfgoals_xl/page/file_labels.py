"""What a dropped file is called: a label to show and to offer, never a path to open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 120
"""Characters: what a folder of any system takes, with a date and an ending added."""
_LONGEST_ENDING = 11
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
# What turns the direction of writing, so that exe.xlsx may read as another kind of file, and what
# cannot be seen at all.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I)
_NAMELESS = "文件"


def label(name: str, taken: Collection[str] = ()) -> str:
    """The last part of a name as every system takes it, unlike all that are ``taken``.

    It holds no separator, nothing that cannot be seen, and is no device of Windows.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    stem, suffix = _split(_NOT_IN_NAMES.sub("_", seen).rstrip(" ."))
    stem = stem[: _LONGEST - len(suffix)].strip(" .") or _NAMELESS
    if _DEVICES.fullmatch(stem):
        stem = f"{_NAMELESS}_{stem}"
    used = {one.casefold() for one in taken}
    labelled, number = f"{stem}{suffix}", 1
    while labelled.casefold() in used:
        number += 1
        labelled = f"{stem} ({number}){suffix}"
    return labelled


def _split(name: str) -> tuple[str, str]:
    """A name without its ending, and the ending; one that is too long is none."""
    stem, dot, end = name.rpartition(".")
    return (stem, dot + end) if dot and len(end) <= _LONGEST_ENDING else (name, "")
