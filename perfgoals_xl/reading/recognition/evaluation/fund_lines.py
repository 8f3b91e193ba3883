"""A line of the funds of 自评表 and 监控表, from the cells of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from perfgoals_xl.form.column_labels import is_header, plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import (
    FundPart,
    ReportKind,
    fund_part,
    is_no_value,
    is_result,
    is_total_of_funds,
)
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import column_roles
from perfgoals_xl.reading.recognition.evaluation.cell_figures import (
    number_of,
    points_at,
    rate_at,
)
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine
from perfgoals_xl.reading.recognition.head_labels import LONG
from perfgoals_xl.reading.recognition.labels import marks, other_source

AMOUNTS = (
    FundPart.INITIAL,
    FundPart.ANNUAL,
    FundPart.EXECUTED,
    FundPart.FORECAST,
    FundPart.BALANCE,
)
BUDGETS = frozenset((FundPart.INITIAL, FundPart.ANNUAL))
SPENT = frozenset((FundPart.EXECUTED, FundPart.RATE, FundPart.FORECAST))
POINTS = (FundPart.WEIGHT, FundPart.SCORE)
# What a form of each kind does not have, whatever a heading says.
NOT_OF = {
    ReportKind.EVALUATION: (FundPart.FORECAST, FundPart.BALANCE),
    ReportKind.MONITORING: (FundPart.WEIGHT, FundPart.SCORE),
}
_HUNDRED = Decimal(100)
_ENDS = (*LONG, "project_name", "project_period", "project_attribute")


def is_source(value: object) -> bool:
    """Whether a cell is the label of a line of the funds."""
    if not isinstance(value, str):
        return False
    if is_total_of_funds(value) or other_source(value) is not None:
        return True
    word = plain_label(value)[0]
    return word.endswith(("资金", "拨款", "补助", "预算", "收入", "经费", "合计", "结余", "结转"))


def heads_funds(grid: Grid, row: int) -> bool:
    """Whether a row has a budget beside what was spent of it, as headings."""
    parts = {fund_part(value) for _, value in grid.cells(row) if isinstance(value, str)}
    return bool(parts & BUDGETS and parts & SPENT)


def ends_funds(grid: Grid, row: int) -> bool:
    """Whether a row below funds is none of theirs: a goal, another field, the next table."""
    if is_header(column_roles(grid, row)):
        return True
    first = next(iter(marks(grid, row)), None)
    if first is None:
        return False
    if first.label is not None and first.label.name in _ENDS:
        return True
    return isinstance(first.value, str) and is_result(first.value)


def is_figure(value: object) -> bool:
    """Whether a cell holds a number, or a sign that there is none."""
    return number_of(value) is not None or (isinstance(value, str) and is_no_value(value))


def fill(
    form: Form,
    line: FundLine,
    cells: Mapping[FundPart, tuple[int, int]],
    units: Mapping[FundPart, str],
) -> None:
    """Put into a line what stands in its cells: amounts as they are, the rest as figures."""
    grid = form.grid
    for part, (row, column) in cells.items():
        place, value = grid.place(row, column), grid.value(row, column)
        if part in AMOUNTS:
            said = None if isinstance(value, str) and is_no_value(value) else value
            seen = grid.scaled(row, column)
            line.values[part] = Entry(said if seen is None else seen, place)
            if part in units:
                line.units[part] = units[part]
        elif part in POINTS:
            line.values[part] = Entry(points_at(grid, row, column), place)
        elif part is FundPart.REASON:
            line.values[part] = Entry(None if is_blank(value) else clean(str(value)), place)
    if FundPart.RATE in cells:
        row, column = cells[FundPart.RATE]
        rate = rate_at(grid, row, column, _expected(line))
        line.values[FundPart.RATE] = Entry(rate, grid.place(row, column))
    for row, column in cells.values():
        if not is_blank(grid.value(row, column)):
            form.hold(row, column)


def _expected(line: FundLine) -> Decimal | None:
    """The rate in per cent that the amounts of a line give."""
    spent, budget = (
        number_of(line.values[part].value) if part in line.values else None
        for part in (
            FundPart.EXECUTED,
            FundPart.ANNUAL if FundPart.ANNUAL in line.values else FundPart.INITIAL,
        )
    )
    return spent / budget * _HUNDRED if spent is not None and budget else None
