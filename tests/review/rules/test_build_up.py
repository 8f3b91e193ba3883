"""What a project's budget is made of (项目预算构成) against its total and budget (F02)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.reading.sheets import Sheet, write_workbook

FORM = """
项目支出绩效目标申报表
（2026年度）
项目名称 | 山塘水库管护 | | |
主管部门 | 云川县水务局 | 实施单位 | 云川县水务局
年度资金总额（万元） | 120 | 其中：财政拨款 | 120
{block}
年度总体目标 | 管护山塘水库36座，下游群众用水安全。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 管护水库数量 | 36座
 | 成本指标 | 管护总成本 | ≤120万元
效益指标 | 社会效益指标 | 下游用水安全事故 | 0起
满意度指标 | 服务对象满意度指标 | 用水群众满意度 | ≥92%
"""
BLOCKS = {
    "margin": "项目预算构成 | 成本构成 | 金额 | 测算依据\n | 巡查费 | {a} | 合同\n"
    " | 维修费 | 50 | 上年执行数\n | 监测费 | 20 | 报价",
    "title above": "预算明细\n序号 | 支出内容 | 金额（万元） | 备注\n1 | 巡查费 | {a} |\n"
    "2 | 维修费 | 50 |\n3 | 监测费 | 20 |",
    "amount of the year": "资金测算 | 内容 | 预算金额 | 依据\n | 巡查费 | {a} |\n | 维修费 | 50 |\n"
    " | 监测费 | 20 |",
    "price and number": "支出明细 | 项目 | 单价 | 数量 | 金额\n | 巡查 | 1 | 50 | {a}\n"
    " | 维修 | 5 | 10 | 50\n | 监测 | 2 | 10 | 20",
    "sum": "项目支出明细 | 支出事项 | 资金 | 说明\n | 巡查费 | {a} | 合同\n | 维修费 | 50 |\n"
    " | 监测费 | 20 |\n | 合计 | 120 |",
    "in yuan": "经费测算 | 明细项目 | 金额（元） | 说明\n | 巡查费 | {a}0000 | 合同\n"
    " | 维修费 | 500000 |\n | 监测费 | 200000 |",
}


def judged(tmp_path, block):
    path = write_workbook(tmp_path / "水库.xlsx", Sheet(FORM.format(block=block)))
    result = validate(path)
    found = [f for f in result.findings if f.rule in {"F01", "F02", "F03", "F06"}]
    return found, [entry.reason for entry in result.not_judged if entry.rule == "F02"]


@pytest.mark.parametrize("layout", BLOCKS)
@pytest.mark.parametrize(("first", "gap"), [(50, None), (40, "少 10 万元"), (65, "多 15 万元")])
def test_items_make_the_budget(tmp_path, layout, first, gap):
    found, open_ = judged(tmp_path, BLOCKS[layout].format(a=first))
    assert open_ == []
    assert [f.severity.value for f in found] == ["error"] * (gap is not None)
    assert all(f.rule == "F02" and f.cell and gap in f.message for f in found)
    assert all(f"{first} + 50 + 20 = {first + 70}" in f.message for f in found)


def test_a_sum_of_its_own_that_is_not_the_budget(tmp_path):
    block = "预算明细 | 内容 | 金额 | 依据\n | 巡查费 | 50 |\n | 维修费 | 50 |\n | 合计 | 100 |"
    found, _ = judged(tmp_path, block)
    assert ["年度资金总额 120 万元" in f.message for f in found] == [True]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("预算明细 | 内容 | 金额\n | 巡查费 | 60\n | 其中：人工 | 40\n | 维修费 | 60", "分级"),
        ("预算明细 | 内容 | 金额\n | 巡查费 | 60\n | 维修费 | 40\n | 小计 | 100", "小计"),
        ("预算明细 | 内容 | 金额\n | 巡查费 | 60\n | 维修费 | 40\n | 监测费 | ", "没有填写"),
        ("预算明细 | 内容 | 金额\n | 一、巡查 | 60\n | 人工 | 60\n | 二、维修 | 60", "分级"),
    ],
)
def test_what_cannot_be_added_up_is_said(tmp_path, block, reason):
    found, told = judged(tmp_path, block)
    assert found == []
    assert len(told) == 1
    assert "预算明细" in told[0]
    assert reason in told[0]


@pytest.mark.parametrize(
    "block",
    [
        # One item, a text, years, people, a plan by quarters, a list without amounts.
        "预算明细 | 内容 | 金额\n | 巡查费 | 60",
        "项目预算构成及测算依据 | 巡查费60万元，维修费50万元 | |",
        "历年预算 | 2024年 | 2025年\n | 80 | 90",
        "人员构成 | 岗位 | 人数\n | 巡查员 | 12\n | 技术员 | 3",
        "支出计划 | 季度 | 进度\n | 一季度 | 20%\n | 二季度 | 30%",
        "支出明细 | 内容 | 依据\n | 巡查费 | 合同\n | 维修费 | 合同",
    ],
)
def test_what_is_no_build_up(tmp_path, block):
    found, told = judged(tmp_path, block)
    assert [f for f in found if "项" in f.message and "各项之和" in f.message] == []
    assert told == []
