"""Rules of the department table (D)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "D01",
        E,
        ("部门指标值与目标矛盾", "A department target contradicts its goal"),
        (
            "目标要求“全部”的，指标值应为 100%；要求“不发生”“不得追加”“不作调剂”的，指标值应为 0。"
            "部门的年度目标写了“全部”“不发生”的，反映它的指标也一样。"
            "全部为 0% 的、不发生而容许若干起（人、次）的是错误，其余是警告。",
            "A goal of “all” has the value 100%, one of “none” (不发生, 不得追加) has 0, and so "
            "have the indicators of what the department's goal of the year says so. “All” with "
            "0% and “none” with some are errors, the rest are warnings.",
        ),
        {
            "": (
                "目标是“{goal}”，指标值却是“{value}”，应为 {right}",
                "The goal is “{goal}”, the value “{value}”; {right} is meant",
            )
        },
        (
            "请把指标值改为 {right}，或修改目标的表述。",
            "Change the value to {right}, or the wording of the goal.",
        ),
    ),
    rule(
        "D02",
        I,
        ("部门职责目标没有年度成果", "The duty goal names no result of the year"),
        (
            "部门职责绩效目标只列职责，没有本年度要达到的成果。",
            "The duty goal lists duties and no result of the year.",
        ),
        (
            "部门职责绩效目标只列了职责，没有本年度要达到的数量或效果",
            "The duty goal lists duties; it names no result of this year",
        ),
        (
            "请补充本年度履职要达到的主要成果，如覆盖率、达标率、控制数。",
            "Add the main results of this year, such as coverage, compliance rates or limits.",
        ),
    ),
    rule(
        "D03",
        E,
        ("部门收支、任务金额加不起来", "Sums of the department that do not add up"),
        (
            "收入合计 = 各项收入，支出合计 = 基本支出 + 项目支出，收入 = 支出（可含上年结转）；"
            "任务的总额 = 财政拨款 + 其他资金，各任务之和 = 任务金额合计，不超过部门预算；"
            "与项目支出相近而不相等的，是警告。有一项金额读不出属于哪一项的，不作判断。",
            "Total income = its parts, total expenditure = 基本支出 + 项目支出, income = "
            "expenditure (with or without what was carried over); the amounts of a task make "
            "its total, those of all tasks their sum, which is not above the budget; a sum that "
            "is nearly the project expenditure is a warning. Not judged beside an amount of an "
            "unknown label.",
        ),
        {
            "": (
                "“{name}”为 {total} {unit}，而 {arithmetic}，{difference} {unit}",
                "“{name}” is {total} {unit}, but {arithmetic}: {gap} {unit} apart",
            ),
            "balance": (
                "收入（{income}）{income_amount} {unit} ≠ "
                "支出（{expenses}）{expenses_amount} {unit}，相差 {gap} {unit}",
                "Income ({income}) {income_amount} {unit} ≠ expenditure ({expenses}) "
                "{expenses_amount} {unit}: {gap} {unit} apart",
            ),
            "over": (
                "各任务金额合计 {made} {unit} > {name} {total} {unit}，多 {gap} {unit}",
                "The tasks make {made} {unit} > {name} {total} {unit}: {gap} {unit} too much",
            ),
            "projects": (
                "各任务金额合计 {made} {unit}，与{name} {total} {unit} 相差 {gap} {unit}",
                "The tasks make {made} {unit}; {name} is {total} {unit}: {gap} {unit} apart",
            ),
        },
        (
            "请核对各项金额和合计，使之相等。",
            "Check the amounts and their totals so that they agree.",
        ),
    ),
    rule(
        "D04",
        W,
        ("有预算的任务没有指标", "A task with money and no indicator"),
        (
            "部门年度任务安排了资金，指标中应有反映它的指标；人员、公用、机关运转等任务除外。",
            "A task of the department that has money has an indicator; what keeps the house "
            "running needs none.",
        ),
        (
            "任务{tasks}安排了 {amount} {unit}，没有对应的指标",
            "Tasks {tasks} have {amount} {unit} and no indicator",
        ),
        (
            "请为这些任务补充产出或效益指标；不需要的，在“说明”中写明理由。",
            "Add output or benefit indicators for these tasks, or say why none is needed.",
        ),
    ),
)
