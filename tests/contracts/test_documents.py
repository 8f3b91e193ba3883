"""What is published about the data is current, and its examples run."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import duckdb
import pandera.pandas as pa
import pytest
import yaml
from pandera.io import pandas_io

from perfgoals_xl.api import load
from perfgoals_xl.contracts.documents import DOCS, KINDS, manual, schemas
from perfgoals_xl.contracts.table_columns import COLUMNS, names, table_named
from perfgoals_xl.contracts.table_set import CONTRACTS
from perfgoals_xl.export import frames
from perfgoals_xl.form.target import Kind, parse_target
from perfgoals_xl.resources import example_path
from tests.bureau.departments import write_county
from tests.support.commands import runner

MANUAL = DOCS / "数据说明.md"


def blocks(language):
    text = MANUAL.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def data(monkeypatch, capsys, tmp_path):
    """The folder 数据 of the examples, datasets and CSV files both, in the working directory."""
    perfgoals = runner(monkeypatch, capsys, tmp_path)
    folder = write_county(tmp_path / "报送文件夹", 3)
    assert perfgoals("export", folder, "--format", "parquet", "-o", "数据").code == 0
    assert perfgoals("export", example_path(), "--format", "csv", "-o", "数据").code == 0
    return tmp_path


def test_the_manual_is_current():
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run make manual"


def test_the_published_contracts_are_current():
    made = schemas()
    folder = DOCS / "contracts"
    assert {path.name for path in folder.iterdir()} == set(made)
    for name, text in made.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name}: run make manual"


def test_every_column_has_its_line():
    for table, columns in COLUMNS.items():
        section = manual().split(f"\n## {table} ")[1].split("\n## ")[0]
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == names(table)
        for column, line in zip(columns, lines, strict=True):
            assert line.count(" | ") == 6, line
            assert column.title in line


def test_every_kind_has_an_example_that_is_read_so():
    assert list(KINDS) == list(Kind)
    for kind, (_, example) in KINDS.items():
        assert parse_target(example).kind is kind


def test_the_examples_in_python_run(data, capsys):
    pandas_example, csv_example = blocks("python")
    exec(compile(pandas_example, MANUAL.name, "exec"), {})
    printed = capsys.readouterr().out
    expected = sum(
        value
        for path in (data / "报送文件夹").iterdir()
        for value in load(path).projects.values["annual_amount"]
        if value is not None
    )
    sums = re.findall(r"(\d+\.\d+)$", printed, re.MULTILINE)
    assert sum(map(Decimal, sums)) == expected
    exec(compile(csv_example, MANUAL.name, "exec"), {})
    assert "operator" in capsys.readouterr().out


def test_the_example_in_sql_runs(data):
    (query,) = blocks("sql")
    rows = duckdb.sql(query).fetchall()
    files = sorted((data / "报送文件夹").iterdir())
    indicators = frames([load(path) for path in files])["indicators"]
    assert {(year, department) for year, department, *_ in rows} == {
        (2026, f"青岚县第{number}局") for number in (1, 2, 3)
    }
    counted = sum(count for *_, count, _ in rows)
    quantified = sum(count for *_, count in rows)
    assert 0 < quantified < counted <= len(indicators)


def test_a_published_contract_validates(tmp_path):
    declaration = load(example_path())
    tables = frames([declaration], [table_named(name) for name in CONTRACTS])
    for name in CONTRACTS:
        schema = pandas_io.from_yaml(DOCS / "contracts" / f"{name}.yaml")
        schema.validate(tables[name])
    wrong = tables["projects"].copy()
    wrong.at[1, "annual_amount"] = Decimal(-1)
    schema = pandas_io.from_yaml(DOCS / "contracts" / "projects.yaml")
    with pytest.raises(pa.errors.SchemaErrors):
        schema.validate(wrong, lazy=True)


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_json_schema_says_what_the_contract_says(name):
    schema = json.loads((DOCS / "contracts" / f"{name}.schema.json").read_text(encoding="utf-8"))
    published = yaml.safe_load((DOCS / "contracts" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert schema["required"] == list(schema["properties"]) == list(published["columns"])
    for column in COLUMNS[table_named(name)]:
        items = schema["properties"][column.name]["items"]
        told = published["columns"][column.name]
        assert items.get("enum") == told.get("isin")
        assert ("null" in items["type"]) is told.get("nullable", False)
        if column.type.value == "整数":
            assert items.get("minimum") == told.get("greater_than_or_equal_to")
