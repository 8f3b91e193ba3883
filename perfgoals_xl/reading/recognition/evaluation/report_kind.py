"""Which forms are a 自评表 or a 监控表: by their title, and by what they hold.

A title alone is not enough, since a plan for the self-evaluation has it too; nor is a column of
points, which many tables of goals have. What was done last year is nothing that was reached.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.evaluation.evaluation_labels import (
    FundPart,
    Part,
    ReportKind,
    fund_part,
    is_result,
    kind_of_title,
    month_said,
)
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.evaluation.report_columns import report_columns
from perfgoals_xl.reading.recognition.forms import Form, Report
from perfgoals_xl.reading.recognition.ledger import Use

_LONGEST_TITLE = 40
_SPENT = frozenset((FundPart.EXECUTED, FundPart.RATE))


def tell_report(form: Form, top: int, start: int, header: Header) -> None:
    """Make ``form`` a report where it is one, with the month that it is about."""
    grid = form.grid
    kind = _kind(grid, top, range(start, header.row), header)
    if kind is None:
        return
    form.report = Report(kind)
    if kind is ReportKind.MONITORING:
        _take_month(form, top, start, header)


def tell_of_department(form: Form, row: int) -> None:
    """Say of a 部门整体支出绩效自评表 what of it is kept: its goals, as those of the department.

    It is no project's: what was spent and reached would count beside that of the projects.
    """
    if form.report is None:
        return
    for at in form.report.cells:
        form.ledger[at] = Use.KNOWN
    kind = "自评表" if form.report.kind is ReportKind.EVALUATION else "监控表"
    form.report = None
    column, value = next(form.grid.cells(row), (0, None))
    text = (
        f"这是部门整体支出的{kind}：指标和指标值按部门整体绩效目标读取，"
        "资金执行、完成值和得分没有读取，项目的另交项目支出的表"
    )
    form.stray(form.grid.place(row, column), value, None, text, RemarkKind.UNREAD)


def tell_listed_report(form: Form, header: Header) -> None:
    """The same for a project of a list, whose headings say of the funds what a form's head does."""
    kind = _kind(form.grid, 0, range(header.row, header.bottom + 1), header)
    if kind is None:
        return
    form.report = Report(kind)
    if kind is ReportKind.MONITORING:
        _take_month(form, 0, header.row, header)


def _kind(grid: Grid, top: int, head: range, header: Header) -> ReportKind | None:
    """What a form is whose title stands above its ``head``, the rows of its funds and goals."""
    parts = set(report_columns(grid, header).parts)
    spent, result = _says_spent(grid, head), _says_result(grid, head)
    titled = _titled(grid, top, head.start)
    reached = bool(parts & {Part.ACTUAL, Part.SCORE}) or spent
    foreseen = bool(parts & {Part.FORECAST, Part.LIKELIHOOD})
    if titled is ReportKind.MONITORING and (reached or foreseen):
        return titled
    if titled is ReportKind.EVALUATION and (reached or result):
        return titled
    if foreseen and Part.SCORE not in parts and (Part.ACTUAL in parts or spent):
        return ReportKind.MONITORING
    if Part.ACTUAL not in parts:
        return None
    told = Part.SCORE in parts or spent or result
    return ReportKind.EVALUATION if told else None


def _titled(grid: Grid, top: int, start: int) -> ReportKind | None:
    for row in grid.filled(top, start):
        for _, value in grid.cells(row):
            if isinstance(value, str) and len(value) <= _LONGEST_TITLE:
                kind = kind_of_title(value)
                if kind is not None:
                    return kind
    return kind_of_title(grid.sheet)


def _says_spent(grid: Grid, rows: range) -> bool:
    """Whether the head states what was spent of the budget."""
    return any(fund_part(text) in _SPENT for text in _texts(grid, rows))


def _says_result(grid: Grid, rows: range) -> bool:
    """Whether the head has a place for how far the goal was reached."""
    return any(is_result(text) for text in _texts(grid, rows))


def _texts(grid: Grid, rows: Iterable[int]) -> Iterable[str]:
    for row in rows:
        for _, value in grid.cells(row):
            if isinstance(value, str) and len(value) <= _LONGEST_TITLE:
                yield value


def _take_month(form: Form, top: int, start: int, header: Header) -> None:
    """The month of the title, else of a heading of the funds or of the indicators."""
    grid, report = form.grid, form.report
    if report is None:
        return
    for row in range(top, header.bottom + 1):
        for column, value in grid.cells(row):
            if not isinstance(value, str) or len(value) > _LONGEST_TITLE:
                continue
            # Below the title only headings say it; a goal may be due in a month.
            heads = row < start or row >= header.row or fund_part(value) is not None
            month = month_said(value) if heads else None
            if month is not None:
                report.month, report.month_place = month, grid.place(row, column)
                return
