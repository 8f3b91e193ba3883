"""Which quantity a price is most likely for, and the bounds of what it may be for.

Where several are counted in what it is for, the one of a like name is meant, else any of them or
all together; what is not known to belong to a price bounds it in no direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.review.evidence.likeness import Naming, naming
from perfgoals_xl.review.evidence.price_units import in_units_of, not_contradicted
from perfgoals_xl.review.evidence.prices import Cost
from perfgoals_xl.review.evidence.quantities import (
    TIMES,
    Quantity,
    Together,
    affinity,
    likeness,
    names_counted,
    together,
)

_MOST_ASSIGNED = 4
# How much likelier one way to go together has to be than the next.
_CLEARLY = 0.05
# A like name, or the same ordinal with something in common.
_ALIKE = 0.34
_LEAST_SURE = 0.25


@dataclass(frozen=True, slots=True)
class Chosen:
    """The quantity that is most likely meant and the bounds of what may be."""

    quantity: Quantity
    others: tuple[Quantity, ...] = ()
    why: str = ""

    @property
    def least(self) -> Decimal:
        """What is counted with at least."""
        return min(quantity.at_least for quantity in (self.quantity, *self.others))

    @property
    def most(self) -> Decimal | None:
        """What is counted with at most; None where that is open."""
        bounds = [quantity.at_most for quantity in (self.quantity, *self.others)]
        return None if None in bounds else max(b for b in bounds if b is not None)


# What is not known to belong to a price bounds it in no direction.
_ANY = Quantity(-1, "", None, Decimal(0), "", is_bound=True, is_least=True)


def choose(cost: Cost, pool: Sequence[Quantity], *, has_rival: bool) -> Chosen:
    """Of the quantities of one unit the one of a like name, or all of them together."""
    first = pool[0]
    if first.row < 0:
        known = Quantity(first.row, first.name, None, Decimal(1), first.unit, is_bound=False)
        return Chosen(first, (known,), f"“{cost.name}”按一年 {plain(first.most)} {first.name}计算")
    singles = [q for q in pool if not isinstance(q, Together) or q.is_one]
    if len(singles) == 1:
        return Chosen(first)
    if first.row == cost.row:
        why = f"“{cost.name}”所写的{first}与数量指标{singles[1]}不同"
        return Chosen(first, tuple(singles[1:]), why)
    best, second = (affinity(cost.name, cost.ordinal, q) for q in singles[:2])
    if best >= _ALIKE and best > second:
        return Chosen(first)
    why = f"“{cost.name}”属于哪个数量不能确定"
    every = pool[-1]
    if not isinstance(every, Together) or every.is_one:
        return Chosen(first, tuple(singles[1:]), why)
    if not has_rival and all(
        affinity(cost.name, cost.ordinal, quantity) > 0 for quantity in singles
    ):
        return Chosen(every)  # The price is for each of them: 县道养护, 乡道养护.
    return Chosen(every, tuple(singles), why)


def by_name(cost: Cost, alike: Sequence[Quantity], quantities: Sequence[Quantity]) -> list[Chosen]:
    """The quantity that a price without a unit of its own goes with, by what it names."""
    alike = not_contradicted(cost.name, alike)
    sure = [q for q in quantities if naming(cost.name, q.name, q.unit) is Naming.COUNTS]
    if len(sure) > 1:
        return [_of_several(cost, sure)]
    named = sure or [quantity for quantity in quantities if names_counted(cost.name, quantity)]
    if len(named) == 1:
        is_sure = sure or "每" in cost.name
        return [Chosen(named[0]) if is_sure else _perhaps(cost, named[0])]
    # A price per 人 does not pair with so many 期 because both come first.
    fitting = [q for q in named or alike if not (cost.per and q.unit)][:1]
    if fitting and affinity(cost.name, cost.ordinal, fitting[0]) < _LEAST_SURE:
        return [_perhaps(cost, fitting[0])]
    return [Chosen(quantity) for quantity in fitting]


def _perhaps(cost: Cost, quantity: Quantity) -> Chosen:
    """A quantity that a price may well not be for."""
    return Chosen(quantity, (_ANY,), f"“{cost.name}”对应哪个数量不能确定")


def _of_several(cost: Cost, named: Sequence[Quantity]) -> Chosen:
    """Of several quantities of the thing that a price names the one of the likest name, or all."""
    ranked = sorted(named, key=lambda q: -likeness(cost.name, q.name))
    best, second = (likeness(cost.name, q.name) for q in ranked[:2])
    if best >= _ALIKE and best - second >= _CLEARLY:
        return Chosen(ranked[0])
    every = together(ranked)
    why = f"“{cost.name}”属于哪个数量不能确定"
    others = (_ANY, *ranked[1:]) if every is None else tuple(ranked)
    return Chosen(every or ranked[0], others, why)


def assigned(costs: Sequence[Cost], quantities: Sequence[Quantity]) -> dict[int, Quantity]:
    """The quantity of each price where as many prices as quantities have one unit.

    Each goes with one of its own, the names as alike as can be; none where two ways are as likely.
    """
    by_thing: dict[str, list[Cost]] = {}
    for cost in costs:
        if cost.is_unit_cost and len(cost.per) == 1:
            by_thing.setdefault(cost.per[0], []).append(cost)
    mine: dict[int, Quantity] = {}
    for thing, prices in by_thing.items():
        if not 1 < len(prices) <= _MOST_ASSIGNED or thing in TIMES:
            continue
        counted = in_units_of(thing, quantities)
        if len(counted) != len(prices):
            continue
        alike = {
            (cost.row, quantity.row): affinity(cost.name, cost.ordinal, quantity)
            for cost in prices
            for quantity in counted
        }
        ways = sorted(
            permutations(counted),
            key=lambda way: -sum(alike[c.row, q.row] for c, q in zip(prices, way, strict=True)),
        )
        best, second = (
            sum(alike[c.row, q.row] for c, q in zip(prices, way, strict=True)) for way in ways[:2]
        )
        if best - second >= _CLEARLY:
            mine |= {cost.row: quantity for cost, quantity in zip(prices, ways[0], strict=True)}
    return mine
