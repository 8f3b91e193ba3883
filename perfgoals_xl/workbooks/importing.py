"""``perfgoals import``: a declaration that was read, as the standard workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.review.catalogue import RULES
from perfgoals_xl.workbooks.template import write_standard_workbook


def write_imported(declaration: Declaration, output: Path, *, year: int | None = None) -> None:
    """Write ``declaration`` to ``output`` as the standard workbook, one sheet per project.

    ``year`` stands in where the titles name none. Raises ``InputError`` when no year is known or
    the output cannot be written.
    """
    plan_year = declaration.year if declaration.year is not None else year
    if plan_year is None:
        raise InputError(
            "标题中没有找到年度",
            hint="请用 --year 指明计划年度，如 --year 2026。",
            file=declaration.file,
        )
    write_standard_workbook(
        output,
        department=declaration.department,
        code=declaration.department_code,
        year=plan_year,
        declaration=replace(declaration, year=plan_year),
        rules=tuple(RULES.values()),
    )
