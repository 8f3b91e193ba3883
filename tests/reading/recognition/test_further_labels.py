"""Further words for the year's money, the department's own money and the project's period."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.reading.recognition.labels import head_role
from tests.reading.sheets import Sheet, write_workbook

FORM = """
项目支出绩效目标申报表
（2026年度）
项目名称 | 农技推广 | {annual} | 120
主管部门 | 云川县农业农村局 | {period} | 2026年1月至2026年12月
财政拨款 | 90 | {own} | 30
年度总体目标 | 推广良种36亩，亩产有提高。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 推广良种面积 | ≥36亩
"""


def read(tmp_path, annual, period, own):
    text = FORM.format(annual=annual, period=period, own=own)
    projects = load(write_workbook(tmp_path / "农技.xlsx", Sheet(text))).projects
    return projects.values.iloc[0]


@pytest.mark.parametrize(
    ("annual", "period", "own"),
    [
        ("本年度申请财政预算资金（万元）", "项目支出实施期", "自有资金："),
        ("本年申请财政资金", "项目实施期", "其中：自有资金"),
        ("当年申请财政资金（万元）", "项目支出实施期间", "单位自有资金"),
        ("*本年度申请财政资金", "项目支出实施期：", "自有资金（万元）"),
        ("本年度申请预算资金", "项目支出期限", "2.自有资金"),
    ],
)
def test_labels_of_further_places(tmp_path, annual, period, own):
    row = read(tmp_path, annual, period, own)
    assert row["annual_amount"] == 120
    assert row["project_period"] == "2026年1月至2026年12月"
    assert row["local_other"] == 30
    assert row["local_appropriation"] == 90


@pytest.mark.parametrize(
    "label",
    [
        "上年申请财政资金",
        "上年度申请财政预算资金",
        "累计申请财政资金",
        "本年申请财政资金依据",
        "本年申请财政资金占比",
        "申请财政资金理由",
        "自有资金比例",
        "自有资金来源",
        "非自有资金",
        "项目支出实施计划",
        "项目支出实施单位",
        "项目支出实施期目标",
    ],
)
def test_words_near_to_them(label):
    role = head_role(label)
    name = None if role is None else role.name
    assert name not in {"annual_amount", "local_other", "project_period"}


def test_a_total_beside_what_is_asked_for_stays_the_total(tmp_path):
    row = read(tmp_path, "年度资金总额 | 120 | 本年申请财政资金", "项目期", "自有资金")
    assert row["annual_amount"] == 120


FUNDS = """
项目支出绩效目标申报表
（2026年度）
项目名称 | 农技推广 | |
主管部门 | 云川县农业农村局 | 项目期 | 1年
{funds}
年度总体目标 | 推广良种36亩，亩产有提高。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 推广良种面积 | ≥36亩
"""


@pytest.mark.parametrize(
    "funds",
    [
        "年度资金总额 | 120 | 本年申请财政资金 | 90\n自有资金 | 30 | |",
        "本年申请财政资金 | 90 | 自有资金 | 30\n | | 年度资金总额 | 120",
        "本年申请财政资金 | 90 | 自有资金 | 30",
        "项目资金总额 | 120 | 本年申请财政资金 | 90\n自有资金 | 30 | |",
        "本年度申请财政预算资金（万元） | 120 | 自有资金 | 0",
    ],
)
def test_own_money_beside_what_is_asked_for_is_no_fault(tmp_path, funds):
    path = write_workbook(tmp_path / "农技.xlsx", Sheet(FUNDS.format(funds=funds)))
    assert [f for f in validate(path).findings if f.rule in {"F01", "F02", "F03", "F06"}] == []
