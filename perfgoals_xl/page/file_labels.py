"""What a dropped file is called: of the name that the browser tells, the harmless part.

Names matter to those who read: they name the sheet of a text, often the department, and the file
beside which another one was made. So a file keeps its own, as far as it is nothing but a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 150
"""Bytes without the ending: what a folder of any system takes, with a number and a word added."""
_LONGEST_ENDING = 11
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
# What turns the direction of writing, so that exe.xlsx may read as another kind of file, and what
# cannot be seen at all.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I)
_NAMELESS = "文件"


def label(name: str, taken: Collection[str] = ()) -> str:
    """The last part of a name as every system takes it, unlike all that are ``taken``.

    It holds no separator, nothing that cannot be seen, and is no device of Windows: one name in one
    folder on every system.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    stem, suffix = _split(_NOT_IN_NAMES.sub("_", seen).rstrip(" ."))
    stem = stem.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .") or _NAMELESS
    if _DEVICES.fullmatch(stem):
        stem = f"{_NAMELESS}_{stem}"
    used = {_alike(one) for one in taken}
    labelled, number = f"{stem}{suffix}", 1
    while _alike(labelled) in used:
        number += 1
        labelled = f"{stem} ({number}){suffix}"
    return labelled


def _alike(name: str) -> str:
    """What some systems take two names for one by."""
    return unicodedata.normalize("NFKC", name).casefold()


def _split(name: str) -> tuple[str, str]:
    """A name without its ending, and the ending; one that is too long is none."""
    stem, dot, end = name.rpartition(".")
    return (stem, dot + end) if dot and len(end) <= _LONGEST_ENDING else (name, "")
