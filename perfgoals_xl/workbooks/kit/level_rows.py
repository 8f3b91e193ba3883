"""The two level columns of a form: equal terms in a row are one merged cell, as on the print."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.format import Format

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.level_runs import Levels, level1_runs, level2_runs
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block

ROW_HEIGHT = 24.0
"""The least height of a row of the form, in points."""


def put_levels(
    sheet: Sheet,
    first_row: int,
    levels: Sequence[Levels],
    heights: Sequence[float],
    widths: tuple[float, float],
    style: Format,
    left: int = 0,
) -> tuple[list[float], set[int]]:
    """Writes both columns, merged by runs; returns the heights with room for their terms.

    ``levels`` and ``heights`` are the rows from ``first_row`` on, ``widths`` those of the columns,
    of which ``left`` is the first. The second result are the rows, counted from ``first_row``,
    that a merged term made higher: Excel would not find out for itself.
    """
    roomy = list(heights)
    raised = set()
    columns = (level1_runs(levels), level2_runs(levels))
    for column, (runs, width) in enumerate(zip(columns, widths, strict=True), left):
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
