"""Points, grades and lights, case by case: the shares are worked out here by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from perfgoals_xl.form.evaluation import scoring as module
from perfgoals_xl.form.evaluation.scoring import (
    DEFAULT_SCORING,
    Equal,
    Light,
    Method,
    Reverse,
    accumulates,
    band_limits,
    band_of,
    execution_points,
    grade_of,
    light,
    meets,
    method_of,
    points,
    scoring_of,
    worst_light,
)
from perfgoals_xl.form.target import parse_target

RATIO = replace(DEFAULT_SCORING, reverse=Reverse.RATIO)
STRICT = replace(DEFAULT_SCORING, equal=Equal.ALL_OR_NOTHING)
NARROW = scoring_of({"bands": [[100, 80], [80, 50], [50, 0]]})

# target, actual, share of the weight: as by default, with reverse "ratio", with equal all or none
SHARES = [
    ("≥95%", "97%", 1, 1, 1),
    ("≥95%", "95%", 1, 1, 1),
    ("≥95%", "47.5%", 0.5, 0.5, 0.5),
    ("≥95%", "0%", 0, 0, 0),
    ("≥95%", "-5%", 0, 0, 0),
    ("≥95%", "0.475", 0.5, 0.5, 0.5),
    ("≥0.95", "95%", 1, 1, 1),
    (">100次", "100次", 1, 1, 1),
    ("≥120次", "60", 0.5, 0.5, 0.5),
    ("≥120次", "150次", 1, 1, 1),
    ("≥120次", "共完成60次", 0.5, 0.5, 0.5),
    ("≥120次", "60人", None, None, None),
    ("≥120次", "", None, None, None),
    ("≥120次", None, None, None, None),
    ("≥120次", "已完成", None, None, None),
    ("≥120次", "达成预期指标", None, None, None),
    ("≥120次", "60次，其中上门30次", None, None, None),
    ("≥0起", "0起", 1, 1, 1),
    ("≥5公里", "2500米", 0.5, 0.5, 0.5),
    ("≥5000米", "5公里", 1, 1, 1),
    ("≥1.2万人次", "6000人次", 0.5, 0.5, 0.5),
    ("≤20万元", "20万元", 1, 1, 1),
    ("≤20万元", "198500元", 1, 1, 1),
    ("≤20万元", "25万元", 0.75, 0.8, 0.75),
    ("≤20万元", "250000元", 0.75, 0.8, 0.75),
    ("≤20万元", "40万元", 0, 0.5, 0),
    ("≤20万元", "80万元", 0, 0.25, 0),
    ("≤0起", "0起", 1, 1, 1),
    ("≤0起", "1起", 0, 0, 0),
    ("≤30天", "40天", Fraction(2, 3), 0.75, Fraction(2, 3)),
    ("<2%", "3%", 0.5, Fraction(2, 3), 0.5),
    ("12次", "12次", 1, 1, 1),
    ("12次", "9次", 0.75, 0.75, 0),
    ("12次", "15次", 1, 1, 0),
    ("=12次", "15次", 0.75, 0.8, 0),
    ("=12次", "9次", 0.75, 0.75, 0),
    ("100%", "1", 1, 1, 1),
    ("10-20次", "15次", 1, 1, 1),
    ("10-20次", "5次", 0.5, 0.5, 0),
    ("10-20次", "25次", 0.75, 0.8, 0),
    ("2026年12月底前", "2026-12-31", 1, 1, 1),
    ("2026年12月底前", "2026年11月", 1, 1, 1),
    ("2026年6月30日前", "2026年7月1日", 0, 0, 0),
    ("=2026年11月底前", "2026年11月20日", 1, 1, 1),
    ("=2026年11月底前", "2026年12月1日", 0, 0, 0),
    ("=2026年12月", "2026-11-20", 1, 1, 1),
    ("=2026年12月", "2027年1月", 0, 0, 0),
    (">2026年6月", "2026年5月", 0, 0, 0),
    ("2026年12月15日前", "2026年12月", None, None, None),
    ("2026年12月底前", "按时完成", None, None, None),
    ("持续提升", "达成预期指标", 1, 1, 1),
    ("持续提升", "部分达成预期指标并具有一定效果", 0.7, 0.7, 0.7),
    ("持续提升", "未达成预期指标且效果较差", 0.3, 0.3, 0.3),
    ("持续提升", "有所提升", None, None, None),
    ("12月底前", "达成年度指标", 1, 1, 1),
    ("较上年提高", "部分达成", 0.7, 0.7, 0.7),
    ("", "完成", 1, 1, 1),
    ("≤2%", "0.8", None, None, None),
]


@pytest.mark.parametrize(("target", "actual", "default", "ratio", "strict"), SHARES)
def test_points_are_the_share_of_the_weight(target, actual, default, ratio, strict):
    read = parse_target(target)
    for settings, share in ((DEFAULT_SCORING, default), (RATIO, ratio), (STRICT, strict)):
        got = points(read, actual, Decimal(12), settings)
        if share is None:
            assert got is None
        else:
            assert got == Decimal(str(round(float(12 * Fraction(share)), 2)))


@pytest.mark.parametrize(
    ("target", "actual", "share", "among_costs"),
    [
        ("20万元", "15万元", 0.75, 1),
        ("20万元", "25万元", 1, 0.75),
        ("≥20万元", "15万元", 0.75, 0.75),
    ],
)
def test_a_bare_cost_is_a_ceiling(target, actual, share, among_costs):
    read = parse_target(target)
    assert points(read, actual, Decimal(8)) == Decimal(str(8 * share))
    assert points(read, actual, Decimal(8), cost=True) == Decimal(str(8 * among_costs))


def test_points_are_rounded_as_excel_rounds():
    assert points(parse_target("≥8次"), "1次", Decimal(1)) == Decimal("0.13")
    assert points(parse_target("≥8次"), "1次", Decimal(1), scoring_of({"places": 1})) == Decimal(
        "0.1"
    )


def test_met_is_what_the_worksheet_function_says():
    assert meets(parse_target("≥95%"), "97%") is True
    assert meets(parse_target("12次"), "15次") is False
    assert meets(parse_target("持续提升"), "达成预期指标") is None


@pytest.mark.parametrize(
    ("target", "method"),
    [
        ("≥95%", Method.POSITIVE),
        ("不超过20万元", Method.REVERSE),
        ("12次", Method.EQUAL),
        ("10-20次", Method.EQUAL),
        ("2026年12月底前", Method.DAY),
        ("12月底前", Method.QUALITATIVE),
        ("持续提升", Method.QUALITATIVE),
        ("较上年提高", Method.QUALITATIVE),
        ("≤30天", Method.REVERSE),
        ("***", Method.QUALITATIVE),
    ],
)
def test_methods(target, method):
    assert method_of(parse_target(target)) is method


@pytest.mark.parametrize(
    ("text", "band"),
    [
        *((text, band) for band, text in enumerate(module.BANDS)),
        ("全部或基本达成预期指标", 0),
        ("已完成", 0),
        ("基本达成目标", 1),
        ("部分达成预期指标并具有一定效果。", 1),
        ("未完成", 2),
        ("效果良好", None),
        ("完成率100%", None),
        ("预期指标", None),
        ("", None),
        (None, None),
    ],
)
def test_bands_by_their_words(text, band):
    assert band_of(text) == band


def test_bands_have_limits_and_a_share_within_them():
    assert band_limits(1, Decimal(10), NARROW) == (5, 8)
    assert [NARROW.band_share(n) for n in range(3)] == [100, 65, 25]
    assert points(parse_target("提升"), "部分达成", Decimal(10), NARROW) == Decimal("6.5")


@pytest.mark.parametrize(
    ("executed", "budget", "got"),
    [("90", "100", "9"), ("110", "100", "10"), ("-5", "100", "0"), ("0", "100", "0")],
)
def test_execution(executed, budget, got):
    assert execution_points(Decimal(executed), Decimal(budget), Decimal(10)) == Decimal(got)


def test_execution_of_nothing_is_not_computed():
    assert execution_points(None, Decimal(1), Decimal(10)) is None
    assert execution_points(Decimal(1), None, Decimal(10)) is None
    assert execution_points(Decimal(1), Decimal(0), Decimal(10)) is None


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.99", "差")],
)
def test_grades(total, grade):
    assert grade_of(Decimal(total)) == grade


@pytest.mark.parametrize(
    ("target", "done", "shown"),
    [
        # Of 120 by the end of June: 60.
        ("≥120次", "35次", Light.RED),
        ("≥120次", "36次", Light.YELLOW),
        ("≥120次", "47次", Light.YELLOW),
        ("≥120次", "48次", Light.GREEN),
        ("≥120次", "72次", Light.GREEN),
        ("≥120次", "73次", Light.BLUE),
        ("120次", "", None),
        ("≥120次", "若干", None),
        # A rate is asked for in every month.
        ("≥95%", "96%", Light.GREEN),
        ("≥95%", "70%", Light.YELLOW),
        ("≥95%", "50%", Light.RED),
        ("≤20万元", "10万元", Light.GREEN),
        ("≤20万元", "0万元", Light.GREEN),
        ("≤20万元", "15万元", Light.YELLOW),
        ("≤20万元", "18万元", Light.RED),
        ("≤0起", "0起", Light.GREEN),
        ("≤0起", "1起", Light.RED),
        ("2026年6月底前", "2026-06-20", Light.GREEN),
        ("2026年6月底前", "2026-07-20", Light.RED),
        ("持续提升", "达成预期指标", None),
    ],
)
def test_lights(target, done, shown):
    assert light(parse_target(target), done, 6) is shown


def test_who_knows_better_says_whether_a_value_grows():
    assert light(parse_target("≥100%"), "55%", 6) is Light.RED
    assert light(parse_target("≥100%"), "55%", 6, grows=True) is Light.GREEN


@pytest.mark.parametrize(
    ("target", "name", "grows"),
    [
        ("≥120次", "培训次数", True),
        ("≤20万元", "设备购置成本", True),
        ("≤5000元/人", "补助标准", False),
        ("≤8.5万元", "每处工程维修成本", False),
        ("5000元", "人均补助", False),
        ("≤4小时", "到场时间", False),
        ("≥15年", "管网使用年限", False),
        ("≥95", "合格率", False),
        ("≥0.58", "灌溉水有效利用系数", False),
        ("≥1.2", "空气质量综合指数", False),
        ("≥5", "绿道密度", False),
        ("≤35", "PM2.5浓度", False),
        ("≥12个", "指标体系数", True),
        ("≥3项", "编制水平衡方案", True),
        ("≥95%", "设备完好", False),
    ],
)
def test_what_grows_over_the_year(target, name, grows):
    assert accumulates(parse_target(target), name) is grows


def test_the_worst_light_is_the_projects():
    assert worst_light([Light.GREEN, None, Light.BLUE]) is Light.BLUE
    assert worst_light([Light.BLUE, Light.YELLOW, Light.RED]) is Light.RED
    assert worst_light([None]) is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"levels": {"产出指标": 60, "效益指标": 20}}, "应为 100"),
        ({"execution_points": 20}, "应为 100"),
        ({"bands": [[100, 80], [80, 60]]}, "应有 3 档"),
        ({"bands": [[100, 60], [80, 50], [50, 0]]}, "不能重叠"),
        ({"bands": [[100, 80], [60, 80], [60, 0]]}, "上限应大于下限"),
        ({"bands": [[100, 80], [80, 60], [60, 10]]}, "到 0 止"),
        ({"bands": [100, 80, 60]}, "方括号"),
        ({"grades": [80, 90, 60]}, "grades"),
        ({"lights": [80, 60, 120]}, "lights"),
        ({"far_over": 90}, "far_over"),
        ({"reverse": "quadratic"}, "linear"),
        ({"step": 0}, "step"),
        ({"step": "one"}, "不是数字"),
        ({"places": 1.5}, "整数"),
        ({"levels": {"产出指标": -10, "效益指标": 100}}, "为负"),
        ({"punkte": 5}, "不认识的设置 punkte"),
    ],
)
def test_settings_that_contradict_themselves(settings, said):
    with pytest.raises(ValueError, match=said):
        scoring_of(settings)


def test_settings_of_another_place():
    settings = scoring_of(
        {
            "execution_points": 20,
            "levels": {"产出指标": 40, "效益指标": 30, "满意度指标": 10},
            "levels_with_cost": {"成本指标": 20, "产出指标": 30, "效益指标": 20, "满意度指标": 10},
            "reverse": "ratio",
        }
    )
    assert settings.reverse is Reverse.RATIO
    assert settings.level_points(with_cost=True)["成本指标"] == 20
    assert settings.grades == DEFAULT_SCORING.grades
