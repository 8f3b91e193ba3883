"""Header and goal of a project: what must be filled, year, attribute, period (H rules)."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.taxonomy import OTHER_ATTRIBUTES, PROJECT_ATTRIBUTES
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence import wording
from perfgoals_xl.review.evidence.periods import read_period
from perfgoals_xl.review.findings import Abstention, Hit, Verdict
from perfgoals_xl.review.row_rules import (
    INDENTS,
    AnyJudge,
    AnyRow,
    JudgedProject,
    ProjectJudge,
    department_goal_rule,
    indent_of,
    indicator_rule,
    lacks,
    needs,
    project_rule,
    threshold_of,
)

HEADER_FIELDS = (
    "supervising_department",
    "implementing_unit",
    "project_attribute",
    "project_period",
)
_TEXTS = (
    "project_name",
    *HEADER_FIELDS,
    "period_goal",
    "annual_goal",
)
# 02-经常性项目, 延续性, 多年期延续性项目: a code before it and 项目 behind it may be there or not.
_CODE = re.compile(r"^\(?\d{1,3}\)?[-—–_.、:]?")
_ATTRIBUTES = frozenset(
    [*(term.removesuffix("项目") for term in PROJECT_ATTRIBUTES), "多年期延续性"]
)


def name_is_filled(row: JudgedProject) -> Verdict:
    """H01: 项目名称 is not blank."""
    return Hit("project_name") if is_blank(row["project_name"]) else None


@needs("annual_goal")
def goal_is_filled(row: JudgedProject) -> Verdict:
    """H02: 年度总体绩效目标 is not blank."""
    return Hit("annual_goal") if is_blank(row["annual_goal"]) else None


def header_is_filled(column: str) -> ProjectJudge:
    """H03: a header field is not blank. One check per field, so that each names its own cell."""

    @needs(column)
    def check(row: JudgedProject) -> Verdict:
        cells: AnyRow = row
        return Hit(column, {"label": label_of(column)}) if is_blank(cells[column]) else None

    return check


def year_is_plan_year(row: JudgedProject) -> Verdict:
    """H04: the year of the form's title is the plan year (``plan_year``) of the declaration."""
    year, plan_year = row["year"], row["plan_year"]
    if year is None or plan_year is None:
        return Abstention("标题中没有年度" if plan_year else "没有计划年度")
    if year == plan_year:
        return None
    return Hit("year", {"year": year, "plan_year": plan_year})


@needs("project_attribute")
def attribute_is_a_term(row: JudgedProject) -> Verdict:
    """H05: 项目属性 is one of the edition's terms, with or without its code.

    Forms of other places have terms of their own, which nobody here can know all of.
    """
    text = row["project_attribute"]
    if text is None or is_blank(text) or text == UNCALCULATED:
        return None  # H03 speaks of a blank, V01 of a formula without a value.
    term = _CODE.sub("", fold(text)).removesuffix("项目")
    if term in _ATTRIBUTES:
        return None
    if not row.get("of_template", True) and not _CODE.match(fold(text)):
        parts = (part.removesuffix("项目") for part in term.split("、"))
        known = OTHER_ATTRIBUTES.issuperset(parts)
        return None if known else Abstention("“项目属性”用的是该表自己的说法")
    return Hit("project_attribute", {"text": text, "terms": "、".join(PROJECT_ATTRIBUTES)})


@needs("project_period")
def period_is_short(row: JudgedProject) -> Verdict:
    """H06: 项目期 is no longer than the threshold, and its money is not all in one of its years."""
    text, plan_year = row["project_period"], row["plan_year"]
    if text is None or is_blank(text):
        return Abstention("项目期没有填写")
    period = read_period(text)
    if period is None:
        return Abstention(f"项目期“{text}”读不出时间长短")
    limit = threshold_of(row, "H06")
    if period.months > limit * 12:
        years = plain(Decimal(str(round(period.months / 12, 1))))
        return Hit("project_period", {"period": text, "years": years, "limit": f"{limit:g}"})
    if period.start is None or period.end is None or plan_year is None:
        return None
    if period.start.year == period.end.year or not (
        period.start.year <= plan_year <= period.end.year
    ):
        return None  # A period wholly outside the plan year is told by the rules on time.
    if unknown := lacks(row, "total_amount", "annual_amount"):
        return unknown
    total, annual = row["total_amount"], row["annual_amount"]
    if not isinstance(total, Decimal) or not isinstance(annual, Decimal):
        return Abstention("项目总额或年度资金总额没有填写")
    if total != annual or not total:
        return None
    params = {
        "period": text,
        "amount": plain(total),
        "unit": row["amount_unit"],
        "plan_year": plan_year,
    }
    return Hit("project_period", params, variant="crosses")


def text_is_clean(column: str) -> AnyJudge:
    """H07: no markup, control characters, or blanks around a text. One check per column.

    Blanks before the names of a list that show their level are its layout.
    """
    indents = column in ("project_name", "indicator")

    def check(row: AnyRow) -> Verdict:
        text = row[column]
        if not isinstance(text, str) or not text or text.isalnum():
            return None
        if indents and text[0] in INDENTS and (indent := indent_of(text)) in _indents(row):
            text = text.removeprefix(indent)
        found = wording.left_over(text)
        return None if found is None else Hit(column, {"what": found.shown}, found.variant)

    return check


def _indents(row: AnyRow) -> Collection[str]:
    found = row.get("indents", ())
    assert isinstance(found, Collection)
    return found


def text_is_whole(column: str) -> AnyJudge:
    """H08: a text does not stop in the middle of a sentence. One check per column."""

    def check(row: AnyRow) -> Verdict:
        text = row[column]
        if not isinstance(text, str):
            return None
        end = wording.broken_end(text, running=column.endswith("goal"))
        return None if end is None else Hit(column, {"end": end})

    return check


def blank_forms(collector: Collector) -> None:
    """H01: a form that nobody filled in has no name either."""
    for place in collector.declaration.blank_forms:
        collector.add_workbook("H01", Hit("project_name", {}, "blank_form", place=place))


CHECKS = (
    AcrossRule(("H01",), blank_forms, always=True),
    project_rule("H01", name_is_filled, says_blank=True),
    project_rule("H02", goal_is_filled, says_blank=True),
    project_rule("H03", *map(header_is_filled, HEADER_FIELDS), says_blank=True),
    project_rule("H04", year_is_plan_year),
    project_rule("H05", attribute_is_a_term),
    project_rule("H06", period_is_short),
    project_rule("H07", *map(text_is_clean, _TEXTS)),
    project_rule("H08", *map(text_is_whole, ("project_name", "period_goal", "annual_goal"))),
    indicator_rule("H07", *map(text_is_clean, ("indicator", "target_value", "note"))),
    indicator_rule("H08", *map(text_is_whole, ("indicator", "target_value"))),
    department_goal_rule(
        "H07", *map(text_is_clean, ("policy_goal", "budget_goal", "target_value"))
    ),
)
