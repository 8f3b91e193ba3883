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
            "预计得出日期的，请写成“9月底前”这样的日期。",
            "Where the date can be foreseen, state it, such as 9月底前.",
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
            "请写明完成日期、期限或响应时间，如“11月底前”“≤24小时”；不是衡量时间的请移到其他指标。",
            "State a date, a period or a response time, or move the indicator to another group.",
        ),
    ),
    rule(
        "T05",
        W,
        ("指标中的期限与项目期不一致", "A period that contradicts 项目期"),
        (
            "合同期、工期、“2年内完成”等期限不应长于项目期。表上同时有实施期（总体）指标值的，"
            "数量的年度指标值不应大于它；项目还有别的年度的，新建、改造、购置等一次完成的数量不应等于它，"
            "年度目标也不应与总体目标一字不差。每年相同的工作（管护、监测、服务）不提示。",
            "A contract or a term of work is not longer than 项目期. Where a target of the whole "
            "period stands beside it, the year's count is not more; in a project of several years "
            "what is done once (新建, 改造, 购置) is not as much, and the year's goal is not that "
            "of the whole, word by word. What is the same every year (upkeep, monitoring) is left "
            "alone.",
        ),
        {
            "": (
                "“{span}”超出了项目期“{period}”",
                "“{span}” is longer than 项目期 “{period}”",
            ),
            "more": (
                "“{name}”的年度指标值“{value}”大于实施期（总体）指标值“{whole}”",
                "The year's “{value}” of “{name}” is more than “{whole}” of the whole period",
            ),
            "equal": (
                "“{name}”的年度指标值“{value}”与实施期（总体）指标值相同，项目还有其他年度",
                "The year's “{value}” of “{name}” is that of the whole period, which has other "
                "years too",
            ),
            "goal": (
                "年度目标与实施期（总体）目标一字不差，没有写本年度要完成什么",
                "The year's goal is that of the whole period, word by word",
            ),
        },
        {
            "": (
                "请核对项目期和指标中的期限，使两者一致；跨年项目只写本年度要完成的部分。",
                "Make 项目期 and the period agree; for a longer project state only this year's "
                "part.",
            ),
            "more": (
                "请核对两栏，年度指标值写本年度要完成的数量。",
                "Check both; the year's target is what is to be done this year.",
            ),
            "equal": (
                "请把年度指标值改为本年度要完成的数量；其他数量指标有同样情况的，一并核对。",
                "State what is to be done this year, and check the other counts too.",
            ),
            "goal": (
                "请在年度目标中写本年度要完成的数量和要达到的效果。",
                "State in the year's goal what is to be done and reached this year.",
            ),
        },
    ),
    rule(
        "T06",
        W,
        ("不存在的日期", "A date that cannot be"),
        (
            "日历上没有的日期（4月31日、13月、第五季度），或者单元格格式丢失后日期成了五位的序列数（46142）。",
            "A date that no calendar has (4月31日, month 13), or the serial number (46142) that is "
            "left of a date whose format was lost.",
        ),
        {
            "": ("“{text}”不是日历上的日期", "“{text}” is no date of the calendar"),
            "serial": (
                "“{text}”是日期的序列数，对应 {date}",
                "“{text}” is the serial number of the date {date}",
            ),
        },
        {
            "": (
                "请核对后改为实际的日期，如“4月30日”。",
                "Check and state the date that is meant, such as 4月30日.",
            ),
            "serial": (
                "请核对后写成日期，如“{date}”。",
                "Check and write it as a date, such as “{date}”.",
            ),
        },
    ),
    rule(
        "T07",
        W,
        ("时间前后矛盾", "Dates that contradict each other"),
        (
            "开工、启动的时间晚于同一事项完工、竣工的时间，项目期的终点早于起点，或者完成时间在写明日期的项目期之后。"
            "付款、结算、审计、验收、质保和各期、各标段的时间不比较。",
            "The work begins after it ends, 项目期 ends before it begins, or the work ends after "
            "the last day of a 项目期 with dates. Payment, settlement, audit, acceptance, warranty "
            "and different phases are not compared.",
        ),
        {
            "": (
                "“{end}”（{other}）早于“{begin}”（{one}）",
                "“{end}” ({other}) is before “{begin}” ({one})",
            ),
            "one": (
                "开始的时间“{one}”晚于完成的时间“{other}”",
                "It begins “{one}”, after it ends “{other}”",
            ),
            "period": (
                "项目期的终点“{other}”早于起点“{one}”",
                "项目期 ends “{other}”, before it begins “{one}”",
            ),
            "late": (
                "“{end}”的时间“{other}”在项目期“{period}”结束之后",
                "“{end}” is due “{other}”, after the end of 项目期 “{period}”",
            ),
        },
        (
            "请核对各个时间，使先后一致。",
            "Check the dates and bring them into order.",
        ),
    ),
)
