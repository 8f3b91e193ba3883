"""Which quantity a cost belongs to: by ordinal, by name, by unit (每户, 每人次), by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.measures import one_of
from perfgoals_xl.form.target import Kind, mask_in
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import count_unit
from perfgoals_xl.review.evidence.likeness import Naming, naming, pairs_of

# Words that stand in most names of costs or quantities and so tell nothing about a pair.
_COMMON = re.compile(
    r"经费|费用|资金|成本|金额|补助|标准|支出|投入|控制|数量|人数|户数|次数|个数|完成|实际|开展|项目"
)
_PER = re.compile(r"每(?:个|一)?([^\d\s，,。；;、:：（）()]{1,4})")
# What a price is for each of, behind its classifier: 每个行政村治理成本, 每块地名标志制作费用.
_OBJECT = re.compile(r"每(?:个|一)?(?P<object>[^\d\s，,。；;、:：（）()每]{2,9})")
_ASIDE = re.compile(r"\([^()]*\)")
_LEAST_LIKENESS = 0.25
_MOST_CANDIDATES = 3
# How like a sum's name a quantity's has to be for the sum to be its own, and how much liker than
# the name of a price.
_CLAIMED, _CLEARLY = 0.34, 0.05


# Units that are counted alike: a price per 人 asks for 名, one per 期 may mean 场.
_SAME_THING = {
    **dict.fromkeys(("名", "位", "生", "员", "名学生", "人头", "名职工", "名群众"), "人"),
    **dict.fromkeys(("场次", "班次", "场"), "场"),
    **dict.fromkeys(("册次", "本", "册"), "册"),
    **dict.fromkeys(("台套", "台件", "台"), "台"),
    **dict.fromkeys(("户家庭", "家庭"), "户"),
}
_NEARLY = (
    frozenset({"人", "人次"}),
    frozenset({"次", "期", "场", "批", "批次", "轮", "班", "届"}),
    frozenset({"户", "户次"}),
    frozenset({"台", "套", "件"}),
    frozenset({"家", "个", "所"}),
)
# Times of a year that a price is for without a row that says how many there are.
_SO_MANY_A_YEAR = {"月": (12,), "季度": (4,), "季": (4,), "学期": (2,), "天": (365,), "日": (365,)}
# How often a quantity per 月 or 季度 comes in a year.
_IN_A_YEAR = {"月": 12, "季度": 4, "季": 4, "年": 1, "年度": 1}
_TIME_UNITS = {
    **dict.fromkeys(("月", "个月"), "月"),
    **dict.fromkeys(("天", "日", "个自然日", "自然日"), "天"),
    **dict.fromkeys(("工作日", "个工作日"), "工作日"),
    **dict.fromkeys(("学期", "个学期"), "学期"),
    **dict.fromkeys(("季度", "个季度"), "季度"),
    **dict.fromkeys(("周", "个周", "星期"), "周"),
    **dict.fromkeys(("小时", "个小时"), "小时"),
}
_JOINTS = str.maketrans("", "", "·.*×/、")
TIMES = frozenset(_TIME_UNITS.values()) | {"日", "季"}
"""Lengths of time that a price may be for each of."""


@dataclass(frozen=True)
class Quantity:
    """A quantity indicator: its number (None for a mask), its unit, in which direction it is bound.

    ``is_bound`` says that the number is the most it may be, ``is_least`` that it is the least.
    """

    row: int
    name: str
    ordinal: int | None
    number: Decimal | None
    unit: str
    is_bound: bool
    is_least: bool = False

    @property
    def most(self) -> Decimal:
        """The number, or 0 where it is a mask."""
        return self.number if self.number is not None else Decimal(0)

    @property
    def at_least(self) -> Decimal:
        """What it is at least, as far as it is proved."""
        return Decimal(0) if self.is_bound else self.most

    @property
    def at_most(self) -> Decimal | None:
        """What it is at most; None where only its least is known."""
        return None if self.is_least else self.most

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that state it."""
        return (self.row,)

    def __str__(self) -> str:
        return f"{plain(self.most)}{self.unit}"


@dataclass(frozen=True)
class Together(Quantity):
    """Several quantities of one unit, shown as the sum that they are.

    ``is_one`` says that they are one quantity told in parts, by place or by time.
    """

    shown: str = ""
    is_one: bool = False
    members: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of all of them."""
        return self.members

    def __str__(self) -> str:
        return self.shown


def together(quantities: Sequence[Quantity], *, is_one: bool = False) -> Together | None:
    """All quantities of one unit as one: 2公里 + 2公里; None for less than two, or with a mask."""
    if len(quantities) < 2 or any(quantity.number is None for quantity in quantities):
        return None
    shown = "+".join(str(quantity).strip("()") for quantity in quantities[:5])
    return Together(
        quantities[0].row,
        "、".join(quantity.name for quantity in quantities[:3]),
        quantities[0].ordinal if is_one else None,
        sum((quantity.most for quantity in quantities), Decimal(0)),
        quantities[0].unit,
        is_bound=any(quantity.is_bound for quantity in quantities),
        is_least=any(quantity.is_least for quantity in quantities),
        shown=f"({shown}{'+…' if len(quantities) > 5 else ''})",
        is_one=is_one,
        members=tuple(row for quantity in quantities for row in quantity.rows),
    )


def joined(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those that differ in a bracket alone as one: 里程（北线）, 里程（南线）."""
    parts: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in quantities:
        name = fold(quantity.name)
        bare = _ASIDE.sub("", name)
        parts.setdefault((bare, quantity.unit), []).append(quantity)
    if len(parts) == len(quantities):
        return list(quantities)
    found: list[Quantity] = []
    for (bare, unit), each in parts.items():
        told = {fold(quantity.name) for quantity in each}
        differs = unit and bare and len(told) == len(each) and bare not in told
        whole = together(each, is_one=True) if differs else None
        found += [replace(whole, name=bare)] if whole is not None else each
    return found


def read_quantity(number: int, row: IndicatorRow) -> Quantity | None:
    """The quantity that a row of ``indicators`` states; None if it states none.

    A range counts with its upper bound, and says so. 6次/月 is 72次 a year.
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
    unit = unit or count_unit(name)
    tens = {"万": Decimal(10000), "亿": Decimal(100000000)}.get(unit[:1])
    if tens is not None:
        value, unit = value * tens, unit[1:]
    counted, _, per = unit.partition("/")
    if per in _IN_A_YEAR:
        value, unit = value * _IN_A_YEAR[per], counted
    is_bound = row["kind"] == Kind.RANGE or row["operator"] in ("≤", "<")
    is_least = row["operator"] in ("≥", ">")
    return Quantity(number, name, ordinal, value, unit, is_bound, is_least)


def read_time(number: int, row: IndicatorRow) -> Quantity | None:
    """The length of time that a row states as one of the work: 12个月 under 数量 or 时效."""
    if row["kind"] != Kind.DATE or group_key(row["level2"]) not in ("数量", "时效"):
        return None
    value = row["high"] if row["high"] is not None else row["low"]
    unit = str(row["unit"] or "")
    if unit not in _TIME_UNITS or not isinstance(value, Decimal):
        return None
    is_least = row["operator"] in ("≥", ">")
    bound = row["operator"] in ("≤", "<") or (row["low"] != row["high"] and not is_least)
    name = str(row["level3"] or "")
    return Quantity(number, name, row["ordinal"], value, unit, bound, is_least)


def in_units_of(thing: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities counted in ``thing``, converted to it: 3500米 for a price per 公里.

    Where none is, those counted in something that may be meant (人次 for 人).
    """
    wanted = bare_unit(thing)
    measure, one = one_of(wanted)
    kin: frozenset[str] = frozenset().union(*(kin for kin in _NEARLY if wanted in kin))
    exact, near = [], []
    for quantity in quantities:
        unit = bare_unit(quantity.unit)
        counted, many = one_of(unit)
        if unit == wanted or (quantity.unit and quantity.unit == thing):
            exact.append(quantity)
        elif counted == measure and quantity.number is not None:
            number = quantity.number * many / one
            exact.append(replace(quantity, number=number, unit=thing))
        elif unit in kin:
            near.append(quantity)
    return exact or near


def pool_of(
    name: str,
    ordinal: int | None,
    thing: str,
    quantities: Sequence[Quantity],
    times: Sequence[Quantity],
) -> list[Quantity]:
    """The quantities counted in what a price is for: the likeliest first, all of them last.

    ``name`` and ``ordinal`` are those of the price. Where no row says how many 月 or 天 there are,
    those of a year, with a row below zero.
    """
    found = in_units_of(thing, [*quantities, *times] if thing in TIMES else quantities)
    found = sorted(found, key=lambda q: -affinity(name, ordinal, q))
    if not found:
        unit = {"月": "个月", "天": "天", "日": "天", "学期": "个学期"}.get(thing, "个季度")
        numbers = _SO_MANY_A_YEAR.get(thing, ())
        return [Quantity(-1, unit, None, Decimal(n), unit, is_bound=False) for n in numbers]
    every = together(found)
    return found[:3] + ([every] if every is not None else [])


def counted_together(per: Sequence[str], quantities: Sequence[Quantity]) -> list[Quantity]:
    """Quantities in the unit of a price for two things: 1200人天 for 元/人·天."""
    if len(per) < 2:
        return []
    spelled = {"".join(per), "".join(per).replace("天", "日"), "".join(per).replace("日", "天")}
    if set(per) == {"人", "次"}:
        spelled.add("人次")
    return [q for q in quantities if q.unit.translate(_JOINTS) in spelled]


@lru_cache(maxsize=1024)
def bare_unit(unit: str) -> str:
    """A unit without what stands in brackets or behind its classifier: 名学生, 台(套)."""
    unit = unit.partition("(")[0]
    known = _TIME_UNITS.get(unit) or _SAME_THING.get(unit)
    if known is None and len(unit) > 1 and unit[0] in "名位":
        return "人"
    if (
        known is None
        and len(unit) > 1
        and unit[0] in "户亩所座台套辆条项支栋只头株块"
        and unit[1] not in "次均"
    ):
        known = _SAME_THING.get(unit[0], unit[0])
    return known or unit


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
        if names_counted(name, quantity):
            score += 0.5
        if len(quantities) == count and i == position:
            score += 0.3
        if count <= 2 and len(quantities) <= 2:
            score += 0.25
        if score >= _LEAST_LIKENESS:
            scored.append((-score, i, quantity))
    return [quantity for *_, quantity in sorted(scored, key=lambda s: s[:2])[:_MOST_CANDIDATES]]


def affinity(name: str, ordinal: int | None, quantity: Quantity) -> float:
    """How much speaks for a price to belong to one of several quantities of its unit."""
    alike = likeness(name, quantity.name)
    # An ordinal alone is no sign: rows are numbered in every group.
    same = ordinal is not None and ordinal == quantity.ordinal and alike > 0
    return alike + same + 0.5 * names_counted(name, quantity)


def names_counted(name: str, quantity: Quantity) -> bool:
    """Whether the name of a price says that it is for each of what a quantity counts.

    By its unit (每村, 12村) or by its object (每个行政村, 行政村个数; 单个路口, 改造路口).
    """
    if naming(name, quantity.name, quantity.unit) is not Naming.NOT:
        return True
    if "每" not in name:
        return False
    if quantity.unit and _per_unit(name, quantity.unit):
        return True
    found = _OBJECT.search(fold(name))
    text = found["object"] if found else ""
    counted = fold(quantity.name)
    # The classifier may be the first character: 每块地名标志.
    return any(
        text[start : start + 2] in counted
        and (start == 0 or text[0] in quantity.unit)
        and _COMMON.match(text[start:]) is None
        for start in (0, 1)
        if len(text) >= start + 2
    )


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
    return pairs_of(text)


def unclaimed(name: str, pool: list[Quantity], sums: Sequence[str]) -> list[Quantity]:
    """The one of the quantities of a price called ``name`` that no sum of its own name is for.

    ``sums`` are the names of the costs that are no prices. All of ``pool`` where several are left.
    """
    singles = [q for q in pool if not isinstance(q, Together) or q.is_one]

    def is_claimed(quantity: Quantity) -> bool:
        most = max((likeness(other, quantity.name) for other in sums), default=0.0)
        return most >= _CLAIMED and most >= likeness(name, quantity.name) + _CLEARLY

    left = [quantity for quantity in singles if not is_claimed(quantity)]
    return left if len(left) == 1 < len(singles) and likeness(name, left[0].name) > 0 else pool
