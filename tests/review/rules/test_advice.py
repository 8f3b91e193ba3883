"""What staff are told to do: it can be done, and no other rule sends it back."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.review.catalogue import RULES
from tests.support.steps import filled, only

NO_TOTAL = {"annual_amount": None}


@pytest.mark.parametrize(
    ("code", "changes", "advice"),
    [
        ("F01", NO_TOTAL, "填写合计 280"),
        ("F01", {"annual_amount": "约280"}, "只填数字"),
        ("V02", {"质量1 名称": "指标1：安全生产事故起数", "质量1": "无"}, "请写成“0起”"),
        ("V02", {"质量1 名称": "指标1：施工人员死亡人数", "质量1": "/"}, "请写成“0人”"),
        ("V02", {"质量1 名称": "指标1：有效投诉率", "质量1": "无"}, "请写成“0%”"),
        ("V02", {"质量1": "无"}, "请保留该行"),
        ("V05", {"满意度1": "≥90"}, "写成“≥90%”"),
        ("V05", {"质量1": "80"}, "写成“80%”"),
        ("V05", {"数量2": "≥120"}, "请补上单位"),
        ("V07", {"质量1": "≤100%"}, "请写成“100%”，或按能够达到的水平写成“≥95%”"),
        ("V07", {"质量1": "≤95%"}, "请把符号改成“≥”"),
        ("S05", {"质量1 名称": "指标1：培训天数", "质量1": "5天"}, "请移到数量指标"),
        ("S05", {"质量1 名称": "指标1：审批办理时间", "质量1": "5天"}, "请移到时效指标"),
    ],
    ids=str,
)
def test_advice(tmp_path, code, changes, advice):
    assert advice in only(filled(tmp_path, changes, every_rule=True), code).suggestion


@pytest.mark.parametrize("value", ["100%", "≥95%"])
def test_what_v07_asks_for_is_no_fault(tmp_path, value):
    found = validate(filled(tmp_path, {"质量1": value}, every_rule=True)).findings
    assert [f.rule for f in found if f.rule in ("V07", "V08")] == []


def test_nobody_is_told_to_delete_a_row_of_the_form():
    texts = [rule.suggested.zh for rule in RULES.values()]
    texts += [text.zh for rule in RULES.values() for text in rule.suggestions.values()]
    assert not [text for text in texts if "删除该行" in text or "一并删除" in text]


def test_prices_may_stay_in_yuan(tmp_path):
    changes = {"成本1 名称": "指标1：围栏造价", "成本1": "16000元/公里", "数量1": "100公里"}
    changes |= {"数量1 名称": "指标1：围栏长度"}
    found = validate(filled(tmp_path, changes, every_rule=True)).findings
    assert not [f for f in found if f.rule.startswith("C")]


def test_ordinals_are_told_once_for_a_table(tmp_path):
    changes = {"数量2 名称": "指标3：培训牧户人数", "成本2 名称": "指标3：机械作业费"}
    finding = only(filled(tmp_path, changes, every_rule=True), "S06")
    assert finding.message == "数量指标的序号是1、3；成本指标的序号是1、3，不连续或有重复"
