"""Words of 自评表 and 监控表 that only look like others."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.evaluation.evaluation_labels import (
    FundPart,
    Part,
    fund_part,
    indicator_part,
    is_result,
    tells_grades,
)


@pytest.mark.parametrize(
    "text",
    [
        "优≥90　良≥80　中≥60　差<60",
        "□优 □良 □中 □差",
        "优秀（90-100）、良好（80-90）",
        "优/良/中/差",
        "90分以上为优，80分以上为良",
    ],
)
def test_a_list_of_grades_is_none(text):
    assert tells_grades(text)


@pytest.mark.parametrize(
    "text", ["优", "良好", "良好（85分）", "优良", "中", "差（58分）", "A级", ""]
)
def test_a_grade_is_one(text):
    assert not tells_grades(text)


REACHED = {
    Part.ACTUAL: ("指标实际值", "目标实际完成值", "绩效实际值", "实际值", "全年实际值"),
    Part.SCORE: ("自评分", "自评得分", "得分"),
    None: ("指标目标值", "指标值", "上年实际值", "实际得分率", "自评分析"),
}


@pytest.mark.parametrize("part", REACHED)
def test_the_columns_of_what_was_reached(part):
    assert [indicator_part(text) for text in REACHED[part]] == [part] * len(REACHED[part])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("自评分", FundPart.SCORE),
        ("单位自评得分", FundPart.SCORE),
        ("支出率得分", FundPart.SCORE),
        ("权重分", FundPart.WEIGHT),
        ("自评分析", None),
        ("评分标准", None),
    ],
)
def test_the_points_of_the_funds(text, part):
    assert fund_part(text) is part


@pytest.mark.parametrize(
    "text", ["目标执行情况", "年度目标执行情况", "任务执行情况说明", "完成情况"]
)
def test_what_tells_of_the_goal(text):
    assert is_result(text)


@pytest.mark.parametrize(
    "text", ["预算执行情况", "资金执行情况", "指标执行情况", "执行情况", "上年目标执行情况"]
)
def test_what_tells_of_something_else(text):
    assert not is_result(text)
