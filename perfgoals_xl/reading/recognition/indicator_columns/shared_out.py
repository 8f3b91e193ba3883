"""Values that a table shares out over columns: 合计 | 上坪乡 | 溪口镇, of which 合计 is the target.

The columns of the places hold no target of the declaration; what they make together is held
against the one that counts.
"""

from __future__ import annotations

import re

from perfgoals_xl.addresses import TextCell, row_column
from perfgoals_xl.form.column_labels import column_role, heads_a_sum, plain_label
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Form

_TIME = re.compile(r"\d|年|月|季度|上半|下半|期$")
_LONGEST = 24


def take_shares(form: Form, header: Header) -> None:
    """Note in ``form.shares`` what the columns beside 合计 hold of each line."""
    if header.is_split or header.has_goals or not header.foreign:
        return
    grid, places = form.grid, _places(form.grid, header)
    if len(places) < 2:
        return
    for line in form.lines:
        row, column = row_column(line.target.place.cell)
        if column != header.target:
            continue
        cells = [(at, grid.value(row, at)) for at in places]
        told = [
            TextCell(value if isinstance(value, str) else grid.shown(row, at, value), place)
            for at, value in cells
            if not is_blank(value) and (place := grid.place(row, at))
        ]
        if len(told) > 1:
            form.shares[line.target.place] = tuple(told)


def _places(grid: Grid, header: Header) -> list[int]:
    """The columns that the values are shared out over; [] where the target is no sum of any."""
    if not any(heads_a_sum(grid.value(row, header.target)) for row in _rows(header)):
        return []
    found = []
    for at in sorted(header.foreign):
        words = [word for row in _rows(header) if (word := _word(grid, row, at))]
        if not words or at < header.name:
            continue
        known = any(column_role(str(grid.value(row, at) or "")) for row in _rows(header))
        if not known and not any(_TIME.search(word) or len(word) > _LONGEST for word in words):
            found.append(at)
    return found


def _rows(header: Header) -> range:
    return range(header.row, header.bottom + 1)


def _word(grid: Grid, row: int, column: int) -> str:
    value = grid.value(row, column)
    return plain_label(value)[0] if isinstance(value, str) else ""
