"""Rules about the numbers of values and their units (V05, V06, V08, V09, V11, V15)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import I, W, rule

_NO_UNIT = (
    "“{name}”的指标值“{value}”没有计量单位",
    "The value “{value}” of “{name}” has no unit",
)

RULES = (
    rule(
        "V05",
        W,
        ("数字没有计量单位", "A number without a unit"),
        (
            "指标值只有数字、没有单位。0，系数、指数、得分一类，以及名称中已注明单位的不提示。",
            "The value is a number with no unit. Left alone: 0, coefficients, indices, scores, "
            "and names that state the unit.",
        ),
        {"": _NO_UNIT, "known": _NO_UNIT},
        {
            "": ("请补上单位，如“≥120次”“95%”。", "Add the unit, such as “≥120次” or “95%”."),
            "known": ("请补上单位，写成“{right}”。", "Add the unit: “{right}”."),
        },
    ),
    rule(
        "V06",
        W,
        ("单位与指标名称不符", "The unit does not fit the name"),
        (
            "…率、…满意度应为百分比，…费、…经费应为金额，…人数应为人，…分数应为分，"
            "…数、…数量、…年限、…时长不应是百分比，…面积、…长度、…户数、…场次应当用相应的单位。"
            "“合格率”写“合格”、…满意度写“≥90分”、…人数写“100万元”也是（写明百分制、得分、测评的除外）。成本指标的金额由成本规则核对。"
            "整张表的指标值都是没有单位的小数目、合计正好 100（或 90、80）分的，"
            "是把分值填进了指标值。",
            "…率 and …满意度 want %, …费 and …经费 money, …人数 a head-count, …分数 points; a "
            "count (…数) and a length of time (…年限) are no percentages; areas, lengths and homes "
            "have their units, and a rate is no grade (合格率: 合格) and no points unless its "
            "name says so (百分制, 得分). Money in cost indicators "
            "is for the cost rules. Values of a whole table that are small bare numbers and make "
            "100 (or 90, 80) are its points.",
        ),
        {
            "": (
                "“{name}”应以{wanted}表示，指标值却是“{value}”",
                "“{name}” asks for {wanted_en}; its value is “{value}”",
            ),
            "points": (
                "“{name}”的指标值“{value}”像是分值，不是要达到的数",
                "The value “{value}” of “{name}” looks like its points, not like a target",
            ),
            "all_points": (
                "这张表的指标值像是分值：{arithmetic}，都没有单位，不是要达到的数",
                "The values of this table look like its points: {arithmetic}, all without a unit",
            ),
        },
        {
            "": (
                "请把指标值改成{wanted}，或按指标值的含义修改指标名称。",
                "Change the value to {wanted_en}, or name the indicator by what the value says.",
            ),
            "points": (
                "请在指标值一栏填写要达到的数和单位；分值写到“分值”一栏，没有这一栏的不写。",
                "Write the target with its unit; points have a column of their own, or none.",
            ),
            "all_points": (
                "请在每个指标的指标值一栏填写要达到的数和单位；分值写到“分值”一栏，没有这一栏的不写。",
                "Write the target of each indicator; points have a column of their own, or none.",
            ),
        },
    ),
    rule(
        "V08",
        W,
        ("比率超过100%", "A rate above 100%"),
        (
            "比率高于100%，或写成“≥100%”。增长率一类可以超过100%的不提示。",
            "A rate above 100, or “≥100%”. Growth rates may exceed 100 and are left alone.",
        ),
        {
            "": (
                "“{name}”的指标值“{value}”高于100%",
                "The value “{value}” of “{name}” is above 100%",
            ),
            "open": (
                "“{name}”写成“{value}”，比率不会高于100%",
                "“{name}” says “{value}”; a rate is never above 100%",
            ),
        },
        (
            "请写成“100%”，或按能够达到的水平写成“≥95%”这样的下限。",
            "Write “100%”, or a lower bound that can be reached, such as “≥95%”.",
        ),
    ),
    rule(
        "V09",
        W,
        ("区间从0开始", "A range that starts at 0"),
        (
            "“0-2000户”这样的区间和“≥0次”这样的下限，一户没有也算完成，起不到约束作用。",
            "A range such as 0-2000户, or a bound such as ≥0次, is met by none at all.",
        ),
        {
            "": (
                "“{name}”的指标值“{value}”从0开始，不做也算完成",
                "The range “{value}” of “{name}” starts at 0: doing nothing meets it",
            ),
            "least": (
                "“{name}”的指标值“{value}”怎样都能达到",
                "The bound “{value}” of “{name}” is met whatever happens",
            ),
        },
        {
            "": (
                "请按上年实际数写明下限；只是控制上限的，写成“≤{high}”。",
                "Give a lower bound from last year's figure; if only the top matters, “≤{high}”.",
            ),
            "least": (
                "请按上年实际数写明下限；目标是不发生的，写成“0”加单位。",
                "Give a lower bound from last year's figure, or 0 with its unit where none is the "
                "aim.",
            ),
        },
    ),
    rule(
        "V11",
        I,
        ("一格多个指标值", "Several targets in one cell"),
        (
            "一个单元格里写了几个指标值，无法分别考核。",
            "One cell holds several targets, which cannot be checked one by one.",
        ),
        (
            "“{value}”含有几个指标值",
            "“{value}” holds several targets",
        ),
        ("请拆成几行，每行一个指标。", "Split it into rows, one indicator each."),
    ),
    rule(
        "V15",
        I,
        ("数量写的是约数", "An about-number for a count"),
        (
            "数量指标和人数写成“约500人”“500余人”“500人左右”，完成多少算完成说不清。"
            "“≥500人”“500人以上”是明确的下限，“预约500人”“近三年”不是约数，都不提示。",
            "A quantity or a head-count such as 约500人, 500余人 or 500人左右 does not say what "
            "meets it. ≥500人 and 500人以上 are clear bounds; 预约 and 近三年 are no "
            "about-numbers.",
        ),
        (
            "“{name}”的指标值“{value}”是约数，不便考核",
            "The value “{value}” of “{name}” is an about-number and hard to check",
        ),
        (
            "请写明确的数，不能确定的写下限，如“≥500人”。",
            "Write an exact number, or a lower bound such as “≥500人”.",
        ),
    ),
)
