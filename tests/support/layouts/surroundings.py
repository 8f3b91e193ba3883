"""What stands around a form: titles, year, unit, notes, signatures, other sheets."""

from __future__ import annotations

from tests.support.layouts.amounts import unit_word
from tests.support.layouts.content import Content
from tests.support.layouts.features import Layout
from tests.support.layouts.page import Page

_TITLES = (
    "项目支出绩效目标表",
    "项目支出绩效目标申报表",
    "部门预算项目绩效目标表",
    "项目绩效目标批复表",
)
_OPINIONS = (
    ("主管部门审核意见", "同意申报。\n（盖章）"),
    ("财政部门审核意见", "（盖章）      年    月    日"),
    ("单位负责人意见", "情况属实，同意上报。"),
)


def draw_title(page: Page, layout: Layout, content: Content, width: int) -> None:
    """Titles, year, who filled it in, and the unit, below what the page holds."""
    rng = layout.rng("title")
    title, row, choice = rng.choice(_TITLES), page.bottom, layout["title"]
    year = content.year
    if choice == "above_text":
        page.put(row, 0, rng.choice(("附件2", "附表3-1", "附件2：")))
        row += 1
    if choice == "year_in_title":
        title = f"{year}年{title}" if rng.random() < 0.5 else f"{title}（{year}年度）"
    elif choice == "department":
        title = f"{content.department}{year}年{title}"
    page.put(row, 0, title, across=width)
    row += 1
    if choice in ("year_line", "above_text", "filled_in"):
        line = rng.choice((f"（{year}年度）", f"（ {year} 年度）", f"{year}年度", f"（{year}年）"))
        page.put(row, 0, line, across=width - 1)
        if layout["unit"] == "beside_title":
            page.put(row, width - 1, _unit_line(layout))
        row += 1
    elif layout["unit"] == "beside_title":
        page.put(row, width - 1, _unit_line(layout))
        row += 1
    if choice == "year_field":
        page.put(
            row, 0, rng.choice((f"预算年度：{year}年", f"年度：{year}年", f"申报年度：{year}"))
        )
        row += 1
    if choice == "filled_in":
        name = rng.choice(("填报单位：", "填报单位（盖章）：", "填报部门："))
        page.put(row, 0, name + content.department)
        row += 1
    if layout["unit"] == "line":
        page.put(row, width - 1, _unit_line(layout))


def _unit_line(layout: Layout) -> str:
    word = unit_word(layout)
    return layout.rng("unit line").choice(
        (f"单位：{word}", f"金额单位：{word}", f"单位:{word}", f"（单位：{word}）")
    )


def draw_below(page: Page, layout: Layout, width: int, weights: int | None) -> None:
    """What stands below the indicators; ``weights`` is the column of points, if there is one."""
    rng, row, choice = layout.rng("below"), page.bottom, layout["below"]
    if choice == "total":
        if weights is not None:
            page.put(row, 0, rng.choice(("合计", "总分", "总计")))
            page.put(row, weights, 100)
        return
    if choice == "opinions":
        for text, answer in rng.sample(_OPINIONS, rng.randint(1, 3)):
            page.put(row, 0, text)
            page.put(row, 1, answer, across=width - 1)
            row += 1
    elif choice == "signatures":
        page.put(
            row, 0, rng.choice(("填报人：李某某", "项目负责人：王某某", "单位负责人（签字）："))
        )
        page.put(row, width - 1, rng.choice(("填报日期：2025年10月20日", "联系电话：0900-1234567")))
    elif choice == "notes":
        page.put(
            row + rng.randint(0, 1),
            0,
            rng.choice(
                (
                    "注：1.绩效指标应当量化，不能量化的用分级词表述。2.本表一式两份。",
                    "备注：满意度以问卷调查结果为准。",
                    "说明：资金来源不包括社会捐赠。",
                )
            ),
            across=width,
        )


def guide_sheet() -> Page:
    """A sheet of instructions that speaks of the labels and is no form."""
    page = Page("填表说明")
    lines = (
        "填表说明",
        "一、项目名称：填写预算批复使用的全称。",
        "二、年度总体绩效目标：写明本年度要达到的结果。",
        "三、一级指标、二级指标按统一分类填写，三级指标写衡量什么。",
        "四、指标值：方向、数字、单位齐全，如≥95%。",
    )
    for row, line in enumerate(lines):
        page.put(row, 0, line)
    return page


def budget_list() -> Page:
    """A list of projects with their budgets and nothing of their goals."""
    page = Page("预算明细")
    rows = (
        ("2026年项目支出预算明细表",),
        ("序号", "项目名称", "支出功能分类", "预算金额（万元）"),
        (1, "办公设备购置", "2010302", 12.5),
        (2, "公务车辆运行", "2010302", 8),
        (None, "合计", None, 20.5),
    )
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                page.put(row, column, value)
    return page
