"""Points and weights: each fault is told at its cell alone, what is nearly one is let pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgoals_xl.form.evaluation.scoring_settings import scoring_of
from tests.support.evaluated_forms import ABSENT, evaluation, lines_of, review_of

TOTAL = "form.total_score"
NO_LEVELS = {"*.level1_weight": ABSENT}
FAULTS = [
    # Z02
    ({"培训人次.score": None}, ["Z02 error score 培训人次"]),
    ({"培训人次.score": "—"}, ["Z02 error score 培训人次"]),
    ({"培训人次.score": "合格"}, ["Z02 error score 培训人次"]),
    ({"form.execution_score": None}, ["Z02 error execution_score"]),
    ({"form.execution_score": "略"}, ["Z02 error execution_score"]),
    ({"培训人次.score": None, "编印手册.score": None},
     ["Z02 error score 培训人次", "Z02 error score 编印手册"]),
    ({"培训人次.score": None, "培训人次.actual_value": "完成"},
     ["Z12 error actual_value 培训人次"]),
    ({"培训人次.score": None, "培训人次.actual_value": None},
     ["Z01 error actual_value 培训人次"]),
    # Z03
    ({"培训人次.score": 16, TOTAL: "97.4"}, ["Z03 error score 培训人次"]),
    ({"培训人次.score": "15.5", TOTAL: "96.9"}, ["Z03 error score 培训人次"]),
    ({"form.execution_score": 12, TOTAL: 99}, ["Z03 error execution_score"]),
    ({"带动就业户数.score": -2, TOTAL: "76.4", "form.grade": "中"},
     ["Z03 error score 带动就业户数"]),
    ({TOTAL: 101}, ["Z03 error total_score", "Z04 error total_score"]),
    # Z04
    ({TOTAL: 98}, ["Z04 error total_score"]),
    ({TOTAL: "96.9"}, ["Z04 error total_score"]),
    ({TOTAL: 0}, ["Z04 error total_score"]),
    ({TOTAL: None}, ["Z04 error total_score"]),
    ({TOTAL: 87, "form.grade": "良"}, ["Z04 error total_score"]),
    ({TOTAL: 0, "培训人次.score": None}, ["Z04 error total_score", "Z02 error score 培训人次"]),
    # Z05
    ({"编印手册.weight": 5, "编印手册.score": 5, TOTAL: "91.4"}, ["Z05 error level1_weight"]),
    ({"form.total_weight": 90.5}, ["Z05 error total_weight"]),
    ({"form.total_weight": 95}, ["Z05 error total_weight"]),
    (NO_LEVELS | {"form.total_weight": None, "编印手册.weight": 12, "编印手册.score": 12,
                  TOTAL: "98.4"}, ["Z05 warning weight 培训人次"]),
    ({"form.total_weight": None, "培训人次.weight": 10, "培训人次.score": 10, TOTAL: "91.4"},
     ["Z05 error level1_weight"]),
    ({"牧民满意度.level1_weight": 5}, ["Z05 error level1_weight"]),
    # Z21
    (NO_LEVELS | {"培训人次.weight": 50, "培训人次.score": 50, "编印手册.weight": 0,
      "编印手册.score": 0, "培训合格率.weight": 0, "培训合格率.score": 0, "培训完成时间.weight": 0,
      "培训完成时间.score": 0, "培训总费用.weight": 0, "培训总费用.score": 0},
     ["Z21 warning weight 培训人次"]),
    (NO_LEVELS | {"*.weight": 0, "*.score": 0, "带动就业户数.weight": 90,
                  "带动就业户数.score": 80, TOTAL: "89.4", "form.grade": "良"},
     ["Z21 warning weight 带动就业户数"]),
    # Z22
    ({"form.grade": "良"}, ["Z22 error grade"]),
    ({"form.grade": "差"}, ["Z22 error grade"]),
    ({"form.grade": "合格"}, ["Z22 error grade"]),
    ({"form.grade": "评价等级：中"}, ["Z22 error grade"]),
    ({"带动就业户数.score": 10, TOTAL: "88.4", "form.grade": "优秀"}, ["Z22 warning grade"]),
    ({"带动就业户数.score": 0, "培训人次.score": 5, "培训人次.reason": "签到表缺失", TOTAL: "68.4",
      "form.grade": "优"}, ["Z22 error grade"]),
]  # fmt: skip
NEAR = [
    # Z02: no such column, no weight, a formula without a value.
    {"*.score": ABSENT},
    {"培训人次.score": None, "培训人次.weight": None, TOTAL: "81.4", "form.grade": "良",
     "form.total_weight": None, "*.level1_weight": ABSENT, "编印手册.weight": 25,
     "编印手册.score": 25} | {TOTAL: "96.4", "form.grade": "优"},
    {"form.execution_score": ABSENT, "form.execution_weight": ABSENT, TOTAL: 87,
     "form.grade": "良", "form.total_weight": 90},
    {"培训人次.score": "（公式未计算）"},
    {"培训人次.score": "0", TOTAL: "81.4", "form.grade": "良", "培训人次.actual_value": "0",
     "培训人次.reason": "经费未到位"},
    {"培训人次.score": "（公式未计算）", "form.total_score": None, "form.grade": None} | {
        TOTAL: "未填完"},
    # Z03: exactly the weight, no weight stated.
    {"带动就业户数.actual_value": "60户", "带动就业户数.score": 20, TOTAL: "98.4"},
    {"form.total_weight": None},
    {"技能持续应用.score": "10.0", TOTAL: "97.4"},
    {"培训人次.weight": "15.333", "培训人次.score": "15.33", "编印手册.weight": "9.666",
     "编印手册.score": "9.67"},
    {"技能持续应用.score": "9.99", TOTAL: "97.39"},
    # Z04: roundings, an execution that the total has no place for, an unfinished total.
    {"培训人次.score": "14.67", "编印手册.score": "9.33", "培训人次.reason": "签到表缺失",
     "编印手册.reason": "印刷延迟", TOTAL: "95.4"},
    {"培训人次.score": "14.6666667", "培训人次.reason": "签到表缺失", TOTAL: "96.07"},
    {TOTAL: "未填完"},
    {TOTAL: ABSENT, "form.grade": None},
    {"技能持续应用.score": "8.6", TOTAL: 96, "form.grade": "优"},
    # Z05: shares of the level, execution of 20, one of the indicators.
    {"form.total_weight": 90},
    {"form.total_weight": None},
    NO_LEVELS | {"form.total_weight": None, "form.execution_weight": None,
                 "form.execution_score": ABSENT, TOTAL: 87, "form.grade": "良"},
    {"*.level1_weight": 100, "form.total_weight": None, "培训人次.weight": 65,
     "培训人次.score": 65, "带动就业户数.weight": 90, "带动就业户数.score": 80,
     "牧民满意度.weight": 100, "牧民满意度.score": 100, TOTAL: ABSENT, "form.grade": None},
    {"培训人次.weight": "见细则"},
    # Z21: below, alone on its form.
    NO_LEVELS | {"培训人次.weight": 45, "培训人次.score": 45, "编印手册.weight": 5,
                 "编印手册.score": 5, "培训合格率.weight": 0, "培训合格率.score": 0,
                 "培训完成时间.weight": 0, "培训完成时间.score": 0, "培训总费用.weight": 0,
                 "培训总费用.score": 0},
    # Z22: other words, sentences, no grade, just at the limit.
    {"form.grade": "优秀"},
    {"form.grade": "自评等级为“优”"},
    {"form.grade": "项目总体完成较好，差的方面主要是就业。"},
    {"form.grade": None},
    {"带动就业户数.score": "11.6", TOTAL: 90},
    {"带动就业户数.score": "11.5", TOTAL: "89.9", "form.grade": "良"},
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_a_fault_is_told_at_its_cell(changes, expected):
    found = [line.replace("Z05 error weight 培训人次", "Z05 error level1_weight")
             .replace("Z05 error weight 牧民满意度", "Z05 error level1_weight")
             for line in lines_of(review_of(evaluation(changes)))]  # fmt: skip
    assert found == expected


def test_a_group_without_an_indicator_needs_no_points():
    for name in ("无", "/"):
        told = review_of(evaluation(extra=[f"效益指标|生态效益|{name}|{name}|||"]))
        assert told.findings == ()
        assert "Z04" not in [one.rule for one in told.not_judged]
    told = review_of(evaluation(extra=["效益指标|生态效益|植被覆盖率|≥30%|31%||"]))
    assert "Z04" in [one.rule for one in told.not_judged]


@pytest.mark.parametrize("changes", NEAR)
def test_what_is_nearly_a_fault_is_let_pass(changes):
    assert lines_of(review_of(evaluation(changes))) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({TOTAL: 98},
         "产出指标 50 + 效益指标 27 + 满意度指标 10 + 执行率 9.4 = 96.4，总分写 98，多 1.6 分"),
        ({TOTAL: 87, "form.grade": "良"}, "没有加预算执行率得分"),
        ({TOTAL: 0}, "= 96.4，总分写 0"),
        ({"编印手册.weight": 5, "编印手册.score": 5, TOTAL: "91.4"},
         "“产出指标”写明 50 分，各指标分值 15 + 5 + 10 + 5 + 10 = 45，相差 5 分"),
        ({"培训人次.score": 16, TOTAL: "97.4"}, "“培训人次”分值 15 分，得分 16 分，多 1 分"),
        ({"form.grade": "良"}, "应为“优”（优 ≥ 90、良 ≥ 80、中 ≥ 60）"),
    ],
)  # fmt: skip
def test_messages_say_the_arithmetic(changes, message):
    [finding] = review_of(evaluation(changes)).findings
    assert message in finding.message
    assert finding.project == "牧民技能培训项目"
    assert finding.cell is not None


def test_few_parts_are_added_one_by_one():
    without = ("编印手册", "培训合格率", "培训完成时间", "培训总费用")
    changes = NO_LEVELS | {"form.total_weight": None, "培训人次.weight": 50, "培训人次.score": 50}
    declaration = evaluation(changes | {TOTAL: 60, "form.grade": None}, without=without)
    found = [f.message for f in review_of(declaration).findings if f.rule == "Z04"]
    assert found == ["50 + 18 + 9 + 10 + 9.4 = 96.4，总分写 60，少 36.4 分"]


def test_an_execution_among_the_indicators_may_be_counted_there():
    row = "预算执行|预算执行率|预算执行率|100%|94%|10|9.4"
    extra = {"预算执行率.level1_weight": None, "预算执行率.actual_value": "94%"}
    assert lines_of(review_of(evaluation(extra, extra=(row,)))) == []


def test_grades_of_the_place_decide_for_certain():
    strict = evaluation({"form.grade": "良"})
    scoring = scoring_of({"grades": [97, 80, 60]})
    own = replace(strict, evaluated=replace(strict.evaluated, scoring=scoring))
    assert lines_of(review_of(own)) == []
    right = evaluation()
    own = replace(right, evaluated=replace(right.evaluated, scoring=scoring))
    assert lines_of(review_of(own)) == ["Z22 error grade"]


def test_the_threshold_of_staff_counts():
    found = lines_of(review_of(evaluation(), thresholds={"Z21": 20}))
    assert found == ["Z21 warning weight 带动就业户数"]
