"""The long lists of 自评表 and 监控表: a row for each form, and for each of its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from perfgoals_xl.bureau.book.lists import FILE_NUMBER, INDICATOR_COUNT, Row
from perfgoals_xl.bureau.digest import Digest
from perfgoals_xl.bureau.report_account import (
    LACKING,
    MET,
    UNMET,
    amount_of,
    figure,
    findings_of_forms,
    indicators_by_form,
    judged_of,
    records,
    year_of,
)
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.kit.tables import Column, Value
from perfgoals_xl.workbooks.summary import evaluated_list, result_list
from perfgoals_xl.workbooks.summary.indicator_list import INDICATOR_COLUMNS, indicator_values

EVALUATED, RESULTS = evaluated_list.SHEET, result_list.SHEET
MONITORED, PROGRESS = "监控情况", "指标监控"

BUDGETS: Final = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
}
EXECUTED, EXECUTED_TO_MONTH = "全年执行数", "1~N月执行数"
FORECAST_AMOUNT = "全年预计执行数"
TOTAL_SCORE, GRADE, PROJECT_LIGHT = "总分", "评价等级", "项目预警"
MET_COUNT, UNMET_COUNT, MISSED_COUNT = "达标", "未达标", "预计未达标"
LACKING_COUNT = "缺原因"
MET_SAID, FORECAST_SAID, LIGHT, REASON = "达标", "预计达标", "预警", "原因"
SEVERITIES: Final = {name: SEVERITY_LABELS[name] for name in ("error", "warning")}
"""The severities that are counted beside a form, with the headers of their columns."""
_MOST_PLACES = Decimal("0.000001")

_HEAD = (
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
    Column("项目名称", 28),
    Column("主管部门", 16),
    Column("实施单位", 16),
    Column("年度", 7, "center"),
)
_MONEY = tuple(Column(label, 12, "ledger") for label in BUDGETS.values())
_COUNTS = (Column(LACKING_COUNT, 7, "center"),)
_TAIL = (
    *(Column(label, 6, "center") for label in SEVERITIES.values()),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)
EVALUATED_COLUMNS = (
    Column("自评序号", 7, "center"),
    *_HEAD,
    *_MONEY,
    Column(EXECUTED, 12, "ledger"),
    Column("执行率", 9, "percent"),
    Column("执行率得分", 8, "center"),
    Column(TOTAL_SCORE, 8, "center"),
    Column(GRADE, 7, "center"),
    Column("等级依据", 9, "center"),
    Column(INDICATOR_COUNT, 7, "center"),
    Column(MET_COUNT, 7, "center"),
    Column(UNMET_COUNT, 7, "center"),
    *_COUNTS,
    *_TAIL,
)
MONITORED_COLUMNS = (
    Column("监控序号", 7, "center"),
    *_HEAD,
    Column("监控月份", 7, "center"),
    *_MONEY,
    Column(EXECUTED_TO_MONTH, 12, "ledger"),
    Column("执行率", 9, "percent"),
    Column(FORECAST_AMOUNT, 12, "ledger"),
    Column(PROJECT_LIGHT, 8, "center"),
    Column(INDICATOR_COUNT, 7, "center"),
    Column(MISSED_COUNT, 9, "center"),
    *_COUNTS,
    *_TAIL,
)
_INDICATOR_HEAD = (
    Column(FILE_NUMBER, 7, "center"),
    Column("部门", 18),
)
RESULT_COLUMNS = (
    Column("序号", 8, "center"),
    *_INDICATOR_HEAD,
    Column("自评序号", 7, "center"),
    Column("项目", 22),
    *INDICATOR_COLUMNS[:-2],
    Column("实际完成值", 16, "center"),
    Column("分值", 8, "center"),
    Column("得分", 8, "center"),
    Column("得分率", 9, "percent"),
    Column(MET_SAID, 7, "center"),
    Column("偏差原因分析及改进措施", 30),
    Column(REASON, 7, "center"),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)
PROGRESS_COLUMNS = (
    Column("序号", 8, "center"),
    *_INDICATOR_HEAD,
    Column("监控序号", 7, "center"),
    Column("项目", 22),
    *INDICATOR_COLUMNS[:-2],
    Column("1~N月完成值", 14, "center"),
    Column("全年预计完成值", 14, "center"),
    Column("完成目标可能性", 12, "center"),
    Column(LIGHT, 8, "center"),
    Column(FORECAST_SAID, 8, "center"),
    Column("偏差原因分析", 30),
    Column(REASON, 7, "center"),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)


def evaluated_rows(digest: Digest, file: int, before: int) -> Iterator[Row]:
    """The rows of 项目自评汇总 of the file of a number; ``before`` forms stand above them."""
    for form, counted, own in _forms(digest, EvaluationTable.EVALUATIONS):
        yield (
            before + form["number"] + 1,
            *_head(digest, file, form),
            *(amount_of(form, name) for name in (*BUDGETS, "executed")),
            _rate(form),
            form["execution_score"],
            form["total_score"],
            form["rated"],
            form["rated_by"],
            own,
            counted[MET],
            counted[UNMET],
            *_tail(digest, form, counted),
        )


def monitored_rows(digest: Digest, file: int, before: int) -> Iterator[Row]:
    """The rows of 监控情况, where ``before`` forms stand above them."""
    for form, counted, own in _forms(digest, EvaluationTable.MONITORINGS):
        yield (
            before + form["number"] + 1,
            *_head(digest, file, form),
            form["month"],
            *(amount_of(form, name) for name in (*BUDGETS, "executed")),
            _rate(form),
            amount_of(form, "forecast_executed"),
            form["warning"],
            own,
            counted[UNMET],
            *_tail(digest, form, counted),
        )


def result_rows(digest: Digest, file: int, before: int, forms_before: int) -> Iterator[Row]:
    """The rows of 指标完成情况, where ``before`` indicators stand above them."""
    for head, record in _indicators(
        digest, EvaluationTable.EVALUATIONS, file, before, forms_before
    ):
        weight, score = figure(record["weight"]), figure(record["score"])
        yield (
            *head,
            record["actual_value"],
            record["weight"],
            record["score"],
            None if score is None or not weight else _rounded(score / weight),
            record["met"],
            record["reason"],
            record["lacking"],
            record["sheet"],
            record["cell"],
        )


def progress_rows(digest: Digest, file: int, before: int, forms_before: int) -> Iterator[Row]:
    """The rows of 指标监控, where ``before`` indicators stand above them."""
    for head, record in _indicators(
        digest, EvaluationTable.MONITORINGS, file, before, forms_before
    ):
        yield (
            *head,
            record["done_value"],
            record["forecast_value"],
            record["likelihood"],
            record["warning"],
            record["forecast_met"],
            record["reason"],
            record["lacking"],
            record["sheet"],
            record["cell"],
        )


def _forms(
    digest: Digest, table: EvaluationTable
) -> Iterator[tuple[dict[str, Any], Mapping[str, int], int]]:
    """The forms with what is counted of their indicators and findings, and how many indicators."""
    pairs = zip(indicators_by_form(digest, table), findings_of_forms(digest)[table], strict=True)
    for number, (form, (own, found)) in enumerate(zip(records(digest, table), pairs, strict=True)):
        yield form | {"number": number}, judged_of(own) | found, len(own)


def _head(digest: Digest, file: int, form: Mapping[str, Any]) -> tuple[Value, ...]:
    names = ("project_name", "supervising_department", "implementing_unit")
    texts = (form[name] for name in names)
    return (file, digest.department, *texts, year_of(digest, form))


def _tail(digest: Digest, form: Mapping[str, Any], counted: Mapping[str, int]) -> Sequence[Value]:
    # What was not reviewed has no findings, and not none.
    unknown = None if digest.unreviewed else 0
    found = (counted.get(severity, unknown) for severity in SEVERITIES)
    return (counted.get(LACKING, 0), *found, form["sheet"], form["cell"])


def _indicators(
    digest: Digest, table: EvaluationTable, file: int, before: int, forms_before: int
) -> Iterator[tuple[tuple[Value, ...], dict[str, Any]]]:
    names = [form["project_name"] for form in records(digest, table)]
    number = before
    for form, own in enumerate(indicators_by_form(digest, table)):
        for record in own:
            number += 1
            head = (number, file, digest.department, forms_before + form + 1, names[form])
            yield (*head, *indicator_values(record)[:-2]), record


def _rate(form: Mapping[str, Any]) -> Decimal | None:
    """What was spent of the budget, from the two amounts."""
    budget, spent = figure(form["annual_budget"]), figure(form["executed"])
    return _rounded(spent / budget) if budget and budget > 0 and spent is not None else None


def _rounded(share: Decimal) -> Decimal:
    # A number of Excel has fifteen digits, and a share needs far fewer.
    return share.quantize(_MOST_PLACES) if share.adjusted() < 9 else share.normalize()
