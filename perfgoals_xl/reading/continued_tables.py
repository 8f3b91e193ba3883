"""A form whose table stands, or goes on, on the next sheet: its rows are the form's own.

The head may fill one sheet and the table the next, or the table may be cut where the page ended. A
sheet belongs to the form before it when nothing but titles stands above its rows, and the form has
no rows yet, the sheet says 续表, or its groups are those that follow in the order of the form. A
list of example indicators begins anew and is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.own_sheets import OWN_SHEETS
from perfgoals_xl.form.taxonomy import EDITIONS, group_key, read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.hidden_sheets import Found
from perfgoals_xl.reading.project_parts import is_blank_form
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.forms import Form, Report
from perfgoals_xl.reading.recognition.row_notes import is_printed_again
from perfgoals_xl.reading.recognition.rows import read_lines

# Rows; a header stands no further down on a page that goes on.
_REACH = 12
_GOES_ON = ("续", "接上")
_EXAMPLES = re.compile(r"库|参考|示例|样[表例]|模板|说明|范例")


def continued(found: Found) -> Found:
    """The grids with their forms, each table joined to the form that it belongs to.

    A part that was joined stays among the forms of its grid, for the account of its cells, and is
    marked (:attr:`.Form.continues`).
    """
    joined: list[tuple[Grid, Sequence[Form]]] = []
    before: Form | None = None
    for grid, forms in found:
        parts = list(forms)
        if before is not None and not parts and not grid.hidden and grid.sheet not in OWN_SHEETS:
            parts = _rest(grid, before)
        for form in parts:
            if before is not None and (form.continues or _is_named_rest(form, before)):
                _join(before, form)
            else:
                before = form
        joined.append((grid, parts))
    return joined


def _rest(grid: Grid, before: Form) -> list[Form]:
    """The rows of a sheet without a form that belong to the form before it; [] where none do."""
    if is_blank_form(before) or _EXAMPLES.search(grid.sheet):
        return []
    header = find_header(grid, 0, min(_REACH, len(grid.rows)), before.year)
    if header is None:
        header = _header_above(grid, before)
    if header is None or not _has_titles_alone(grid, header.row):
        return []
    form = Form(grid, before.is_department, year=before.year, continues=True)
    form.report = None if before.report is None else Report(before.report.kind)
    form.rows = (header.row, len(grid.rows))
    read_lines(form, header, len(grid.rows))
    belongs = not before.lines or _says_so(grid, header.row) or _follows(form, before)
    return [form] if form.lines and belongs else []


def _header_above(grid: Grid, before: Form) -> Header | None:
    """The header of the form before, for a sheet that begins with its next group."""
    rows = grid.filled()
    first = next(grid.cells(rows[0]), None) if rows else None
    if first is None or read_level(str(first[1])) is None:
        return None
    above = find_header(before.grid, *before.rows, before.year)
    if above is None:
        return None
    # What was said of the header is told where it stands.
    return replace(above, row=rows[0], bottom=rows[0] - 1, misspelt={}, guessed=frozenset())


def _has_titles_alone(grid: Grid, end: int) -> bool:
    return all(
        is_printed_again(str(value)) or _is_title(fold(str(value)))
        for row in grid.filled(0, end)
        for _, value in grid.cells(row)
    )


def _is_title(text: str) -> bool:
    return text.endswith(_GOES_ON) or (
        len(text) <= 40 and "绩效" in text and _EXAMPLES.search(text) is None
    )


def _says_so(grid: Grid, end: int) -> bool:
    said = [str(value) for row in grid.filled(0, end) for _, value in grid.cells(row)]
    return any(word in text for text in (*said, grid.sheet) for word in _GOES_ON)


def _follows(form: Form, before: Form) -> bool:
    """Whether all groups of a table come after those of another in the order of the form."""
    order = {group_key(name): at for at, (_, name) in enumerate(EDITIONS[before.edition].groups)}
    last, first = (
        [order[key] for line in of.lines if (key := group_key(line.level2)) in order]
        for of in (before, form)
    )
    return bool(last and first) and max(last) < min(first)


def _is_named_rest(form: Form, before: Form) -> bool:
    """Whether a form says nothing but the name of the one before it, and further indicators."""
    told = {name for name, entry in form.entries.items() if not is_blank(entry.value)}
    if told != {"project_name"} or not form.lines or form.is_department:
        return False
    if (form.report is None) != (before.report is None):
        return False
    own = before.entries.get("project_name")
    name = fold(str(form.entries["project_name"].value))
    return own is not None and fold(str(own.value)) == name and _follows(form, before)


def _join(before: Form, form: Form) -> None:
    form.continues = True
    if not before.lines:
        before.edition = form.edition
    place = form.lines[0].name.place
    text = f"接工作表“{before.grid.sheet}”上的表读取"
    form.infer(place, form.lines[0].name.value, text, RemarkKind.READ_AS)
    before.lines += form.lines
    before.strays += form.strays
    for key, at in form.group_places.items():
        before.group_places.setdefault(key, at)
    for key, points in form.group_points.items():
        before.group_points.setdefault(key, points)
