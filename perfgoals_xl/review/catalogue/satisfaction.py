"""Rules about satisfaction (M)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import I, W, rule

RULES = (
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
            "满意度应由服务对象、受益人评价，不应由主管部门、实施单位自己评价；干警、民警、执法人员、机关干部、"
            "本单位职工也是自己。参训民警、乡村医生、困难职工一类受益的人不提示。",
            "Satisfaction is for those served to say, not for the department or unit itself, "
            "nor for "
            "its staff (干警, 执法人员, 机关干部). Those who benefit (参训民警, 乡村医生) are "
            "left alone.",
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
            "满意度指标写成验收结果的，或者写成人数、知晓率、完成率这样不问满意与否的，为警告；写成投诉率的为提示。",
            "An acceptance result in place of satisfaction, or a count or a rate that asks nobody "
            "(人数, 知晓率, 完成率), is a warning, a complaint rate a hint.",
        ),
        {
            "": (
                "满意度指标“{name}”写的是验收结果",
                "The satisfaction indicator “{name}” is an acceptance result",
            ),
            "other": (
                "满意度指标“{name}”（{value}）问的不是满意度",
                "The satisfaction indicator “{name}” ({value}) asks nobody whether he is satisfied",
            ),
            "complaints": (
                "满意度指标“{name}”写的是投诉情况",
                "The satisfaction indicator “{name}” is a count of complaints",
            ),
        },
        (
            "请写服务对象的满意度；验收结果、投诉情况和其他内容移到相应的指标。",
            "State how satisfied people are; acceptance, complaints and others belong elsewhere.",
        ),
    ),
)
