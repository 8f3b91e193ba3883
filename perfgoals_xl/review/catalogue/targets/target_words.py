"""Rules about values in words (V04, V10, V13, V14)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, W, rule

RULES = (
    rule(
        "V04",
        W,
        ("指标值没有可衡量的标准", "A value in words that cannot be measured"),
        (
            "质量、时效指标的值既没有数字也没有日期的，满意度写成“满意”“较高”的，为警告；效益指标的值是“持续提升”一类"
            "不分等级的文字的为提示，每个项目提示一次。“良好及以上”“二类及以上”这样分等级的值，"
            "“当日”“实时”“每周两次”“零发生”“全部消除”这样没有歧义的值不提示。",
            "A 质量 or 时效 value with neither number nor date, or satisfaction in words (满意, "
            "较高), is a warning; a benefit value in words without grades (持续提升) a hint, once "
            "for a project. Graded words (良好及以上) and words that leave no doubt (当日, "
            "每周两次, 零发生, 全部消除) are left alone.",
        ),
        {
            "": (
                "{group}“{name}”的值“{value}”既没有数字，也没有日期",
                "The value “{value}” of {group} “{name}” has neither a number nor a date",
            ),
            "benefit": (
                "{group}“{name}”的值“{value}”没有分等级，难以衡量",
                "The value “{value}” of {group} “{name}” is not graded and hard to measure",
            ),
            "satisfaction": (
                "满意度“{name}”的指标值是“{value}”，没有写成百分比",
                "The value “{value}” of satisfaction “{name}” is no percentage",
            ),
        },
        {
            "": (
                "能量化的写成数字或日期；确实不能量化的，写成分等级的标准，如“良好及以上”。",
                "Give a number or a date, or graded words such as 良好及以上 where there is "
                "neither.",
            ),
            "benefit": (
                "能量化的写成数字；确实不能量化的，写成分等级的标准，如“良好及以上”。"
                "其他效益指标有同样情况的，一并修改。",
                "Give a number, or graded words such as 良好及以上 where there is none, and the "
                "same for the other benefits.",
            ),
            "satisfaction": (
                "请写成百分比，如“≥90%”。",
                "Write a percentage, such as “≥90%”.",
            ),
        },
    ),
    rule(
        "V10",
        E,
        ("比较没有数值", "A comparison with no number"),
        (
            "指标与去年、上年同期比较，或者是下降率、事故起数下降，指标值却没有写下降或增长多少，为错误；"
            "指标是收入、成本、…率、…量这样数得出来的，值只写“有所增加”“逐年递增”“减少”的，为警告。"
            "“≤2023年”这样以基年为界的，“服务能力”“工作效率”这样数不出来的不提示。",
            "The indicator compares with another year, or is a rate of decrease, and the value "
            "does not say by how much: an error. A count, a rate or an amount (收入, 成本, …率) "
            "that only goes up or down (有所增加, 逐年递增, 减少) is a warning. A bound by a base "
            "year (≤2023年) and what cannot be counted (服务能力, 工作效率) are left alone.",
        ),
        {
            "": (
                "“{name}”是比较性的指标，指标值“{value}”没有写明比较的数值",
                "“{name}” is a comparison; its value “{value}” does not say how much",
            ),
            "trend": (
                "“{name}”可以量化，指标值“{value}”只写了变化的方向，没有写明变化多少",
                "“{name}” can be measured; its value “{value}” says which way it goes, not how far",
            ),
        },
        {
            "": (
                "请写明幅度或基数，如“较上年下降≥5%”“≤上年12起”。",
                "State by how much or from what base, such as “较上年下降≥5%”.",
            ),
            "trend": (
                "请写明要达到的数或变化的幅度，如“较上年增长≥5%”“≥1.2万元”。",
                "State the figure to be reached or the change, such as “较上年增长≥5%”.",
            ),
        },
    ),
    rule(
        "V13",
        W,
        ("指标值重复指标名称", "The value repeats the name"),
        (
            "指标值是指标名称的重复或改写，没有给出目标；“化解矛盾纠纷”写“有效化解”、“…改善情况”写“改善”、“便利程度”写“方便”也是。"
            "“显著提升”这样写明程度的不提示。",
            "The value repeats or rewords the name and sets no target; so do 有效化解 for "
            "化解矛盾纠纷 and 改善 for …改善情况. "
            "A degree (显著提升) is left alone.",
        ),
        (
            "指标值“{value}”重复了指标名称“{name}”",
            "The value “{value}” repeats the name “{name}”",
        ),
        (
            "请写明要达到的数量、比率、日期或等级。",
            "State the number, rate, date or grade to be reached.",
        ),
    ),
    rule(
        "V14",
        W,
        ("指标值是一句话", "The value is a sentence"),
        (
            "效益指标的值写成了一句工作要求或口号，不是目标值；里面有数字，但同时写了做什么、起什么作用的也是。",
            "The value of a benefit indicator is a sentence or slogan, not a target, though it "
            "may hold "
            "figures beside what is done and what it is for.",
        ),
        (
            "“{name}”的指标值“{value}”是一句话，不是目标值",
            "The value “{value}” of “{name}” is a sentence, not a target",
        ),
        (
            "请改成可以考核的数量、比率或等级，这句话可以放到年度总体绩效目标里。",
            "Put a number, rate or grade, and move the sentence to the year's goal.",
        ),
    ),
)
