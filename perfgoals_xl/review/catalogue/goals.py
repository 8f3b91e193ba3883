"""Rules about the annual goal (G)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "G01",
        E,
        ("目标中的年度预算与年度资金总额不一致", "The goal's budget is not the annual amount"),
        (
            "目标写明本年度投入或安排的金额时，应当等于年度资金总额；年度资金总额未填的，用资金来源合计核对。"
            "没有写明年度的（总投资500万元、安排资金500万元），不一致时为警告。",
            "Where the goal states this year's budget, it is 年度资金总额; where that is blank, "
            "the sum of the sources stands in. A warning where the goal says the project's money "
            "without a year (总投资500万元).",
        ),
        {
            "": (
                "目标中的年度预算“{stated}”与{basis} {budget} {unit}不一致，{difference} {unit}",
                "The goal states a budget of “{stated}”, {basis} is {budget} {unit}: {gap} {unit} "
                "apart",
            ),
            "undated": (
                "目标中的项目资金“{stated}”没有写明年度，与{basis} {budget} {unit}相差 {gap} "
                "{unit}",
                "The goal states money of “{stated}” without a year; {basis} is {budget} {unit}, "
                "{gap} {unit} apart",
            ),
        },
        {
            "": (
                "请核对目标中的金额和{basis}，改正其中一处。",
                "Check the amount in the goal and {basis}, and mend one of them.",
            ),
            "undated": (
                "是本年度资金的，请改成与{basis}一致；是整个项目或其中一部分的，请在目标中写明。",
                "If it is this year's money, let it be {basis}; if it is of the whole project or a "
                "part of it, let the goal say so.",
            ),
        },
    ),
    rule(
        "G02",
        E,
        ("目标中的分项金额之和与年度预算不一致", "The parts listed in the goal do not add up"),
        (
            "目标把年度预算分成几项金额时，各项之和应当等于所写的年度预算。",
            "Where the goal lists the parts of this year's budget, they add up to the budget "
            "stated.",
        ),
        (
            "目标中的分项金额 {arithmetic} = {total} {unit}，与所写的年度预算“{stated}”不一致，"
            "{difference} {unit}",
            "The parts in the goal, {arithmetic} = {total} {unit}, differ from the budget stated, "
            "“{stated}”, by {gap} {unit}",
        ),
        (
            "请核对每一项金额，使各项之和等于“{stated}”。",
            "Check each amount, so that together they make “{stated}”.",
        ),
    ),
    rule(
        "G03",
        W,
        ("目标只写付款，没有写成果", "The goal speaks of paying, not of a result"),
        (
            "绩效目标应当写明用这笔钱做成什么、达到什么效果，而不是支付什么费用；只列“培训费、宣传费”的也是。",
            "A goal says what the money achieves, not what is paid for, nor a list of fees.",
        ),
        (
            "目标“{text}”只说明资金用于支付什么，没有说明要达到的产出和效果",
            "The goal “{text}” says what is paid for, not what is achieved",
        ),
        (
            "请写明本年度完成的工作内容、数量和预期效果，付款安排写在成本或时效指标中。",
            "State the work of this year, its quantity and effect; payments belong to the 成本 or "
            "时效 indicators.",
        ),
    ),
    rule(
        "G04",
        W,
        ("目标中的数字与指标不一致", "A figure of the goal differs from the indicator"),
        (
            "目标与指标说的是同一件事而数字不同的，为警告；目标写“全部”“不发生”而指标允许有例外的也是。"
            "名称不同的事物（如梭子蟹苗、对虾苗）不作比较；目标中的数字在指标中找不到的，为提示。",
            "A warning where goal and indicator give different figures for one thing, or the goal "
            "promises all or none and the indicator does not; things of other nouns are not "
            "compared. A hint where no indicator takes a figure of the goal up.",
        ),
        {
            "": (
                "目标中的“{figure}”与指标“{name}”的指标值“{value}”（{cell}）不一致",
                "“{figure}” in the goal differs from “{value}” of indicator “{name}” ({cell})",
            ),
            "loose": (
                "目标中的{figures}没有对应的指标",
                "No indicator takes up {figures} of the goal",
            ),
        },
        (
            "请使目标和指标的数字一致；目标中的数量和金额应当都能在指标中找到。",
            "Let goal and indicators give the same figures, and each figure of the goal have its "
            "indicator.",
        ),
    ),
    rule(
        "G05",
        I,
        ("目标没有量化", "The goal has no figure at all"),
        (
            "目标中没有任何数量、金额或比率；日期、年度和文号不算。",
            "The goal holds no count, amount or rate; dates, years and document numbers are none.",
        ),
        (
            "目标中没有任何数量、金额或比率",
            "The goal has no count, amount or rate in it",
        ),
        (
            "请补充可以衡量的内容，如数量、覆盖面、合格率；不能量化的用分级分档的形式表述。",
            "Add what can be measured, such as counts, coverage or pass rates; use graded words "
            "where numbers are impossible.",
        ),
    ),
    rule(
        "G06",
        W,
        ("目标中的任务没有对应的指标", "A task of the goal that no indicator takes up"),
        (
            "目标用“一是…二是…”“1. 2.”列出几项任务时，每项任务都应当有指标衡量。"
            "没有指标提到的任务，"
            "是项目名称里写的事的为警告，其余为提示。效果（提升…能力）、依据（按照…要求）不算任务；"
            "有一个词或一个数字与指标相同的，就算有指标。",
            "Where a goal lists tasks (一是…二是…, 1. 2.), each has an indicator. A task that none "
            "takes up is a warning where the project is named for it, else a hint. Effects and "
            "bases are no tasks; one word or one figure shared with an indicator is enough.",
        ),
        {
            "": (
                "目标列出的任务{tasks}，没有指标衡量",
                "No indicator takes up {tasks}, which the goal lists",
            ),
            "named": (
                "目标列出的任务{tasks}，是项目名称里写的内容，却没有指标衡量",
                "No indicator takes up {tasks}, for which the project is named",
            ),
        },
        (
            "请为这项任务补充数量、质量或时效指标；不再开展的，从目标中删去。",
            "Add an indicator for the task, or take it out of the goal if it is not done any more.",
        ),
    ),
)
