"""Keeping each reason (说明) with its finding when a workbook is validated again.

A reason belongs to what a finding is about - rule, project, indicator, what it says - and not to a
row number. It follows its finding when the form moves or a figure in the message changes; one that
no longer matches anything is told, never dropped. Only what a person wrote is a reason: a text of
this program's own that came to stand in that column answers nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from string import Formatter
from typing import Protocol

from perfgoals_xl.declaration import Reason
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.own_sheets import SEVERITY_OF_LABEL
from perfgoals_xl.form.text import UNCALCULATED, fold, shortened
from perfgoals_xl.reading.own_sheets.group_rows import is_told_answers
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.evidence.indicator_text import says_nothing
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.grouping import Group, group_key, grouped, key_of

Key = tuple[str, ...]

# Where a message turns from what it is about to the figures and texts of the day.
_FIGURES = re.compile(r"[-−]?\d|[“（，(,<>≠*]")
_WIDTHS = 5
_WITHOUT_COLUMNS = _WIDTHS
# A template with fewer letters of its own would take a person's words for ours; in a row of its own
# rule fewer tell it.
_TELLING, _TELLING_AT_HOME = 8, 3
_WORD = r"[^\W\d_]{0,8}"
_LONGEST_OWN = 1_000
# What the columns 单元格 and 位置码 hold, where they were written as texts.
_FORMULA = re.compile(r"=(?:IFERROR\(HYPERLINK\(|ROW\().*\)", re.S)
NOT_THERE = "原来的问题已不存在，这条说明可以删除。"
NOT_THERE_EITHER = "原来的问题已不存在，您写在这一行的内容保留在此，不需要时可以删除这一行。"
WAITING = "从来源文件带来的说明，校验后回到原来的问题后面。"
"""What stands under 建议 in a row that is kept although it lists no finding."""


NOT_TYPED = "“说明”一栏里是本程序写的文字，不是您写的理由，没有采用"
"""What is told of a text that is no reason where :func:`why_none` knows nothing better."""
_ERROR_VALUE = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z0-9/_]+[!?])|Err:\d+")


class Listed(Protocol):
    """What a finding is known by, wherever it stands."""

    @property
    def rule(self) -> str: ...  # noqa: D102
    @property
    def sheet(self) -> str | None: ...  # noqa: D102
    @property
    def project(self) -> str | None: ...  # noqa: D102
    @property
    def indicator(self) -> str | None: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def cell(self) -> str | None: ...  # noqa: D102


def answered(found: Review, reasons: Sequence[Reason]) -> Review:
    """The review with these reasons: each with its finding, the others among those left over."""
    told = {fold(text) for item in found.findings for text in (item.message, item.suggestion)}
    sorted_out: tuple[list[Reason], list[Reason]] = ([], [])
    for reason in reasons:
        sorted_out[bool(why_none(reason)) or fold(reason.text) in told].append(reason)
    typed, none = sorted_out
    findings, unmatched = attach(found.findings, [reason for reason in typed if not reason.group])
    findings, of_none = for_groups(findings, [reason for reason in typed if reason.group])
    unmatched += of_none
    return replace(
        found,
        findings=findings,
        unmatched_reasons=(*found.unmatched_reasons, *unmatched),
        not_reasons=(*found.not_reasons, *none),
    )


def attach(
    findings: Sequence[Finding], reasons: Sequence[Reason]
) -> tuple[tuple[Finding, ...], tuple[Reason, ...]]:
    """The findings with their reasons, and the reasons that match no finding any more.

    A wider notion is used only where one reason and one finding without a reason are all that it
    names, so that a reason never jumps to a neighbour.
    """
    told = list(findings)
    open_ones = [number for number, finding in enumerate(told) if finding.waiver is None]
    pairs = pair(reasons, [told[number] for number in open_ones])
    for number, answer in pairs.items():
        at = open_ones[answer]
        told[at] = replace(told[at], waiver=reasons[number].text)
    # A row that somebody copied says what the other one says already.
    said = {_said(reasons[number]) for number in pairs}
    left: dict[Key, Reason] = {}
    for number, reason in enumerate(reasons):
        if number not in pairs and _said(reason) not in said:
            left.setdefault(_said(reason), reason)
    return tuple(told), tuple(left.values())


def for_groups(
    findings: Sequence[Finding], reasons: Sequence[Reason]
) -> tuple[tuple[Finding, ...], tuple[Reason, ...]]:
    """The findings with the reasons written for groups of them, and the reasons that have none.

    A finding that has a reason of its own keeps it, unless all of the group have the same: then
    the new one is another for all of them.
    """
    if not reasons:
        return tuple(findings), ()
    told = list(findings)
    left: list[Reason] = []
    members_of = _Members(told)
    for reason in reasons:
        members = members_of(reason)
        said = {told[number].waiver for number in members}
        anew = len(said) == 1
        for number in members:
            if anew or told[number].waiver is None:
                told[number] = replace(told[number], waiver=reason.text)
        if not any(told[number].waiver == reason.text for number in members):
            left.append(reason)
    return tuple(told), tuple(left)


class _Members:
    """The findings, by their numbers, that the rows for groups are about."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._by_key: dict[tuple[str, Key], list[int]] = {}
        self._projects = [finding.project for finding in findings]
        for number, finding in enumerate(findings):
            of = finding.severity.label, key_of(finding)
            self._by_key.setdefault(of, []).append(number)
        numbers = {id(finding): number for number, finding in enumerate(findings)}
        self._rests: dict[Key, list[int]] = {}
        for item in grouped(findings):
            if isinstance(item, Group) and item.rest:
                for finding in item.findings:
                    key = group_key("", finding.sheet, finding.project, "", hint=True)
                    self._rests.setdefault(key, []).append(numbers[id(finding)])

    def __call__(self, reason: Reason) -> list[int]:
        about = reason.rule, reason.sheet, reason.project, reason.message
        if not reason.rule:
            return sorted(self._rests.get(group_key(*about, hint=True), []))
        # Of a row that was kept (已清除×6) the level is not known any more.
        levels = [reason.level] if reason.level in SEVERITY_OF_LABEL else list(SEVERITY_OF_LABEL)
        keys = [(of, group_key(*about, hint=of == Severity.INFO.label)) for of in levels]
        found = [self._by_key.get(key, []) for key in keys]
        # Of several levels it is that of which it told as many.
        same = [numbers for numbers in found if len(numbers) == reason.group]
        numbers = sorted(chain.from_iterable(same or found))
        # A row that names a project was about that one alone.
        own = [n for n in numbers if self._projects[n] == reason.project]
        return own if reason.project and own else numbers


def _said(reason: Reason) -> Key:
    return (*_keys(reason)[0], reason.text)


def pair(asking: Sequence[Reason], offered: Sequence[Listed]) -> dict[int, int]:
    """Which of ``offered`` each of ``asking`` was written against, by their numbers."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for width in range(_WIDTHS + 1):
        for missing in dict.fromkeys(reason.missing for reason in asking):
            left = [n for n, r in enumerate(asking) if r.missing == missing and n not in found]
            if not left:
                continue
            keys = {number: _key(asking[number], missing, width) for number in left}
            open_ones: dict[Key, list[int]] = {}
            for number, item in enumerate(offered):
                key = None if number in taken else _key(item, missing, width)
                if key is not None:
                    open_ones.setdefault(key, []).append(number)
            counted = Counter(key for key in keys.values() if key is not None)
            for number, key in keys.items():
                matches = open_ones.get(key, []) if key is not None else []
                certain = width == 0 and not missing
                if matches and key is not None and (certain or len(matches) == counted[key] == 1):
                    found[number] = matches.pop(0)
                    taken.add(found[number])
    return found


def why_none(reason: Reason) -> str:
    """Why what stands as a reason answers nothing, to be told; "" where it is one."""
    text = reason.text.strip()
    if text == UNCALCULATED:
        return "“说明”一栏的公式还没有计算，没有采用；请在 Excel 中打开并保存一次，或直接写文字"
    if _ERROR_VALUE.fullmatch(text):
        return f"“说明”一栏是错误值“{text}”，没有采用"
    if "".join(filter(str.isalnum, text)) in ("", "无"):
        return f"“说明”一栏只写了“{text}”，没有写明理由，没有采用"
    return NOT_TYPED if is_own_text(reason) else ""


def is_own_text(reason: Reason) -> bool:
    """Whether what stands as a reason is a text of this program: a suggestion, a message."""
    text = _bare(reason.text)
    fixed = set(map(_bare, (NOT_THERE, NOT_THERE_EITHER, WAITING)))
    if is_told_answers(text):
        return True
    if text in fixed or _FORMULA.fullmatch(reason.text.strip()):
        return True
    if reason.message and text == _bare(reason.message):
        return True
    if len(text) > _LONGEST_OWN:
        return False
    return any(
        own.fullmatch(text)
        for code in RULES
        for letters, own in _own_texts(code)
        if letters >= (_TELLING_AT_HOME if code == reason.rule else _TELLING)
    )


def _bare(text: str) -> str:
    return fold(text).rstrip("。.")


@lru_cache(maxsize=128)
def _own_texts(code: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The messages and the suggestion of a rule, whatever figures stand in them.

    Each comes with how many letters tell it.
    """
    rule = RULES[code]
    told = [text.say(language) for text in (rule.suggested, *rule.messages.values())
            for language in ("zh", "en")]  # fmt: skip
    patterns = []
    for template in dict.fromkeys(told):
        parts = list(Formatter().parse(template.rstrip("。.")))
        letters = sum(len(fold(literal)) for literal, *_ in parts)
        pattern = "".join(
            re.escape(fold(literal)) + ("" if name is None else ".*") for literal, name, *_ in parts
        )
        pattern = re.sub(r"(?:\.\*)+", ".*", pattern)
        if letters < _TELLING:
            # Few letters tell a short text, not a sentence that happens to end like one.
            pattern = pattern.replace(".*", _WORD)
        patterns.append((letters, re.compile(pattern, re.S)))
    return tuple(patterns)


def _key(item: Listed, missing: frozenset[str], width: int) -> Key | None:
    """What an item is about, from the narrowest notion of "the same finding" to the widest.

    ``missing`` are the columns that the reasons' sheet lacks, which then decide nothing. None where
    what is left does not name a finding.
    """
    if not missing:
        return None if width == _WITHOUT_COLUMNS else _keys(item)[width]
    if "message" in missing and missing & {"rule", "indicator"}:
        return None
    known: Mapping[str, str] = {
        name: shortened(text) if name == "indicator" else text
        for name in ("rule", "sheet", "project", "indicator", "message")
        if name not in missing
        for text in (getattr(item, name) or "",)
    }
    if width == 0:
        # Its old address tells equal ones apart as long as the form did not move.
        return (*known.values(), item.cell or "")
    if width == 1:
        return tuple(known.values())
    if width == 2 and "sheet" in known:
        return tuple(text for name, text in known.items() if name != "sheet")
    return None


def _keys(item: Listed) -> tuple[Key, ...]:
    rule, sheet, project = item.rule, item.sheet or "", item.project or ""
    # As the list shows it.
    indicator, message = shortened(item.indicator or ""), item.message
    gist = about(indicator, message)
    return (
        (rule, sheet, project, indicator, message),
        (rule, project, indicator, message),
        (rule, sheet, project, gist),
        (rule, project, gist),
        (rule, sheet, gist),
    )


def about(indicator: str, message: str) -> str:
    """What a finding is about besides its rule: its indicator, else how its message begins.

    One project may lack two groups or two fields under one rule; the beginning of the message
    names which (``没有生态效益指标``), also after a figure behind it has changed.
    """
    if indicator and not says_nothing(split_ordinal(indicator)[1]):
        return indicator
    return _FIGURES.split(message, maxsplit=1)[0].strip() or message
