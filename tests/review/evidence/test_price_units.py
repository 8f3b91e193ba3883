"""What a price is multiplied by: its own unit, other spellings of it, never what it is not for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.review.evidence.price_units import in_units_of, not_contradicted
from perfgoals_xl.review.evidence.quantities import Quantity
from perfgoals_xl.review.evidence.reconciliation import Doubt, Outcome
from perfgoals_xl.review.evidence.stated_counts import count_stated
from tests.review.evidence.test_pairing import told
from tests.review.evidence.test_reconciliation import project

EQUAL, OVER, UNDER, OPEN = Outcome.EQUAL, Outcome.OVER, Outcome.UNDER, Outcome.OPEN
PUPILS = "数量 小学公用经费补助学生数 = 1000人; 数量 初中公用经费补助学生数 = 500人; "
MEALS = "数量 营养改善受益学生数 = 300人; "
STATION = "数量 监测站位数量 = 30个; "


def quantity(name, unit="人", number=1, row=0):
    return Quantity(row, name, None, Decimal(number), unit, is_bound=False)


@pytest.mark.parametrize(
    ("annual", "text", "arithmetic"),
    [
        # Each price goes with those that it names, 200天 stand in its own brackets.
        (
            145,
            f"{PUPILS}{MEALS}成本 小学生均公用经费 = 700元/生; 成本 初中生均公用经费 = 900元/生; "
            "成本 营养膳食补助 = 5元/生·天（全年200天）; 时效 资金下达时限 = 收到资金后30日内",
            "1000人×700元 + 500人×900元 + 300人×200天×5元 = 145 万元",
        ),
        (
            30,
            "数量 县道养护里程 = 10公里; 数量 乡道养护里程 = 20公里; 成本 县乡道养护 = 1万元/公里",
            "(20公里+10公里)×1万元 = 30 万元",
        ),
        (
            160,
            "数量 放流对虾苗 = 2亿尾; 成本 对虾苗单价 = 80元/万尾",
            "20000万尾×80元 = 160 万元",
        ),
        (105, "数量 蟹苗 = 1500万只; 成本 蟹苗单价 = 700元/万只", "1500万只×700元 = 105 万元"),
        (10, "数量 羔羊 = 200只; 成本 羔羊单价 = 0.05万元/只", "200只×0.05万元 = 10 万元"),
        (12, "数量 苗木 = 3万株; 成本 苗木单价 = 400元/百株", "300百株×400元 = 12 万元"),
        (60, "数量 肉牛 = 120头; 成本 肉牛补贴 = 5000元/头", "120头×5000元 = 60 万元"),
        (
            18,
            "数量 飞防面积 = 2万亩; 数量 飞防次数 = 3次; 成本 飞防作业单价 = 3元/亩次",
            "20000亩×3次×3元 = 18 万元",
        ),
        (18, "数量 飞防面积 = 6万亩次; 成本 飞防单价 = 3元/亩次", "60000亩次×3元 = 18 万元"),
        (
            108,
            f"{STATION}数量 每站位监测频次 = 3次; 成本 单站次监测费 = 1.2万元/站次",
            "30个×3次×1.2万元 = 108 万元",
        ),
        (
            108,
            "数量 监测断面数量 = 30个; 数量 监测频次 = 12次; 成本 监测费 = 0.3万元/断面次",
            "30个×12次×0.3万元 = 108 万元",
        ),
        (45, "数量 运维监测站数量 = 3个; 成本 单站运维费 = 15万元/站·年", "3个×15万元 = 45 万元"),
        (
            2.8,
            "数量 清扫面积 = 2.8万平方米; 成本 清扫单价 = 1元/平方米",
            "28000平方米×1元 = 2.8 万元",
        ),
        (10, "数量 围墙长度 = 0.5公里; 成本 围墙单价 = 200元/米", "500米×200元 = 10 万元"),
        (
            48,
            "成本 20名护林员工资标准 = 2000元/人·月（12个月）",
            "20名×12个月×2000元 = 48 万元",
        ),
        (
            24,
            "数量 供餐学生数 = 300人; 数量 全年供餐次数 = 200次; 成本 营养餐 = 4元/生·餐",
            "300人×200次×4元 = 24 万元",
        ),
        (
            80,
            "数量 免费开放场馆 = 10个; 成本 两馆补助标准 = 20万元/馆; "
            "成本 8个乡镇文化站补助标准 = 5万元/站",
            "2馆×20万元 + 8个×5万元 = 80 万元",
        ),
    ],
)
def test_a_price_goes_with_what_is_counted_in_its_unit(annual, text, arithmetic):
    outcome, result = told(project(annual), text)
    assert (outcome, result.arithmetic) == (EQUAL, arithmetic)


@pytest.mark.parametrize(
    ("annual", "text", "outcome", "said"),
    [
        # A deadline is no number of days that something is paid for.
        (
            9,
            "数量 培训人数 = 50人; 成本 培训费 = 200元/人·天; 时效 资金支付时间 = 30天内",
            OPEN,
            "没有找到以“天”计的数量指标",
        ),
        (
            9,
            "数量 巡查人数 = 50人; 成本 补贴 = 200元/人·天; 时效 隐患处置时限 = ≤9天",
            OPEN,
            "没有找到以“天”计的数量指标",
        ),
        # Prices are never added to one another.
        (
            300,
            "成本 虾苗单价 = 80元/万尾; 成本 蟹苗单价 = 700元/万只",
            OPEN,
            "没有找到以“万尾”计的数量指标",
        ),
        # What is counted is not what the price names.
        (
            100,
            "数量 在园幼儿数 = 1000人; 数量 特教学生数 = 50人; 成本 特教学生补助 = 6000元/人",
            UNDER,
            "50人×6000元 = 30 万元",
        ),
        (
            30,
            "数量 县道养护里程 = 10公里; 数量 乡道养护里程 = 20公里; 成本 乡道养护 = 1万元/公里",
            UNDER,
            "20公里×1万元 = 20 万元",
        ),
        (
            80,
            "数量 免费开放场馆 = 10个; 成本 两馆补助标准 = 20万元/馆",
            OPEN,
            "所写的2馆与数量指标10个不同",
        ),
    ],
)
def test_what_a_price_is_not_for_is_no_factor(annual, text, outcome, said):
    found, result = told(project(annual), text)
    assert found is outcome
    assert said in f"{result.arithmetic}；{result.reason}"


def test_prices_without_a_quantity_are_no_addends():
    _, result = told(project(300), "成本 虾苗单价 = 80元/万尾; 成本 运输费 = 10万元")
    assert result.arithmetic == "成本 10 万元"
    _, result = told(project(300), "成本 虾苗单价 = 80元/万尾; 成本 蟹苗单价 = 700元/万只")
    assert result.terms == ()


@pytest.mark.parametrize(
    ("annual", "text", "is_slip"),
    [
        (60, "数量 围网 = 3200米; 成本 围网单价 = ≤150万元/米; 成本 标牌 = 12万元", True),
        (60, "数量 围网 = 3200米; 成本 围网单价 = 150万元/米; 成本 标牌 = 11万元", True),
        (60, "数量 围网 = ≥3200米; 成本 围网单价 = 150万元/米; 成本 标牌 = 12万元", True),
        (60, "成本 印刷费 = 480000万元; 成本 标牌 = 12万元", True),
        (1.2, "数量 慰问人数 = 40人; 成本 慰问标准 = 300万元/人", True),
        # Too dear, but 元 would not explain it: less than a hundred times, or next to nothing.
        (60, "数量 围网 = 3200米; 成本 围网单价 = ≤1.5万元/米; 成本 标牌 = 12万元", False),
        (60, "数量 围网 = 3200米; 成本 围网单价 = 2万元/米", False),
        (60, "数量 围网 = 3200米; 成本 围网单价 = 900万元/米", False),
        (60, "成本 印刷费 = 48万元; 成本 标牌 = 120万元", False),
        (60, "数量 围网 = 3200米; 成本 围网单价 = 150元/米; 成本 标牌 = 12万元", False),
    ],
)
def test_万元_that_can_only_be_元(annual, text, is_slip):
    _, result = told(project(annual), text)
    assert (result.doubt is Doubt.YUAN, bool(result.slips)) == (is_slip, is_slip)


@pytest.mark.parametrize(
    ("name", "value", "thing", "found"),
    [
        ("营养膳食补助", "5元/生·天（全年200天）", "天", (200, "天")),
        ("代课教师补贴（10个月）", "1500元/人·月", "月", (10, "个月")),
        ("供餐补助", "4元/人·天，按180天计算", "日", (180, "天")),
        ("12名辅警工资", "4000元/人·月", "人", (12, "名")),
        ("两馆补助标准", "20万元/馆", "馆", (2, "馆")),
        ("3个泵站运行费", "2万元/站", "站", (3, "个")),
        # No counts: a deadline, an age, an ordinal, what each price is for, a year.
        ("补助发放", "500元/人（30日内发放）", "天", None),
        ("60岁以上老人补贴", "100元/人", "人", None),
        ("第3名奖金", "500元/名", "人", None),
        ("每2人一间住宿费", "300元/间", "人", None),
        ("2026年补助标准", "500元/人·年", "人", None),
        ("每月补助", "500元/人·月", "月", None),
    ],
)
def test_how_many_a_price_says_it_is_for(name, value, thing, found):
    stated = count_stated(name, value, thing)
    assert (stated and (int(stated[0]), stated[1])) == found


@pytest.mark.parametrize(
    ("price", "names", "left"),
    [
        ("小学生均公用经费", ["小学学生数", "初中学生数"], ["小学学生数"]),
        ("城市低保标准", ["城市低保人数", "农村低保人数"], ["城市低保人数"]),
        ("新建厕所单价", ["新建厕所数量", "改造厕所数量"], ["新建厕所数量"]),
        ("厕所单价", ["新建厕所数量", "改造厕所数量"], ["新建厕所数量", "改造厕所数量"]),
        ("县乡道养护", ["县道里程", "乡道里程"], ["县道里程", "乡道里程"]),
        ("中小学公用经费", ["小学学生数", "初中学生数"], ["小学学生数", "初中学生数"]),
        ("人员补贴", ["护林员人数"], ["护林员人数"]),
    ],
)
def test_what_a_name_contradicts_is_left_out(price, names, left):
    among = [quantity(name, row=row) for row, name in enumerate(names)]
    assert [one.name for one in not_contradicted(price, among)] == left


@pytest.mark.parametrize(
    ("thing", "name", "unit", "shown"),
    [
        ("万尾", "虾苗", "尾", "0.5万尾"),
        ("公里", "渠道", "米", "5公里"),
        ("人", "教师", "名", "5000名"),
        ("站", "监测站位", "个", "5000个"),
        ("千米", "渠道", "米", "5千米"),
        ("站", "应急物资", "个", None),
        ("尾", "蟹苗", "只", None),
        ("千克", "种子", "袋", None),
    ],
)
def test_units_that_measure_the_same(thing, name, unit, shown):
    found = in_units_of(thing, [quantity(name, unit, 5000)])
    assert [str(one) for one in found] == ([shown] if shown else [])
