"""Funds of 自评表 and 监控表: sums, the rate of execution and its points, the costs (Z rules)."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import Kind, TargetValue, parse_target
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.evidence.reports.deviation_reasons import gives_reason_of_funds
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report, label_of_column
from perfgoals_xl.review.evidence.reports.report_sums import (
    HUNDRED,
    ZERO,
    half_of,
    labelled_sum,
    makes_total,
    money_parts,
    places_of,
    rate_slack,
)
from perfgoals_xl.review.findings import Hit

_FORMS = EvaluationTable.EVALUATIONS
_COLUMNS = ("initial_budget", "annual_budget", "executed", "expected_balance")
_TOLERANCE = Decimal("0.05")
# From such a rate on places give all points, below such a one none.
_NEARLY_ALL, _TOO_LITTLE = Decimal(90), Decimal(80)
# How far apart the same money is in 元 and in 万元, spent more or less as a whole.
_LEAST_APART, _MOST_APART = Decimal(5000), Decimal(20000)
_UNIT_PRICE = re.compile(r"每|人均|户均|亩均|单价|单位成本|平均|标准|均价|次均")
_NO_COST = re.compile(r"节约|节省|降低|减少|社会|环境|收入|效益|结余|损失")
_WHOLE_COST = re.compile(
    r"总成本|项目成本|项目总|总投[入资]|总费用|总支出|预算(?:控制|总)|成本(?:控制|总)|资金总"
)


def rates_follow(collector: Collector) -> None:
    """Z06: 执行率 is what was spent of the budget of the year."""
    for report in collector.all_reports():
        unsure = {column for column in _COLUMNS if _gap(report, column) is not None}
        for line in (report.form, *report.sources()):
            rate, executed = line.figure("execution_rate"), line.figure("executed")
            budget = _budget(line)
            if rate is None or executed is None or not budget or budget < 0:
                continue
            right = executed / budget * HUNDRED
            if abs(rate - right) <= rate_slack(executed, budget, rate):
                continue
            if unsure & {"executed", "annual_budget"} and _follows_sums(report, line, rate):
                continue  # Z08 tells the amount that is wrong.
            if abs(rate * HUNDRED - right) <= HUNDRED * half_of(places_of(rate)):
                continue  # 0.945 is 94.5% in a cell that does not show it.
            initial = line.figure("initial_budget")
            of_initial = (
                initial and initial != budget and abs(rate - executed / initial * HUNDRED) < 1
            )
            params = {
                "executed": plain(executed),
                "budget": plain(budget),
                "initial": "" if initial is None else plain(initial),
                "right": _rate(right),
                "rate": _rate(rate),
                "source": _source(line),
            }
            hit = Hit("execution_rate", params, "initial" if of_initial else "")
            collector.add_line("Z06", line, hit)


def _follows_sums(report: Report, line: Line, rate: Decimal) -> bool:
    """Whether a rate is right but for an amount that does not add up with the others."""
    if line is not report.form:
        return True
    executed, budget = (
        sum((amount for _, amount in money_parts(report.sources(), column)), ZERO)
        for column in ("executed", "annual_budget")
    )
    spent = {executed, line.figure("executed") or ZERO}
    return any(
        one > 0 and abs(rate - money / one * HUNDRED) <= rate_slack(money, one, rate)
        for money in spent
        for one in (budget, _budget(line) or ZERO)
    )


def _budget(line: Line) -> Decimal | None:
    """The budget of the year; what it began with where the form has no other column."""
    if line.place("annual_budget") is None:
        return line.figure("initial_budget")
    return line.figure("annual_budget")


def _rate(rate: Decimal) -> str:
    return f"{plain(round(rate, 2))}%"


def _source(line: Line) -> str:
    return short(line.values.get("source") or "年度资金总额")


def execution_points_follow(collector: Collector) -> None:
    """Z07: the points of the execution are its rate times their weight, and no more than all."""
    full_from = Decimal(str(collector.limit("Z07")))
    for report in collector.reports(_FORMS):
        step = _step_of(report)
        for line in (report.form, *report.sources()):
            own = line is report.form
            columns = ("execution_weight", "execution_score") if own else ("weight", "score")
            weight, score = (line.figure(column) for column in columns)
            rates = _rates(line)
            if not weight or weight < 0 or score is None or not 0 <= score <= weight or not rates:
                continue
            slack = max(_TOLERANCE, half_of(step)) + half_of(2)
            rights = [min(max(rate, ZERO), HUNDRED) * weight / HUNDRED for rate in rates]
            if any(abs(right - score) <= slack for right in rights):
                continue
            rate = rates[0]
            if score == weight and any(one >= full_from for one in rates):
                continue
            params = {
                "rate": _rate(rate),
                "weight": plain(weight),
                "right": plain(round(rights[0], 2)),
                "score": plain(score),
                "source": _source(line),
            }
            # Other rules of the place: all points from 95% on, none below 60%.
            other = (score == weight and rate >= _NEARLY_ALL) or (score == 0 and rate < _TOO_LITTLE)
            severity = Severity.WARNING if other else None
            capped = "capped" if rate > HUNDRED else ""
            collector.add_line("Z07", line, Hit(columns[1], params, capped, severity))


def _rates(line: Line) -> list[Decimal]:
    """The rate that the amounts give and the one that is stated: Z06 tells where they differ."""
    executed, budget, stated = line.figure("executed"), _budget(line), line.figure("execution_rate")
    found = [] if executed is None or not budget or budget < 0 else [executed / budget * HUNDRED]
    return found if stated is None else [*found, stated]


def _step_of(report: Report) -> int:
    """How many decimals the points of a form have; none where all of them are whole."""
    scores = [report.form.figure("execution_score"), report.form.figure("total_score")]
    scores += [line.figure("score") for line in report.indicators]
    return max((places_of(score) for score in scores if score is not None), default=0)


def funds_add_up(collector: Collector) -> None:
    """Z08: in every column the sources make the total."""
    for report in collector.all_reports():
        form, sources = report.form, report.sources()
        if not sources:
            continue
        for column in _COLUMNS:
            gap = _gap(report, column)
            if gap is None:
                continue
            total, parts = gap
            odd = next((line for line in sources if _is_no_amount(line, column)), None)
            label = label_of_column(form.table, column)
            if odd is not None:
                said = short(odd[column])
                collector.abstain_line("Z08", form, f"{label}中的“{said}”不是金额，不能合计")
                continue
            added = sum((amount for _, amount in parts), ZERO)
            params = {
                "label": label,
                "total": plain(total),
                "arithmetic": labelled_sum(parts),
                "difference": f"{'多' if added > total else '少'} {plain(abs(added - total))}",
                "gap": plain(abs(added - total)),
                "unit": report.unit,
            }
            collector.add_line("Z08", form, Hit(column, params))


def _gap(report: Report, column: str) -> tuple[Decimal, list[tuple[str, Decimal]]] | None:
    """The total and the parts of a column where they differ."""
    total = report.form.figure(column) if column in report.form.values else None
    parts = money_parts(report.sources(), column)
    return None if total is None or not parts or makes_total(parts, total) else (total, parts)


def _is_no_amount(line: Line, column: str) -> bool:
    return line.is_unread(column) or line.values.get(column) == UNCALCULATED


def costs_fit_execution(collector: Collector) -> None:
    """Z14: what the cost indicators say was spent is not more than the funds executed."""
    for report in collector.reports(_FORMS):
        executed = report.form.figure("executed")
        if executed is None or executed <= 0:
            continue
        costs = [
            (line, money)
            for line in report.indicators
            if line.is_cost and (money := _money_of(line, report.unit)) is not None
        ]
        if not costs:
            continue
        whole = [pair for pair in costs if _WHOLE_COST.search(fold(pair[0].name))]
        whole = whole or [pair for pair in costs if len(costs) > 2 and _is_sum(pair[1], costs)]
        counted = whole[:1] or costs
        spent = sum((money for _, money in counted), ZERO)
        slack = max(half_of(min(places_of(m), 2)) for _, m in (*counted, (report.form, executed)))
        line = counted[0][0]
        params = {
            "arithmetic": _costs(counted),
            "executed": plain(executed),
            "gap": plain(abs(spent - executed)),
            "unit": report.unit,
            "name": short(line.name),
        }
        if spent - executed > slack:
            collector.add_line("Z14", line, Hit("actual_value", params))
        elif whole and executed - spent > slack:
            collector.add_line("Z14", line, Hit("actual_value", params, "less"))


def _is_sum(money: Decimal, costs: list[tuple[Line, Decimal]]) -> bool:
    return sum((one for _, one in costs), ZERO) == 2 * money


def _costs(counted: list[tuple[Line, Decimal]]) -> str:
    if len(counted) == 1:
        return plain(counted[0][1])
    return labelled_sum([(short(line.name, 12), money) for line, money in counted])


def _money_of(line: Line, unit: str) -> Decimal | None:
    """What a cost indicator says was spent in all, in the unit of the form."""
    name = fold(f"{line['level2'] or ''}{line.name}")
    text = line["actual_value"]
    if _NO_COST.search(name) or _UNIT_PRICE.search(name) or is_blank(text):
        return None
    target, actual = line.target, parse_target(str(text))
    if not _is_plain_money(target) or actual.operator or actual.low != actual.high:
        return None
    if not isinstance(actual.low, Decimal):
        return None
    own = actual.unit or target.unit
    if not _is_plain_money(TargetValue("", Kind.MONEY, "", actual.low, actual.low, own)):
        return None
    factor = measure_of(TargetValue("", Kind.MONEY, "", actual.low, actual.low, own))[1]
    return convert(actual.low * factor, "元", unit)


def _is_plain_money(value: TargetValue) -> bool:
    """Whether a value is an amount of money, and none per head or per piece."""
    return value.kind in (Kind.MONEY, Kind.RANGE) and measure_of(value)[0] == "元"


def execution_is_explained(collector: Collector) -> None:
    """Z16: a low rate of execution has a reason."""
    least = Decimal(str(collector.limit("Z16")))
    for report in collector.reports(_FORMS):
        form = report.form
        rates = _rates(form)
        if not rates or rates[0] >= least or gives_reason_of_funds(report):
            continue
        executed, budget = form.figure("executed"), _budget(form)
        if executed is not None and budget:
            arithmetic = f"{plain(executed)} ÷ {plain(budget)} = {_rate(rates[0])}"
        else:
            arithmetic = _rate(rates[0])
        params = {"arithmetic": arithmetic, "least": plain(least)}
        collector.add_line("Z16", form, Hit("execution_rate", params))


def spending_is_within_budget(collector: Collector) -> None:
    """Z24: no more was spent than the budget of the year, and both are in one unit.

    Of the sources nothing is told: money moves between them in the course of the year.
    """
    for report in collector.all_reports():
        form = report.form
        executed, budget = form.figure("executed"), form.figure("annual_budget")
        if executed is None or budget is None or executed < 0 or budget < 0:
            continue
        quotients = [executed / budget, budget / executed] if executed and budget else []
        apart = any(_LEAST_APART <= one <= _MOST_APART for one in quotients)
        over = executed - budget
        # 98.74 of 98.7 was rounded.
        slack = half_of(places_of(budget)) if places_of(budget) else ZERO
        if not apart and over <= slack:
            continue
        params = {
            "source": _source(form),
            "executed": plain(executed),
            "budget": plain(budget),
            "gap": plain(abs(over)),
            "unit": report.unit,
        }
        hit = Hit("executed", params, "unit", Severity.ERROR) if apart else Hit("executed", params)
        collector.add_line("Z24", form, hit)


CHECKS = (
    AcrossRule(("Z06",), rates_follow, always=True),
    AcrossRule(("Z07",), execution_points_follow, always=True),
    AcrossRule(("Z08",), funds_add_up, always=True),
    AcrossRule(("Z14",), costs_fit_execution, always=True),
    AcrossRule(("Z16",), execution_is_explained, always=True),
    AcrossRule(("Z24",), spending_is_within_budget, always=True),
)
