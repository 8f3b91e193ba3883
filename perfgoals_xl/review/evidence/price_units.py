"""The quantities counted in what a price is for: 元/公里 with 公里 and 米, 元/万尾 with 尾.

Of several quantities in one unit those are left out that the name of the price contradicts: what
初中生均公用经费 pays is no 小学学生数, though both are counted in 人.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.measures import KNOWN_UNITS, POWERS, one_of
from perfgoals_xl.form.target_grammar.units import ATOMS
from perfgoals_xl.review.evidence.quantities import (
    TIME_UNITS,
    TIMES,
    Quantity,
    affinity,
    name_pairs,
    together,
    told_by,
)

_PERSONS = """
    名 位 生 员 学生 名学生 名职工 名群众 人头 职工 教师 老人 老年人 儿童 居民 村民 学员 患者 干部
    队员 志愿者 护林员 辅警 残疾人
"""
# Units that are counted alike: a price per 人 asks for 名, one per 期 may mean 场.
_SAME_THING = {
    **dict.fromkeys(_PERSONS.split(), "人"),
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
# What prices count in its own word and quantities in 个 or 处: 1.2万元/站, 30个站位.
_NAMED_THINGS = """
    站 村 馆 校 院 井 桥 镇 乡 县 园 矿 厂 店 社区 街道 乡镇 行政村 自然村 小区 企业 单位 学校 医院
    部门 点位 站点 站位 路口 项目 园区 片区 泵站 水库 厕所 公厕 食堂 村庄 村居 卫生室 图书馆 文化站
    书屋 岗亭 断面 监测点 监测站 幼儿园 养老院 合作社 家庭农场 基地 平台 系统 网站 课题
"""
_THINGS = frozenset(_NAMED_THINGS.split())
_PIECES = frozenset("个处座所家间条项口栋幢块片支部套种")
# Times of a year that a price is for without a row that says how many there are.
_SO_MANY_A_YEAR = {"月": (12,), "季度": (4,), "季": (4,), "学期": (2,), "天": (365,), "日": (365,)}
_JOINTS = str.maketrans("", "", "·.*×/、")
_SCALED = re.compile(r"(?P<scale>[十百千]?[万亿]|[百千])(?P<unit>.+)")
_ASIDE = re.compile(r"\([^()]*\)")
# How often the same is done to each: 每站位监测频次 3次, 30个站位.
_EACH_TIME = re.compile(r"频次|频率|每(?!年|月|季|周|天|日)")


def in_units_of(thing: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities counted in ``thing``, converted to it: 3500米 for a price per 公里.

    Where none is, those counted in something that may be meant (人次 for 人), else in pieces of
    what goes by that name (30个 of 监测站位 for a price per 站).
    """
    scale, wanted = _scale(bare_unit(thing))
    measure, one = one_of(wanted)
    one *= scale
    kin: frozenset[str] = frozenset().union(*(kin for kin in _NEARLY if wanted in kin))
    exact, near, named = [], [], []
    for quantity in quantities:
        unit = bare_unit(quantity.unit)
        counted, many = one_of(unit)
        if scale == 1 and (unit == wanted or (quantity.unit and quantity.unit == thing)):
            exact.append(quantity)
        elif counted == measure and quantity.number is not None:
            number = quantity.number * many / one
            exact.append(replace(quantity, number=number, unit=thing))
        elif scale == 1 and unit in kin:
            near.append(quantity)
        elif _is_piece_of(wanted, unit) and wanted in _ASIDE.sub("", quantity.name):
            named.append(quantity)
    return exact or near or named


def _is_piece_of(thing: str, unit: str) -> bool:
    """Whether what a price calls by name may be counted in a unit: 站 in 个, 餐 in 次."""
    return unit in ("次", "顿") if thing == "餐" else thing in _THINGS and unit in _PIECES


def each_time(thing: str, quantities: Sequence[Quantity]) -> tuple[str, ...]:
    """What a price for each 站次 multiplies by: 站 and 次 where no row counts 站次 itself.

    人次 and 户次 are mostly said of 人 and 户: only where a row says how often each one is meant.
    """
    base = thing.removesuffix("次")
    if len(base) < 1 or base == thing or any(q.unit == thing for q in quantities):
        return (thing,)
    often = [q for q in quantities if bare_unit(q.unit) in ("次", "遍")]
    if any(thing in kin for kin in _NEARLY):
        often = [q for q in often if _EACH_TIME.search(q.name)]
    return (base, "次") if len(often) == 1 and in_units_of(base, quantities) else (thing,)


def _scale(unit: str) -> tuple[Decimal, str]:
    """How many a unit is of another one: 万尾 is 10,000 尾; 千米 and 千克 are units themselves."""
    if unit in ATOMS or unit in KNOWN_UNITS:
        return Decimal(1), unit
    found = _SCALED.fullmatch(unit)
    if found is None:
        return Decimal(1), unit
    return Decimal(10) ** sum(POWERS[sign] for sign in found["scale"]), bare_unit(found["unit"])


def pool_of(
    name: str,
    ordinal: int | None,
    thing: str,
    quantities: Sequence[Quantity],
    times: Sequence[Quantity],
) -> list[Quantity]:
    """The quantities counted in what a price is for: the likeliest first, all of them last.

    ``name`` and ``ordinal`` are those of the price, which leaves out what its name contradicts.
    Where no row says how many 月 or 天 there are, those of a year, with a row below zero.
    """
    found = in_units_of(thing, [*quantities, *times] if thing in TIMES else quantities)
    found = sorted(not_contradicted(name, found), key=lambda q: -affinity(name, ordinal, q))
    if not found:
        unit = {"月": "个月", "天": "天", "日": "天", "学期": "个学期"}.get(thing, "个季度")
        numbers = _SO_MANY_A_YEAR.get(thing, ())
        return [Quantity(-1, unit, None, Decimal(n), unit, is_bound=False) for n in numbers]
    every = together(found)
    return found[:3] + ([every] if every is not None else [])


def not_contradicted(name: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of one unit that a price of this name may be for.

    Two characters in a row that only one of their names has single it out (小学, 初中); one that
    shares at least a character of its own with the price stays beside it (县乡道, 县道, 乡道).
    """
    if len(quantities) < 2:
        return list(quantities)
    price = name_pairs(name)
    pairs = [name_pairs(quantity.name) for quantity in quantities]
    signs = [frozenset(told_by(quantity.name)) for quantity in quantities]
    singled: list[bool] = []
    left: list[Quantity] = []
    for place, quantity in enumerate(quantities):
        others = range(len(quantities))
        only = pairs[place].difference(*(pairs[o] for o in others if o != place))
        own = signs[place].difference(*(signs[o] for o in others if o != place))
        singled.append(bool(only & price))
        if singled[-1] or own.intersection(told_by(name)):
            left.append(quantity)
    return left if any(singled) else list(quantities)


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
    known = TIME_UNITS.get(unit) or _SAME_THING.get(unit)
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
