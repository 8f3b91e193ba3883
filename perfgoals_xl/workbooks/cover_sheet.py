"""封面: whose summary it is, its totals, the state of its review, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook

from perfgoals_xl.form.fields import label_of
from perfgoals_xl.reading.grid import Area
from perfgoals_xl.workbooks.book import Sheet, put_block, put_formula, put_text
from perfgoals_xl.workbooks.cover_charts import write_charts
from perfgoals_xl.workbooks.findings_layout import (
    SEVERITY_LABELS,
    FindingLine,
    count_formula,
    range_of,
)
from perfgoals_xl.workbooks.page import set_page
from perfgoals_xl.workbooks.project_list import ProjectList, shown_total
from perfgoals_xl.workbooks.row_height import height_of
from perfgoals_xl.workbooks.sheet_names import quoted
from perfgoals_xl.workbooks.styles import GREEN, RED, Styles

SHEET = "封面"
_WIDTHS = (24, 24, 36)
_LAST = len(_WIDTHS) - 1
_TOTALS = (
    "total_amount",
    "annual_amount",
    "local_total",
    "local_appropriation",
    "local_other",
    "local_carryover",
    "transfer_total",
    "transfer_central",
    "transfer_regional",
)


class Cover(NamedTuple):
    """What the cover says in words and counts; the totals come from the project list."""

    title: str
    department: str
    year: str
    projects: int
    indicators: int
    goals: int
    not_judged: int


def write_cover(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    cover: Cover,
    listed: ProjectList,
    findings: Sequence[FindingLine],
    contents: Sequence[tuple[str, str]],
) -> None:
    """Fills the sheet; ``contents`` are the other sheets and what they hold."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = styles("title", "cover_title")
    put_block(sheet, Area(0, 0, 0, _LAST), cover.title, title)
    sheet.set_height(0, max(64.0, height_of(cover.title, sum(_WIDTHS), 20) + 20))
    row = _write_facts(sheet, styles, 1, cover)
    row = _write_totals(sheet, styles, row + 1, listed)
    row = _write_review(sheet, styles, row + 1, cover, findings)
    last = _write_contents(sheet, styles, row + 1, contents)
    last = write_charts(workbook, sheet, styles, last, listed, findings)
    set_page(sheet, last_row=last, last_column=_LAST)


def _write_facts(sheet: Sheet, styles: Styles, row: int, cover: Cover) -> int:
    facts = (
        ("填报部门", cover.department),
        ("计划年度", cover.year),
        ("项目个数", f"{cover.projects} 个"),
        ("指标条数", f"{cover.indicators} 条"),
        ("部门整体目标", f"{cover.goals} 条"),
    )
    for label, value in facts:
        put_text(sheet, row, 0, label, styles("cell", "label"))
        put_block(sheet, Area(row, 1, row, _LAST), value, styles("cell", "left", "text"))
        sheet.set_height(row, max(24.0, height_of(value, sum(_WIDTHS[1:]))))
        row += 1
    return row


def _write_totals(sheet: Sheet, styles: Styles, row: int, listed: ProjectList) -> int:
    put_text(sheet, row, 0, f"资金合计（{listed.unit}）", styles("heading"))
    sheet.set_height(row, 26)
    row += 1
    for column, header in enumerate(("资金", "合计", "未计入合计")):
        put_text(sheet, row, column, header, styles("cell", "head"))
    sheet.set_height(row, 22)
    for name in _TOTALS:
        row += 1
        put_text(sheet, row, 0, label_of(name), styles("cell", "left"))
        total, missing = styles("cell", "ledger"), styles("cell", "left", "grey")
        if listed.rows:
            value = shown_total(listed, name)
            put_formula(sheet, row, 1, f"={listed.total_reference(name)}", total, value)
            reference = listed.missing_reference(name)
            put_formula(sheet, row, 2, f"={reference}", missing, listed.missing(name))
        else:
            sheet.write_blank(row, 1, None, total)
            put_text(sheet, row, 2, "没有项目", missing)
        sheet.set_height(row, 21)
    return row + 1


def _write_review(
    sheet: Sheet, styles: Styles, row: int, cover: Cover, findings: Sequence[FindingLine]
) -> int:
    put_text(sheet, row, 0, "校验情况", styles("heading"))
    sheet.set_height(row, 26)
    value = styles("cell", "left")
    for severity, label in SEVERITY_LABELS.items():
        row += 1
        count = sum(line.severity == severity for line in findings)
        put_text(sheet, row, 0, label, styles("cell", "label"))
        sheet.merge_range(row, 1, row, _LAST, "", value)
        formula = f'{count_formula(severity)}&" 项"'
        put_formula(sheet, row, 1, formula, value, f"{count} 项")
        sheet.set_height(row, 21)
    row += 1
    put_text(sheet, row, 0, "未判定", styles("cell", "label"))
    text = f"{cover.not_judged} 项（缺少数据，既不是错误，也不表示通过）"
    put_block(sheet, Area(row, 1, row, _LAST), text, value)
    sheet.set_height(row, 21)
    row += 1
    _write_state(sheet, styles, row, findings)
    return row + 1


def _write_state(sheet: Sheet, styles: Styles, row: int, findings: Sequence[FindingLine]) -> None:
    open_errors = sum(line.severity == "error" and not line.waiver for line in findings)
    count = f'COUNTIFS({range_of("severity")},"{SEVERITY_LABELS["error"]}",{range_of("waiver")},"")'
    ready, rest = "可报送：没有未处理的错误", " 项错误既未更正，也未写明理由"
    formula = f'=IF({count}=0,"{ready}","草稿："&{count}&"{rest}")'
    text = f"草稿：{open_errors}{rest}" if open_errors else ready
    put_text(sheet, row, 0, "审核状态", styles("cell", "label", "bold"))
    style = styles("cell", "left", "bold")
    sheet.merge_range(row, 1, row, _LAST, "", style)
    put_formula(sheet, row, 1, formula, style, text)
    sheet.set_height(row, 26)
    for criteria, colour in ((f"={count}=0", GREEN), (f"={count}>0", RED)):
        options = {"type": "formula", "criteria": criteria, "format": styles.fill(colour)}
        sheet.conditional_format(row, 1, row, _LAST, options)


def _write_contents(
    sheet: Sheet, styles: Styles, row: int, contents: Sequence[tuple[str, str]]
) -> int:
    """Writes the table of contents and returns its last row."""
    put_text(sheet, row, 0, "目录", styles("heading"))
    sheet.set_height(row, 26)
    for name, purpose in contents:
        row += 1
        link = styles("cell", "left", "link")
        sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", link, name)
        put_block(sheet, Area(row, 1, row, _LAST), purpose, styles("cell", "left"))
        sheet.set_height(row, 21)
    return row
