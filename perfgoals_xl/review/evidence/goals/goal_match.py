"""Whether the figures of a goal stand among the indicators of its project, and say the same.

A figure is taken up where any indicator states it, alone or as a sum with its neighbours (2 parks
and 8 zones are the 10 of the indicator), where it is the sum of several indicators, or where it is
the year's money. Two figures contradict each other only where the indicator is plainly of the same
thing: its whole name stands around the figure of the goal, in the same unit, or it is the one
amount left over on either side after all others agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.goals.goal_reading import (
    Amount,
    Figure,
    GoalReading,
    Role,
    is_duration,
    read_goal,
)
from perfgoals_xl.review.evidence.goals.goal_text import BLANK
from perfgoals_xl.review.evidence.indicator_text import count_unit
from perfgoals_xl.review.evidence.likeness import (
    names_in_full,
    names_in_part,
    own_words,
    paid_for,
    pairs_of,
    pay_alike,
    thing_of,
)

_LEAST_NAMED = 0.75
_MOST_SUMMED = 12
_SHORT = 14
_SATISFACTION = "满意度"
# A figure with so many characters of its own besides the name may be of a part of the thing.
_MOST_OWN, _MOST_OWN_OF_THINGS = 1, 2
_DIGIT = re.compile(r"\d")
_LEAD = re.compile(r"^(?:[一二三四五六七八九十]是)?[对为]?")
_UNIT_TWINS = {
    "名": "人",
    "人次": "人",
    "期": "次",
    "场": "次",
    "场次": "次",
    "位": "人",
    "百分点": "个百分点",
}
_MEASURED = re.compile(r"(?:全长|总长|长度|面积|里程|规模|总量|容量|产量|重量|深度|宽度)$")
_PEOPLE = frozenset({"人", "户", "家"})
_HAN = re.compile(r"[^\u4e00-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Clash:
    """A figure of the goal and the indicator that says otherwise; ``row`` is the indicator's."""

    figure: str
    row: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``clashes`` contradict an indicator; ``loose`` are figures that no indicator takes up."""

    clashes: tuple[Clash, ...] = ()
    loose: tuple[str, ...] = ()


@dataclass(slots=True)
class _Stated:
    """What the indicators of a project state."""

    rows: list[tuple[int, IndicatorRow, GoalReading]] = field(default_factory=list)
    numbers: set[tuple[Decimal, bool]] = field(default_factory=set)
    in_units: set[tuple[Decimal, str]] = field(default_factory=set)
    money: list[tuple[int, IndicatorRow, Decimal]] = field(default_factory=list)


def compare(
    goal: GoalReading,
    indicators: Iterable[tuple[int, IndicatorRow]],
    known: Collection[Decimal] = (),
) -> Comparison:
    """Compare the figures of a goal with the rows of ``indicators`` of its project.

    ``known`` are the amounts of the project's own funds, in 元, which no indicator need take up.
    """
    rows = list(indicators)
    figures = [_with_unit(f, goal.text, rows) for f in goal.figures]
    counts = [f for f in figures if f.unit and not (is_duration(f) or f.is_elsewhere)]
    amounts = goal.of(Role.PART, Role.UNIT_PRICE, Role.OTHER)
    if not counts and not amounts:
        return Comparison()
    stated, goal_numbers = _stated(rows), {(f.number, _twin(f.unit)) for f in counts}
    clashes: list[Clash] = []
    loose: list[tuple[int, str]] = []
    hinted = {figure.start for figure in _not_taken_up(counts, stated)}
    for figure in counts:
        if (figure.number, _twin(figure.unit)) in stated.in_units:
            continue
        # The same number under another unit is no answer where the same thing has another one.
        is_exact = not figure.is_range and figure.bound != "≈"
        if not is_exact or (figure.start not in hinted and _is_summed(figure, counts, stated)):
            other = None
        else:
            other = _same_thing(figure, stated, goal_numbers)
        if other is None:
            if figure.start in hinted:
                loose.append((figure.start, _shown(figure)))
        elif not _is_within(figure, other[2]):
            clashes.append(_clash(figure.subject, other[0], other[1]))
    lacking = [a for a in _unpaid(amounts, counts, stated) if a.yuan not in known]
    for amount, number, row in _other_amounts(amounts, lacking, stated):
        lacking = [other for other in lacking if other is not amount]
        clashes.append(_clash(f"{amount.subject}{amount.written}", number, row))
    left = _left_over(amounts, lacking, stated)
    if left is not None:
        amount, number, row = left
        lacking = [other for other in lacking if other is not amount]
        clashes.append(_clash(f"{amount.subject}{amount.written}", number, row))
    loose += [(amount.start, amount.written) for amount in lacking]
    told = dict.fromkeys(written for _, written in sorted(loose))
    return Comparison(tuple(clashes), tuple(told))


def _clash(figure: str, number: int, row: IndicatorRow) -> Clash:
    figure = figure.replace(BLANK, "").strip("()、和及与")
    return Clash(figure, number, str(row["indicator"]), str(row["target_value"]))


def _shown(figure: Figure) -> str:
    """The figure with the words around it, where these are few."""
    around = _LEAD.sub("", figure.subject.strip("()和及与"))
    return around if len(around) <= _SHORT and BLANK not in around else figure.written


def _stated(indicators: Iterable[tuple[int, IndicatorRow]]) -> _Stated:
    stated = _Stated()
    for number, row in indicators:
        texts = [str(row[c]) for c in ("level3", "target_value") if not is_blank(row[c])]
        if len(texts) < 2:
            continue
        texts[1] = _in_unit_of_name(row, texts[1])
        for text in texts:
            if not _DIGIT.search(text):
                continue  # Most names hold no figure; reading them would take most of the time.
            told = read_goal(text, None)
            stated.numbers.update((f.number, f.unit == "%") for f in told.figures)
            stated.numbers.update((a.yuan, False) for a in told.amounts)
        told = read_goal(texts[1], None)
        stated.rows.append((number, row, told))
        if texts[1] != row["target_value"]:
            stated.in_units.update((f.number, _twin(f.unit)) for f in told.figures)
        stated.money += [(number, row, amount.yuan) for amount in told.amounts[:1]]
        for bound in (row["low"], row["high"]):
            if isinstance(bound, Decimal):
                stated.numbers.add((bound, row["unit"] == "%"))
                stated.in_units.add((bound, _twin(row["unit"] or "")))
    _add_sums(stated)
    return stated


def _add_sums(stated: _Stated) -> None:
    """What the indicators of one unit add up to: neighbours, and all of them."""
    by_unit: dict[str, list[Decimal]] = {}
    for _, _, told in stated.rows:
        if len(told.figures) == 1 and told.figures[0].unit not in ("", "%"):
            by_unit.setdefault(_twin(told.figures[0].unit), []).append(told.figures[0].number)
    for unit, numbers in by_unit.items():
        for i, total in enumerate(numbers[:_MOST_SUMMED]):
            for number in numbers[i + 1 : _MOST_SUMMED]:
                total += number
                stated.numbers.add((total, False))
                stated.in_units.add((total, unit))


def _with_unit(figure: Figure, text: str, rows: Sequence[tuple[int, IndicatorRow]]) -> Figure:
    """A figure with the unit that an indicator uses, where we know none: 156.8延米."""
    behind = text[figure.start + len(figure.written) :][:8]
    if figure.unit:
        return figure
    units = {str(row["unit"]) for _, row in rows if row["unit"]}
    unit = max((unit for unit in units if behind.startswith(unit)), key=len, default="")
    return replace(figure, unit=unit, written=f"{figure.written}{unit}") if unit else figure


def _is_summed(figure: Figure, counts: Sequence[Figure], stated: _Stated) -> bool:
    """Whether a figure is part of a sum that an indicator states, not only a number of another."""
    return (figure.number, figure.unit == "%") not in stated.numbers


def _not_taken_up(counts: Sequence[Figure], stated: _Stated) -> list[Figure]:
    """The figures that no indicator states, alone or summed with their neighbours."""
    taken = {i for i, f in enumerate(counts) if (f.number, f.unit == "%") in stated.numbers}
    for i, first in enumerate(counts):
        total = first.number
        for j in range(i + 1, min(len(counts), i + 6)):
            if counts[j].unit != first.unit or first.unit == "%":
                break
            total += counts[j].number
            if (total, False) in stated.numbers:
                taken.update(range(i, j + 1))
    return [figure for i, figure in enumerate(counts) if i not in taken]


def _same_thing(
    figure: Figure, stated: _Stated, goal_numbers: Set[tuple[Decimal, str]]
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
        value = replace(told.figures[0], unit=told.figures[0].unit or _unit_of(row))
        if _twin(value.unit) != _twin(figure.unit) or value.is_range:
            continue
        if (value.number, _twin(value.unit)) in goal_numbers:
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


def _is_left_over(figure: Figure, stated: _Stated, goal_numbers: Set[tuple[Decimal, str]]) -> bool:
    """Whether goal and indicators each state one thing more in this unit, all others the same."""
    unit = _twin(figure.unit)
    if unit == "%":
        return False
    told = {number for number, other in goal_numbers if other == unit}
    asked = [
        row["low"] if row["low"] is not None else row["high"]
        for _, row, _ in stated.rows
        if _twin(_unit_of(row)) == unit
    ]
    left = [number for number in asked if number not in told]
    return len(left) == 1 and len(told.difference(asked)) == 1 and len(asked) == len(told)


def _in_unit_of_name(row: IndicatorRow, value: str) -> str:
    """The value with the unit that its name states: 3 under 造林面积（万亩） is 3万亩."""
    is_bare = not row["unit"] and value[-1:].isdigit()
    return f"{value}{count_unit(str(row['level3']))}" if is_bare else value


def _unit_of(row: IndicatorRow) -> str:
    """The unit of an indicator, from its name where its value is a bare number."""
    return str(row["unit"] or count_unit(str(row["level3"] or "")))


def _is_said(figure: Figure, core: str) -> bool:
    """Whether the words around a figure name the same thing: 改造学校6所, 学校数量."""
    around = figure.subject.replace(figure.written, "")
    return names_in_full(_front(figure), around, core)


def _shares(figure: Figure, core: str, value: Figure) -> bool:
    """Whether what is left over on both sides has a name in common, if in other words."""
    most = _MOST_OWN if _twin(figure.unit) in _PEOPLE else _MOST_OWN_OF_THINGS
    return names_in_part(_front(figure), core) and _is_all(figure, core, value, most)


def _is_all(figure: Figure, core: str, value: Figure, most: int) -> bool:
    """Whether a figure is of all of a thing: 骨干教师 are only some of the 教师."""
    return own_words(_front(figure), core) <= most or figure.number > value.number


def _front(figure: Figure) -> str:
    return _LEAD.sub("", figure.subject.partition(figure.written)[0])


def _only_one(
    figure: Figure, row: IndicatorRow, stated: _Stated, goal_numbers: Set[tuple[Decimal, str]]
) -> bool:
    """Whether goal and indicators measure one thing each in this unit: 全长156.8延米, 桥梁全长."""
    unit = _twin(figure.unit)
    front = _HAN.sub("", figure.subject.partition(figure.written)[0])
    mine = [told for _, other, told in stated.rows if _twin(str(other["unit"] or "")) == unit]
    return (
        len(front) > 1
        and front[-2:] in _HAN.sub("", fold(str(row["level3"])))
        and _MEASURED.search(front) is not None
        and len(mine) == 1
        and sum(1 for _, other in goal_numbers if other == unit) == 1
    )


def _other_amounts(
    amounts: Sequence[Amount], lacking: Sequence[Amount], stated: _Stated
) -> list[tuple[Amount, int, IndicatorRow]]:
    """The amounts that a cost of the same name tells otherwise, with its row."""
    told = {amount.yuan for amount in amounts}
    found = []
    for amount in lacking:
        thing = paid_for(amount.subject)
        same = [
            (number, row, yuan)
            for number, row, yuan in stated.money
            if yuan not in told and len(thing) > 1 and paid_for(str(row["level3"])) == thing
        ]
        if len(same) != 1 or amount.role is Role.UNIT_PRICE or amount.slack or amount.bound:
            continue
        number, row, yuan = same[0]
        if row["operator"] in ("≤", "<") and amount.yuan < yuan:
            continue
        if row["operator"] in ("≥", ">") and amount.yuan > yuan:
            continue
        found.append((amount, number, row))
    return found


def _is_within(figure: Figure, value: Figure) -> bool:
    """Whether the indicator asks for no less than the bound that the goal sets."""
    if figure.bound == "≥":
        return value.number >= figure.number
    return figure.bound == "≤" and value.number <= figure.number


def _unpaid(amounts: Sequence[Amount], counts: Sequence[Figure], stated: _Stated) -> list[Amount]:
    """The amounts that no indicator states, alone, as a sum, or as a price times a count."""
    money = [yuan for _, _, yuan in stated.money]
    own = [amount.yuan for amount in amounts if amount.role is not Role.UNIT_PRICE]
    known = set(money) | {number for number, is_rate in stated.numbers if not is_rate}
    if len(own) > _MOST_SUMMED or len(money) > 3 * _MOST_SUMMED:
        return []
    lacking = []
    for amount in amounts:
        if amount.yuan in known or any(abs(m - amount.yuan) <= amount.slack for m in money):
            continue
        if amount.role is Role.UNIT_PRICE and any(
            amount.yuan * figure.number in known for figure in counts
        ):
            continue
        rest = [other for other in own if other != amount.yuan]
        if any(m - amount.yuan in _sums(tuple(rest)) for m in money if m > amount.yuan):
            continue
        if len(money) <= _MOST_SUMMED and amount.yuan in _sums(tuple(money)):
            continue
        lacking.append(amount)
    return lacking


def _left_over(
    amounts: Sequence[Amount], lacking: Sequence[Amount], stated: _Stated
) -> tuple[Amount, int, IndicatorRow] | None:
    """The amount of the goal and the indicator that are left over where all others agree."""
    parts = [amount for amount in amounts if amount.role is Role.PART]
    missed = [amount for amount in lacking if amount.role is Role.PART]
    if len(missed) != 1 or len(parts) < 2:
        return None
    told = {amount.yuan for amount in parts}
    others = [(number, row) for number, row, yuan in stated.money if yuan not in told]
    agreed = len(stated.money) - len(others)
    alike = [(n, row) for n, row in others if pay_alike(missed[0].subject, str(row["level3"]))]
    if agreed == 0 or len(alike) != 1:
        return None
    return missed[0], *alike[0]


@lru_cache(maxsize=256)
def _sums(amounts: tuple[Decimal, ...]) -> frozenset[Decimal]:
    """Every sum of some of the amounts, at most ``2 ** _MOST_SUMMED``."""
    sums = {Decimal(0)}
    for amount in amounts[:_MOST_SUMMED]:
        sums |= {reached + amount for reached in sums}
    return frozenset(sums)


def _twin(unit: str) -> str:
    return _UNIT_TWINS.get(unit, unit)
