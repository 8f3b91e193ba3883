"""The department table: values against their goals, duties against results, sums (D rules)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.declaration import target_of
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import Kind, is_nothing, mask_in
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.department.budget_sums import budget_gaps, unknown_label
from perfgoals_xl.review.evidence.department.task_sums import task_gaps
from perfgoals_xl.review.evidence.goals.goal_reading import read_goal
from perfgoals_xl.review.evidence.goals.goal_tasks import untaken_of
from perfgoals_xl.review.evidence.goals.goal_wholes import other_wholes
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import JudgedGoal, department_goal_rule
from perfgoals_xl.review.rules.department_goal import goals_of, indicators_of

_ALL = re.compile(r"全部|全面完成|百分之百|全覆盖|无一遗漏|应[编缴公报收]尽[编缴公报收]")
_NONE = re.compile(
    r"不(?:再|得|能|应|准|允许|可|会|予|作|做|进行|办理|安排|申请)*"
    r"(?:发生|出现|存在|产生|新增|追加|调剂|调增|挪用|截留|挤占|拖欠|违规)"
    r"|杜绝|(?:严禁|禁止)(?!超)|(?<!有)[无零](?:发生|违规|违纪|新增|追加|调剂|挪用|拖欠|投诉|事故|预算追加|预算调剂)"
)
# Where it may happen after all, if somebody says so or there is a reason.
_MAY_HAPPEN = re.compile(
    r"原则上|一般不|尽量|尽可能|未经|非经|除[^,;。]{0,20}外|无正当理由|确需|如需|特殊情况|不必要|不合理|重大|较大|大额"
)
_NOT_ALL = re.compile(
    r"(?:不|未|非|没有|并非)(?:是|要求)?全部|基本上?全部|(?:占|与)[^,;。]{0,12}全部"
)
# The rate counts the opposite of what the goal wants all of (未编入资金占比).
_OPPOSITE = re.compile(r"未|不(?!断|少于|低于)|没有|逾期|超期|违规|遗漏|剩余")
# The rate counts how often it did not happen, so that much is good.
_HAPPENS_NOT = re.compile(r"未(?:发生|出现)|不(?:发生|出现)|合规|执行率|完成率|达标率")
_MUCH = 50
# Duties are told with these; what a year brings is told with the others.
_DUTY = re.compile(
    r"负责|承担|组织|指导|监督|管理|拟订|起草|协调|制定|参与|协助|履行|贯彻|依法|职责"
)
_RESULT = re.compile(
    r"提高到|提高至|提升到|提升至|达到|达|下降到?|降低到?|控制在|不低于|不超过|实现[^,;。]{0,12}(?:率|目标|增长)"
    r"|(?:20\d\d年|本年|年内|全年|年底前?)[^,;。]{0,30}(?:完成|建成|实现|达|不发生|新增)"
)


# Tasks that keep the department itself running, with money and without an indicator of their own.
_HOUSEKEEPING = re.compile(
    r"基本支出|人员|公用|工资|薪酬|津补贴|社保|公积金|日常|运转|办公|机关|后勤|党建|工会|退休|离退|其他|保障.{0,6}运行"
)
# A table of fewer indicators is not filled in yet.
_FEWEST_INDICATORS = 3


def value_fits_its_goal(row: JudgedGoal) -> Verdict:
    """D01: 全部 asks for 100 %, 不发生 for 0."""
    value = row["target_value"]
    goal = row["policy_goal"] if not is_blank(row["policy_goal"]) else row["budget_goal"]
    if is_blank(value) or is_blank(goal) or is_nothing(value) or mask_in(value):
        return None
    target = target_of(row)
    if target.kind not in (Kind.PERCENT, Kind.NUMERIC):
        return None
    number = target.low if isinstance(target.low, Decimal) else target.high
    if not isinstance(number, Decimal):
        return None
    text = fold(str(goal))
    measured = fold(str(row["budget_goal"] or ""))
    if _NONE.search(text) and not _MAY_HAPPEN.search(text):
        if number == 0 or number >= _MUCH or _HAPPENS_NOT.search(measured):
            return None
        params = {"goal": goal, "value": value, "right": "0%" if target.unit == "%" else "0"}
        return Hit("target_value", params, severity=Severity.WARNING)
    if _ALL.search(text) and not _NOT_ALL.search(text) and target.unit == "%":
        measures_the_rest = measured != text and _OPPOSITE.search(measured) is not None
        if number >= 100 or measures_the_rest or target.operator in (">", "="):
            return None
        severity = Severity.ERROR if number == 0 else Severity.WARNING
        params = {"goal": goal, "value": value, "right": "100%"}
        return Hit("target_value", params, severity=severity)
    return None


def values_fit_the_goal(collector: Collector) -> None:
    """D01: what the goal of the department wants all or none of, its indicators want no less of."""
    for goal in goals_of(collector):
        rows = indicators_of(collector, goal.place.sheet)
        by_number = dict(rows)
        reading = read_goal(goal.value, collector.rows.plan_year)
        for clash in other_wholes(reading, goal.value, rows):
            unit = by_number[clash.row]["unit"] or ""
            is_none = _NONE.search(fold(clash.figure)) is not None
            if not is_none and unit != "%":
                continue
            # How many of a mishap is sure; a share may be of something else.
            severity = Severity.ERROR if is_none and unit != "%" else Severity.WARNING
            right = f"0{unit}" if is_none else "100%"
            params = {"goal": clash.figure, "value": clash.value, "right": right}
            hit = Hit("target_value", params, severity=severity)
            collector.add("D01", Table.DEPARTMENT_GOALS, clash.row, hit)


def duty_goal_names_a_result(collector: Collector) -> None:
    """D02: the duty goal says what the year is to bring, not only what the department is for."""
    declaration = collector.declaration
    duty = declaration.duty_goal
    if duty is None or is_blank(duty) or is_nothing(duty):
        return
    if any(goal.value != duty for goal in goals_of(collector)):
        return  # The form has a goal of the year besides.
    text = fold(duty)
    if read_goal(duty, declaration.year).has_figure or _RESULT.search(text):
        return
    if len(_DUTY.findall(text)) < 2 and not text.startswith(("负责", "承担")):
        return
    place = declaration.places.get("duty_goal")
    collector.add_workbook("D02", Hit("duty_goal", place=place))


def sums_of_the_department(collector: Collector) -> None:
    """D03: income, expenditure and the money of the tasks add up."""
    for form in collector.declaration.department_forms:
        for gap in (*budget_gaps(form), *task_gaps(form)):
            severity = None if gap.is_error else Severity.WARNING
            hit = Hit("department", gap.params, gap.variant, severity, gap.place)
            collector.add_workbook("D03", hit)
        label = unknown_label(form)
        if label is not None:
            collector.abstain_file("D03", f"部门收支中的“{short(label)}”不知道属于哪一项")


def paid_tasks_have_indicators(collector: Collector) -> None:
    """D04: a task with money has an indicator; one that keeps the house running needs none."""
    for form in collector.declaration.department_forms:
        rows = [row for _, row in indicators_of(collector, form.sheet)]
        named = {f"{task.name}，{task.content}": task for task in form.tasks}
        if len(rows) < _FEWEST_INDICATORS:
            continue
        department = collector.declaration.department
        open_tasks = [named[text] for text in untaken_of(named, department, rows)]
        paid = [
            (task, amount)
            for task in open_tasks
            if (amount := task.total) and not _HOUSEKEEPING.search(task.name)
        ]
        if paid:
            amount = sum((amount for _, amount in paid), Decimal(0))
            params = {
                "tasks": "、".join(f"“{short(task.name or task.content, 24)}”" for task, _ in paid),
                "amount": plain(amount),
                "unit": form.unit,
            }
            collector.add_workbook("D04", Hit("department", params, place=paid[0][0].place))


CHECKS = (
    department_goal_rule("D01", value_fits_its_goal),
    AcrossRule(("D01",), values_fit_the_goal, always=True),
    AcrossRule(("D02",), duty_goal_names_a_result, always=True),
    AcrossRule(("D03",), sums_of_the_department, always=True),
    AcrossRule(("D04",), paid_tasks_have_indicators, always=True),
)
