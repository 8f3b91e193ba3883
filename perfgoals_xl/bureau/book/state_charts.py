"""The charts on 封面: what the departments come to, and what became of the last round's findings.

Native charts over small tables beside the printed columns, whose figures are formulas, so that a
chart follows what a reviewer types.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook

from perfgoals_xl.bureau.account import Account
from perfgoals_xl.bureau.book.department_columns import (
    EXPLAINED,
    NEW,
    SOLVED,
    STANDING,
    STATES,
)
from perfgoals_xl.bureau.book.department_list import DepartmentList
from perfgoals_xl.workbooks.kit.styles import BODY_FONT, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet
from perfgoals_xl.workbooks.summary.cover_charts import (
    BETWEEN,
    LABELS,
    ROW_PIXELS,
    ROW_POINTS,
    Block,
    FigureTable,
    new_chart,
    series_of,
)

_WIDTH, _HEIGHT = 420, 290
# Deeper than the highlights of cells, which would look washed out as bars.
_STATE_COLOURS = ("#70AD47", "#F1C232", "#F4B183", "#E06666", "#A6A6A6")
_SINCE_COLOURS = ("#70AD47", "#E06666", "#F1C232", "#9FC5E8")


def write_state_charts(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    row: int,
    account: Account,
    departments: DepartmentList,
) -> int:
    """Puts the charts below row ``row``; returns the first row that they leave free."""
    top = row + 1
    free = top + math.ceil((BETWEEN + _HEIGHT) / ROW_PIXELS) + 1
    for number in range(top, free):
        # Charts are placed by pixels: the rows under them must be as high as is reckoned with.
        sheet.set_height(number, ROW_POINTS)
    sheet.set_column(LABELS - 1, LABELS - 1, 3)
    sheet.set_column(LABELS, LABELS, 30)
    sheet.set_column(LABELS + 1, LABELS + 1, 14)
    table = FigureTable(sheet, styles, top)
    area = departments.department_states()
    states = table.put(
        "部门状态",
        [
            (state, f'=COUNTIF({area},"{state}")', departments.departments_in(state))
            for state, _ in STATES
        ],
    )
    chart = _columns(workbook, sheet, states, "各部门状态（个部门）", _STATE_COLOURS)
    sheet.insert_chart(top, 0, chart, {"y_offset": BETWEEN})
    last = states[1]
    if departments.since is not None:
        sheet.write_blank(last + 1, LABELS, None, styles("quiet"))
        since = table.put(
            "与上轮对比",
            [
                (
                    header,
                    f"={departments.total_reference(header)}",
                    departments.since.total(account, header),
                )
                for header in (SOLVED, NEW, STANDING, EXPLAINED)
            ],
        )
        chart = _columns(workbook, sheet, since, "与上轮对比（项问题）", _SINCE_COLOURS)
        place = {"x_offset": _WIDTH + BETWEEN, "y_offset": BETWEEN}
        sheet.insert_chart(top, 0, chart, place)
        last = since[1]
    for number in range(last + 1, free):
        # A row without any cell would be written without its height.
        sheet.write_blank(number, LABELS, None, styles("quiet"))
    return free


def _columns(
    workbook: Workbook, sheet: Sheet, block: Block, title: str, colours: Sequence[str]
) -> Any:
    chart = new_chart(workbook, "column", title, _WIDTH, _HEIGHT)
    small = {"name": BODY_FONT, "size": 9}
    chart.add_series(
        series_of(sheet, block, title)
        | {
            "gap": 70,
            "points": [{"fill": {"color": colour}} for colour in colours],
            "data_labels": {"value": True, "font": small},
        }
    )
    chart.set_x_axis({"num_font": small})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"none": True})
    return chart
