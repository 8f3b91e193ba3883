"""Runs of equal terms in the two level columns: on paper each run is one merged cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

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
