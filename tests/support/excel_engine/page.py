"""How a sheet is printed: only its print area, which is all that xlwings asks for. Real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .calls import Remote

if TYPE_CHECKING:
    from .sheets import Sheet


class PageSetup(Remote):
    """The print area of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.excel = sheet.excel
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """Nothing that xlwings lacks."""
        return None

    @property
    def print_area(self) -> str | None:
        """An address such as ``$A$1:$F$9``; None where everything is printed."""
        areas = self._sheet.uno.PrintAreas
        if not areas:
            return None
        at = areas[0]
        area = self._sheet.uno.getCellRangeByPosition(
            at.StartColumn, at.StartRow, at.EndColumn, at.EndRow
        )
        return (
            str(area.AbsoluteName.split(":")[0].rpartition(".")[2])
            + ":"
            + str(area.AbsoluteName.split(":")[1].rpartition(".")[2])
        )

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        if value is None:
            self._sheet.uno.setPrintAreas(())
            return
        area = self._sheet.uno.getCellRangeByName(value.replace("$", ""))
        self._sheet.uno.setPrintAreas((area.RangeAddress,))
