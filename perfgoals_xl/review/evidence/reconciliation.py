"""Cost reconciliation: do the cost indicators account for the year's money? (C rules)

Tried in this order, exactly, in ``Decimal``: the plain sum; a row that is the total of the others;
unit costs times the quantities they pair with, mixed with plain sums, the likeliest pairs first;
amounts filed under 数量; the same against 本级 or 转移 alone; the same where the budget was filled
in another unit (元 for 万元). Whatever explains the budget to the last decimal ends the search.
Where nothing does, the difference of the likeliest reading is told, and whether the bounds of
prices and quantities prove it.

Amounts are in 元 inside this module, whatever unit the form and the values use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from perfgoals_xl.declaration import IndicatorRow, ProjectRow
from perfgoals_xl.form.amounts import convert, plain
from perfgoals_xl.form.fields import BLOCK_NAMES, Block
from perfgoals_xl.form.target import is_nothing, mask_in
from perfgoals_xl.form.taxonomy import COST_GROUPS, group_key
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.review.evidence.explanation import (
    costs_of_the_year,
    explain,
    explain_in_other_unit,
    is_whole,
    itself,
    make,
    slipped,
)
from perfgoals_xl.review.evidence.funding_sums import (
    all_sources,
    block_sum,
    no_annual_amount,
    sources_sum,
)
from perfgoals_xl.review.evidence.pairing import Paired, Term, pair
from perfgoals_xl.review.evidence.part_sums import is_part
from perfgoals_xl.review.evidence.partners import told_unpriced, without_price
from perfgoals_xl.review.evidence.prices import (
    NOT_ONLY_MONEY,
    Cost,
    costs_in,
    is_bare_number,
    is_cost,
    unit_in_name,
)
from perfgoals_xl.review.evidence.quantities import likeness, read_quantity, read_time, without_some

ANNUAL = "年度资金总额"
_SAME_NAME = 0.5
# How many times its lower bound a quantity may well be in the end.
_MOST_ABOVE = 2
# The share of the budget that prices rounded as they are may be off by.
_ROUNDED = Decimal("0.01")

_DECIMALS = re.compile(r"(?P<number>\d+\.(?P<decimals>\d+))")


class Outcome(StrEnum):
    """How a reconciliation ended."""

    EQUAL = "equal"
    BOUNDED = "bounded"  # the budget lies within what upper-bound quantities allow
    OPEN = "open"  # bounds, or a price without its quantity, leave it open
    OVER = "over"
    UNDER = "under"
    OTHER_UNIT = "other_unit"  # the budget is 10,000 times what the costs explain, or a part of it
    NO_AMOUNT = "no_amount"
    NOT_JUDGED = "not_judged"


class Doubt(StrEnum):
    """What makes a difference less than proved."""

    NONE = ""
    AT_MOST = "most"  # prices that are upper bounds, times what is exact, exceed the budget
    LOWER = "lower"  # the quantities are lower bounds, and with them it is less than half
    YUAN = "slip"  # a cost in 万元 is hundreds of times the budget and fits it when read in 元
    ONE_IS_ALL = "one"  # one of the costs alone is the budget: a total, or the others are too much


@dataclass(frozen=True)
class Reconciliation:
    """What the costs of one project add up to, against which money, and how.

    ``budget`` and ``total`` are in 元, ``basis`` is the name of the money compared with, ``unit``
    the unit of the form for printing; ``reason`` says why it is not judged or what leaves it open;
    ``tried`` names the ways that were gone, ``unpriced`` the quantities that have no price where
    the costs are less; ``slips`` are the terms that fit the budget only when read in 元.
    """

    outcome: Outcome
    basis: str = ANNUAL
    budget: Decimal = Decimal(0)
    terms: tuple[Term, ...] = ()
    unit: str = "万元"
    reason: str = ""
    doubt: Doubt = Doubt.NONE
    tried: str = ""
    unpriced: str = ""
    slips: tuple[Term, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the terms add up to, in 元."""
        return sum((term.product for term in self.terms), Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The sum as staff would write it, with its result in the form's unit."""
        shown = " + ".join(map(str, self.terms))
        result = f"{self.in_unit(self.total)} {self.unit}"
        alone = len(self.terms) == 1 and not self.terms[0].quantities
        return f"成本 {result}" if alone else f"{shown} = {result}"

    @property
    def is_rounded(self) -> bool:
        """Whether prices with decimals, rounded as they are, explain the difference."""
        return abs(self.total - self.budget) <= sum(map(_rounding, self.terms), Decimal(0))

    def in_unit(self, yuan: Decimal) -> str:
        """An amount in 元, printed in the unit of the form."""
        return plain(convert(yuan, "元", self.unit))


def _rounding(term: Term) -> Decimal:
    """How far a product may be off, in 元, because its price was rounded to its last decimal."""
    found = _DECIMALS.match(term.written)
    if found is None or not term.quantities or not term.amount:
        return Decimal(0)
    half = Decimal(1).scaleb(-len(found["decimals"])) / 2
    return abs(term.product) * half / Decimal(found["number"])


def reconcile(
    project: ProjectRow, indicators: Iterable[tuple[int, IndicatorRow]]
) -> Reconciliation:
    """Reconcile one project's costs with its money.

    ``project`` is a row of ``projects``; ``indicators`` are its rows with their numbers in the
    table ``indicators``.
    """
    rows = list(indicators)
    unit = project["amount_unit"]
    costs = costs_of_the_year(costs_in(rows, COST_GROUPS), project, rows)
    # Read where it is needed: mostly the plain sum is the budget.
    filed_as_quantity = [] if costs else costs_in(rows, frozenset({"数量"}))
    if not costs and not filed_as_quantity:
        return Reconciliation(Outcome.NO_AMOUNT, unit=unit)
    budgets = _budgets(project)
    if isinstance(budgets, str):
        return Reconciliation(Outcome.NOT_JUDGED, unit=unit, reason=budgets)
    every, costs = costs, without_parts(costs, rows)
    plain_terms = tuple(itself(cost) for cost in costs)
    if make(plain_terms, budgets[0][1]):
        return Reconciliation(Outcome.EQUAL, *budgets[0], plain_terms, unit)
    filed_as_quantity = filed_as_quantity or costs_in(rows, frozenset({"数量"}))
    quantities = [q for number, row in rows if (q := read_quantity(number, row)) is not None]
    times = [t for number, row in rows if (t := read_time(number, row)) is not None]
    paired = pair(costs, quantities, times)
    with_parts = pair(every, quantities, times) if len(every) > len(costs) else ()
    filed = [itself(cost) for cost in filed_as_quantity]
    for basis, budget in budgets:
        terms = explain(paired, filed, budget) or explain(with_parts, (), budget)
        if terms:
            return Reconciliation(Outcome.EQUAL, basis, budget, terms, unit)
    basis, budget = budgets[0]
    terms = explain_in_other_unit(paired, filed, budget, unit)
    if terms:
        return Reconciliation(Outcome.OTHER_UNIT, basis, budget, terms, unit)
    result = _difference(paired or pair(filed_as_quantity, quantities, times), basis, budget, unit)
    reason = unfilled(rows)
    if result.outcome in (Outcome.UNDER, Outcome.OPEN) and reason is not None:
        return Reconciliation(Outcome.NOT_JUDGED, basis, budget, unit=unit, reason=reason)
    if result.outcome is Outcome.UNDER or _is_well_below(result):
        unpriced = told_unpriced(without_price(result.terms, paired, without_some("", quantities)))
        return replace(result, tried=_tried(paired, budgets), unpriced=unpriced)
    return result


def _is_well_below(result: Reconciliation) -> bool:
    """Whether bounds leave it open, and rounding is not all that there is."""
    gap = result.budget - result.total
    return result.outcome is Outcome.OPEN and gap > result.budget * _ROUNDED


def without_parts(costs: list[Cost], rows: Sequence[tuple[int, IndicatorRow]]) -> list[Cost]:
    """The costs without those told with 其中 below a sum that they are part of."""
    amounts = {cost.row: cost for cost in costs}
    parts: set[int] = set()
    whole: int | None = None
    for number, row in rows:
        if not is_cost(row):
            continue
        if not is_part(row):
            whole = number
        elif whole in amounts and not amounts[whole].is_unit_cost:
            parts.add(number)
    return [cost for cost in costs if cost.row not in parts]


def unfilled(rows: Sequence[tuple[int, IndicatorRow]]) -> str | None:
    """Which cost's amount is still to come: a blank, a mask, a number without a unit.

    It may be all that the others lack, so that nothing can be said of what they fall short by.
    """
    for _, row in rows:
        name, value = row["indicator"], row["target_value"]
        if not is_cost(row) or is_blank(name) or is_nothing(row["level3"]):
            continue
        if is_blank(value) or mask_in(value) is not None:
            return f"成本指标“{name}”的金额还没有填写"
        has_unit = unit_in_name(str(row["level3"] or "")) is not None
        is_money = group_key(row["level2"]) not in NOT_ONLY_MONEY
        if is_bare_number(row) and is_money and not has_unit:
            return f"成本指标“{name}”的“{value}”没有单位，不知道是多少钱"
    return None


def _budgets(project: ProjectRow) -> list[tuple[str, Decimal]] | str:
    """The money to compare with, the year's total first, in 元; or why there is none."""
    unit = project["amount_unit"]
    found: list[tuple[str, Decimal]] = []
    annual = project["annual_amount"]
    if isinstance(annual, Decimal):
        if annual < 0:
            return f"{ANNUAL}小于零"
        found.append((ANNUAL, annual))
        # Where the total is not what all of its sources make (F02), costs may be right by these.
        every = all_sources(project)
        if every.total and every != sources_sum(project) and every.total != annual:
            found.append(("资金来源合计", every.total))
    elif is_blank(annual):
        sources = all_sources(project)
        if sources.total is None:
            return no_annual_amount(project)
        found.append((f"资金来源合计（{ANNUAL}未填）", sources.total))
    else:
        return f"{ANNUAL}“{annual}”不是金额"
    for block in Block:
        part = block_sum(project, block).total
        if part is not None and part > 0 and part not in (amount for _, amount in found):
            found.append((BLOCK_NAMES[block], part))
    return [(basis, convert(amount, unit, "元")) for basis, amount in found]


def _difference(
    paired: Sequence[Paired],
    basis: str,
    budget: Decimal,
    unit: str,
) -> Reconciliation:
    """What to say when nothing explains the budget exactly."""
    for one in paired:
        if one.mask:
            reason = f"“{one.mask}”的数量还是占位符，无法与单价相乘"
            return Reconciliation(Outcome.NOT_JUDGED, basis, budget, unit=unit, reason=reason)
    paired = _addends(paired, budget)
    paired = [one for one in paired if not _is_standard(one, paired)]
    if slips := slipped(paired, budget):
        terms = tuple(one.likeliest for one in paired)
        told = Reconciliation(Outcome.OVER, basis, budget, terms, unit)
        return replace(told, doubt=Doubt.YUAN, slips=slips)
    # A price that found nothing it is for is no addend: 80元 + 700元 is no sum.
    terms = tuple(one.likeliest for one in paired if one.is_product or not one.cost.is_unit_cost)
    total = sum((term.product for term in terms), Decimal(0))
    least = [one for one in paired if one.least]
    told = Reconciliation(Outcome.OPEN, basis, budget, terms, unit)
    if sum((one.least for one in least), Decimal(0)) > budget:
        over = replace(told, outcome=Outcome.OVER, terms=tuple(_at_least(one) for one in least))
        alone = any(one.cost.amount == budget and not one.cost.is_unit_cost for one in paired)
        return replace(over, doubt=Doubt.ONE_IS_ALL) if alone and len(least) > 1 else over
    most = [one.most for one in paired]
    known = [bound for bound in most if bound is not None]
    if len(known) == len(most) and sum(known, Decimal(0)) < budget:
        return replace(told, outcome=Outcome.UNDER, terms=tuple(_at_most(one) for one in paired))
    if _is_far_below(paired, total, budget):
        return replace(told, outcome=Outcome.UNDER, doubt=Doubt.LOWER)
    why = dict.fromkeys(one.why for one in paired if one.why)
    if total >= budget and any(_has_upper_bound(one) for one in paired):
        return replace(told, outcome=Outcome.BOUNDED)
    if not why and total > budget:
        return replace(told, outcome=Outcome.OVER, doubt=Doubt.AT_MOST)
    return replace(told, reason="；".join(list(why)[:2]))


def _is_far_below(paired: Sequence[Paired], total: Decimal, budget: Decimal) -> bool:
    """Whether more than twice the lower bounds would have to be done to spend the budget.

    ≥ stands before nearly every quantity: what is planned is about the number behind it.
    """
    known = all(one.is_lower or (one.most is not None and not one.why) for one in paired)
    return known and any(one.is_lower for one in paired) and total * _MOST_ABOVE < budget


def _addends(paired: Sequence[Paired], budget: Decimal) -> Sequence[Paired]:
    """The costs that are added up: the total alone where it is wrong, else all but the total."""
    if len(paired) < 2:
        return paired
    wholes = [one for one in paired if is_whole(one.cost) and one.cost.names_no_object]
    differing = [one for one in wholes if one.cost.amount != budget]
    if differing:
        return differing[:1]
    sums = [one for one in paired if not one.cost.is_unit_cost]
    amounts = sum((one.cost.amount for one in sums), Decimal(0))
    if not wholes and len(sums) > 2:
        wholes = [one for one in sums if 2 * one.cost.amount == amounts][:1]
    return [one for one in paired if one not in wholes] or paired


def _has_upper_bound(one: Paired) -> bool:
    """Whether an amount is a range, or counts with a quantity that may well be less."""
    if one.is_product:
        return any(quantity.is_bound for quantity in one.likeliest.quantities)
    is_range = not one.cost.is_unit_cost and one.least < one.cost.amount
    return is_range and not one.cost.is_optional


def _is_standard(one: Paired, paired: Sequence[Paired]) -> bool:
    """Whether a price only says by which standard a sum beside it was reckoned."""
    return one.cost.is_unit_cost and any(
        not other.cost.is_unit_cost
        and (alike := likeness(one.cost.name, other.cost.name)) > 0
        and (alike >= _SAME_NAME or other.cost.amount == one.likeliest.product)
        for other in paired
    )


def _at_least(one: Paired) -> Term:
    """The term with its least amount, where that is not what is shown anyhow."""
    if one.least == one.likeliest.product:
        return one.likeliest
    return _bounded(one, one.least)


def _at_most(one: Paired) -> Term:
    if one.most is None or one.most == one.likeliest.product:
        return one.likeliest
    return _bounded(one, one.most)


def _bounded(one: Paired, amount: Decimal) -> Term:
    return Term(one.cost.row, amount, f"{plain(amount)}元")


def _tried(paired: Sequence[Paired], budgets: Sequence[tuple[str, Decimal]]) -> str:
    """The ways that were gone, for the message."""
    ways = ["直接相加"]
    if any(one.is_product for one in paired):
        ways.append("单价×数量")
    elif any(len(one.options) > 1 for one in paired):
        ways.append("与序号、名称对应的数量相乘")
    ways += [f"与{basis}单独核对" for basis, _ in budgets[1:]]
    return "、".join(ways)
