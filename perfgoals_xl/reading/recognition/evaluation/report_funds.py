"""The funds of 自评表 and 监控表: budgets, what was spent of them, the rate and its points.

They stand in columns, 年初预算数 | 全年预算数 | 全年执行数 over the sources, or behind their
labels, 预算数 | 100 | 执行数 | 95, in one row or in several.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from perfgoals_xl.addresses import row_column
from perfgoals_xl.form.column_labels import plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import (
    FundPart,
    fund_part,
    is_adjusted,
    is_total_of_funds,
)
from perfgoals_xl.form.points import points_behind
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.evaluation.cell_figures import (
    number_of,
)
from perfgoals_xl.reading.recognition.evaluation.fund_lines import (
    BUDGETS,
    NOT_OF,
    SPENT,
    ends_funds,
    fill,
    is_figure,
    is_source,
)
from perfgoals_xl.reading.recognition.evaluation.fund_pairs import read_pairs
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine
from perfgoals_xl.reading.recognition.head_labels import MONEY
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit


@dataclass
class _Columns:
    """The column of each part, its heading's unit, and the rows that head them."""

    rows: range
    at: dict[FundPart, int]
    units: dict[FundPart, str] = field(default_factory=dict)


def read_funds(form: Form, start: int, end: int) -> set[int]:
    """Fill ``form.report.funds`` from the rows ``start`` to ``end`` (exclusive).

    Returns the rows that the funds take.
    """
    grid, report = form.grid, form.report
    if report is None:
        return set()
    head = _head(grid, start, end, NOT_OF[report.kind])
    rows = read_pairs(form, start, end) if head is None else _read_columns(form, head, end)
    if report.funds and not any(line.is_total for line in report.funds):
        report.funds[0].is_total = True
    total = next((line for line in report.funds if line.is_total), None)
    if total is not None:
        _weigh(form, total, rows)
        _settle_budget(form, total)
    return rows


def _settle_budget(form: Form, total: FundLine) -> None:
    """Let the year's budget be what the funds say, where the head took a heading for it, or none.

    A heading over several columns (预算数 over 年初 | 调整后) has no amount beside it or below it.
    """
    grid = form.grid
    for name in MONEY & form.entries.keys():
        place = form.entries[name].place
        at = row_column(place.cell)
        if form.ledger.get(at) is Use.LABEL and fund_part(str(grid.value(*at))) is not None:
            del form.entries[name]
            form.label_units.pop(name, None)
    known = form.entries.get("annual_amount")
    if known is not None and not is_blank(known.value):
        return
    for part in (FundPart.ANNUAL, FundPart.INITIAL):
        entry = total.values.get(part)
        if entry is not None and not is_blank(entry.value):
            form.entries["annual_amount"] = entry
            if part in total.units:
                form.label_units["annual_amount"] = total.units[part]
            return


def _head(grid: Grid, start: int, end: int, without: Collection[FundPart]) -> _Columns | None:
    """The headings of funds in columns: a budget beside what was spent, and amounts below them."""
    for row in grid.filled(start, end):
        named = _named(grid, row)
        parts = {part for _, part in named}
        under = _named(grid, row + 1) if row + 1 < end else []
        both = parts | {part for _, part in under}
        if len(named) < 2 or not both & BUDGETS or not both & SPENT or _has_number(grid, row):
            continue
        bottom = row
        if under and not _has_number(grid, row + 1) and not _labels_source(grid, row + 1, named):
            # 年初 | 调整后 below 预算数: the lower heading says which.
            spans = {c: grid.area(row, c) for c, _ in named}
            covered = [a for a in spans.values() if any(a.left <= c <= a.right for c, _ in under)]
            named = [(c, p) for c, p in named if spans[c] not in covered] + under
            bottom = row + 1
        named = _over_amounts(grid, bottom, named)
        at = _chosen(grid, range(row, bottom + 1), named)
        at = {part: column for part, column in at.items() if part not in without}
        units = {
            part: unit
            for part, column in at.items()
            for line in range(row, bottom + 1)
            if (unit := label_unit(grid.value(line, column))) is not None
        }
        return _Columns(range(row, bottom + 1), at, units)
    return None


def _named(grid: Grid, row: int) -> list[tuple[int, FundPart]]:
    return [
        (column, part)
        for column, value in grid.cells(row)
        if isinstance(value, str) and (part := fund_part(value)) is not None
    ]


def _over_amounts(
    grid: Grid, bottom: int, named: Sequence[tuple[int, FundPart]]
) -> list[tuple[int, FundPart]]:
    """The headings that have amounts below them.

    预算执行 left of the table only names it, and is merged down beside the sources; where that
    merge was lost, another heading of its part is the column.
    """
    left = min(column for column, _ in named)
    again = {part for column, part in named if column > left}
    return [
        (column, part)
        for column, part in named
        if not (
            column == left
            and part is FundPart.EXECUTED
            and (part in again or grid.area(bottom, column).bottom > bottom)
        )
    ]


def _has_number(grid: Grid, row: int) -> bool:
    return any(number_of(value) is not None for _, value in grid.cells(row))


def _labels_source(grid: Grid, row: int, named: Sequence[tuple[int, FundPart]]) -> bool:
    """Whether a row begins with a source of funds: it has the amounts already."""
    column, value = next(grid.cells(row), (0, None))
    return column < named[0][0] and is_source(value)


def _chosen(grid: Grid, rows: range, named: Sequence[tuple[int, FundPart]]) -> dict[FundPart, int]:
    """The column of each part; of several budgets the last adjusted is the year's."""
    at: dict[FundPart, int] = {}
    for column, part in sorted(named):
        if part is not FundPart.ANNUAL:
            at.setdefault(part, column)
    annual = [column for column, part in sorted(named) if part is FundPart.ANNUAL]
    if annual:
        best = min(annual, key=lambda c: (_adjusted(grid, rows, c), -c))
        at[FundPart.ANNUAL] = best
        # 预算数 | 调整后预算数: the former is what the year began with.
        if annual[0] < best:
            at.setdefault(FundPart.INITIAL, annual[0])
    return at


def _adjusted(grid: Grid, rows: range, column: int) -> int:
    return min(is_adjusted(str(grid.value(row, column) or "")) for row in rows)


def _read_columns(form: Form, head: _Columns, end: int) -> set[int]:
    grid, report = form.grid, form.report
    assert report is not None
    rows = set(head.rows)
    for row in head.rows:
        for column, _ in _named(grid, row):
            form.ledger[row, column] = Use.LABEL
    first = min(head.at.values())
    for row in grid.filled(head.rows.stop, end):
        labels = [(c, v) for c, v in grid.cells(row) if c < first]
        filled = [c for c in head.at.values() if not is_blank(grid.value(row, c))]
        if ends_funds(grid, row) or (labels and not isinstance(labels[-1][1], str)):
            break
        source = labels[-1] if labels else None
        known = source is None or is_source(source[1])
        stated = any(is_figure(grid.value(row, c)) for c in filled)
        if not (stated or (known and source is not None)):
            break
        if source is None and report.funds:
            break  # amounts without a label, below those that have one
        rows.add(row)
        entry = None
        if source is not None:
            form.ledger[row, source[0]] = Use.LABEL
            text = plain_label(str(source[1]))[0] or clean(str(source[1]))
            entry = Entry(text, grid.place(row, source[0]))
        line = FundLine(entry, is_total=source is None or is_total_of_funds(str(source[1])))
        fill(form, line, {part: (row, c) for part, c in head.at.items()}, head.units)
        if any(one.is_total for one in report.funds):
            line.is_total = False
        report.funds.append(line)
    return rows


def _weigh(form: Form, total: FundLine, rows: set[int]) -> None:
    """The points of the rate, where they stand behind a label: 预算执行率（10分）."""
    if FundPart.WEIGHT in total.values and total.values[FundPart.WEIGHT].value is not None:
        return
    grid = form.grid
    for row in sorted(rows):
        for column, value in grid.cells(row):
            points = points_behind(value) if isinstance(value, str) else None
            if points is not None:
                total.values[FundPart.WEIGHT] = Entry(points, grid.place(row, column))
                return
