"""监控情况: one row per 监控表, its rate and lights live, and what they come to together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfgoals_xl.addresses import Area, a1, column_letters
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.review.evidence.reports.evaluated_forms import Report, reports_of
from perfgoals_xl.workbooks.kit.column_totals import (
    Total,
    places_of,
    put_count,
    put_labels,
    put_total,
)
from perfgoals_xl.workbooks.kit.light_colours import LIGHT_COLOURS, add_light_colours
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import AMBER, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    finish_table,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_amount, put_block, put_formula
from perfgoals_xl.workbooks.summary.execution_rates import (
    ListedForm,
    Money,
    RateColumns,
    in_unit,
    put_rate,
    put_total_rate,
    total_rate,
    unit_of,
)
from perfgoals_xl.workbooks.summary.progress_list import Progress, range_of

SHEET: Final = "监控情况"
LIGHTS: Final = tuple(LIGHT_COLOURS)
"""The words of the lights, the worst first."""
_TOP: Final = 2
_COLUMNS: Final = (
    Column("序号", 6, "center"),
    Column("项目名称", 30),
    Column("实施单位", 24),
    Column("截至月份", 6, "center"),
    Column("年初预算数", 13, "ledger"),
    Column("全年预算数", 13, "ledger"),
    Column("执行数", 13, "ledger"),
    Column("预计执行数", 13, "ledger"),
    Column("预计结余", 12, "ledger"),
    Column("执行率", 9, "percent"),
    Column("项目预警", 8, "center"),
    *(Column(light, 7, "center") for light in LIGHTS),
    Column("指标数", 7, "center"),
    Column("预计不达标", 7, "center"),
    Column("缺原因", 7, "center"),
)
_HEADS: Final = [column.header for column in _COLUMNS]
_FIRST_AMOUNT, _BALANCE, _RATE, _WORST, _FIRST_LIGHT, _COUNTS = (
    _HEADS.index(head)
    for head in ("年初预算数", "预计结余", "执行率", "项目预警", LIGHTS[0], "指标数")
)
RATE_COLUMNS: Final = RateColumns(_FIRST_AMOUNT + 1, _FIRST_AMOUNT + 2, _RATE)
_AMOUNTS: Final = ("initial_budget", "annual_budget", "executed")


class MonitoredList(NamedTuple):
    """All 监控表 of the sources, in one unit of money."""

    unit: str
    forms: tuple[ListedForm, ...]

    @classmethod
    def of(cls, declarations: Sequence[Declaration]) -> MonitoredList:
        """The forms of the declarations, in their order."""
        found = [
            (declaration.file, report)
            for declaration in declarations
            for report in reports_of(declaration.evaluated, EvaluationTable.MONITORINGS)
        ]
        unit = unit_of(report for _, report in found)
        return cls(
            unit, tuple(ListedForm(file, report, _money(report, unit)) for file, report in found)
        )

    @property
    def rate(self) -> Decimal | None:
        """The rate of execution of all together."""
        return total_rate(RATE_COLUMNS, [form.money for form in self.forms])

    @property
    def total_row(self) -> int:
        """The row of the totals."""
        return _TOP + 1 + len(self.forms)

    def total_cell(self, head: str) -> str:
        """The cell of a total, for other sheets."""
        return f"{quoted(SHEET)}!{a1(self.total_row, _HEADS.index(head))}"

    def cells(self, head: str) -> str:
        """The cells below a heading, for other sheets."""
        return f"{quoted(SHEET)}!{_cells(_HEADS.index(head), self.total_row - 1)}"


def lights_of(listed: MonitoredList, progress: Sequence[Progress]) -> list[str]:
    """The light of every project: what its form says, else the worst of its indicators'."""
    of_form = _by_form(progress)
    return [_light(form.report, of_form[n]) for n, form in enumerate(listed.forms, start=1)]


def write_monitored_projects(
    sheet: Sheet,
    styles: Styles,
    listed: MonitoredList,
    progress: Sequence[Progress],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """A row per form, in one unit of money; totals and the projects by light below."""
    of_form = _by_form(progress)
    lights = lights_of(listed, progress)
    rows: list[list[Value]] = []
    for number, form in enumerate(listed.forms, start=1):
        said = form.report.form
        texts = (said["project_name"], said["implementing_unit"], said["month"])
        rows.append([number, *texts, *[None] * (len(_COLUMNS) - 4)])
    last_column = len(_COLUMNS) - 1
    set_widths(sheet, _COLUMNS)
    put_sheet_title(sheet, styles, title, last_column)
    note = (
        f"金额单位：{listed.unit}。执行率 = 执行数 ÷ 全年预算数，合计只算两数都有的项目；"
        "预警是该项目最差的指标，各灯的个数取自“指标监控”。"
    )
    put_note(sheet, styles, 1, note + links.note, last_column)
    last = put_table(sheet, styles, _TOP, _COLUMNS, rows)
    for number, form in enumerate(listed.forms, start=1):
        row = _TOP + number
        place = form.report.form.place("project_name")
        sheet_name = form.report.form["sheet"]
        source = (form.file, place.sheet, place.cell) if place else (form.file, sheet_name, None)
        links.put_number(sheet, styles, row, number, source)
        for column, amount in enumerate(form.money, start=_FIRST_AMOUNT):
            put_amount(sheet, row, column, amount, styles("cell", "ledger", "ten"))
        put_rate(sheet, styles, row, RATE_COLUMNS, form.money, "cell")
        _put_lights(sheet, styles, row, of_form[number], lights[number - 1], len(progress))
    _write_totals(sheet, styles, listed, progress, lights)
    add_light_colours(sheet, styles, (_TOP + 1, _WORST, last, _WORST))
    cell = a1(_TOP + 1, last_column)
    rule = {"type": "formula", "criteria": f"=N({cell})>0", "format": styles.fill(AMBER)}
    sheet.conditional_format(_TOP + 1, last_column, last, last_column, rule)
    finish_table(sheet, _TOP, last + 2, _COLUMNS, header)
    sheet.autofilter(_TOP, 0, last, last_column)


def _money(report: Report, unit: str) -> Money:
    """The amounts of a form: what is left over is that of its sources where it says no other.

    What is expected to be spent is the budget without it, where the form has no such column.
    """
    form = report.form
    balance = form["expected_balance"]
    if balance is None:
        own = [b for line in report.sources() if (b := line.figure("expected_balance")) is not None]
        balance = sum(own, Decimal(0)) if own else None
    forecast, budget = form["forecast_executed"], form["annual_budget"]
    if forecast is None and isinstance(balance, Decimal) and isinstance(budget, Decimal):
        forecast = budget - balance
    values = [*(form[name] for name in _AMOUNTS), forecast, balance]
    return [in_unit(value, report, unit) for value in values]


def _by_form(progress: Sequence[Progress]) -> defaultdict[int, list[Progress]]:
    of_form: defaultdict[int, list[Progress]] = defaultdict(list)
    for one in progress:
        of_form[one.number].append(one)
    return of_form


def _light(report: Report, own: Sequence[Progress]) -> str:
    stated = str(report.form["light"] or "")
    said = next((light for light in LIGHTS if light[0] in stated), None)
    shown = {one.light for one in own}
    return said or next((light for light in LIGHTS if light in shown), "")


def _put_lights(
    sheet: Sheet, styles: Styles, row: int, own: Sequence[Progress], worst: str, listed: int
) -> None:
    """The light of a project and how many of each, how many miss, and how many lack a reason."""
    number, look = a1(row, 0), styles("cell", "center", "ten")
    forms, lights, met, lacking = (
        range_of(head, listed) for head in ("监控序号", "预警", "预计达标", "原因")
    )
    cells = [a1(row, _FIRST_LIGHT + at) for at in range(len(LIGHTS))]
    for at, light in enumerate(LIGHTS):
        count = sum(one.light == light for one in own)
        formula = f'=COUNTIFS({forms},{number},{lights},"{light}")'
        put_formula(sheet, row, _FIRST_LIGHT + at, formula, look, count)
    counted = next((light for light in LIGHTS if any(one.light == light for one in own)), "")
    if worst == counted:
        # Live: a light that is put right in the list is put right here.
        chosen = "".join(
            f'IF({cell}>0,"{light}",' for cell, light in zip(cells, LIGHTS, strict=True)
        )
        put_formula(sheet, row, _WORST, f'={chosen}""{")" * len(LIGHTS)}', look, worst)
    else:
        put_block(sheet, Area(row, _WORST, row, _WORST), worst, look)
    put_formula(sheet, row, _COUNTS, f"=COUNTIF({forms},{number})", look, len(own))
    misses = sum(one.forecast == "否" for one in own)
    formula = f'=COUNTIFS({forms},{number},{met},"否")'
    put_formula(sheet, row, _COUNTS + 1, formula, look, misses)
    missing = sum(one.lacks_reason is not None for one in own)
    formula = f'=COUNTIFS({forms},{number},{lacking},"缺")'
    put_formula(sheet, row, _COUNTS + 2, formula, look, missing)


def _write_totals(
    sheet: Sheet,
    styles: Styles,
    listed: MonitoredList,
    progress: Sequence[Progress],
    lights: Sequence[str],
) -> None:
    first, total = _TOP + 1, listed.total_row
    moneys = [form.money for form in listed.forms]
    put_labels(sheet, styles, total, _FIRST_AMOUNT - 1)
    places = places_of(amount for money in moneys for amount in money)
    for index in range(_BALANCE - _FIRST_AMOUNT + 1):
        own = Total([money[index] for money in moneys])
        put_total(sheet, styles, (total, _FIRST_AMOUNT + index), first, own, places)
    look = styles("cell", "total", "center", "ten")
    put_total_rate(sheet, styles, total, first, RATE_COLUMNS, moneys)
    sheet.write_blank(total, _WORST, None, look)
    counts = (
        *(sum(one.light == light for one in progress) for light in LIGHTS),
        len(progress),
        sum(one.forecast == "否" for one in progress),
        sum(one.lacks_reason is not None for one in progress),
    )
    for column, count in enumerate(counts, start=_FIRST_LIGHT):
        put_count(sheet, styles, (total, column), first, count)
    cells = _cells(_WORST, total - 1)
    told = '&"，"&'.join(f'"{light} "&COUNTIF({cells},"{light}")' for light in LIGHTS)
    area = Area(total + 1, _RATE, total + 1, len(_COLUMNS) - 1)
    put_block(sheet, area, None, look)
    value = "，".join(f"{light} {list(lights).count(light)}" for light in LIGHTS)
    put_formula(sheet, total + 1, _RATE, f'="项目预警："&{told}', look, f"项目预警：{value}")


def _cells(column: int, last: int) -> str:
    letters = column_letters(column)
    return f"{letters}{_TOP + 2}:{letters}{last + 1}"
