"""What each cost may stand for: itself, or a price times the quantities it belongs to.

A price pairs by what it is for before it pairs by name or ordinal (元/公里 with what is counted in
公里). Of a price for two things (元/人·月) both count. Where several quantities are counted in that
unit, the one of a like name is meant, else any of them or all together.

What can be proved of a product is what its bounds allow: ``least`` and ``most`` of a
:class:`Paired`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, reduce
from itertools import islice, product

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.choosing import Chosen, assigned, by_name, choose
from perfgoals_xl.review.evidence.price_units import (
    bare_unit,
    counted_together,
    each_time,
    pool_of,
)
from perfgoals_xl.review.evidence.prices import Cost
from perfgoals_xl.review.evidence.quantities import (
    TIMES,
    Quantity,
    Together,
    candidates,
    joined,
    unclaimed,
    without_some,
)
from perfgoals_xl.review.evidence.stated_counts import count_stated

# Every year has so many of these; how many days there is work is anybody's guess.
_EVERY_YEAR = frozenset({"月", "季度", "季"})
# What else a product may have to be multiplied by: 500元/人 × 50人 × 8期.
_REPEATED = frozenset({"期", "次", "场", "批", "批次", "轮", "班", "届", "天", "月"})
_MOST_OPTIONS = 8
_MOST_REPEATED = 2
_IN_BRACKETS = re.compile(r"\(([^()]{2,8})\)")


@dataclass(frozen=True, slots=True)
class Term:
    """One addend: a cost in 元, as written, times what it is a price for."""

    row: int
    amount: Decimal
    written: str
    quantities: tuple[Quantity, ...] = ()

    @property
    def product(self) -> Decimal:
        """The amount in 元 that the term stands for."""
        return reduce(lambda value, q: value * q.most, self.quantities, self.amount)

    def __str__(self) -> str:
        return "×".join([*map(str, self.quantities), self.written])


class Options:
    """What a cost may stand for, found when it is asked for: mostly the likeliest is right."""

    def __init__(self, find: Callable[[], tuple[Term, ...]]) -> None:
        self._find = find

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of different value; the first is the cost itself."""
        return self._find()


@dataclass(frozen=True, slots=True)
class Paired:
    """A cost, what it may stand for (the first is itself), and what it most likely does.

    ``least`` and ``most`` are what can be proved of it, None where nothing can. ``why`` says what
    leaves it open, "" where nothing does; ``mask`` is the name of a quantity still to be filled in.
    ``is_lower`` says that only the lower bound of what it counts with leaves it open.
    """

    cost: Cost
    itself: Term
    others: Options
    likeliest: Term
    least: Decimal
    most: Decimal | None
    why: str = ""
    mask: str = ""
    is_lower: bool = False

    @property
    def options(self) -> tuple[Term, ...]:
        """What the cost may stand for, itself first."""
        return self.others.terms

    @property
    def is_product(self) -> bool:
        """Whether the cost is a price that found what it is for."""
        return bool(self.likeliest.quantities)


def pair(
    costs: Sequence[Cost], quantities: Sequence[Quantity], times: Sequence[Quantity]
) -> list[Paired]:
    """Every cost with what it may stand for; ``times`` are lengths of time that rows state."""
    found = _Found(costs, quantities, joined(quantities), times)
    mine = assigned(costs, found.whole)
    return _share([_pair(cost, place, found, mine) for place, cost in enumerate(costs)])


@dataclass(frozen=True, slots=True)
class _Found:
    """The costs and quantities of a project; in ``whole`` those told in parts are one."""

    costs: Sequence[Cost]
    quantities: Sequence[Quantity]
    whole: Sequence[Quantity]
    times: Sequence[Quantity]

    def of(self, cost: Cost) -> Sequence[Quantity]:
        """The quantities as a price takes them: a part of one only where it names the part."""
        if len(self.whole) == len(self.quantities):
            return self.quantities
        named = any(
            mark in cost.name
            for quantity in self.quantities
            if quantity not in self.whole
            for mark in _IN_BRACKETS.findall(fold(quantity.name))
        )
        return self.quantities if named else self.whole


def _pair(cost: Cost, place: int, found: _Found, mine: Mapping[int, Quantity]) -> Paired:
    itself = Term(cost.row, cost.amount, cost.written)
    count = len(found.costs)
    if not cost.is_unit_cost:
        options = Options(lambda: _distinct([itself, *_loose(cost, place, itself, found)]))
        least = cost.least if cost.least is not None and not cost.is_optional else Decimal(0)
        why = f"“{cost.name}”是否由本项目资金承担不能断定" if cost.is_optional else ""
        return Paired(cost, itself, options, itself, least, cost.most, why)
    quantities = found.of(cost)
    per = tuple(each for thing in cost.per for each in each_time(thing, quantities))
    whole = counted_together(per, quantities)
    pools = [_pool(cost, thing, quantities, found.times) for thing in per]
    if cost.row in mine:
        counted = next((at for at, thing in enumerate(per) if thing not in TIMES), 0)
        pools[counted], whole = [mine[cost.row]], []

    def products() -> tuple[Term, ...]:
        made = [_times(itself, q) for q in whole if _counts(q)]
        if all(pools):
            ways = product(*([q for q in pool if _counts(q)] for pool in pools))
            made += [_times(itself, *way) for way in islice(ways, _MOST_OPTIONS) if way]
        again = [
            _times(itself, *term.quantities, q)
            for term in made[:_MOST_REPEATED]
            for q in _repeated(term, cost, found.quantities, found.times)
        ]
        return _distinct([itself, *made, *again, *_loose(cost, place, itself, found)])

    known = [
        bool(pool) and (pool[0].row >= 0 or thing in _EVERY_YEAR)
        for thing, pool in zip(per, pools, strict=True)
    ]
    chosen: list[Chosen] = []
    if whole:
        chosen = [Chosen(whole[0])]
    elif known and all(known):
        has_rival = any(other.per == cost.per and other is not cost for other in found.costs)
        sums = [other.name for other in found.costs if not other.is_unit_cost]
        # The sum with some of the others may explain the budget; it is never the likeliest.
        likely = [unclaimed(cost.name, without_some(cost.name, pool), sums) for pool in pools]
        pools = [unclaimed(cost.name, pool, sums) for pool in pools]
        chosen = [choose(cost, pool, has_rival=has_rival) for pool in likely]
    elif len(per) < 2:
        alike = candidates(cost.name, cost.ordinal, place, count, quantities)
        chosen = by_name(cost, alike, quantities)
    one = Paired(cost, itself, Options(products), itself, Decimal(0), None)
    if not chosen:
        return replace(one, why=_unpaired(cost, per, pools))
    return _likeliest(one, chosen)


def _pool(
    cost: Cost, thing: str, quantities: Sequence[Quantity], times: Sequence[Quantity]
) -> list[Quantity]:
    """What a price may be for, first of all how many it says itself (全年200天)."""
    pool = pool_of(cost.name, cost.ordinal, thing, quantities, times)
    stated = count_stated(cost.name, cost.value, thing)
    if stated is None:
        return pool
    number, unit = stated
    own = Quantity(cost.row, cost.name, None, number, unit, is_bound=False)
    if thing in TIMES:
        return [own]
    others = [q for q in pool if q.row >= 0 and not isinstance(q, Together)]
    return [own, *(q for q in others if q.number != number)]


def _loose(cost: Cost, place: int, itself: Term, found: _Found) -> Iterator[Term]:
    """A cost times what goes by a like name or the same ordinal, whatever that counts."""
    alike = candidates(cost.name, cost.ordinal, place, len(found.costs), found.quantities)
    return (_times(itself, quantity) for quantity in alike if _counts(quantity))


def _likeliest(one: Paired, chosen: Sequence[Chosen]) -> Paired:
    """A price with the quantities that were chosen for it, and what is proved of their product."""
    cost = one.cost
    mask = next((c.quantity.name for c in chosen if c.quantity.number is None), "")
    term = _times(one.itself, *(c.quantity for c in chosen))
    least = cost.least if cost.least is not None else Decimal(0)
    most, why = cost.most, ""
    for choice in chosen:
        least *= choice.least
        most = None if most is None or choice.most is None else most * choice.most
        why = why or choice.why
    one = replace(one, is_lower=not why and any(choice.quantity.is_least for choice in chosen))
    open_ended = least < term.product and (most is None or most > term.product)
    if not why and least == 0 and most is None:
        why = f"“{cost.name}”的单价是上限而数量是下限，乘积既不是最多也不是最少"
    elif not why and most is None:
        why = f"“{cost.name}”只知道下限"
    elif open_ended and not why:
        why = f"“{cost.name}”不是确定的数"
    return replace(one, likeliest=term, least=least, most=most, why=why, mask=mask)


def _unpaired(cost: Cost, per: Sequence[str], pools: Sequence[Sequence[Quantity]]) -> str:
    lacking = [
        thing
        for thing, pool in zip(per, pools, strict=True)
        if not pool or (pool[0].row < 0 and thing not in _EVERY_YEAR)
    ]
    asked = "、".join(f"“{thing}”" for thing in lacking)
    tried = f"没有找到以{asked}计的数量指标" if asked else "没有找到对应的数量指标"
    return f"“{cost.name}”是单价，{tried}"


def _repeated(
    term: Term, cost: Cost, quantities: Sequence[Quantity], times: Sequence[Quantity]
) -> Iterator[Quantity]:
    """What a product may be multiplied by once more."""
    used = {quantity.row for quantity in term.quantities}
    for quantity in (*quantities, *times):
        unit = bare_unit(quantity.unit)
        fits = unit in _REPEATED and unit not in cost.per and quantity.row not in used
        if fits and _counts(quantity):
            yield quantity


def _counts(quantity: Quantity) -> bool:
    """Whether a product with a quantity may explain the budget to the last decimal."""
    return quantity.number is not None and quantity.number != 1 and not quantity.is_bound


def _times(one: Term, *quantities: Quantity) -> Term:
    return Term(one.row, one.amount, one.written, quantities)


def _distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of different value, the first of each, at most ``_MOST_OPTIONS``."""
    found: dict[Decimal, Term] = {}
    for term in terms:
        found.setdefault(term.product, term)
    return tuple(islice(found.values(), _MOST_OPTIONS))


def _share(paired: list[Paired]) -> list[Paired]:
    """Of prices that share one quantity it is not known whether they add up or exclude each other.

    A first and a second prize have one number of winners between them; board and lodging both
    count for every guest. At least the smaller of them is spent, at most all of them.
    """
    by_rows: dict[frozenset[int], list[int]] = {}
    for index, one in enumerate(paired):
        rows = frozenset(q.row for q in one.likeliest.quantities if q.row >= 0)
        if one.is_product and rows:
            by_rows.setdefault(rows, []).append(index)
    for sharing in by_rows.values():
        if len(sharing) < 2:
            continue
        least = min(sharing, key=lambda index: paired[index].least)
        names = "、".join(f"“{paired[index].cost.name}”" for index in sharing[:3])
        for index in sharing:
            one = paired[index]
            bound = one.least if index == least else Decimal(0)
            paired[index] = replace(
                one, least=bound, why=one.why or f"{names}共用一个数量", is_lower=False
            )
    return paired
