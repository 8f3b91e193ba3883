"""Two indicator tables on one form: one for the whole period, one for the year.

The year's counts; what the other says of the same indicator is its value for the whole period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import RemarkKind, TextCell
from perfgoals_xl.form.column_labels import Time, plain_label
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.labels import labelled_text
from perfgoals_xl.reading.recognition.ledger import Use

_KIND = r"(?:总体|绩效)*(?:指标|目标)(?:值|体系|设置)?(?:表|情况表)?(?:\d{1,2})?"
_PERIOD_TABLE = re.compile(rf"(?:长期|中期|项目期|实施期|全周期|中长期){_KIND}")
_ANNUAL_TABLE = re.compile(rf"(?:本?年度|当年|本年){_KIND}")
_NOT_KEPT = "这是整个项目期的指标，年度表中没有同名的一行，未保留"
_ABOVE = 2


@dataclass
class Told:
    """What one of several tables of a form says: its time, its rows and what goes with them."""

    time: Time | None
    lines: list[Line]
    edition: str
    group_places: dict[str, Place]
    group_points: dict[str, TextCell]


def title_time(text: object) -> Time | None:
    """For when a table is by its title: 长期绩效目标表, 年度绩效指标."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    word = plain_label(text)[0]
    if _PERIOD_TABLE.fullmatch(word):
        return Time.PERIOD
    return Time.ANNUAL if _ANNUAL_TABLE.fullmatch(word) else None


def is_table_title(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but the title of such a table."""
    cells = list(grid.cells(row))
    return len(cells) == 1 and title_time(cells[0][1]) is not None


def table_time(grid: Grid, header: Header, start: int) -> Time | None:
    """For when a table is: by its own heading, by a title or a goal in the rows above it."""
    own = [v for r in range(header.row, header.bottom + 1) for _, v in _before(grid, r, header)]
    above = [
        [value for _, value in grid.cells(row)]
        for row in range(header.row - 1, max(start, header.row - _ABOVE) - 1, -1)
    ]
    for texts in (own, *above):
        times = {time for text in texts if (time := title_time(text)) is not None}
        if times:
            return times.pop() if len(times) == 1 else None
    return None


def is_other_table(grid: Grid, header: Header, again: Header) -> bool:
    """Whether of two headers one is the whole period's and the other the year's."""
    times = {table_time(grid, one, 0) for one in (header, again)}
    return times == {Time.PERIOD, Time.ANNUAL}


def _before(grid: Grid, row: int, header: Header) -> list[tuple[int, object]]:
    return [(c, v) for c, v in grid.cells(row) if c <= header.left]


def take_goals(form: Form, header: Header, rows: Sequence[int]) -> None:
    """Goals that stand beside their indicators: 年度绩效目标1：清淤6公里."""
    grid = form.grid
    if next(grid.cells(header.row))[0] >= header.left:
        return
    for row in rows:
        for column, value in grid.cells(row):
            if column >= header.left:
                break
            found = labelled_text(value)
            name = found[0].name if found is not None else None
            entry = form.entries.get(name or "")
            if found is None or name not in ("annual_goal", "period_goal"):
                continue
            if entry is None or is_blank(entry.value):
                form.entries[name] = Entry(found[1], grid.place(row, column))
                form.ledger[row, column] = Use.VALUE


def joined_lines(form: Form, tables: Sequence[Told]) -> list[Line]:
    """The rows of a form with several tables."""
    times = {table.time for table in tables}
    if Time.PERIOD not in times or len(times) < 2:
        for table in reversed(tables):
            # Of several tables the places of the first hold.
            form.group_places.update(table.group_places)
            form.group_points.update(table.group_points)
        return [line for table in tables for line in table.lines]
    # Of two lines of one name the first belongs to the first of that name in the year's table.
    period: dict[tuple[str | None, str], list[Line]] = {}
    for table in tables:
        for line in table.lines if table.time is Time.PERIOD else ():
            period.setdefault(_key(line), []).append(line)
    lines = []
    for table in tables:
        if table.time is Time.PERIOD:
            continue
        form.edition, form.group_places = table.edition, table.group_places
        form.group_points = table.group_points
        for line in table.lines:
            twins = period.get(_key(line))
            twin = twins.pop(0) if twins else None
            own = line.period_target is not None and not is_blank(line.period_target.value)
            lines.append(line if twin is None or own else line._replace(period_target=twin.target))
    for line in chain.from_iterable(period.values()):
        form.infer(line.name.place, line.name.value, _NOT_KEPT, RemarkKind.KNOWN)
        form.infer(line.target.place, line.target.value, _NOT_KEPT, RemarkKind.KNOWN)
    return lines


def _key(line: Line) -> tuple[str | None, str]:
    return line.level2, fold(str(line.name.value))
