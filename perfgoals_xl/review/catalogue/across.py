"""Rules that compare the projects of a declaration (P)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import I, rule

RULES = (
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
)
