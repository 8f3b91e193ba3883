"""Targets beside the declared ones: lowered, dropped, added; renamed is nothing."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import (
    AS_DECLARED,
    declared,
    evaluation,
    lines_of,
    review_of,
)


def found(changes, **how):
    declaration = declared([changes.get(i, line) for i, line in enumerate(AS_DECLARED)])
    return lines_of(review_of(evaluation(how.get("form")), declared_by=[declaration]))


def test_the_declared_goals_give_none():
    review = review_of(evaluation(), declared_by=[declared(AS_DECLARED)])
    assert lines_of(review) == []
    assert [n for n in review.not_judged if n.rule == "Z15"] == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({0: "产出指标|数量指标|培训人次|≥150人次"}, ["Z15 warning target_value 培训人次"]),
        ({1: "产出指标|数量指标|编印手册|600册"}, ["Z15 warning target_value 编印手册"]),
        ({2: "产出指标|质量指标|培训合格率|≥98%"}, ["Z15 warning target_value 培训合格率"]),
        ({3: "产出指标|时效指标|培训完成时间|2026年9月底前"},
         ["Z15 warning target_value 培训完成时间"]),
        ({4: "产出指标|成本指标|培训总费用|≤150000元"}, ["Z15 warning target_value 培训总费用"]),
        ({0: "产出指标|数量指标|培训人次|≥0.015万人次"}, ["Z15 warning target_value 培训人次"]),
        ({8: ""}, []),
    ],
)  # fmt: skip
def test_a_lowered_target_is_told(changes, expected):
    assert found(changes) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {0: "产出指标|数量指标|培训人次|≥100人次"},
        {4: "产出指标|成本指标|培训总费用|≤25万元"},
        {2: "产出指标|质量指标|培训合格率|95%以上"},
        {6: "效益指标|可持续影响|技能持续应用|5年以上"},
        {0: "产出指标|数量指标|培训牧民人次|≥120人次"},
        {0: "产出指标|数量指标|参训人次数|≥120人次"},
        {2: "产出指标|质量指标|合格率|≥95%"},
        {1: "产出指标|数量指标|编印手册|600本"},
        {5: "效益指标|社会效益|带动就业户数|约60户"},
    ],
)
def test_raised_renamed_and_what_cannot_be_compared_is_let_pass(changes):
    assert found(changes) == []


def test_an_agreed_change_is_let_pass():
    lower = {0: "产出指标|数量指标|培训人次|≥150人次"}
    form = {"培训人次.note": "经农牧局批复，指标值调整为120人次"}
    assert found(lower, form=form) == []


def test_dropped_and_added_are_told():
    more = [*AS_DECLARED, "效益指标|经济效益|户均增收|≥1500元"]
    review = review_of(evaluation(), declared_by=[declared(more)])
    assert lines_of(review) == ["Z15 warning project_name"]
    assert review.findings[0].message == "申报的 1 个指标这里没有：“户均增收”"
    review = review_of(evaluation(), declared_by=[declared(AS_DECLARED[:-1])])
    assert lines_of(review) == ["Z15 info level3 牧民满意度"]


def test_another_set_of_indicators_is_told_once():
    lines = [f"产出指标|数量指标|架设围栏第{n}段|≥{n}公里" for n in range(1, 6)]
    review = review_of(evaluation(), declared_by=[declared(lines)])
    assert lines_of(review) == ["Z15 warning project_name"]
    assert review.findings[0].message == "申报的 5 个指标这里只对上 0 个"


@pytest.mark.parametrize("how", [{"year": 2025}, {"name": "草原围栏项目"}])
def test_another_year_or_project_is_none_of_it(how):
    review = review_of(evaluation(), declared_by=[declared(AS_DECLARED[:2], **how)])
    assert lines_of(review) == []
    assert [n.reason for n in review.not_judged if n.rule == "Z15"] == [
        "没有找到项目的申报表，没有核对指标、指标值有没有改动"
    ]
