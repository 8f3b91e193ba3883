"""Two years of one fictional department, as real files made by steps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perfgoals_xl.api import load
from perfgoals_xl.comparison.changes import Comparison, ProjectChange
from perfgoals_xl.comparison.comparing import compare_declarations
from tests.support.steps import filled

Changes = Mapping[str, object]


def two_years(
    tmp_path: Path,
    old: Changes | None = None,
    new: Changes | None = None,
    *,
    old_other: Changes | None = None,
    new_other: Changes | None = None,
) -> Comparison:
    """The correct workbook with ``old`` cells changed against that with ``new`` cells changed.

    ``…_other`` are the changes of its second project.
    """
    files = [
        filled(tmp_path, cells, other=other, name=name)
        for cells, other, name in ((old, old_other, "上年.xlsx"), (new, new_other, "本年.xlsx"))
    ]
    return compare_declarations(*map(load, files))


def first(comparison: Comparison) -> ProjectChange:
    """The first project of this year."""
    return comparison.projects[0]


def told(project: ProjectChange) -> list[str]:
    """One line per changed indicator: status, name, both values, verdict."""
    lines = []
    for change in project.indicators:
        values = [None if row is None else row["target_value"] for row in (change.old, change.new)]
        verdict = change.judgement.verdict.value if change.judgement else "-"
        mark = " !" if change.is_lowered_for_same_money else ""
        name = change.row["level3"]
        lines.append(f"{change.status.value} {name} {values[0]}→{values[1]} {verdict}{mark}")
    return lines
