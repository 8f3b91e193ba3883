"""Which texts of many are nearly the same, without comparing each with every other.

Alike is the share of characters that two texts have in common, in order: twice the longest common
subsequence over both lengths. It is worked out only for texts that share most of their rarest runs
of characters, so that a thousand texts take a moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_RUN = 4
_RAREST = 24
_MOST_PER_RUN = 12
_MOST_COMPARED = 3


def likest(texts: Sequence[str], least: float) -> list[tuple[int, float] | None]:
    """For every text an earlier one that is like it, and how much; None below ``least``."""
    runs = [
        {text[i : i + _RUN] for i in range(max(1, len(text) - _RUN + 1))} if text else set()
        for text in texts
    ]
    spread = Counter(run for own in runs for run in own)
    earlier: dict[str, list[int]] = {}
    found: list[tuple[int, float] | None] = []
    for number, own in enumerate(runs):
        # What stands in no other text leads to none.
        rare = sorted((spread[run], run) for run in own if spread[run] > 1)[:_RAREST]
        votes = Counter(other for _, run in rare for other in earlier.get(run, ())[:_MOST_PER_RUN])
        found.append(None)
        for other, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:_MOST_COMPARED]:
            share = similarity(texts[other], texts[number])
            if share >= least:
                found[-1] = other, share
                break
        for _, run in rare:
            earlier.setdefault(run, []).append(number)
    return found


def similarity(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    total = len(one) + len(other)
    return 2 * _common(one, other) / total if total else 1.0


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence, a row of its table at a time, as bits."""
    places: dict[str, int] = {}
    for i, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << i
    everything = (1 << len(one)) - 1
    row = everything
    for char in other:
        matched = row & places.get(char, 0)
        row = (row + matched | row - matched) & everything
    return len(one) - row.bit_count()
