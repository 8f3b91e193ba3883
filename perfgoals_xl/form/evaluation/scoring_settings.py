"""How points are given, which differs from place to place: settings with stated defaults.

Points (分) and percentages are ``Decimal``. Nothing here is hidden: a written 自评表 shows every
setting on its sheet 评分设置.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from perfgoals_xl.form.taxonomy import level1_of, read_level

HUNDRED: Final = Decimal(100)
COST: Final = "成本指标"
"""The level whose presence decides which points the levels have."""


class Reverse(StrEnum):
    """What a reverse indicator that was not met scores.

    ``LINEAR``: falling to nothing at twice the target. ``RATIO``: target ÷ actual.
    """

    LINEAR = "linear"
    RATIO = "ratio"


class Equal(StrEnum):
    """What an indicator to be met exactly scores when it is not: in proportion, or nothing."""

    PROPORTION = "proportion"
    ALL_OR_NOTHING = "all_or_nothing"


GRADES: Final = ("优", "良", "中", "差")
"""The grades, best first; the last one is below every threshold."""
BANDS: Final = (
    "达成预期指标",
    "部分达成预期指标并具有一定效果",
    "未达成预期指标且效果较差",
)
"""The bands of a qualitative indicator, best first, as the forms call them."""


def _points(**levels: int) -> Mapping[str, Decimal]:
    return MappingProxyType({name: Decimal(points) for name, points in levels.items()})


@dataclass(frozen=True)
class Scoring:
    """The settings of one place. Raises ValueError, in Chinese, where they contradict themselves.

    ``levels`` are the points of the first levels where the form has no level of costs,
    ``levels_with_cost`` where it has; either makes 100 with ``execution_points``. ``bands`` are
    the upper and lower limits in per cent of the weight, one pair for each of ``BANDS``, and
    ``grades`` the least totals of all grades but the last. ``lights`` are the limits between red,
    yellow, green and blue in per cent of what the month asks for; ``far_over`` is how much of the
    target, ``execution_expected`` how much of the budget is noted, in per cent. Points of a level
    are handed out in steps of ``step``, results are rounded to ``places`` decimals.
    """

    levels: Mapping[str, Decimal] = field(
        default_factory=lambda: _points(产出指标=50, 效益指标=30, 满意度指标=10)
    )
    levels_with_cost: Mapping[str, Decimal] = field(
        default_factory=lambda: _points(成本指标=20, 产出指标=40, 效益指标=20, 满意度指标=10)
    )
    execution_points: Decimal = Decimal(10)
    reverse: Reverse = Reverse.LINEAR
    equal: Equal = Equal.PROPORTION
    bands: tuple[tuple[Decimal, Decimal], ...] = (
        (HUNDRED, Decimal(80)),
        (Decimal(80), Decimal(60)),
        (Decimal(60), Decimal(0)),
    )
    grades: tuple[Decimal, ...] = (Decimal(90), Decimal(80), Decimal(60))
    lights: tuple[Decimal, ...] = (Decimal(60), Decimal(80), Decimal(120))
    far_over: Decimal = Decimal(130)
    execution_expected: Decimal = Decimal(90)
    step: Decimal = Decimal("0.5")
    places: int = 2

    def __post_init__(self) -> None:
        for name, levels in (("levels", self.levels), ("levels_with_cost", self.levels_with_cost)):
            total = sum(levels.values(), self.execution_points)
            if not levels or any(points < 0 for points in levels.values()):
                raise ValueError(f"{name}：各级指标的分值不能为空或为负")
            if total != HUNDRED:
                raise ValueError(
                    f"{name}：各级指标的分值加预算执行率 {self.execution_points} 分为 {total}，"
                    "应为 100"
                )
        if not 0 <= self.execution_points < HUNDRED:
            raise ValueError("execution_points：预算执行率的分值应在 0 到 100 之间")
        if len(self.bands) != len(BANDS):
            raise ValueError(f"bands：应有 {len(BANDS)} 档")
        if self.bands[0][0] != HUNDRED or self.bands[-1][1] != 0:
            raise ValueError("bands：第一档应从 100 起，最后一档应到 0 止")
        if any(high <= low for high, low in self.bands):
            raise ValueError("bands：每一档的上限应大于下限")
        if any(above[1] < below[0] for above, below in pairwise(self.bands)):
            raise ValueError("bands：各档应从高到低排列，不能重叠")
        if len(self.grades) != len(GRADES) - 1 or list(self.grades) != sorted(
            set(self.grades), reverse=True
        ):
            raise ValueError("grades：应有从高到低的三个分数线，如 90、80、60")
        if not all(0 < limit <= HUNDRED for limit in self.grades):
            raise ValueError("grades：分数线应在 0 到 100 之间")
        if len(self.lights) != 3 or list(self.lights) != sorted(set(self.lights)):
            raise ValueError("lights：应有从低到高的三个界限，如 60、80、120")
        if self.lights[0] <= 0:
            raise ValueError("lights：界限应大于 0")
        if self.far_over <= HUNDRED:
            raise ValueError("far_over：应大于 100")
        if not 0 < self.execution_expected <= HUNDRED:
            raise ValueError("execution_expected：应在 0 到 100 之间")
        if self.step <= 0 or self.step > 5:
            raise ValueError("step：分值的最小单位应大于 0，不超过 5")
        if not 0 <= self.places <= 4:
            raise ValueError("places：得分的小数位数应在 0 到 4 之间")

    def level_points(self, *, with_cost: bool) -> Mapping[str, Decimal]:
        """The points of the levels of a form, by the term of the level."""
        return self.levels_with_cost if with_cost else self.levels

    def band_share(self, band: int) -> Decimal:
        """What share of the weight, in per cent, a band gives where nobody chose another.

        The best band gives all of it, another one the middle between its limits.
        """
        high, low = self.bands[band]
        return high if band == 0 else (high + low) / 2


DEFAULT_SCORING: Final = Scoring()
"""The settings where a place has said nothing else."""

_LEVELS: Final = ("levels", "levels_with_cost")
_LISTS: Final = ("grades", "lights")
_CHOICES: Final[Mapping[str, type[StrEnum]]] = {"reverse": Reverse, "equal": Equal}


def scoring_of(settings: Mapping[str, Any]) -> Scoring:
    """The settings of a table of names and plain values, the others as by default.

    Raises ValueError, in Chinese, for a name that is none, a value of the wrong sort, and settings
    that contradict themselves.
    """
    known = {item.name for item in fields(Scoring)}
    chosen: dict[str, Any] = {}
    for name, value in settings.items():
        if name not in known:
            raise ValueError(f"不认识的设置 {name}；可用的有 {'、'.join(sorted(known))}")
        chosen[name] = _read(name, value)
    return replace(DEFAULT_SCORING, **chosen)


def _read(name: str, value: Any) -> Any:
    if name in _CHOICES:
        return _choice(name, value)
    if name in _LEVELS:
        if not isinstance(value, Mapping):
            raise ValueError(f"{name}：应为各级指标的分值，如 产出指标 = 50")
        return {_level(name, level): _number(name, points) for level, points in value.items()}
    if name == "bands":
        pairs = [_numbers(name, pair) for pair in _listed(name, value)]
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError("bands：每一档写上限和下限，如 [100, 80]")
        return tuple((pair[0], pair[1]) for pair in pairs)
    if name in _LISTS:
        return _numbers(name, value)
    number = _number(name, value)
    if name != "places":
        return number
    if number != number.to_integral_value():
        raise ValueError("places：应为整数")
    return int(number)


def _level(name: str, level: str) -> str:
    """The term of a level, however it is spelled."""
    term = read_level(level)
    if term is None or term.key1 is None:
        raise ValueError(f"{name}：不认识的一级指标 {level}")
    return level1_of(term.key1)


def _choice(name: str, value: Any) -> StrEnum:
    kind = _CHOICES[name]
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"{name}：{value!r} 不是 {'、'.join(kind)} 之一") from None


def _listed(name: str, value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name}：应为方括号中的一列数")
    return value


def _numbers(name: str, value: Any) -> tuple[Decimal, ...]:
    return tuple(_number(name, one) for one in _listed(name, value))


def _number(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"{name}：{value!r} 不是数字")
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{name}：{value!r} 不是数字")
    return number
