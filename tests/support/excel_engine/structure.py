"""Inserting, deleting, merging and copying cells with Excel's meaning.

Real: LibreOffice moves cells, formulas, validations and conditional formats. Imitated: a merge
keeps one value, an inserted row takes the height of the one it comes after, and which row's formats
an insertion takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .calls import ExcelError
from .format_groups import Part
from .sheets import CONTENTS

if TYPE_CHECKING:
    from .ranges import Range
    from .sheets import Sheet

_ROWS, _COLUMNS = 1_048_576, 16_384
_DOWN, _RIGHT, _WHOLE_ROWS, _WHOLE_COLUMNS = "DOWN", "RIGHT", "ROWS", "COLUMNS"
_ANNOTATION = 8


def at(sheet: Sheet, address: Any) -> Range:
    """The range of a UNO range address."""
    from .ranges import Range

    return Range(
        sheet,
        coords=(
            address.StartRow + 1,
            address.StartColumn + 1,
            address.EndRow - address.StartRow + 1,
            address.EndColumn - address.StartColumn + 1,
        ),
    )


def _mode(range_: Range, shift: str | None, kinds: dict[str, str], enum: str) -> Any:
    import uno

    _, _, _, rows, columns = range_.coords
    if columns == _COLUMNS:
        name = _WHOLE_ROWS
    elif rows == _ROWS:
        name = _WHOLE_COLUMNS
    else:
        # Without a word for it Excel decides by the shape.
        name = kinds[shift] if shift else list(kinds.values())[columns < rows]
    return uno.Enum(f"com.sun.star.sheet.{enum}", name)


def insert(range_: Range, shift: str | None, copy_origin: str | None) -> None:
    """Excel's Range.Insert."""
    row = range_.coords[1]
    mode = _mode(range_, shift, {"down": _DOWN, "right": _RIGHT}, "CellInsertMode")
    sheet = range_._sheet.uno
    address = range_.uno.RangeAddress
    whole_rows = mode.value == _WHOLE_ROWS
    height = sheet.Rows.getByIndex(max(row - 2, 0)).Height if whole_rows else None
    sheet.insertCells(address, mode)
    new = sheet.getCellRangeByPosition(
        address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
    )
    if copy_origin == "format_from_right_or_below":
        _formats_from_below(sheet, address, mode.value in (_WHOLE_ROWS, _DOWN))
    elif height is not None and row > 1:
        new.Rows.Height = height


def _formats_from_below(sheet: Any, address: Any, below: bool) -> None:
    rows = address.EndRow - address.StartRow + 1
    columns = address.EndColumn - address.StartColumn + 1
    for step in range(rows if below else columns):
        row = address.StartRow + (step if below else 0)
        column = address.StartColumn + (0 if below else step)
        source = sheet.getCellRangeByPosition(
            address.StartColumn if below else address.EndColumn + 1,
            address.EndRow + 1 if below else address.StartRow,
            address.EndColumn if below else address.EndColumn + 1,
            address.EndRow + 1 if below else address.EndRow,
        )
        target = sheet.getCellByPosition(column, row)
        sheet.copyRange(target.CellAddress, source.RangeAddress)
        copied = sheet.getCellRangeByPosition(
            column,
            row,
            address.EndColumn if below else column,
            row if below else address.EndRow,
        )
        copied.clearContents(CONTENTS | _ANNOTATION)
        if below:
            copied.Rows.Height = source.Rows.getByIndex(0).Height


def delete(range_: Range, shift: str | None) -> None:
    """Excel's Range.Delete."""
    kinds = {"up": "UP", "left": "LEFT"}
    mode = _mode(range_, shift, kinds, "CellDeleteMode")
    range_._sheet.uno.removeRange(range_.uno.RangeAddress, mode)


def copy(source: Range, destination: Range) -> None:
    """Copies cells with all that hangs on them, within a workbook."""
    if source._sheet._book is not destination._sheet._book:
        raise ExcelError("copying cells to another workbook is not imitated")
    target = destination.uno.getCellByPosition(0, 0).CellAddress
    destination._sheet.uno.copyRange(target, source.uno.RangeAddress)


def merge(range_: Range, across: bool) -> None:
    """Merges the cells into one, or with ``across`` each row into one."""
    unmerge(range_)
    areas = list(range_.uno.Rows) if across else [range_.uno]
    if across:
        _, _, _, rows, columns = range_.coords
        areas = [range_.uno.getCellRangeByPosition(0, r, columns - 1, r) for r in range(rows)]
    for area in areas:
        data = area.getFormulaArray()
        cells = [(r, c) for r, row in enumerate(data) for c, text in enumerate(row) if text]
        if cells and cells[0] != (0, 0):
            r, c = cells[0]
            target = area.getCellByPosition(0, 0).CellAddress
            area.Spreadsheet.copyRange(target, area.getCellByPosition(c, r).RangeAddress)
        for r, c in cells:
            if (r, c) != (0, 0):
                area.getCellByPosition(c, r).clearContents(CONTENTS)
        area.merge(True)


def unmerge(range_: Range) -> None:
    """Undoes every merge that the range touches."""
    if range_._empty:
        return
    cursor = range_._sheet.uno.createCursorByRange(range_.uno)
    cursor.collapseToMergedArea()
    cursor.merge(False)


def merge_cells(range_: Range) -> bool | None:
    """Whether all cells (True), none (False) or some (None) are merged."""
    merged = range_.excel.merges.cells(range_._sheet)
    area = _part(range_)
    inside = sum(
        area.top <= row <= area.bottom and area.left <= column <= area.right
        for row, column in merged
    )
    if not inside:
        return False
    return True if inside == range_.coords[3] * range_.coords[4] else None


def merge_area(cell: Range) -> Range:
    """The merged area that the cell is in, or the cell."""
    from .ranges import Range

    _, row, column, _, _ = cell.coords
    part = cell.excel.merges.cells(cell._sheet).get((row - 1, column - 1))
    if part is None:
        return cell
    size = part.bottom - part.top + 1, part.right - part.left + 1
    return Range(cell._sheet, coords=(part.top + 1, part.left + 1, *size))


def merged_away(range_: Range) -> set[tuple[int, int]]:
    """The cells, counted from 0 in the range, that lie under another one."""
    area = _part(range_)
    return {
        (row - area.top, column - area.left)
        for (row, column), part in range_.excel.merges.cells(range_._sheet).items()
        if (row, column) != (part.top, part.left)
        and area.top <= row <= area.bottom
        and area.left <= column <= area.right
    }


def _part(range_: Range) -> Part:
    _, row, column, rows, columns = range_.coords
    return Part(row - 1, column - 1, row + rows - 2, column + columns - 2)


def edge(sheet: Any, row: int, column: int, down: int, across: int) -> tuple[int, int]:
    """Where Ctrl and an arrow key lead from a cell; all counted from 0."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    bottom, right = max(last.EndRow, row), max(last.EndColumn, column)
    data = sheet.getCellRangeByPosition(0, 0, right, bottom).getFormulaArray()

    def filled(r: int, c: int) -> bool:
        return 0 <= r <= bottom and 0 <= c <= right and data[r][c] != ""

    limit = (
        (_ROWS - 1 if down > 0 else 0) if down else row,
        (_COLUMNS - 1 if across > 0 else 0) if across else column,
    )
    if (row, column) == limit:
        return limit
    r, c = row + down, column + across
    if filled(row, column) and filled(r, c):
        while filled(r + down, c + across):
            r, c = r + down, c + across
        return r, c
    while not filled(r, c):
        if not (0 <= r <= bottom and 0 <= c <= right):
            return limit
        r, c = r + down, c + across
    return r, c
