"""Every check once: which rules each table is judged by, and which look across rows and tables.

A family of checks is a module with ``CHECKS``; ``FAMILIES`` is the one list of them. Nothing here
needs pandas, so that a worksheet function asks the same rules as the review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.collector import AcrossRule
from perfgoals_xl.review.goals_as_indicators import as_department_goals
from perfgoals_xl.review.row_rules import RowRule
from perfgoals_xl.review.rules import (
    costs,
    department,
    duplicates,
    form_shape,
    funding,
    goals,
    group_fit,
    groups,
    header,
    indicator_names,
    parts_of_wholes,
    projects,
    satisfaction,
    times,
    values,
)
from perfgoals_xl.review.rules.department_goal import asked_of_departments
from perfgoals_xl.review.rules.evaluation import (
    evaluated_funds,
    evaluated_likelihood,
    evaluated_points,
    evaluated_results,
    evaluated_targets,
    monitored_progress,
)
from perfgoals_xl.review.rules.targets import (
    named_targets,
    target_signs,
    target_units,
    target_words,
)

# In the order in which they are asked.
FAMILIES = (
    form_shape,
    header,
    funding,
    goals,
    values,
    groups,
    target_words,
    target_units,
    target_signs,
    named_targets,
    indicator_names,
    group_fit,
    satisfaction,
    duplicates,
    parts_of_wholes,
    times,
    costs,
    projects,
    department,
    evaluated_results,
    evaluated_points,
    evaluated_funds,
    evaluated_likelihood,
    evaluated_targets,
    monitored_progress,
)


def by_table(rules: Iterable[RowRule]) -> dict[Table, dict[str, RowRule]]:
    """The rules of each table by their codes, in the order in which they are to be asked.

    What calls a cell blank comes first, because it silences the others. Raises ValueError for two
    rules of one code in one table, of which one would never be asked.
    """
    tables: dict[Table, dict[str, RowRule]] = {table: {} for table in Table}
    for rule in sorted(rules, key=lambda rule: not rule.says_blank):
        if rule.code in tables[rule.table]:
            raise ValueError(f"two rules {rule.code} for the table {rule.table.value}")
        tables[rule.table][rule.code] = rule
    return tables


_CHECKS: list[RowRule | AcrossRule] = [check for family in FAMILIES for check in family.CHECKS]
_OF_ROWS = [check for check in _CHECKS if isinstance(check, RowRule)]
# What is asked of any indicator, whether a project's or the department's own.
_ANY = """S02 S05 V01 V02 V03 V04 V05 V06 V07 V08 V09 V10 V11 V12 V13 V14 V15 N01 N02 M01 M02
M03 T03 T04"""
OF_ANY_INDICATOR = frozenset(_ANY.split())
ROW_RULES: Mapping[Table, Mapping[str, RowRule]] = by_table(
    [*_OF_ROWS, *as_department_goals(rule for rule in _OF_ROWS if rule.code in OF_ANY_INDICATOR)]
)
# What is asked of the goal of any form, whether a project's or the department's own.
OF_ANY_GOAL = frozenset({"T01", "T02", "T06", "T07", "H07", "H08", "V01"})
ACROSS_RULES: tuple[AcrossRule, ...] = (
    *(check for check in _CHECKS if isinstance(check, AcrossRule)),
    *asked_of_departments(
        rule for rule in _OF_ROWS if rule.code in OF_ANY_GOAL and rule.table is Table.PROJECTS
    ),
)
CHECKED: frozenset[str] = frozenset(code for rules in ROW_RULES.values() for code in rules).union(
    *(rule.codes for rule in ACROSS_RULES)
)
"""The codes of all rules that a check can tell."""
