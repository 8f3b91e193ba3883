"""What was drawn as a real workbook, cell by cell where the sheets in memory have it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.support.faults.model import Drawn
from tests.support.faults.sheets import sheets


def write(drawn: Drawn, path: Path) -> Path:
    """Write the workbook to ``path`` and return it."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for made in sheets(drawn):
        sheet = book.create_sheet(made.name)
        for (row, column), value in made.cells.items():
            if isinstance(value, Decimal):
                value = int(value) if value == value.to_integral_value() else float(value)
            cell = sheet.cell(row + 1, column + 1, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return path
