"""Whether the figures of a goal stand among the indicators of its project, and say the same.

A figure is taken up where any indicator states it, alone or as a sum with its neighbours (2 parks
and 8 zones are the 10 of the indicator), where it is the sum of several indicators, or where it is
the year's money. Two figures contradict each other only where the indicator is plainly of the same
thing: its whole name stands around the figure of the goal, in the same unit, or it is the one
amount left over on either side after all others agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.review.evidence.goals.goal_reading import (
    Amount,
    Figure,
    GoalReading,
    Role,
    is_duration,
)
from perfgoals_xl.review.evidence.goals.goal_text import BLANK
from perfgoals_xl.review.evidence.goals.same_thing import LEAD, of_one_kind, same_thing
from perfgoals_xl.review.evidence.goals.stated_figures import (
    MOST_SUMMED,
    Clash,
    Stated,
    stated_by,
    twin,
)
from perfgoals_xl.review.evidence.likeness import (
    paid_for,
    pay_alike,
)

_SHORT = 14
_EACH = re.compile(r"([人户亩村校生床])均|每([人户亩村校生床])(?!次|年|月|天)")
# Prices of another time or of another thing: 人均收入, 上年人均.
_OTHER_TIME = re.compile(r"上年|去年|往年|收入|增收|节约|降低|提高|减少|纯")


@dataclass(frozen=True, slots=True)
class Comparison:
    """``clashes`` contradict an indicator; ``loose`` are figures that no indicator takes up."""

    clashes: tuple[Clash, ...] = ()
    loose: tuple[str, ...] = ()


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
    stated = stated_by(rows)
    clashes: list[Clash] = []
    loose: list[tuple[int, str]] = []
    hinted = {figure.start for figure in _not_taken_up(counts, stated)}
    for figure in counts:
        if (figure.number, twin(figure.unit)) in stated.in_units:
            # The same rate may well be of something else: 95% are of many things.
            other = of_one_kind(figure, goal, counts, stated) if figure.unit == "%" else None
            if other is not None and not _is_within(figure, other[2]):
                clashes.append(_clash(figure.subject, other[0], other[1]))
            continue
        # The same number under another unit is no answer where the same thing has another one.
        is_exact = not figure.is_range and figure.bound != "≈"
        if not is_exact or (figure.start not in hinted and _is_summed(figure, counts, stated)):
            other = None
        else:
            other = same_thing(figure, goal, counts, stated)
        if other is None:
            if figure.start in hinted:
                loose.append((figure.start, _shown(figure)))
        elif not _is_within(figure, other[2]):
            clashes.append(_clash(figure.subject, other[0], other[1]))
    lacking = [a for a in _unpaid(amounts, counts, stated) if a.yuan not in known]
    for amount, number, row in _other_amounts(amounts, lacking, stated):
        lacking = [other for other in lacking if other is not amount]
        clashes.append(_clash(f"{amount.subject}{amount.written}", number, row))
    for amount, number, row in _other_prices(amounts, lacking, stated):
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
    around = LEAD.sub("", figure.subject.strip("()和及与"))
    return around if len(around) <= _SHORT and BLANK not in around else figure.written


def _with_unit(figure: Figure, text: str, rows: Sequence[tuple[int, IndicatorRow]]) -> Figure:
    """A figure with the unit that an indicator uses, where we know none: 156.8延米."""
    behind = text[figure.start + len(figure.written) :][:8]
    if figure.unit:
        return figure
    units = {str(row["unit"]) for _, row in rows if row["unit"]}
    unit = max((unit for unit in units if behind.startswith(unit)), key=len, default="")
    return replace(figure, unit=unit, written=f"{figure.written}{unit}") if unit else figure


def _is_summed(figure: Figure, counts: Sequence[Figure], stated: Stated) -> bool:
    """Whether a figure is part of a sum that an indicator states, not only a number of another."""
    return (figure.number, figure.unit == "%") not in stated.numbers


def _not_taken_up(counts: Sequence[Figure], stated: Stated) -> list[Figure]:
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


def _other_amounts(
    amounts: Sequence[Amount], lacking: Sequence[Amount], stated: Stated
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


def _other_prices(
    amounts: Sequence[Amount], lacking: Sequence[Amount], stated: Stated
) -> list[tuple[Amount, int, IndicatorRow]]:
    """The price of the goal that the only price for each of the same tells otherwise: 人均80元."""
    found = []
    for amount in lacking:
        each = _each(amount.subject)
        alike = [a for a in amounts if a.role is Role.UNIT_PRICE and _each(a.subject) == each]
        same = [
            (number, row, yuan)
            for number, row, _ in stated.rows
            if each is not None
            and _each(str(row["level3"])) == each
            and _OTHER_TIME.search(str(row["level3"])) is None
            and (yuan := _price_of(row)) is not None
        ]
        is_price = amount.role is Role.UNIT_PRICE and not (amount.slack or amount.bound)
        if not is_price or len(alike) != 1 or len(same) != 1:
            continue
        number, row, yuan = same[0]
        is_bound = row["operator"] in ("≤", "<") and amount.yuan < yuan
        if is_bound or (row["operator"] in ("≥", ">") and amount.yuan > yuan):
            continue
        if _OTHER_TIME.search(amount.subject) is None and _is_near(amount.yuan, yuan):
            found.append((amount, number, row))
    return found


def _each(text: str) -> str | None:
    """What a price is for each of, by the words before it: 人均, 每户."""
    found = _EACH.findall(text)
    return found[-1][0] or found[-1][1] if len(found) == 1 else None


def _price_of(row: IndicatorRow) -> Decimal | None:
    """The one amount in 元 that a row states, alone or for each of something: 79元/人."""
    value, unit = row["high"] if row["low"] is None else row["low"], str(row["unit"] or "")
    money = unit.partition("/")[0]
    if (
        not isinstance(value, Decimal)
        or row["low"] not in (value, None)
        or not money.endswith("元")
    ):
        return None
    if row["high"] not in (value, None) or money not in UNIT_IN_YUAN:
        return None
    return value * UNIT_IN_YUAN[money]


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Whether two prices may be one: a subsidy of 20 is not the 3000 that something costs."""
    return min(one, other) * 2 >= max(one, other)


def _is_within(figure: Figure, value: Figure) -> bool:
    """Whether the indicator asks for no less than the bound that the goal sets."""
    if figure.bound == "≥":
        return value.number >= figure.number
    return figure.bound == "≤" and value.number <= figure.number


def _unpaid(amounts: Sequence[Amount], counts: Sequence[Figure], stated: Stated) -> list[Amount]:
    """The amounts that no indicator states, alone, as a sum, or as a price times a count."""
    money = [yuan for _, _, yuan in stated.money]
    own = [amount.yuan for amount in amounts if amount.role is not Role.UNIT_PRICE]
    known = set(money) | {number for number, is_rate in stated.numbers if not is_rate}
    if len(own) > MOST_SUMMED or len(money) > 3 * MOST_SUMMED:
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
        if len(money) <= MOST_SUMMED and amount.yuan in _sums(tuple(money)):
            continue
        lacking.append(amount)
    return lacking


def _left_over(
    amounts: Sequence[Amount], lacking: Sequence[Amount], stated: Stated
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
    """Every sum of some of the amounts, at most ``2 ** MOST_SUMMED``."""
    sums = {Decimal(0)}
    for amount in amounts[:MOST_SUMMED]:
        sums |= {reached + amount for reached in sums}
    return frozenset(sums)
