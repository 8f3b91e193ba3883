"""Our own 自评表 and 监控表, filled in rightly, give no finding at all, whatever the settings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.form.evaluation.scoring_settings import scoring_of
from perfgoals_xl.review.run import review
from tools import example_year
from tools.year_contents import PLANNED_IN_EVALUATION, PLANNED_IN_MONITORING

SETTINGS = {
    "default": {},
    "other bands and sums": {
        "reverse": "ratio",
        "equal": "all_or_nothing",
        "bands": [[100, 80], [80, 50], [50, 0]],
    },
    "execution of 20": {
        "execution_points": 20,
        "levels": {"产出指标": 40, "效益指标": 30, "满意度指标": 10},
        "levels_with_cost": {"成本指标": 10, "产出指标": 35, "效益指标": 25, "满意度指标": 10},
        "grades": [85, 75, 60],
    },
}
# What the example has wrong, put right: the answer, its points, the reason.
EVALUATED = {
    "单元工程质量合格率": ("100%", None, None),
    "新增高效节水灌溉面积": ("0.76万亩", None, "青禾二支渠改线，400亩改在明年春季实施。"),
    "出动送水车辆": ("216台次", None, None),
}
# Where only the number itself has points, more than it has none.
EXACT = {"开展宣传活动场次": ("12场",), "换装节水器具户数": ("600户",)}
MONITORED = {"安装安全监测设施数量": ("5套", "设备8月初到货，9月底前装完。")}


def put_right(typed, path, table, wrong, columns):
    """The cells that are typed, with the planned faults mended."""
    rows = load(path).evaluated.table(example_year.EvaluationTable(table))
    for number, line in enumerate(rows.records()):
        for column, value in zip(columns, wrong.get(line["level3"], ()), strict=False):
            place = rows.place(number, column)
            typed.pop((place.sheet, place.cell), None)
            if value is not None:
                typed[place.sheet, place.cell] = value
    return typed


def recalculated(office, path):
    with office.open(path) as document:
        document.recalculate()
        example_year.put_values(path, example_year.computed_by(document))
    return load(path)


def test_every_planned_fault_is_mended_here():
    assert {name for _, _, name in PLANNED_IN_EVALUATION} == EVALUATED.keys()
    assert {name for _, _, name in PLANNED_IN_MONITORING} == MONITORED.keys()


@pytest.mark.parametrize("name", SETTINGS)
def test_a_right_evaluation(name, tmp_path, office):
    path = tmp_path / "自评表.xlsx"
    typed = example_year.make_evaluation(path, scoring_of(SETTINGS[name]))
    columns = ("actual_value", "score", "reason")
    wrong = EVALUATED | (EXACT if "equal" in SETTINGS[name] else {})
    example_year.fill(path, put_right(typed, path, "evaluation_indicators", wrong, columns))
    read = recalculated(office, path)
    assert [(f.rule, f.sheet, f.cell, f.message) for f in review(read).findings] == []
    assert all(f["total_weight"] == 100 for f in read.evaluated.evaluations.records())
    # Nothing is left open either, but for the declaration that is not at hand.
    assert {one.rule for one in review(read).not_judged} <= {"Z15", "K01"}


def test_all_in_full(tmp_path, office):
    """Every target just met and all money spent: 100 points everywhere."""
    path = tmp_path / "自评表.xlsx"
    example_year.make_evaluation(path)
    evaluated = load(path).evaluated
    rows, funds = evaluated.evaluation_indicators, evaluated.evaluation_funds
    typed = {}
    for number, line in enumerate(rows.records()):
        if line["weight"] is None:
            continue
        place, target = rows.place(number, "actual_value"), line["target_value"]
        met = target.lstrip("≥≤").removesuffix("前").removesuffix("底")
        typed[place.sheet, place.cell] = (
            "达成预期指标" if line["low"] is line["high"] is None else met
        )
    for number in range(len(evaluated.evaluations)):
        place = evaluated.evaluations.place(number, "actual_result")
        typed[place.sheet, place.cell] = "全年任务都已完成。"
    for number, line in enumerate(funds.records()):
        if line["source"] != "年度资金总额" and isinstance(line["annual_budget"], Decimal):
            place = funds.place(number, "executed")
            typed[place.sheet, place.cell] = line["annual_budget"]
    example_year.fill(path, typed)
    read = recalculated(office, path)
    assert [(f.rule, f.sheet, f.cell, f.message) for f in review(read).findings] == []
    assert {form["total_score"] for form in read.evaluated.evaluations.records()} == {100}
    assert {form["grade"] for form in read.evaluated.evaluations.records()} == {"优"}


@pytest.mark.parametrize("name", ["default", "execution of 20"])
def test_a_right_monitoring(name, tmp_path, office):
    path = tmp_path / "监控表.xlsx"
    typed = example_year.make_monitoring(path, scoring_of(SETTINGS[name]))
    columns = ("done_value", "reason")
    example_year.fill(path, put_right(typed, path, "monitoring_indicators", MONITORED, columns))
    read = recalculated(office, path)
    assert [(f.rule, f.sheet, f.cell, f.message) for f in review(read).findings] == []
    assert {one.rule for one in review(read).not_judged} <= {"Z15", "K01"}
