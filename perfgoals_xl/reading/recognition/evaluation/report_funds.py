"""The funds of 自评表 and 监控表: budgets, what was spent of them, the rate and its points.

They stand in columns, 年初预算数 | 全年预算数 | 全年执行数 over the sources, or behind their
labels, 预算数 | 100 | 执行数 | 95, in one row or in several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from perfgoals_xl.addresses import row_column
from perfgoals_xl.form.column_labels import is_header, plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import (
    FundPart,
    ReportKind,
    fund_part,
    is_adjusted,
    is_no_value,
    is_result,
    is_total_of_funds,
)
from perfgoals_xl.form.points import points_behind
from perfgoals_xl.form.text import clean, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import column_roles
from perfgoals_xl.reading.recognition.evaluation.cell_figures import (
    number_of,
    points_at,
    rate_at,
)
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine
from perfgoals_xl.reading.recognition.head_labels import LONG, MONEY
from perfgoals_xl.reading.recognition.labels import marks, other_source
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit

_AMOUNTS = (
    FundPart.INITIAL,
    FundPart.ANNUAL,
    FundPart.EXECUTED,
    FundPart.FORECAST,
    FundPart.BALANCE,
)
_BUDGETS = frozenset((FundPart.INITIAL, FundPart.ANNUAL))
_SPENT = frozenset((FundPart.EXECUTED, FundPart.RATE, FundPart.FORECAST))
_POINTS = (FundPart.WEIGHT, FundPart.SCORE)
# What a form of each kind does not have, whatever a heading says.
_NOT_OF = {
    ReportKind.EVALUATION: (FundPart.FORECAST, FundPart.BALANCE),
    ReportKind.MONITORING: (FundPart.WEIGHT, FundPart.SCORE),
}
_HUNDRED = Decimal(100)
_ENDS = (*LONG, "project_name", "project_period", "project_attribute")


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
    head = _head(grid, start, end, _NOT_OF[report.kind])
    rows = _read_pairs(form, start, end) if head is None else _read_columns(form, head, end)
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
        if len(named) < 2 or not both & _BUDGETS or not both & _SPENT or _has_number(grid, row):
            continue
        bottom = row
        if under and not _has_number(grid, row + 1) and not _labels_source(grid, row + 1, named):
            # 年初 | 调整后 below 预算数: the lower heading says which.
            spans = {c: grid.area(row, c) for c, _ in named}
            covered = [a for a in spans.values() if any(a.left <= c <= a.right for c, _ in under)]
            named = [(c, p) for c, p in named if spans[c] not in covered] + under
            bottom = row + 1
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


def _has_number(grid: Grid, row: int) -> bool:
    return any(number_of(value) is not None for _, value in grid.cells(row))


def _labels_source(grid: Grid, row: int, named: Sequence[tuple[int, FundPart]]) -> bool:
    """Whether a row begins with a source of funds: it has the amounts already."""
    column, value = next(grid.cells(row), (0, None))
    return column < named[0][0] and is_source(value)


def is_source(value: object) -> bool:
    """Whether a cell is the label of a line of the funds."""
    if not isinstance(value, str):
        return False
    if is_total_of_funds(value) or other_source(value) is not None:
        return True
    word = plain_label(value)[0]
    return word.endswith(("资金", "拨款", "补助", "预算", "收入", "经费", "合计", "结余", "结转"))


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
        if _ends_funds(grid, row) or (labels and not isinstance(labels[-1][1], str)):
            break
        source = labels[-1] if labels else None
        known = source is None or is_source(source[1])
        stated = any(_is_figure(grid.value(row, c)) for c in filled)
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
        _fill(form, line, {part: (row, c) for part, c in head.at.items()}, head.units)
        if any(one.is_total for one in report.funds):
            line.is_total = False
        report.funds.append(line)
    return rows


def _ends_funds(grid: Grid, row: int) -> bool:
    if is_header(column_roles(grid, row)):
        return True
    found = marks(grid, row)
    first = found[0]
    if first.label is not None and first.label.name in _ENDS:
        return True
    return isinstance(first.value, str) and is_result(first.value)


def _is_figure(value: object) -> bool:
    return number_of(value) is not None or (isinstance(value, str) and is_no_value(value))


def _fill(
    form: Form,
    line: FundLine,
    cells: Mapping[FundPart, tuple[int, int]],
    units: Mapping[FundPart, str],
) -> None:
    """Put into a line what stands in its cells: amounts as they are, the rest as figures."""
    grid = form.grid
    for part, (row, column) in cells.items():
        place, value = grid.place(row, column), grid.value(row, column)
        if part in _AMOUNTS:
            said = None if isinstance(value, str) and is_no_value(value) else value
            seen = grid.scaled(row, column)
            line.values[part] = Entry(said if seen is None else seen, place)
            if part in units:
                line.units[part] = units[part]
        elif part in _POINTS:
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


def _read_pairs(form: Form, start: int, end: int) -> set[int]:
    """Funds whose figures stand behind their labels, in one row or in several."""
    grid, report = form.grid, form.report
    assert report is not None
    found = _pair_rows(grid, start, end, _NOT_OF[report.kind])
    told = {pair.part for pairs in found.values() for pair in pairs}
    if not told & _BUDGETS or not told & _SPENT:
        return set()
    rows = set(found)
    above = _sources_above(grid, start, found)
    if above is not None:
        rows.add(above[0])
    columns = {None: None} if above is None else above[1]
    for name, source in columns.items():
        cells: dict[FundPart, tuple[int, int]] = {}
        units: dict[FundPart, str] = {}
        for row, pairs in found.items():
            for pair in pairs:
                form.ledger[row, pair.label] = Use.LABEL
                at = pair.figures[0] if source is None else source
                if pair.part not in cells and at in pair.figures:
                    cells[pair.part] = (row, at)
                    if (unit := label_unit(grid.value(row, pair.label))) is not None:
                        units[pair.part] = unit
        entry = None
        if above is not None and source is not None:
            form.ledger[above[0], source] = Use.LABEL
            entry = Entry(name, grid.place(above[0], source))
        line = FundLine(entry, is_total=name is None or is_total_of_funds(name))
        _fill(form, line, cells, units)
        report.funds.append(line)
    if above is None:
        rows |= _read_sources(form, found, end)
    return rows


class _Pair(NamedTuple):
    """A label among the funds, and the columns of the figures behind it."""

    part: FundPart
    label: int
    figures: tuple[int, ...]


def _pair_rows(
    grid: Grid, start: int, end: int, without: Collection[FundPart]
) -> dict[int, list[_Pair]]:
    """The rows that have figures behind the labels of funds."""
    found: dict[int, list[_Pair]] = {}
    for row in grid.filled(start, end):
        if is_header(column_roles(grid, row)):
            break
        pairs = [pair for pair in _pairs(grid, row) if pair.part not in without]
        # 自评得分 alone is that of the whole project.
        if any(pair.part not in _POINTS for pair in pairs):
            found[row] = pairs
    return found


def _pairs(grid: Grid, row: int) -> Iterator[_Pair]:
    cells = list(grid.cells(row))
    for number, (column, value) in enumerate(cells):
        part = fund_part(value) if isinstance(value, str) else None
        behind = takewhile(lambda cell: _is_figure(cell[1]), cells[number + 1 :])
        figures = tuple(at for at, _ in behind)
        if part is not None and figures:
            yield _Pair(part, column, figures)


def _sources_above(
    grid: Grid, start: int, found: Mapping[int, Sequence[_Pair]]
) -> tuple[int, dict[str | None, int | None]] | None:
    """The row of sources over figures that stand in columns of their own, and these columns."""
    first = min(found)
    columns = {at for pair in found[first] for at in pair.figures}
    if len(columns) < 2:
        return None
    for row in reversed(grid.filled(start, first)):
        named: dict[str | None, int | None] = {
            plain_label(str(value))[0]: column
            for column, value in grid.cells(row)
            if column in columns and is_source(value)
        }
        if len(named) > 1:
            return row, named
    return None


def _read_sources(form: Form, found: Mapping[int, Sequence[_Pair]], end: int) -> set[int]:
    """The lines below pairs: 其中：财政拨款 | 80 | 其中：财政拨款 | 75."""
    grid, report = form.grid, form.report
    assert report is not None
    rows: set[int] = set()
    sources: dict[str, tuple[FundLine, dict[FundPart, tuple[int, int]]]] = {}
    at: dict[FundPart, int] = {}
    for row in grid.filled(min(found), end):
        if row in found:
            at = {pair.part: pair.figures[0] for pair in found[row]}
            continue
        if _ends_funds(grid, row):
            break
        for column, value in grid.cells(row):
            behind = [(p, c) for p, c in at.items() if c > column]
            if not behind or not is_source(value) or number_of(value) is not None:
                continue
            part, amount = min(behind, key=lambda one: one[1])
            if part not in _AMOUNTS or not _is_figure(grid.value(row, amount)):
                continue
            rows.add(row)
            form.ledger[row, column] = Use.LABEL
            name = plain_label(str(value))[0]
            entry = Entry(name, grid.place(row, column))
            sources.setdefault(name, (FundLine(entry), {}))[1].setdefault(part, (row, amount))
    for line, own in sources.values():
        _fill(form, line, own, {})
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
