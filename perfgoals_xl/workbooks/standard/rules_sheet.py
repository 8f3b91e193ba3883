"""The sheet 校验规则: every rule with its severity and threshold, for staff to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xlsxwriter import Workbook

from perfgoals_xl.addresses import a1
from perfgoals_xl.form.own_sheets import NOTES_LABEL, RULE_HEADINGS, RULES_SHEET, SEVERITY_LABELS
from perfgoals_xl.review.settings import Settings
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.lists_sheet import NO, YES

WIDTHS = (8, 34, 9, 9, 8, 60)
_HEADER_ROW = 2
_NOTE = (
    "可以改“级别”“阈值”“启用”三栏：改级别用下拉列表；启用选“否”，该规则不再检查；"
    "没有阈值的规则不填。修改后重新校验即生效。"
)


class RuleLine(Protocol):
    """A rule as the sheet shows it; ``severity`` is error, warning or info."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def severity(self) -> str: ...  # noqa: D102
    @property
    def threshold(self) -> float | int | None: ...  # noqa: D102
    @property
    def explanation(self) -> str: ...  # noqa: D102


def write_rules(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    rules: Sequence[RuleLine],
    settings: Settings | None = None,
) -> None:
    """Fills the sheet with ``rules`` in their order, as ``settings`` has them: else all in use."""
    settings = settings or Settings()
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    last_column = len(RULE_HEADINGS) - 1
    sheet.merge_range(0, 0, 0, last_column, "", styles("title"))
    put_text(sheet, 0, 0, "校验规则", styles("title"))
    sheet.set_height(0, 34)
    sheet.merge_range(1, 0, 1, last_column, "", styles("quiet"))
    put_text(sheet, 1, 0, _NOTE, styles("quiet"))
    sheet.set_height(1, 20)
    for column, header in enumerate(RULE_HEADINGS):
        put_text(sheet, _HEADER_ROW, column, header, styles("cell", "head"))
    sheet.set_height(_HEADER_ROW, 24)
    for row, rule in enumerate(rules, start=_HEADER_ROW + 1):
        _write_rule(sheet, styles, row, rule, settings)
    last = _HEADER_ROW + max(len(rules), 1)
    first = _HEADER_ROW + 1
    for column, source in ((2, names.SEVERITY_LIST), (4, names.YES_NO_LIST)):
        options = {
            "validate": "list",
            "source": f"={source}",
            "error_title": "请从列表中选择",
            "error_message": "只能使用下拉列表中的值。",
        }
        sheet.data_validation(first, column, last, column, options)
    _write_notes_setting(sheet, styles, settings.notes)
    area = f"{quoted(RULES_SHEET)}!$A${_HEADER_ROW + 1}:${a1(last, last_column)[0]}${last + 1}"
    workbook.define_name(names.RULES, f"={area}")
    sheet.autofilter(_HEADER_ROW, 0, last, last_column)
    sheet.freeze_panes(first, 0)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=last_column,
        repeat=(_HEADER_ROW, _HEADER_ROW),
    )


def _write_notes_setting(sheet: Sheet, styles: Styles, wanted: bool) -> None:
    """Beside the table: whether the add-in notes findings in the cells."""
    column = len(RULE_HEADINGS) + 1
    sheet.set_column(column - 1, column - 1, 3)
    sheet.set_column(column, column, 13)
    put_text(sheet, _HEADER_ROW, column, NOTES_LABEL, styles("cell", "label", "ten"))
    answer = YES if wanted else NO
    put_text(sheet, _HEADER_ROW, column + 1, answer, styles("cell", "center", "ten", "to_fill"))
    options = {
        "validate": "list",
        "source": f"={names.YES_NO_LIST}",
        "input_title": NOTES_LABEL,
        "input_message": "选“是”，在 Excel 中校验时把问题写进单元格批注；您自己的批注不受影响。",
        "error_title": "请从列表中选择",
        "error_message": "只能使用下拉列表中的值。",
    }
    sheet.data_validation(_HEADER_ROW, column + 1, _HEADER_ROW, column + 1, options)


def _write_rule(sheet: Sheet, styles: Styles, row: int, rule: RuleLine, settings: Settings) -> None:
    center, left = styles("cell", "center", "ten"), styles("cell", "left", "ten")
    to_fill = styles("cell", "center", "ten", "to_fill")
    chosen = settings.severities.get(rule.code, rule.severity)
    # A rule that is off keeps the severity that it would have.
    severity = rule.severity if chosen is None else chosen
    threshold = settings.thresholds.get(rule.code, rule.threshold)
    put_text(sheet, row, 0, rule.code, center)
    put_text(sheet, row, 1, rule.title, left)
    put_text(sheet, row, 2, SEVERITY_LABELS.get(severity, severity), to_fill)
    if threshold is None:
        sheet.write_blank(row, 3, None, to_fill)
    else:
        sheet.write_number(row, 3, threshold, to_fill)
    put_text(sheet, row, 4, NO if chosen is None else YES, to_fill)
    put_text(sheet, row, 5, rule.explanation, left)
    height = max(height_of(rule.title, WIDTHS[1], 10), height_of(rule.explanation, WIDTHS[5], 10))
    sheet.set_height(row, max(20.0, height), fixed=False)
