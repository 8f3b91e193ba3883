"""What was reached: each fault is told at its cell alone, what is nearly one is let pass."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import (
    ABSENT,
    evaluation,
    lines_of,
    monitoring,
    review_of,
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", [evaluation, monitoring])
def test_a_right_form_has_no_finding(form, language):
    assert review_of(form(), language=language).findings == ()


def row(**changes):
    """The indicator 培训人次 (≥120人次, 15 points) with changed columns."""
    return {f"培训人次.{name}": value for name, value in changes.items()}


def lost(score, **changes):
    """The same with fewer points, and the total with it."""
    return row(score=score, **changes) | {"form.total_score": f"{81.4 + float(score):g}"}


# A form for transfer payments: no points at all.
UNSCORED = {
    "*.weight": ABSENT, "*.score": ABSENT, "*.level1_weight": ABSENT, "form.total_score": ABSENT,
    "form.total_weight": ABSENT, "form.execution_weight": ABSENT, "form.execution_score": ABSENT,
    "form.grade": ABSENT,
}  # fmt: skip
FAULTS = [
    # Z01
    # Z11 on a form without points, Z30
    (UNSCORED | row(actual_value="110人次"), ["Z11 warning reason 培训人次"]),
    (UNSCORED | {"牧民满意度.actual_value": "85%", "牧民满意度.reason": "无"},
     ["Z11 warning reason 牧民满意度"]),
    ({"form.project_name": None}, ["Z30 error project_name"]),
    ({"form.annual_goal": None}, ["Z30 warning annual_goal"]),
    (row(actual_value="≥120人次"), ["Z12 warning actual_value 培训人次"]),
    (row(actual_value="＞＝ 120人次"), ["Z12 warning actual_value 培训人次"]),
    ({"form.problems": "结合自评情况，分析存在的问题及原因。（200字以内）"},
     ["Z18 error problems"]),
    ({"form.problems": "签到不规范（限100字以内）"}, ["Z18 error problems"]),
    ({"form.measures": "针对自评中发现的问题，提出下一步改进意见"}, ["Z18 error measures"]),
    (row(actual_value=None), ["Z01 error actual_value 培训人次"]),
    (row(actual_value="　"), ["Z01 error actual_value 培训人次"]),
    (row(actual_value="/"), ["Z01 error actual_value 培训人次"]),
    (row(actual_value="无"), ["Z01 error actual_value 培训人次"]),
    ({"培训完成时间.actual_value": None}, ["Z01 error actual_value 培训完成时间"]),
    ({"技能持续应用.actual_value": None}, ["Z01 error actual_value 技能持续应用"]),
    # Z09
    (lost(14), ["Z09 warning score 培训人次"]),
    (lost(14, reason="无"), ["Z09 warning score 培训人次"]),
    (lost(14, reason="无偏差"), ["Z09 warning score 培训人次"]),
    (lost(14.5, reason="/", note="—"), ["Z09 warning score 培训人次"]),
    (lost(10, actual_value="150", reason="已完成"), ["Z09 warning score 培训人次"]),
    # Z10
    (row(actual_value="110人次"), ["Z10 error score 培训人次"]),
    (row(actual_value="119"), ["Z10 error score 培训人次"]),
    ({"培训总费用.target_value": "≤18万元"}, ["Z10 error score 培训总费用"]),
    ({"培训完成时间.actual_value": "2026年12月5日"}, ["Z10 error score 培训完成时间"]),
    ({"牧民满意度.actual_value": "89.9%"}, ["Z10 error score 牧民满意度"]),
    (row(actual_value="110人次", reason="道路中断，经批准不扣分"), ["Z10 warning score 培训人次"]),
    ({"编印手册.actual_value": "450册"}, ["Z10 error score 编印手册"]),
    # Z11
    (lost(13, actual_value="104人次"), ["Z11 warning reason 培训人次"]),
    (lost(13, actual_value="104人次", reason="无"), ["Z11 warning reason 培训人次"]),
    ({"技能持续应用.reason": None}, ["Z11 warning reason 技能持续应用"]),
    ({"技能持续应用.reason": "—"}, ["Z11 warning reason 技能持续应用"]),
    # What the form prints to ask for a reason is none.
    ({"带动就业户数.reason": "未完成的需说明原因"}, ["Z11 warning reason 带动就业户数"]),
    ({"带动就业户数.reason": "无偏差"}, ["Z11 warning reason 带动就业户数"]),
    ({"带动就业户数.reason": None, "form.problems": "宣传力度不够。"},
     ["Z11 warning reason 带动就业户数"]),
    # Z12
    (row(actual_value="完成"), ["Z12 error actual_value 培训人次"]),
    (row(actual_value="已全部完成"), ["Z12 error actual_value 培训人次"]),
    ({"培训合格率.actual_value": "达标"}, ["Z12 error actual_value 培训合格率"]),
    ({"牧民满意度.actual_value": "非常满意"}, ["Z12 error actual_value 牧民满意度"]),
    (row(actual_value="100%"), ["Z12 error actual_value 培训人次"]),
    (row(actual_value="2026年10月20日"), ["Z12 error actual_value 培训人次"]),
    ({"编印手册.actual_value": "2.5万元"}, ["Z12 error actual_value 编印手册"]),
    # Z13
    ({"技能持续应用.score": 5, "form.total_score": "92.4"}, ["Z13 warning score 技能持续应用"]),
    ({"技能持续应用.actual_value": "部分达成预期指标"}, ["Z13 warning score 技能持续应用"]),
    ({"技能持续应用.actual_value": "未达成预期指标且效果较差"},
     ["Z13 warning score 技能持续应用"]),
    ({"技能持续应用.actual_value": "部分达成年度指标", "技能持续应用.score": 4,
      "form.total_score": "91.4"}, ["Z13 warning score 技能持续应用"]),
    ({"技能持续应用.actual_value": "达成年度指标", "技能持续应用.score": 7.5,
      "form.total_score": "94.9"}, ["Z13 warning score 技能持续应用"]),
    # Z17
    (row(actual_value="160人次"), ["Z17 info actual_value 培训人次"]),
    (row(actual_value="1300"), ["Z17 info actual_value 培训人次"]),
    ({"编印手册.actual_value": "700册"}, ["Z17 info actual_value 编印手册"]),
    ({"培训合格率.target_value": "≥60%"}, ["Z17 info actual_value 培训合格率"]),
    (row(target_value="≥0.5万人次", actual_value="7200人次"), ["Z17 info actual_value 培训人次"]),
    # Z18
    (row(actual_value="（填写实际完成值）"), ["Z18 error actual_value 培训人次"]),
    (row(actual_value="×××人次"), ["Z18 error actual_value 培训人次"]),
    (row(score="（自评得分）"), ["Z18 error score 培训人次"]),
    ({"form.actual_result": "填写年度目标完成情况"}, ["Z18 error actual_result"]),
    ({"带动就业户数.reason": "请在此填写偏差原因",
      "form.problems": "带动就业户数偏低，因合作社晚成立"},
     ["Z18 error reason 带动就业户数"]),
    (row(actual_value="填写实际完成值"), ["Z18 error actual_value 培训人次"]),
    ({"form.actual_result": "请简要说明年度目标完成情况"}, ["Z18 error actual_result"]),
    ({"技能持续应用.actual_value": "（必填）"}, ["Z18 error actual_value 技能持续应用"]),
    ({"form.actual_result": "全年培训____人次。"}, ["Z18 error actual_result"]),
    # Z23
    ({"form.actual_result": None}, ["Z23 warning actual_result"]),
    ({"form.actual_result": " "}, ["Z23 warning actual_result"]),
    ({"form.actual_result": "/"}, ["Z23 warning actual_result"]),
    ({"form.actual_result": "无"}, ["Z23 warning actual_result"]),
    ({"form.actual_result": "培训牧民120人次，带动60户就业"}, ["Z23 info actual_result"]),
]  # fmt: skip
NEAR = [
    # Without points: met, explained, in words, no place to say why.
    UNSCORED,
    UNSCORED | row(actual_value="110人次", reason="牧忙时节少办一期"),
    UNSCORED | row(actual_value="一百余人"),
    UNSCORED | {"*.reason": ABSENT, "*.note": ABSENT, "form.problems": ABSENT,
                "form.measures": ABSENT},
    {"form.annual_goal": ABSENT},
    # Z01: no such column, nothing asked, none of what should be little.
    {"*.actual_value": ABSENT},
    {"培训人次.actual_value": None, "培训人次.target_value": None},
    row(actual_value="0人次", score=0, reason="疫情未举办") | {"form.total_score": "81.4",
                                                        "form.grade": "良"},
    {"培训总费用.actual_value": "无", "培训总费用.target_value": "≤0万元"},
    row(actual_value=None, weight=0, score=0) | {"form.total_weight": None, "form.total_score":
        "81.4", "*.level1_weight": None, "form.grade": "良", "编印手册.weight": 25,
        "编印手册.score": 25, "编印手册.actual_value": "500册"} | {"form.total_score": "96.4",
        "form.grade": "优"},
    # Z09, Z11: a reason in the row, in the note, in a text that names it.
    lost(14, reason="两次签到表缺失"),
    lost(14, note="有两次签到表缺失"),
    lost(14) | {"form.problems": "培训人次中有两次签到表缺失，不能核实，因此扣分。"},
    lost(13, actual_value="104人次") | {"form.measures": "培训的人次偏少，明年提前招收学员。"},
    {"带动就业户数.reason": None, "form.problems": "带动就业的户数未完成，原因是合作社成立晚。"},
    # Z10: exactly, over a plain number, what cannot be compared.
    row(actual_value="120人次"),
    row(actual_value="120"),
    {"编印手册.actual_value": "520册"},
    {"编印手册.target_value": "=500册", "编印手册.actual_value": "520册"},
    row(actual_value="线上60人次、线下50人次"),
    row(target_value="高于上年", actual_value="提高3%"),
    {"培训完成时间.actual_value": "11月底"},
    row(actual_value="≥110人次"),
    {"培训合格率.actual_value": "0.965"},
    # Z12: sentences, counts alike, words for words and dates.
    row(actual_value="130人"),
    row(actual_value="培训128名牧民"),
    {"编印手册.actual_value": "500本"},
    {"培训完成时间.actual_value": "按时完成"},
    {"技能持续应用.actual_value": "完成"},
    {"培训总费用.actual_value": "188000元"},
    row(target_value="≥120个", actual_value="125家"),
    row(actual_value="共举办六期，每期二十余人"),
    # Z13: borders of the bands, and texts that name none.
    {"技能持续应用.score": 8, "form.total_score": "95.4"},
    {"技能持续应用.actual_value": "部分达成预期指标", "技能持续应用.score": 5,
     "form.total_score": "92.4"},
    {"技能持续应用.actual_value": "未达成", "技能持续应用.score": 6, "form.total_score": "93.4"},
    {"技能持续应用.actual_value": "效果较好", "技能持续应用.score": 3, "form.total_score": "90.4"},
    {"技能持续应用.actual_value": "部分达成预期指标并具有一定效果", "技能持续应用.score": 7,
     "form.total_score": "94.4"},
    # Z17: below the threshold, explained, small numbers, costs.
    row(actual_value="155人次"),
    row(actual_value="200人次", reason="增加两期线上班"),
    row(target_value="≥1次", actual_value="2次"),
    {"培训总费用.target_value": "≤40万元"},
    {"培训合格率.target_value": "≥75%"},
    # Z18: words that look like instructions.
    {"form.actual_result": "全年培训128人次，学员填写满意度问卷120份。"},
    {"带动就业户数.reason": "学员没有按要求填写登记表"},
    row(actual_value="128人次（含线上28人次）"),
    {"技能持续应用.reason": "个别学员返城（见说明）"},
    {"form.problems": "无"},
    row(actual_value="128人次（共填写登记表128份）"),
    {"技能持续应用.actual_value": "填写率达到98%"},
    {"技能持续应用.actual_value": "说明书发放到户"},
    {"form.actual_result": "培训128人次，受到牧民欢迎……"},
    # Z23
    {"form.actual_result": ABSENT},
    {"form.actual_result": "已完成"},
    {"form.actual_result": "培训牧民120人次，带动60户就业，全部完成。"},
    {"form.annual_goal": ABSENT, "form.actual_result": "培训128人次"},
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_a_fault_is_told_at_its_cell(changes, expected):
    assert lines_of(review_of(evaluation(changes))) == expected


@pytest.mark.parametrize("changes", NEAR)
def test_what_is_nearly_a_fault_is_let_pass(changes):
    assert lines_of(review_of(evaluation(changes))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"培训人次.done_value": None}, ["Z01 error done_value 培训人次"]),
        ({"培训人次.done_value": "正在推进中"}, ["Z12 error done_value 培训人次"]),
        ({"编印手册.done_value": "（填写完成值）"}, ["Z18 error done_value 编印手册"]),
        ({"牧民满意度.done_value": "第四季度测评"}, []),
        ({"培训完成时间.done_value": "进行中"}, []),
    ],
)
def test_a_monitoring_is_read_in_its_own_column(changes, expected):
    assert lines_of(review_of(monitoring(changes))) == expected


def test_the_threshold_of_staff_counts():
    changes = {"培训人次.actual_value": "150人次"}
    assert lines_of(review_of(evaluation(changes), thresholds={"Z17": 120})) == [
        "Z17 info actual_value 培训人次"
    ]


def test_messages_say_the_arithmetic():
    changes = {
        "培训人次.actual_value": "160人次",
        "技能持续应用.score": 5,
        "form.total_score": "92.4",
    }
    found = {f.rule: f.message for f in review_of(evaluation(changes)).findings}
    assert found["Z17"].endswith("160 ÷ 120 = 133.3%")
    assert found["Z13"].endswith("应得分值的 80%–100%，5 ÷ 10 = 50%")


def test_a_form_without_room_for_reasons_is_told_as_not_judged():
    columns = {"*.reason": ABSENT, "*.note": ABSENT, "form.problems": ABSENT}
    review = review_of(evaluation(columns | {"form.measures": ABSENT}))
    assert lines_of(review) == []
    assert ("Z11", "表上没有偏差原因一栏") in [(n.rule, n.reason) for n in review.not_judged]
