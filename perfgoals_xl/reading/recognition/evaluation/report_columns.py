"""The columns of an indicator table that only 自评表 and 监控表 have, and what rows say there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfgoals_xl.form.column_labels import plain_label
from perfgoals_xl.form.evaluation.evaluation_labels import (
    Part,
    indicator_part,
    is_past,
    is_rate_done,
)
from perfgoals_xl.form.text import clean, fold, is_blank
from perfgoals_xl.form.tick_lists import has_marks, ticked
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.evaluation.cell_figures import points_at
from perfgoals_xl.reading.recognition.forms import Entry
from perfgoals_xl.reading.recognition.row_values import shown_entry

_TICKS = frozenset("√✓✔☑■●✅√是1")
# What a column to be ticked holds where it is not: an open box, a cross or a stroke.
_OPEN = frozenset("□☐○◯◻▢-—–/×✗✘否无0")
# What stands in such a column says itself what it is.
_IN_WORDS = ("说明", "原因", "分析", "措施")


class _Headed(NamedTuple):
    """A column, the cell that heads it, and the heading of its own below that, if any."""

    at: int
    by: tuple[int, int]
    own: str | None


@dataclass(frozen=True)
class ReportColumns:
    """The columns of each part, from left to right."""

    parts: Mapping[Part, Sequence[_Headed]]

    def first(self, part: Part) -> int | None:
        """The first column of a part; None where the table has none."""
        found = self.parts.get(part)
        return found[0].at if found else None

    def columns(self) -> Iterator[int]:
        """All columns of all parts."""
        return (one.at for found in self.parts.values() for one in found)


def report_columns(grid: Grid, header: Header) -> ReportColumns:
    """The columns under a header that a table of goals does not have."""
    taken = set(header.columns.values())
    found: dict[Part, list[_Headed]] = {}
    rates: list[_Headed] = []
    for at, path in sorted(_paths(grid, header).items()):
        if at in taken or any(is_past(plain_label(text)[0]) for _, text in path):
            continue
        last = path[-1][1]
        for by, text in reversed(path):
            part = indicator_part(text)
            headed = _Headed(at, by, None if text == last else last)
            if part is not None:
                found.setdefault(part, []).append(headed)
                break
            if is_rate_done(text):
                rates.append(headed)
                break
    if rates and Part.ACTUAL not in found:
        found[Part.ACTUAL] = rates
    # Of two columns of one part the first counts; only reasons and measures are said in several.
    return ReportColumns(
        {
            part: [one for one in many if part is Part.REASON or one.by == many[0].by]
            for part, many in found.items()
        }
    )


def _paths(grid: Grid, header: Header) -> dict[int, list[tuple[tuple[int, int], str]]]:
    """The headings over every column, from the uppermost to the lowest."""
    paths: dict[int, list[tuple[tuple[int, int], str]]] = {}
    right = _right(grid, header)
    for row in range(header.row, header.bottom + 1):
        cells = [(c, v) for c, v in grid.cells(row) if header.left <= c <= right]
        if not cells:
            continue
        stops = [*(c for c, _ in cells[1:]), right + 1]
        for (column, value), following in zip(cells, stops, strict=True):
            area = grid.area(row, column)
            # A heading over several columns whose merge was lost reaches to the next one.
            alone = row == header.bottom or area.right > column
            end = area.right if alone else max(column, following - 1)
            for at in range(column, min(end, right) + 1):
                paths.setdefault(at, []).append(((row, column), str(value)))
    return paths


def _right(grid: Grid, header: Header) -> int:
    """The last column of the table: in a text its header ends where a declaration's would."""
    further = (
        column
        for row in range(header.row, header.bottom + 1)
        for column, value in grid.cells(row)
        if grid.is_text and isinstance(value, str) and indicator_part(value) is not None
    )
    return max([header.right, *further])


def reached_entry(grid: Grid, part: Part, headed: Sequence[_Headed], row: int) -> Entry:
    """What a row says in the columns of a part: a text, or the points."""
    if part is Part.SCORE:
        return Entry(points_at(grid, row, headed[0].at), grid.place(row, headed[0].at))
    said = [
        (one.own, entry)
        for one in headed
        if not is_blank((entry := shown_entry(grid, row, one.at)).value)
        and not (one.own is not None and fold(str(entry.value)) in _OPEN)
    ]
    if not said:
        return Entry(None, grid.place(row, headed[0].at))
    place = said[0][1].place
    if part is Part.LIKELIHOOD:
        chosen = (_likelihood(own, str(entry.value)) for own, entry in said)
        return Entry("、".join(dict.fromkeys(chosen)), place)
    if part is Part.REASON:
        return Entry("；".join(_reason(own, str(entry.value)) for own, entry in said), place)
    value = said[0][1].value
    return Entry(clean(value) if isinstance(value, str) else value, place)


def _likelihood(own: str | None, text: str) -> str:
    """Which of 确定能 | 有可能 | 完全不可能 is ticked, or what is said in words."""
    if own is not None and fold(text) in _TICKS:
        return clean(own)
    chosen = ticked(text) if has_marks(text) else None
    return chosen or clean(text)


def _reason(own: str | None, text: str) -> str:
    """A reason under a heading of its own: 制度保障 ticked, or with words below it."""
    if own is None:
        return clean(text)
    word = plain_label(own)[0]
    if fold(text) in _TICKS:
        return word
    return clean(text) if any(said in word for said in _IN_WORDS) else f"{word}：{clean(text)}"
