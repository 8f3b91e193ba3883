"""The titles of the forms: typed out where a declaration was read, live in a blank workbook.

A live title follows year and department on 填报说明, so that staff enter them once.
"""

from __future__ import annotations

from typing import NamedTuple

from perfgoals_xl.workbooks.kit.row_height import height_of
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula, put_text
from perfgoals_xl.workbooks.standard import defined_names as names

_NAME_AND_CODE = (
    f'IF({names.DEPARTMENT}="","",{names.DEPARTMENT}'
    f'&IF({names.DEPARTMENT_CODE}="","","（"&{names.DEPARTMENT_CODE}&"）"))'
)


class Heading(NamedTuple):
    """Whose form it is and for which year; ``live`` takes both from 填报说明."""

    department: str | None
    code: str | None
    year: int | None
    live: bool


def put_title(sheet: Sheet, styles: Styles, heading: Heading, title: str, width: float) -> None:
    """The title in the first row, merged over as many columns as ``width`` units fill."""
    style = styles("title")
    year = "" if heading.year is None else f"{heading.year}年"
    text = f"{year}{heading.department or ''}{title}"
    if heading.live:
        formula = f'={names.YEAR}&"年"&{names.DEPARTMENT}&"{title}"'
        put_formula(sheet, 0, 0, formula, style, text)
    else:
        put_text(sheet, 0, 0, text, style)
    sheet.set_height(0, max(34.0, height_of(text, width, 16)))


def put_year_line(sheet: Sheet, styles: Styles, heading: Heading, row: int) -> None:
    """The line under the title that repeats the year; empty where no year is known."""
    text = None if heading.year is None else f"（{heading.year}年度）"
    if heading.live:
        formula = f'="（"&{names.YEAR}&"年度）"'
        put_formula(sheet, row, 0, formula, styles("subtitle"), text or "")
    else:
        put_text(sheet, row, 0, text, styles("subtitle"))


def put_department(sheet: Sheet, styles: Styles, heading: Heading, row: int, column: int) -> None:
    """Name and code of the department, as ``名称（代码）``."""
    style = styles("cell", "left", "text")
    code = f"（{heading.code}）" if heading.code and heading.department else ""
    text = f"{heading.department or ''}{code}"
    if heading.live:
        put_formula(sheet, row, column, f"={_NAME_AND_CODE}", style, text)
    else:
        put_text(sheet, row, column, text, style)
