"""What a goal says of the year's money and whether it says what is to be achieved (G rules)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Table
from perfgoals_xl.form.target import mask_in
from perfgoals_xl.form.text import UNCALCULATED, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.funding_sums import all_sources, no_annual_amount
from perfgoals_xl.review.evidence.goals import goal_tasks
from perfgoals_xl.review.evidence.goals.goal_match import compare
from perfgoals_xl.review.evidence.goals.goal_reading import (
    Amount,
    GoalReading,
    Role,
    holds,
    read_goal,
)
from perfgoals_xl.review.evidence.goals.goal_text import goal_text
from perfgoals_xl.review.evidence.goals.goal_wholes import other_wholes
from perfgoals_xl.review.evidence.goals.project_money import undated
from perfgoals_xl.review.evidence.goals.stated_figures import Clash
from perfgoals_xl.review.evidence.periods import other_lengths, read_period
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import (
    JudgedProject,
    if_planned,
    lacks,
    needs,
    project_rule,
)
from perfgoals_xl.review.rules.department_goal import goals_of, indicators_of

# Wording that says the parts which follow are all there are.
_LISTS = re.compile(r"其中|分别|包括|包含|具体|分为|构成")
_OPEN_END = re.compile(r"^[)]?(?:左右)?等")
# So near to the budget the sources that a goal lists were meant to make it.
_NEAR = Decimal("0.1")
_REST = re.compile(r"其余|剩余|余下|余款|另外|不含|部分用于")

_PAYING = (
    r"支付|付清|付讫|够付|付款|结清|结算|清偿|偿还|缴纳|支出|列支|开支|拨付"
    r"|尾款|中期款|进度款|质保金|质量保证金|欠款|货款|工程款|服务费|物业费|工资|薪酬|薪资|报酬"
)
_IS_PAYING = re.compile(rf"{_PAYING}|经费|费用|资金")
_PAYS = re.compile(_PAYING)
# A goal that is itself a payment: 目标是计划投入…经费, 目标为支付…尾款.
_AIM_IS_MONEY = re.compile(
    r"目标(?:是|为|:|就是)+(?:按照?合同|按时|及时|计划|预计|拟|全部|完成)*"
    r"(?:支付|够付|付清|结清|投入|安排|拨付|列支|保障支付)"
    r"[^,;。\n]{0,24}?(?:经费|资金|费用|款|元)"
)
_FRAME = re.compile(
    r"^(?:本|该)?(?:年度|项目|预算|现)*(?:总体|主要|绩效|年度|预算|的)*(?:目标|任务)?(?:是|为|:)?$"
)
_MOST_PARTS = 100
# A period of one year by its dates may be a day or two longer.
_ONE_YEAR = 12.5
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]是|[(（]?[\d一二三四五六七八九十]{1,2}[)）.、])")
_BREAK = re.compile(r"[,;。!:\n]")


@needs("annual_goal")
def states_the_budget(row: JudgedProject) -> Verdict:
    """G01: the year's budget that the goal states is 年度资金总额."""
    reading = _reading(row)
    stated = reading.of(Role.BUDGET) if reading else []
    if not stated:
        return _of_no_year(row, reading) if reading and reading.amounts else None
    budget = _budget(row)
    if isinstance(budget, str):
        return Abstention(budget)
    annual, basis = budget
    if _agrees(stated, annual) or _is_total(stated, row):
        return None
    if len({amount.yuan for amount in stated}) > 1:
        told = "、".join(amount.written for amount in stated)
        return Abstention(f"目标中有几个金额（{told}），不能确定哪个是年度预算")
    gap = stated[0].yuan - annual
    return Hit(
        "annual_goal",
        {
            "stated": stated[0].written,
            "basis": basis,
            "budget": _in_form(annual, row),
            "difference": f"{'多' if gap > 0 else '少'} {_in_form(abs(gap), row)}",
            "gap": _in_form(abs(gap), row),
            "unit": row["amount_unit"],
        },
    )


def _of_no_year(row: JudgedProject, reading: GoalReading) -> Verdict:
    """G01 of what the goal calls the project's money without saying of which year."""
    budget = _budget(row)
    if isinstance(budget, str):
        return None
    annual, basis = budget
    period = read_period(str(row.get("project_period") or ""))
    may_last = period is not None and period.months > _ONE_YEAR
    goal = str(row["annual_goal"])
    amount = undated(goal, reading, annual, _own_money(row), may_last=may_last)
    if amount is None:
        return None
    params = {
        "stated": amount.written,
        "basis": basis,
        "budget": _in_form(annual, row),
        "gap": _in_form(abs(amount.yuan - annual), row),
        "unit": row["amount_unit"],
    }
    return Hit("annual_goal", params, "undated", Severity.WARNING)


@needs("annual_goal")
def parts_make_the_budget(row: JudgedProject) -> Verdict:
    """G02: what the goal lists as parts of this year's budget adds up to it."""
    reading = _reading(row)
    stated = reading.of(Role.BUDGET) if reading else []
    if reading is None or not stated or len({amount.yuan for amount in stated}) > 1:
        return None
    whole = stated[0]
    parts = [amount for amount in reading.of(Role.PART) if amount.start > whole.end]
    by_source = not parts
    if by_source:
        parts = [amount for amount in reading.of(Role.SOURCE) if amount.start > whole.end]
    if len(parts) < 2:
        return None
    between = reading.text[whole.end : parts[0].start]
    if _LISTS.search(between) is None:
        return None
    if len(parts) > _MOST_PARTS:
        return Abstention(f"目标列出的金额超过 {_MOST_PARTS} 个，没有逐一相加")
    total = sum((part.yuan for part in parts), Decimal(0))
    slack = whole.slack + sum((part.slack for part in parts), Decimal(0))
    if holds([part.yuan for part in parts], whole.yuan) or abs(total - whole.yuan) <= slack:
        return None
    if by_source and abs(total - whole.yuan) > _NEAR * whole.yuan:
        return None  # Some of the sources alone, or one that others are within.
    priced = [a for a in reading.of(Role.UNIT_PRICE) if a.start > whole.end and not by_source]
    if priced:
        return Abstention(f"目标的分项中有单价（{priced[0].written}），不能与其他分项相加")
    if total < whole.yuan:
        after = reading.text[parts[-1].end :]
        if whole.bound == "≤" or _OPEN_END.match(after) or _REST.search(reading.text, whole.end):
            return Abstention("目标没有列全分项金额，不能与年度预算比较")
    return Hit(
        "annual_goal",
        {
            "arithmetic": " + ".join(part.written for part in parts),
            "total": _in_form(total, row),
            "stated": whole.written,
            "difference": f"{'多' if total > whole.yuan else '少'} "
            f"{_in_form(abs(total - whole.yuan), row)}",
            "gap": _in_form(abs(total - whole.yuan), row),
            "unit": row["amount_unit"],
        },
    )


@needs("annual_goal")
def speaks_of_a_result(row: JudgedProject) -> Verdict:
    """G03: the goal speaks of a result, not only of paying."""
    reading = _reading(row)
    if reading is None or not _only_pays(reading):
        return None
    return Hit("annual_goal", {"text": _short(row["annual_goal"])})


@needs("annual_goal")
def has_a_figure(row: JudgedProject) -> Verdict:
    """G05: the goal holds a figure; a mask stands for one that is still to come."""
    reading = _reading(row)
    if reading is None or reading.has_figure or _only_pays(reading):
        return None
    return None if mask_in(row["annual_goal"]) else Hit("annual_goal")


def goal_matches_the_indicators(collector: Collector) -> None:
    """G04, G06: the figures and the tasks of the goal stand among the indicators.

    What a figure contradicts is told of it alone, and of a task that nothing takes up its figures
    are not told besides.
    """
    indicators = collector.indicators_by_project()
    for project, record in enumerate(collector.records(Table.PROJECTS)):
        collector.add("G04", Table.PROJECTS, project, lacks(record, "annual_goal"))
        reading = _reading(record)
        if reading is None or not indicators[project]:
            continue
        found = compare(reading, indicators[project], _own_money(record) if reading.amounts else ())
        lengths = (Clash(*other) for other in other_lengths(reading.text, indicators[project]))
        wholes = other_wholes(reading, str(record["annual_goal"]), indicators[project])
        clashes = (*found.clashes, *lengths, *wholes)
        tasks = _tasks(collector, project, clashes)
        loose = [f for f in found.loose if not any(_plain(f) in _plain(task) for task in tasks)]
        for clash in clashes:
            place = collector.declaration.indicators.place(clash.row, "target_value")
            hit = Hit("annual_goal", _clash(clash, place))
            collector.add("G04", Table.PROJECTS, project, hit)
        if loose:
            params = {"figures": "、".join(f"“{figure}”" for figure in loose)}
            hit = Hit("annual_goal", params, variant="loose", severity=Severity.INFO)
            collector.add("G04", Table.PROJECTS, project, hit)


def department_goal_matches(collector: Collector) -> None:
    """G04: what the goal of the department says is not what one of its own indicators says.

    Of its figures that no indicator takes up nothing is told: its table holds a choice of its work.
    """
    for goal in goals_of(collector):
        rows = indicators_of(collector, goal.place.sheet)
        reading = read_goal(goal.value, collector.rows.plan_year)
        found = compare(reading, rows)
        lengths = (Clash(*other) for other in other_lengths(reading.text, rows))
        for clash in (*found.clashes, *lengths):
            place = collector.place(Table.DEPARTMENT_GOALS, clash.row, "target_value")
            params = _clash(clash, place)
            collector.add_workbook("G04", Hit("duty_goal", params, place=goal.place))


def _clash(clash: Clash, place: Place | None) -> dict[str, object]:
    return {
        "figure": clash.figure,
        "name": clash.name,
        "value": clash.value,
        "cell": place.cell if place else "",
    }


def _own_money(row: JudgedProject) -> set[Decimal]:
    """The amounts of the project's funds, in 元."""
    fields: Mapping[str, object] = row
    amounts = (fields[name] for name in AMOUNT_FIELDS)
    unit = row["amount_unit"]
    return {convert(amount, unit, "元") for amount in amounts if isinstance(amount, Decimal)}


def _tasks(collector: Collector, project: int, clashes: Sequence[Clash]) -> tuple[str, ...]:
    """G06: what the goal lists as to be done stands among the indicators; the tasks told."""
    record = collector.records(Table.PROJECTS)[project]
    rows = [row for _, row in collector.indicators_by_project()[project]]
    tasks = goal_tasks.untaken(record["annual_goal"], record["project_name"], rows)
    told: tuple[str, ...] = ()
    for found, variant, severity in (
        (tasks.named, "named", Severity.WARNING),
        (tasks.others, "", Severity.INFO),
    ):
        left = tuple(
            task
            for task in found
            if not any(_plain(clash.figure) in _plain(task) for clash in clashes)
        )
        if left:
            params = {"tasks": goal_tasks.told(left)}
            hit = Hit("annual_goal", params, variant, severity)
            collector.add("G06", Table.PROJECTS, project, hit)
        told += left
    return told


def _plain(text: str) -> str:
    """A text without what an item of a list begins with or ends in."""
    return _ITEM.sub("", text).strip(";,。、")


def _reading(row: JudgedProject) -> GoalReading | None:
    goal = row["annual_goal"]
    if is_blank(goal):
        return None  # H02 speaks of a goal that is blank.
    year = row.get("plan_year") or row["year"]
    return read_goal(str(goal), year)


def _budget(row: JudgedProject) -> tuple[Decimal, str] | str:
    """The year's money in 元 and its name, or why there is none."""
    annual = row["annual_amount"]
    if isinstance(annual, Decimal):
        return convert(annual, row["amount_unit"], "元"), "年度资金总额"
    if annual == UNCALCULATED:
        return "年度资金总额的公式没有计算出结果"
    if not is_blank(annual):
        return f"年度资金总额“{annual}”不是金额"
    sources = all_sources(row)
    if sources.total is None:
        return no_annual_amount(row)
    total = convert(sources.total, row["amount_unit"], "元")
    return total, "资金来源合计（年度资金总额未填）"


def _agrees(stated: list[Amount], annual: Decimal) -> bool:
    """Whether one of the amounts, or all of them together, is the year's money."""
    if sum((amount.yuan for amount in stated), Decimal(0)) == annual:
        return True
    return any(
        (amount.bound == "≤" and annual <= amount.yuan)
        or (amount.bound == "≥" and annual >= amount.yuan)
        or abs(amount.yuan - annual) <= amount.slack
        for amount in stated
    )


def _is_total(stated: list[Amount], row: JudgedProject) -> bool:
    """Whether what is said of the project as a whole is 项目总额."""
    total = row["total_amount"]
    if not isinstance(total, Decimal):
        return False
    yuan = convert(total, row["amount_unit"], "元")
    return any(amount.yuan == yuan and not amount.names_year for amount in stated)


def _only_pays(reading: GoalReading) -> bool:
    if reading.figures:
        return False
    if _AIM_IS_MONEY.search(reading.text):
        return True
    clauses = [
        clause
        for clause in _BREAK.split(reading.text)
        if len(clause) > 1 and not _FRAME.match(clause)
    ]
    if not clauses:
        return False
    bare = [_FEE.sub("费", clause) for clause in clauses]
    if any(_ACHIEVES.search(clause) for clause in bare):
        return False
    if all(map(_ALL_FEES.fullmatch, bare)):
        return True
    return any(map(_PAYS.search, clauses)) and all(map(_IS_PAYING.search, clauses))


# What a fee is for stands in its name and is not done by paying it: 培训费, 检查工作经费.
_FEE = re.compile(
    r"(?:培训|宣传|检查|监测|改造|维修|采购|购置|组织|编制|治理|救助|更新|安全|就业|生活|入学)[\u4e00-\u9fff]{0,4}?"
    r"(?:费用?|经费|款项?|补贴|补助|资金|(?<!资)金(?![额融]))(?![\u4e00-\u9fff]{0,2}(?:使用率|保障))"
)
_ALL_FEES = re.compile(
    r"(?:(?:本|该)?(?:项目|年度|经费|资金|主要|预算|用于|包括|包含|其中|具体|为|及|和|与|、|等|各项|\d{1,2}[.、])*"
    r"[\u4e00-\u9fff]{0,6}(?:费用?|经费|款|工资|薪酬|津贴)(?:等|支出|共计?|合计|约|为|各)*[\d.]*[万亿]?元?)+"
)
# Words of doing or improving something besides the paying itself.
_ACHIEVES = re.compile(
    r"提高|提升|改善|增强|降低|减少|防范|遏制|促进|推动|新建|建成|改造|维修|培训|宣传|检查|监测|治理|救助"
    r"|稳定|正常运[转行]|顺利|安全|满意|开展|组织|编制|采购|购置|更新|覆盖|生活|就业|入学|看病"
)


def _in_form(yuan: Decimal, row: JudgedProject) -> str:
    return plain(convert(yuan, "元", row["amount_unit"]))


def _short(text: Any, limit: int = 40) -> str:
    shown = " ".join(goal_text(str(text)).plain.split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


CHECKS = (
    project_rule("G01", if_planned(states_the_budget)),
    project_rule("G02", parts_make_the_budget),
    project_rule("G03", speaks_of_a_result),
    project_rule("G05", has_a_figure),
    AcrossRule(("G04", "G06"), goal_matches_the_indicators),
    AcrossRule(("G04",), department_goal_matches, always=True),
)
