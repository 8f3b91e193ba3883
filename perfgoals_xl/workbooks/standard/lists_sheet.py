"""The hidden sheet 字典: the lists behind the dropdowns, each with a defined name."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.form import own_sheets
from perfgoals_xl.form.taxonomy import EDITIONS, PROJECT_ATTRIBUTES
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.department_sheet import PREPRINTED

SHEET = "字典"
YES, NO = "是", "否"
_YEARS_BACK, _YEARS_AHEAD = 3, 10


def write_lists(
    workbook: Workbook, sheet: Sheet, styles: Styles, *, year: int, edition: str
) -> None:
    """Fills the sheet with the lists of ``edition`` and the years around ``year``, and hides it."""
    taxonomy = EDITIONS[edition]
    # The headers must not be labels of the form: the reader knows a table by its labels.
    lists: tuple[tuple[str, str, Sequence[str | int]], ...] = (
        (names.LEVEL1_LIST, "一级指标列表", taxonomy.level1_terms),
        (names.LEVEL2_LIST, "二级指标列表", taxonomy.level2_terms),
        (names.ATTRIBUTE_LIST, "项目属性列表", PROJECT_ATTRIBUTES),
        (
            names.DEPARTMENT_LEVEL2_LIST,
            "部门整体二级指标列表",
            list(dict.fromkeys(PREPRINTED.rows)),
        ),
        (names.YEAR_LIST, "年度列表", range(year - _YEARS_BACK, year + _YEARS_AHEAD + 1)),
        (names.SEVERITY_LIST, "级别列表", list(own_sheets.SEVERITY_LABELS.values())),
        (names.YES_NO_LIST, "是否列表", (YES, NO)),
    )
    for column, (name, header, values) in enumerate(lists):
        put_text(sheet, 0, column, header, styles("cell", "head"))
        for row, value in enumerate(values, start=1):
            if isinstance(value, int):
                sheet.write_number(row, column, value, styles("cell", "whole"))
            else:
                put_text(sheet, row, column, value, styles("cell"))
        letters = column_letters(column)
        area = f"{quoted(SHEET)}!${letters}$2:${letters}${len(values) + 1}"
        workbook.define_name(name, f"={area}")
    sheet.set_column(0, len(lists) - 1, 22)
    sheet.hide()
