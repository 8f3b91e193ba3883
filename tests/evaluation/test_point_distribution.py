"""Points handed out: even, in steps, exact to the sum; stated ones kept where they add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.evaluation.point_distribution import distribute, even
from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING, scoring_of

HALF = Decimal("0.5")


def rows(*groups):
    """Indicators of ``一级/二级`` or ``一级/二级/分值``."""
    found = []
    for group in groups:
        level1, level2, *weight = group.split("/")
        weight = weight[0] if weight else None
        found.append(
            {"level1": level1, "level2": level2, "weight": weight,
             "level3": "名称", "target_value": "≥1次"}
        )  # fmt: skip
    return found


def shares(plan):
    return [str(points) for points in plan.weights]


@pytest.mark.parametrize(
    ("points", "count", "step", "parts"),
    [
        ("50", 4, "0.5", "12.5 12.5 12.5 12.5"),
        ("50", 3, "0.5", "16.5 16.5 17"),
        ("50", 3, "1", "16 17 17"),
        ("12.5", 7, "0.5", "1.5 1.5 1.5 2 2 2 2"),
        ("10", 1, "0.5", "10"),
        ("16.5", 2, "1", "8 8.5"),
        ("1", 4, "0.5", "0.25 0.25 0.25 0.25"),
    ],
)
def test_even_parts(points, count, step, parts):
    got = even(Decimal(points), count, Decimal(step))
    assert sum(got) == Decimal(points)
    assert [str(part) for part in got] == parts.split()
    assert max(got) - min(got) <= Decimal(step)


@given(
    st.integers(0, 200).map(lambda n: Decimal(n) / 2),
    st.integers(1, 60),
    st.sampled_from(["0.5", "1", "0.1", "2"]),
)
def test_parts_make_the_whole(points, count, step):
    got = even(points, count, Decimal(step))
    assert len(got) == count
    assert sum(got) == points
    assert min(got) >= 0


def test_a_form_without_costs_as_a_level():
    plan = distribute(
        rows("产出指标/数量指标", "产出指标/数量指标", "产出指标/质量指标", "产出指标/时效指标",
             "产出指标/成本指标", "效益指标/社会效益", "效益指标/生态效益",
             "满意度指标/服务对象满意度"),
        DEFAULT_SCORING,
    )  # fmt: skip
    assert shares(plan) == ["6", "6.5", "12.5", "12.5", "12.5", "15", "15", "10"]
    assert plan.notes == ()


def test_a_form_with_costs_as_a_level():
    plan = distribute(
        rows("成本指标/经济成本指标", "产出指标/数量指标", "效益指标/社会效益指标",
             "满意度指标/服务对象满意度指标"),
        DEFAULT_SCORING,
    )  # fmt: skip
    assert shares(plan) == ["20", "40", "20", "10"]


def test_points_of_a_level_that_is_missing_go_to_the_others_and_that_is_told():
    plan = distribute(rows("产出指标/数量指标", "效益指标/社会效益"), DEFAULT_SCORING)
    assert shares(plan) == ["56", "34"]
    assert sum(plan.weights) == 90
    assert "没有满意度指标" in plan.notes[0]
    assert "产出指标 56 分" in plan.notes[0]


@pytest.mark.parametrize(
    ("groups", "expected", "told"),
    [
        # All of them, of another place's levels: 90 together.
        (["产出指标/数量/30", "产出指标/质量/15分", "效益指标/社会效益/30", "满意度/公众满意度/15"],
         "30 15 30 15", "取自申报表自己的分值"),
        # Of one level alone.
        (["产出指标/数量/20", "产出指标/质量/30", "效益指标/社会效益", "满意度/公众满意度"],
         "20 30 30 10", "产出指标的分值取自"),
        # None that add up.
        (["产出指标/数量/20", "产出指标/质量/20", "效益指标/社会效益", "满意度/公众满意度"],
         "25 25 30 10", "重新分配"),
        (["产出指标/数量/许多", "产出指标/质量/50", "效益指标/社会效益", "满意度/公众满意度"],
         "25 25 30 10", "重新分配"),
        # Of 100, without the execution of the budget.
        (["产出指标/数量/30", "产出指标/质量/30", "效益指标/社会效益/30", "满意度/公众满意度/10"],
         "25 25 30 10", "重新分配"),
    ],
)  # fmt: skip
def test_points_that_the_declaration_states(groups, expected, told):
    plan = distribute(rows(*groups), DEFAULT_SCORING)
    assert shares(plan) == expected.split()
    assert any(told in note for note in plan.notes)


def test_points_that_the_form_gives_to_its_levels():
    given_levels = {"产出指标": Decimal(60), "效益指标": Decimal(30)}
    plan = distribute(rows("产出指标/数量", "效益指标/社会效益"), DEFAULT_SCORING, given_levels)
    assert shares(plan) == ["60", "30"]
    wrong = {"产出指标": Decimal(60), "效益指标": Decimal(40)}
    plan = distribute(rows("产出指标/数量", "效益指标/社会效益"), DEFAULT_SCORING, wrong)
    assert shares(plan) == ["56", "34"]


def test_levels_that_nobody_named():
    plan = distribute(rows("/数量指标", "其他/其他事项", "效益/经济"), DEFAULT_SCORING)
    assert sum(plan.weights) == 90
    assert shares(plan)[0] == shares(plan)[1]


def test_another_place():
    scoring = scoring_of(
        {
            "execution_points": 20,
            "step": 1,
            "levels": {"产出": 40, "效益": 30, "满意度指标": 10},
            "levels_with_cost": {"成本": 10, "产出": 40, "效益": 20, "满意度": 10},
        }
    )
    plan = distribute(
        rows("产出/数量", "产出/质量", "产出/时效", "效益/社会效益", "满意度/公众满意度"),
        scoring,
    )
    assert shares(plan) == ["13", "13", "14", "30", "10"]


def test_a_group_that_has_no_indicator_gets_no_points():
    made = rows("产出指标/数量", "产出指标/质量", "效益指标/经济效益", "效益指标/社会效益")
    made[1] |= {"level3": "/", "target_value": "无"}
    made[2] |= {"level3": None, "target_value": None}
    assert shares(distribute(made, DEFAULT_SCORING)) == ["56", "0", "0", "34"]
    # A name or a value alone is an indicator.
    made[1] |= {"level3": "安全事故", "target_value": "无"}
    assert shares(distribute(made, DEFAULT_SCORING)) == ["28", "28", "0", "34"]


def test_no_indicators():
    assert distribute([], DEFAULT_SCORING).weights == ()
