"""数据来源 and 未判定事项: what the summary was made from, and what could not be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import Place, SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    finish_table,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_text

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "数据来源"
NOT_JUDGED_SHEET = "未判定事项"
_EDITION = "{} 版"
_NOT_JUDGED_ROW = 2


class SourceLine(NamedTuple):
    """A file that the summary was asked to hold.

    ``read_at`` is the time of reading as it is to be shown, ``versions`` the versions of the
    program, its rules and its template, ``remark`` why nothing of it was counted ("" where it was).
    """

    file: str
    sha256: str
    read_at: str
    versions: str
    remark: str = ""


class NotJudgedLine(NamedTuple):
    """A check that could not be decided, and why; ``file`` is where ``sheet`` is to be found."""

    rule: str
    sheet: str | None
    project: str | None
    reason: str
    file: str | None = None


_SOURCE_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("SHA-256", 40),
    Column("读取时间", 20, "center"),
    Column("版本", 34),
)
_DECLARATION_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("部门", 40),
    Column("年度、体系、单位", 20, "center"),
    Column("项目数、指标数", 34),
)
_REMARK_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("出处", 40),
    Column("原内容", 20),
    Column("说明", 34),
)
_NOT_JUDGED_COLUMNS = (
    Column("序号", 6, "center"),
    Column("规则", 9, "center"),
    Column("工作表", 24),
    Column("项目", 36),
    Column("未判定的原因", 60),
)


def write_sources(
    sheet: Sheet,
    styles: Styles,
    sources: Sequence[SourceLine],
    declarations: Sequence[Declaration],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """The files with their check sums, what was read from them, and what was read and not taken.

    The number of a row is a link to the file, of a remark to the cell it is about.
    """
    set_widths(sheet, _SOURCE_COLUMNS)
    last_column = len(_SOURCE_COLUMNS) - 1
    put_sheet_title(sheet, styles, title, last_column)
    put_note(sheet, styles, 1, links.note, last_column)
    files: list[list[Value]] = [
        [number, line.file, line.sha256, line.read_at, line.versions]
        for number, line in enumerate(sources, start=1)
    ]
    read: list[list[Value]] = [
        [
            number,
            declaration.file,
            _named(declaration),
            "，".join(filter(None, _facts(declaration))),
            f"项目 {len(declaration.projects)} 个，指标 {len(declaration.indicators)} 条",
        ]
        for number, declaration in enumerate(declarations, start=1)
    ]
    for line in sources:
        if line.remark:
            read.append([len(read) + 1, line.file, None, None, line.remark])
    remarks: list[list[Value]] = []
    places: list[Place] = []
    for declaration in declarations:
        for remark in declaration.remarks:
            place = f"{remark.place.sheet} {remark.place.cell}"
            remarks.append([len(remarks) + 1, declaration.file, place, remark.value, remark.text])
            places.append((declaration.file, remark.place.sheet, remark.place.cell))
        for hidden in () if declaration.hidden_counted else declaration.hidden_forms:
            where, names = f"{hidden.place.sheet} {hidden.place.cell}", "、".join(hidden.names)
            said = "隐藏的工作表中的申报表，没有计入"
            remarks.append([len(remarks) + 1, declaration.file, where, names, said])
            places.append((declaration.file, *hidden.place))
    row = 2
    for heading, columns, rows, targets in (
        ("文件", _SOURCE_COLUMNS, files, _whole_files(files)),
        ("读取内容", _DECLARATION_COLUMNS, read, _whole_files(read)),
        ("读到而没有采用的内容", _REMARK_COLUMNS, remarks, places),
    ):
        put_text(sheet, row, 0, heading, styles("heading"))
        sheet.set_height(row, 26)
        first = row + 2
        row = put_table(sheet, styles, row + 1, columns, rows) + 1
        for number, target in enumerate(targets, start=1):
            links.put_number(sheet, styles, first + number - 1, number, target)
        sheet.set_height(row, 12)
        row += 1
    set_page(
        sheet,
        landscape=True,
        last_row=row - 2,
        last_column=last_column,
        repeat=(0, 0),
        header=header,
    )


def _whole_files(rows: Sequence[Sequence[Value]]) -> list[Place]:
    return [(str(row[1]), None, None) for row in rows]


def write_not_judged(
    sheet: Sheet,
    styles: Styles,
    lines: Sequence[NotJudgedLine],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """The checks that lacked an input: neither a fault nor a pass.

    The number of a check is a link to the sheet that it is about.
    """
    set_widths(sheet, _NOT_JUDGED_COLUMNS)
    last_column = len(_NOT_JUDGED_COLUMNS) - 1
    put_sheet_title(sheet, styles, title, last_column)
    note = "以下各项因为缺少数据而没有判定，既不是错误，也不表示通过。"
    put_note(sheet, styles, 1, note + links.note, last_column)
    rows: list[list[Value]] = [
        [number, line.rule, line.sheet, line.project, line.reason]
        for number, line in enumerate(lines, start=1)
    ]
    last = put_table(sheet, styles, _NOT_JUDGED_ROW, _NOT_JUDGED_COLUMNS, rows)
    for number, line in enumerate(lines, start=1):
        row = _NOT_JUDGED_ROW + number
        links.put_number(sheet, styles, row, number, (line.file, line.sheet, None))
    finish_table(sheet, _NOT_JUDGED_ROW, last, _NOT_JUDGED_COLUMNS, header)


def not_judged_numbers(lines: int) -> str:
    """The numbers of the checks, where there are ``lines`` of them, for other sheets."""
    first = _NOT_JUDGED_ROW + 2
    return f"{quoted(NOT_JUDGED_SHEET)}!$A${first}:$A${max(first, first + lines - 1)}"


def _named(declaration: Declaration) -> str | None:
    code = f"（{declaration.department_code}）" if declaration.department_code else ""
    return f"{declaration.department}{code}" if declaration.department else None


def _facts(declaration: Declaration) -> tuple[str | None, ...]:
    year = None if declaration.year is None else f"{declaration.year}年"
    return year, _EDITION.format(declaration.edition), declaration.amount_unit
