"""The sheet 导入说明: what an import inferred, left out or did not understand, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.own_sheets import IMPORT_FILE_HEADING, IMPORT_HEADINGS
from perfgoals_xl.reading.account_lines import AccountLine
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    finish_table,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet

TITLE = "导入说明"
_NOTE = (
    "这张表说明导入时哪些内容是推断的、哪些没有采用，供核对；核对后可以删除。"
    "单元格指原文件中的位置。"
)
_EMPTY = "（原表内容都按标签读取，没有需要核对的地方）"
_TOP = 2
_WIDTHS, _FILE_WIDTH = (12, 20, 10, 50, 50), 24
# Rows; of a source that is no form at all more would help nobody.
_MOST = 2_000
_LABELS = {
    RemarkKind.UNREAD: "没有看懂",
    RemarkKind.KNOWN: "未保留",
    RemarkKind.NO_FORM: "未读取",
    RemarkKind.UNREAD_FORM: "未读取",
    RemarkKind.MISSING: "没有找到",
    RemarkKind.SLIPPED: "推断",
    RemarkKind.FILLED_DOWN: "推断",
    RemarkKind.READ_AS: "推断",
    RemarkKind.BELOW_LABEL: "推断",
    RemarkKind.CONVERTED: "换算",
    RemarkKind.SCALED: "换算",
    RemarkKind.UNSEEN: "隐藏",
}
_ORDER = ("没有找到", "没有看懂", "未读取", "未采用", "推断", "换算", "隐藏", "未保留")


def write_account(sheet: Sheet, styles: Styles, account: Sequence[AccountLine]) -> None:
    """Fills the sheet with ``account``, what needs a look first."""
    columns = [Column(h, w) for h, w in zip(IMPORT_HEADINGS, _WIDTHS, strict=True)]
    several = any(line.file for line in account)
    if several:
        columns.insert(1, Column(IMPORT_FILE_HEADING, _FILE_WIDTH))
    set_widths(sheet, columns)
    put_sheet_title(sheet, styles, TITLE, len(columns) - 1)
    put_note(sheet, styles, 1, _NOTE, len(columns) - 1)
    told = [(_LABELS.get(line.kind, "未采用"), line) for line in account]
    told.sort(key=lambda pair: _ORDER.index(pair[0]))
    rows = [
        [label, *[one.file] * several, one.sheet, one.where, one.value, one.text]
        for label, one in told[:_MOST]
    ]
    if len(told) > _MOST:
        blank = [None] * (len(columns) - 2)
        rows.append(["……", *blank, f"另有 {len(told) - _MOST} 处，未一一列出"])
    last = put_table(sheet, styles, _TOP, columns, rows, empty=_EMPTY)
    finish_table(sheet, _TOP, last, columns, TITLE)
