"""新增项目表 and 插入指标行: more room in an open workbook, laid out like what is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.blank_sheet import clear_extras, make_blank
from perfgoals_xl.excel.session.desk import Desk
from perfgoals_xl.excel.session.live_highlights import highlight
from perfgoals_xl.excel.session.open_book import path_of, read_book
from perfgoals_xl.excel.session.printed_text import KEPT_FIELDS
from perfgoals_xl.excel.session.results_sheet import results_sheet
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.workbooks.findings.highlights import used_area

_VERY_HIDDEN = 2  # Excel's xlSheetVeryHidden
_NUMBERED = re.compile(r"项目(\d+)")


def add_project_sheet(desk: Desk) -> str:
    """Add a blank project form behind the last one and show it; returns what to tell.

    It is a copy of a form of this workbook, so that it looks like its neighbours. Nothing but the
    form itself stays on the copy. Raises ``InputError`` when there is none to copy.
    """
    book = desk.book
    grids = read_book(book).grids
    forms = {grid.sheet: found for grid in grids if (found := find_forms(grid))}
    named = [name for name, found in forms.items() if _project(found) is not None]
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
    model = _model(book, named, forms)
    if _is_protected(book.sheets[model]):
        raise InputError("工作表受保护，无法照着增加", hint="请先撤销保护。", sheet=model)
    name = _next_name(_tabs(book, grids))
    others = [grid for grid in grids if grid.sheet in named and grid.sheet != model]
    grid = next(grid for grid in grids if grid.sheet == model)
    with desk.quiet(f"正在新增“{name}”…"):
        sheet = _copied(book, model, named[-1], name)
        try:
            sheet.visible = True
            make_blank(sheet, grid, others=others, projects=named)
            if results_sheet(book, file=path_of(book), sheets=_names(grids)) is not None:
                highlight(book, {name: used_area(grid)})
        except BaseException:
            _discard(sheet)
            raise
    sheet.activate()
    form = _project(forms[model])
    first = None if form is None else form.entries.get("project_name")
    if first is not None:
        sheet.range(first.place.cell).select()
    return f"已新增“{name}”，请从项目名称开始填写。填好名称后可以给工作表改名。"


def _names(grids: Iterable[Grid]) -> list[str]:
    return [grid.sheet for grid in grids]


def _project(forms: Iterable[Form]) -> Form | None:
    return next((form for form in forms if not form.is_department), None)


def _is_protected(sheet: Any) -> bool:
    """Whether cells or notes and pictures of a sheet may not be changed."""
    kinds = ("ProtectContents", "ProtectDrawingObjects")
    return any(getattr(sheet.api, kind, False) for kind in kinds)


def _model(book: Any, named: list[str], forms: dict[str, list[Form]]) -> str:
    """The sheet to copy: a blank form where there is one, else the one in front, else the last.

    Sheets with one form come before those with several, and Excel copies no sheet that is hidden
    from its own lists.
    """
    taken = [name for name in named if book.sheets[name].visible != _VERY_HIDDEN]
    if not taken:
        raise InputError(
            "项目表都被深度隐藏，无法照着增加",
            hint="请先让一张项目表显示出来。",
            file=path_of(book),
        )
    single = [name for name in taken if len(forms[name]) == 1] or taken
    for name in single:
        if all(not form.lines and _is_unfilled(form) for form in forms[name]):
            return name
    active = book.sheets.active.name
    return active if active in single else single[-1]


def _is_unfilled(form: Form) -> bool:
    entries = form.entries.items()
    return all(is_blank(entry.value) for name, entry in entries if name not in KEPT_FIELDS)


def _tabs(book: Any, grids: Iterable[Grid]) -> list[str]:
    """The names of all tabs, those of charts and old macros too."""
    try:
        return [str(tab.Name) for tab in book.api.Sheets]
    except Exception:
        # Only Excel on Windows counts them so.
        return _names(grids)


def _next_name(taken: Iterable[str]) -> str:
    names = [unicodedata.normalize("NFKC", name).strip() for name in taken]
    numbers = [int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))]
    number = max(numbers, default=0) + 1
    return f"项目{number:02d}"


def _copied(book: Any, model: str, after: str, name: str) -> Any:
    """A copy of the sheet ``model``; none is left where Excel does not take its new name."""
    before = {sheet.name for sheet in book.sheets}
    try:
        return book.sheets[model].copy(after=book.sheets[after], name=name)
    except Exception:
        for sheet in [sheet for sheet in book.sheets if sheet.name not in before]:
            _discard(sheet)
        raise InputError(
            "Excel 没有能够复制这张工作表",
            hint="请先手工复制一张项目表，看 Excel 提示什么；也可以重新打开工作簿再试。",
            sheet=model,
        ) from None


def _discard(sheet: Any) -> None:
    with sheet.book.app.properties(display_alerts=False):
        sheet.delete()


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
    if _is_protected(sheet):
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
    app = sheet.book.app
    # Excel would insert what was copied last.
    app.cut_copy_mode = False
    below = row + 2  # counted from one, as Excel does
    whole = f"{below}:{below}"
    try:
        sheet.range(whole).insert(shift="down", copy_origin="format_from_left_or_above")
    except Exception:
        raise InputError(
            "Excel 不允许在这里插入行",
            hint="请检查这里是否有数组公式、数据透视表或筛选，或者表的最后一行已有内容。",
            sheet=sheet.name,
            cell=a1(row, header.name),
        ) from None
    try:
        first, last = a1(row, header.name), a1(row, header.right)
        new = sheet.range(f"{a1(row + 1, header.name)}:{a1(row + 1, header.right)}")
        # Copied whole, because an inserted row has no lists to choose from and no merged cells.
        with _without_pictures(app):
            sheet.range(f"{first}:{last}").copy(sheet.range(a1(row + 1, header.name)))
        new.clear_contents()
        clear_extras(new)
        for column in range(header.left, header.name):
            _extend_level(sheet, grid, row, column)
    except BaseException:
        sheet.range(whole).delete(shift="up")
        raise


@contextmanager
def _without_pictures(app: Any) -> Iterator[None]:
    """Cells are copied without the pictures that lie on them."""
    before = getattr(app.api, "CopyObjectsWithCells", None)
    if before:
        app.api.CopyObjectsWithCells = False
    try:
        yield
    finally:
        if before:
            app.api.CopyObjectsWithCells = before


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
