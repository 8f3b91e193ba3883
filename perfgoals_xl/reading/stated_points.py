"""The points that a form states: for its levels, for all indicators, for the budget's execution.

All of them may be said in a sentence that stands anywhere on the sheet:
注：指标权重合计90分，预算执行率10分由系统计算.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfgoals_xl.declaration import TextCell
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Form

_ALL = re.compile(
    r"(?:(?:权重|分值|分数|指标)[^,;。\d]{0,8}?(?:合计|总计|总和|之和|总分|满分|共计)|满分|总分值?)"
    r"(?:值|分|数)*(?:均?应?[为是]|应?等于|:|=|共)*(?P<points>\d{2,3})(?:分|%|(?=[,;。)]|$))"
)
_EXECUTION = re.compile(
    r"(?:预算|资金)执行(?:率|情况|进度)?(?P<said>[^,;。]{0,8}?(?:10|20)(?:分|%)?(?!\d))?"
)
_ITS_POINTS = ("10", "20", "10分", "20分", "10%", "20%")
_WORDS = ("权重", "分值", "分数", "满分", "总分", "合计", "总和", "之和", "执行")
# A note stands below its table, at most so many rows.
_BELOW = 8

_Said = tuple[tuple[int, TextCell], ...]
_MARK = "stated points"


def stated_points(parts: Sequence[Form]) -> dict[str, TextCell]:
    """The points that the forms of a project state, by the key of a level; "" is all of them."""
    found = {key: cell for form in reversed(parts) for key, cell in form.group_points.items()}
    if "" not in found and _has_weights(parts):
        said = next(filter(None, (_said_of(form) for form in parts)), None)
        if said is not None:
            found[""] = said
    return found


def _has_weights(parts: Sequence[Form]) -> bool:
    lines = (line for form in parts for line in form.lines)
    return any(line.weight is not None and line.weight.value is not None for line in lines)


def reserves_execution(parts: Sequence[Form]) -> bool:
    """Whether the forms of a project speak of the execution of the budget besides indicators."""
    return any(
        form.rows[0] <= row <= form.rows[1] + _BELOW
        for form in parts
        for row in _sentences(form.grid)[1]
    )


def _said_of(form: Form) -> TextCell | None:
    """What a sentence near a form, or the only one of its sheet, says that all points are."""
    said = _sentences(form.grid)[0]
    if len({cell.value for _, cell in said}) == 1:
        return said[0][1]
    first, last = form.rows
    return next((cell for row, cell in said if first <= row <= last + _BELOW), None)


def _sentences(grid: Grid) -> tuple[_Said, frozenset[int]]:
    """The sentences of a grid that say what all points are, and the rows that name execution."""
    if _MARK not in grid.marks:
        said: list[tuple[int, TextCell]] = []
        execution: set[int] = set()
        for row in grid.filled():
            for column, value in grid.cells(row):
                if not isinstance(value, str) or not any(word in value for word in _WORDS):
                    continue
                plain = fold(value)
                named = _EXECUTION.search(plain)
                if named is not None and (named["said"] or _has_points(grid, row)):
                    execution.add(row)
                found = _ALL.search(plain)
                if found is not None:
                    said.append((row, TextCell(found["points"], grid.place(row, column))))
        grid.marks[_MARK] = tuple(said), frozenset(execution)
    told: tuple[_Said, frozenset[int]] = grid.marks[_MARK]
    return told


def _has_points(grid: Grid, row: int) -> bool:
    return any(fold(str(value)) in _ITS_POINTS for _, value in grid.cells(row))
