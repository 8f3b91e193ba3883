"""项目支出绩效运行监控表: one sheet per project, rates and lights live."""

from __future__ import annotations

from typing import Final, NamedTuple

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.evaluation import score_formulas as formulas
from perfgoals_xl.evaluation.form_head import (
    ANNUAL,
    EXECUTED,
    INDICATOR_ROW,
    LABEL,
    NAME_ROW,
    ROW,
    TOTAL_ROW,
    rate_formula_of_money,
    sum_formula,
    write_funds,
    write_project,
    write_title,
)
from perfgoals_xl.evaluation.form_plan import PlannedForm, PlannedIndicator
from perfgoals_xl.evaluation.reference_lists import LIKELIHOOD_LIST, REASON_LIST
from perfgoals_xl.evaluation.target_columns import (
    PARTS,
    TargetColumns,
    add_choices,
    indicator_levels,
    show_days,
    write_formulas,
    write_headings,
    write_parts,
)
from perfgoals_xl.form.evaluation.scoring import Method
from perfgoals_xl.form.evaluation.scoring_labels import MONITORING_TITLE
from perfgoals_xl.workbooks.kit.level_rows import put_levels, split_height
from perfgoals_xl.workbooks.kit.light_colours import add_light_colours
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import RED, Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text, quoting

WIDTHS: Final = (8.0, 9.0, 12.0, 26.0, 15.0, 15.0, 15.0, 20.0, 13.0, 13.0, 8.0)
_LAST: Final = len(WIDTHS) - 1
_NAME, _TARGET, _DONE, _FORECAST, _REASON, _LIKELY, _REMARK, _LIGHT = 3, 4, 5, 6, 7, 8, 9, 10
_RATE, _BALANCE = 6, 7
_LEAST_GOAL: Final = 60.0
_AHEAD: Final = tuple(f"ahead_{step}" for step in formulas.STEPS)
COLUMNS: Final = TargetColumns(
    first=_LAST + 2,
    shown=(*PARTS, "grows", "value", "rate", "met", "forecast_met", "hint"),
    hidden=("target_copy", *formulas.STEPS, *_AHEAD, "ahead_value"),
    form={
        "name": _NAME,
        "target": _TARGET,
        "actual": _DONE,
        "forecast": _FORECAST,
        "reason": _REASON,
        "likely": _LIKELY,
        "light": _LIGHT,
    },
)


class MonitoringCells(NamedTuple):
    """The cells of a 监控表 that the overview looks at, as they stand in a formula."""

    name: str
    annual: str
    executed: str
    rate: str
    light: str
    lights: str
    hints: str


def write_monitoring(
    sheet: Sheet, styles: Styles, form: PlannedForm, month: int
) -> MonitoringCells:
    """Fills the sheet with the form of one project, of the months up to ``month``."""
    span = f"1~{month}月" if month > 1 else "1月"
    write_title(sheet, styles, form, MONITORING_TITLE, WIDTHS)
    write_project(sheet, styles, form, WIDTHS)
    last_fund = write_funds(
        sheet,
        styles,
        form,
        (
            (3, 3, "年初预算数"), (4, 4, "全年预算数"), (5, 5, f"{span}执行数"), (6, 6, "执行率"),
            (7, 7, "预计结余"), (8, _LAST, "备注"),
        ),
        lambda row, total: _put_money(sheet, styles, row),
    )  # fmt: skip
    look = styles("cell", "amount", "to_fill")
    put_formula(sheet, TOTAL_ROW, _BALANCE, sum_formula(_BALANCE, last_fund), look, "")
    header = _write_goal(sheet, styles, form, last_fund + 1)
    first, last = header + 1, header + max(len(form.indicators), 1)
    _write_indicators(sheet, styles, form, header, span)
    lights = COLUMNS.area("light", first, last)
    look = styles("cell", "total", "center")
    put_block(sheet, Area(last + 1, 0, last + 1, _REMARK), "项目预警（取最差的指标）", look)
    put_formula(sheet, last + 1, _LIGHT, formulas.worst_formula(lights), look, "")
    sheet.set_height(last + 1, ROW)
    _add_formats(sheet, styles, first, last)
    set_page(sheet, landscape=True, last_row=last + 1, last_column=_LAST, repeat=(header, header))
    return _cells(sheet, first, last)


def _put_money(sheet: Sheet, styles: Styles, row: int) -> None:
    put_formula(sheet, row, _RATE, rate_formula_of_money(row), styles("cell", "percent"), "")
    sheet.write_blank(row, _BALANCE, None, styles("cell", "amount", "to_fill"))
    put_block(sheet, Area(row, _LIKELY, row, _LAST), None, styles("cell", "left", "to_fill"))


def _write_goal(sheet: Sheet, styles: Styles, form: PlannedForm, row: int) -> int:
    goal = form.goal
    heights = split_height(max(_LEAST_GOAL, height_of(goal, sum(WIDTHS[1:]))))
    bottom = row + len(heights) - 1
    put_block(sheet, Area(row, 0, bottom, 0), "年度总体目标", styles(*LABEL))
    put_block(sheet, Area(row, 1, bottom, _LAST), goal, styles("cell", "left", *quoting(goal)))
    for at, height in enumerate(heights, start=row):
        sheet.set_height(at, height)
    return bottom + 1


def _write_indicators(
    sheet: Sheet, styles: Styles, form: PlannedForm, header: int, span: str
) -> None:
    rows = form.indicators
    first, last = header + 1, header + max(len(rows), 1)
    heads = (
        "一级指标", "二级指标", "三级指标", "年度指标值", f"{span}完成值", "全年预计完成值",
        "偏差原因分析", "完成目标可能性", "备注", "预警",
    )  # fmt: skip
    put_block(sheet, Area(header, 0, last, 0), "绩效指标", styles(*LABEL))
    for column, head in enumerate(heads, start=1):
        put_text(sheet, header, column, head, styles("cell", "head"))
    sheet.set_height(header, max(height_of(h, w) for h, w in zip(heads, WIDTHS[1:], strict=True)))
    write_headings(sheet, styles, COLUMNS, header - 1, header)
    if not rows:
        for column in range(1, _LAST + 1):
            sheet.write_blank(first, column, None, styles("cell", "to_fill"))
        sheet.set_height(first, ROW)
        return
    heights = [_write_row(sheet, styles, row, one) for row, one in enumerate(rows, start=first)]
    center = styles("cell", "center", "text")
    widths = WIDTHS[1], WIDTHS[2]
    roomy, raised = put_levels(
        sheet, first, indicator_levels(rows), heights, widths, center, left=1
    )
    for n, height in enumerate(roomy):
        sheet.set_height(first + n, height, fixed=n in raised)
    add_choices(sheet, COLUMNS, first, last)
    show_days(sheet, styles, COLUMNS, first, last, ("value",))
    for column, source, message in (
        (_REASON, REASON_LIST, "红灯、黄灯和预计完不成的，选择或写明原因。"),
        (_LIKELY, LIKELIHOOD_LIST, "年底完成指标值的可能性。"),
    ):
        options = {
            "validate": "list",
            "source": f"={source}",
            "show_error": False,
            "input_title": "偏差原因" if column == _REASON else "完成目标可能性",
            "input_message": message,
        }
        sheet.data_validation(first, column, last, column, options)
    area = f"{a1(first, _TARGET)}:{a1(last, _FORECAST)}"
    sheet.ignore_errors({"number_stored_as_text": area})


def _write_row(sheet: Sheet, styles: Styles, row: int, planned: PlannedIndicator) -> float:
    name, target = planned.row["indicator"], planned.row["target_value"]
    put_text(sheet, row, _NAME, name, styles("cell", "left", "text"))
    put_text(sheet, row, _TARGET, target, styles("cell", "center", "text"))
    for column, align in ((_DONE, "center"), (_FORECAST, "center"), (_REASON, "left"),
                          (_LIKELY, "center"), (_REMARK, "left")):  # fmt: skip
        fill = ("to_fill",) if planned.counts else ()
        sheet.write_blank(row, column, None, styles("cell", align, "text", *fill))
    write_parts(sheet, styles, COLUMNS, row, planned)
    cells = COLUMNS.cells(row)
    # The forecast is read by steps of its own, and held against the same target.
    ahead = cells | {"actual": cells["forecast"], "value": cells["ahead_value"]}
    ahead |= {step: cells[own] for step, own in zip(formulas.STEPS, _AHEAD, strict=True)}
    asked = "请填完成值"
    written = {step: (formula, "") for step, formula in formulas.step_formulas(cells).items()}
    written |= {
        f"ahead_{step}": (formula, "") for step, formula in formulas.step_formulas(ahead).items()
    }
    written |= {
        "value": (formulas.value_formula(cells), ""),
        "ahead_value": (formulas.value_formula(ahead), ""),
        "rate": (formulas.rate_formula(cells), ""),
        "met": (formulas.met_formula(cells), ""),
        "forecast_met": (formulas.met_formula(ahead), ""),
        "hint": (formulas.monitoring_hint(cells), asked),
    }
    if not planned.counts:
        del written["hint"]
    write_formulas(sheet, styles, COLUMNS, row, written)
    light = formulas.light_formula(cells)
    put_formula(sheet, row, _LIGHT, light, styles("cell", "center"), "")
    message = "以数字开头，带单位，如 60%、7次、9.5万元；定性指标写进展情况。"
    if planned.method is Method.DAY:
        message = "写完成的日期，如 2026-06-20 或 2026年6月；还没有完成的留空。"
    for column, title in ((_DONE, "完成值"), (_FORECAST, "全年预计完成值")):
        options = {"validate": "any", "input_title": title, "input_message": message}
        sheet.data_validation(row, column, row, column, options)
    return max(INDICATOR_ROW, height_of(name, WIDTHS[_NAME]), height_of(target, WIDTHS[_TARGET]))


def _add_formats(sheet: Sheet, styles: Styles, first: int, last: int) -> None:
    """Lights in their colours, and red where a warning has no reason."""
    cells = COLUMNS.cells(first, fixed=True)
    add_light_colours(sheet, styles, (first, _LIGHT, last + 1, _LIGHT))
    for column, criteria in (
        (_REASON, formulas.warned_without_reason(cells)),
        (_LIKELY, formulas.sure_of_a_miss(cells)),
    ):
        options = {"type": "formula", "criteria": f"={criteria}", "format": styles.fill(RED)}
        sheet.conditional_format(first, column, last, column, options)


def _cells(sheet: Sheet, first: int, last: int) -> MonitoringCells:
    def there(cell: str) -> str:
        return f"{quoted(sheet.shown_name)}!{cell}"

    return MonitoringCells(
        name=there(a1(NAME_ROW, 3)),
        annual=there(a1(TOTAL_ROW, ANNUAL)),
        executed=there(a1(TOTAL_ROW, EXECUTED)),
        rate=there(a1(TOTAL_ROW, _RATE)),
        light=there(a1(last + 1, _LIGHT)),
        lights=there(COLUMNS.area("light", first, last)),
        hints=there(COLUMNS.area("hint", first, last)),
    )
