"""Rules about indicators in their groups, their names, and satisfaction (S03-S06, M, N)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

GROUP_RULES = (
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
        "S05",
        W,
        ("指标放错了组", "An indicator in the wrong group"),
        (
            "数量指标里的金额、质量和时效指标里的人数、天数和个数、经济效益里的控制支出，都放错了组。"
            "数量指标里的比率为提示。",
            "Money under 数量, head-counts, days and counts under 质量 or 时效, and the control of "
            "spending under 经济效益 stand in the wrong group. A rate under 数量 is a hint.",
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
    rule(
        "S06",
        I,
        ("指标序号不连续或表格错位", "Ordinals with a gap, or cells slipped"),
        (
            "同组的“指标1、指标2”有缺号或重号，或者合并单元格丢失使二级指标名称错位到前一列。",
            "Ordinals of one group have a gap or a repeat, or a lost merge moved the name of a "
            "group into the column before.",
        ),
        {
            "": (
                "{group}的序号是{ordinals}，不连续或有重复",
                "The ordinals of {group} are {ordinals}: a gap or a repeat",
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
    rule(
        "M01",
        W,
        ("满意度目标偏低", "Satisfaction below the floor"),
        (
            "满意度目标低于 90%，或投诉率高于 10%；90 是阈值，可以修改。",
            "Satisfaction below 90 %, or a complaint rate above 10 %; 90 is a setting.",
        ),
        {
            "": (
                "“{name}”的目标是“{value}”，低于 {floor}%",
                "The target of “{name}” is “{value}”, below {floor}%",
            ),
            "complaints": (
                "“{name}”的目标是“{value}”，高于 {ceiling}%",
                "The target of “{name}” is “{value}”, above {ceiling}%",
            ),
        },
        (
            "请提高目标；有特殊情况的，在“说明”中写明理由。",
            "Raise the target, or write the reason under 说明.",
        ),
        threshold=90,
    ),
    rule(
        "M02",
        I,
        ("满意度由本部门自己评价", "The respondent is the department itself"),
        (
            "满意度应由服务对象、受益人评价，不应由主管部门、实施单位自己评价。",
            "Satisfaction is for those served to say, not for the department or unit itself.",
        ),
        (
            "“{name}”的评价者是本部门（{who}）",
            "The respondent of “{name}” is the department itself ({who})",
        ),
        (
            "请改为服务对象或受益群众的满意度。",
            "Ask those who are served or who benefit.",
        ),
    ),
    rule(
        "M03",
        W,
        ("以验收结果或投诉率代替满意度", "Acceptance or complaints in place of satisfaction"),
        (
            "满意度指标写成验收结果的为警告，写成投诉率的为提示。",
            "An acceptance result in place of satisfaction is a warning, a complaint rate a hint.",
        ),
        {
            "": (
                "满意度指标“{name}”写的是验收结果",
                "The satisfaction indicator “{name}” is an acceptance result",
            ),
            "complaints": (
                "满意度指标“{name}”写的是投诉情况",
                "The satisfaction indicator “{name}” is a count of complaints",
            ),
        },
        (
            "请写服务对象的满意度；验收结果放到质量指标。",
            "State how satisfied those served are; acceptance belongs under 质量.",
        ),
    ),
    rule(
        "N01",
        W,
        ("名称不是指标", "The name is no indicator"),
        (
            "名称是超过40字的口号或工作描述，或者只是一段时间、一个日期。以“率、数、费”等结尾的长名称不提示。",
            "The name is a slogan or a description of more than 40 characters, or a bare period or "
            "date. Long names that end in a measure are left alone.",
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
