"""The words of 自评表 and 监控表: their titles, the columns of their tables, what stands below.

A heading is known by how it is built, because every province builds its own: ``1～7月执行数``,
``全年实际完成值``, ``调整后预算数（A）``. What is said of other years (上年完成值) is none.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from perfgoals_xl.form.column_labels import LONGEST_LABEL, plain_label
from perfgoals_xl.form.text import fold


class ReportKind(StrEnum):
    """Which of the year's other forms a form is."""

    EVALUATION = "evaluation"
    MONITORING = "monitoring"


class Part(StrEnum):
    """A column of an indicator table that a declaration does not have."""

    ACTUAL = "actual_value"
    FORECAST = "forecast_value"
    SCORE = "score"
    REASON = "reason"
    LIKELIHOOD = "likelihood"
    LIGHT = "light"


class FundPart(StrEnum):
    """A column of the funds."""

    INITIAL = "initial_budget"
    ANNUAL = "annual_budget"
    EXECUTED = "executed"
    FORECAST = "forecast_executed"
    BALANCE = "expected_balance"
    RATE = "execution_rate"
    WEIGHT = "weight"
    SCORE = "score"
    REASON = "execution_reason"


class Below(StrEnum):
    """What a form says of the whole project, mostly below its indicators."""

    TOTAL = "total_score"
    GRADE = "grade"
    CONCLUSION = "conclusion"
    PROBLEMS = "problems"
    MEASURES = "measures"
    LIGHT = "light"
    NOTE = "note"


SUMS_UP: Final = frozenset(
    (Below.TOTAL, Below.GRADE, Below.CONCLUSION, Below.PROBLEMS, Below.LIGHT)
)
"""What begins a row that stands below the last indicator."""
_MONTH: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# For when something was done: 1~7月, 截至7月底, 上半年, 前三季度.
_SO_FAR: Final = (
    rf"(?:(?:截至|截止|至)?(?:(?:19|20)\d\d年)?(?:{_MONTH}月?份?[-~—–－至到])?{_MONTH}月(?:份|底|末)?"
    rf"(?:\d{{1,2}}日)?|(?:截至|截止)?(?:目前|当前|期末)|上半年|半年|前?[一二三四1-4](?:[-~—–至][一二三四1-4])?季度)"
)
_YEAR: Final = r"(?:全年|年度|本年度?|当年|(?:19|20)\d\d年度?|年末|年底|年终|累计|总体)"
_PAST: Final = re.compile(r"上年|上一?年度|前年|[近前][两二三]年|历史|去年|以前|往年|基期|基准")
_DONE: Final = r"(?:完成|实现|达到|实施|执行|进展|落实)"
_OF_IT: Final = r"(?:指标值?|目标值?|绩效值?|值|数值?|情况|结果|程度|进度)"
_PARTS: Final = (
    (
        Part.LIKELIHOOD,
        r".{0,8}可能性|可能性.{0,6}|(?:能否|是否能|能不能)(?:按期|如期)?(?:完成|实现).{0,4}|预计(?:能否|是否)(?:完成|实现).{0,4}",
    ),
    (
        Part.FORECAST,
        rf"{_YEAR}?(?:预计|预期|预测)(?:{_YEAR})?(?:可|能)?{_DONE}{_OF_IT}?|{_YEAR}?预测值|{_YEAR}预计值",
    ),
    (
        Part.ACTUAL,
        rf"(?:指标|目标|绩效|自评)?(?:{_SO_FAR}|{_YEAR})?(?:指标|目标)?(?:实际)?{_DONE}{_OF_IT}"
        rf"|(?:{_SO_FAR}|{_YEAR})?实际(?:{_DONE}|{_OF_IT})+|(?:{_SO_FAR}|{_YEAR}){_DONE}"
        r"|(?:指标|目标|绩效)实际(?:完成|达到)?值|自评(?:完成|实际)值|完成结果|完成指标值|(?:实际|年度)?业绩值",
    ),
    (
        Part.SCORE,
        r"(?:单位|部门|项目|实际|指标|评价|自评|最终|绩效)*(?:得分|评分|自评分)(?:数|值)?|自评分数",
    ),
    (
        Part.REASON,
        r"(?:未完成|偏差|偏离|扣分|未达标|未达成|差异|未实现)(?:的)?(?:情况|程度)?(?:原因|分析|说明).{0,12}"
        r"|原因(?:分析|说明)?(?:(?:及|和|与)?(?:拟采取的)?(?:改进|整改)措施)?|(?:改进|整改)措施"
        r"|(?:拟|下一步)(?:采取)?(?:的)?(?:改进|整改|应对)?措施"
        r"|偏差情况(?:说明)?|未完成.{0,4}原因.{0,10}",
    ),
)
_LIGHTS: Final = re.compile(r"(?:监控|绩效|执行)?(?:预警|亮灯|灯号)(?:情况|状态|结果|灯)?|红黄绿灯")
_PART_PATTERNS: Final = (
    *((part, re.compile(pattern)) for part, pattern in _PARTS),
    (Part.LIGHT, _LIGHTS),
)
# How much of the target was reached: the value that was reached where a form has no other.
_RATE_DONE: Final = re.compile(rf"(?:{_YEAR}|{_SO_FAR})?(?:指标|目标|实际)?完成(?:率|比例)")

_MONEY_DONE: Final = r"(?:执行|支出|决算|支付|使用)"
_SUM: Final = r"(?:数额?|额|金额|资金|总额)"
_FUNDS: Final = (
    (FundPart.RATE, r".{0,10}(?:执行|支出|支付|使用|完成)(?:率|比例|进度)"),
    (FundPart.BALANCE, r"(?:全年|年末|年底)?(?:预计)?(?:全年|年末|年底)?(?:结余|结转|剩余).{0,4}"),
    (
        FundPart.FORECAST,
        rf"(?:{_YEAR})?(?:预计|计划)(?:{_YEAR})?(?:资金|预算)?{_MONEY_DONE}{_SUM}?",
    ),
    (FundPart.WEIGHT, r"(?:(?:资金|预算)*执行率?)?(?:分值|权重|满分|标准分)|分数"),
    (
        FundPart.SCORE,
        r"(?:自评|实际|单位|最终|(?:资金|预算)*(?:执行|支出)率?)*(?:得分|评分)(?:数|值)?|(?:单位)?自评分数?",
    ),
    (
        FundPart.EXECUTED,
        rf"(?:{_SO_FAR}|{_YEAR})?(?:预算|资金|实际|累计|财政)*{_MONEY_DONE}{_SUM}?"
        rf"|实际(?:支出|执行).{{0,2}}|{_SO_FAR}{_MONEY_DONE}情况",
    ),
    (
        FundPart.INITIAL,
        rf"(?:年初|批复|预算批复|初始|原)(?:预算|批复|安排|下达)*{_SUM}?",
    ),
    (
        FundPart.ANNUAL,
        rf"(?:{_YEAR})?(?:调整后|全年|年度|最终|现)?(?:调整后?)?(?:项目)?预算(?:调整|安排)?(?:后)?{_SUM}?"
        rf"|(?:预算)?调整(?:后)?(?:的)?(?:预算)?{_SUM}?|全年安排数",
    ),
    (
        FundPart.REASON,
        r"(?:未执行|偏差|执行率)?.{0,4}原因.{0,12}|备注|说明",
    ),
)
_FUND_PATTERNS: Final = tuple((part, re.compile(pattern)) for part, pattern in _FUNDS)
_INSIDE: Final = re.compile(r"\((调整后?|批复|安排|下达|追加后?)\)")
# Of several budgets the one that was last adjusted is the year's.
_ADJUSTED: Final = ("调整后", "全年", "调整", "最终")

_BELOW: Final = (
    (
        Below.TOTAL,
        r"(?:指标)?(?:总分|合计|总计|总得分|得分合计|自评总分|自评得分|综合得分|综合评分|总评分|自评总得分|绩效自评得分|评价得分|项目得分|合计得分|自评分"
        r"|(?:自评|得分|指标)?(?:总分|合计|总计|总得分)[()]*(?:总分|合计|总计|得分|总得分)[()]*)",
    ),
    (Below.LIGHT, r"(?:项目|总体|综合)(?:监控|绩效)?(?:预警|亮灯|灯号)(?:情况|状态|结果|灯)?"),
    (Below.GRADE, r".{0,6}(?:评价|自评|绩效|评定|评分)?等[级次]"),
    (Below.CONCLUSION, r".{0,6}(?:评价|自评)(?:结论|结果|意见)"),
    (Below.PROBLEMS, r"(?:项目|绩效|资金|主要)*(?:存在|发现)(?:的)?(?:主要)?问题.{0,8}"),
    (
        Below.MEASURES,
        r"(?:下一步|拟采取的?|具体|主要|今后)*(?:改进|整改)(?:的)?(?:措施|建议|意见).{0,8}|(?:有关|相关|意见)建议",
    ),
    (
        Below.NOTE,
        r"备注|(?:情况|自评|补充|特殊|有关情况)?说明(?:事项)?|其他(?:需要)?说明的?(?:问题|事项|情况)?|需要?说明的(?:问题|事项|情况)",
    ),
)
_BELOW_PATTERNS: Final = tuple((part, re.compile(pattern)) for part, pattern in _BELOW)

# What stands beside a goal: how far it was reached. 预算执行情况 heads the funds.
_RESULT: Final = re.compile(
    r"(?!.*(?:预算|资金|支出|指标))(?:"
    r".{0,10}(?:完成|实现|达成|目标执行|任务执行)(?:的)?(?:情况|结果|效果)(?:综述|说明|概述|描述|简述)?"
    # 按计划完成 is what somebody answers.
    r"|(?:全年|年度|实际|目标|本年|年终|总体)+(?:完成|实现))"
)
_TOTAL_OF_FUNDS: Final = re.compile(
    r"(?:年度|本年|当年|全年|项目|预算)*(?:资金)?(?:总额|合计|总计|总量)|项目资金|年度资金|资金"
)
_REPORT_TITLE: Final = re.compile(
    r"(?:自评|监控|跟踪|执行情况|完成情况|绩效评价)(?:情况|结果|得分|信息)?(?:一览|汇总|统计)?(?:表|报告)"
)
_LONGEST_TITLE: Final = 60
_EVALUATION: Final = re.compile(r"自评|绩效(?:目标)?(?:完成情况|评价)|(?:评价|评分)表")
_MONITORING: Final = re.compile(r"监控|(?:目标|绩效)(?:执行|运行)(?:情况)?(?:表|跟踪|监测)|跟踪表")
_NO_VALUE: Final = frozenset(("-", "—", "--", "——", "–", "/", "\\", "×", "─", "*", "———"))
_MONTHS: Final = {word: n for n, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
_MONTH_SAID: Final = re.compile(
    rf"{_MONTH}月?份?[-~—–－至到]({_MONTH})月|(?:截至|截止|至)(?:(?:19|20)\d\d年)?({_MONTH})月"
    rf"|({_MONTH})月(?:底|末)|(上半年|半年度?)|前?[一1]?[-~—–至]?([一二三四1-4])季度"
)
_HALF: Final = 6
_SUBTOTALS: Final = frozenset(("小计", "合计", "分项小计", "得分小计"))
_CHOICES: Final = re.compile("[□☐○☑√■]")
_SCORED: Final = ("得", "评", "总")


def _matched(value: object) -> str | None:
    """The words of a heading as they are compared; None for what is no heading."""
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return None
    # A heading may offer what is to be ticked below it: 完成目标可能性□确定能□有可能.
    word = plain_label(_CHOICES.split(value, maxsplit=1)[0])[0].rstrip("%")
    # The 分 of 得分 is no unit behind the label.
    return f"{word}分" if word.endswith(_SCORED) and f"{word}分" in fold(value) else word


@lru_cache(maxsize=4096)
def indicator_part(text: str) -> Part | None:
    """The column of the year's other forms that a heading of an indicator table names."""
    word = _matched(text)
    if word is None or is_past(word):
        return None
    return next((part for part, pattern in _PART_PATTERNS if pattern.fullmatch(word)), None)


def is_rate_done(text: str) -> bool:
    """Whether a heading asks how much of the target was reached: 完成率."""
    word = _matched(text)
    return word is not None and not is_past(word) and _RATE_DONE.fullmatch(word) is not None


def is_past(word: str) -> bool:
    """Whether a heading is about other years: 上年完成值."""
    return _PAST.search(word) is not None


@lru_cache(maxsize=4096)
def fund_part(text: str) -> FundPart | None:
    """The column of the funds that a heading names."""
    word = _matched(text)
    if word is None or is_past(word):
        return None
    # 全年（调整）预算数: what stands in brackets is a part of the words.
    word = _INSIDE.sub(r"\1", word)
    return next((part for part, pattern in _FUND_PATTERNS if pattern.fullmatch(word)), None)


def is_adjusted(text: str) -> int:
    """How surely a budget is the one that was last adjusted; less is more."""
    word = _matched(text) or ""
    found = (rank for rank, said in enumerate(_ADJUSTED) if said in word)
    return next(found, len(_ADJUSTED))


@lru_cache(maxsize=4096)
def below_part(text: str) -> Below | None:
    """What of the whole project a label names."""
    word = _matched(text)
    if word is None:
        return None
    return next((part for part, pattern in _BELOW_PATTERNS if pattern.fullmatch(word)), None)


@lru_cache(maxsize=4096)
def is_result(text: str) -> bool:
    """Whether a label asks how far the goal of the year was reached."""
    word = _matched(text)
    return word is not None and not is_past(word) and _RESULT.fullmatch(word) is not None


def is_total_of_funds(text: str) -> bool:
    """Whether a line of the funds is that of all sources."""
    word = _matched(text)
    return word is not None and _TOTAL_OF_FUNDS.fullmatch(word) is not None


def kind_of_title(text: str) -> ReportKind | None:
    """Which of the two forms a title names."""
    plain = fold(text)
    if _MONITORING.search(plain):
        return ReportKind.MONITORING
    return ReportKind.EVALUATION if _EVALUATION.search(plain) else None


def tells_grades(text: str) -> bool:
    """Whether a text beside a label says which grades there are: 优≥90　良≥80, □优 □良 □中 □差.

    A grade itself names one, perhaps with its points: 良好（85分）; 优良 is one as well.
    """
    named = set(fold(text)) & set("优良中差")
    return len(named) > 2 or (len(named) == 2 and any(c.isdigit() for c in text))


def is_report_title(title: str) -> bool:
    """Whether a title alone says that a form tells how far goals were reached: 自评表, 监控表.

    Stricter than :func:`kind_of_title`, which is asked of forms that hold results as well: 监控租赁
    and 含绩效评价要求 name no such form.
    """
    return len(title) <= _LONGEST_TITLE and _REPORT_TITLE.search(title) is not None


def month_said(text: str) -> int | None:
    """The last month that a title or a heading is about: ``1~7月``, ``截至7月底``, ``上半年``."""
    found = _MONTH_SAID.search(fold(text))
    if found is None:
        return None
    if found[4]:
        return _HALF
    if found[5]:
        return 3 * _MONTHS.get(found[5], int(found[5]) if found[5].isdigit() else 0)
    said = found[1] or found[2] or found[3]
    month = int(said) if said.isdigit() else _MONTHS.get(said, 0)
    return month if 1 <= month <= 12 else None


def is_subtotal(text: str) -> bool:
    """Whether a row of an indicator table only adds up those above it: 小计."""
    return fold(text).rstrip(":") in _SUBTOTALS


def is_no_value(text: str) -> bool:
    """Whether a text only says that there is nothing to be said: ``—``, ``/``."""
    return fold(text) in _NO_VALUE
