"""Results and points that can hardly be, and those that only look so."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import evaluation, lines_of, monitoring, review_of

HEADS, HOUSES = "培训人次", "带动就业户数"
Z25, Z26, Z27 = "Z25 warning actual_value {}", "Z26 warning level3 {}", "Z27 {} score {}"
AGAIN = "产出指标|数量指标|{name}|{target}|{actual}|5|5"


def again(name=HEADS, target="≥120人次", actual="128人次"):
    """A right form with one more row, its points taken off another."""
    changes = {f"{HEADS}.weight": 10, f"{HEADS}.score": 10}
    if name == HEADS:
        changes = {"编印手册.weight": 5, "编印手册.score": 5}
    return evaluation(changes, extra=(AGAIN.format(name=name, target=target, actual=actual),))


def houses(actual, score, **changes):
    """The 20 points of 带动就业户数 (≥60户), which has a reason."""
    whole = f"{78.4 + float(score):g}"
    grade = "优" if float(whole) >= 90 else "良" if float(whole) >= 80 else "中"
    said = {"actual_value": actual, "score": score, **changes}
    rows = {f"{HOUSES}.{column}": value for column, value in said.items()}
    return rows | {"form.total_score": whole, "form.grade": grade}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"牧民满意度.actual_value": "105%"}, [Z25.format("牧民满意度")]),
        ({"牧民满意度.actual_value": "102"}, [Z25.format("牧民满意度")]),
        ({"培训合格率.actual_value": "100.5%"}, [Z25.format("培训合格率")]),
        (houses("30户", 14), [Z27.format("warning", HOUSES)]),
        (houses("0户", 5), [Z27.format("warning", HOUSES)]),
        (houses("47", "19.9"), [Z27.format("warning", HOUSES)]),
        (houses("57户", 5), [Z27.format("info", HOUSES)]),
    ],
)
def test_a_fault_is_told_at_its_cell(changes, expected):
    assert lines_of(review_of(evaluation(changes))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"牧民满意度.actual_value": "100%"},
        {"牧民满意度.actual_value": "100.0"},
        {"牧民满意度.level3": "牧民满意度提升幅度", "牧民满意度提升幅度.actual_value": "105%"},
        {"培训合格率.level3": "培训任务完成率", "培训任务完成率.actual_value": "108%"},
        {"培训合格率.level3": "毛入学率", "毛入学率.actual_value": "103%"},
        houses("54户", 20 - 4),
        houses("30户", "13.9"),
        houses("30户", 14, reason="疫情停工，按规定不扣分"),
        houses("57户", "9.1"),
        houses("57户", 0),
        houses("少数几户", 14),
    ],
)
def test_what_is_nearly_a_fault_is_let_pass(changes):
    renamed = {v: k.rpartition(".")[0] for k, v in changes.items() if k.endswith(".level3")}
    own = {}
    for key, value in changes.items():
        name, _, column = key.rpartition(".")
        own[key if column == "level3" else f"{renamed.get(name, name)}.{column}"] = value
    ordered = dict(sorted(own.items(), key=lambda item: item[0].endswith(".level3")))
    assert lines_of(review_of(evaluation(ordered))) == []


def test_an_indicator_in_two_rows():
    assert lines_of(review_of(again())) == [Z26.format(HEADS)]
    assert lines_of(review_of(again(actual="130人次"))) == [Z26.format(HEADS)]
    [finding] = review_of(again()).findings
    assert finding.message.startswith("“培训人次”（≥120人次）与 ")


@pytest.mark.parametrize(
    "changed", [{"name": "培训期数", "target": "≥4期", "actual": "4期"}, {"target": "≥100人次"}]
)
def test_another_indicator_or_another_target_is_none(changed):
    assert lines_of(review_of(again(**changed))) == []


def test_a_monitoring_is_asked_too():
    found = review_of(monitoring({"牧民满意度.done_value": "120%"}))
    assert lines_of(found) == ["Z25 warning done_value 牧民满意度"]


def test_the_message_says_the_arithmetic_and_the_points_in_proportion():
    [finding] = review_of(evaluation(houses("30户", 14))).findings
    assert finding.message == "“带动就业户数”完成 30 ÷ 60 = 50%，20 分得 14 分（70%），多给了"
    assert finding.suggestion == "请按评分标准核对得分；按完成比例应得 10 分。"
    assert lines_of(review_of(evaluation(houses("30户", 14)), thresholds={"Z27": 25})) == []
