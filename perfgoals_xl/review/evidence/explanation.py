"""Which of the terms that costs may stand for make the budget, to the last decimal.

The search over all ways to pair is bounded (``_MOST_STATES``); amounts are in 元. A project of
several years may tell its whole cost beside this year's: what is exactly 项目总额 is the whole, as
long as the year's money stands in a row of its own or in the same cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from perfgoals_xl.declaration import IndicatorRow, ProjectRow
from perfgoals_xl.form.amounts import UNIT_IN_YUAN, convert
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.goals.goal_reading import holds
from perfgoals_xl.review.evidence.pairing import Paired, Term
from perfgoals_xl.review.evidence.prices import Cost

_AMOUNT = re.compile(r"(?<![\d.])(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>(?:[百千]?万|亿)?元)")
_MOST_STATES = 4096
# Funds in 元 on a form in 万元, and the other way round.
_OTHER_UNIT = Decimal(10000)
# How far above the budget no cost is, and how near to it one is plausible again.
_FAR_ABOVE = 100
_NEARLY = Decimal("0.1")
# What rounding lets the two be apart, as a share.
_ROUNDING = Decimal("0.005")


def explain(paired: Sequence[Paired], filed: Sequence[Term], budget: Decimal) -> tuple[Term, ...]:
    """The terms that make the budget to the last decimal; () where none do."""
    plain_terms = tuple(one.itself for one in paired)
    if make(plain_terms, budget):
        return plain_terms
    likeliest = tuple(one.likeliest for one in paired)
    needed = tuple(one.likeliest for one in paired if not one.cost.is_optional)
    for terms in (likeliest, needed):
        if make(terms, budget):
            return terms
    totals, others = _totals(paired, budget)
    if totals:
        inner = tuple(one.likeliest for one in others)
        spent = tuple(one.itself for one in others if not one.cost.is_unit_cost)
        if make(inner, budget):
            return inner
        # Parts of a total may be left out, but they are never more than it.
        if sum(term.product for term in spent) <= budget:
            return (totals[0].itself,)
        return ()
    terms = _choose([one.options for one in paired], budget)
    if terms:
        return terms
    # Prices beside the sums that they are standards of.
    sums = tuple(one.itself for one in paired if not one.cost.is_unit_cost)
    if len(sums) < len(paired) and make(sums, budget):
        return sums
    amounts = [term.product for term in sums]
    for listed in (amounts, amounts[::-1]):
        if len(listed) > 2 and holds(listed, budget):
            return _parts_of(sums, budget)
    for terms in (tuple(filed), plain_terms + tuple(filed), likeliest + tuple(filed)):
        if filed and make(terms, budget):
            return terms
    return ()


def itself(cost: Cost) -> Term:
    """The term of a cost that is no price."""
    return Term(cost.row, cost.amount, cost.written)


def make(terms: Sequence[Term], budget: Decimal) -> bool:
    """Whether terms add up to the budget; none add up to nothing."""
    return bool(terms) and sum(term.product for term in terms) == budget


def _parts_of(sums: Sequence[Term], budget: Decimal) -> tuple[Term, ...]:
    """Some of the sums that make the budget together: those that are parts are left out."""
    nothing = [(term, Term(term.row, Decimal(0), "")) for term in sums]
    chosen = _choose(nothing, budget)
    return tuple(term for term in chosen if term.written) or tuple(sums)


def _totals(paired: Sequence[Paired], budget: Decimal) -> tuple[list[Paired], list[Paired]]:
    """The rows that are the budget as a whole, and the others; none where nothing says so."""
    wholes = [one for one in paired if is_whole(one.cost)]
    alone = len(wholes) == 1
    named = [
        one for one in wholes if one.cost.amount == budget and (alone or one.cost.names_no_object)
    ]
    if len(paired) > 1 and not named:
        named = [one for one in paired if one.cost.amount == budget and _is_sum(one, paired)]
    return named, [one for one in paired if one not in named]


def is_whole(cost: Cost) -> bool:
    """Whether a cost is told as a total, by its name."""
    return not cost.is_unit_cost and (cost.names_no_object or cost.says_total)


def _is_sum(one: Paired, paired: Sequence[Paired]) -> bool:
    """Whether a cost is what the others add up to, or all that there is besides prices."""
    sums = [
        other.cost.amount
        for other in paired
        if other is not one and not other.cost.is_unit_cost and not other.cost.is_optional
    ]
    return not one.cost.is_unit_cost and sum(sums, Decimal(0)) in (one.cost.amount, Decimal(0))


def explain_in_other_unit(
    paired: Sequence[Paired], filed: Sequence[Term], budget: Decimal, unit: str
) -> tuple[Term, ...]:
    """The terms where the budget is 10,000 times what they make: filled in 元 on a form in 万元.

    On a form in 元 it is the other way round. Rounding to two places of 万元 does not hide it.
    """
    if not budget:
        return ()
    meant = budget / _OTHER_UNIT if unit == "万元" else budget * _OTHER_UNIT
    if unit not in ("万元", "元"):
        return ()
    every = [[term.product for term in one.options] for one in paired]
    every += [[term.product] for term in filed]
    within = sum(map(max, every)) * (1 + _ROUNDING) >= meant
    if not within or min(map(min, every)) > meant * (1 + _ROUNDING):
        return ()  # Far from it: most differences are of another kind.
    if terms := explain(paired, filed, meant):
        return terms
    likeliest = tuple(one.likeliest for one in paired)
    whole = [one.itself for one in paired if is_whole(one.cost)]
    for terms in (likeliest, tuple(whole[:1])):
        total = sum((term.product for term in terms), Decimal(0))
        if terms and abs(total - meant) <= meant * _ROUNDING:
            return terms
    return ()


def slipped(paired: Sequence[Paired], budget: Decimal) -> tuple[Term, ...]:
    """The costs in 万元 that are far above the budget and about fit it when they are read in 元.

    150万元/米 × 3200米 against 60万元 is no matter of bounds: the price is 150元/米.
    """
    far = [
        one.likeliest
        for one in paired
        if one.likeliest.written.endswith("万元")
        and (one.is_product or not one.cost.is_unit_cost)
        and (one.is_lower or not one.why)
        and one.likeliest.product >= budget * _FAR_ABOVE
    ]
    if not far or not budget:
        return ()
    others = sum((one.likeliest.product for one in paired if one.likeliest not in far), Decimal(0))
    meant = others + sum((term.product for term in far), Decimal(0)) / _OTHER_UNIT
    return tuple(far) if budget / 10 <= meant <= budget * (1 + _NEARLY) else ()


def _choose(options: Sequence[Sequence[Term]], budget: Decimal) -> tuple[Term, ...]:
    """One term of every option, together ``budget`` exactly; () if none are found.

    Every option makes a step of sums that the budget can still be reached from, at most
    ``_MOST_STATES`` of them, each with the sum it came from and the choice that led to it.
    """
    amounts = [[term.product for term in choices] for choices in options]
    aim, sums = _whole(budget, amounts)
    least = list(accumulate((min(row) for row in reversed(sums)), initial=0))[::-1]
    most = list(accumulate((max(row) for row in reversed(sums)), initial=0))[::-1]
    steps: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for number, row in enumerate(sums, start=1):
        following: dict[int, tuple[int, int]] = {}
        for reached in steps[-1]:
            for choice, amount in enumerate(row):
                rest = aim - reached - amount
                if least[number] <= rest <= most[number]:
                    following.setdefault(reached + amount, (reached, choice))
            if len(following) >= _MOST_STATES:
                break
        steps.append(following)
    terms: list[Term] = []
    reached = aim
    for number in range(len(options), 0, -1):
        if reached not in steps[number]:
            return ()
        reached, choice = steps[number][reached]
        terms.append(options[number - 1][choice])
    return tuple(reversed(terms))


def _whole(budget: Decimal, amounts: Sequence[Sequence[Decimal]]) -> tuple[int, list[list[int]]]:
    """The same amounts as whole numbers of the smallest decimal that any of them has."""
    every = [budget, *(amount for row in amounts for amount in row)]
    places = max(0, *(-int(amount.as_tuple().exponent) for amount in every))
    return int(budget.scaleb(places)), [[int(a.scaleb(places)) for a in row] for row in amounts]


def costs_of_the_year(
    costs: list[Cost], project: ProjectRow, rows: Sequence[tuple[int, IndicatorRow]]
) -> list[Cost]:
    """The costs without what is told for all the years of the project."""
    whole, annual = project["total_amount"], project["annual_amount"]
    if not isinstance(whole, Decimal) or whole == annual:
        return costs
    unit = project["amount_unit"]
    of_all = convert(whole, unit, "元")
    of_year = convert(annual, unit, "元") if isinstance(annual, Decimal) else None
    if not any(cost.amount == of_all for cost in costs):
        return costs
    texts = {number: str(row["target_value"]) for number, row in rows}
    if of_year is not None:
        costs = [_of_year(cost, of_all, of_year, texts) for cost in costs]
    others = sum((c.amount for c in costs if c.amount != of_all and not c.is_unit_cost), Decimal(0))
    left = [
        cost
        for cost in costs
        if cost.amount != of_all or cost.is_unit_cost or not (others == of_year or is_whole(cost))
    ]
    return left or costs


def _of_year(cost: Cost, of_all: Decimal, of_year: Decimal, texts: Mapping[int, str]) -> Cost:
    """The cost with the year's amount, where its cell tells that behind the amount of all years."""
    if cost.amount != of_all:
        return cost
    for found in _AMOUNT.finditer(fold(texts[cost.row])):
        amount = Decimal(found["number"]) * UNIT_IN_YUAN.get(found["unit"], Decimal(0))
        if amount == of_year:
            return replace(cost, amount=amount, written=found[0], least=amount, most=amount)
    return cost
