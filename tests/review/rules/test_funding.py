"""The funding block (F01-F04): amounts, blanks and sums to the last decimal."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import PROJECT, filled, found, only, text_of

LOCAL = ("local_total", "local_appropriation", "local_other", "local_carryover")
TRANSFER = ("transfer_total", "transfer_central", "transfer_regional")
COSTS = ("成本1", "成本2")


def amounts(**values: object) -> dict[str, object]:
    """All amounts anew: those not named are blank; costs that add up to the year's amount."""
    names = ("total_amount", "annual_amount", *LOCAL, *TRANSFER)
    changes: dict[str, object] = dict.fromkeys(names)
    return changes | {"成本1": None, "成本1 名称": None} | values


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"annual_amount": None}, ["F01 error E7"]),
        ({"annual_amount": "　"}, ["F01 error E7"]),
        ({"annual_amount": "待定"}, ["F01 error E7"]),
        ({"annual_amount": "二百八十万元"}, ["F01 error E7"]),
        ({"annual_amount": "约280"}, ["F01 error E7"]),
        ({"annual_amount": -280}, ["F01 error E7"]),
        ({"annual_amount": "280"}, []),
        ({"annual_amount": "２８０．００ 万元"}, []),
        ({"annual_amount": "2,800,000元"}, []),
    ],
    ids=str,
)
def test_f01(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "年度资金总额没有填写，各资金来源合计为 280 万元"),
        ("待定", "年度资金总额“待定”不是金额"),
        (-280.5, "年度资金总额 -280.5 万元小于零"),
    ],
)
def test_f01_says_what_is_wrong(tmp_path, value, message):
    finding = only(filled(tmp_path, {"annual_amount": value}), "F01")
    assert finding.message == message
    assert (finding.sheet, finding.project, finding.field) == (PROJECT, PROJECT, "annual_amount")


def test_f01_knows_no_sum_where_no_source_is_filled(tmp_path):
    path = filled(tmp_path, dict.fromkeys(("annual_amount", *LOCAL, *TRANSFER)))
    assert only(path, "F01").message == "年度资金总额没有填写"
    assert found(path) == ["F01 error E7"]


def test_f01_names_a_lone_amount_and_does_not_take_it(tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().replace("其中：年度资金总额\t280", "其中：年度资金总额", 1)
    text = text.replace(
        "其中：本级资金\t资金总额\t80", "\t\t\t\t280\n其中：本级资金\t资金总额\t80", 1
    )
    path.write_text(text, encoding="utf-8")
    finding = only(path, "F01")
    assert finding.message == "年度资金总额没有填写，E11 有一个没有标签的 280"
    assert found(path) == ["F01 error E10"]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"annual_amount": 270, "成本1": "150万元"}, ["F02 error E7"]),
        ({"annual_amount": 279.999999, "成本1": "1599999.99元"}, ["F02 error E7"]),
        ({"annual_amount": 0, "成本1": "0万元", "成本2": "0万元"}, ["F02 error E7"]),
        ({"transfer_total": 201, "transfer_central": 151}, ["F02 error E7"]),
        # Equal at six decimals, and as binary numbers not.
        (
            {"annual_amount": 280.000001, "total_amount": 280.000001, "local_total": 80.000001,
             "local_other": 5.000001, "成本1": "1600000.01元"},
            [],
        ),
        (
            amounts(total_amount=0.3, annual_amount=0.30000000000000004, local_total=0.1,
                    local_appropriation=0.1, transfer_total=0.2, transfer_central=0.2,
                    成本2="0.3万元"),
            [],
        ),
        (
            amounts(total_amount=3352.99687, annual_amount=3352.99687, local_total=3352.99687,
                    local_appropriation=3350.87, local_carryover=2.12687, 成本2="3352.99687万元"),
            [],
        ),
        # A block without its own total counts with its parts.
        ({"local_total": None}, []),
        ({"local_total": None, "local_other": 6}, ["F02 error E7"]),
        # 本级 0 with 转移 above 0, and a transfer block left blank.
        (
            amounts(total_amount=200, annual_amount=200, local_total=0, local_appropriation=0,
                    transfer_total=200, transfer_central=200, 成本2="200万元"),
            [],
        ),
        (
            amounts(total_amount=80, annual_amount=80, local_total=80, local_appropriation=80,
                    成本2="80万元"),
            [],
        ),
        # Nothing to compare with is no fault of the sum.
        (amounts(total_amount=80, annual_amount=80, 成本2="80万元"), []),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_f02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_f02_prints_the_arithmetic(tmp_path):
    finding = only(filled(tmp_path, {"annual_amount": 270.25}), "F02")
    assert finding.message == (
        "年度资金总额 270.25 万元 ≠ 资金来源合计 280 万元"
        "（本级资金 80 + 转移市县（区）资金 200），来源多 9.75 万元"
    )
    assert (finding.field, finding.value) == ("annual_amount", "270.25")


def test_f02_prints_the_parts_of_a_block_without_total(tmp_path):
    finding = only(filled(tmp_path, {"local_total": None, "local_other": 4}), "F02")
    assert (
        "（财政拨款 60 + 其他资金 4 + 结余结转资金 15 + 转移市县（区）资金 200）" in finding.message
    )
    assert finding.message.endswith("，来源少 1 万元")


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"local_other": 6}, ["F03 error C8"]),
        ({"local_other": 5.000001}, ["F03 error C8"]),
        ({"transfer_regional": None}, ["F03 error F8"]),
        ({"local_other": 6, "transfer_central": 149}, ["F03 error C8", "F03 error F8"]),
        ({"local_other": None, "local_carryover": 20}, []),
        ({"local_other": 0, "local_appropriation": "65万元"}, []),
        # A total of 0 without parts is a zero, not a gap.
        (
            amounts(total_amount=80, annual_amount=80, local_total=80, local_carryover=80,
                    transfer_total=0, 成本2="80万元"),
            [],
        ),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_f03(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_f03_prints_the_arithmetic(tmp_path):
    path = filled(tmp_path, {"transfer_regional": 60})
    finding = only(path, "F03")
    assert finding.message == (
        "转移市县（区）资金·资金总额 200 万元 ≠ 明细合计 210 万元"
        "（中央资金 150 + 自治区资金 60），明细多 10 万元"
    )
    assert (finding.field, finding.cell, finding.value) == ("transfer_total", "F8", "200")


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"total_amount": 279.999999}, ["F04 error C7"]),
        ({"total_amount": 0}, ["F04 error C7"]),
        ({"total_amount": 280}, []),
        ({"total_amount": 1200, "project_period": "2025年1月至2028年12月"}, []),
        ({"total_amount": None}, []),
    ],
    ids=str,
)
def test_f04(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_f04_prints_both_amounts(tmp_path):
    finding = only(filled(tmp_path, {"total_amount": 250}), "F04")
    assert finding.message == "项目总额 250 万元 < 年度资金总额 280 万元，少 30 万元"
    assert (finding.field, finding.value) == ("total_amount", "250")


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        (
            {"annual_amount": None},
            {("F02", "年度资金总额没有填写"), ("F04", "年度资金总额没有填写")},
        ),
        (
            {"annual_amount": "待定"},
            {
                ("F02", "年度资金总额“待定”不是金额"),
                ("F04", "年度资金总额“待定”不是金额"),
                ("C02", "年度资金总额“待定”不是金额"),
                ("C03", "年度资金总额“待定”不是金额"),
            },
        ),
        (
            {"annual_amount": -1},
            {("C02", "年度资金总额小于零"), ("C03", "年度资金总额小于零")},
        ),
        ({"total_amount": None}, {("F04", "项目总额没有填写")}),
        ({"local_total": None}, {("F03", "本级资金·资金总额没有填写")}),
        ({"local_other": "五万"}, {("F03", "本级资金·其他资金不是金额")}),
        (
            dict.fromkeys((*LOCAL, *TRANSFER)),
            {("F02", "资金来源都没有填写")},
        ),
        (
            dict.fromkeys(("transfer_central", "transfer_regional")),
            {("F03", "转移市县（区）资金的明细都没有填写")},
        ),
    ],
    ids=lambda value: None,
)
def test_what_cannot_be_compared_is_not_judged(tmp_path, changes, reasons):
    review = validate(filled(tmp_path, changes))
    assert {(n.rule, n.reason) for n in review.not_judged} == reasons
    assert {n.project for n in review.not_judged} == {PROJECT}
    judged = {n.rule for n in review.not_judged}
    assert not judged.intersection(f.rule for f in review.findings)


def test_a_form_in_yuan_is_told_in_yuan(tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().partition("\n2026年")[0].replace("单位：万元", "单位：元")
    for amount in (280, 80, 200, 60, 150, 50, 15, 5):
        text = text.replace(f"\t{amount}\n", f"\t{amount}0000\n")
        text = text.replace(f"\t{amount}\t", f"\t{amount}0000\t")
    path.write_text(text, encoding="utf-8")
    assert found(path) == []
    path.write_text(
        text.replace("年度资金总额\t2800000", "年度资金总额\t2700000"), encoding="utf-8"
    )
    assert found(path) == ["F02 error E10", "C02 error E21"]
    assert "年度资金总额 2700000 元 ≠ 资金来源合计 2800000 元" in only(path, "F02").message
    assert only(path, "C02").message == (
        "160万元 + 120万元 = 2800000 元 > 年度资金总额 2700000 元，多 100000 元"
    )
