"""The sheet 评分设置: every setting of the scoring, which the formulas of the forms use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.form.evaluation.scoring import Scoring
from perfgoals_xl.form.evaluation.scoring_labels import (
    SETTINGS_HEADINGS,
    SETTINGS_SHEET,
    SettingLine,
    setting_lines,
)
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import RED, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text

_WIDTHS: Final = (30.0, 14.0, 66.0)
_HEADER: Final = 2
_NOTE: Final = "可以改“值”一栏，各表的得分、等级随之改变；已分配的分值不变。"
_SUMS: Final = "分值核对"


def write_scoring_page(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    scoring: Scoring,
    more: tuple[SettingLine, ...] = (),
) -> None:
    """Fills the sheet with the settings, and with ``more`` of the workbook's own in front."""
    last_column = len(_WIDTHS) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    put_block(sheet, Area(0, 0, 0, last_column), SETTINGS_SHEET, styles("title"))
    sheet.set_height(0, 34)
    put_block(sheet, Area(1, 0, 1, last_column), _NOTE, styles("quiet"))
    sheet.set_height(1, 20)
    for column, heading in enumerate(SETTINGS_HEADINGS):
        put_text(sheet, _HEADER, column, heading, styles("cell", "head"))
    sheet.set_height(_HEADER, 24)
    row = _HEADER
    levels: dict[str, list[int]] = {}
    for line in (*more, *setting_lines(scoring)):
        row += 1
        _write_line(workbook, sheet, styles, row, line)
        if line.name.startswith("PG_POINTS_"):
            levels.setdefault(line.name[: len("PG_POINTS_A")], []).append(row)
    for rows in levels.values():
        area = f"{a1(rows[0], 1)}:{a1(rows[-1], 1)}"
        sheet.conditional_format(
            rows[0],
            1,
            rows[-1],
            1,
            {
                "type": "formula",
                "criteria": f"=ROUND(SUM({_fixed(area)})+PG_EXECUTION_POINTS,2)<>100",
                "format": styles.fill(RED),
            },
        )
    row += 1
    sums = [f"SUM({a1(rows[0], 1)}:{a1(rows[-1], 1)})" for rows in levels.values()]
    wrong = ",".join(f"ROUND({one}+PG_EXECUTION_POINTS,2)<>100" for one in sums)
    put_text(sheet, row, 0, _SUMS, styles("cell", "left", "ten"))
    put_formula(
        sheet, row, 1, f'=IF(OR({wrong}),"不等于 100","相符")', styles("cell", "center"), "相符"
    )
    told = "各级指标的分值加预算执行率分值应为 100。"
    put_text(sheet, row, 2, told, styles("cell", "left", "ten"))
    sheet.set_height(row, 20)
    sheet.freeze_panes(_HEADER + 1, 0)
    set_page(sheet, last_row=row, last_column=last_column, repeat=(_HEADER, _HEADER))


def _fixed(area: str) -> str:
    first, last = area.split(":")
    return f"$B${first[1:]}:$B${last[1:]}"


def _write_line(
    workbook: Workbook, sheet: Sheet, styles: Styles, row: int, line: SettingLine
) -> None:
    put_text(sheet, row, 0, line.label, styles("cell", "left", "ten"))
    look = styles("cell", "center", "to_fill")
    options: dict[str, Any] = {"input_title": line.label[:32], "input_message": line.told[:255]}
    if isinstance(line.value, Decimal):
        if line.formula:
            put_formula(sheet, row, 1, line.formula, look, line.value)
        else:
            sheet.write_number(row, 1, float(line.value), look)
        options |= {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "请填写数字",
            "error_message": "这里只填数字。",
        }
    else:
        put_text(sheet, row, 1, line.value, look)
        options |= {
            "validate": "list",
            "source": list(line.options),
            "error_title": "请从列表中选择",
            "error_message": "只能使用下拉列表中的值。",
        }
    sheet.data_validation(row, 1, row, 1, options)
    put_text(sheet, row, 2, line.told, styles("cell", "left", "ten"))
    sheet.set_height(row, max(20.0, height_of(line.told, _WIDTHS[2], 10)), fixed=False)
    workbook.define_name(line.name, f"={quoted(SETTINGS_SHEET)}!$B${row + 1}")
