"""What the actual value of an indicator says beside its target: reached, short of it, or no number.

Only what can be compared is judged: a target with a number or a date, one result in a unit that
measures the same. Units that are counted alike (次, 场) are left to people.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum

from perfgoals_xl.form.evaluation.reaching import factors, is_day
from perfgoals_xl.form.evaluation.scoring import Method, method_of, points
from perfgoals_xl.form.evaluation.scoring_settings import Equal, Scoring
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import Kind, TargetValue, is_nothing, mask_in, parse_target
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS, SATISFACTION
from perfgoals_xl.form.text import UNCALCULATED, fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import group_at
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line

_NUMBERED = frozenset({Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE})
# What is measured, by the first unit of each measure; days and months are lengths of time alike.
_MEASURED = {
    "%": "比率",
    "百分点": "比率",
    "个百分点": "比率",
    "元": "金额",
    "人": "人数",
    "天": "时长",
    "个月": "时长",
    "个工作日": "时长",
    "秒": "时长",
    "米": "长度",
    "平方米": "面积",
    "亩": "面积",
    "公顷": "面积",
    "立方米": "体积",
    "公斤": "重量",
}
_COUNTED = re.compile(r"[次场期批户家所台套件个份篇条处座盏株辆项名位人头只册]")
_DIGIT = re.compile(r"\d|[一二两三四五六七八九十百]{1,3}[次场期批户家所台套件个份篇条处座项名位人]")
_DONE = re.compile(
    r"(?:已|均|均已|都已|已全部|全部|全面|基本|按时|按期|按质按量|如期|正在|已经|正常|稳步|有序|持续|按计划|按进度)*"
    r"(?:完成|达成|达到|达标|实现|落实|完工|执行|合格|符合(?:要求|标准)|推进中?|开展中?|进行中?)(?:情况)?(?:良好|较好|好)?"
    r"(?:目标|指标|任务|预期目标|年度目标|年度任务|预期|年度指标|要求)?(?:值|任务|工作)?"
    r"|(?:未|尚未|没有|未能)(?:完成|达成|达到|达标|实现|开展)(?:目标|指标|预期目标|年度目标)?"
    r"|是|否|好|较好|良好|优|优秀|合格|[√✓×]|一般|正常|高|较高|同上|满意|比较满意|很满意|非常满意|有效|部分完成"
)
_LONGEST_WORD = 12
_LATE = ("效益指标", "满意度指标")
_SIGNS = ("≥", "≤", ">", "<")


class Outcome(StrEnum):
    """How a result stands to its target."""

    MET = "met"
    SHORT = "short"  # not reached, or a ceiling or a date that was not kept
    UNKNOWN = "unknown"


class Misfit(StrEnum):
    """Why an actual value is none for a target with a number."""

    WORD = "word"
    UNIT = "unit"
    DATE = "date"
    SIGN = "sign"  # the target itself, with its ≥


def outcome(line: Line, column: str, scoring: Scoring, weight: Decimal = Decimal(100)) -> Outcome:
    """Whether what ``column`` says reaches the target of a row, as its points are scored.

    More than a target without a sign (12次) reaches it, and of one that says "=" that is not
    judged, but a cost is a ceiling.
    """
    target, text = line.target, line[column]
    if not isinstance(text, str) or is_blank(text) or is_nothing(text) or mask_in(text):
        return Outcome.UNKNOWN
    reached = parse_target(text)
    method = method_of(target, cost=line.is_cost)
    if method is Method.QUALITATIVE or _is_loose(target, reached):
        return Outcome.UNKNOWN
    if method is Method.EQUAL and _exceeds(target, reached):
        # Where only the number itself has points, more than it is left to people.
        lax = scoring.equal is not Equal.ALL_OR_NOTHING
        sure = lax and target.operator == "" and target.kind is not Kind.RANGE
        return Outcome.MET if sure else _UNKNOWN
    scored = points(target, reached, weight, scoring, cost=line.is_cost)
    if scored is None:
        return Outcome.UNKNOWN
    return Outcome.MET if scored >= weight else Outcome.SHORT


_UNKNOWN = Outcome.UNKNOWN


def _is_loose(target: TargetValue, reached: TargetValue) -> bool:
    """Whether two values should not be compared although they read as numbers.

    A result with a sign (≥95%) is no figure; a bare 100 beside a number of another size may be a
    percentage of what was to be done; 1:1 is no count.
    """
    if reached.operator or ":" in reached.unit or ":" in target.unit:
        return not is_day(reached)
    return not is_day(target) and _misfit_of_units(target, reached)


def _exceeds(target: TargetValue, reached: TargetValue) -> bool:
    pair = _pair(target, reached)
    return pair is not None and isinstance(target.high, Decimal) and pair[1] > target.high * pair[0]


def _pair(target: TargetValue, reached: TargetValue) -> tuple[Decimal, Decimal] | None:
    """What the bounds of the target are multiplied by, and the result beside them."""
    if not isinstance(reached.low, Decimal) or reached.low != reached.high:
        return None
    if target.kind not in _NUMBERED or reached.kind not in _NUMBERED:
        return None
    pairs = factors(target, reached)
    if len(pairs) != 1:
        return None
    ((factor, own),) = pairs
    return factor, reached.low * own


def share_of_target(line: Line, column: str) -> tuple[Decimal, Decimal] | None:
    """How much of a floor was done: the floor and the result in the floor's unit.

    None where the target is no floor, and where the two cannot be compared.
    """
    target, text = line.target, line[column]
    if not isinstance(text, str) or isinstance(target.low, dt.date):
        return None
    method = method_of(target, cost=line.is_cost)
    if method is Method.EQUAL and not (target.operator == "" and target.low == target.high):
        return None
    if method not in (Method.POSITIVE, Method.EQUAL):
        return None
    reached = parse_target(text)
    pair = None if _is_loose(target, reached) else _pair(target, reached)
    if pair is None or not isinstance(target.low, Decimal) or target.low <= 0 or not pair[0]:
        return None
    return target.low, pair[1] / pair[0]


def comes_later(line: Line, value: object) -> bool:
    """Whether nothing may be said in the middle of the year: of a day, a benefit, satisfaction.

    Of anything else a dash says so, a blank does not.
    """
    group = group_at(line["level1"], line["level2"])
    late = group in BENEFIT_GROUPS or group == SATISFACTION or line["level1"] in _LATE
    return late or is_day(line.target) or not is_blank(value)


def is_count(line: Line) -> bool:
    """Whether a target counts things one by one: no money, no percentage, no 万."""
    return re.search(r"[%‰元万亿]|百分点", line.target.unit) is None


def misfit(line: Line, column: str) -> Misfit | None:
    """Why what ``column`` says is no result for a target with a number; None where it may be."""
    target, text = line.target, line[column]
    if not isinstance(text, str) or is_blank(text) or is_nothing(text) or text == UNCALCULATED:
        return None
    if target.kind not in _NUMBERED or is_day(target) or mask_in(text):
        return None
    reached = parse_target(text)
    if is_day(reached):
        # 12个月 beside 2026年12月, and 20261120 beside a number, may be meant.
        is_time = _measured(target) == "时长" or not target.unit
        plain = re.fullmatch(r"[\d,.]+", fold(text))
        return None if is_time or plain else Misfit.DATE
    if reached.kind in _NUMBERED:
        if reached.operator in _SIGNS and _parts(reached) == _parts(target):
            return Misfit.SIGN
        return Misfit.UNIT if _misfit_of_units(target, reached) else None
    said = fold(text).strip("。.,;!")
    if _DIGIT.search(said) or len(said) > _LONGEST_WORD:
        return None  # A sentence may say it in its own way.
    return Misfit.WORD if _DONE.fullmatch(said) else None


def _parts(value: TargetValue) -> tuple[object, ...]:
    return value.operator, value.low, value.high, value.unit


def _misfit_of_units(target: TargetValue, reached: TargetValue) -> bool:
    """Whether two units measure different things for certain."""
    if not target.unit or not reached.unit or target.unit == reached.unit:
        return False
    if target.unit.partition("/")[0] == reached.unit.partition("/")[0]:
        return False
    own, its = _measured(target), _measured(reached)
    # 人 and 名 beside 个 or 户 may be counted for each other.
    return bool(own and its and own != its and {own, its} != {"人数", "数量"})


def _measured(value: TargetValue) -> str:
    if "/" in value.unit:
        return ""
    base = measure_of(value)[0]
    known = _MEASURED.get(base) or _MEASURED.get(fold(value.unit))
    if known:
        return known
    return "数量" if _COUNTED.match(base) else ""
