"""封面 of the bureau's book: how many departments, what they ask for, and what needs a look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from perfgoals_xl.addresses import Area
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book.cover_facts import facts_of
from perfgoals_xl.bureau.book.department_list import (
    DRAFT,
    INDICATOR_COUNT,
    PROJECT_COUNT,
    READY,
    UNCOUNTED,
    DepartmentList,
    shown,
)
from perfgoals_xl.bureau.book.reporting_list import KINDS, ReportingList
from perfgoals_xl.form.amounts import COMMON_UNIT
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text

_WIDTHS = (26, 26, 70)
_LAST = len(_WIDTHS) - 1
_ROW = 18.5
_MOST_NAMED = 12
"""How many files a line of the cover names."""


def write_cover(
    sheet: Sheet,
    styles: Styles,
    account: Account,
    departments: DepartmentList,
    reporting: Mapping[EvaluationTable, ReportingList],
    contents: Sequence[tuple[str, str]],
    title: str,
) -> None:
    """Fills the sheet; ``contents`` are the other sheets and what they hold.

    ``reporting`` are the lists of the year's other forms, of those that there are.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    put_block(sheet, Area(0, 0, 0, _LAST), title.strip(), styles("title", "cover_title"))
    sheet.set_height(0, 58)
    row = _write_facts(sheet, styles, 1, account, departments)
    row = _write_amounts(sheet, styles, row + 1, account, departments)
    row = _write_states(sheet, styles, row + 1, account, departments)
    # What is above fills a page.
    sheet.set_h_pagebreaks([row + 1])
    for table, listed in reporting.items():
        row = _write_reports(sheet, styles, row + 1, table, listed)
    row = _write_notices(sheet, styles, row + 1, account, reporting)
    last = _write_contents(sheet, styles, row + 1, contents)
    set_page(sheet, landscape=True, last_row=last, last_column=_LAST)


def _write_facts(
    sheet: Sheet, styles: Styles, row: int, account: Account, departments: DepartmentList
) -> int:
    counted = account.counted
    years = "、".join(f"{year}年" for year in account.years) or "（没有写明）"
    facts: list[tuple[str, str, str | None]] = [
        ("计划年度", years, None),
        ("部门", f"{account.departments} 个", None),
        ("来源文件", f"{len(account.lines)} 个，其中计入 {len(counted)} 个", None),
    ]
    for label, header, value in (
        ("项目", PROJECT_COUNT, sum(line.projects for line in counted)),
        ("指标", INDICATOR_COUNT, sum(line.indicators for line in counted)),
    ):
        facts.append((label, f"{value}", departments.total_reference(header)))
    for label, text, reference in facts:
        style = styles("cell", "left")
        put_text(sheet, row, 0, label, styles("cell", "label"))
        sheet.merge_range(row, 1, row, _LAST, "", style)
        if reference is None:
            put_text(sheet, row, 1, text, style)
        else:
            put_formula(sheet, row, 1, f"={reference}", style, int(text))
        sheet.set_height(row, _ROW)
        row += 1
    return row


def _write_amounts(
    sheet: Sheet, styles: Styles, row: int, account: Account, departments: DepartmentList
) -> int:
    row = _heading(sheet, styles, row, f"资金合计（{COMMON_UNIT}）")
    for name in AMOUNT_FIELDS:
        put_text(sheet, row, 0, label_of(name), styles("cell", "left"))
        total = f"={departments.total_reference(label_of(name))}"
        put_formula(sheet, row, 1, total, styles("cell", "ledger"), shown(account.total(name)))
        left = styles("cell", "left", "grey")
        if name == "annual_amount":
            count = departments.total_reference(UNCOUNTED)
            formula = f'=IF({count}=0,"全部项目都已填写",{count}&" 个项目空白或不是数字，未计入")'
            uncounted = sum(line.uncounted for line in account.counted)
            text = f"{uncounted} 个项目空白或不是数字，未计入" if uncounted else "全部项目都已填写"
            put_formula(sheet, row, 2, formula, left, text)
        else:
            sheet.write_blank(row, 2, None, left)
        sheet.set_height(row, _ROW)
        row += 1
    return row


def _write_states(
    sheet: Sheet, styles: Styles, row: int, account: Account, departments: DepartmentList
) -> int:
    row = _heading(sheet, styles, row, "校验情况")
    lines, states = account.lines, departments.state_range()
    read = [line for line in lines if line.state is State.READ]
    drafts = sum(line.open_errors > 0 for line in read)
    told = [
        (READY, len(read) - drafts, "没有未处理的错误"),
        (DRAFT, drafts, "有错误既未更正，也未写明理由"),
        *(
            (state.value, sum(line.state is state for line in lines), meaning)
            for state, meaning in (
                (State.UNREVIEWED, "数据已计入，因设置看不懂没有校验"),
                (State.FAULT, "没有计入，原因见“部门汇总”的备注"),
                (State.COPY, "与另一个文件内容相同，没有再计入"),
                (State.REPLACED, "与另一个文件是同一份申报，以较新的为准，没有计入"),
                (State.SUMMARY, "程序生成的汇总表，不是申报表"),
            )
        ),
    ]
    for label, number, meaning in told:
        put_text(sheet, row, 0, label, styles("cell", "label"))
        formula = f'=COUNTIF({states},"{label}")&" 个文件"'
        put_formula(sheet, row, 1, formula, styles("cell", "left"), f"{number} 个文件")
        put_text(sheet, row, 2, meaning, styles("cell", "left", "grey"))
        sheet.set_height(row, _ROW)
        row += 1
    for severity, label in SEVERITY_LABELS.items():
        number = sum(line.findings.get(severity, 0) for line in lines)
        put_text(sheet, row, 0, label, styles("cell", "label"))
        formula = f'={departments.total_reference(label)}&" 项"'
        put_formula(sheet, row, 1, formula, styles("cell", "left"), f"{number} 项")
        sheet.write_blank(row, 2, None, styles("cell", "left"))
        sheet.set_height(row, _ROW)
        row += 1
    return row


def _write_reports(
    sheet: Sheet, styles: Styles, row: int, table: EvaluationTable, listed: ReportingList
) -> int:
    row = _heading(sheet, styles, row, f"{KINDS[table].word}情况")
    for fact in facts_of(table, listed):
        put_text(sheet, row, 0, fact.label, styles("cell", "label"))
        put_formula(sheet, row, 1, fact.formula, styles("cell", *fact.look), fact.value)
        put_text(sheet, row, 2, fact.meaning, styles("cell", "left", "grey"))
        sheet.set_height(row, _ROW)
        row += 1
    return row


def _write_notices(
    sheet: Sheet,
    styles: Styles,
    row: int,
    account: Account,
    reporting: Collection[EvaluationTable],
) -> int:
    lines = account.lines
    notices = [
        ("无法读取的文件", [line for line in lines if line.state is State.FAULT]),
        ("内容重复的文件", [line for line in lines if line.state is State.COPY]),
        ("被较新文件替代的", [line for line in lines if line.state is State.REPLACED]),
        ("部分项目没有重复计入", [line for line in lines if line.overlaps]),
        ("未校验的文件", [line for line in lines if line.state is State.UNREVIEWED]),
        ("同一部门有几个文件", [line for line in lines if line.twins]),
        ("申报表在隐藏的工作表中", [line for line in lines if line.hidden]),
        ("没有写明部门", [line for line in account.counted if not line.department]),
    ]
    told = [(label, _named(found)) for label, found in notices if found]
    if len(account.years) > 1:
        declared = [line for line in account.counted if not line.only_reports]
        told.append(("年度不一致", _years_of(declared)))
    for table in reporting:
        years = sorted(account.report_years(table).items())
        if len(years) > 1:
            text = "、".join(f"{year}年 {count} 个文件" for year, count in years)
            told.append((f"{KINDS[table].word}年度不一致", text))
    if not told:
        return row
    row = _heading(sheet, styles, row, "请核对")
    for label, text in told:
        put_text(sheet, row, 0, label, styles("cell", "label"))
        put_block(sheet, Area(row, 1, row, _LAST), text, styles("cell", "left", "text"))
        sheet.set_height(row, max(_ROW, height_of(text, sum(_WIDTHS[1:]))))
        row += 1
    return row


def _named(lines: Sequence[FileLine]) -> str:
    names = "、".join(f"序号 {line.number} {Path(line.file).name}" for line in lines[:_MOST_NAMED])
    return names + (f" 等 {len(lines)} 个" if len(lines) > _MOST_NAMED else "")


def _years_of(lines: Sequence[FileLine]) -> str:
    years = sorted({line.year for line in lines if line.year is not None})
    counted = (f"{year}年 {sum(line.year == year for line in lines)} 个文件" for year in years)
    return "、".join(counted) + "；合计是各年度相加的数"


def _write_contents(
    sheet: Sheet, styles: Styles, row: int, contents: Sequence[tuple[str, str]]
) -> int:
    """Writes the table of contents and returns its last row."""
    row = _heading(sheet, styles, row, "目录")
    for name, purpose in contents:
        link = styles("cell", "left", "link")
        sheet.write_url(row, 0, f"internal:{quoted(name)}!A1", link, name)
        put_block(sheet, Area(row, 1, row, _LAST), purpose, styles("cell", "left"))
        sheet.set_height(row, _ROW)
        row += 1
    return row - 1


def _heading(sheet: Sheet, styles: Styles, row: int, text: str) -> int:
    put_text(sheet, row, 0, text, styles("heading"))
    sheet.set_height(row, 24)
    return row + 1
