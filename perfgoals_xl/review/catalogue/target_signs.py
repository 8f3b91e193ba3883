"""The rule about the direction of a target (V07)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
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
        {
            "": (
                "“{name}”应当{direction}，指标值却写成“{value}”",
                "“{name}” is better {direction_en}; its value says “{value}”",
            ),
            "whole": (
                "“{name}”应当{direction}，指标值却写成“{value}”",
                "“{name}” is better {direction_en}; its value says “{value}”",
            ),
        },
        {
            "": ("请把符号改成“{sign}”。", "Change the sign to “{sign}”."),
            "whole": (
                "要求全部达到的请写“100%”，否则写可以达到的下限，如“≥95%”。",
                "Write “100%” where all of it is wanted, else the least that can be reached, such "
                "as “≥95%”.",
            ),
        },
    ),
)
