"""The review of one declaration, batch after batch: ours → shape → required → value → across.

What calls a cell blank is asked before what would read it, and silences it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from perfgoals_xl.declaration import PROJECT_FIELDS, Declaration
from perfgoals_xl.form.fields import Table
from perfgoals_xl.review import (
    across,
    cost_rules,
    department,
    goals,
    groups,
    shape,
    targets,
    times,
)
from perfgoals_xl.review.findings import Collector, Hit, Review
from perfgoals_xl.review.reasons import answered
from perfgoals_xl.review.settings import read_settings

# Checks over several rows or tables, in this order.
_ACROSS: tuple[Callable[[Collector], None], ...] = (
    *shape.CHECKS,
    *goals.CHECKS,
    *groups.CHECKS,
    *targets.CHECKS,
    *times.CHECKS,
    *cost_rules.CHECKS,
    *across.CHECKS,
    *department.CHECKS,
)


def review(
    declaration: Declaration, *, plan_year: int | None = None, language: str = "zh"
) -> Review:
    """Review a declaration.

    ``plan_year`` is the year the declaration is for; without it the workbook's own plan year, or
    the year most of its titles name. ``language`` is that of the messages, ``zh`` or ``en``. Raises
    ``InputError`` when the workbook's 校验规则 sheet holds a setting that cannot be understood.
    """
    settings = read_settings(declaration)
    collector = Collector(declaration, language, settings.thresholds)
    if declaration.is_empty:
        collector.add_workbook("K01", Hit("workbook"))
        return answered(collector.review(settings.severities), declaration.reasons)
    for place in declaration.blank_forms:
        collector.add_workbook("H01", Hit("project_name", {}, "blank_form", place=place))
    year = plan_year if plan_year is not None else declaration.year
    for table, rows in _rows_with_context(collector, year, settings.thresholds).items():
        if rows:
            _judge_rows(collector, table, rows)
    if len(declaration.projects):
        for check in _ACROSS:
            check(collector)
    return answered(collector.review(settings.severities), declaration.reasons)


def _rows_with_context(
    collector: Collector, plan_year: int | None, thresholds: Mapping[str, float]
) -> dict[Table, list[dict[str, Any]]]:
    """The collector's rows with what judges need besides (:mod:`.row_rules` says what that is)."""
    declaration = collector.declaration
    common: Mapping[str, Any] = {"plan_year": plan_year, "thresholds": thresholds}
    remarks: dict[int | None, list[Any]] = {}
    for remark in declaration.remarks:
        remarks.setdefault(remark.project, []).append(remark)
    rows = {table: collector.records(table) for table in Table}
    for number, project in enumerate(rows[Table.PROJECTS]):
        places = {name: declaration.projects.place(number, name) for name in PROJECT_FIELDS}
        project["missing_labels"] = frozenset(n for n, place in places.items() if place is None)
        project["remarks"] = remarks.get(number, [])
    for indicator in rows[Table.INDICATORS]:
        indicator["of_project"] = rows[Table.PROJECTS][indicator["project"]]
    for row in chain.from_iterable(rows.values()):
        row.update(common)
    return rows


def _judge_rows(collector: Collector, table: Table, rows: list[dict[str, Any]]) -> None:
    """Ask the judges of every failed row for the figures, and for what they cannot judge."""
    # Imported late: pandera takes longer to import than most declarations to review.
    from perfgoals_xl.review.schemas import ROW_RULES, failed_rows

    failed = failed_rows(table, rows)
    for code, rule in ROW_RULES[table].items():
        asked = range(len(rows)) if rule.abstains else failed.get(code, [])
        for number in asked:
            for judge in rule.judges:
                verdict = judge(rows[number])
                collector.add(code, table, number, verdict)
                if isinstance(verdict, Hit) and rule.says_blank:
                    collector.mark_blank(table, number, verdict.column)
