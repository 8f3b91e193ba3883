"""Rules about the names of indicators (N)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import I, W, rule

RULES = (
    rule(
        "N01",
        W,
        ("名称不是指标", "The name is no indicator"),
        (
            "名称是超过40字的口号或工作描述，或者只是一段时间、一个日期；效益指标的名称只是“确保社会稳定”"
            "这样的愿望、指标值却是百分比的也算。以“率、数、费”等结尾的长名称不提示。",
            "The name is a slogan or a description of more than 40 characters, or a bare period or "
            "date; or an aim (确保社会稳定) whose value is a share of nobody knows what. Long "
            "names that end in a measure are left alone.",
        ),
        {
            "": (
                "指标名称有 {length} 个字，是一段描述，看不出考核什么",
                "The name has {length} characters: a description, not something measured",
            ),
            "period": (
                "指标名称“{name}”只是时间，看不出考核什么",
                "The name “{name}” is only a time, not something measured",
            ),
            "share": (
                "指标名称“{name}”是要达到的目的，看不出指标值是什么的百分比",
                "The name “{name}” is an aim: it does not say of what the value is a share",
            ),
        },
        (
            "请写成简短的考核内容，如“培训人数”“方案提交时间”。",
            "Name briefly what is measured, such as 培训人数 or 方案提交时间.",
        ),
    ),
    rule(
        "N02",
        I,
        ("指标名称以标点结尾", "The name ends in punctuation"),
        ("指标名称末尾有多余的标点。", "The name ends in punctuation it does not need."),
        (
            "指标名称“{name}”以“{mark}”结尾",
            "The name “{name}” ends in “{mark}”",
        ),
        ("请删去末尾的标点。", "Delete the punctuation at the end."),
    ),
)
