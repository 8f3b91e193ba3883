"""The row checks as pandera schemas: every check carries the code of its rule as its name.

Columns are plain ``object`` and nothing is coerced, so that one bad cell fails once. The checks
delegate to judges, functions from a row to a verdict; ``JUDGES`` finds the judges of a failed
check again, for the figures of the message and for what could not be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from perfgoals_xl.form.fields import Block, Table
from perfgoals_xl.review import funding, header, values
from perfgoals_xl.review.findings import Hit, Verdict

Judge = Callable[[Mapping[str, Any]], Verdict]

MASKED_PROJECT_COLUMNS = ("project_name", "implementing_unit", "project_period", "annual_goal")

# The judges of each rule, by table. A rule that looks at several cells has a judge for each.
JUDGES: dict[Table, dict[str, tuple[Judge, ...]]] = {
    Table.PROJECTS: {
        "H01": (header.name_is_filled,),
        "H02": (header.goal_is_filled,),
        "H03": tuple(header.header_is_filled(column) for column in header.HEADER_FIELDS),
        "H04": (header.year_is_plan_year,),
        "F01": (funding.annual_is_amount,),
        "F02": (funding.annual_is_sum_of_sources,),
        "F03": tuple(funding.block_is_sum_of_parts(block) for block in Block),
        "F04": (funding.total_covers_annual,),
        "V01": tuple(values.no_mask(column) for column in MASKED_PROJECT_COLUMNS),
    },
    Table.INDICATORS: {
        "S02": (values.pair_is_complete,),
        "V01": (values.no_mask("indicator"), values.no_mask("target_value")),
        "V02": (values.is_not_nothing,),
        "V03": (values.quantity_has_number,),
    },
}


def _passes(table: Table, code: str, frame: pd.DataFrame) -> pd.Series[bool]:
    """Which rows no judge of a rule has anything against."""
    judges = JUDGES[table][code]
    names = list(frame.columns)
    rows = (dict(zip(names, row, strict=True)) for row in frame.to_numpy().tolist())
    passed = [not any(isinstance(judge(row), Hit) for judge in judges) for row in rows]
    return pd.Series(passed, index=frame.index, dtype=bool)


class ProjectRows(pa.DataFrameModel):
    """One row per project; see :mod:`perfgoals_xl.declaration` for the columns."""

    project_name: object = pa.Field(nullable=True)
    annual_goal: object = pa.Field(nullable=True)
    annual_amount: object = pa.Field(nullable=True)
    total_amount: object = pa.Field(nullable=True)
    year: object = pa.Field(nullable=True)
    plan_year: object = pa.Field(nullable=True)

    @pa.check("project_name", name="H01", element_wise=True, ignore_na=False)
    def name_is_filled(cls, value: object) -> bool:
        return header.name_is_filled({"project_name": value}) is None

    @pa.check("annual_goal", name="H02", element_wise=True, ignore_na=False)
    def goal_is_filled(cls, value: object) -> bool:
        return header.goal_is_filled({"annual_goal": value}) is None

    @pa.dataframe_check(name="H03")
    def header_is_filled(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "H03", frame)

    @pa.dataframe_check(name="H04")
    def year_is_plan_year(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "H04", frame)

    @pa.dataframe_check(name="F01")
    def annual_is_amount(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "F01", frame)

    @pa.dataframe_check(name="F02")
    def annual_is_sum_of_sources(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "F02", frame)

    @pa.dataframe_check(name="F03")
    def blocks_are_sums(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "F03", frame)

    @pa.dataframe_check(name="F04")
    def total_covers_annual(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "F04", frame)

    @pa.dataframe_check(name="V01")
    def no_masks(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.PROJECTS, "V01", frame)


class IndicatorRows(pa.DataFrameModel):
    """One row per indicator; see :mod:`perfgoals_xl.declaration` for the columns."""

    indicator: object = pa.Field(nullable=True)
    target_value: object = pa.Field(nullable=True)
    level2: object = pa.Field(nullable=True)

    @pa.dataframe_check(name="S02")
    def pairs_are_complete(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.INDICATORS, "S02", frame)

    @pa.dataframe_check(name="V01")
    def no_masks(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.INDICATORS, "V01", frame)

    @pa.dataframe_check(name="V02")
    def values_say_something(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.INDICATORS, "V02", frame)

    @pa.dataframe_check(name="V03")
    def quantities_have_numbers(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return _passes(Table.INDICATORS, "V03", frame)


MODELS: dict[Table, type[pa.DataFrameModel]] = {
    Table.PROJECTS: ProjectRows,
    Table.INDICATORS: IndicatorRows,
}


def failed_rows(table: Table, frame: pd.DataFrame) -> dict[str, list[int]]:
    """The rows that failed each rule, in order: the only reader of pandera's failure cases.

    A check that fails on several columns of one row counts that row once. A schema fault that is
    no rule (a missing column) is a fault of ours and is raised.
    """
    try:
        MODELS[table].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["check", "index"]].drop_duplicates()
        failed: dict[str, list[int]] = {}
        for check, index in cases.itertuples(index=False):
            if check not in JUDGES[table]:
                raise
            failed.setdefault(check, []).append(int(index))
        return {code: sorted(rows) for code, rows in sorted(failed.items())}
    return {}
