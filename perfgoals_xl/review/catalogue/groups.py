"""Rules about the groups of the taxonomy that a project fills, and their points (S01, S07)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

_WHOLE = (
    "请核对每个指标的分值（权重），使合计等于 {said} 分；预算执行率另占分的，写明它的分值。",
    "Check the points of each indicator so that they make {said}, and state those of the budget's "
    "execution where it has some.",
)

RULES = (
    rule(
        "S01",
        E,
        ("缺少二级指标", "A level-2 group is absent"),
        (
            "2015 版：缺数量、成本为错误，缺质量、时效、社会效益、可持续影响、满意度为警告，"
            "缺经济、生态效益为提示；"
            "2021 版：缺成本、数量为错误，缺质量、时效、效益、满意度为警告。"
            "表上没有印社会效益、可持续影响，本文件填了它的项目也不到一半的，有别的效益就只是提示，"
            "一项效益也没有的合为一个警告。",
            "2015: 数量 or 成本 absent is an error; 质量, 时效, 社会效益, 可持续影响, 满意度 "
            "a warning; 经济, 生态 a hint. 2021: 成本 or 数量 an error; 质量, 时效, any 效益, "
            "满意度 a warning. 社会效益 and 可持续影响 that neither the form prints nor half the "
            "projects of the file fill are a hint beside another benefit, and one warning where "
            "there is none.",
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
    rule(
        "S07",
        W,
        ("分值之和不等于应有的总分", "Points that do not add up"),
        (
            "一级、二级指标名称后写明分值的（如“产出指标（50分）”），各指标的分值之和应当等于它；"
            "表上（合计行、表头或注）写明总分的，全部分值之和应当等于总分，没有写明的应与本文件多数表"
            "一致，或为 100 分。预算执行率另占 10 分或 20 分的，合计 90 分、80 分也对；"
            "每个一级或二级指标各自合计 100% 的也对。"
            "只判断填了分值（权重）的表。",
            "Points behind the name of a level (产出指标（50分）) are the sum of its indicators' "
            "points, and a total stated in a row, a heading or a note that of all; without one it "
            "is that of most tables of the file, or 100. 90 and 80 are right where execution of "
            "the budget has the rest, and so are shares of 100 within every level. Tables without "
            "points are not judged.",
        ),
        {
            "": (
                "{level}写明 {said} 分，各指标分值 {arithmetic}，{difference} 分{blank}",
                "{level} has {said} points; its indicators' are {arithmetic}: {gap} "
                "apart{blank_en}",
            ),
            "said": (
                "总分写明 {said} 分，各项分值 {arithmetic}，{difference} 分{blank}",
                "The total is given as {said} points; they are {arithmetic}: {gap} apart{blank_en}",
            ),
            "usual": (
                "本文件多数表的分值合计 {said} 分，本表 {arithmetic}，{difference} 分{blank}",
                "Most tables of this file have {said} points; here they are {arithmetic}: {gap} "
                "apart{blank_en}",
            ),
            "whole": (
                "各项分值合计应为 {said} 分，现为 {arithmetic}，{difference} 分{blank}",
                "Points should make {said}; they are {arithmetic}: {gap} apart{blank_en}",
            ),
        },
        {
            "": (
                "请核对这些指标的分值（权重），使合计等于 {said} 分；分值另有安排的，"
                "改正“{level}”后面的分值。",
                "Check the points of these indicators so that they make {said}, or the points "
                "behind {level}.",
            ),
            "said": _WHOLE,
            "usual": _WHOLE,
            "whole": _WHOLE,
        },
    ),
)
