"""Which rows lack their partner where quantities and costs pair one by one (C04).

Where a price found its quantity, a quantity of something else without one may be the rest (C03).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.target import Kind, is_nothing
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.pairing import Paired, Term
from perfgoals_xl.review.evidence.price_units import bare_unit
from perfgoals_xl.review.evidence.quantities import (
    TIMES,
    Quantity,
    likeness,
    names_counted,
)

_SAME_NAME = 0.5
# With fewer pairs, or with more rows alone than this share, nobody meant the rows to pair.
_LEAST_PAIRS = 3
_MOST_ALONE = 1 / 3
_MOST_SHOWN = 5
_MOST_UNPRICED = 3
_LIKE = 0.25
# Who has something of it is no expense of its own.
_REACHED = re.compile(r"服务|覆盖|受益|惠及|辐射|涉及")


@dataclass(frozen=True, slots=True)
class Missing:
    """The rows without a partner, all of one group."""

    rows: tuple[IndicatorRow, ...]
    lacks_costs: bool

    @property
    def group(self) -> str:
        """The group that the partners should stand in."""
        return "成本指标" if self.lacks_costs else "数量指标"

    @property
    def told(self) -> str:
        """The rows by their names."""
        shown = [f"“{fold(str(row['indicator']))}”" for row in self.rows[:_MOST_SHOWN]]
        return "、".join(shown) + ("等" if len(self.rows) > _MOST_SHOWN else "")


def missing_partners(rows: Sequence[IndicatorRow], costs: Sequence[IndicatorRow]) -> Missing | None:
    """The rows that lack a partner; None where the rows do not pair, or all have theirs.

    ``rows`` are the indicators of a project, ``costs`` those of them in a cost group. Rows pair by
    name, or by ordinal where their names have something in common; they are meant to pair where all
    of one group do and few of the other are left.
    """
    own_costs = [row for row in costs if not (is_blank(row["level3"]) or is_nothing(row["level3"]))]
    quantities = [row for row in rows if _is_quantity(row)]
    if min(len(own_costs), len(quantities)) < _LEAST_PAIRS:
        return None
    left, free_costs = quantities, list(own_costs)
    for by_name in (False, True):
        free = []
        for quantity in left:
            partner = next((c for c in free_costs if _pair(quantity, c, by_name)), None)
            if partner is None:
                free.append(quantity)
            else:
                free_costs = [c for c in free_costs if c is not partner]
        left = free
    # One cost may belong to several quantities of its name, and the other way round.
    alone = [q for q in left if not any(_pair(q, c, by_name=True) for c in own_costs)]
    alone_costs = [c for c in free_costs if not any(_pair(q, c, by_name=True) for q in quantities)]
    for lacking, others, group, lacks_costs in (
        (alone, alone_costs, quantities, True),
        (alone_costs, alone, own_costs, False),
    ):
        paired = len(group) - len(lacking)
        few = 0 < len(lacking) <= _MOST_ALONE * len(group)
        if few and not others and paired >= _LEAST_PAIRS:
            return Missing(tuple(lacking), lacks_costs)
    return None


def without_price(
    terms: Sequence[Term], paired: Sequence[Paired], quantities: Sequence[Quantity]
) -> list[Quantity]:
    """The quantities that no cost is for, where a price is one of another quantity.

    ``terms`` is the sum that is told. None where no cost counts with a quantity: what sums are for
    is not known. A quantity that measures the same in another unit (期数, 人数) needs no price.
    """
    used = {row for term in terms for quantity in term.quantities for row in quantity.rows}
    counted = [quantity for quantity in quantities if quantity.row in used]
    if not counted:
        return []
    return [
        quantity
        for quantity in quantities
        if quantity.row not in used
        and quantity.most > 1
        and quantity.unit
        and bare_unit(quantity.unit) not in TIMES
        and not _REACHED.search(quantity.name)
        and not any(
            names_counted(one.cost.name, quantity)
            or likeness(one.cost.name, quantity.name) >= _LIKE
            for one in paired
        )
        and not any(
            other.unit != quantity.unit and likeness(other.name, quantity.name) >= _SAME_NAME
            for other in counted
        )
    ]


def told_unpriced(quantities: Sequence[Quantity]) -> str:
    """Quantities by name and number, for a message."""
    shown = [f"“{fold(quantity.name)}”（{quantity}）" for quantity in quantities[:_MOST_UNPRICED]]
    return "、".join(shown) + ("等" if len(quantities) > _MOST_UNPRICED else "")


def _is_quantity(row: IndicatorRow) -> bool:
    if group_key(row["level2"]) != "数量" or is_blank(row["level3"]):
        return False
    if is_nothing(row["level3"]):
        return False
    return row["kind"] != Kind.MONEY


def _pair(quantity: IndicatorRow, cost: IndicatorRow, by_name: bool) -> bool:
    alike = likeness(str(quantity["level3"]), str(cost["level3"]))
    if by_name:
        return alike >= _SAME_NAME
    ordinal = quantity["ordinal"]
    return ordinal is not None and ordinal == cost["ordinal"] and alike > 0
