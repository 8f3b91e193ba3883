"""The 校验规则 sheet of a workbook: which rules its staff changed, cell by cell."""

from __future__ import annotations

from perfgoals_xl.declaration import RuleLine, TextCell
from perfgoals_xl.form.own_sheets import NOTES_LABEL, RULE_HEADINGS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid

_CODE, _, _SEVERITY, _THRESHOLD, _ENABLED, _ = RULE_HEADINGS
# The heading stands near the top; a project form is not searched to its end.
_HEADING_REACH = 20
_FEWEST = 3


def read_rule_lines(grid: Grid) -> list[RuleLine]:
    """The lines below a heading that has 规则, 级别 and 启用; empty for any other sheet."""
    for row in range(min(len(grid.rows), _HEADING_REACH)):
        cells = list(grid.cells(row))
        if len(cells) < _FEWEST:
            continue
        columns = {fold(str(value)): column for column, value in cells}
        if {_CODE, _SEVERITY, _ENABLED} <= columns.keys():
            return _lines(grid, row + 1, columns)
    return []


def _lines(grid: Grid, start: int, columns: dict[str, int]) -> list[RuleLine]:
    def cell(row: int, name: str) -> TextCell | None:
        column = columns.get(name)
        value = None if column is None else grid.value(row, column)
        if column is None or is_blank(value):
            return None
        text = value if isinstance(value, str) else grid.shown(row, column, value)
        return TextCell(text, grid.place(row, column))

    lines = []
    for row in range(start, len(grid.rows)):
        code = cell(row, _CODE)
        if code is not None:
            lines.append(
                RuleLine(code, cell(row, _SEVERITY), cell(row, _THRESHOLD), cell(row, _ENABLED))
            )
    return lines


def read_notes_wanted(grid: Grid) -> TextCell | None:
    """What stands right of the label 单元格批注; None for a sheet without it or a blank answer."""
    for row in range(min(len(grid.rows), _HEADING_REACH)):
        for column, value in grid.cells(row):
            if isinstance(value, str) and fold(value) == NOTES_LABEL:
                beside = grid.area(row, column).right + 1
                answer = grid.value(row, beside)
                if not is_blank(answer):
                    return TextCell(str(answer), grid.place(row, beside))
    return None
