"""Rules about progress and forecasts of a 监控表 (Z19, Z20, Z28, Z29)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "Z19",
        W,
        ("进度落后没有原因", "Behind without a reason"),
        (
            "随月份累计的数量指标，完成值低于序时进度（指标值 × 月数 ÷ 12）的 80% 为黄灯、60% 为"
            "红灯，要写偏差原因。比率不随月份累计，按月份折算还落后、可能性又不是“确定能”的，也要写。"
            "满意度、增减幅度、还是 0 的比率、时间和定性指标不判断。",
            "A number that grows with the months is yellow below 80 % of what they ask for, red "
            "below 60 %, and then has a reason; so has a rate that is behind even when it is held "
            "against the months, and is not said to be certain. Satisfaction, growth, a rate that "
            "is still 0, dates and words are not judged.",
        ),
        {
            "": (
                "“{name}”指标值 {target}，到 {month} 月应完成 {asked}，完成 {done}，"
                "是序时进度的 {share}%（{light}），没有写原因",
                "“{name}”: target {target}; by month {month} {asked} were due and {done} done, "
                "{share}% ({light_en}), without a reason",
            ),
            "rate": (
                "“{name}”指标值 {target}，到 {month} 月完成 {done}，即使按月份折算（{asked}%）"
                "也只有它的 {share}%（{light}），没有写原因",
                "“{name}”: target {target}; by month {month} {done}, {share}% even of what the "
                "months ask for, {asked}% ({light_en}), without a reason",
            ),
        },
        (
            "请写明进度落后的原因和后几个月的措施。",
            "Say why it is behind and what will be done in the months to come.",
        ),
    ),
    rule(
        "Z20",
        W,
        ("预计完成值与可能性矛盾", "A forecast against its likelihood"),
        (
            "全年预计完成值低于指标值，完成目标可能性却写“确定能”；或者达到指标值，却写“完全不可能”；"
            "或者累计的数量，预计全年还不如已经完成的多。",
            "The forecast misses the target that is said to be certain, or meets one that is said "
            "to be impossible; or less is expected of the year than was done already.",
        ),
        {
            "": (
                "“{name}”指标值 {target}，预计完成 {forecast}，完不成，可能性写的是“{said}”",
                "“{name}”: target {target}, forecast {forecast}, not met, and yet “{said}”",
            ),
            "none": (
                "“{name}”指标值 {target}，预计完成 {forecast}，能完成，可能性写的是“{said}”",
                "“{name}”: target {target}, forecast {forecast}, met, and yet “{said}”",
            ),
            "below": (
                "“{name}”已完成 {done}，全年预计完成 {forecast}，比已完成的少",
                "“{name}”: {done} done, and {forecast} expected of the year, which is less",
            ),
        },
        (
            "请核对全年预计完成值和完成目标可能性。",
            "Check the forecast and the likelihood.",
        ),
    ),
    rule(
        "Z28",
        W,
        ("没有填写预计或可能性", "A forecast or likelihood is missing"),
        (
            "同一张表上别的指标填了全年预计完成值、完成目标可能性，这个指标有完成值却空着，或者什么都"
            "没有填；或者可能性选了不止一项。整栏都不填的不判断。",
            "Other indicators of the form have a forecast or a likelihood, and this one, with a "
            "value so far or with nothing at all, has none, or two likelihoods at once. Columns "
            "that nobody fills in are not judged.",
        ),
        {
            "": ("“{name}”没有填写{label}", "“{name}” has no {label}"),
            "several": (
                "“{name}”的{label}选了不止一项：{said}",
                "The {label} of “{name}” is more than one: {said}",
            ),
        },
        ("请填写{label}，只选一项。", "Enter the {label}, and only one."),
    ),
    rule(
        "Z29",
        W,
        ("预算执行偏慢没有原因", "Slow spending without a reason"),
        (
            "执行率低于序时进度（月数 ÷ 12）的 60%（可改），偏差原因、存在问题、备注中都没有写资金"
            "的原因。4 月以前的不判断。",
            "The rate of execution is below 60 % (a setting) of what the months ask for, and no "
            "text of the form says why. Not judged before April.",
        ),
        (
            "执行率 {arithmetic}，到 {month} 月序时进度 {asked}%，只有它的 {share}%，没有写原因",
            "The execution is {arithmetic}; by month {month} {asked}% were due: {share}% of it, "
            "without a reason",
        ),
        (
            "请写明资金支出偏慢的原因和后几个月的支出计划。",
            "Say why so little was spent and how it will be spent.",
        ),
        threshold=60,
    ),
)
