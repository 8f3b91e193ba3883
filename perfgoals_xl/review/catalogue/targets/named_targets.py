"""The rule about targets that stand in an indicator's name (V12)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
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
)
