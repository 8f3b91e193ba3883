"""How the two sides of a comparison are called: two years, or a declaration and what became of it.

A file of 自评表 (or 监控表) alone, given behind a declaration, is compared with what it was made
from. Such a form has one budget, that of the year after adjustment; no other amount is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import AMOUNT_FIELDS, TOTALS


@dataclass(frozen=True)
class SideWords:
    """The words for both sides, what is compared, and the title of the workbook.

    ``kind`` is what the JSON calls it; ``new_project`` and ``gone_project`` are said of a project
    that only one side has.
    """

    kind: str
    old: str
    new: str
    both: str
    one: str
    title: str
    new_project: str
    gone_project: str
    totals: tuple[str, ...] = TOTALS
    amounts: tuple[str, ...] = AMOUNT_FIELDS
    budget: str = ""

    def said(self, reason: str) -> str:
        """A reason that was told of two years, as it is told of these sides."""
        return reason.replace("有一年", self.one).replace("两年", self.both)


_BUDGET: Final = ("annual_amount",)
YEARS: Final = SideWords(
    "years", "上年", "本年", "两年", "有一年", "项目支出绩效目标年度对比表", "新增", "取消"
)
EVALUATED: Final = SideWords(
    "evaluation",
    "申报",
    "自评",
    "申报和自评",
    "有一方",
    "项目支出绩效目标申报与自评对比表",
    "未申报",
    "未自评",
    _BUDGET,
    _BUDGET,
    "自评的年度资金总额是自评表的全年预算数（调整后），没有这一栏的是年初预算数。",
)
MONITORED: Final = SideWords(
    "monitoring",
    "申报",
    "监控",
    "申报和监控",
    "有一方",
    "项目支出绩效目标申报与监控对比表",
    "未申报",
    "未监控",
    _BUDGET,
    _BUDGET,
    "监控的年度资金总额是监控表的全年预算数（调整后），没有这一栏的是年初预算数。",
)


def words_of(old: Declaration, new: Declaration) -> SideWords:
    """How these two are called: 申报 and 自评 where only the latter is no declaration."""
    if not is_report(new) or is_report(old):
        return YEARS
    return EVALUATED if len(new.evaluated.evaluations) else MONITORED


def is_report(declaration: Declaration) -> bool:
    """Whether every project of a file stands for a form of what became of it."""
    numbers = range(len(declaration.projects))
    return bool(numbers) and declaration.evaluated_projects.issuperset(numbers)
