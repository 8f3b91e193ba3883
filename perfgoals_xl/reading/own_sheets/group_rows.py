"""What a row of 校验结果 says that tells several findings together, in words that are read again.

Its level counts them (``警告×6``), its message ends with where they are, and under 说明 it says how
many have a reason. What a person writes there instead is a reason for all of them.
"""

from __future__ import annotations

import re

from perfgoals_xl.form.own_sheets import CLEARED, NO_LONGER, SEVERITY_LABELS
from perfgoals_xl.form.text import fold

_WORDS = "|".join((*SEVERITY_LABELS.values(), NO_LONGER, CLEARED))
_LABEL = re.compile(rf"(?:{_WORDS})[×xX*](\d{{1,6}})")
_PLACES = re.compile(r"（共 ?\d+ ?处：")
_ANSWER = re.compile(r"\(\d+项(?:均已说明,见各行|中\d+项已说明)\)")


def group_label(word: str, size: int) -> str:
    """What stands under 级别 for so many findings of one level; the word alone for none."""
    return f"{word}×{size}" if size else word


def group_size(label: str) -> int:
    """How many findings a row with this level tells together; 0 where it is one finding's."""
    found = _LABEL.fullmatch(fold(label))
    return int(found[1]) if found else 0


def group_level(label: str) -> str:
    """The word for the level of the findings that a row tells together; "" for any other row."""
    found = _LABEL.fullmatch(fold(label))
    return found[0][: found.start(1) - 1] if found else ""


def with_places(message: str, size: int, places: str) -> str:
    """The message of so many findings with where they are."""
    return f"{message}（共 {size} 处：{places}）"


def without_places(text: str) -> str:
    """The message again, as each of the findings has it."""
    begins = [match.start() for match in _PLACES.finditer(text)]
    return text[: begins[-1]] if begins else text


def told_answers(answered: int, size: int) -> str | None:
    """What stands under 说明 while so many of the findings have a reason; None without any."""
    if not answered:
        return None
    if answered == size:
        return f"（{size} 项均已说明，见各行）"
    return f"（{size} 项中 {answered} 项已说明）"


def is_told_answers(text: str) -> bool:
    """Whether a text is one of :func:`told_answers`, which answers nothing itself."""
    return _ANSWER.fullmatch(fold(text)) is not None
