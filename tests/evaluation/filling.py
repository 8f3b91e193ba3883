"""Results to fill a 自评表 with, and what they must score: worked out here, without the package.

Every result is made from the bound of its target, so how much of it was reached is known.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from perfgoals_xl.form.target import Kind

LINEAR, RATIO = "线性递减", "按比值"
PROPORTION, STRICT = "按比例", "全有或全无"
BANDS = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")
# What of a unit is another one: the result is written in the second.
_OTHERS = {
    "万元": ("元", 10_000),
    "公里": ("米", 1000),
    "米": ("公里", Fraction(1, 1000)),
    "万人": ("人", 10_000),
    "分钟": ("小时", Fraction(1, 60)),
    "公斤": ("吨", Fraction(1, 1000)),
    "人": ("名", 1),
    "天": ("个工作日", None),
    "元/人": ("万元/人", Fraction(1, 10_000)),
}
_EPOCH = dt.date(1899, 12, 30)


def spelled(number):
    """A number as people write it, or None where it has no end."""
    number = Fraction(number)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    digits = f"{float(number):.12f}".rstrip("0").rstrip(".")
    return digits if Fraction(digits) == number else None


class Settings:
    """The settings that decide about points, as the sheet calls them."""

    def __init__(self, reverse=LINEAR, equal=PROPORTION, bands=((100, 80), (80, 60), (60, 0))):
        self.reverse, self.equal, self.bands = reverse, equal, bands

    def share_of_band(self, band):
        high, low = self.bands[band]
        return Fraction(high, 100) if band == 0 else Fraction(high + low, 200)


class Result:
    """What is filled in for an indicator: ``cell``, and the share of its points as a function."""

    def __init__(self, cell, share, reached=None):
        self.cell, self.share, self.reached = cell, share, reached


def result_for(row, cost, mode):
    """The result of an indicator in one of the ways to fill a form."""
    kind, low, high, sign = row["kind"], row["low"], row["high"], row["operator"]
    if mode == "blank":
        return Result(None, lambda _: None)
    if isinstance(low, dt.date) or isinstance(high, dt.date):
        return _day(low, high, sign, mode)
    valued = kind in (Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE, Kind.DATE)
    if not valued or (low is None and high is None):
        if mode == "words":
            return Result("有所改善", lambda _: None)
        band = {"met": 0, "under": 1, "over": 0, "far": 2, "unit": 1, "bare": 2}[mode]
        return Result(BANDS[band], lambda s: s.share_of_band(band))
    return _number(row, cost, mode)


def _day(low, high, sign, mode):
    last = high if sign != "≥" else None
    if mode == "words":
        return Result("按时完成", lambda _: None)
    if last is None:
        return Result(low.isoformat(), lambda _: 1)
    late = last + dt.timedelta(days=1)
    if mode == "under":
        return Result(f"{late.year}年{late.month}月{late.day}日", lambda _: 0)
    if mode == "far":
        return Result((late - _EPOCH).days, lambda _: 0)
    if mode == "bare":
        return Result(int(f"{last:%Y%m%d}"), lambda _: 1)
    before = last.replace(day=1) - dt.timedelta(days=1)
    text = f"{before.year}年{before.month}月" if mode == "unit" else f"{last:%Y.%m.%d}"
    return Result(text, lambda _: 1)


def _number(row, cost, mode):
    low, high, sign, unit = row["low"], row["high"], row["operator"], row["unit"]
    bound = Fraction(low if low is not None else high)
    if mode == "words":
        return Result("已开展若干", lambda _: None)
    part = {"met": 1, "under": Fraction(4, 5), "over": Fraction(5, 4), "far": 3,
            "unit": Fraction(1, 2), "bare": Fraction(3, 4)}[mode]  # fmt: skip
    value = bound * part
    if bound == 0:
        value = Fraction(0) if mode in ("met", "unit", "bare") else Fraction(2)

    def share(settings):
        return share_of(value, low, high, sign, cost, settings)

    text = spelled(value)
    if text is None:
        return Result(None, lambda _: None)
    if mode == "bare" and unit != "%":
        return Result(float(value), share)
    if mode == "bare":
        # A cell that shows 45%.
        return Result(float(value / 100), share) if value * 10 < bound * 100 else None
    if mode == "unit" and unit in _OTHERS:
        other, factor = _OTHERS[unit]
        if factor is None:
            return Result(f"{text}{other}", lambda _: None)
        there = spelled(value * factor)
        if there is not None:
            return Result(f"{there}{other}", share)
    shown = f"{int(text):,}" if mode == "over" and text.isdigit() else text
    return Result(f"{shown}{unit}", share)


def share_of(value, low, high, sign, cost, settings):
    """How much of the points a number gets."""
    low = None if low is None else Fraction(low)
    high = None if high is None else Fraction(high)
    if cost and sign == "" and low == high:
        low = None
    if high is None:
        return _floor(value, low)
    if low is None:
        return _ceiling(value, high, settings)
    if low <= value <= high:
        return 1
    if settings.equal == STRICT:
        return 0
    if value < low:
        return _floor(value, low)
    return 1 if sign == "" and low == high else _ceiling(value, high, settings)


def _floor(value, low):
    return 1 if value >= low else value / low


def _ceiling(value, high, settings):
    if value <= high:
        return 1
    if high == 0:
        return 0
    return high / value if settings.reverse == RATIO else max(Fraction(0), 2 - value / high)
