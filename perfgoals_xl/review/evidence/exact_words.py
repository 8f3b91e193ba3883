"""Values in words that can be checked as well as a number: 当日, 每周两次, 零发生, 全部消除."""

from __future__ import annotations

import re
from functools import lru_cache

# What a word of these says stands and falls with what follows: 按月发放, but not 按年度计划推进.
_TAIL = (
    r"(?!.*(?:计划|要求|规定|进度|合同|需|及时|按时|按期|适时|尽快|有效|逐步|不断|持续(?![运开])))"
    r"[\u4e00-\u9fff]{0,8}"
)
_UNIT = r"(?:个?工作日|日|天|周|星期|旬|个?月|季度?|半年|年度?|学期|学年|小时|班|批次?|期|次)"
_PERIOD = r"(?:日|天|周|旬|月|季度?|半年|年度?|学期|学年)"
_SOME = r"[一二两三四五六七八九十\d]"
# A time that is one without being counted, and how often something is done.
_TIME = re.compile(
    r"(?:当[日天周月]|次日|隔日|即时|实时|随时|立即|即[刻到报办]|全天候?|全年|常年|终年|昼夜|不间断|无休)"
    + _TAIL
    + rf"|每{_SOME}?{_UNIT}(?:[初中末底]|{_SOME}{{0,3}}[日号天]?)?(?:之?[前内])?"
    rf"(?:不少于|不低于|至少|各)?(?:{_SOME}{{1,3}}(?:次|轮|遍|期|回|场|巡|检|报|更|清|结))?"
    + _TAIL
    + rf"|[按逐]{_PERIOD}"
    + _TAIL
)
# None at all. 零星, 零散, 零售 and the like count something.
_NONE = re.compile(
    r"(?:实现|达到|保持|确保|做到|为)?(?:零(?![星散售工距基部件钱碎])[\u4e00-\u9fff]{0,8}"
    r"|(?:不|未|无|没有)(?:再|新)?(?:发生|出现|新增)[\u4e00-\u9fff]{0,12})"
)
# All of them.
_ALL = re.compile(
    r"(?:实现|达到|保持|确保|做到)?(?:(?:全部|全数|悉数)"
    r"(?!.*(?:要求|标准|规定|计划|较|提升|提高|改善|增强))[\u4e00-\u9fff]{1,8}"
    r"|全[\u4e00-\u9fff]{0,3}覆盖|(?:应[\u4e00-\u9fff]尽[\u4e00-\u9fff][、,]?){1,3})"
)

_HOUR = re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])(?:[时点](?!间|段|位|次)|:[0-5]\d)")


@lru_cache(maxsize=16384)
def names_hour(value: str) -> bool:
    """Whether a value in half width gives a time of the day: 每日8时前, 17:30前."""
    return _HOUR.search(value) is not None


@lru_cache(maxsize=16384)
def is_exact(group: str | None, value: str) -> bool:
    """Whether a value in words leaves no doubt when it is met; ``value`` is in half width.

    All of them is an answer to how well, not to when.
    """
    if _TIME.fullmatch(value) or _NONE.fullmatch(value):
        return True
    return group != "时效" and _ALL.fullmatch(value) is not None
