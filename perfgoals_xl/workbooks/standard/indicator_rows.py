"""The indicator table of a project's form: 一级, 二级, 三级指标, 指标值, 备注."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.fields import field
from perfgoals_xl.form.level_runs import Levels
from perfgoals_xl.form.taxonomy import EDITIONS, group_key
from perfgoals_xl.workbooks.kit.level_rows import ROW_HEIGHT, put_levels
from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_text
from perfgoals_xl.workbooks.standard import defined_names as names
from perfgoals_xl.workbooks.standard.hints import add_hint

# The name and the value stand in one column each, so that a row which staff insert needs no merge
# and fits itself to its text; only the note spans two.
_NAME, _VALUE, _NOTE = 2, 3, 4
_NOTE_END = 5
_BLANK_ROWS = {"数量": 3, "质量": 3, "成本": 3}
_BLANK_ROWS_ELSEWHERE = 2


def write_indicators(
    sheet: Sheet,
    styles: Styles,
    header: int,
    widths: Sequence[float],
    *,
    edition: str,
    rows: Sequence[Mapping[str, Any]],
) -> int:
    """Writes the table with its header in row ``header`` and returns its last row.

    ``rows`` are rows of ``indicators``; without any, the groups of ``edition`` are printed blank.
    """
    _write_header(sheet, styles, header)
    first = header + 1
    filled: Sequence[Mapping[str, Any]] = rows or _blank_rows(edition)
    heights: list[float] = []
    fixed: set[int] = set()
    for row, values in enumerate(filled, start=first):
        name, value, note = values.get("indicator"), values.get("target_value"), values.get("note")
        put_text(sheet, row, _NAME, name, styles("cell", "left", "text"))
        put_text(sheet, row, _VALUE, value, styles("cell", "center", "text"))
        put_block(sheet, Area(row, _NOTE, row, _NOTE_END), note, styles("cell", "left", "text"))
        own = max(ROW_HEIGHT, height_of(name, widths[_NAME]), height_of(value, widths[_VALUE]))
        merged = height_of(note, widths[_NOTE] + widths[_NOTE_END])
        heights.append(max(own, merged))
        # Excel fits a row to its single cells alone: where a merged one needs more, it is fixed.
        if merged > own:
            fixed.add(row - first)
    levels: list[Levels] = [(values.get("level1"), values.get("level2")) for values in filled]
    center = styles("cell", "center", "text")
    roomy, raised = put_levels(sheet, first, levels, heights, (widths[0], widths[1]), center)
    for n, height in enumerate(roomy):
        sheet.set_height(first + n, height, fixed=n in fixed | raised)
    last = first + len(filled) - 1
    _add_hints(sheet, first, last)
    return last


def _write_header(sheet: Sheet, styles: Styles, row: int) -> None:
    head = styles("cell", "head")
    for column, name in enumerate(("level1", "level2", "level3", "target_value")):
        put_text(sheet, row, column, field(name).label, head)
    put_block(sheet, Area(row, _NOTE, row, _NOTE_END), field("note").label, head)
    sheet.set_height(row, ROW_HEIGHT)


def _blank_rows(edition: str) -> list[Mapping[str, Any]]:
    return [
        {"level1": level1, "level2": level2}
        for level1, level2 in EDITIONS[edition].groups
        for _ in range(_BLANK_ROWS.get(group_key(level2) or "", _BLANK_ROWS_ELSEWHERE))
    ]


def _add_hints(sheet: Sheet, first: int, last: int) -> None:
    for column, name, source in (
        (0, "level1", names.LEVEL1_LIST),
        (1, "level2", names.LEVEL2_LIST),
        (_NAME, "level3", None),
        (_VALUE, "target_value", None),
        (_NOTE, "note", None),
    ):
        end = _NOTE_END if column == _NOTE else column
        add_hint(sheet, Area(first, column, last, end), field(name), source=source)
