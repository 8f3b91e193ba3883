"""Rules about the funds of 自评表 and 监控表 (Z06 to Z08, Z14, Z16, Z24)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

RULES = (
    rule(
        "Z06",
        E,
        ("执行率算错", "A wrong rate of execution"),
        (
            "执行率 = 执行数 ÷ 全年预算数，显示的小数位数以内的误差不算。",
            "执行率 is 执行数 ÷ 全年预算数, but for the digits that are shown.",
        ),
        {
            "": (
                "{source}：{executed} ÷ {budget} = {right}，执行率写 {rate}",
                "{source}: {executed} ÷ {budget} = {right}; the rate says {rate}",
            ),
            "initial": (
                "{source}：{executed} ÷ {budget} = {right}，执行率写 {rate}，"
                "是按年初预算数 {initial} 算的",
                "{source}: {executed} ÷ {budget} = {right}; the rate says {rate}, of the initial "
                "budget {initial}",
            ),
        },
        (
            "请按执行数 ÷ 全年预算数更正执行率。",
            "Correct the rate to what was spent of the year's budget.",
        ),
    ),
    rule(
        "Z07",
        E,
        ("预算执行率得分算错", "Wrong points for the execution"),
        (
            "预算执行率得分 = 执行率 × 分值，最多得满分，误差 0.05 分以内不算。执行率 90% 以上得"
            "满分、80% 以下得 0 分的为警告，因为有的地方另有规定；从多少起得满分可改阈值。",
            "The points of the execution are its rate times their weight, no more than all, within "
            "0.05. Full points from 90% on and none below 80% are warnings, since places differ; "
            "the threshold is the rate that has full points.",
        ),
        {
            "": (
                "{rate} × {weight} 分 = {right} 分，得分写 {score} 分",
                "{rate} × {weight} = {right} points; {score} are given",
            ),
            "capped": (
                "执行率 {rate}，应得满分 {right} 分，得分写 {score} 分",
                "At {rate} all {right} points are due; {score} are given",
            ),
        },
        (
            "请更正得分；本地另有规定的，在“校验规则”中改阈值或写明理由。",
            "Correct the points, change the threshold, or write the reason.",
        ),
        threshold=100,
    ),
    rule(
        "Z08",
        E,
        ("资金各项与合计不符", "Funds that do not add up"),
        (
            "年初预算数、全年预算数、执行数、预计结余各栏，各资金来源之和应等于年度资金总额。"
            "空白不算 0；各来源都空着、有的不是金额的不判断。",
            "In every column of the funds the sources make the total. A blank is no zero; columns "
            "without sources, or with one that is no amount, are not judged.",
        ),
        (
            "{label}：{arithmetic}，年度资金总额写 {total} {unit}，各项{difference} {unit}",
            "{label}: {arithmetic}; the total says {total} {unit}, {gap} apart",
        ),
        ("请核对这一栏的各项和合计。", "Check the parts and the total of this column."),
    ),
    rule(
        "Z14",
        W,
        ("成本与执行数不符", "Costs beside what was spent"),
        (
            "金额类成本指标的实际完成值合计不应高于全年执行数；项目总成本应等于全年执行数。"
            "单价、人均标准、节约额不计。",
            "The actual costs in money add up to no more than the funds executed, and the cost of "
            "the whole project is what was executed. Unit prices and savings are left out.",
        ),
        {
            "": (
                "成本 {arithmetic} {unit}，全年执行数 {executed} {unit}，多 {gap} {unit}",
                "Costs {arithmetic} {unit}, executed {executed} {unit}: {gap} more",
            ),
            "less": (
                "“{name}”完成 {arithmetic} {unit}，全年执行数 {executed} {unit}，少 {gap} {unit}",
                "“{name}” is {arithmetic} {unit}, executed {executed} {unit}: {gap} less",
            ),
        },
        (
            "请核对成本指标的完成值和全年执行数；含其他年度或自筹资金的，在“说明”中写明。",
            "Check the costs and what was executed, or say which other money is in them.",
        ),
    ),
    rule(
        "Z16",
        W,
        ("执行率偏低没有原因", "A low rate without a reason"),
        (
            "预算执行率低于 90%（可改）的，要在实际完成情况、存在问题或偏差原因中写明资金没有用完"
            "的原因。",
            "An execution below 90 % (a setting) has a reason in 实际完成情况, 存在问题 or "
            "偏差原因.",
        ),
        (
            "执行率 {arithmetic}，低于 {least}%，没有写原因",
            "The execution is {arithmetic}, below {least}%, without a reason",
        ),
        (
            "请写明资金没有用完的原因和结余的去向。",
            "Say why the money was not spent and what becomes of it.",
        ),
        threshold=90,
    ),
    rule(
        "Z24",
        W,
        ("执行数超过全年预算数", "More spent than there was"),
        (
            "年度资金总额的执行数高于全年预算数。两个数相差约一万倍的为错误：一个按元填，一个按"
            "万元填。",
            "More was spent in all than the year's budget. An error where one is about 10,000 "
            "times the other: one is in 元, the other in 万元.",
        ),
        {
            "": (
                "{source}：执行数 {executed}，全年预算数 {budget}，多 {gap} {unit}",
                "{source}: {executed} spent of {budget}, {gap} {unit} too much",
            ),
            "unit": (
                "{source}：执行数 {executed}，全年预算数 {budget}，相差约一万倍，"
                "有一个的单位不是{unit}",
                "{source}: {executed} spent of {budget}: about 10,000 times apart, so one of them "
                "is not in {unit}",
            ),
        },
        (
            "请核对执行数和全年预算数（调整后）；年中追加的，计入全年预算数。",
            "Check both amounts; what was added in the year belongs to the year's budget.",
        ),
    ),
)
