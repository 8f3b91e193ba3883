"""The money of the project that a goal states without a year: 总投资500万元, 安排资金500万元，….

It is the year's where nothing says that it is of several years. What is only a part of the work,
one source or a price is none; neither is what stands behind the work that it pays for
(新建泵站1座，投入30万元).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from perfgoals_xl.review.evidence.goals.goal_reading import Amount, GoalReading, Role

_INVESTED = re.compile(
    r"(?:项目|工程|计划|预计|估算|概算|财政)*(?:总投资|投资总额|总投入)(?:额|为|约|共|共计|:|达)*$"
)
_FUNDED = re.compile(
    r"^(?:本|该|年度|计划|其中)*(?:总预算|总资金|总经费|资金总额|预算总额|预算资金|项目资金|项目预算|项目总预算"
    r"|项目总资金|项目经费|经费预算|资金预算)(?:共计|合计|总额|为|约|共|:)*$"
)
_GIVEN = re.compile(
    r"^(?:本|该|项目|我[局委办]|计划|拟|预计|共|总共|共计|合计)*(?:投入|安排|申请|落实|下达|使用)"
    r"(?:财政|预算|专项|项目|补助|扶持)*(?:资金|经费|预算)?(?:总额|共计|合计|约|共|:)*$"
)
# Of more than a year, of what there was before, or not all the project's own.
_NO_YEAR = re.compile(
    r"[二两三四五六七八九十\d]年|累计|十[三四五六]五|规划|周期|分年|逐年|一期|二期|已投资|完成投资|已完成|批复"
    r"|\d{4}[-—~至]|□[^,。;]{0,3}[-—~至到][^,。;]{0,3}□"
)
_CLAUSE = re.compile(r"[,;。:!?\n(]")
_ENDS = re.compile(r"^(?:元|资金|经费|左右|的?预算)*(?:[,;。)\n]|$)")
_ITEM = re.compile(r"目标[一二三四五\d]|[一二三四五]是|\n|[(（]?[1-9一二三][)）.、](?!\d)")


def undated(
    goal: str,
    reading: GoalReading,
    annual: Decimal,
    known: Collection[Decimal],
    *,
    may_last: bool,
) -> Amount | None:
    """The one amount that a goal calls the project's money and that is not ``annual``.

    ``goal`` is its text, ``known`` are the amounts that the form states besides; ``may_last`` says
    that the project has several years, so that more than the year's money is no contradiction.
    """
    if reading.of(Role.BUDGET):
        return None  # What is said of the year counts.
    own = [a for a in reading.amounts if a.role not in (Role.UNIT_PRICE, Role.SOURCE)]
    if len(own) != 1 or own[0].role not in (Role.OTHER, Role.TOTAL, Role.PART):
        return None
    [amount] = own
    off = abs(amount.yuan - annual)
    if off <= amount.slack or amount.bound or amount.yuan in known:
        return None
    text = reading.text
    if not _ENDS.match(text[amount.end : amount.end + 8]) or _NO_YEAR.search(text):
        return None
    starts = [found.end() for found in _CLAUSE.finditer(text, 0, amount.start)]
    clause = text[starts[-1] if starts else 0 : amount.start]
    if _INVESTED.search(clause):
        # Others may invest more besides, but never less than this form alone.
        return amount if amount.yuan < annual else None
    is_opening = not starts or not any(f.start < amount.start for f in reading.figures)
    is_given = is_opening and _GIVEN.search(clause) and not _ITEM.search(goal)
    if not (_FUNDED.search(clause) or is_given):
        return None
    return None if amount.yuan > annual and may_last else amount
