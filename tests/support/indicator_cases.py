"""Rows of ``indicators`` from one line each, and what the judges of a family say about them.

A case is ``group | name | value``: ``质量 | 出苗率 | ≥80%``.
"""

from __future__ import annotations

from decimal import Decimal

from perfgoals_xl.form.target import is_blank, parse_target
from perfgoals_xl.form.taxonomy import level2_of
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.review.findings import Abstention, Hit
from perfgoals_xl.review.rules import group_fit, indicator_names, satisfaction
from perfgoals_xl.review.rules.targets import (
    named_targets,
    target_signs,
    target_units,
    target_words,
)

# The rules about names and values of indicators that say something, one row at a time.
TARGET_RULES = (
    *target_words.CHECKS,
    *target_units.CHECKS,
    *target_signs.CHECKS,
    *named_targets.CHECKS,
    *indicator_names.CHECKS,
    *group_fit.CHECKS,
    *satisfaction.CHECKS,
)

PROJECT_ROW = {
    "project_name": "村级道路养护项目",
    "supervising_department": "河湾县交通运输局",
    "implementing_unit": "河湾县公路服务中心",
    "annual_amount": Decimal("120"),
    "total_amount": Decimal("120"),
    "amount_unit": "万元",
}


def row_of(case, *, thresholds=None, **project):
    """A row of ``indicators`` as the judges see it; ``project`` overrides fields of its project."""
    group, name, value = (part.strip() for part in case.split("|"))
    level1, level2 = level2_of("服务对象满意度" if group == "满意度" else group, "2015")
    read = parse_target(value)
    return {
        "level1": level1,
        "level2": level2,
        "ordinal": None,
        "indicator": name or None,
        "level3": name or None,
        "target_value": None if is_blank(value) else value,
        "kind": read.kind.value,
        "operator": read.operator,
        "low": read.low,
        "high": read.high,
        "unit": read.unit,
        "note": None,
        "plan_year": 2026,
        "thresholds": thresholds or {},
        "of_project": PROJECT_ROW | project,
    }


def said(rules, row):
    """What the row rules say of a row: ``V05 warning``, ``M01 not judged``, in their order."""
    found = []
    for rule in rules:
        for judge in rule.judges:
            verdict = judge(row)
            if isinstance(verdict, Hit):
                template = RULES[rule.code].messages[verdict.variant]
                for language in ("zh", "en"):
                    assert template.say(language).format(**verdict.params)
                    assert RULES[rule.code].suggested.say(language).format(**verdict.params)
                severity = verdict.severity or RULES[rule.code].severity
                found.append(f"{rule.code} {severity.value}")
            elif isinstance(verdict, Abstention):
                found.append(f"{rule.code} not judged")
    return sorted(found)
