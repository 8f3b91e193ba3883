"""Sums of points and of money on a form, with what their roundings allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line

ZERO, HUNDRED = Decimal(0), Decimal(100)
_HALF = Decimal("0.5")
_MOST_SLACK = Decimal("0.2")
_MOST_PLACES = 2
_OF_EXACT_MONEY = Decimal("0.1")
_MOST_SHOWN = 12
_MOST_LINES = 14
# What one line alone may be a detail of the one above.
_DETAIL = re.compile(r"其中|^[-—－]|中央|省|自治区|市|县|区级|上级|本级|一般公共预算|政府性基金")


def places_of(number: Decimal) -> int:
    """How many decimals a number shows: 2 of 9.46, 0 of 30 and of 30.0."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_of(places: int) -> Decimal:
    """How far a number of so many decimals may be from what it was rounded from."""
    return _HALF.scaleb(-places)


def is_same_points(score: Decimal, weight: Decimal) -> bool:
    """Whether points are a weight, rounded to fewer decimals: 3.33 of 3.333."""
    places = places_of(score)
    rounded = 0 < places < places_of(weight)
    return score == weight or (rounded and abs(score - weight) <= half_of(places))


def points_slack(parts: Sequence[Decimal], total: Decimal) -> Decimal:
    """How far a total of points may be from the sum of its parts, each rounded by itself.

    Whole points and halves are exact. More than two decimals were not rounded, but the total may
    have been.
    """
    rounded = [p for p in parts if places_of(2 * p) and places_of(p) <= _MOST_PLACES]
    slack = sum((half_of(places_of(p)) for p in rounded), ZERO)
    if len(rounded) < len(parts) and any(places_of(p) > _MOST_PLACES for p in parts):
        slack += half_of(max(1, min(places_of(total), _MOST_PLACES)))
    return min(slack, _MOST_SLACK)


def adds_up(parts: Sequence[Decimal], total: Decimal) -> bool:
    """Whether parts make a total, but for roundings."""
    return abs(sum(parts, ZERO) - total) <= points_slack(parts, total)


def shown_sum(parts: Sequence[Decimal]) -> str:
    """``30 + 18 + 9.5 = 57.5``; a long sum without its terms, one term as itself."""
    total = plain(sum(parts, ZERO))
    if len(parts) < 2 or len(parts) > _MOST_SHOWN:
        return total
    return f"{' + '.join(map(plain, parts))} = {total}"


def labelled_sum(parts: Sequence[tuple[str, Decimal]]) -> str:
    """``财政拨款 80 + 其他资金 15 = 95``."""
    shown = " + ".join(f"{label} {plain(part)}" for label, part in parts)
    return f"{shown} = {plain(sum((part for _, part in parts), ZERO))}"


def rate_slack(executed: Decimal, budget: Decimal, rate: Decimal) -> Decimal:
    """How far a stated rate may be from the quotient: its own digits, and those of the money.

    A rate may have been cut as well as rounded. Amounts without decimals are exact.
    """
    slack = 2 * half_of(places_of(rate)) if places_of(rate) else Decimal("0.999")
    unsure = ((executed, HUNDRED / budget), (budget, HUNDRED * executed / budget / budget))
    of_money = sum(
        (half_of(places_of(money)) * abs(weight) for money, weight in unsure if places_of(money)),
        ZERO,
    )
    # An amount with one decimal is more often exact than rounded.
    rounded = max(places_of(executed), places_of(budget)) >= _MOST_PLACES
    return slack + (of_money if rounded else min(of_money, _OF_EXACT_MONEY))


def money_parts(lines: Sequence[Line], column: str) -> list[tuple[str, Decimal]]:
    """What the lines beside the total say in a column, those that say nothing left out."""
    return [(_label(line), amount) for line in lines if (amount := line.figure(column)) is not None]


def makes_total(parts: Sequence[tuple[str, Decimal]], total: Decimal) -> bool:
    """Whether parts of the funds make their total, read in any way that they can be.

    Some of them may be details of the one above (财政拨款, of which 中央 and 省级).
    """
    amounts = [amount for _, amount in parts]
    if len(amounts) > _MOST_LINES:
        return _near(sum(amounts, ZERO), total, amounts)
    details = [_DETAIL.search(label) is not None for label, _ in parts]
    sums = {len(amounts): {ZERO}}
    for at in range(len(amounts) - 1, -1, -1):
        found = {amounts[at] + rest for rest in sums[at + 1]}
        for end in range(at + 2, len(amounts) + 1):
            inside = amounts[at + 1 : end]
            if len(inside) == 1 and not details[at + 1]:
                continue
            if amounts[at] and _near(sum(inside, ZERO), amounts[at], inside):
                found |= {amounts[at] + rest for rest in sums[end]}
        sums[at] = found
    return any(_near(found, total, amounts) for found in sums[0])


def _near(found: Decimal, total: Decimal, parts: Sequence[Decimal]) -> bool:
    gap = abs(found - total)
    places = max(map(places_of, (*parts, total)), default=0)
    return gap == 0 or (places >= _MOST_PLACES and gap <= len(parts) * half_of(places))


def _label(line: Line) -> str:
    return str(line["source"] or "").strip().removeprefix("其中：").removeprefix("其中:")
