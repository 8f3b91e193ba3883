"""What 封面 of the bureau's book says of 自评表 and 监控表, from the totals of their lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.bureau.book.file_rows import THRESHOLDS
from perfgoals_xl.bureau.book.report_lists import (
    LACKING_COUNT,
    MET_COUNT,
    MISSED_COUNT,
    SEVERITIES,
    UNMET_COUNT,
)
from perfgoals_xl.bureau.book.reporting_columns import (
    AVERAGE,
    FORM_COUNT,
    LOWEST,
    RATE,
    RED_INDICATORS,
    YELLOW_INDICATORS,
)
from perfgoals_xl.bureau.book.reporting_list import KINDS, ReportingList
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import GRADES, Light

_LIGHTS = tuple(light.value for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.BLUE))


class Fact(NamedTuple):
    """A line: its label, its formula with the value that it has now, and what it means."""

    label: str
    formula: str
    value: Decimal | str
    look: tuple[str, ...]
    meaning: str | None = None


def facts_of(table: EvaluationTable, listed: ReportingList) -> list[Fact]:
    """The lines about one kind of form."""
    if table is EvaluationTable.EVALUATIONS:
        return [
            _counts(listed, "自评项目", ((FORM_COUNT, " 个"),)),
            _number(listed, "平均分", AVERAGE, "各项目总分的平均，没有总分的不计"),
            _number(listed, "最低分", LOWEST, None),
            _counts(listed, "评价等级", _named(GRADES), THRESHOLDS),
            _rate(listed),
            _counts(listed, "指标", ((MET_COUNT, " 条达标，"), (UNMET_COUNT, " 条未达标"))),
            *_troubles(table, listed, "偏差没有说明原因的指标"),
        ]
    lights = tuple(light for light in _LIGHTS)
    return [
        _counts(listed, "监控项目", ((FORM_COUNT, " 个"),)),
        _counts(listed, "项目预警", _named(lights), "按指标中最差的"),
        _rate(listed),
        _counts(
            listed, "指标预警", ((YELLOW_INDICATORS, " 条黄灯，"), (RED_INDICATORS, " 条红灯"))
        ),
        _counts(listed, "预计未达标", ((MISSED_COUNT, " 条"),), "全年预计完成值低于年度指标值"),
        *_troubles(table, listed, "黄灯、红灯或预计未达标而没有说明原因的指标"),
    ]


def _named(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Columns that are told as 优 3，良 2: a comma after each but the last."""
    return tuple((name, "，" if name != names[-1] else "") for name in names)


def _troubles(table: EvaluationTable, listed: ReportingList, meaning: str) -> list[Fact]:
    error, warning = SEVERITIES.values()
    found = ((error, f" 项{error}，"), (warning, f" 项{warning}"))
    what = f"{KINDS[table].word}表的问题，见“校验结果”"
    return [
        _counts(listed, LACKING_COUNT, ((LACKING_COUNT, " 条"),), meaning),
        _counts(listed, "问题", found, what),
    ]


def _counts(
    listed: ReportingList,
    label: str,
    parts: Sequence[tuple[str, str]],
    meaning: str | None = None,
) -> Fact:
    """Totals with words behind each; those of grades and lights have their name in front."""
    formula, value = [], []
    for header, words in parts:
        before = f"{header} " if header in (*GRADES, *_LIGHTS) else ""
        formula += [f'"{before}"'] if before else []
        formula.append(listed.total_reference(header))
        formula += [f'"{words}"'] if words else []
        value.append(f"{before}{listed.total_value(header)}{words}")
    return Fact(label, f"={'&'.join(formula)}", "".join(value), ("left",), meaning)


def _number(listed: ReportingList, label: str, header: str, meaning: str | None) -> Fact:
    value = listed.total_value(header)
    number = Decimal(value) if isinstance(value, int) else value
    return Fact(label, f"={listed.total_reference(header)}", number, ("left",), meaning)


def _rate(listed: ReportingList) -> Fact:
    meaning = "执行数 ÷ 全年预算数，只算两数都有的项目"
    value = listed.total_value(RATE)
    rate = Decimal(value) if isinstance(value, int) else value
    look = ("left", "percent", "left")
    return Fact("预算执行率", f"={listed.total_reference(RATE)}", rate, look, meaning)
