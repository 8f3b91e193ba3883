"""Rules that compare the projects of a declaration (P)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "P01",
        E,
        ("同名项目资金不同", "Two projects of one name with different funds"),
        (
            "一个部门的项目不应重名；名称相同而资金不同的，可能是重复申报或名称填错。"
            "一起给出的几个文件中重名的也算。",
            "Projects of one department differ in name; the same name with other funds is a double "
            "declaration or a wrong name, also where it stands in another of the files given.",
        ),
        (
            "项目“{name}”与 {place} 的项目同名，资金不同：{own}；{place} 为 {other}",
            "Project “{name}” has the name of the one at {place}, but other funds: {own}; {other} "
            "at {place}",
        ),
        (
            "请改正项目名称；确属同一项目的，请合并成一张表或改正资金。",
            "Mend the name; if it is one project, join the tables or mend the funds.",
        ),
    ),
    rule(
        "P02",
        E,
        ("目标与其他项目雷同", "The goal equals another project's"),
        (
            "年度总体绩效目标与其他项目完全相同的为错误，相似度达到阈值（默认 0.9）的为警告。",
            "The same goal as another project's is an error, one as alike as the threshold (0.9) a "
            "warning.",
        ),
        {
            "": (
                "目标与项目“{other}”（{place}）完全相同",
                "The goal is that of project “{other}” ({place}), word for word",
            ),
            "near": (
                "目标与项目“{other}”（{place}）高度相似（相似度 {share}%）",
                "The goal is nearly that of project “{other}” ({place}), {share}% alike",
            ),
        },
        (
            "请按本项目的内容重写目标。",
            "Write the goal of this very project.",
        ),
        threshold=0.9,
    ),
    rule(
        "P03",
        I,
        ("一个项目印成了多张表", "One project printed in several tables"),
        (
            "名称和项目总额都相同的几张表按一个项目合并，资金只计一次。",
            "Tables of one name and one total are one project; its money counts once.",
        ),
        (
            "项目“{name}”分在 {count} 张表中（{places}），已合并，资金只计一次",
            "Project “{name}” stands in {count} tables ({places}); merged, money counted once",
        ),
        (
            "不需要修改；请确认这几张表是同一个项目的续表。",
            "Nothing to mend; make sure that the tables belong to one project.",
        ),
    ),
    rule(
        "P04",
        W,
        ("同一项目的几张表内容不一致", "The parts of one project disagree"),
        (
            "分印成几张表的项目，各表的表头、资金和目标应当一致；全角半角、空格和标点的差别不算。",
            "The tables of one project agree in header, funds and goal; width, blanks and "
            "punctuation apart.",
        ),
        {
            "": (
                "续表的{label}为“{value}”，前表（{place}）为“{first}”",
                "{label} is “{value}” in this table and “{first}” in the one before ({place})",
            ),
            "blank": (
                "续表的{label}没有填写，前表（{place}）为“{first}”",
                "{label} is blank in this table and “{first}” in the one before ({place})",
            ),
            "text": (
                "续表的{label}与前表（{place}）不一致：“{value}”，前表为“{first}”",
                "{label} differs from the table before ({place}): “{value}”, there “{first}”",
            ),
        },
        (
            "请核对，使同一项目各张表的{label}一致。",
            "Let {label} be the same in all tables of the project.",
        ),
    ),
    rule(
        "P05",
        W,
        ("年度资金总额不能合计", "The annual amounts cannot be totalled"),
        (
            "有项目没有填写年度资金总额时，各项目之和不能作为部门的合计；"
            "部门写明项目支出合计的，应当等于各项目之和。",
            "Where 年度资金总额 is blank the sum is no total of the department; where the "
            "department states a total, it is the sum of the projects.",
        ),
        {
            "": (
                "{count} 个项目没有可用的年度资金总额（{names}），其余 {rest} 个项目合计 "
                "{total} {unit}，不能作为部门合计",
                "{count} projects have no usable 年度资金总额 ({names}); the other {rest} make "
                "{total} {unit}, which is no total of the department",
            ),
            "stated": (
                "各项目年度资金总额合计 {total} {unit}，与部门所写的项目支出合计“{stated}”不一致，"
                "相差 {gap} {unit}",
                "年度资金总额 of the projects is {total} {unit} in all, the department states "
                "“{stated}”: {gap} {unit} apart",
            ),
        },
        (
            "请补填或核对各项目的年度资金总额。",
            "Fill in or check 年度资金总额 of the projects.",
        ),
    ),
)
