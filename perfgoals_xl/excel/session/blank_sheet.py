"""Makes a blank form of a copied sheet in an open workbook.

Only what the form itself prints stays (see ``printed_text``), with its look, lists, formulas and
conditional formats. Answers, remarks, notes, links and pictures go, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

from perfgoals_xl.addresses import Area, a1
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.session.live_formulas import live_formula
from perfgoals_xl.excel.session.printed_text import Cell, printed
from perfgoals_xl.reading.grid import Grid

_PICTURE_FILL = 6  # Excel's msoFillPicture
# Shapes that are the form's when they say nothing; buttons and lists are its own in any case.
_FURNITURE, _DRAWN = ("form_control",), ("line", "auto_shape", "free_form", "callout", "text_box")

_Formulas = list[list[str]]


def make_blank(
    sheet: Any, model: Grid, *, others: Sequence[Grid], projects: Collection[str]
) -> None:
    """Empty ``sheet``, a fresh copy of the sheet ``model``, but for the form.

    ``others`` are the workbook's other sheets with a form, ``projects`` the names of all sheets
    with a project. Raises ``InputError`` for what cannot be taken away.
    """
    if getattr(sheet.api, "FilterMode", False):
        sheet.api.ShowAllData()
    formulas = _formulas(sheet, model)
    kept = printed(model, others)
    changed: dict[Cell, str] = {}
    gone: set[Cell] = set()
    for row, column, formula in _filled(formulas, model):
        value = model.value(row, column)
        text = kept.get((row, column))
        if text is None and _is_formula(formula, value):
            text = live_formula(formula, model=model.sheet, copy=sheet.name, projects=projects)
            if text is not None and text != formula:
                changed[row, column] = text
        elif text is not None and text != value:
            changed[row, column] = text
        if text is None:
            gone.add((row, column))
    # Pictures first: with them in the way every change of a cell is drawn anew.
    _remove_notes(sheet)
    _remove_shapes(sheet)
    _remove_links(sheet, kept)
    _empty(sheet, model, gone)
    for (row, column), text in changed.items():
        sheet.range(a1(row, column)).formula = text
    _empty_beyond(sheet, model)
    _see_that_it_is_gone(sheet, model, gone)


def clear_extras(area: Any) -> None:
    """Take away what hangs on cells besides their contents: notes, comments and links."""
    for clear in ("ClearComments", "ClearHyperlinks"):
        with suppress(AttributeError):
            getattr(area.api, clear)()


def _formulas(sheet: Any, grid: Grid) -> _Formulas:
    columns = max(map(len, grid.rows), default=1)
    told = sheet.range(f"A1:{a1(len(grid.rows) - 1, columns - 1)}").formula
    if not isinstance(told, tuple | list):
        return [[str(told)]]
    rows = [row if isinstance(row, tuple | list) else (row,) for row in told]
    if len(grid.rows) == 1 and len(rows) != 1:
        rows = [tuple(row[0] for row in rows)]  # one row comes without its brackets
    return [["" if text is None else str(text) for text in row] for row in rows]


def _filled(formulas: _Formulas, grid: Grid) -> Iterator[tuple[int, int, str]]:
    for row, texts in enumerate(formulas):
        for column, text in enumerate(texts):
            # A blank, or a text under a merged area, is no less somebody's.
            if text != "" or grid.value(row, column) not in (None, ""):
                yield row, column, text


def _is_formula(formula: str, value: object) -> bool:
    # A text that begins with "=" is its own formula.
    return formula.startswith("=") and formula != value


def _empty(sheet: Any, grid: Grid, gone: set[Cell]) -> None:
    under = {
        (row, column): area
        for area in grid.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    single = {cell for cell in gone if cell not in under}
    for area in _rectangles(single):
        _clear(sheet, area)
    for cell in sorted(gone - single):
        area = under[cell]
        if cell == (area.top, area.left):
            _clear(sheet, area)
        elif (area.top, area.left) not in gone:
            _clear_below(sheet, area, cell)


def _rectangles(cells: set[Cell]) -> Iterator[Area]:
    """The cells in as few rectangles as lie in whole rows or above each other."""
    open_: dict[tuple[int, int], Area] = {}
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        runs: list[tuple[int, int]] = []
        for column in columns:
            if runs and column == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], column)
            else:
                runs.append((column, column))
        following = {}
        for run in runs:
            above = open_.pop(run, None)
            top = above.top if above is not None and above.bottom == row - 1 else row
            if above is not None and top == row:
                yield above
            following[run] = Area(top, run[0], row, run[1])
        yield from open_.values()
        open_ = following
    yield from open_.values()


def _clear(sheet: Any, area: Area) -> None:
    cells = sheet.range(area.address)
    try:
        cells.clear_contents()
    except Exception:
        # Excel does not empty a part of what one formula fills.
        with suppress(Exception):
            cells.api.CurrentArray.ClearContents()


def _clear_below(sheet: Any, area: Area, cell: Cell) -> None:
    """Empty a cell that lies under a merged area whose text stays."""
    whole = sheet.range(area.address)
    whole.unmerge()
    sheet.range(a1(*cell)).clear_contents()
    whole.merge()


def _empty_beyond(sheet: Any, grid: Grid) -> None:
    """Empty what lies so far away that it is not read."""
    rows, columns = len(grid.rows), max(map(len, grid.rows), default=1)
    last = sheet.used_range.last_cell
    bottom, right = last.row - 1, last.column - 1
    if bottom >= rows:
        sheet.range(Area(rows, 0, bottom, max(right, columns - 1)).address).clear_contents()
    if right >= columns:
        sheet.range(Area(0, columns, rows - 1, right).address).clear_contents()


def _remove_notes(sheet: Any) -> None:
    with suppress(AttributeError):
        sheet.api.Cells.ClearComments()
    for note in list(sheet.notes):
        note.delete()
    with suppress(AttributeError):
        threads = sheet.api.CommentsThreaded
        for number in range(threads.Count, 0, -1):
            threads(number).Delete()


def _remove_links(sheet: Any, kept: Collection[Cell]) -> None:
    """Remove links; those of the form's own texts to places in this workbook stay."""
    links: Any = getattr(sheet.api, "Hyperlinks", None)
    if links is None:
        return  # Excel for Mac names them otherwise, and takes them away with the text
    for number in range(links.Count, 0, -1):
        link = links(number)
        try:
            cell = link.Range.Row - 1, link.Range.Column - 1
        except Exception:
            link.Delete()  # of a shape
            continue
        if link.Address or cell not in kept:
            link.Range.ClearHyperlinks()  # Delete would take the cell's look away, too.


def _remove_shapes(sheet: Any) -> None:
    for shape in list(sheet.shapes):
        if not _is_furniture(shape):
            shape.delete()


def _is_furniture(shape: Any) -> bool:
    try:
        kind = shape.type
        if kind in _FURNITURE:
            return True
        return kind in _DRAWN and not shape.text and shape.api.Fill.Type != _PICTURE_FILL
    except Exception:
        # A kind that xlwings does not know, or a shape that does not say what is in it.
        return False


def _see_that_it_is_gone(sheet: Any, model: Grid, gone: set[Cell]) -> None:
    left = _formulas(sheet, model)
    for row, column in sorted(gone):
        if left[row][column] != "":
            raise InputError(
                f"照“{model.sheet}”做的新表中，{a1(row, column)} 不能清空，没有新增",
                hint="这一格可能属于数组公式、数据透视表或合并区域，请改成普通单元格后再点一次。",
                sheet=model.sheet,
                cell=a1(row, column),
            )
