"""The worksheet functions of the built add-in: ranges and values on their way to Python and back.

The wrappers run in pyOpenVBA's interpreter and call the real Python functions.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfgoals_xl.excel import udfs
from perfgoals_xl.excel.functions.function_registry import FUNCTIONS
from perfgoals_xl.excel.setup.addin_build import build_addin
from perfgoals_xl.resources import ADDIN_NAME


@pytest.fixture(scope="module")
def addin(tmp_path_factory) -> Path:
    pytest.importorskip("pyopenvba", reason="building and running the add-in needs pyOpenVBA")
    return build_addin(tmp_path_factory.mktemp("addin") / ADDIN_NAME)


@pytest.fixture
def host(addin):
    from tests.support.vba_host import VbaHost

    return VbaHost(addin)


def test_there_is_a_wrapper_for_every_function(addin):
    from tests.support.vba_modules import own_modules

    wrappers = re.findall(r"(?m)^Public Function (\w+)", own_modules(addin)["PgFunctions"])
    assert wrappers == list(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrapper_has_the_arguments_of_its_function(addin, name):
    from tests.support.vba_modules import own_modules

    source = own_modules(addin)["PgFunctions"]
    declared = re.search(rf"Public Function {name}\((.*)\) As Variant", source)[1]
    assert declared.split(", ") == [
        f"{'Optional ' if argument.optional else ''}ByVal {argument.name} As Variant"
        for argument in FUNCTIONS[name].arguments
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrapper_calls_a_function_that_is_there(name):
    assert callable(getattr(udfs, name))


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("PG_OPERATOR", ["不低于95%"], "≥"),
        ("PG_NUMBER", ["≥120人次"], 120),
        ("PG_UNIT", ["≥120人次"], "人次"),
        ("PG_KIND", ["持续提升"], "定性"),
        ("PG_AMOUNT", ["不超过20万元", "元"], 200000),
        ("PG_AMOUNT", ["不超过20万元"], 20),
        ("PG_AMOUNT", ["很多"], "#VALUE!"),
        ("PG_AMOUNT", [""], ""),
        ("PG_MEETS", ["≤20万元", "198500元"], True),
        ("PG_MEETS", ["持续提升", "已提升"], "#N/A"),
        ("PG_COST_GAP", ["200万元", 280], -80),
        ("PG_CHECK", ["数量指标", "采购设备数量", "≥12台", 2026], ""),
        ("PG_CHECK", ["不认识", "采购设备数量", "≥12台", 2026], "#VALUE!"),
    ],
)
def test_a_function_of_values(host, name, arguments, result):
    assert host.call(name, *arguments) == result


@pytest.fixture
def sheet(host):
    host.open_book()
    return host.excel.sheet(1)


def formatted(sheet, address: str, value: object, number_format: str) -> None:
    sheet.set_value(address, value)
    sheet.sheet.vba_get("Range", [address]).vba_set("NumberFormat", number_format)


def test_a_range_gives_a_range_with_errors_in_their_place(host, sheet):
    for row, text in enumerate(["20万元", "很多", "5000元"], start=1):
        sheet.set_value(f"A{row}", text)
    sheet.set_value("A5", "x")  # the model's ranges end with the sheet's contents
    assert host.call("PG_AMOUNT", host.range("A1:A4"), "元") == [
        [200000],
        ["#VALUE!"],
        [5000],
        [""],
    ]


def test_a_row_gives_a_row(host, sheet):
    sheet.set_value("A1", "≥95%")
    sheet.set_value("B1", "12台")
    assert host.call("PG_UNIT", host.range("A1:B1")) == ["%", "台"]


def test_a_whole_column_ends_with_the_sheet(host, sheet):
    for row in (1, 2, 3):
        sheet.set_value(f"A{row}", f"{row}台")
    assert host.call("PG_NUMBER", host.range("A:A")) == [[1], [2], [3]]
    assert host.call("PG_NUMBER", host.range("C:C")) == [[""], [""], [""]]
    assert host.call("PG_UNIT", host.range("2:2")) == "台"


def test_several_areas_are_one_column(host, sheet):
    for address, text in {"A1": "200万元", "A3": "不超过90万元", "C5": "1万元"}.items():
        sheet.set_value(address, text)
    assert host.call("PG_COST_GAP", host.range("A1,A3,C5:C6"), 280) == 11


def test_a_percentage_is_what_the_cell_shows(host, sheet):
    formatted(sheet, "A1", 0.955, "0.0%")
    formatted(sheet, "A2", 0.07, "0%")
    formatted(sheet, "A3", 0.1234567, "0.00%")
    formatted(sheet, "A4", 95, '0"%"')
    formatted(sheet, "A5", 95, "0\\%")
    formatted(sheet, "A6", -1, "0%")
    formatted(sheet, "A7", 0, "0%")
    sheet.set_value("A8", 0.5)
    shown = ["95.5%", "7%", "12.34567%", 95, 95, "-100%", "0%", 0.5]
    for row, value in enumerate(shown, start=1):
        assert host.call("PgArg", host.range(f"A{row}")) == value
    assert host.call("PgArg", host.range("A1:A8")) == [[value] for value in shown]
    assert host.call("PG_UNIT", host.range("A1")) == "%"
    assert host.call("PG_MEETS", host.range("A1"), "96%") is False


def test_one_percent_format_for_a_whole_range(host, sheet):
    for address in ("A1", "A2"):
        formatted(sheet, address, 0.9, "0%")
    assert host.call("PgArg", host.range("A1:A2")) == [["90%"], ["90%"]]


def test_an_amount_in_a_currency_format_keeps_six_decimals(host, sheet):
    formatted(sheet, "A1", 12.345678, "¥#,##0.00")
    formatted(sheet, "A2", 1, "¥#,##0.00")
    assert host.call("PgArg", host.range("A1")) == 12.345678
    assert host.call("PgArg", host.range("A1:A2")) == [[12.345678], [1]]
    assert host.call("PG_AMOUNT", host.range("A1")) == 12.345678


def test_blank_cells_stay_blank_and_texts_stay_texts(host, sheet):
    sheet.sheet.vba_get("Range", ["A1"]).vba_set("NumberFormat", "@")
    sheet.set_value("A1", "12")
    formatted(sheet, "A2", True, "0%")
    sheet.set_value("A4", "x")  # the model's ranges end with the sheet's contents
    assert host.call("PgArg", host.range("A1:A3")) == [["12"], [True], [None]]
    assert host.call("PgArg", host.range("A3")) is None
    assert host.call("PG_KIND", host.range("A3")) == ""


@pytest.mark.parametrize(
    ("formula", "text", "result"),
    [
        ("=NA()", "#N/A", "#N/A"),
        ('=VALUE("x")', "#VALUE!", "#VALUE!"),
        ("=1/0", "#DIV/0!", "#VALUE!"),
    ],
)
def test_an_error_in_a_cell_gives_an_error(host, sheet, formula, text, result):
    sheet.sheet.vba_get("Range", ["A1"]).vba_set("Formula", formula)
    sheet.set_value("A2", "20万元")
    assert host.call("PgArg", host.range("A1")) == text
    assert host.call("PG_AMOUNT", host.range("A1")) == result
    assert host.call("PG_AMOUNT", host.range("A1:A2")) == [[result], [20]]


def test_a_python_that_fails_is_an_error_value(host, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("planted")

    monkeypatch.setattr(udfs, "PG_UNIT", fail)
    assert host.call("PG_UNIT", "12台") == "#VALUE!"


def test_an_object_that_is_no_range_is_an_error_value(host, sheet):
    assert host.call("PG_UNIT", sheet.sheet) == "#VALUE!"


@pytest.mark.parametrize(
    "marker", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
)
def test_markers_become_errors_and_errors_markers(host, marker):
    from pyopenvba.interpreter import VBAErrorValue

    result = host.excel.run("PgResult", marker)
    assert isinstance(result, VBAErrorValue)
    assert host.call("PgResult", marker) == marker
    assert host.call("PgArg", result) == marker


def test_a_long_text_in_an_array_is_cut(host, sheet, monkeypatch):
    # More would be an error in some versions of Excel; alone it stays as it is.
    assert host.call("PgResult", "长" * 300) == "长" * 300
    monkeypatch.setattr(udfs, "PG_UNIT", lambda text: [["长" * 300], ["短"]])
    assert host.call("PG_UNIT", host.range("A1:A2")) == [["长" * 254 + "…"], ["短"]]


@pytest.mark.parametrize("text", ["#", "# 1", "#N/A 说明", "≥#N/A", ""])
def test_other_texts_stay_texts(host, text):
    assert host.call("PgResult", text) == text
