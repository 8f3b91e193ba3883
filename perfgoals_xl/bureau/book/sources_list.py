"""数据来源 of the bureau's book: every file with its check sum, and what became of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from perfgoals_xl.bureau.account import Account, FileLine
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
from perfgoals_xl.workbooks.kit.writing import Sheet

_TABLE_ROW = 2
_COLUMNS = (
    Column("序号", 6, "center"),
    Column("文件", 46),
    Column("SHA-256", 36),
    Column("结果", 10, "center"),
    Column("部门", 24),
    Column("年度", 7, "center"),
    Column("体系", 9, "center"),
    Column("单位", 7, "center"),
    Column("部门整体目标", 8, "center"),
)


def write_files(
    sheet: Sheet,
    styles: Styles,
    account: Account,
    versions: str,
    read_at: dt.datetime,
    *,
    header: str,
) -> None:
    """Fills the sheet."""
    set_widths(sheet, _COLUMNS)
    last_column = len(_COLUMNS) - 1
    put_sheet_title(sheet, styles, "数据来源", last_column)
    note = f"读取时间：{read_at:%Y-%m-%d %H:%M:%S}　　版本：{versions}"
    put_note(sheet, styles, 1, note, last_column)
    last = put_table(sheet, styles, _TABLE_ROW, _COLUMNS, [_row(line) for line in account.lines])
    finish_table(sheet, _TABLE_ROW, last, _COLUMNS, header)


def _named(file: str) -> str:
    """A file by its full path; one that is known by a label, by that."""
    path = Path(file)
    return str(path.resolve()) if path.is_absolute() else file


def _row(line: FileLine) -> list[Value]:
    return [
        line.number,
        _named(line.file),
        line.sha256,
        line.state.value,
        line.department,
        line.year,
        f"{line.edition} 版" if line.edition else None,
        line.amount_unit,
        line.goals if line.counts else None,
    ]
