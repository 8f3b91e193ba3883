"""Rules about the rows of the indicator table: pairs, masks, 无, numbers (S02, V01-V03)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, rule

RULES = (
    rule(
        "S02",
        E,
        ("指标与指标值不成对", "An indicator without a value, or a value without one"),
        (
            "每个指标都要有指标值，每个指标值都要有指标名称。",
            "Every indicator has a target value, every target value an indicator.",
        ),
        {
            "": ("指标“{name}”没有指标值", "Indicator “{name}” has no target value"),
            "name": ("指标值“{value}”没有对应的指标名称", "Value “{value}” has no indicator"),
        },
        ("请补齐这一行；多余的行请清空。", "Complete the row, or clear it if it is not needed."),
    ),
    rule(
        "V01",
        E,
        ("未填写的占位符", "An unfilled mask"),
        (
            "文字里留有 ***、XX、__、…… 等占位符号，或者“优/良/中/差”这样的可选项没有选定。"
            "指标值已经填写、只在名称中留着“（≥**%）”这样的提示的，为警告，每个项目提示一次。"
            "公式没有计算出结果的格子也在这里说明。",
            "A text still holds ***, XX, __ or ……, or choices (优/良/中/差) none of which is "
            "chosen. A hint such as （≥**%） left in a name whose "
            "value is filled is a warning, once for a project. So is told a cell whose formula has "
            "no value.",
        ),
        {
            "": (
                "“{text}”中的“{mask}”是占位符，还没有填写",
                "“{mask}” in “{text}” is a mask that was not filled in",
            ),
            "choices": (
                "“{text}”是几个可选项，还没有选定",
                "“{text}” lists what could be chosen; nothing is",
            ),
            "formula": (
                "{what}是公式，还没有计算出结果",
                "{what} is a formula that was never calculated",
            ),
            "hint": (
                "指标值已经填写，名称“{text}”中还留着模板的提示“{hint}”",
                "The value is filled; the name “{text}” still holds the hint “{hint}” of the "
                "template",
            ),
        },
        {
            "": (
                "请换成实际内容；数量确实无法预计的，写明测算依据或上年实际数。",
                "Put the real content; where a count cannot be foreseen, say how it was estimated.",
            ),
            "choices": (
                "请只留下要达到的那一个；能量化的写成数字，如“合格率 ≥98%”。",
                "Leave the one that is to be reached; better a number, such as 合格率 ≥98%.",
            ),
            "formula": (
                "请在 Excel 或 WPS 中打开文件，保存一次后再校验；仍然这样的，直接填写结果。",
                "Open the file in Excel or WPS, save it and validate again; else type the result.",
            ),
            "hint": (
                "请删去名称中的“{hint}”；其他指标名称中有提示的，一并删去。",
                "Take “{hint}” out of the name, and such hints out of the other names too.",
            ),
        },
    ),
    rule(
        "V02",
        E,
        ("以“无”代替指标或指标值", "无 in place of an indicator or a value"),
        (
            "指标值写成无、/、不涉及等：指标问的是比率或数量的为错误，其余为警告；"
            "指标和指标值都写无的，经济、生态效益为提示，其余为警告。",
            "无, / or 不涉及 as a value: an error where the name asks for a rate or a count, "
            "else a warning; in place of both, a hint in 经济 and 生态, else a warning.",
        ),
        {
            "": (
                "指标“{name}”的指标值写成了“{value}”",
                "The value of indicator “{name}” is “{value}”",
            ),
            "zero": (
                "指标“{name}”的指标值写成了“{value}”",
                "The value of indicator “{name}” is “{value}”",
            ),
            "both": (
                "{group}的指标和指标值都写成了“{value}”",
                "Indicator and value of {group} are both “{value}”",
            ),
            "name": (
                "指标名称写成了“{name}”，指标值却是“{value}”",
                "The indicator's name is “{name}”, its value “{value}”",
            ),
        },
        {
            "": (
                "能衡量的请填写指标和目标值；确实不涉及的，请保留该行，在“说明”中写明理由。",
                "State indicator and target where they can be measured; else keep the row and "
                "write the reason under 说明.",
            ),
            "zero": (
                "目标是不发生的，请写成“{zero}”。",
                "Where none is the aim, write “{zero}”.",
            ),
        },
    ),
    rule(
        "V03",
        E,
        ("数量指标没有数字", "A quantity without a number"),
        ("数量指标的指标值应当有数字。", "The value of a 数量指标 has a number in it."),
        (
            "数量指标“{name}”的指标值“{value}”没有数字",
            "The value “{value}” of quantity “{name}” has no number",
        ),
        (
            "请写成“≥120次”这样的数量；无法量化的内容请移到质量或效益指标。",
            "Write a count such as “≥120次”, or move what cannot be counted to another group.",
        ),
    ),
)
