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
            "依次按合计、单价×数量、本级或转移资金单独核对；都对不上且超出的为错误。总成本、合计等行不重复"
            "相加；两个量的单价（元/人·月）按两个数量相乘。单价只是上限，或者一项就等于年度资金总额、可能"
            "是合计的，为警告；单价是上限而数量是下限的，证明不了超出，不判错。以万元填写的一项超过年度资金"
            "总额一百倍、按元计算才相当的，不论是否上限都是错误。",
            "Tried as a sum, as unit cost × quantity, and against 本级 or 转移 alone; an error "
            "where nothing agrees and the costs are more. A total (总成本, 合计) is no addend; a "
            "price per two things (元/人·月) is multiplied by both. A warning where the price is "
            "only an upper bound, or one row alone is the whole budget; an upper price times a "
            "lower quantity proves nothing and is no error. A row in 万元 that is over a hundred "
            "times the budget and fits it only in 元 is an error, upper bound or not.",
        ),
        {
            "": (
                "{arithmetic} > {basis} {budget} {unit}，多 {difference} {unit}",
                "{arithmetic} > {basis} {budget} {unit}, {difference} {unit} too much",
            ),
            "most": (
                "按单价的上限计算，{arithmetic} > {basis} {budget} {unit}，最多可能多 {difference} "
                "{unit}",
                "With the prices at their upper bounds {arithmetic} > {basis} {budget} {unit}, at "
                "most {difference} {unit} too much",
            ),
            "slip": (
                "{cost} 是{basis} {budget} {unit}的一百倍以上；“{price}”像是把元写成了万元，按"
                "{meant}计算为 {fits} {unit}",
                "{cost} is more than a hundred times {basis} {budget} {unit}: “{price}” looks like "
                "元 written as 万元; as {meant} it makes {fits} {unit}",
            ),
            "one": (
                "{arithmetic} > {basis} {budget} {unit}，多 {difference} {unit}；其中一项就等于"
                "{basis}",
                "{arithmetic} > {basis} {budget} {unit}, {difference} {unit} too much; one of the "
                "rows alone is {basis}",
            ),
        },
        {
            "": (
                "请核对成本指标的金额和{basis}。",
                "Check the amounts of the cost indicators and {basis}.",
            ),
            "most": (
                "请核对单价的上限、数量和{basis}。",
                "Check the upper bounds of the prices, the quantities and {basis}.",
            ),
            "slip": (
                "请核对“{price}”的单位，应为元的改为“{meant}”。",
                "Check the unit of “{price}”; where 元 is meant, write “{meant}”.",
            ),
            "one": (
                "等于{basis}的一项是合计的，请在名称中写明“总成本”；不是的，请核对各项金额。",
                "If the row that is {basis} is the total, say 总成本 in its name; if not, check "
                "the amounts.",
            ),
        },
    ),
    rule(
        "C03",
        W,
        ("成本指标合计小于年度资金总额", "The cost indicators stay below the annual amount"),
        (
            "成本指标合计小于年度资金总额，用数量指标也解释不了差额。单价没有对应的数量，或者上限、下限使差额"
            "不能断定的，只作提示；数量都写“≥”而按所写的数不到一半的，仍为警告。",
            "The costs are less than the annual amount, and no quantity explains the rest. A hint "
            "only where a price has no quantity, or where bounds leave it open; a warning again "
            "where quantities with ≥ make less than half of it as they are written.",
        ),
        {
            "": (
                "{arithmetic} < {basis} {budget} {unit}，少 {difference} {unit}，"
                "数量指标也解释不了差额（已试：{tried}）",
                "{arithmetic} < {basis} {budget} {unit}, {difference} {unit} short, and no "
                "quantity explains the rest (tried: {tried})",
            ),
            "unpriced": (
                "{arithmetic} < {basis} {budget} {unit}，少 {difference} {unit}；{unpriced}"
                "没有单价，请补充（已试：{tried}）",
                "{arithmetic} < {basis} {budget} {unit}, {difference} {unit} short; {unpriced} "
                "without a price: add it (tried: {tried})",
            ),
            "lower": (
                "按所写的数量计算 {arithmetic}，不到{basis} {budget} {unit}的一半，少 {difference} "
                "{unit}；数量虽是下限（≥），也难以解释差额",
                "As the quantities are written {arithmetic}, less than half of {basis} {budget} "
                "{unit}, {difference} {unit} short; they are lower bounds (≥), which hardly "
                "explains it",
            ),
            "open": (
                "{arithmetic}，与{basis} {budget} {unit}相差 {difference} {unit}；{reason}，"
                "不能断定是否相符",
                "{arithmetic}, {difference} {unit} from {basis} {budget} {unit}; {reason}: "
                "whether they agree cannot be told",
            ),
            "unmatched": (
                "{reason}，不能与{basis} {budget} {unit}核对",
                "{reason}: it cannot be compared with {basis} {budget} {unit}",
            ),
            "open_unpriced": (
                "{arithmetic}，与{basis} {budget} {unit}相差 {difference} {unit}；{reason}，"
                "不能断定是否相符；{unpriced}没有单价，请补充",
                "{arithmetic}, {difference} {unit} from {basis} {budget} {unit}; {reason}: "
                "whether they agree cannot be told; {unpriced} without a price: add it",
            ),
        },
        {
            "": (
                "请对照预算明细，核对{basis}、成本指标的金额和单价对应的数量，填错的更正；预算中有而表上"
                "没有的支出，按预算列出。",
                "Check {basis}, the amounts of the costs and the quantities of the prices against "
                "the budget's own list; expenses that stand there and not here are to be listed.",
            ),
            "lower": (
                "请对照预算明细，核对{basis}、单价和数量；预算有确定的数量的，请写确定的数；预算中有而表上"
                "没有的支出，按预算列出。",
                "Check {basis}, prices and quantities against the budget's own list; where it has "
                "exact quantities, state these; expenses that stand there and not here are to be "
                "listed.",
            ),
            "unpriced": (
                "请对照预算明细，补充{unpriced}的单价或金额；核对{basis}和其他单价、数量，填错的更正。",
                "Add the price or the cost of {unpriced} from the budget's own list; check {basis} "
                "and the other prices and quantities.",
            ),
            "open_unpriced": (
                "请对照预算明细，补充{unpriced}的单价或金额；预算有确定的单价和数量的，请写确定的数。",
                "Add the price or the cost of {unpriced} from the budget's own list; where it has "
                "exact prices and quantities, state these.",
            ),
            "unmatched": (
                "请对照预算明细核对单价和数量；数量指标的单位与单价的不同的，请写成同一单位。",
                "Check prices and quantities against the budget's own list; write the quantities "
                "in the units that the prices are for.",
            ),
            "open": (
                "请对照预算明细核对；预算有确定的单价和数量的，请写确定的数。",
                "Check against the budget's own list; where it has exact prices and quantities, "
                "state these.",
            ),
        },
    ),
    rule(
        "C04",
        E,
        ("数量指标与成本指标不配对", "Quantity and cost rows do not pair"),
        (
            "数量和成本指标按序号或名称逐项对应而缺少其中几项的：成本对不上年度资金的为错误，对得上或不能断定的"
            "为提示。",
            "Where quantities and costs pair by ordinal or name and partners are missing: an error "
            "where the costs do not reconcile, a hint where they do or it cannot be told.",
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
            "open": (
                "数量和成本逐项对应，但{rows}没有对应的{group}",
                "Quantities and costs pair one by one, but {rows} has no {group}",
            ),
        },
        (
            "请按预算明细补齐缺少的{group}；成本已包含在其他项中的，请在备注中写明包含在哪一项。",
            "Add the missing {group} as the budget's own list has it; where another row includes "
            "its cost, say so in the note.",
        ),
    ),
    rule(
        "C05",
        I,
        ("表单单位为万元而金额以元填写", "An amount in 元 on a form in 万元"),
        (
            "表单单位为万元时，成本指标的金额也以万元为宜；以元填写的，核对时已换算。单价（元/亩、元/人）不在此列。",
            "On a form in 万元 the amounts of costs are best in 万元 too; those in 元 are "
            "converted. Prices (元/亩, 元/人) are left as they are.",
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
    rule(
        "C07",
        E,
        ("年度资金按另一种单位填写", "The annual amount is in another unit than the form's"),
        (
            "年度资金总额正好是成本合计（或单价×数量）的 10000 倍，是把元填进了以万元为单位的表；"
            "以元为单位的表则相反。",
            "The annual amount is 10,000 times what the costs make: 元 were filled into a form in "
            "万元. On a form in 元 it is the other way round.",
        ),
        {
            "": (
                "{basis} {budget} 万元是成本的 10000 倍（{arithmetic}），金额像是按元填写的",
                "{basis} {budget} 万元 is 10,000 times the costs ({arithmetic}): it looks like 元",
            ),
            "yuan": (
                "{basis} {budget} 元是成本的万分之一（{arithmetic}），金额像是按万元填写的",
                "{basis} {budget} 元 is a ten-thousandth of the costs ({arithmetic}): it looks "
                "like 万元",
            ),
        },
        {
            "": (
                "请把表中的资金都换算成万元；表确实以元为单位的，请在表头写明“单位：元”。",
                "Convert the funds of the form to 万元, or state 单位：元 in its head.",
            ),
            "yuan": (
                "请把表中的资金都换算成元；表确实以万元为单位的，请在表头写明“单位：万元”。",
                "Convert the funds of the form to 元, or state 单位：万元 in its head.",
            ),
        },
    ),
)
