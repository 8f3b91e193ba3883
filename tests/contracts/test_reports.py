"""What breaks a contract is reported by pandera with its column, row and value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pandera.pandas as pa
import pytest

from perfgoals_xl import contracts
from perfgoals_xl.api import load
from perfgoals_xl.export import frames
from perfgoals_xl.resources import example_path

ROW = 4


@pytest.fixture(scope="module")
def tables():
    return frames([load(example_path())])


def changed(frame, column, value, row=ROW):
    made = frame.copy()
    made[column] = made[column].astype(object)
    made.at[row, column] = value
    return made


def reported(validate, frame):
    """The cases as ``{(column, index): value}``."""
    with pytest.raises(pa.errors.SchemaErrors) as told:
        validate(frame)
    cases = told.value.failure_cases
    return {
        (column, index): value
        for column, index, value in zip(
            cases["column"], cases["index"], cases["failure_case"], strict=True
        )
        if index is not None
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("operator", "=>"),
        ("operator", "≧"),
        ("operator", "大于等于"),
        ("operator", " ≥"),
        ("operator", "≥≤"),
        ("kind", "number"),
        ("kind", "数量"),
        ("kind", "Numeric"),
        ("project", -1),
        ("project", "甲"),
        ("ordinal", -1),
        ("ordinal", "3a"),
        ("ordinal", 1.5),
        ("year", 1812),
        ("year", 20260),
        ("year", "二〇二六"),
        ("low", "12个"),
        ("high", "2026-13-40"),
        ("high", dt.datetime(2026, 1, 1, 12)),
        ("cell", "D"),
        ("cell", "4"),
        ("cell", "d4"),
        ("cell", "D0"),
    ],
)
def test_a_wrong_indicator(tables, column, value):
    found = reported(contracts.Indicators.validate, changed(tables["indicators"], column, value))
    assert str(found.pop((column, ROW))) == str(value)
    assert found == {}


@pytest.mark.parametrize("column", ["annual_amount", "total_amount", "transfer_regional"])
@pytest.mark.parametrize(
    "value", [Decimal(-1), Decimal("-0.000001"), -5, -0.01, "-3", "待定", "约280", "1e", True]
)
def test_a_wrong_amount(tables, column, value):
    found = reported(contracts.Projects.validate, changed(tables["projects"], column, value))
    assert str(found.pop((column, ROW))) == str(value)
    assert found == {}


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Projects", "file"),
        ("Projects", "project"),
        ("Projects", "sheet"),
        ("Projects", "amount_unit"),
        ("Indicators", "kind"),
        ("Indicators", "file"),
        ("DepartmentGoals", "file"),
        ("DepartmentGoals", "sheet"),
    ],
)
def test_what_may_not_be_blank(tables, name, column):
    frame = tables[{"DepartmentGoals": "department_goals"}.get(name, name.lower())]
    for blank in (None, float("nan"), pd.NA, ""):
        found = reported(getattr(contracts, name).validate, changed(frame, column, blank))
        assert (column, ROW) in found


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("annual_amount", 0, Decimal(0)),
        ("annual_amount", None, None),
        ("annual_amount", "", None),
        ("annual_amount", 0.1 + 0.2, Decimal("0.3")),
        ("annual_amount", "123456789.123456", Decimal("123456789.123456")),
        ("annual_amount", 10**20, Decimal(10**20)),
        ("annual_amount", "1E+2", Decimal(100)),
        ("project_name", "", float("nan")),
        ("project_name", "-5", "-5"),
        ("department_code", "007", "007"),
        ("year", 0, pd.NA),
        ("year", "2026", 2026),
        ("year", 2026.0, 2026),
    ],
)
def test_what_is_in_order_in_projects(tables, column, value, kept):
    read = contracts.Projects.validate(changed(tables["projects"], column, value)).at[ROW, column]
    assert pd.isna(read) if pd.isna(kept) else read == kept


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("operator", None, ""),
        ("operator", float("nan"), ""),
        ("unit", None, ""),
        ("level1", "别的一级", "别的一级"),
        ("target_value", "=1+1", "=1+1"),
        ("target_value", "'=1+1", "'=1+1"),
        ("target_value", 95.0, "95"),
        ("target_value", 95.5, "95.5"),
        ("low", None, None),
        ("ordinal", None, pd.NA),
        ("ordinal", "3", 3),
    ],
)
def test_what_is_in_order_in_indicators(tables, column, value, kept):
    read = contracts.Indicators.validate(changed(tables["indicators"], column, value))
    read = read.at[ROW, column]
    assert type(read) is type(kept) or isinstance(kept, int)
    assert pd.isna(read) if pd.isna(kept) else read == kept


def test_an_operator_that_contradicts_the_bounds(tables):
    frame = tables["indicators"]
    row = frame.index[(frame["operator"] == "≥") & frame["low"].notna()][0]
    found = reported(contracts.Indicators.validate, changed(frame, "operator", "≤", row))
    assert found == {("operator", row): "≤"}
    contracts.Indicators.validate(changed(frame, "operator", ">", row))


def test_everything_that_is_wrong_is_told_at_once(tables):
    frame = changed(tables["indicators"], "kind", "数量", 1)
    frame = changed(changed(frame, "operator", "=>", 2), "cell", "?", 3)
    assert reported(contracts.Indicators.validate, frame) == {
        ("kind", 1): "数量",
        ("operator", 2): "=>",
        ("cell", 3): "?",
    }
    with pytest.raises(pa.errors.SchemaError):
        contracts.Indicators.validate(frame, lazy=False)


def test_a_missing_column_is_named(tables):
    with pytest.raises(pa.errors.SchemaErrors, match="target_value"):
        contracts.Indicators.validate(tables["indicators"].drop(columns="target_value"))


def test_more_columns_may_stand_there_and_any_order(tables):
    frame = tables["projects"].assign(我的=1)
    read = contracts.Projects.validate(frame[list(frame)[::-1]])
    assert list(read) == list(frame)
    assert list(frame)[-1] == "我的"


def test_the_frame_itself_is_not_changed(tables):
    frame = changed(tables["indicators"], "operator", None)
    before = frame.copy(deep=True)
    contracts.Indicators.validate(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_labels_of_rows_are_those_of_the_frame(tables):
    frame = tables["projects"].set_index(pd.Index(["甲", "乙"] * (len(tables["projects"]) // 2)))
    contracts.Projects.validate(frame)
    frame.iloc[3, list(frame).index("amount_unit")] = "角"
    with pytest.raises(pa.errors.SchemaErrors) as told:
        contracts.Projects.validate(frame)
    assert told.value.failure_cases[["column", "index", "failure_case"]].to_numpy().tolist() == [
        ["amount_unit", "乙", "角"]
    ]


def test_a_model_can_be_extended(tables):
    class Mine(contracts.Projects):
        score: int = pa.Field(ge=0)

    contracts.Projects.validate(tables["projects"])
    Mine.validate(tables["projects"].assign(score=1))
    with pytest.raises(pa.errors.SchemaErrors, match="score"):
        Mine.validate(tables["projects"].assign(score=-1))
