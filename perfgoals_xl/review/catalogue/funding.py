"""Rules about the funding block (F)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

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
        {
            "": (
                "在年度资金总额的单元格里填写数字，没有安排资金的填 0。",
                "Enter the number in the cell of 年度资金总额; 0 where no money is planned.",
            ),
            "sum": (
                "请核对各资金来源，无误后在年度资金总额的单元格里填写合计 {total}。",
                "Check the sources and enter their sum {total} in the cell of 年度资金总额.",
            ),
            "stray": (
                "请核对 {place} 的 {stray} 是不是年度资金总额，是的移到年度资金总额的单元格里。",
                "Check whether {stray} in {place} is 年度资金总额 and move it to its cell.",
            ),
            "text": (
                "请只填数字，单位以表头为准。",
                "Enter the number alone; the unit is that of the head.",
            ),
            "negative": (
                "请核对后填写不小于零的数。",
                "Check and enter a number not below zero.",
            ),
        },
    ),
    rule(
        "F02",
        E,
        ("年度资金总额不等于资金来源之和", "The annual amount is not the sum of its sources"),
        (
            "年度资金总额 = 本级资金 + 转移市县（区）资金，按十进制逐位比较，不留误差。"
            "表内有“项目预算构成”“预算明细”等分项的，各项之和也应等于其合计和年度资金总额。",
            "年度资金总额 = 本级资金 + 转移市县（区）资金, compared as decimals without tolerance. "
            "The items of a 项目预算构成 in the form make its total and the annual amount.",
        ),
        {
            "": (
                "年度资金总额 {annual} {unit} ≠ 资金来源合计 {sources} {unit}（{arithmetic}），"
                "来源{difference}",
                "年度资金总额 {annual} {unit} ≠ sum of sources {sources} {unit} ({arithmetic}), "
                "{gap} {unit} apart",
            ),
            "items": (
                "“{label}”各项之和 {arithmetic} = {sources} {unit}，与年度资金总额 {annual} {unit} "
                "不一致，{difference}",
                "The items of “{label}” come to {arithmetic} = {sources} {unit}, the annual amount "
                "is {annual} {unit}, {gap} {unit} apart",
            ),
            "items_total": (
                "“{label}”的合计为 {annual} {unit}，而 {arithmetic} = {sources}，{difference}",
                "The total of “{label}” is {annual} {unit}, but {arithmetic} = {sources}, "
                "{gap} {unit} apart",
            ),
        },
        {
            "": (
                "请核对年度资金总额和各项资金来源，使两者相等。",
                "Check the annual amount and its sources until they agree.",
            ),
            "items": (
                "请核对各项金额和年度资金总额，使两者相等。",
                "Check the items and the annual amount until they agree.",
            ),
            "items_total": (
                "请核对各项金额和合计，使之相等。",
                "Check the items and their total until they agree.",
            ),
        },
    ),
    rule(
        "F03",
        E,
        ("资金小计不等于明细之和", "A funding total is not the sum of its parts"),
        (
            "本级资金 = 财政拨款 + 其他资金 + 结余结转资金；"
            "转移市县（区）资金 = 中央资金 + 自治区资金。",
            "本级资金 = 财政拨款 + 其他资金 + 结余结转资金; "
            "转移市县（区）资金 = 中央资金 + 自治区资金.",
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
    rule(
        "F05",
        W,
        ("项目总额与项目期不一致", "项目总额 does not fit 项目期"),
        (
            "一年期项目的项目总额应等于年度资金总额（警告）；多年期项目两者相等的，请确认（提示）。",
            "项目总额 of a one-year project is its 年度资金总额 (warning); where the two are equal "
            "in a project of several years, make sure (hint).",
        ),
        {
            "": (
                "项目期“{period}”，项目总额 {total} {unit} ≠ 年度资金总额 {annual} {unit}，"
                "多 {gap} {unit}",
                "项目期 is “{period}”, but 项目总额 {total} {unit} ≠ 年度资金总额 {annual} {unit}, "
                "{gap} {unit} more",
            ),
            "equal": (
                "项目期“{period}”，项目总额与年度资金总额同为 {annual} {unit}",
                "项目期 is “{period}”, but 项目总额 and 年度资金总额 are both {annual} {unit}",
            ),
        },
        (
            "请核对项目期和项目总额：项目总额是整个项目期的资金，年度资金总额只是本年度的。",
            "Check 项目期 and 项目总额: the latter is the money of the whole period.",
        ),
    ),
    rule(
        "F06",
        W,
        ("资金栏错位", "The funding block is shifted"),
        (
            "资金栏里有没有标签的数，或者一个标签后有两个数，说明数字填错了格。",
            "An amount without a label, or a label with two amounts: a number is in a wrong cell.",
        ),
        {
            "": ("“{value}”没有标签，没有计入", "“{value}” has no label and was not taken"),
            "below": (
                "“{value}”填在{label}的下一行，没有计入",
                "“{value}” stands one row below {label} and was not taken",
            ),
            "second": (
                "{label}后有两个数，第二个“{value}”没有计入",
                "{label} has two amounts; the second, “{value}”, was not taken",
            ),
        },
        (
            "请把数字移到标签右边的单元格里，多余的删除。",
            "Move the number to the cell beside its label, or delete it.",
        ),
    ),
    rule(
        "F07",
        I,
        ("小数超过六位或数字存为文本", "More than six decimals, or a number stored as text"),
        (
            "金额最多六位小数；存为文本的数字不参加 Excel 的合计。",
            "Amounts have up to six decimals; a number stored as text is left out of Excel's sums.",
        ),
        {
            "": (
                "{label} {value} {unit}有 {decimals} 位小数",
                "{label} {value} {unit} has {decimals} decimals",
            ),
            "none": (
                "{label}填的是“{value}”，不是金额",
                "{label} “{value}” is no amount",
            ),
            "text": (
                "{label}“{value}”是文本，不是数字",
                "{label} “{value}” is stored as text",
            ),
        },
        (
            "请改成最多六位小数的数字，单元格格式设为数值。",
            "Enter a number with up to six decimals in a cell formatted as a number.",
        ),
    ),
)
