"""The amounts of projects whose forms have none, from a list of the budget beside them.

Some departments file 项目支出预算表 (项目名称 | 合计 | …) on a sheet of its own, and goal tables
without any amount. A list is used only where nothing is left to guess: one column of amounts, a
unit and a year that agree, a name that stands there once and on one form alone. It is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.amounts import parse_amount
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.labels import head_role
from perfgoals_xl.reading.recognition.money_units import label_unit, stated_unit

# Rows; the head of a list stands no lower.
_LOWEST_HEAD = 12
_AMOUNT_ROLES = ("annual_amount", "block_total")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")


class _Listed(NamedTuple):
    """An amount of a list: the name of its project, the value, where, which unit, its heading."""

    name: str
    value: object
    place: Place
    unit: str
    heading: str
    years: frozenset[int]


def take_listed_amounts(forms: Sequence[Form], grids: Sequence[Grid]) -> None:
    """Give forms without any amount that of the list with their project's name.

    ``forms`` are the projects' forms, ``grids`` the sheets without one, of which hidden ones do not
    count. A form with a label for any amount is left as it is: what is blank there is told as such.
    """
    lacking = [form for form in forms if form.report is None and not _has_amounts(form)]
    if not lacking or not grids:
        return
    listed = [line for grid in grids if not grid.hidden for line in _lines(grid)]
    on_lists = Counter(line.name for line in listed)
    on_forms = Counter(_name(form) for form in forms)
    by_name = {line.name: line for line in listed}
    for form in lacking:
        name = _name(form)
        line = by_name.get(name)
        if line is None or on_lists[name] != 1 or on_forms[name] != 1:
            continue
        if form.year is not None and line.years and line.years != {form.year}:
            continue
        form.entries["annual_amount"] = Entry(line.value, line.place)
        form.label_units["annual_amount"] = line.unit
        text = (
            f"申报表上没有金额，按工作表“{line.place.sheet}”中同名项目的“{line.heading}”读作"
            f"{label_of('annual_amount')}"
        )
        form.infer(line.place, line.value, text, RemarkKind.READ_AS)


def _has_amounts(form: Form) -> bool:
    return any(name in form.entries for name in AMOUNT_FIELDS) or bool(form.other_sources)


def _name(form: Form) -> str:
    entry = form.entries.get("project_name")
    return "" if entry is None or is_blank(entry.value) else fold(str(entry.value))


def _lines(grid: Grid) -> Iterator[_Listed]:
    """The lines of a list of projects with one column of amounts; none for any other sheet."""
    head = _head(grid)
    if head is None:
        return
    row, named, amounts = head
    heading = grid.value(row, amounts)
    unit = label_unit(heading)
    for above in range(row):
        unit = unit or stated_unit(grid, above)
    if unit is None:
        return
    texts = (str(value) for above in range(row) for _, value in grid.cells(above))
    years = frozenset(int(year) for text in texts for year in _YEAR.findall(text))
    for below in grid.filled(row + 1):
        name, value = grid.value(below, named), grid.value(below, amounts)
        if is_blank(name) or not isinstance(name, str):
            continue
        try:
            amount = parse_amount(value, unit)
        except ValueError:
            continue
        if amount is not None and amount > 0:
            shown = grid.scaled(below, amounts) or amount
            place = grid.place(below, amounts)
            yield _Listed(fold(name), shown, place, unit, fold(str(heading)), years)


def _head(grid: Grid) -> tuple[int, int, int] | None:
    """The row of a list's headings, the column of its names and that of its amounts."""
    for row in grid.filled(0, _LOWEST_HEAD):
        roles = [(column, head_role(value)) for column, value in grid.cells(row)]
        names = [c for c, role in roles if role is not None and role.name == "project_name"]
        amounts = [c for c, role in roles if role is not None and role.name in _AMOUNT_ROLES]
        if len(names) == 1 and len(amounts) == 1:
            return row, names[0], amounts[0]
    return None
