"""The worksheet functions of the add-in: target values, amounts and checks in staff's formulas.

All are pure. An argument may be a single cell or a range (as a list of rows); the result is single
or has the size of the ranges. Nothing is raised: what cannot be worked out gives an error value
(``#VALUE!``, ``#N/A``, ``#NUM!`` of :mod:`.function_registry`) in its own cell. A blank cell gives
an empty text, for a blank is not a zero.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any

from perfgoals_xl.excel.functions.arguments import (
    CellError,
    once,
    result,
    rows_of,
    spread,
    text_in,
)
from perfgoals_xl.excel.functions.attainment import meets, score
from perfgoals_xl.excel.functions.cell_amounts import amount_in, cost_gap
from perfgoals_xl.excel.functions.function_registry import NOT_AVAILABLE, worksheet_function
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.text import is_blank

_TARGET = "指标值，如“≥95%”“不超过20万元”“2026年12月底前”。可以是一个单元格，也可以是一片区域。"
_YEAR = re.compile(r"(?:19|20)\d\d")


@worksheet_function(
    description="返回指标值的比较符号：≥、≤、>、<、=。“不低于”“以上”“不超过”“以内”等文字也认。"
    "只写数字、没有方向的返回空文本。",
    example='=PG_OPERATOR("不低于95%")',
    example_result="≥",
    text=_TARGET,
)
def PG_OPERATOR(text: Any) -> Any:
    """The sign of a target value, ``≥ ≤ > < =`` or an empty text."""
    return spread(lambda cell: parse_target(text_in(cell)).operator, text)


@worksheet_function(
    description="返回指标值中的数字，单位照原文不换算（95% 返回 95，20万元 返回 20）。"
    "有方向的返回界限，区间返回下限；日期返回期限的最后一天（请设日期格式）。文字、多个目标、没有数字的返回空文本。",
    example='=PG_NUMBER("不超过20万元")',
    example_result="20",
    text=_TARGET,
)
def PG_NUMBER(text: Any) -> Any:
    """The number of a target value in its own unit, or a date; an empty text where there is none.

    The bound that the sign speaks of, the lower one of a range, the last day of a period.
    """
    return spread(_number, text)


@worksheet_function(
    description="返回指标值的单位，照原文，如 次、%、万元、个月、元/人。没有单位的返回空文本。",
    example='=PG_UNIT("≥120人次")',
    example_result="人次",
    text=_TARGET,
)
def PG_UNIT(text: Any) -> Any:
    """The unit of a target value as written, or an empty text."""
    return spread(lambda cell: parse_target(text_in(cell)).unit, text)


@worksheet_function(
    description="返回指标值的类型，与汇总表“指标明细”的类型相同：数量、百分比、金额、区间、"
    "时间（日期、期限、工期）、定性、占位（无、/、***）、参照（与上年比）、多目标、文字。"
    "空白返回空文本。",
    example='=PG_KIND("持续提升")',
    example_result="定性",
    text=_TARGET,
)
def PG_KIND(text: Any) -> Any:
    """The kind of a target value in the words of the summary workbook; a blank has none."""
    return spread(_kind, text)


@worksheet_function(
    description="把写有金额的文字或数字换算成元或万元，返回数字。“不超过20万元”返回界限，区间返回上限，"
    "单价（元/人）只换算。没写单位的数按所填单位计。不是金额、有几个金额的返回 #VALUE!，"
    "空白返回空文本。",
    example='=PG_AMOUNT("不超过20万元","元")',
    example_result="200000",
    text="金额，如“5000元”“￥1,200.50”“≤20万元”，或者一个数。可以是一个单元格，也可以是一片区域。",
    unit="换算成什么单位：“元”或“万元”。不填为“万元”。",
)
def PG_AMOUNT(text: Any, unit: Any = None) -> Any:
    """An amount of money in ``unit`` (元, 万元), exact to the digits of a float.

    A number without a unit counts as being in ``unit``; ``#VALUE!`` for what is no amount.
    """
    return spread(lambda cell, to: result(amount_in(cell, to)), text, unit)


@worksheet_function(
    description="检查一条指标，返回最严重的一条校验结果（规则、问题、建议），没有问题或整行空白返回空文本。"
    "规则与“校验”相同，按默认设置；要与其他行、资金或项目期比对的规则不在此判断。"
    "二级指标不认识的返回 #VALUE!。",
    example='=PG_CHECK("数量指标","采购设备数量","12",2026)',
    example_result="V05 “采购设备数量”的指标值“12”没有计量单位。"
    "建议：请补上单位，如“≥120次”“95%”。",
    level2="二级指标，如“数量指标”“社会效益”，带不带编码、“指标”二字都可以。选一片区域时，"
    "空白格沿用上面一格（合并单元格）。",
    name="三级指标的名称，带不带“指标1：”都可以。",
    value="指标值，照表上写的；显示为百分比的数字单元格按所显示的百分比算。",
    year="计划年度，如 2026，用来判断日期。不填则不判断与年度有关的规则。",
)
def PG_CHECK(level2: Any, name: Any, value: Any, year: Any = None) -> Any:
    """The gravest finding on one indicator as a text, or an empty text.

    The judges are those of ``validate`` for indicator rows, under the default settings.
    """
    return once(lambda: spread(_check, _carried_down(level2), name, value, year))


@worksheet_function(
    description="年底实际完成值是否达到指标值，返回 TRUE 或 FALSE。"
    "元与万元、% 与小数（0.95）自动换算；没写单位的数按对方的单位；"
    "指标值没有方向的要相等，日期为按时完成。"
    "定性、参照、多目标、没填、单位不同、说不清的返回 #N/A，两格都空白返回空文本。",
    example='=PG_MEETS("≤20万元","198500元")',
    example_result="TRUE",
    target="年初的指标值，如“≥95%”“≤20万元”“2026年12月底前”。",
    actual="年底实际完成值，如“97.2%”、0.972、“18.6万元”、2026-11-20。",
)
def PG_MEETS(target: Any, actual: Any) -> Any:
    """Whether a year-end result reaches the target; ``#N/A`` where that cannot be judged."""
    return spread(_meets, target, actual)


@worksheet_function(
    description="按指标值和实际完成值计算得分。正向按比例，最多满分；反向达标得满分，"
    "未达标线性递减，到两倍为 0；没有方向的不足时按比例；时间按时得满分，否则 0 分；"
    "定性写完成档次，得 100%、70%、30%。说不清、没填、单位不同的返回 #N/A，全空白返回空文本。",
    example='=PG_SCORE("≤20万元","25万元",10)',
    example_result="7.5",
    target="年初的指标值，如“≥95%”“≤20万元”“2026年12月底前”“持续提升”。",
    actual="年底实际完成值，如“97.2%”、0.972、“18.6万元”、2026-11-20；"
    "定性的写“达成预期指标”“部分达成预期指标并具有一定效果”等。",
    weight="分值，一个数，如 10。",
    method="不填或“线性递减”为上面的算法；“按比值”：反向未达标按指标值除以完成值；"
    "“全有或全无”：没有方向的正好达到才得分。",
)
def PG_SCORE(target: Any, actual: Any, weight: Any, method: Any = None) -> Any:
    """The points of a year-end result; ``#N/A`` where they cannot be computed."""
    return spread(_score, target, actual, weight, method)


@worksheet_function(
    description="各项成本合计减去年度资金总额，返回差额：正数为超出，负数为不足，0 为相符。"
    "成本区域里的空白和“无”跳过，其余不是金额（含单价、***）的返回 #VALUE!；"
    "年度资金总额空白或成本全空白返回 #N/A。",
    example='=PG_COST_GAP({"200万元";"不超过90万元"},280)',
    example_result="10",
    cost_range="成本指标的指标值所在区域，合计成一个数；金额可以是文字或数字，元、万元可以混用。",
    annual_amount="年度资金总额，一个单元格。",
    unit="表上金额和结果的单位：“元”或“万元”。不填为“万元”。",
)
def PG_COST_GAP(cost_range: Any, annual_amount: Any, unit: Any = None) -> Any:
    """The costs of the range together, less the annual amount, in ``unit``; above zero is over."""
    return once(lambda: result(cost_gap(cost_range, annual_amount, unit)))


def _number(cell: Any) -> float | dt.date | str:
    target = parse_target(text_in(cell))
    if isinstance(target.high, dt.date):
        return result(target.high)
    return result(target.low if target.low is not None else target.high)


def _kind(cell: Any) -> str:
    if is_blank(cell):
        return ""
    # Imported late, with the library that writes workbooks.
    from perfgoals_xl.form.target import KIND_LABELS

    return KIND_LABELS[parse_target(text_in(cell)).kind.value]


def _check(level2: Any, name: Any, value: Any, year: Any) -> str:
    # Imported late: the rules take longer to import than all of this package's functions.
    from perfgoals_xl.excel.functions.single_check import first_finding

    plan_year = _plan_year(year)
    try:
        finding = first_finding(text_in(level2), text_in(name), text_in(value), plan_year)
    except ValueError:
        raise CellError from None
    if finding is None:
        return ""
    return f"{finding.rule} {finding.message}。建议：{finding.suggestion}"


def _plan_year(cell: Any) -> int | None:
    """A year from a number, a text (2026, 2026年) or a date. Raises ``CellError`` for others."""
    if is_blank(cell):
        return None
    if isinstance(cell, dt.date):
        return cell.year
    text = (text_in(cell) or "").strip().removesuffix("度").removesuffix("年")
    if not _YEAR.fullmatch(text):
        raise CellError
    return int(text)


def _carried_down(level2: Any) -> Any:
    """A range of level-2 terms in which a blank repeats the cell above: groups stand merged."""
    if not isinstance(level2, list | tuple):
        return level2
    rows = [list(row) for row in rows_of(level2)]
    for above, row in pairwise(rows):
        row[:] = [over if is_blank(cell) else cell for over, cell in zip(above, row, strict=True)]
    return rows


def _meets(target: Any, actual: Any) -> bool | str:
    if is_blank(target) and is_blank(actual):
        return ""
    verdict = meets(target, actual)
    return NOT_AVAILABLE if verdict is None else verdict


def _score(target: Any, actual: Any, weight: Any, method: Any) -> float | dt.date | str:
    if is_blank(target) and is_blank(actual) and is_blank(weight):
        return ""
    found = score(target, actual, weight, method)
    return NOT_AVAILABLE if found is None else result(found)
