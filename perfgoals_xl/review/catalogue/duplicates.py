"""Rules about rows side by side: the same twice, ordinals, slipped cells (S03, S04, S06)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "S03",
        E,
        ("同组指标重复", "The same indicator twice in one group"),
        (
            "同一组里两行指标名称相同：指标值也相同的为错误，不同的为警告。",
            "Two rows of one group have the same name: with the same value an error, with "
            "another a warning.",
        ),
        {
            "": (
                "{group}中“{name}”填了两次，指标值都是“{value}”",
                "“{name}” stands twice in {group} with the same value “{value}”",
            ),
            "other": (
                "{group}中“{name}”填了两次，指标值分别是“{first}”和“{value}”",
                "“{name}” stands twice in {group}, with “{first}” and “{value}”",
            ),
        },
        (
            "重复的请删除一行；确是两件事的，把名称写得能够区分。",
            "Delete one row, or word the names so that the two can be told apart.",
        ),
    ),
    rule(
        "S04",
        W,
        ("不同效益组的指标雷同", "The same text under two benefit groups"),
        (
            "同一条文字填在两个效益组里。数量、时效、成本之间同名是对应关系，不提示。",
            "One text stands under two benefit groups. The same name under 数量, 时效 and 成本 is "
            "a pair by design.",
        ),
        (
            "“{name}”同时填在{first}和{group}",
            "“{name}” stands under both {first} and {group}",
        ),
        (
            "请按各组的含义分别写：经济、社会、生态和可持续影响说的不是一件事。",
            "Write each group's own effect: economic, social, ecological, lasting.",
        ),
    ),
    rule(
        "S06",
        I,
        ("指标序号不连续或表格错位", "Ordinals with a gap, or cells slipped"),
        (
            "同组的“指标1、指标2”有缺号或重号，或者合并单元格丢失使二级指标名称错位到前一列。每张表只提示一次。",
            "Ordinals of one group have a gap or a repeat, or a lost merge moved the name of a "
            "group into the column before. Told once for a table.",
        ),
        {
            "": (
                "{told}，不连续或有重复",
                "Ordinals with a gap or a repeat: {told_en}",
            ),
            "slipped": (
                "“{group}”错位到了一级指标一列",
                "“{group}” slipped into the column of the first level",
            ),
        },
        (
            "请重新编号；合并单元格拆散的，把内容移回原来的列。",
            "Number the rows again; move what slipped back into its column.",
        ),
    ),
)
