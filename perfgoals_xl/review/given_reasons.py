"""One reason for several findings at once, given with the call: ``--reason V08=按批复执行``.

What the button 统一说明 does in Excel: a reason for all findings of a rule, or for those at some
cells, written to each of them. A finding that has a reason keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from perfgoals_xl.addresses import Area, Place, row_column
from perfgoals_xl.declaration import Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import MOST_IN_CELL, fold
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.reasons import why_none

OPTION = "--reason"
_FORM = "写成 规则=理由、单元格=理由 或 规则@单元格=理由，如 V08=按批复执行、项目01!D17=按批复执行"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TARGET = re.compile(
    r"(?:(?P<rule>[A-Za-z]\d{2})(?:@|$)|@)?"
    rf"(?:(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^'!]+))!)?(?P<cells>{_CELL}(?::{_CELL})?))?"
)
# The sign stands outside the quotes around the name of a sheet.
_PARTS = re.compile(r"(?P<target>(?:'(?:[^']|'')*'|[^'=＝])*)[=＝](?P<text>.*)", re.DOTALL)


@dataclass(frozen=True)
class GivenReason:
    """A reason, and what it is for: a rule, some cells of a sheet, or of whichever has findings.

    ``target`` is that as it was given.
    """

    target: str
    text: str
    rule: str | None = None
    sheet: str | None = None
    area: Area | None = None

    @property
    def named(self) -> str:
        """How the reason was given and what it is for, as people are told."""
        return f"{OPTION} “{self.target}”"

    def is_for(self, finding: Finding) -> bool:
        """Whether a finding is one of those."""
        if self.rule not in (None, finding.rule) or self.sheet not in (None, finding.sheet):
            return False
        if self.area is None:
            return True
        if not finding.cell:
            return False
        row, column = row_column(finding.cell)
        area = self.area
        return area.top <= row <= area.bottom and area.left <= column <= area.right


def given_reason(given: str) -> GivenReason:
    """What one ``--reason`` says. Raises ``InputError`` for a call that says nothing clear."""
    parts = _PARTS.fullmatch(given)
    target = fold(parts["target"]) if parts else ""
    text = parts["text"].strip() if parts else ""
    found = _TARGET.fullmatch(target)
    if not target or target.endswith("@") or not text or found is None:
        raise InputError(f"{OPTION} “{given}”没有写全", hint=f"请{_FORM}。")
    rule, cells = found["rule"] and found["rule"].upper(), found["cells"]
    if rule == target.upper() and rule not in RULES:
        rule, cells = None, rule  # D17 is no rule, but a cell; V10 is a rule, and its cell @V10.
    if rule and rule not in RULES:
        raise InputError(
            f"{OPTION} “{given}”：没有规则 {rule}", hint="规则的代码见 perfgoals rules。"
        )
    sheet = found["sheet"] or (found["quoted"] or "").replace("''", "'") or None
    area = _area(cells) if cells else None
    answer = GivenReason(target, text, rule, sheet, area)
    _refuse_no_reason(answer, ())
    return answer


def _area(cells: str) -> Area:
    first, _, last = cells.replace("$", "").upper().partition(":")
    corners = [row_column(first), row_column(last or first)]
    rows, columns = zip(*corners, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def confirmed(found: Review, given: Sequence[GivenReason]) -> tuple[Review, list[str]]:
    """The review with the reasons that were given, and what is to be told of each.

    Raises ``InputError`` for a text that is no reason, and for cells that have findings on several
    sheets where none is named.
    """
    findings, told = list(found.findings), []
    for reason in given:
        asked = [number for number, one in enumerate(findings) if reason.is_for(one)]
        _refuse_several_sheets(reason, [findings[number] for number in asked])
        _refuse_no_reason(reason, [findings[number] for number in asked])
        open_ones = [number for number in asked if not findings[number].waiver]
        for number in open_ones:
            findings[number] = replace(findings[number], waiver=reason.text)
        if open_ones:
            told.append(f"已给 {len(open_ones)} 项问题写上说明（{reason.target}）：{reason.text}")
        elif asked:
            told.append(f"注意：{reason.target} 的 {len(asked)} 项问题都已有说明，没有改动。")
        else:
            told.append(f"注意：没有 {reason.target} 的问题，没有写“{reason.text}”。")
    return replace(found, findings=tuple(findings)), told


def _refuse_several_sheets(reason: GivenReason, asked: Sequence[Finding]) -> None:
    sheets = list(dict.fromkeys(str(one.sheet) for one in asked))
    if reason.area is not None and reason.sheet is None and len(sheets) > 1:
        raise InputError(
            f"{reason.named}：几张工作表的这个位置都有问题（{'、'.join(sheets)}）",
            hint=f"请写明工作表，如 {sheets[0]}!{reason.target.rpartition('@')[2]}。",
        )


def _refuse_no_reason(reason: GivenReason, asked: Sequence[Finding]) -> None:
    """Raise ``InputError`` for what the next validation would not take as a reason."""
    text = reason.text
    fault = why_none(Reason("", "", "", "", "", text, Place("", "A1")))
    own = {fold(said) for one in asked for said in (one.message, one.suggestion)}
    if fault or fold(text) in own:
        raise InputError(f"{reason.named}：“{text}”不是理由", hint="请用自己的话写明理由。")
    if len(text) > MOST_IN_CELL:
        raise InputError(
            f"{reason.named}有 {len(text)} 个字，单元格放不下",
            hint=f"请写得短一些，不超过 {MOST_IN_CELL} 个字。",
        )
