"""校验, 清除标记, 上一处 and 下一处: the findings of an open workbook and the way through them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from perfgoals_xl.addresses import row_column
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.desk import Desk
from perfgoals_xl.excel.session.live_highlights import highlight
from perfgoals_xl.excel.session.notes import remove_notes, write_notes
from perfgoals_xl.excel.session.open_book import read_book
from perfgoals_xl.excel.session.results_sheet import (
    has_notes,
    remember,
    results_grid,
    results_sheet,
    was_validated,
    write_results,
)
from perfgoals_xl.excel.session.sheet_layout import is_shown
from perfgoals_xl.form.own_sheets import RESULTS_SHEET, SEVERITY_LABELS
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.assemble import assemble
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.load import no_form
from perfgoals_xl.reading.own_sheets.group_rows import (
    group_label,
    group_size,
    is_told_answers,
)
from perfgoals_xl.reading.own_sheets.results_layout import Cells, find_layout
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.reading.sources.source import Source
from perfgoals_xl.review.findings import Review
from perfgoals_xl.review.reasons import NOT_TYPED, why_none
from perfgoals_xl.review.report import closing_line
from perfgoals_xl.review.run import review
from perfgoals_xl.review.settings import read_settings
from perfgoals_xl.workbooks.findings.highlights import form_areas
from perfgoals_xl.workbooks.findings.layout import COLUMNS, FindingLine, left_out
from perfgoals_xl.workbooks.findings.lines import CLEARED, NO_LONGER, grouped_lines

_ADDRESS = re.compile("[A-Z]{1,3}[0-9]{1,7}")
_FEW = 3
NOT_YET = "还没有校验。请先点“校验全部”或“校验本表”。"


@dataclass(frozen=True)
class OpenDeclaration:
    """An open workbook as it was read: its grids and the declaration on them."""

    source: Source
    declaration: Declaration

    @property
    def file(self) -> Path:
        """Where the workbook is saved."""
        return self.source.path

    @property
    def sheets(self) -> list[str]:
        """The names of the worksheets."""
        return [grid.sheet for grid in self.source.grids]

    def grid(self, sheet: str) -> Grid | None:
        """The grid of a sheet; None where there is none of that name."""
        return next((grid for grid in self.source.grids if grid.sheet == sheet), None)


def read_open(book: Any) -> OpenDeclaration:
    """Read an open workbook. Raises ``InputError`` when there is no declaration in it."""
    source = read_book(book)
    declaration = assemble(source)
    if declaration.is_empty:
        raise no_form(declaration, "这个工作簿中没有绩效目标申报表")
    return OpenDeclaration(source, declaration)


def validate_book(desk: Desk) -> str:
    """Review the whole workbook and mark what is found; returns what to tell."""
    with desk.quiet("正在校验全部工作表…"):
        opened = read_open(desk.book)
        found = review(opened.declaration)
        besides = _mark(desk, opened, found)
    return _told("全部工作表：", found, besides) + untaken(opened.declaration, found)


def validate_sheet(desk: Desk) -> str:
    """Review the whole workbook and mark what concerns the sheet in front.

    Findings on sheets that 校验结果 lists already are brought up to date; sheets that nobody has
    validated yet stay unlisted, so that work in progress elsewhere is left in peace.
    """
    name = desk.book.sheets.active.name
    with desk.quiet(f"正在校验“{name}”…"):
        opened = read_open(desk.book)
        grid = opened.grid(name)
        if grid is None or not find_forms(grid):
            raise InputError(
                "当前工作表不是申报表", hint="请先点开一张项目表或部门整体表。", sheet=name
            )
        found = review(opened.declaration)
        listed = {name} | {line.sheet for line in _listed(opened.grid(RESULTS_SHEET))}
        kept = (f for f in found.findings if f.sheet in listed or f.waiver)
        shown = replace(found, findings=tuple(kept))
        besides = _mark(desk, opened, shown)
    own = [finding for finding in found.findings if finding.sheet == name]
    since = None if found.since is None else found.since.of_sheet(name)
    told = _told(f"“{name}”：", Review(findings=tuple(own), since=since), besides)
    return told + untaken(opened.declaration, found)


def clear_marks(desk: Desk) -> str:
    """Take all marks away; what staff wrote under 说明 is kept."""
    with desk.quiet("正在清除标记…"):
        source = read_book(desk.book)
        opened = OpenDeclaration(source, assemble(source))
        there = results_sheet(desk.book, file=opened.file, sheets=opened.sheets) is not None
        listed = opened.grid(RESULTS_SHEET)
        if not there or not (_listed(listed, every_row=True) or was_validated(listed)):
            return "这个工作簿中没有校验标记。"
        kept = [
            line._replace(severity=_cleared(line))
            for line in _listed(listed, every_row=True)
            if line.waiver and not is_told_answers(line.waiver)
        ]
        plan = write_results(
            desk.book, kept, file=opened.file, sheets=opened.sheets, grid=listed, gone=CLEARED
        )
        if has_notes(listed):
            remove_notes(desk.book, opened.declaration.form_sheets)
        remember(desk.book, plan, validated=False, noted=False)
    reasons = f"已写的 {len(kept)} 条说明保留在“{RESULTS_SHEET}”中。" if kept else ""
    return f"标记已清除。{reasons}"


def _cleared(line: FindingLine) -> str:
    return group_label(CLEARED, group_size(line.severity))


def _mark(desk: Desk, opened: OpenDeclaration, found: Review) -> list[str]:
    """Write the findings, highlight them, note them where asked; what is to be told of it."""
    wanted = read_settings(opened.declaration).notes
    listed = opened.grid(RESULTS_SHEET)
    noted = has_notes(listed)
    lines = grouped_lines(found)
    forms = opened.declaration.form_sheets
    desk.status("正在写入校验结果…")
    plan = write_results(desk.book, lines, file=opened.file, sheets=opened.sheets, grid=listed)
    refused = highlight(desk.book, form_areas(opened.declaration, lines))
    if noted:
        remove_notes(desk.book, forms)
    if wanted:
        write_notes(desk.book, (line for line in lines if line.sheet not in refused))
    remember(desk.book, plan, validated=True, noted=wanted)
    told = [cut] if (cut := left_out(lines)) else []
    if refused:
        told.append(f"这些工作表受保护，没有着色：{'、'.join(refused)}。")
    return told


def _told(what: str, found: Review, besides: Sequence[str]) -> str:
    since = "" if found.since is None else f"{found.since.told()}。\n\n"
    text = since + what + closing_line(found)
    if found.findings:
        text += f"\n\n逐条说明在“{RESULTS_SHEET}”一表；点“下一处”可逐处查看。"
    return "\n\n".join([text, *besides])


def untaken(declaration: Declaration, found: Review) -> str:
    """What stands under 说明 and answers nothing, to be added to what is told; else nothing."""
    told = [
        f"{remark.place.sheet} {remark.place.cell}：{remark.text}。"
        for remark in declaration.remarks
        if remark.field == "waiver"
    ]
    told += [
        f"{reason.place.sheet} {reason.place.cell}：{why_none(reason) or NOT_TYPED}。"
        for reason in found.not_reasons
    ]
    if not told:
        return ""
    more = f"\n……共 {len(told)} 处" if len(told) > _FEW else ""
    return "\n\n注意：\n" + "\n".join(told[:_FEW]) + more


class Stop(NamedTuple):
    """A cell with findings: its place, and what is found there."""

    sheet: str
    cell: str
    findings: tuple[FindingLine, ...]


def step(desk: Desk, *, forward: bool) -> str:
    """Go to the next or the previous cell with a finding; returns what is found there.

    Findings that have a reason are passed over. Behind the last one it begins anew.
    """
    book = desk.book
    # Nobody can be taken to a hidden sheet; 校验结果 still lists what is found there.
    order = {item.name: number for number, item in enumerate(book.sheets) if is_shown(item)}
    # Only its name: to find out the folder of a workbook on a server takes long.
    sheet = results_sheet(book, file=Path(book.name), sheets=[item.name for item in book.sheets])
    if sheet is None:
        return NOT_YET
    grid = results_grid(sheet)
    if not _listed(grid) and not was_validated(grid):
        return NOT_YET
    stops = _stops(grid, order)
    if not stops:
        return _nothing_left(grid, order)
    keys = [(order[stop.sheet], *row_column(stop.cell)) for stop in stops]
    here = _selected(desk, grid, order)
    at = bisect_right(keys, here) if forward else bisect_left(keys, here) - 1
    # Behind the last one comes the first, before the first one the last.
    stop = stops[at % len(stops)]
    book.sheets[stop.sheet].activate()
    book.sheets[stop.sheet].range(stop.cell).select()
    told = f"{stop.sheet} {stop.cell}（第 {at % len(stops) + 1} 处，共 {len(stops)} 处）"
    for line in stop.findings:
        told += f"\n\n{SEVERITY_LABELS[line.severity]} {line.rule}：{line.message}"
        told += f"\n→ {line.suggestion}" if line.suggestion else ""
    return told


def _nothing_left(grid: Grid, order: dict[str, int]) -> str:
    """What is told where no cell that can be gone to has an open finding."""
    hidden = dict.fromkeys(
        line.sheet
        for line in _listed(grid)
        if line.sheet and line.sheet not in order and line.cell and not line.waiver
    )
    if not hidden:
        return "没有待处理的问题。"
    names = "、".join(f"“{name}”" for name in hidden)
    return f"看得见的工作表中没有待处理的问题；隐藏的工作表{names}还有问题，请看“{RESULTS_SHEET}”。"


def _selected(desk: Desk, grid: Grid, order: dict[str, int]) -> tuple[int, int, int]:
    """Where the person is; on 校验结果, the cell that the selected row is about."""
    sheet = desk.book.sheets.active.name
    selection = desk.selection
    row, column = (selection.row - 1, selection.column - 1) if selection is not None else (0, 0)
    if sheet != RESULTS_SHEET:
        return order.get(sheet, 0), row, column
    line = next((line for line in _listed(grid, only_row=row) if line.sheet in order), None)
    if line is None or not line.cell:
        return -1, 0, 0
    at = row_column(line.cell)
    # In front of its own cell, so that a step forward goes there.
    return order[str(line.sheet)], at[0], at[1] - 1


def _stops(grid: Grid, order: dict[str, int]) -> list[Stop]:
    cells: dict[tuple[str, str], list[FindingLine]] = {}
    for line in _listed(grid):
        if line.sheet in order and line.cell and not line.waiver:
            cells.setdefault((str(line.sheet), line.cell), []).append(line)
    stops = [Stop(sheet, cell, tuple(lines)) for (sheet, cell), lines in cells.items()]
    return sorted(stops, key=lambda stop: (order[stop.sheet], row_column(stop.cell)))


def _listed(
    grid: Grid | None, *, every_row: bool = False, only_row: int | None = None
) -> list[FindingLine]:
    """The findings as 校验结果 lists them; with ``every_row`` also rows kept for their reason."""
    layout = None if grid is None else find_layout(grid)
    if grid is None or layout is None:
        return []
    severities = {label: severity for severity, label in SEVERITY_LABELS.items()}
    keys = [column.key for column in COLUMNS if column.key not in ("number", "severity")]
    cells, lines = Cells(grid), []
    for row in layout.rows if only_row is None else {only_row}.intersection(layout.rows):
        label = fold(cells.text(row, layout.columns.get("severity")))
        severity = severities.get(label, label)
        if severity in SEVERITY_LABELS or (
            every_row and (severity in (NO_LONGER, CLEARED) or group_size(severity))
        ):
            texts = {key: cells.text(row, layout.columns.get(key)) or None for key in keys}
            for key in ("rule", "message", "suggestion"):
                texts[key] = texts[key] or ""
            if not _ADDRESS.fullmatch(texts["cell"] or ""):
                texts["cell"] = None  # a finding without a cell, or its cell was deleted
            lines.append(FindingLine(severity=severity, **texts))  # type: ignore[arg-type]
    return lines
