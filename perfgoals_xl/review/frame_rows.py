"""Frames as rows that judges take: plain numbers, texts and NaN of whatever pandas read.

What a column holds is taken as the reader of the forms would take it from a cell: an amount as
``Decimal``, a number in a text column as it is shown, a blank or NaN as None. The parts of a target
value (``kind`` … ``unit``) are read from ``target_value`` anew, so that a changed value counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    PARSED_COLUMNS,
    PROJECT_FIELDS,
)
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.amounts import COMMON_UNIT, UNIT_IN_YUAN, parse_amount
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Table
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.text import is_blank, spreadsheet_safe
from perfgoals_xl.review.row_rules import UnknownColumn

REQUIRED: Mapping[Table, tuple[str, ...]] = {
    Table.PROJECTS: ("project_name", "annual_amount", "annual_goal"),
    Table.INDICATORS: ("level2", "target_value"),
    Table.DEPARTMENT_GOALS: ("policy_goal", "budget_goal", "target_value"),
}
"""Without these a table says too little; ``indicators`` needs ``indicator`` or ``level3`` too."""


class FrameRow(dict[str, Any]):
    """A row of a frame; asked for a column that the frame does not have, it says so."""

    def __missing__(self, column: str) -> Any:
        raise UnknownColumn(column)


@dataclass(frozen=True)
class Frames:
    """The rows of each table, their labels in the frame, and what the frame calls a column."""

    rows: Mapping[Table, Sequence[FrameRow]]
    labels: Mapping[Table, Sequence[Hashable]]
    names: Mapping[Table, Mapping[str, str]]

    @classmethod
    def of(
        cls,
        projects: pd.DataFrame | None,
        indicators: pd.DataFrame | None,
        department_goals: pd.DataFrame | None,
        plan_year: int | None,
    ) -> Frames:
        """The frames as rows. Raises ``InputError`` for a column that is missing or twice there."""
        frames = {
            Table.PROJECTS: projects,
            Table.INDICATORS: indicators,
            Table.DEPARTMENT_GOALS: department_goals,
        }
        given = {table: frame for table, frame in frames.items() if frame is not None}
        for table, frame in given.items():
            _check_columns(table, frame)
        of_projects = [] if projects is None else list(_projects(projects, plan_year))
        rows = {Table.PROJECTS: of_projects}
        if indicators is not None:
            owners = _owners(projects, of_projects, indicators)
            rows[Table.INDICATORS] = list(_indicators(indicators, owners, plan_year))
        if department_goals is not None:
            rows[Table.DEPARTMENT_GOALS] = list(_department_goals(department_goals, plan_year))
        names = {table: _names(table, frame) for table, frame in given.items()}
        return cls(rows, {table: list(frame.index) for table, frame in given.items()}, names)


def _check_columns(table: Table, frame: pd.DataFrame) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{table.value} is no pandas DataFrame: {type(frame).__name__}")
    columns = list(map(str, frame.columns))
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise InputError(f"{table.value} 中的列重复：{'、'.join(twice)}", hint="每列只能有一个。")
    missing = [name for name in REQUIRED[table] if name not in columns]
    if table is Table.INDICATORS and not {"indicator", "level3"} & set(columns):
        missing.append("indicator 或 level3")
    if missing:
        raise InputError(
            f"{table.value} 缺少列：{'、'.join(missing)}",
            hint="列名与 perfgoals export 导出的相同。",
        )


def _names(table: Table, frame: pd.DataFrame) -> dict[str, str]:
    """What the frame calls a column that a judge names otherwise."""
    if table is Table.PROJECTS and "title_year" in frame:
        return {"year": "title_year"}
    if table is Table.INDICATORS and "indicator" not in frame:
        return {"indicator": "level3"}
    return {}


def _records(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The values of these columns, as far as the frame has them; None where one is blank."""
    own = [name for name in columns if name in frame]
    values = [
        [None if blank else value for value, blank in zip(cells, cells.isna(), strict=True)]
        for cells in (frame[name].astype(object) for name in own)
    ]
    for row in zip(*values, strict=True):
        yield dict(zip(own, row, strict=True))


def _projects(frame: pd.DataFrame, plan_year: int | None) -> Iterator[FrameRow]:
    columns = (*PROJECT_FIELDS, "sheet", "amount_unit", "year", "title_year")
    for label, record in zip(frame.index, _records(frame, columns), strict=True):
        unit = text_of(record.get("amount_unit")) or COMMON_UNIT
        if unit not in UNIT_IN_YUAN:
            raise InputError(
                f"projects 第 {label} 行的 amount_unit 是“{unit}”，不是金额单位",
                hint="请改成“万元”或“元”。",
            )
        year = _whole(record.get("year"))
        yield FrameRow(
            {
                name: _amount(record[name], unit) if name in AMOUNT_FIELDS else text_of(value)
                for name, value in record.items()
                if name in PROJECT_FIELDS
            },
            sheet=text_of(record.get("sheet")) or "",
            amount_unit=unit,
            year=_whole(record["title_year"]) if "title_year" in record else year,
            plan_year=year if plan_year is None else plan_year,
            thresholds={},
            missing_labels=frozenset(),
            other_sources={},
            remarks=(),
        )


def _indicators(
    frame: pd.DataFrame, owners: Sequence[FrameRow | None], plan_year: int | None
) -> Iterator[FrameRow]:
    texts_of = ("level1", "level2", "indicator", "level3", "target_value", "note")
    records = _records(frame, (*texts_of, "sheet", "ordinal", "year"))
    for owner, record in zip(owners, records, strict=True):
        texts = {name: text_of(record[name]) for name in texts_of if name in record}
        name = texts.get("indicator", texts.get("level3"))
        ordinal, level3 = split_ordinal(name)
        target = parse_target(texts["target_value"])
        year = _whole(record.get("year")) or (owner["plan_year"] if owner is not None else None)
        row = FrameRow(
            texts,
            project=0,
            sheet=text_of(record.get("sheet")) or "",
            # Tells only what a first level without a second is.
            level1=texts.get("level1"),
            ordinal=_whole(record["ordinal"]) if "ordinal" in record else ordinal,
            indicator=name,
            level3=texts.get("level3", level3),
            plan_year=year if plan_year is None else plan_year,
            thresholds={},
        )
        row.update({column: getattr(target, column) for column in PARSED_COLUMNS})
        if owner is not None:
            row["of_project"] = owner
        yield row


def _department_goals(frame: pd.DataFrame, plan_year: int | None) -> Iterator[FrameRow]:
    for record in _records(frame, (*DEPARTMENT_GOAL_COLUMNS, "year")):
        year = _whole(record.pop("year", None))
        texts = {name: text_of(value) for name, value in record.items()}
        yield FrameRow(texts, plan_year=year if plan_year is None else plan_year, thresholds={})


def _owners(
    projects: pd.DataFrame | None, rows: Sequence[FrameRow], indicators: pd.DataFrame
) -> Sequence[FrameRow | None]:
    """The project of every indicator; None where the frames do not say which one it is.

    By ``project`` where both have it, else by ``project_name``, with ``file`` where both have that;
    where ``indicators`` alone has ``project``, that is a label of ``projects``. A key that several
    projects have is none.
    """
    unknown: list[FrameRow | None] = [None] * len(indicators)
    if projects is None:
        return unknown
    both = projects.columns.intersection(indicators.columns)
    shared = [name for name in ("project", "project_name") if name in both]
    if shared:
        names = [*(["file"] if "file" in both else []), shared[0]]
        keys, asked = (_keys(frame, names) for frame in (projects, indicators))
    elif "project" in indicators:
        keys = [(text_of(label),) for label in projects.index]
        asked = _keys(indicators, ["project"])
    else:
        return unknown
    known: dict[Hashable, FrameRow | None] = {}
    for key, row in zip(keys, rows, strict=True):
        known[key] = None if key in known else row
    return [known.get(key) for key in asked]


def _keys(frame: pd.DataFrame, names: Sequence[str]) -> list[Hashable]:
    """What these columns say in every row; 3 and 3.0 are one key."""
    return [tuple(map(text_of, record.values())) for record in _records(frame, names)]


def text_of(value: Any) -> str | None:
    """A value of a frame as the text that the form would show; None for a blank."""
    if is_blank(value) or value is pd.NaT:
        return None
    if isinstance(value, str):
        bare = value[1:]
        # The apostrophe that keeps a text of a CSV file from becoming a formula.
        return bare if value.startswith("'") and spreadsheet_safe(bare) == value else value
    if isinstance(value, dt.date):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _amount(value: Any, unit: str) -> Decimal | str | None:
    try:
        return parse_amount(value, unit)
    except ValueError:
        return str(value)


def _whole(value: Any) -> int | None:
    """A whole number, also where pandas made a float or a text of it; None for anything else."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None
