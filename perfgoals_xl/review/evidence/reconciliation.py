"""Cost reconciliation: do the cost indicators account for the year's money? (C rules)

Tried in this order, exactly, in ``Decimal``: the plain sum; unit costs times the quantities they
pair with, mixed with plain sums, the likeliest pairs first; amounts filed under 数量; the same
against 本级 or 转移 alone. Whatever explains the budget to the last decimal ends the search. Where
nothing does, the difference of the likeliest reading is told. The search over pairings is bounded
(``_MOST_STATES``).

Amounts are in 元 inside this module, whatever unit the form and the values use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from perfgoals_xl.declaration import IndicatorRow, ProjectRow, target_of
from perfgoals_xl.form.amounts import UNIT_IN_YUAN, convert, plain
from perfgoals_xl.form.fields import BLOCK_NAMES, Block
from perfgoals_xl.form.target import Kind, TargetValue, is_nothing, mask_in, parse_target
from perfgoals_xl.form.taxonomy import COST_GROUPS, group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.funding_sums import (
    block_sum,
    known_sources,
    no_annual_amount,
)
from perfgoals_xl.review.evidence.quantities import Quantity, candidates, read_quantity

# Costs that the 2021 edition also measures by other things than money.
NOT_ONLY_MONEY = frozenset({"社会成本", "生态环境成本"})
_CLAUSE = re.compile(r"[，,；;。、]")
_TO = re.compile(r"[-~～—–－至到]")
# A cost that is a price for each of something, not a sum.
_UNIT_COST = re.compile(r"每(?!年|月|季)|平均|单价|人均|户均|标准|/(?:人|户|次|个|家|台|天|场|期)")
_MOST_STATES = 4096
ANNUAL = "年度资金总额"


class Outcome(StrEnum):
    """How a reconciliation ended."""

    EQUAL = "equal"
    BOUNDED = "bounded"  # the budget lies within what upper-bound quantities allow
    OVER = "over"
    UNDER = "under"
    NO_AMOUNT = "no_amount"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Term:
    """One addend: a cost in 元, as written, times a quantity where it is a unit cost."""

    row: int
    amount: Decimal
    written: str
    quantity: Quantity | None = None

    @property
    def product(self) -> Decimal:
        """The amount in 元 that the term stands for."""
        return self.amount if self.quantity is None else self.amount * self.quantity.most

    def __str__(self) -> str:
        if self.quantity is None:
            return self.written
        return f"{plain(self.quantity.most)}{self.quantity.unit}×{self.written}"


@dataclass(frozen=True)
class Reconciliation:
    """What the costs of one project add up to, against which money, and how.

    ``budget`` and ``total`` are in 元, ``basis`` is the name of the money compared with, ``unit``
    the unit of the form for printing; ``rows`` are the indicator rows that took part.
    """

    outcome: Outcome
    basis: str = ANNUAL
    budget: Decimal = Decimal(0)
    terms: tuple[Term, ...] = ()
    unit: str = "万元"
    reason: str = ""

    @property
    def total(self) -> Decimal:
        """What the terms add up to, in 元."""
        return sum((term.product for term in self.terms), Decimal(0))

    @property
    def arithmetic(self) -> str:
        """The sum as staff would write it, with its result in the form's unit."""
        shown = " + ".join(map(str, self.terms))
        result = f"{self.in_unit(self.total)} {self.unit}"
        alone = len(self.terms) == 1 and self.terms[0].quantity is None
        return f"成本 {result}" if alone else f"{shown} = {result}"

    def in_unit(self, yuan: Decimal) -> str:
        """An amount in 元, printed in the unit of the form."""
        return plain(convert(yuan, "元", self.unit))


@dataclass(frozen=True)
class _Cost:
    row: int
    name: str
    ordinal: int | None
    amount: Decimal
    written: str
    is_unit_cost: bool

    def plain_term(self) -> Term:
        return Term(self.row, self.amount, self.written)

    def times(self, quantity: Quantity) -> Term:
        return Term(self.row, self.amount, self.written, quantity)


def money_in(target: TargetValue) -> tuple[Decimal, str] | None:
    """The amount a target value carries, in 元, and as written; an upper bound where there is one.

    A value of several clauses gives the first amount in it, a range in two units (5000元-1万元) the
    greater. None where there is no amount.
    """
    if target.kind is Kind.COMPOSITE:
        clauses = [clause for clause in _CLAUSE.split(target.text) if clause]
        if len(clauses) > 1:
            return next(iter(_amounts_in(clauses)), None)
        return max(_amounts_in(_TO.split(target.text)), default=None)
    if target.kind not in (Kind.MONEY, Kind.RANGE):
        return None
    unit = fold(target.unit).split("/")[0]
    factor = UNIT_IN_YUAN.get(unit)
    number = target.high if target.high is not None else target.low
    if factor is None or not isinstance(number, Decimal):
        return None
    return number * factor, f"{plain(number)}{unit}"


def _amounts_in(pieces: Iterable[str]) -> Iterator[tuple[Decimal, str]]:
    """The amounts of the pieces that are one amount each."""
    for piece in pieces:
        target = parse_target(piece)
        found = None if target.kind is Kind.COMPOSITE else money_in(target)
        if found is not None:
            yield found


def reconcile(
    project: ProjectRow, indicators: Iterable[tuple[int, IndicatorRow]]
) -> Reconciliation:
    """Reconcile one project's costs with its money.

    ``project`` is a row of ``projects``; ``indicators`` are its rows with their numbers in the
    table ``indicators``.
    """
    rows = list(indicators)
    unit = project["amount_unit"]
    costs = _costs(rows, COST_GROUPS)
    filed_as_quantity = _costs(rows, frozenset({"数量"}))
    quantities = [q for number, row in rows if (q := read_quantity(number, row)) is not None]
    if not costs and not filed_as_quantity:
        return Reconciliation(Outcome.NO_AMOUNT, unit=unit)
    budgets = _budgets(project)
    if isinstance(budgets, str):
        return Reconciliation(Outcome.NOT_JUDGED, unit=unit, reason=budgets)
    options = _options(costs, quantities)
    likeliest = tuple(
        choices[1] if cost.is_unit_cost and len(choices) > 1 else choices[0]
        for cost, choices in zip(costs, options, strict=True)
    )
    for basis, budget in budgets:
        terms = _sum_to(costs, budget)
        if not terms and likeliest and sum(t.product for t in likeliest) == budget:
            terms = likeliest
        terms = terms or _choose(options, budget)
        terms = terms or _sum_to(filed_as_quantity, budget)
        terms = terms or _sum_to([*costs, *filed_as_quantity], budget)
        if terms:
            return Reconciliation(Outcome.EQUAL, basis, budget, terms, unit)
    basis, budget = budgets[0]
    result = _difference(costs or filed_as_quantity, quantities, basis, budget, unit)
    reason = unfilled(rows)
    if result.outcome is Outcome.UNDER and reason is not None:
        return Reconciliation(Outcome.NOT_JUDGED, basis, budget, unit=unit, reason=reason)
    return result


def _costs(rows: Sequence[tuple[int, IndicatorRow]], groups: frozenset[str]) -> list[_Cost]:
    found = []
    for number, row in rows:
        if not _belongs(row, groups) or is_blank(row["target_value"]):
            continue
        target = target_of(row)
        money = money_in(target)
        if money is None or says_nothing_of_cost(row):
            continue
        name = str(row["level3"] or "")
        priced = is_unit_cost(name, target)
        found.append(_Cost(number, name, row["ordinal"], money[0], money[1], priced))
    return found


def is_unit_cost(name: str, target: TargetValue) -> bool:
    """Whether a cost is a price for each of something: 50元/册, 每户500元."""
    return "/" in target.unit or _UNIT_COST.search(f"{name}{target.text}") is not None


def _belongs(row: IndicatorRow, groups: frozenset[str]) -> bool:
    if group_key(row["level2"]) in groups:
        return True
    return row["level1"] == "成本指标" and "成本" in groups


def says_nothing_of_cost(row: IndicatorRow) -> bool:
    """Whether a cost row only says that there is no cost of this kind (无)."""
    return is_nothing(row["target_value"])


def is_cost(row: IndicatorRow) -> bool:
    """Whether an indicator stands in a cost group of either edition."""
    return _belongs(row, COST_GROUPS)


def is_bare_number(row: IndicatorRow) -> bool:
    """Whether the value is a number that does not say of what: no unit."""
    return row["kind"] in (Kind.NUMERIC, Kind.RANGE) and not row["unit"]


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
        if is_bare_number(row) and group_key(row["level2"]) not in NOT_ONLY_MONEY:
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
    elif is_blank(annual):
        sources = known_sources(project)
        if sources.total is None:
            return no_annual_amount(project)
        found.append((f"资金来源合计（{ANNUAL}未填）", sources.total))
    else:
        return f"{ANNUAL}“{annual}”不是金额"
    for block in Block:
        part = block_sum(project, block).total
        if part is not None and part > 0 and part != found[0][1]:
            found.append((BLOCK_NAMES[block], part))
    return [(basis, convert(amount, unit, "元")) for basis, amount in found]


def _sum_to(costs: Sequence[_Cost], budget: Decimal) -> tuple[Term, ...]:
    terms = tuple(cost.plain_term() for cost in costs)
    return terms if terms and sum(t.product for t in terms) == budget else ()


def _options(costs: Sequence[_Cost], quantities: Sequence[Quantity]) -> list[list[Term]]:
    """For every cost what it may stand for: itself, then its products, the likeliest first."""
    countable = [q for q in quantities if q.number is not None and q.number != 1 and not q.is_bound]
    return [
        [cost.plain_term()]
        + [cost.times(q) for q in candidates(cost.name, cost.ordinal, i, len(costs), countable)]
        for i, cost in enumerate(costs)
    ]


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


def _difference(
    costs: Sequence[_Cost],
    quantities: Sequence[Quantity],
    basis: str,
    budget: Decimal,
    unit: str,
) -> Reconciliation:
    """What to say when nothing explains the budget exactly."""
    terms: list[Term] = []
    bounded = False
    for i, cost in enumerate(costs):
        paired = candidates(cost.name, cost.ordinal, i, len(costs), quantities)
        best = paired[0] if paired and cost.is_unit_cost else None
        if best is not None and best.number is None:
            reason = f"“{best.name}”的数量还是占位符，无法与单价相乘"
            return Reconciliation(Outcome.NOT_JUDGED, basis, budget, unit=unit, reason=reason)
        bounded = bounded or (best is not None and best.is_bound)
        terms.append(cost.plain_term() if best is None else cost.times(best))
    result = Reconciliation(Outcome.UNDER, basis, budget, tuple(terms), unit)
    if bounded:
        outcome = Outcome.BOUNDED if result.total >= budget else Outcome.UNDER
        return Reconciliation(outcome, basis, budget, tuple(terms), unit)
    if result.total > budget:
        return Reconciliation(Outcome.OVER, basis, budget, tuple(terms), unit)
    return result
