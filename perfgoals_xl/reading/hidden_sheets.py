"""Forms on sheets that nobody sees: told by their sheet, and not counted unless that is asked for.

A draft or last year's form on a hidden sheet would be added up and published unseen. Only forms
are kept back: settings, reasons and what the cover states are obeyed on a hidden sheet as well. A
form that nobody filled in, such as a hidden sheet to copy from, declares nothing and is not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import HiddenForms
from perfgoals_xl.form.text import clean
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.project_parts import is_blank_form, text_of
from perfgoals_xl.reading.recognition.forms import Form

Found = Sequence[tuple[Grid, Sequence[Form]]]
"""The grids of a source, each with the forms on it."""
_DEPARTMENT, _NAMELESS = "部门整体表", "未写项目名称"


def hidden_forms(found: Found) -> tuple[HiddenForms, ...]:
    """The hidden sheets with filled forms.

    Where all forms of the source are hidden those that nobody filled in count too, so that people
    learn where the forms are.
    """
    blank_too = all(grid.hidden for grid, forms in found if forms)
    hidden = []
    for grid, forms in found:
        told = [form for form in forms if blank_too or not is_blank_form(form)]
        if grid.hidden and told:
            hidden.append(HiddenForms(_place(told[0]), tuple(dict.fromkeys(map(_name, told)))))
    return tuple(hidden)


def without_hidden(found: Found) -> Found:
    """The grids with the forms that people see."""
    return [(grid, forms) for grid, forms in found if not (grid.hidden and forms)]


def _name(form: Form) -> str:
    if form.is_department:
        return _DEPARTMENT
    return clean(text_of(form.entries.get("project_name")) or "") or _NAMELESS


def _place(form: Form) -> Place:
    entries = form.entries
    entry = entries.get("department" if form.is_department else "project_name")
    entry = entry or next(iter(entries.values()), None)
    return entry.place if entry is not None else form.grid.place(0, 0)
