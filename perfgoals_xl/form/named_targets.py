"""An indicator's name and its target in one text: 清淤长度≥6公里, 培训人数（≥200人）."""

from __future__ import annotations

import re
from functools import lru_cache

from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.target import VALUED, Kind, parse_target
from perfgoals_xl.form.text import clean, fold

_LONGEST_NAME, _LONGEST_VALUE = 60, 40
# Nothing longer is a name and its target, and the patterns would take long to find that out.
_LONGEST = 300
_BRACKETED = re.compile(r"^(?P<name>.{2,}?)[（(](?P<value>[^（()）]{1,40})[）)]$", re.S)
_COLON = re.compile(r"^(?P<name>[^：:]{2,60})[：:](?P<value>.{1,200})$", re.S)
_SIGN = r"[≥≤><＞＜＝=≧≦⩾⩽]"
_WORDS = (
    r"不低于|不少于|不超过|不高于|不大于|不小于|大于等于|小于等于|大于或等于|小于或等于|大于|小于"
    r"|控制在|达到|达(?![标成产效])|高于|低于|超过|至少|最多"
)
_OFTEN = r"全年|每年|每月|每季度?|年均|平均|累计|预计|计划|约|共|力争|确保"
_CALLED = r"^(?P<name>.*?[\u4e00-\u9fff）)].*?)\s*"
# A sign is where the value begins; words that compare may be a part of the name before it:
# 驿站星级达标率≥90%, 超过警戒水位次数：≤2次. Before a sign they belong to the value: 达到≥90%.
_SIGNED = re.compile(rf"{_CALLED}(?P<value>(?:(?:{_WORDS})\s*)?{_SIGN}\s*.*\d.*)$", re.S)
_BEHIND_COLON = re.compile(
    r"^(?P<name>[^：:≥≤><＞＜＝=≧≦⩾⩽]{1,59}[^\d：:≥≤><＞＜＝=≧≦⩾⩽])[：:]\s*"
    rf"(?P<value>(?:{_OFTEN})?(?:{_WORDS}|{_SIGN}|\d).*)$",
    re.S,
)
_COMPARED = re.compile(rf"{_CALLED}(?P<value>(?:{_WORDS})\s*.*\d.*)$", re.S)
_COUNTED = re.compile(r"^(?P<name>[^\d]*[\u4e00-\u9fff）)][^\d]*?)(?P<value>\d.*)$", re.S)
_DATED = re.compile(
    r"^(?P<value>(?:20\d{2}年)?\s*\d{1,2}月(?:\d{1,2}日|底|末|初|中旬|上旬|下旬)?(?:之?前|以前|内)?)"
    r"(?P<name>[\u4e00-\u9fff].*)$"
)
# What stands before a number and is no name of an indicator.
_NO_NAME = re.compile(
    rf"^(?:{_WORDS}|约|共|共计|全年|每年|每月|每季度|每周|每户|每人|每次|预计|计划|完成|新增|累计|较上年|比上年"
    r"|较去年|同比|增长|下降|提高|降低|减少|增加|第|前|后|近|的|为|于|不)+$"
)
_END = "。；;，,、"


@lru_cache(maxsize=8192)
def named_target(text: str) -> tuple[str, str] | None:
    """The name and the target that stand in one text; None where it is not both.

    The name keeps its ordinal (指标1：). A target has a number or stands behind a colon.
    """
    if len(text) > _LONGEST:
        return None
    whole = clean(text).rstrip(_END)
    _, bare = split_ordinal(whole)
    bare = bare or ""
    lead = whole[: len(whole) - len(bare)]
    for pattern in (_BRACKETED, _BEHIND_COLON, _SIGNED, _COMPARED, _DATED, _COLON, _COUNTED):
        found = pattern.match(bare)
        if found is None:
            continue
        name, value = found["name"].strip().rstrip("：:"), found["value"].strip()
        if _is_name(name) and _is_target(value, said=pattern in (_COLON, _DATED)):
            return lead + name, value
    return None


def names_its_target(text: str) -> bool:
    """Whether a text says an indicator and its target, with a number or a date in it."""
    found = named_target(text)
    return found is not None and parse_target(found[1]).kind in VALUED


def _is_name(text: str) -> bool:
    plain = fold(text)
    return 2 <= len(plain) <= _LONGEST_NAME and _NO_NAME.match(plain) is None


def _is_target(text: str, *, said: bool) -> bool:
    if said:
        return bool(fold(text))
    kind = parse_target(text).kind
    return len(text) <= _LONGEST_VALUE and (kind in VALUED or kind is Kind.COMPOSITE)
