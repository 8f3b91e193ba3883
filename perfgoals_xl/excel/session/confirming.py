"""统一说明: one reason for several findings at once, written under 说明 on 校验结果."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.declaration import Reason
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.checking import NOT_YET
from perfgoals_xl.excel.session.desk import Desk
from perfgoals_xl.excel.session.results_sheet import results_grid, results_sheet
from perfgoals_xl.form.own_sheets import RESULTS_SHEET, SEVERITY_LABELS, SEVERITY_OF_LABEL
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.own_sheets.reason_sheet import listed_rows
from perfgoals_xl.reading.own_sheets.results_layout import Cells, Layout, find_layout
from perfgoals_xl.review.grouping import group_key
from perfgoals_xl.review.reasons import why_none

_NOTHING = (
    "选中的地方没有待说明的问题。请在“校验结果”表中选中一行或几行，或在申报表中选中有颜色的单元格。"
)

_HINT = SEVERITY_LABELS["info"]


class _Row(NamedTuple):
    """A row of the list: where it stands, what it says, its level, and whether it is unanswered."""

    row: int
    line: Reason
    level: str
    is_open: bool


def confirm(desk: Desk) -> str:
    """Ask for a reason and write it against what is selected, or against all of one rule.

    Nothing that has a reason is changed. Returns what to tell.
    """
    book = desk.book
    sheet = results_sheet(book, file=Path(book.name), sheets=[item.name for item in book.sheets])
    if sheet is None:
        return NOT_YET
    grid = results_grid(sheet)
    layout = find_layout(grid)
    if layout is None or not layout.rows:
        return NOT_YET
    column = layout.columns.get("waiver")
    if column is None:
        raise InputError(
            "这张表没有“说明”一栏", hint="请再校验一次，程序会补上。", sheet=RESULTS_SHEET
        )
    if getattr(sheet.api, "ProtectContents", False):
        raise InputError("工作表受保护，无法写入", hint="请先撤销保护。", sheet=RESULTS_SHEET)
    rows = list(_rows(grid, layout))
    chosen = _selected(desk, rows)
    targets = [row for row in chosen if row.is_open]
    if not targets:
        return _NOTHING
    of_rule = [r for r in rows if r.is_open and r.line.rule == targets[0].line.rule]
    if len(chosen) == 1 and len(of_rule) > 1:
        rule = targets[0].line.rule
        if desk.agree(
            f"规则 {rule} 还有 {len(of_rule)} 项没有说明。要给它们写同一个理由吗？\n\n"
            f"是：{len(of_rule)} 项都写；否：只写选中的 1 项。"
        ):
            targets = of_rule
    text = desk.ask(f"给 {len(targets)} 项问题写同一个理由：\n{_named(targets)}")
    if text is None:
        return ""
    fault = why_none(targets[0].line._replace(text=text))
    if fault:
        raise InputError(fault.rstrip("。"), hint="请用自己的话写明理由。")
    _write(sheet, column, [row.row for row in targets], text)
    return (
        f"已给 {len(targets)} 项问题写上说明：{text}\n\n"
        f"写在“{RESULTS_SHEET}”一表，原来有说明的没有改动；再校验一次后列表随之更新。"
    )


def _rows(grid: Grid, layout: Layout) -> Iterator[_Row]:
    """The rows for findings; of those told together only the single ones count as open."""
    cells, at = Cells(grid), layout.columns
    for row, line in zip(layout.rows, listed_rows(grid, layout), strict=True):
        label = fold(cells.text(row, at.get("severity")))
        finding = bool(line.rule) and ("severity" not in at or label in SEVERITY_OF_LABEL)
        if line.group or finding:
            yield _Row(row, line, line.level or label, not line.group and not line.text)


def _selected(desk: Desk, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that the selection is about; a row for a group stands for what it opens."""
    selection = desk.selection
    if selection is None:
        return []
    name = desk.book.sheets.active.name
    areas = list(_areas(selection))
    if name != RESULTS_SHEET:
        return [
            row
            for row in rows
            if row.line.sheet == name
            and not row.line.group
            and any(_holds(area, *row_column(row.line.cell)) for area in areas if row.line.cell)
        ]
    chosen = [r for r in rows if any(area.top <= r.row <= area.bottom for area in areas)]
    inside = {member.row for row in chosen if row.line.group for member in _members(row, rows)} | {
        row.row for row in chosen if not row.line.group
    }
    return [row for row in rows if row.row in inside]


def _members(group: _Row, rows: Sequence[_Row]) -> list[_Row]:
    """What a row for a group opens: the rows that say the same, or those below of a rest."""
    if not group.line.rule:
        # Whoever sorted the list, or deleted rows of it, has other findings there.
        below = (row for row in rows if row.row > group.row)
        own = takewhile(lambda row: _is_rest_of(row, group), below)
        return list(islice(own, group.line.group))
    key = _key(group)
    return [row for row in rows if not row.line.group and _key(row) == key]


def _is_rest_of(row: _Row, group: _Row) -> bool:
    same = row.line.project == group.line.project
    return same and row.level == _HINT and not row.line.group


def _key(row: _Row) -> tuple[str, ...]:
    line = row.line
    about = group_key(line.rule, line.sheet, line.project, line.message, hint=row.level == _HINT)
    return row.level, *about


def _areas(selection: Any) -> Iterator[Area]:
    for part in str(selection.address).replace("$", "").split(","):
        first, _, last = part.rpartition("!")[2].partition(":")
        top, left = _corner(first, 0)
        bottom, right = _corner(last or first, 1_048_575)
        yield Area(top, left, bottom, right)


def _corner(text: str, otherwise: int) -> tuple[int, int]:
    """A corner of an area; whole rows and columns go as far as a sheet does."""
    if text.isdigit():
        return int(text) - 1, min(otherwise, 16_383)
    if text.isalpha():
        return otherwise, row_column(f"{text}1")[1]
    return row_column(text)


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _named(targets: Sequence[_Row]) -> str:
    """The first of them in one line."""
    line = targets[0].line
    told = f"{line.rule} {line.sheet} {line.cell}：{line.message}"
    told = told if len(told) <= 80 else f"{told[:79]}…"
    return told if len(targets) == 1 else f"{told} 等"


def _write(sheet: Any, column: int, rows: Sequence[int], text: str) -> None:
    # One by one: into a block Excel would write only the rows that a filter shows.
    for row in rows:
        sheet.range(a1(row, column)).raw_value = text
