"""The rule about indicators that stand in the wrong group (S05)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "S05",
        W,
        ("指标放错了组", "An indicator in the wrong group"),
        (
            "数量指标里的金额、质量和时效指标里的人数、天数和个数、经济效益里的控制支出，"
            "社会效益里的收入和产值，"
            "效益指标里的满意度、验收合格率、完成及时率，都放错了组。"
            "数量指标里的比率为提示。",
            "Money under 数量, head-counts, days and counts under 质量 or 时效, the control of "
            "spending under 经济效益, income under 社会效益, and satisfaction, acceptance or "
            "punctuality under a benefit stand in the wrong group. A rate under 数量 is a hint.",
        ),
        (
            "“{name}”（{value}）是{what}，不应放在{group}",
            "“{name}” ({value}) is {what_en} and does not belong under {group}",
        ),
        (
            "请移到{right}，或换成{group}应有的内容。",
            "Move it to {right}, or put what {group} is for.",
        ),
    ),
)
