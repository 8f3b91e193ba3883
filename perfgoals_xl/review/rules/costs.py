"""What a reconciliation of costs is told as (C rules); the arithmetic is in its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow, target_of
from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence import prices
from perfgoals_xl.review.evidence import reconciliation as cost
from perfgoals_xl.review.evidence.funding_sums import all_sources
from perfgoals_xl.review.evidence.partners import Missing, missing_partners
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import REPORTED

NumberedRow = tuple[int, IndicatorRow]

# An amount somewhere in a text, though the text is none.
_HOLDS_AMOUNT = re.compile(
    r"\d[\d,.]{0,30}[十百千万亿]{0,4}元|\d[\d,.]{0,30}[万亿](?![\u4e00-\u9fff])"
)
_MOST_SHOWN = 3
# How costs and budget differ where one of them may have changed since.
_OFF = (cost.Outcome.OVER, cost.Outcome.UNDER, cost.Outcome.OPEN, cost.Outcome.OTHER_UNIT)


def reconcile_costs(collector: Collector) -> None:
    """C01 to C07 for every project."""
    by_project = collector.indicators_by_project()
    for project, rows in enumerate(by_project):
        costs = [(number, row) for number, row in rows if prices.is_cost(row)]
        if costs:
            _tell(collector, project, rows, costs)
            continue
        for code in ("C01", "C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, "没有成本指标")


def _tell(
    collector: Collector,
    project: int,
    rows: Sequence[NumberedRow],
    costs: Sequence[NumberedRow],
) -> None:
    record = collector.records(Table.PROJECTS)[project]
    amounts = [
        (number, row, amount)
        for number, row in costs
        if (amount := prices.money_of(row)) is not None
    ]
    is_report = record.get("is_report", False)
    if amounts:
        if not is_report:
            _tell_no_amounts(collector, costs, {number for number, _, _ in amounts})
        sums = [one for one in amounts if not _is_price(one[1], rows)]
        _tell_yuan(collector, record["amount_unit"], sums)
    else:
        _tell_no_amount(collector, project, costs)
    result = cost.reconcile(record, rows)
    if is_report and result.outcome in _OFF:
        for code in ("C02", "C03", "C04", "C07"):
            collector.abstain(code, Table.PROJECTS, project, REPORTED)
        return
    missing = missing_partners([row for _, row in rows], [row for _, row in costs])
    if missing is not None:
        _tell_missing(collector, costs[0][0], missing, result)
    if result.outcome is cost.Outcome.NOT_JUDGED:
        for code in ("C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, result.reason)
    elif result.outcome is cost.Outcome.NO_AMOUNT and (reason := cost.unfilled(rows)):
        for code in ("C01", "C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, reason)
    elif result.outcome is cost.Outcome.OTHER_UNIT:
        _tell_other_unit(collector, project, result)
    elif result.outcome in (cost.Outcome.OVER, cost.Outcome.UNDER, cost.Outcome.OPEN):
        _tell_difference(collector, costs[0][0], result, is_told=missing is not None)


def _tell_difference(
    collector: Collector, first: int, result: cost.Reconciliation, *, is_told: bool
) -> None:
    """C02 or C03 where the costs differ from the budget, as surely as it can be known.

    ``is_told`` says that C04 has named the partners that the costs fall short by.
    """
    row = result.terms[0].row if result.terms else first
    if result.outcome is cost.Outcome.OPEN:
        row = min(row, first)  # The price in doubt may be no term.
    params = _arithmetic(result)
    if result.outcome is cost.Outcome.OVER:
        if result.slips:
            _tell_slip(collector, result)
            return
        severity = Severity.WARNING if result.doubt else None
        if result.doubt is cost.Doubt.AT_MOST and result.is_rounded:
            severity = Severity.INFO  # 42处×9.05万元 is 0.1 above the 380 that it was made from.
        hit = Hit("target_value", params, result.doubt.value, severity)
        collector.add("C02", Table.INDICATORS, row, hit)
    elif result.outcome is cost.Outcome.UNDER and not is_told:
        variant = result.doubt.value or ("unpriced" if result.unpriced else "")
        hit = Hit("target_value", params, variant)
        collector.add("C03", Table.INDICATORS, row, hit)
    elif result.outcome is cost.Outcome.OPEN and not is_told:
        variant = "open_unpriced" if result.unpriced else "open" if result.terms else "unmatched"
        hit = Hit("target_value", params, variant, Severity.INFO)
        collector.add("C03", Table.INDICATORS, row, hit)


def _tell_slip(collector: Collector, result: cost.Reconciliation) -> None:
    """C02 at the first cost whose 万元 can only be 元."""
    first = result.slips[0]
    number = first.written.removesuffix("万元")
    params = {"price": first.written, "meant": f"{number}元", "cost": str(first)}
    shown = result.in_unit(sum((term.product for term in result.slips), Decimal(0)) / 10000)
    hit = Hit("target_value", _arithmetic(result) | params | {"fits": shown}, "slip")
    collector.add("C02", Table.INDICATORS, first.row, hit)


def _tell_other_unit(collector: Collector, project: int, result: cost.Reconciliation) -> None:
    """C07 at the annual amount, or at the costs where it is blank and its sources stand in."""
    annual = collector.records(Table.PROJECTS)[project]["annual_amount"]
    variant = "" if result.unit == "万元" else "yuan"
    hit = Hit("annual_amount", _arithmetic(result), variant)
    if isinstance(annual, Decimal):
        collector.add("C07", Table.PROJECTS, project, hit)
    else:
        row = result.terms[0].row
        hit = Hit("target_value", hit.params, variant)
        collector.add("C07", Table.INDICATORS, row, hit)


def _arithmetic(result: cost.Reconciliation) -> dict[str, object]:
    return {
        "arithmetic": result.arithmetic,
        "basis": result.basis,
        "budget": result.in_unit(result.budget),
        "difference": result.in_unit(abs(result.total - result.budget)),
        "unit": result.unit,
        "reason": result.reason,
        "tried": result.tried,
        "unpriced": result.unpriced,
    }


def _tell_missing(
    collector: Collector, row: int, missing: Missing, result: cost.Reconciliation
) -> None:
    """C04, told at the first cost."""
    params = {"rows": missing.told, "group": missing.group}
    if result.outcome in (cost.Outcome.OVER, cost.Outcome.UNDER) and not result.doubt:
        variant = "over" if result.outcome is cost.Outcome.OVER else ""
        hit = Hit("target_value", params | _arithmetic(result), variant)
    elif result.outcome in (cost.Outcome.EQUAL, cost.Outcome.BOUNDED):
        hit = Hit("target_value", params, "holds", Severity.INFO)
    else:
        hit = Hit("target_value", params, "open", Severity.INFO)
    collector.add("C04", Table.INDICATORS, row, hit)


def _tell_no_amounts(collector: Collector, costs: Sequence[NumberedRow], amounts: set[int]) -> None:
    """C06 for each cost that is no amount where others are."""
    for number, row in costs:
        value = row["target_value"]
        if number in amounts or is_blank(value) or is_nothing(value) or mask_in(value):
            continue
        if group_key(row["level2"]) in prices.NOT_ONLY_MONEY or is_blank(row["indicator"]):
            continue
        if is_nothing(row["level3"]) or prices.is_bare_number(row):
            continue  # V02 and V05 speak of these.
        if _HOLDS_AMOUNT.search(fold(value)):
            continue
        params = {"name": row["indicator"], "value": value}
        collector.add("C06", Table.INDICATORS, number, Hit("target_value", params))


def _tell_yuan(
    collector: Collector,
    unit: str,
    sums: Sequence[tuple[int, IndicatorRow, tuple[Decimal, str]]],
) -> None:
    """C05 once for a project, at the first amount in 元 on a form in 万元.

    A price (20元/册, 3万元/亩) stays as it is written: the form's unit is that of its sums.
    """
    if unit != "万元":
        return
    in_yuan = [
        (number, yuan, written)
        for number, _, (yuan, written) in sums
        if yuan and written.endswith("元") and not written.endswith(("万元", "亿元"))
    ]
    if not in_yuan:
        return
    shown = [
        f"{written} = {plain(convert(yuan, '元', unit))} {unit}" for _, yuan, written in in_yuan
    ]
    converted = "、".join(shown[:_MOST_SHOWN]) + ("等" if len(shown) > _MOST_SHOWN else "")
    params = {"count": len(in_yuan), "converted": converted}
    collector.add("C05", Table.INDICATORS, in_yuan[0][0], Hit("target_value", params))


def _is_price(row: IndicatorRow, rows: Sequence[NumberedRow]) -> bool:
    is_one = prices.is_unit_cost(str(row["level3"] or ""), target_of(row))
    return is_one or prices.is_price_of_named(row, rows)


def _tell_no_amount(collector: Collector, project: int, costs: Sequence[NumberedRow]) -> None:
    """C01, told at the first cost that is filled."""
    filled = [
        (number, row)
        for number, row in costs
        if not is_blank(row["target_value"]) and mask_in(row["target_value"]) is None
    ]
    if not filled or any(prices.is_bare_number(row) for _, row in filled):
        return  # S02 speaks of values that are blank, V01 of masks, V05 of numbers without a unit.
    record = collector.records(Table.PROJECTS)[project]
    annual = record["annual_amount"]
    budget = annual if isinstance(annual, Decimal) else all_sources(record).total
    params = {
        "values": "、".join(f"“{row['target_value']}”" for _, row in filled[:_MOST_SHOWN]),
        "budget": plain(budget) if budget is not None else "……",
        "unit": record["amount_unit"],
    }
    collector.add("C01", Table.INDICATORS, filled[0][0], Hit("target_value", params))


CHECKS = (AcrossRule(("C01", "C02", "C03", "C04", "C05", "C06", "C07"), reconcile_costs),)
