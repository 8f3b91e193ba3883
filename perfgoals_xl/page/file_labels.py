"""What a dropped file is called: a label to show and to offer, never a path to open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

_LONGEST = 120
"""Characters: what a folder of any system takes, with a date and an ending added."""
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
    plain = _NOT_IN_NAMES.sub("_", seen).strip().strip(".").strip()
    stem, suffix = split(plain)
    stem = stem[: _LONGEST - len(suffix)].rstrip(" .") or _NAMELESS
    if _DEVICES.fullmatch(stem):
        stem = f"{_NAMELESS}_{stem}"
    used = {one.casefold() for one in taken}
    labelled, number = f"{stem}{suffix}", 1
    while labelled.casefold() in used:
        number += 1
        labelled = f"{stem} ({number}){suffix}"
    return labelled


def split(name: str) -> tuple[str, str]:
    """A name without its ending, and the ending; one that is too long is none."""
    path = PurePath(name)
    suffix = path.suffix if len(path.suffix) <= 12 else ""
    return (name[: len(name) - len(suffix)], suffix) if suffix else (name, "")
