"""Funds whose figures stand behind their labels: 预算数 | 100 | 执行数 | 95."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from perfgoals_xl.form.column_labels import is_header, plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import (
    Below,
    FundPart,
    below_part,
    fund_part,
    is_total_of_funds,
)
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import column_roles
from perfgoals_xl.reading.recognition.evaluation.cell_figures import (
    number_of,
    points_at,
)
from perfgoals_xl.reading.recognition.evaluation.fund_lines import (
    AMOUNTS,
    BUDGETS,
    NOT_OF,
    POINTS,
    SPENT,
    ends_funds,
    fill,
    is_figure,
    is_source,
)
from perfgoals_xl.reading.recognition.forms import Entry, Form, FundLine
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit

# What places give for the execution of the budget, at the most.
_MOST_OF_EXECUTION = 30


def read_pairs(form: Form, start: int, end: int) -> set[int]:
    """Funds whose figures stand behind their labels, in one row or in several."""
    grid, report = form.grid, form.report
    assert report is not None
    found = _pair_rows(grid, start, end, NOT_OF[report.kind])
    told = {pair.part for pairs in found.values() for pair in pairs}
    if not told & BUDGETS or not told & SPENT:
        return set()
    rows = set(found)
    _take_whole_scores(form, rows)
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
        fill(form, line, cells, units)
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
        if any(pair.part not in POINTS for pair in pairs):
            found[row] = pairs
    return found


def _pairs(grid: Grid, row: int) -> Iterator[_Pair]:
    cells = list(grid.cells(row))
    for number, (column, value) in enumerate(cells):
        part = fund_part(value) if isinstance(value, str) else None
        behind = takewhile(lambda cell: is_figure(cell[1]), cells[number + 1 :])
        figures = tuple(at for at, _ in behind)
        if part is not None and figures and not _is_whole_score(grid, row, column, figures[0]):
            yield _Pair(part, column, figures)


def _is_whole_score(grid: Grid, row: int, column: int, figure: int) -> bool:
    """Whether 自评得分 beside the funds has more points than their execution ever has."""
    if below_part(str(grid.value(row, column))) is not Below.TOTAL:
        return False
    points = number_of(grid.value(row, figure))
    return points is not None and points > _MOST_OF_EXECUTION


def _take_whole_scores(form: Form, rows: Collection[int]) -> None:
    """The points of the whole project, where they stand in a row of the funds."""
    grid, report = form.grid, form.report
    assert report is not None
    for row in rows:
        cells = list(grid.cells(row))
        for (column, _), (figure, _) in pairwise(cells):
            if _is_whole_score(grid, row, column, figure):
                form.ledger[row, column] = Use.LABEL
                form.hold(row, figure)
                entry = Entry(points_at(grid, row, figure), grid.place(row, figure))
                report.entries.setdefault("total_score", entry)


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
        if ends_funds(grid, row):
            break
        for column, value in grid.cells(row):
            behind = [(p, c) for p, c in at.items() if c > column]
            if not behind or not is_source(value) or number_of(value) is not None:
                continue
            part, amount = min(behind, key=lambda one: one[1])
            if part not in AMOUNTS or not is_figure(grid.value(row, amount)):
                continue
            rows.add(row)
            form.ledger[row, column] = Use.LABEL
            name = plain_label(str(value))[0]
            entry = Entry(name, grid.place(row, column))
            sources.setdefault(name, (FundLine(entry), {}))[1].setdefault(part, (row, amount))
    for line, own in sources.values():
        fill(form, line, own, {})
        report.funds.append(line)
    return rows
