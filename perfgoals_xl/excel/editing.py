"""新增项目表 and 插入指标行: more room in an open workbook, laid out like what is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.book import path_of, read_book
from perfgoals_xl.excel.desk import Desk
from perfgoals_xl.excel.highlights import highlight
from perfgoals_xl.excel.notes import remove_notes
from perfgoals_xl.excel.results_sheet import results_sheet
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.forms import Form
from perfgoals_xl.reading.grid import Area, Grid, a1
from perfgoals_xl.reading.indicator_header import Header, find_header
from perfgoals_xl.reading.recognise import find_forms
from perfgoals_xl.workbooks.highlights import used_area

# Printed on a new form already: they are the same for all projects of a department.
_KEPT = ("supervising_department", "implementing_unit")
_NUMBERED = re.compile(r"项目(\d+)")


def add_project_sheet(desk: Desk) -> str:
    """Add a blank project form behind the last one and show it; returns what to tell.

    It is a copy of a form of this workbook, so that it looks like its neighbours. What was filled
    in on the copy is emptied; formulas stay. Raises ``InputError`` when there is none to copy.
    """
    book = desk.book
    grids = read_book(book).grids
    forms = {grid.sheet: _project_form(grid) for grid in grids}
    named = [name for name, form in forms.items() if form is not None]
    if not named:
        raise InputError(
            "这个工作簿中没有可以照着增加的项目表",
            hint="请先用“新建申报表”建立工作簿。",
            file=path_of(book),
        )
    if getattr(book.api, "ProtectStructure", False):
        raise InputError(
            "工作簿的结构受保护，无法添加工作表", hint="请先撤销工作簿保护。", file=path_of(book)
        )
    model = _model(named, forms, book.sheets.active.name)
    if getattr(book.sheets[model].api, "ProtectContents", False):
        raise InputError("工作表受保护，无法照着增加", hint="请先撤销保护。", sheet=model)
    name = _next_name(grid.sheet for grid in grids)
    with desk.quiet(f"正在新增“{name}”…"):
        sheet = book.sheets[model].copy(after=book.sheets[named[-1]], name=name)
        try:
            _prepare(sheet, forms[model])
            if results_sheet(book, file=path_of(book), sheets=forms.keys()) is not None:
                highlight(book, {name: used_area(grids[list(forms).index(model)])})
        except BaseException:
            with book.app.properties(display_alerts=False):
                sheet.delete()
            raise
    sheet.activate()
    form = forms[model]
    first = None if form is None else form.entries.get("project_name")
    if first is not None:
        sheet.range(first.place.cell).select()
    return f"已新增“{name}”，请从项目名称开始填写。填好名称后可以给工作表改名。"


def _prepare(sheet: Any, form: Form | None) -> None:
    """Make a copy of ``form`` a blank form that can be seen."""
    sheet.visible = True
    if form is not None:
        _empty(sheet, form)
    remove_notes(sheet.book, [sheet.name])


def _project_form(grid: Grid) -> Form | None:
    return next((form for form in find_forms(grid) if not form.is_department), None)


def _model(named: list[str], forms: dict[str, Form | None], active: str) -> str:
    """The sheet to copy: a blank form where there is one, else the one in front, else the last."""
    for name in named:
        form = forms[name]
        if form is not None and not form.lines and _is_unfilled(form):
            return name
    return active if active in named else named[-1]


def _is_unfilled(form: Form) -> bool:
    entries = form.entries.items()
    return all(is_blank(entry.value) for name, entry in entries if name not in _KEPT)


def _next_name(taken: Iterable[str]) -> str:
    names = set(taken)
    numbers = [int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))]
    number = max(numbers, default=0) + 1
    return f"项目{number:02d}"


def _empty(sheet: Any, form: Form) -> None:
    """Empty what is filled in on the copy of ``form``."""
    for name, entry in form.entries.items():
        if name not in _KEPT and not is_blank(entry.value):
            _clear(sheet.range(entry.place.cell).merge_area)
    header = find_header(form.grid, 0, len(form.grid.rows), form.year)
    if header is None:
        return
    for line in form.lines:
        row = int(re.sub(r"\D", "", line.target.place.cell)) - 1
        first = header.name
        for column, _ in form.grid.cells(row):
            if first <= column <= header.right:
                _clear(sheet.range(a1(row, column)).merge_area)


def _clear(area: Any) -> None:
    formula = area.formula
    first = formula if isinstance(formula, str) else formula[0][0]
    if not str(first).startswith("="):
        area.clear_contents()


def insert_indicator_row(desk: Desk) -> str:
    """Insert a blank row below the selected indicator, in the same group; returns what to tell.

    The row looks like the one above it, with its lists to choose from. Raises ``InputError`` when
    the selection is not in an indicator table or the sheet is protected.
    """
    book = desk.book
    sheet = book.sheets.active
    selection = desk.selection
    grid = next((g for g in read_book(book).grids if g.sheet == sheet.name), None)
    row = selection.row - 1 if selection is not None else -1
    header = None if grid is None else _header_above(grid, row)
    if grid is None or header is None:
        raise InputError(
            "请先选中指标表中的一行",
            hint="新行插在选中行的下面，属于同一个二级指标。",
            sheet=sheet.name,
        )
    if getattr(sheet.api, "ProtectContents", False):
        raise InputError("工作表受保护，无法插入行", hint="请先撤销保护。", sheet=sheet.name)
    with desk.quiet("正在插入指标行…"):
        _insert_below(sheet, grid, header, row)
    sheet.range((row + 2, header.name + 1)).select()
    return ""


def _header_above(grid: Grid, row: int) -> Header | None:
    """The header of the indicator table that ``row`` is a line of; None outside of a table."""
    if not 0 <= row < len(grid.rows):
        return None
    found = None
    for form in find_forms(grid):
        start = _row_of(form)
        header = find_header(grid, start, len(grid.rows), form.year)
        if header is not None and header.bottom < row:
            found = header
    if found is None:
        return None
    levels = range(found.left, found.name)
    for line in range(found.bottom + 1, row + 1):
        in_group = any(_vertical(grid, line, column) is not None for column in levels)
        inside = (c for c, _ in grid.cells(line) if found.left <= c <= found.right)
        if not in_group and next(inside, None) is None:
            return None
    return found


def _row_of(form: Form) -> int:
    rows = [int(re.sub(r"\D", "", e.place.cell)) - 1 for e in form.entries.values()]
    return min(rows, default=0)


def _vertical(grid: Grid, row: int, column: int) -> Area | None:
    """The merged area of several rows that a cell is in."""
    for area in grid.merges:
        inside = area.top <= row <= area.bottom and area.left <= column <= area.right
        if inside and area.bottom > area.top:
            return area
    return None


def _insert_below(sheet: Any, grid: Grid, header: Header, row: int) -> None:
    # Excel would insert what was copied last.
    sheet.book.app.cut_copy_mode = False
    below = row + 2  # counted from one, as Excel does
    sheet.range(f"{below}:{below}").insert(shift="down", copy_origin="format_from_left_or_above")
    first = a1(row, header.name)
    last = a1(row, header.right)
    # Copied whole, because an inserted row has no lists to choose from and no merged cells.
    sheet.range(f"{first}:{last}").copy(sheet.range(a1(row + 1, header.name)))
    sheet.range(f"{a1(row + 1, header.name)}:{a1(row + 1, header.right)}").clear_contents()
    for column in range(header.left, header.name):
        _extend_level(sheet, grid, row, column)


def _extend_level(sheet: Any, grid: Grid, row: int, column: int) -> None:
    """See to it that the new row belongs to the group of the row above it."""
    area = _vertical(grid, row, column)
    if area is not None and area.bottom > row:
        return  # Inside a merged area: Excel has extended it.
    column_is_merged = any(
        merge.left <= column <= merge.right and merge.bottom > merge.top for merge in grid.merges
    )
    top = row if area is None else area.top
    right = column if area is None else area.right
    if area is not None and area.left < column:
        return  # An area over both level columns was seen to with the first.
    if area is None and not column_is_merged:
        # A form without merged cells says the level in every row.
        term = grid.value(row, column)
        if not is_blank(term):
            sheet.range(a1(row + 1, column)).value = term
        return
    joined = sheet.range(f"{a1(top, column)}:{a1(row + 1, right)}")
    with sheet.book.app.properties(display_alerts=False):
        joined.unmerge()
        joined.merge()
