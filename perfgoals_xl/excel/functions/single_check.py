"""One indicator, given by its cells, under the rules that ``validate`` has for indicator rows.

The judges, their words and who silences whom are the review's own: a declaration of one project
with one indicator is put before them. Rules that compare rows, or ask for the project, say nothing
here; the settings of a workbook are not known either, so every rule is as the catalogue has it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PARSED_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
)
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.taxonomy import DEFAULT_EDITION, EDITIONS, level1_of, level2_of, read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import RANK, Severity
from perfgoals_xl.review.collector import Collector
from perfgoals_xl.review.findings import Finding, Hit
from perfgoals_xl.review.row_rules import Fault, answers
from perfgoals_xl.review.rules.registry import ROW_RULES

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


@lru_cache(maxsize=16384)
def first_finding(
    level2: str | None, name: str | None, value: str | None, year: int | None
) -> Finding | None:
    """The gravest finding on an indicator, the first in the order of the catalogue among equals.

    All texts are as they stand on the form; ``level2`` may be in any spelling that the reader
    takes, ``year`` is the plan year. None where nothing is wrong, and where name and value are
    both blank. Raises ValueError for a ``level2`` that is blank or no term of the taxonomy.
    """
    if level2 is None and name is None and value is None:
        return None
    level1, term, edition = _group_of(level2)
    if name is None and value is None:
        return None
    findings = _judged(_declaration(level1, term, edition, name, value), year)
    return min(findings, key=lambda f: (_GRAVITY[f.severity], RANK[f.rule]), default=None)


def _group_of(level2: str | None) -> tuple[str | None, str, str]:
    """Level 1, level 2 and the edition that a spelling of level 2 stands for."""
    term = read_level(level2) if level2 else None
    if term is None:
        raise ValueError(level2)
    if term.key2 is None:
        # 满意度指标 has one group only, and many forms leave the second column empty.
        assert term.key1 is not None
        groups = [g for g in EDITIONS[DEFAULT_EDITION].groups if g[0] == level1_of(term.key1)]
        if len(groups) != 1:
            raise ValueError(level2)
        return (*groups[0], DEFAULT_EDITION)
    spelled = {name: level2_of(term.key2, name) for name in (DEFAULT_EDITION, *EDITIONS)}
    own = [name for name, (_, said) in spelled.items() if said in EDITIONS[name].level2_terms]
    exact = (name for name in own if spelled[name][1] == fold(level2 or ""))
    edition = next(exact, own[0])
    return (*spelled[edition], edition)


def _declaration(
    level1: str | None, level2: str, edition: str, name: str | None, value: str | None
) -> Declaration:
    ordinal, level3 = split_ordinal(name)
    target = parse_target(value)
    row: dict[str, Any] = {
        "project": 0,
        "level1": level1,
        "level2": level2,
        "ordinal": ordinal,
        "indicator": name,
        "level3": level3,
        "target_value": value,
    }
    row.update({column: getattr(target, column) for column in PARSED_COLUMNS})
    return Declaration(
        file="",
        department=None,
        department_code=None,
        year=None,
        amount_unit="万元",
        edition=edition,
        duty_goal=None,
        projects=DataTable.build(PROJECT_COLUMNS, [{"amount_unit": "万元"}], [{}]),
        indicators=DataTable.build(INDICATOR_COLUMNS, [row], [{}]),
        department_goals=DataTable.build(DEPARTMENT_GOAL_COLUMNS, [], []),
    )


def _judged(declaration: Declaration, year: int | None) -> tuple[Finding, ...]:
    collector = Collector(declaration, plan_year=year)
    for rule in ROW_RULES[Table.INDICATORS].values():
        for number, answer in answers(rule, collector.rows.indicators):
            if isinstance(answer, Fault):
                raise answer.error
            collector.add(rule.code, rule.table, number, answer)
            if isinstance(answer, Hit) and rule.says_blank:
                collector.mark_blank(rule.table, number, answer.column)
    return collector.review({}).findings
