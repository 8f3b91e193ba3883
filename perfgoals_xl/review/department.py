"""Checks of this family."""

from __future__ import annotations

from collections.abc import Callable

from perfgoals_xl.review.findings import Collector
from perfgoals_xl.review.row_rules import RowRule

PROJECT_RULES: tuple[RowRule, ...] = ()
INDICATOR_RULES: tuple[RowRule, ...] = ()
DEPARTMENT_GOAL_RULES: tuple[RowRule, ...] = ()
CHECKS: tuple[Callable[[Collector], None], ...] = ()
