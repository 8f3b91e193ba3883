"""The data itself: JSON by the public contract, flat CSV, Parquet.

What 自评表 and 监控表 say stands in tables of its own (:mod:`perfgoals_xl.evaluated`).

JSON amounts are numbers in the unit of the form, ``null`` where a cell is blank or holds a text
that is no amount. CSV marks texts that a spreadsheet would take for a formula with a leading
apostrophe, as spreadsheets themselves do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from perfgoals_xl.contracts import table_columns as contracted
from perfgoals_xl.contracts.evaluation_columns import CELL_OF, AnyTable
from perfgoals_xl.contracts.types import Column, Type
from perfgoals_xl.declaration import PARSED_COLUMNS, PROJECT_FIELDS, DataTable, Declaration
from perfgoals_xl.errors import InputError, extra_hint
from perfgoals_xl.form.evaluation.evaluation_fields import (
    EVALUATION_FIELDS,
    EvaluationKind,
    EvaluationTable,
)
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Table
from perfgoals_xl.form.text import printable
from perfgoals_xl.storage.csv_text import write_csv
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.storage.whole_folder import whole_folder

if TYPE_CHECKING:
    import pandas as pd

FORMAT_VERSION = 1
TABLES = tuple(Table)
_INDICATOR_KEYS = (
    "level1",
    "level2",
    "ordinal",
    "level3",
    "target_value",
    "kind",
    "operator",
    "low",
    "high",
    "unit",
    "note",
    "weight",
    "standard",
    "period_target_value",
)
_GOAL_KEYS = (
    *("level1", "level2", "level3", "policy_goal", "budget_goal", "target_value", "note"),
    "weight",
)


def to_json(declarations: Sequence[Declaration]) -> dict[str, Any]:
    """The declarations as the public JSON document, ready for ``json.dumps``."""
    return {
        "format_version": FORMAT_VERSION,
        "declarations": [_declaration(declaration) for declaration in declarations],
    }


def dumps(document: dict[str, Any]) -> str:
    """A JSON document as text, Chinese left as it is."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)


def _declaration(declaration: Declaration) -> dict[str, Any]:
    year = declaration.year
    indicators: list[list[dict[str, Any]]] = [[] for _ in range(len(declaration.projects))]
    for number, row in enumerate(declaration.indicators.records()):
        indicators[row["project"]].append(_indicator(declaration.indicators, number, row))
    return {
        "file": declaration.file,
        "department": declaration.department,
        "department_code": declaration.department_code,
        "year": declaration.year,
        "amount_unit": declaration.amount_unit,
        "edition": declaration.edition,
        "duty_goal": declaration.duty_goal,
        "department_goals": [
            _goal(declaration.department_goals, number, row)
            for number, row in enumerate(declaration.department_goals.records())
        ],
        # A form that says nothing besides its goals stands in department_goals alone.
        "department_forms": [
            form.to_json()
            for form in declaration.department_forms
            if form.money or form.tasks or form.tasks_total is not None
        ],
        "projects": [
            _project(declaration.projects, number, row, year) | {"indicators": indicators[number]}
            for number, row in enumerate(declaration.projects.records())
        ],
        "evaluations": _reports(
            declaration,
            EvaluationTable.EVALUATIONS,
            EvaluationTable.EVALUATION_FUNDS,
            EvaluationTable.EVALUATION_INDICATORS,
        ),
        "monitorings": _reports(
            declaration,
            EvaluationTable.MONITORINGS,
            EvaluationTable.MONITORING_FUNDS,
            EvaluationTable.MONITORING_INDICATORS,
        ),
        "remarks": remarks_json(declaration),
    }


def _reports(
    declaration: Declaration,
    heads: EvaluationTable,
    funds: EvaluationTable,
    indicators: EvaluationTable,
) -> list[dict[str, Any]]:
    """The forms of a kind, each with its funds and its indicators, and the cells of them all."""
    parts: dict[EvaluationTable, list[list[dict[str, Any]]]] = {}
    forms = _report_rows(declaration, heads)
    for table in (funds, indicators):
        parts[table] = [[] for _ in forms]
        for form, row in _report_rows(declaration, table):
            parts[table][form].append(row)
    told = []
    for number, (_, row) in enumerate(forms):
        row["year"] = row["year"] if row["year"] is not None else declaration.year
        cells = row.pop("cells")
        rows = {"funds": parts[funds][number], "indicators": parts[indicators][number]}
        told.append({**row, **rows, "cells": cells})
    return told


def _report_rows(
    declaration: Declaration, name: EvaluationTable
) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a table of reports as JSON, each with the number of its form and its cells."""
    table = declaration.evaluated.table(name)
    kinds = {item.name: item.kind for item in EVALUATION_FIELDS[name]}
    figures = {n for n, kind in kinds.items() if kind in _FIGURES}
    rows = []
    for number, row in enumerate(table.records()):
        cells = {}
        for column in kinds:
            if column in PARSED_COLUMNS:
                continue  # that of the target value
            place = table.place(number, column)
            if place is not None:
                here = place.sheet == row["sheet"]
                cells[column] = place.cell if here else f"{place.sheet}!{place.cell}"
        values = {n: _value(row[n], is_amount=n in figures) for n in ("sheet", *kinds)}
        rows.append((row.get("form", number), {**values, "cells": cells}))
    return rows


_FIGURES = (EvaluationKind.AMOUNT, EvaluationKind.POINTS, EvaluationKind.PERCENT)


def remarks_json(declaration: Declaration) -> list[dict[str, Any]]:
    """What was inferred, left out or not understood, with its cell, as the contract has it."""
    return [
        {
            "kind": str(remark.kind),
            "sheet": remark.place.sheet,
            "cell": remark.place.cell,
            "text": remark.value,
            "message": remark.text,
        }
        for remark in (*declaration.remarks, *declaration.account)
    ]


def _project(
    table: DataTable[Any], number: int, row: Mapping[str, Any], year: int | None
) -> dict[str, Any]:
    """A project; ``year`` is the declaration's, where the title of its own form names none."""
    cells = {}
    for name in (*PROJECT_FIELDS, "year"):
        place = table.place(number, name)
        if place is not None:
            # A part of the project on another sheet is named with its sheet.
            here = place.sheet == row["sheet"]
            cells[name] = place.cell if here else f"{place.sheet}!{place.cell}"
    return {
        "sheet": row["sheet"],
        **{name: _value(row[name], is_amount=name in AMOUNT_FIELDS) for name in PROJECT_FIELDS},
        "amount_unit": row["amount_unit"],
        "year": row["year"] if row["year"] is not None else year,
        "cells": cells,
    }


def _indicator(table: DataTable[Any], number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    place = table.place(number, "target_value")
    return {
        **{key: _value(row[key]) for key in _INDICATOR_KEYS},
        "cell": place.cell if place else None,
        "sheet": row["sheet"],
        "indicator": row["indicator"],
    }


def _goal(table: DataTable[Any], number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    place = table.place(number, "target_value")
    values = {key: _value(row[key]) for key in _GOAL_KEYS}
    return {**values, "sheet": row["sheet"], "cell": place.cell if place else None}


def _value(value: Any, *, is_amount: bool = False) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_amount:
        return None
    return None if value is None else _plain_text(value)


def _plain_text(value: Any) -> Any:
    # Kinds are str enums; JSON and CSV show their values.
    return str(value) if isinstance(value, str) else value


def frames(
    declarations: Sequence[Declaration], tables: Sequence[AnyTable] = ()
) -> dict[str, pd.DataFrame]:
    """The tables over all declarations, in the columns and types of their contracts.

    Three, and those of 自评表 and 监控表 where one of the declarations has some, or all of
    ``tables``. See :mod:`perfgoals_xl.contracts`. A text where an amount belongs stays in its cell,
    which the contract then refuses; so does an amount below zero.
    """
    import pandas as pd

    from perfgoals_xl.contracts.conversion import typed

    made = {}
    for table in tables or tables_of(declarations):
        names = contracted.names(table)
        records = [row for declaration in declarations for row in _records(declaration, table)]
        rows = [[record[name] for name in names] for record in records]
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        made[str(table)] = typed(frame, contracted.COLUMNS[table])
    return made


def tables_of(declarations: Iterable[Declaration]) -> list[AnyTable]:
    """The tables that these declarations are exported to, in their order."""
    listed = list(declarations)
    further = [
        name for name in EvaluationTable if any(len(d.evaluated.table(name)) for d in listed)
    ]
    return [*TABLES, *further]


def _records(declaration: Declaration, name: AnyTable) -> Iterator[dict[str, Any]]:
    """The rows of a table with what its contract adds to those of the declaration."""
    table: DataTable[Any]
    if isinstance(name, EvaluationTable):
        table, place_of = declaration.evaluated.table(name), CELL_OF[name]
    else:
        table = getattr(declaration, name)
        place_of = "project_name" if name is Table.PROJECTS else "target_value"
    of_file = {
        "file": printable(declaration.file),
        "department": declaration.department,
        "department_code": declaration.department_code,
        "year": declaration.year,
    }
    project_names = [row["project_name"] for row in declaration.projects.records()]
    for number, row in enumerate(table.records()):
        place = table.place(number, place_of)
        record = {**row, **of_file, "cell": place and place.cell}
        if isinstance(name, EvaluationTable):
            record |= {"form": row.get("form", number), "title_year": row.get("year")}
        elif name is Table.PROJECTS:
            record |= {"project": number, "title_year": row["year"]}
        elif name is Table.INDICATORS:
            record["project_name"] = project_names[row["project"]]
        yield record


def flat_columns() -> list[Column]:
    """The columns of the flat table: those of a project, then those of its indicator."""
    projects = [c for c in contracted.COLUMNS[Table.PROJECTS] if c.name != "cell"]
    known = {column.name for column in projects}
    indicators = [c for c in contracted.COLUMNS[Table.INDICATORS] if c.name not in known]
    return [*projects, *indicators]


def flat(declarations: Sequence[Declaration]) -> pd.DataFrame:
    """One row per indicator, its project's columns in front; a project without any keeps one.

    ``sheet`` and ``cell`` are those of the target value.
    """
    tables = frames(declarations)
    # Not the file is the key: the same one may have been read twice.
    projects = tables["projects"].drop(columns="cell").assign(of=_numbers(declarations, "projects"))
    indicators = tables["indicators"].assign(of=_numbers(declarations, "indicators"))
    shared = [n for n in indicators if n in projects and n not in ("project", "sheet", "of")]
    merged = projects.merge(
        indicators.drop(columns=shared),
        on=["of", "project"],
        how="left",
        suffixes=("_of_project", ""),
    )
    # A project printed in several tables has indicators on other sheets than its own.
    merged["sheet"] = merged["sheet"].fillna(merged["sheet_of_project"])
    return merged[[column.name for column in flat_columns()]]


def _numbers(declarations: Sequence[Declaration], table: str) -> list[int]:
    """For every row of a table over all declarations, which of them it comes from."""
    return [n for n, d in enumerate(declarations) for _ in range(len(getattr(d, table)))]


def write(declarations: Sequence[Declaration], form: str, path: Path | None, out: TextIO) -> None:
    """Write the data as ``json``, ``csv`` or ``parquet``.

    A ``path`` that ends in ``.csv`` or ``.parquet`` gets one flat file, any other a folder with the
    three tables. Without a path JSON and flat CSV go to ``out``. Raises ``InputError`` for Parquet
    without a path or without its optional library.
    """
    if form == "json":
        text = dumps(to_json(declarations)) + "\n"
        if path is None:
            out.write(text)
        else:
            with whole_file(path) as temporary:
                # The name of a file need not be text.
                temporary.write_text(text, encoding="utf-8", errors="backslashreplace")
    elif path is None:
        if form == "parquet":
            raise InputError("Parquet 不能输出到屏幕", hint="请用 -o 指定文件或文件夹。")
        _write_csv(flat(declarations), out)
    elif path.suffix.lower() == f".{form}":
        with whole_file(path) as temporary:
            _write_frame(flat(declarations), flat_columns(), form, temporary)
    else:
        # A table of an earlier run is replaced, by one without rows where there are none now.
        wanted = [
            *tables_of(declarations),
            *(t for t in EvaluationTable if (path / f"{t}.{form}").exists()),
        ]
        made = frames(declarations, list(dict.fromkeys(wanted)))
        with whole_folder(path, [f"{name}.{form}" for name in made]) as folder:
            for name, frame in made.items():
                columns = contracted.COLUMNS[contracted.table_named(name)]
                _write_frame(frame, columns, form, folder / f"{name}.{form}")


def _write_frame(frame: pd.DataFrame, columns: Sequence[Column], form: str, path: Path) -> None:
    if form == "csv":
        # The mark lets Excel know that the file is UTF-8.
        with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as out:
            _write_csv(frame, out)
        return
    try:
        from perfgoals_xl.contracts.arrow import arrow_schema

        _parquet_ready(frame, columns).to_parquet(path, index=False, schema=arrow_schema(columns))
    except ImportError as error:
        raise InputError(
            "写 Parquet 需要可选组件 pyarrow",
            hint=extra_hint("parquet"),
        ) from error


def _write_csv(frame: pd.DataFrame, out: TextIO) -> None:
    write_csv([frame.columns], out)
    write_csv(frame.itertuples(index=False, name=None), out)


def _parquet_ready(frame: pd.DataFrame, columns: Iterable[Column]) -> pd.DataFrame:
    """What Arrow cannot take as it is: amounts that are none, bounds of two kinds."""
    import pandas as pd

    from perfgoals_xl.contracts.arrow import storable

    return frame.assign(
        **{
            column.name: pd.Series(
                storable(column, list(frame[column.name])), index=frame.index, dtype=object
            )
            for column in columns
            if column.type in (Type.AMOUNT, Type.FIGURE, Type.BOUND)
        }
    )
