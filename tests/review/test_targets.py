"""Every rule about indicators on real workbooks: what it finds and where, and a near miss."""

from __future__ import annotations

import pytest

from tests.support import steps
from tests.support.indicator_cases import TARGET_RULES
from tests.support.steps import OTHER_PROJECT, cell_of, only, review, told

CODES = frozenset(rule.code for rule in TARGET_RULES) | {"S03", "S04", "S06", "V16"}


def filled(tmp_path, changes=None, **options):
    """A correct workbook with ``changes``, every rule on."""
    return steps.filled(tmp_path, changes, every_rule=True, **options)


def found(path, rules=CODES):
    """One line per finding of ``rules``, in order."""
    return [told(finding) for finding in review(path).findings if finding.rule in rules]


def at(key, part="", *, rule, severity="warning"):
    """The line of a finding at an indicator's value or name."""
    return f"{rule} {severity} {cell_of(f'{key} {part}' if part else key)}"


FOUND = {
    "V04 质量": ({"质量1": "达到设计要求"}, [at("质量1", rule="V04")]),
    "V04 时效": ({"时效1": "按期完成"}, [at("时效1", rule="V04")]),
    "V04 效益": (
        {"社会效益1 名称": "指标1：牧区服务能力", "社会效益1": "持续提升"},
        [at("社会效益1", rule="V04", severity="info")],
    ),
    "V10 户数": ({"社会效益1": "持续提升"}, [at("社会效益1", rule="V10")]),
    "V05": ({"数量1": "4000"}, [at("数量1", rule="V05")]),
    "V06 率": ({"质量1": "≥80株"}, [at("质量1", rule="V06")]),
    "V06 分数": (
        {"质量1 名称": "指标1：苗木质量评分", "质量1": "≥85%"},
        [at("质量1", rule="V06")],
    ),
    "V07 成本": ({"成本1": "≥160万元"}, [at("成本1", rule="V07")]),
    "V07 满意": ({"满意度1": "≤95%"}, [at("满意度1", rule="V07")]),
    "V08": ({"质量1": "≥100%"}, [at("质量1", rule="V08")]),
    "V09": ({"社会效益1": "0-300户"}, [at("社会效益1", rule="V09")]),
    "V10": (
        {"社会效益1 名称": "指标1：草原火灾起数较去年下降", "社会效益1": "有所下降"},
        [at("社会效益1", rule="V10", severity="error")],
    ),
    "V11": (
        {"质量1": "出苗率≥80%；保存率≥75%"},
        [at("质量1", rule="V11", severity="info")],
    ),
    "V12 不同": (
        {"数量2 名称": "指标2：培训100人次牧户"},
        [at("数量2", "名称", rule="V12")],
    ),
    "V12 相同": (
        {"数量2 名称": "指标2：培训牧户120人次"},
        [at("数量2", "名称", rule="V12", severity="info")],
    ),
    "V13": (
        {"可持续影响1 名称": "指标1：改善草原生态", "可持续影响1": "改善草原生态。"},
        [at("可持续影响1", rule="V13")],
    ),
    "V14": (
        {"可持续影响1": "推动草原畜牧业可持续发展"},
        [at("可持续影响1", rule="V14")],
    ),
    "V04 满意度": ({"满意度1": "基本满意"}, [at("满意度1", rule="V04")]),
    "V15": ({"数量2": "约120人次"}, [at("数量2", rule="V15", severity="info")]),
    "V16": (
        {"数量2": "120人次，其中妇女50人次、老人60人次"},
        [at("数量2", rule="V11", severity="info"), at("数量2", rule="V16")],
    ),
    "V16 其中": (
        {
            "数量1": "3000亩",
            "数量2 名称": "指标2：其中：人工补播面积",
            "数量2": "3200亩",
        },
        [at("数量1", rule="V16")],
    ),
    "N01 长": (
        {
            "数量1 名称": "指标1：深入践行绿色发展理念，以高度的责任感持续推进退化草原的生态修复，"
            "不断巩固和拓展全县草原保护成果"
        },
        [at("数量1", "名称", rule="N01")],
    ),
    "N01 时间": ({"时效1 名称": "指标1：一年"}, [at("时效1", "名称", rule="N01")]),
    "N02": (
        {"数量1 名称": "指标1：补播改良面积；"},
        [at("数量1", "名称", rule="N02", severity="info")],
    ),
    "S03 同值": (
        {"数量2 名称": "指标2：补播改良面积", "数量2": "≥4000亩"},
        [at("数量2", "名称", rule="S03", severity="error")],
    ),
    "S03 异值": (
        {"数量2 名称": "指标2：补播改良面积", "数量2": "≥3000亩"},
        [at("数量2", "名称", rule="S03")],
    ),
    "S04": (
        {"可持续影响1 名称": "指标1：植被盖度提高值"},
        [at("可持续影响1", "名称", rule="S04")],
    ),
    "S05 金额": (
        {"数量2 名称": "指标2：牧户培训资金", "数量2": "12万元"},
        [at("数量2", "名称", rule="S05")],
    ),
    "S05 人数": (
        {"质量1 名称": "指标1：聘请技术人员", "质量1": "12人"},
        [at("质量1", "名称", rule="S05")],
    ),
    "S05 支出": (
        {"经济效益1 名称": "指标1：支出控制在预算内", "经济效益1": "280万元"},
        [at("经济效益1", "名称", rule="S05")],
    ),
    "S06": (
        {"数量2 名称": "指标3：培训牧户人数"},
        [at("数量1", "名称", rule="S06", severity="info")],
    ),
    "M01": ({"满意度1": "≥85%"}, [at("满意度1", rule="M01")]),
    "M02": (
        {"满意度1 名称": "指标1：林业和草原局工作人员满意度"},
        [at("满意度1", "名称", rule="M02", severity="info")],
    ),
    "M03 验收": (
        {"满意度1 名称": "指标1：项目验收结果", "满意度1": "合格"},
        [at("满意度1", "名称", rule="M03")],
    ),
    "M03 投诉": (
        {"满意度1 名称": "指标1：牧民投诉率", "满意度1": "≤5%"},
        [at("满意度1", "名称", rule="M03", severity="info")],
    ),
}

NEAR_MISSES = {
    "V04 graded words": {"质量1": "良好及以上"},
    "V04 a benefit by class": {"生态效益1 名称": "指标1：水质类别", "生态效益1": "Ⅲ类及以上"},
    "V05 a true zero": {"社会效益1 名称": "指标1：火灾起数", "社会效益1": "0"},
    "V05 the name states the unit": {"数量2 名称": "指标2：培训牧户人数（人次）", "数量2": "≥120"},
    "V06 a response rate of another kind": {
        "社会效益1 名称": "指标1：牲畜死亡率",
        "社会效益1": "≤2头/千头",
    },
    "V06 one name under 数量 and 成本": {
        "数量1 名称": "指标1：围栏数量",
        "成本1 名称": "指标1：围栏数量",
    },
    "V07 a bare number": {"满意度1": "95%"},
    "V07 a decrease": {"社会效益1 名称": "指标1：火灾事故下降率", "社会效益1": "≥10%"},
    "V08 growth": {"经济效益1 名称": "指标1：牧草产量增长率", "经济效益1": "≥110%"},
    "V09 a range": {"社会效益1": "200-300户"},
    "V10 by how much": {"社会效益1 名称": "指标1：火灾起数较去年下降", "社会效益1": "≥10%"},
    "V10 a base year": {"社会效益1 名称": "指标1：草原火灾起数", "社会效益1": "≤2023年"},
    "V11 a range in one unit": {"质量1": "80%-95%"},
    "V12 a unit price": {"成本1 名称": "指标1：草种采购费（每亩400元）"},
    "V12 what kind is counted": {"数量2 名称": "指标2：养殖100只以上的牧户", "数量2": "120只"},
    "V13 a trend": {"质量1 名称": "指标1：苗木长势", "质量1": "优"},
    "V14 a standard": {"生态效益1": "≥5个百分点"},
    "V04 satisfaction in percent": {"满意度1": "九成以上"},
    "V15 a lower bound": {"数量2": "120人次以上"},
    "V16 one part": {"数量2 名称": "指标2：其中：人工补播面积", "数量2": "3200亩"},
    "N01 a long measure": {
        "数量1 名称": "指标1：全县范围内集中连片中度以上退化天然草原人工种草补播改良及"
        "围栏封育综合治理任务完成总面积"
    },
    "N01 a time that is named": {"时效1 名称": "指标1：一年内完成补播的时间"},
    "N02 brackets": {"数量1 名称": "指标1：补播改良面积（天然草原）"},
    "S03 another group": {"数量1 名称": "指标1：补播改良", "时效1 名称": "指标1：补播改良"},
    "S04 数量, 时效 and 成本": {
        "数量1 名称": "指标1：围栏管护",
        "时效1 名称": "指标1：围栏管护",
        "成本1 名称": "指标1：围栏管护",
    },
    "S05 an output in money": {"数量2 名称": "指标2：发放贷款金额", "数量2": "≥300万元"},
    "S05 a response time": {"时效1 名称": "指标1：火情到场时间", "时效1": "≤30分钟"},
    "S05 savings": {"经济效益1 名称": "指标1：节约资金", "经济效益1": "≥28万元"},
    "S06 another order": {
        "数量1 名称": "指标2：补播改良面积",
        "数量2 名称": "指标1：培训牧户人数",
    },
    "M01 the floor itself": {"满意度1": "大于90%"},
    "M02 those who are served by it": {"满意度1 名称": "指标1：牧民对林业和草原局服务的满意度"},
    "M03 acceptance under 质量": {"质量1 名称": "指标1：验收合格率"},
}


def test_every_rule_is_found_here():
    assert {key.split()[0] for key in FOUND} == CODES
    assert {key.split()[0] for key in NEAR_MISSES} == CODES


@pytest.mark.parametrize(("changes", "findings"), FOUND.values(), ids=FOUND.keys())
def test_found(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


@pytest.mark.parametrize("changes", NEAR_MISSES.values(), ids=NEAR_MISSES.keys())
def test_near_miss(tmp_path, changes):
    assert found(filled(tmp_path, changes)) == []


@pytest.mark.parametrize("edition", ["2015", "2021"])
def test_the_correct_workbook_has_none(tmp_path, edition):
    assert found(filled(tmp_path, edition=edition)) == []


@pytest.mark.parametrize("value", [None, "***", "无", "若干", "/", "XX", "待定"])
def test_one_cell_has_one_finding(tmp_path, value):
    at_cell = [f.rule for f in review(filled(tmp_path, {"数量2": value})).findings]
    assert not CODES.intersection(at_cell)


def test_messages_show_the_figures(tmp_path):
    finding = only(filled(tmp_path, {"质量1": "≥80株"}), "V06")
    assert finding.message == "“补播出苗率”应以百分比表示，指标值却是“≥80株”"
    assert finding.suggestion.startswith("请把指标值改成百分比")
    assert (finding.field, finding.indicator) == ("target_value", "指标1：补播出苗率")
    finding = only(filled(tmp_path, {"数量2 名称": "指标2：培训100人次牧户"}), "V12")
    assert finding.message == "指标名称写的是“100人次”，指标值却是“≥120人次”"
    assert finding.field == "level3"


def test_the_later_row_is_named_a_repeat(tmp_path):
    changes = {"数量2 名称": "指标2：补播改良面积", "数量2": "≥3000亩"}
    message = only(filled(tmp_path, changes), "S03").message
    assert message == "数量指标中“补播改良面积”填了两次，指标值分别是“≥4000亩”和“≥3000亩”"


def test_projects_are_compared_apart(tmp_path):
    path = filled(tmp_path, other={"数量1 名称": "指标1：补播改良面积", "数量1": "≥4000亩"})
    findings = [f for f in review(path).findings if f.rule == "S03"]
    assert findings == []
    path = filled(tmp_path, other={"数量2 名称": "指标2：防火宣传场次"})
    assert only(path, "S03").project == OTHER_PROJECT


def test_a_floor_of_ones_own(tmp_path):
    changes = {"满意度1": "≥85%", "规则 M01 阈值": 80}
    assert found(filled(tmp_path, changes), rules={"M01"}) == []
    changes = {"满意度1": "≥92%", "规则 M01 阈值": 95}
    path = filled(tmp_path, changes, other={"满意度1": "≥96%"})
    assert only(path, "M01").message.endswith("低于 95%")


ADVICE = [
    # What is asked for is what no other rule complains of.
    ({"满意度1": "≤100%"}, "V07", "“100%”，或按能够达到的水平写成“≥95%”"),
    ({"质量1": "≤80%"}, "V07", "请把符号改成“≥”"),
    ({"质量1": "≥100%"}, "V08", "“100%”，或按能够达到的水平写成“≥95%”"),
    ({"满意度1": "≥90"}, "V05", "写成“≥90%”"),
    ({"质量1": "0.8"}, "V05", "写成“80%”"),
    ({"社会效益1": "≥300"}, "V05", "写成“≥300户”"),
    ({"数量1": "≥4000"}, "V05", "如“≥120次”"),
    ({"经济效益1": "20-30"}, "V05", "如“≥120次”"),
    ({"质量1 名称": "指标1：培训天数", "质量1": "≥5天"}, "S05", "请移到数量指标"),
    ({"时效1 名称": "指标1：巡护天数", "时效1": "≥200天"}, "S05", "请移到数量指标"),
    ({"质量1 名称": "指标1：施工工期", "质量1": "60天"}, "S05", "请移到时效指标"),
]


@pytest.mark.parametrize(("changes", "rule", "advice"), ADVICE, ids=str)
def test_advice(tmp_path, changes, rule, advice):
    assert advice in only(filled(tmp_path, changes), rule).suggestion


def test_ordinals_are_told_once_for_a_table(tmp_path):
    path = filled(
        tmp_path, {"数量2 名称": "指标3：培训牧户人数", "成本2 名称": "指标1：机械作业费"}
    )
    finding = only(path, "S06")
    assert finding.message == ("数量指标的序号是1、3；成本指标的序号是1、1，不连续或有重复")
    assert finding.cell == cell_of("数量1 名称")
