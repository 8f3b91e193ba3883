"""A list whose groups stand side by side: 产出指标 over 三级指标 | 指标值, 效益指标 beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.column_labels import column_role
from perfgoals_xl.form.taxonomy import LevelTerm, read_level
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header

_FEWEST_GROUPS = 2
ABOVE = 2
"""Rows above the header of the pairs in which their groups, and a project's fields, are headed."""


class Group(NamedTuple):
    """A group of indicators with columns of its own: its term, where it stands, its header.

    ``above`` is the term over several groups, 产出指标 over 数量指标 | 质量指标.
    """

    term: LevelTerm
    place: Place
    header: Header
    above: tuple[LevelTerm, Place] | None = None


def is_wide_head(grid: Grid, row: int) -> bool:
    """Whether groups of indicators stand side by side in a row, as they do only over columns."""
    terms = [v for _, v in grid.cells(row) if isinstance(v, str) and read_level(v) is not None]
    return len(terms) >= _FEWEST_GROUPS


def groups_of(grid: Grid, header: Header) -> list[Group]:
    """The groups that stand side by side under a header; [] where there are not several."""
    roles = [(c, role.name) for c, v in grid.cells(header.bottom) if (role := column_role(v))]
    pairs = [
        (name, target)
        for (name, first), (target, second) in pairwise(roles)
        if (first, second) == ("level3", "target_value")
    ]
    if len(pairs) < 2:
        return []
    columns = {c for pair in pairs for c in pair}
    found = []
    for name, target in pairs:
        headed = _headed(grid, header.bottom, name)
        if headed:
            own = {"level3": name, "target_value": target}
            beside = frozenset(columns - set(own.values()))
            part = Header(header.row, header.bottom, name, target, own, beside)
            found.append(Group(*headed[0], part, headed[1] if len(headed) > 1 else None))
    return found if len(found) == len(pairs) else []


def _headed(grid: Grid, bottom: int, column: int) -> list[tuple[LevelTerm, Place]]:
    """The terms over a column, of the nearest row first: in its cell, or merged over it."""
    found = []
    for row in range(bottom - 1, max(-1, bottom - 1 - ABOVE), -1):
        cells = [(c, v) for c, v in grid.cells(row) if c <= column]
        if cells and isinstance(cells[-1][1], str):
            at, text = cells[-1]
            term = read_level(str(text))
            if term is not None:
                found.append((term, grid.place(row, at)))
    return found
