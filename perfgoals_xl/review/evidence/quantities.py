"""Which quantity a cost belongs to: by ordinal, by name, by unit (每户, 每人次), by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.amounts import plain
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


# By when something is done; what is done for so many days or months is called otherwise.
_LENGTH = re.compile(
    r"天数|月数|日数|学期数|时长|周期|服务期|租期|租赁期|聘期|供餐|培训(?:时间|期)|课时"
)
_DEADLINE = re.compile(
    r"时限|期限内|响应|处置|处理|办结|办理|到位|到账|到场|下达|拨付|兑现|支付|整改|答复|回复|提交|报送"
    r"|审核|审批|公示|完成|完工|竣工|开工|交付|验收|修复|质保|及时|工期|上报|反馈"
)
_WITHIN = re.compile(r"[内前后]$|以内|之内|之前|前完成|内完成|起\d|后\d")
# Who are only some of a population: 65岁以上老年人 of the 常住人口, whatever they are counted for.
_SOME = re.compile(
    r"^#?其中|\d+(?:周)?岁|女性|妇女|老年|老人|儿童|婴幼儿|孕产妇|残疾|低保|脱贫|困难|患者|高血压|糖尿病"
)
_ALL = re.compile(
    r"人口|居民|群众|(?:服务|受益|参保|参训|覆盖|保障|救助|补助|培训|资助)(?:总)?人数|总人数"
)
# How often a quantity per 月 or 季度 comes in a year.
_IN_A_YEAR = {"月": 12, "季度": 4, "季": 4, "年": 1, "年度": 1}
TIME_UNITS = {
    **dict.fromkeys(("月", "个月"), "月"),
    **dict.fromkeys(("天", "日", "个自然日", "自然日"), "天"),
    **dict.fromkeys(("工作日", "个工作日"), "工作日"),
    **dict.fromkeys(("学期", "个学期"), "学期"),
    **dict.fromkeys(("季度", "个季度"), "季度"),
    **dict.fromkeys(("周", "个周", "星期"), "周"),
    **dict.fromkeys(("小时", "个小时"), "小时"),
}
TIMES = frozenset(TIME_UNITS.values()) | {"日", "季"}
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
    unit, name = str(row["unit"] or ""), str(row["level3"] or "")
    if unit not in TIME_UNITS or not isinstance(value, Decimal):
        return None
    if group_key(row["level2"]) == "时效" and _is_deadline(name, row):
        return None
    is_least = row["operator"] in ("≥", ">")
    bound = row["operator"] in ("≤", "<") or (row["low"] != row["high"] and not is_least)
    return Quantity(number, name, row["ordinal"], value, unit, bound, is_least)


def _is_deadline(name: str, row: IndicatorRow) -> bool:
    """Whether a length of time says by when something is done, not how long: 30日内下达."""
    if _LENGTH.search(name):
        return False
    text = fold(row["target_value"] or "")
    return _DEADLINE.search(name) is not None or _WITHIN.search(text) is not None


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
    a, b = name_pairs(one), name_pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def name_pairs(name: str) -> frozenset[str]:
    """The characters of a name two by two, without the words that tell nothing about a pair."""
    return pairs_of(told_by(name))


@lru_cache(maxsize=1024)
def told_by(name: str) -> str:
    """A name without the words that stand in most names of costs or quantities."""
    return re.sub(r"[^\w]", "", _COMMON.sub("", fold(name)))


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


def without_some(name: str, pool: list[Quantity]) -> list[Quantity]:
    """The quantities of a price called ``name`` without those that are only some of another.

    其中65岁以上3.8万人 are among the 40万 residents and are never added to them. All of ``pool``
    where the price names the smaller one, or where nothing says that it is within the other.
    """
    singles = [q for q in pool if not isinstance(q, Together) and q.number is not None]
    wholes = [q for q in singles if _ALL.search(fold(q.name)) and not _SOME.search(fold(q.name))]
    if not wholes:
        return pool
    whole = max(wholes, key=lambda q: q.most)
    some = {
        q.row
        for q in singles
        if q is not whole and _SOME.search(fold(q.name)) and q.most < whole.most
    }
    named = [q for q in singles if q.row in some]
    if any(likeness(name, q.name) > likeness(name, whole.name) for q in named):
        return pool
    return [q for q in pool if not some.intersection(q.rows)]
