"""Dates, deadlines and periods of the indicators against the plan year and 项目期 (T rules)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.years import (
    Claim,
    Voice,
    claims,
    event_deadline,
    read_period,
    says_when,
    spans,
)
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import (
    AnyJudge,
    AnyRow,
    JudgedIndicator,
    JudgedProject,
    department_goal_rule,
    indicator_rule,
    lacks,
    project_rule,
)
from perfgoals_xl.review.rules.group_fit import group_fits

# The cells that are asked for years, the most telling first: one finding per row speaks for all.
_INDICATOR = (("target_value", Voice.VALUE), ("indicator", Voice.NAME))
_DEPARTMENT_GOAL = (
    ("target_value", Voice.VALUE),
    ("budget_goal", Voice.NAME),
    ("policy_goal", Voice.NAME),
)
_GOAL = (("annual_goal", Voice.GOAL),)
_OUTPUT = frozenset({"数量", "质量", "时效", "成本", "经济成本"})
_DIGIT = re.compile(r"[0-9一二两三四五六七八九十]")
# What a contract may last beyond 项目期 before the two contradict: dates are counted by the day.
_TOLERANCE = 0.5


def before_plan_year(cells: tuple[tuple[str, Voice], ...]) -> AnyJudge:
    """T01: no claim of a text lies wholly before the plan year."""
    return _dated(cells, lambda claim, year: claim.last < year)


def after_plan_year(cells: tuple[tuple[str, Voice], ...]) -> AnyJudge:
    """T02: no claim of a text reaches beyond the plan year."""
    return _dated(cells, lambda claim, year: claim.last > year)


def _dated(
    cells: tuple[tuple[str, Voice], ...], is_wrong: Callable[[Claim, int], bool]
) -> AnyJudge:
    def check(row: AnyRow) -> Verdict:
        year = row["plan_year"]
        assert year is None or isinstance(year, int)
        for column, claim in _claims(row, cells, year):
            if year is None:
                return Abstention("没有计划年度")
            if is_wrong(claim, year):
                return Hit(column, {"text": claim.text, "plan_year": year})
        return None

    return check


def _claims(
    row: AnyRow, cells: tuple[tuple[str, Voice], ...], year: int | None
) -> Iterator[tuple[str, Claim]]:
    for column, voice in cells:
        text = row[column]
        if isinstance(text, str):
            for claim in claims(text, year or 0, voice):
                yield column, claim


def period_before_plan_year(row: JudgedProject) -> Verdict:
    """T01: 项目期 with dates is not over before the plan year begins."""
    text, year = row["project_period"], row["plan_year"]
    period = read_period(text) if isinstance(text, str) else None
    if period is None or period.end is None or year is None or period.end.year >= year:
        return None
    return Hit("project_period", {"text": text, "plan_year": year}, variant="period")


def period_after_plan_year(row: JudgedProject) -> Verdict:
    """T02: 项目期 with dates does not begin after the plan year."""
    text, year = row["project_period"], row["plan_year"]
    period = read_period(text) if isinstance(text, str) else None
    if period is None or period.start is None or year is None or period.start.year <= year:
        return None
    return Hit("project_period", {"text": text, "plan_year": year}, variant="period")


def deadline_is_a_date(row: JudgedIndicator) -> Verdict:
    """T03: the deadline of a 时效指标 does not count from an event of the procedure."""
    if group_key(row["level2"]) != "时效":
        return None
    for column in ("target_value", "indicator"):
        text = row[column]
        deadline = event_deadline(text) if isinstance(text, str) else None
        if deadline is not None:
            return Hit(column, {"text": deadline})
    return None


def timeliness_says_when(row: JudgedIndicator) -> Verdict:
    """T04: a 时效指标 names a date, a period, a response time, or measures punctuality.

    Its value holds a number here: one without any is told by the rule on values (V04), and a
    count of things by the rule on groups (S05).
    """
    if group_key(row["level2"]) != "时效":
        return None
    name, value = row["indicator"], row["target_value"]
    if is_blank(name) or is_blank(value) or is_nothing(value) or is_nothing(row["level3"] or ""):
        return None
    if mask_in(value) is not None or mask_in(name) is not None or not _DIGIT.search(fold(value)):
        return None
    if row["kind"] == "date" or says_when(value) or says_when(row["level3"] or name):
        return None
    return None if group_fits(row) else Hit("target_value", {"name": name, "value": value})


def period_agrees(row: JudgedIndicator) -> Verdict:
    """T05: no period that an indicator sets for the work is longer than 项目期."""
    name, value = row["indicator"], row["target_value"]
    # What lasts beyond the work (维护期, 使用年限) is named under the benefits.
    if group_key(row["level2"]) not in _OUTPUT:
        return None
    found = spans(name or "", value or "")
    if not found:
        return None
    text = row["of_project"]["project_period"]
    if is_blank(text):
        return lacks(row["of_project"], "project_period") or Abstention("项目期没有填写")
    period = read_period(text)
    if period is None:
        return Abstention(f"项目期“{text}”读不出时间长短")
    for span in found:
        if span.months > period.months + _TOLERANCE:
            in_value = isinstance(value, str) and span.text in fold(value)
            column = "target_value" if in_value else "indicator"
            return Hit(column, {"span": span.text, "period": text})
    return None


CHECKS = (
    project_rule("T01", before_plan_year(_GOAL), period_before_plan_year),
    project_rule("T02", after_plan_year(_GOAL), period_after_plan_year),
    indicator_rule("T01", before_plan_year(_INDICATOR)),
    indicator_rule("T02", after_plan_year(_INDICATOR)),
    indicator_rule("T03", deadline_is_a_date),
    indicator_rule("T04", timeliness_says_when),
    indicator_rule("T05", period_agrees),
    department_goal_rule("T01", before_plan_year(_DEPARTMENT_GOAL)),
    department_goal_rule("T02", after_plan_year(_DEPARTMENT_GOAL)),
)
