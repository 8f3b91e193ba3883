"""Several declarations of one department as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfgoals_xl.data_table import DataTable as DataTable
from perfgoals_xl.data_table import RowT
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.report_rows_kept import stacked


def combine(declarations: Sequence[Declaration]) -> Declaration:
    """Several declarations of one department as one, projects in the order given.

    What describes the whole (department, year, edition, duty goal) comes from the first that says
    it. Places keep the sheets of the files they came from.
    """
    first = declarations[0]
    if len(declarations) == 1:
        return first

    def said(name: str) -> Any:
        return next((v for d in declarations if (v := getattr(d, name)) is not None), None)

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(item for d in declarations for item in getattr(d, name))

    offsets = [sum(len(d.projects) for d in declarations[:i]) for i in range(len(declarations))]
    rows = [sum(len(d.indicators) for d in declarations[:i]) for i in range(len(declarations))]
    return replace(
        first,
        department=said("department"),
        department_code=said("department_code"),
        year=said("year"),
        duty_goal=said("duty_goal"),
        projects=_stacked([d.projects for d in declarations]),
        indicators=_stacked([d.indicators for d in declarations], offsets),
        department_goals=_stacked([d.department_goals for d in declarations]),
        origins=joined("origins"),
        blank_forms=joined("blank_forms"),
        remarks=joined("remarks"),
        account=joined("account"),
        reasons=joined("reasons"),
        # Each list was made of its own file alone.
        listed=None,
        hidden_forms=joined("hidden_forms"),
        department_forms=joined("department_forms"),
        shares={
            offset + number: cells
            for offset, d in zip(rows, declarations, strict=True)
            for number, cells in d.shares.items()
        },
        evaluated=stacked([d.evaluated for d in declarations]),
        evaluated_projects=frozenset(
            offset + number
            for offset, d in zip(offsets, declarations, strict=True)
            for number in d.evaluated_projects
        ),
        elsewhere={k: v for d in declarations for k, v in d.elsewhere.items()},
    )


def _stacked(
    tables: Sequence[DataTable[RowT]], offsets: Sequence[int] | None = None
) -> DataTable[RowT]:
    """Tables one below the other; ``offsets`` are added to their ``project`` column."""
    import pandas as pd

    values = [table.values.copy() for table in tables]
    for frame, offset in zip(values, offsets or (), strict=False):
        frame["project"] = pd.Series(
            [number + offset for number in frame["project"]], index=frame.index, dtype=object
        )
    return DataTable.of(
        pd.concat(values, ignore_index=True).astype(object),
        pd.concat([table.cells for table in tables], ignore_index=True),
    )
