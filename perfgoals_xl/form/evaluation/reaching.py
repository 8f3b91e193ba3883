"""Whether a result reaches a target value, where the two can be compared at all.

Both are read as stretches of numbers or days. A result that lies within the target reaches it, one
that lies outside does not, one that does both (2026年12月 against 2026-12-15) is not judged. A
target without a sign means "=", a date without one, or with "=", means "by then".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import VALUED, Bound, TargetValue, parse_target

_PERCENT = "%"
_ONE, _HUNDRED = Decimal(1), Decimal(100)
# Days as Excel counts them, for a result such as DATE(2026,11,20); from 1990 to 2099.
_FIRST_DAY = dt.date(1899, 12, 30)
_DAYS = range(32874, 73051)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The numbers or days between two bounds; None is no bound, ``open`` leaves the bound out."""

    low: Any
    high: Any
    open_low: bool = False
    open_high: bool = False

    def times(self, factor: Decimal) -> _Stretch:
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return _Stretch(low, high, self.open_low, self.open_high)

    def is_within(self, other: _Stretch) -> bool:
        above = other.low is None or (
            self.low is not None
            and (
                self.low > other.low
                or (self.low == other.low and (self.open_low or not other.open_low))
            )
        )
        below = other.high is None or (
            self.high is not None
            and (
                self.high < other.high
                or (self.high == other.high and (self.open_high or not other.open_high))
            )
        )
        return above and below

    def is_apart_from(self, other: _Stretch) -> bool:
        return self._ends_before(other) or other._ends_before(self)

    def _ends_before(self, other: _Stretch) -> bool:
        if self.high is None or other.low is None:
            return False
        closed = not (self.open_high or other.open_low)
        return bool(self.high < other.low or (self.high == other.low and not closed))


def reaches(wanted: TargetValue, reached: TargetValue) -> bool | None:
    """Whether ``reached`` lies within ``wanted``; None where it cannot be judged.

    Not judged are words, blanks, masks, comparisons with another year, several targets, dates
    without a year, and units that do not measure the same. A number without a unit counts in the
    unit of the other.
    """
    if wanted.kind not in VALUED or reached.kind not in VALUED:
        return None
    if is_day(wanted) or is_day(reached):
        return _on_time(wanted, reached)
    if any(value.low is None and value.high is None for value in (wanted, reached)):
        return None  # 12月底前: a date without a year.
    return _enough(wanted, reached)


def is_day(value: TargetValue) -> bool:
    """Whether a value is a day or a stretch of days."""
    return isinstance(value.low, dt.date) or isinstance(value.high, dt.date)


def _on_time(wanted: TargetValue, reached: TargetValue) -> bool | None:
    deadline, done = _days(wanted), _days(reached)
    if deadline is None or done is None:
        return None
    # Platforms ask for a sign: =2026年12月 is done in November as well.
    if wanted.operator in ("", "="):
        deadline = _Stretch(None, deadline.high)
    return _verdict(deadline, done)


def _days(value: TargetValue) -> _Stretch | None:
    if is_day(value):
        return _stretch(value)
    day = _day_of(value)
    return None if day is None else _Stretch(day, day)


def _day_of(value: TargetValue) -> dt.date | None:
    """The day that a bare number means beside a date: 20261120, or Excel's 46346."""
    number = value.low
    if value.unit or not isinstance(number, Decimal) or number != value.high:
        return None
    if int(number) in _DAYS:
        return _FIRST_DAY + dt.timedelta(days=int(number))
    spelled: Bound = parse_target(format(number, "f")).low
    return spelled if isinstance(spelled, dt.date) else None


def _enough(wanted: TargetValue, reached: TargetValue) -> bool | None:
    target, result = _stretch(wanted), _stretch(reached)
    return _agreed(
        {_verdict(target.times(a), result.times(b)) for a, b in factors(wanted, reached)}
    )


def factors(wanted: TargetValue, reached: TargetValue) -> frozenset[tuple[Decimal, Decimal]]:
    """What to multiply the numbers of both by so that they can be compared.

    None where their units do not measure the same, two pairs where a bare number beside a
    percentage may be a share as well. Both values have a number.
    """
    units = (wanted.unit, reached.unit)
    if units == (_PERCENT, ""):
        return frozenset((_ONE, one) for one in _as_percent(_stretch(reached), _stretch(wanted)))
    if units == ("", _PERCENT):
        return frozenset((one, _ONE) for one in _as_percent(_stretch(wanted), _stretch(reached)))
    if wanted.unit == reached.unit:
        return frozenset({(_ONE, _ONE)})
    (base, factor), (own_base, own_factor) = measure_of(wanted), measure_of(reached)
    if base == own_base == "":
        return frozenset()  # 1.2万 beside 12000: it may be meant in 万 as well.
    if not wanted.unit:
        factor = own_factor
    elif not reached.unit:
        own_factor = factor
    elif base != own_base:
        return frozenset()
    return frozenset({(factor, own_factor)})


def _agreed(verdicts: set[bool | None]) -> bool | None:
    return verdicts.pop() if len(verdicts) == 1 else None


def _as_percent(bare: _Stretch, percent: _Stretch) -> tuple[Decimal, ...]:
    """What to multiply a bare number by to compare it with a percentage: 0.95 and 95 are 95%.

    Up to 1 it is a share by its size; far below the percentage (less than a tenth) it is one by
    the company it keeps. Where the two disagree (0.8 against ≤2%, 1.05 against ≥100%) both count.
    """
    number = abs(bare.high if bare.high is not None else bare.low)
    near = abs(percent.high if percent.high is not None else percent.low)
    by_size = number <= 1
    by_company = number * 10 < near
    if by_size != by_company:
        return _ONE, _HUNDRED
    return (_HUNDRED,) if by_size else (_ONE,)


def _verdict(target: _Stretch, result: _Stretch) -> bool | None:
    if result.is_within(target):
        return True
    return False if result.is_apart_from(target) else None


def _stretch(value: TargetValue) -> _Stretch:
    return _Stretch(value.low, value.high, value.operator == ">", value.operator == "<")
