"""Rules about the points of a 自评表 (Z02 to Z05, Z21, Z22)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

RULES = (
    rule(
        "Z02",
        E,
        ("没有填写得分", "Points are missing"),
        (
            "有分值的指标和预算执行率都要有得分，得分是数字。表上没有得分一栏的不判断。",
            "Whatever has a weight has points, and they are a number. Forms without the column are "
            "not judged.",
        ),
        {
            "": (
                "“{name}”分值 {weight} 分，没有得分",
                "“{name}” has {weight} points to get, and none",
            ),
            "text": (
                "“{name}”分值 {weight} 分，得分写的是“{value}”，不是数字",
                "“{name}” has {weight} points to get; “{value}” is no number",
            ),
        },
        ("请填写得分，0 分也要写 0。", "Enter the points; write 0 for none."),
    ),
    rule(
        "Z03",
        E,
        ("得分超出分值", "Points above the weight"),
        (
            "得分不能高于分值，也不能是负数；总分、预算执行率也一样。",
            "Points are no more than their weight and no less than 0; so are the total's and the "
            "execution's.",
        ),
        {
            "": (
                "“{name}”分值 {weight} 分，得分 {score} 分，多 {more} 分",
                "“{name}” has {score} points of {weight}, {more} too many",
            ),
            "negative": ("“{name}”得分 {score} 分，是负数", "“{name}” has {score} points"),
        },
        ("请更正得分或分值。", "Correct the points or the weight."),
    ),
    rule(
        "Z04",
        E,
        ("总分与各项得分不符", "A total that is not the sum"),
        (
            "总分应是各指标得分与预算执行率得分之和，取一两位小数的误差不算。总分空着或为 0 而各项"
            "有得分的也是错误。有得分没有填写的不判断。",
            "The total is the sum of all points and those of the execution, but for roundings. A "
            "blank total, or 0, above points is an error too. Not judged where points are missing.",
        ),
        {
            "": (
                "{arithmetic}，总分写 {total}，{difference} 分",
                "{arithmetic}; the total says {total}, {gap} apart",
            ),
            "without": (
                "{arithmetic}，总分写 {total}，没有加预算执行率得分",
                "{arithmetic}; the total says {total}, without the execution's points",
            ),
            "zero": (
                "各项得分 {arithmetic}，总分写 {total}",
                "The points are {arithmetic}; the total says {total}",
            ),
            "blank": (
                "各项得分 {arithmetic}，总分没有填写",
                "The points are {arithmetic}; the total is blank",
            ),
        },
        ("请核对各项得分，把总分改为 {sum}。", "Check the points; the total is {sum}."),
    ),
    rule(
        "Z05",
        E,
        ("分值合计不对", "Weights that do not add up"),
        (
            "各指标的分值之和应等于所属一级、二级指标写明的分值，全部分值应等于写明的总分（错误）；"
            "没有写明总分的，连同预算执行率应为 100 分（警告）。各级各自合计 100% 的也对。",
            "Weights make what the form states for their level, and all of them the stated total "
            "(errors); without one they make 100 with the execution (a warning). Shares of 100 "
            "within every level are right too.",
        ),
        {
            "": (
                "“{level}”写明 {said} 分，各指标分值 {arithmetic}，相差 {gap} 分{blank}",
                "“{level}” has {said} points; its weights are {arithmetic}, {gap} apart{blank_en}",
            ),
            "stated": (
                "分值合计写明 {said} 分，各项分值 {arithmetic}，相差 {gap} 分",
                "The weights' total says {said}; they are {arithmetic}, {gap} apart",
            ),
            "whole": (
                "分值连同预算执行率应为 100 分，现为 {arithmetic}，相差 {gap} 分",
                "Weights and execution make 100; they are {arithmetic}, {gap} apart",
            ),
        },
        (
            "请核对各指标的分值，使它们的和相符。",
            "Check the weights of the indicators so that they add up.",
        ),
    ),
    rule(
        "Z21",
        W,
        ("一个指标分值过重", "One indicator bears too much"),
        (
            "一个指标占 50 分以上（可改），或者全部指标分都在一个指标上，其他指标就不起作用。",
            "One indicator with 50 points or more (a setting), or all of them, leaves the others "
            "without weight.",
        ),
        {
            "": (
                "“{name}”分值 {weight} 分，其他 {others} 个指标共 {whole} − {weight} 分",
                "“{name}” has {weight} of {whole} points beside {others} others",
            ),
            "all": (
                "全部 {whole} 分指标分都在“{name}”一个指标上",
                "All {whole} points stand on “{name}”",
            ),
        },
        (
            "请把分值分到各指标上，单个指标一般不超过 20 分。",
            "Spread the points over the indicators, usually no more than 20 on one.",
        ),
        threshold=50,
    ),
    rule(
        "Z22",
        E,
        ("评价等级与总分不符", "A grade that is not the total's"),
        (
            "90 分以上为优，80 分以上为良，60 分以上为中，60 分以下为差；工作簿有“评分设置”的以它"
            "为准。总分离分数线不到 5 分的为警告，因为有的地方分数线不同。",
            "优 from 90, 良 from 80, 中 from 60, 差 below; a sheet 评分设置 decides where there is "
            "one. A warning within 5 points of a limit, since places differ.",
        ),
        (
            "总分 {total} 分，评价等级写的是“{grade}”，应为“{right}”（{limits}）",
            "A total of {total} is graded “{grade}” instead of “{right}” ({limits})",
        ),
        ("请核对总分和评价等级。", "Check the total and the grade."),
    ),
)
