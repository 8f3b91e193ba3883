"""Prices of the goal against those of the indicators (G04), and some of a population (C03)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.reading.sheets import Sheet, write_workbook

FORM = """
项目支出绩效目标申报表
（2026年度）
项目名称 | 居民健康服务 | |
年度资金总额（万元） | {annual} | |
年度总体目标 | {goal} | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | {whole} | 40万人
 | | {some} | {number}
 | 成本指标 | {price} | {value}
效益指标 | 社会效益指标 | 居民健康素养水平 | ≥25%
"""
USUAL = {
    "annual": 3200,
    "goal": "为居民免费提供健康档案和慢性病管理，健康素养逐步提高。",
    "whole": "服务常住人口数",
    "some": "65岁以上老年人管理人数",
    "number": "3.8万人",
    "price": "人均补助标准",
    "value": "80元/人",
}


def told(tmp_path, *rules, **changed):
    text = FORM.format(**(USUAL | changed))
    found = validate(write_workbook(tmp_path / "健康.xlsx", Sheet(text))).findings
    return [f"{f.rule} {f.severity.value} {f.message}" for f in found if f.rule in rules]


@pytest.mark.parametrize(
    "some",
    [
        "65岁以上老年人管理人数",
        "其中：65岁以上人数",
        "其中女性人数",
        "高血压患者管理人数",
        "0-6岁儿童健康管理人数",
    ],
)
def test_some_are_not_added_to_all(tmp_path, some):
    assert told(tmp_path, "C02", "C03", some=some) == []
    found = told(tmp_path, "C02", "C03", some=some, value="79元/人")
    assert [line.split()[:2] for line in found] == [["C03", "warning"]]
    assert "400000人×79元 = 3160 万元" in found[0]
    assert "没有单价" not in found[0]


@pytest.mark.parametrize(
    "changed",
    [
        {"annual": 3504, "whole": "城镇服务人数", "some": "农村服务人数"},  # both are paid for
        {"annual": 304, "price": "65岁以上老年人人均补助标准"},  # the price of the smaller one
        {"annual": 3504, "some": "流动人口服务人数"},
        {"annual": 3504},  # the sum makes the budget to the last decimal
        {"annual": 3200, "some": "培训医生", "number": "300人次"},
    ],
)
def test_what_may_be_added(tmp_path, changed):
    assert [line for line in told(tmp_path, "C02", "C03", **changed) if "info" not in line] == []


@pytest.mark.parametrize(
    ("goal", "changed"),
    [
        ("按人均80元标准提供健康服务。", {}),
        ("按每人80元的标准提供健康服务。", {"price": "每人补助标准"}),
        ("健康服务人均补助80元。", {"value": "79元"}),
        ("按户均80元标准签约服务。", {"price": "户均补助标准", "value": "79元/户"}),
        ("按人均80元标准提供健康服务。", {"price": "人均补助", "value": "≤79元/人"}),
    ],
)
def test_a_price_of_the_goal_is_that_of_the_indicator(tmp_path, goal, changed):
    found = told(tmp_path, "G04", **{"goal": goal, "value": "79元/人"} | changed)
    assert [line.split()[:2] for line in found] == [["G04", "warning"]]
    assert "80元" in found[0]
    assert "79元" in found[0]


@pytest.mark.parametrize(
    ("goal", "changed"),
    [
        ("按人均79元标准提供健康服务。", {}),
        ("按户均80元标准签约服务。", {}),
        ("居民人均增收80元。", {}),
        ("按人均80元标准提供健康服务。", {"price": "人均药费", "value": "8元/人"}),
        ("按人均70元标准提供健康服务。", {"value": "≤79元/人"}),
        ("上年人均80元，今年人均79元。", {}),
    ],
)
def test_prices_of_other_things(tmp_path, goal, changed):
    found = told(tmp_path, "G04", **{"goal": goal, "value": "79元/人"} | changed)
    assert [line for line in found if "warning" in line] == []
