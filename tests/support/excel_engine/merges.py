"""Which cells are merged, asked of LibreOffice once per sheet and kept until something moves cells.

LibreOffice has no list of merged areas; to ask cell by cell takes seconds for a form. A test that
merges cells behind the engine's back calls ``excel.merges.forget()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sheets import Sheet


class Part(NamedTuple):
    """A rectangle of cells counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> Iterator[tuple[int, int]]:
        """All (row, column)."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


def parts(ranges: Any, first: Any = None) -> list[Part]:
    """The rectangles of UNO's ``ranges``; relative to the UNO address ``first`` if there is one."""
    row, column = (first.StartRow, first.StartColumn) if first else (0, 0)
    return [
        Part(at.StartRow - row, at.StartColumn - column, at.EndRow - row, at.EndColumn - column)
        for at in ranges.RangeAddresses
    ]


def format_groups(area: Any) -> list[Any]:
    """LibreOffice's groups of equally formatted cells in an area."""
    groups = area.getUniqueCellFormatRanges()
    return [groups.getByIndex(index) for index in range(groups.Count)]


class Merges:
    """The merged areas of the sheets of a session."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], dict[tuple[int, int], Part]] = {}

    def forget(self) -> None:
        """Asks anew from now on."""
        self._known.clear()

    def cells(self, sheet: Sheet) -> dict[tuple[int, int], Part]:
        """Every cell of the sheet that is merged, with its area."""
        key = id(sheet._book), sheet._index()
        if key not in self._known:
            self._known[key] = {cell: part for part in _merged(sheet.uno) for cell in part.cells()}
        return self._known[key]


def _merged(sheet: Any) -> list[Part]:
    found = []
    for group in format_groups(sheet):
        same = parts(group)
        sample = sheet.getCellByPosition(same[0].left, same[0].top)
        if not sample.IsMerged:
            continue
        # How far a merge goes is a part of the format, so the others go as far.
        cursor = sheet.createCursorByRange(sample)
        cursor.collapseToMergedArea()
        size = cursor.RangeAddress
        down, across = size.EndRow - size.StartRow, size.EndColumn - size.StartColumn
        found += [
            Part(row, column, row + down, column + across)
            for part in same
            for row, column in part.cells()
        ]
    return found
