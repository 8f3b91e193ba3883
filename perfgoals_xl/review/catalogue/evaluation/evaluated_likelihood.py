"""Rules about results and points that can hardly be (Z25 to Z27)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import W, rule

RULES = (
    rule(
        "Z25",
        W,
        ("完成值超过 100%", "A result above 100 %"),
        (
            "满意度、合格率、覆盖率、及时率等最多 100%，完成值超过 100% 的多半填错了。增长率、"
            "完成率、使用率等可以超过的不判断。",
            "Satisfaction, pass, coverage and the like end at 100 %; a result above is most likely "
            "a slip. Rates that may exceed it (growth, completion, use) are not judged.",
        ),
        (
            "“{name}”的{label}是 {actual}，超过 100%",
            "The {label} of “{name}” is {actual}, above 100 %",
        ),
        ("请核对{label}。", "Check the {label}."),
    ),
    rule(
        "Z26",
        W,
        ("同一指标填了两次", "One indicator twice"),
        (
            "同一组里名称和指标值都相同的指标填了两行，分值也就算了两次。",
            "Two rows of one group have the same name and the same target, and count twice.",
        ),
        (
            "“{name}”（{target}）与 {first} 是同一个指标",
            "“{name}” ({target}) is the indicator of {first} once more",
        ),
        (
            "请删去重复的一行，把分值并入另一行；不是同一个指标的，名称要能区分。",
            "Delete one of them and give its points to the other, or tell them apart by name.",
        ),
    ),
    rule(
        "Z27",
        W,
        ("得分与完成比例相差大", "Points far from the share done"),
        (
            "没有达到指标值的正向定量指标，得分占分值的比例比完成比例高出 20 个百分点以上（可改）。"
            "低 50 个百分点以上的为提示；得 0 分、写明不扣分的不判断。",
            "Of a floor that was missed, the points are a share of the weight that is 20 points or "
            "more (a setting) above the share done. 50 or more below is a hint. Not judged where "
            "there are no points, or the row says that it costs none.",
        ),
        {
            "": (
                "“{name}”完成 {arithmetic}，{weight} 分得 {score} 分（{share}%），多给了",
                "“{name}”: {arithmetic} done, {score} of {weight} points ({share}%): too many",
            ),
            "less": (
                "“{name}”完成 {arithmetic}，{weight} 分只得 {score} 分（{share}%）",
                "“{name}”: {arithmetic} done, only {score} of {weight} points ({share}%)",
            ),
        },
        (
            "请按评分标准核对得分；按完成比例应得 {right} 分。",
            "Check the points by the scoring standard; in proportion they are {right}.",
        ),
        threshold=20,
    ),
)
