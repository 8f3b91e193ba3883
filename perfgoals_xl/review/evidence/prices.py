"""What a cost row states: a sum or a price, its bounds, and each of what it is a price for.

What a price is for stands in its value (元/人·月, 元每人每年) or in its name (每人每月, 万元/公里);
some are only said to be prices (单价, 标准). Amounts are in 元.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from perfgoals_xl.declaration import IndicatorRow, target_of
from perfgoals_xl.form.amounts import UNIT_IN_YUAN, plain
from perfgoals_xl.form.target import Kind, TargetValue, is_nothing, parse_target
from perfgoals_xl.form.target_grammar.units import ATOMS
from perfgoals_xl.form.taxonomy import COST_GROUPS, group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import count_unit
from perfgoals_xl.review.evidence.likeness import Naming, naming
from perfgoals_xl.review.evidence.quantities import TIMES

# Costs that the 2021 edition also measures by other things than money.
NOT_ONLY_MONEY = frozenset({"社会成本", "生态环境成本"})
_CLAUSE = re.compile(r"[，,；;。、]")
_AVERAGE = re.compile(
    r"(?:人|户|生|亩|村|校|床|台|套|件|例|次|场|期|册|株|只|头|座|处|辆|顶|架|组)均(?![衡等匀值可已])"
)
_TIME_AVERAGE = re.compile(r"(月|日|年)均")
# 人均月补贴, 户均日处理费: for each of both.
_AVERAGE_TIME = re.compile(r"(?<=[人户生床台套]均)(月|日|天|学期)")
_SINGLE = re.compile(
    r"(?<![名清订菜账保传表简])单(?:[台套张件户次亩册场期座处辆株只顶块盏眼间组架艘例枚支份]|批次?|公里)(?!账)"
)
_TO = re.compile(r"[-~～—–－至到]")
# A cost that is a price for each of something, not a sum.
_UNIT_COST = re.compile(
    r"每(?!年|月|季)|平均|单价|人均|户均|(?<!高)标准(?![化地厂农间田])|/(?:人|户|次|个|家|台|天|场|期)"
    rf"|{_AVERAGE.pattern}|{_SINGLE.pattern}"
)
_MONEY = r"(?:[十百千]?[万亿])?元(?:人民币|整)?"
_BEHIND_MONEY = re.compile(rf"{_MONEY}(?:/|每)\(?(?P<per>[^\d()≤≥<>=,;。:]{{1,16}})\)?")
_BETWEEN = re.compile(r"[/·.*×xX、每-]")
_EACH = re.compile(r"每(?:(?P<one>个(?!月|季|学))|一)?(?P<per>[^\d\s,;。、:()每/]{1,4})")
# 500元/人·月×186人×12个月: how a price makes a sum, in the cell itself.
_PRODUCT = re.compile(
    rf"(?P<first>\d+(?:\.\d+)?{_MONEY}[^\d×*xX]{{0,12}}|\d+(?:\.\d+)?[^\d×*xX=,;]{{0,8}})"
    r"(?P<rest>(?:[×*xX]\d+(?:\.\d+)?[^\d×*xX=,;]{0,12})+)$"
)
_FACTOR = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?P<money>{_MONEY})?")
_LIKE_A_DATE = re.compile(r"(?<![\d.])(?:\d{4}\.\d{1,2}|\d{8})$")
_UNIT_IN_NAME = re.compile(rf"\((?:单位:)?(?P<unit>{_MONEY})(?:[/每][^()]{{1,8}})?\)")
_SCALE = re.compile(r"[十百千]?[万亿]|[百千]")
_YEARS = frozenset({"年", "年度", "财年"})
# Words of names that say that it is about the money, not what the money is for.
_GENERIC = re.compile(
    r"(?:本|该|年度?|全年|当年|项目|工程|建设|实施|财政|预算|专项|资金|经费|费用?|成本|支出|投资|投入|控制|总体?|整体|数|额"
    r"|金额|合计|共计|总计|全部|经济|不超过|在|以?内|的|指标|概算|造价|规模|安排|目标|使用|执行|业务|工作|申请|批复|下达)+"
)
_TOTAL = re.compile(r"总|合计|共计")


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost that carries an amount. ``amount`` is its upper bound where it has one.

    ``least`` and ``most`` say in which direction it is bound: None where it is open. ``per`` are
    the things it is a price for, without 年: the money is that of one year; ``value`` is its text.
    """

    row: int
    name: str
    ordinal: int | None
    amount: Decimal
    written: str
    is_unit_cost: bool
    per: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    is_optional: bool = False
    value: str = ""

    @property
    def names_no_object(self) -> bool:
        """Whether the name only speaks of the money as a whole: 总成本, 项目预算, 合计."""
        return _GENERIC.fullmatch(fold(self.name)) is not None

    @property
    def says_total(self) -> bool:
        """Whether the name says that it is a total, of whatever."""
        return _TOTAL.search(self.name) is not None


def money_in(target: TargetValue) -> tuple[Decimal, str] | None:
    """The amount a target value carries, in 元, and as written; an upper bound where there is one.

    A value of several clauses gives the first amount in it, a range in two units (5000元-1万元) the
    greater, a product (500元×186人×12个月) what it makes. None where there is no amount.
    """
    if target.kind is Kind.COMPOSITE:
        clauses = [clause for clause in _CLAUSE.split(target.text) if clause]
        if len(clauses) > 1:
            return next(iter(_amounts_in(clauses)), None)
        product = _product(fold(target.text))
        if product is not None:
            return product
        return max(_amounts_in(_TO.split(target.text)), default=None)
    if target.kind not in (Kind.MONEY, Kind.RANGE):
        return None
    unit = fold(target.unit).split("/")[0].split("每")[0]
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


def _product(text: str) -> tuple[Decimal, str] | None:
    """The money of a product in a cell, or of a sum of such: 500元/人×100人+7万元."""
    addends = text.lstrip("≤≥<>=").split("+")
    if len(addends) > 1 and any(map(_PRODUCT.search, addends)):
        amounts = [_product(addend) or money_in(parse_target(addend)) for addend in addends]
        known = [amount for amount in amounts if amount is not None]
        return (sum((yuan for yuan, _ in known), Decimal(0)), text) if known == amounts else None
    found = _PRODUCT.search(text)
    if found is None or any(character.isdigit() for character in text[: found.start()]):
        return None
    factors = list(_FACTOR.finditer(found[0]))
    money = [factor for factor in factors if factor["money"]]
    if len(money) != 1:
        return None
    yuan = UNIT_IN_YUAN.get(re.sub(r"人民币|整", "", money[0]["money"]))
    if yuan is None:
        return None
    for factor in factors:
        yuan *= Decimal(factor["number"])
    return yuan, f"{found[0]}"


def amount_like_a_date(row: Mapping[str, Any]) -> Decimal | None:
    """The amount of a value that reads as a month or day: 2012.4 under 总成本（万元）."""
    if (
        row["kind"] not in (Kind.DATE, Kind.NUMERIC)
        or unit_in_name(str(row["level3"] or "")) is None
    ):
        return None
    found = _LIKE_A_DATE.search(fold(row["target_value"] or ""))
    return Decimal(found[0]) if found else None


def money_of(row: IndicatorRow) -> tuple[Decimal, str] | None:
    """The amount of a cost row, with the unit of its name where the value is a bare number."""
    target = target_of(row)
    if (amount := amount_like_a_date(row)) is not None:
        named = str(unit_in_name(str(row["level3"])))
        return amount * UNIT_IN_YUAN[named], f"{plain(amount)}{named}"
    unit = unit_in_name(str(row["level3"] or "")) if is_bare_number(row) else None
    if unit is None:
        return money_in(target)
    number = target.high if target.high is not None else target.low
    if not isinstance(number, Decimal):
        return None
    return number * UNIT_IN_YUAN[unit], f"{plain(number)}{unit}"


@lru_cache(maxsize=4096)
def unit_in_name(name: str) -> str | None:
    """The unit of money that a name states for its value: 每公里改造成本（万元/公里）."""
    found = _UNIT_IN_NAME.search(fold(name))
    unit = re.sub(r"人民币|整", "", found["unit"]) if found else ""
    return unit if unit in UNIT_IN_YUAN else None


def is_unit_cost(name: str, target: TargetValue) -> bool:
    """Whether a cost is a price for each of something: 50元/册, 每户500元."""
    if "/" in target.unit or _UNIT_COST.search(f"{name}{target.text}") is not None:
        return _product(fold(target.text)) is None
    return False


@lru_cache(maxsize=8192)
def things_priced(name: str, value: str) -> tuple[str, ...]:
    """Each of what a price is for, in the order of the text: 元/人·月 → 人, 月."""
    plain_name, plain_value = fold(name), fold(value)
    found: list[str] = []
    for text in (plain_value, plain_name):
        for match in _BEHIND_MONEY.finditer(text):
            # What is written in one unit is all there is: 300元/户次.
            found += [_thing(piece) for piece in _BETWEEN.split(match["per"])]
    if not found:
        found += [*_things_said(plain_value), *_things_said(plain_name)]
    else:
        # 人均补助 400元/月 is for each 人 as well, 每月补助 400元/人 for each 月; of 每户 beside
        # 元/户次 the latter is all there is.
        only_times = all(thing in TIMES or thing in _YEARS for thing in found)
        said = _things_said(plain_name)
        found += [thing for thing in said if only_times or thing in TIMES]
    return tuple(thing for thing in dict.fromkeys(found) if thing and thing not in _YEARS)


def _things_said(text: str) -> list[str]:
    """What a text says that something is for each of: 每人每月, 人均月, 单座."""
    return [
        *(_thing_each(match) for match in _EACH.finditer(text)),
        *(match[0][:-1] for match in _AVERAGE.finditer(text)),
        *_TIME_AVERAGE.findall(text),
        *_AVERAGE_TIME.findall(text),
        *(match[0][1:] for match in _SINGLE.finditer(text)),
    ]


def _thing_each(found: re.Match[str]) -> str:
    """What 每 is followed by; behind 每个 one character may begin the name of an object (路口)."""
    thing = _thing(found["per"])
    return "" if found["one"] and len(thing) < 2 else thing


def _thing(text: str) -> str:
    """The unit that a text begins with, else the text itself where it is short."""
    text = text.strip("个") or text
    scale = _SCALE.match(text)
    if scale is not None and text not in ATOMS and text[scale.end() :] in ATOMS:
        return text  # 万尾, 万平方米
    if text.endswith("次") and 2 <= len(text) <= 4:
        return text  # 断面次
    for length in range(min(len(text), 4), 0, -1):
        if text[:length] in ATOMS or text[:length] in _YEARS:
            # 每人年 is for each 人: the money is that of one year.
            return text[:length].removesuffix("年") or "年"
    return text if len(text) <= 2 else ""


def costs_in(rows: Sequence[tuple[int, IndicatorRow]], groups: frozenset[str]) -> list[Cost]:
    """The costs of these groups that carry an amount."""
    return [
        cost
        for number, row in rows
        if _belongs(row, groups) and (cost := _cost(number, row, rows)) is not None
    ]


def is_price_of_named(row: IndicatorRow, rows: Sequence[tuple[int, IndicatorRow]]) -> bool:
    """Whether a cost names a thing that a quantity of ``rows`` counts: 单个路口改造成本, 64个路口.

    单 alone makes no price, as it stands in many words.
    """
    name = str(row["level3"] or "")
    return "单" in name and any(
        group_key(other["level2"]) == "数量"
        and naming(name, counted := str(other["level3"] or ""), _unit_of(other, counted))
        is not Naming.NOT
        for _, other in rows
    )


def _unit_of(row: IndicatorRow, name: str) -> str:
    return str(row["unit"] or "") or count_unit(name)


def _cost(number: int, row: IndicatorRow, rows: Sequence[tuple[int, IndicatorRow]]) -> Cost | None:
    if is_blank(row["target_value"]) or says_nothing_of_cost(row):
        return None
    money = money_of(row)
    if money is None:
        return None
    target = target_of(row)
    name, text = str(row["level3"] or ""), target.text
    per: tuple[str, ...] = ()
    priced = is_unit_cost(name, target)
    if not priced and _product(fold(target.text)) is None:
        priced = is_price_of_named(row, rows)
    if priced or "每" in name:
        per = things_priced(name, target.text)
        priced = priced or bool(per)
    least, most = _bounds(target, money[0], is_price=priced)
    optional = group_key(row["level2"]) in NOT_ONLY_MONEY
    return Cost(
        number, name, row["ordinal"], money[0], money[1], priced, per, least, most, optional, text
    )


def _bounds(
    target: TargetValue, amount: Decimal, *, is_price: bool
) -> tuple[Decimal | None, Decimal | None]:
    if target.operator in ("≥", ">"):
        return amount, None
    if target.operator in ("≤", "<"):
        # A sum that costs are held to is what was budgeted; a price may well be lower.
        return (Decimal(0) if is_price else amount), amount
    low, high = target.low, target.high
    if (
        target.kind is Kind.RANGE
        and isinstance(low, Decimal)
        and isinstance(high, Decimal)
        and high
    ):
        return amount / high * low, amount
    return amount, amount


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
