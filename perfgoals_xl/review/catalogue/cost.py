"""Rules about the cost indicators and the year's money (C)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

RULES = (
    rule(
        "C01",
        E,
        ("成本指标没有金额", "No cost indicator carries an amount"),
        (
            "成本指标中至少要有一个指标值是金额。",
            "At least one cost indicator's value is an amount of money.",
        ),
        (
            "成本指标的指标值（{values}）都不是金额",
            "None of the values of the cost indicators ({values}) is an amount",
        ),
        (
            "请写明成本控制的金额，如“≤{budget}{unit}”。",
            "State the amount that costs are held to, such as “≤{budget}{unit}”.",
        ),
    ),
    rule(
        "C02",
        E,
        ("成本指标合计超过年度资金总额", "The cost indicators exceed the annual amount"),
        (
            "依次按合计、单价×数量、本级或转移资金单独核对；都对不上且超出的为错误。",
            "Tried as a sum, as unit cost × quantity, and against 本级 or 转移 alone; an error where "
            "nothing agrees and the costs are more.",
        ),
        (
            "{arithmetic} > {basis} {budget} {unit}，多 {difference} {unit}",
            "{arithmetic} > {basis} {budget} {unit}, {difference} {unit} too much",
        ),
        (
            "请核对成本指标的金额和{basis}。",
            "Check the amounts of the cost indicators and {basis}.",
        ),
    ),
    rule(
        "C03",
        W,
        ("成本指标合计小于年度资金总额", "The cost indicators stay below the annual amount"),
        (
            "成本指标合计小于年度资金总额，用数量指标也解释不了差额。",
            "The costs are less than the annual amount, and no quantity explains the rest.",
        ),
        (
            "{arithmetic} < {basis} {budget} {unit}，少 {difference} {unit}，数量指标也解释不了差额",
            "{arithmetic} < {basis} {budget} {unit}, {difference} {unit} short, and no quantity "
            "explains the rest",
        ),
        (
            "请补充遗漏的成本指标，或写明单价对应的数量。",
            "Add the costs left out, or the quantity that a unit cost belongs to.",
        ),
    ),
)
