"""自评表 and 监控表 as tables, and what is read of them told as lines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_xl.form.evaluation.evaluation_fields import EVALUATION_FIELDS, EvaluationTable
from tests.reading.sheets import Sheet, rows_of
from tests.support.layouts.files import write
from tests.support.layouts.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from perfgoals_xl.declaration import Declaration

TABLE = EvaluationTable
# What a row says of a target beyond its text follows from that.
UNTOLD = {"ordinal", "indicator", "kind", "operator", "low", "high", "unit", "amount_unit"}


def page_of(sheet: Sheet) -> Page:
    """A sheet for the drawing machine's writers of every format."""
    from perfgoals_xl.addresses import row_column

    page = Page(sheet.name)
    for row, values in enumerate(rows_of(sheet.table)):
        for column, value in enumerate(values):
            if value is not None:
                page.put(row, column, value)
    for address, value in sheet.cells.items():
        at = row_column(address)
        page.cells.pop(at, None)
        page.put(*at, value, format=sheet.formats.get(address))
    for area in sheet.merges:
        (top, left), (bottom, right) = map(row_column, area.split(":"))
        page.merges.append((top, left, bottom, right))
    return page


def write_as(kind: str, folder: Path, *sheets: Sheet) -> Path:
    """The sheets in a format of the drawing machine: xlsx, xls, docx, html, txt, csv, ods."""
    return write([page_of(sheet) for sheet in sheets], kind, folder / "表")


def said(declaration: Declaration, name: EvaluationTable, row: int = 0) -> list[str]:
    """One line per filled column of a row: name | value | cell."""
    table = declaration.evaluated.table(name)
    record = table.records()[row]
    lines = []
    for item in EVALUATION_FIELDS[name]:
        value = record[item.name]
        if value is None or item.name in UNTOLD:
            continue
        place = table.place(row, item.name)
        lines.append(f"{item.name} | {text(value)} | {place.cell if place else '-'}")
    return lines


def funds(declaration: Declaration, name: EvaluationTable, form: int = 0) -> list[str]:
    """One line per line of the funds: source | amounts, rate, points | the cell of the spent."""
    table = declaration.evaluated.table(name)
    lines = []
    for row, record in enumerate(table.records()):
        if record["form"] != form:
            continue
        values = [record[item.name] for item in EVALUATION_FIELDS[name]]
        place = table.place(row, "executed")
        lines.append(" | ".join([*map(text, values), place.cell if place else "-"]))
    return lines


def indicators(
    declaration: Declaration, name: EvaluationTable, *columns: str, form: int = 0
) -> list[str]:
    """One line per indicator: the named columns, those of a value with its cell."""
    table = declaration.evaluated.table(name)
    lines = []
    for row, record in enumerate(table.records()):
        if record["form"] != form:
            continue
        parts = []
        for column in columns:
            place = table.place(row, column)
            parts.append(f"{text(record[column])} {place.cell if place else ''}".strip())
        lines.append(" | ".join(parts))
    return lines


def text(value: object) -> str:
    """A value in digits or as it is; a blank is -."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "-" if value is None else str(value).replace("\n", "\\n")
