"""What a result scores: points of an indicator and of the execution, grade, light.

A target is read as one of five methods, whose points are as the settings say:

- ``positive`` (≥95%): in proportion, no more than all.
- ``reverse`` (≤20万元): all when met, else falling to nothing at twice the target, or target ÷
  actual. A ceiling of 0 that was broken gives nothing.
- ``equal`` (=12, 12次): below the target in proportion, or nothing. Above it a target that has no
  sign gives all, one that says "=" is scored like a broken ceiling. With ``all_or_nothing`` only
  the very number scores. A range scores below like a floor, above like a ceiling.
- ``day`` (2026年12月底前): all or nothing.
- ``qualitative`` (持续提升): by the band that was chosen; so is everything that has no number to
  compare: several targets, a comparison with another year, a date without a year.

The cost of a project is a ceiling, so a bare number among its costs counts as ``reverse``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from perfgoals_xl.form.evaluation.reaching import factors, is_day, reaches
from perfgoals_xl.form.evaluation.scoring_settings import (
    BANDS,
    DEFAULT_SCORING,
    GRADES,
    HUNDRED,
    Equal,
    Reverse,
    Scoring,
    scoring_of,
)
from perfgoals_xl.form.target import VALUED, Kind, TargetValue, parse_target
from perfgoals_xl.form.target_grammar.units import Family, family
from perfgoals_xl.form.text import fold

__all__ = [
    "BANDS",
    "DEFAULT_SCORING",
    "GRADES",
    "Equal",
    "Light",
    "Method",
    "Reverse",
    "Scoring",
    "accumulates",
    "band_limits",
    "band_of",
    "execution_points",
    "execution_rate",
    "grade_of",
    "light",
    "meets",
    "method_of",
    "points",
    "rounded",
    "scoring_of",
    "worst_light",
]

_ZERO, _ONE = Decimal(0), Decimal(1)
_MOST_DIGITS = 20
_MONTHS: Final = 12
_OF_EACH: Final = re.compile(
    r"每|人均|平均|[户亩日月次件]均|单位成本|单价|标准$|定额|率$|(?:满意|知晓|覆盖|完好|密|浓|饱和)度$|(?<!体)系数$|指数$|强度$|水平$|比[例重]$|占比$|等级$|排名|年限"
)
_CHOSEN: Final = (
    re.compile(r"(?:全部(?:或基本)?|已|均已?|全面)?(?:达成|完成|达到|实现)(?:了)?(?:年度|预期|年初|绩效|全年)*(?:指标|目标)?"),
    re.compile(r"(?:部分|基本)(?:达成|完成|达到|实现)(?:年度|预期|年初|绩效|全年)*(?:指标|目标)?(?:[并且,]*具有一定效果)?"),
    re.compile(r"(?:未|没有|未能)(?:达成|完成|达到|实现)(?:年度|预期|年初|绩效|全年)*(?:指标|目标)?(?:[并且,]*效果(?:较)?差)?"),
)  # fmt: skip


class Method(StrEnum):
    """How an indicator is scored."""

    POSITIVE = "positive"
    REVERSE = "reverse"
    EQUAL = "equal"
    DAY = "day"
    QUALITATIVE = "qualitative"


class Light(StrEnum):
    """The warning light of a 监控表."""

    RED = "红灯"
    YELLOW = "黄灯"
    GREEN = "绿灯"
    BLUE = "蓝灯"


# The worst first: too much is a lesser fault than too little, and a greater one than none.
_WORST: Final = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)


def method_of(target: TargetValue, *, cost: bool = False) -> Method:
    """How a target is scored; ``cost`` says that it stands among the costs."""
    if target.kind not in VALUED or (target.low is None and target.high is None):
        return Method.QUALITATIVE
    if is_day(target):
        return Method.DAY
    if target.high is None:
        return Method.POSITIVE
    if target.low is None or (cost and target.operator == "" and target.low == target.high):
        return Method.REVERSE
    return Method.EQUAL


def meets(target: TargetValue, actual: str | None) -> bool | None:
    """Whether a result reaches a target, as PG_MEETS has it; None where that cannot be judged.

    A target without a sign asks for its very number: what :func:`points` gives for more of it is
    another question, so compare points to say whether somebody scored too much.
    """
    return reaches(target, parse_target(actual))


def points(
    target: TargetValue,
    actual: TargetValue | str | None,
    weight: Decimal,
    scoring: Scoring = DEFAULT_SCORING,
    *,
    cost: bool = False,
) -> Decimal | None:
    """The points of a result, from 0 to ``weight``; None where they cannot be computed.

    That is a blank, a number in another unit, words for a number, and words for a qualitative
    target that name no band. ``cost`` says that the indicator stands among the costs.
    """
    reached = parse_target(actual) if not isinstance(actual, TargetValue) else actual
    method = method_of(target, cost=cost)
    if method is Method.QUALITATIVE:
        band = band_of(reached.text)
        if band is None:
            return None
        return rounded(weight * scoring.band_share(band) / HUNDRED, scoring)
    share = _share(target, reached, method, scoring)
    return None if share is None else rounded(weight * share, scoring)


def _share(
    target: TargetValue, reached: TargetValue, method: Method, scoring: Scoring
) -> Decimal | None:
    met = reaches(target, reached)
    if method is Method.DAY:
        return None if met is None else Decimal(met)
    pair = _figures(target, reached)
    if pair is None:
        return None
    factor, value = pair
    low = target.low * factor if isinstance(target.low, Decimal) else None
    high = target.high * factor if isinstance(target.high, Decimal) else None
    if method is Method.POSITIVE and low is not None:
        return _of_floor(value, low)
    if method is Method.REVERSE and high is not None:
        return _of_ceiling(value, high, scoring)
    if low is None or high is None:
        return None
    if low <= value <= high:
        return _ONE
    if scoring.equal is Equal.ALL_OR_NOTHING:
        return _ZERO
    if value < low:
        return _of_floor(value, low)
    unsigned = target.operator == "" and low == high
    return _ONE if unsigned else _of_ceiling(value, high, scoring)


def _figures(target: TargetValue, reached: TargetValue) -> tuple[Decimal, Decimal] | None:
    """What to multiply the bounds of the target by, and the result beside them as one number."""
    if reached.kind not in VALUED or not isinstance(reached.low, Decimal):
        return None
    if reached.low != reached.high:
        return None
    pairs = factors(target, reached)
    if len(pairs) != 1:
        return None
    ((factor, own),) = pairs
    return factor, reached.low * own


def _of_floor(value: Decimal, low: Decimal) -> Decimal:
    if value >= low:
        return _ONE
    return max(_ZERO, value / low) if low > 0 else _ZERO


def _of_ceiling(value: Decimal, high: Decimal, scoring: Scoring) -> Decimal:
    if value <= high:
        return _ONE
    if high <= 0:
        return _ZERO
    if scoring.reverse is Reverse.RATIO:
        return high / value
    return max(_ZERO, 2 - value / high)


def band_of(text: str | None) -> int | None:
    """The band that a text names, 0 for the best; None where it names none."""
    plain = fold(text or "").rstrip("。.;")
    return next((n for n, words in enumerate(_CHOSEN) if words.fullmatch(plain)), None)


def band_limits(band: int, weight: Decimal, scoring: Scoring) -> tuple[Decimal, Decimal]:
    """The least and the most points that a band allows for an indicator of ``weight``."""
    high, low = scoring.bands[band]
    return weight * low / HUNDRED, weight * high / HUNDRED


def execution_rate(executed: Decimal | None, annual_budget: Decimal | None) -> Decimal | None:
    """执行率 in per cent, as exact as a division is; None where there is nothing to divide by."""
    if executed is None or not annual_budget or annual_budget < 0:
        return None
    return executed / annual_budget * HUNDRED


def execution_points(
    executed: Decimal | None,
    annual_budget: Decimal | None,
    weight: Decimal,
    scoring: Scoring = DEFAULT_SCORING,
) -> Decimal | None:
    """The points of the execution of the budget: by its rate, no more than all."""
    rate = execution_rate(executed, annual_budget)
    if rate is None:
        return None
    return rounded(weight * min(max(rate, _ZERO), HUNDRED) / HUNDRED, scoring)


def grade_of(total: Decimal, scoring: Scoring = DEFAULT_SCORING) -> str:
    """The grade of a total."""
    for grade, least in zip(GRADES, scoring.grades, strict=False):
        if total >= least:
            return grade
    return GRADES[-1]


def rounded(value: Decimal, scoring: Scoring = DEFAULT_SCORING) -> Decimal:
    """Points as the forms show them, halves away from zero as Excel rounds."""
    if value.adjusted() > _MOST_DIGITS:
        return value  # No points of anybody; more digits than can be rounded.
    return value.quantize(_ONE.scaleb(-scoring.places), ROUND_HALF_UP)


def accumulates(target: TargetValue, name: str | None = None) -> bool:
    """Whether a value grows over the year, so that a month asks for its part: counts and money.

    A rate, a factor, a price, a length of time and what is said of each one are asked for as they
    are in every month; ``name`` is what the indicator is called.
    """
    unit = fold(target.unit)
    if target.kind in (Kind.PERCENT, Kind.DATE) or unit in ("%", "‰") or "/" in unit:
        return False
    if family(unit) in (Family.PERCENT, Family.DURATION, Family.TIME):
        return False
    return _OF_EACH.search(fold(name or "")) is None


def light(
    target: TargetValue,
    done: TargetValue | str | None,
    month: int,
    scoring: Scoring = DEFAULT_SCORING,
    *,
    cost: bool = False,
    grows: bool | None = None,
) -> Light | None:
    """The light of what was done by the end of ``month``; None where it cannot be computed.

    The value is held against the target's part for the months, or against all of it where it does
    not grow with them. A ceiling is red or yellow by how far it is exceeded; a date is green when
    it was kept and red when not. ``cost`` as in :func:`points`; ``grows`` says whether the value
    grows over the year, :func:`accumulates` where it is None.
    """
    reached = parse_target(done) if not isinstance(done, TargetValue) else done
    method = method_of(target, cost=cost)
    if method is Method.QUALITATIVE:
        return None
    if method is Method.DAY:
        met = reaches(target, reached)
        return None if met is None else Light.GREEN if met else Light.RED
    pair = _figures(target, reached)
    if pair is None:
        return None
    factor, value = pair
    grows = accumulates(target) if grows is None else grows
    part = factor * month / _MONTHS if grows else factor
    if method is Method.REVERSE:
        assert isinstance(target.high, Decimal)
        asked = target.high * part
        if value <= asked:
            return Light.GREEN
        return _light_of(_ZERO if asked <= 0 else asked / value * HUNDRED, scoring)
    assert isinstance(target.low, Decimal)
    asked = target.low * part
    if asked <= 0:
        return Light.GREEN if value >= asked else Light.RED
    return _light_of(value / asked * HUNDRED, scoring)


def _light_of(rate: Decimal, scoring: Scoring) -> Light:
    red, yellow, blue = scoring.lights
    if rate < red:
        return Light.RED
    if rate < yellow:
        return Light.YELLOW
    return Light.GREEN if rate <= blue else Light.BLUE


def worst_light(lights: Iterable[Light | None]) -> Light | None:
    """The light of a project: the worst of its indicators'."""
    shown = set(lights)
    return next((one for one in _WORST if one in shown), None)
