"""Dates, deadlines and periods against the plan year and 项目期 (T01-T07)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.review.evidence.years import Voice
from perfgoals_xl.review.rules import times
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
        # Last year as the time of the work, without any word of intent.
        ({"annual_goal": "2025年，为全县4000亩退化草原提供补播改良。"}, ["T01 error C12"]),
        ({"annual_goal": "2025年投入280万元，用于草原补播。"}, ["T01 error C12"]),
        ({"annual_goal": "补播退化草原。2025年度完成补播4000亩。"}, ["T01 error C12"]),
        ({"annual_goal": "2025年补播改良退化草原4000亩，出苗率80%以上。"}, ["T01 error C12"]),
        ({"annual_goal": "一是2025年底前建成围栏20公里；二是补播4000亩。"}, ["T01 error C12"]),
        ({"annual_goal": "2025年已完成补播3000亩，本年补播4000亩。"}, []),
        ({"annual_goal": "支付2025年签订合同的尾款，补播4000亩。"}, []),
        ({"annual_goal": "根据2025年草原普查结果，补播4000亩。"}, []),
        ({"annual_goal": "在2025年补播3000亩的基础上，再补播4000亩。"}, []),
        ({"annual_goal": "2025年全县共有退化草原4万亩，补播其中4000亩。"}, []),
        ({"annual_goal": "较2025年提高植被盖度5个百分点，补播4000亩。"}, []),
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


YEAR_OF_BOTH = {
    told: [f"{told} C12", f"{told} D17", f"{told} C12", f"{told} D17"]
    for told in ("T01 error", "T02 warning")
}


def test_the_years_are_those_of_the_plan_year_given(tmp_path):
    path = filled(tmp_path, every_rule=True)
    assert found(path, "T01", "T02") == []
    assert found(path, "T01", "T02", year=2027) == YEAR_OF_BOTH["T01 error"]
    assert found(path, "T01", "T02", year=2025) == YEAR_OF_BOTH["T02 warning"]


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


def line(*findings):
    return [f"{code} warning {cell}" for code, cell in findings]


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"时效1": "2026年4月31日前"}, line(("T06", "D17"))),
        ({"时效1": "9月31日"}, line(("T06", "D17"))),
        ({"时效1": "2026年13月底前"}, line(("T06", "D17"))),
        ({"时效1": "2026-02-30"}, line(("T06", "D17"))),
        ({"时效1": "2026年2月29日前"}, line(("T06", "D17"))),
        ({"时效1": "第五季度前"}, line(("T06", "D17"))),
        ({"时效1": "46203"}, line(("T06", "D17"))),
        ({"时效1 名称": "指标1：6月31日前完成率", "时效1": "100%"}, line(("T06", "C17"))),
        ({"annual_goal": "2026年6月31日前补播4000亩。"}, line(("T06", "C12"))),
        ({"project_period": "46023至46387"}, line(("T06", "E6"))),
        ({"时效1": "2026年4月30日前"}, []),
        ({"时效1": "2月29日前"}, []),
        ({"时效1": "2026年12月31日"}, []),
        ({"时效1": "≤15个工作日"}, []),
        ({"时效1": "第四季度前"}, []),
        ({"时效1 名称": "指标1：巡护间隔", "时效1": "≤13小时"}, []),
        ({"数量1": "46203亩"}, []),
        ({"数量1 名称": "指标1：符合LY/T 2026.13—2013的面积"}, []),
        ({"数量2 名称": "指标2：13月龄羔羊数"}, []),
    ],
    ids=str,
)
def test_t06(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T06", "T04", "V05") == findings


def test_a_serial_number_is_told_as_the_date_that_it_is_of(tmp_path):
    finding = only(filled(tmp_path, {"时效1": "46203"}, every_rule=True), "T06")
    assert finding.message == "“46203”是日期的序列数，对应 2026年6月30日"
    assert "“2026年6月30日”" in finding.suggestion


HALF_YEAR = {"project_period": "2026年1月至2026年6月"}


def ordered(begin, end, begun="指标1：开工时间", ended="指标2：完工时间"):
    return {"质量1 名称": begun, "质量1": begin, "时效1 名称": ended, "时效1": end}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        (ordered("2026年9月", "2026年6月"), line(("T07", "D17"))),
        (ordered("9月底前", "6月底前"), line(("T07", "D17"))),
        (ordered("2026-09-01", "2026年6月30日前"), line(("T07", "D17"))),
        (
            ordered("8月", "5月", "围栏建设开工时间", "围栏建设竣工时间"),
            line(("T07", "D17")),
        ),
        ({"时效1": "9月开工，6月底完工"}, line(("T07", "D17"))),
        ({"annual_goal": "2026年补播4000亩，10月开工建设，7月底前竣工。"}, line(("T07", "C12"))),
        ({"project_period": "2026年12月至2026年3月"}, line(("T07", "E6"))),
        ({**HALF_YEAR, "时效1": "2026年10月底前"}, line(("T07", "D17"))),
        (ordered("2026年3月", "2026年9月"), []),
        (ordered("2026年6月", "2026年6月底前"), []),
        # Other objects and other phases.
        (ordered("9月", "6月", "二期工程开工时间", "一期工程完工时间"), []),
        (ordered("9月", "6月", "围栏开工时间", "补播完工时间"), []),
        # Payment, settlement, audit and warranty go on after the work.
        ({**HALF_YEAR, "时效1 名称": "尾款支付完成时间", "时效1": "2026年10月底前"}, []),
        ({**HALF_YEAR, "时效1 名称": "竣工决算审计完成时间", "时效1": "2026年10月底前"}, []),
        ({**HALF_YEAR, "时效1": "2026年6月底前"}, []),
        ({"project_period": "2026年11月至2027年3月"}, []),
        ({"时效1": "3月开工，7月底完工"}, []),
    ],
    ids=str,
)
def test_t07(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes, every_rule=True), "T07") == findings


def test_dates_out_of_order_are_told_with_both_names(tmp_path):
    finding = only(filled(tmp_path, ordered("9月", "6月底前"), every_rule=True), "T07")
    assert finding.message == "“完工时间”（6月底）早于“开工时间”（9月）"


@pytest.mark.parametrize("value", ["≤2012.4", "1900.8", "≤20251105"])
def test_an_amount_with_its_unit_in_the_name_is_no_date(value):
    row = {
        "indicator": "项目总成本（万元）",
        "level3": "项目总成本（万元）",
        "target_value": value,
        "kind": parse_target(value).kind,
        "plan_year": 2026,
    }
    cells = (("target_value", Voice.VALUE),)
    assert times.before_plan_year(cells)(row) is None
    assert times.before_plan_year(cells)(row | {"level3": "完成时间"}) is not None
