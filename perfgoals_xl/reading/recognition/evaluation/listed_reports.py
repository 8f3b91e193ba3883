"""自评表 and 监控表 as one list: a row for every indicator, the project beside it in every row.

Platforms export them so. What a form says in its funds and below its table stands in columns of the
list: 全年预算数, 全年执行数, 执行率 and 自评总分, written once, merged down or repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perfgoals_xl.form.evaluation.evaluation_labels import (
    Below,
    FundPart,
    below_part,
    fund_part,
    is_result,
)
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.evaluation.cell_figures import points_at
from perfgoals_xl.reading.recognition.evaluation.fund_lines import NOT_OF, fill
from perfgoals_xl.reading.recognition.evaluation.report_columns import report_columns
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine
from perfgoals_xl.reading.recognition.money_units import label_unit

_WORDS = {
    Below.GRADE: "grade",
    Below.CONCLUSION: "grade",
    Below.PROBLEMS: "problems",
    Below.MEASURES: "measures",
}
# These head columns of the indicators as well, and columns of notes.
_OF_INDICATORS = frozenset((FundPart.WEIGHT, FundPart.SCORE, FundPart.REASON))


def read_listed(form: Form, header: Header, rows: Sequence[int]) -> None:
    """Fill the report of a project of a list from its rows; those of its indicators were read."""
    report, grid = form.report, form.grid
    if report is None:
        return
    found = report_columns(grid, header)
    own = {*found.columns(), *header.columns.values()}
    cells: dict[FundPart, tuple[int, int]] = {}
    units: dict[FundPart, str] = {}
    for row in range(header.row, header.bottom + 1):
        for column, value in grid.cells(row):
            if column in own or not isinstance(value, str):
                continue
            at = (_filled_row(grid, rows, column), column)
            part = fund_part(value)
            if part is not None and _is_of_funds(part, value, NOT_OF[report.kind]):
                cells.setdefault(part, at)
                if (unit := label_unit(value)) is not None:
                    units.setdefault(part, unit)
            else:
                _take_words(form, value, at)
    if cells:
        line = FundLine(None, is_total=True)
        fill(form, line, cells, units)
        report.funds.append(line)


def _filled_row(grid: Grid, rows: Sequence[int], column: int) -> int:
    return next((row for row in rows if not is_blank(grid.value(row, column))), rows[0])


def _is_of_funds(part: FundPart, label: str, without: Collection[FundPart]) -> bool:
    if part in without:
        return False
    return part not in _OF_INDICATORS or "执行" in label


def _take_words(form: Form, label: str, at: tuple[int, int]) -> None:
    """The total, the grade and what was done of the goal, under their headings."""
    report, grid = form.report, form.grid
    if report is None:
        return
    part = below_part(label)
    if part is Below.TOTAL:
        report.entries.setdefault("total_score", Entry(points_at(grid, *at), grid.place(*at)))
    else:
        name = "actual_result" if is_result(label) else _WORDS.get(part) if part else None
        if name is None:
            return
        value = grid.value(*at)
        said = None if is_blank(value) else clean(str(value))
        report.entries.setdefault(name, Entry(said, grid.place(*at)))
    if not is_blank(grid.value(*at)):
        form.hold(*at)
