"""Checks over several rows of one project, and over projects (C01-C03, P03)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import mask_in, parse_target
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review import cost
from perfgoals_xl.review.findings import Collector, Hit
from perfgoals_xl.review.funding import sources_sum

NumberedRow = tuple[int, dict[str, Any]]


def rows_by_project(collector: Collector) -> list[list[NumberedRow]]:
    """The rows of ``indicators`` of each project, with their numbers."""
    grouped: list[list[NumberedRow]] = [[] for _ in collector.records(Table.PROJECTS)]
    for number, row in enumerate(collector.records(Table.INDICATORS)):
        grouped[row["project"]].append((number, row))
    return grouped


def tell_costs(
    collector: Collector,
    project: int,
    costs: Sequence[NumberedRow],
    result: cost.Reconciliation,
) -> None:
    """C01, C02, C03 from one reconciliation."""
    first = costs[0][0]
    cost_rows = {number for number, _ in costs}
    carries = any(term.row in cost_rows for term in result.terms) or _has_amount(costs)
    if not carries:
        _tell_no_amount(collector, project, costs)
    if result.outcome is cost.Outcome.NOT_JUDGED:
        for code in ("C02", "C03"):
            collector.abstain(code, Table.PROJECTS, project, result.reason)
    elif result.outcome in (cost.Outcome.OVER, cost.Outcome.UNDER):
        code = "C02" if result.outcome is cost.Outcome.OVER else "C03"
        row = result.terms[0].row if result.terms else first
        params = {
            "arithmetic": result.arithmetic,
            "basis": result.basis,
            "budget": result.in_unit(result.budget),
            "difference": result.in_unit(abs(result.total - result.budget)),
            "unit": result.unit,
        }
        collector.add(code, Table.INDICATORS, row, Hit("target_value", params))


def _has_amount(costs: Sequence[NumberedRow]) -> bool:
    return any(cost.money_in(parse_target(row["target_value"])) is not None for _, row in costs)


def _tell_no_amount(collector: Collector, project: int, costs: Sequence[NumberedRow]) -> None:
    filled = [
        (number, str(row["target_value"]))
        for number, row in costs
        if not is_blank(row["target_value"]) and mask_in(row["target_value"]) is None
    ]
    if not filled:
        return  # S02 speaks of values that are blank, V01 of masks.
    record = collector.records(Table.PROJECTS)[project]
    annual = record["annual_amount"]
    budget = annual if not isinstance(annual, str) and annual is not None else None
    budget = budget if budget is not None else sources_sum(record).total
    params = {
        "values": "、".join(f"“{value}”" for _, value in filled[:3]),
        "budget": plain(budget) if budget is not None else "……",
        "unit": record["amount_unit"],
    }
    collector.add("C01", Table.INDICATORS, filled[0][0], Hit("target_value", params))


def parts_hit(collector: Collector, project: int) -> Hit:
    """P03: the project, how many tables it came in, and where the later ones begin."""
    parts = collector.declaration.parts[project]
    record = collector.records(Table.PROJECTS)[project]
    several_sheets = len({place.sheet for place in parts}) > 1
    places = "、".join(f"{p.sheet}!{p.cell}" if several_sheets else p.cell for p in parts)
    params = {"name": record["project_name"], "count": len(parts), "places": places}
    return Hit("project_name", params, place=parts[1])
