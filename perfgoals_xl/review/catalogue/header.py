"""Rules about the header of a form and its goal (H)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "H01",
        E,
        ("项目名称未填", "Project name is blank"),
        (
            "每张项目表都要有项目名称；整张表都没有填写的，也在这里指出。",
            "Every project form has a name; a form nobody filled in is told here too.",
        ),
        {
            "": ("项目名称没有填写", "项目名称 is blank"),
            "blank_form": ("这张项目表还没有填写", "This project form has not been filled in"),
        },
        (
            "填写预算批复使用的项目全称；不用的空表请删除。",
            "Enter the project's full name as in the approved budget; delete forms not used.",
        ),
    ),
    rule(
        "H02",
        E,
        ("年度总体绩效目标未填", "The year's goal is blank"),
        (
            "年度总体绩效目标是整张表的依据，不能为空。",
            "The year's overall goal is what the whole table rests on.",
        ),
        ("年度总体绩效目标没有填写", "年度总体绩效目标 is blank"),
        (
            "写明本年度用这笔资金要达到的结果，尽量量化。",
            "State the result that the year's money is to reach, in figures where possible.",
        ),
    ),
    rule(
        "H03",
        W,
        ("表头信息未填", "A header field is blank"),
        (
            "主管部门、实施单位、项目属性、项目期都应填写。",
            "主管部门, 实施单位, 项目属性 and 项目期 are to be filled in.",
        ),
        ("{label}没有填写", "{label} is blank"),
        ("请补填{label}。", "Fill in {label}."),
    ),
    rule(
        "H04",
        E,
        ("标题年度与计划年度不一致", "The title's year is not the plan year"),
        (
            "表格标题中的年度应等于本次申报的计划年度。",
            "The year in the form's title is the plan year of the declaration.",
        ),
        (
            "标题写的是 {year} 年，本次申报的计划年度是 {plan_year} 年",
            "The title says {year}; the plan year is {plan_year}",
        ),
        (
            "请核对是否沿用了往年的表，并改正标题或计划年度。",
            "Check whether last year's form was reused, and correct the title or the plan year.",
        ),
    ),
    rule(
        "H05",
        I,
        ("项目属性不是规定的说法", "项目属性 is none of the terms"),
        (
            "项目属性应为经常性项目、一次性项目或延续性项目，可带代码，可省“项目”二字。",
            "项目属性 is 经常性项目, 一次性项目 or 延续性项目, with or without a code.",
        ),
        (
            "项目属性“{text}”不是规定的说法（{terms}）",
            "项目属性 “{text}” is none of the terms ({terms})",
        ),
        ("请从下拉列表中重新选择项目属性。", "Choose 项目属性 from the list."),
    ),
    rule(
        "H06",
        W,
        ("项目期过长或与资金不一致", "项目期 too long, or at odds with the money"),
        (
            "项目期超过阈值（年），或者跨出计划年度而项目总额全部列在本年度。",
            "项目期 is longer than the threshold (years), or crosses the plan year although the "
            "whole amount is this year's.",
        ),
        {
            "": (
                "项目期“{period}”共 {years} 年，超过 {limit} 年",
                "项目期 “{period}” is {years} years, more than {limit}",
            ),
            "crosses": (
                "项目期“{period}”跨出 {plan_year} 年，但项目总额与年度资金总额同为 {amount} {unit}",
                "项目期 “{period}” crosses {plan_year}, but 项目总额 and 年度资金总额 are both "
                "{amount} {unit}",
            ),
        },
        (
            "请填写批复的实际起止时间；跨年度的，项目总额按整个项目期填写，或在“说明”中写明一次付清的理由。",
            "State the approved dates; where they cross the year, give 项目总额 for the whole "
            "period, or say under 说明 why all is paid at once.",
        ),
        threshold=10,
    ),
    rule(
        "H07",
        W,
        ("文字中残留标记或空格", "Markup or blanks left in a text"),
        (
            "文字里不应有 <p> 一类的网页标记、看不见的控制字符，前后不应有空格。",
            "A text holds no markup such as <p>, no control character and no blanks around it.",
        ),
        {
            "": ("文字中残留标记“{what}”", "The text holds markup “{what}”"),
            "control": (
                "文字中有看不见的控制字符（{what}）",
                "The text holds a control character ({what})",
            ),
            "blank": ("文字前后有多余的空格或换行", "There are blanks around the text"),
        },
        ("请删除这些字符，只留文字。", "Delete these characters and keep the text."),
    ),
    rule(
        "H08",
        W,
        ("文字没有写完", "A text that stops in the middle"),
        (
            "目标、名称或指标值停在半句话上，多半是复制或导出时被截断。",
            "A goal, name or value ends in the middle of a sentence, most likely cut off.",
        ),
        (
            "文字到“…{end}”为止，像是没有写完",
            "The text stops at “…{end}” and seems to be cut off",
        ),
        ("请对照原稿补全文字。", "Complete the text from its original."),
    ),
)
