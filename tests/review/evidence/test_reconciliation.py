"""Cost reconciliation as arithmetic: which sum explains the money, what is said where none does.

A case is the money of a project and its indicators, one per line: group | ordinal and name | value.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.review.collector import Collector
from perfgoals_xl.review.evidence import explanation
from perfgoals_xl.review.evidence.reconciliation import Outcome, reconcile

ANNUAL = "年度资金总额"


def project(annual=None, unit="万元", **amounts):
    """A row of ``projects``; amounts are those of the form."""
    row = dict.fromkeys(AMOUNT_FIELDS) | {"annual_amount": annual, "amount_unit": unit} | amounts
    return {k: Decimal(str(v)) if isinstance(v, int | float) else v for k, v in row.items()}


def indicators(lines):
    """Rows of ``indicators`` with their numbers."""
    rows = []
    for number, line in enumerate(lines.strip().splitlines()):
        group, name, value = (part.strip() or None for part in line.split("|"))
        ordinal, level3 = split_ordinal(name)
        target = parse_target(value)
        level1 = "成本指标" if group.endswith("成本") and group != "成本" else "产出指标"
        rows.append(
            (
                number,
                {
                    "level1": level1,
                    "level2": f"{group}指标",
                    "ordinal": ordinal,
                    "indicator": name,
                    "level3": level3,
                    "target_value": value,
                    "kind": target.kind,
                    "operator": target.operator,
                    "low": target.low,
                    "high": target.high,
                    "unit": target.unit,
                },
            )
        )
    return rows


CASES = [
    (
        "plain sum",
        project(50),
        """
        成本 | 指标1：印刷费 | 20万元
        成本 | 指标2：场租费 | 30万元
        """,
        (Outcome.EQUAL, ANNUAL, "20万元 + 30万元 = 50 万元"),
    ),
    (
        "one amount",
        project(50),
        "成本 | 指标1：总成本 | ≤50万元",
        (Outcome.EQUAL, ANNUAL, "成本 50 万元"),
    ),
    (
        "元 and 万元 mixed",
        project(50),
        """
        成本 | 指标1：印刷费 | 200000元
        成本 | 指标2：场租费 | 0.3百万元
        """,
        (Outcome.EQUAL, ANNUAL, "200000元 + 0.3百万元 = 50 万元"),
    ),
    (
        "to the last decimal",
        project(3352.99687),
        """
        成本 | 指标1：印刷费 | 3352.996万元
        成本 | 指标2：场租费 | 8.7元
        """,
        (Outcome.EQUAL, ANNUAL, "3352.996万元 + 8.7元 = 3352.99687 万元"),
    ),
    (
        "unit costs by ordinal",
        project(168),
        """
        数量 | 指标1：一级达标 | 15家
        数量 | 指标2：二级达标 | 10家
        数量 | 指标3：三级达标 | 17家
        成本 | 指标1：一级奖补 | 50000元
        成本 | 指标2：二级奖补 | 25000元
        成本 | 指标3：三级奖补 | 40000元
        """,
        (Outcome.EQUAL, ANNUAL, "15家×50000元 + 10家×25000元 + 17家×40000元 = 168 万元"),
    ),
    (
        "unit costs by name, in another order",
        project(46),
        """
        数量 | 新建蓄水池 | 8座
        数量 | 维修渠道 | 20公里
        成本 | 渠道维修单价 | 1.5万元/公里
        成本 | 蓄水池新建单价 | 2万元/座
        """,
        (Outcome.EQUAL, ANNUAL, "20公里×1.5万元 + 8座×2万元 = 46 万元"),
    ),
    (
        "unit cost by unit",
        project(15),
        """
        数量 | 走访次数 | 12次
        数量 | 慰问困难家庭 | 300户
        成本 | 慰问标准（每户） | 500元
        """,
        (Outcome.EQUAL, ANNUAL, "300户×500元 = 15 万元"),
    ),
    (
        "the quantity counts in ten thousands",
        project(36),
        """
        数量 | 指标1：保险覆盖人数 | 1.2万人
        成本 | 指标1：人均保费 | 30元/人
        """,
        (Outcome.EQUAL, ANNUAL, "12000人×30元 = 36 万元"),
    ),
    (
        "unit costs and sums mixed",
        project(840),
        """
        数量 | 指标1：培训人次 | 17170人次
        数量 | 指标2：教材种类 | 6种
        成本 | 指标1：人均培训费 | 450元
        成本 | 指标2：教材开发费 | 673500元
        """,
        (Outcome.EQUAL, ANNUAL, "17170人次×450元 + 673500元 = 840 万元"),
    ),
    (
        "本级 alone",
        project(100, local_total=30, transfer_total=70),
        "成本 | 指标1：本级配套 | 30万元",
        (Outcome.EQUAL, "本级资金", "成本 30 万元"),
    ),
    (
        "转移 alone, from its parts",
        project(100, local_total=30, transfer_central=60, transfer_regional=10),
        "成本 | 指标1：转移支付 | 70万元",
        (Outcome.EQUAL, "转移市县（区）资金", "成本 70 万元"),
    ),
    (
        "amounts under 数量",
        project(123),
        """
        数量 | 指标1：检查经费 | 98.5万元
        数量 | 指标2：宣传经费 | 24.5万元
        数量 | 指标3：检查次数 | 120次
        成本 | 指标1：成本控制率 | ≤100%
        """,
        (Outcome.EQUAL, ANNUAL, "98.5万元 + 24.5万元 = 123 万元"),
    ),
    (
        "amounts under 数量 with the rest under 成本",
        project(30),
        """
        数量 | 指标1：检查经费 | 20万元
        成本 | 指标1：宣传经费 | 10万元
        """,
        (Outcome.EQUAL, ANNUAL, "10万元 + 20万元 = 30 万元"),
    ),
    (
        "an upper bound that covers the money",
        project(90),
        """
        数量 | 指标1：补助户数 | 0-2000户
        成本 | 指标1：每户补助 | 500元
        """,
        (Outcome.BOUNDED, ANNUAL, "2000户×500元 = 100 万元"),
    ),
    (
        "an upper bound that does not",
        project(110),
        """
        数量 | 指标1：补助户数 | ≤2000户
        成本 | 指标1：每户补助 | 500元
        """,
        (Outcome.UNDER, ANNUAL, "2000户×500元 = 100 万元"),
    ),
    (
        "a mask",
        project(90),
        """
        数量 | 指标1：补助户数 | ***户
        成本 | 指标1：每户补助 | 500元
        """,
        (Outcome.NOT_JUDGED, ANNUAL, "“补助户数”的数量还是占位符，无法与单价相乘"),
    ),
    (
        "a mask beside what already adds up",
        project(90),
        """
        数量 | 指标1：补助户数 | ***户
        成本 | 指标1：补助资金 | 90万元
        """,
        (Outcome.EQUAL, ANNUAL, "成本 90 万元"),
    ),
    (
        "the sources stand in for a blank total",
        project(None, local_total=30, transfer_total=70),
        "成本 | 指标1：总成本 | 100万元",
        (Outcome.EQUAL, "资金来源合计（年度资金总额未填）", "成本 100 万元"),
    ),
    (
        "no money to compare with",
        project(None),
        "成本 | 指标1：总成本 | 100万元",
        (Outcome.NOT_JUDGED, ANNUAL, "年度资金总额没有填写，资金来源也不能合计"),
    ),
    (
        "over",
        project(280),
        "成本 | 指标1：总成本 | ≤290万元",
        (Outcome.OVER, ANNUAL, "成本 290 万元"),
    ),
    (
        "over nothing",
        project(0),
        "成本 | 指标1：总成本 | 1元",
        (Outcome.OVER, ANNUAL, "成本 0.0001 万元"),
    ),
    (
        "under",
        project(280),
        """
        成本 | 指标1：印刷费 | 150万元
        成本 | 指标2：场租费 | 60万元
        """,
        (Outcome.UNDER, ANNUAL, "150万元 + 60万元 = 210 万元"),
    ),
    (
        "under, with the product that comes nearest to what is written",
        project(50),
        """
        数量 | 指标1：补助户数 | 300户
        成本 | 指标1：每户补助 | 500元
        成本 | 指标2：宣传费 | 20万元
        """,
        (Outcome.UNDER, ANNUAL, "300户×500元 + 20万元 = 35 万元"),
    ),
    (
        "zero for zero",
        project(0),
        "成本 | 指标1：总成本 | 0万元",
        (Outcome.EQUAL, ANNUAL, "成本 0 万元"),
    ),
    (
        "nothing in money",
        project(280),
        """
        数量 | 指标1：检查次数 | 120次
        成本 | 指标1：成本控制率 | ≤100%
        """,
        (Outcome.NO_AMOUNT, ANNUAL, ""),
    ),
    (
        "kinds of cost of 2021",
        project(50),
        """
        经济成本 | 指标1：印刷费 | 20万元
        社会成本 | 指标1：搬迁补偿 | 25万元
        生态环境成本 | 指标1：恢复费 | 5万元
        """,
        (Outcome.EQUAL, ANNUAL, "20万元 + 25万元 + 5万元 = 50 万元"),
    ),
    (
        "a form in 元",
        project(500000, unit="元"),
        """
        成本 | 指标1：印刷费 | 20万元
        成本 | 指标2：场租费 | 300000元
        """,
        (Outcome.EQUAL, ANNUAL, "20万元 + 300000元 = 500000 元"),
    ),
    (
        "a range in two units counts with its upper bound",
        project(1),
        "成本 | 指标1：总成本 | 5000元-1万元",
        (Outcome.EQUAL, ANNUAL, "成本 1 万元"),
    ),
    (
        "of several clauses the first amount",
        project(120),
        "成本 | 指标1：机械作业费 | 全年≤120万元，其中油料30万元",
        (Outcome.EQUAL, ANNUAL, "成本 120 万元"),
    ),
    (
        "无 is no cost",
        project(20),
        """
        成本 | 指标1：印刷费 | 20万元
        成本 | 指标2：场租费 | 无
        """,
        (Outcome.EQUAL, ANNUAL, "成本 20 万元"),
    ),
    (
        "a rate between the amounts is no amount",
        project(20),
        """
        成本 | 指标1：印刷费 | 20万元
        成本 | 指标2：预算执行率 | ≥95%
        """,
        (Outcome.EQUAL, ANNUAL, "成本 20 万元"),
    ),
]


@pytest.mark.parametrize(
    ("money", "lines", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_reconcile(money, lines, expected):
    result = reconcile(money, indicators(lines))
    told = result.arithmetic if result.terms else result.reason
    assert (result.outcome, result.basis, told) == expected
    if result.outcome is Outcome.EQUAL:
        assert result.total == result.budget


def test_terms_name_the_rows_they_came_from():
    result = reconcile(
        project(840),
        indicators(
            """
            数量 | 指标1：培训人次 | 17170人次
            成本 | 指标1：人均培训费 | 450元
            成本 | 指标2：教材开发费 | 673500元
            """
        ),
    )
    assert [(t.row, t.amount, tuple(q.row for q in t.quantities)) for t in result.terms] == [
        (1, Decimal(450), (0,)),
        (2, Decimal(673500), ()),
    ]
    assert (result.total, result.budget) == (Decimal(8400000), Decimal(8400000))


class Counted(int):
    """An amount that counts how often the search subtracts it: once for every state and choice."""

    trials = 0

    def __rsub__(self, other):
        Counted.trials += 1
        return int(other) - int(self)


def many(quantities, costs):
    lines = [f"数量 | 指标{i}：{i}号渠道维修长度 | {3 + 7 * i}公里" for i in range(quantities)]
    lines += [f"成本 | 指标{i}：{i}号渠道维修每公里成本 | {1237 + 311 * i}元" for i in range(costs)]
    return indicators("\n".join(lines))


@pytest.mark.parametrize(("quantities", "costs"), [(50, 50), (97, 3), (3, 97), (0, 100)])
def test_a_hundred_indicators_are_searched_within_bounds(monkeypatch, quantities, costs):
    """No exponential search: at most _MOST_STATES sums after each cost, four choices for each."""
    plain = explanation._whole

    def counting(budget, amounts):
        aim, rows = plain(budget, amounts)
        return aim, [[Counted(amount) for amount in row] for row in rows]

    monkeypatch.setattr(explanation, "_whole", counting)
    monkeypatch.setattr(explanation, "_MOST_STATES", 400)
    Counted.trials = 0
    money = project(9999.77, local_total=5000.1, transfer_total=4999.67)
    rows = many(quantities, costs)
    result = reconcile(money, rows)
    # Prices without a single quantity leave it open.
    assert result.outcome in (Outcome.UNDER, Outcome.OVER, Outcome.OPEN)
    budgets, choices = 2 * 3, 8
    assert Counted.trials <= budgets * costs * choices * (explanation._MOST_STATES + choices)


def test_a_hundred_indicators_that_add_up_are_explained():
    rows = many(50, 50)
    total = sum((3 + 7 * i) * (1237 + 311 * i) for i in range(50))
    result = reconcile(project(total / 10000), rows)
    assert (result.outcome, len(result.terms)) == (Outcome.EQUAL, 50)


def test_the_sample_of_2024(shared_seeds):
    declaration = load(shared_seeds[1])
    collector = Collector(declaration)
    results = [
        reconcile(record, rows)
        for record, rows in zip(
            declaration.projects.records(), collector.indicators_by_project(), strict=True
        )
    ]
    equal = [result for result in results if result.outcome is Outcome.EQUAL]
    plain_sums = [result for result in equal if not any(t.quantities for t in result.terms)]
    assert (len(results), len(equal), len(plain_sums)) == (22, 20, 13)
    assert {result.basis for result in equal} == {ANNUAL}
