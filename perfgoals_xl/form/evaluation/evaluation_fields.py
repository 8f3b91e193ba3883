"""The fields of the year's other forms, named once: 绩效运行监控表 and 项目支出绩效自评表.

They go on with the declaration: the same projects and indicators, with what was spent and reached.
Each table is a list of :class:`EvaluationField` in the order of its columns; the reader's labels,
the contracts, the workbooks and the documents are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class EvaluationTable(StrEnum):
    """The tables of the two forms.

    One row per form, per line of its funds, and per indicator, of each.
    """

    EVALUATIONS = "evaluations"
    EVALUATION_FUNDS = "evaluation_funds"
    EVALUATION_INDICATORS = "evaluation_indicators"
    MONITORINGS = "monitorings"
    MONITORING_FUNDS = "monitoring_funds"
    MONITORING_INDICATORS = "monitoring_indicators"


class EvaluationKind(StrEnum):
    """What a field of these forms holds.

    ``AMOUNT`` is money in the unit of the form, ``POINTS`` are points (分), ``PERCENT`` is a rate
    in per cent (94.5 for 94.5%); each a ``Decimal``, or a text that is no number as typed.
    """

    TEXT = "text"
    AMOUNT = "amount"
    POINTS = "points"
    PERCENT = "percent"
    WHOLE = "whole"


@dataclass(frozen=True)
class EvaluationField:
    """One column: its name in code, the label of the form that has it, and what it holds."""

    name: str
    label: str
    kind: EvaluationKind = EvaluationKind.TEXT


_F, _A, _P, _R = (
    EvaluationField,
    EvaluationKind.AMOUNT,
    EvaluationKind.POINTS,
    EvaluationKind.PERCENT,
)

_PROJECT = (
    _F("project_name", "项目名称"),
    _F("supervising_department", "主管部门"),
    _F("implementing_unit", "实施单位"),
)
_ORIGIN = (_F("amount_unit", "金额单位"), _F("year", "年度", EvaluationKind.WHOLE))
_INDICATOR = (
    _F("level1", "一级指标"),
    _F("level2", "二级指标"),
    _F("ordinal", "指标序号", EvaluationKind.WHOLE),
    _F("indicator", "指标名称（原文）"),
    _F("level3", "三级指标"),
    _F("target_value", "年度指标值"),
)
_PARSED = tuple(_F(name, name) for name in ("kind", "operator", "low", "high", "unit"))
# The money that both forms state, of the whole project and of each source.
_BUDGETS = (
    _F("initial_budget", "年初预算数", _A),
    _F("annual_budget", "全年预算数", _A),
)

EVALUATION_FIELDS: Mapping[EvaluationTable, tuple[EvaluationField, ...]] = {
    EvaluationTable.EVALUATIONS: (
        *_PROJECT,
        *_BUDGETS,
        _F("executed", "全年执行数", _A),
        _F("execution_weight", "执行率分值", _P),
        _F("execution_rate", "执行率", _R),
        _F("execution_score", "执行率得分", _P),
        _F("execution_reason", "预算执行偏差原因"),
        _F("annual_goal", "预期目标"),
        _F("actual_result", "实际完成情况"),
        _F("total_weight", "总分分值", _P),
        _F("total_score", "总分", _P),
        _F("grade", "评价结论"),
        _F("problems", "存在问题"),
        _F("measures", "改进措施"),
        *_ORIGIN,
    ),
    EvaluationTable.EVALUATION_FUNDS: (
        _F("source", "资金来源"),
        *_BUDGETS,
        _F("executed", "全年执行数", _A),
        _F("weight", "分值", _P),
        _F("execution_rate", "执行率", _R),
        _F("score", "得分", _P),
    ),
    EvaluationTable.EVALUATION_INDICATORS: (
        *_INDICATOR,
        *_PARSED,
        _F("actual_value", "实际完成值"),
        _F("weight", "分值", _P),
        _F("score", "得分", _P),
        _F("reason", "偏差原因分析及改进措施"),
        _F("standard", "评分标准"),
        _F("note", "备注"),
        _F("level1_weight", "一级指标分值", _P),
        _F("level2_weight", "二级指标分值", _P),
    ),
    EvaluationTable.MONITORINGS: (
        *_PROJECT,
        _F("month", "监控月份", EvaluationKind.WHOLE),
        *_BUDGETS,
        _F("executed", "1~N月执行数", _A),
        _F("execution_rate", "执行率", _R),
        _F("forecast_executed", "全年预计执行数", _A),
        _F("expected_balance", "预计结余", _A),
        _F("execution_reason", "预算执行偏差原因"),
        _F("annual_goal", "年度总体目标"),
        _F("actual_result", "目标完成情况"),
        _F("problems", "存在问题"),
        _F("measures", "改进措施"),
        _F("light", "项目预警"),
        _F("note", "备注"),
        *_ORIGIN,
    ),
    EvaluationTable.MONITORING_FUNDS: (
        _F("source", "资金来源"),
        *_BUDGETS,
        _F("executed", "1~N月执行数", _A),
        _F("execution_rate", "执行率", _R),
        _F("forecast_executed", "全年预计执行数", _A),
        _F("expected_balance", "预计结余", _A),
    ),
    EvaluationTable.MONITORING_INDICATORS: (
        *_INDICATOR,
        *_PARSED,
        _F("done_value", "1~N月完成值"),
        _F("forecast_value", "全年预计完成值"),
        _F("reason", "偏差原因分析"),
        _F("likelihood", "完成目标可能性"),
        _F("light", "预警"),
        _F("note", "备注"),
    ),
}
"""The fields of each table, in order. What joins the rows stands in front of them.

A row has ``sheet``; a row of funds or of an indicator also ``form``, the row of ``evaluations`` or
``monitorings`` that it belongs to.
"""

FORM_TABLES = (EvaluationTable.EVALUATIONS, EvaluationTable.MONITORINGS)


def evaluation_columns(table: EvaluationTable) -> tuple[str, ...]:
    """The columns of a table, in order."""
    own = tuple(item.name for item in EVALUATION_FIELDS[table])
    return ("sheet", *own) if table in FORM_TABLES else ("form", "sheet", *own)
