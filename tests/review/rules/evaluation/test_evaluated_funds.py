"""Funds and costs: each fault is told at its cell alone, what is nearly one is let pass."""

from __future__ import annotations

import pytest

from tests.support.evaluated_forms import ABSENT, evaluation, lines_of, monitoring, review_of

TOTAL, RATE, POINTS = "form.total_score", "form.execution_rate", "form.execution_score"
WHY = "因招标推迟，尾款结转下年支付。"
AMOUNTS = ("initial_budget", "annual_budget", "executed")
NO_PARTS = {f"{source}.{name}": None for source in ("财政拨款", "其他资金") for name in AMOUNTS}


def spent(executed, rate, points, *, why=None, **changes):
    """The funds with other amounts, the total moved along and a cost that fits."""
    cost = {"培训总费用.actual_value": f"{executed}万元", "培训总费用.target_value": "≤20万元"}
    total = f"{87 + float(points):g}"
    grade = "优" if float(total) >= 90 else "良"
    form = {"form.executed": executed, RATE: rate, POINTS: points, TOTAL: total}
    return NO_PARTS | cost | form | {"form.grade": grade, "form.problems": why} | changes


FAULTS = [
    # Z06
    ({RATE: 90}, ["Z06 error execution_rate"]),
    ({RATE: "94.5"}, ["Z06 error execution_rate"]),
    ({RATE: "85.45"}, ["Z06 error execution_rate"]),
    ({RATE: 100}, ["Z06 error execution_rate"]),
    ({"财政拨款.execution_rate": 90}, ["Z06 error execution_rate"]),
    ({RATE: "94.3"}, ["Z06 error execution_rate"]),
    # Z07
    ({POINTS: 9, TOTAL: "95.5", "技能持续应用.score": "8.5"}, ["Z07 error execution_score"]),
    ({POINTS: 10, TOTAL: 97}, ["Z07 warning execution_score"]),
    ({POINTS: "9.3", TOTAL: "96.3"}, ["Z07 error execution_score"]),
    (spent(14, 70, 10, why=WHY), ["Z07 error execution_score"]),
    (spent(10, 50, 0, why=WHY), ["Z07 warning execution_score"]),
    (spent(22, 110, "9.5") | {"培训总费用.target_value": "≤22万元"},
     ["Z24 warning executed", "Z07 error execution_score"]),
    ({"form.execution_weight": 20, "form.total_weight": ABSENT, "*.level1_weight": ABSENT,
      "培训人次.weight": 5, "培训人次.score": 5, TOTAL: "86.4", "form.grade": "良"},
     ["Z07 error execution_score"]),
    # Z08
    ({"财政拨款.executed": 16}, ["Z08 error executed"]),
    ({"财政拨款.annual_budget": "18.5"}, ["Z08 error annual_budget"]),
    ({"其他资金.initial_budget": None}, ["Z08 error initial_budget"]),
    ({"form.initial_budget": 0}, ["Z08 error initial_budget"]),
    ({"财政拨款.executed": 17, "其他资金.executed": "1.9"}, ["Z08 error executed"]),
    ({"其他资金.annual_budget": 20}, ["Z08 error annual_budget"]),
    # Z14
    ({"培训总费用.actual_value": "19.5万元"}, ["Z14 warning actual_value 培训总费用"]),
    ({"培训总费用.actual_value": "195000元"}, ["Z14 warning actual_value 培训总费用"]),
    ({"培训总费用.actual_value": "19.4"}, ["Z14 warning actual_value 培训总费用"]),
    ({"培训总费用.actual_value": "12万元"}, ["Z14 warning actual_value 培训总费用"]),
    ({"培训总费用.actual_value": "188元"}, ["Z14 warning actual_value 培训总费用"]),
    # Z16
    (spent(17, 85, "8.5"), ["Z16 warning execution_rate"]),
    (spent(10, 50, 5, why="无"), ["Z16 warning execution_rate"]),
    (spent(17, 85, "8.5", why="宣传不够。"), ["Z16 warning execution_rate"]),
    (spent(2, 10, 1, why="项目仍在实施。"), ["Z16 warning execution_rate"]),
    (spent("17.9", "89.5", "8.95"), ["Z16 warning execution_rate"]),
    (spent(17, 85, "8.5") | {"form.execution_reason": "执行率未达到90%的需说明原因，结余资金另附"},
     ["Z16 warning execution_rate"]),
    # Z24
    (spent(21, 105, 10) | {"培训总费用.target_value": "≤22万元"}, ["Z24 warning executed"]),
    (spent("20.1", "100.5", 10) | {"培训总费用.target_value": "≤22万元"}, ["Z24 warning executed"]),
    (NO_PARTS | {"form.annual_budget": 0, "form.initial_budget": 0, RATE: None, POINTS: 0,
                 TOTAL: 87, "form.grade": "良"}, ["Z24 warning executed"]),
    (NO_PARTS | {"form.executed": 188000, RATE: None, POINTS: 10, TOTAL: 97},
     ["Z24 error executed", "Z14 warning actual_value 培训总费用"]),
    (NO_PARTS | {"form.annual_budget": 200000, "form.initial_budget": 220000, RATE: None},
     ["Z24 error executed", "Z16 warning execution_rate", "Z07 error execution_score"]),
]  # fmt: skip
NEAR = [
    # Z06: rounded, cut, a share, not stated, nothing to divide by.
    spent("18.77", "93.9", "9.39"),
    spent("18.77", "93.8", "9.39"),
    spent("18.77", 93, "9.39"),
    {RATE: "0.94"},
    {RATE: None},
    {RATE: "94.00"},
    {"form.annual_budget": ABSENT, "财政拨款.annual_budget": ABSENT,
     "其他资金.annual_budget": ABSENT, "form.initial_budget": 20, "财政拨款.initial_budget": 18},
    # Z07: rounded, capped, of the stated rate, no weight.
    spent("18.77", "93.85", "9.4"),
    spent(20, 100, 10),
    {"form.execution_weight": None, "form.total_weight": 90},
    {POINTS: 9, TOTAL: 96},
    spent("18.77", "93.9", "9.35", why=WHY),
    # Z08: details of the line above, blanks, words, roundings.
    NO_PARTS,
    {"财政拨款.executed": "无", "其他资金.executed": "18.8"},
    {"财政拨款.executed": "约17", "其他资金.executed": 3},
    {"form.initial_budget": None},
    {"财政拨款.executed": "17.01", "其他资金.executed": "1.80"},
    # Z14: prices, savings, another level, an amount below the money spent.
    {"培训总费用.level3": "每人次培训费用", "每人次培训费用.actual_value": "26万元",
     "每人次培训费用.target_value": "≤30万元"},
    {"培训总费用.level3": "节约培训经费", "节约培训经费.actual_value": "19万元",
     "节约培训经费.target_value": "≥0万元"},
    {"培训总费用.level3": "场地费", "场地费.actual_value": "5万元"},
    {"培训总费用.level2": "质量指标", "培训总费用.actual_value": "19.9万元"},
    {"培训总费用.actual_value": "≤19万元"},
    {"培训总费用.actual_value": "18.84万元"},
    # Z24: all of it, a source beyond its own, no budget of the year, rounded.
    spent(20, 100, 10),
    {"财政拨款.executed": "16.5", "其他资金.executed": "2.3"},
    NO_PARTS | {"form.annual_budget": ABSENT, "form.initial_budget": 18, RATE: "104.44", POINTS: 10,
                TOTAL: 97},
    NO_PARTS | {"form.annual_budget": "18.8", "form.executed": "18.84", RATE: 100, POINTS: 10,
                TOTAL: 97},
    # Z16: a reason anywhere that speaks of the money, at the threshold.
    spent(18, 90, 9),
    spent(17, 85, "8.5", why=WHY),
    spent(17, 85, "8.5") | {"form.actual_result": "培训128人次；受财政下达较晚影响，支出偏低。"},
    spent(17, 85, "8.5") | {"带动就业户数.reason": "合作社尾款未支付，因年底才成立"},
    spent(17, 85, "8.5") | {"form.measures": "加快支付；今年因报账资料不全推迟。"},
]  # fmt: skip


def changed(changes):
    """A case may rename an indicator and then speak of it by its new name."""
    renamed = {v: k.rpartition(".")[0] for k, v in changes.items() if k.endswith(".level3")}
    own = {
        f"{renamed.get(k.rpartition('.')[0], k.rpartition('.')[0])}.{k.rpartition('.')[2]}": v
        for k, v in changes.items()
        if not k.endswith(".level3")
    }
    return own | {k: v for k, v in changes.items() if k.endswith(".level3")}


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_a_fault_is_told_at_its_cell(changes, expected):
    assert lines_of(review_of(evaluation(changes))) == expected


@pytest.mark.parametrize("changes", NEAR)
def test_what_is_nearly_a_fault_is_let_pass(changes):
    assert lines_of(review_of(evaluation(changed(changes)))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"form.execution_rate": 70}, ["Z06 error execution_rate"]),
        ({"其他资金.executed": 2}, ["Z08 error executed"]),
        ({"财政拨款.expected_balance": 1, "其他资金.expected_balance": 1},
         ["Z08 error expected_balance"]),
        ({"form.execution_rate": None}, []),
    ],
)  # fmt: skip
def test_a_monitoring_has_funds_too(changes, expected):
    assert lines_of(review_of(monitoring(changes))) == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({RATE: 90}, "年度资金总额：18.8 ÷ 20 = 94%，执行率写 90%"),
        ({RATE: "85.45"}, "是按年初预算数 22 算的"),
        ({POINTS: 8, TOTAL: 95}, "94% × 10 分 = 9.4 分，得分写 8 分"),
        ({"财政拨款.executed": 16},
         "全年执行数：财政拨款 16 + 其他资金 1.8 = 17.8，年度资金总额写 18.8 万元，各项少 1 万元"),
        ({"培训总费用.actual_value": "19.5万元"},
         "成本 19.5 万元，全年执行数 18.8 万元，多 0.7 万元"),
        (spent(17, 85, "8.5"), "执行率 17 ÷ 20 = 85%，低于 90%，没有写原因"),
    ],
)  # fmt: skip
def test_messages_say_the_arithmetic(changes, message):
    [finding] = review_of(evaluation(changes)).findings
    assert message in finding.message


def test_the_thresholds_of_staff_count():
    full = evaluation({POINTS: 10, TOTAL: 97})
    assert lines_of(review_of(full, thresholds={"Z07": 94})) == []
    assert lines_of(review_of(evaluation(), thresholds={"Z16": 95})) == [
        "Z16 warning execution_rate"
    ]


@pytest.mark.parametrize(
    ("parts", "total", "right"),
    [
        ([("财政拨款", 90), ("中央资金", 60), ("省级资金", 30), ("其他资金", 10)], 100, True),
        ([("财政拨款", 90), ("其中：中央资金", 90), ("其他资金", 10)], 100, True),
        ([("财政拨款", 90), ("其他资金", 10)], 100, True),
        ([("财政拨款", 90), ("上年结转", 5), ("其他资金", 10)], 100, False),
        ([("财政拨款", 50), ("其他资金", 50)], 50, False),
        ([("财政拨款", 0), ("其他资金", 10)], 10, True),
        ([("中央", 60), ("省级", 30), ("市级", 5), ("县级", 5)], 100, True),
        ([("中央", 60), ("省级", 30), ("市级", 5), ("县级", 5)], 90, False),
    ],
)
def test_details_of_a_line_are_not_added_again(parts, total, right):
    from decimal import Decimal

    from perfgoals_xl.review.evidence.reports.report_sums import makes_total

    assert makes_total([(name, Decimal(n)) for name, n in parts], Decimal(total)) is right
