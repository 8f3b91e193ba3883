"""The tables of a declaration and the types of their rows name the same columns."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DepartmentGoalRow,
    IndicatorRow,
    ProjectRow,
    target_of,
)
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.resources import example_path


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (ProjectRow, PROJECT_COLUMNS),
        (IndicatorRow, INDICATOR_COLUMNS),
        (DepartmentGoalRow, DEPARTMENT_GOAL_COLUMNS),
    ],
)
def test_a_row_has_the_columns_of_its_table(row, columns):
    assert tuple(row.__annotations__) == columns


def test_rows_carry_their_targets_as_read():
    table = load(example_path()).indicators
    rows = table.records()
    assert len(rows) > 100
    assert [target_of(row) for row in rows] == [parse_target(row["target_value"]) for row in rows]
    # A frame that somebody asked for, and rows whose kinds came back as plain texts.
    assert table.values.shape == (len(rows), len(INDICATOR_COLUMNS))
    texts = [row | {"kind": str(row["kind"])} for row in table.records()]
    assert [target_of(row) for row in texts] == [target_of(row) for row in rows]
