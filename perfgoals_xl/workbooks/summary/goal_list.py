"""部门整体 of the summary: the duty goals of the departments and the goals of their tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.fields import field
from perfgoals_xl.form.other_labels import DEPARTMENT_TARGET_LABEL
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.workbooks.kit.level_rows import split_height
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import Place, SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    add_filter,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, quoting
from perfgoals_xl.workbooks.standard.department_sheet import SHEET

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

__all__ = ["SHEET", "numbers_of", "write_goal_list"]

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
_TABLE_ROW = 2
_GOAL_COLUMN = 2
_LEAST_GOAL_HEIGHT = 40.0


def write_goal_list(
    sheet: Sheet,
    styles: Styles,
    declarations: Sequence[Declaration],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """Every goal in a line of its own, then one block per department with its duty goal.

    The cell of a goal's target value is a link to it. The duty goals come last because they may be
    higher than a screen, and the header of the goals stays in sight.
    """
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, _LAST)
    put_note(sheet, styles, 1, links.cell_note, _LAST)
    rows: list[list[Value]] = []
    places: list[Place] = []
    for declaration in declarations:
        for index, record in enumerate(declaration.department_goals.records()):
            place = declaration.department_goals.place(index, "target_value")
            cell = place.cell if place else None
            places.append((declaration.file, record["sheet"], cell))
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
                    cell,
                ]
            )
    empty = "（没有填报部门整体绩效目标）"
    last = put_table(sheet, styles, _TABLE_ROW, _COLUMNS, rows, empty=empty)
    for number, place_of in enumerate(places, start=1):
        _link(sheet, styles, number, links, place_of)
    add_filter(sheet, _TABLE_ROW, last, _COLUMNS)
    sheet.set_height(last + 1, 12)
    row = last + 2
    for declaration in _with_duty_goals(declarations):
        row = _write_duty_goal(sheet, styles, row, declaration)
    set_page(
        sheet,
        landscape=True,
        last_row=row - 1,
        last_column=_LAST,
        repeat=(_TABLE_ROW, _TABLE_ROW),
        header=header,
    )


def _with_duty_goals(declarations: Sequence[Declaration]) -> list[Declaration]:
    """The sources that state a duty goal; of a department where none does, the first.

    Beside a declaration the 自评表 and 监控表 of its department have nothing to say here.
    """
    told = [one for one in declarations if not is_blank(one.duty_goal)]
    said = {one.department for one in told}
    for one in declarations:
        if one.department not in said:
            said.add(one.department)
            told.append(one)
    order = {id(one): number for number, one in enumerate(declarations)}
    return sorted(told, key=lambda one: order[id(one)])


def numbers_of(goals: int) -> str:
    """The numbers of the goals, where there are ``goals`` of them, for other sheets."""
    first = _TABLE_ROW + 2
    return f"{quoted(SHEET)}!$A${first}:$A${max(first, first + goals - 1)}"


def _link(sheet: Sheet, styles: Styles, number: int, links: SourceLinks, place: Place) -> None:
    row, cell = _TABLE_ROW + number, place[2]
    if cell is None:
        links.put_number(sheet, styles, row, number, place)
    else:
        both = styles("cell", "center", "text", "ten"), styles("cell", "center", "link", "ten")
        links.put(sheet, row, _LAST, cell, both, place)


def _write_duty_goal(sheet: Sheet, styles: Styles, top: int, declaration: Declaration) -> int:
    """Writes one department's duty goal and returns the row behind it."""
    goal = declaration.duty_goal
    width = sum(column.width for column in _COLUMNS[_GOAL_COLUMN:])
    label = "\n".join(filter(None, (declaration.department, field("duty_goal").label)))
    label_width = sum(column.width for column in _COLUMNS[:_GOAL_COLUMN])
    needed = max(height_of(goal, width, 10), height_of(label, label_width, 10))
    heights = split_height(max(_LEAST_GOAL_HEIGHT, needed))
    bottom = top + len(heights) - 1
    put_block(sheet, Area(top, 0, bottom, 1), label, styles("cell", "label", "ten"))
    style = styles("cell", "left", "ten", *quoting(goal))
    put_block(sheet, Area(top, _GOAL_COLUMN, bottom, _LAST), goal, style)
    for row, height in enumerate(heights, start=top):
        sheet.set_height(row, height)
    return bottom + 1
