"""Dates, deadlines and periods of the indicators against the plan year and 项目期 (T rules)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence import calendar
from perfgoals_xl.review.evidence.calendar import Day
from perfgoals_xl.review.evidence.indicator_text import head, letters, named
from perfgoals_xl.review.evidence.periods import (
    against_the_whole,
    event_deadline,
    lasts_longer,
    read_period,
    says_when,
    spans,
)
from perfgoals_xl.review.evidence.prices import amount_like_a_date
from perfgoals_xl.review.evidence.years import Claim, Voice, claims
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
# What alone may differ between a goal of some years and a copy of it.
_WHICH_YEARS = re.compile(
    r"20\d\d年?[-—~至到]20\d\d年|20\d\d年度?|[二两三四五2-5]年(?:内|间|来)?|(?:本|年|全)年度?|总体目标:|年度目标:"
)
_ASKS_FOR_A_DATE = re.compile(r"(?:时间|日期|时限|期限)$")


def before_plan_year(cells: tuple[tuple[str, Voice], ...]) -> AnyJudge:
    """T01: no claim of a text lies wholly before the plan year."""
    return _dated(cells, lambda claim, year: claim.last < year)


def after_plan_year(cells: tuple[tuple[str, Voice], ...]) -> AnyJudge:
    """T02: no claim of a text reaches beyond the plan year.

    What a 自评表 or 监控表 says of the time after is what became of the plan.
    """
    return _dated(cells, lambda claim, year: claim.last > year, of_reports=False)


def _dated(
    cells: tuple[tuple[str, Voice], ...],
    is_wrong: Callable[[Claim, int], bool],
    *,
    of_reports: bool = True,
) -> AnyJudge:
    def check(row: AnyRow) -> Verdict:
        year = row["plan_year"]
        assert year is None or isinstance(year, int)
        for column, claim in _claims(row, cells, year):
            if year is None:
                return Abstention("没有计划年度")
            if is_wrong(claim, year) and not _of_several_years(row, claim, year):
                if not of_reports and (_is_of_report(row) or "is_second" in row):
                    return None
                return Hit(column, {"text": claim.text, "plan_year": year})
        return None

    return check


def _is_of_report(row: AnyRow) -> bool:
    project = row.get("of_project", row)
    return isinstance(project, Mapping) and bool(project.get("is_report"))


# The whole of a project's work, which may well take longer than the year.
_WHOLE = re.compile(r"整体|总体|全部|整个|项目期|总工期|全周期|中期|最终")


def _of_several_years(row: AnyRow, claim: Claim, year: int) -> bool:
    """Whether a claim is what the whole project is to reach, told as such or beside the year's.

    Only within a 项目期 with dates that has several years and the plan year among them. Money that
    is handed down is spent over such years by its nature.
    """
    project = row.get("of_project", row)
    text = project.get("project_period") if isinstance(project, Mapping) else None
    period = read_period(text) if isinstance(text, str) else None
    if period is None or period.start is None or period.end is None:
        return False
    first, last = period.start.year, period.end.year
    if first == last or not first <= year <= last or claim.first < first or claim.last > last:
        return False
    if claim.last > year and isinstance(project, Mapping) and project.get("is_transfer"):
        return True
    if project is row:
        return False
    told = fold(f"{row['indicator']}，{row['target_value']}")
    if any(said in told for said in (str(year), "本年", "当年")):
        return True
    return claim.last > year and _WHOLE.search(told) is not None


def _claims(
    row: AnyRow, cells: tuple[tuple[str, Voice], ...], year: int | None
) -> Iterator[tuple[str, Claim]]:
    for column, voice in cells:
        text = row[column]
        if column == "target_value" and "kind" in row and amount_like_a_date(row) is not None:
            continue
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


# 年度投资计划完成率, 全年支出进度.
_OF_THE_YEAR = re.compile(r"(?:年度|全年|当年|本年|[当本]期)[^,;。]{0,12}(?:率|进度|比例)$")


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
    if "typed_points" in row:
        return None  # V06 speaks of them.
    if mask_in(value) is not None or mask_in(name) is not None or not _DIGIT.search(fold(value)):
        return None
    if calendar.impossible_date(value) or serial_of(row):
        return None  # T06 speaks of these.
    if row["kind"] == "date" or says_when(value) or says_when(row["level3"] or name):
        return None
    if _OF_THE_YEAR.search(head(str(name))):
        return None  # How far the year's plan comes until its end.
    return None if group_fits(row) else Hit("target_value", {"name": name, "value": value})


def date_can_be(cells: tuple[str, ...]) -> AnyJudge:
    """T06: no text holds a date that no calendar has."""

    def check(row: AnyRow) -> Verdict:
        for column in cells:
            text = row[column]
            found = calendar.impossible_date(text) if isinstance(text, str) else None
            if found is not None:
                return Hit(column, {"text": found})
        return None

    return check


def date_is_no_serial(row: JudgedIndicator) -> Verdict:
    """T06: a time is not the serial number that a spreadsheet keeps of its date."""
    day = serial_of(row)
    if day is None:
        return None
    return Hit("target_value", {"text": row["target_value"], "date": _shown(day)}, "serial")


def serial_of(row: JudgedIndicator) -> dt.date | None:
    """The day whose serial number stands where a time is asked for."""
    value, name = row["target_value"], row["level3"]
    if not isinstance(value, str) or row["unit"] or is_blank(name):
        return None
    if group_key(row["level2"]) != "时效" and _ASKS_FOR_A_DATE.search(str(name)) is None:
        return None
    return calendar.day_of_serial(value)


def period_is_no_serial(row: JudgedProject) -> Verdict:
    """T06: 项目期 is not two serial numbers."""
    text = row["project_period"]
    days = calendar.days_of_serials(text) if isinstance(text, str) else None
    if days is None:
        return None
    shown = "至".join(_shown(day) for day in days)
    return Hit("project_period", {"text": text, "date": shown}, "serial")


def period_runs_forward(row: JudgedProject) -> Verdict:
    """T07: 项目期 does not end before it begins."""
    text = row["project_period"]
    days = calendar.days_in(text, row["plan_year"]) if isinstance(text, str) else ()
    if len(days) != 2 or not all(day.has_year for day in days) or days[1].last >= days[0].first:
        return None
    return Hit("project_period", {"one": days[0].text, "other": days[1].text}, "period")


def goal_tells_them_in_order(row: JudgedProject) -> Verdict:
    """T07: the goal does not end the work before it begins."""
    text, year = row["annual_goal"], row["plan_year"]
    if not isinstance(text, str) or year is None:
        return None
    hit = _contradiction(calendar.told_in_one(text, year))
    return None if hit is None else Hit("annual_goal", hit, "one")


def _contradiction(told: tuple[Day, Day] | None) -> dict[str, object] | None:
    if told is None or told[0].first <= told[1].last or any(day.is_carried for day in told):
        return None
    return {"one": told[0].text, "other": told[1].text}


def dates_agree(collector: Collector) -> None:
    """T07: the work ends after it begins and within a 项目期 that has dates."""
    projects = collector.records(Table.PROJECTS)
    for project, rows in enumerate(collector.indicators_by_project()):
        year = projects[project]["plan_year"]
        if year is None:
            continue
        begun: list[tuple[str, str, Day]] = []
        ended: list[tuple[str, int, JudgedIndicator, Day]] = []
        opened: dict[str, tuple[str, Day]] = {}
        closed: list[tuple[str, int, str, Day]] = []
        for number, row in rows:
            name, value = str(row["level3"] or ""), row["target_value"]
            if not isinstance(value, str):
                continue
            days = calendar.days_in(value, year)
            if len(days) == 2 and (hit := _contradiction(calendar.told_in_one(value, year))):
                collector.add("T07", Table.INDICATORS, number, Hit("target_value", hit, "one"))
            if not days:
                continue
            if (thing := calendar.opened(name)) is not None and len(days) == 1:
                opened.setdefault(thing, (name, days[0]))
            if (thing := calendar.closed(name, value)) is not None and len(days) == 1:
                closed.append((thing, number, name, days[0]))
            if calendar.begins(name) and not days[0].is_carried:
                begun.append((calendar.object_of(name), name, days[0]))
            elif not days[-1].is_carried and (
                calendar.ends(name) or (calendar.ends(value) and group_key(row["level2"]) == "时效")
            ):
                ended.append((calendar.object_of(name), number, row, days[-1]))
        told = _tell_out_of_order(collector, projects[project], begun, ended)
        for thing, number, name, day in closed:
            begin, first = opened.get(thing, (name, day))
            if (
                number not in told
                and first.first > day.last
                and not calendar.may_turn_the_year(name, first, day)
            ):
                params = {"begin": begin, "one": first.text, "end": name, "other": day.text}
                collector.add("T07", Table.INDICATORS, number, Hit("target_value", params))


def _tell_out_of_order(
    collector: Collector,
    project: JudgedProject,
    begun: list[tuple[str, str, Day]],
    ended: list[tuple[str, int, JudgedIndicator, Day]],
) -> set[int]:
    """Tell what the dates of the work contradict; returns the rows of which something was told."""
    told: set[int] = set()
    text = project["project_period"]
    period = read_period(text) if isinstance(text, str) else None
    last = period.end if period and period.start else None
    for thing, number, row, day in ended:
        before = next((b for b in begun if b[0] == thing and b[2].first > day.last), None)
        if before is not None:
            params: dict[str, object] = {
                "begin": before[1],
                "one": before[2].text,
                "end": row["level3"],
                "other": day.text,
            }
            collector.add("T07", Table.INDICATORS, number, Hit("target_value", params))
            told.add(number)
        elif last is not None and day.first > last and day.first.year == project["plan_year"]:
            # What lies after the plan year T02 has told.
            params = {"end": row["level3"], "other": day.text, "period": text}
            hit = Hit("target_value", params, "late")
            collector.add("T07", Table.INDICATORS, number, hit)
            told.add(number)
    return told


def _shown(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


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


def year_is_not_the_whole(row: JudgedIndicator) -> Verdict:
    """T05: a count of the year is part of that of the whole period, which stands beside it."""
    found = against_the_whole(row, row["of_project"])
    if found is None:
        return None
    params = {**named(row), "whole": row["period_target_value"]}
    return Hit("target_value", params, found, once=found == "equal")


def goal_is_of_the_year(row: JudgedProject) -> Verdict:
    """T05: the goal of a year of several is not that of all of them, word by word."""
    goal, whole = row["annual_goal"], row.get("period_goal")
    if is_blank(goal) or is_blank(whole) or not lasts_longer(row):
        return None
    own, other = (letters(_WHICH_YEARS.sub("", fold(str(text)))) for text in (goal, whole))
    return Hit("annual_goal", variant="goal") if own and own == other else None


CHECKS = (
    project_rule("T01", before_plan_year(_GOAL), period_before_plan_year),
    project_rule("T02", after_plan_year(_GOAL), period_after_plan_year),
    indicator_rule("T01", before_plan_year(_INDICATOR)),
    indicator_rule("T02", after_plan_year(_INDICATOR)),
    indicator_rule("T03", deadline_is_a_date),
    indicator_rule("T04", timeliness_says_when),
    project_rule("T05", goal_is_of_the_year),
    indicator_rule("T05", period_agrees, year_is_not_the_whole),
    department_goal_rule("T01", before_plan_year(_DEPARTMENT_GOAL)),
    department_goal_rule("T02", after_plan_year(_DEPARTMENT_GOAL)),
    project_rule(
        "T06", date_can_be(("annual_goal",)), date_can_be(("project_period",)), period_is_no_serial
    ),
    indicator_rule("T06", date_can_be(("target_value", "indicator")), date_is_no_serial),
    department_goal_rule("T06", date_can_be(("target_value", "budget_goal", "policy_goal"))),
    project_rule("T07", period_runs_forward, goal_tells_them_in_order),
    AcrossRule(("T07",), dates_agree),
)
