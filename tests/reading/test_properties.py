"""Whatever stands in a grid or a file, the reader reads it or refuses it in one line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl import contracts
from perfgoals_xl.addresses import Area, row_column
from perfgoals_xl.declaration import DEPARTMENT_GOAL_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from perfgoals_xl.errors import InputError
from perfgoals_xl.export import frames
from perfgoals_xl.form.fields import AMOUNT_FIELDS, FIELDS
from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.reading.sources.source import Source
from perfgoals_xl.reading.sources.text_file import read_text

LABELS = sorted(
    {item.label for item in FIELDS}
    | {
        "其中：本级资金",
        "转移市县（区）资金",
        "资金总额：",
        "部门名称及代码",
        "项目 名称",
        "(必填)",
    }
    | {"中期指标值", "符号", "数值", "单位", "单位：元", "2026年项目支出绩效目标表", "绩效指标"}
    | {"项目名称：某项目", "年度资金总额：20", "注：见附件", "<b>项目名称</b>", "（2026年度）"}
)
TERMS = sorted({t for e in EDITIONS.values() for g in e.groups for t in g} | {"1-产出", "成本"})
VALUES = st.one_of(
    st.none(),
    st.sampled_from(LABELS),
    st.sampled_from(TERMS),
    st.sampled_from(["指标1：清淤长度", "≥95%", "20万元", "无", "/", "***", "<p>", " ", "", "30"]),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.integers(),
)


@st.composite
def grids(draw):
    """A sheet of labels, terms and rubbish, ragged, with merges that may be nonsense."""
    rows = draw(st.lists(st.lists(VALUES, max_size=7), max_size=14))
    number = st.integers(0, 8)
    merges = draw(st.lists(st.builds(Area, number, number, number, number), max_size=4))
    return Grid("表", rows, merges, is_text=draw(st.booleans()))


@st.composite
def declarations(draw):
    """A form whose rows were shuffled, cut and pushed sideways."""
    pushed = draw(st.lists(st.integers(0, 3), min_size=12, max_size=12))
    rows = [
        ["项目名称", None, "渠道清淤项目"],
        ["项目总额", None, 30.0, "年度资金总额", 20.0],
        ["本级资金", "资金总额", 20.0, "转移市县（区）资金", "资金总额", None],
        ["年度总体绩效目标", "清淤渠道。"],
        ["一级指标", "二级指标", "三级指标", None, "指标值", "备注"],
        ["产出指标", "数量指标", "指标1：清淤长度", None, "30公里"],
        [None, None, "指标2：维修闸门", None, 5.0],
        [None, "成本指标", "清淤费用", None, "≤20万元", "含税"],
        ["效益指标", draw(VALUES), draw(VALUES), draw(VALUES), draw(VALUES)],
        ["满意度指标", "服务对象满意度", "农户满意度", None, "≥90%"],
    ]
    rows = [[None] * push + row for push, row in zip(pushed, rows, strict=False)]
    for _ in range(draw(st.integers(0, 3))):
        rows.insert(draw(st.integers(0, len(rows))), draw(st.lists(VALUES, max_size=6)))
    if draw(st.booleans()):
        rows = draw(st.permutations(rows))
    return Grid("表", rows, is_text=draw(st.booleans()))


def check(grid):
    """Read a grid; every place told lies on the sheet and every value is of a kind that counts."""
    for form in find_forms(grid):
        for entry in form.entries.values():
            row_column(entry.place.cell)
    declaration = assemble(Source(Path("表.xlsx"), "0" * 64, [grid]))
    for table, columns in (
        (declaration.projects, PROJECT_COLUMNS),
        (declaration.indicators, INDICATOR_COLUMNS),
        (declaration.department_goals, DEPARTMENT_GOAL_COLUMNS),
    ):
        assert tuple(table.values.columns) == tuple(columns) == tuple(table.cells.columns)
        assert table.values.shape == table.cells.shape
        for number, record in enumerate(table.records()):
            for name, value in record.items():
                place = table.place(number, name)
                assert not isinstance(value, bool | float), (name, value)
                assert name in ("low", "high") or not isinstance(value, dt.date), (name, value)
                if place is not None:
                    row, column = row_column(place.cell)
                    assert row >= 0
                    assert column >= 0
    return declaration


@given(grids())
def test_any_grid(grid):
    check(grid)


@settings(max_examples=200)
@given(declarations())
def test_any_disturbed_form(grid):
    check(grid)


@settings(max_examples=30)
@given(st.one_of(grids(), declarations()))
def test_what_is_read_keeps_the_contracts(grid):
    tables = frames([check(grid)])
    # What staff typed where an amount belongs is kept, and is not the reader's.
    projects = tables["projects"]
    for name in AMOUNT_FIELDS:
        amounts = [v if isinstance(v, Decimal) and v >= 0 else None for v in projects[name]]
        projects[name] = pd.Series(amounts, dtype=object)
    contracts.validate(tables)


@settings(max_examples=40)
@given(declarations())
def test_reading_is_the_same_each_time(grid):
    first, second = check(grid), check(grid)
    assert first.indicators.records() == second.indicators.records()
    assert first.projects.records() == second.projects.records()


@given(st.binary(max_size=200))
def test_any_bytes_as_text(data):
    path = Path("表.txt")
    try:
        found = read_text(path, data)
    except InputError as error:
        assert str(error).startswith("表.txt：")  # noqa: PT017
    else:
        assert len(found) == 1


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_addresses_read_back(row, column):
    place = Grid("表", []).place(row, column)
    assert row_column(place.cell) == (row, column)
