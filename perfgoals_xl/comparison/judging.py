"""Whether this year's target asks for less than last year's, where that can be said at all.

The sign says which way is better (≥ more, ≤ less). Where neither year has one, the name may say it
(投诉率, 合格率), or the group: more is better of a quantity, of satisfaction, and of a rate of half
and more among 数量, 质量 and 时效. A deadline is compared with the same date as many years on as
lie between the two plans. An amount of money without a sign in a cost group is a share of the
budget and no bound: it is not judged. Nor is a bound that only takes its share of other money, or
of what another cost gives up: all costs together must rise faster than the project's money.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, cast

from perfgoals_xl.comparison.year_targets import Target
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import VALUED, Kind, TargetValue
from perfgoals_xl.form.taxonomy import SATISFACTION
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.indicator_text import group_at
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import JudgedIndicator
from perfgoals_xl.review.rules.targets.target_signs import sign_fits

_MORE, _LESS, _UNKNOWN = 1, -1, 0
_DIRECTIONS: Final = {"≥": _MORE, ">": _MORE, "≤": _LESS, "<": _LESS}
_WHY_NOT: Final = {
    Kind.PLACEHOLDER: "有一年没有填写指标值",
    Kind.COMPOSITE: "一格里有多个指标值",
    Kind.REFERENCE: "与另一年度相比的指标值",
}
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


def judge(old: Target, new: Target) -> Judgement | None:
    """What the change from ``old`` to ``new`` means; None where both say the same.

    Swapping the two turns lowered into raised and leaves the others as they are.
    """
    is_same = fold(old.value.text) == fold(new.value.text)
    if is_same or old.relative_text == new.relative_text or (old.is_nothing and new.is_nothing):
        return None
    judgement = _judge(old, new)
    same_sign = old.value.operator == new.value.operator or old.is_day
    return None if judgement.verdict is Verdict.SAME and same_sign else judgement


def _judge(old: Target, new: Target) -> Judgement:
    values = (old.value, new.value)
    unjudged = [value.kind for value in values if value.kind not in VALUED]
    if unjudged:
        told = next((kind for kind in _WHY_NOT if kind in unjudged), None)
        return _not("定性表述，由人判断" if told is None else _WHY_NOT[told])
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
    if step and direction == _LESS and old.is_budgeted and new.is_budgeted:
        # Alike of both years: what a cost gained beyond what the money did.
        gained = _costs(new, after) * _funds(old, new) - _costs(old, before) * _funds(new, old)
        if gained * step <= 0:
            return _not("成本随资金变化，或在项目内重新分配")
    if step == 0:
        return Judgement(Verdict.SAME)
    return Judgement(Verdict.RAISED if step == direction else Verdict.LOWERED)


def _sign(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def _costs(target: Target, bound: tuple[Decimal, int]) -> Decimal:
    return bound[0] if target.costs is None else target.costs


def _funds(own: Target, other: Target) -> Decimal:
    """The project's money, or 1 for both years where one does not state any."""
    if own.money is None or other.money is None or min(own.money, other.money) <= 0:
        return Decimal(1)
    return own.money


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
    # The rule asks for nothing but what the row of any year has, and what its target says.
    value = target.value
    row = {
        **target.row,
        "operator": operator,
        "kind": kind,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
    }
    return isinstance(sign_fits(cast("JudgedIndicator", row)), Hit)


def _grouped_direction(target: Target) -> int:
    value, group = target.value, group_at(target.row["level1"], target.row["level2"])
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
    gap = new.year - old.year
    on_time, kept = _day(before, gap), _day(before)
    # A project of several years keeps its date; any other moves with the plan.
    steps = {_sign(_day(after), on_time)}
    if after.year - before.year != gap:
        steps.add(_sign(_day(after), kept))
    if after.year == before.year:
        steps = {_sign(_day(after), kept)}
    if len(steps) > 1:
        return _not("截止日期的年度与计划年度不对应")
    (step,) = steps
    if step == 0:
        return Judgement(Verdict.SAME)
    return Judgement(Verdict.LOWERED if step > 0 else Verdict.RAISED)


def _day(date: dt.date, years: int = 0) -> tuple[int, int, int]:
    """A date so many years on; the last day of a month stays the last."""
    is_last = date.day == monthrange(date.year, date.month)[1]
    return date.year + years, date.month, 32 if is_last else date.day


def _not(reason: str) -> Judgement:
    return Judgement(Verdict.NOT_JUDGED, reason)
