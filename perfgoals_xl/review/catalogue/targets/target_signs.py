"""The rule about the direction of a target (V07)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

_AGAINST = (
    "“{name}”应当{direction}，指标值却写成“{value}”",
    "“{name}” is better {direction_en}; its value says “{value}”",
)

RULES = (
    rule(
        "V07",
        W,
        ("符号方向与指标相反", "The sign runs against the indicator"),
        (
            "成本、投诉、伤亡、事故类指标和不良率、近视率、闲置率、发生率等越小越好，应为“≤”；满意、合格、完成、覆盖类越大越好，应为“≥”。"
            "响应、办结、等候等时间也是越短越好，培训、改造、受益等完成的数量不应写“≤”。"
            "只写数字表示“等于”，不提示；“事故发生率 100%”“合格率 0%”这样的除外。",
            "Costs, complaints, deaths, accidents, rates of faults, illness or disuse (不良率, "
            "近视率, 闲置率) and the time that people wait want ≤; "
            "satisfaction, pass, completion, coverage and counts of what is done want ≥. A bare "
            "number means “=” and is no fault, unless it is the worst there is (合格率 0%).",
        ),
        {
            "": _AGAINST,
            "whole": _AGAINST,
            "nought": _AGAINST,
            "worst": (
                "“{name}”的指标值“{value}”与指标要求的相反",
                "The value “{value}” of “{name}” is the worst that there can be",
            ),
        },
        {
            "": ("请把符号改成“{sign}”。", "Change the sign to “{sign}”."),
            "nought": (
                "请写成“0”（带上单位），或写明允许的上限，如“≤2%”；“≥0”怎样都能达到。",
                "Write 0 with its unit, or the most that is allowed, such as “≤2%”: “≥0” is "
                "always met.",
            ),
            "worst": (
                "请核对指标值；名称写反了的，改正名称。",
                "Check the value, or the name where that is what was written the wrong way.",
            ),
            "whole": (
                "请写成“100%”，或按能够达到的水平写成“≥95%”这样的下限。",
                "Write “100%”, or a lower bound that can be reached, such as “≥95%”.",
            ),
        },
    ),
)
