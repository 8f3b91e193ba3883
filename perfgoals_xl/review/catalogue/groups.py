"""Rules about which groups of the taxonomy a project fills (S01)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, rule

RULES = (
    rule(
        "S01",
        E,
        ("缺少二级指标", "A level-2 group is absent"),
        (
            "2015 版：缺数量、成本为错误，缺质量、时效、社会效益、可持续影响、满意度为警告，"
            "缺经济、生态效益为提示；"
            "2021 版：缺成本、数量为错误，缺质量、时效、效益、满意度为警告。",
            "2015: 数量 or 成本 absent is an error; 质量, 时效, 社会效益, 可持续影响, 满意度 "
            "a warning; 经济, 生态 a hint. 2021: 成本 or 数量 an error; 质量, 时效, any 效益, "
            "满意度 a warning.",
        ),
        {
            "": ("没有{group}", "There is no {group}"),
            "none": ("没有填写任何指标（缺 {group}）", "No indicator at all ({group} absent)"),
        },
        (
            "请补充{group}；确实没有的，在“说明”中写明理由。",
            "Add {group}, or write the reason under 说明.",
        ),
    ),
)
