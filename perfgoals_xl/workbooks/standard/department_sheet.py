"""The sheet 部门整体: 部门整体支出绩效目标表 in the official layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.fields import field
from perfgoals_xl.form.level_runs import Levels
from perfgoals_xl.form.other_labels import DEPARTMENT_LABEL, DEPARTMENT_TARGET_LABEL
from perfgoals_xl.form.titles import DEPARTMENT_TITLE
from perfgoals_xl.workbooks.findings.highlights import add_highlights
from perfgoals_xl.workbooks.kit.level_rows import ROW_HEIGHT, put_levels, split_height
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_text, quoting
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.headings import Heading, put_department, put_title
from perfgoals_xl.workbooks.standard.hints import add_hint

SHEET = "部门整体"
WIDTHS = (12, 13, 26, 28, 11, 12)
_LAST = len(WIDTHS) - 1
_VALUE_WIDTH = sum(WIDTHS[2:])
_SPARE_ROWS = 3
_BLANK_DUTY_HEIGHT = 90.0


class Preprinted(NamedTuple):
    """The groups that the blank table prints: the level-1 term and a level-2 term per row."""

    level1: str
    rows: tuple[str, ...]


PREPRINTED = Preprinted(
    "预算执行绩效目标",
    ("结转资金", "结余资金", "预算调剂", "预算调剂", "预算调剂", "绩效目标调整"),
)


def write_department_sheet(
    sheet: Sheet,
    styles: Styles,
    heading: Heading,
    duty_goal: str | None = None,
    goals: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Fills the sheet; ``goals`` are rows of ``department_goals``, none for the blank table."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    _write_heading(sheet, styles, heading)
    header = _write_duty_goal(sheet, styles, duty_goal)
    _write_header(sheet, styles, header)
    last = _write_goals(sheet, styles, header + 2, goals or _blank_goals())
    levels = Area(header + 2, 1, last, 1)
    add_hint(sheet, levels, field("level2"), source=names.DEPARTMENT_LEVEL2_LIST)
    for column, name in ((2, "policy_goal"), (3, "budget_goal"), (4, "target_value"), (5, "note")):
        add_hint(sheet, Area(header + 2, column, last, column), field(name))
    add_highlights(sheet, styles, last_row=last, last_column=_LAST)
    set_page(sheet, last_row=last, last_column=_LAST, repeat=(header, header + 1))


def _write_heading(sheet: Sheet, styles: Styles, heading: Heading) -> None:
    sheet.merge_range(0, 0, 0, _LAST, "", styles("title"))
    put_title(sheet, styles, heading, DEPARTMENT_TITLE, sum(WIDTHS))
    sheet.set_height(1, 12)
    put_block(sheet, Area(2, 0, 2, 1), DEPARTMENT_LABEL, styles("cell", "label"))
    sheet.merge_range(2, 2, 2, _LAST, "", styles("cell", "left", "text"))
    put_department(sheet, styles, heading, 2, 2)
    sheet.set_height(2, 26)


def _write_duty_goal(sheet: Sheet, styles: Styles, goal: str | None) -> int:
    """Writes the duty goal and returns the row behind it."""
    heights = split_height(max(_BLANK_DUTY_HEIGHT, height_of(goal, _VALUE_WIDTH)))
    top, bottom = 3, 3 + len(heights) - 1
    put_block(sheet, Area(top, 0, bottom, 1), field("duty_goal").label, styles("cell", "label"))
    area = Area(top, 2, bottom, _LAST)
    put_block(sheet, area, goal, styles("cell", "left", *quoting(goal)))
    add_hint(sheet, area, field("duty_goal"))
    for row, height in enumerate(heights, start=top):
        sheet.set_height(row, height)
    return bottom + 1


def _write_header(sheet: Sheet, styles: Styles, row: int) -> None:
    head = styles("cell", "head")
    put_block(sheet, Area(row, 0, row + 1, 0), field("level1").label, head)
    put_block(sheet, Area(row, 1, row + 1, 1), field("level2").label, head)
    put_block(sheet, Area(row, 2, row, 4), field("level3").label, head)
    put_block(sheet, Area(row, 5, row + 1, 5), field("note").label, head)
    put_text(sheet, row + 1, 2, field("policy_goal").label, head)
    put_text(sheet, row + 1, 3, field("budget_goal").label, head)
    put_text(sheet, row + 1, 4, DEPARTMENT_TARGET_LABEL, head)
    sheet.set_height(row, ROW_HEIGHT)
    sheet.set_height(row + 1, ROW_HEIGHT)


def _blank_goals() -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = [
        {"level1": PREPRINTED.level1, "level2": level2} for level2 in PREPRINTED.rows
    ]
    return rows + [{}] * _SPARE_ROWS


def _write_goals(
    sheet: Sheet, styles: Styles, first: int, goals: Sequence[Mapping[str, Any]]
) -> int:
    """Writes the rows and returns the last one."""
    left, center = styles("cell", "left", "text"), styles("cell", "center", "text")
    columns = (
        ("policy_goal", 2, left),
        ("budget_goal", 3, left),
        ("target_value", 4, center),
        ("note", 5, left),
    )
    heights = []
    for row, goal in enumerate(goals, start=first):
        for name, column, style in columns:
            put_text(sheet, row, column, goal.get(name), style)
        needed = max(height_of(goal.get(name), WIDTHS[column]) for name, column, _ in columns)
        heights.append(max(needed, ROW_HEIGHT))
    levels: list[Levels] = [(goal.get("level1"), goal.get("level2")) for goal in goals]
    widths = (float(WIDTHS[0]), float(WIDTHS[1]))
    roomy, raised = put_levels(sheet, first, levels, heights, widths, center)
    for n, height in enumerate(roomy):
        sheet.set_height(first + n, height, fixed=n in raised)
    return first + len(goals) - 1
