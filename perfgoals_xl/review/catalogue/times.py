"""Rules about dates, deadlines and periods (T)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "T01",
        E,
        ("时间早于计划年度", "A date before the plan year"),
        (
            "指标、指标值和目标承诺的时间不应早于计划年度。文号、标准号、规划期、对比基期，以及上年确认、"
            "结转等作为指标对象的年份不算。",
            "What a declaration promises lies in its plan year. Years of documents, standards, "
            "plan periods and baselines, and years an indicator is about, do not count.",
        ),
        {
            "": (
                "“{text}”早于计划年度 {plan_year} 年",
                "“{text}” is before the plan year {plan_year}",
            ),
            "period": (
                "项目期“{text}”在计划年度 {plan_year} 年之前就已结束",
                "项目期 “{text}” is over before the plan year {plan_year}",
            ),
        },
        (
            "请看是否沿用了往年的内容，改为 {plan_year} 年的时间；确属上年事项的，写明是什么事项。",
            "Check whether last year's text was kept and state a time in {plan_year}; where it is "
            "last year's matter, say what of last year it is.",
        ),
    ),
    rule(
        "T02",
        W,
        ("时间晚于计划年度", "A date after the plan year"),
        (
            "年度绩效目标只写计划年度内要达到的结果。",
            "A year's goals say what is reached within that year.",
        ),
        {
            "": (
                "“{text}”晚于计划年度 {plan_year} 年",
                "“{text}” is after the plan year {plan_year}",
            ),
            "period": (
                "项目期“{text}”在计划年度 {plan_year} 年之后才开始",
                "项目期 “{text}” begins after the plan year {plan_year}",
            ),
        },
        (
            "请改为 {plan_year} 年内的时间，只写本年度要完成的部分。",
            "State a time in {plan_year}, and only what is due in that year.",
        ),
    ),
    rule(
        "T03",
        I,
        ("时限以某事项为起点", "A deadline relative to an event"),
        (
            "“合同签订后30日”这样的时限，起点没有日期就无法核对是否按时。",
            "A deadline such as 合同签订后30日 cannot be checked without the date it counts from.",
        ),
        ("时限“{text}”没有具体日期", "The deadline “{text}” has no date"),
        (
            "预计得出日期的，请写成“2026年9月底前”这样的日期。",
            "Where the date can be foreseen, state it, such as 2026年9月底前.",
        ),
    ),
    rule(
        "T04",
        W,
        ("时效指标没有时间", "A timeliness indicator without a time"),
        (
            "时效指标应有日期、期限、响应时间，或者用及时率、按期完成率衡量。",
            "A 时效指标 has a date, a period or a response time, or measures punctuality (及时率).",
        ),
        (
            "时效指标“{name}”和指标值“{value}”都没有写明时间",
            "Neither “{name}” nor its value “{value}” says when",
        ),
        (
            "请写明完成日期、期限或响应时间，如“2026年11月底前”“≤24小时”；不是衡量时间的请移到其他指标。",
            "State a date, a period or a response time, or move the indicator to another group.",
        ),
    ),
    rule(
        "T05",
        W,
        ("指标中的期限与项目期不一致", "A period that contradicts 项目期"),
        (
            "合同期、工期、“2年内完成”等期限不应长于项目期。",
            "A contract or a term of work is not longer than 项目期.",
        ),
        (
            "“{span}”超出了项目期“{period}”",
            "“{span}” is longer than 项目期 “{period}”",
        ),
        (
            "请核对项目期和指标中的期限，使两者一致；跨年项目只写本年度要完成的部分。",
            "Make 项目期 and the period agree; for a longer project state only this year's part.",
        ),
    ),
)
