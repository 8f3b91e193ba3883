"""The two sheets of a workbook that staff fill in besides the forms: 校验规则 and 校验结果."""

from __future__ import annotations

from tests.reading.sheets import Sheet, read_workbook

FORM = """
项目名称 | 渠道清淤项目
年度总体绩效目标 | 清淤渠道30公里。
"""
RULES = """
校验规则
规则 | 名称 | 级别 | 阈值 | 启用
F02 | 资金合计 | 警告 | | 是
M01 | 满意度 | 警告 | | 是

V01 | 占位符 | | | 否
"""
FINDINGS = """
校验结果
级别 | 规则 | 工作表 | 项目 | 指标 | 问题 | 说明
错误 | F02 | 项目表 | 渠道清淤项目 | | 多 10 万元 | 上级资金另行安排
警告 | V04 | 项目表 | 渠道清淤项目 | 指标1：清淤 | 没有数字 |
"""


def cell(item):
    return None if item is None else (item.value, item.place.sheet, item.place.cell)


def test_rule_lines(tmp_path):
    rules = Sheet(RULES, "校验规则", at="B2", cells={"E5": 85})
    declaration = read_workbook(tmp_path, Sheet(FORM), rules)
    found = [
        tuple(map(cell, (line.code, line.severity, line.threshold, line.enabled)))
        for line in declaration.rule_lines
    ]
    sheet = "校验规则"
    assert found == [
        (("F02", sheet, "B4"), ("警告", sheet, "D4"), None, ("是", sheet, "F4")),
        (("M01", sheet, "B5"), ("警告", sheet, "D5"), ("85", sheet, "E5"), ("是", sheet, "F5")),
        (("V01", sheet, "B7"), None, None, ("否", sheet, "F7")),
    ]
    assert len(declaration.projects) == 1


def test_reasons(tmp_path):
    declaration = read_workbook(tmp_path, Sheet(FINDINGS, "校验结果"), Sheet(FORM))
    (reason,) = declaration.reasons
    assert tuple(reason)[:6] == (
        "F02", "项目表", "渠道清淤项目", "", "多 10 万元", "上级资金另行安排",
    )  # fmt: skip
    assert (reason.place.sheet, reason.place.cell) == ("校验结果", "G3")
    assert len(declaration.projects) == 1


def test_other_sheets_hold_neither(tmp_path):
    declaration = read_workbook(tmp_path, Sheet(FORM))
    assert declaration.rule_lines == ()
    assert declaration.reasons == ()
