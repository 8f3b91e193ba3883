"""项目支出绩效自评表: one sheet per project, everything that can be computed live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.evaluation import score_formulas as formulas
from perfgoals_xl.evaluation.form_head import (
    ANNUAL,
    EXECUTED,
    INDICATOR_ROW,
    LABEL,
    ROW,
    TOTAL_ROW,
    rate_formula_of_money,
    write_funds,
    write_project,
    write_title,
)
from perfgoals_xl.evaluation.form_plan import PlannedForm, PlannedIndicator
from perfgoals_xl.evaluation.reference_lists import REASON_LIST
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
from perfgoals_xl.form.evaluation.scoring import GRADES, Method, Scoring
from perfgoals_xl.form.evaluation.scoring_labels import EVALUATION_TITLE, UNFINISHED
from perfgoals_xl.workbooks.kit.level_rows import put_levels, split_height
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import RED, Styles
from perfgoals_xl.workbooks.kit.writing import (
    Sheet,
    put_amount,
    put_block,
    put_formula,
    put_text,
    quoting,
)

WIDTHS: Final = (8.0, 9.0, 12.0, 25.0, 15.0, 16.0, 8.0, 10.0, 21.0)
_LAST: Final = len(WIDTHS) - 1
_NAME, _TARGET, _ACTUAL, _WEIGHT, _POINTS, _REASON = 3, 4, 5, 6, 7, 8
_RATE, _MONEY_POINTS = 7, 8
_HEADS: Final = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
    "偏差原因分析及改进措施",
)  # fmt: skip
_LEAST_GOAL: Final = 90.0
_DASH: Final = "—"
COLUMNS: Final = TargetColumns(
    first=_LAST + 2,
    shown=(*PARTS, "value", "auto", "met", "hint"),
    hidden=("target_copy", *formulas.STEPS),
    form={
        "name": _NAME,
        "target": _TARGET,
        "actual": _ACTUAL,
        "weight": _WEIGHT,
        "points": _POINTS,
        "reason": _REASON,
    },
)
_ASKED: Final[Mapping[Method, tuple[str, str]]] = {
    Method.QUALITATIVE: ("请选完成档次", "从下拉列表选择完成档次，或写完成情况、直接填得分。"),
    Method.DAY: ("请填实际完成值", "写完成的日期，如 2026-11-20 或 2026年11月。"),
}
_ASKED_NUMBER: Final = ("请填实际完成值", "以数字开头，带单位，如 98%、12次、18.5万元。")


class EvaluationCells(NamedTuple):
    """The cells of a 自评表 that the overview looks at, as they stand in a formula."""

    name: str
    annual: str
    executed: str
    rate: str
    money_points: str
    weights: str
    points: str
    total: str
    grade: str
    hints: str


def write_evaluation(
    sheet: Sheet, styles: Styles, form: PlannedForm, scoring: Scoring
) -> EvaluationCells:
    """Fills the sheet with the form of one project and returns where the overview finds it."""
    write_title(sheet, styles, form, EVALUATION_TITLE, WIDTHS)
    write_project(sheet, styles, form, WIDTHS)
    last_fund = write_funds(
        sheet,
        styles,
        form,
        (
            (3, 3, "年初预算数"), (4, 4, "全年预算数"), (5, 5, "全年执行数"), (6, 6, "分值"),
            (7, 7, "执行率"), (8, 8, "得分"),
        ),
        lambda row, total: _put_execution(sheet, styles, row, total, scoring),
    )  # fmt: skip
    header = _write_goals(sheet, styles, form, last_fund + 1)
    first, last = header + 1, header + max(len(form.indicators), 1)
    _write_indicators(sheet, styles, form, header)
    _write_totals(sheet, styles, last + 1, (first, last), form, scoring)
    _add_formats(sheet, styles, first, last)
    set_page(sheet, last_row=last + 2, last_column=_LAST, repeat=(header, header))
    return _cells(sheet, first, last)


def _put_execution(sheet: Sheet, styles: Styles, row: int, total: bool, scoring: Scoring) -> None:
    put_formula(sheet, row, _RATE, rate_formula_of_money(row), styles("cell", "percent"), "")
    if not total:
        for column in (_WEIGHT, _MONEY_POINTS):
            put_text(sheet, row, column, _DASH, styles("cell", "center"))
        return
    points = styles("cell", "center")
    put_formula(sheet, row, _WEIGHT, "=PG_EXECUTION_POINTS", points, scoring.execution_points)
    rate, weight = a1(row, _RATE), a1(row, _WEIGHT)
    formula = f'=IF({rate}="","",ROUND({weight}*MIN(1,MAX(0,{rate})),PG_PLACES))'
    put_formula(sheet, row, _MONEY_POINTS, formula, points, "")
    hint = (
        f'=IF({rate}="","请填全年执行数",IF({rate}*100<PG_EXECUTION_EXPECTED,'
        f'"执行率低于 "&PG_EXECUTION_EXPECTED&"%，请在实际完成情况中说明原因",""))'
    )
    at = COLUMNS.column("method")
    put_formula(sheet, row, at, hint, styles("quiet"), "请填全年执行数")


def _write_goals(sheet: Sheet, styles: Styles, form: PlannedForm, row: int) -> int:
    """The goal and what became of it; returns the row behind them."""
    goal = form.goal
    left, right = sum(WIDTHS[1:5]), sum(WIDTHS[5:])
    heights = split_height(max(_LEAST_GOAL, height_of(goal, left), height_of(goal, right)))
    bottom = row + len(heights)
    put_block(sheet, Area(row, 0, bottom, 0), "年度总体目标", styles(*LABEL))
    put_block(sheet, Area(row, 1, row, 4), "预期目标", styles("cell", "head"))
    put_block(sheet, Area(row, 5, row, _LAST), "实际完成情况", styles("cell", "head"))
    sheet.set_height(row, ROW)
    put_block(sheet, Area(row + 1, 1, bottom, 4), goal, styles("cell", "left", *quoting(goal)))
    put_block(sheet, Area(row + 1, 5, bottom, _LAST), None, styles("cell", "left", "to_fill"))
    for at, height in enumerate(heights, start=row + 1):
        sheet.set_height(at, height)
    return bottom + 1


def _write_indicators(sheet: Sheet, styles: Styles, form: PlannedForm, header: int) -> None:
    rows = form.indicators
    first, last = header + 1, header + max(len(rows), 1)
    put_block(sheet, Area(header, 0, last, 0), "绩效指标", styles(*LABEL))
    for column, head in enumerate(_HEADS, start=1):
        put_text(sheet, header, column, head, styles("cell", "head"))
    sheet.set_height(header, max(height_of(h, w) for h, w in zip(_HEADS, WIDTHS[1:], strict=True)))
    write_headings(sheet, styles, COLUMNS, header - 1, header)
    if not rows:
        for column in range(1, _LAST + 1):
            sheet.write_blank(first, column, None, styles("cell", "to_fill"))
        sheet.set_height(first, ROW)
        return
    heights = []
    for row, planned in enumerate(rows, start=first):
        heights.append(_write_indicator(sheet, styles, row, planned))
    center = styles("cell", "center", "text")
    widths = WIDTHS[1], WIDTHS[2]
    roomy, raised = put_levels(
        sheet, first, indicator_levels(rows), heights, widths, center, left=1
    )
    for n, height in enumerate(roomy):
        sheet.set_height(first + n, height, fixed=n in raised)
    add_choices(sheet, COLUMNS, first, last)
    show_days(sheet, styles, COLUMNS, first, last, ("value",))
    reasons = {
        "validate": "list",
        "source": f"={REASON_LIST}",
        "show_error": False,
        "input_title": "偏差原因",
        "input_message": "没有达到指标值或扣分的，选择或写明原因和改进措施。",
    }
    sheet.data_validation(first, _REASON, last, _REASON, reasons)
    sheet.ignore_errors({"number_stored_as_text": f"{a1(first, _TARGET)}:{a1(last, _ACTUAL)}"})


def _write_indicator(sheet: Sheet, styles: Styles, row: int, planned: PlannedIndicator) -> float:
    """Writes a row and returns how high it must be."""
    name, target = planned.row["indicator"], planned.row["target_value"]
    put_text(sheet, row, _NAME, name, styles("cell", "left", "text"))
    put_text(sheet, row, _TARGET, target, styles("cell", "center", "text"))
    fill = ("to_fill",) if planned.counts else ()
    sheet.write_blank(row, _ACTUAL, None, styles("cell", "center", "text", *fill))
    weight = planned.weight if planned.counts else None
    put_amount(sheet, row, _WEIGHT, weight, styles("cell", "center"))
    sheet.write_blank(row, _REASON, None, styles("cell", "left", "text", *fill))
    write_parts(sheet, styles, COLUMNS, row, planned)
    cells = COLUMNS.cells(row)
    title, message = _ASKED.get(planned.method, _ASKED_NUMBER)
    put_formula(sheet, row, _POINTS, f"={cells['auto']}", styles("cell", "center"), "")
    steps = {step: (formula, "") for step, formula in formulas.step_formulas(cells).items()}
    write_formulas(
        sheet,
        styles,
        COLUMNS,
        row,
        steps
        | {
            "value": (formulas.value_formula(cells), ""),
            "met": (formulas.met_formula(cells), ""),
            "auto": (formulas.points_formula(cells), ""),
            "hint": (formulas.hint_formula(cells), title if planned.counts else ""),
        },
    )
    asked: dict[str, Any] = {"input_title": title, "input_message": message}
    if planned.method is Method.QUALITATIVE:
        asked |= {"validate": "list", "source": f"={formulas.BAND_LIST}", "show_error": False}
    else:
        asked |= {"validate": "any"}
    sheet.data_validation(row, _ACTUAL, row, _ACTUAL, asked)
    # Room for the longest of the bands, in the narrow column that it is chosen in.
    expected = formulas.LONGEST_BAND if planned.method is Method.QUALITATIVE else None
    return max(
        INDICATOR_ROW,
        height_of(name, WIDTHS[_NAME]),
        height_of(target, WIDTHS[_TARGET]),
        height_of(expected, WIDTHS[_ACTUAL]),
    )


def _write_totals(
    sheet: Sheet,
    styles: Styles,
    row: int,
    indicators: tuple[int, int],
    form: PlannedForm,
    scoring: Scoring,
) -> None:
    """Total and grade, below the indicators."""
    first, last = indicators
    weights, points = (COLUMNS.area(name, first, last) for name in ("weight", "points"))
    money = a1(TOTAL_ROW, _MONEY_POINTS)
    total = sum((one.weight for one in form.indicators), scoring.execution_points)
    look = styles("cell", "total", "center")
    put_block(sheet, Area(row, 0, row, _ACTUAL), "总分", look)
    weight_total = f"=N({a1(TOTAL_ROW, _WEIGHT)})+SUM({weights})"
    put_formula(sheet, row, _WEIGHT, weight_total, look, total.normalize() + 0)
    unfinished = f"OR(NOT(ISNUMBER({money})),{formulas.without_points(weights, points)}>0)"
    score = f'=IF({unfinished},"{UNFINISHED}",ROUND({money}+SUM({points}),PG_PLACES))'
    put_formula(sheet, row, _POINTS, score, look, UNFINISHED)
    sheet.write_blank(row, _REASON, None, look)
    sheet.set_height(row, ROW)
    at = a1(row, _POINTS)
    grades = "".join(
        f'IF({at}>=PG_GRADE{number},"{grade}",' for number, grade in enumerate(GRADES[:-1], start=1)
    )
    grade = f'=IF(ISNUMBER({at}),{grades}"{GRADES[-1]}"{")" * (len(GRADES) - 1)},"")'
    put_block(sheet, Area(row + 1, 0, row + 1, _ACTUAL), "评价等级", look)
    sheet.merge_range(row + 1, _WEIGHT, row + 1, _POINTS, "", look)
    put_formula(sheet, row + 1, _WEIGHT, grade, look, "")
    told = "&".join(
        f'"{grade}≥"&PG_GRADE{number}&"　"' for number, grade in enumerate(GRADES[:-1], start=1)
    )
    shown = "　".join(f"{g}≥{n}" for g, n in zip(GRADES, scoring.grades, strict=False))
    small = styles("cell", "center", "small")
    below = f"{GRADES[-1]}<"
    put_formula(
        sheet,
        row + 1,
        _REASON,
        f'={told}&"{below}"&PG_GRADE{len(GRADES) - 1}',
        small,
        f"{shown}　{below}{scoring.grades[-1]}",
    )
    sheet.set_height(row + 1, 30)


def _add_formats(sheet: Sheet, styles: Styles, first: int, last: int) -> None:
    """Red: a deviation without a reason, points out of bounds, weights that do not make 100."""
    cells = COLUMNS.cells(first, fixed=True)
    total = a1(last + 1, _WEIGHT)
    for area, criteria in (
        ((first, _REASON, last, _REASON), formulas.lacks_reason(cells)),
        ((first, _POINTS, last, _POINTS), formulas.outside_band(cells)),
        ((last + 1, _WEIGHT, last + 1, _WEIGHT), f"ROUND({total},2)<>100"),
    ):
        options = {"type": "formula", "criteria": f"={criteria}", "format": styles.fill(RED)}
        sheet.conditional_format(*area, options)


def _cells(sheet: Sheet, first: int, last: int) -> EvaluationCells:
    def there(cell: str) -> str:
        return f"{quoted(sheet.shown_name)}!{cell}"

    return EvaluationCells(
        name=there(a1(3, 3)),
        annual=there(a1(TOTAL_ROW, ANNUAL)),
        executed=there(a1(TOTAL_ROW, EXECUTED)),
        rate=there(a1(TOTAL_ROW, _RATE)),
        money_points=there(a1(TOTAL_ROW, _MONEY_POINTS)),
        weights=there(COLUMNS.area("weight", first, last)),
        points=there(COLUMNS.area("points", first, last)),
        total=there(a1(last + 1, _POINTS)),
        grade=there(a1(last + 2, _WEIGHT)),
        hints=there(COLUMNS.area("hint", first, last)),
    )
