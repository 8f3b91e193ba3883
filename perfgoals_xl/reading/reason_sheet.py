"""The reasons (说明) on the 校验结果 sheet, with what they were written against."""

from __future__ import annotations

from perfgoals_xl.declaration import Reason
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid

_NEEDED = {"规则", "工作表", "问题", "说明"}
_HEADING_REACH = 20


def read_reasons(grid: Grid) -> list[Reason]:
    """Every row below the heading of a 校验结果 sheet that has a reason; [] for other sheets."""
    for row in range(min(len(grid.rows), _HEADING_REACH)):
        columns = {fold(str(value)): column for column, value in grid.cells(row)}
        if columns.keys() >= _NEEDED:
            return _reasons(grid, row + 1, columns)
    return []


def _reasons(grid: Grid, start: int, columns: dict[str, int]) -> list[Reason]:
    def text(row: int, name: str) -> str:
        column = columns.get(name)
        value = None if column is None else grid.value(row, column)
        if column is None or is_blank(value):
            return ""
        return value if isinstance(value, str) else grid.shown(row, column, value)

    return [
        Reason(
            text(row, "规则"),
            text(row, "工作表"),
            text(row, "项目"),
            text(row, "指标"),
            text(row, "问题"),
            text(row, "说明"),
            grid.place(row, columns["说明"]),
        )
        for row in range(start, len(grid.rows))
        if text(row, "说明")
    ]
