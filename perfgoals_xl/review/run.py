"""The review of one declaration, batch after batch: ours → shape → required → value → across.

A batch may call a cell blank; later batches are then silent about that cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import Table
from perfgoals_xl.reading.grid import Place
from perfgoals_xl.review import across, cost
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.findings import Abstention, Collector, Hit, Review
from perfgoals_xl.review.groups import missing_groups
from perfgoals_xl.review.header import HEADER_FIELDS
from perfgoals_xl.review.reasons import attach
from perfgoals_xl.review.settings import read_settings

# Rules whose finding says that a cell is blank.
_BLANK_RULES = frozenset({"H01", "H02", "H03", "F01", "S02"})
_ROW_BATCHES = (
    (Table.PROJECTS, ("H01", "H02", "H03", "F01", "H04")),
    (Table.INDICATORS, ("S02",)),
    (Table.PROJECTS, ("F02", "F03", "F04", "V01")),
    (Table.INDICATORS, ("V01", "V02", "V03")),
)
# Rules that may have to abstain for want of an input.
_ABSTAINING = frozenset({"H04", "F02", "F03", "F04"})


def review(declaration: Declaration, *, plan_year: int | None = None) -> Review:
    """Review a declaration.

    ``plan_year`` is the year the declaration is for; without it the workbook's own plan year, or
    the year most of its titles name. Raises ``InputError`` when the workbook's 校验规则 sheet holds
    a setting that cannot be understood.
    """
    settings = read_settings(declaration)
    collector = Collector(declaration)
    if declaration.is_empty:
        collector.add_workbook("K01", Hit("workbook"))
        return _answered(collector.review(settings), declaration)
    for place in declaration.blank_forms:
        collector.add_workbook("H01", Hit("project_name", {}, "blank_form", place=place))
    if len(declaration.projects):
        year = plan_year if plan_year is not None else declaration.year
        for table, codes in _row_batches(collector, year):
            _take(collector, table, codes)
        for check in _ACROSS:
            check(collector)
    return _answered(collector.review(settings), declaration)


def _answered(found: Review, declaration: Declaration) -> Review:
    findings, unmatched = attach(found.findings, declaration.reasons)
    return replace(found, findings=findings, unmatched_reasons=unmatched)


def _row_batches(
    collector: Collector, plan_year: int | None
) -> Iterator[tuple[Table, dict[str, tuple[list[int], list[dict[str, Any]]]]]]:
    """For every batch: the failed rows of each rule, and the rows as the judges see them."""
    from perfgoals_xl.review.schemas import failed_rows

    projects = [row | {"plan_year": plan_year} for row in collector.records(Table.PROJECTS)]
    rows = {Table.PROJECTS: projects, Table.INDICATORS: collector.records(Table.INDICATORS)}
    failed = {table: failed_rows(table, records) for table, records in rows.items()}
    for table, codes in _ROW_BATCHES:
        yield table, {code: (failed[table].get(code, []), rows[table]) for code in codes}


def _take(
    collector: Collector,
    table: Table,
    codes: Mapping[str, tuple[list[int], list[dict[str, Any]]]],
) -> None:
    """Ask the judges of every failed row for the figures, and for what they cannot judge."""
    from perfgoals_xl.review.schemas import JUDGES

    for code, (failed, rows) in codes.items():
        asked = range(len(rows)) if code in _ABSTAINING else failed
        for row in asked:
            for judge in JUDGES[table][code]:
                verdict = judge(rows[row])
                if isinstance(verdict, Hit):
                    verdict = _in_context(collector, code, row, verdict)
                collector.add(code, table, row, verdict)
                if isinstance(verdict, Hit) and code in _BLANK_RULES:
                    collector.mark_blank(table, row, verdict.column)


def _in_context(collector: Collector, code: str, row: int, hit: Hit) -> Hit | Abstention:
    """What the row alone cannot know: whether the form has the cell, and what stands near it."""
    declaration = collector.declaration
    if code == "H03" and hit.column in HEADER_FIELDS:
        if declaration.projects.place(row, hit.column) is None:
            return Abstention(f"这种版式的表上没有“{hit.params['label']}”")
    elif code == "F01" and hit.variant in ("", "sum"):
        for remark in declaration.remarks:
            if remark.project == row and remark.field == "annual_amount":
                params = {"place": remark.place.cell, "stray": remark.value}
                return Hit(hit.column, params, variant="stray")
    return hit


def _missing_groups(collector: Collector) -> None:
    """S01."""
    declaration = collector.declaration
    by_project = across.rows_by_project(collector)
    for project, rows in enumerate(by_project):
        for hit in missing_groups(declaration.editions[project], [row for _, row in rows]):
            place = _place_of_table(collector, project, str(hit.params["group"]))
            found = Hit(hit.column, hit.params, hit.variant, hit.severity, place)
            collector.add("S01", Table.PROJECTS, project, found)


def _place_of_table(collector: Collector, project: int, group: str) -> Place | None:
    """Where a missing group would stand: its printed label, else the head of the table."""
    places = collector.declaration.group_places[project]
    return places.get(group.removesuffix("指标")) or places.get("")


def _reconcile_costs(collector: Collector) -> None:
    """C01, C02, C03."""
    by_project = across.rows_by_project(collector)
    for project, record in enumerate(collector.records(Table.PROJECTS)):
        rows = by_project[project]
        costs = [(number, row) for number, row in rows if cost.is_cost(row)]
        if not costs:
            for code in ("C01", "C02", "C03"):
                collector.abstain(code, Table.PROJECTS, project, "没有成本指标")
            continue
        result = cost.reconcile(record, rows)
        across.tell_costs(collector, project, costs, result)


def _printed_in_parts(collector: Collector) -> None:
    """P03."""
    for project, parts in enumerate(collector.declaration.parts):
        if len(parts) > 1:
            collector.add("P03", Table.PROJECTS, project, across.parts_hit(collector, project))


# Checks over several rows or tables, in this order.
_ACROSS: tuple[Callable[[Collector], None], ...] = (
    _missing_groups,
    _reconcile_costs,
    _printed_in_parts,
)

