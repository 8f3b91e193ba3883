"""Rates nobody wants to rise, with a sign that asks for more of them (V07)."""

from __future__ import annotations

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said


@pytest.mark.parametrize(
    "case",
    [
        "质量 | 幼儿营养不良率 | ≥6%",
        "质量 | 出厂产品不良率 | ≥2%",
        "社会效益 | 小学生近视率 | ≥38%",
        "社会效益 | 儿童肥胖率 | ≥12%",
        "社会效益 | 贫困发生率 | ≥1%",
        "社会效益 | 手足口病发生率 | ＞3%",
        "社会效益 | 高血压发病率 | ≥9%",
        "经济效益 | 厂房闲置率 | 不低于10%",
        "社会效益 | 公租房空置率 | ≥5%",
        "可持续影响 | 骨干教师流失率 | ≥5%",
        "社会效益 | 初中辍学率 | ≥1%",
        "经济效益 | 小额贷款逾期率 | ≥2%",
        "经济效益 | 不良贷款率 | ≥3%",
        "社会效益 | 孕产妇死亡率 | ≥9‰",
        "社会效益 | 耕地撂荒率 | ≥4%",
    ],
)
def test_a_floor_under_what_should_fall(case):
    assert said(TARGET_RULES, row_of(case)) == ["V07 warning"]


@pytest.mark.parametrize(
    "case",
    [
        "社会效益 | 小学生近视率 | ≤38%",
        # A bare number is the state of things and no bound.
        "社会效益 | 高中生近视率 | 62%",
        # What is done about it.
        "经济效益 | 不良贷款清收率 | ≥60%",
        "社会效益 | 近视防控知晓率 | ≥90%",
        "质量 | 近视筛查率 | ≥95%",
        "经济效益 | 闲置土地处置率 | ≥60%",
        "经济效益 | 空置房源利用率 | ≥80%",
        "社会效益 | 失业人员再就业率 | ≥50%",
        "质量 | 破损路面修复率 | ≥98%",
        # How much less there is.
        "社会效益 | 事故发生率下降 | ≥5%",
        "社会效益 | 儿童肥胖率下降幅度 | ≥1%",
        "社会效益 | 小学生近视率 | 较上年下降≥1%",
        "社会效益 | 降低小学生近视率 | ≥1%",
        # What is to happen, or is not to happen.
        "社会效益 | 健康行为发生率 | ≥70%",
        "社会效益 | 较大事故不发生率 | ≥98%",
    ],
)
def test_what_is_done_about_it_should_rise(case):
    assert said(TARGET_RULES, row_of(case)) == []
