"""Reading of time: which years a text claims for its own work, and which periods it states.

A year is *claimed* where the text promises something in it or by it: ``2026年11月底前``,
``2025年度完成采购``, ``25年年底前付清``, ``次年1月底``. A year is not claimed where it only
belongs to a name or a comparison: a document number 〔2021〕83号, a standard LY/T 2188—2013, a
title in 《》, a plan period (2021年-2025年), a baseline (≤2023年, 较2023年), or something of an
earlier year that the indicator is about (2023年确认的企业, 2025年结转资金). Where that cannot be
told, the year counts as not claimed.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from perfgoals_xl.form.text import fold

_YEAR = r"(?:19|20)\d{2}"
_DASH = r"(?:[-—–~]{1,4}|至|到)"
_SHORT_PLACES = 5
"""How far from the plan year a year of two digits (25年底) may lie."""


class Voice(Enum):
    """What kind of text is asked; the more it narrates, the plainer a claim has to be."""

    VALUE = "value"  # a target value: a date in it is a target unless it is a baseline
    NAME = "name"  # a name: a date is a claim only together with what is to be done
    GOAL = "goal"  # running text: only an intention for that year


@dataclass(frozen=True, slots=True)
class Claim:
    """The years that one place of a text claims, and that place as written (blanks dropped)."""

    first: int
    last: int
    text: str


# -- what is no time -------------------------------------------------------------------------

_COMPACT = re.compile(rf"(?<!\d)({_YEAR})([01]\d)([0-3]\d)(?!\d)")
_NO_TIME = re.compile(
    r"《[^》]{0,200}》"  # the title of a document
    rf"|[〔\[【(]{_YEAR}[〕\]】)](?:第?\d+号)?"  # 〔2021〕83号
    rf"|{_YEAR}年?第\d+号"
    # LY/T 2188—2013
    rf"|[A-Za-z]{{1,20}}(?:/[A-Za-z]{{1,20}})?-?\d{{1,12}}(?:[.\-]\d{{1,12}}){{0,6}}[-—–:]{_YEAR}(?!年)"
    # A plan's period, before or behind its name.
    rf"|{_YEAR}年?{_DASH}{_YEAR}年?[)”\"]?[^,。;、,]{{0,10}}?(?:规划|计划|方案|纲要|行动|五年|战略)"
    rf"|(?:规划|计划|方案|纲要|行动|战略|[一二三四五六七八九十]五)[”\"]?\({_YEAR}年?{_DASH}{_YEAR}年?\)"
)
# Years of work that run from autumn to summer by their nature.
_ACROSS = re.compile(r"年?度?(?:学年|采暖|供暖|供热|取暖|冬春|冬季|越冬|榨季|雪季|秋冬)")

_RANGE = re.compile(
    rf"(?<!\d)(?P<first>{_YEAR})(?:[-/.]\d{{1,2}}){{0,2}}[^,。;、\-—–~至到]{{0,9}}?{_DASH}(?P<last>{_YEAR})"
    r"(?=年|[-/.]\d|学年|\)|$)"
)
_SINGLE = re.compile(
    rf"(?<![\d.])(?P<year>{_YEAR})(?:年(?!限)|学年"
    r"|(?=[-/.][01]?\d[-/.][0-3]?\d(?!\d))|(?=[-/.][01]?\d(?=[前底末止,。;)]|$)))"
)
_SHORT = re.compile(
    r"(?<![\d.≥≤<>=近满达约第约共超于过每为])(?P<short>[1-4]\d)年"
    r"(?=年?[底末初](?!线)|年?[上下]半年|年?内完成|1?\d月|度?(?:完成|支付|付清|竣工|开工|交付|拨付|验收))"
)
_NEXT = re.compile(
    r"(?:次年|明年|翌年|来年|下一?年度?)"
    r"(?=度?(?:年?[初底末中](?!线)|1?\d月|第?[一二三四1-4]季度|[上下]半年|内|之?前|完成|支付|付清))"
)
_BOTH_YEARS = re.compile(r"(?:今年|本年度?|当年)(?:和|与|及|以及|、)(?:明年|次年|来年|下一?年度?)")

# -- what stands around a year ---------------------------------------------------------------

_DETAIL = re.compile(
    r"^(?:年?度?(?:1?\d月(?:份|[0-3]?\d[日号])?|[-/.][01]?\d(?:[-/.][0-3]?\d)?|第?[一二三四1-4]季度"
    r"|[上下]半年|全年|年?[底末初]|内)*)(?:之前|以前|前|止)?"
)
_COMPARED = re.compile(r"(?:较|比|较之|相较于?|对比|对照|参照|基于|相当于)$")
_BOUNDED = re.compile(
    r"(?:[≤≥<>=]|[高低少多优好大小等]于|不[高低少多优大小等]于|不?超过?|不及|达到|保持|维持|以|与|和|同)$"
)
_BASELINE = re.compile(
    r"^(?:年?度?|年?[底末]|全年)的?(?:同期|水平|基数|基础|实际|底数|基准|数据|均值|平均|实绩|决算|持平"
    r"|为基|相比|相同|版|标准|价格|不变价|现价|数值|状况)"
)
_SINCE = re.compile(r"(?:自|从|始于|建于|成立于)$")
_SINCE_BEHIND = re.compile(r"^[^,。;、]{0,8}?(?:以来|起(?!草|重|步)|已|曾)")
# Something of a year that another year's work may well be about.
_SUBJECT = re.compile(
    r"结转|结余|尾款|余款|欠款|欠拨|欠付|未付|未支付|质保金|剩余|存量|遗留|续建|跨年|结算|决算|清算|审计"
    r"|考核|评价|绩效|确认|认定|公告|表彰|评选|获评|命名|统计|年报|招生|入学|毕业|下达|批复|立项|签订|规划"
)
_DEADLINE = ("前", "止", "底", "末", "月", "日", "号")
_MODIFIER = re.compile(r"^[^,。;、]{1,20}?的(?!$)")
_CLAUSE = re.compile(r"^[^,。;、]{0,24}")
_ACTS = re.compile(
    r"完成(?!率|情况|数|质量|度)|实现|达到|达标|建成|开展|实施|支付(?!率)|付清|拨付(?!率)|发放(?!率)|兑现"
    r"|提供|举办|组织|启动|开工|竣工|完工|交付|交工|投入使用|上线|[底末月日号]前|[底末]之前|以前|之前|计划"
)
_ACTS_BEFORE = re.compile(r"(?:举办|召开|开展|组织|承办|提供|实施|[于在])$")
_INTENT = re.compile(r"^(?:度|全年|内|全年度|年底前)?[^,。;、]{0,4}?(?:将|拟|计划|预计|力争)")

# Characters; more than any of these patterns looks at.
_REACH = 60
_MAY_CLAIM = re.compile(r"\d{2}|次年|明年|翌年|来年|下一?年")


@lru_cache(maxsize=65536)
def claims(text: str, plan_year: int, voice: Voice = Voice.VALUE) -> tuple[Claim, ...]:
    """The years that ``text`` claims, in the order of the text.

    ``plan_year`` is what 次年 and a year of two digits are counted from.
    """
    if _MAY_CLAIM.search(text) is None:
        return ()
    plain = _NO_TIME.sub(lambda found: "※" * len(found[0]), _COMPACT.sub(r"\1-\2-\3", fold(text)))
    return tuple(_claims(plain, plan_year, voice))


def _claims(plain: str, plan_year: int, voice: Voice) -> Iterator[Claim]:
    if voice is Voice.GOAL:
        yield from _claims_of_goal(plain, plan_year)
        return
    ranges = list(_RANGE.finditer(plain))
    for found in ranges:
        first, last = int(found["first"]), int(found["last"])
        before, behind = _around(plain, found)
        if first > last or _is_aside(before, behind, voice):
            continue
        if _ACROSS.match(behind) and last - first == 1:
            # Such a year belongs to the plan year that it touches.
            last = max(first, min(last, plan_year))
        yield Claim(first, last, found[0] + _tail(behind))
    in_ranges = {at for found in ranges for at in range(found.start(), found.end())}
    for found in _SINGLE.finditer(plain):
        if found.start() in in_ranges:
            continue
        year = int(found["year"])
        before, behind = _around(plain, found)
        if _is_claim(before, behind, voice):
            school = found[0].endswith("学年")
            last = max(year, min(year + 1, plan_year)) if school else year
            yield Claim(year, last, found[0] + _tail(behind))
    for found in _SHORT.finditer(plain):
        year = 2000 + int(found["short"])
        if abs(year - plan_year) <= _SHORT_PLACES:
            before, behind = _around(plain, found)
            if _is_claim(before, behind, voice):
                yield Claim(year, year, found[0] + _tail(behind))
    for found in _NEXT.finditer(plain):
        yield Claim(plan_year + 1, plan_year + 1, found[0] + _tail(_around(plain, found)[1]))


def _around(plain: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a year, as far as it may say something about it."""
    start, end = found.span()
    return plain[max(0, start - _REACH) : start], plain[end : end + _REACH]


def _claims_of_goal(plain: str, plan_year: int) -> Iterator[Claim]:
    # A goal that speaks of the plan year too tells the story of the whole project.
    if str(plan_year) not in plain:
        for found in _SINGLE.finditer(plain):
            year = int(found["year"])
            before, behind = _around(plain, found)
            if _INTENT.match(behind) and not _SINCE.search(before):
                yield Claim(year, year, found[0])
    for found in _BOTH_YEARS.finditer(plain):
        yield Claim(plan_year, plan_year + 1, found[0])


def _is_claim(before: str, behind: str, voice: Voice) -> bool:
    if _is_aside(before, behind, voice):
        return False
    if voice is Voice.VALUE:
        return True
    clause = _CLAUSE.match(behind)
    return bool(clause and _ACTS.search(clause[0][:14])) or bool(_ACTS_BEFORE.search(before))


def _is_aside(before: str, behind: str, voice: Voice) -> bool:
    """Whether the year is a baseline, a beginning, or says of which year something is."""
    if _COMPARED.search(before) or _SINCE.search(before) or _BASELINE.match(behind):
        return True
    if _BOUNDED.search(before) and not _tail(behind):
        return True  # ≤2023年 is a comparison, 不超过2023年10月 a deadline.
    if _SINCE_BEHIND.match(behind) or _MODIFIER.match(behind):
        return True
    if voice is Voice.VALUE and _tail(behind).endswith(_DEADLINE):
        return False
    clause = _CLAUSE.match(behind)
    return clause is not None and _SUBJECT.search(clause[0]) is not None


def _tail(behind: str) -> str:
    """What belongs to the date: its month and day, 底, 前."""
    found = _DETAIL.match(behind)
    return found[0] if found else ""


# -- periods ---------------------------------------------------------------------------------

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_COUNT = r"(?:\d{1,9}(?:\.\d{1,9})?|十[一二]|[一二两三四五六七八九十])"
_UNIT = r"(?:年|个?月|周|个?工作日|日|天)"
_DAYS = {"周": 7.0, "工作日": 1.4, "日": 1.0, "天": 1.0}
_DAYS_OF_A_MONTH = 365 / 12
_MONTHS = {"年": 12.0, "月": 1.0} | {unit: n / _DAYS_OF_A_MONTH for unit, n in _DAYS.items()}

_MONTH_OF = r"(?:[-/.年])(?P<{0}>1[0-2]|0?[1-9])(?!\d)(?:[-/.月](?P<{1}>[0-3]?\d)(?!\d))?"
_POINT = re.compile(rf"(?P<year>{_YEAR})(?:{_MONTH_OF.format('month', 'day')})?")
_TO_MONTH = re.compile(rf"{_DASH}(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日)?")
_SHORT_MONTH = re.compile(r"(?<!\d)([1-4]\d)年(?=1?\d月)")
_LENGTH = re.compile(rf"(?:{_COUNT}{_DASH})?(?P<count>{_COUNT})(?P<unit>{_UNIT})")


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
    plain = _COMPACT.sub(r"\1-\2-\3", fold(text))
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
        ours = _NOT_OURS.search(_around(plain, found)[0]) is None
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
    rf"{_YEAR}(?:年|[-/.]\d)|\d年|\d{{1,2}}月|\d{{1,2}}[日号]|季度|[上下]半年|[年月旬季周][底末初中终]|年内|月内|季内"
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
