"""How many a price says itself that it is for: 5元/生·天（全年200天）, 两馆补助标准, 20名护林员.

What stands behind 每, 第 or a comparison is no count, and neither is a deadline (30日内).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.text import fold

_TIMES = r"个月|天|日|个学期|学期|个季度|个工作日|工作日|次|期|场|餐|课时|学时"
_OF_TIME = re.compile(
    r"(?:[(（,，;；]|全年|每年|一年|年均|共|按|计|供餐|服务|发放|补助|上岗|为期|×)"
    rf"(?:供餐|服务|发放|补助|上岗|计算|共|按|约)?(?P<number>\d{{1,3}})(?P<unit>{_TIMES})"
    r"(?!以?[前内后上下]|之[前内]|/|\d|[一-龥]{0,2}?[一每])"
)
# 8个乡镇文化站, 两馆, 20名护林员: in a name, in front of what is paid for.
_OF_THINGS = re.compile(
    r"(?<![\d.第每前近约至到余—~-])(?P<number>[1-9]\d{0,4}|两|[三四五六七八九])"
    r"(?P<unit>名|位|个|所|家|座|处|户|辆|台|套|支|条)?(?P<thing>[一-龥]{0,8}?)"
    r"(?=补助|补贴|奖补|运行|运维|免费|建设|改造|维修|维护|管护|工资|报酬|经费|费|成本|单价|标准|[(（]|$)"
)
_DIGITS = dict(zip("两三四五六七八九", "23456789", strict=True))
_NO_COUNT = re.compile(r"^(?:年|岁|级|类|星|月|日|号|期|等|公里|米|元|%|以)")
_LONGEST = 120


@lru_cache(maxsize=4096)
def count_stated(name: str, value: str, thing: str) -> tuple[Decimal, str] | None:
    """How many of ``thing`` the text of a price states, with its unit; None where it does not.

    Counts of time stand in its name or its value, others in its name alone.
    """
    if max(len(name), len(value)) > _LONGEST:
        return None
    found = {*_times_in(fold(value), thing), *_times_in(fold(name), thing)}
    found = found or set(_things_in(fold(name), thing))
    return found.pop() if len(found) == 1 else None


def _times_in(text: str, thing: str) -> Iterator[tuple[Decimal, str]]:
    alike = {"日": "天", "季": "季度"}
    for match in _OF_TIME.finditer(text):
        unit = match["unit"].removeprefix("个")
        if alike.get(unit, unit) == alike.get(thing, thing):
            yield Decimal(match["number"]), match["unit"]


def _things_in(text: str, thing: str) -> Iterator[tuple[Decimal, str]]:
    for match in _OF_THINGS.finditer(text):
        unit, counted = match["unit"] or "", match["thing"]
        if _NO_COUNT.match(unit + counted):
            continue
        is_person = thing in ("人", "名", "位") and unit in ("名", "位")
        if is_person or (unit or counted) == thing or (counted and counted.endswith(thing)):
            number = Decimal(_DIGITS.get(match["number"], match["number"]))
            yield number, unit or thing
