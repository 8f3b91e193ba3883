"""Progress and forecasts of a 监控表."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import ABSENT, lines_of, monitoring, review_of

DONE, SAID = "培训人次.done_value", "培训人次.likelihood"
FORECAST = "培训人次.forecast_value"
RATE, DOUBT = "培训合格率.done_value", "培训合格率.likelihood"
BLANK = {f"牧民满意度.{name}": None for name in ("done_value", "forecast_value", "likelihood")}
Z28, Z29 = "Z28 warning {} 培训人次", "Z29 warning execution_rate"
Z19, Z20 = "Z19 warning reason 培训人次", "Z20 warning likelihood 培训人次"


def slow(executed, rate):
    """The funds with less spent of them, all from one source."""
    parts = {f"{source}.executed": None for source in ("财政拨款", "其他资金")}
    return parts | {"form.executed": executed, "form.execution_rate": rate}


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
        ({DONE: "119人次", FORECAST: "100人次", SAID: "有可能"},
         ["Z20 warning forecast_value 培训人次"]),
        ({DONE: "130人次", FORECAST: "125", SAID: "确定能"},
         ["Z20 warning forecast_value 培训人次"]),
        ({SAID: "确定能、有可能"}, [Z28.format("likelihood")]),
        ({SAID: "确定能完全不可能"}, [Z28.format("likelihood")]),
        ({"form.project_name": None}, ["Z30 error project_name"]),
        ({"form.annual_goal": "　"}, ["Z30 warning annual_goal"]),
        ({FORECAST: None}, [Z28.format("forecast_value")]),
        ({SAID: None}, [Z28.format("likelihood")]),
        ({SAID: "　", FORECAST: " "}, [Z28.format("forecast_value"), Z28.format("likelihood")]),
        # Of what comes later the forecast is asked; where all is blank it is told once.
        (BLANK, ["Z28 warning forecast_value 牧民满意度"]),
        ({"培训完成时间.done_value": None, "培训完成时间.forecast_value": None,
          "培训完成时间.likelihood": None}, ["Z28 warning forecast_value 培训完成时间"]),
        # A rate that is doubted, and behind even by the months.
        ({RATE: "20%", DOUBT: "有可能"}, [Z19.replace("培训人次", "培训合格率")]),
        ({RATE: "40%", DOUBT: "不确定"}, [Z19.replace("培训人次", "培训合格率")]),
        (slow(6, 30), [Z29]),
        (slow(0, 0), [Z29]),
        (slow(6, 30) | {"form.note": "无"}, [Z29]),
        (slow(6, 30) | {"form.note": "下雪停课一周。"}, [Z29]),
        (slow(6, 30) | {"form.month": 9, DONE: "95"}, [Z29]),
        ({DONE: "正常推进"}, ["Z12 error done_value 培训人次"]),
        ({DONE: "≥120人次"}, ["Z12 warning done_value 培训人次"]),
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
        {"牧民满意度.done_value": "20%", "牧民满意度.likelihood": "有可能"},
        {RATE: "20%", DOUBT: "有可能", "培训合格率.reason": "首期测试题偏难，下期调整"},
        {RATE: "0%", DOUBT: "有可能"},
        {RATE: "60%", DOUBT: "有可能"},
        {RATE: "20%", DOUBT: "有可能", "培训合格率.level3": "合格率同比提高率"},
        {RATE: "20%", DOUBT: None, "*.likelihood": None},
        BLANK | {"牧民满意度.note": "年底调查"},
        BLANK | {"*.forecast_value": None},
        BLANK | {"牧民满意度.target_value": "无"},
        BLANK | {"牧民满意度.level3": "/"},
        {DONE: "119人次"},
        {DONE: "30人次", "培训人次.target_value": "≥120人次/月"},
        {DONE: "30人次", "form.month": None},
        {FORECAST: "100人次", SAID: "有可能"},
        {FORECAST: "100人次", SAID: "完全不可能"},
        {FORECAST: "按计划完成", SAID: "完全不可能"},
        # A column that nobody fills in, what has no value so far, a rate that may fall.
        {"*.likelihood": None},
        {SAID: "有可能"},
        {SAID: "确定能完成，不存在困难"},
        {"form.annual_goal": ABSENT},
        {"*.forecast_value": None},
        {"培训完成时间.done_value": None, "培训完成时间.forecast_value": None},
        {SAID: ABSENT},
        {"培训合格率.done_value": "99%", "培训合格率.forecast_value": "96%"},
        {DONE: "125人次", FORECAST: "125人次"},
        # Slow with a reason, early in the year, at the threshold, without a month.
        slow(6, 30) | {"form.note": "教材采购推迟，尾款第四季度支付。"},
        slow(6, 30) | {"培训人次.reason": "因招标流标，资金尚未支付"},
        slow("0.5", "2.5") | {"form.month": 3},
        slow(7, 35),
        slow(None, None),
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
