"""Reading of time: the periods that a text states, its deadlines, whether it says when at all."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from perfgoals_xl.declaration import IndicatorRow, ProjectRow
from perfgoals_xl.form.target import Kind, TargetValue, parse_target
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import count_unit
from perfgoals_xl.review.evidence.likeness import names_in_full, thing_of
from perfgoals_xl.review.evidence.years import COMPACT, DASH, YEAR, around

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_COUNT = r"(?:\d{1,9}(?:\.\d{1,9})?|十[一二]|[一二两三四五六七八九十])"
_UNIT = r"(?:年|个?月|周|个?工作日|日|天)"
_DAYS = {"周": 7.0, "工作日": 1.4, "日": 1.0, "天": 1.0}
_DAYS_OF_A_MONTH = 365 / 12
_MONTHS = {"年": 12.0, "月": 1.0} | {unit: n / _DAYS_OF_A_MONTH for unit, n in _DAYS.items()}

_MONTH_OF = r"(?:[-/.年])(?P<{0}>1[0-2]|0?[1-9])(?!\d)(?:[-/.月](?P<{1}>[0-3]?\d)(?!\d))?"
_POINT = re.compile(rf"(?P<year>{YEAR})(?:{_MONTH_OF.format('month', 'day')})?")
_TO_MONTH = re.compile(rf"{DASH}(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日)?")
_SHORT_MONTH = re.compile(r"(?<!\d)([1-4]\d)年(?=1?\d月)")
_LENGTH = re.compile(rf"(?:{_COUNT}{DASH})?(?P<count>{_COUNT})(?P<unit>{_UNIT})")

# What is done once: of that a year has a part of the whole, where upkeep has the same every year.
_DONE_ONCE = re.compile(
    r"新建|新增|[改扩重翻]建|改造|建成|建设|修建|购置|采购|治理|修复|铺设|安装|加装|更新|拆除|搬迁|创建|整治|造林|种植|硬化|除险加固"
)
_ONE_YEAR = 12.5


@dataclass(frozen=True, slots=True)
class Period:
    """项目期 as read: its length in months, and its first and last day where they are stated."""

    months: float
    start: dt.date | None = None
    end: dt.date | None = None


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The period that a text such as 2年 or 2026年3月至2027年2月 states; None where there is none.

    A single date is no period; a single year is that year.
    """
    plain = COMPACT.sub(r"\1-\2-\3", fold(text))
    plain = _SHORT_MONTH.sub(r"20\1年", plain)
    points = list(_POINT.finditer(plain))
    if points:
        return _between(plain, points)
    found = _LENGTH.search(plain)
    if found is None:
        return None
    months = _months(found["count"], found["unit"])
    return Period(months) if months > 0 else None


def _between(plain: str, points: list[re.Match[str]]) -> Period | None:
    first, last = points[0], points[-1]
    start = _day(first, at_end=False)
    end = _day(last, at_end=True)
    if len(points) == 1:
        until = _TO_MONTH.search(plain, last.end())
        if until is not None:
            end = _date(int(last["year"]), until["month"], until["day"], at_end=True)
        elif last["month"]:
            return None
    if start is None or end is None or end < start:
        return None
    after = end + dt.timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return Period(months + (after.day - start.day) / _DAYS_OF_A_MONTH, start, end)


def _day(found: re.Match[str], *, at_end: bool) -> dt.date | None:
    return _date(int(found["year"]), found["month"], found["day"], at_end=at_end)


def _date(year: int, month: str | None, day: str | None, *, at_end: bool) -> dt.date | None:
    number = int(month) if month else (12 if at_end else 1)
    last = monthrange(year, number)[1] if at_end else 1
    try:
        return dt.date(year, number, int(day or 0) or last)
    except ValueError:
        return None


def _months(count: str, unit: str) -> float:
    # 十二 is ten and two; larger numerals are not met in periods.
    number = float(count) if count[0].isdigit() else float(sum(map(_DIGITS.__getitem__, count)))
    return number * _MONTHS[unit.removeprefix("个")]


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time that an indicator sets for its work: in months, and as written."""

    months: float
    text: str


_CONTRACT = (
    r"(?:合同|协议|服务|履约|履行|建设|施工|实施|项目|租赁|运维|维护|执行)"
    r"(?:期限|周期|期|工期|时限)|工期|租期"
)
_STATED = re.compile(
    rf"(?:{_CONTRACT})(?:限|为|是|:|共|约|不超过?|不大于|≤)*(?P<count>{_COUNT})(?P<unit>{_UNIT})"
)
_CONTRACT_NAME = re.compile(rf"(?:{_CONTRACT})$")
_WHOLE = re.compile(rf"(?:≤|不超过)?(?P<count>{_COUNT})(?P<unit>{_UNIT})(?:以?内)?$")
_WITHIN = re.compile(rf"(?P<count>{_COUNT})(?P<unit>年|个?月)(?:之|以)?内(?P<doing>.{{0,12}})")
_NOT_OURS = re.compile(r"(?:未来|今后|近|过去|后|质保|保修|前|每|第|使用|运行|来)(?:的)?$")
_DOING = re.compile(r"完成|建成|建设|实施|支出|支付|交付|竣工|完工|开工|执行|编制|改造|安装|采购")
_MAY_SPAN = re.compile(r"[年月日天周]")


@lru_cache(maxsize=65536)
def spans(name: str, value: str) -> tuple[Span, ...]:
    """The periods that an indicator sets for the work itself: 合同期12个月, 2年内完成.

    Response times, warranties and what happens afterwards (建成后3年内, 未来五年) are none.
    """
    found = [span for text in (value, name) for span in _spans(fold(text))]
    if not found and _CONTRACT_NAME.search(fold(name)):
        whole = _WHOLE.match(fold(value))
        if whole is not None:
            found = [_span(whole)]
    return tuple(found)


def _spans(plain: str) -> Iterator[Span]:
    if _MAY_SPAN.search(plain) is None:
        return
    for found in _STATED.finditer(plain):
        yield _span(found)
    for found in _WITHIN.finditer(plain):
        ours = _NOT_OURS.search(around(plain, found)[0]) is None
        if ours and _DOING.search(found["doing"]):
            months = _months(found["count"], found["unit"])
            yield Span(months, found[0].removesuffix(found["doing"]))


def _span(found: re.Match[str]) -> Span:
    return Span(_months(found["count"], found["unit"]), found[0])


# -- deadlines -------------------------------------------------------------------------------

_EVENT = re.compile(
    r"[^,。;、:\d]{0,6}(?:签订|签署|签约|签定|生效|下达|到位|批复|批准|中标|开工|竣工|完工|验收(?:合格|通过)?|立项|印发|启动"
    r"|评审通过|招标完成|公示结束|移交)[^,。;、\d]{0,6}?(?:后|之日|起|以后|之后)[^,。;、\d]{0,4}"
    rf"{_COUNT}{_UNIT}(?:之内|以内|内)?"
)


@lru_cache(maxsize=65536)
def event_deadline(text: str) -> str | None:
    """The deadline that counts from an event of the procedure (合同签订后30日); None without one.

    A response time (接到报警后30分钟, 受理后5个工作日) is none: there the event is what is served.
    """
    if "后" not in text and "起" not in text and "之日" not in text:
        return None
    found = _EVENT.search(fold(text))
    return found[0] if found else None


_POINT_IN_TIME = re.compile(
    rf"{YEAR}(?:年|[-/.]\d)|\d年|\d{{1,2}}月|\d{{1,2}}[日号]|季度|[上下]半年|[年月旬季周][底末初中终]|年内|月内|季内"
    r"|全年|每[日天周月季年旬]|逐[日月季年]|按[日月季年周](?!期)|当[日天月年]|次[日月年]|即时|实时"
    r"|(?:汛|旱|雨|雪|冬|春|夏|秋|寒|暑|伏|节|假|学|供暖|采暖|供热|取暖|封冻|冻|灌|播种|收获|开学|放假|开园"
    r"|农忙|休渔|禁渔|征兵|高考|中考|考试|会议)\S{0,3}(?:前|后|期间|期内|之间|时)"
)
_DURATION = re.compile(
    rf"{_COUNT}个?(?:年|月|周|星期|工作日|日|天|小时|分钟|秒|季度|学期|旬)(?!度)"
)
_PUNCTUAL = re.compile(
    r"及时|按时|按期|准时|准点|如期|时限内|期限内|时间内|规定时[间限]|限时|超时|逾期|延误|按计划|提前|时效"
    r"|(?:时间|时限|期限|时长|天数|周期|工期|年限|频次|频率)\S{0,4}$"
)


@lru_cache(maxsize=65536)
def says_when(text: str) -> bool:
    """Whether a text names a date, a period, a response time, or measures punctuality (及时率)."""
    plain = fold(text)
    return any(p.search(plain) for p in (_POINT_IN_TIME, _DURATION, _PUNCTUAL))


# -- how long something takes, in a goal and in an indicator ---------------------------------

# What a unit measures, and the least and the most that one of it is of that.
_TAKES = {
    **dict.fromkeys(["天", "日", "自然日", "个自然日", "日历天", "个日历天"], ("天", 1, 1)),
    **dict.fromkeys(["月", "个月"], ("天", 28, 31)),
    **dict.fromkeys(["工作日", "个工作日"], ("工作日", 1, 1)),
    **dict.fromkeys(["小时", "个小时"], ("分钟", 60, 60)),
    "分钟": ("分钟", 1, 1),
}
_TOLD = re.compile(
    r"(?<![\d.\-—~第])(?P<count>\d{1,4})"
    r"(?P<unit>个?工作日|个?自然日|个?日历天|天|日(?=[内以之])|个?小时|分钟|个月)(?![前后])"
)
_STRETCH_ENDS = re.compile(r"[,;。:、!?\n]")
_NO_LENGTH = re.compile(r"(?:每|提前|延长|缩短|节约|减少|增加|推迟|约|近|已|较[^,]{0,8})$")
_NO_LESS, _NO_MORE = (
    re.compile(r"(?:不少于|不低于|至少|≥|>|超过)$"),
    re.compile(r"(?:不超过|≤|<|控制在)$"),
)
_OF_LENGTH = re.compile(r"(?:工期|时间|时限|期限|天数|日数|时长|周期|小时数|限时)")


class OtherLength(NamedTuple):
    """What a goal says that something takes, and the indicator that says otherwise."""

    figure: str
    row: int
    name: str
    value: str


class _Length(NamedTuple):
    stretch: str
    around: str
    measure: str
    least: Decimal
    most: Decimal
    bound: str


def other_lengths(goal: str, rows: Iterable[tuple[int, IndicatorRow]]) -> Iterator[OtherLength]:
    """The lengths of time in a goal that an indicator of the same thing tells otherwise.

    ``goal`` is in half width. A length of which several things are told is taken for none of them.
    """
    told = list(_lengths(goal)) if _TOLD.search(goal) else []
    if not told:
        return
    factors = {Decimal(number) for number in re.findall(r"\d{1,4}", _TOLD.sub("", goal))}
    for number, row in rows:
        asked = _asked(row)
        thing = thing_of(_OF_LENGTH.sub("", str(row["level3"]))) if asked else ""
        if asked is None or len(thing) < 2:
            continue
        same = [one for one in told if thing in one.around or names_in_full("", one.around, thing)]
        if len(same) == 1 and same[0].measure == asked.measure and _differ(same[0], asked, factors):
            value = str(row["target_value"])
            yield OtherLength(same[0].stretch, number, str(row["indicator"]), value)


def _lengths(goal: str) -> Iterator[_Length]:
    for found in _TOLD.finditer(goal):
        starts = [end.end() for end in _STRETCH_ENDS.finditer(goal, 0, found.start())]
        start = starts[-1] if starts else 0
        ends = _STRETCH_ENDS.search(goal, found.end())
        end = ends.start() if ends else len(goal)
        before, behind = goal[start : found.start()], goal[found.end() : end]
        if _NO_LENGTH.search(before):
            continue
        bound = "≥" if _NO_LESS.search(before) or behind.startswith("以上") else ""
        if _NO_MORE.search(before) or behind.startswith(("内", "以内", "之内", "以下")):
            bound = "≤"
        measure, least, most = _TAKES[found["unit"]]
        count = Decimal(found["count"])
        stretch, around = goal[start:end], f"{before}{behind}"
        yield _Length(stretch, around, measure, count * least, count * most, bound)


def _asked(row: IndicatorRow) -> _Length | None:
    """The length that an indicator asks for."""
    number = row["high"] if row["high"] is not None else row["low"]
    if not isinstance(number, Decimal):
        return None
    takes = _TAKES.get(row["unit"] or count_unit(str(row["level3"] or "")))
    if takes is None or (row["low"] is not None and row["high"] not in (None, row["low"])):
        return None
    return _Length("", "", takes[0], number * takes[1], number * takes[2], row["operator"] or "")


def _differ(told: _Length, asked: _Length, factors: set[Decimal]) -> bool:
    """Whether two lengths cannot both be, also where one is so many times the other."""
    if told.least <= asked.most and asked.least <= told.most:
        return False
    if told.bound == "≤" and asked.bound not in ("≥", ">") and asked.most < told.least:
        return False
    if told.bound == "≥" and asked.bound not in ("≤", "<") and asked.least > told.most:
        return False
    less, more = sorted((told.least, asked.least))
    return not less or more / less not in factors - {Decimal(1)}


def lasts_longer(project: ProjectRow) -> bool:
    """Whether a project has more than this year: more money in all, or a longer 项目期."""
    annual, total = project["annual_amount"], project["total_amount"]
    if isinstance(annual, Decimal) and isinstance(total, Decimal):
        return total > annual
    text = project["project_period"]
    period = read_period(text) if isinstance(text, str) else None
    return period is not None and period.months > _ONE_YEAR


def against_the_whole(row: IndicatorRow, project: ProjectRow) -> Literal["more", "equal"] | None:
    """How the year's target of a count contradicts that of the whole period beside it.

    It is more, or of something that is done once (新建, 改造) as much although the project has
    other years too.
    """
    whole = row.get("period_target_value")
    if is_blank(whole) or group_key(row["level2"]) != "数量" or row["kind"] != Kind.NUMERIC:
        return None
    other = parse_target(whole)
    numbers = _number(row), _number(other)
    if other.kind is not Kind.NUMERIC or (row["unit"] or "") != other.unit or None in numbers:
        return None
    if row["operator"] in ("≤", "<") or other.operator in ("≤", "<"):
        return None
    of_year, of_all = (number for number in numbers if number is not None)
    if of_year > of_all:
        return "more"
    is_whole = of_year == of_all > 1 and _DONE_ONCE.search(fold(row["level3"] or "")) is not None
    return "equal" if is_whole and lasts_longer(project) else None


def _number(target: IndicatorRow | TargetValue) -> Decimal | None:
    """The number that a target is about."""
    if isinstance(target, TargetValue):
        bounds = target.low, target.high
    else:
        bounds = target["low"], target["high"]
    return next((bound for bound in bounds if isinstance(bound, Decimal)), None)
