"""Rules about the file, the header of a form and its goal (K and H)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

RULES = (
    rule(
        "K01",
        E,
        ("文件中没有申报表", "No declaration in the file"),
        (
            "文件里找不到项目支出绩效目标表，也找不到部门整体支出绩效目标表。",
            "The file holds neither a project's goal table nor a department's.",
        ),
        ("文件中没有找到绩效目标申报表", "No performance goal table was found in the file"),
        (
            "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。",
            "Check that this is the right file; a form has labels such as 项目名称 and 一级指标.",
        ),
    ),
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
)
