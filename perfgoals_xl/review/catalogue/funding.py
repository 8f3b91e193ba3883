"""Rules about the funding block (F)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, rule

RULES = (
    rule(
        "F01",
        E,
        ("年度资金总额未填或不是金额", "The annual amount is blank or no amount"),
        (
            "年度资金总额应为不小于零的数；空白不等于零。",
            "年度资金总额 is a number not below zero; a blank is not a zero.",
        ),
        {
            "": ("年度资金总额没有填写", "年度资金总额 is blank"),
            "stray": (
                "年度资金总额没有填写，{place} 有一个没有标签的 {stray}",
                "年度资金总额 is blank; {place} holds {stray} without a label",
            ),
            "sum": (
                "年度资金总额没有填写，各资金来源合计为 {total} {unit}",
                "年度资金总额 is blank; the sources add up to {total} {unit}",
            ),
            "text": ("年度资金总额“{value}”不是金额", "年度资金总额 “{value}” is no amount"),
            "negative": (
                "年度资金总额 {value} {unit}小于零",
                "年度资金总额 {value} {unit} is below zero",
            ),
        },
        (
            "在年度资金总额的单元格里填写数字，没有安排资金的填 0。",
            "Enter the number in the cell of 年度资金总额; 0 where no money is planned.",
        ),
    ),
    rule(
        "F02",
        E,
        ("年度资金总额不等于资金来源之和", "The annual amount is not the sum of its sources"),
        (
            "年度资金总额 = 本级资金 + 转移市县（区）资金，按十进制逐位比较，不留误差。",
            "年度资金总额 = 本级资金 + 转移市县（区）资金, compared as decimals without tolerance.",
        ),
        (
            "年度资金总额 {annual} {unit} ≠ 资金来源合计 {sources} {unit}（{arithmetic}），"
            "来源{difference}",
            "年度资金总额 {annual} {unit} ≠ sum of sources {sources} {unit} ({arithmetic}), "
            "{gap} {unit} apart",
        ),
        (
            "请核对年度资金总额和各项资金来源，使两者相等。",
            "Check the annual amount and its sources until they agree.",
        ),
    ),
    rule(
        "F03",
        E,
        ("资金小计不等于明细之和", "A funding total is not the sum of its parts"),
        (
            "本级资金 = 财政拨款 + 其他资金 + 结余结转资金；转移市县（区）资金 = 中央资金 + 自治区资金。",
            "本级资金 = 财政拨款 + 其他资金 + 结余结转资金; 转移市县（区）资金 = 中央资金 + 自治区资金.",
        ),
        (
            "{block}·资金总额 {total} {unit} ≠ 明细合计 {parts} {unit}（{arithmetic}），"
            "明细{difference}",
            "{block}·资金总额 {total} {unit} ≠ sum of its parts {parts} {unit} ({arithmetic}), "
            "{gap} {unit} apart",
        ),
        ("请核对{block}的资金总额和各项明细。", "Check the total of {block} and its parts."),
    ),
    rule(
        "F04",
        E,
        ("项目总额小于年度资金总额", "The project's total is less than the year's amount"),
        (
            "项目总额是整个项目期的资金，不会小于其中一年的资金。",
            "项目总额 is the money of the whole period and cannot be less than one year of it.",
        ),
        (
            "项目总额 {total} {unit} < 年度资金总额 {annual} {unit}，少 {difference} {unit}",
            "项目总额 {total} {unit} < 年度资金总额 {annual} {unit}, {difference} {unit} short",
        ),
        ("请核对项目总额和年度资金总额。", "Check 项目总额 and 年度资金总额."),
    ),
)
