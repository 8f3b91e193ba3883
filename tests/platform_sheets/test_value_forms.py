"""What a cell gets: the form that the map asks for, the codes, and the cell's own format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from perfgoals_xl.addresses import Place
from perfgoals_xl.data_table import DataTable
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.evaluated import evaluated_of
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.platform_sheets.column_map import ValueForm, ValueSpec
from perfgoals_xl.platform_sheets.source_rows import SourceRow, SourceTables
from perfgoals_xl.platform_sheets.value_forms import Rate, UnfitValue, for_cell, shaped


def row_of(table="indicators", **values):
    return SourceRow(table, values, "甲.xlsx", {}, (0, 0))


def shape(text, form, *, column="target_value", table="indicators", translation=None, **others):
    spec = ValueSpec("", "", column=column, form=ValueForm(form), translation=translation)
    return shaped(spec, row_of(table, **{column: text}, **others))


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("≥95%", "auto", "≥95%"),
        ("≥95%", "operator", "≥"),
        ("95%以上", "operator", "≥"),
        ("16处", "operator", "="),
        ("150-4500元", "operator", None),
        ("持续提升", "operator", None),
        ("≥95%", "low", Rate(Decimal(95), signed=False)),
        ("≥95%", "high", None),
        ("≤8.5万元", "high", Decimal("8.5")),
        ("≤8.5万元", "unit", "万元"),
        ("持续提升", "unit", None),
        ("持续提升", "kind", "qualitative"),
        ("≤4小时", "figure", Decimal(4)),
        ("150-4500元", "figure", "150-4500元"),
        ("持续提升", "figure", "持续提升"),
        ("2026年11月底前", "figure", dt.date(2026, 11, 30)),
        ("12,500.50", "number", Decimal("12500.50")),
        ("１２", "number", Decimal(12)),
        ("-3", "number", Decimal(-3)),
        ("≥95%", "percent", Rate(Decimal(95))),
        ("95", "percent", Rate(Decimal(95))),
        ("007", "text", "007"),
        ("  ", "number", None),
        (None, "figure", None),
        ("", "text", None),
    ],
)
def test_forms(text, form, wanted):
    assert shape(text, form) == wanted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("持续提升", "number"),
        ("16处", "number"),
        ("1234567890123456", "number"),
        ("16处", "percent"),
        ("5‰", "percent"),
        ("80-90%", "percent"),
    ],
)
def test_what_does_not_fit(text, form):
    with pytest.raises(UnfitValue):
        shape(text, form)


def test_money_and_rates():
    spec = ValueSpec("", "", column="annual_amount", amount_unit="元")
    row = row_of("projects", annual_amount=Decimal("986.735214"), amount_unit="万元")
    assert shaped(spec, row) == Decimal("9867352.14")
    kept = row_of("projects", annual_amount="待定", amount_unit="万元")
    assert shaped(spec, kept) == "待定"
    assert shape(Decimal("94.5"), "auto", column="execution_rate", table="evaluations") == Rate(
        Decimal("94.5")
    )
    assert shape(Decimal("94.5"), "number", column="execution_rate", table="evaluations") == (
        Decimal("94.5")
    )
    assert shape(Decimal(95), "auto", column="low", unit="%") == Rate(Decimal(95), signed=False)
    assert shape(Decimal(95), "auto", column="low", unit="处") == Decimal(95)


CODES = {"产出指标": "01", "效益指标": Decimal(2)}


@pytest.mark.parametrize(
    ("text", "codes", "wanted"),
    [
        ("产出指标", CODES, "01"),
        (" 产出 指标", CODES, "01"),
        ("效益指标", CODES, Decimal(2)),
        (None, CODES, None),
        (None, {**CODES, "": "99"}, "99"),
        ("其他", {**CODES, "*": "99"}, "99"),
        ("其他", {**CODES, "*": "*"}, "其他"),
        ("其他", {**CODES, "*": ""}, ""),
    ],
)
def test_codes(text, codes, wanted):
    assert shape(text, "auto", column="level1", translation=codes) == wanted


def test_a_value_without_a_code():
    with pytest.raises(UnfitValue, match="产出指标、效益指标"):
        shape("满意度指标", "auto", column="level1", translation=CODES)


@pytest.mark.parametrize(
    ("value", "number_format", "wanted"),
    [
        (Decimal("12.50"), "General", Decimal("12.50")),
        (Decimal("12.50"), "@", "12.5"),
        ("0012", "General", "0012"),
        ("0012", "0.00", "0012"),
        (Rate(Decimal("94.5")), "General", Decimal("94.5")),
        (Rate(Decimal("94.5")), "0.00%", Decimal("0.945")),
        (Rate(Decimal("94.5")), '0.0"%"', Decimal("94.5")),
        (Rate(Decimal("94.5")), r"0.0\%", Decimal("94.5")),
        (Rate(Decimal("94.5")), "@", "94.5%"),
        (Rate(Decimal("94.5"), signed=False), "@", "94.5"),
        (dt.date(2026, 11, 30), "General", "2026-11-30"),
        (dt.date(2026, 11, 30), "@", "2026-11-30"),
        (dt.date(2026, 11, 30), "yyyy/m/d", Decimal(46356)),
        (None, "@", None),
        ("", "@", None),
        ("", "General", None),
    ],
)
def test_cells(value, number_format, wanted):
    assert for_cell(value, number_format) == wanted


def test_dates_from_1904():
    day = dt.date(2026, 11, 30)
    assert for_cell(day, "yyyy-mm-dd", from_1904=True) == Decimal(46356 - 1462)


def test_rows_of_an_evaluation_know_their_form():
    places = {"actual_value": Place("自评表", "F12")}
    target = parse_target("≥95%")
    indicator = {
        "form": 0, "sheet": "自评表", "level3": "合格率", "target_value": target.text,
        "actual_value": "96%", "weight": Decimal(10), "score": Decimal("9.5"),
    }  # fmt: skip
    form = {
        "sheet": "自评表",
        "project_name": "甲",
        "execution_rate": Decimal("94.5"),
        "year": 2025,
    }
    form["amount_unit"] = "元"
    evaluated = evaluated_of(
        {
            EvaluationTable.EVALUATIONS: [(form, {})],
            EvaluationTable.EVALUATION_INDICATORS: [(indicator, places)],
        }
    )
    empty = DataTable.build((), [], [])
    declaration = Declaration(
        "甲.xlsx", "甲局", "001", None, "万元", "2021", None, empty, empty, empty,
        evaluated=evaluated,
    )  # fmt: skip
    (row,) = SourceTables([declaration]).rows("evaluation_indicators")
    assert row.value("project.project_name") == "甲"
    assert row.value("project.execution_rate") == Decimal("94.5")
    assert (row.value("year"), row.value("department_code")) == (2025, "001")
    assert row.value("score") == Decimal("9.5")
    assert row.amount_unit() == "元"
    assert row.place("actual_value") == Place("自评表", "F12")
    sources = SourceTables([declaration])
    (subject,) = sources.rows("evaluations")
    assert sources.rows("evaluation_indicators", subject) == [row]
    assert sources.rows("monitorings", subject) == []
