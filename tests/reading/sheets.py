"""Sheets written as tables inside the tests, and declarations told back as tables.

A table is a text: one line per row, ``|`` between the columns, a blank field is a blank cell. A
``\\n`` in a field (backslash and n) is a line break inside the cell. What comes back is told the
same way, so that a test reads as a form above and its values with their cells below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl

from perfgoals_xl.addresses import row_column
from perfgoals_xl.declaration import PROJECT_FIELDS
from perfgoals_xl.reading.assemble import load_declaration

if TYPE_CHECKING:
    from pathlib import Path

    from perfgoals_xl.declaration import Declaration

SHEET = "项目表"


def rows_of(table: str) -> list[list[str | None]]:
    """The rows of a table, without the line break that opens its triple quotes."""
    lines = table.removeprefix("\n").rstrip().split("\n")
    return [
        [part.strip().replace("\\n", "\n") or None for part in line.split("|")] for line in lines
    ]


@dataclass
class Sheet:
    """A worksheet to write: a table, where it starts, merged areas, and cells that are no text."""

    table: str
    name: str = SHEET
    at: str = "A1"
    merges: tuple[str, ...] = ()
    cells: dict[str, object] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)


def write_text(path: Path, table: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    """A tab-separated text. A line break inside a cell becomes a space: a text has none."""
    lines = ["\t".join((v or "").replace("\n", " ") for v in row) for row in rows_of(table)]
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def write_workbook(path: Path, *sheets: Sheet | str) -> Path:
    """An .xlsx as openpyxl writes it: texts as texts, formulas without cached values."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for number, item in enumerate(sheets):
        sheet = Sheet(item, SHEET if number == 0 else f"{SHEET}{number + 1}")
        sheet = sheet if isinstance(item, str) else item
        page = book.create_sheet(sheet.name)
        top, left = row_column(sheet.at)
        for down, row in enumerate(rows_of(sheet.table), start=top + 1):
            for right, value in enumerate(row, start=left + 1):
                if value is not None:
                    cell = page.cell(down, right, value)
                    cell.data_type = "s"  # a text that starts with = stays a text
        for address, value in sheet.cells.items():
            page[address] = value
        for address, code in sheet.formats.items():
            page[address].number_format = code
        for area in sheet.merges:
            page.merge_cells(area)
    book.save(path)
    return path


def read_text(tmp_path: Path, table: str) -> Declaration:
    """The declaration of a tab-separated text that holds the table."""
    return load_declaration(write_text(tmp_path / f"{SHEET}.txt", table))


def read_workbook(tmp_path: Path, *sheets: Sheet | str) -> Declaration:
    """The declaration of a workbook that holds the sheets."""
    return load_declaration(write_workbook(tmp_path / "book.xlsx", *sheets))


def told(block: str) -> list[str]:
    """The lines of an expectation, each with single blanks."""
    return [" ".join(line.split()) for line in block.strip().splitlines()]


def lines(declaration: Declaration, project: int | None = None) -> list[str]:
    """One line per indicator: level1 level2 ordinal | level3 | target_value | its cell | note."""
    found = []
    for row, record in enumerate(declaration.indicators.records()):
        if project is not None and record["project"] != project:
            continue
        place = declaration.indicators.place(row, "target_value")
        parts = [
            f"{_text(record['level1'])} {_text(record['level2'])} {_text(record['ordinal'])}",
            _text(record["level3"]),
            _text(record["target_value"]),
            "-" if place is None else place.cell,
        ]
        if record["note"] is not None:
            parts.append(_text(record["note"]))
        found.append(" ".join(" | ".join(parts).split()))
    return found


def fields(declaration: Declaration, project: int = 0, *names: str) -> list[str]:
    """One line per field of a project that the form has a cell for: name | value | cell."""
    found = []
    record = declaration.projects.records()[project]
    for name in names or PROJECT_FIELDS:
        place = declaration.projects.place(project, name)
        if place is not None:
            found.append(" ".join(f"{name} | {_text(record[name])} | {place.cell}".split()))
    return found


def goals(declaration: Declaration) -> list[str]:
    """One line per department goal: levels | policy goal | budget goal | target | cell | note."""
    found = []
    for row, record in enumerate(declaration.department_goals.records()):
        place = declaration.department_goals.place(row, "target_value")
        names = ("policy_goal", "budget_goal", "target_value")
        parts = [f"{_text(record['level1'])} {_text(record['level2'])}"]
        parts += [_text(record[name]) for name in names]
        parts.append("-" if place is None else place.cell)
        if record["note"] is not None:
            parts.append(_text(record["note"]))
        found.append(" ".join(" | ".join(parts).split()))
    return found


def remarks(declaration: Declaration) -> list[str]:
    """One line per remark: cell | value | field | project."""
    return [
        f"{r.place.cell} | {r.value} | {r.field or '-'} | {_text(r.project)}"
        for r in declaration.remarks
    ]


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "-" if value is None else str(value)
