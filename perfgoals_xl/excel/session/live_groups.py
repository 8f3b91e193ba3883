"""The rows of 校验结果 in an open workbook that open and close what is told together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from perfgoals_xl.addresses import a1
from perfgoals_xl.excel.session.cell_blocks import runs
from perfgoals_xl.workbooks.findings.findings_table import GROUP_LOOK, group_look
from perfgoals_xl.workbooks.findings.plan import Plan
from perfgoals_xl.workbooks.kit.styles import properties

_ABOVE = 0  # Excel's xlSummaryAbove: the row of a group stands above what it opens.


def open_groups(sheet: Any, plan: Plan, bottom: int) -> None:
    """Take groups of an earlier validation away: every row is seen and looks like the others."""
    rows = sheet.range(f"{plan.first + 1}:{bottom + 1}")
    if plan.old_groups:
        with suppress(Exception):
            rows.api.ClearOutline()
    rows.rows.hidden = False
    for row in plan.old_groups:
        for left, right in _looking(plan):
            cells = sheet.range(f"{a1(row, left)}:{a1(row, right)}")
            cells.font.bold = False
            cells.color = None


def close_groups(sheet: Any, plan: Plan) -> None:
    """Make the rows of groups look like it, and put what they open out of sight."""
    look = properties(GROUP_LOOK)
    for row in plan.groups:
        for left, right in _looking(plan):
            cells = sheet.range(f"{a1(row, left)}:{a1(row, right)}")
            cells.font.bold = look["bold"]
            cells.color = look["bg_color"]
        if "severity" in plan.visible:
            level = plan.lines[row - plan.first].level
            cell = sheet.range(a1(row, plan.visible["severity"]))
            cell.color = properties(group_look("severity", level))["bg_color"]
    inside = runs(plan.inside)
    if not inside:
        return
    # xlwings has no words for it on a desktop. What cannot be opened again stays in sight.
    with suppress(Exception):
        sheet.api.Outline.SummaryRow = _ABOVE
        for top, end in inside:
            rows = sheet.range(f"{top + 1}:{end + 1}")
            rows.api.Group()
            rows.rows.hidden = True


def _looking(plan: Plan) -> Sequence[tuple[int, int]]:
    """The columns that look otherwise in a row for a group: all that people see but the reasons."""
    return runs([column for key, column in plan.visible.items() if key != "waiver"])
