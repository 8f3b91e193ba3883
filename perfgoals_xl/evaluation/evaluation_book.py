"""The workbooks with the year's other forms: 汇总, a sheet per project, 评分设置, 说明."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.evaluation.about_page import EVALUATION_TEXT, MONITORING_TEXT, write_about
from perfgoals_xl.evaluation.evaluation_sheet import write_evaluation
from perfgoals_xl.evaluation.form_plan import PlannedForm, planned_forms
from perfgoals_xl.evaluation.monitoring_sheet import write_monitoring
from perfgoals_xl.evaluation.reference_lists import write_reference_lists
from perfgoals_xl.evaluation.score_overview import (
    write_evaluation_overview,
    write_monitoring_overview,
)
from perfgoals_xl.evaluation.scoring_page import write_scoring_page
from perfgoals_xl.evaluation.unit_table import conversions
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, Scoring
from perfgoals_xl.form.evaluation.scoring_labels import (
    ABOUT_SHEET,
    LISTS_SHEET,
    MONITORING_REASONS,
    OVERVIEW_SHEET,
    REASONS,
    SETTINGS_SHEET,
    SettingLine,
)
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, add_sheet, new_workbook

_Cells = TypeVar("_Cells")
_TAB_FORM, _TAB_OTHER = "#4472C4", "#A6A6A6"


def write_evaluation_book(
    declarations: Sequence[Declaration],
    output: Path,
    *,
    scoring: Scoring = DEFAULT_SCORING,
    year: int | None = None,
) -> list[PlannedForm]:
    """Write the 自评表 of all projects of ``declarations`` to ``output``; returns what they say.

    ``year`` stands in where a declaration names none. Raises ``InputError`` where there is no
    project, or where the file cannot be written.
    """
    forms = _forms(declarations, scoring, year)
    _write(
        output,
        _title(declarations, forms, "项目支出绩效自评"),
        forms,
        scoring,
        EVALUATION_TEXT,
        REASONS,
        lambda sheet, styles, form: write_evaluation(sheet, styles, form, scoring),
        write_evaluation_overview,
        pointed=True,
    )
    return forms


def write_monitoring_book(
    declarations: Sequence[Declaration],
    output: Path,
    month: int,
    *,
    scoring: Scoring = DEFAULT_SCORING,
    year: int | None = None,
) -> list[PlannedForm]:
    """Write the 监控表 of all projects for the months up to ``month``; else as above."""
    forms = _forms(declarations, scoring, year)
    told = f"本监控表截至 {month} 月；预警按 {month} ÷ 12 折算。"
    _write(
        output,
        _title(declarations, forms, f"项目支出绩效运行监控（1~{month}月）"),
        forms,
        scoring,
        MONITORING_TEXT,
        MONITORING_REASONS,
        lambda sheet, styles, form: write_monitoring(sheet, styles, form, month),
        write_monitoring_overview,
        pointed=False,
        more=(SettingLine("监控月份", "PG_MONTH", Decimal(month), told),),
    )
    return forms


def _forms(
    declarations: Sequence[Declaration], scoring: Scoring, year: int | None
) -> list[PlannedForm]:
    forms = planned_forms(declarations, scoring, year)
    if not forms:
        raise InputError(
            "文件中没有填写项目的申报表，没有可以生成的表",
            hint="请给出填好的绩效目标申报表。",
            file=declarations[0].file if declarations else None,
        )
    return forms


def _title(declarations: Sequence[Declaration], forms: Sequence[PlannedForm], title: str) -> str:
    departments = {one.department for one in declarations if one.department}
    years = {form.year for form in forms if form.year is not None}
    department = departments.pop() if len(departments) == 1 else ""
    year = f"{years.pop()}年" if len(years) == 1 else ""
    return f"{year}{department}{title}{OVERVIEW_SHEET}"


def _write(
    output: Path,
    title: str,
    forms: Sequence[PlannedForm],
    scoring: Scoring,
    paragraphs: Sequence[str],
    reasons: Sequence[str],
    write_form: Callable[[Sheet, Styles, PlannedForm], _Cells],
    write_overview: Callable[[Sheet, Styles, str, Sequence[PlannedForm], Sequence[_Cells]], None],
    *,
    pointed: bool,
    more: tuple[SettingLine, ...] = (),
) -> None:
    with whole_file(output) as temporary, new_workbook(temporary, title) as workbook:
        styles = Styles(workbook)
        overview = add_sheet(workbook, OVERVIEW_SHEET)
        sheets = [add_sheet(workbook, form.sheet) for form in forms]
        settings = add_sheet(workbook, SETTINGS_SHEET)
        about = add_sheet(workbook, ABOUT_SHEET)
        lists = add_sheet(workbook, LISTS_SHEET)
        for sheet in sheets:
            sheet.set_tab_color(_TAB_FORM)
        for sheet in (settings, about):
            sheet.set_tab_color(_TAB_OTHER)
        cells = [write_form(sheet, styles, form) for sheet, form in zip(sheets, forms, strict=True)]
        write_overview(overview, styles, title, forms, cells)
        write_scoring_page(workbook, settings, styles, scoring, more)
        write_about(about, styles, forms, paragraphs, pointed=pointed)
        targets = [one.target for form in forms for one in form.indicators]
        write_reference_lists(workbook, lists, styles, reasons, conversions(targets))
        overview.activate()
