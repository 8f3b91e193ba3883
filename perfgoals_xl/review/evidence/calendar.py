"""Dates as days of the calendar: those that cannot be, and what happens when.

A month or a day without a year lies in the plan year. What is no time (numbers of documents and
standards, titles) is left out as in :mod:`.years`.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.years import YEAR, without_names

_MAY_DATE = re.compile(r"\d[月\-/.]|季度")
_WRITTEN = re.compile(
    rf"(?<![\d.\-/])(?:(?P<year>{YEAR})年)?(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,3}})[日号](?!均)"
    r"|(?P<part>份?(?:底(?![板座部层])|末|初(?![次生级期始步中])|[上中下]旬)))?(?![龄球])"
)
_NUMERIC = re.compile(
    rf"(?<![\d.\-/A-Za-z第号码])(?P<year>{YEAR})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})"
    r"(?![\d.\-]|号|版|标|期|批|卷|册)"
)
_MONTH_ONLY = re.compile(
    rf"(?<![\d.\-/A-Za-z])(?P<year>{YEAR})(?P<sep>[-/.])(?P<month>0?[1-9]|1[0-2])(?!(?P=sep)\d{{1,2}}(?!\d))"
    r"(?=[前底末至到~—–\-,;。)]|$)"
)
_QUARTER = re.compile(r"第(?:[五六七八九]|[5-9])季度")
_LAST_DAY_OF_MOST = 31

# Day 1 is 1 January 1900, and 1900 had a 29 February: Excel counts so.
_DAY_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(36526, 54789)  # 2000 to 2049
_SERIAL = re.compile(r"(?<![\d.])(\d{5})(?:\.0+)?(?![\d.])")
_SERIAL_PERIOD = re.compile(r"(\d{5})(?:至|到|[-—–~]+)(\d{5})")


@lru_cache(maxsize=65536)
def impossible_date(text: str) -> str | None:
    """The first date of a text that no calendar has (4月31日, 2026年13月), None without one."""
    if _MAY_DATE.search(text) is None:
        return None
    plain = without_names(fold(text))
    for found in _WRITTEN.finditer(plain):
        year, month, day = found["year"], int(found["month"]), found["day"]
        # 13月, and 15月初 of a child's life, may be lengths of time.
        told_as_date = year or day or (found["part"] or "初")[-1] != "初"
        if told_as_date and not _exists(int(year) if year else None, month, day):
            return found[0]
    for found in _NUMERIC.finditer(plain):
        if not _exists(int(found["year"]), int(found["month"]), found["day"]):
            return found[0]
    quarter = _QUARTER.search(plain)
    return quarter[0] if quarter else None


def _exists(year: int | None, month: int, day: str | None) -> bool:
    if not 1 <= month <= 12:
        return False
    # Without a year 2月29日 may be that of a leap year.
    return day is None or 1 <= int(day) <= monthrange(year or 2024, month)[1]


def day_of_serial(value: str) -> dt.date | None:
    """The day whose serial number a text is; None where it is no serial of 2000 to 2049."""
    found = _SERIAL.fullmatch(fold(value).lstrip("≤≥<>="))
    number = int(found[1]) if found else 0
    return _DAY_ZERO + dt.timedelta(days=number) if number in _SERIALS else None


def days_of_serials(text: str) -> tuple[dt.date, dt.date] | None:
    """The two days of a period that stands as two serial numbers: 46023至46387."""
    found = _SERIAL_PERIOD.fullmatch(fold(text))
    if found is None:
        return None
    first, last = (day_of_serial(number) for number in found.groups())
    return (first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Day:
    """One date in a text: its first and its last day, as written, and where it stands.

    ``is_carried`` where its year is that of the date before it, which may not be meant.
    """

    first: dt.date
    last: dt.date
    text: str
    start: int
    end: int
    has_year: bool
    is_carried: bool = False


@lru_cache(maxsize=65536)
def days_in(text: str, plan_year: int | None) -> tuple[Day, ...]:
    """The dates of a text in their order; months without a year are those of ``plan_year``.

    Where no plan year is known either, they are left out.
    """
    if _MAY_DATE.search(text) is None:
        return ()
    plain = without_names(fold(text))
    return tuple(sorted(_days(plain, plan_year), key=lambda day: day.start))


def _days(plain: str, plan_year: int | None) -> Iterator[Day]:
    year: int | None = None
    for found in _WRITTEN.finditer(plain):
        written = found["year"]
        # 2025年12月1日至2月10日: which year the second is of is not said.
        year = int(written) if written else year
        if (at := year or plan_year) is not None:
            days = _day(found, at, has_year=written is not None)
            yield from (replace(day, is_carried=not written and at != plan_year) for day in days)
    for pattern in (_NUMERIC, _MONTH_ONLY):
        for found in pattern.finditer(plain):
            yield from _day(found, int(found["year"]), has_year=True)


def _day(found: re.Match[str], year: int, *, has_year: bool) -> Iterator[Day]:
    parts = found.groupdict()
    month, day, part = int(found["month"]), parts.get("day"), parts.get("part") or ""
    if not _exists(year, month, day):
        return
    end_of_month = monthrange(year, month)[1]
    first, last = (int(day), int(day)) if day else (1, end_of_month)
    if part[-1:] in ("底", "末"):
        first = end_of_month
    elif part.endswith("旬"):
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, end_of_month)}[part[-2]]
    elif part.endswith("初"):
        last = 10
    yield Day(
        dt.date(year, month, first),
        dt.date(year, month, last),
        found[0],
        found.start(),
        found.end(),
        has_year,
    )


# What begins and what ends the work; 完成 alone also ends every other thing.
_BEGINS = re.compile(r"开工|动工|开始(?:施工|建设|实施)|启动(?:建设|实施|施工)?|进场")
_ENDS = re.compile(r"完工|竣工|建成|完成(?!率)|交付|交工|投入使用|投用|通车|结束")
_NOT_THE_WORK = re.compile(
    r"支付|付款|拨付|付清|兑付|发放|结算|决算|审计|质保|保修|缺陷|保证金|尾款|维护期|管护|归档|评价|总结|验收"
    r"|招标|采购|设计|勘察|立项|可研|合同|签订|征地|拆迁|前期|方案|[一二三四五1-5][期标]|标段|批次?|第[一二三四五]"
)
_GENERAL = re.compile(
    r"项目|工程|建设|施工|工作|任务|实施|时间|日期|时限|期限|节点|年度|计划|预计|及时|按时|按期|总体|整体|全部|本|的|在|于"
    r"|率|前|\d|年|月|日|底|[(),。;:、]"
)


def begins(text: str) -> bool:
    """Whether a text names the beginning of the work itself."""
    return _BEGINS.search(text) is not None and _NOT_THE_WORK.search(text) is None


def ends(text: str) -> bool:
    """Whether a text names the end of the work itself, not of paying or settling it."""
    return _ENDS.search(text) is not None and _NOT_THE_WORK.search(text) is None


def object_of(text: str) -> str:
    """Of what a name tells the beginning or the end; "" for the project as a whole."""
    plain = _ENDS.sub("", _BEGINS.sub("", fold(text)))
    return _GENERAL.sub("", plain)


# What opens and closes anything that lasts: 报名开始 and 报名截止, 展会开幕 and 展会闭幕.
_OPENS = re.compile(r"开始|起始|启动|开幕|开班|开营|开园|开赛|开机|起(?=始?(?:时间|日期)$)")
_CLOSES = re.compile(
    r"结束|终止|截止|闭幕|结业|结班|结营|闭园|关机|完结|收官|完成(?!率|情况)|止(?=(?:时间|日期)$)"
)
_WHEN = re.compile(
    r"(?:的)?(?:具体)?(?:时间|日期|时限|时点|节点|之日|期限)|年度|计划|预计|整体|总体|[本该]|20\d\d年?|[(),。;:、\s]"
)
# What begins in one year and ends in the next, so that months alone prove nothing.
_OVER_NEW_YEAR = re.compile(
    r"供[暖热]|采暖|取暖|供气|冬|防火|防寒|学[期年]|教学|课程|禁[渔牧猎]|封[山育]|休渔|榨季|除[冰雪]|保单|保险|合同|服务|租赁|任期"
)

_NEXT_YEAR = re.compile(r"次年|翌年|[下明][一个]*年|跨年|第二年")


def opened(name: str) -> str | None:
    """What it is whose beginning alone a name tells (报名 of 报名开始时间); None without one."""
    return _of_one(fold(name), _OPENS, _CLOSES)


def closed(name: str, value: str) -> str | None:
    """The same of its end: 报名 of 报名截止日期; not where it is told to be in the next year."""
    if _NEXT_YEAR.search(value):
        return None
    return _of_one(fold(name), _CLOSES, _OPENS)


def _of_one(name: str, wanted: re.Pattern[str], other: re.Pattern[str]) -> str | None:
    found = wanted.findall(name)
    if len(found) != 1 or other.search(name):
        return None
    return _WHEN.sub("", wanted.sub("", name))


def may_turn_the_year(name: str, one: Day, other: Day) -> bool:
    """Whether what ends in an earlier month may well end in the year after."""
    if one.has_year and other.has_year:
        return False
    return one.has_year != other.has_year or _OVER_NEW_YEAR.search(name) is not None


def told_in_one(text: str, plan_year: int) -> tuple[Day, Day] | None:
    """The beginning and the end of the work where a text tells one of each: 3月开工、9月完工."""
    days = days_in(text, plan_year)
    if len(days) != 2:
        return None
    plain = without_names(fold(text))
    first, second = days
    between, behind = plain[first.end : second.start], plain[second.end : second.end + 8]
    for one, other in ((first, second), (second, first)):
        around, after = (between, behind) if one is first else (behind, between)
        if begins(around) and ends(after) and not (ends(around) or begins(after)):
            return one, other
    return None
