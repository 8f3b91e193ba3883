"""封面 of the bureau's book: how many departments, what they ask for, and what needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from perfgoals_xl.addresses import Area
from perfgoals_xl.bureau.account import Account, FileLine, State
from perfgoals_xl.bureau.book.cover_facts import facts_of
from perfgoals_xl.bureau.book.department_columns import (
    ABSENT,
    INDICATOR_COUNT,
    MONEY_CHANGE,
    OLD_TEMPLATE,
    PROJECT_COUNT,
    READY,
    RETURNED,
    SINCE_COUNTS,
    STATES,
    UNCOUNTED,
    state_of,
)
from perfgoals_xl.bureau.book.department_list import DepartmentList, shown
from perfgoals_xl.bureau.book.reporting_list import KINDS, ReportingList
from perfgoals_xl.bureau.book.state_charts import write_state_charts
from perfgoals_xl.bureau.rounds.last_round import Rounds
from perfgoals_xl.bureau.rounds.previous_book import PreviousBook
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
_SINCE = {
    "上轮问题": "本轮报送和未报送的部门，上轮全部问题",
    "已解决": "上轮有、本轮没有的问题",
    "新增": "上轮没有的问题",
    "仍存在": "上轮就有，仍没有写明理由",
    "已说明": "上轮就有，已写明理由",
    "金额变化": "年度资金总额比上轮增减，只算两轮都报送的部门",
}
_MOST_STATES = 11
"""How many rows about the states, with their heading, the first page has room for."""
_MOST_NAMED = 12
"""How many files a line of the cover names."""


def write_cover(
    workbook: Workbook,
    sheet: Sheet,
    styles: Styles,
    account: Account,
    departments: DepartmentList,
    reporting: Mapping[EvaluationTable, ReportingList],
    contents: Sequence[tuple[str, str]],
    title: str,
    rounds: Rounds | None,
) -> None:
    """Fills the sheet; ``contents`` are the other sheets and what they hold.

    ``reporting`` are the lists of the year's other forms, of those that there are; ``rounds``
    what the files are compared with, None where they are not.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    put_block(sheet, Area(0, 0, 0, _LAST), title.strip(), styles("title", "cover_title"))
    sheet.set_height(0, 58)
    row = _write_facts(sheet, styles, 1, account, departments)
    row = _write_amounts(sheet, styles, row + 1, account, departments)
    states = row + 1
    row = _write_states(sheet, styles, states, account, departments, expected=rounds is not None)
    # What is above fills a page, unless there are more states than fit it.
    sheet.set_h_pagebreaks([row + 1 if row - states <= _MOST_STATES else states])
    if rounds is not None and rounds.previous is not None:
        row = _write_since(sheet, styles, row + 1, account, departments, rounds.previous)
    row = write_state_charts(workbook, sheet, styles, row, account, departments)
    for table, listed in reporting.items():
        row = _write_reports(sheet, styles, row + 1, table, listed)
    row = _write_notices(sheet, styles, row + 1, account, reporting, rounds)
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
    sheet: Sheet,
    styles: Styles,
    row: int,
    account: Account,
    departments: DepartmentList,
    *,
    expected: bool,
) -> int:
    row = _heading(sheet, styles, row, "校验情况")
    lines, states = account.lines, departments.state_range()
    counted = Counter(map(state_of, account.rows))
    told = [
        *STATES,
        (State.UNREVIEWED.value, "数据已计入，因设置看不懂没有校验"),
        (State.FAULT.value, "没有计入，原因见“部门汇总”的备注"),
        (State.COPY.value, "与另一个文件内容相同，没有再计入"),
        (State.REPLACED.value, "与另一个文件是同一份申报，以较新的为准，没有计入"),
        (State.SUMMARY.value, "程序生成的汇总表，不是申报表"),
    ]
    kept = {READY, RETURNED, *([ABSENT] if expected else ())}
    for label, meaning in told:
        # The others do not change with what a reviewer types.
        if not counted[label] and label not in kept and not _may_become(label, lines):
            continue
        unit = "个部门" if label == ABSENT else "个文件"
        put_text(sheet, row, 0, label, styles("cell", "label"))
        formula = f'=COUNTIF({states},"{label}")&" {unit}"'
        put_formula(sheet, row, 1, formula, styles("cell", "left"), f"{counted[label]} {unit}")
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


def _write_since(
    sheet: Sheet,
    styles: Styles,
    row: int,
    account: Account,
    departments: DepartmentList,
    previous: PreviousBook,
) -> int:
    row = _heading(sheet, styles, row, "与上轮对比")
    put_text(sheet, row, 0, "上一轮的汇总表", styles("cell", "label"))
    put_block(sheet, Area(row, 1, row, _LAST), previous.path.name, styles("cell", "left", "text"))
    sheet.set_height(row, _ROW)
    since = departments.since
    assert since is not None
    for header in (*SINCE_COUNTS, MONEY_CHANGE):
        row += 1
        unit = COMMON_UNIT if header == MONEY_CHANGE else "项"
        put_text(sheet, row, 0, header, styles("cell", "label"))
        formula = f'={departments.total_reference(header)}&" {unit}"'
        value = f"{since.total(account, header)} {unit}"
        put_formula(sheet, row, 1, formula, styles("cell", "left"), value)
        put_text(sheet, row, 2, _SINCE[header], styles("cell", "left", "grey"))
        sheet.set_height(row, _ROW)
    return row + 1


def _may_become(label: str, lines: Sequence[FileLine]) -> bool:
    """Whether a file may come to this state once its errors are answered."""
    return label == OLD_TEMPLATE and any(line.old_template for line in lines)


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
    rounds: Rounds | None,
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
        ("不在部门名单中", [line for line in lines if line.extra]),
        ("只有空白表", [line for line in lines if line.blank and line.counts]),
        ("用旧版标准模板", [line for line in account.counted if line.old_template]),
        (
            "未重新报送",
            [line for line in lines if line.since and line.since.same_file and line.since.leads],
        ),
    ]
    told = [(label, _named(found)) for label, found in notices if found]
    if account.missing:
        told.insert(0, ("未报送的部门", _departments(account.missing)))
    if rounds is not None and (other := rounds.other_years(account.years)):
        told.append(("上一轮是别的年度", "、".join(f"{year}年" for year in sorted(other))))
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


def _departments(lines: Sequence[FileLine]) -> str:
    names = "、".join(line.department or "" for line in lines[:_MOST_NAMED])
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
