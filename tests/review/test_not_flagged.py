"""What must not be flagged: what looks odd and is right, each on a real workbook."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.review.catalogue import Severity
from tests.support.steps import PROJECT, filled, found, rename_sheet, text_of

NO_TRANSFER = dict.fromkeys(("transfer_total", "transfer_central", "transfer_regional"))

RIGHT = {
    "last year's carry-over in the funds": {
        "annual_goal": "使用2025年结转资金15万元，2026年补播改良退化草原4000亩。",
        "成本1 名称": "指标1：草种采购费（含上年结转15万元）",
    },
    "the carry-over as the subject of an indicator": {
        "时效1 名称": "指标1：2025年结转资金使用完毕时间",
        "时效1": "2026年3月底前",
    },
    "a document number and a plan period in the goal": {
        "annual_goal": "按青政发〔2021〕83号和“十五五”（2026—2030年）规划，2026年补播4000亩。",
    },
    "the number of a standard": {"质量1 名称": "指标1：符合LY/T 2188—2013标准的补播比例"},
    "a baseline year": {"社会效益1 名称": "指标1：草原火灾起数", "社会效益1": "≤2023年"},
    "a unit cost below the budget that is right with its quantity": {
        "成本1 名称": "指标1：每亩补播改良成本",
        "成本1": "≤400元/亩",
    },
    "one name under 数量, 时效 and 成本": {
        "数量1 名称": "指标1：围栏管护",
        "时效1 名称": "指标1：围栏管护",
        "成本1 名称": "指标1：围栏管护",
    },
    "a true zero": {"社会效益1 名称": "指标1：较大火灾起数", "社会效益1": "0起"},
    "a rate of zero": {"质量1 名称": "指标1：种子混杂率", "质量1": "0%"},
    "a bare zero as a number": {"社会效益1 名称": "指标1：安全事故起数", "社会效益1": 0},
    "a complaint rate": {"满意度1 名称": "指标1：牧民投诉率", "满意度1": "≤2%"},
    "a response time": {"时效1 名称": "指标1：火情到场时间", "时效1": "≤30分钟"},
    "项目总额 above 年度资金总额": {
        "total_amount": 900,
        "project_period": "2025年1月至2027年12月",
        "project_attribute": "延续性项目",
    },
    "本级 0 with 转移 above 0": {
        "local_total": 0,
        "local_appropriation": 0,
        "local_other": 0,
        "local_carryover": 0,
        "annual_amount": 200,
        "total_amount": 200,
        "成本1": "80万元",
    },
    "a transfer block left blank": {
        **NO_TRANSFER,
        "annual_amount": 80,
        "total_amount": 80,
        "成本1": "50万元",
        "成本2": "30万元",
    },
    "a transfer block of zeros": {
        **dict.fromkeys(NO_TRANSFER, 0),
        "annual_amount": 80,
        "total_amount": 80,
        "成本1": "50万元",
        "成本2": "30万元",
    },
    "sums that binary numbers miss": {
        "total_amount": 0.3,
        "annual_amount": 0.1 + 0.2,
        "local_total": 0.1,
        "local_appropriation": 0.1,
        "local_other": None,
        "local_carryover": None,
        "transfer_total": 0.2,
        "transfer_central": 0.1,
        "transfer_regional": 0.1,
        "成本1": "0.1万元",
        "成本2": "0.2万元",
    },
    "six decimals": {
        "total_amount": 280.123456,
        "annual_amount": 280.123456,
        "local_total": 80.123456,
        "local_carryover": 15.123456,
        "成本1": "1601234.56元",
    },
    "amounts typed as texts": {
        "annual_amount": "280",
        "local_total": "８０",
        "total_amount": "280.00",
    },
    "costs in 元 and in 万元": {"成本1": "1600000元", "成本2": "≤120万元"},
    "costs as limits": {"成本1": "不超过160万元", "成本2": "120万元以内"},
    "costs that cover one block": {"成本1": "120万元", "成本2": "80万元"},
    "an upper-bound quantity": {
        "数量1": "0-5000亩",
        "成本1 名称": "指标1：每亩补播改良成本",
        "成本1": "400元/亩",
    },
    "a goal that ends in an ellipsis": {"annual_goal": "2026年补播4000亩，加强管护……"},
    "an X that is a name": {"数量1 名称": "指标1：购置X光机数量", "数量1": "2台"},
    "a name that begins with 无": {"质量1 名称": "指标1：无人机巡护覆盖率"},
    "the whole year in Chinese numerals": {"数量2": "一百二十人次"},
    "codes and marks in the labels": {
        "数量1 一级": "1-产出指标",
        "数量1 二级": "11-数量指标（必填）",
        "经济效益1 二级": "经济效益指标",
    },
    "markup left over in texts": {
        "annual_goal": "<p>2026年补播改良退化草原4000亩。</p>",
        "数量1": "<b>≥4000亩</b>",
    },
    "a note beside an indicator": {"数量1 备注": "***按批复的实施方案"},
}


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT.keys())
def test_right_is_left_alone(tmp_path, changes):
    assert found(filled(tmp_path, changes)) == []


# Right for the rules about sums and pairs, but what other rules are there to find.
FOUND_BY_OTHERS = {"an upper-bound quantity": {"V09"}, "markup left over in texts": {"H07"}}


@pytest.mark.parametrize("case", RIGHT)
def test_with_every_rule_there_is_no_error_and_no_warning(tmp_path, case):
    review = validate(filled(tmp_path, RIGHT[case], every_rule=True))
    grave = {f.rule for f in review.findings if f.severity is not Severity.INFO}
    assert grave == FOUND_BY_OTHERS.get(case, set())


def test_all_that_fits_together_is_left_alone(tmp_path):
    together = {}
    for changes in RIGHT.values():
        if not together.keys() & changes.keys():
            together |= changes
    assert len(together) > 10
    assert found(filled(tmp_path, together)) == []


def test_a_renamed_sheet_is_left_alone(tmp_path):
    path = rename_sheet(filled(tmp_path), PROJECT, "补播'26 >5")
    assert found(path) == []


def test_an_unused_text_below_the_form_is_left_alone(tmp_path):
    path = tmp_path / "原表.txt"
    notes = "\n注：工程量以批复的实施方案为准。\n\n填表人：\t\t联系电话：\n"
    path.write_text(text_of() + notes, encoding="utf-8")
    assert found(path) == []
