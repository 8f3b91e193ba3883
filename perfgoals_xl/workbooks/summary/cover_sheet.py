"""封面: whose summary it is, its totals, the state of its review, and where everything stands.

On the left the facts and the money, on the right the review and the contents; charts on a second
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.findings.layout import FindingLine, count_formula, range_of
from perfgoals_xl.workbooks.kit.column_totals import shown
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import BODY_SIZE, GREEN, RED, Styles
from perfgoals_xl.workbooks.kit.tables import ledger_width
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text
from perfgoals_xl.workbooks.summary import goal_list, indicator_list, sources_sheet
from perfgoals_xl.workbooks.summary.cover_charts import write_charts
from perfgoals_xl.workbooks.summary.cover_results import (
    CoverOfResults,
    write_result_charts,
    write_results_of_year,
)
from perfgoals_xl.workbooks.summary.project_list import ProjectList

SHEET = "封面"
# Two blocks beside each other, each of a label and what belongs to it.
_WIDTHS = (23, 17, 24, 3, 16, 47)
_LAST = len(_WIDTHS) - 1
_LEFT, _LEFT_END, _RIGHT = 0, 2, 4
# More lines of contents would not fit the first page at their usual height.
_MOST_ROOMY = 11
# The totals stand in the body font, and the width of an amount is that of size ten.
_BODY_TO_TEN = BODY_SIZE / 10
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
    """What the cover says in words and counts; the totals come from the project list.

    ``notes`` say what of the sources does not count; "" where all of it does.
    """

    title: str
    department: str
    year: str
    projects: int
    indicators: int
    goals: int
    not_judged: int
    notes: str = ""


def write_cover(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    cover: Cover,
    listed: ProjectList,
    findings: Sequence[FindingLine],
    contents: Sequence[tuple[str, str]],
    header: str = "",
    later: CoverOfResults | None = None,
) -> None:
    """Fills the sheet; ``contents`` are the other sheets and what they hold.

    ``header`` stands on every page, ``later`` is what 自评表 and 监控表 come to, if there are any.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _widen_totals(sheet, listed)
    title = styles("title", "cover_title")
    put_block(sheet, Area(0, 0, 0, _LAST), cover.title, title)
    sheet.set_height(0, max(64.0, height_of(cover.title, sum(_WIDTHS), 20) + 20))
    left = _write_facts(sheet, styles, 1, cover, listed)
    right = _write_review(sheet, styles, 1, cover, findings)
    middle = max(left, right)
    sheet.set_height(middle, 12)
    left = _write_totals(sheet, styles, middle + 1, listed)
    right = _write_contents(sheet, styles, middle + 1, contents)
    for row in range(middle + 2, max(left, right)):
        sheet.set_height(row, 22 if len(contents) <= _MOST_ROOMY else 15)
    bottom = max(left, right)
    breaks = [bottom] if later else []
    if later:
        bottom = write_results_of_year(sheet, styles, bottom, later)
        bottom = write_result_charts(workbook, sheet, styles, bottom, later) + 1
    last = write_charts(workbook, sheet, styles, bottom - 1, listed, findings)
    sheet.set_h_pagebreaks([*breaks, bottom + 1])
    set_page(sheet, landscape=True, last_row=last, last_column=_LAST, header=header)


def _put_heading(sheet: Sheet, styles: Styles, row: int, column: int, text: str) -> int:
    """The heading of a block; returns the row below it."""
    put_text(sheet, row, column, text, styles("heading"))
    sheet.set_height(row, 26)
    return row + 1


def _write_facts(sheet: Sheet, styles: Styles, row: int, cover: Cover, listed: ProjectList) -> int:
    row = _put_heading(sheet, styles, row, _LEFT, "基本情况")
    width = sum(_WIDTHS[_LEFT + 1 : _LEFT_END + 1])
    for label, value in (("填报部门", cover.department), ("计划年度", cover.year)):
        put_text(sheet, row, _LEFT, label, styles("cell", "label"))
        area = Area(row, _LEFT + 1, row, _LEFT_END)
        put_block(sheet, area, value, styles("cell", "left", "text"))
        sheet.set_height(row, max(24.0, height_of(value, width)))
        row += 1
    indicators = indicator_list.range_of("序号", cover.indicators)
    for label, numbers, count, unit in (
        ("项目个数", listed.numbers, cover.projects, "个"),
        ("指标条数", indicators, cover.indicators, "条"),
        ("部门整体目标", goal_list.numbers_of(cover.goals), cover.goals, "条"),
    ):
        put_text(sheet, row, _LEFT, label, styles("cell", "label"))
        style = styles("cell", "left")
        sheet.merge_range(row, _LEFT + 1, row, _LEFT_END, "", style)
        _put_count(sheet, style, row, _LEFT + 1, numbers, count, unit)
        sheet.set_height(row, 24)
        row += 1
    if cover.notes:
        put_text(sheet, row, _LEFT, "来源中没有重复计入的", styles("cell", "label"))
        area = Area(row, _LEFT + 1, row, _LEFT_END)
        put_block(sheet, area, cover.notes, styles("cell", "left", "text", "ten"))
        sheet.set_height(row, max(24.0, min(MAX_HEIGHT, height_of(cover.notes, width, 10))))
        row += 1
    return row


def _put_count(
    sheet: Sheet, style: Format, row: int, column: int, numbers: str, count: int, said: str
) -> None:
    """How many of ``numbers`` there are, counted from the list itself."""
    put_formula(sheet, row, column, f'=COUNT({numbers})&" {said}"', style, f"{count} {said}")


def _write_totals(sheet: Sheet, styles: Styles, row: int, listed: ProjectList) -> int:
    row = _put_heading(sheet, styles, row, _LEFT, f"资金合计（{listed.unit}）")
    for column, header in enumerate(("资金", "合计", "未计入合计"), start=_LEFT):
        put_text(sheet, row, column, header, styles("cell", "head"))
    total, missing = styles("cell", "ledger"), styles("cell", "left", "grey", "ten")
    for name in _TOTALS:
        row += 1
        put_text(sheet, row, _LEFT, label_of(name), styles("cell", "left", "ten"))
        if listed.rows:
            amounts = listed.total(name)
            value = shown(amounts.value)
            put_formula(sheet, row, 1, f"={listed.total_reference(name)}", total, value)
            reference = listed.missing_reference(name)
            put_formula(sheet, row, 2, f"={reference}", missing, amounts.missing)
        else:
            sheet.write_blank(row, 1, None, total)
            put_text(sheet, row, 2, "没有项目", missing)
    return row + 1


def _widen_totals(sheet: Sheet, listed: ProjectList) -> None:
    """Makes room for totals of many digits: what does not fit is shown as ####."""
    totals = [total for name in _TOTALS if (total := listed.total(name).value) is not None]
    widths = [ledger_width(total) * _BODY_TO_TEN for total in totals]
    sheet.set_column(1, 1, max([_WIDTHS[1], *widths]))


def _write_review(
    sheet: Sheet, styles: Styles, row: int, cover: Cover, findings: Sequence[FindingLine]
) -> int:
    row = _put_heading(sheet, styles, row, _RIGHT, "校验情况")
    value = styles("cell", "left")
    for severity, label in SEVERITY_LABELS.items():
        count = sum(line.severity == severity for line in findings)
        put_text(sheet, row, _RIGHT, label, styles("cell", "label"))
        formula = f'{count_formula(severity)}&" 项"'
        put_formula(sheet, row, _RIGHT + 1, formula, value, f"{count} 项")
        row += 1
    put_text(sheet, row, _RIGHT, "未判定", styles("cell", "label"))
    said = "项（缺少数据，既不是错误，也不表示通过）"
    if cover.not_judged:
        numbers = sources_sheet.not_judged_numbers(cover.not_judged)
        _put_count(sheet, value, row, _RIGHT + 1, numbers, cover.not_judged, said)
    else:
        put_text(sheet, row, _RIGHT + 1, f"0 {said}", value)
    row += 1
    _write_state(sheet, styles, row, findings)
    return row + 1


def _write_state(sheet: Sheet, styles: Styles, row: int, findings: Sequence[FindingLine]) -> None:
    open_errors = sum(line.severity == "error" and not line.waiver for line in findings)
    count = f'COUNTIFS({range_of("severity")},"{SEVERITY_LABELS["error"]}",{range_of("waiver")},"")'
    ready, rest = "可报送：没有未处理的错误", " 项错误既未更正，也未写明理由"
    formula = f'=IF({count}=0,"{ready}","草稿："&{count}&"{rest}")'
    text = f"草稿：{open_errors}{rest}" if open_errors else ready
    put_text(sheet, row, _RIGHT, "审核状态", styles("cell", "label", "bold"))
    column = _RIGHT + 1
    put_formula(sheet, row, column, formula, styles("cell", "left", "bold"), text)
    for criteria, colour in ((f"={count}=0", GREEN), (f"={count}>0", RED)):
        options = {"type": "formula", "criteria": criteria, "format": styles.fill(colour)}
        sheet.conditional_format(row, column, row, column, options)


def _write_contents(
    sheet: Sheet, styles: Styles, row: int, contents: Sequence[tuple[str, str]]
) -> int:
    """Writes the table of contents and returns the row behind it."""
    row = _put_heading(sheet, styles, row, _RIGHT, "目录")
    link = styles("cell", "left", "link")
    for name, purpose in contents:
        sheet.write_url(row, _RIGHT, f"internal:{quoted(name)}!A1", link, name)
        put_text(sheet, row, _RIGHT + 1, purpose, styles("cell", "left"))
        row += 1
    return row
