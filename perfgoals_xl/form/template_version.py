"""The version of the standard workbook, which its cover sheet states."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d{1,9}")

TEMPLATE_VERSION = "1"
"""Raised whenever the layout or the lists of the standard workbook change."""


def is_older(version: str | None) -> bool:
    """Whether a standard workbook of this ``version`` was made before the present template.

    False for what is no version at all, and where none is stated.
    """
    parts = _parts(version or "")
    return bool(parts) and parts < _parts(TEMPLATE_VERSION)


def _parts(version: str) -> list[int]:
    """The numbers of a version, without noughts behind: 1.0 is 1."""
    found = [int(part) for part in _NUMBER.findall(version)]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return found
