"""The words in the header of an indicator table, and the column that each of them names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from perfgoals_xl.form.fields import FIELDS, Table, label_key
from perfgoals_xl.form.other_labels import (
    DEPARTMENT_TARGET_LABEL,
    NUMBER_LABELS,
    OPERATOR_LABELS,
    PERIOD_VALUE_LABELS,
    UNIT_LABELS,
)

# No label of any form met is longer; longer texts are not even normalised.
LONGEST_LABEL = 40


# The years that a goal or a value is for, behind its label: 中期目标（2026年—2028年）.
_YEARS = re.compile(r"\([^()]*(?:(?:19|20)\d{2}|20[Xx×*]{2})[^()]*\):?$")


# The year before a column of values: 2026年目标值.
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d{2}年(?:度)?(?=.)")


class Column(StrEnum):
    """The columns of an indicator table besides those of the fields."""

    OPERATOR = "operator"
    NUMBER = "number"
    UNIT = "unit"
    PERIOD_VALUE = "period_value"


@dataclass(frozen=True)
class Role:
    """What a label labels: ``name`` is a field or a part of the form, ``rank`` 0 its own label."""

    name: str
    rank: int


def labels_of(name: str) -> tuple[str, ...]:
    """The labels of the field called ``name``, its own first."""
    item = next(f for f in FIELDS if f.name == name)
    return (item.label, *item.aliases)


def _column_roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}
    named: list[tuple[str, tuple[str, ...]]] = [
        (item.name, (item.label, *item.aliases))
        for item in FIELDS
        if item.table is Table.INDICATORS or item.name in ("policy_goal", "budget_goal")
    ]
    named += [
        ("target_value", (DEPARTMENT_TARGET_LABEL,)),
        (Column.OPERATOR, OPERATOR_LABELS),
        (Column.NUMBER, NUMBER_LABELS),
        (Column.UNIT, UNIT_LABELS),
        (Column.PERIOD_VALUE, PERIOD_VALUE_LABELS),
    ]
    for name, labels in named:
        for rank, label in enumerate(labels):
            roles.setdefault(label_key(label), Role(str(name), rank))
    return roles


_COLUMNS = _column_roles()


def role_key(text: str) -> str:
    """A label as it is looked up: without the years that stand behind it."""
    return _YEARS.sub("", label_key(text))


@lru_cache(maxsize=4096)
def _column_role(text: str) -> Role | None:
    return _COLUMNS.get(_YEAR_BEFORE.sub("", role_key(text)))


def column_role(value: object) -> Role | None:
    """Which column of the indicator table a header cell names; None if it names none."""
    if isinstance(value, str) and len(value) <= LONGEST_LABEL:
        return _column_role(value)
    return None


LEVELS = ("level1", "level2")


VALUE_PARTS = (Column.OPERATOR, Column.NUMBER, Column.UNIT)


GOALS = ("policy_goal", "budget_goal")


def is_header(roles: list[tuple[int, str]]) -> bool:
    """Whether these cells are the header of an indicator table."""
    names = {role for _, role in roles}
    if "level2" in names and ("level3" in names or "level1" in names):
        return True
    return "level3" in names and bool(names & {"level1", "target_value", Column.NUMBER})


def heads_indicators(values: Iterable[object]) -> bool:
    """Whether these cells of one row are the header of an indicator table."""
    found = ((column, column_role(value)) for column, value in enumerate(values))
    return is_header([(column, role.name) for column, role in found if role is not None])
