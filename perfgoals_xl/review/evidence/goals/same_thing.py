"""Which indicator is of the same thing as a figure of the goal.

It is the one whose whole name stands around the figure, in the same unit, or the one that is left
over on either side after all others agree.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.goals.goal_reading import Figure
from perfgoals_xl.review.evidence.goals.stated_figures import Stated, twin, unit_of
from perfgoals_xl.review.evidence.likeness import (
    names_in_full,
    names_in_part,
    own_words,
    pairs_of,
    thing_of,
)

_LEAST_NAMED = 0.75
_SATISFACTION = "满意度"
# A figure with so many characters of its own besides the name may be of a part of the thing.
_MOST_OWN, _MOST_OWN_OF_THINGS = 1, 2
LEAD = re.compile(r"^(?:[一二三四五六七八九十]是)?[对为]?")
_MEASURED = re.compile(r"(?:全长|总长|长度|面积|里程|规模|总量|容量|产量|重量|深度|宽度)$")
_PEOPLE = frozenset({"人", "户", "家"})
_HAN = re.compile(r"[^\u4e00-\u9fffA-Za-z]")


def same_thing(
    figure: Figure, stated: Stated, goal_numbers: Set[tuple[Decimal, str]]
) -> tuple[int, IndicatorRow, Figure] | None:
    """The indicator whose name stands around the figure, in the same unit; None if none is sure."""
    best: list[tuple[float, int, IndicatorRow, Figure]] = []
    is_alone = _is_left_over(figure, stated, goal_numbers)
    around = pairs_of(_HAN.sub("", figure.subject))
    # However it is called, a project has one satisfaction.
    is_satisfaction = figure.unit == "%" and _SATISFACTION in figure.subject
    for number, row, told in stated.rows:
        if len(told.figures) != 1 or told.amounts:
            continue
        value = replace(told.figures[0], unit=told.figures[0].unit or unit_of(row))
        if twin(value.unit) != twin(figure.unit) or value.is_range:
            continue
        if (value.number, twin(value.unit)) in goal_numbers:
            continue  # Another figure of the goal is this indicator's.
        core = thing_of(str(row["level3"]))
        name = pairs_of(core)
        share = len(name & around) / len(name) if len(name) > 2 else 0.0
        if share < _LEAST_NAMED and (
            (_is_said(figure, core) and _is_all(figure, core, value, _MOST_OWN))
            or _only_one(figure, row, stated, goal_numbers)
            or (is_alone and _shares(figure, core, value))
        ):
            share = _LEAST_NAMED
        if share >= _LEAST_NAMED or (is_satisfaction and _SATISFACTION in str(row["level3"])):
            best.append((share, number, row, value))
    if not best:
        return None
    best.sort(key=lambda entry: (-entry[0], entry[1]))
    if len(best) > 1 and best[0][0] == best[1][0]:
        return None
    if len(best) > 1 and is_satisfaction and best[0][0] < _LEAST_NAMED:
        return None
    return best[0][1:]


def _is_left_over(figure: Figure, stated: Stated, goal_numbers: Set[tuple[Decimal, str]]) -> bool:
    """Whether goal and indicators each state one thing more in this unit, all others the same."""
    unit = twin(figure.unit)
    if unit == "%":
        return False
    told = {number for number, other in goal_numbers if other == unit}
    asked = [
        row["low"] if row["low"] is not None else row["high"]
        for _, row, _ in stated.rows
        if twin(unit_of(row)) == unit
    ]
    left = [number for number in asked if number not in told]
    return len(left) == 1 and len(told.difference(asked)) == 1 and len(asked) == len(told)


def _is_said(figure: Figure, core: str) -> bool:
    """Whether the words around a figure name the same thing: 改造学校6所, 学校数量."""
    around = figure.subject.replace(figure.written, "")
    return names_in_full(_front(figure), around, core)


def _shares(figure: Figure, core: str, value: Figure) -> bool:
    """Whether what is left over on both sides has a name in common, if in other words."""
    most = _MOST_OWN if twin(figure.unit) in _PEOPLE else _MOST_OWN_OF_THINGS
    return names_in_part(_front(figure), core) and _is_all(figure, core, value, most)


def _is_all(figure: Figure, core: str, value: Figure, most: int) -> bool:
    """Whether a figure is of all of a thing: 骨干教师 are only some of the 教师."""
    return own_words(_front(figure), core) <= most or figure.number > value.number


def _front(figure: Figure) -> str:
    return LEAD.sub("", figure.subject.partition(figure.written)[0])


def _only_one(
    figure: Figure, row: IndicatorRow, stated: Stated, goal_numbers: Set[tuple[Decimal, str]]
) -> bool:
    """Whether goal and indicators measure one thing each in this unit: 全长156.8延米, 桥梁全长."""
    unit = twin(figure.unit)
    front = _HAN.sub("", figure.subject.partition(figure.written)[0])
    mine = [told for _, other, told in stated.rows if twin(str(other["unit"] or "")) == unit]
    return (
        len(front) > 1
        and front[-2:] in _HAN.sub("", fold(str(row["level3"])))
        and _MEASURED.search(front) is not None
        and len(mine) == 1
        and sum(1 for _, other in goal_numbers if other == unit) == 1
    )
