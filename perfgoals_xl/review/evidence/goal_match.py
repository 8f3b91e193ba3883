"""Whether the figures of a goal stand among the indicators of its project, and say the same.

A figure is taken up where any indicator states it, alone or as a sum with its neighbours (2 parks
and 8 zones are the 10 of the indicator). Two figures contradict each other only where the indicator
is plainly of the same thing: its whole name stands around the figure of the goal, in the same unit,
or it is the one amount left over on either side after all others agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.goal_reading import (
    Amount,
    Figure,
    GoalReading,
    Role,
    is_duration,
    read_goal,
)
from perfgoals_xl.review.evidence.goal_text import BLANK

_LEAST_NAMED = 0.75
_LEAST_ALIKE = 0.6
_MOST_SUMMED = 12
_SHORT = 14
_SATISFACTION = "满意度"
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
# Words of names that say that something is counted, not what.
_COUNTING = re.compile(
    r"数量|人数|户数|次数|个数|场次|场数|期数|台数|套数|件数|份数|篇数|条数|处数|家数|人次数?|总数|数$|(?:总|年度|全年|计划|完成|实际)"
)
_MONEY_WORDS = re.compile(
    r"经费|费用|资金|成本|金额|补助|标准|支出|投入|控制|预算|计划|年度|采购|项目|总额|□|\d|费|款"
)
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
    money: list[tuple[int, IndicatorRow, Decimal]] = field(default_factory=list)


def compare(goal: GoalReading, indicators: Iterable[tuple[int, IndicatorRow]]) -> Comparison:
    """Compare the figures of a goal with the rows of ``indicators`` of its project."""
    counts = [f for f in goal.figures if f.unit and not (is_duration(f) or f.is_elsewhere)]
    amounts = goal.of(Role.PART, Role.UNIT_PRICE, Role.OTHER)
    if not counts and not amounts:
        return Comparison()
    stated = _stated(indicators)
    goal_numbers = {figure.number for figure in counts}
    clashes: list[Clash] = []
    loose: list[tuple[int, str]] = []
    for figure in _not_taken_up(counts, stated):
        other = (
            None
            if figure.is_range or figure.bound == "≈"
            else _same_thing(figure, stated, goal_numbers)
        )
        if other is None:
            loose.append((figure.start, _shown(figure)))
        elif not _is_within(figure, other[2]):
            clashes.append(_clash(figure.subject, other[0], other[1]))
    lacking = _unpaid(amounts, counts, stated)
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
        for text in texts:
            if not _DIGIT.search(text):
                continue  # Most names hold no figure; reading them would take most of the time.
            told = read_goal(text, None)
            stated.numbers.update((f.number, f.unit == "%") for f in told.figures)
            stated.numbers.update((a.yuan, False) for a in told.amounts)
        told = read_goal(texts[1], None)
        stated.rows.append((number, row, told))
        stated.money += [(number, row, amount.yuan) for amount in told.amounts[:1]]
        for bound in (row["low"], row["high"]):
            if isinstance(bound, Decimal):
                stated.numbers.add((bound, row["unit"] == "%"))
    return stated


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
    figure: Figure, stated: _Stated, goal_numbers: Set[Decimal]
) -> tuple[int, IndicatorRow, Figure] | None:
    """The indicator whose name stands around the figure, in the same unit; None if none is sure."""
    best: list[tuple[float, int, IndicatorRow, Figure]] = []
    around = _pairs(_HAN.sub("", figure.subject))
    # However it is called, a project has one satisfaction.
    is_satisfaction = figure.unit == "%" and _SATISFACTION in figure.subject
    for number, row, told in stated.rows:
        if len(told.figures) != 1 or told.amounts:
            continue
        value = told.figures[0]
        if _twin(value.unit) != _twin(figure.unit) or value.is_range:
            continue
        if value.number in goal_numbers:
            continue  # Another figure of the goal is this indicator's.
        name = _pairs(_core(str(row["level3"])))
        if len(name) < 3:
            continue
        share = len(name & around) / len(name)
        if share >= _LEAST_NAMED or (is_satisfaction and _SATISFACTION in str(row["level3"])):
            best.append((share, number, row, value))
    if not best:
        return None
    best.sort(key=lambda entry: (-entry[0], entry[1]))
    if len(best) > 1 and (is_satisfaction or best[0][0] == best[1][0]):
        return None
    return best[0][1:]


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
    alike = [(n, row) for n, row in others if _alike(missed[0].subject, str(row["level3"]))]
    if agreed == 0 or len(alike) != 1:
        return None
    return missed[0], *alike[0]


def _alike(one: str, other: str) -> bool:
    """Whether two short names share most characters of the shorter (车辆租赁, 租车)."""
    a, b = (set(_HAN.sub("", _MONEY_WORDS.sub("", fold(text)))) for text in (one, other))
    less = min(len(a), len(b))
    return less >= 2 and len(a & b) / less >= _LEAST_ALIKE


@lru_cache(maxsize=256)
def _sums(amounts: tuple[Decimal, ...]) -> frozenset[Decimal]:
    """Every sum of some of the amounts, at most ``2 ** _MOST_SUMMED``."""
    sums = {Decimal(0)}
    for amount in amounts[:_MOST_SUMMED]:
        sums |= {reached + amount for reached in sums}
    return frozenset(sums)


def _twin(unit: str) -> str:
    return _UNIT_TWINS.get(unit, unit)


def _core(name: str) -> str:
    """The name of what is counted."""
    return _HAN.sub("", _COUNTING.sub("", fold(name)))


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
