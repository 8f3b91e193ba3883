"""Rules of the department table (D)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, rule

RULES = (
    rule(
        "D01",
        E,
        ("部门指标值与目标矛盾", "A department target contradicts its goal"),
        (
            "目标要求“全部”的，指标值应为 100%；要求“不发生”“不得追加”“不作调剂”的，指标值应为 0。"
            "全部为 0% 的是错误，其余是警告。",
            "A goal of “all” has the value 100%, one of “none” (不发生, 不得追加) has 0; “all” "
            "with 0% is an error, "
            "the rest are warnings.",
        ),
        {
            "": (
                "目标是“{goal}”，指标值却是“{value}”，应为 {right}",
                "The goal is “{goal}”, the value “{value}”; {right} is meant",
            )
        },
        (
            "请把指标值改为 {right}，或修改目标的表述。",
            "Change the value to {right}, or the wording of the goal.",
        ),
    ),
    rule(
        "D02",
        I,
        ("部门职责目标没有年度成果", "The duty goal names no result of the year"),
        (
            "部门职责绩效目标只列职责，没有本年度要达到的成果。",
            "The duty goal lists duties and no result of the year.",
        ),
        (
            "部门职责绩效目标只列了职责，没有本年度要达到的数量或效果",
            "The duty goal lists duties; it names no result of this year",
        ),
        (
            "请补充本年度履职要达到的主要成果，如覆盖率、达标率、控制数。",
            "Add the main results of this year, such as coverage, compliance rates or limits.",
        ),
    ),
)
