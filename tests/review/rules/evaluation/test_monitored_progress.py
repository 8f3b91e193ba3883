"""Progress and forecasts of a 监控表."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import lines_of, monitoring, review_of

DONE, SAID = "培训人次.done_value", "培训人次.likelihood"
FORECAST = "培训人次.forecast_value"
Z19, Z20 = "Z19 warning reason 培训人次", "Z20 warning likelihood 培训人次"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({DONE: "50人次"}, [Z19]),
        ({DONE: "30"}, [Z19]),
        ({DONE: "0人次"}, [Z19]),
        ({DONE: "55人次", "培训人次.reason": "无"}, [Z19]),
        ({"form.month": 11}, [Z19]),
        ({"编印手册.done_value": "100册"}, ["Z19 warning reason 编印手册"]),
        ({FORECAST: "100人次"}, [Z20]),
        ({FORECAST: "119", SAID: "能够完成"}, [Z20]),
        ({SAID: "完全不可能"}, [Z20]),
        ({SAID: "不能"}, [Z20]),
        ({"培训完成时间.forecast_value": "2026年12月20日", "培训完成时间.likelihood": "确定能"},
         ["Z20 warning likelihood 培训完成时间"]),
        ({"培训合格率.forecast_value": "90%"}, ["Z20 warning likelihood 培训合格率"]),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_cell(changes, expected):
    assert lines_of(review_of(monitoring(changes))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {DONE: "56人次"},
        {DONE: "30人次", "培训人次.reason": "培训安排在第四季度"},
        {DONE: "30人次", "培训人次.note": "牧忙时节不办班"},
        {DONE: "30人次", "form.note": "培训人次偏少，因牧忙时节不办班。"},
        {DONE: "30人次", "培训人次.level3": "年末在册人次"},
        {"培训合格率.done_value": "20%"},
        {"牧民满意度.done_value": "40%"},
        {DONE: "119人次"},
        {DONE: "30人次", "培训人次.target_value": "≥120人次/月"},
        {DONE: "30人次", "form.month": None},
        {FORECAST: "100人次", SAID: "有可能"},
        {FORECAST: "100人次", SAID: "完全不可能"},
        {FORECAST: None, SAID: "确定能"},
        {FORECAST: "按计划完成", SAID: "完全不可能"},
        {SAID: None},
        {"编印手册.forecast_value": "520册"},
        {"牧民满意度.forecast_value": "≥85%"},
    ],
)
def test_what_is_nearly_a_fault_is_let_pass(changes):
    assert lines_of(review_of(monitoring(changes))) == []


def test_the_message_says_what_the_months_ask_for():
    [finding] = review_of(monitoring({DONE: "50人次"})).findings
    assert finding.message == (
        "“培训人次”指标值 ≥120人次，到 7 月应完成 70，完成 50人次，"
        "是序时进度的 71.4%（黄灯），没有写原因"
    )
    [finding] = review_of(monitoring({DONE: "30人次"}), language="en").findings
    assert "by month 7 70 were due and 30人次 done, 42.9% (red)" in finding.message


def test_a_form_without_its_month_is_told_as_not_judged():
    review = review_of(monitoring({"form.month": None}))
    assert ("Z19", "看不出监控到哪个月") in [(n.rule, n.reason) for n in review.not_judged]
