"""What stands below an indicator table and is no indicator."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.recognition.row_notes import closes, ends
from tests.reading.sheets import read_text, read_workbook


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("（镇政府盖章）   2018年12月18日", True),
        ("（公章）2023年1月", True),
        ("单位盖章：2024-03-05", True),
        ("(签章) 2022.6.30", True),
        ("公章使用规范率", False),
        ("盖章文件归档数", False),
        ("公章备案2018年12月18日前完成", False),
        ("工程2018年12月18日", False),
    ],
)
def test_a_stamp_with_its_day_stands_below_the_table(text, below):
    assert ends(text) is below


FORM = """项目支出绩效目标表（2026年度）
项目名称 | 机关运转 | 主管部门 | 石桥县审计局
年度资金总额 | 12
年度目标 | 保障运转。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 审计项目数 | ≥6个
"""
INDICATORS = """
采纳部门意见（条） | 12条
采纳部门意见（条） | 12
征求意见数 | ≥5条
征求意见 | ≥5次
提出审计意见数 | 12条
提出审计意见 | 12条
部门审核通过率 | ≥95%
财政部门意见采纳率 | ≥90%
盖章件数 | ≥300件
审核意见采纳率 | ≥90%
联系人大代表次数 | ≥12次
经办人员培训人次 | ≥200人次
存在问题整改率 | 100%
"""
BELOW = """
财政部门意见： | 同意安排100万元。
财政部门意见： | 100万元
主管部门意见 | 同意
审核意见 | 同意，请按12万元安排
单位负责人（签字）： | 2026年1月5日
项目负责人 | 联系电话：13800000000
联系人 | 13800000000
经办人： | 2026.1.5
合计 | 100分
存在问题 | 进度偏慢
批复文号 | 石财〔2026〕12号
"""


@pytest.mark.parametrize("row", INDICATORS.split("\n")[1:-1])
@pytest.mark.parametrize("read", [read_workbook, read_text])
def test_what_only_sounds_like_an_opinion_is_an_indicator(tmp_path, row, read):
    more = "满意度指标 | 服务对象满意度 | 干部满意度 | ≥90%\n"
    for lead in ("产出指标 | 数量指标 | ", " | | "):
        found = read(tmp_path, f"{FORM}{lead}{row}\n{more}").indicators.records()
        assert [r["level3"] for r in found] == ["审计项目数", row.split(" | ")[0], "干部满意度"]


@pytest.mark.parametrize("row", BELOW.split("\n")[1:-1])
@pytest.mark.parametrize("read", [read_workbook, read_text])
def test_opinions_and_signatures_are_none(tmp_path, row, read):
    label, said = row.split(" | ")
    for below in (f"{label} | {said}\n", f"{label} | | | {said}\n"):
        found = read(tmp_path, f"{FORM}{below}").indicators.records()
        assert [r["level3"] for r in found] == ["审计项目数"]


def test_a_row_closes_a_table_by_its_label():
    assert closes(["合计", "", "100"])
    assert closes(["专家意见", "同意"])
    assert not closes(["专家意见", "≥5条"])
    assert not closes(["指标1：征求意见"])
