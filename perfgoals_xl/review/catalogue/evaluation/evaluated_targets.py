"""The rule about what was declared (Z15)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "Z15",
        W,
        ("指标与申报的不同", "Other goals than the declared ones"),
        (
            "自评、监控用的是申报的指标：指标值降低、指标少了的为警告，多出的为提示，只改名称的不算。"
            "申报表取自同一工作簿、一起给出的文件，或“说明”表写明、放在旁边没有改过的文件；"
            "找不到的不判断。",
            "The forms hold the declared indicators: a lower target or one that is gone is a "
            "warning, a new one a hint, another name nothing. The declaration is in the workbook, "
            "among the sources, or beside it as the sheet 说明 names it; without one it is not "
            "judged.",
        ),
        {
            "lowered": (
                "“{name}”申报的指标值是 {declared}，这里是 {target}，降低了",
                "“{name}” was declared as {declared} and is {target} here, which is lower",
            ),
            "dropped": (
                "申报的 {count} 个指标这里没有：{names}",
                "{count} declared indicators are gone: {names}",
            ),
            "added": (
                "“{name}”（{target}）不在申报的指标中",
                "“{name}” ({target}) was not declared",
            ),
            "other": (
                "申报的 {count} 个指标这里只对上 {paired} 个",
                "Of {count} declared indicators {paired} are here",
            ),
            "": (
                "指标与申报的不同",
                "Other indicators than the declared ones",
            ),
        },
        (
            "请改回申报的指标和指标值；经批准调整的，在备注或“说明”中写明批复。",
            "Go back to what was declared, or name the approval under 备注 or 说明.",
        ),
    ),
)
