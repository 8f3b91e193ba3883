"""Dates, deadlines and periods against the plan year and 项目期 (T01-T05)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import filled, only, told

TWO_YEARS = {"project_period": "2025年1月至2026年12月", "total_amount": 500}


def found(path, *rules, year=None):
    return [told(f) for f in validate(path, plan_year=year).findings if f.rule in rules]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1": "2025年7月底前"}, ["T01 error D17"]),
        ({"时效1 名称": "指标1：2025年完成补播", "时效1": "100%"}, ["T01 error C17"]),
        # One finding speaks for the row.
        ({"时效1 名称": "指标1：2025年完成补播", "时效1": "2025年7月"}, ["T01 error D17"]),
        ({"成本1": "160万元，25年底前付清"}, ["T01 error D18"]),
        ({"annual_goal": "2025年计划补播改良退化草原4000亩。"}, ["T01 error C12"]),
        ({"project_period": "2025年1月至2025年12月"}, ["T01 error E6"]),
        ({"时效1": "2026年7月底前"}, []),
        ({"时效1": "7月底前"}, []),
        ({"时效1": "2025年10月至2026年7月"}, []),
        ({"社会效益1": "≤2025年"}, []),
        ({"社会效益1 名称": "指标1：2025年认定的示范户数"}, []),
        ({"时效1 名称": "指标1：2025年结转资金使用完毕时间"}, []),
        ({"质量1 名称": "指标1：符合LY/T 2188—2013的比例"}, []),
        ({"annual_goal": "使用2025年结转资金，2026年补播4000亩。"}, []),
        (TWO_YEARS, []),
    ],
    ids=str,
)
def test_t01(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T01") == findings


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1": "次年1月底前"}, ["T02 warning D17"]),
        ({"时效1": "2026年10月至2027年3月"}, ["T02 warning D17"]),
        ({"时效1 名称": "指标1：2027年完成补播", "时效1": "100%"}, ["T02 warning C17"]),
        ({"annual_goal": "解决本年度和下年度所需草种经费。"}, ["T02 warning C12"]),
        ({"project_period": "2027年1月至2027年12月"}, ["T02 warning E6"]),
        ({"时效1": "2026-2027年采暖季前"}, []),
        ({"annual_goal": "2026年补播4000亩，2027年计划补播5000亩。"}, []),
        ({"可持续影响1": "≥5年"}, []),
        ({"数量1 名称": "指标1：“十五五”规划（2026-2030年）编制数量"}, []),
    ],
    ids=str,
)
def test_t02(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T02") == findings


def test_the_years_are_those_of_the_plan_year_given(tmp_path):
    path = filled(tmp_path, every_rule=True)
    assert found(path, "T01", "T02") == []
    assert found(path, "T01", "T02", year=2027) == ["T01 error D17", "T01 error D17"]
    assert found(path, "T01", "T02", year=2025) == ["T02 warning D17", "T02 warning D17"]


def test_an_early_date_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"时效1": "2025年7月底前"}, every_rule=True), "T01")
    assert finding.message == "“2025年7月底前”早于计划年度 2026 年"
    assert (finding.field, finding.value) == ("target_value", "2025年7月底前")
    assert "2026 年" in finding.suggestion


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1": "合同签订后30日"}, ["T03 info D17"]),
        ({"时效1 名称": "指标1：资金下达后20日内拨付率", "时效1": "100%"}, ["T03 info C17"]),
        ({"时效1": "接到火情报告后30分钟内"}, []),
        ({"时效1": "≤24小时"}, []),
        # Elsewhere it is no deadline.
        ({"可持续影响1": "验收后5年"}, []),
    ],
    ids=str,
)
def test_t03(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T03") == findings


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1 名称": "指标1：补播任务执行进度", "时效1": "100%"}, ["T04 warning D17"]),
        ({"时效1 名称": "指标1：补播任务完成率", "时效1": "完成率100%"}, ["T04 warning D17"]),
        ({"时效1 名称": "指标1：补播及时率", "时效1": "100%"}, []),
        ({"时效1 名称": "指标1：按期完成率", "时效1": "≥95%"}, []),
        ({"时效1 名称": "指标1：雨季前完成补播比例", "时效1": "≥60%"}, []),
        ({"时效1 名称": "指标1：火情到场时间", "时效1": "≤30分钟"}, []),
        ({"时效1 名称": "指标1：巡护频次", "时效1": "每月2次"}, []),
        ({"时效1 名称": "指标1：一年", "时效1": "合同期12个月"}, []),
        # Other rules speak of these: no number, nothing, a mask, a blank, a count of things.
        ({"时效1": "按期完成"}, []),
        ({"时效1": "无"}, []),
        ({"时效1": "***"}, []),
        ({"时效1": None}, []),
        ({"时效1 名称": "指标1：走访牧户", "时效1": "50户"}, []),
        ({"质量1 名称": "指标1：任务完成率", "质量1": "100%"}, []),
    ],
    ids=str,
)
def test_t04(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T04") == findings


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1 名称": "指标1：2年内完成补播", "时效1": "100%"}, ["T05 warning C17"]),
        ({"时效1": "合同期24个月"}, ["T05 warning D17"]),
        ({"时效1 名称": "指标1：服务期限", "时效1": "18个月"}, ["T05 warning D17"]),
        ({"时效1 名称": "指标1：1年内完成补播", "时效1": "≥50%"}, []),
        ({"时效1": "合同期12个月"}, []),
        ({"时效1": "合同期365天"}, []),
        ({"时效1": "合同期24个月", **TWO_YEARS}, []),
        ({"可持续影响1 名称": "指标1：管护服务期", "可持续影响1": "5年"}, []),
        ({"时效1 名称": "指标1：建成后3年内完好率", "时效1": "100%"}, []),
    ],
    ids=str,
)
def test_t05(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T05") == findings


def test_a_contradicting_period_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"时效1": "合同期24个月"}, every_rule=True), "T05")
    assert finding.message == "“合同期24个月”超出了项目期“1年”"


@pytest.mark.parametrize(
    ("period", "reason"),
    [(None, "项目期没有填写"), ("长期", "项目期“长期”读不出时间长短")],
)
def test_without_a_period_nothing_contradicts_it(tmp_path, period, reason):
    changes = {"时效1": "合同期24个月", "project_period": period}
    review = validate(filled(tmp_path, changes, every_rule=True))
    assert [f.rule for f in review.findings if f.rule == "T05"] == []
    assert {n.rule: n.reason for n in review.not_judged if n.rule in ("T05", "H06", "F05")} == {
        "F05": reason,
        "H06": reason,
        "T05": reason,
    }
