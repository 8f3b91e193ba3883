"""Declarations with some of their projects taken out, or with parts of them from another file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import (
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    PROJECT_FIELDS,
    DataTable,
    Declaration,
    PartValue,
)
from perfgoals_xl.form.amounts import convert
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.joining.report_rows_kept import without_forms
from perfgoals_xl.reading.same_project import name_key

_Rows = list[tuple[dict[str, Any], dict[str, Any]]]


def without_projects(
    declaration: Declaration, gone: Iterable[int], *, with_reports: bool = True
) -> Declaration:
    """The declaration without these rows of ``projects`` and all that belongs to them.

    So are the tables of a 自评表 or 监控表 that was such a project, if ``with_reports``. What
    describes the whole, remarks on no project and reasons stay.
    """
    out = set(gone)
    if not out:
        return declaration
    kept = [number for number in range(len(declaration.projects)) if number not in out]
    at = {number: new for new, number in enumerate(kept)}
    evaluated = declaration.evaluated
    places = (declaration.projects.place(number, "project_name") for number in out)
    reports = {place for place in places if place is not None}

    projects = _rows(declaration.projects)
    indicators = [
        (values | {"project": at[values["project"]]}, cells)
        for values, cells in _rows(declaration.indicators)
        if values["project"] in at
    ]
    return replace(
        declaration,
        projects=_table(PROJECT_COLUMNS, [projects[number] for number in kept]),
        indicators=_table(INDICATOR_COLUMNS, indicators),
        origins=tuple(map(declaration.origin, kept)),
        evaluated=without_forms(evaluated, reports) if with_reports else evaluated,
        evaluated_projects=frozenset(
            at[number] for number in declaration.evaluated_projects if number in at
        ),
        remarks=tuple(
            replace(remark, project=None if remark.project is None else at[remark.project])
            for remark in declaration.remarks
            if remark.project is None or remark.project in at
        ),
    )


def with_part(
    main: Declaration, project: int, other: Declaration, number: int, label: str
) -> Declaration:
    """``main`` with a project of ``other``, called ``label`` in places, as a part of its own.

    Blanks of the project are filled from the part and the part's indicators follow its own, as for
    tables of one file. Places in the other file name it as Excel does: ``[b.xlsx]表1``. Reasons
    that name the project come along.
    """

    def place(at: Place | None) -> Place | None:
        return None if at is None else Place(f"[{label}]{at.sheet}", at.cell)

    def moved(rows: _Rows) -> _Rows:
        return [
            (
                values | {"sheet": f"[{label}]{values['sheet']}"},
                {name: place(at) for name, at in cells.items()},
            )
            for values, cells in rows
        ]

    projects = _rows(main.projects)
    part = moved([_rows(other.projects)[number]])[0]
    unit = projects[project][0]["amount_unit"] or main.amount_unit
    part = _in_unit(part[0], unit, part[0]["amount_unit"] or other.amount_unit), part[1]
    own_values = _said(main, project, projects[project])
    projects[project] = _filled(projects[project], part)
    lines = _rows(main.indicators)
    extra = moved([row for row in _rows(other.indicators) if row[0]["project"] == number])
    lines += [(values | {"project": project}, cells) for values, cells in extra]
    lines.sort(key=lambda row: row[0]["project"])
    name = name_key(projects[project][0]["project_name"])
    told = [
        {field: PartValue(said.value, _told(place, said.place)) for field, said in values.items()}
        for values in _said(other, number, (part[0], _rows(other.projects)[number][1]))
    ]
    own, its = main.origin(project), other.origin(number)
    groups = {key: _told(place, at) for key, at in its.group_places.items()}
    points = {
        key: cell._replace(place=_told(place, cell.place)) for key, cell in its.group_points.items()
    }
    blocks = tuple(
        block._replace(
            place=_told(place, block.place),
            total=block.total and (block.total[0], _told(place, block.total[1])),
        )
        for block in its.build_ups
    )
    origin = own._replace(
        build_ups=(*own.build_ups, *blocks),
        parts=(*own.parts, *(_told(place, at) for at in its.parts)),
        group_places={**groups, **own.group_places},
        group_points={**points, **own.group_points},
        part_values=(*own_values, *told),
    )
    sheets = {at.sheet for at in _places(other, number)}
    return replace(
        main,
        projects=_table(PROJECT_COLUMNS, projects),
        indicators=_table(INDICATOR_COLUMNS, lines),
        origins=tuple(
            origin if row == project else main.origin(row) for row in range(len(projects))
        ),
        remarks=(
            *main.remarks,
            *(
                replace(remark, place=_told(place, remark.place), project=project)
                for remark in other.remarks
                if remark.project == number
            ),
        ),
        reasons=(
            *main.reasons,
            *(reason for reason in other.reasons if name_key(reason.project) == name),
        ),
        sheet_order={
            **main.sheet_order,
            **{
                f"[{label}]{sheet}": len(main.sheet_order) + order
                for order, sheet in enumerate(sorted(sheets, key=_order(other)))
            },
        },
        elsewhere={
            **main.elsewhere,
            **{f"[{label}]{sheet}": (other.file, sheet) for sheet in sheets},
        },
    )


def without_reasons_of(declaration: Declaration, names: Iterable[str]) -> Declaration:
    """The declaration without the reasons that name these projects: they went along with them."""
    gone = {name_key(name) for name in names}
    kept = tuple(r for r in declaration.reasons if name_key(r.project) not in gone)
    return replace(declaration, reasons=kept)


def _rows(table: DataTable[Any]) -> _Rows:
    return list(zip(table.records(), table.cell_records(), strict=True))


def _table(columns: Sequence[str], rows: _Rows) -> DataTable[Any]:
    return DataTable.build(columns, [values for values, _ in rows], [cells for _, cells in rows])


def _told(place: Any, at: Place) -> Place:
    found = place(at)
    assert isinstance(found, Place)
    return found


def _order(declaration: Declaration) -> Any:
    return lambda sheet: declaration.sheet_order.get(sheet, len(declaration.sheet_order))


def _places(declaration: Declaration, number: int) -> list[Place]:
    """Every place that a project's rows and remarks name."""
    rows = [_rows(declaration.projects)[number]]
    rows += [row for row in _rows(declaration.indicators) if row[0]["project"] == number]
    found = [at for _, cells in rows for at in cells.values() if at is not None]
    found += declaration.origin(number).parts
    return found + [r.place for r in declaration.remarks if r.project == number]


def _said(
    declaration: Declaration, number: int, row: tuple[dict[str, Any], dict[str, Any]]
) -> tuple[Mapping[str, PartValue], ...]:
    """What each table of a project says, also of a project that is one table."""
    if several := declaration.origin(number).part_values:
        return several
    values, cells = row
    told = {
        name: PartValue(values[name], cells[name])
        for name in PROJECT_FIELDS
        if cells.get(name) is not None
    }
    return (told,)


def _in_unit(values: dict[str, Any], unit: str, typed_in: str) -> dict[str, Any]:
    amounts = {
        name: convert(values[name], typed_in, unit)
        for name in AMOUNT_FIELDS
        if isinstance(values[name], Decimal) and typed_in != unit
    }
    return values | amounts


def _filled(
    own: tuple[dict[str, Any], dict[str, Any]], part: tuple[dict[str, Any], dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    values, cells = dict(own[0]), dict(own[1])
    for name in PROJECT_FIELDS:
        if is_blank(values[name]) and not is_blank(part[0][name]):
            values[name], cells[name] = part[0][name], part[1][name]
    return values, cells
