"""Reading of time: which years a text claims for its own work.

A year is *claimed* where the text promises something in it or by it: ``2026年11月底前``,
``2025年度完成采购``, ``25年年底前付清``, ``次年1月底``. A year is not claimed where it only
belongs to a name or a comparison: a document number 〔2021〕83号, a standard LY/T 2188—2013, a
title in 《》, a plan period (2021年-2025年), a baseline (≤2023年, 较2023年), or something of an
earlier year that the indicator is about (2023年确认的企业, 2025年结转资金). Where that cannot be
told, the year counts as not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from perfgoals_xl.form.text import fold

YEAR = r"(?:19|20)\d{2}"
DASH = r"(?:[-—–~]{1,4}|至|到)"
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

# Eight digits are a date unless a unit makes a number of them (20281105元, 20261200株).
COMPACT = re.compile(
    rf"(?<!\d)({YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d|[.,]\d"
    r"|[百千万亿]?[元吨斤克米升亩株棵羽尾只头人户]|[万亿]|公里|公斤|公顷|平方|立方|[个件册张台套份块粒袋盒次])"
)
_NO_TIME = re.compile(
    r"《[^》]{0,200}》"  # the title of a document
    rf"|[〔\[【(]{YEAR}[〕\]】)](?:第?\d+号)?"  # 〔2021〕83号
    rf"|{YEAR}年?第\d+号"
    # LY/T 2188—2013
    rf"|[A-Za-z]{{1,20}}(?:/[A-Za-z]{{1,20}})?-?\d{{1,12}}(?:[.\-]\d{{1,12}}){{0,6}}[-—–:]{YEAR}(?!年)"
    # A plan's period, before or behind its name.
    rf"|{YEAR}年?{DASH}{YEAR}年?[)”\"]?[^,。;、,]{{0,10}}?(?:规划|计划|方案|纲要|行动|五年|战略)"
    rf"|(?:规划|计划|方案|纲要|行动|战略|[一二三四五六七八九十]五)[”\"]?\({YEAR}年?{DASH}{YEAR}年?\)"
)
# Years of work that run from autumn to summer by their nature.
_ACROSS = re.compile(r"年?度?(?:学年|采暖|供暖|供热|取暖|冬春|冬季|越冬|榨季|雪季|秋冬)")

_RANGE = re.compile(
    rf"(?<!\d)(?P<first>{YEAR})(?:[-/.]\d{{1,2}}){{0,2}}[^,。;、\-—–~至到]{{0,9}}?{DASH}(?P<last>{YEAR})"
    r"(?=年|[-/.]\d|学年|\)|$)"
)
_SINGLE = re.compile(
    rf"(?<![\d.])(?P<year>{YEAR})(?:年(?!限)|学年"
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
_INTENT = re.compile(
    r"^(?:度|全年|内|全年度|年底前)?(?:[^,。;、]{0,4}?(?:将|拟|计划(?!生育|单列)|预计|力争)"
    r"|,(?:[我本全][^,。;、]{1,3}?)?(?:将(?![军要])|拟|力争|计划(?!生育|单列)|预计))"
)

# The year opens a clause; what follows is work, not what there is, was found or has been done.
_OPENS = re.compile(
    r"[。;,!?:、\n※]$|(?:^|[。;,:])(?:目标\d?|[(]?[一二三四五六1-9][)、.是]|计划|本项目|项目|于|在)+$"
)
_TOLD_OF_BEFORE = re.compile(
    r"[^。;!?]{0,40}?(?:已|了|曾|累计|共有|现有|原有|以来|同期|(?<!不)发生(?!率)|存在|统计|普查|排查出|获得(?!感)|获评|荣获"
    r"|被评|基础上|常住|人口|位于|今年|本年|当年)"
)
_WORK = re.compile(
    r"(?:年?度|全年|年?内|年?底前|1?\d月(?:底|份|末)?前?|第?[一二三四1-4]季度|[上下]半年)*,?[^,。;、]{0,6}?"
    r"(?:投入(?!产出)|安排(?!的)|完成(?!率|情况)|开展|实施|新建|改建|扩建|改造|建设|建成|培训|发放|采购|购置|组织|举办|提供|保障|维修|维护"
    r"|救助|补助|资助|慰问|支付|推进|设置|设立|安装|修缮|修建|硬化|铺设|栽植|营造|配备|配发|印制|监测|检测|清理|编制|创建|治理"
    r"|养护|修补|修复|运维|巡查|巡护|抽检|筛查|接种|排查|引进|培育|种植|补播|放流|清运|清淤|疏浚|更换|更新|升级"
    r"|供养|发放|收治|调解|编印|演出|创作|推广|拆除|搬迁|[为对向](?=[^\d约,。;]{2}))"
    # 2025年人口为32万 tells no work, 2025年，为65岁以上老人体检 does.
    r"|(?:年?度|全年|年内)?,[为对向给]"
)

# The year of what is kept going or brought to its end: 保障2025年系统运行, 完成2025年度养护任务.
_KEEPS = re.compile(
    r"(?:^|[。;,:、!?\n※.)是])(?:主要|用于|为了?|切实|有效|全力|全面|按[时期]|及时|进一步|顺利|以|组织|继续)*"
    r"(?:保障|保证|确保|维持|做好|满足|完成|开展|抓好)"
    r"(?:[\u4e00-\u9fff]{0,8}(?:[局院委办厅校站]|中心|单位|部门|机关|[全我][县市区省镇乡]))?$"
)
_KEPT = re.compile(
    r"(?:年?度|全年|年内)?[^,。;、]{0,20}?(?:运[转行维]|工作|任务|开展|供[水暖电热气应]|养护|保洁|管护|维护"
    r"|防汛|防火|服务|监测|检测|巡查|培训|稳定|安全|顺利|正常)"
)
# Work by a day of it, which is yet to come: 确保2025年底前完成, not 截至2025年底.
_BY_THEN = re.compile(
    r"(?:年?度|年)?(?:[底末]|1?\d月(?:[底末份]|[0-3]?\d[日号])?|[上下]半年)(?:之?前|以前)"
    r"[^,。;、]{0,4}?(?:完成|建成|实现|竣工|完工|投入使用|全部|达到)"
)
_BEFORE_THEN = re.compile(r"(?:^|[。;,:、!?\n※.)是]|确保|力争|计划|预计|拟|将|要)(?:于|在|到)?$")
# Projects, groups of people and debts that go by their year.
_GOES_BY_YEAR = re.compile(
    r"^[^,。;、]{0,24}?(?:项目|工程(?!质量)|批次|计划(?!生育)|(?<!经)费|款|补[助贴]|工资|奖[励金]|津贴|待遇|报酬|欠|债券|总结|汇编"
    r"|年鉴|公报|报告|归?档)"
    r"|^(?:年?度)?(?:新|退役|毕业|入伍|转业|高考|脱贫|出生|在册)"
)

# What a goal begins with is its time where figures follow: 2025年补播草原4000亩.
_FIGURES = re.compile(r"(?:年?度|全年)?(?:,[\u4e00-\u9fff]{1,24}?|[\u4e00-\u9fff]{2,24}?)\d")

# Characters; more than any of these patterns looks at.
_REACH = 60
_MAY_CLAIM = re.compile(r"\d{2}|次年|明年|翌年|来年|下一?年")


@lru_cache(maxsize=16384)
def without_names(plain: str) -> str:
    """A folded text with the numbers of documents, standards and plans blanked out, in place."""
    return _NO_TIME.sub(lambda found: "※" * len(found[0]), plain)


@lru_cache(maxsize=65536)
def claims(text: str, plan_year: int, voice: Voice = Voice.VALUE) -> tuple[Claim, ...]:
    """The years that ``text`` claims, in the order of the text.

    ``plan_year`` is what 次年 and a year of two digits are counted from.
    """
    if _MAY_CLAIM.search(text) is None:
        return ()
    plain = without_names(COMPACT.sub(r"\1-\2-\3", fold(text)))
    return tuple(_claims(plain, plan_year, voice))


def _claims(plain: str, plan_year: int, voice: Voice) -> Iterator[Claim]:
    if voice is Voice.GOAL:
        yield from _claims_of_goal(plain, plan_year)
        return
    ranges = list(_RANGE.finditer(plain))
    for found in ranges:
        first, last = int(found["first"]), int(found["last"])
        before, behind = around(plain, found)
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
        before, behind = around(plain, found)
        if _is_claim(before, behind, voice):
            school = found[0].endswith("学年")
            last = max(year, min(year + 1, plan_year)) if school else year
            yield Claim(year, last, found[0] + _tail(behind))
    for found in _SHORT.finditer(plain):
        year = 2000 + int(found["short"])
        if abs(year - plan_year) <= _SHORT_PLACES:
            before, behind = around(plain, found)
            if _is_claim(before, behind, voice):
                yield Claim(year, year, found[0] + _tail(behind))
    for found in _NEXT.finditer(plain):
        yield Claim(plan_year + 1, plan_year + 1, found[0] + _tail(around(plain, found)[1]))


def around(plain: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a year, as far as it may say something about it."""
    start, end = found.span()
    return plain[max(0, start - _REACH) : start], plain[end : end + _REACH]


def _claims_of_goal(plain: str, plan_year: int) -> Iterator[Claim]:
    # A goal that speaks of the plan year too tells the story of the whole project.
    if str(plan_year) not in plain:
        told = {int(found["year"]) for found in _SINGLE.finditer(plain)}
        for found in _SINGLE.finditer(plain):
            year = int(found["year"])
            before, behind = around(plain, found)
            if _INTENT.match(behind) and not _SINCE.search(before):
                yield Claim(year, year, found[0])
            elif len(told) == 1 and _is_time_of_work(before, behind):
                yield Claim(year, year, found[0] + _tail(behind))
    for found in _BOTH_YEARS.finditer(plain):
        yield Claim(plan_year, plan_year + 1, found[0])


def _is_time_of_work(before: str, behind: str) -> bool:
    """Whether a year is told as the time of the work: 2025年，为全县…提供…; 保障2025年…运行."""
    if _TOLD_OF_BEFORE.match(behind) or _is_aside(before, behind, Voice.NAME):
        return False
    if _BY_THEN.match(behind) and _BEFORE_THEN.search(before):
        return True
    if _KEEPS.search(before) and _KEPT.match(behind) and not _GOES_BY_YEAR.match(behind):
        return True
    if before and _OPENS.search(before) is None:
        return False
    return (not before and _FIGURES.match(behind) is not None) or _WORK.match(behind) is not None


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
