"""The lines of a text that was set in type, put together as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ENDS_WORD, _BEGINS_WORD = re.compile(r"[A-Za-z]\Z"), re.compile(r"[A-Za-z]")


def join_wrapped(lines: Iterable[tuple[str, bool]]) -> str:
    """The text of lines, each with whether it fills its place: then the next one goes on with it.

    A line that leaves room was ended by whoever typed it. Chinese goes on without a blank.
    """
    text, goes_on = "", True
    for line, fills in lines:
        if text and not goes_on:
            text += "\n"
        elif _ENDS_WORD.search(text) and _BEGINS_WORD.match(line):
            text += " "
        text += line
        goes_on = fills
    return text
