"""Lists of choices in one text, of which the ticked one counts: ``□新增 ☑延续``."""

from __future__ import annotations

import re
from typing import Final

_TICKED: Final = "☑☒■√✓✔✅●◉⊠▣◼🗹☺"
_OPEN: Final = "□☐○◯◻▢⬜❏❑"
# A mark in brackets, with or without a tick: （√）, [ ].
_BRACKETS: Final = re.compile(r"[（(\[【]\s*([√✓✔☑■●]?)\s*[)）\]】]")
_MARKS: Final = re.compile(rf"[{_TICKED}{_OPEN}]")
# The circle that stands for zero in 二○二六年, and those that stand for a word: ○○县.
_ZEROS: Final = re.compile(r"(?<=[一二三四五六七八九十〇零])[○◯]+|[○◯]{2,}")
_KEPT: Final = str.maketrans("○◯", "\ue000\ue001")
_BACK: Final = str.maketrans("\ue000\ue001", "○◯")
_BETWEEN: Final = " \t\r\n\u3000、，,；;/|"
_NUMBER: Final = re.compile(r"^(?:\d{1,2}[.、．)）]|[①-⑳]|[A-Ha-h][.、．])\s*")


def has_marks(text: str) -> bool:
    """Whether a text holds marks of a list of choices."""
    return _MARKS.search(_plain(text)) is not None


def ticked(text: str) -> str | None:
    """What is ticked in a list of choices, ``""`` where nothing is; None where it is no list.

    Marks stand before what they mark or behind it. Where no box is open, what stands at the one
    tick is meant: ``√延续性项目``.
    """
    text = _plain(text)
    marks = list(_MARKS.finditer(text))
    if not marks:
        return None
    behind = bool(text[: marks[0].start()].strip(_BETWEEN))
    if behind and text[marks[-1].end() :].strip(_BETWEEN):
        # 项目类型：□新增 ☑延续: words before the first mark that nothing marks.
        behind = False
    chosen = []
    for number, mark in enumerate(marks):
        if mark[0] in _OPEN:
            continue
        if behind:
            part = text[marks[number - 1].end() if number else 0 : mark.start()]
        else:
            end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
            part = text[mark.end() : end]
        word = _NUMBER.sub("", part.strip(_BETWEEN))
        if word:
            chosen.append(word)
    return "、".join(chosen).translate(_BACK)


def _plain(text: str) -> str:
    """A text with one sign for every box: a blank bracket alone, as of a note, is none."""
    text = _ZEROS.sub(lambda found: found[0].translate(_KEPT), text)
    brackets = [found[1] for found in _BRACKETS.finditer(text)]
    if len(brackets) == 1 and not brackets[0] and _MARKS.search(text) is None:
        return text
    return _BRACKETS.sub(lambda found: "☑" if found[1] else "□", text)
