"""项目总额 against 项目期, and amounts as numbers (F05, F07)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import filled, only, text_of, told


def found(path, *rules):
    return [told(f) for f in validate(path).findings if f.rule in rules]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"total_amount": 300}, ["F05 warning C7"]),
        ({"total_amount": 300, "project_period": "2026年1月至12月"}, ["F05 warning C7"]),
        ({"total_amount": 300, "project_period": "6个月"}, ["F05 warning C7"]),
        ({"project_period": "3年"}, ["F05 info C7"]),
        ({"project_period": "两年"}, ["F05 info C7"]),
        ({}, []),
        ({"total_amount": 900, "project_period": "3年"}, []),
        ({"total_amount": 900, "project_period": "2025年1月至2027年12月"}, []),
        # Too small a total is told by F04, dates that cross the year by H06.
        ({"total_amount": 200}, []),
        ({"project_period": "2026年7月1日至2027年6月30日"}, []),
    ],
    ids=str,
)
def test_f05(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "F05") == findings


def test_f05_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"total_amount": 300.5}, every_rule=True), "F05")
    assert (
        finding.message == "项目期“1年”，项目总额 300.5 万元 ≠ 年度资金总额 280 万元，多 20.5 万元"
    )
    finding = only(filled(tmp_path, {"project_period": "3年"}, every_rule=True), "F05")
    assert finding.message == "项目期“3年”，项目总额与年度资金总额同为 280 万元"


def test_f05_is_not_judged_without_the_amounts(tmp_path):
    review = validate(filled(tmp_path, {"annual_amount": None}, every_rule=True))
    assert [n.reason for n in review.not_judged if n.rule == "F05"] == ["年度资金总额没有填写"]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"total_amount": 280.1234567}, ["F07 info C7"]),
        ({"annual_amount": "280"}, ["F07 info E7"]),
        ({"annual_amount": "２８０ 万元"}, ["F07 info E7"]),
        ({"annual_amount": 280.123456}, []),
        ({"annual_amount": 0.1 + 0.2}, []),
        # What is no amount at all is told by F01.
        ({"annual_amount": "待定"}, []),
        ({"annual_amount": None}, []),
    ],
    ids=str,
)
def test_f07(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "F07") == findings


def test_f07_says_which(tmp_path):
    changes = {"total_amount": 280.1234567, "local_total": "80", "annual_amount": "￥280万"}
    review = validate(filled(tmp_path, changes, every_rule=True))
    assert [f.message for f in review.findings if f.rule == "F07"] == [
        "项目总额 280.1234567 万元有 7 位小数",
        "年度资金总额“￥280万”是文本，不是数字",
        "本级资金·资金总额“80”是文本，不是数字",
    ]


def test_a_text_source_holds_only_texts(tmp_path):
    path = tmp_path / "原表.txt"
    path.write_text(text_of(), encoding="utf-8")
    assert found(path, "F07") == []
