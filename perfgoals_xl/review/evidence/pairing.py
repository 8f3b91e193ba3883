"""What each cost may stand for: itself, or a price times the quantities it belongs to.

A price pairs by what it is for before it pairs by name or ordinal (元/公里 with what is counted in
公里). Of a price for two things (元/人·月) both count. Where several quantities are counted in that
unit, the one of a like name is meant, else any of them or all together.

What can be proved of a product is what its bounds allow: ``least`` and ``most`` of a
:class:`Paired`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import islice, product

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.review.evidence.prices import Cost
from perfgoals_xl.review.evidence.quantities import (
    TIMES,
    Quantity,
    affinity,
    bare_unit,
    candidates,
    in_units_of,
)

# Times of a year that a price is for without a row that says how many there are.
_IN_A_YEAR = {"月": (12,), "季度": (4,), "季": (4,), "学期": (2,), "天": (365,), "日": (365,)}
# Of these every year has so many; how many days there is work is anybody's guess.
_EVERY_YEAR = frozenset({"月", "季度", "季"})
# What else a product may have to be multiplied by: 500元/人 × 50人 × 8期.
_REPEATED = frozenset({"期", "次", "场", "批", "批次", "轮", "班", "届", "天", "月"})
_MOST_OPTIONS = 8
_MOST_REPEATED = 2
# A like name, or the same ordinal with something in common.
_ALIKE = 0.34
_LEAST_SURE = 0.25


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


@dataclass(frozen=True, slots=True)
class Paired:
    """A cost, what it may stand for (the first is itself), and what it most likely does.

    ``least`` and ``most`` are what can be proved of it, None where nothing can. ``why`` says what
    leaves it open, "" where nothing does; ``mask`` is the name of a quantity still to be filled in.
    """

    cost: Cost
    options: tuple[Term, ...]
    likeliest: Term
    least: Decimal
    most: Decimal | None
    why: str = ""
    mask: str = ""

    @property
    def is_product(self) -> bool:
        """Whether the cost is a price that found what it is for."""
        return bool(self.likeliest.quantities)


def pair(
    costs: Sequence[Cost], quantities: Sequence[Quantity], times: Sequence[Quantity]
) -> list[Paired]:
    """Every cost with what it may stand for; ``times`` are lengths of time that rows state."""
    paired = [
        _pair(cost, position, len(costs), quantities, times) for position, cost in enumerate(costs)
    ]
    return _share(paired)


def _pair(
    cost: Cost,
    position: int,
    count: int,
    quantities: Sequence[Quantity],
    times: Sequence[Quantity],
) -> Paired:
    itself = Term(cost.row, cost.amount, cost.written)
    alike = candidates(cost.name, cost.ordinal, position, count, quantities)
    if not cost.is_unit_cost:
        options = _distinct([itself, *(_times(itself, q) for q in alike if _counts(q))])
        least = cost.least if cost.least is not None and not cost.is_optional else Decimal(0)
        why = f"“{cost.name}”是否由本项目资金承担不能断定" if cost.is_optional else ""
        return Paired(cost, options, itself, least, cost.most, why)
    pools = [_pool(cost, thing, quantities, times) for thing in cost.per]
    whole = _counted_together(cost.per, quantities)
    found = [_times(itself, q) for q in whole if _counts(q)]
    if all(pools):
        ways = product(*([q for q in pool if _counts(q)] for pool in pools))
        found += [_times(itself, *way) for way in islice(ways, _MOST_OPTIONS) if way]
    again = [
        _times(itself, *term.quantities, q)
        for term in found[:_MOST_REPEATED]
        for q in _repeated(term, cost, quantities, times)
    ]
    loose = [_times(itself, q) for q in alike if _counts(q)]
    options = _distinct([itself, *found, *again, *loose])
    return _likeliest(cost, options, pools, whole, alike)


def _likeliest(
    cost: Cost,
    options: tuple[Term, ...],
    pools: Sequence[Sequence[Quantity]],
    whole: Sequence[Quantity],
    alike: Sequence[Quantity],
) -> Paired:
    itself = options[0]
    known = [
        bool(pool) and (pool[0].row >= 0 or thing in _EVERY_YEAR)
        for thing, pool in zip(cost.per, pools, strict=True)
    ]
    # A price per 人 does not pair with so many 期 because both come first.
    fitting = [q for q in alike if not (cost.per and q.unit)]
    chosen: list[_Chosen] = []
    if whole:
        chosen = [_Chosen(whole[0])]
    elif known and all(known):
        chosen = [_choose(cost, pool) for pool in pools]
    elif len(cost.per) < 2 and fitting:
        chosen = [_Chosen(fitting[0])]
        if affinity(cost.name, cost.ordinal, fitting[0]) < _LEAST_SURE:
            chosen = [_Chosen(fitting[0], (_ANY,), f"“{cost.name}”对应哪个数量不能确定")]
    if not chosen:
        return Paired(cost, options, itself, Decimal(0), None, _unpaired(cost, pools))
    mask = next((c.quantity.name for c in chosen if c.quantity.number is None), "")
    term = _times(itself, *(c.quantity for c in chosen))
    least = cost.least if cost.least is not None else Decimal(0)
    most, why = cost.most, ""
    for choice in chosen:
        least *= choice.least
        most = None if most is None or choice.most is None else most * choice.most
        why = why or choice.why
    open_ended = least < term.product and (most is None or most > term.product)
    if not why and least == 0 and most is None:
        why = f"“{cost.name}”的单价是上限而数量是下限，乘积既不是最多也不是最少"
    elif not why and most is None:
        why = f"“{cost.name}”只知道下限"
    elif open_ended and not why:
        why = f"“{cost.name}”不是确定的数"
    return Paired(cost, options, term, least, most, why, mask)


def _unpaired(cost: Cost, pools: Sequence[Sequence[Quantity]]) -> str:
    lacking = [
        thing
        for thing, pool in zip(cost.per, pools, strict=True)
        if not pool or (pool[0].row < 0 and thing not in _EVERY_YEAR)
    ]
    asked = "、".join(f"“{thing}”" for thing in lacking)
    tried = f"没有找到以{asked}计的数量指标" if asked else "没有找到对应的数量指标"
    return f"“{cost.name}”是单价，{tried}"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The quantity that is most likely meant and the bounds of what may be."""

    quantity: Quantity
    others: tuple[Quantity, ...] = ()
    why: str = ""

    @property
    def least(self) -> Decimal:
        return min(map(_least, (self.quantity, *self.others)))

    @property
    def most(self) -> Decimal | None:
        bounds = [_most(quantity) for quantity in (self.quantity, *self.others)]
        return None if None in bounds else max(b for b in bounds if b is not None)


# What is not known to belong to a price bounds it in no direction.
_ANY = Quantity(-1, "", None, Decimal(0), "", is_bound=True, is_least=True)


def _least(quantity: Quantity) -> Decimal:
    return Decimal(0) if quantity.is_bound else quantity.most


def _most(quantity: Quantity) -> Decimal | None:
    return None if quantity.is_least else quantity.most


def _choose(cost: Cost, pool: Sequence[Quantity]) -> _Chosen:
    """Of the quantities of one unit the one of a like name, or all of them together."""
    first = pool[0]
    if first.row < 0:
        known = Quantity(first.row, first.name, None, Decimal(1), first.unit, is_bound=False)
        return _Chosen(first, (known,), f"“{cost.name}”按一年 {plain(first.most)} {first.name}计算")
    singles = [quantity for quantity in pool if not isinstance(quantity, _Together)]
    if len(singles) == 1:
        return _Chosen(first)
    best, second = (affinity(cost.name, cost.ordinal, q) for q in singles[:2])
    if best >= _ALIKE and best > second:
        return _Chosen(first)
    why = f"“{cost.name}”属于哪个数量不能确定"
    together = pool[-1]
    if not isinstance(together, _Together):
        return _Chosen(first, tuple(singles[1:]), why)
    if all(affinity(cost.name, cost.ordinal, quantity) > 0 for quantity in singles):
        return _Chosen(together)  # The price is for each of them: 县道养护, 乡道养护.
    return _Chosen(together, tuple(singles), why)


def _pool(
    cost: Cost, thing: str, quantities: Sequence[Quantity], times: Sequence[Quantity]
) -> list[Quantity]:
    """The quantities counted in what a price is for: the likeliest first, all of them last."""
    found = in_units_of(thing, [*quantities, *times] if thing in TIMES else quantities)
    found = sorted(found, key=lambda q: -affinity(cost.name, cost.ordinal, q))
    if not found:
        name = {"月": "个月", "天": "天", "日": "天", "学期": "个学期"}.get(thing, "个季度")
        numbers = _IN_A_YEAR.get(thing, ())
        return [Quantity(-1, name, None, Decimal(n), name, is_bound=False) for n in numbers]
    together = _sum(found)
    return found[:3] + ([together] if together is not None else [])


def _sum(quantities: Sequence[Quantity]) -> Quantity | None:
    """All quantities of one unit as one: 2公里 + 2公里."""
    if len(quantities) < 2 or any(quantity.number is None for quantity in quantities):
        return None
    shown = "+".join(f"{plain(quantity.most)}{quantity.unit}" for quantity in quantities[:5])
    return _Together(
        quantities[0].row,
        "、".join(quantity.name for quantity in quantities[:3]),
        None,
        sum((quantity.most for quantity in quantities), Decimal(0)),
        quantities[0].unit,
        is_bound=any(quantity.is_bound for quantity in quantities),
        is_least=any(quantity.is_least for quantity in quantities),
        shown=f"({shown}{'+…' if len(quantities) > 5 else ''})",
    )


@dataclass(frozen=True)
class _Together(Quantity):
    """Several quantities of one unit, shown as the sum that they are."""

    shown: str = ""

    def __str__(self) -> str:
        return self.shown


def _counted_together(per: Sequence[str], quantities: Sequence[Quantity]) -> list[Quantity]:
    """Quantities in the unit of a price for two things: 1200人天 for 元/人·天."""
    if len(per) < 2:
        return []
    spelled = {"".join(per), "".join(per).replace("天", "日"), "".join(per).replace("日", "天")}
    if set(per) == {"人", "次"}:
        spelled.add("人次")
    return [q for q in quantities if q.unit.translate(_JOINTS) in spelled]


_JOINTS = str.maketrans("", "", "·.*×/、")


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


def _times(term: Term, *quantities: Quantity) -> Term:
    return Term(term.row, term.amount, term.written, quantities)


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
            paired[index] = replace(one, least=bound, why=one.why or f"{names}共用一个数量")
    return paired
