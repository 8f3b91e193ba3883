"""Every rule once: code, title, default severity, what its message says and what it suggests.

A rule is added in the module of its family here and as one check in ``review/rules/``, in the
module of the same name; the documents, the 校验规则 sheet and ``perfgoals rules`` are made from
this list.
"""

from __future__ import annotations

from perfgoals_xl.review.catalogue import (
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
from perfgoals_xl.review.catalogue.evaluation import (
    evaluated_funds,
    evaluated_likelihood,
    evaluated_points,
    evaluated_results,
    evaluated_targets,
    monitored_progress,
)
from perfgoals_xl.review.catalogue.model import SEVERITY_OF_LABEL, Rule, Severity, Text
from perfgoals_xl.review.catalogue.targets import (
    named_targets,
    target_signs,
    target_units,
    target_words,
)

RULES_VERSION = "2026.1"

FAMILIES = (
    form_shape,
    header,
    funding,
    goals,
    groups,
    values,
    duplicates,
    parts_of_wholes,
    group_fit,
    satisfaction,
    indicator_names,
    target_words,
    target_units,
    target_signs,
    named_targets,
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
# The order in which staff know the list: what an indicator must have stands before what may be
# wrong with it. The first beginning that fits counts.
_LISTED = (*"KHFG", "S01", "S02", "V01", "V02", "V03", *"SMNVTCPDZ")


def _listed(rule: Rule) -> tuple[int, str]:
    return next(i for i, start in enumerate(_LISTED) if rule.code.startswith(start)), rule.code


RULES: dict[str, Rule] = {
    rule.code: rule for rule in sorted((r for f in FAMILIES for r in f.RULES), key=_listed)
}
RANK = {code: rank for rank, code in enumerate(RULES)}
"""The place of every rule in that order."""

__all__ = [
    "FAMILIES",
    "RANK",
    "RULES",
    "RULES_VERSION",
    "SEVERITY_OF_LABEL",
    "Rule",
    "Severity",
    "Text",
]
