"""A project's tables: header, funding and goals in one, the indicators below in another.

They are two because Word repeats only the first rows of a table over its pages; a seam that nobody
sees makes them look like one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.form.fields import HEAD_PAIRS, field
from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.publication.appearance import HEAD, LABEL, LONG, VALUE
from perfgoals_xl.publication.elements import Cell, Row, row
from perfgoals_xl.publication.levels import level_cells

Values = Mapping[str, Any]

HEAD_WIDTHS = (1210, 1650, 2080, 1240, 1640, 1590)
_PLAIN_WIDTHS = (1210, 1650, 4250, 2300)
_NOTED_WIDTHS = (1210, 1650, 3300, 1800, 1450)
_LABEL_HEIGHT, _GOAL_HEIGHT = 410, 1250
_LOCAL = ("local_total", "local_appropriation", "local_other", "local_carryover")
_TRANSFER = ("transfer_total", "transfer_central", "transfer_regional", None)
# Broken where a narrow cell would break them worse.
_BLOCK_LABELS = ("其中：\n本级资金", "其中：\n转移市县\n（区）\n资金")
_ANNUAL_LABEL = "其中：年度\n资金总额"
_PART_OF_A_SUM = ("local_appropriation", "transfer_central")


def head_rows(project: Values) -> list[Row]:
    """Header, funding and goals of a row of ``projects``, for the columns of HEAD_WIDTHS."""
    name = Cell(shown(project.get("project_name")), VALUE, span=4)
    rows = [row(Cell(_label("project_name"), LABEL, span=2), name, height=_LABEL_HEIGHT)]
    rows += [
        row(
            Cell(_label(left), LABEL, span=2),
            Cell(shown(project.get(left)), VALUE),
            Cell(_label(right), LABEL, span=1),
            Cell(shown(project.get(right)), VALUE, span=2),
            height=_LABEL_HEIGHT,
        )
        for left, right in HEAD_PAIRS
    ]
    rows += _funding_rows(project)
    for goal in ("period_goal", "annual_goal"):
        text = project.get(goal)
        if goal == "annual_goal" or not is_blank(text):
            label = Cell(_label(goal), LABEL, span=2)
            rows.append(row(label, Cell(shown(text), LONG, span=4), height=_GOAL_HEIGHT))
    return rows


def indicator_rows(indicators: Sequence[Values], edition: str) -> tuple[list[Row], tuple[int, ...]]:
    """The indicator table and the widths of its columns; 备注 only where there is one.

    Without indicators the groups of ``edition`` are printed blank.
    """
    noted = any(not is_blank(line.get("note")) for line in indicators)
    names = ["level1", "level2", "level3", "target_value", *(["note"] if noted else [])]
    head = row(*(Cell(field(name).label, HEAD) for name in names), repeated=True)
    lines: Sequence[Values] = indicators or [
        {"level1": level1, "level2": level2} for level1, level2 in EDITIONS[edition].groups
    ]
    levels = level_cells([(line.get("level1"), line.get("level2")) for line in lines])
    rows = [head]
    for own, line in zip(levels, lines, strict=True):
        cells = [
            Cell(shown(line.get("indicator")), LONG),
            Cell(shown(line.get("target_value")), VALUE),
        ]
        if noted:
            cells.append(Cell(shown(line.get("note")), LONG))
        rows.append(row(*own, *cells))
    return rows, _NOTED_WIDTHS if noted else _PLAIN_WIDTHS


def shown(value: object) -> str | None:
    """A value as it is printed: an amount in all its digits, nothing for a blank."""
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _funding_rows(project: Values) -> list[Row]:
    rows = []
    for number, names in enumerate(zip(_LOCAL, _TRANSFER, strict=True)):
        cells: list[Cell] = []
        for name, label in zip(names, _BLOCK_LABELS, strict=True):
            cells.append(Cell(label, LABEL, down="continue" if number else "restart"))
            cells.append(Cell(_label(name) if name else None, LABEL))
            cells.append(Cell(shown(project.get(name)) if name else None, VALUE))
        rows.append(row(*cells, height=_LABEL_HEIGHT))
    return rows


def _label(name: str) -> str:
    if name == "annual_amount":
        return _ANNUAL_LABEL
    return f"其中：{field(name).label}" if name in _PART_OF_A_SUM else field(name).label
