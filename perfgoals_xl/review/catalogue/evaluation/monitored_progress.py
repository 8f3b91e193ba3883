"""Rules about progress and forecasts of a 监控表 (Z19, Z20)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "Z19",
        W,
        ("进度落后没有原因", "Behind without a reason"),
        (
            "随月份累计的数量指标，完成值低于序时进度（指标值 × 月数 ÷ 12）的 80% 为黄灯、60% 为"
            "红灯，要写偏差原因。比率、时间、定性指标不判断。",
            "A number that grows with the months is yellow below 80 % of what they ask for, red "
            "below 60 %, and then has a reason. Rates, dates and words are not judged.",
        ),
        (
            "“{name}”指标值 {target}，到 {month} 月应完成 {asked}，完成 {done}，"
            "是序时进度的 {share}%（{light}），没有写原因",
            "“{name}”: target {target}; by month {month} {asked} were due and {done} done, "
            "{share}% ({light_en}), without a reason",
        ),
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
            "全年预计完成值低于指标值，完成目标可能性却写“确定能”；或者达到指标值，却写“完全不可能”。",
            "The forecast misses the target that is said to be certain, or meets one that is said "
            "to be impossible.",
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
        },
        (
            "请核对全年预计完成值和完成目标可能性。",
            "Check the forecast and the likelihood.",
        ),
    ),
)
