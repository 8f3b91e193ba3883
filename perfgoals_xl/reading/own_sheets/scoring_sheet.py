"""What our own 自评表 and 监控表 say of themselves: 评分设置, and on 说明 what they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.evaluated import MadeFrom
from perfgoals_xl.form.evaluation.scoring_labels import (
    ABOUT_SHEET,
    SETTINGS_HEADINGS,
    SETTINGS_SHEET,
    scoring_of_labels,
)
from perfgoals_xl.form.evaluation.scoring_settings import Scoring
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid

_HEADING_REACH = 20
_SHEET, _FILE, _SUM = "工作表", "来源文件", "SHA-256"
_DIGITS = 64


class ScoringSheet(NamedTuple):
    """The settings of a sheet 评分设置; None, and why, where they cannot be understood."""

    scoring: Scoring | None
    trouble: str
    place: Place


def read_scoring_sheet(grids: Iterable[Grid]) -> ScoringSheet | None:
    """The settings that the sheet 评分设置 states; None in a workbook without one."""
    label, value, _ = SETTINGS_HEADINGS
    for grid in grids:
        if fold(grid.sheet) != SETTINGS_SHEET:
            continue
        for row, columns in _headings(grid):
            if {label, value} <= columns.keys():
                said: dict[str, object] = {
                    str(name): grid.value(line, columns[value])
                    for line in range(row + 1, len(grid.rows))
                    if not is_blank(name := grid.value(line, columns[label]))
                }
                place = grid.place(row, columns[value])
                try:
                    return ScoringSheet(scoring_of_labels(said), "", place)
                except ValueError as error:
                    return ScoringSheet(None, str(error), place)
    return None


def read_made_from(grids: Iterable[Grid]) -> Mapping[str, MadeFrom]:
    """What the sheet 说明 says each sheet was made from: a file and its SHA-256."""
    found: dict[str, MadeFrom] = {}
    for grid in grids:
        if fold(grid.sheet) != ABOUT_SHEET:
            continue
        for row, columns in _headings(grid):
            if not {_SHEET, _FILE, _SUM} <= columns.keys():
                continue
            for line in range(row + 1, len(grid.rows)):
                sheet, file, digits = (
                    str(grid.value(line, columns[name]) or "") for name in (_SHEET, _FILE, _SUM)
                )
                if sheet and file:
                    own = digits.lower() if len(digits) == _DIGITS else ""
                    found[sheet] = MadeFrom(file, own)
    return found


def _headings(grid: Grid) -> Iterable[tuple[int, dict[str, int]]]:
    for row in range(min(len(grid.rows), _HEADING_REACH)):
        yield row, {fold(str(value)): column for column, value in grid.cells(row)}
