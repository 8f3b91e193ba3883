"""Units that measure the same: 元 and 万元, 天 and 日, 公斤 and 吨."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.target import Kind, TargetValue
from perfgoals_xl.form.text import fold

_SCALE: Final = re.compile(r"万亿|[十百千]?[万亿]")
POWERS: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
"""What a sign of scale multiplies by, as a power of ten."""
# What one of each unit is in the first of its line.
_SAME: Final[tuple[dict[str, str], ...]] = (
    {"%": "1", "‰": "0.1", "‱": "0.01"},
    dict.fromkeys(("人", "名", "位"), "1"),
    dict.fromkeys(("天", "日", "个自然日", "自然日", "个日历天", "日历天"), "1")
    | dict.fromkeys(("周", "个周", "星期", "个星期"), "7"),
    dict.fromkeys(("个工作日", "工作日"), "1"),
    dict.fromkeys(("个月", "月"), "1")
    | dict.fromkeys(("季度", "个季度"), "3")
    | dict.fromkeys(("年", "周年"), "12"),
    {"秒": "1", "秒钟": "1", "分钟": "60", "小时": "3600", "个小时": "3600"},
    {"个百分点": "1", "百分点": "1"},
    {"米": "1", "公里": "1000", "千米": "1000", "km": "1000"},
    dict.fromkeys(("平方米", "平米", "㎡", "m²"), "1")
    | dict.fromkeys(("平方公里", "平方千米", "km²", "㎢"), "1000000"),
    dict.fromkeys(("立方米", "立方", "㎥", "m³"), "1"),
    {"公斤": "1", "千克": "1", "吨": "1000"},
)
_MEASURES: Final = {
    unit: (next(iter(line)), Decimal(factor)) for line in _SAME for unit, factor in line.items()
}
KNOWN_UNITS: Final = tuple(_MEASURES)
"""Every unit of which another one is known that measures the same."""


def one_of(unit: str) -> tuple[str, Decimal]:
    """What a unit without a scale measures, and what one of it is in that: 公里 is 1000 米."""
    return _MEASURES.get(unit, (unit, Decimal(1)))


def measure_of(value: TargetValue) -> tuple[str, Decimal]:
    """What a target value's unit measures, and what one of it is in that.

    Two values with the same first part can be compared once each is multiplied by its second.
    The first part is "" for a number without a unit.
    """
    unit, per, thing = fold(value.unit).partition("/")
    one, many = _MEASURES.get(thing, (thing, Decimal(1)))
    # 次/月 and 次/年 are not the same, and no bound of the one becomes one of the other.
    tail = f"{per}{one}" if many == 1 else f"{per}{thing}"
    money = unit.removesuffix("整")
    if money in UNIT_IN_YUAN and (money.endswith("元") or value.kind is not Kind.NUMERIC):
        return f"元{tail}", UNIT_IN_YUAN[money]
    if unit in _MEASURES:
        base, factor = _MEASURES[unit]
        return f"{base}{tail}", factor
    scale = _SCALE.match(unit)
    if scale is None:
        return f"{unit}{tail}", Decimal(1)
    counted = unit[scale.end() :]
    base, factor = _MEASURES.get(counted, (counted, Decimal(1)))
    power = sum(POWERS[sign] for sign in scale[0])
    return f"{base}{tail}", factor * Decimal(10) ** power
