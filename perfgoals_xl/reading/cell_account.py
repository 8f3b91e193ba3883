"""The account of a source: what was put in its place by inference, and what was not understood.

Every filled cell of a sheet with a form has exactly one use (:mod:`.recognition.ledger`). What no
value came from and what is no label, title or note is told with its cell; a sheet without any form
is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgoals_xl.declaration import Remark, RemarkKind
from perfgoals_xl.form.column_labels import column_role, plain_label, time_heading
from perfgoals_xl.form.own_sheets import CHECK_TITLE, OWN_SHEETS
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.hidden_sheets import Found
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.labels import head_role, labelled_text
from perfgoals_xl.reading.recognition.ledger import Ledger, Use
from perfgoals_xl.reading.recognition.outline import ACROSS, lies_across
from perfgoals_xl.reading.recognition.row_notes import ends, is_note

_UNREAD = "没有找到它所属的标签，未采用"
_KNOWN = "标准工作簿没有这一项，未保留"
_NO_FORM = "这张工作表上没有找到申报表，未读取"
_SAID = {
    RemarkKind.COVERED: "在合并单元格下面，表上看不见，未采用",
    RemarkKind.STRUCK: "带删除线，未采用",
    RemarkKind.TEXT_BOX: "写在文本框里，不在单元格中，未采用",
    RemarkKind.HIDDEN: "在网页上不显示，未采用",
    RemarkKind.SCALED: "单元格格式把这个数缩放后显示，按显示的数读取",
    RemarkKind.ERROR: "公式出错，照录",
}
# A heading beside or over a block that is no field: 绩效指标, 资金情况, 项目基本信息.
_HEADING = re.compile(
    r"(?:指标|资金|目标|情况|信息|来源|预算|经费|绩效|构成|概况|安排|内容|申请|执行|投入|成果)$"
)
_LONGEST_HEADING, _LONGEST_TEXT = 16, 200
_TOLD = (Use.UNREAD, Use.KNOWN)


def account(found: Found) -> tuple[Remark, ...]:
    """What is to be told of the grids of a source, sheet by sheet, in the order of their cells."""
    return tuple(remark for grid, forms in found for remark in _of_sheet(grid, forms))


def uses_of(grid: Grid, forms: Sequence[Form]) -> Ledger:
    """The use of every filled cell of a grid with these forms on it."""
    ledger = Ledger()
    for form in forms:
        ledger.update((at, use) for at, use in form.ledger.items() if at not in ledger)
    first = min((form.rows[0] for form in forms), default=0)
    filled = [(row, column, value) for row in grid.filled() for column, value in grid.cells(row)]
    checks = _check_block(filled)
    used = Ledger()
    for row, column, value in filled:
        use = ledger.get((row, column))
        if use is None and checks is not None and row >= checks[0] and column >= checks[1]:
            use = Use.NOTE
        used[row, column] = use or _leftover(grid, row, column, value, above=row < first)
    return used


def _leftover(grid: Grid, row: int, column: int, value: object, *, above: bool) -> Use:
    """What a cell is that no form took."""
    if above:
        return Use.TITLE
    if not isinstance(value, str):
        return Use.UNREAD
    if is_note(value) or ends(value):
        return Use.NOTE
    if head_role(value) is not None or column_role(value) is not None or time_heading(value):
        return Use.LABEL
    if read_level(value) is not None:
        return Use.GROUP
    text, _ = plain_label(value)
    text = fold(text)
    if len(text) <= _LONGEST_HEADING and _HEADING.search(text):
        return Use.LABEL
    found = labelled_text(value)
    return Use.KNOWN if found is not None else Use.UNREAD


def _check_block(filled: Sequence[tuple[int, int, object]]) -> tuple[int, int] | None:
    """Where our own live checks stand beside a form."""
    return next(((row, column) for row, column, value in filled if value == CHECK_TITLE), None)


def _of_sheet(grid: Grid, forms: Sequence[Form]) -> Iterator[Remark]:
    if not forms:
        if grid.sheet not in OWN_SHEETS and (filled := grid.filled()):
            row = filled[0]
            column, value = next(grid.cells(row), (0, None))
            text = None if value is None else str(value)[:_LONGEST_TEXT]
            message = ACROSS if lies_across(grid, 0, len(grid.rows)) else _NO_FORM
            yield Remark(grid.place(row, column), message, value=text, kind=RemarkKind.NO_FORM)
        return
    for one in grid.told:
        place, text = grid.place(one.row, one.column), one.text[:_LONGEST_TEXT]
        kind = RemarkKind(str(one.kind))
        yield Remark(place, _SAID[kind], value=text, kind=kind)
    for form in forms:
        for stray in form.inferred:
            text = None if stray.value is None else str(stray.value)[:_LONGEST_TEXT]
            yield Remark(stray.place, stray.text, None, stray.field, text, stray.kind)
    told = {(stray.place.cell) for form in forms for stray in form.strays}
    for (row, column), use in uses_of(grid, forms).items():
        place = grid.place(row, column)
        if use not in _TOLD or place.cell in told:
            continue
        value = grid.value(row, column)
        text = value if isinstance(value, str) else grid.shown(row, column, value)
        message = _UNREAD if use is Use.UNREAD else _KNOWN
        kind = RemarkKind.UNREAD if use is Use.UNREAD else RemarkKind.KNOWN
        yield Remark(place, message, value=text[:_LONGEST_TEXT], kind=kind)
