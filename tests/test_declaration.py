"""The tables of a declaration and the types of their rows name the same columns."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import perfgoals_xl
from perfgoals_xl.api import load
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DepartmentGoalRow,
    IndicatorRow,
    ProjectOrigin,
    ProjectRow,
    target_of,
)
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.joining.combining import combine
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


def test_a_goal_of_the_department_has_its_target_in_its_text_alone():
    goals = load(example_path()).department_goals.records()
    assert goals
    for goal in goals:
        assert target_of(goal) == parse_target(goal["target_value"])


def test_an_origin_stands_beside_every_project():
    declaration = load(example_path())
    assert len(declaration.origins) == len(declaration.projects)
    assert [declaration.origin(n) for n in range(len(declaration.projects))] == list(
        declaration.origins
    )
    nobody_said = replace(declaration, origins=())
    assert nobody_said.origin(3) == ProjectOrigin(declaration.edition, (), (), {}, {}, {}, {})
    assert combine([declaration, declaration]).origins == declaration.origins * 2


def test_no_module_above_the_reader_reads_the_target_of_a_row_again():
    package = Path(perfgoals_xl.__file__).parent
    again = re.compile(r"parse_target\([^()]*target_value")
    found = {
        p.relative_to(package).as_posix()
        for p in package.rglob("*.py")
        if again.search(p.read_text(encoding="utf-8"))
    }
    # Frames of an analyst's own come without the parts.
    assert found == {"review/frame_rows.py"}
