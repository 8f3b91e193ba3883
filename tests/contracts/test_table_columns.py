"""The description of the columns follows the form, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pandera.pandas as pa
import pytest

import perfgoals_xl
from perfgoals_xl import contracts
from perfgoals_xl.contracts.arrow import arrow_schema, storable
from perfgoals_xl.contracts.conversion import unguarded
from perfgoals_xl.contracts.table_columns import COLUMNS, names, table_named
from perfgoals_xl.contracts.table_set import CONTRACTS
from perfgoals_xl.contracts.types import Column, Type
from perfgoals_xl.declaration import DEPARTMENT_GOAL_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable, evaluation_columns
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Table, label_of
from perfgoals_xl.form.text import spreadsheet_safe
from perfgoals_xl.resources import example_path

OWN = {
    Table.PROJECTS: PROJECT_COLUMNS,
    Table.INDICATORS: INDICATOR_COLUMNS,
    Table.DEPARTMENT_GOALS: DEPARTMENT_GOAL_COLUMNS,
}


@pytest.mark.parametrize("table", Table)
def test_every_column_of_the_declaration_is_there(table):
    described = names(table)
    assert set(OWN[table]) <= set(described)
    assert len(described) == len(set(described))
    assert described[:4] == ["file", "department", "department_code", "year"]


@pytest.mark.parametrize("table", Table)
def test_columns_are_the_same_in_every_table(table):
    shared = {"file", "department", "department_code", "year", "project", "sheet", "project_name"}
    of_projects = {c.name: c for c in COLUMNS[Table.PROJECTS] if c.name in shared}
    for column in COLUMNS[table]:
        if column.name in of_projects:
            assert column == of_projects[column.name]


@pytest.mark.parametrize("table", EvaluationTable)
def test_every_column_of_the_years_other_forms_is_there(table):
    described = names(table)
    own = {"title_year" if name == "year" else name for name in evaluation_columns(table)}
    assert own | {"form", "cell"} <= set(described)
    assert len(described) == len(set(described))


@pytest.mark.parametrize("table", COLUMNS)
def test_everything_is_told(table):
    for column in COLUMNS[table]:
        assert column.title, column
        assert column.description.endswith("。"), column
        if column.name in AMOUNT_FIELDS:
            assert (column.type, column.minimum) == (Type.AMOUNT, 0)
            assert column.unit
            assert column.title == label_of(column.name)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_is_a_pandera_model_of_these_columns(name):
    contract = CONTRACTS[name]
    assert issubclass(contract, pa.DataFrameModel)
    schema = contract.to_schema()
    assert list(schema.columns) == names(table_named(name))
    for column in COLUMNS[table_named(name)]:
        made = schema.columns[column.name]
        assert (made.title, made.description) == (column.title, column.explained)
        assert made.nullable is column.nullable
        assert getattr(contract, column.name) == column.name
    told = contract.get_metadata()[contract.__name__]["columns"]
    assert told.keys() == set(names(table_named(name)))


def test_the_package_offers_them():
    ask = "import perfgoals_xl as pg; print(pg.contracts.validate.__name__, pg.contracts.Projects)"
    run = subprocess.run([sys.executable, "-c", ask], capture_output=True, encoding="utf-8")
    assert run.stdout.split() == ["validate", "Projects"], run.stderr
    assert perfgoals_xl.contracts is contracts
    assert {getattr(contracts, name) for name in contracts.__all__} >= set(CONTRACTS.values())
    assert callable(contracts.validate)
    with pytest.raises(AttributeError):
        _ = contracts.Nothing


@pytest.mark.parametrize(
    "call",
    [
        ("--help",),
        ("export", "{source}", "--format", "json"),
        ("export", "{source}", "--format", "csv"),
        ("export", "{source}", "--format", "parquet", "-o", "数据.parquet"),
        ("export", "{source}", "--format", "parquet", "-o", "数据"),
    ],
)
def test_pandera_is_not_imported_for_an_export(tmp_path, call):
    arguments = [part.format(source=example_path()) for part in call]
    program = (
        "import sys\n"
        f"sys.argv = ['perfgoals', *{arguments!r}]\n"
        "from perfgoals_xl.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end\n"
        "heavy = {'pandera', *({'pandas'} if 'json' in sys.argv else ())} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    "text", ["=1+1", "+5天", "-约5", "@甲", "\t甲", "'=1+1", "'引", "甲", "", "'", "-5"]
)
def test_the_guard_comes_off_as_it_went_on(text):
    assert unguarded(spreadsheet_safe(text)) == text or text == "'=1+1"
    if not text.startswith("'"):
        assert unguarded(text) == text


def test_what_arrow_stores():
    amount = Column("a", Type.AMOUNT, "甲", "乙")
    assert storable(amount, [Decimal("0.1"), "待定", None, Decimal(10) ** 30, float("nan")]) == [
        Decimal("0.1"), None, None, None, None,
    ]  # fmt: skip
    assert storable(amount, [Decimal("1.0000000000005")]) == [Decimal("1.000000000000")]
    bound = Column("b", Type.BOUND, "甲", "乙")
    assert storable(bound, [Decimal("1E+2"), None, Decimal("0.50")]) == ["100", None, "0.50"]
    assert str(arrow_schema([amount, bound])) == "a: decimal128(38, 12)\nb: string"
