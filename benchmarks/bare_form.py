"""Writes a declaration as a workbook of bare values and merged areas, in the official layout.

It is what a department sends that keeps a form of its own: no dropdowns, no checks, no highlights.
That is also the hardest to beat, for openpyxl is slow at those. Writing it takes a fifth of the
time of the standard workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import field
from perfgoals_xl.workbooks.kit.sheet_names import sheet_names

_LAST = 5
_PAIRS = (
    ("supervising_department", "implementing_unit"),
    ("project_attribute", "project_period"),
    ("total_amount", "annual_amount"),
)
_FUNDING = (
    (
        0,
        "其中：\n本级资金",
        ("local_total", "local_appropriation", "local_other", "local_carryover"),
    ),
    (
        3,
        "其中：\n转移市县\n（区）资金",
        ("transfer_total", "transfer_central", "transfer_regional"),
    ),
)
_FUNDING_ROW, _GOAL_ROW = 7, 11
# The same declaration always gives the same bytes.
_CREATED = dt.datetime(2026, 1, 1)


def write_bare(declaration: Declaration, path: Path) -> None:
    """Writes the workbook: 填报说明, 部门整体, then a sheet for each project."""
    projects = declaration.projects.records()
    names = sheet_names([project["project_name"] for project in projects], ("填报说明", "部门整体"))
    tables = {
        project: list(rows)
        for project, rows in groupby(
            declaration.indicators.records(), key=lambda row: row["project"]
        )
    }
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        _write_cover(book.add_worksheet("填报说明"), declaration)
        _write_department(book.add_worksheet("部门整体"), declaration)
        for row, (name, project) in enumerate(zip(names, projects, strict=True)):
            sheet = book.add_worksheet(name)
            _put(
                sheet, 0, 0, f"{project['year']}年{declaration.department}项目支出绩效目标表", _LAST
            )
            _put(sheet, 1, 0, f"（{project['year']}年度）", _LAST)
            _put(sheet, 2, 0, f"单位：{project['amount_unit']}", _LAST)
            _write_head(sheet, project)
            _write_indicators(sheet, tables.get(row, []))


def _put(
    sheet: Worksheet, row: int, column: int, value: Any, right: int = 0, bottom: int = 0
) -> None:
    """A value, in an area merged up to column ``right`` and row ``bottom`` where it is larger."""
    if right > column or bottom > row:
        sheet.merge_range(row, column, max(bottom, row), max(right, column), "")
    if value is not None:
        sheet.write(row, column, value)


def _write_cover(sheet: Worksheet, declaration: Declaration) -> None:
    _put(sheet, 0, 0, "绩效目标申报表　填报说明", 2)
    stated = {
        "计划年度": declaration.year,
        "填报部门": declaration.department,
        "填报部门代码": declaration.department_code,
        "指标体系": declaration.edition,
    }
    for row, (label, value) in enumerate(stated.items(), start=1):
        _put(sheet, row, 0, label)
        _put(sheet, row, 1, value)


def _write_department(sheet: Worksheet, declaration: Declaration) -> None:
    _put(sheet, 0, 0, f"{declaration.year}年{declaration.department}部门整体支出绩效目标表", _LAST)
    _put(sheet, 2, 0, "部门名称及代码", 1)
    _put(sheet, 2, 2, f"{declaration.department}（{declaration.department_code}）", _LAST)
    _put(sheet, 3, 0, field("duty_goal").label, 1)
    _put(sheet, 3, 2, declaration.duty_goal, _LAST)
    _put(sheet, 4, 0, field("level1").label, bottom=5)
    _put(sheet, 4, 1, field("level2").label, bottom=5)
    _put(sheet, 4, 2, field("level3").label, 4)
    _put(sheet, 4, 5, field("note").label, bottom=5)
    columns = ("level1", "level2", "policy_goal", "budget_goal", "target_value")
    for column, label in enumerate(("财政政策性绩效目标", "部门预算绩效目标", "部门指标值"), 2):
        _put(sheet, 5, column, label)
    for row, goal in enumerate(declaration.department_goals.records(), start=6):
        for column, name in enumerate(columns):
            _put(sheet, row, column, goal[name])


def _write_head(sheet: Worksheet, project: Mapping[str, Any]) -> None:
    _put(sheet, 3, 0, field("project_name").label, 1)
    _put(sheet, 3, 2, project["project_name"], _LAST)
    for row, (left, right) in enumerate(_PAIRS, start=4):
        _put(sheet, row, 0, field(left).label, 1)
        _put(sheet, row, 2, project[left])
        _put(sheet, row, 3, field(right).label)
        _put(sheet, row, 4, project[right], _LAST)
    for column, label, names in _FUNDING:
        _put(sheet, _FUNDING_ROW, column, label, bottom=_FUNDING_ROW + 3)
        for row, name in enumerate(names, start=_FUNDING_ROW):
            _put(sheet, row, column + 1, field(name).label)
            _put(sheet, row, column + 2, project[name])
    _put(sheet, _GOAL_ROW, 0, field("annual_goal").label, 1)
    _put(sheet, _GOAL_ROW, 2, project["annual_goal"], _LAST)


def _write_indicators(sheet: Worksheet, rows: Sequence[Mapping[str, Any]]) -> None:
    header = _GOAL_ROW + 1
    for column, name in enumerate(("level1", "level2", "level3", "target_value")):
        _put(sheet, header, column, field(name).label)
    _put(sheet, header, 4, field("note").label, _LAST)
    for column, level in enumerate(("level1", "level2")):
        top = header + 1
        # Runs of equal neighbours are one merged cell, as on every form.
        for value, run in groupby(row[level] for row in rows):
            bottom = top + len(list(run)) - 1
            _put(sheet, top, column, value, bottom=bottom)
            top = bottom + 1
    for row, values in enumerate(rows, start=header + 1):
        _put(sheet, row, 2, values["indicator"])
        _put(sheet, row, 3, values["target_value"])
        sheet.merge_range(row, 4, row, _LAST, "")
