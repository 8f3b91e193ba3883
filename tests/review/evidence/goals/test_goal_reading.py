"""Reading of goals: which amount is what, which numbers are figures at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.review.evidence.goals.goal_reading import Role, holds, read_goal

BUDGET, PART, PRICE = Role.BUDGET, Role.PART, Role.UNIT_PRICE
OTHER, SOURCE, TOTAL, YEAR = Role.OTHER, Role.SOURCE, Role.TOTAL, Role.OTHER_YEAR


@pytest.mark.parametrize(
    ("goal", "roles"),
    [
        ("主要目标是计划投入86万元经费，用于校舍维修。", [("86万元", BUDGET)]),
        ("本项目年度安排资金40万元,维修渠道。", [("40万元", BUDGET)]),
        ("2026年预计安排450万元，用于免疫规划。", [("450万元", BUDGET)]),
        ("本项目总计安排50万资金，复核10个园区。", [("50万", BUDGET)]),
        ("本年预计投入资金222万元,完成体检。", [("222万元", BUDGET)]),
        ("2026年计划安排预算资金87万元，用于公交补贴。", [("87万元", BUDGET)]),
        ("2026年项目资金120万元，改造老旧小区3个。", [("120万元", BUDGET)]),
        ("该项目2026年度预算为1,200万元。", [("1,200万元", BUDGET)]),
        ("2026年申请财政资金300万元。", [("300万元", BUDGET)]),
        ("全年所需经费约30万元。", [("30万元", BUDGET)]),
        (
            "计划投入115万元，分别用于被服（约5万元）、租车（15万元）及装备（95万元）。",
            [("115万元", BUDGET), ("5万元", PART), ("15万元", PART), ("95万元", PART)],
        ),
        # A price for each, a source, another year, several years, what comes of it.
        (
            "2026年安排资金40万元,对10个社区每个给予4万元奖补。",
            [("40万元", BUDGET), ("4万元", PRICE)],
        ),
        ("按每亩200元的标准补助。", [("200元", PRICE)]),
        ("其中中央资金540万元，自治区资金260万元。", [("540万元", SOURCE), ("260万元", SOURCE)]),
        ("2025年安排资金80万元，已完成一期。", [("80万元", YEAR)]),
        ("上年投入资金80万元。", [("80万元", YEAR)]),
        ("三年共安排资金900万元。", [("900万元", TOTAL)]),
        ("2025年至2027年计划投入资金900万元。", [("900万元", TOTAL)]),
        ("项目总投资2000万元。", [("2000万元", TOTAL)]),
        ("带动社会投入500万元，促进群众增收30万元。", [("500万元", OTHER), ("30万元", OTHER)]),
        ("每年涉及云资源使用费用160万左右。", [("160万", OTHER)]),
        ("安排宣传经费20万元。", [("20万元", OTHER)]),
        ("2026年设备更新投入20万元。", [("20万元", OTHER)]),
        ("争取上级投入资金300万元。", [("300万元", OTHER)]),
        ("保护耕地1.1万亩，受益1.35万名居民。", []),
    ],
)
def test_amounts(goal, roles):
    assert [(a.written, a.role) for a in read_goal(goal, 2026).amounts] == roles


@pytest.mark.parametrize(
    ("goal", "figures"),
    [
        (
            "维修供水工程16处，更换管网12.6公里，惠及1.35万名居民。",
            ["16处", "12.6公里", "1.35万名"],
        ),
        ("合格率达到98%以上，开展演练2次。", ["98%", "2次"]),
        ("不少于20家企业、２个园区。", ["20家", "2个"]),
        # Dates, years, documents, standards, ordinals, names.
        ("2026年12月底前完成，2024全年及重点节日值守。", []),
        ("按照《发展规划（2021—2025年）》（青政发〔2022〕10号）和GB/T 2188—2013执行。", []),
        ("1.2026年,组织培训。 2.2026年，开展评估。3、加强管理。", []),
        ("①完成普查。②编制方案。目标1：建成平台；目标2：投入使用。", []),
        ("开展“5·12”、“10·13”宣传，实行7×24小时值守，开通12345热线，覆盖5G基站。", []),
        ("防洪标准提高到20年一遇，查清煤矿外部500米范围内的采空区。", []),
        ("二级医院、八大行业。", []),
    ],
)
def test_figures(goal, figures):
    assert [f.written for f in read_goal(goal, 2026).figures] == figures


def test_numbers_in_ten_thousands_and_bounds():
    first, second = read_goal("惠及1.35万名居民，培训不少于300人次。", 2026).figures
    assert (first.number, first.unit) == (Decimal(13500), "名")
    assert (second.number, second.unit, second.bound) == (Decimal(300), "人次", "≥")
    (amount,) = read_goal("计划投入约5.3万元。", 2026).amounts
    assert (amount.yuan, amount.slack) == (Decimal(53000), Decimal(500))


@pytest.mark.parametrize(
    ("goal", "yuan", "slack"),
    [
        ("2026年安排资金30万元。", 300_000, 0),
        ("投入资金不超过30万元。", 300_000, 0),
        ("全年所需经费约30万元。", 300_000, 5_000),
        ("全年所需经费30万元左右。", 300_000, 5_000),
        # 120 余 may be up to a fifth more.
        ("2026年安排资金120余万元。", 1_200_000, 240_000),
    ],
)
def test_how_far_off_an_amount_may_be(goal, yuan, slack):
    (amount,) = read_goal(goal, 2026).amounts
    assert (amount.yuan, amount.slack) == (yuan, slack)


@pytest.mark.parametrize(
    ("goal", "number", "unit"),
    [
        ("种植2十万亩。", 200_000, "亩"),
        ("栽植3万余株。", 30_000, "株"),
        ("惠及3百户。", 300, "户"),
        ("更换管网3千米。", 3, "千米"),
        ("装机50千瓦。", 50, "千瓦"),
        ("收购2万千克。", 20_000, "千克"),
        ("惠及3千多名居民。", 3_000, "名"),
        ("印发2千万份。", 20_000_000, "份"),
        ("惠及1.2千户。", 1_200, "户"),
        ("发电2亿千瓦时。", 200_000_000, "千瓦时"),
    ],
)
def test_the_scale_of_a_figure(goal, number, unit):
    (figure,) = read_goal(goal, 2026).figures
    assert (figure.number, figure.unit) == (number, unit)


@pytest.mark.parametrize("goal", ["新建三所学校。", "覆盖率达到百分之九十五。", "新增学位300个。"])
def test_has_a_figure(goal):
    assert read_goal(goal, 2026).has_figure


@pytest.mark.parametrize(
    "goal", ["完善“一网三中心”建设。", "2026年提升服务水平。", "做到“两个维护”。"]
)
def test_has_no_figure(goal):
    assert not read_goal(goal, 2026).has_figure


@pytest.mark.parametrize(
    ("parts", "aim", "expected"),
    [
        ([3, 4, 5], 12, True),
        ([3, 4, 5], 11, False),
        # What an amount is made of does not count again.
        ([10, 6, 4, 5], 15, True),
        # Listed by source and by use.
        ([7, 5, 3, 9], 12, True),
        ([], 5, False),
    ],
)
def test_holds(parts, aim, expected):
    assert holds([Decimal(p) for p in parts], Decimal(aim)) is expected


@pytest.mark.parametrize(
    "goal", ["9" * 400 + "万元", "9" * 400 + "亿人", "《", "□", "\ud800", "(", "."]
)
def test_rubbish_is_read(goal):
    read_goal(goal, None)
