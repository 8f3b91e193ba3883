"""Keeping each reason (说明) with its finding when a workbook is validated again.

A reason belongs to what a finding is about - rule, project, indicator, what it says - and not to a
row number. It follows its finding when the form moves or a figure in the message changes; one that
no longer matches anything is told, never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from perfgoals_xl.declaration import Reason
from perfgoals_xl.reading.assemble import split_ordinal
from perfgoals_xl.review.findings import Finding
from perfgoals_xl.review.values import says_nothing

Key = tuple[str, ...]

# Where a message turns from what it is about to the figures and texts of the day.
_FIGURES = re.compile(r"[-−]?\d|[“（，(,<>≠*]")


def attach(
    findings: Sequence[Finding], reasons: Sequence[Reason]
) -> tuple[tuple[Finding, ...], tuple[Reason, ...]]:
    """The findings with their reasons, and the reasons that match no finding any more.

    A wider notion is used only where one reason and one finding without a reason are all that it
    names, so that a reason never jumps to a neighbour.
    """
    answered = list(findings)
    left = list(reasons)
    for width in range(len(_keys(reasons[0])) if reasons else 0):
        open_ones: dict[Key, list[int]] = {}
        for number, finding in enumerate(answered):
            if finding.waiver is None:
                open_ones.setdefault(_keys(finding)[width], []).append(number)
        asking = Counter(_keys(reason)[width] for reason in left)
        still: list[Reason] = []
        for reason in left:
            key = _keys(reason)[width]
            matches = open_ones.get(key, [])
            if matches and (width == 0 or len(matches) == asking[key] == 1):
                number = matches.pop(0)
                answered[number] = replace(answered[number], waiver=reason.text)
            else:
                still.append(reason)
        left = still
    return tuple(answered), tuple(left)


def _keys(item: Finding | Reason) -> tuple[Key, ...]:
    """What an item is about, from the narrowest notion of "the same finding" to the widest."""
    rule, sheet, project = item.rule, item.sheet or "", item.project or ""
    indicator, message = item.indicator or "", item.message
    about = _about(indicator, message)
    return (
        (rule, sheet, project, indicator, message),
        (rule, project, indicator, message),
        (rule, sheet, project, about),
        (rule, project, about),
        (rule, sheet, about),
    )


def _about(indicator: str, message: str) -> str:
    """What a finding is about besides its rule: its indicator, else how its message begins.

    One project may lack two groups or two fields under one rule; the beginning of the message
    names which (``没有生态效益指标``), also after a figure behind it has changed.
    """
    if indicator and not says_nothing(split_ordinal(indicator)[1]):
        return indicator
    return _FIGURES.split(message, maxsplit=1)[0].strip() or message
