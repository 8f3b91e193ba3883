"""Rules about the cost indicators and the year's money (C)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

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
            "Tried as a sum, as unit cost × quantity, and against 本级 or 转移 alone; an error "
            "where nothing agrees and the costs are more.",
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
            "{arithmetic} < {basis} {budget} {unit}，少 {difference} {unit}，"
            "数量指标也解释不了差额",
            "{arithmetic} < {basis} {budget} {unit}, {difference} {unit} short, and no quantity "
            "explains the rest",
        ),
        (
            "请补充遗漏的成本指标，或写明单价对应的数量。",
            "Add the costs left out, or the quantity that a unit cost belongs to.",
        ),
    ),
    rule(
        "C04",
        E,
        ("数量指标与成本指标不配对", "Quantity and cost rows do not pair"),
        (
            "数量和成本指标按序号或名称逐项对应而缺少其中几项的：成本对不上年度资金的为错误，对得上的为提示。",
            "Where quantities and costs pair by ordinal or name and partners are missing: an error "
            "where the costs do not reconcile, a hint where they do.",
        ),
        {
            "": (
                "数量和成本逐项对应，但{rows}没有对应的{group}；{arithmetic} < "
                "{basis} {budget} {unit}，少 {difference} {unit}",
                "Quantities and costs pair one by one, but {rows} has no {group}; {arithmetic} < "
                "{basis} {budget} {unit}, {difference} {unit} short",
            ),
            "over": (
                "数量和成本逐项对应，但{rows}没有对应的{group}；{arithmetic} > "
                "{basis} {budget} {unit}，多 {difference} {unit}",
                "Quantities and costs pair one by one, but {rows} has no {group}; {arithmetic} > "
                "{basis} {budget} {unit}, {difference} {unit} too much",
            ),
            "holds": (
                "数量和成本逐项对应，但{rows}没有对应的{group}；成本合计与年度资金相符",
                "Quantities and costs pair one by one, but {rows} has no {group}; the costs "
                "reconcile",
            ),
        },
        (
            "请补齐缺少的一方；不需要的，请把对应的另一方一并删除。",
            "Add what is missing, or delete its partner too.",
        ),
    ),
    rule(
        "C05",
        I,
        ("表单单位为万元而金额以元填写", "An amount in 元 on a form in 万元"),
        (
            "表单单位为万元时，成本指标的金额也以万元为宜；以元填写的，核对时已换算。",
            "On a form in 万元 the amounts of costs are best in 万元 too; those in 元 are "
            "converted.",
        ),
        (
            "{count} 个成本指标的金额以元填写，核对时已换算：{converted}",
            "{count} cost indicators are in 元 and were converted: {converted}",
        ),
        (
            "不影响核对；建议统一以万元填写。",
            "The review is not affected; 万元 throughout is better.",
        ),
    ),
    rule(
        "C06",
        E,
        ("成本指标的指标值不是金额", "A cost indicator whose value is no amount"),
        (
            "其他成本指标都有金额，而这一项的指标值是比率、人次等，不能参加核对。"
            "2021 版的社会成本、生态环境成本不要求是金额。",
            "Other costs are amounts, this one is a rate or a count and cannot take part. "
            "社会成本 and 生态环境成本 of the 2021 edition need be no amounts.",
        ),
        (
            "成本指标“{name}”的指标值“{value}”不是金额",
            "The value “{value}” of cost indicator “{name}” is no amount",
        ),
        (
            "请写成金额，如“≤20万元”或“100元/人次”；不是成本的，请移到对应的二级指标。",
            "Write an amount, such as “≤20万元” or “100元/人次”, or move what is no cost "
            "elsewhere.",
        ),
    ),
)
