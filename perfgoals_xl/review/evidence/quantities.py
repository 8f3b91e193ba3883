"""Which quantity a cost belongs to: by ordinal, by name, by unit (每户, 每人次), by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.target import Kind, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank

# Words that stand in most names of costs or quantities and so tell nothing about a pair.
_COMMON = re.compile(
    r"经费|费用|资金|成本|金额|补助|标准|支出|投入|控制|数量|人数|户数|次数|个数|完成|实际|开展|项目"
)
_PER = re.compile(r"每(?:个|一)?([^\d\s，,。；;、:：（）()]{1,4})")
_LEAST_LIKENESS = 0.25
_MOST_CANDIDATES = 3


@dataclass(frozen=True)
class Quantity:
    """A quantity indicator: its number (None for a mask), its unit, whether it is a bound."""

    row: int
    name: str
    ordinal: int | None
    number: Decimal | None
    unit: str
    is_bound: bool

    @property
    def most(self) -> Decimal:
        """The number, or 0 where it is a mask."""
        return self.number if self.number is not None else Decimal(0)


def read_quantity(number: int, row: IndicatorRow) -> Quantity | None:
    """The quantity that a row of ``indicators`` states; None if it states none.

    A range counts with its upper bound, and says so.
    """
    if group_key(row["level2"]) != "数量" or is_blank(row["target_value"]):
        return None
    name, ordinal = str(row["level3"] or ""), row["ordinal"]
    if row["kind"] == Kind.PLACEHOLDER:
        is_mask = mask_in(row["target_value"]) is not None
        return Quantity(number, name, ordinal, None, "", is_bound=True) if is_mask else None
    if row["kind"] not in (Kind.NUMERIC, Kind.RANGE):
        return None
    value = row["high"] if row["high"] is not None else row["low"]
    unit = str(row["unit"] or "")
    if not isinstance(value, Decimal) or unit.endswith("元"):
        return None
    tens = {"万": Decimal(10000), "亿": Decimal(100000000)}.get(unit[:1])
    if tens is not None:
        value, unit = value * tens, unit[1:]
    is_bound = row["kind"] == Kind.RANGE or row["operator"] in ("≤", "<")
    return Quantity(number, name, ordinal, value, unit, is_bound)


def candidates(
    name: str,
    ordinal: int | None,
    position: int,
    count: int,
    quantities: Sequence[Quantity],
) -> list[Quantity]:
    """The quantities that a cost may belong to, the likeliest first, at most three.

    ``position`` and ``count`` are those of the cost among the costs of its project.
    """
    scored = []
    for i, quantity in enumerate(quantities):
        score = likeness(name, quantity.name)
        if ordinal is not None and ordinal == quantity.ordinal:
            score += 1.0
        if quantity.unit and _per_unit(name, quantity.unit):
            score += 0.5
        if len(quantities) == count and i == position:
            score += 0.3
        if count <= 2 and len(quantities) <= 2:
            score += 0.25
        if score >= _LEAST_LIKENESS:
            scored.append((-score, i, quantity))
    return [quantity for *_, quantity in sorted(scored, key=lambda s: s[:2])[:_MOST_CANDIDATES]]


def _per_unit(name: str, unit: str) -> bool:
    return any(fold(per).startswith(unit) or unit in fold(per) for per in _PER.findall(fold(name)))


@lru_cache(maxsize=1024)
def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1, by the pairs of characters they share (Dice)."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=1024)
def _pairs(name: str) -> frozenset[str]:
    text = re.sub(r"[^\w]", "", _COMMON.sub("", fold(name)))
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
