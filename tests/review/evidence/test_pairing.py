"""Totals, prices per two things, units, bounds: what of a reconciliation is proved and what not."""

from __future__ import annotations

import pytest

from perfgoals_xl.review.evidence.reconciliation import Doubt, Outcome, reconcile
from tests.review.evidence.test_reconciliation import indicators, project

EQUAL, OVER, UNDER = Outcome.EQUAL, Outcome.OVER, Outcome.UNDER
OPEN, BOUNDED, OTHER = Outcome.OPEN, Outcome.BOUNDED, Outcome.OTHER_UNIT


def told(money, text):
    """The outcome of costs and quantities written one behind the other: 成本 名称 = 值; …"""
    lines = []
    for line in text.split("; "):
        left, _, value = line.partition(" = ")
        group, _, name = left.partition(" ")
        lines.append(f"{group} | {name} | {value}")
    result = reconcile(money, indicators("\n".join(lines)))
    return result.outcome, result


@pytest.mark.parametrize(
    ("annual", "text", "outcome", "arithmetic"),
    [
        (
            280,
            "成本 草种费 = 160万元; 成本 机械费 = 120万元; 成本 总成本 = ≤280万元",
            EQUAL,
            "160万元 + 120万元 = 280 万元",
        ),
        (
            280,
            "成本 项目预算控制数 = ≤280万元; 成本 草种费 = 160万元; 成本 机械费 = 120万元",
            EQUAL,
            "160万元 + 120万元 = 280 万元",
        ),
        (280, "成本 预算总额 = 280万元; 成本 总成本 = ≤280万元", EQUAL, "成本 280 万元"),
        (280, "成本 项目总成本 = 280万元; 成本 其中设备费 = 100万元", EQUAL, "成本 280 万元"),
        (
            300,
            "成本 渠道维修费 = 300万元; 成本 人工费 = 160万元; 成本 材料费 = 140万元",
            EQUAL,
            "160万元 + 140万元 = 300 万元",
        ),
        (
            300,
            "成本 人工费 = 60万元; 成本 材料费 = 40万元; 成本 工程费小计 = 100万元; "
            "成本 设备费 = 200万元",
            EQUAL,
            "60万元 + 40万元 + 200万元 = 300 万元",
        ),
        # A total that is wrong is told alone, parts that exceed a right one without it.
        (
            280,
            "成本 项目总成本 = 290万元; 成本 草种费 = 160万元; 成本 机械费 = 120万元",
            OVER,
            "成本 290 万元",
        ),
        (
            280,
            "成本 合计 = 270万元; 成本 草种费 = 160万元; 成本 机械费 = 120万元",
            UNDER,
            "成本 270 万元",
        ),
        (
            280,
            "成本 项目总成本 = 280万元; 成本 草种费 = 170万元; 成本 机械费 = 120万元",
            OVER,
            "170万元 + 120万元 = 290 万元",
        ),
        (
            280,
            "成本 渠道维修费 = 300万元; 成本 人工费 = 160万元; 成本 材料费 = 140万元",
            OVER,
            "160万元 + 140万元 = 300 万元",
        ),
        # No total: the name says of what it is a part.
        (
            30,
            "成本 培训费总额 = 20万元; 成本 宣传费总额 = 15万元",
            OVER,
            "20万元 + 15万元 = 35 万元",
        ),
    ],
)
def test_totals_are_no_addends(annual, text, outcome, arithmetic):
    found, result = told(project(annual), text)
    assert (found, result.arithmetic) == (outcome, arithmetic)


def test_the_total_of_all_years_is_no_cost_of_this_one():
    text = "成本 项目总投资 = 900万元; 成本 草种费 = 160万元; 成本 机械费 = 120万元"
    assert told(project(280, total_amount=900), text)[0] is EQUAL
    assert told(project(280), text)[0] is OVER


def test_one_row_that_is_the_budget_may_be_a_total():
    found, result = told(project(280), "成本 设备采购费 = 280万元; 成本 培训费 = 20万元")
    assert (found, result.doubt) == (OVER, Doubt.ONE_IS_ALL)


@pytest.mark.parametrize(
    ("annual", "text", "arithmetic"),
    [
        (
            111.6,
            "数量 保洁员人数 = 186人; 数量 发放月数 = 12个月; 成本 补助标准 = 500元/人·月",
            "186人×12个月×500元 = 111.6 万元",
        ),
        (
            111.6,
            "数量 保洁员 = 186名; 成本 每人每月补助 = 500元",
            "186名×12个月×500元 = 111.6 万元",
        ),
        (
            111.6,
            "数量 保洁员 = 186名; 成本 补助 = 500元（每人每月）",
            "186名×12个月×500元 = 111.6 万元",
        ),
        (
            486,
            "数量 就餐学生 = ≥4860人; 时效 供餐天数 = 200天; 成本 餐费标准 = ≤5元/生·天",
            "4860人×200天×5元 = 486 万元",
        ),
        # One thing in the unit, the other in the name.
        (
            111.6,
            "数量 保洁员 = 186名; 成本 人均补助标准 = 500元/月",
            "12个月×186名×500元 = 111.6 万元",
        ),
        (
            111.6,
            "数量 保洁员人数 = 186人; 数量 发放月数 = 12个月; 成本 保洁员人均工资 = 500元/月",
            "12个月×186人×500元 = 111.6 万元",
        ),
        (
            111.6,
            "数量 保洁员 = 186人; 成本 人均月补贴 = 500元",
            "186人×12个月×500元 = 111.6 万元",
        ),
        (
            18.6,
            "数量 保洁员 = 186人; 成本 每人补助 = 1000元/年",
            "186人×1000元 = 18.6 万元",
        ),
        (640, "数量 水库 = 8座; 成本 单座水库加固成本 = 80万元", "8座×80万元 = 640 万元"),
        (60, "数量 培训量 = 1200人天; 成本 培训费 = 500元/人·天", "1200人天×500元 = 60 万元"),
        # A price per year is no price per month.
        (
            12,
            "数量 参保人数 = 100人; 数量 参保月数 = 12个月; 成本 保险费 = 1200元/人·年",
            "100人×1200元 = 12 万元",
        ),
        # What it is a price for comes before the ordinal.
        (
            38,
            "数量 指标1：培训 = 8期; 数量 指标2：改造道路 = 4公里; "
            "成本 指标1：改造成本 = 9.5万元/公里",
            "4公里×9.5万元 = 38 万元",
        ),
        (
            6,
            "数量 上门服务 = 200户次; 数量 困难户 = 50户; 成本 服务费 = 300元/户次",
            "200户次×300元 = 6 万元",
        ),
        # Two of one unit add up, and another unit of the same measure is converted.
        (
            380,
            "数量 东街改造 = 2公里; 数量 西街改造 = 2公里; 成本 每公里改造成本（万元/公里） = ≤95",
            "(2公里+2公里)×95万元 = 380 万元",
        ),
        (35, "数量 清淤长度 = 3500米; 成本 清淤成本 = 10万元/公里", "3.5公里×10万元 = 35 万元"),
        (14.4, "数量 巡查次数 = ≥6次/月; 成本 巡查费 = 2000元/次", "72次×2000元 = 14.4 万元"),
        (
            20,
            "数量 每期人数 = 50人; 数量 培训期数 = 8期; 成本 培训费 = 500元/人",
            "50人×8期×500元 = 20 万元",
        ),
        (24, "成本 每月租金 = 2万元", "12个月×2万元 = 24 万元"),
        (111.6, "成本 保洁员补助 = 186人×500元×12个月", "成本 111.6 万元"),
        # A standard beside the sum that was reckoned by it.
        (
            12,
            "数量 人数 = 200人; 成本 培训费 = 10万元; 成本 人均培训费 = 500元/人; "
            "成本 印刷费 = 2万元",
            "10万元 + 2万元 = 12 万元",
        ),
    ],
)
def test_prices_find_what_they_are_for(annual, text, arithmetic):
    found, result = told(project(annual), text)
    assert (found, result.arithmetic) == (EQUAL, arithmetic)


PRIZES = "数量 获奖人数 = 20人; 成本 一等奖 = 5000元/人; 成本 二等奖 = 3000元/人"


@pytest.mark.parametrize(
    ("annual", "text", "outcome", "doubt"),
    [
        # An upper price times a lower quantity proves nothing, whichever way it differs.
        (8, "数量 人数 = ≥200人; 成本 人均培训成本 = ≤500元/人", OPEN, ""),
        (12, "数量 人数 = ≥200人; 成本 人均培训成本 = ≤500元/人", OPEN, ""),
        # A bound proves in its own direction.
        (8, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人", OVER, ""),
        (12, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人", OPEN, ""),
        # Twice the lower bounds and more is not what ≥ means.
        (50, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人", UNDER, "lower"),
        (50, "数量 人数 = ≥200人; 成本 人均培训成本 = ≤500元/人", UNDER, "lower"),
        (50, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人; 成本 场租 = 5万元", UNDER, "lower"),
        (50, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人; 成本 场租 = 20万元", OPEN, ""),
        (20, "数量 人数 = ≥200人; 成本 人均培训成本 = 500元/人", OPEN, ""),
        (50, "数量 户数 = ≥200户; 成本 人均培训成本 = 500元/人", OPEN, ""),
        (50, "数量 人数 = ≥200人; 成本 一等奖 = 500元/人; 成本 二等奖 = 300元/人", OPEN, ""),
        (8, "数量 人数 = 200人; 成本 人均培训成本 = ≤500元/人", OVER, "most"),
        (12, "数量 人数 = 200人; 成本 人均培训成本 = ≤500元/人", UNDER, ""),
        (8, "数量 人数 = ≤200人; 成本 人均培训成本 = ≤500元/人", BOUNDED, ""),
        (12, "数量 人数 = ≤200人; 成本 人均培训成本 = ≤500元/人", UNDER, ""),
        (280, "成本 总成本 = 250-300万元", BOUNDED, ""),
        (240, "成本 总成本 = 250-300万元", OVER, ""),
        # Prices that share a quantity: at least the smaller is spent, at most both.
        (7, PRIZES, OPEN, ""),
        (5, PRIZES, OVER, ""),
        (20, PRIZES, UNDER, ""),
        # No quantity in that unit: nothing is known but the price.
        (50, "数量 宣传 = 8期; 成本 讲师费 = 2000元/人·天; 成本 场租 = 10万元", OPEN, ""),
        # Costs to others need not come from these funds.
        (280, "经济成本 总成本 = ≤280万元; 社会成本 占道损失 = ≤2万元", EQUAL, ""),
        (284, "经济成本 设备费 = 283万元; 社会成本 占道损失 = ≤2万元", OPEN, ""),
        (280, "经济成本 设备费 = 285万元; 社会成本 占道损失 = ≤2万元", OVER, ""),
    ],
)
def test_what_bounds_prove(annual, text, outcome, doubt):
    found, result = told(project(annual), text)
    assert (found, result.doubt.value) == (outcome, doubt)
    assert bool(result.reason) == (outcome is OPEN)


@pytest.mark.parametrize(
    ("money", "text", "outcome"),
    [
        (project(2800000), "成本 草种费 = 160万元; 成本 机械费 = 120万元", OTHER),
        (project(1116000), "数量 保洁员 = 186人; 成本 补助 = 500元/人·月", OTHER),
        (project(2856321.5), "成本 总成本 = ≤285.63万元", OTHER),
        (project(280, unit="元"), "成本 总成本 = ≤280万元", OTHER),
        (project(None, local_total=2800000), "成本 总成本 = 2800000元", OTHER),
        # Near misses: another factor, a form whose unit is right, a sum that is only large.
        (project(280000), "成本 总成本 = ≤280万元", UNDER),
        (project(2800000, unit="元"), "成本 总成本 = ≤280万元", EQUAL),
        (project(2800000), "成本 总成本 = ≤260万元", UNDER),
        (project(2800000), "成本 总成本 = ≤2800000万元", EQUAL),
        (project(0), "成本 总成本 = ≤280万元", OVER),
    ],
)
def test_funds_in_another_unit(money, text, outcome):
    assert told(money, text)[0] is outcome


def test_what_leaves_it_open_is_named():
    _, result = told(project(50), "数量 宣传 = 8期; 成本 讲师费 = 2000元/人·天")
    assert result.reason == "“讲师费”是单价，没有找到以“人”、“天”计的数量指标"


@pytest.mark.parametrize(
    ("annual", "text", "outcome", "arithmetic"),
    [
        # What is told with 其中 below a sum is in it.
        (
            120,
            "成本 培训费 = 80万元; 成本 其中：讲师费 = 50万元; "
            "成本 其中：场租 = 30万元; 成本 宣传费 = 40万元",
            EQUAL,
            "80万元 + 40万元 = 120 万元",
        ),
        (
            90,
            "成本 培训费 = 80万元; 成本 其中：讲师费 = 50万元; "
            "成本 其中：场租 = 30万元; 成本 宣传费 = 40万元",
            OVER,
            "80万元 + 40万元 = 120 万元",
        ),
        (
            80,
            "成本 其中：讲师费 = 50万元; 成本 其中：场租 = 30万元",
            EQUAL,
            "50万元 + 30万元 = 80 万元",
        ),
        (
            90,
            "成本 总成本 = 90万元; 成本 其中：讲师费 = 50万元; 成本 宣传费 = 40万元",
            EQUAL,
            "成本 90 万元",
        ),
        # The parts of a quantity, by place or batch, are one for a price that names no part.
        (
            30,
            "数量 体检人数（城区） = 400人; 数量 体检人数（乡镇） = 600人; 数量 随访人数 = 900人; "
            "成本 人均体检费 = 300元/人",
            EQUAL,
            "(400人+600人)×300元 = 30 万元",
        ),
        (
            40,
            "数量 体检人数（城区） = 400人; 数量 体检人数（乡镇） = 600人; 数量 讲座（场） = 20场; "
            "成本 人均体检费 = 300元/人",
            UNDER,
            "(400人+600人)×300元 = 30 万元",
        ),
        (
            12,
            "数量 体检人数（城区） = 400人; "
            "数量 体检人数（乡镇） = 600人; 成本 人均体检费（城区） = 300元/人",
            EQUAL,
            "400人×300元 = 12 万元",
        ),
        (
            24,
            "数量 硬化道路（公里） = 4公里; "
            "数量 绿化道路（公里） = 9公里; 成本 硬化每公里造价 = 6万元/公里",
            EQUAL,
            "4公里×6万元 = 24 万元",
        ),
        # As many prices as quantities: each goes with its own, whichever order they stand in.
        (
            18,
            "数量 代缴保险人数 = 100人; 数量 发放养老金人数 = 600人; "
            "成本 养老金年人均补助 = 250元; "
            "成本 每人年代缴标准 = 180元",
            UNDER,
            "600人×250元 + 100人×180元 = 16.8 万元",
        ),
        # What a price is for each of, by its object, its average, its 单台.
        (
            75,
            "数量 污水治理行政村个数 = 15个; 数量 公益岗位 = 8个; 成本 每个行政村治理成本 = 5万元",
            EQUAL,
            "15个×5万元 = 75 万元",
        ),
        (
            76,
            "数量 创作节目数量 = 15个; 数量 演出 = 8场; 成本 每个节目创作费用 = 5万元",
            UNDER,
            "15个×5万元 = 75 万元",
        ),
        (3, "数量 救治患者 = 15例; 成本 例均治疗费用 = 1800元", UNDER, "15例×1800元 = 2.7 万元"),
        (60, "数量 监测仪器 = 5台; 成本 仪器单台采购价 = 11万元", UNDER, "5台×11万元 = 55 万元"),
        (9, "数量 羊免疫数量 = 20000只; 成本 每只羊免疫成本 = 4元", UNDER, "20000只×4元 = 8 万元"),
        # 名单, 均衡 and 订单 are no prices.
        (60, "数量 学校 = 5所; 成本 均衡发展经费 = 60万元", EQUAL, "成本 60 万元"),
        (60, "数量 设备 = 5台; 成本 保单次生费用 = 60万元", EQUAL, "成本 60 万元"),
        # With the unit in the name a value is money, however like a date.
        (2012.4, "成本 项目总成本（万元） = ≤2012.4", EQUAL, "成本 2012.4 万元"),
    ],
)
def test_what_belongs_together(annual, text, outcome, arithmetic):
    found, result = told(project(annual), text)
    assert (found, result.arithmetic) == (outcome, arithmetic)


@pytest.mark.parametrize(
    ("annual", "text", "rounded"),
    [
        (380, "数量 水毁修复 = 42处; 成本 处均修复成本 = ≤9.05万元", True),
        (412.6, "数量 农田面积 = 32000亩; 成本 亩均投入 = ≤128.94元", True),
        # Near misses: more than rounding can make, a price that is not rounded to a decimal.
        (379, "数量 水毁修复 = 42处; 成本 处均修复成本 = ≤9.05万元", False),
        (375, "数量 水毁修复 = 42处; 成本 处均修复成本 = ≤9万元", False),
        (9, "数量 水毁修复 = 42处; 成本 修复成本 = ≤9.05万元", False),
    ],
)
def test_a_price_that_was_rounded(annual, text, rounded):
    found, result = told(project(annual), text)
    assert (found, result.is_rounded) == (OVER, rounded)


@pytest.mark.parametrize(
    ("annual", "text", "outcome", "arithmetic"),
    [
        # The thing that a price names is what its quantity counts, whether it reconciles or not.
        (
            486.5,
            "数量 升级信号灯控路口数量 = ≥64个; 数量 新建诱导屏 = 12块; "
            "成本 单个路口改造成本 = ≤6.8万元",
            OPEN,
            "64个×6.8万元 = 435.2 万元",
        ),
        (
            462,
            "数量 新增视频点位 = ≥350个; 数量 维护卡口 = 42处; 成本 单点位建设成本 = ≤1.2万元",
            OPEN,
            "350个×1.2万元 = 420 万元",
        ),
        (
            264,
            "数量 建设社区康复站 = 8个; 数量 进校园场次 = 96场; 成本 单个康复站建设成本 = ≤12万元",
            UNDER,
            "8个×12万元 = 96 万元",
        ),
        (
            90,
            "数量 标准化教室改造数量 = 45间; 数量 教室面积 = 3000平方米; "
            "成本 每个教室改造成本 = ≤1.8万元",
            UNDER,
            "45间×1.8万元 = 81 万元",
        ),
        (
            300,
            "数量 改造农贸市场 = 6处; 成本 单个市场改造投入 = 45万元; 成本 宣传费 = 10万元",
            UNDER,
            "6处×45万元 + 10万元 = 280 万元",
        ),
        (50, "数量 改造学校 = 6所; 成本 单所学校改造成本 = 10万元", OVER, "6所×10万元 = 60 万元"),
        (
            500,
            "数量 新建路口 = 40个; 数量 维护路口 = 24个; 成本 改造成本（单个路口） = 6.8万元",
            UNDER,
            "(40个+24个)×6.8万元 = 435.2 万元",
        ),
        # Near misses: another thing, counted otherwise, 单 in another word, a thing beside it.
        (90, "数量 康复机构 = 20个; 成本 单个康复站建设成本 = 12万元", UNDER, "成本 12 万元"),
        (90, "数量 路口改造长度 = 20公里; 成本 单个路口改造成本 = 12万元", UNDER, "成本 12 万元"),
        (90, "数量 路口监控设备 = 64套; 成本 单个路口改造成本 = 12万元", UNDER, "成本 12 万元"),
        (90, "数量 单位食堂 = 3个; 成本 单位食堂运行成本 = 50万元", UNDER, "成本 50 万元"),
        (90, "数量 购置单警装备 = 300套; 成本 单警装备购置费 = 50万元", UNDER, "成本 50 万元"),
        (
            90,
            "数量 路口监控设备 = 64个; 成本 单个路口改造成本 = 12万元",
            OPEN,
            "64个×12万元 = 768 万元",
        ),
        # What makes the budget by itself, or says how a sum was reckoned, is left as it is.
        (12, "数量 康复站 = 8个; 成本 单个康复站建设成本 = 12万元", EQUAL, "成本 12 万元"),
        (
            500,
            "数量 信号灯路口 = 64个; 成本 单个路口改造成本 = 6.8万元; "
            "成本 路口改造成本 = 435.2万元",
            UNDER,
            "成本 435.2 万元",
        ),
    ],
)
def test_the_thing_that_a_price_names(annual, text, outcome, arithmetic):
    found, result = told(project(annual), text)
    assert (found, result.arithmetic) == (outcome, arithmetic)


@pytest.mark.parametrize(
    ("annual", "text", "unpriced"),
    [
        (
            462,
            "数量 视频点位 = 350个; 数量 维护卡口 = 42处; 成本 单点位建设成本 = ≤1.2万元",
            "“维护卡口”（42处）",
        ),
        (
            87.5,
            "数量 更新渡船 = 5艘; 数量 改造渡口 = 7处; 成本 单艘渡船更新成本 = 10.5万元",
            "“改造渡口”（7处）",
        ),
        (
            500,
            "数量 视频点位 = ≥350个; 数量 维护卡口 = 42处; 成本 单点位建设成本 = ≤1.2万元",
            "“维护卡口”（42处）",
        ),
        (
            90,
            "数量 泵车 = 2辆; 数量 甲 = 3条; 数量 乙 = 4座; 数量 丙 = 5口; 数量 丁 = 6扇; "
            "成本 泵车单价 = 18.5万元/辆",
            "“甲”（3条）、“乙”（4座）、“丙”（5口）等",
        ),
        # The price is for both halves, none of them is without one.
        (500, "数量 新建路口 = 40个; 数量 维护路口 = 24个; 成本 单个路口成本 = 6.8万元", ""),
        # Near misses: a cost is for it, it is no expense of its own, or no price stands there.
        (
            90,
            "数量 泵车 = 2辆; 数量 编织袋储备 = 300条; 成本 泵车单价 = 18.5万元; "
            "成本 编织袋储备费 = 5万元",
            "",
        ),
        (48, "数量 泵车 = 2辆; 数量 服务农村人口 = 1260人; 成本 泵车单价 = 18.5万元", ""),
        (48, "数量 泵车 = 2辆; 数量 监测报告 = 1份; 成本 泵车单价 = 18.5万元", ""),
        (9, "数量 培训人数 = 50人; 数量 培训期数 = 8期; 成本 人均培训费 = 500元/人", ""),
        (90, "数量 编织袋 = 300条; 成本 宣传费 = 18.5万元", ""),
        # Rounded prices are all that differs.
        (421, "数量 点位 = ≥350个; 数量 卡口 = 42处; 成本 单点位建设成本 = ≤1.2万元", ""),
    ],
)
def test_a_quantity_without_a_price_is_named(annual, text, unpriced):
    assert told(project(annual), text)[1].unpriced == unpriced


@pytest.mark.parametrize(
    ("annual", "text", "outcome"),
    [
        # 340公里 have a sum of their own, so that the price is for the other road.
        (
            124.8,
            "成本 每公里县道养护费用 = 8000元; 成本 乡村道养护经费 = 40.8万元; "
            "数量 日常养护县道里程 = ≥105公里; 数量 乡村道养护里程 = ≥340公里",
            EQUAL,
        ),
        (
            124.9,
            "成本 每公里县道养护费用 = ≤8000元; 成本 乡村道养护经费 = 40.8万元; "
            "数量 日常养护县道里程 = ≥105公里; 数量 乡村道养护里程 = ≥340公里",
            OPEN,
        ),
        (
            30,
            "成本 村医培训人均费用 = 1000元; 成本 乡镇医生进修费用 = 20万元; "
            "数量 培训村医 = 100人; 数量 乡镇医生进修人数 = 40人",
            EQUAL,
        ),
        (
            20,
            "成本 每公里县道养护费用 = 8000元; 成本 乡村道养护经费 = 40.8万元; "
            "数量 日常养护县道里程 = 105公里; 数量 乡村道养护里程 = 340公里",
            OVER,
        ),
        # One quantity alone may have a price and a sum; a sum of something else claims nothing.
        (10, "成本 人均培训费用 = 500元; 成本 培训场地费 = 5万元; 数量 培训人数 = 100人", EQUAL),
        (
            22,
            "成本 每亩补助 = 200元; 成本 宣传费 = 2万元; 数量 水稻面积 = 600亩; "
            "数量 玉米面积 = 400亩",
            EQUAL,
        ),
    ],
)
def test_a_quantity_with_a_sum_of_its_own(annual, text, outcome):
    assert told(project(annual), text)[0] is outcome
