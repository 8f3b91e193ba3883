"""The rows of a department's own table, where each goal has a column of its own.

Its terms are the department's, known by their columns alone, and its goals may well be blank; so
nothing here is looked for anywhere but in its place.
"""

from __future__ import annotations

from perfgoals_xl.form.column_labels import LEVELS
from perfgoals_xl.form.taxonomy import level1_of, level2_of, read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.recognition.carried_levels import Levels
from perfgoals_xl.reading.recognition.columns import Header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.row_notes import NOTE
from perfgoals_xl.reading.recognition.row_values import joined_target, shown_entry

# What stands alone in a row is a term of its own only if it is short.
_LONGEST_TERM = 20


def read_goal(
    form: Form, header: Header, levels: Levels, row: int, cells: list[tuple[int, object]]
) -> None:
    """Read one row into ``form.lines``, or into the levels that hold below it."""
    rest = _take_levels(form, header, levels, row, cells)
    if not rest:
        return
    line = _goal(form, header, levels, row, dict(rest))
    said = (line.name, line.target, line.note, line.policy_goal, line.budget_goal)
    if any(entry and not is_blank(entry.value) for entry in said):
        form.lines.append(line)


def _take_levels(
    form: Form, header: Header, levels: Levels, row: int, cells: list[tuple[int, object]]
) -> list[tuple[int, object]]:
    rest = list(cells)
    explicit = False
    for role in LEVELS:
        if not rest or rest[0][0] != header.columns.get(role):
            continue
        column, value = rest[0]
        if len(rest) == 1 and _is_remark(form, header, row, column, value):
            form.stray(
                form.grid.place(row, column), str(value), None, "指标表中的说明行，未当作指标"
            )
            return []
        _take(form, levels, role, row, column, str(value), explicit=explicit)
        explicit = True
        rest.pop(0)
    return rest


def _take(
    form: Form, levels: Levels, role: str, row: int, column: int, text: str, *, explicit: bool
) -> None:
    """A term of the taxonomy as the edition spells it, any other as typed."""
    term, place = read_level(text), form.grid.place(row, column)
    typed = fold(text).lstrip("*")
    if role == "level1":
        spelled = level1_of(term.key1) if term and term.key1 else typed
        if spelled != levels.level1:
            levels.level1, levels.level2 = spelled, None
            levels.place1 = levels.place2 = place
        if term and term.key1:
            form.group_places.setdefault(term.key1, place)
        return
    levels.place2 = place
    if term is None or term.key2 is None:
        levels.level2 = typed
        return
    parent, levels.level2 = level2_of(term.key2, form.edition)
    form.group_places.setdefault(term.key2, place)
    if parent is not None and not explicit:
        levels.level1 = parent


def _is_remark(form: Form, header: Header, row: int, column: int, value: object) -> bool:
    """Whether what stands alone in a row is no level: marked as a note, long, or across it."""
    text = fold(str(value))
    is_wide = form.grid.area(row, column).right >= header.name
    return is_wide or len(text) > _LONGEST_TERM or NOTE.search(text) is not None


def _goal(form: Form, header: Header, levels: Levels, row: int, cells: dict[int, object]) -> Line:
    grid, columns = form.grid, header.columns

    def entry(role: str) -> Entry:
        column = columns.get(role)
        if column is None:
            return Entry(None, grid.place(row, header.name))
        return shown_entry(grid, row, column)

    target = joined_target(grid, header, row, cells) if header.is_split else entry("target_value")
    return Line(
        levels.level1,
        levels.level2,
        levels.place1,
        levels.place2,
        entry("level3"),
        target,
        entry("note"),
        entry("policy_goal"),
        entry("budget_goal"),
    )
