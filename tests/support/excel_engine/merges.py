"""Which cells are merged, asked of LibreOffice once per sheet and kept until something moves cells.

LibreOffice has no list of merged areas; to ask cell by cell takes seconds for a form. A test that
merges cells behind the engine's back calls ``excel.merges.forget()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_groups import merged_areas

if TYPE_CHECKING:
    from .format_groups import Part
    from .sheets import Sheet


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
            self._known[key] = {
                cell: part for part in merged_areas(sheet.uno) for cell in part.cells()
            }
        return self._known[key]
