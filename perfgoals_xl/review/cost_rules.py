"""What a reconciliation of costs is told as (C rules); the arithmetic is in :mod:`.cost`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import mask_in, parse_target
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review import cost
from perfgoals_xl.review.findings import Collector, Hit
from perfgoals_xl.review.funding import sources_sum

NumberedRow = tuple[int, dict[str, Any]]


def reconcile_costs(collector: Collector) -> None:
    """C01, C02 and C03 for every project."""
    by_project = collector.indicators_by_project()
    for project, record in enumerate(collector.records(Table.PROJECTS)):
        rows = by_project[project]
        costs = [(number, row) for number, row in rows if cost.is_cost(row)]
        if costs:
            _tell(collector, project, costs, cost.reconcile(record, rows))
            continue
        for code in ("C01", "C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, "没有成本指标")


def _tell(
    collector: Collector, project: int, costs: Sequence[NumberedRow], result: cost.Reconciliation
) -> None:
    if not any(cost.money_in(parse_target(row["target_value"])) is not None for _, row in costs):
        _tell_no_amount(collector, project, costs)
    if result.outcome is cost.Outcome.NOT_JUDGED:
        for code in ("C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, result.reason)
    elif result.outcome in (cost.Outcome.OVER, cost.Outcome.UNDER):
        code = "C02" if result.outcome is cost.Outcome.OVER else "C03"
        row = result.terms[0].row if result.terms else costs[0][0]
        params = {
            "arithmetic": result.arithmetic,
            "basis": result.basis,
            "budget": result.in_unit(result.budget),
            "difference": result.in_unit(abs(result.total - result.budget)),
            "unit": result.unit,
        }
        collector.add(code, Table.INDICATORS, row, Hit("target_value", params))


def _tell_no_amount(collector: Collector, project: int, costs: Sequence[NumberedRow]) -> None:
    filled = [
        (number, row)
        for number, row in costs
        if not is_blank(row["target_value"]) and mask_in(row["target_value"]) is None
    ]
    if not filled:
        return  # S02 speaks of values that are blank, V01 of masks.
    record = collector.records(Table.PROJECTS)[project]
    annual = record["annual_amount"]
    budget = annual if isinstance(annual, Decimal) else sources_sum(record).total
    params = {
        "values": "、".join(f"“{row['target_value']}”" for _, row in filled[:3]),
        "budget": plain(budget) if budget is not None else "……",
        "unit": record["amount_unit"],
    }
    collector.add("C01", Table.INDICATORS, filled[0][0], Hit("target_value", params))


CHECKS = (reconcile_costs,)
