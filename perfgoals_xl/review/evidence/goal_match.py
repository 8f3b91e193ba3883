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
# A figure with so many characters of its own besides the name may be of a part of the thing.
_MOST_OWN = 1
_LEAST_SCATTERED = 4
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
    r"数量|人数|户数|次数|个数|场次|场数|期数|台数|套数|件数|份数|篇数|条数|处数|家数|册数|亩数|辆数|座数|盏数|株数"
    r"|车次数?|人次数?|总数|数$"
    r"|全长|长度|面积|里程|规模|(?:总|年度|全年|计划|完成|实际)"
)
_MONEY_WORDS = re.compile(
    r"经费|费用|资金|成本|金额|补助|标准|支出|投入|控制|预算|计划|年度|采购|项目|总额|□|\d|费|款"
)
_MEASURED = re.compile(r"(?:全长|总长|长度|面积|里程|规模|总量|容量|产量|重量|深度|宽度)$")
# Words of doing, which names leave out.
_DOING = re.compile(
    r"完成|开展|实施|组织|举办|新建|改造|建设|改建|扩建|修建|维修|安装|采购|购置|配备|发放|培训|提供|救助|补助|资助|慰问"
    r"|清理|清运|治理|检查|巡查|检测|全年|年内|本年|预计|计划|共|约|为|对|全县|全市|全区|全镇|辖区|达到?|不少于"
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
    stated = _stated(rows)
    goal_numbers = {(figure.number, _twin(figure.unit)) for figure in counts}
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
    around = _pairs(_HAN.sub("", figure.subject))
    # However it is called, a project has one satisfaction.
    is_satisfaction = figure.unit == "%" and _SATISFACTION in figure.subject
    for number, row, told in stated.rows:
        if len(told.figures) != 1 or told.amounts:
            continue
        value = told.figures[0]
        if not value.unit and isinstance(row["unit"], str):
            value = replace(value, unit=row["unit"])
        if _twin(value.unit) != _twin(figure.unit) or value.is_range:
            continue
        if (value.number, _twin(value.unit)) in goal_numbers:
            continue  # Another figure of the goal is this indicator's.
        core = _core(str(row["level3"]))
        name = _pairs(core)
        share = len(name & around) / len(name) if len(name) > 2 else 0.0
        if share < _LEAST_NAMED and (
            _names(figure, core, value) or _only_one(figure, row, stated, goal_numbers)
        ):
            share = _LEAST_NAMED
        if share >= _LEAST_NAMED or (is_satisfaction and _SATISFACTION in str(row["level3"])):
            best.append((share, number, row, value))
    if not best:
        return None
    best.sort(key=lambda entry: (-entry[0], entry[1]))
    if len(best) > 1 and (is_satisfaction or best[0][0] == best[1][0]):
        return None
    return best[0][1:]


def _names(figure: Figure, core: str, value: Figure) -> bool:
    """Whether the words in front of a figure name the same thing: 改造学校6所, 学校数量."""
    front = _HAN.sub("", figure.subject.partition(figure.written)[0])
    around = _HAN.sub("", figure.subject.replace(figure.written, ""))
    scattered = len(core) >= _LEAST_SCATTERED and set(core) <= set(around)
    if len(core) < 2 or not (core in front or scattered):
        return False
    # 骨干教师 are some of the 教师: fewer of them contradict nothing.
    own = _DOING.sub("", "".join(char for char in front if char not in core))
    return len(own) <= _MOST_OWN or figure.number > value.number


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
        thing = _paid_for(amount.subject)
        same = [
            (number, row, yuan)
            for number, row, yuan in stated.money
            if yuan not in told and len(thing) > 1 and _paid_for(str(row["level3"])) == thing
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


def _paid_for(text: str) -> str:
    """What money is for, without the words for money."""
    return _HAN.sub("", _MONEY_WORDS.sub("", fold(text)))


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
