"""Rules about the target values of indicators (V04-V14); the groups beside them are in
:mod:`.target_groups`."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, Rule, W, rule
from perfgoals_xl.review.catalogue.target_groups import GROUP_RULES

_VALUE_RULES = (
    rule(
        "V04",
        W,
        ("指标值没有可衡量的标准", "A value in words that cannot be measured"),
        (
            "质量、时效指标的值既没有数字也没有日期的为警告；效益指标的值是“持续提升”一类不分等级的文字的为提示。"
            "“良好及以上”“二类及以上”这样分等级的值不提示。",
            "A 质量 or 时效 value with neither number nor date is a warning; a benefit value in "
            "words without grades (持续提升) a hint. Graded words (良好及以上) are left alone.",
        ),
        {
            "": (
                "{group}“{name}”的值“{value}”既没有数字，也没有日期",
                "The value “{value}” of {group} “{name}” has neither a number nor a date",
            ),
            "benefit": (
                "{group}“{name}”的值“{value}”没有分等级，难以衡量",
                "The value “{value}” of {group} “{name}” is not graded and hard to measure",
            ),
        },
        (
            "能量化的写成数字或日期；确实不能量化的，写成分等级的标准，如“良好及以上”。",
            "Give a number or a date, or graded words such as 良好及以上 where there is neither.",
        ),
    ),
    rule(
        "V05",
        W,
        ("数字没有计量单位", "A number without a unit"),
        (
            "指标值只有数字、没有单位。0，系数、指数、得分一类，以及名称中已注明单位的不提示。",
            "The value is a number with no unit. Left alone: 0, coefficients, indices, scores, "
            "and names that state the unit.",
        ),
        (
            "“{name}”的指标值“{value}”没有计量单位",
            "The value “{value}” of “{name}” has no unit",
        ),
        ("请补上单位，如“≥120次”“95%”。", "Add the unit, such as “≥120次” or “95%”."),
    ),
    rule(
        "V06",
        W,
        ("单位与指标名称不符", "The unit does not fit the name"),
        (
            "…率、…满意度应为百分比，…费、…经费应为金额，…人数应为人，…分数应为分，"
            "…数、…数量不应是百分比。成本指标的金额由成本规则核对。",
            "…率 and …满意度 want %, …费 and …经费 money, …人数 a head-count, …分数 points; a "
            "count is no percentage. Money in cost indicators is for the cost rules.",
        ),
        (
            "“{name}”应以{wanted}表示，指标值却是“{value}”",
            "“{name}” asks for {wanted_en}; its value is “{value}”",
        ),
        (
            "请把指标值改成{wanted}，或按指标值的含义修改指标名称。",
            "Change the value to {wanted_en}, or name the indicator by what the value says.",
        ),
    ),
    rule(
        "V07",
        W,
        ("符号方向与指标相反", "The sign runs against the indicator"),
        (
            "成本、投诉、伤亡、事故类指标越小越好，应为“≤”；满意、合格、完成、覆盖类越大越好，应为“≥”。"
            "只写数字表示“等于”，不提示。",
            "Costs, complaints, deaths and accidents want ≤; satisfaction, pass, completion and "
            "coverage want ≥. A bare number means “=” and is no fault.",
        ),
        (
            "“{name}”应当{direction}，指标值却写成“{value}”",
            "“{name}” is better {direction_en}; its value says “{value}”",
        ),
        ("请把符号改成“{sign}”。", "Change the sign to “{sign}”."),
    ),
    rule(
        "V08",
        W,
        ("比率超过100%", "A rate above 100%"),
        (
            "比率高于100%，或写成“≥100%”。增长率一类可以超过100%的不提示。",
            "A rate above 100, or “≥100%”. Growth rates may exceed 100 and are left alone.",
        ),
        {
            "": (
                "“{name}”的指标值“{value}”高于100%",
                "The value “{value}” of “{name}” is above 100%",
            ),
            "open": (
                "“{name}”写成“{value}”，比率不会高于100%",
                "“{name}” says “{value}”; a rate is never above 100%",
            ),
        },
        ("请改为“100%”或实际可达到的比率。", "Write “100%”, or the rate that can be reached."),
    ),
    rule(
        "V09",
        W,
        ("区间从0开始", "A range that starts at 0"),
        (
            "“0-2000户”这样的区间，一户没有也算完成，起不到约束作用。",
            "A range such as 0-2000户 is met by none at all.",
        ),
        (
            "“{name}”的指标值“{value}”从0开始，不做也算完成",
            "The range “{value}” of “{name}” starts at 0: doing nothing meets it",
        ),
        (
            "请按上年实际数写明下限；只是控制上限的，写成“≤{high}”。",
            "Give a lower bound from last year's figure; if only the top matters, “≤{high}”.",
        ),
    ),
    rule(
        "V10",
        E,
        ("比较没有数值", "A comparison with no number"),
        (
            "指标与去年、上年同期比较，或者是下降率、事故起数下降，指标值却没有写下降或增长多少。"
            "“≤2023年”这样以基年为界的不提示。",
            "The indicator compares with another year, or is a rate of decrease, and the value "
            "does not say by how much. A bound by a base year (≤2023年) is left alone.",
        ),
        (
            "“{name}”是比较性的指标，指标值“{value}”没有写明比较的数值",
            "“{name}” is a comparison; its value “{value}” does not say how much",
        ),
        (
            "请写明幅度或基数，如“较上年下降≥5%”“≤上年12起”。",
            "State by how much or from what base, such as “较上年下降≥5%”.",
        ),
    ),
    rule(
        "V11",
        I,
        ("一格多个指标值", "Several targets in one cell"),
        (
            "一个单元格里写了几个指标值，无法分别考核。",
            "One cell holds several targets, which cannot be checked one by one.",
        ),
        (
            "“{value}”含有几个指标值",
            "“{value}” holds several targets",
        ),
        ("请拆成几行，每行一个指标。", "Split it into rows, one indicator each."),
    ),
    rule(
        "V12",
        W,
        ("指标名称中含有指标值", "The name holds a target"),
        (
            "指标名称里写了目标值：与指标值不同的为警告，相同的为提示。"
            "成本指标中的单价（每户2500元）不提示。",
            "The indicator's name states a target: another one than the value is a warning, the "
            "same one a hint. Unit prices in cost indicators are left alone.",
        ),
        {
            "": (
                "指标名称写的是“{inside}”，指标值却是“{value}”",
                "The name says “{inside}”, the value “{value}”",
            ),
            "same": (
                "指标名称中的“{inside}”与指标值“{value}”重复",
                "“{inside}” in the name repeats the value “{value}”",
            ),
        },
        (
            "指标名称只写考核什么，目标值写在指标值一栏。",
            "Let the name say what is measured, and keep the target in the value.",
        ),
    ),
    rule(
        "V13",
        W,
        ("指标值重复指标名称", "The value repeats the name"),
        (
            "指标值是指标名称的重复或改写，没有给出目标。",
            "The value repeats or rewords the name and sets no target.",
        ),
        (
            "指标值“{value}”重复了指标名称“{name}”",
            "The value “{value}” repeats the name “{name}”",
        ),
        (
            "请写明要达到的数量、比率、日期或等级。",
            "State the number, rate, date or grade to be reached.",
        ),
    ),
    rule(
        "V14",
        W,
        ("指标值是一句话", "The value is a sentence"),
        (
            "效益指标的值写成了一句工作要求或口号，不是目标值。",
            "The value of a benefit indicator is a sentence or slogan, not a target.",
        ),
        (
            "“{name}”的指标值“{value}”是一句话，不是目标值",
            "The value “{value}” of “{name}” is a sentence, not a target",
        ),
        (
            "请改成可以考核的数量、比率或等级，这句话可以放到年度总体绩效目标里。",
            "Put a number, rate or grade, and move the sentence to the year's goal.",
        ),
    ),
)

RULES: tuple[Rule, ...] = (*GROUP_RULES, *_VALUE_RULES)
