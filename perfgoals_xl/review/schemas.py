"""The row checks as pandera schemas: every check carries the code of its rule as its name.

Columns are plain ``object`` and nothing is coerced, so that one bad cell fails once. The checks
stand on the column ``row``, the number of each row, and ask the judges about the row of that
number: pandera then reports one number for a row that fails, not a failure for every column. The
judges stand in the modules of the families; ``ROW_RULES`` finds them again for the figures of the
message and for what could not be judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import pandera.pandas as pa

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review import department, funding, goals, header, targets, times, values
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import Judge, Row, RowRule

_FAMILIES = (header, funding, goals, values, targets, times, department)


def _collected(name: str) -> dict[str, RowRule]:
    rules = [rule for family in _FAMILIES for rule in getattr(family, name, ())]
    # What calls a cell blank is asked first, because it silences the others.
    return {rule.code: rule for rule in sorted(rules, key=lambda rule: not rule.says_blank)}


ROW_RULES: dict[Table, dict[str, RowRule]] = {
    Table.PROJECTS: _collected("PROJECT_RULES"),
    Table.INDICATORS: _collected("INDICATOR_RULES"),
    Table.DEPARTMENT_GOALS: _collected("DEPARTMENT_GOAL_RULES"),
}


class ProjectRows(pa.DataFrameModel):
    """One row per project; see :mod:`perfgoals_xl.declaration` for its columns."""

    project_name: object = pa.Field(nullable=True)
    annual_goal: object = pa.Field(nullable=True)
    annual_amount: object = pa.Field(nullable=True)
    total_amount: object = pa.Field(nullable=True)
    year: object = pa.Field(nullable=True)
    row: int = pa.Field()


class IndicatorRows(pa.DataFrameModel):
    """One row per indicator; see :mod:`perfgoals_xl.declaration` for its columns."""

    level1: object = pa.Field(nullable=True)
    level2: object = pa.Field(nullable=True)
    indicator: object = pa.Field(nullable=True)
    target_value: object = pa.Field(nullable=True)
    row: int = pa.Field()


class DepartmentGoalRows(pa.DataFrameModel):
    """One row per department goal; see :mod:`perfgoals_xl.declaration` for its columns."""

    policy_goal: object = pa.Field(nullable=True)
    budget_goal: object = pa.Field(nullable=True)
    target_value: object = pa.Field(nullable=True)
    row: int = pa.Field()


_MODELS: dict[Table, type[pa.DataFrameModel]] = {
    Table.PROJECTS: ProjectRows,
    Table.INDICATORS: IndicatorRows,
    Table.DEPARTMENT_GOALS: DepartmentGoalRows,
}


def _schema(table: Table, rows: Sequence[Row]) -> pa.DataFrameSchema:
    """The schema of a table: the columns of its model, and one check per rule on ``row``."""
    made: pa.DataFrameSchema = _MODELS[table].to_schema()
    checks = [
        pa.Check(partial(_passing, rows, rule.judges), name=code)
        for code, rule in ROW_RULES[table].items()
    ]
    return made.update_column("row", checks=checks)


def _passing(
    rows: Sequence[Row], judges: Sequence[Judge], numbers: pd.Series[int]
) -> pd.Series[bool]:
    """Of which numbers the row is one that no judge has anything against."""
    passing = [True] * len(numbers)
    for judge in judges:
        verdicts = [judge(rows[number]) for number in numbers]
        passing = [
            so_far and not isinstance(verdict, Hit)
            for so_far, verdict in zip(passing, verdicts, strict=True)
        ]
    return pd.Series(passing, index=numbers.index, dtype=bool)


def failed_rows(table: Table, rows: Sequence[Row]) -> dict[str, list[int]]:
    """The numbers of the rows that failed each rule: the only reader of pandera's failure cases.

    A schema fault that is no rule (a missing column) is a fault of ours and is raised.
    """
    wanted = _schema(table, rows)
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=object)
        for name in wanted.columns
        if name != "row"
    }
    frame = pd.DataFrame({**columns, "row": range(len(rows))})
    try:
        wanted.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["check", "index"]].drop_duplicates()
        failed: dict[str, list[int]] = {}
        for check, index in cases.itertuples(index=False):
            if check not in ROW_RULES[table]:
                raise
            failed.setdefault(check, []).append(int(index))
        return {code: sorted(numbers) for code, numbers in failed.items()}
    return {}
