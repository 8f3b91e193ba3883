"""Progress and forecasts of a 监控表 (Z rules)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import Light, accumulates, light
from perfgoals_xl.form.target import Kind, is_nothing
from perfgoals_xl.form.taxonomy import SATISFACTION
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import group_at, says_nothing, short
from perfgoals_xl.review.evidence.reports.deviation_reasons import (
    gives_reason,
    gives_reason_of_funds,
)
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line
from perfgoals_xl.review.evidence.reports.result_reading import (
    Outcome,
    comes_later,
    outcome,
    share_of_target,
)
from perfgoals_xl.review.findings import Hit

_FORMS = EvaluationTable.MONITORINGS
_MONTHS = 12
_HUNDRED = Decimal(100)
# Before this month most of the year's money waits for its contracts.
_FIRST_ASKED = 4
# What is as large in every month: it does not grow over the year.
_STATE = re.compile(
    r"率|比例|占比|平均|人均|户均|亩均|每|均价|单价|覆盖|存栏|保有|在职|在编|在册|在岗|编制|期末|年末"
    r"|时间|时长|周期|期限|年限|频次|温度|浓度|密度|分数|评分|得分|满意|达标|标准|运行|正常|维护的|日均|月均"
)
_GROWING = frozenset({"数量", "经济效益"})
_SATISFIED = "满意度指标"
# How much something rises or falls in the year is small, and told at its end.
_SLOW = re.compile(
    r"增长|增幅|提高率|提升率|下降|降低|减少|降幅|同比|环比|满意|年末|年底|结转|结余"
)


def lights_are_explained(collector: Collector) -> None:
    """Z19: what is behind the months that have gone says why."""
    for report in collector.reports(_FORMS):
        month = report.form["month"]
        grown = [line for line in report.indicators if _grows(line) or _is_rate(line)]
        if not isinstance(month, int) or not 1 <= month <= _MONTHS:
            if grown:
                collector.abstain_line("Z19", report.form, "看不出监控到哪个月")
            continue
        for line in grown:
            found = share_of_target(line, "done_value")
            if found is None or gives_reason(report, line):
                continue
            if found[1] <= 0 and not _grows(line):
                continue  # nothing was measured yet
            shown = light(line.target, line["done_value"], month, collector.scoring, grows=True)
            if shown not in (Light.RED, Light.YELLOW):
                continue
            floor, done = found
            asked = floor * month / _MONTHS
            params = {
                "name": short(line.name),
                "target": short(line["target_value"]),
                "done": short(line["done_value"]),
                "month": month,
                "asked": plain(round(asked, 2)),
                "share": plain(round(done / asked * _HUNDRED, 1)),
                "light": shown.value,
                "light_en": "red" if shown is Light.RED else "yellow",
            }
            column = "reason" if line.place("reason") is not None else "done_value"
            variant = "" if _grows(line) else "rate"
            collector.add_line("Z19", line, Hit(column, params, variant))


def _grows(line: Line) -> bool:
    """Whether a target grows with the months: a number of things, no rate and no state."""
    target = line.target
    if target.kind not in (Kind.NUMERIC, Kind.MONEY) or line.is_cost or not accumulates(target):
        return False
    if group_at(line["level1"], line["level2"]) not in _GROWING:
        return False
    return _STATE.search(fold(line.name)) is None


def _is_rate(line: Line) -> bool:
    """Whether a target is a rate to be reached that the form doubts, and is not asked of people.

    Held against the months it is judged mildly: a rate that stands all year is further behind.
    """
    said = fold(str(line["likelihood"] or ""))
    return (
        line.target.kind is Kind.PERCENT
        and said not in ("", "—", "-", "/")
        and _SURE.fullmatch(said) is None
        and not line.is_cost
        and group_at(line["level1"], line["level2"]) != SATISFACTION
        and line["level1"] != _SATISFIED
        and _SLOW.search(fold(line.name)) is None
    )


def forecasts_fit_likelihood(collector: Collector) -> None:
    """Z20: what is expected of the year fits what is said of its likelihood."""
    for report in collector.reports(_FORMS):
        for line in report.indicators:
            said = fold(str(line["likelihood"] or ""))
            reached = outcome(line, "forecast_value", collector.scoring)
            params = {
                "name": short(line.name),
                "target": short(line["target_value"]),
                "forecast": short(line["forecast_value"] or ""),
                "said": short(line["likelihood"] or ""),
            }
            done, foreseen = (share_of_target(line, c) for c in ("done_value", "forecast_value"))
            if done is not None and foreseen is not None and foreseen[1] < done[1] and _grows(line):
                params |= {"done": short(line["done_value"])}
                collector.add_line("Z20", line, Hit("forecast_value", params, "below"))
            elif reached is Outcome.SHORT and _SURE.fullmatch(said):
                collector.add_line("Z20", line, Hit("likelihood", params))
            elif reached is Outcome.MET and _IMPOSSIBLE.fullmatch(said):
                collector.add_line("Z20", line, Hit("likelihood", params, "none"))


# What forms print to be ticked.
_CHOICES = re.compile(r"确定能|有可能|(?:完全)?不可能")
_SURE = re.compile(
    r"(?:确定|肯定|完全|一定)?(?:能|能够|可以|可)(?:完成|实现)?(?:目标|年度目标)?|确定|是"
)
_IMPOSSIBLE = re.compile(
    r"(?:完全|确定|肯定)?(?:不可能|不能|无法|不能够)(?:完成|实现)?(?:目标|年度目标)?|否"
)


def forecasts_are_there(collector: Collector) -> None:
    """Z28: what others of the form say of the year's end, every indicator says."""
    for report in collector.reports(_FORMS):
        for column in ("forecast_value", "likelihood"):
            if all(is_blank(line[column]) for line in report.indicators):
                continue
            for line in report.indicators:
                said = fold(str(line[column] or ""))
                if column == "likelihood" and len(_CHOICES.findall(said)) > 1:
                    params = {"name": short(line.name), "label": report.label(column)}
                    hit = Hit(column, params | {"said": short(line[column])}, "several")
                    collector.add_line("Z28", line, hit)
                if line.place(column) is None or not is_blank(line[column]):
                    continue
                target = line["target_value"]
                if is_blank(target) or is_nothing(str(target)) or is_nothing(line.name):
                    continue  # a group without an indicator
                if not _is_asked(line, column):
                    continue
                params = {"name": short(line.name), "label": report.label(column)}
                collector.add_line("Z28", line, Hit(column, params))


def _is_asked(line: Line, column: str) -> bool:
    """Whether a blank is to be told: beside a value so far, or where nothing at all is said.

    What can only be said later (:func:`comes_later`) has its forecast until then, told once.
    """
    if not is_blank(line["done_value"]):
        return True
    said = (line[name] for name in ("forecast_value", "likelihood", "reason", "note"))
    silent = column == "forecast_value" and all(map(is_blank, said))
    # A row that the form prints for an indicator nobody entered asks nothing.
    named = not is_blank(line.name) and not says_nothing(line.name)
    asked = named and not is_nothing(str(line["target_value"]))
    return asked and silent and comes_later(line, line["done_value"])


def spending_keeps_pace(collector: Collector) -> None:
    """Z29: money that is spent far slower than the months go has a reason."""
    least = Decimal(str(collector.limit("Z29")))
    for report in collector.reports(_FORMS):
        form, month = report.form, report.form["month"]
        executed = form.figure("executed")
        known = form.place("annual_budget") is not None
        budget = form.figure("annual_budget" if known else "initial_budget")
        if not isinstance(month, int) or not _FIRST_ASKED <= month <= _MONTHS:
            continue
        if executed is None or executed < 0 or not budget or budget < 0:
            continue
        rate, asked = executed / budget * _HUNDRED, _HUNDRED * month / _MONTHS
        share = rate / asked * _HUNDRED
        if share >= least or gives_reason_of_funds(report):
            continue
        params = {
            "arithmetic": f"{plain(executed)} ÷ {plain(budget)} = {plain(round(rate, 2))}%",
            "month": month,
            "asked": plain(round(asked, 1)),
            "share": plain(round(share, 1)),
        }
        column = "execution_rate" if form.place("execution_rate") is not None else "executed"
        collector.add_line("Z29", form, Hit(column, params))


CHECKS = (
    AcrossRule(("Z19",), lights_are_explained, always=True),
    AcrossRule(("Z20",), forecasts_fit_likelihood, always=True),
    AcrossRule(("Z28",), forecasts_are_there, always=True),
    AcrossRule(("Z29",), spending_keeps_pace, always=True),
)
