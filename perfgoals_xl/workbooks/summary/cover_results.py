"""What the cover says of the year's other half: scores, grades, execution, lights, and charts.

Every figure is a formula over the lists of the summary. A summary without 自评表 and 监控表 has
none of this.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.scoring import GRADES
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text
from perfgoals_xl.workbooks.summary.cover_charts import (
    BETWEEN,
    ROW_PIXELS,
    ROW_POINTS,
    SMALL_HEIGHT,
    SMALL_WIDTH,
    WIDTH,
    FigureTable,
    new_chart,
    series_of,
)
from perfgoals_xl.workbooks.summary.evaluated_list import (
    EvaluatedList,
    charts_of,
    grade_formula,
    height_of_charts,
)
from perfgoals_xl.workbooks.summary.monitored_list import LIGHTS, MonitoredList, lights_of
from perfgoals_xl.workbooks.summary.progress_list import Progress
from perfgoals_xl.workbooks.summary.result_list import Result

# The columns of the two blocks, each of a label and what belongs to it, as the others on the cover.
_LEFT, _RIGHT = (0, 2), (4, 5)
# Deeper than the fills of cells, which would look washed out in a chart.
_LIGHT_COLOURS: Final = ("#E06666", "#F1C232", "#93C47D", "#9FC5E8")
_LIGHTS_WIDTH: Final = 200
_CANNOT: Final = "无法计算"

Line = tuple[str, str, str]
"""A label, a formula without its =, and what it gives."""


class CoverOfResults(NamedTuple):
    """What 自评表 and 监控表 come to; false where there are none."""

    evaluated: EvaluatedList
    results: Sequence[Result]
    monitored: MonitoredList
    progress: Sequence[Progress]

    def __bool__(self) -> bool:
        return bool(self.evaluated.forms or self.monitored.forms)


def write_results_of_year(sheet: Sheet, styles: Styles, row: int, later: CoverOfResults) -> int:
    """Writes the blocks from ``row`` on, beside each other; returns the row behind them."""
    blocks: list[tuple[str, Sequence[Line]]] = []
    if later.evaluated.forms:
        blocks.append(("自评情况", _of_evaluations(later)))
    if later.monitored.forms:
        blocks.append(("监控情况", _of_monitorings(later)))
    sheet.set_height(row, 12)
    top = bottom = row + 1
    for (heading, lines), (first, last) in zip(blocks, (_LEFT, _RIGHT), strict=False):
        put_text(sheet, top, first, heading, styles("heading"))
        sheet.set_height(top, 26)
        for at, (label, formula, value) in enumerate(lines, start=top + 1):
            put_text(sheet, at, first, label, styles("cell", "label"))
            look = styles("cell", "left")
            put_block(sheet, Area(at, first + 1, at, last), None, look)
            if formula:
                put_formula(sheet, at, first + 1, f"={formula}", look, value)
            else:
                put_text(sheet, at, first + 1, value, look)
            sheet.set_height(at, 24)
        bottom = max(bottom, top + 1 + len(lines))
    return bottom


def write_result_charts(
    workbook: Workbook, sheet: Sheet, styles: Styles, row: int, later: CoverOfResults
) -> int:
    """Puts the charts below row ``row``; returns the last row that they cover."""
    top = row + 1
    whole = WIDTH + BETWEEN + SMALL_WIDTH
    left = height = 0
    if later.evaluated.forms:
        count = len(later.evaluated.forms)
        height = height_of_charts(count)
        beside = _LIGHTS_WIDTH + BETWEEN if later.monitored.forms else 0
        width = (whole - BETWEEN - beside) // 2
        for chart in charts_of(workbook, count, width):
            sheet.insert_chart(top, 0, chart, {"x_offset": left, "y_offset": BETWEEN})
            left += width + BETWEEN
    if later.monitored.forms:
        width = whole - left if left else SMALL_WIDTH
        chart = _lights_chart(workbook, sheet, styles, top, later, (width, height or SMALL_HEIGHT))
        sheet.insert_chart(top, 0, chart, {"x_offset": left, "y_offset": BETWEEN})
        height = height or SMALL_HEIGHT
    last = top + math.ceil((BETWEEN + height) / ROW_PIXELS)
    for number in range(top, last + 1):
        sheet.set_height(number, ROW_POINTS)
    return last


def _lights_chart(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    row: int,
    later: CoverOfResults,
    size: tuple[int, int],
) -> Any:
    """How many projects have each light; its figures stand beside the printed columns."""
    cells = later.monitored.cells("项目预警")
    _, lights = _lights(later)
    lines = [(light, f'=COUNTIF({cells},"{light}")', lights.count(light)) for light in LIGHTS]
    block = FigureTable(sheet, styles, row).put("项目预警", lines)
    chart = new_chart(workbook, "column", "项目预警（个）", *size)
    small = {"name": BODY_FONT, "size": 9}
    chart.add_series(
        series_of(sheet, block, "项目预警")
        | {
            "gap": 80,
            "points": [{"fill": {"color": colour}} for colour in _LIGHT_COLOURS],
            "data_labels": {"value": True, "font": small},
        }
    )
    chart.set_x_axis({"num_font": small})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"none": True})
    return chart


def _of_evaluations(later: CoverOfResults) -> list[Line]:
    listed = later.evaluated
    told, grades = grade_formula(listed)
    deviates = sum(result.deviates for result in later.results)
    missing = sum(result.lacks_reason is not None for result in later.results)
    return [
        _count_line("自评项目", listed.cells("序号"), len(listed.forms)),
        _average_line(listed),
        ("评价等级", told, grades),
        ("等级界限", "", _limits(listed)),
        _rate_line(listed.total_cell("执行率"), listed.rate),
        _pair_line("未达标或扣分", listed.total_cell("偏差"), listed.total_cell("缺原因"),
                   deviates, missing),
    ]  # fmt: skip


def _of_monitorings(later: CoverOfResults) -> list[Line]:
    listed = later.monitored
    told, lights = _lights(later)
    months = {form.report.form["month"] for form in listed.forms}
    until = f"，截至 {months.pop()} 月" if len(months) == 1 and None not in months else ""
    own = [one.light for one in later.progress]
    misses = sum(one.forecast == "否" for one in later.progress)
    missing = sum(one.lacks_reason is not None for one in later.progress)
    of_indicators = '&"，"&'.join(f'"{light} "&{listed.total_cell(light)}' for light in LIGHTS)
    return [
        _count_line("监控项目", listed.cells("序号"), len(listed.forms), until),
        _rate_line(listed.total_cell("执行率"), listed.rate),
        ("项目预警", told, _counted(lights, LIGHTS)),
        ("指标预警", of_indicators, _counted(own, LIGHTS)),
        _pair_line("预计不达标", listed.total_cell("预计不达标"), listed.total_cell("缺原因"),
                   misses, missing, of_all="有偏差而"),
    ]  # fmt: skip


def _count_line(label: str, cells: str, count: int, until: str = "") -> Line:
    return label, f'COUNT({cells})&" 个{until}"', f"{count} 个{until}"


def _average_line(listed: EvaluatedList) -> Line:
    cell = listed.total_cell("总分")
    average = listed.average
    value = "没有总分" if average is None else f"{_rounded(average)} 分"
    return "平均得分", f'IF(ISNUMBER({cell}),ROUND({cell},2)&" 分","没有总分")', value


def _rate_line(cell: str, rate: Decimal | None) -> Line:
    value = _CANNOT if rate is None else f"{_rounded(rate * 100)}%"
    return "预算执行率", f'IF(ISNUMBER({cell}),ROUND({cell}*100,2)&"%","{_CANNOT}")', value


def _pair_line(
    label: str, cell: str, other: str, count: int, missing: int, of_all: str = "其中"
) -> Line:
    formula = f'{cell}&" 条，{of_all}没有说明原因 "&{other}&" 条"'
    return label, formula, f"{count} 条，{of_all}没有说明原因 {missing} 条"


def _limits(listed: EvaluatedList) -> str:
    if listed.scoring is None:
        return "各自评表的评分设置不同，见各表"
    limits = listed.scoring.grades
    shown = [f"{grade} ≥ {plain(least)}" for grade, least in zip(GRADES, limits, strict=False)]
    return "，".join([*shown, f"{GRADES[-1]} < {plain(limits[-1])}"])


def _lights(later: CoverOfResults) -> tuple[str, list[str]]:
    """How many projects have each light, as a formula, and the light of each."""
    cells = later.monitored.cells("项目预警")
    told = '&"，"&'.join(f'"{light} "&COUNTIF({cells},"{light}")' for light in LIGHTS)
    return told, lights_of(later.monitored, later.progress)


def _counted(values: Iterable[str | None], words: Sequence[str]) -> str:
    listed = list(values)
    return "，".join(f"{word} {listed.count(word)}" for word in words)


def _rounded(value: Decimal) -> str:
    return plain(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
