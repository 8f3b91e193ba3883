"""Dates as the tables write them: 2026年12月底, 2024-12-31, 2026年第四季度, 26年6月, 年底.

``scan`` reads one date, or one period that is written as a unit (2024年1-12月). What stands
around it (前, 之后, 截至, a second date) belongs to the grammar.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from enum import Enum
from typing import Final, NamedTuple

from perfgoals_xl.form.target_grammar.units import read_unit


class Grain(Enum):
    """How much a date says."""

    YEAR = "year"  # a calendar year and nothing else: it may also be what a noun is about
    POINT = "point"  # a month, a day, the end of a year …
    RECURRING = "recurring"  # no year is named: 12月底, 每月15日, 年底
    WORD = "word"  # a word such as 全年, which need not be meant as a date
    INVALID = "invalid"  # written like a date, and there is no such day


class Moment(NamedTuple):
    """One date in a text: where it ends, its first and its last day (None without a year)."""

    end: int
    low: dt.date | None
    high: dt.date | None
    grain: Grain


_DASH: Final = r"(?:[-~—–]+|至|到)"
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEARS: Final = r"199[0-9]|20[0-9]{2}"

_YEARS_FROM: Final = re.compile(_YEARS)
_DIGITS: Final = re.compile(r"[0-9]+")
_BEHIND_SHORT: Final = "年月日号季-~—–至到"
_BEHIND_YEAR: Final = "年学全底末上下第一二三四1Q-/.~—–至到"
_LONGEST_SPAN: Final = 20

_FULL: Final = re.compile(
    rf"({_YEARS})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])日?"
    r"(?:[ T]?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?"
)
_COMPACT: Final = re.compile(r"(199[0-9]|20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9.,])")
_MONTHS_SHORT: Final = re.compile(
    rf"({_YEARS})([-/.])([0-9]{{1,2}})(?:[-~—–至到]([0-9]{{1,2}}))?(?![0-9])(月份?)?"
)
_PART_AHEAD: Final = r"[底末]|全年|[上下]半年|第?[一二三四1-4]季度|Q[1-4]"
_YEAR: Final = re.compile(rf"(?P<year>{_YEARS})(?:年度?|(?=年?(?:{_PART_AHEAD})))")
# 26年6月 is June 2026; 26年 alone is a number of years.
_YEAR_SHORT: Final = re.compile(
    rf"(?P<year>[1-4][0-9])年(?=年?(?:{_PART_AHEAD}|初)|[0-9]{{1,2}}月|完成|度)"
    r"|(?P<inner>2[0-9])年(?=年?内)"
)
_YEAR_SPAN: Final = re.compile(
    rf"({_YEARS})年?度?{_DASH}({_YEARS})(年度?|学年)?(?![0-9.%‰]|年?[0-9]+月|年?[底末初])"
)
_SCHOOL_YEAR: Final = re.compile(rf"({_YEARS})学年")
_MONTH_SPAN: Final = re.compile(
    rf"([0-9]{{1,2}})月?{_DASH}([0-9]{{1,2}})月份?(?![0-9]|[底末初上中下])"
)
_MONTH: Final = re.compile(r"([0-9]{1,2})月(?:份)?")
_DAY_SPAN: Final = re.compile(rf"([0-9]{{1,2}})[日号]?{_DASH}([0-9]{{1,2}})[日号]")
_DAY: Final = re.compile(
    r"([0-9]{1,2})(?:[日号]|(?=$|[前;,。、)]|之前|以前|止))"
    r"(?:[0-2]?[0-9](?:时|点|:[0-9]{2})(?:[0-9]{1,2}分?|整)?)?"
)
_PART_OF_MONTH: Final = re.compile(r"([上中下])旬|[底末]|初|中(?=$|[;,。前完])")
_PART_OF_YEAR: Final = re.compile(
    r"年?([底末初]|终(?!止))|年?(?P<half>[上下])半年"
    r"|年?第?(?P<quarter>[一二三四1-4])(?:[-~—至到](?P<last>[二三四2-4]))?(?:季度|季(?!节))|年?Q(?P<q>[1-4])(?![0-9])"
    r"|(?P<whole>年?全年度?|[春秋]季学期|年?度?(?:期间|内(?![容部涵控外]))|年?中(?=$|[;,。前]))"
)
_END: Final = re.compile(r"[底末]")

# Words for dates without a year; the tokeniser looks for them, so this is a pattern for it.
_SOME_YEAR: Final = r"(?:[次翌当本今明每]年|[本下]一?年度?|年度)"
_SOME_MONTH: Final = r"(?:每个?月|[当本次]月|下个?月)"
RECURRING: Final = (
    rf"{_SOME_YEAR}?(?:年[底末终初内]|[上下]半年|年度内|年中(?=$|前))"
    rf"|{_SOME_YEAR}?第?[一二三四](?:[-~—至到、][二三四])?季度[底末]?|Q[1-4](?![0-9])"
    rf"|(?:{_SOME_MONTH}|月|每?季度?)[底末初](?!线)"
    rf"|(?:{_SOME_YEAR}|{_SOME_MONTH})(?:[底末](?!线)|内(?![容部涵])|(?=之?前(?!期)|以前))"
    r"|全年度?|[当本]年度?(?=完成|$)"
    r"|(?:春节|元旦|国庆节?|中秋节?|汛期?|供暖期?|采暖期?|开学|入冬)(?=之?前|以前)"
)
_MONTH_CONTEXT: Final = re.compile(
    r"份|(?=[0-9]{1,2}(?:[日号]|$|前))"
    r"|(?=[底末初前止后起]|内|[上中下]旬|中$|之前|以前|完成|开展|启动|$|[;,。、(至到~—-])"
)
_MEASURED: Final = re.compile(r"(?:期|限|周期|时长|历时|为期|共|共计|累计|时间|满)(?:为|是|:)?$")
_DAY_OF_MONTH: Final = re.compile(r"([0-9]{1,2})[日号](?=之?前|以前|止)")
_QUARTER: Final = re.compile(r"[1-4](?:[-~—至到][1-4])?季度[底末]?")
_BOUND: Final = re.compile(
    r"(?P<until>(?:之|以)?前(?![期置端往景列茅来])|为?止|(?:之|以)内)"
    r"|(?P<since>(?:之|以)?后(?![续期勤备方台者])|起(?![草步重诉点来到源])(?:开始)?|开始)"
)


def read_bound(plain: str, start: int) -> tuple[str, int]:
    """``≤`` for 前, 之前, 止 …, ``≥`` for 后, 起 … at ``start``; and where the text goes on."""
    found = _BOUND.match(plain, start)
    if found is None:
        return "", start
    return ("≤" if found["until"] else "≥"), found.end()


def word(found: str, end: int) -> Moment:
    """The date that a match of ``RECURRING`` says."""
    vague = found.endswith(("当年", "本年", "年度", "全年", "全年度", "初", "年中", "年终"))
    return Moment(end, None, None, Grain.WORD if vague else Grain.RECURRING)


def scan(plain: str, start: int, before: str, signed: bool, year: int | None) -> Moment | None:
    """The date that starts with the digit at ``start``, or None where no date does.

    ``before`` are the words in front of it, ``signed`` says whether a comparison stands there
    (工期12月 and ≥12月 are numbers of months, 12月 alone is December), ``year`` is that of the date
    to which this one is joined by a dash (2026年3月1日至9月30日).
    """
    digits = _DIGITS.match(plain, start)
    if digits is None:
        return None
    # Most numbers are no dates: how many digits there are and what follows rules most out.
    size, behind = len(digits[0]), plain[digits.end() : digits.end() + 1]
    if size <= 2:
        if not behind or behind not in _BEHIND_SHORT:
            return None
        if (found := _YEAR_SHORT.match(plain, start)) is not None:
            return _in_year(plain, found.end(), 2000 + int(found["year"] or found["inner"]))
        return _without_year(plain, start, before, signed, year)
    if size == 8:
        return _compact(plain, start)
    if size == 4 and behind and behind in _BEHIND_YEAR and _YEARS_FROM.match(plain, start):
        return _with_year(plain, start)
    return None


def _with_year(plain: str, start: int) -> Moment | None:
    if (found := _FULL.match(plain, start)) is not None:
        return _day(found.end(), int(found[1]), int(found[3]), int(found[4]))
    if (found := _YEAR_SPAN.match(plain, start)) is not None:
        first, last = sorted((int(found[1]), int(found[2])))
        spelled = "年" in found[0]
        if not spelled and (read_unit(plain, found.end())[0] or last - first > _LONGEST_SPAN):
            return None
        if found[3] == "学年":
            last = max(last, first + 1)
            return Moment(found.end(), dt.date(first, 9, 1), dt.date(last, 8, 31), Grain.POINT)
        return Moment(found.end(), dt.date(first, 1, 1), dt.date(last, 12, 31), Grain.POINT)
    if (found := _MONTHS_SHORT.match(plain, start)) is not None:
        return _short_month(plain, found)
    if (found := _SCHOOL_YEAR.match(plain, start)) is not None:
        year = int(found[1])
        return Moment(found.end(), dt.date(year, 9, 1), dt.date(year + 1, 8, 31), Grain.POINT)
    if (found := _YEAR.match(plain, start)) is not None:
        return _in_year(plain, found.end(), int(found["year"]))
    return None


def _compact(plain: str, start: int) -> Moment | None:
    """20241231, unless a unit makes a number of it."""
    found = _COMPACT.match(plain, start)
    if found is None or read_unit(plain, found.end())[0]:
        return None
    year, month, day = (int(part) for part in found.groups())
    return _day(found.end(), year, month, day) if _exists(year, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _day(end: int, year: int, month: int, day: int) -> Moment:
    if not _exists(year, month, day):
        return Moment(end, None, None, Grain.INVALID)
    date = dt.date(year, month, day)
    return Moment(end, date, date, Grain.POINT)


def _months(end: int, year: int, first: int, last: int) -> Moment:
    if not 1 <= first <= last <= 12:
        return Moment(end, None, None, Grain.INVALID)
    return Moment(
        end,
        dt.date(year, first, 1),
        dt.date(year, last, monthrange(year, last)[1]),
        Grain.POINT,
    )


def _short_month(plain: str, found: re.Match[str]) -> Moment | None:
    """2024.12, 2024-12, 2024.1-6: a month only where no unit makes a number of it."""
    year, first, last = int(found[1]), int(found[3]), int(found[4] or found[3])
    if not 1 <= first <= last <= 12:
        return None
    behind = plain[found.end() : found.end() + 1]
    if not found[5] and (behind in ("%", "‰", ".") or read_unit(plain, found.end())[0]):
        return None
    return _part_of_month(plain, found.end(), year, first, last)


def _in_year(plain: str, at: int, year: int) -> Moment:
    """What follows a year: nothing, months, a day, a quarter, its end."""
    if (found := _MONTH_SPAN.match(plain, at)) is not None:
        return _months(found.end(), year, int(found[1]), int(found[2]))
    if (found := _MONTH.match(plain, at)) is not None:
        return _in_month(plain, found.end(), year, int(found[1]))
    if (found := _PART_OF_YEAR.match(plain, at)) is not None:
        if found["whole"]:
            months = (6, 6) if "中" in found[0] else (1, 12)
        elif found["half"]:
            months = (1, 6) if found["half"] == "上" else (7, 12)
        elif quarter := found["quarter"] or found["q"]:
            last = 3 * _QUARTERS[found["last"] or quarter]
            months = (3 * _QUARTERS[quarter] - 2, last)
            if (ending := _END.match(plain, found.end())) is not None:
                return _day(ending.end(), year, last, monthrange(year, last)[1])
        elif found[1] == "初":
            months = (1, 1)
        else:
            return _day(found.end(), year, 12, 31)
        return _months(found.end(), year, *months)
    return Moment(at, dt.date(year, 1, 1), dt.date(year, 12, 31), Grain.YEAR)


def _in_month(plain: str, at: int, year: int, month: int) -> Moment:
    if (found := _DAY_SPAN.match(plain, at)) is not None:
        first, last = sorted((int(found[1]), int(found[2])))
        if not (_exists(year, month, first) and _exists(year, month, last)):
            return Moment(found.end(), None, None, Grain.INVALID)
        low, high = dt.date(year, month, first), dt.date(year, month, last)
        return Moment(found.end(), low, high, Grain.POINT)
    if (found := _DAY.match(plain, at)) is not None:
        return _day(found.end(), year, month, int(found[1]))
    return _part_of_month(plain, at, year, month, month)


def _part_of_month(plain: str, at: int, year: int, first: int, month: int) -> Moment:
    part = _PART_OF_MONTH.match(plain, at)
    if part is None or first != month or not 1 <= month <= 12:
        return _months(at, year, first, month)
    last = monthrange(year, month)[1]
    if part[0] in "底末":
        return _day(part.end(), year, month, last)
    days = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, last)}[part[0][0]]
    low, high = (dt.date(year, month, day) for day in days)
    return Moment(part.end(), low, high, Grain.POINT)


def _without_year(
    plain: str, start: int, before: str, signed: bool, year: int | None
) -> Moment | None:
    """6月30日, 12月底, 1-12月, 每月15日: dates of every year, so without a first and last day."""
    if (found := _MONTH_SPAN.match(plain, start)) is not None:
        # The winter goes over the end of the year: 11月-3月.
        if all(1 <= int(month) <= 12 for month in found.groups()) and not signed:
            return Moment(found.end(), None, None, Grain.RECURRING)
        return None
    if (found := _MONTH.match(plain, start)) is not None:
        month = int(found[1])
        more = _MONTH_CONTEXT.match(plain, found.end())
        if not 1 <= month <= 12 or (more is None and year is None):
            return None
        bare = found.end() == len(plain) or plain[found.end()] in ";,。、(内"
        if bare and year is None and (signed or _MEASURED.search(before)):
            return None
        # 2024 had a 29 February: a day that some year has is no mistake.
        moment = _in_month(plain, more.end() if more else found.end(), year or 2024, month)
        if year is not None or moment.grain is Grain.INVALID:
            return moment
        return Moment(moment.end, None, None, Grain.RECURRING)
    if (found := _QUARTER.match(plain, start)) is not None and not signed:
        return Moment(found.end(), None, None, Grain.RECURRING)
    found = _DAY_OF_MONTH.match(plain, start)
    if found is not None and 1 <= int(found[1]) <= 31:
        return Moment(found.end(), None, None, Grain.RECURRING)
    return None
