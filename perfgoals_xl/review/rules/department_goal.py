"""The goal of the department's own form, judged as the goal of a project is.

It is asked what :data:`~perfgoals_xl.review.rules.registry.OF_ANY_GOAL` names: the judges are those
of the projects, which see a project with a goal and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from perfgoals_xl.addresses import TextCell
from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.goals_as_indicators import as_indicator
from perfgoals_xl.review.row_rules import (
    JudgedIndicator,
    JudgedProject,
    RowRule,
)

_GOAL = "annual_goal"


def goals_of(collector: Collector) -> Iterator[TextCell]:
    """The goal of every department form of a declaration: of the year, else of its duties."""
    for form in collector.declaration.department_forms:
        if form.year_goal is not None:
            yield form.year_goal


def indicators_of(collector: Collector, sheet: str) -> list[tuple[int, JudgedIndicator]]:
    """The rows of ``department_goals`` on a sheet as indicators, with their numbers."""
    return [
        (number, as_indicator(row))
        for number, row in enumerate(collector.records(Table.DEPARTMENT_GOALS))
        if row["sheet"] == sheet
    ]


def asked_of_departments(rules: Iterable[RowRule]) -> tuple[AcrossRule, ...]:
    """Rules over the goals of projects as rules over those of departments."""
    return tuple(AcrossRule((rule.code,), _over_goals(rule), always=True) for rule in rules)


def _over_goals(rule: RowRule) -> Callable[[Collector], None]:
    judges: tuple[Callable[[Any], Verdict], ...] = rule.judges

    def check(collector: Collector) -> None:
        for goal in goals_of(collector):
            row = _project_of(collector, goal)
            for judge in judges:
                verdict = judge(row)
                # What a department's form has no label for was never asked of it.
                if isinstance(verdict, Hit) and verdict.column == _GOAL:
                    hit = replace(verdict, column="duty_goal", place=verdict.place or goal.place)
                    collector.add_workbook(rule.code, hit)

    return check


def _project_of(collector: Collector, goal: TextCell) -> JudgedProject:
    """A project of which nothing is known but its goal."""
    known: dict[str, Any] = dict.fromkeys(PROJECT_FIELDS)
    known |= {
        "sheet": goal.place.sheet,
        "amount_unit": collector.declaration.amount_unit,
        "year": collector.declaration.year,
        "annual_goal": goal.value,
        "plan_year": collector.rows.plan_year,
        "thresholds": collector.thresholds,
        "missing_labels": frozenset(PROJECT_FIELDS) - {_GOAL},
        "other_sources": {},
        "remarks": (),
    }
    return known  # type: ignore[return-value]  # all that a judge of a goal may ask for
