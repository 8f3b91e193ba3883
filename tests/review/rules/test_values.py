"""Indicator rows: pairs (S02), masks (V01), 无 (V02), quantities without a number (V03)."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from perfgoals_xl.api import validate
from tests.support.steps import PROJECT, cell_of, filled, found, only, places


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"质量1": None}, ["S02 error D16"]),
        ({"质量1": "  "}, ["S02 error D16"]),
        ({"质量1": "<p></p>"}, ["S02 error D16"]),
        ({"质量1 名称": None}, ["S02 error C16"]),
        ({"质量1 名称": "\n"}, ["S02 error C16"]),
        ({"质量1": None, "时效1 名称": None}, ["S02 error D16", "S02 error C17"]),
        # A row that both cells of are blank is no row.
        ({"数量2": None, "数量2 名称": None}, []),
        ({"质量1": 0, "质量1 名称": "指标1：返工率"}, []),
        ({"质量1": "良好"}, []),
    ],
    ids=str,
)
def test_s02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_s02_names_what_stands_alone(tmp_path):
    finding = only(filled(tmp_path, {"质量1": None}), "S02")
    assert finding.message == "指标“指标1：补播出苗率”没有指标值"
    assert (finding.project, finding.field) == (PROJECT, "target_value")
    assert (finding.indicator, finding.value) == ("指标1：补播出苗率", None)
    finding = only(filled(tmp_path, {"质量1 名称": None}), "S02")
    assert finding.message == "指标值“≥80%”没有对应的指标名称"
    assert (finding.field, finding.indicator) == ("level3", None)


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"数量1": "***亩"}, ["V01 error D14"]),
        ({"数量1": "≥XX亩"}, ["V01 error D14"]),
        ({"数量1": "××亩"}, ["V01 error D14"]),
        ({"数量1": "____亩"}, ["V01 error D14"]),
        ({"数量1": "……"}, ["V01 error D14"]),
        ({"数量1": "4000亩……"}, ["V01 error D14"]),
        ({"质量1": "＊＊＊％"}, ["V01 error D16"]),
        ({"质量1 名称": "指标1：XX出苗率"}, ["V01 error C16"]),
        ({"质量1 名称": "指标1：XX率", "质量1": "XX%"}, ["V01 error C16", "V01 error D16"]),
        ({"annual_goal": "2026年补播XX亩，盖度提高**个百分点。"}, ["V01 error C12"]),
        ({"project_name": "XX项目"}, ["V01 error C4"]),
        ({"implementing_unit": "××站"}, ["V01 error E5"]),
        ({"project_period": "2026年__月至__月"}, ["V01 error E6"]),
        # An X in a word, a product, a standard, an ellipsis that only ends a sentence.
        ({"数量1 名称": "指标1：购置X光机数量"}, []),
        ({"数量1 名称": "指标1：MAXX-2型播种机台数"}, []),
        ({"数量1": "7×24小时"}, []),
        ({"质量1 名称": "指标1：符合LY/T 2188—2013的比例"}, []),
        ({"annual_goal": "2026年补播4000亩，管护围栏、灌溉……"}, []),
        ({"数量1": "**4000亩**"}, []),
        ({"数量1": "0亩"}, []),
    ],
    ids=str,
)
def test_v01(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_v01_shows_the_mask(tmp_path):
    finding = only(filled(tmp_path, {"数量1": "≥***亩"}), "V01")
    assert finding.message == "“≥***亩”中的“***”是占位符，还没有填写"
    assert (finding.field, finding.indicator) == ("target_value", "指标1：补播改良面积")
    assert finding.value == "≥***亩"


def test_v01_shows_a_long_text_short(tmp_path):
    goal = "XX" + "补播改良退化草原，" * 30
    finding = only(filled(tmp_path, {"annual_goal": goal}), "V01")
    assert len(finding.message) < 80
    assert finding.value == goal


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        # The name asks for a rate or a count.
        ({"质量1": "无"}, ["V02 error D16"]),
        ({"社会效益1": "不涉及"}, ["V02 error D21"]),
        ({"数量2": "/"}, ["V02 error D15"]),
        ({"满意度1": "——"}, ["V02 error D24"]),
        # It asks for something else.
        ({"经济效益1": "无"}, ["V02 warning D20"]),
        ({"时效1": "-"}, ["V02 warning D17"]),
        # In place of both.
        ({"社会效益1 名称": "无", "社会效益1": "无"}, ["V02 warning D21"]),
        ({"社会效益1 名称": "/", "社会效益1": "/"}, ["V02 warning D21"]),
        ({"社会效益1 名称": "指标1：不涉及", "社会效益1": "无"}, ["V02 warning D21"]),
        ({"社会效益1 名称": "无", "社会效益1": None}, ["V02 warning D21"]),
        ({"社会效益1 名称": None, "社会效益1": "无"}, ["V02 warning D21"]),
        ({"社会效益1 名称": "0", "社会效益1": "0"}, ["V02 warning D21"]),
        ({"经济效益1 名称": "无", "经济效益1": "无"}, ["V02 info D20"]),
        ({"生态效益1 名称": "不涉及", "生态效益1": "/"}, ["V02 info D22"]),
        ({"社会效益1 名称": "无", "社会效益1": "≥300户"}, ["V02 warning C21"]),
        # A true zero, and words that only begin with 无.
        ({"社会效益1": "0起"}, []),
        ({"社会效益1": "0"}, []),
        ({"社会效益1": 0}, []),
        ({"质量1": "0%"}, []),
        ({"质量1": "无事故"}, []),
        ({"质量1 名称": "指标1：无纸化办公率"}, []),
        ({"社会效益1 名称": "指标1：无家可归牧户数"}, []),
    ],
    ids=str,
)
def test_v02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"质量1": "无"}, "指标“指标1：补播出苗率”的指标值写成了“无”"),
        ({"生态效益1 名称": "无", "生态效益1": "无"}, "生态效益的指标和指标值都写成了“无”"),
        ({"质量1 名称": "无"}, "指标名称写成了“无”，指标值却是“≥80%”"),
    ],
)
def test_v02_says_which(tmp_path, changes, message):
    assert only(filled(tmp_path, changes), "V02").message == message


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"数量2": "若干"}, ["V03 error D15"]),
        ({"数量2": "按计划完成"}, ["V03 error D15"]),
        ({"数量2": "全部牧户"}, ["V03 error D15"]),
        ({"数量2": "完成"}, ["V03 error D15"]),
        ({"数量2": "三十人次"}, []),
        ({"数量2": "≥１２０人次"}, []),
        ({"数量2": "每季度1次"}, []),
        ({"数量2": "100-150人次"}, []),
        ({"数量2": 120}, []),
        # Only quantities need a number.
        ({"质量1": "达到设计要求"}, []),
        ({"可持续影响1": "长期"}, []),
    ],
    ids=str,
)
def test_v03(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_v03_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"数量2": "若干"}), "V03")
    assert finding.message == "数量指标“指标2：培训牧户人数”的指标值“若干”没有数字"
    assert (finding.field, finding.indicator, finding.value) == (
        "target_value",
        "指标2：培训牧户人数",
        "若干",
    )


def test_one_cell_has_one_of_these_findings(tmp_path):
    for value in (None, "***", "无", "若干", "/", "XX", "待定"):
        found_there = [
            f.rule
            for f in validate(filled(tmp_path, {"数量2": value})).findings
            if f.cell == cell_of("数量2")
        ]
        assert len(found_there) == 1, (value, found_there)


FORMULAS = {
    "annual_amount": "年度资金总额是公式，还没有计算出结果",
    "annual_goal": "年度总体绩效目标是公式，还没有计算出结果",
    "project_attribute": "项目属性是公式，还没有计算出结果",
    "local_appropriation": "本级资金·财政拨款是公式，还没有计算出结果",
    "数量2": "“培训牧户人数”的指标值是公式，还没有计算出结果",
    "成本1": "“草种采购费”的指标值是公式，还没有计算出结果",
    "质量1 名称": "三级指标是公式，还没有计算出结果",
}


def test_a_formula_without_a_value_is_told_as_one_in_every_cell(tmp_path):
    path = filled(tmp_path, {}, every_rule=True)
    book = load_workbook(path)
    for key in FORMULAS:
        sheet, cell = places()[0][key]
        book[sheet][cell] = "=1+1"
    book.save(path)
    told = [f for f in validate(path).findings if f.project == PROJECT]
    assert {(f.rule, f.cell): f.message for f in told if f.rule != "P05"} == {
        ("V01", cell_of(key)): message for key, message in FORMULAS.items()
    }
    assert all("保存一次" in f.suggestion for f in told if f.rule == "V01")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("安全事故起数", "无", "“0起”"),
        ("火灾死亡人数", "无", "“0人”"),
        ("施工扰民投诉次数", "无", "“0次”"),
        ("较大火灾", "不涉及", "“0起”"),
        ("返贫率", "无", "“0%”"),
        ("安全事故处置率", "无", "请保留该行"),
        ("受益牧户数", "无", "请保留该行"),
        ("投诉办结数量", "/", "请保留该行"),
        ("事故应急演练次数", "无", "请保留该行"),
        ("补播出苗率", "无", "请保留该行"),
    ],
)
def test_v02_advises_a_zero_for_mishaps(tmp_path, name, value, advice):
    changes = {"社会效益1 名称": f"指标1：{name}", "社会效益1": value}
    assert advice in only(filled(tmp_path, changes), "V02").suggestion
