"""Whether this year's target asks for less than last year's, where that can be said at all.

The sign says which way is better (≥ more, ≤ less). Where neither year has one, the name may say it
(投诉率, 合格率), or the group: more is better of a quantity, of satisfaction, and of a rate of half
and more among 数量, 质量 and 时效. A deadline is compared with the same date as many years on as
lie between the two plans. An amount of money without a sign in a cost group is a share of the
budget and no bound: it is not judged, and a bound that follows the money is not either.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from perfgoals_xl.comparison.measures import measure_of
from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.target import Kind, TargetValue, parse_target
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.cost import is_unit_cost
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.indicator_text import COST_GROUPS, SATISFACTION, group_of
from perfgoals_xl.review.target_signs import sign_fits

_MORE, _LESS, _UNKNOWN = 1, -1, 0
_DIRECTIONS: Final = {"≥": _MORE, ">": _MORE, "≤": _LESS, "<": _LESS}
_VALUED: Final = frozenset({Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE, Kind.DATE})
_WHY_NOT: Final = {
    Kind.PLACEHOLDER: "有一年没有填写指标值",
    Kind.COMPOSITE: "一格里有多个指标值",
    Kind.REFERENCE: "与另一年度相比的指标值",
}
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RECURRING: Final = re.compile(r"[<>=≤≥]*(?:[0-9]{1,2}月(?![-~—至到])|年[底末])")
_HALF: Final = 50


class Verdict(StrEnum):
    """What a changed target value means."""

    LOWERED = "lowered"
    RAISED = "raised"
    SAME = "same"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class Judgement:
    """A verdict, and in Chinese why there is none."""

    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Target:
    """One year's side of an indicator: its row, the plan year, the project's money in 元."""

    row: Mapping[str, Any]
    year: int | None = None
    money: Decimal | None = None

    @cached_property
    def value(self) -> TargetValue:
        """The target value as read; a date without a year is one of the plan year."""
        text = self.row["target_value"]
        read = parse_target(None if text is None else str(text))
        is_open = read.kind is Kind.DATE and read.low is None and read.high is None
        if is_open and self.year is not None and _RECURRING.match(fold(read.text)):
            sign = re.match(r"[<>=≤≥]*", fold(read.text))
            start = sign.end() if sign else 0
            dated = f"{fold(read.text)[:start]}{self.year}年{fold(read.text)[start:]}"
            with_year = parse_target(dated)
            return with_year if with_year.kind is Kind.DATE else read
        return read

    @cached_property
    def is_money(self) -> bool:
        """Whether the value is an amount of money."""
        unit = self.value.unit.partition("/")[0]
        return self.value.kind is Kind.MONEY or (
            self.value.kind is Kind.RANGE and unit in UNIT_IN_YUAN
        )

    @cached_property
    def is_budgeted(self) -> bool:
        """Whether the value is money that the project spends, not the price of one of something."""
        in_costs = group_of(self.row) in COST_GROUPS
        name = str(self.row["level3"] or "")
        return self.is_money and in_costs and not is_unit_cost(name, self.value)

    @cached_property
    def relative_text(self) -> str:
        """The text with its years counted from the plan year, so that a year on is the same."""
        text = fold(self.value.text)
        if self.year is None:
            return text
        year = self.year
        return _YEAR.sub(lambda found: f"〈{int(found[0]) - year:+}〉", text)

    @cached_property
    def is_day(self) -> bool:
        """Whether the value is a day or a stretch of days of the calendar."""
        return isinstance(self.value.low, dt.date) or isinstance(self.value.high, dt.date)


def judge(old: Target, new: Target) -> Judgement | None:
    """What the change from ``old`` to ``new`` means; None where both say the same.

    Swapping the two turns lowered into raised and leaves the others as they are.
    """
    if fold(old.value.text) == fold(new.value.text) or old.relative_text == new.relative_text:
        return None
    judgement = _judge(old, new)
    same_sign = old.value.operator == new.value.operator or old.is_day
    return None if judgement.verdict is Verdict.SAME and same_sign else judgement


def _judge(old: Target, new: Target) -> Judgement:
    values = (old.value, new.value)
    for kind in (*_WHY_NOT, None):
        if kind is not None and any(value.kind is kind for value in values):
            return _not(_WHY_NOT[kind])
    if any(value.kind not in _VALUED for value in values):
        return _not("定性表述，由人判断")
    if old.is_day or new.is_day:
        return _deadlines(old, new)
    if any(value.low is None and value.high is None for value in values):
        return _not("日期没有写明年度")
    (base, factor), (own_base, own_factor) = measure_of(values[0]), measure_of(values[1])
    if base != own_base:
        return _not("两年的单位不同")
    was, now = _bounds(values[0], factor), _bounds(values[1], own_factor)
    if was == now and values[0].operator == values[1].operator:
        return Judgement(Verdict.SAME)
    direction = _direction(old, new)
    if isinstance(direction, str):
        return _not(direction)
    return _shift(old, new, was, now, direction)


_Bounds = tuple[tuple[Decimal, int] | None, tuple[Decimal, int] | None]


def _bounds(value: TargetValue, factor: Decimal) -> _Bounds:
    """Low and high as what can be ordered: above 95% asks for more than 95% and above."""
    low, high = (
        None if bound is None or isinstance(bound, dt.date) else bound * factor
        for bound in (value.low, value.high)
    )
    return (
        None if low is None else (low, 1 if value.operator == ">" else 0),
        None if high is None else (high, -1 if value.operator == "<" else 0),
    )


def _shift(old: Target, new: Target, was: _Bounds, now: _Bounds, direction: int) -> Judgement:
    side = 0 if direction == _MORE else 1
    before, after = was[side], now[side]
    if before is None or after is None:
        return _not("区间与界限不可比")
    step = _sign(after, before)
    other_before, other_after = was[1 - side], now[1 - side]
    if Kind.RANGE in (old.value.kind, new.value.kind) and other_before and other_after:
        other = _sign(other_after, other_before)
        if step * other < 0:
            return _not("区间的两端变化方向不同")
        step = step or other
    if step and old.is_budgeted and new.is_budgeted and _follows_money(old, new, was, now, side):
        return _not("成本上限随资金变化")
    if step == 0:
        return Judgement(Verdict.SAME)
    return Judgement(Verdict.RAISED if step == direction else Verdict.LOWERED)


def _sign(one: Any, other: Any) -> int:
    return (one > other) - (one < other)


def _follows_money(old: Target, new: Target, was: _Bounds, now: _Bounds, side: int) -> bool:
    """Whether a bound of money moves the way the project's money does, and in no greater part."""
    before, after = was[side], now[side]
    if old.money is None or new.money is None or before is None or after is None:
        return False
    rises, money_rises = after[0] - before[0], new.money - old.money
    if rises * money_rises <= 0 or min(before[0], after[0], old.money, new.money) <= 0:
        return False
    # Ratios without a division: Decimal would round it.
    gap = after[0] * old.money - before[0] * new.money
    return gap <= 0 if rises > 0 else gap >= 0


# --- which way is better -------------------------------------------------------------------------


def _direction(old: Target, new: Target) -> int | str:
    """1 where more is better, -1 where less is; in Chinese why it cannot be said."""
    signed = {_DIRECTIONS.get(t.value.operator, _UNKNOWN) for t in (old, new)} - {_UNKNOWN}
    named = {_named_direction(t) for t in (old, new)} - {_UNKNOWN}
    if len(signed) > 1:
        return "两年的符号方向相反"
    if signed:
        (direction,) = signed
        return "符号与指标的方向相反" if -direction in named else direction
    if old.is_budgeted or new.is_budgeted:
        return "成本在项目内的分配，不是上限"
    grouped = {_grouped_direction(t) for t in (old, new)}
    found = named or (grouped if len(grouped) == 1 else {_UNKNOWN})
    if len(found) > 1 or _UNKNOWN in found:
        return "看不出高好还是低好"
    return found.pop()


def _named_direction(target: Target) -> int:
    """Which way the rule about signs (V07) would have the sign of this indicator point."""
    kind = target.value.kind
    if target.is_money:
        kind = Kind.MONEY
    elif target.value.unit == "%":
        kind = Kind.PERCENT
    elif kind is Kind.RANGE:
        kind = Kind.NUMERIC
    if _objects(target, "≥", kind):
        return _LESS
    return _MORE if _objects(target, "≤", kind) else _UNKNOWN


def _objects(target: Target, operator: str, kind: Kind) -> bool:
    return isinstance(sign_fits({**target.row, "operator": operator, "kind": kind}), Hit)


def _grouped_direction(target: Target) -> int:
    value, group = target.value, group_of(target.row)
    if value.kind is Kind.DATE or target.is_money:
        return _UNKNOWN
    if group == SATISFACTION:
        return _MORE
    if value.unit == "%":
        bounds = [b for b in (value.low, value.high) if isinstance(b, Decimal)]
        is_rate = group in ("数量", "质量", "时效") and min(bounds, default=0) >= _HALF
        return _MORE if is_rate else _UNKNOWN
    return _MORE if group == "数量" else _UNKNOWN


# --- deadlines -----------------------------------------------------------------------------------


def _deadlines(old: Target, new: Target) -> Judgement:
    if not (old.is_day and new.is_day):
        return _not("日期与期限不可比")
    if old.value.operator in (">", "≥") or new.value.operator in (">", "≥"):
        return _not("起始日期，由人判断")
    before, after = old.value.high, new.value.high
    if old.year is None or new.year is None:
        return _not("不知道计划年度")
    if not (isinstance(before, dt.date) and isinstance(after, dt.date)):
        return _not("没有截止日期")
    moved, gap = after.year - before.year, new.year - old.year
    if moved not in (0, gap):
        return _not("截止日期的年度与计划年度不对应")
    # Either the same date of the plan year, or one date that both years speak of.
    step = _sign(_day_of_year(after), _day_of_year(before))
    if step == 0:
        return Judgement(Verdict.SAME)
    return Judgement(Verdict.LOWERED if step > 0 else Verdict.RAISED)


def _day_of_year(date: dt.date) -> tuple[int, int]:
    """Month and day; the last day of a month is the same day in every year."""
    is_last = date.day == monthrange(date.year, date.month)[1]
    return date.month, 32 if is_last else date.day


def _not(reason: str) -> Judgement:
    return Judgement(Verdict.NOT_JUDGED, reason)
