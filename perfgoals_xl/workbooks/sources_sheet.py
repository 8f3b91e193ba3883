"""数据来源 and 未判定事项: what the summary was made from, and what could not be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_xl.workbooks.book import Sheet, put_text
from perfgoals_xl.workbooks.page import set_page
from perfgoals_xl.workbooks.styles import Styles
from perfgoals_xl.workbooks.tables import (
    Column,
    Value,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "数据来源"
NOT_JUDGED_SHEET = "未判定事项"
_EDITION = "{} 版"


class SourceLine(NamedTuple):
    """A file that went into the summary.

    ``read_at`` is the time of reading as it is to be shown, ``versions`` the versions of the
    program, its rules and its template.
    """

    file: str
    sha256: str
    read_at: str
    versions: str


class NotJudgedLine(NamedTuple):
    """A check that could not be decided, and why."""

    rule: str
    sheet: str | None
    project: str | None
    reason: str


_SOURCE_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("SHA-256", 36),
    Column("读取时间", 20, "center"),
    Column("版本", 34),
)
_DECLARATION_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("部门", 36),
    Column("年度、体系、单位", 20, "center"),
    Column("项目数、指标数", 34),
)
_REMARK_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 40),
    Column("出处", 36),
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
    *,
    title: str,
    header: str,
) -> None:
    """The files with their check sums, what was read from them, and what was read and not taken."""
    set_widths(sheet, _SOURCE_COLUMNS)
    last_column = len(_SOURCE_COLUMNS) - 1
    put_sheet_title(sheet, styles, title, last_column)
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
    remarks: list[list[Value]] = []
    for declaration in declarations:
        for remark in declaration.remarks:
            place = f"{remark.place.sheet} {remark.place.cell}"
            remarks.append([len(remarks) + 1, declaration.file, place, remark.value, remark.text])
    row = 1
    for heading, columns, rows in (
        ("文件", _SOURCE_COLUMNS, files),
        ("读取内容", _DECLARATION_COLUMNS, read),
        ("读到而没有采用的内容", _REMARK_COLUMNS, remarks),
    ):
        put_text(sheet, row, 0, heading, styles("heading"))
        sheet.set_height(row, 26)
        row = put_table(sheet, styles, row + 1, columns, rows) + 1
        sheet.set_height(row, 12)
        row += 1
    set_page(sheet, landscape=True, last_row=row - 2, last_column=last_column, header=header)


def write_not_judged(
    sheet: Sheet, styles: Styles, lines: Sequence[NotJudgedLine], *, title: str, header: str
) -> None:
    """The checks that lacked an input: neither a fault nor a pass."""
    set_widths(sheet, _NOT_JUDGED_COLUMNS)
    last_column = len(_NOT_JUDGED_COLUMNS) - 1
    put_sheet_title(sheet, styles, title, last_column)
    note = "以下各项因为缺少数据而没有判定，既不是错误，也不表示通过。"
    put_note(sheet, styles, 1, note, last_column)
    rows: list[list[Value]] = [[number, *line] for number, line in enumerate(lines, start=1)]
    last = put_table(sheet, styles, 2, _NOT_JUDGED_COLUMNS, rows)
    sheet.freeze_panes(3, 0)
    set_page(
        sheet, landscape=True, last_row=last, last_column=last_column, repeat=(2, 2), header=header
    )


def _named(declaration: Declaration) -> str | None:
    code = f"（{declaration.department_code}）" if declaration.department_code else ""
    return f"{declaration.department}{code}" if declaration.department else None


def _facts(declaration: Declaration) -> tuple[str | None, ...]:
    year = None if declaration.year is None else f"{declaration.year}年"
    return year, _EDITION.format(declaration.edition), declaration.amount_unit
