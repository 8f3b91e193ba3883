"""The two level columns of a form: equal terms in a row are one merged cell, as on the print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from xlsxwriter.format import Format

from perfgoals_xl.reading.grid import Area
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block

ROW_HEIGHT = 24.0
"""The least height of a row of the form, in points."""

Levels = tuple[str | None, str | None]


class Run(NamedTuple):
    """Rows, both included, that share one term in one of the two columns."""

    top: int
    bottom: int
    term: str | None


def level1_runs(levels: Sequence[Levels]) -> list[Run]:
    """The runs of the first column; rows without a term stay apart."""
    return _runs([(level1, level1) for level1, _ in levels])


def level2_runs(levels: Sequence[Levels]) -> list[Run]:
    """The runs of the second column; a run ends where the first column changes."""
    return _runs([((level1, level2), level2) for level1, level2 in levels])


def put_levels(
    sheet: Sheet,
    first_row: int,
    levels: Sequence[Levels],
    heights: Sequence[float],
    widths: tuple[float, float],
    style: Format,
) -> tuple[list[float], set[int]]:
    """Writes both columns, merged by runs; returns the heights with room for their terms.

    ``levels`` and ``heights`` are the rows from ``first_row`` on, ``widths`` those of the columns.
    The second result are the rows, counted from ``first_row``, that a merged term made higher:
    Excel would not find out for itself.
    """
    roomy = list(heights)
    raised = set()
    columns = (level1_runs(levels), level2_runs(levels))
    for column, (runs, width) in enumerate(zip(columns, widths, strict=True)):
        for run in runs:
            area = Area(first_row + run.top, column, first_row + run.bottom, column)
            put_block(sheet, area, run.term, style)
            missing = height_of(run.term, width) - sum(roomy[run.top : run.bottom + 1])
            if missing > 0:
                roomy[run.bottom] = min(roomy[run.bottom] + missing, MAX_HEIGHT)
                if run.top < run.bottom:
                    raised.add(run.bottom)
    return roomy, raised


def split_height(height: float) -> list[float]:
    """``height`` as the heights of as many rows as it takes, none above Excel's limit."""
    parts = max(1, math.ceil(height / MAX_HEIGHT))
    return [height / parts] * parts


def _runs(keyed: Sequence[tuple[object, str | None]]) -> list[Run]:
    runs: list[Run] = []
    row = 0
    for (_, term), members in groupby(keyed):
        count = len(list(members))
        if term:
            runs.append(Run(row, row + count - 1, term))
        else:
            runs.extend(Run(r, r, None) for r in range(row, row + count))
        row += count
    return runs
