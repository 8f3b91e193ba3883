"""The row rules on frames that analysts bring: exports, CSV files, Parquet, tables of their own.

A frame holds less than a declaration: no cells, no labels, perhaps not every column. What it does
not have is unknown and never blank: a judge that asks for it does not judge, and the rules that
compare rows are not asked at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.catalogue import RANK
from perfgoals_xl.review.findings import Abstention, Hit, said
from perfgoals_xl.review.frame_rows import FrameRow, Frames
from perfgoals_xl.review.row_rules import Fault, LacksColumn
from perfgoals_xl.review.rules.registry import ROW_RULES
from perfgoals_xl.review.run import RuleFault
from perfgoals_xl.review.schemas import judged

COLUMNS = ("table", "row", "column", "rule", "severity", "message", "suggestion")
NOT_JUDGED = "not_judged"


def validate_frames(
    projects: pd.DataFrame | None,
    indicators: pd.DataFrame | None,
    *,
    plan_year: int | None = None,
    department_goals: pd.DataFrame | None = None,
    language: str = "zh",
    not_judged: bool = False,
) -> pd.DataFrame:
    """The findings of the row rules on frames; see :func:`perfgoals_xl.validate_frames`."""
    frames = Frames.of(projects, indicators, department_goals, plan_year)
    lines = [
        line
        for table, rows in frames.rows.items()
        if rows
        for line in _told(table, rows, frames, language, not_judged=not_judged)
    ]
    return pd.DataFrame(lines, columns=pd.Index(COLUMNS, dtype=object), dtype=object)


@dataclass
class _Told:
    """What is told of one table, so far."""

    hits: list[tuple[int, str, Hit]] = field(default_factory=list)
    abstentions: dict[tuple[int, str, str], None] = field(default_factory=dict)
    unknown: dict[tuple[str, str], None] = field(default_factory=dict)


def _told(
    table: Table,
    rows: Sequence[FrameRow],
    frames: Frames,
    language: str,
    *,
    not_judged: bool,
) -> Iterator[Mapping[str, Any]]:
    labels = frames.labels[table]
    told = _Told()
    blank: set[tuple[int, str]] = set()
    for code, row, answer in judged(table, rows):
        if isinstance(answer, Fault):
            raise RuleFault(code, "a frame", table, labels[row]) from answer.error
        if isinstance(answer, Abstention):
            if isinstance(answer, LacksColumn):
                told.unknown.setdefault((code, answer.reason))
            else:
                told.abstentions.setdefault((row, code, answer.reason))
        elif (row, answer.column) not in blank:
            told.hits.append((row, code, answer))
            if ROW_RULES[table][code].says_blank:
                blank.add((row, answer.column))
    for row, code, hit in sorted(told.hits, key=lambda entry: (entry[0], RANK[entry[1]])):
        severity, message, suggestion = said(code, hit, language)
        column = frames.names[table].get(hit.column, hit.column)
        yield _line(table, labels[row], column, code, severity.value, message, suggestion)
    if not_judged:
        for code, reason in told.unknown:
            yield _line(table, None, None, code, NOT_JUDGED, reason, "")
        for row, code, reason in told.abstentions:
            yield _line(table, labels[row], None, code, NOT_JUDGED, reason, "")


def _line(table: Table, *values: object) -> Mapping[str, Any]:
    return dict(zip(COLUMNS, (table.value, *values), strict=True))
