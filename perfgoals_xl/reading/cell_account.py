"""The account of a source: what was put in its place by inference, and what was not understood.

Every filled cell of a sheet with a form has exactly one use (:mod:`.recognition.ledger`). What no
value came from and what is no label, title or note is told with its cell; a sheet without any form
is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgoals_xl.declaration import PROJECT_FIELDS, Remark, RemarkKind
from perfgoals_xl.form.column_labels import column_role, plain_label, time_heading
from perfgoals_xl.form.evaluation.scoring_labels import (
    ABOUT_SHEET,
    LISTS_SHEET,
    OVERVIEW_SHEET,
    SETTINGS_SHEET,
)
from perfgoals_xl.form.own_sheets import CHECK_TITLE, OWN_SHEETS
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.doubts import LOST, doubts, lost_values, missing_parts, values_apart
from perfgoals_xl.reading.formless import what_it_lacks
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.hidden_sheets import Found
from perfgoals_xl.reading.recognition.columns import find_header
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.labels import head_role, labelled_text, unknown_label
from perfgoals_xl.reading.recognition.ledger import Ledger, Use
from perfgoals_xl.reading.recognition.row_notes import ends, is_note
from perfgoals_xl.reading.unseen_values import unseen_values

_UNREAD = "没有找到它所属的标签，未采用"
_UNKNOWN = "不认识的标签，未采用"
_IN_TABLE = "在指标表中，但不属于任何一栏，未采用"
_KNOWN = "标准工作簿没有这一项，未保留"
_NO_FORM = "这张工作表上没有找到申报表，未读取"
_NAMELESS = "这里有一张指标表，但没有认出它的“项目名称”，这一部分未读取"
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
_SERIALS = ("序号", "编号", "项目序号", "no.", "no")
_LONGEST_SERIAL = 4
_LONGEST_HEADING, _LONGEST_TEXT = 16, 200
# The further sheets of a workbook of 自评表 or 监控表 of our own.
_OF_EVALUATIONS = frozenset((SETTINGS_SHEET, OVERVIEW_SHEET, ABOUT_SHEET, LISTS_SHEET))


def account(found: Found, projects: Sequence[Sequence[Form]] = ()) -> tuple[Remark, ...]:
    """What is to be told of the grids of a source, sheet by sheet, in the order of their cells.

    ``projects`` are the forms of every project: what one of them lacks is told first.
    """
    lacking = tuple(
        Remark(stray.place, stray.text, None, stray.field, None, stray.kind)
        for stray in missing_parts(projects)
    )
    own = OWN_SHEETS
    if any(grid.sheet == SETTINGS_SHEET for grid, _ in found):
        own |= _OF_EVALUATIONS
    return lacking + tuple(r for grid, forms in found for r in _of_sheet(grid, forms, own))


def uses_of(grid: Grid, forms: Sequence[Form]) -> Ledger:
    """The use of every filled cell of a grid with these forms on it."""
    ledger = Ledger()
    for form in reversed(forms):
        ledger.update(form.ledger)  # of several forms the first counts
    first = min((form.rows[0] for form in forms), default=0)
    filled = [(row, column, value) for row in grid.filled() for column, value in grid.cells(row)]
    checks = _check_block(filled)
    used = Ledger()
    headings: dict[tuple[int, int], str] | None = None
    for row, column, value in filled:
        use = ledger.get((row, column))
        if use is None:
            if checks is not None and column >= checks:
                use = Use.NOTE
            elif row >= first and _is_short_number(value):
                headings = _headings_over(filled) if headings is None else headings
                is_serial = fold(headings.get((row, column), "")).lower() in _SERIALS
                use = Use.LABEL if is_serial else _leftover(grid, row, column, value, above=False)
            else:
                use = _leftover(grid, row, column, value, above=row < first)
        elif use is Use.TITLE and _answers(grid, row, column):
            use = Use.UNREAD
        used[row, column] = use
    return used


def _leftover(grid: Grid, row: int, column: int, value: object, *, above: bool) -> Use:
    """What a cell is that no form took."""
    if above:
        return Use.UNREAD if _answers(grid, row, column) else Use.TITLE
    if not isinstance(value, str):
        return Use.UNREAD
    if is_note(value) or ends(value):
        return Use.NOTE
    if head_role(value) is not None or column_role(value) is not None or time_heading(value):
        return Use.LABEL
    if read_level(value) is not None:
        return Use.GROUP
    if is_heading(value):
        return Use.LABEL
    found = labelled_text(value)
    return Use.KNOWN if found is not None else Use.UNREAD


def is_heading(value: object) -> bool:
    """Whether a text heads a block and is no field: 资金情况."""
    if not isinstance(value, str):
        return False
    text = fold(plain_label(value)[0])
    return len(text) <= _LONGEST_HEADING and _HEADING.search(text) is not None


def _is_short_number(value: object) -> bool:
    """Whether a number may count the rows or the projects of a list, as under 序号."""
    text = fold(str(value)).removesuffix(".0")
    return text.isdigit() and len(text) <= _LONGEST_SERIAL


def _headings_over(filled: Sequence[tuple[int, int, object]]) -> dict[tuple[int, int], str]:
    """The last text above each number, in its column."""
    last: dict[int, str] = {}
    over: dict[tuple[int, int], str] = {}
    for row, column, value in filled:
        if column in last:
            over[row, column] = last[column]
        if isinstance(value, str) and not value.strip().isdigit():
            last[column] = value
    return over


def _answers(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell above a form stands behind the label of a field: its value is lost."""
    before = [value for at, value in grid.cells(row) if at < column]
    role = head_role(before[-1]) if before else None
    if role is None or role.name not in PROJECT_FIELDS:
        return False
    value = grid.value(row, column)
    # Labels side by side are the head of a list.
    return head_role(value) is None and column_role(value) is None and not is_heading(value)


def _check_block(filled: Sequence[tuple[int, int, object]]) -> int | None:
    """The column in which our own live checks begin beside a form."""
    return min((column for _, column, value in filled if value == CHECK_TITLE), default=None)


def _of_sheet(grid: Grid, forms: Sequence[Form], own: frozenset[str]) -> Iterator[Remark]:
    if not forms:
        if grid.sheet not in own and (filled := grid.filled()):
            row = filled[0]
            column, value = next(grid.cells(row), (0, None))
            lacks = what_it_lacks(grid)
            kind = RemarkKind.NO_FORM if lacks is None else RemarkKind.UNREAD_FORM
            place, text = grid.place(row, column), lacks or _NO_FORM
            yield Remark(place, text, value=_text(value), kind=kind)
        return
    yield from _nameless_above(grid, forms)
    for one in grid.told:
        place, text = grid.place(one.row, one.column), one.text[:_LONGEST_TEXT]
        kind = RemarkKind(str(one.kind))
        yield Remark(place, _SAID[kind], value=text, kind=kind)
    parts = [(form, values_apart(form)) for form in forms]
    strays = [stray for form, apart in parts for stray in (*form.inferred, *doubts(form, apart))]
    for stray in dict.fromkeys(strays):
        yield Remark(stray.place, stray.text, None, stray.field, _text(stray.value), stray.kind)
    told = {stray.place for form in forms for stray in form.strays}
    gone = {at for form, apart in parts for at in lost_values(form, apart)}
    lost = {at for at in gone if not is_heading(grid.value(*at))}
    uses = uses_of(grid, forms)
    yield from unseen_values(grid, uses)
    for (row, column), use in uses.items():
        if not (use is Use.UNREAD or use is Use.KNOWN or (row, column) in lost):
            continue
        place = grid.place(row, column)
        if place in told:
            continue
        value = grid.value(row, column)
        text = value if isinstance(value, str) else grid.shown(row, column, value)
        if (row, column) in lost:
            message, kind = LOST, RemarkKind.UNREAD
        elif use is Use.KNOWN:
            message, kind = _KNOWN, RemarkKind.KNOWN
        else:
            message, kind = _unread(grid, forms, row, column), RemarkKind.UNREAD
        yield Remark(place, message, value=text[:_LONGEST_TEXT], kind=kind)


def _nameless_above(grid: Grid, forms: Sequence[Form]) -> Iterator[Remark]:
    """A table of indicators above the first form: that of a form whose name nobody found."""
    first = min(form.rows[0] for form in forms)
    header = None if any(form.is_listed for form in forms) else find_header(grid, 0, first)
    if header is not None:
        cells = list(grid.cells(header.row))
        place, value = grid.place(header.row, cells[0][0]), _text(cells[0][1])
        yield Remark(place, _NAMELESS, None, "project_name", value, RemarkKind.UNREAD_FORM)


def _unread(grid: Grid, forms: Sequence[Form], row: int, column: int) -> str:
    """Why a cell was not understood: it is a label that no list holds, or what stands behind it."""
    if any(form.ledger.get((row, column)) is Use.UNREAD for form in forms):
        return _IN_TABLE
    if unknown_label(grid.value(row, column)) is None:
        return _UNREAD
    beside = [at for at, _ in grid.cells(row)]
    followed = next((at for at in beside if at > column), None)
    # What follows a label that is known belongs to that; a label stands before what it labels.
    before = next((at for at in reversed(beside) if at < column), None)
    labelled = before is not None and unknown_label(grid.value(row, before)) is not None
    return _UNKNOWN if followed is not None and not labelled else _UNREAD


def _text(value: object) -> str | None:
    """A value as the account shows it."""
    return None if value is None else str(value)[:_LONGEST_TEXT]
