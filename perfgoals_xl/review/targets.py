"""The rules about indicators and their target values, gathered from the modules beside this one.

:mod:`.target_units` and :mod:`.target_signs` read numbers, :mod:`.target_words` values in words,
:mod:`.named_targets` numbers in names, :mod:`.indicator_names` the names themselves,
:mod:`.group_fit` and :mod:`.duplicates` the groups, :mod:`.satisfaction` the satisfaction.
"""

from __future__ import annotations

from perfgoals_xl.review import (
    duplicates,
    group_fit,
    indicator_names,
    named_targets,
    satisfaction,
    target_signs,
    target_units,
    target_words,
)
from perfgoals_xl.review.row_rules import RowRule

PROJECT_RULES: tuple[RowRule, ...] = ()
INDICATOR_RULES: tuple[RowRule, ...] = (
    *target_words.RULES,
    *target_units.RULES,
    *target_signs.RULES,
    *named_targets.RULES,
    *indicator_names.RULES,
    *group_fit.RULES,
    *satisfaction.RULES,
)
DEPARTMENT_GOAL_RULES: tuple[RowRule, ...] = ()
CHECKS = duplicates.CHECKS
