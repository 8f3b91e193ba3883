"""Values in words: nothing to measure by, empty comparisons, repetitions, sentences (V04, V10, V13,
V14). Every value in words gets at most one of these."""

from __future__ import annotations

import re
from functools import lru_cache

from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS, COST_GROUPS, SATISFACTION
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.evidence.exact_words import is_exact
from perfgoals_xl.review.evidence.indicator_text import (
    ACCEPTANCE,
    COMPLAINTS,
    answers,
    bare,
    group_of,
    has_number,
    head,
    is_open,
    letters,
    named,
    without_years,
)
from perfgoals_xl.review.evidence.likeness import pairs_of
from perfgoals_xl.review.findings import Hit, Verdict
from perfgoals_xl.review.row_rules import IndicatorJudge, JudgedIndicator, indicator_rule
from perfgoals_xl.review.rules.targets.target_units import is_graded_rate

_WORDS = frozenset({Kind.QUALITATIVE, Kind.TEXT, Kind.REFERENCE})

# --- comparisons ---------------------------------------------------------------------------------

_COMPARES = re.compile(
    r"(?:较|比|同|与)(?:去年|上年|上一?年度?|前一?年|往年|历年|以往|同期|基期|(?:项目)?实施前"
    r"|(?:19|20)\d\d年)|同比|环比|(?:去年|上年)同期|(?:下降|降低|减少|增长)(?:率|幅度|比例)$|[降增涨]幅$"
)
# A count or a rate that goes down: 死亡率下降, 事故起数下降. 质量 and 力量 are no counts.
_COUNT_FALLS = re.compile(
    r"(?:率|人数|起数|次数|件数|例数|总数|总量|数量|[用耗放访生]量)(?:有所|持续|明显|显著|逐年|逐步|稳步|大幅|同步|进一步|得到)*"
    r"(?:下降|降低|减少)$"
)
# What is counted or measured, at the end of a name: how much it changes can be said in numbers.
# 效率 and 质量 are no measures, and what ends in 能力 or 水平 is a general effect.
_MEASURE = re.compile(
    r"(?:(?<!效)率|比例|占比|比重|百分比|(?<!参)(?<!岁)数|(?<![质力能考体胆])量|[金总余税销]额|(?:营业|交易|成交|贸易|消费)额"
    r"|(?<!准)(?<!进)(?<!年)收入(?:水平)?|产值|产能|利润|税收|成本|费用|开支|损失|工资|人口|存栏|出栏|面积|里程|浓度|盖度"
    r"|(?:出行|办理|等待|等候|通行|响应|审批)时间|时长|(?:事故|投诉|信访|上访|案件|纠纷|警情|火灾|排放|发案)(?:发生)?)$"
)
_CHANGED = (
    r"(?:减少|下降|降低|减轻|压减|缩短|节省|节约|增长|增加|上升|递增|递减|提高|提升|增多"
    r"|改善|扩大|增收)"
)
_HOW_MUCH = (
    r"(?:有所|持续|明显|显著|逐年|逐步|逐渐|稳步|稳定|大幅度?|不断|进一步|有效|较大|适度|得到"
    r"|实现|切实|同步|不同程度|一定程度)"
)
_TRENDS = re.compile(rf"{_HOW_MUCH}*{_CHANGED}(?:明显|显著|趋势)?")
_DEGREE = re.compile(r"(?:较为|比较|非常|十分|效果)?(?:明显|显著|有所|较大)")
_CHANGE_AROUND = re.compile(rf"^{_HOW_MUCH}*{_CHANGED}|{_HOW_MUCH}*{_CHANGED}$")
# By a bound the comparison is exact: ≤2023年, 不高于上年, 与上年持平.
_BOUND = re.compile(r"[<>=≤≥]|[不低高少多大小]于|不超过|持平|不增加|不减少|零增长")

# --- words that say how good something is ------------------------------------------------

_GRADE = re.compile(
    r"(?:达到|达|不低于|为|评[为定]为?|被评为|考核|评价|评定|验收|结果|等[级次]|[:]){0,6}"
    r"(?:优秀?|良好?|中等?|合格|及格|优良|[一二三四五六甲乙丙丁特][级类等]|[ⅠⅡⅢⅣⅤIVXA-E]{1,4}[级类等+]*|[1-5]A级?)"
    r"[坝堤水路房级类等星标次准水平\u4e00-\u9fff]{0,3}?(?:标准|水平|等次|等级|档次)?(?:及其?以上|或以上|以上)?"
)
# In place of satisfaction: M03 speaks of them.
_OR_BETTER = re.compile(r"以上|[≥>]|不低于|不少于")
_TREND = re.compile(r"持续|有效|有所|稳步|不断|显著|明显|逐步|逐年|进一步|大幅|切实|长期|充分")
_STANDARD = re.compile(r"^(?:符合|满足|达到|遵守|执行).*(?:要求|标准|规范|规定|条件|需求|需要)$")
_QUOTED = re.compile(r"《[^》]*》")
_CLAUSES = re.compile(r"[,;。、:]")
_RUNNING_CLAUSES = re.compile(r"[,;。:]")
_DIGITS = re.compile(r"\d|百分之")
_VERB = re.compile(
    r"(?:进一步|有效|切实|充分|不断|持续|全面|积极|大力|着力|努力)?(?:提高|提升|增强|加强|强化|促进|推动|推进|保障|确保|保证"
    r"|维护|减少|降低|改善|提供|提出|完成|实现|形成|建立|健全|带动|优化|防止|避免|防范|助力|落实|解决|缓解|满足|丰富|扩大|加快"
    r"|做好|开展|严格|发挥|营造|巩固|创造|引导|培养|支持|服务|帮助)"
)
_RUNNING = re.compile(r"由于|通过|为了?|使|让|按照|根据|对于|因")
_LONG_KINDS = frozenset({Kind.TEXT, Kind.COMPOSITE, Kind.NUMERIC, Kind.PERCENT, Kind.DATE})
_EFFECT = re.compile(
    r"^(?:以|从而|进而|并|且)?(?:进一步|有效|切实|充分|不断|持续|全面|积极|着力|努力)*(?:提高|提升|增强|促进|推动|保障|确保|保证|维护|改善|带动"
    r"|优化|防范|避免|助力|解决|缓解|满足|丰富|营造|巩固)[\u4e00-\u9fff]{3,}"
)
_SHORTEST_SENTENCE = 9
_LONG_SENTENCE = 20
_SHORTEST_RUNNING = 14
_SHORTEST_CLAUSE = 4

# --- repetitions ---------------------------------------------------------------------------

# Degrees (显著, 明显, 有所) and trends (持续, 稳步) are more than that the thing is done.
_DONE_SO = re.compile(
    r"(?:已|得到|有效|切实|充分|进一步|不断|全面|及时|积极|基本|实现)*"
    r"(?P<verb>化解|完善|健全|建立|落实|规范|保障|维护|防范|消除|解决|加强|强化|推进|推动|促进|提供|开展|完成"
    r"|巩固|夯实|支持|引导|满足|确保|保证)(?:到位|完成|好|了)?"
)
# What a value says again alone, in one of the words that mean the same: 改善办学条件 | 改善,
# 便利程度 | 方便, 文化生活丰富程度 | 得到丰富. With a degree or a trend it says more.
_SAME_WORDS = (
    "改善|改观|改进", "提高|提升", "增强|加强", "丰富", "方便|便利|便捷|便民|便于", "优化", "美化",
    "扩大|拓展|拓宽", "缓解|减轻", "完善|健全", "促进|推动|推进", "畅通", "繁荣", "巩固", "发展",
)  # fmt: skip
_ONLY_SO = r"(?:已经?|将|能够?|可以?|予以|进行|得到|得以|实现|达到|获得|有效|切实|均|都)*"
_ALONE = tuple(re.compile(rf"{_ONLY_SO}(?:{words})(?:了)?") for words in _SAME_WORDS)
# 制度健全性 = 健全 is the verdict that such a name asks for.
_OF_IT = r"(?:的)?(?:情况|状况|程度|效果|成效|作用|水平|度|(?<!健全)(?<!完善)性)?"
_ASKED = tuple(
    re.compile(
        rf"^(?:进一步|有效|切实|持续|不断|显著|明显|逐步|全面|大力|积极)*(?:{words})|(?:{words}){_OF_IT}$"
    )
    for words in _SAME_WORDS
)
_SHORTEST_REPEAT = 4
_LIKENESS = 0.65
_SHORTEST_ALIKE = 6


def _words_rule(row: JudgedIndicator) -> str | None:
    """The one rule that speaks of a value in words; None where there is none."""
    if not is_open(row):
        return None
    code = _rule_of(row["level3"], row["target_value"], row["kind"], group_of(row))
    # 达标率 = 达标: V06 tells that it is no percentage.
    return None if code == "V04" and is_graded_rate(row) else code


@lru_cache(maxsize=32768)
def _rule_of(name: str, value: str, kind: str, group: str | None) -> str | None:
    if answers(name, value):
        return None
    no_number = not has_number(kind, value)
    # Where a quantity or an amount was wanted, V03 and C01 say what is missing.
    if no_number and (group == "数量" or group in COST_GROUPS):
        return None
    if letters(name) and letters(name) == letters(value):
        return "V13"
    if (
        not no_number
        and kind in _LONG_KINDS
        and group not in ("数量", "时效")
        and _tells_effects(bare(value))
    ):
        return "V14"
    if kind == Kind.DATE:
        return "V13" if _repeats(name, value) else None
    if kind not in _WORDS or not no_number:
        return None
    if _is_empty_comparison(bare(name), bare(value)):
        return "V10"
    if (
        group != SATISFACTION
        and group not in ("质量", "时效")
        and _is_trend(bare(name), bare(value))
    ):
        return "V10"
    if _repeats(name, value) or _says_its_verb(letters(head(name)), letters(value)):
        return "V13"
    if _GRADE.fullmatch(bare(value)) or kind == Kind.REFERENCE or is_exact(group, bare(value)):
        return None
    if group in ("质量", "时效"):
        return "V04"
    if _is_sentence(bare(value)):
        return "V14"
    if group == SATISFACTION:
        told = name + value
        is_other = COMPLAINTS.search(told) or ACCEPTANCE.search(told)  # of which M03 speaks
        return None if is_other or _OR_BETTER.search(value) else "V04"
    return "V04" if group in BENEFIT_GROUPS else None


def _is_empty_comparison(name: str, value: str) -> bool:
    if _BOUND.search(value):
        return False
    if _COMPARES.search(name) or _COMPARES.search(value):
        return True
    # 意外事件发生率 = 下降 is what 意外事件发生率下降 is.
    return any(_COUNT_FALLS.search(text) for text in (name, value, name + value))


@lru_cache(maxsize=16384)
def _is_trend(name: str, value: str) -> bool:
    """Whether a value only says which way a count, a rate or an amount goes: 收入 = 持续增加."""
    around = _CHANGE_AROUND.search(name)
    if not _TRENDS.fullmatch(value) and not (around and _DEGREE.fullmatch(value)):
        return False
    return _MEASURE.search(_CHANGE_AROUND.sub("", head(name))) is not None


def _repeats(name: str, value: str) -> bool:
    """Whether a value without a number says again what the name says."""
    name, value = letters(without_years(name)), letters(without_years(value))
    if len(value) < _SHORTEST_REPEAT or any(c.isdigit() for c in value) or _TREND.match(value):
        return False
    if name.startswith(value[:2]) and _in_order(value, name):
        return True
    if min(len(name), len(value)) < _SHORTEST_ALIKE:
        return False
    a, b = pairs_of(name), pairs_of(value)
    return 2 * len(a & b) / (len(a) + len(b)) >= _LIKENESS


def _says_its_verb(name: str, value: str) -> bool:
    """Whether a value only says that what the name asks for is done: 化解矛盾, 有效化解."""
    found = _DONE_SO.fullmatch(value)
    if found is not None and name.startswith(found["verb"]) and len(name) > len(value) - 2:
        return True
    return any(
        alone.fullmatch(value) and asked.search(name)
        for alone, asked in zip(_ALONE, _ASKED, strict=True)
    )


def _in_order(part: str, whole: str) -> bool:
    characters = iter(whole)
    return all(character in characters for character in part)


@lru_cache(maxsize=16384)
def _is_sentence(value: str) -> bool:
    """Whether words are a statement of work or effect rather than a state."""
    if _STANDARD.match(value):
        return False
    text = _QUOTED.sub("《》", value)
    if len(text) >= _LONG_SENTENCE:
        return True
    clauses = [clause for clause in _CLAUSES.split(text) if len(clause) >= _SHORTEST_CLAUSE]
    if len(clauses) > 1 and any(_VERB.match(clause) for clause in clauses):
        return len(text) > _SHORTEST_SENTENCE
    if len(text) < _SHORTEST_SENTENCE:
        return False
    return bool(_VERB.match(text) or _RUNNING.match(text))


@lru_cache(maxsize=16384)
def _tells_effects(value: str) -> bool:
    """Whether a text with figures is running text all the same: work done, and what it is for.

    One of its clauses tells an effect without a figure of its own.
    """
    text = _QUOTED.sub("《》", value)
    clauses = _RUNNING_CLAUSES.split(text)
    if len(text) < _SHORTEST_RUNNING or len(clauses) < 2:
        return False
    return any(_EFFECT.match(clause) and not _DIGITS.search(clause) for clause in clauses)


def _judge(code: str) -> IndicatorJudge:
    def check(row: JudgedIndicator) -> Verdict:
        if _words_rule(row) != code:
            return None
        if code == "V10" and not _is_empty_comparison(
            bare(row["level3"]), bare(row["target_value"])
        ):
            return Hit("target_value", named(row), "trend", Severity.WARNING)
        if code == "V04" and group_of(row) in BENEFIT_GROUPS:
            return Hit("target_value", named(row), "benefit", Severity.INFO, once=True)
        if code == "V04" and group_of(row) == SATISFACTION:
            return Hit("target_value", named(row), "satisfaction")
        return Hit("target_value", named(row))

    return check


CHECKS = tuple(indicator_rule(code, _judge(code)) for code in ("V04", "V10", "V13", "V14"))
