"""The charts on the cover: money by project, money by source, findings by severity.

Native charts over a small table beside the printed columns, whose figures are formulas, so that a
chart follows what a reviewer corrects.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.findings.layout import FindingLine, count_formula
from perfgoals_xl.workbooks.kit.column_totals import shown
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, HEAD_FONT, QUIET, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text
from perfgoals_xl.workbooks.summary.project_list import ProjectList

# The leaves of the funding block: together they are the whole money.
_SOURCES = (
    "local_appropriation",
    "local_other",
    "local_carryover",
    "transfer_central",
    "transfer_regional",
)
_MOST_PROJECTS = 20
_LONGEST_NAME = 18
LABELS, _FIGURES = 7, 8
WIDTH, SMALL_WIDTH, SMALL_HEIGHT, BETWEEN = 690, 360, 272, 8
ROW_PIXELS, ROW_POINTS = 20, 15.0
_BAR, _BAR_FRAME = 24, 90
_SOURCE_COLOURS = ("#5B9BD5", "#9DC3E6", "#BDD7EE", "#ED7D31", "#F4B183")
# Deeper than the highlights of cells, which would look washed out as bars.
_SEVERITY_COLOURS = {"error": "#E06666", "warning": "#F1C232", "info": "#9FC5E8"}


def write_charts(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    row: int,
    listed: ProjectList,
    findings: Sequence[FindingLine],
) -> int:
    """Puts the charts below row ``row`` on a page of their own; returns the last row they cover.

    The money by project on the left, the two small charts one below the other on the right. A
    project without an amount is in no chart, and the title says how many there are.
    """
    top = row + 2
    sheet.set_column(LABELS - 1, LABELS - 1, 3)
    sheet.set_column(LABELS, LABELS, 30)
    sheet.set_column(_FIGURES, _FIGURES, 14)
    table = FigureTable(sheet, styles, top)
    chosen = _largest(listed)
    projects = table.put(
        "各项目年度资金总额",
        [
            (_short(name), f"={listed.amount_reference(number, 'annual_amount')}", amount)
            for number, name, amount in chosen
        ],
    )
    sources = table.put(
        "资金来源",
        [
            (label_of(name).replace("·", " "), f"=N({listed.total_reference(name)})", total or 0)
            for name in _SOURCES
            for total in [shown(listed.total(name).value)]
        ]
        if listed.rows
        else [],
    )
    severities = table.put(
        "校验结果",
        [
            (label, count_formula(severity), sum(f.severity == severity for f in findings))
            for severity, label in SEVERITY_LABELS.items()
        ],
    )
    bars = _BAR_FRAME + _BAR * max(1, len(chosen))
    # Not on the break itself: their frames would be drawn on the page before.
    left, above = 0, BETWEEN
    if chosen:
        chart = _bars(workbook, sheet, projects, _title_of(listed, len(chosen)), bars)
        sheet.insert_chart(top, 0, chart, {"y_offset": BETWEEN})
        left = WIDTH + BETWEEN
    if any(value for _, _, value in sources[2]):
        chart = _shares(workbook, sheet, sources, listed.unit)
        sheet.insert_chart(top, 0, chart, {"x_offset": left, "y_offset": above})
        above += SMALL_HEIGHT + BETWEEN
    chart = _counts(workbook, sheet, severities)
    sheet.insert_chart(top, 0, chart, {"x_offset": left, "y_offset": above})
    height = max(BETWEEN + bars if chosen else 0, above + SMALL_HEIGHT)
    last = top + math.ceil(height / ROW_PIXELS)
    for number in range(top, last + 1):
        # Charts are placed by pixels: the rows under them must be as high as is reckoned with.
        sheet.set_height(number, ROW_POINTS)
    return last


_Line = tuple[str, str, Any]
Block = tuple[int, int, Sequence[_Line]]
"""The first and the last row of some figures, and what they say."""


class FigureTable:
    """The figures of the charts, one block below the other."""

    def __init__(self, sheet: Sheet, styles: Styles, row: int) -> None:
        self._sheet, self._styles, self._row = sheet, styles, row

    def put(self, heading: str, lines: Sequence[_Line]) -> Block:
        """Writes label, formula and its present value; returns the first and last row."""
        quiet = self._styles("quiet")
        put_text(self._sheet, self._row, LABELS, f"图表数据：{heading}", quiet)
        first = self._row + 1
        for row, (label, formula, value) in enumerate(lines, start=first):
            put_text(self._sheet, row, LABELS, label, quiet)
            put_formula(self._sheet, row, _FIGURES, formula, quiet, value)
        self._row = first + len(lines) + 1
        return first, first + len(lines) - 1, lines


def _largest(listed: ProjectList) -> list[tuple[int, str, Decimal]]:
    """The projects with the most money of the year: number in the list, name, amount."""
    found = [
        (number, str(row["project_name"] or f"项目{number}"), row["annual_amount"])
        for number, row in enumerate(listed.rows, start=1)
        if isinstance(row["annual_amount"], Decimal)
    ]
    return sorted(found, key=lambda item: (-item[2], item[0]))[:_MOST_PROJECTS]


def _title_of(listed: ProjectList, shown: int) -> str:
    title = f"各项目年度资金总额（{listed.unit}）"
    without = sum(not isinstance(row["annual_amount"], Decimal) for row in listed.rows)
    others = len(listed.rows) - without - shown
    notes = [f"另有 {others} 个金额较小的项目未画" if others else ""]
    notes.append(f"{without} 个项目没有金额" if without else "")
    told = "，".join(filter(None, notes))
    return f"{title}　{told}" if told else title


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def new_chart(workbook: Workbook, kind: str, title: str, width: int, height: int) -> Any:
    """A chart with its title, in pixels."""
    chart: Any = workbook.add_chart({"type": kind})
    font = {"name": HEAD_FONT, "size": 11, "bold": False}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    chart.set_size({"width": width, "height": height})
    chart.set_chartarea({"border": {"color": "#D9D9D9"}})
    return chart


def series_of(sheet: Sheet, block: Block, title: str) -> dict[str, Any]:
    """A series over a block of figures."""
    first, last, _ = block
    name = sheet.shown_name
    return {
        "name": title,
        "categories": [name, first, LABELS, last, LABELS],
        "values": [name, first, _FIGURES, last, _FIGURES],
    }


def _bars(workbook: Workbook, sheet: Sheet, block: Block, title: str, height: int) -> Any:
    chart = new_chart(workbook, "bar", title, WIDTH, height)
    small = {"name": BODY_FONT, "size": 9}
    chart.add_series(
        series_of(sheet, block, "年度资金总额")
        | {
            "fill": {"color": "#5B9BD5"},
            "gap": 45,
            "data_labels": {"value": True, "font": small, "num_format": "#,##0.######"},
        }
    )
    # The first of the table on top, as one reads.
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": QUIET}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    return chart


def _shares(workbook: Workbook, sheet: Sheet, block: Block, unit: str) -> Any:
    chart = new_chart(workbook, "doughnut", f"资金来源构成（{unit}）", SMALL_WIDTH, SMALL_HEIGHT)
    small = {"name": BODY_FONT, "size": 9}
    chart.add_series(
        series_of(sheet, block, "资金来源")
        | {"points": [{"fill": {"color": colour}} for colour in _SOURCE_COLOURS]}
    )
    chart.set_hole_size(50)
    chart.set_legend({"position": "right", "font": small})
    return chart


def _counts(workbook: Workbook, sheet: Sheet, block: Block) -> Any:
    chart = new_chart(workbook, "column", "校验结果（项）", SMALL_WIDTH, SMALL_HEIGHT)
    small = {"name": BODY_FONT, "size": 9}
    chart.add_series(
        series_of(sheet, block, "校验结果")
        | {
            "gap": 80,
            "points": [{"fill": {"color": colour}} for colour in _SEVERITY_COLOURS.values()],
            "data_labels": {"value": True, "font": small},
        }
    )
    chart.set_x_axis({"num_font": small})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"none": True})
    return chart
