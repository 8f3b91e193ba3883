"""Every rule once: code, title, default severity, what its message says and what it suggests.

A rule is added in the module of its family here and as one check beside its kin; the documents, the
校验规则 sheet and ``perfgoals rules`` are made from this list.
"""

from __future__ import annotations

from perfgoals_xl.review.catalogue import costs as cost
from perfgoals_xl.review.catalogue import funding, goals, header, targets, times, values
from perfgoals_xl.review.catalogue import projects as across
from perfgoals_xl.review.catalogue.model import SEVERITY_OF_LABEL, Rule, Severity, Text

RULES_VERSION = "2026.1"

_FAMILIES = (
    header.RULES,
    funding.RULES,
    goals.RULES,
    values.RULES,
    targets.RULES,
    times.RULES,
    cost.RULES,
    across.RULES,
)
RULES: dict[str, Rule] = {rule.code: rule for family in _FAMILIES for rule in family}

__all__ = ["RULES", "RULES_VERSION", "SEVERITY_OF_LABEL", "Rule", "Severity", "Text"]
