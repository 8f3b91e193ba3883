"""Cost reconciliation on workbooks (C01-C03): what is found, where, with which arithmetic."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled, found, only

PER_ACRE = {"成本1 名称": "指标1：每亩补播改良成本", "成本1": "400元/亩"}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "控制在预算内", "成本2": "按合同支付"}, ["C01 error D18"]),
        ({"成本1": "≤100%", "成本2": "≤95%"}, ["C01 error D18"]),
        ({"成本1": None, "成本2": "不超预算"}, ["S02 error D18", "C01 error D19"]),
        ({"成本1": "控制在预算内", "成本2": "280万元"}, []),
        ({"成本1": "≤280万元", "成本2": "不超预算"}, []),
        # A blank and a mask are told once, by S02 and V01.
        ({"成本1": None, "成本2": None}, ["S02 error D18", "S02 error D19"]),
        ({"成本1": "***万元", "成本2": None}, ["V01 error D18", "S02 error D19"]),
    ],
    ids=str,
)
def test_c01(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_c01_shows_the_values_and_the_budget(tmp_path):
    finding = only(filled(tmp_path, {"成本1": "控制在预算内", "成本2": "按合同支付"}), "C01")
    assert finding.message == "成本指标的指标值（“控制在预算内”、“按合同支付”）都不是金额"
    assert "≤280万元" in finding.suggestion
    assert (finding.project, finding.field) == (PROJECT, "target_value")
    assert finding.indicator == "指标1：草种采购费"


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "170万元"}, ["C02 error D18"]),
        ({"成本2": "1200000.01元"}, ["C02 error D18"]),
        ({**PER_ACRE, "成本1": "500元/亩"}, ["C02 error D18"]),
        ({**PER_ACRE, "数量1": "4001亩"}, ["C02 error D18"]),
        ({"成本1": "1600000元"}, []),
        ({"成本1": "≤160万元", "成本2": "不超过120万元"}, []),
        # A unit cost below the budget, right with its quantity.
        (PER_ACRE, []),
        ({**PER_ACRE, "成本1": "≤400元"}, []),
        # An upper-bound quantity gives an upper bound.
        ({**PER_ACRE, "数量1": "0-4000亩"}, []),
        ({**PER_ACRE, "数量1": "≤5000亩"}, []),
        # One block alone.
        ({"成本1": "60万元", "成本2": "20万元"}, []),
        ({"成本1": "80万元"}, []),
    ],
    ids=str,
)
def test_c02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"成本1": "170万元"}, "170万元 + 120万元 = 290 万元 > 年度资金总额 280 万元，多 10 万元"),
        (
            {**PER_ACRE, "成本1": "500元/亩"},
            "4000亩×500元 + 120万元 = 320 万元 > 年度资金总额 280 万元，多 40 万元",
        ),
        (
            {"成本1": "290.5万元", "成本2": None, "成本2 名称": None},
            "成本 290.5 万元 > 年度资金总额 280 万元，多 10.5 万元",
        ),
        (
            {"成本1": "170万元", "annual_amount": None},
            "170万元 + 120万元 = 290 万元 > 资金来源合计（年度资金总额未填） 280 万元，多 10 万元",
        ),
    ],
)
def test_c02_prints_the_arithmetic(tmp_path, changes, message):
    finding = only(filled(tmp_path, changes), "C02")
    assert finding.message == message
    assert (finding.project, finding.cell) == (PROJECT, cell_of("成本1"))


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"成本1": "150万元"}, ["C03 warning D18"]),
        ({"成本1": "1599999.99元"}, ["C03 warning D18"]),
        ({**PER_ACRE, "数量1": "3000亩"}, ["C03 warning D18"]),
        ({**PER_ACRE, "数量1": "0-3000亩"}, ["C03 warning D18"]),
        ({"成本1": "控制在预算内"}, ["C03 warning D19"]),
        ({"数量1": "≥4000亩", **PER_ACRE}, []),
        # What is still to be filled in may be the rest.
        ({"成本1": None}, ["S02 error D18"]),
        ({"成本1": "***万元"}, ["V01 error D18"]),
        # 无 is not to be filled in.
        ({"成本1 名称": "无", "成本1": "无"}, ["V02 warning D18", "C03 warning D19"]),
    ],
    ids=str,
)
def test_c03(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_c03_prints_the_arithmetic(tmp_path):
    finding = only(filled(tmp_path, {"成本1": "150.5万元"}), "C03")
    assert finding.message == (
        "150.5万元 + 120万元 = 270.5 万元 < 年度资金总额 280 万元，少 9.5 万元，"
        "数量指标也解释不了差额"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({**PER_ACRE, "数量1": "***亩"}, "“补播改良面积”的数量还是占位符，无法与单价相乘"),
        ({"成本1": None}, "成本指标“指标1：草种采购费”的金额还没有填写"),
        ({"成本1": "***万元"}, "成本指标“指标1：草种采购费”的金额还没有填写"),
        ({"annual_amount": "待定"}, "年度资金总额“待定”不是金额"),
    ],
)
def test_what_cannot_be_reconciled_is_not_judged(tmp_path, changes, reason):
    review = validate(filled(tmp_path, changes))
    told = {n.rule: n.reason for n in review.not_judged if n.rule.startswith("C")}
    assert told == {"C02": reason, "C03": reason}
    assert not [f for f in review.findings if f.rule in ("C02", "C03")]


def test_without_cost_indicators_nothing_is_judged(tmp_path):
    gone = {key: None for n in (1, 2) for key in (f"成本{n}", f"成本{n} 名称")}
    review = validate(filled(tmp_path, gone))
    assert [f.rule for f in review.findings] == ["S01"]
    assert [(n.rule, n.reason) for n in review.not_judged] == [
        (code, "没有成本指标") for code in ("C01", "C02", "C03")
    ]


def test_each_project_is_reconciled_by_itself(tmp_path):
    path = filled(tmp_path, {"成本1": "170万元"}, other={"数量1": "20场"})
    assert found(path, projects=True) == [
        f"C02 error {PROJECT}!D18",
        f"C03 warning {OTHER_PROJECT}!{cell_of('成本1', project=1)}",
    ]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"经济成本1": "170万元"}, ["C02 error D14"]),
        ({"经济成本1": "控制在预算内", "经济成本2": "按合同支付"}, ["C01 error D14"]),
        ({"经济成本1": "150万元", "社会成本1": "10万元"}, []),
        ({"经济成本1": "150万元"}, ["C03 warning D14"]),
    ],
    ids=str,
)
def test_costs_of_2021(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, edition="2021")) == findings
