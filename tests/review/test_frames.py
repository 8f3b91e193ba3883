"""The row rules on frames: exports, CSV files, tables of an analyst's own, with columns missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from io import StringIO

import numpy as np
import pandas as pd
import pytest

import perfgoals_xl as pg
from perfgoals_xl import export
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import Table
from perfgoals_xl.resources import example_path
from perfgoals_xl.review import schemas
from perfgoals_xl.review.frame_rows import REQUIRED, text_of
from perfgoals_xl.review.frames import COLUMNS
from perfgoals_xl.review.row_rules import project_rule
from perfgoals_xl.review.rules.registry import ROW_RULES
from perfgoals_xl.review.run import RuleFault
from tests.review.test_order import MANY
from tests.support.steps import filled

ROW_CODES = {code for rules in ROW_RULES.values() for code in rules}


@cache
def exported():
    return export.frames([pg.load(example_path())])


def project(**values):
    row = {"project_name": "渠道清淤项目", "annual_amount": 20, "annual_goal": "清淤渠道30公里。"}
    return pd.DataFrame([row | values])


def indicator(**values):
    row = {"level2": "数量指标", "indicator": "清淤渠道长度", "target_value": "≥30公里"}
    return pd.DataFrame([row | values])


def told(frame):
    return [f"{line.table[0]}{line.row} {line.rule} {line.column}" for line in frame.itertuples()]


def said(frame):
    return sorted(zip(frame["rule"], frame["severity"], frame["message"], strict=True))


def found(projects=None, indicators=None, **options):
    return told(pg.validate_frames(projects, indicators, **options))


# --- the same as the review ------------------------------------------------------------


def of_the_review(declaration):
    return [
        (f.rule, f.severity.value, f.message)
        for f in pg.validate(declaration).findings
        if f.rule in ROW_CODES
    ]


@pytest.mark.parametrize("source", ["example", "faults"])
def test_an_export_has_the_findings_of_the_row_rules(tmp_path, source):
    path = example_path() if source == "example" else filled(tmp_path, MANY, every_rule=True)
    declaration = pg.load(path)
    frames = export.frames([declaration])
    both = pg.validate_frames(
        frames["projects"],
        frames["indicators"],
        department_goals=frames["department_goals"],
        plan_year=declaration.year,
    )
    assert len(both) >= 10
    assert said(both) == sorted(of_the_review(declaration))
    assert tuple(both.columns) == COLUMNS


@pytest.mark.parametrize(
    "options", [{}, {"dtype": str}, {"dtype": str, "keep_default_na": False}, {"dtype": object}]
)
def test_a_csv_file_may_be_read_in_any_way(tmp_path, options):
    export.write([pg.load(example_path())], "csv", tmp_path / "数据", StringIO())
    read = {n: pd.read_csv(tmp_path / "数据" / f"{n}.csv", **options) for n in exported()}
    first, second = (
        pg.validate_frames(
            frames["projects"],
            frames["indicators"],
            department_goals=frames["department_goals"],
            plan_year=2026,
        )
        for frames in (exported(), read)
    )
    pd.testing.assert_frame_equal(first, second)
    assert len(first) > 10


def test_the_tables_of_a_declaration_are_frames_too():
    declaration = pg.load(example_path())
    own = pg.validate_frames(
        declaration.projects.values, declaration.indicators.values, plan_year=2026
    )
    tables = exported()
    exports = pg.validate_frames(tables["projects"], tables["indicators"], plan_year=2026)
    # An export calls the year of a title by a name of its own.
    pd.testing.assert_frame_equal(own, exports.replace({"column": {"title_year": "year"}}))


def test_the_frames_are_left_as_they_were():
    frames = {name: frame.copy() for name, frame in exported().items()}
    pg.validate_frames(frames["projects"], frames["indicators"], plan_year=2026)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, exported()[name])


# --- what a line says ------------------------------------------------------------------


def test_a_line_names_row_and_column_of_the_frame():
    frame = pd.concat([indicator(), indicator(target_value="若干")])
    frame.index = ["甲", "乙"]
    line = pg.validate_frames(None, frame).iloc[0].to_dict()
    assert line == {
        "table": "indicators",
        "row": "乙",
        "column": "target_value",
        "rule": "V03",
        "severity": "error",
        "message": "数量指标“清淤渠道长度”的指标值“若干”没有数字",
        "suggestion": "请写成“≥120次”这样的数量；无法量化的内容请移到质量或效益指标。",
    }
    english = pg.validate_frames(None, frame, language="en").iloc[0]
    assert "no number" in english["message"]


def test_rows_of_one_label_are_told_by_it():
    frame = pd.concat([indicator(target_value="若干")] * 2)
    assert found(None, frame) == ["i0 V03 target_value"] * 2


def test_lines_stand_in_the_order_of_tables_and_rows():
    projects = pd.concat([project(), project(annual_goal=None, annual_amount=-1)])
    projects.index = [7, 3]
    indicators = indicator(target_value=None)
    assert found(projects, indicators) == [
        "p3 H02 annual_goal",
        "p3 F01 annual_amount",
        "i0 S02 target_value",
    ]


def test_one_blank_cell_is_told_once():
    assert found(project(annual_amount=None)) == ["p0 F01 annual_amount"]
    assert found(None, indicator(target_value="  ")) == ["i0 S02 target_value"]
    assert found(None, indicator(indicator=None)) == ["i0 S02 indicator"]


def test_no_rows_give_no_lines():
    empty = pg.validate_frames(project().iloc[:0], indicator().iloc[:0])
    assert (len(empty), tuple(empty.columns)) == (0, COLUMNS)
    assert len(pg.validate_frames(None, None)) == 0


def test_a_name_stands_where_the_frame_has_it():
    frame = indicator(indicator="清淤渠道长度。").rename(columns={"indicator": "level3"})
    assert found(None, frame) == ["i0 N02 level3"]
    titled = project(year=2026, title_year=2025)
    assert found(titled) == ["p0 H04 title_year"]
    assert found(project(year=2025), plan_year=2026) == ["p0 H04 year"]


# --- values of any sort ----------------------------------------------------------------


@pytest.mark.parametrize(
    "blank", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  ", "\u3000", "<p></p>"]
)
def test_a_blank_is_a_blank_however_it_is_held(blank):
    assert found(project(annual_amount=blank)) == ["p0 F01 annual_amount"]
    assert found(project(annual_goal=blank)) == ["p0 H02 annual_goal"]
    assert found(None, indicator(target_value=blank)) == ["i0 S02 target_value"]


@pytest.mark.parametrize(
    "amount",
    [
        20,
        20.0,
        np.float64(20),
        np.int64(20),
        Decimal(20),
        "20",
        "20.0",
        "２０",
        "20万元",
        "200000元",
    ],
)
def test_an_amount_is_an_amount_however_it_is_held(amount):
    parts = {"total_amount": 20, "local_total": 20.0, "transfer_total": None}
    parts |= dict.fromkeys(("local_appropriation", "local_other", "local_carryover"))
    parts |= dict.fromkeys(("transfer_central", "transfer_regional"))
    assert found(project(annual_amount=amount, **parts)) == []
    # A zero is an amount: the sources are 20.
    assert found(project(annual_amount=0, **parts)) == ["p0 F02 annual_amount"]
    assert found(project(annual_amount="二十", **parts)) == ["p0 F01 annual_amount"]


def test_floats_are_the_decimals_that_were_typed():
    parts = {"local_total": 0.1, "transfer_total": 0.2}
    parts |= dict.fromkeys(("local_appropriation", "local_other", "local_carryover"))
    parts |= dict.fromkeys(("transfer_central", "transfer_regional"))
    assert found(project(annual_amount=0.3, total_amount=0.3, **parts)) == []
    assert found(project(annual_amount=0.1 + 0.2, total_amount=0.3, **parts)) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.95, "0.95"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (dt.date(2026, 5, 1), "2026-05-01"),
        (pd.Timestamp(2026, 5, 1), "2026-05-01"),
        ("'=3", "=3"),
        ("'-5万元", "-5万元"),
        ("'-5%", "'-5%"),  # no CSV file of ours guards what is only a number
        ("'零星", "'零星"),
        (" ≥3 ", " ≥3 "),
        (None, None),
        ("", None),
    ],
)
def test_texts_are_as_the_form_shows_them(value, text):
    assert text_of(value) == text


def test_a_changed_value_is_read_anew():
    frame = exported()["indicators"].copy()
    place = frame.index[frame["target_value"] == "≥95%"][0]
    before = set(found(None, frame))
    frame.loc[place, "target_value"] = "***"
    assert set(found(None, frame)) - before == {f"i{place} V01 target_value"}


def test_an_ordinal_is_no_part_of_the_name():
    assert found(None, indicator(indicator="指标1：无", target_value="3公里")) == [
        "i0 V02 indicator"
    ]


# --- what is not there is unknown ------------------------------------------------------


@pytest.mark.parametrize(
    "column",
    ["supervising_department", "implementing_unit", "project_attribute", "project_period"],
)
def test_a_missing_column_is_unknown_and_a_blank_cell_is_blank(column):
    head = {
        "supervising_department": "河湾县水务局",
        "implementing_unit": "河湾县渠道站",
        "project_attribute": "一次性项目",
        "project_period": "1年",
    }
    assert found(project(**head)) == []
    assert found(project(**head | {column: None})) == [f"p0 H03 {column}"]
    assert found(project(**head).drop(columns=column)) == []
    lines = pg.validate_frames(project(**head).drop(columns=column), None, not_judged=True)
    reasons = lines[lines["message"].str.contains(column)]
    assert "H03" in set(reasons["rule"])
    assert set(reasons["severity"]) == {"not_judged"}
    assert set(reasons["row"]) == {None}


def test_parts_that_are_unknown_add_up_to_nothing():
    parts = {"total_amount": 20, "local_total": 20, "local_appropriation": 15}
    # 结余结转 may well be 5: nobody knows.
    assert found(project(**parts, local_other=None)) == []
    whole = parts | {"local_other": None, "local_carryover": None}
    assert found(project(**whole)) == ["p0 F03 local_total"]


@pytest.mark.parametrize("dropped", ["level1", "ordinal", "level3", "note", "sheet", "file"])
def test_what_the_rules_hardly_need_may_be_left_out(dropped):
    whole = exported()["indicators"]
    lines = said(pg.validate_frames(None, whole, plan_year=2026))
    part = pg.validate_frames(None, whole.drop(columns=dropped), plan_year=2026)
    assert said(part) == lines
    assert len(lines) > 5


def test_no_plan_year_is_not_judged():
    dated = indicator(level2="时效指标", target_value="2025年10月底前")
    assert found(None, dated) == []
    assert found(None, dated, plan_year=2026) == ["i0 T01 target_value"]
    assert found(None, dated.assign(year=2026.0)) == ["i0 T01 target_value"]
    assert found(None, dated.assign(year=2026), plan_year=2025) == []
    lines = pg.validate_frames(None, dated, not_judged=True)
    (line,) = lines[lines["rule"] == "T01"].itertuples()
    assert (line.row, line.severity, line.message) == (0, "not_judged", "没有计划年度")


@pytest.mark.parametrize("table", list(Table))
def test_a_column_that_is_needed_is_named(table):
    frames = dict(exported())
    for column in REQUIRED[table]:
        part = frames | {table.value: frames[table.value].drop(columns=column)}
        with pytest.raises(InputError, match=f"{table.value} 缺少列：{column}"):
            pg.validate_frames(
                part["projects"], part["indicators"], department_goals=part["department_goals"]
            )


def test_an_indicator_needs_a_name():
    with pytest.raises(InputError, match="indicator 或 level3"):
        pg.validate_frames(None, indicator().drop(columns="indicator"))


def test_frames_that_are_none_are_refused():
    twice = pd.concat([project(), project()[["annual_goal"]]], axis=1)
    with pytest.raises(InputError, match="列重复：annual_goal"):
        pg.validate_frames(twice, None)
    with pytest.raises(TypeError, match="projects"):
        pg.validate_frames({"project_name": ["甲"]}, None)
    with pytest.raises(InputError, match=r"第 0 行的 amount_unit 是“美元”"):
        pg.validate_frames(project(amount_unit="美元"), None)


# --- whose indicator it is -------------------------------------------------------------


BUDGET = {"level2": "经济效益指标", "indicator": "控制价", "target_value": "20万元"}


@pytest.mark.parametrize(
    ("projects", "indicators", "is_known"),
    [
        ({"project": 0}, {"project": 0.0}, True),
        ({"project": 0, "file": "甲"}, {"project": 0, "file": "甲"}, True),
        ({"project": 0, "file": "甲"}, {"project": 0, "file": "乙"}, False),
        ({"project": 1}, {"project": 0, "project_name": "渠道清淤项目"}, False),
        ({}, {"project_name": "渠道清淤项目"}, True),
        ({}, {"project_name": "别的项目"}, False),
        ({"file": "甲"}, {"project_name": "渠道清淤项目", "file": "乙"}, False),
        ({}, {"project": 0}, True),
        ({}, {"project": 5}, False),
        ({}, {}, False),
    ],
)
def test_an_indicator_finds_its_project(projects, indicators, is_known):
    own, row = project(total_amount=20, **projects), indicator(**BUDGET, **indicators)
    # 20万元 under 经济效益 is the budget where the budget is known (S05).
    assert ("i0 S05 indicator" in found(own, row)) == is_known
    assert "i0 S05 indicator" not in found(None, row)


def test_two_projects_of_one_key_are_none():
    two = pd.concat([project(total_amount=20)] * 2, ignore_index=True)
    row = indicator(**BUDGET, project_name="渠道清淤项目")
    assert "i0 S05 indicator" not in found(two, row)
    lines = pg.validate_frames(two, row, not_judged=True)
    assert "S05" in set(lines[lines["severity"] == "not_judged"]["rule"])


def test_a_projects_table_may_be_filtered():
    tables = exported()
    some = tables["projects"].iloc[[2, 5]]
    whole = set(found(tables["projects"], tables["indicators"], plan_year=2026))
    part = set(found(some, tables["indicators"], plan_year=2026))
    assert part <= whole


# --- faults of ours --------------------------------------------------------------------


def test_a_judge_that_raises_is_told_with_rule_and_label(monkeypatch):
    rule = project_rule("H05", lambda row: 1 / 0)
    monkeypatch.setitem(ROW_RULES[Table.PROJECTS], "H05", rule)
    monkeypatch.setitem(schemas.SCHEMAS, Table.PROJECTS, schemas._schema(Table.PROJECTS))
    frame = project()
    frame.index = ["甲"]
    with pytest.raises(RuleFault, match=r"H05.*row 甲 of projects") as caught:
        pg.validate_frames(frame, None)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
