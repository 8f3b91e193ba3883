"""The department's tables: name and duty goal in one, the goals below in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfgoals_xl.form.fields import field
from perfgoals_xl.form.other_labels import DEPARTMENT_LABEL, DEPARTMENT_TARGET_LABEL
from perfgoals_xl.publication.appearance import HEAD, LABEL, LONG, VALUE
from perfgoals_xl.publication.elements import Cell, Row, row
from perfgoals_xl.publication.levels import level_cells
from perfgoals_xl.publication.project_table import shown

HEAD_WIDTHS = (2520, 6890)
GOAL_WIDTHS = (1210, 1210, 2280, 2380, 1280, 1050)
_PARTS = ("policy_goal", "budget_goal", "target_value")


def head_rows(department: str | None, duty_goal: str | None) -> list[Row]:
    """部门名称及代码 and 部门职责绩效目标, for the columns of HEAD_WIDTHS."""
    return [
        row(Cell(DEPARTMENT_LABEL, LABEL), Cell(department, LONG), height=430),
        row(Cell(field("duty_goal").label, LABEL), Cell(shown(duty_goal), LONG), height=1300),
    ]


def goal_rows(goals: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows of ``department_goals`` under a header of two rows, for GOAL_WIDTHS."""
    merged = [(field("level1").label, 1), (field("level2").label, 1)]
    top = [Cell(label, HEAD, span, "restart") for label, span in merged]
    below = [Cell(None, HEAD, span, "continue") for _, span in merged]
    labels = (field("policy_goal").label, field("budget_goal").label, DEPARTMENT_TARGET_LABEL)
    note = Cell(field("note").label, HEAD, down="restart")
    rows = [
        row(*top, Cell(field("level3").label, HEAD, span=3), note, repeated=True),
        row(
            *below,
            *(Cell(label, HEAD) for label in labels),
            Cell(None, HEAD, down="continue"),
            repeated=True,
        ),
    ]
    levels = level_cells([(goal.get("level1"), goal.get("level2")) for goal in goals])
    for own, goal in zip(levels, goals, strict=True):
        policy, budget, target = (shown(goal.get(name)) for name in _PARTS)
        cells = (Cell(policy, LONG), Cell(budget, LONG), Cell(target, VALUE))
        rows.append(row(*own, *cells, Cell(shown(goal.get("note")), LONG)))
    return rows
