"""Rules about what was reached and why not more (Z01, Z09 to Z13, Z17, Z18, Z23, Z30)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "Z01",
        E,
        ("没有填写完成值", "A result is missing"),
        (
            "自评表每个指标的实际完成值、监控表产出和成本指标的完成值都要填写。监控时还没有到的时间、"
            "效益、满意度可以空着；表上没有这一栏的不判断。",
            "Every indicator of a 自评表 has its actual value, and those of output and cost in a "
            "监控表 their value so far. Forms without the column are not judged.",
        ),
        {
            "": ("“{name}”没有填写{label}", "“{name}” has no {label}"),
            "none": (
                "“{name}”的{label}写的是“{value}”",
                "The {label} of “{name}” says “{value}”",
            ),
            "all": (
                "{count} 个指标都没有填写{label}",
                "None of {count} indicators has a {label}",
            ),
        },
        (
            "请填写{label}，数字带计量单位；确实没有实施的填 0，并写明原因。",
            "Enter the {label}, a number with its unit; 0 with a reason where nothing was done.",
        ),
    ),
    rule(
        "Z09",
        W,
        ("达标扣分没有原因", "Met, and yet scored down without a reason"),
        (
            "实际完成值达到指标值，得分却低于分值，本行、备注和存在问题中都没有写原因。",
            "The actual value meets the target, the points are below the weight, and neither the "
            "row nor its note nor 存在问题 says why.",
        ),
        (
            "“{name}”指标值 {target}，完成 {actual}，已达标，{weight} 分得 {score} 分，"
            "扣 {lost} 分没有原因",
            "“{name}”: target {target}, actual {actual}, met; {score} of {weight} points, {lost} "
            "lost without a reason",
        ),
        (
            "达标的得满分；确需扣分的，在“偏差原因分析及改进措施”中写明。",
            "A met target has all its points; say under 偏差原因 why some were taken off.",
        ),
    ),
    rule(
        "Z10",
        E,
        ("未达标得满分", "Not met, and yet full points"),
        (
            "实际完成值没有达到指标值（反向指标、成本超过上限，时间晚于期限），得分却等于分值。"
            "写明不扣分理由的为警告；单位不同、一格多个指标值的不判断。",
            "The actual value misses the target (a ceiling or a date that was not kept), and the "
            "points are the whole weight. A warning where the row says that it costs none; not "
            "judged where the two cannot be compared.",
        ),
        (
            "“{name}”指标值 {target}，完成 {actual}，没有达标，{weight} 分得 {score} 分",
            "“{name}”: target {target}, actual {actual}, not met; {score} of {weight} points",
        ),
        (
            "请按评分标准扣分并写明偏差原因，或更正实际完成值。",
            "Take points off by the scoring standard and say why, or correct the actual value.",
        ),
    ),
    rule(
        "Z11",
        W,
        ("扣分没有偏差原因", "Points were lost without a reason"),
        (
            "得分低于分值的指标要写偏差原因，写在本行、备注，或者在存在问题、改进措施中点到"
            "这个指标。表上没有得分一栏的（转移支付自评表），没有达到指标值就要写。“无”“/”“无偏差”"
            "不是原因。表上没有写原因的地方的不判断。",
            "An indicator below its weight has a reason: in its row, its note, or in a text of the "
            "form that names it. On a form without points one that misses its target has. 无 and / "
            "are none. Forms without a place for it are not judged.",
        ),
        {
            "": (
                "“{name}”{weight} 分得 {score} 分，没有写偏差原因",
                "“{name}” has {score} of {weight} points and no reason",
            ),
            "none": (
                "“{name}”{weight} 分得 {score} 分，偏差原因写的是“{said}”",
                "“{name}” has {score} of {weight} points, and “{said}” for a reason",
            ),
            "missed": (
                "“{name}”指标值 {target}，完成 {actual}，没有达标，没有写未完成原因",
                "“{name}”: target {target}, actual {actual}, not met, and no reason",
            ),
        },
        (
            "请写明没有得满分的原因和改进措施。",
            "Say why the points are not full, and what will be done.",
        ),
    ),
    rule(
        "Z12",
        E,
        ("完成值不是数字", "A result that is no number"),
        (
            "指标值是数字的，完成值也要填数字：写“完成”“已完成”、另一种计量单位或日期的都"
            "看不出完成了多少；照抄指标值（≥12次）的为警告。次与场、个与家等相近的单位不判断。",
            "A target with a number needs a result with one: 完成, another unit or a date do not "
            "say how much was done; the target copied with its sign (≥12次) is a warning. Units "
            "counted alike (次, 场) are not judged.",
        ),
        {
            "": (
                "“{name}”指标值 {target}，{label}写的是“{actual}”，没有数字",
                "“{name}”: target {target}, {label} “{actual}”, no number",
            ),
            "unit": (
                "“{name}”指标值 {target}，{label} {actual}，单位不同",
                "“{name}”: target {target}, {label} {actual}, another unit",
            ),
            "date": (
                "“{name}”指标值 {target}，{label}写的是日期“{actual}”",
                "“{name}”: target {target}, {label} is the date “{actual}”",
            ),
            "sign": (
                "“{name}”的{label}照抄了指标值“{actual}”，看不出完成了多少",
                "The {label} of “{name}” is the target “{actual}” itself",
            ),
        },
        (
            "请按指标值的单位（{unit}）填写实际完成的数字。",
            "Enter the number that was reached in the target's unit ({unit}).",
        ),
    ),
    rule(
        "Z13",
        W,
        ("定性得分不在档内", "Points outside their band"),
        (
            "定性指标按三档给分：达成预期指标 100%–80%，部分达成 80%–60%（有的地方到 50%），"
            "未达成 60% 以下。工作簿有“评分设置”的以它为准。只判断完成值写明档次的。",
            "Qualitative indicators are scored in bands: 达成 100–80%, 部分达成 80–60% (50% in "
            "places), 未达成 below 60%; a sheet 评分设置 decides where there is one. Judged only "
            "where the actual value names its band.",
        ),
        (
            "“{name}”完成值“{actual}”应得分值的 {low}%–{high}%，{score} ÷ {weight} = {share}%",
            "“{name}”: “{actual}” has {low}–{high}% of the weight; {score} ÷ {weight} = {share}%",
        ),
        ("请核对档次或得分。", "Check the band or the points."),
    ),
    rule(
        "Z17",
        I,
        ("完成值远超指标值", "Far over the target"),
        (
            "完成值达到指标值的 130% 以上（可改）又没有写原因的，指标值可能定低了。"
            "只判断下限和定数，成本、时间、比上年不判断。",
            "At 130 % of the target (a setting) and more without a reason the target may have been "
            "low. Only of floors and plain numbers.",
        ),
        (
            "“{name}”指标值 {target}，完成 {actual}，{arithmetic}",
            "“{name}”: target {target}, actual {actual}, {arithmetic}",
        ),
        (
            "请说明超额的原因；指标值定低了的，下一年提高。",
            "Say why so much more was done, and raise next year's target if it was low.",
        ),
        threshold=130,
    ),
    rule(
        "Z18",
        E,
        ("留有填写说明", "An instruction was left over"),
        (
            "完成值、得分、原因等栏中留有表格的填写说明（“填写实际完成值”“（自评得分）”）"
            "或占位符（×××、___）。",
            "Instructions of the form (填写实际完成值, （自评得分）) or masks (×××, ___) are left "
            "where results, points or reasons belong.",
        ),
        ("{label}中留有“{left}”", "“{left}” is left in {label}"),
        ("请填写实际内容，删去说明文字。", "Enter what was done and delete the instruction."),
    ),
    rule(
        "Z23",
        W,
        ("实际完成情况没有写", "What was done is not said"),
        (
            "自评表的实际完成情况没有填写；与预期目标一字不差的为提示。",
            "The 实际完成情况 of a 自评表 is blank; word for word the goal is a hint.",
        ),
        {
            "": ("没有填写实际完成情况", "实际完成情况 is blank"),
            "same": (
                "实际完成情况与预期目标一字不差",
                "实际完成情况 is the goal word for word",
            ),
        },
        (
            "请写明年度目标的实际完成情况，用完成的数字说话。",
            "Say what of the year's goal was done, in its figures.",
        ),
    ),
    rule(
        "Z30",
        E,
        ("没有填写项目名称或目标", "No name or no goal"),
        (
            "自评表、监控表的项目名称空白；年度目标空白为警告。表上没有这一栏的不判断。",
            "The name of the project is blank; a blank goal of the year is a warning. Forms "
            "without the field are not judged.",
        ),
        ("没有填写{label}", "{label} is blank"),
        ("请按批复的申报表填写{label}。", "Enter the {label} as it was approved."),
    ),
)
