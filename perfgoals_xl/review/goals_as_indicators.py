"""The department's goals judged as the indicators that they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import wraps
from typing import Literal, cast

from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import (
    GoalJudge,
    IndicatorJudge,
    JudgedGoal,
    JudgedIndicator,
    RowRule,
)


def as_department_goals(rules: Iterable[RowRule]) -> tuple[RowRule, ...]:
    """Rules over indicators as rules over the goals of the department, which are indicators too."""
    table = Table.DEPARTMENT_GOALS
    return tuple(
        RowRule(rule.code, table, tuple(map(_of_goal, rule.judges)), rule.says_blank)
        for rule in rules
        if rule.table is Table.INDICATORS
    )


def _of_goal(judge: IndicatorJudge) -> GoalJudge:
    @wraps(judge)
    def check(row: JudgedGoal) -> Verdict:
        verdict = judge(as_indicator(row))
        if isinstance(verdict, Hit) and verdict.column == "indicator":
            return replace(verdict, column=_measure_of(row))
        return verdict

    return check


def as_indicator(row: JudgedGoal) -> JudgedIndicator:
    """The indicator that a goal of the department is."""
    if "as_indicator" not in row:
        row["as_indicator"] = _indicator_of(row)
    return row["as_indicator"]


def _measure_of(row: JudgedGoal) -> Literal["level3", "budget_goal", "policy_goal"]:
    """The column that says what a goal's value measures; others say what it is for."""
    if not is_blank(row.get("level3")):
        return "level3"
    return "policy_goal" if is_blank(row["budget_goal"]) else "budget_goal"


def _indicator_of(row: JudgedGoal) -> JudgedIndicator:
    """A goal as the indicator that it is, of a project that has the department's name alone."""
    text, name = row["target_value"], row[_measure_of(row)]
    target = parse_target(text)
    department = row.get("of_department")
    project = {**dict.fromkeys(PROJECT_FIELDS), "supervising_department": department}
    indicator = {
        "sheet": "",
        "level1": None,
        "level2": None,
        "plan_year": None,
        "weight": None,
        "standard": None,
        "period_target_value": None,
        **row,
        "project": 0,
        "ordinal": None,
        "indicator": name,
        "level3": name,
        "kind": target.kind,
        "operator": target.operator,
        "low": target.low,
        "high": target.high,
        "unit": target.unit,
        "of_project": {**project, "missing_labels": frozenset(), "remarks": (), "sheet": ""},
    }
    return cast(JudgedIndicator, indicator)
