"""The data itself: JSON by the public contract, flat CSV, Parquet.

JSON amounts are numbers in the unit of the form, ``null`` where a cell is blank or holds a text
that is no amount. CSV marks texts that a spreadsheet would take for a formula with a leading
apostrophe, as spreadsheets themselves do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from perfgoals_xl.csv_text import write_csv
from perfgoals_xl.declaration import PROJECT_FIELDS, DataTable, Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.files import whole_file
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import printable
from perfgoals_xl.whole_folder import whole_folder

if TYPE_CHECKING:
    import pandas as pd

FORMAT_VERSION = 1
TABLES = ("projects", "indicators", "department_goals")
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
)
_GOAL_KEYS = ("level1", "level2", "policy_goal", "budget_goal", "target_value", "note")


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
        "projects": [
            _project(declaration.projects, number, row) | {"indicators": indicators[number]}
            for number, row in enumerate(declaration.projects.records())
        ],
    }


def _project(table: DataTable, number: int, row: dict[str, Any]) -> dict[str, Any]:
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
        "year": row["year"],
        "cells": cells,
    }


def _indicator(table: DataTable, number: int, row: dict[str, Any]) -> dict[str, Any]:
    place = table.place(number, "target_value")
    return {
        **{key: _value(row[key]) for key in _INDICATOR_KEYS},
        "cell": place.cell if place else None,
        "sheet": row["sheet"],
        "indicator": row["indicator"],
    }


def _goal(table: DataTable, number: int, row: dict[str, Any]) -> dict[str, Any]:
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


def frames(declarations: Sequence[Declaration]) -> dict[str, pd.DataFrame]:
    """The three tables over all declarations, each row led by ``file`` and ``department``.

    ``indicators`` also carries ``project_name``; ``cell`` is the cell of the target value.
    """
    import pandas as pd

    collected: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for declaration in declarations:
        for name in TABLES:
            table: DataTable = getattr(declaration, name)
            frame = table.values.copy()
            if name == "indicators":
                names = declaration.projects.values["project_name"]
                named = [names.iat[int(p)] for p in frame["project"]]
                frame.insert(1, "project_name", pd.Series(named, dtype=object))
            if name != "projects":
                frame["cell"] = [place and place.cell for place in table.cells["target_value"]]
            frame.insert(0, "file", printable(declaration.file))
            frame.insert(1, "department", declaration.department)
            collected[name].append(frame.astype(object))
    return {name: pd.concat(parts, ignore_index=True) for name, parts in collected.items()}


def flat(declarations: Sequence[Declaration]) -> pd.DataFrame:
    """One row per indicator, its project's columns in front; a project without any keeps one."""
    import pandas as pd

    return pd.concat([_flat(declaration) for declaration in declarations], ignore_index=True)


def _flat(declaration: Declaration) -> pd.DataFrame:
    tables = frames([declaration])
    projects = tables["projects"].assign(project=range(len(declaration.projects))).astype(object)
    shared = ["file", "department", "project_name", "sheet"]
    return projects.merge(tables["indicators"].drop(columns=shared), on="project", how="left")


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
            _write_frame(flat(declarations), form, temporary)
    else:
        made = frames(declarations)
        with whole_folder(path, [f"{name}.{form}" for name in made]) as folder:
            for name, frame in made.items():
                _write_frame(frame, form, folder / f"{name}.{form}")


def _write_frame(frame: pd.DataFrame, form: str, path: Path) -> None:
    if form == "csv":
        # The mark lets Excel know that the file is UTF-8.
        with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as out:
            _write_csv(frame, out)
        return
    try:
        _parquet_ready(frame).to_parquet(path, index=False)
    except ImportError as error:
        raise InputError(
            "写 Parquet 需要可选组件 pyarrow",
            hint='请先运行 pip install "perfgoals-xl[parquet]"。',
        ) from error


def _write_csv(frame: pd.DataFrame, out: TextIO) -> None:
    write_csv([frame.columns], out)
    write_csv(frame.itertuples(index=False, name=None), out)


def _parquet_ready(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of one type each: amounts as decimals, bounds as text, everything else as it is."""
    import pandas as pd

    def column(values: list[Any]) -> pd.Series[Any]:
        return pd.Series(values, index=frame.index, dtype=object)

    ready = frame.copy()
    for name in ready.columns:
        if name in AMOUNT_FIELDS:
            ready[name] = column([v if isinstance(v, Decimal) else None for v in ready[name]])
        elif name in ("low", "high"):
            bounds = map(_value_or_none, ready[name])
            ready[name] = column([None if v is None else str(v) for v in bounds])
        elif name in ("year", "ordinal", "project"):
            ready[name] = ready[name].astype("Int64")
        else:
            ready[name] = ready[name].astype("string")
    return ready


def _value_or_none(value: Any) -> Any:
    return None if value is None or value != value else value
