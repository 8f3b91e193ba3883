"""What 自评表 and 监控表 say leaves the program in tables of its own, by their contracts."""

from __future__ import annotations

import io
import json

import pandas as pd
import pandera.pandas as pa
import pytest
from pandas.testing import assert_frame_equal

from perfgoals_xl import contracts
from perfgoals_xl.api import load
from perfgoals_xl.bureau.dataset import write_datasets
from perfgoals_xl.bureau.digest import digest
from perfgoals_xl.contracts.table_set import CONTRACTS
from perfgoals_xl.export import dumps, frames, to_json, write
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from tests.reading.evaluation import layouts
from tests.reading.sheets import Sheet, write_workbook

TABLES = [table.value for table in EvaluationTable]
DECLARED = ["projects", "indicators", "department_goals"]


@pytest.fixture
def source(tmp_path):
    return write_workbook(tmp_path / "年终.xlsx", layouts.STANDARD, layouts.POINTS, layouts.TICKED)


def test_a_folder_of_csv_files(source, tmp_path):
    write([load(source)], "csv", tmp_path / "数据", io.StringIO())
    names = sorted(path.stem for path in (tmp_path / "数据").iterdir())
    assert names == sorted([*DECLARED, *TABLES])
    expected = frames([load(source)])
    for name in TABLES:
        read = contracts.read_csv(tmp_path / "数据" / f"{name}.csv", CONTRACTS[name])
        assert_frame_equal(read, expected[name], obj=name)


@pytest.mark.parametrize("way", ["file", "dataset"])
def test_parquet(source, tmp_path, way):
    if way == "file":
        write([load(source)], "parquet", tmp_path / "数据", io.StringIO())
    else:
        write_datasets([digest(str(source), reviewed=False)], tmp_path / "数据", strict=True)
    read = {n: pd.read_parquet(tmp_path / "数据" / f"{n}.parquet") for n in (*DECLARED, *TABLES)}
    tables, expected = contracts.validate(read), contracts.validate(frames([load(source)]))
    for name in TABLES:
        assert_frame_equal(tables[name], expected[name], obj=name)


def test_nobody_else_has_these_tables(tmp_path):
    declaration = load(example_path(EXAMPLE_SOURCE))
    assert list(frames([declaration])) == DECLARED
    write([declaration], "csv", tmp_path / "数据", io.StringIO())
    assert sorted(p.stem for p in (tmp_path / "数据").iterdir()) == sorted(DECLARED)
    write_datasets([digest(str(example_path(EXAMPLE_SOURCE)), reviewed=False)],
                   tmp_path / "集", strict=True)  # fmt: skip
    assert sorted(p.stem for p in (tmp_path / "集").iterdir()) == sorted(DECLARED)
    told = to_json([declaration])["declarations"][0]
    assert (told["evaluations"], told["monitorings"]) == ([], [])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_of_an_earlier_run_do_not_stay(source, tmp_path, form):
    write([load(source)], form, tmp_path / "数据", io.StringIO())
    write([load(example_path(EXAMPLE_SOURCE))], form, tmp_path / "数据", io.StringIO())
    path = tmp_path / "数据" / f"evaluations.{form}"
    assert len(pd.read_csv(path) if form == "csv" else pd.read_parquet(path)) == 0


def test_datasets_of_an_earlier_run_do_not_stay(source, tmp_path):
    for path in (source, example_path(EXAMPLE_SOURCE)):
        write_datasets([digest(str(path), reviewed=False)], tmp_path / "数据", strict=True)
    assert len(pd.read_parquet(tmp_path / "数据" / "evaluations.parquet")) == 0


def test_json_has_every_form_with_its_cells(source):
    told = json.loads(dumps(to_json([load(source)])))["declarations"][0]
    first, second = told["evaluations"]
    assert (first["project_name"], first["total_score"], first["grade"]) == (
        "古树名木保护", 96.16, "优",
    )  # fmt: skip
    assert first["cells"]["execution_rate"] == "H7"
    assert first["funds"][0]["executed"] == 112.4
    assert first["indicators"][1]["score"] == 16.67
    assert first["indicators"][1]["cells"]["reason"] == "I15"
    assert second["indicators"][0]["level1_weight"] == 50
    (monitored,) = told["monitorings"]
    assert (monitored["month"], monitored["executed"]) == (8, 36)
    assert monitored["indicators"][0]["likelihood"] == "有可能"


def test_a_text_in_place_of_points(tmp_path):
    sheet = Sheet(layouts.STANDARD.table, cells={"H14": "优秀"})
    declaration = load(write_workbook(tmp_path / "表.xlsx", sheet))
    told = to_json([declaration])["declarations"][0]["evaluations"][0]
    assert told["indicators"][0]["score"] is None
    with pytest.raises(pa.errors.SchemaErrors) as report:
        contracts.validate(frames([declaration]))
    assert set(report.value.failure_cases["column"]) == {"score"}


def test_a_row_of_a_form_that_is_not_there(source):
    tables = frames([load(source)])
    tables["evaluation_funds"].loc[0, "form"] = 7
    with pytest.raises(pa.errors.SchemaErrors) as report:
        contracts.validate(tables)
    assert set(report.value.failure_cases["check"]) == {"form_exists"}
    twice = frames([load(source)])
    twice["monitorings"] = pd.concat([twice["monitorings"]] * 2, ignore_index=True)
    with pytest.raises(pa.errors.SchemaErrors) as report:
        contracts.validate(twice)
    assert set(report.value.failure_cases["check"]) == {"form_is_there_once"}
