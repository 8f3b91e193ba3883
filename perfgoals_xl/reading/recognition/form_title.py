"""What stands above a form: its title, the year that it is for, the unit of its amounts."""

from __future__ import annotations

import re

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.evaluation.evaluation_labels import is_report_title
from perfgoals_xl.form.label_patterns import is_transfer_title
from perfgoals_xl.form.text import UNCALCULATED, fold
from perfgoals_xl.form.title_year import (
    bare_year,
    field_year,
    first_of_range,
    is_year_alone,
    is_year_label,
    year_with_word,
)
from perfgoals_xl.reading.recognition.forms import Form
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import stated_unit

_TITLE = re.compile(
    r"绩效(?:目标|指标|申报|自评|运行|评价|监控)|(?:申报|批复|自评|目标|监控|评价)表|清单|一览表"
)
_LONGEST_LINE = 40


def _year_fields(form: Form, start: int, end: int) -> list[tuple[int, Place]]:
    """The year that a form states in a field of its own: 预算年度 | 2026."""
    grid = form.grid
    found = []
    for row in grid.filled(start, end):
        label = (-1, "")
        for column, value in grid.cells(row):
            text = fold(str(value)).removesuffix(".0")
            if len(text) > _LONGEST_LINE:
                label = (-1, "")
                continue
            year = field_year(text)
            if year is None and is_year_label(label[1]) and is_year_alone(text):
                year = bare_year(text) or year_with_word(text)
                form.use(row, label[0], Use.LABEL)
            if year is not None:
                found.append((year, grid.place(row, column)))
                form.use(row, column, Use.VALUE)
            label = (column, text)
    return found


def read_title(form: Form, top: int, start: int, end: int) -> None:
    """Year and unit from the rows above the form, the year else from its head."""
    grid = form.grid
    form.is_titled_report = is_report_title(fold(grid.sheet))
    titled: list[tuple[int, Place]] = []
    ranges: list[tuple[int, Place]] = []
    for row in range(top, start):
        form.ledger.note_all(((row, c) for c, _ in grid.cells(row)), Use.TITLE)
        form.amount_unit = form.amount_unit or stated_unit(grid, row)
        before = ""
        for column, value in grid.cells(row):
            text, label, before = fold(str(value)), before, fold(str(value))
            if is_year_label(label) and is_year_alone(text):
                continue  # 计划年度 | 2026 above all forms: a field, that a title comes before
            if value == UNCALCULATED:
                form.title_uncalculated = True
                form.year_place = form.year_place or grid.place(row, column)
            is_title = _TITLE.search(text) is not None
            form.is_titled_report |= is_title and is_report_title(text)
            form.is_transfer |= is_title and is_transfer_title(text)
            year = year_with_word(text)
            if year is None and (is_title or is_year_alone(text)):
                year = bare_year(text)
            if year and (is_title or "年度" in text or len(text) <= 12):
                titled.append((year, grid.place(row, column)))
            elif is_title and (first := first_of_range(text)) is not None:
                ranges.append((first, grid.place(row, column)))
    titled = titled or _year_fields(form, top, end) or ranges
    if titled:
        form.year, form.year_place = titled[0]
        for year, place in titled[1:]:
            if year != form.year:
                form.stray(place, str(year), "year", f"标题写 {form.year} 年，这里写 {year} 年")
