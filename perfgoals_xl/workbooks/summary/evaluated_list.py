"""项目自评汇总: one row per 自评表, its rate and points live, and what they come to together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import GRADES
from perfgoals_xl.review.evidence.reports.evaluated_forms import Report, reports_of
from perfgoals_xl.workbooks.kit.column_totals import (
    Total,
    places_of,
    put_count,
    put_labels,
    put_total,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, BODY_FONT, HEAD_FONT, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    add_filter,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_amount, put_block, put_formula
from perfgoals_xl.workbooks.summary.execution_rates import (
    RateColumns,
    in_unit,
    put_rate,
    put_total_rate,
    unit_of,
)
from perfgoals_xl.workbooks.summary.result_list import Result, range_of

SHEET: Final = "项目自评汇总"
_TOP: Final = 2
_AMOUNTS: Final = ("initial_budget", "annual_budget", "executed")
_COLUMNS: Final = (
    Column("序号", 6, "center"),
    Column("项目名称", 30),
    Column("主管部门", 16),
    Column("实施单位", 16),
    Column("年初预算数", 13, "ledger"),
    Column("全年预算数", 13, "ledger"),
    Column("全年执行数", 13, "ledger"),
    Column("执行率", 9, "percent"),
    Column("执行率得分", 8, "center"),
    Column("指标得分", 8, "center"),
    Column("指标得分率", 9, "percent"),
    Column("总分", 8, "center"),
    Column("评价等级", 8, "center"),
    Column("指标数", 7, "center"),
    Column("偏差", 7, "center"),
    Column("缺原因", 7, "center"),
)
_HEADS: Final = [column.header for column in _COLUMNS]
_FIRST_AMOUNT, _RATE, _POINTS, _SHARE, _TOTAL, _GRADE = (
    _HEADS.index(head)
    for head in ("年初预算数", "执行率", "指标得分", "指标得分率", "总分", "评价等级")
)
_RATE_COLUMNS: Final = RateColumns(_FIRST_AMOUNT + 1, _FIRST_AMOUNT + 2, _RATE)
_MOST_CHARTED: Final = 20
_CHART_WIDTH, _CHART_ROWS = 640, 16
_COLOURS: Final = ("#5B9BD5", "#F4B183")
_GRID: Final = {"visible": True, "line": {"color": "#D9D9D9"}}
_COUNTS: Final = _HEADS.index("指标数")


def write_evaluated_projects(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    declarations: Sequence[Declaration],
    results: Sequence[Result],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """A row per form, in one unit of money; totals, the average score and the grades below."""
    found = [
        (declaration.file, report)
        for declaration in declarations
        for report in reports_of(declaration.evaluated, EvaluationTable.EVALUATIONS)
    ]
    unit = unit_of(report for _, report in found)
    amounts = [
        [in_unit(report.form[name], report, unit) for name in _AMOUNTS] for _, report in found
    ]
    of_form: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        of_form[result.number].append(result)
    rows = [_row(number, report) for number, (_, report) in enumerate(found, start=1)]
    last_column = len(_COLUMNS) - 1
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, last_column)
    note = (
        f"金额单位：{unit}。执行率 = 全年执行数 ÷ 全年预算数，合计只算两数都有的项目；"
        "指标得分是“指标完成情况”的合计；"
        "总分和评价等级照自评表，与各部分对不上的见“校验结果”。"
    )
    put_note(sheet, styles, 1, note + links.note, last_column)
    last = put_table(sheet, styles, _TOP, _COLUMNS, rows)
    for row, ((file, report), money) in enumerate(zip(found, amounts, strict=True), start=_TOP + 1):
        number = row - _TOP
        place = report.form.place("project_name")
        source = (file, place.sheet, place.cell) if place else (file, report.form["sheet"], None)
        links.put_number(sheet, styles, row, number, source)
        for column, amount in enumerate(money, start=_FIRST_AMOUNT):
            put_amount(sheet, row, column, amount, styles("cell", "ledger", "ten"))
        put_rate(sheet, styles, row, _RATE_COLUMNS, money, "cell")
        _put_counts(sheet, styles, row, of_form[number], len(results))
    _write_totals(sheet, styles, last, amounts, found, results)
    cells = a1(_TOP + 1, last_column)
    rule = {"type": "formula", "criteria": f"=N({cells})>0", "format": styles.fill(AMBER)}
    sheet.conditional_format(_TOP + 1, last_column, last, last_column, rule)
    add_filter(sheet, _TOP, last, _COLUMNS)
    set_page(
        sheet,
        landscape=True,
        last_row=_add_charts(workbook, sheet, last, len(found)),
        last_column=last_column,
        repeat=(_TOP, _TOP),
        header=header,
    )


def _add_charts(workbook: Workbook, sheet: Sheet, last: int, count: int) -> int:
    """Charts of the first projects below the totals: total scores, money spent against points.

    Returns the last row that they cover.
    """
    shown = min(count, _MOST_CHARTED)
    first, end = _TOP + 1, _TOP + shown
    title = f"（前 {shown} 个项目）" if shown < count else ""
    charts: tuple[tuple[str, Sequence[tuple[int, str]], dict[str, Any]], ...] = (
        (f"各项目总分{title}", ((_TOTAL, _COLOURS[0]),), {"min": 0, "max": 100}),
        (
            f"预算执行率和指标得分率{title}",
            ((_RATE, _COLOURS[1]), (_SHARE, _COLOURS[0])),
            {"min": 0, "num_format": "0%"},
        ),
    )
    for number, (title, columns, axis) in enumerate(charts):
        chart: Any = workbook.add_chart({"type": "column"})
        for column, colour in columns:
            chart.add_series(
                {
                    "name": _HEADS[column],
                    "categories": [SHEET, first, 1, end, 1],
                    "values": [SHEET, first, column, end, column],
                    "fill": {"color": colour},
                    "gap": 80,
                }
            )
        font = {"name": BODY_FONT, "size": 9}
        chart.set_title({"name": title, "name_font": {"name": HEAD_FONT, "size": 11}})
        chart.set_x_axis({"num_font": font})
        chart.set_y_axis({"num_font": font, "major_gridlines": _GRID, **axis})
        chart.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom"})
        chart.set_size({"width": _CHART_WIDTH, "height": _CHART_ROWS * 20})
        offset = {"x_offset": number * (_CHART_WIDTH + 10), "object_position": 2}
        sheet.insert_chart(last + 4, 0, chart, offset)
    end = last + 5 + _CHART_ROWS
    for row in range(last + 4, end + 1):
        sheet.set_height(row, 15)  # charts are placed by pixels
    return end


def _row(number: int, report: Report) -> list[Value]:
    form = report.form
    texts = (form["project_name"], form["supervising_department"], form["implementing_unit"])
    points = (form["execution_score"], None, None, form["total_score"], form["grade"])
    return [number, *texts, *[None] * 4, *points, *[None] * 3]


def _put_counts(sheet: Sheet, styles: Styles, row: int, own: Sequence[Result], listed: int) -> None:
    """The points of the indicators, how many there are, and how many deviate or lack a reason."""
    number, look = a1(row, 0), styles("cell", "center", "ten")
    forms, scores, weights, met, lacking = (
        range_of(head, listed) for head in ("自评序号", "得分", "分值", "达标", "原因")
    )
    scored = [score for result in own if (score := result.line.figure("score")) is not None]
    count = f"SUMPRODUCT(({forms}={number})*ISNUMBER({scores}))"
    formula = f'=IF({count}=0,"",SUMIFS({scores},{forms},{number}))'
    value: Decimal | str = sum(scored, Decimal(0)) if scored else ""
    put_formula(sheet, row, _POINTS, formula, look, value)
    whole = [weight for result in own if (weight := result.line.figure("weight")) is not None]
    cell, most = a1(row, _POINTS), f"SUMIFS({weights},{forms},{number})"
    formula = f'=IF({cell}="","",IF({most}=0,"",{cell}/{most}))'
    share: Decimal | str = ""
    if isinstance(value, Decimal) and any(whole):
        share = value / sum(whole, Decimal(0))
    put_formula(sheet, row, _SHARE, formula, styles("cell", "percent", "ten"), share)
    put_formula(sheet, row, _COUNTS, f"=COUNTIF({forms},{number})", look, len(own))
    deviates = sum(result.deviates for result in own)
    # A text is above every number, and a blank score is none that was lowered.
    formula = (
        f'=SUMPRODUCT(({forms}={number})*((({met}="否")+ISNUMBER({scores})'
        f"*ISNUMBER({weights})*({scores}<{weights}))>0))"
    )
    put_formula(sheet, row, _COUNTS + 1, formula, look, deviates)
    formula = f'=COUNTIFS({forms},{number},{lacking},"缺")'
    missing = sum(result.lacks_reason is not None for result in own)
    put_formula(sheet, row, _COUNTS + 2, formula, look, missing)


def _write_totals(
    sheet: Sheet,
    styles: Styles,
    last: int,
    amounts: Sequence[Sequence[Decimal | str | None]],
    found: Sequence[tuple[str, Report]],
    results: Sequence[Result],
) -> None:
    first, total = _TOP + 1, last + 1
    put_labels(sheet, styles, total, _FIRST_AMOUNT - 1)
    places = places_of(amount for money in amounts for amount in money)
    for index in range(len(_AMOUNTS)):
        own = Total([money[index] for money in amounts])
        put_total(sheet, styles, (total, _FIRST_AMOUNT + index), first, own, places)
    look = styles("cell", "total", "center", "ten")
    for column in range(_RATE, len(_COLUMNS)):
        for row in (total, total + 1):
            sheet.write_blank(row, column, None, look)
    put_total_rate(sheet, styles, total, first, _RATE_COLUMNS, amounts)
    scores = [s for _, report in found if (s := report.form.figure("total_score")) is not None]
    cells = _cells(_TOTAL, first, last)
    average: Decimal | str = sum(scores, Decimal(0)) / len(scores) if scores else ""
    formula = f'=IF(COUNT({cells})=0,"",AVERAGE({cells}))'
    put_formula(sheet, total, _TOTAL, formula, styles("cell", "total", "ledger", "ten"), average)
    counts = (
        len(results),
        sum(result.deviates for result in results),
        sum(result.lacks_reason is not None for result in results),
    )
    for column, count in enumerate(counts, start=_COUNTS):
        put_count(sheet, styles, (total, column), first, count)
    grades = _cells(_GRADE, first, last)
    told = '&"，"&'.join(f'"{g} "&COUNTIF({grades},"{g}")' for g in GRADES)
    own_grades = [report.form["grade"] for _, report in found]
    value = "，".join(f"{grade} {own_grades.count(grade)}" for grade in GRADES)
    area = Area(total + 1, _RATE, total + 1, len(_COLUMNS) - 1)
    put_block(sheet, area, None, look)
    put_formula(sheet, total + 1, _RATE, f'="总分一列是平均分；等级："&{told}', look,
                f"总分一列是平均分；等级：{value}")  # fmt: skip


def _cells(column: int, first: int, last: int) -> str:
    letters = column_letters(column)
    return f"{letters}{first + 1}:{letters}{last + 1}"
