"""The row checks as pandera schemas: every check carries the code of its rule as its name.

Columns are plain ``object`` and nothing is coerced, so that one bad cell fails once. The checks
delegate to judges, functions from a row to a verdict; ``JUDGES`` finds the judges of a failed
check again, for the figures of the message and for what could not be judged. A check that looks at
several cells of a row reads the column ``row``, which holds each row whole: pandera then reports
one failure for it, not one for every column, and no row is put together again for every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

from perfgoals_xl.form.fields import Block, Table
from perfgoals_xl.review import funding, header, values
from perfgoals_xl.review.findings import Hit, Verdict

Row = Mapping[str, Any]
Judge = Callable[[Row], Verdict]

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


def _passes(table: Table, code: str, row: Row) -> bool:
    """Whether no judge of a rule has anything against a row."""
    return not any(isinstance(judge(row), Hit) for judge in JUDGES[table][code])


class ProjectRows(pa.DataFrameModel):
    """One row per project; see :mod:`perfgoals_xl.declaration` for its columns."""

    project_name: object = pa.Field(nullable=True)
    annual_goal: object = pa.Field(nullable=True)
    annual_amount: object = pa.Field(nullable=True)
    total_amount: object = pa.Field(nullable=True)
    year: object = pa.Field(nullable=True)
    plan_year: object = pa.Field(nullable=True)
    row: object = pa.Field()

    @pa.check("project_name", name="H01", element_wise=True, ignore_na=False)
    def name_is_filled(cls, value: object) -> bool:
        return header.name_is_filled({"project_name": value}) is None

    @pa.check("annual_goal", name="H02", element_wise=True, ignore_na=False)
    def goal_is_filled(cls, value: object) -> bool:
        return header.goal_is_filled({"annual_goal": value}) is None

    @pa.check("row", name="H03", element_wise=True)
    def header_is_filled(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "H03", row)

    @pa.check("row", name="H04", element_wise=True)
    def year_is_plan_year(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "H04", row)

    @pa.check("row", name="F01", element_wise=True)
    def annual_is_amount(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "F01", row)

    @pa.check("row", name="F02", element_wise=True)
    def annual_is_sum_of_sources(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "F02", row)

    @pa.check("row", name="F03", element_wise=True)
    def blocks_are_sums(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "F03", row)

    @pa.check("row", name="F04", element_wise=True)
    def total_covers_annual(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "F04", row)

    @pa.check("row", name="V01", element_wise=True)
    def no_masks(cls, row: Row) -> bool:
        return _passes(Table.PROJECTS, "V01", row)


class IndicatorRows(pa.DataFrameModel):
    """One row per indicator; see :mod:`perfgoals_xl.declaration` for its columns."""

    indicator: object = pa.Field(nullable=True)
    target_value: object = pa.Field(nullable=True)
    level2: object = pa.Field(nullable=True)
    row: object = pa.Field()

    @pa.check("row", name="S02", element_wise=True)
    def pairs_are_complete(cls, row: Row) -> bool:
        return _passes(Table.INDICATORS, "S02", row)

    @pa.check("row", name="V01", element_wise=True)
    def no_masks(cls, row: Row) -> bool:
        return _passes(Table.INDICATORS, "V01", row)

    @pa.check("row", name="V02", element_wise=True)
    def values_say_something(cls, row: Row) -> bool:
        return _passes(Table.INDICATORS, "V02", row)

    @pa.check("row", name="V03", element_wise=True)
    def quantities_have_numbers(cls, row: Row) -> bool:
        return _passes(Table.INDICATORS, "V03", row)


MODELS: dict[Table, type[pa.DataFrameModel]] = {
    Table.PROJECTS: ProjectRows,
    Table.INDICATORS: IndicatorRows,
}


def failed_rows(table: Table, rows: Sequence[Row]) -> dict[str, list[int]]:
    """The numbers of the rows that failed each rule: the only reader of pandera's failure cases.

    A schema fault that is no rule (a missing column) is a fault of ours and is raised.
    """
    model = MODELS[table]
    columns = {name: [row[name] for row in rows] for name in model.to_schema().columns if name != "row"}
    columns["row"] = list(rows)
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in columns.items()})
    try:
        model.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["check", "index"]].drop_duplicates()
        failed: dict[str, list[int]] = {}
        for check, index in cases.itertuples(index=False):
            if check not in JUDGES[table]:
                raise
            failed.setdefault(check, []).append(int(index))
        return {code: sorted(rows) for code, rows in sorted(failed.items())}
    return {}
