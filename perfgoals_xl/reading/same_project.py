"""When two tables of one name are one project, and when they are two: one rule for every command.

It is asked of the forms of one file, of the declarations of several sources and of the files of a
folder; whoever asks says only where the two tables stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.form.amounts import convert
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import clean, fold

_SIGNS = re.compile(r"[\W_]+")
_DECISIVE = ("total_amount", "annual_amount")
# So many of the shorter table's indicators stand in the other where both are the same table, of an
# earlier and a later day. Tables that continue each other share hardly any.
_SHARED = 0.5


class Verdict(StrEnum):
    """What two tables of one name are."""

    ONE = "one project"
    RIVALS = "two projects whose funds differ"
    UNSURE = "two projects, and nothing to tell whether they are one"


class Sighting(NamedTuple):
    """A project as one source tells it, ready to be compared.

    ``title`` is its name as people are told it, ``name`` that by which it is compared. ``amounts``
    are in 元 and hold only what is an amount; ``values`` are all that it says, one folded text for
    each value; ``lines`` the indicators by group and name.
    """

    title: str
    name: str
    amounts: Mapping[str, Decimal]
    goal: str
    lines: frozenset[str]
    values: frozenset[str]


def verdict(one: Sighting, other: Sighting, *, on_one_sheet: bool = False) -> Verdict:
    """Whether two tables of the same name are one project.

    Names are compared without blanks, tags and width, amounts in 元. "differ" means that both are
    filled; a text that is no amount counts as blank.

    ================== ================== ================================== =====================
    项目总额             年度资金总额         otherwise                          they are
    ================== ================== ================================== =====================
    differ             any                                                   RIVALS: P01
    equal              equal, or one blank                                   ONE: P03, money once
    equal              differ             printed on one sheet               ONE: P03, and P04
    equal              differ             on two sheets, or in two files     RIVALS: P01
    one or both blank  differ                                                RIVALS: P01
    one or both blank  equal              goals and other amounts do not     ONE: P03, money once
                                          differ
    one or both blank  equal              a goal or another amount differs   UNSURE: two, told
    one or both blank  one or both blank  on one sheet, goals do not differ, ONE: P03, money once
                                          no indicator stands in both
    one or both blank  one or both blank  anything else                      UNSURE: two, told
    ================== ================== ================================== =====================

    Two blank totals make no project one: something that is filled has to agree, or the second table
    has to be the rest of the first. A table that goes
    on over a page break on the same sheet repeats its head and is the same project as long as its
    total is; on a sheet or in a file of its own another annual amount is another declaration.
    """
    total, annual = (_compare(one, other, name) for name in _DECISIVE)
    if total is False or (annual is False and not (total and on_one_sheet)):
        return Verdict.RIVALS
    if total:
        return Verdict.ONE
    agree = False not in [_compare(one, other, name) for name in AMOUNT_FIELDS]
    agree = agree and ("" in (one.goal, other.goal) or one.goal == other.goal)
    if annual is None:
        agree = agree and on_one_sheet and _is_rest(one, other)
    return Verdict.ONE if agree else Verdict.UNSURE


def is_version(one: Sighting, other: Sighting) -> bool:
    """Whether two tables of one name, in two files, are the same table of two days.

    The funds do not differ and most indicators are there in both; where neither has any, the goals
    are the same. The newer one counts. Tables of which this is not true and whose verdict is ONE
    continue each other, and both count.
    """
    if verdict(one, other) is Verdict.RIVALS:
        return False
    if one.values == other.values:
        return True
    if not one.lines or not other.lines:
        return one.lines == other.lines and one.goal == other.goal
    return len(one.lines & other.lines) >= _SHARED * min(len(one.lines), len(other.lines))


def differing(one: Sighting, other: Sighting) -> str | None:
    """The first amount that both fill and that differs: a field name, or None."""
    names = (*reversed(_DECISIVE), *AMOUNT_FIELDS)
    return next((name for name in names if _compare(one, other, name) is False), None)


def sighting(
    project: Mapping[str, Any], indicators: Iterable[Mapping[str, Any]], unit: str
) -> Sighting:
    """The sighting of a row of ``projects`` and its rows of ``indicators``; amounts in ``unit``."""
    amounts = {
        name: convert(value, unit, "元")
        for name in AMOUNT_FIELDS
        if isinstance(value := project.get(name), Decimal)
    }
    said = [
        f"{name}={amounts[name].normalize() if name in amounts else _typed(project.get(name))}"
        for name in PROJECT_FIELDS
    ]
    lines = [(_line(row), _typed(row.get("target_value"))) for row in indicators]
    return Sighting(
        " ".join(clean(str(project.get("project_name") or "")).split()),
        name_key(project.get("project_name")),
        amounts,
        _text(project.get("annual_goal")),
        frozenset(line for line, _ in lines),
        frozenset([*said, *(f"{line}={target}" for line, target in lines)]),
    )


def name_key(name: object) -> str:
    """What two spellings of a project's name share; "" where it is blank."""
    return "" if name is None else fold(str(name))


def _is_rest(one: Sighting, other: Sighting) -> bool:
    return bool(one.lines and other.lines) and one.lines.isdisjoint(other.lines)


def _compare(one: Sighting, other: Sighting, name: str) -> bool | None:
    """Whether an amount is the same; None where it is not filled in both."""
    if name not in one.amounts or name not in other.amounts:
        return None
    return one.amounts[name] == other.amounts[name]


def _line(row: Mapping[str, Any]) -> str:
    return f"{_text(row.get('level2'))}/{_text(row.get('level3') or row.get('indicator'))}"


def _typed(value: object) -> str:
    return "" if value is None else fold(str(value))


def _text(value: object) -> str:
    """A text as it is compared where prints may differ in signs."""
    return "" if value is None else _SIGNS.sub("", fold(str(value)))
