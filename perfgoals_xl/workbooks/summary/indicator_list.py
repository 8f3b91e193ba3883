"""指标明细 of the summary: every indicator of every project in a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfgoals_xl.addresses import column_letters
from perfgoals_xl.form.fields import field
from perfgoals_xl.form.target import KIND_LABELS
from perfgoals_xl.workbooks.kit.sheet_names import quoted
from perfgoals_xl.workbooks.kit.source_links import SourceLinks
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    Value,
    finish_table,
    put_note,
    put_sheet_title,
    put_table,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "指标明细"
_TABLE_ROW = 2

INDICATOR_COLUMNS = (
    Column(field("level1").label, 10, "center"),
    Column(field("level2").label, 11, "center"),
    Column("指标序号", 6, "center"),
    Column(field("level3").label, 30),
    Column(field("target_value").label, 16, "center"),
    Column("类型", 8, "center"),
    Column("符号", 6, "center"),
    Column("下限", 11, "right"),
    Column("上限", 11, "right"),
    Column("单位", 8, "center"),
    Column(field("note").label, 14),
    Column("工作表", 11),
)
"""What every list of indicators says of one; ``indicator_values`` are its values."""
_COLUMNS = (
    Column("序号", 6, "center"),
    Column("项目", 22),
    *INDICATOR_COLUMNS,
    Column("单元格", 8, "center"),
    Column("项目序号", 6, "center"),
)
_NOTE = "指标值一栏照原文；类型、符号、下限、上限、单位由程序从指标值读出，没有读出的留空。"


def write_indicator_list(
    sheet: Sheet,
    styles: Styles,
    declarations: Sequence[Declaration],
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """All indicators, with sign, bounds and unit in columns of their own, ready to be imported.

    The cell of an indicator's target value is a link to it.
    """
    places: list[tuple[str, str | None, str | None]] = []
    rows: list[list[Value]] = []
    before = 0
    for declaration in declarations:
        projects = declaration.projects.values["project_name"].tolist()
        for index, record in enumerate(declaration.indicators.records()):
            place = declaration.indicators.place(index, "target_value")
            places.append((declaration.file, record["sheet"], place.cell if place else None))
            rows.append(
                [
                    len(rows) + 1,
                    projects[record["project"]],
                    *indicator_values(record),
                    place.cell if place else None,
                    before + record["project"] + 1,
                ]
            )
        before += len(projects)
    set_widths(sheet, _COLUMNS)
    last_column = len(_COLUMNS) - 1
    put_sheet_title(sheet, styles, title, last_column)
    put_note(sheet, styles, 1, _NOTE + links.cell_note, last_column)
    last = put_table(sheet, styles, _TABLE_ROW, _COLUMNS, rows)
    cells = [column.header for column in _COLUMNS].index("单元格")
    styles_of_cell = (
        styles("cell", "center", "text", "ten"),
        styles("cell", "center", "link", "ten"),
    )
    for row, (line, source) in enumerate(zip(rows, places, strict=True), start=_TABLE_ROW + 1):
        text = line[cells]
        links.put(sheet, row, cells, None if text is None else str(text), styles_of_cell, source)
    finish_table(sheet, _TABLE_ROW, last, _COLUMNS, header)


def range_of(header: str, rows: int) -> str:
    """The cells below a header, where the list has ``rows`` indicators, for other sheets."""
    letters = column_letters([column.header for column in _COLUMNS].index(header))
    first = _TABLE_ROW + 2
    return f"{quoted(SHEET)}!${letters}${first}:${letters}${max(first, first + rows - 1)}"


def indicator_values(record: Mapping[str, Any]) -> list[Value]:
    """What ``INDICATOR_COLUMNS`` say of a row of ``indicators``."""
    kind = record["kind"]
    return [
        record["level1"],
        record["level2"],
        record["ordinal"],
        record["level3"],
        record["target_value"],
        KIND_LABELS.get(kind, kind),
        record["operator"],
        _bound(record["low"]),
        _bound(record["high"]),
        record["unit"],
        record["note"],
        record["sheet"],
    ]


def _bound(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | Decimal):
        return value
    return Decimal(str(value))
