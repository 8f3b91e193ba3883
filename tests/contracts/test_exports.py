"""What is exported keeps the contracts, and is the same table in whatever form it left."""

from __future__ import annotations

import io
import os
from dataclasses import asdict, replace
from decimal import Decimal

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from perfgoals_xl import contracts
from perfgoals_xl.api import load
from perfgoals_xl.contracts.table_columns import COLUMNS, names
from perfgoals_xl.contracts.table_set import CONTRACTS
from perfgoals_xl.export import flat, flat_columns, frames, write
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from tests.bureau.departments import department_text
from tests.contracts.exports import NAMES, WAYS
from tests.support.steps import filled, places

DTYPES = {"文本": "str", "整数": "Int64", "金额": "object", "数或日期": "object"}


@pytest.fixture(params=[EXAMPLE_WORKBOOK, EXAMPLE_SOURCE])
def example(request):
    return example_path(request.param)


def kept_by(source, folder):
    """Every way gives the validated frames that the declaration itself gives."""
    expected = frames([load(source)])
    for way, read in WAYS.items():
        place = folder / way
        place.mkdir()
        tables = contracts.validate(read(source, place))
        for name in NAMES:
            assert_frame_equal(tables[name], expected[name], obj=f"{name} by {way}")
    for form in ("csv", "parquet"):
        path = folder / f"平.{form}"
        write([load(source)], form, path, io.StringIO())
        read = pd.read_csv(path) if form == "csv" else pd.read_parquet(path)
        valid = contracts.Indicators.validate(read)
        for column in ("level3", "operator", "unit", "low", "cell"):
            assert valid[column].equals(expected["indicators"][column]), column


def test_the_example(example, tmp_path):
    kept_by(example, tmp_path)


def test_the_real_samples(shared_seeds, tmp_path):
    for number, seed in enumerate(shared_seeds):
        (tmp_path / str(number)).mkdir()
        kept_by(seed, tmp_path / str(number))


def test_one_schema_in_every_parquet_file(tmp_path):
    for way in ("parquet", "dataset"):
        WAYS[way](example_path(), tmp_path / way)
    for name in NAMES:
        (file,) = (tmp_path / "dataset" / "数据" / f"{name}.parquet").rglob("*.parquet")
        partition = pq.read_schema(file)
        single = pq.read_schema(tmp_path / "parquet" / "数据" / f"{name}.parquet")
        assert [f for f in single if f.name not in ("year", "department")] == list(partition)
        texts = {str(f.type) for f in single if f.name in ("file", "kind", "operator", "low")}
        assert texts == {"string"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS)
def test_columns_are_those_of_the_contract(tmp_path, name, way):
    read = WAYS[way](example_path(EXAMPLE_SOURCE), tmp_path)[name]
    expected = names(Table(name))
    if way == "dataset":
        # Partitions come last, as the readers of Parquet have it.
        expected = [n for n in expected if n not in ("year", "department")] + ["year", "department"]
    assert list(read) == expected
    if way in ("frames", "parquet"):
        told = {column.name: DTYPES[column.type.value] for column in COLUMNS[Table(name)]}
        if way == "parquet":
            told |= {n: "str" for n in ("low", "high") if n in told}
        assert read.dtypes.astype(str).to_dict() == told


def test_zero_blank_and_decimals_survive(tmp_path):
    source = filled(
        tmp_path,
        {"local_other": None, "local_carryover": 0, "annual_amount": 3352.99687},
        name="申报.xlsx",
    )
    for way, read in WAYS.items():
        (tmp_path / way).mkdir()
        first = contracts.Projects.validate(read(source, tmp_path / way)["projects"]).iloc[0]
        assert first["annual_amount"] == Decimal("3352.99687"), way
        assert first["local_carryover"] == Decimal(0), way
        assert first["local_other"] is None, way


def test_the_operator_that_looks_like_a_formula(tmp_path):
    source = filled(tmp_path, {"数量1": "=4000亩", "质量1 名称": "@出苗率"}, name="申报.xlsx")
    write([load(source)], "csv", tmp_path / "数据", io.StringIO())
    path = tmp_path / "数据" / "indicators.csv"
    raw = pd.read_csv(path)
    assert "'=" in set(raw["operator"])
    valid = contracts.Indicators.validate(raw)
    assert "=" in set(valid["operator"])
    assert "'@出苗率" in set(valid["level3"])  # who knows where this frame came from
    read = contracts.read_csv(path, contracts.Indicators)
    assert_frame_equal(read, frames([load(source)])["indicators"])


def test_codes_and_words_are_kept_by_read_csv(tmp_path):
    source = filled(tmp_path, {"implementing_unit": "007", "质量1 名称": "NA", "质量1": "null"})
    declaration = replace(load(source), department_code="021300")
    expected = frames([declaration])
    write([declaration], "csv", tmp_path / "数据", io.StringIO())
    for name in NAMES:
        read = contracts.read_csv(tmp_path / "数据" / f"{name}.csv", CONTRACTS[name])
        assert_frame_equal(read, expected[name])
    assert set(expected["projects"]["department_code"]) == {"021300"}
    assert expected["projects"]["implementing_unit"].iat[0] == "007"
    assert {"NA", "null"} <= {
        *expected["indicators"]["level3"],
        *expected["indicators"]["target_value"],
    }


def test_no_year_and_no_department_are_blank_in_every_form(tmp_path):
    source = tmp_path / "表.txt"
    text = department_text().replace("2026年青岚县林业和草原局部门", "").replace("2026", "")
    source.write_text(text.replace("青岚县林业和草原局", ""), encoding="utf-8")
    assert (load(source).year, load(source).department) == (None, None)
    kept_by(source, tmp_path)


def test_a_file_whose_name_is_no_text(tmp_path):
    source = tmp_path / os.fsdecode("表".encode("gbk") + b".txt")
    try:
        source.write_text(department_text(), encoding="utf-8")
    except OSError:
        pytest.skip("names here are text")
    for way in ("frames", "parquet", "dataset"):
        (tmp_path / way).mkdir()
        (name,) = set(WAYS[way](source, tmp_path / way)["projects"]["file"])
        assert name.endswith(r"\udcb1\udced.txt"), way


def test_the_flat_table(tmp_path):
    frame = flat([load(example_path())])
    assert list(frame) == [column.name for column in flat_columns()]
    told = {column.name: DTYPES[column.type.value] for column in flat_columns()}
    assert frame.dtypes.astype(str).to_dict() == told
    # The sheet is the one that the cell stands on.
    indicators = frames([load(example_path())])["indicators"]
    assert frame["sheet"].tolist() == indicators["sheet"].tolist()


def test_a_project_without_indicators_has_a_flat_row_that_says_so(tmp_path):
    gone = {key: None for key in places()[0] if key[-1].isdigit() or key.endswith("名称")}
    path = tmp_path / "平.csv"
    write([load(filled(tmp_path, gone))], "csv", path, io.StringIO())
    frame = pd.read_csv(path)
    assert frame["kind"].isna().sum() == 1
    assert frame["sheet"].notna().all()
    assert len(contracts.Indicators.validate(frame.dropna(subset="kind"))) == len(frame) - 1


def test_a_table_without_rows_keeps_its_columns(tmp_path):
    source = filled(tmp_path, name="申报.xlsx")
    assert len(load(source).department_goals) == 0
    for way, read in WAYS.items():
        (tmp_path / way).mkdir()
        goals = read(source, tmp_path / way)["department_goals"]
        assert len(goals) == 0
        assert list(contracts.DepartmentGoals.validate(goals)) == names(Table.DEPARTMENT_GOALS)


PIECES = ["≥", "≤", "<", "=", "不低于", "以内", "以上", "大于等于", "-", "至", "；", "较上年", "约"]
PIECES += [
    "5",
    "95",
    "2026",
    "4000.5",
    "%",
    "万元",
    "公里",
    "年",
    "月",
    "12月底前",
    "日",
    "无",
    "提升",
]


@settings(max_examples=20)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), min_size=50))
def test_whatever_a_target_value_says_its_reading_keeps_the_contract(texts):
    indicators = frames([load(example_path())])["indicators"].iloc[[0] * len(texts)]
    read = pd.DataFrame([asdict(parse_target(text)) for text in texts], dtype=object)
    for name in ("kind", "operator", "low", "high", "unit"):
        indicators = indicators.assign(**{name: read[name].to_numpy()})
    contracts.Indicators.validate(indicators.assign(target_value=texts))
