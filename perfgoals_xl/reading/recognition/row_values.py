"""What the cells of a row of an indicator table say: as shown, or joined from their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgoals_xl.declaration import TextCell
from perfgoals_xl.form.column_labels import VALUE_PARTS, Column
from perfgoals_xl.form.named_targets import named_target
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.row_notes import ends

# Signs and units that say only that there is none.
_NO_PART = ("定性", "描述", "定量", "正向", "反向", "正向指标", "反向指标", "/", "-", "—", "无")


def shown_entry(grid: Grid, row: int, column: int) -> Entry:
    """A cell's value, numbers and dates as the cell shows them, and its place."""
    value = grid.value(row, column)
    if value is not None and not isinstance(value, str):
        value = grid.shown(row, column, value)
    return Entry(value, grid.place(row, column))


def parted(entry: Entry) -> tuple[Entry, Entry]:
    """Name and target of a cell that says both; a text that says no target is the name."""
    found = named_target(entry.value) if isinstance(entry.value, str) else None
    name, target = found or (entry.value, None)
    return Entry(name, entry.place), Entry(target, entry.place)


def joined_target(
    grid: Grid, header: Header, row: int, cells: Mapping[int, object], slip: int = 0
) -> Entry:
    """Sign, number and unit as one text, for a ``header`` that splits the value.

    ``cells`` are those of the row that belong to the table, ``slip`` how far they slipped. A sign
    such as 定性 only says that there is no number.
    """
    parts = {}
    for part in VALUE_PARTS:
        column = header.columns.get(part, -1)
        value = cells.get(column + slip) if column >= 0 else None
        text = "" if value is None else str(shown_entry(grid, row, column + slip).value).strip()
        parts[part] = text if part is Column.NUMBER or text not in _NO_PART else ""
    sign, amount, unit = parts.values()
    told = amount in _NO_PART and bool(sign or unit)
    if told:
        amount = ""  # 定性 | 满意: the value is in the other part
    # What was typed beside the number as well is not said twice.
    if fold(amount).startswith(fold(sign)):
        sign = ""
    if fold(amount).endswith(fold(unit)):
        unit = ""
    # A sign and a unit alone are what the form offers, not what somebody filled in.
    joined = f"{sign}{amount}{unit}" if amount or len(sign) > 2 or len(unit) > 4 or told else ""
    return Entry(joined or None, grid.place(row, header.columns[Column.NUMBER] + slip))


def target_of_parts(grid: Grid, header: Header, row: int, found: Mapping[str, int]) -> Entry:
    """Sign, number and unit of a row as one text; ``found`` is where each part was found."""
    parts: Mapping[int, object] = {
        header.columns[part]: grid.value(row, found[part])
        for part in VALUE_PARTS
        if part in found and found[part] == header.columns.get(part)
    }
    number = found.get(Column.NUMBER)
    if number is not None and number != header.columns[Column.NUMBER]:
        return shown_entry(grid, row, number)
    return joined_target(grid, header, row, parts)


def take_total(form: Form, header: Header, row: int, cells: Sequence[tuple[int, object]]) -> None:
    """Keep the points of the whole table, where the row of its sum states them."""
    at = header.columns.get(Column.WEIGHT)
    if at is None or not ends(str(cells[0][1])):
        return
    entry = shown_entry(form.grid, row, at)
    if entry.value is not None and read_points(str(entry.value)) is not None:
        form.group_points[""] = TextCell(str(entry.value), entry.place)
