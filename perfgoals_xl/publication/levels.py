"""The two level columns of an indicator table: equal terms in a row are one merged cell."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.form.level_runs import Levels, Run, level1_runs, level2_runs
from perfgoals_xl.publication.appearance import VALUE
from perfgoals_xl.publication.elements import Cell


def level_cells(levels: Sequence[Levels]) -> list[tuple[Cell, Cell]]:
    """The cells of 一级指标 and 二级指标 for every row."""
    first, second = _cells(level1_runs(levels)), _cells(level2_runs(levels))
    return list(zip(first, second, strict=True))


def _cells(runs: Sequence[Run]) -> list[Cell]:
    cells = []
    for run in runs:
        if run.top == run.bottom:
            cells.append(Cell(run.term, VALUE))
            continue
        cells.append(Cell(run.term, VALUE, down="restart"))
        cells += [Cell(None, VALUE, down="continue")] * (run.bottom - run.top)
    return cells
