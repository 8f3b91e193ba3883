"""The row rules as pandera schemas: what fails, who is asked, what a raising judge does."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.config import ValidationDepth, config_context

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review import schemas
from perfgoals_xl.review.findings import Abstention, Hit
from perfgoals_xl.review.row_rules import Fault, UnknownColumn, indicator_rule
from perfgoals_xl.review.rules.registry import ROW_RULES
from perfgoals_xl.review.schemas import SCHEMAS, Judged, RowCheck, judged
from tests.support.indicator_cases import row_of

ROWS = [
    row_of("质量 | 出苗率 | ≥80%"),
    row_of("数量 | 培训人数 | 若干"),
    row_of("质量 | 出苗率 | "),
    row_of("满意度 | 农户满意度 | ≥80%"),
    row_of("满意度 | 农户满意度 | 较高"),
]


@pytest.fixture
def only(monkeypatch):
    """Lets one rule be all that the indicators are judged by."""

    def use(*judges, code="V05"):
        rule = indicator_rule(code, *judges)
        monkeypatch.setitem(schemas.ROW_RULES, Table.INDICATORS, {code: rule})
        schema = pa.DataFrameSchema({"row": pa.Column(object)}, checks=[RowCheck(rule)])
        monkeypatch.setitem(SCHEMAS, Table.INDICATORS, schema)

    return use


def test_there_is_one_check_for_every_rule():
    for table, rules in ROW_RULES.items():
        assert [check.name for check in SCHEMAS[table].checks] == list(rules)
        assert all(isinstance(check, RowCheck) and check.title for check in SCHEMAS[table].checks)


def test_a_failure_case_is_the_hit_in_the_column_that_the_judge_names(only):
    hits = {1: Hit("target_value", {"name": "甲"}), 3: Hit("indicator", variant="x")}
    only(lambda row: hits.get(row["number"]))
    frame = pd.DataFrame({"row": pd.Series([{"number": n} for n in range(5)], dtype=object)})
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        SCHEMAS[Table.INDICATORS].validate(frame, lazy=True)
    cases = caught.value.failure_cases
    assert cases[["check", "column", "index"]].to_numpy().tolist() == [
        ["V05", "target_value", 1],
        ["V05", "indicator", 3],
    ]
    assert cases["failure_case"].tolist() == list(hits.values())
    assert list(judged(Table.INDICATORS, frame["row"].tolist())) == [
        Judged("V05", number, hit) for number, hit in hits.items()
    ]


def test_rows_are_told_rule_by_rule():
    told = [(entry.code, entry.row) for entry in judged(Table.INDICATORS, ROWS)]
    assert told == [("S02", 2), ("V03", 1), ("V04", 4), ("M01", 3), ("M01", 4)]
    answers = {
        entry.row: entry.answer for entry in judged(Table.INDICATORS, ROWS) if entry.code == "M01"
    }
    assert isinstance(answers[3], Hit)
    assert isinstance(answers[4], Abstention)


def test_every_judge_is_asked_once_about_every_row(only):
    asked = Counter()

    def counting(name, verdict):
        def judge(row):
            asked[name, row["number"]] += 1
            return verdict(row["number"])

        return judge

    only(
        counting("hit", lambda n: Hit("target_value") if n % 2 else None),
        counting("abstention", lambda n: Abstention("不知道") if n % 3 else None),
        counting("pass", lambda n: None),
    )
    told = list(judged(Table.INDICATORS, [{"number": n} for n in range(6)]))
    assert set(asked.values()) == {1}
    assert len(asked) == 18
    assert [(entry.row, type(entry.answer)) for entry in told] == [
        (1, Hit),
        (1, Abstention),
        (2, Abstention),
        (3, Hit),
        (4, Abstention),
        (5, Hit),
        (5, Abstention),
    ]


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("x"), KeyError("y"), RecursionError(), ValueError()]
)
def test_a_judge_that_raises_is_no_failure_of_the_row(only, error):
    def judge(row):
        if row["number"] == 1:
            raise error
        return Hit("target_value")

    only(judge)
    told = list(judged(Table.INDICATORS, [{"number": n} for n in range(3)]))
    hit = Hit("target_value")
    assert told == [Judged("V05", 0, hit), Judged("V05", 1, Fault(error)), Judged("V05", 2, hit)]


def test_only_what_is_an_error_is_held_back(only):
    def judge(row):
        raise KeyboardInterrupt

    only(judge)
    with pytest.raises(KeyboardInterrupt):
        list(judged(Table.INDICATORS, [{}]))


def test_a_column_that_is_not_there_is_not_judged(only):
    def judge(row):
        raise UnknownColumn("note")

    only(judge)
    [entry] = judged(Table.INDICATORS, [{}])
    assert isinstance(entry.answer, Abstention)
    assert "note" in entry.answer.reason


@pytest.mark.parametrize(
    "settings",
    [
        {"validation_enabled": False},
        {"validation_depth": ValidationDepth.SCHEMA_ONLY},
    ],
)
def test_settings_of_pandera_are_for_other_tables(settings):
    wanted = list(judged(Table.INDICATORS, ROWS))
    with config_context(**settings):
        assert list(judged(Table.INDICATORS, ROWS)) == wanted


def test_what_no_rule_found_is_a_fault_of_ours(monkeypatch):
    other = pa.DataFrameSchema({"row": pa.Column(object), "other": pa.Column(object)})
    monkeypatch.setitem(SCHEMAS, Table.INDICATORS, other)
    with pytest.raises(pa.errors.SchemaErrors):
        list(judged(Table.INDICATORS, ROWS))


def test_no_rows_are_no_fault():
    assert list(judged(Table.PROJECTS, [])) == []
