"""What was drawn as a ``Declaration`` in memory, as the reader would make it from its sheets."""

from __future__ import annotations

import re

from perfgoals_xl.addresses import Place
from perfgoals_xl.data_table import DataTable
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    Declaration,
    ProjectOrigin,
)
from perfgoals_xl.form.target import parse_target
from tests.support.faults.model import Drawn, Project, Row
from tests.support.faults.sheets import Sheet, sheets

_ORDINAL = re.compile(r"^指标(\d+)：")


def declared(drawn: Drawn) -> Declaration:
    """The declaration, with the cell of every value."""
    made = sheets(drawn)
    project = drawn.project
    rows = [row for n, one in enumerate(drawn.projects) for row in _indicators(n, one, made[n])]
    cells = [places for sheet in made for places in sheet.rows]
    year = drawn.title_year or drawn.year
    records = [
        one.fields | {"sheet": sheet.name, "amount_unit": one.unit, "year": year}
        for one, sheet in zip(drawn.projects, made, strict=True)
    ]
    return Declaration(
        file="申报.xlsx",
        department=drawn.department,
        department_code=None,
        year=drawn.year,
        amount_unit=project.unit,
        edition=project.edition,
        duty_goal=None,
        projects=DataTable.build(PROJECT_COLUMNS, records, [_fields(sheet) for sheet in made]),
        indicators=DataTable.build(INDICATOR_COLUMNS, rows, cells),
        department_goals=DataTable.build(DEPARTMENT_GOAL_COLUMNS, [], []),
        origins=tuple(
            _origin(one.edition, sheet) for one, sheet in zip(drawn.projects, made, strict=True)
        ),
        places={"year": Place(made[0].name, "A1"), "department": Place(made[0].name, "A1")},
        sheet_order={sheet.name: n for n, sheet in enumerate(made)},
    )


def _origin(edition: str, sheet: Sheet) -> ProjectOrigin:
    """Where a project is printed; a form as plain as ours says nothing else of itself."""
    nothing: dict[str, object] = {name: {} for name in ProjectOrigin._fields}
    known = {
        "edition": edition,
        "parts": (sheet.fields["project_name"],),
        "part_values": (),
        "group_places": sheet.groups,
    }
    return ProjectOrigin(**(nothing | known))


def _fields(sheet: Sheet) -> dict[str, Place]:
    return {**sheet.fields, "year": Place(sheet.name, "A1")}


def _indicators(number: int, project: Project, sheet: Sheet) -> list[dict[str, object]]:
    return [
        _indicator(number, row, sheet, levels)
        for row, levels in zip(project.rows, sheet.levels, strict=True)
    ]


def _indicator(
    number: int, row: Row, sheet: Sheet, levels: tuple[str | None, str | None]
) -> dict[str, object]:
    ordinal = _ORDINAL.match(row.name)
    read = parse_target(row.value)
    return {
        "project": number,
        "sheet": sheet.name,
        "level1": levels[0],
        "level2": levels[1],
        "ordinal": int(ordinal[1]) if ordinal else None,
        "indicator": row.name or None,
        "level3": _ORDINAL.sub("", row.name) or None,
        "target_value": row.value or None,
        "kind": read.kind,
        "operator": read.operator,
        "low": read.low,
        "high": read.high,
        "unit": read.unit,
        "weight": str(row.weight) if row.weight else None,
    }
