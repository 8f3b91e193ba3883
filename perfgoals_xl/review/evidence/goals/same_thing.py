"""Which indicator is of the same thing as a figure of the goal.

It is the one whose whole name stands around the figure, in the same unit, the one that is left
over on either side after all others agree, or the only one whose noun is the figure's with words
put in: 改造学校6所, 改造义务教育学校数量. Nouns of other heads are never one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.goals.goal_reading import Figure, GoalReading
from perfgoals_xl.review.evidence.goals.stated_figures import Stated, twin, unit_of
from perfgoals_xl.review.evidence.likeness import (
    names_in_full,
    names_in_part,
    own_words,
    pairs_of,
    thing_of,
)
from perfgoals_xl.review.evidence.noun_heads import (
    Phrase,
    first_noun,
    is_of_kind,
    is_other_thing,
    is_other_work,
    phrase_of,
    works_in,
)

_LEAST_NAMED = 0.75
_SATISFACTION = "满意度"
# A figure with so many characters of its own besides the name may be of a part of the thing.
_MOST_OWN, _MOST_OWN_OF_THINGS = 1, 2
LEAD = re.compile(r"^(?:[一二三四五六七八九十]是)?[对为]?")
_MEASURED = re.compile(r"(?:全长|总长|长度|面积|里程|规模|总量|容量|产量|重量|深度|宽度)$")
_TIMES = "次"
_PEOPLE = frozenset({"人", "户", "家"})
_HAN = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
_CLAUSE = re.compile(r"[,;。:!?\n]")
_OF_IT = re.compile(r"的|进行|并|,|和(?=[改提])")
_DIGIT = re.compile(r"\d")
_SOME = re.compile(r"其中|包括|含")


def same_thing(
    figure: Figure, goal: GoalReading, counts: Sequence[Figure], stated: Stated
) -> tuple[int, IndicatorRow, Figure] | None:
    """The indicator of the same thing as a figure of ``counts``, with its number.

    None if no indicator is sure to be.
    """
    goal_numbers = {(f.number, twin(f.unit)) for f in counts}
    best: list[tuple[float, int, IndicatorRow, Figure]] = []
    is_alone = _is_left_over(figure, stated, goal_numbers)
    around = pairs_of(_HAN.sub("", figure.subject))
    told = _told(figure, goal)
    # However it is called, a project has one satisfaction.
    is_satisfaction = figure.unit == "%" and _SATISFACTION in figure.subject
    for number, row, value in _in_unit(figure, stated):
        if (value.number, twin(value.unit)) in goal_numbers:
            continue  # Another figure of the goal is this indicator's.
        core = thing_of(str(row["level3"]))
        name = pairs_of(core)
        share = len(name & around) / len(name) if len(name) > 2 else 0.0
        asked = phrase_of(core)
        if is_other_work(told.works, asked.works) or (
            # What is done so many times is told in many words: 送戏下乡演出, 惠民演出场次.
            twin(figure.unit) != _TIMES and is_other_thing(told.noun, asked.noun, figure.subject)
        ):
            share = 0.0
        elif share < _LEAST_NAMED and (
            (_is_said(figure, core) and _is_all(figure, core, value, _MOST_OWN))
            or _only_one(figure, row, stated, goal_numbers)
            or (is_alone and _shares(figure, core, value))
        ):
            share = _LEAST_NAMED
        if share >= _LEAST_NAMED or (is_satisfaction and _SATISFACTION in str(row["level3"])):
            best.append((share, number, row, value))
    if not best:
        return of_one_kind(figure, goal, counts, stated)
    best.sort(key=lambda entry: (-entry[0], entry[1]))
    if len(best) > 1 and best[0][0] == best[1][0]:
        return None
    if len(best) > 1 and is_satisfaction and best[0][0] < _LEAST_NAMED:
        return None
    return best[0][1:]


def _in_unit(figure: Figure, stated: Stated) -> Iterator[tuple[int, IndicatorRow, Figure]]:
    """The indicators with one number, in the unit of a figure."""
    for number, row, told in stated.rows:
        if len(told.figures) != 1 or told.amounts:
            continue
        value = replace(told.figures[0], unit=told.figures[0].unit or unit_of(row))
        if twin(value.unit) == twin(figure.unit) and not value.is_range:
            yield number, row, value


def _told(figure: Figure, goal: GoalReading) -> Phrase:
    """What a figure counts: the words in front of it, else those behind, and what is done."""
    front, _, behind = figure.subject.partition(figure.written)
    # 高血压和糖尿病患者分别不低于3.1万人和1.2万人
    told = phrase_of(LEAD.sub("", _DIGIT.split(front, maxsplit=1)[0]))
    if not told.noun:
        after = phrase_of(first_noun(_OF_IT.split(behind, maxsplit=1)[0]))
        told = Phrase(after.noun, told.works | after.works)
    # 新建、改造学校6所; 购置巡逻车6辆、电动自行车20辆.
    clause = _CLAUSE.split(goal.text[: figure.start])[-1]
    items = clause.split("、")
    works = told.works
    for item in reversed(items[:-1]):
        if works_in(item) and not phrase_of(item).noun:
            works |= works_in(item)
    return Phrase(told.noun, works or phrase_of(items[0]).works)


def of_one_kind(
    figure: Figure, goal: GoalReading, counts: Sequence[Figure], stated: Stated
) -> tuple[int, IndicatorRow, Figure] | None:
    """The only indicator whose noun is that of the figure with words put in, or without some."""
    if _SOME.search(_CLAUSE.split(goal.text[: figure.start])[-1]):
        return None
    told = _told(figure, goal)
    rows = [
        (number, row, value, phrase_of(thing_of(str(row["level3"]))))
        for number, row, value in _in_unit(figure, stated)
    ]
    same = [entry for entry in rows if _is_kin(told, entry[3])]
    if len(same) != 1:
        return None
    number, row, value, asked = same[0]
    if value.number == figure.number:
        return None
    others = [f for f in counts if f is not figure and twin(f.unit) == twin(figure.unit)]
    if any(f.number == value.number or _is_kin(_told(f, goal), asked) for f in others):
        return None  # The figures are parts of what the indicator counts.
    # Of people some may well be counted apart: 骨干教师 are not all of the 教师.
    if twin(figure.unit) in _PEOPLE and told.noun != asked.noun:
        is_narrow = len(told.noun) > len(asked.noun)
        if is_narrow != (figure.number > value.number):
            return None
    return number, row, value


def _is_kin(told: Phrase, asked: Phrase) -> bool:
    """Whether two phrases are of one thing, told more exactly on one side."""
    if is_other_work(told.works, asked.works):
        return False
    one, other = told.noun, asked.noun
    return (one == other and len(one) > 1) or is_of_kind(one, other) or is_of_kind(other, one)


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
    if own_words(_front(figure), core) <= most:
        return True
    # 8 playgrounds of schools are not more than 5 schools.
    told, asked = phrase_of(_front(figure)).noun, phrase_of(core).noun
    return figure.number > value.number and (not told.startswith(asked) or told == asked)


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
