"""What a declaration keeps of the form of the whole department."""

from __future__ import annotations

from typing import Any

from perfgoals_xl.addresses import Place, TextCell
from perfgoals_xl.form.kept_notes import read_note
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.origins import DepartmentForm
from perfgoals_xl.reading.project_parts import text_of, unit_of
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line


def department_goal(line: Line, form: Form) -> tuple[dict[str, Any], dict[str, Place]]:
    """One row of ``department_goals``, and the cells of its values."""
    entries = {
        "policy_goal": line.policy_goal or line.name,
        "budget_goal": line.budget_goal or Entry(None, line.name.place),
        "target_value": line.target,
        "note": line.note,
    }
    values: dict[str, Any] = {name: text_of(entry) for name, entry in entries.items()}
    if line.policy_goal is None or is_blank(line.policy_goal.value):
        values["policy_goal"] = text_of(line.name) if is_blank(values["budget_goal"]) else None
    values |= {"sheet": form.grid.sheet, "level1": line.level1, "level2": line.level2}
    values["note"], kept = read_note(values["note"])
    values["level3"] = text_of(line.name) or kept.get("level3")
    cells = {name: entry.place for name, entry in entries.items()}
    cells |= {"level1": line.level1_place, "level2": line.level2_place}
    cells["level3"] = line.name.place
    values["weight"] = text_of(line.weight) or kept.get("weight")
    cells["weight"] = (line.weight or line.note).place
    return values, cells


def department_form(form: Form) -> DepartmentForm:
    """What the form of a department says besides its goals."""
    duty, annual = form.entries.get("duty_goal"), form.entries.get("annual_goal")
    goal = duty if annual is None or is_blank(annual.value) else annual
    text = text_of(goal)
    unit = unit_of([form])
    return DepartmentForm(
        sheet=form.grid.sheet,
        unit=unit,
        year_goal=TextCell(text, goal.place) if goal is not None and text else None,
        points=dict(form.group_points),
        money=tuple(form.money),
        tasks=tuple(form.tasks),
        tasks_total=form.tasks_total,
    )
