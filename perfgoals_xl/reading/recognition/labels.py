"""Which cells of a grid are labels of the form, and what each of them labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from perfgoals_xl.form.fields import FIELDS, Block, Table, label_key
from perfgoals_xl.form.other_labels import (
    BLOCK_LABELS,
    DEPARTMENT_ALIASES,
    DEPARTMENT_LABEL,
    DEPARTMENT_TARGET_LABEL,
    NUMBER_LABELS,
    OPERATOR_LABELS,
    OTHER_LABELS,
    PERIOD_END_LABELS,
    PERIOD_START_LABELS,
    PERIOD_VALUE_LABELS,
    UNIT_LABELS,
)

# No label of any form met is longer; longer texts are not even normalised.
LONGEST_LABEL = 40
# The years that a goal or a value is for, behind its label: 中期目标（2026年—2028年）.
_YEARS = re.compile(r"\([^()]*(?:(?:19|20)\d{2}|20[Xx×*]{2})[^()]*\):?$")

# The year before a column of values: 2026年目标值.
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d{2}年(?:度)?(?=.)")


OTHER = "other"
"""The role of a label whose value the declaration does not hold; it ends the one before it."""


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


def _head_roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}

    def add(name: str, labels: tuple[str, ...]) -> None:
        for rank, label in enumerate(labels):
            roles.setdefault(label_key(label), Role(name, rank))

    for item in FIELDS:
        if item.table is Table.PROJECTS and item.block is None:
            add(item.name, (item.label, *item.aliases))
    for item in FIELDS:
        # The same labels stand in both funding blocks: the block is found from where they stand.
        if item.block is not None:
            shared = item.name.endswith("_total")
            add("block_total" if shared else item.name, (item.label, *item.aliases))
    for block, labels in BLOCK_LABELS.items():
        add(f"block:{block.value}", labels)
    add("period_start", PERIOD_START_LABELS)
    add("period_end", PERIOD_END_LABELS)
    add("duty_goal", _labels_of("duty_goal"))
    add("department", (DEPARTMENT_LABEL, *DEPARTMENT_ALIASES))
    add(OTHER, OTHER_LABELS)
    return roles


def _labels_of(name: str) -> tuple[str, ...]:
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


_HEAD = _head_roles()
_COLUMNS = _column_roles()


def _key(text: str) -> str:
    return _YEARS.sub("", label_key(text))


@lru_cache(maxsize=4096)
def _head_role(text: str) -> Role | None:
    key = _key(text)
    role = _HEAD.get(key)
    if role is None and key.endswith("本级资金") and len(key) <= 12:
        return Role(f"block:{Block.LOCAL.value}", 9)
    if role is None and key.startswith("转移") and key.endswith("资金") and len(key) <= 16:
        return Role(f"block:{Block.TRANSFER.value}", 9)
    return role


@lru_cache(maxsize=4096)
def _column_role(text: str) -> Role | None:
    return _COLUMNS.get(_YEAR_BEFORE.sub("", _key(text)))


def head_role(value: object) -> Role | None:
    """What a cell of the form's head labels; None if it is no label."""
    if isinstance(value, str) and len(value) <= LONGEST_LABEL:
        return _head_role(value)
    return None


def column_role(value: object) -> Role | None:
    """Which column of the indicator table a header cell names; None if it names none."""
    if isinstance(value, str) and len(value) <= LONGEST_LABEL:
        return _column_role(value)
    return None


def labelled_text(value: object) -> tuple[Role, str] | None:
    """Label and value of a cell that holds both (``项目名称：某项目``); None for any other cell."""
    if not isinstance(value, str):
        return None
    for colon in ("：", ":"):
        label, found, rest = value.partition(colon)
        if found and rest.strip() and len(label) <= LONGEST_LABEL:
            role = head_role(label)
            if role is not None and label_key(label) != "":
                return role, rest.strip()
    return None
