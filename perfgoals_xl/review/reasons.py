"""Keeping each reason (说明) with its finding when a workbook is validated again.

A reason belongs to what a finding is about - rule, project, indicator, what it says - and not to a
row number. It follows its finding when the form moves or a figure in the message changes; one that
no longer matches anything is told, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from perfgoals_xl.declaration import Reason
from perfgoals_xl.review.findings import Finding

Key = tuple[str, ...]

# From the narrowest to the widest notion of "the same finding".
_REASON_KEYS: tuple[Callable[[Reason], Key], ...] = (
    lambda r: (r.rule, r.sheet, r.project, r.indicator, r.message),
    lambda r: (r.rule, r.project, r.indicator, r.message),
    lambda r: (r.rule, r.sheet, r.project, r.indicator),
    lambda r: (r.rule, r.project, r.indicator),
    lambda r: (r.rule, r.sheet, r.indicator),
)
_FINDING_KEYS: tuple[Callable[[Finding], Key], ...] = (
    lambda f: (f.rule, f.sheet or "", f.project or "", f.indicator or "", f.message),
    lambda f: (f.rule, f.project or "", f.indicator or "", f.message),
    lambda f: (f.rule, f.sheet or "", f.project or "", f.indicator or ""),
    lambda f: (f.rule, f.project or "", f.indicator or ""),
    lambda f: (f.rule, f.sheet or "", f.indicator or ""),
)


def attach(
    findings: Sequence[Finding], reasons: Sequence[Reason]
) -> tuple[tuple[Finding, ...], tuple[Reason, ...]]:
    """The findings with their reasons, and the reasons that match no finding any more.

    A wider notion is used only where it names exactly one finding without a reason, so that a
    reason never jumps to a neighbour.
    """
    answered = list(findings)
    left = list(reasons)
    for level, (reason_key, finding_key) in enumerate(
        zip(_REASON_KEYS, _FINDING_KEYS, strict=True)
    ):
        open_ones: dict[Key, list[int]] = {}
        for number, finding in enumerate(answered):
            if finding.waiver is None:
                open_ones.setdefault(finding_key(finding), []).append(number)
        still: list[Reason] = []
        for reason in left:
            matches = open_ones.get(reason_key(reason), [])
            if matches and (level == 0 or len(matches) == 1):
                number = matches.pop(0)
                answered[number] = replace(answered[number], waiver=reason.text)
            else:
                still.append(reason)
        left = still
    return tuple(answered), tuple(left)
