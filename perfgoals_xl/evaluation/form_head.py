"""The upper part that both forms share: title, project, money, goal, and its cells by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.evaluation.form_plan import FundLine, PlannedForm
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import WHOLE_AMOUNT, Styles
from perfgoals_xl.workbooks.kit.writing import (
    Sheet,
    is_exact,
    put_amount,
    put_block,
    put_formula,
    put_text,
)

ROW: Final = 24.0
"""The least height of a row, in points."""
INDICATOR_ROW: Final = 37.0
"""The least height of an indicator: room for a reason of two lines."""
NAME_ROW: Final = 3
FUNDS_HEAD: Final = 5
TOTAL_ROW: Final = 6
"""Where the project's name, the heads of the money and its total stand, counted from zero."""
LABEL: Final = ("cell", "label")
INITIAL, ANNUAL, EXECUTED = 3, 4, 5
"""The columns of the amounts."""


def write_title(
    sheet: Sheet, styles: Styles, form: PlannedForm, title: str, widths: Sequence[float]
) -> None:
    """Title, year and unit of the form, over all of its columns."""
    last = len(widths) - 1
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    year = None if form.year is None else f"（{form.year}年度）"
    put_block(sheet, Area(0, 0, 0, last), title, styles("title"))
    sheet.set_height(0, 34)
    put_block(sheet, Area(1, 0, 1, last), year, styles("subtitle"))
    sheet.set_height(1, 20)
    unit = f"金额单位：{form.unit}"
    put_block(sheet, Area(2, 0, 2, last), unit, styles("plain", "right"))
    sheet.set_height(2, 18)


def write_project(sheet: Sheet, styles: Styles, form: PlannedForm, widths: Sequence[float]) -> None:
    """Name, department and unit of the project."""
    last = len(widths) - 1
    project = form.project
    name = project["project_name"]
    put_block(sheet, Area(NAME_ROW, 0, NAME_ROW, 2), "项目名称", styles(*LABEL))
    value = Area(NAME_ROW, 3, NAME_ROW, last)
    put_block(sheet, value, name, styles("cell", "left", "text", "bold"))
    sheet.set_height(NAME_ROW, max(ROW, height_of(name, sum(widths[3:]))))
    row = NAME_ROW + 1
    left, right = project["supervising_department"], project["implementing_unit"]
    put_block(sheet, Area(row, 0, row, 2), "主管部门", styles(*LABEL))
    put_block(sheet, Area(row, 3, row, 4), left, styles("cell", "center", "text"))
    put_text(sheet, row, 5, "实施单位", styles(*LABEL))
    put_block(sheet, Area(row, 6, row, last), right, styles("cell", "center", "text"))
    room = (height_of(left, sum(widths[3:5])), height_of(right, sum(widths[6:])))
    sheet.set_height(row, max(ROW, *room))


def write_funds(
    sheet: Sheet,
    styles: Styles,
    form: PlannedForm,
    heads: Sequence[tuple[int, int, str]],
    put_rest: Callable[[int, bool], None],
) -> int:
    """The money: initial budget, budget of the year, what was executed; returns the last row.

    ``heads`` are first column, last column and head of what stands beside these amounts;
    ``put_rest`` fills these columns of a row, and is told whether it is the total's.
    """
    last = TOTAL_ROW + len(form.funds)
    put_block(sheet, Area(FUNDS_HEAD, 0, last, 0), f"项目资金（{form.unit}）", styles(*LABEL))
    put_block(sheet, Area(FUNDS_HEAD, 1, FUNDS_HEAD, 2), None, styles("cell", "head"))
    for left, right, head in heads:
        put_block(sheet, Area(FUNDS_HEAD, left, FUNDS_HEAD, right), head, styles("cell", "head"))
    sheet.set_height(FUNDS_HEAD, ROW)
    put_block(sheet, Area(TOTAL_ROW, 1, TOTAL_ROW, 2), "年度资金总额", styles(*LABEL))
    _put_totals(sheet, styles, form, last)
    put_rest(TOTAL_ROW, True)
    sheet.set_height(TOTAL_ROW, ROW)
    for row, line in enumerate(form.funds, start=TOTAL_ROW + 1):
        label = f"其中：{line.label}" if row == TOTAL_ROW + 1 else line.label
        put_block(sheet, Area(row, 1, row, 2), label, styles(*LABEL))
        _put_source(sheet, styles, row, line)
        put_rest(row, False)
        sheet.set_height(row, max(ROW, height_of(label, 20)))
    _add_rules(sheet, styles, last)
    return last


def sum_formula(column: int, last: int) -> str:
    """The sum of a column of the funds down to the row ``last``; blank while nothing is entered."""
    area = f"{a1(TOTAL_ROW + 1, column)}:{a1(last, column)}"
    return f'=IF(COUNT({area})=0,"",SUM({area}))'


def _put_totals(sheet: Sheet, styles: Styles, form: PlannedForm, last: int) -> None:
    """The total of each column: a live sum where the sources make the total."""
    look = styles("cell", "amount", "to_fill")
    for column in (INITIAL, ANNUAL, EXECUTED):
        formula = sum_formula(column, last)
        if column == EXECUTED:
            put_formula(sheet, TOTAL_ROW, column, formula, look, "")
        elif form.adds_up:
            amounts = (line.amount for line in form.funds)
            total = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
            value = total.normalize() + 0 if is_exact(total) else f"{total:f}"
            put_formula(sheet, TOTAL_ROW, column, formula, look, value)
        else:
            put_amount(sheet, TOTAL_ROW, column, form.total, look)


def _put_source(sheet: Sheet, styles: Styles, row: int, line: FundLine) -> None:
    look = styles("cell", "amount", "to_fill")
    put_amount(sheet, row, INITIAL, line.amount, look)
    put_amount(sheet, row, ANNUAL, line.amount, look)
    sheet.write_blank(row, EXECUTED, None, look)


def _add_rules(sheet: Sheet, styles: Styles, last: int) -> None:
    first = a1(TOTAL_ROW, INITIAL)
    options: dict[str, Any] = {
        "type": "formula",
        "criteria": f"=AND(ISNUMBER({first}),{first}=INT({first}))",
        "format": styles.number(WHOLE_AMOUNT),
    }
    sheet.conditional_format(TOTAL_ROW, INITIAL, last, EXECUTED, options)
    told = {
        INITIAL: "申报的年初预算数。",
        ANNUAL: "全年预算数，即调整后的预算数；没有调整的与年初相同。",
        EXECUTED: "实际支出数。各项来源填好，总额自动合计；也可以只填总额。",
    }
    for column, message in told.items():
        sheet.data_validation(
            TOTAL_ROW,
            column,
            last,
            column,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "input_title": "金额",
                "input_message": message,
                "error_title": "请填写数字",
                "error_message": "只填数字，不带单位和文字。没有就留空，确实为零才填 0。",
            },
        )


def rate_formula_of_money(row: int) -> str:
    """执行率 of a row of the money."""
    executed, annual = a1(row, EXECUTED), a1(row, ANNUAL)
    return f'=IF(AND(ISNUMBER({executed}),N({annual})>0),{executed}/{annual},"")'
