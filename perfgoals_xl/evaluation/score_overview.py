"""The sheet 汇总 in front of the forms: one live row per project."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xlsxwriter.format import Format

from perfgoals_xl.addresses import a1
from perfgoals_xl.evaluation.evaluation_sheet import EvaluationCells
from perfgoals_xl.evaluation.form_plan import PlannedForm
from perfgoals_xl.evaluation.monitoring_sheet import MonitoringCells
from perfgoals_xl.evaluation.score_formulas import without_points
from perfgoals_xl.form.evaluation.scoring_labels import UNFINISHED
from perfgoals_xl.workbooks.kit.light_colours import LIGHT_COLOURS, add_light_colours
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import RED, Styles
from perfgoals_xl.workbooks.kit.tables import (
    LEAST_HEIGHT,
    Column,
    finish_table,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula

_TOP: Final = 2
_EVALUATED: Final = (
    Column("序号", 6, "center"),
    Column("项目名称", 36),
    Column("全年预算数", 13),
    Column("全年执行数", 13),
    Column("执行率", 10),
    Column("执行率得分", 10),
    Column("指标得分", 10),
    Column("总分", 10),
    Column("评价等级", 9),
    Column("未得分指标", 9),
    Column("缺偏差原因", 9),
)
_MONITORED: Final = (
    Column("序号", 6, "center"),
    Column("项目名称", 36),
    Column("全年预算数", 13),
    Column("执行数", 13),
    Column("执行率", 10),
    Column("预警", 9),
    *(Column(light, 8) for light in ("红灯", "黄灯", "绿灯", "蓝灯")),
    Column("未填指标", 9),
    Column("缺偏差原因", 9),
)


def write_evaluation_overview(
    sheet: Sheet,
    styles: Styles,
    title: str,
    forms: Sequence[PlannedForm],
    cells: Sequence[EvaluationCells],
) -> None:
    """A row per project: its money, points and grade, and what is still to be done."""
    last = _begin(sheet, styles, title, _EVALUATED, forms)
    for row, (form, at) in enumerate(zip(forms, cells, strict=True), start=_TOP + 1):
        pending = without_points(at.weights, at.points)
        indicators = f'=IF(COUNT({at.points})=0,"",SUM({at.points}))'
        count = sum(one.counts for one in form.indicators)
        _put(sheet, styles, row, 2, _shown(at.annual), "ledger", annual_value(form))
        _put(sheet, styles, row, 3, _shown(at.executed), "ledger")
        _put(sheet, styles, row, 4, _shown(at.rate), "percent")
        _put(sheet, styles, row, 5, _shown(at.money_points))
        _put(sheet, styles, row, 6, indicators)
        _put(sheet, styles, row, 7, f"={at.total}", value=UNFINISHED)
        _put(sheet, styles, row, 8, f"={at.grade}")
        _put(sheet, styles, row, 9, f"={pending}", value=count)
        _put(sheet, styles, row, 10, f'=COUNTIF({at.hints},"请写偏差原因")', value=0)
        _put_name(sheet, styles, row, form, at.name)
    _colour(sheet, styles, last, 10, RED)
    finish_table(sheet, _TOP, last, _EVALUATED, title)


def write_monitoring_overview(
    sheet: Sheet,
    styles: Styles,
    title: str,
    forms: Sequence[PlannedForm],
    cells: Sequence[MonitoringCells],
) -> None:
    """A row per project: its money, its light, how many of each, and what is still to be done."""
    last = _begin(sheet, styles, title, _MONITORED, forms)
    for row, (form, at) in enumerate(zip(forms, cells, strict=True), start=_TOP + 1):
        _put(sheet, styles, row, 2, _shown(at.annual), "ledger", annual_value(form))
        _put(sheet, styles, row, 3, _shown(at.executed), "ledger")
        _put(sheet, styles, row, 4, _shown(at.rate), "percent")
        _put(sheet, styles, row, 5, f"={at.light}")
        for column, light in enumerate(LIGHT_COLOURS, start=6):
            _put(sheet, styles, row, column, f'=COUNTIF({at.lights},"{light}")', value=0)
        count = sum(one.counts for one in form.indicators)
        _put(sheet, styles, row, 10, f'=COUNTIF({at.hints},"请填完成值")', value=count)
        _put(sheet, styles, row, 11, f'=COUNTIF({at.hints},"请写偏差原因")', value=0)
        _put_name(sheet, styles, row, form, at.name)
    add_light_colours(sheet, styles, (_TOP + 1, 5, last, 5))
    _colour(sheet, styles, last, 11, RED)
    finish_table(sheet, _TOP, last, _MONITORED, title)


def _begin(
    sheet: Sheet,
    styles: Styles,
    title: str,
    columns: Sequence[Column],
    forms: Sequence[PlannedForm],
) -> int:
    put_sheet_title(sheet, styles, title, len(columns) - 1)
    units = "、".join(dict.fromkeys(form.unit for form in forms))
    note = f"金额单位：{units}。单击序号打开项目的表；各栏随各表自动计算。"
    put_note(sheet, styles, 1, note, len(columns) - 1)
    set_widths(sheet, columns)
    put_head(sheet, styles, _TOP, columns)
    return _TOP + len(forms)


def _put_name(sheet: Sheet, styles: Styles, row: int, form: PlannedForm, cell: str) -> None:
    look = styles("cell", "center", "link", "ten")
    number = row - _TOP
    sheet.write_url(row, 0, f"internal:{quoted(form.sheet)}!A1", look, str(number))
    sheet.write_number(row, 0, number, look)
    name = form.project["project_name"] or ""
    put_formula(sheet, row, 1, _shown(cell), styles("cell", "left", "ten"), name)
    sheet.set_height(row, max(LEAST_HEIGHT, height_of(name, _EVALUATED[1].width, 10)))


def annual_value(form: PlannedForm) -> Decimal | str:
    """What the total of the year's budget says before anybody changed it."""
    total = form.total
    return total.normalize() + 0 if isinstance(total, Decimal) else total or ""


def _shown(cell: str) -> str:
    return f'=IF({cell}="","",{cell})'


def _put(
    sheet: Sheet,
    styles: Styles,
    row: int,
    column: int,
    formula: str,
    look: str = "center",
    value: str | int | Decimal = "",
) -> None:
    style: Format = styles("cell", look, "ten")
    put_formula(sheet, row, column, formula, style, value)


def _colour(sheet: Sheet, styles: Styles, last: int, column: int, colour: str) -> None:
    cell = a1(_TOP + 1, column)
    sheet.conditional_format(
        _TOP + 1,
        column,
        last,
        column,
        {"type": "formula", "criteria": f"=N({cell})>0", "format": styles.fill(colour)},
    )
