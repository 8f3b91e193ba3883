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
            "成本、投诉、伤亡、事故类指标越小越好，应为“≤”；满意、合格、完成、覆盖类越大越好，应为“≥”。"
            "只写数字表示“等于”，不提示。",
            "Costs, complaints, deaths and accidents want ≤; satisfaction, pass, completion and "
            "coverage want ≥. A bare number means “=” and is no fault.",
        ),
        {"": _AGAINST, "whole": _AGAINST},
        {
            "": ("请把符号改成“{sign}”。", "Change the sign to “{sign}”."),
            "whole": (
                "请写成“100%”，或按能够达到的水平写成“≥95%”这样的下限。",
                "Write “100%”, or a lower bound that can be reached, such as “≥95%”.",
            ),
        },
    ),
)
