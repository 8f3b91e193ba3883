"""项目自评汇总: one row per 自评表, its rate and points live, and what they come to together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring import GRADES
from perfgoals_xl.form.evaluation.scoring_settings import DEFAULT_SCORING, Scoring
from perfgoals_xl.review.evidence.reports.evaluated_forms import Report, reports_of
from perfgoals_xl.workbooks.kit.column_totals import (
    Total,
    places_of,
    put_count,
    put_labels,
    put_total,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, BODY_FONT, HEAD_FONT, QUIET, Styles
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
    ListedForm,
    RateColumns,
    in_unit,
    put_rate,
    put_total_rate,
    total_rate,
    unit_of,
)
from perfgoals_xl.workbooks.summary.result_list import Result, range_of

SHEET: Final = "项目自评汇总"
_TOP: Final = 2
_AMOUNTS: Final = ("initial_budget", "annual_budget", "executed")
_LEVELS: Final = ("成本", "产出", "效益", "满意度")
"""The words that the first levels are known by; their columns say points/weight."""
_COLUMNS: Final = (
    Column("序号", 6, "center"),
    Column("项目名称", 30),
    Column("主管部门", 16),
    Column("实施单位", 20),
    Column("年初预算数", 13, "ledger"),
    Column("全年预算数", 13, "ledger"),
    Column("全年执行数", 13, "ledger"),
    Column("执行率", 9, "percent"),
    Column("执行率得分", 8, "center"),
    *(Column(level, 9, "center") for level in _LEVELS),
    Column("指标得分", 8, "center"),
    Column("指标得分率", 9, "percent"),
    Column("总分", 8, "center"),
    Column("评价等级", 8, "center"),
    Column("指标数", 7, "center"),
    Column("偏差", 7, "center"),
    Column("缺原因", 7, "center"),
)
_HEADS: Final = [column.header for column in _COLUMNS]
_FIRST_AMOUNT, _RATE, _LEVEL, _POINTS, _SHARE, _TOTAL, _GRADE = (
    _HEADS.index(head)
    for head in ("年初预算数", "执行率", _LEVELS[0], "指标得分", "指标得分率", "总分", "评价等级")
)
_RATE_COLUMNS: Final = RateColumns(_FIRST_AMOUNT + 1, _FIRST_AMOUNT + 2, _RATE)
_MOST_CHARTED: Final = 20
_CHART_WIDTH, _BAR, _BAR_FRAME, _ROW_PIXELS = 640, 20, 100, 20
_COLOURS: Final = ("#5B9BD5", "#F4B183")
_LABELS: Final = {"value": True, "position": "inside_end"}
_GRID: Final = {"visible": True, "line": {"color": "#D9D9D9"}}
_COUNTS: Final = _HEADS.index("指标数")


class EvaluatedList(NamedTuple):
    """All 自评表 of the sources, in one unit of money.

    ``scoring`` are the settings that all of them were scored by, the default where none says.
    """

    unit: str
    forms: tuple[ListedForm, ...]
    scoring: Scoring | None

    @classmethod
    def of(cls, declarations: Sequence[Declaration]) -> EvaluatedList:
        """The forms of the declarations, in their order."""
        found = [
            (declaration, report)
            for declaration in declarations
            for report in reports_of(declaration.evaluated, EvaluationTable.EVALUATIONS)
        ]
        unit = unit_of(report for _, report in found)
        settings = [declaration.evaluated.scoring or DEFAULT_SCORING for declaration, _ in found]
        one = settings[0] if settings and all(own == settings[0] for own in settings) else None
        return cls(
            unit,
            tuple(
                ListedForm(
                    declaration.file,
                    report,
                    [in_unit(report.form[name], report, unit) for name in _AMOUNTS],
                )
                for declaration, report in found
            ),
            one,
        )

    @property
    def rate(self) -> Decimal | None:
        """The rate of execution of all together."""
        return total_rate(_RATE_COLUMNS, [form.money for form in self.forms])

    @property
    def average(self) -> Decimal | None:
        """The average of the totals that there are, with two decimals."""
        scores = [s for f in self.forms if (s := f.report.form.figure("total_score")) is not None]
        if not scores:
            return None
        average = sum(scores, Decimal(0)) / len(scores)
        return average.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def grades(self) -> list[str | None]:
        """The grade of each form, as it says."""
        return [form.report.form["grade"] for form in self.forms]

    def total_cell(self, head: str) -> str:
        """The cell below a column, for other sheets."""
        return f"{quoted(SHEET)}!{a1(_TOP + 1 + len(self.forms), _HEADS.index(head))}"

    def cells(self, head: str) -> str:
        """The cells below a heading, for other sheets."""
        return f"{quoted(SHEET)}!{_cells(_HEADS.index(head), _TOP + 1, _TOP + len(self.forms))}"


def write_evaluated_projects(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    listed: EvaluatedList,
    results: Sequence[Result],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """A row per form, in one unit of money; totals, the average score and the grades below."""
    of_form: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        of_form[result.number].append(result)
    rows = [_row(number, report) for number, (_, report, _) in enumerate(listed.forms, start=1)]
    last_column = len(_COLUMNS) - 1
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, last_column)
    note = (
        f"金额单位：{listed.unit}。执行率 = 全年执行数 ÷ 全年预算数，合计只算两数都有的项目；"
        "成本、产出、效益、满意度是得分/分值，指标得分是“指标完成情况”的合计；"
        "总分和评价等级照自评表，与各部分对不上的见“校验结果”。"
    )
    put_note(sheet, styles, 1, note + links.note, last_column)
    last = put_table(sheet, styles, _TOP, _COLUMNS, rows)
    for row, (file, report, money) in enumerate(listed.forms, start=_TOP + 1):
        number = row - _TOP
        place = report.form.place("project_name")
        source = (file, place.sheet, place.cell) if place else (file, report.form["sheet"], None)
        links.put_number(sheet, styles, row, number, source)
        for column, amount in enumerate(money, start=_FIRST_AMOUNT):
            put_amount(sheet, row, column, amount, styles("cell", "ledger", "ten"))
        put_rate(sheet, styles, row, _RATE_COLUMNS, money, "cell")
        _put_levels(sheet, styles, row, of_form[number], len(results))
        _put_counts(sheet, styles, row, of_form[number], len(results))
    _write_totals(sheet, styles, last, listed, results)
    cells = a1(_TOP + 1, last_column)
    rule = {"type": "formula", "criteria": f"=N({cells})>0", "format": styles.fill(AMBER)}
    sheet.conditional_format(_TOP + 1, last_column, last, last_column, rule)
    add_filter(sheet, _TOP, last, _COLUMNS)
    set_page(
        sheet,
        landscape=True,
        last_row=_add_charts(workbook, sheet, last, len(listed.forms)),
        last_column=last_column,
        repeat=(_TOP, _TOP),
        header=header,
    )


def _add_charts(workbook: Workbook, sheet: Sheet, last: int, count: int) -> int:
    """Charts below the totals, one beside the other; returns the last row that they cover."""
    for number, chart in enumerate(charts_of(workbook, count, _CHART_WIDTH)):
        offset = {"x_offset": number * (_CHART_WIDTH + 10), "object_position": 2}
        sheet.insert_chart(last + 4, 0, chart, offset)
    end = last + 5 + math.ceil(height_of_charts(count) / _ROW_PIXELS)
    for row in range(last + 4, end + 1):
        sheet.set_height(row, 15)  # charts are placed by pixels
    return end


def height_of_charts(count: int) -> int:
    """How high the charts of so many projects are, in pixels."""
    return _BAR_FRAME + _BAR * min(count, _MOST_CHARTED)


def charts_of(workbook: Workbook, count: int, width: int) -> list[Any]:
    """Charts of the first projects of the list: total scores, and money spent against points.

    Each is ``width`` pixels wide, with a bar, or two, beside the name of every project.
    """
    shown = min(count, _MOST_CHARTED)
    first, end = _TOP + 1, _TOP + shown
    title = f"（前 {shown} 个项目）" if shown < count else ""
    charts: tuple[tuple[str, Sequence[tuple[int, str]], dict[str, Any]], ...] = (
        (f"各项目自评总分{title}", ((_TOTAL, _COLOURS[0]),), {"min": 0, "max": 100}),
        (
            f"预算执行率和指标得分率{title}",
            ((_RATE, _COLOURS[1]), (_SHARE, _COLOURS[0])),
            {"min": 0, "num_format": "0%"},
        ),
    )
    made = []
    for title, columns, axis in charts:
        chart: Any = workbook.add_chart({"type": "bar"})
        font = {"name": BODY_FONT, "size": 9}
        for column, colour in columns:
            chart.add_series(
                {
                    "name": _HEADS[column],
                    "categories": [SHEET, first, 1, end, 1],
                    "values": [SHEET, first, column, end, column],
                    "fill": {"color": colour},
                    "gap": 45,
                    "data_labels": _LABELS | {"font": font} if len(columns) == 1 else {},
                }
            )
        heading = {"name": HEAD_FONT, "size": 11, "bold": False}
        chart.set_title({"name": title, "name_font": heading, "overlay": False})
        # The first of the list on top, as one reads.
        chart.set_y_axis({"num_font": font, "reverse": True, "line": {"color": QUIET}})
        chart.set_x_axis({"num_font": font, "major_gridlines": _GRID, **axis})
        chart.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom"})
        chart.set_chartarea({"border": {"color": "#D9D9D9"}})
        chart.set_size({"width": width, "height": height_of_charts(count)})
        made.append(chart)
    return made


def grade_formula(listed: EvaluatedList) -> tuple[str, str]:
    """How many projects have each grade: the formula without its =, and what it gives."""
    cells = listed.cells("评价等级")
    told = '&"，"&'.join(f'"{grade} "&COUNTIF({cells},"{grade}")' for grade in GRADES)
    return told, "，".join(f"{grade} {listed.grades.count(grade)}" for grade in GRADES)


def _row(number: int, report: Report) -> list[Value]:
    form = report.form
    texts = (form["project_name"], form["supervising_department"], form["implementing_unit"])
    points = (form["execution_score"], *[None] * len(_LEVELS), None, None)
    total = (form["total_score"], form["grade"])
    return [number, *texts, *[None] * 4, *points, *total, *[None] * 3]


def _put_levels(sheet: Sheet, styles: Styles, row: int, own: Sequence[Result], listed: int) -> None:
    """Of every first level the points beside its weight; blank where the form has no such level."""
    number, look = a1(row, 0), styles("cell", "center", "ten")
    forms, levels, scores, weights = (
        range_of(head, listed) for head in ("自评序号", "一级指标", "得分", "分值")
    )
    for column, level in enumerate(_LEVELS, start=_LEVEL):
        of_level = f'{forms},{number},{levels},"*{level}*"'
        score, weight = (f"SUMIFS({cells},{of_level})" for cells in (scores, weights))
        formula = (
            f'=IF(OR({weight}=0,COUNTIFS({of_level},{scores},">-1000")=0),"",'
            f'ROUND({score},2)&"/"&ROUND({weight},2))'
        )
        lines = [result.line for result in own if level in (result.line["level1"] or "")]
        points = [figure for line in lines if (figure := line.figure("score")) is not None]
        whole = sum((line.figure("weight") or Decimal(0) for line in lines), Decimal(0))
        value = ""
        if points and whole:
            value = f"{_two_places(sum(points, Decimal(0)))}/{_two_places(whole)}"
        put_formula(sheet, row, column, formula, look, value)


def _two_places(points: Decimal) -> str:
    return plain(points.quantize(Decimal("0.01"), ROUND_HALF_UP))


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
    listed: EvaluatedList,
    results: Sequence[Result],
) -> None:
    first, total = _TOP + 1, last + 1
    amounts = [form.money for form in listed.forms]
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
    cells = _cells(_TOTAL, first, last)
    average: Decimal | str = "" if listed.average is None else listed.average
    formula = f'=IF(COUNT({cells})=0,"",ROUND(AVERAGE({cells}),2))'
    put_formula(sheet, total, _TOTAL, formula, look, average)
    counts = (
        len(results),
        sum(result.deviates for result in results),
        sum(result.lacks_reason is not None for result in results),
    )
    for column, count in enumerate(counts, start=_COUNTS):
        put_count(sheet, styles, (total, column), first, count)
    told, value = grade_formula(listed)
    area = Area(total + 1, _RATE, total + 1, len(_COLUMNS) - 1)
    put_block(sheet, area, None, look)
    put_formula(sheet, total + 1, _RATE, f'="总分一列是平均分；等级："&{told}', look,
                f"总分一列是平均分；等级：{value}")  # fmt: skip


def _cells(column: int, first: int, last: int) -> str:
    letters = column_letters(column)
    return f"{letters}{first + 1}:{letters}{last + 1}"
