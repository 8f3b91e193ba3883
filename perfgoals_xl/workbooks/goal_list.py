"""部门整体 of the summary: the duty goals of the departments and the goals of their tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfgoals_xl.form.fields import field
from perfgoals_xl.form.other_labels import DEPARTMENT_TARGET_LABEL
from perfgoals_xl.reading.grid import Area
from perfgoals_xl.workbooks.book import Sheet, put_block, quoting
from perfgoals_xl.workbooks.department_sheet import SHEET
from perfgoals_xl.workbooks.level_rows import split_height
from perfgoals_xl.workbooks.page import set_page
from perfgoals_xl.workbooks.row_height import height_of
from perfgoals_xl.workbooks.styles import Styles
from perfgoals_xl.workbooks.tables import Column, Value, put_sheet_title, put_table, set_widths

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

__all__ = ["SHEET", "write_goal_list"]

_COLUMNS = (
    Column("序号", 6, "center"),
    Column("部门", 18),
    Column(field("level1").label, 13, "center"),
    Column(field("level2").label, 13, "center"),
    Column(field("policy_goal").label, 32),
    Column(field("budget_goal").label, 34),
    Column(DEPARTMENT_TARGET_LABEL, 11, "center"),
    Column(field("note").label, 13),
    Column("工作表", 11),
    Column("单元格", 8, "center"),
)
_LAST = len(_COLUMNS) - 1
_GOAL_COLUMN = 2
_LEAST_GOAL_HEIGHT = 40.0


def write_goal_list(
    sheet: Sheet, styles: Styles, declarations: Sequence[Declaration], *, title: str, header: str
) -> None:
    """One block per department with its duty goal, then every goal in a line of its own."""
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, _LAST)
    row = 1
    for declaration in declarations:
        row = _write_duty_goal(sheet, styles, row, declaration)
    rows: list[list[Value]] = []
    for declaration in declarations:
        for index, record in enumerate(declaration.department_goals.records()):
            place = declaration.department_goals.place(index, "target_value")
            rows.append(
                [
                    len(rows) + 1,
                    declaration.department,
                    record["level1"],
                    record["level2"],
                    record["policy_goal"],
                    record["budget_goal"],
                    record["target_value"],
                    record["note"],
                    record["sheet"],
                    place.cell if place else None,
                ]
            )
    top = row + 1
    sheet.set_height(row, 12)
    last = put_table(sheet, styles, top, _COLUMNS, rows, empty="（没有填报部门整体绩效目标）")
    sheet.autofilter(top, 0, last, _LAST)
    set_page(
        sheet, landscape=True, last_row=last, last_column=_LAST, repeat=(top, top), header=header
    )


def _write_duty_goal(sheet: Sheet, styles: Styles, top: int, declaration: Declaration) -> int:
    """Writes one department's duty goal and returns the row behind it."""
    goal = declaration.duty_goal
    width = sum(column.width for column in _COLUMNS[_GOAL_COLUMN:])
    heights = split_height(max(_LEAST_GOAL_HEIGHT, height_of(goal, width, 10)))
    bottom = top + len(heights) - 1
    label = "\n".join(filter(None, (declaration.department, field("duty_goal").label)))
    put_block(sheet, Area(top, 0, bottom, 1), label, styles("cell", "label", "ten"))
    style = styles("cell", "left", "ten", *quoting(goal))
    put_block(sheet, Area(top, _GOAL_COLUMN, bottom, _LAST), goal, style)
    for row, height in enumerate(heights, start=top):
        sheet.set_height(row, height)
    return bottom + 1
