"""The review of many declarations: each as if it stood alone, a fault of one costs that one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.fields import Table
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.resources import example_path
from perfgoals_xl.review import schemas
from perfgoals_xl.review.collector import AcrossRule
from perfgoals_xl.review.findings import Abstention, Hit
from perfgoals_xl.review.row_rules import indicator_rule
from perfgoals_xl.review.rules.registry import ROW_RULES
from perfgoals_xl.review.run import RuleFault, review, review_each, review_many
from tests.review.test_order import MANY
from tests.support.steps import filled

YEARS = {"甲.xlsx": 2025, "乙.xlsx": 2026}


@cache
def pool():
    """Declarations of many sorts: long, short, faultless, faulty, with settings, empty, blank."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "空.txt").write_text("没有申报表", encoding="utf-8")
        blank = {"project_name": None, "annual_goal": None, "annual_amount": None}
        paths = [
            example_path(),
            folder / "空.txt",
            filled(folder, name="对.xlsx", every_rule=True),
            filled(folder, MANY, name="错.xlsx", every_rule=True),
            filled(folder, MANY | blank, other={"数量1": None}, name="缺.xlsx", every_rule=True),
            filled(folder, {"规则 M01 阈值": 99, "规则 S02 启用": "否"} | MANY, name="改.xlsx"),
        ]
        made = [load_declaration(path) for path in paths]
    nobody = replace(made[0], projects=made[1].projects, indicators=made[1].indicators)
    goals_alone = replace(nobody, origins=(), remarks=())
    blank_forms = replace(made[1], blank_forms=(made[2].projects.place(0, "project_name"),))
    return (*made, goals_alone, blank_forms)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 7), max_size=9), st.sampled_from([None, 2025, 2026]), st.booleans())
def test_many_are_reviewed_as_each_alone(numbers, plan_year, english):
    chosen = [pool()[number] for number in numbers]
    options = {"plan_year": plan_year, "language": "en" if english else "zh"}
    assert review_many(chosen, **options) == [review(one, **options) for one in chosen]


def test_the_pool_is_as_varied_as_it_is_meant_to_be():
    reviews = review_many(pool())
    assert len({len(found.findings) for found in reviews}) >= 6
    assert [f.rule for f in reviews[1].findings] == ["K01"]
    assert {f.rule for f in reviews[6].findings} >= {"D01"}
    assert [f.rule for f in reviews[7].findings] == ["H01"]
    assert sum(len(found.not_judged) for found in reviews) > 10


def test_none_are_no_fault():
    assert review_many([]) == []


def misset(tmp_path):
    return load_declaration(filled(tmp_path, {"规则 M01 阈值": "高"}, name="设置.xlsx"))


def test_a_setting_that_cannot_be_understood_costs_its_declaration_alone(tmp_path):
    good, bad = pool()[3], misset(tmp_path)
    first, second, third, fourth = review_each([good, bad, good, bad])
    assert first == third == review(good)
    for error in (second, fourth):
        assert isinstance(error, InputError)
        assert (error.file, error.sheet) == (bad.file, "校验规则")
    with pytest.raises(InputError, match="阈值"):
        review_many([good, bad])
    with pytest.raises(InputError, match="阈值"):
        review(bad)


@pytest.fixture
def also(monkeypatch):
    """Puts other judges in place of those of a rule on indicators."""

    def use(*judges, code="V05", says_blank=False):
        rule = indicator_rule(code, *judges, says_blank=says_blank)
        monkeypatch.setitem(ROW_RULES[Table.INDICATORS], code, rule)
        schema = schemas._schema(Table.INDICATORS)
        monkeypatch.setitem(schemas.SCHEMAS, Table.INDICATORS, schema)

    return use


def test_a_judge_that_raises_is_told_with_rule_and_row_and_costs_its_declaration_alone(also):
    good, bad = pool()[2], pool()[3]
    before = review(good)
    also(lambda row: 1 / 0 if row["target_value"] == "若干" else None)
    numbers = [n for n, r in enumerate(bad.indicators.records()) if r["target_value"] == "若干"]
    assert numbers
    first, fault, last = review_each([good, bad, good])
    assert first == last == before
    assert isinstance(fault, RuleFault)
    told = (fault.code, fault.file, fault.table, fault.row)
    assert told == ("V05", bad.file, Table.INDICATORS, numbers[0])
    assert isinstance(fault.__cause__, ZeroDivisionError)
    assert "V05" in str(fault)
    assert f"row {numbers[0]} of indicators" in str(fault)
    with pytest.raises(RuleFault, match="V05"):
        review_many([good, bad])


def test_a_check_across_rows_that_raises_costs_its_declaration_alone(monkeypatch):
    good, bad = pool()[2], pool()[3]
    before = review(good)

    def check(collector):
        if collector.declaration is bad:
            raise LookupError("planted")

    monkeypatch.setattr("perfgoals_xl.review.run.ACROSS_RULES", (AcrossRule(("S01",), check),))
    after, fault = review_each([good, bad])
    assert (after.findings, before.findings) == ((), ())
    assert isinstance(fault, RuleFault)
    assert (fault.code, fault.table) == ("S01", None)
    assert isinstance(fault.__cause__, LookupError)


def test_what_is_not_judged_names_its_own_declaration(also):
    one, other = pool()[2], pool()[4]
    also(lambda row: Abstention("不知道") if row["ordinal"] == 2 else None)
    for declaration, found in zip((one, other), review_many([one, other]), strict=True):
        told = [entry for entry in found.not_judged if entry.rule == "V05"]
        assert {entry.file for entry in told} == {declaration.file}
        named = {row["project_name"] for row in declaration.projects.records()}
        assert {entry.project for entry in told} == named


def test_a_cell_called_blank_is_blank_in_its_own_declaration_alone(also):
    # 若干 is a fault of V03 in both; only in 2025 the rule on blanks calls it one.
    one, other = (replace(pool()[3], file=name, year=year) for name, year in YEARS.items())
    hit = Hit("target_value", {"name": "甲"})
    also(lambda row: hit if row["plan_year"] == 2025 else None, code="S02", says_blank=True)
    first, second = review_many([one, other])
    assert "V03" not in {f.rule for f in first.findings}
    assert "V03" in {f.rule for f in second.findings}
    assert "S02" not in {f.rule for f in second.findings}
