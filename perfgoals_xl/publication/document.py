"""The published document: the department's table, then every project's, each on a new page."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.document import Document
from lxml import etree

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.errors import InputError
from perfgoals_xl.form.text import clean, strip_markup
from perfgoals_xl.form.titles import DEPARTMENT_TITLE, PROJECT_TITLE
from perfgoals_xl.publication import appearance, department_table, project_table
from perfgoals_xl.publication.elements import Row, printable, seam, table
from perfgoals_xl.publication.report_table import (
    EVALUATION,
    MONITORING,
    ReportLayout,
    printed_values,
    report_tables,
    reports_of,
)
from perfgoals_xl.publication.sets import DepartmentTable, PublishedSet, sets_of
from perfgoals_xl.storage.files import whole_file

# Fixed, so that the same tables make the same document.
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
# In characters: what fits into a line of the title, and a head that cannot fill the page.
_TITLE_LINE, _HALF_A_PAGE = 29, 800
Values = Mapping[str, Any]
_Table = tuple[Sequence[Row], Sequence[int]]


class Published(NamedTuple):
    """How many tables were written, how many texts hold characters that a document cannot, and
    what staff should look at."""

    departments: int
    projects: int
    mended: int
    notes: Sequence[str] = ()
    evaluations: int = 0
    monitorings: int = 0


def write_publication(
    declarations: Sequence[Declaration], output: Path, *, year: int | None = None
) -> Published:
    """Write the tables of ``declarations`` to ``output`` (.docx) as they are published.

    Declarations of one department and year are published as one. ``year`` stands in the titles that
    name none. Amounts are printed as they were declared, in all their digits; a blank stays blank.
    Control characters, which a document cannot hold, are left out and counted. Raises
    ``InputError`` when nothing is filled in or the output cannot be written.
    """
    sets, notes = sets_of(declarations)
    if not any(len(own.declaration.projects) or own.tables for own in sets):
        raise InputError(
            "没有填写任何项目表或部门表，无可公开",
            hint="请换一份填好的申报文件。",
            file=declarations[0].file if declarations else None,
        )
    document = docx.Document()
    appearance.prepare(document)
    writer = _Writer(document)
    for own in sets:
        writer.add(own, year)
    _describe(document, [own.declaration for own in sets])
    # Whole in memory first: a zip file that a full disk breaks off complains when it is forgotten.
    packed = io.BytesIO()
    document.save(packed)
    with whole_file(output) as temporary:
        temporary.write_bytes(packed.getvalue())
    mended = sum(map(_loses, _texts(sets)))
    marked = sum(strip_markup(text) != text for text in _texts(sets))
    if marked:
        notes.append(
            f"{marked} 处文字带有残留的网页标记（如 <p>、<b>），照原样写出，公开前请清理。"
        )
    told = writer.departments, writer.projects, mended, notes
    return Published(*told, writer.reports[EVALUATION.title], writer.reports[MONITORING.title])


class _Writer:
    """Adds table after table to a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = {style.style_id: style for style in document.styles}
        self.departments = self.projects = 0
        self.reports: Counter[str] = Counter()
        self._follows_stated = False

    def add(self, own: PublishedSet, year: int | None) -> None:
        """One department's tables."""
        declaration = own.declaration
        stated = _stated(own)
        if stated:
            self._paragraph(stated, appearance.STATED, new_page=self._has_tables)
        self._follows_stated = bool(stated)
        own_year = declaration.year if declaration.year is not None else year
        name = declaration.department or ""
        for own_table in own.tables:
            self._department(declaration, own_table, own_year)
        indicators: dict[int, list[Values]] = defaultdict(list)
        for line in declaration.indicators.records():
            indicators[line["project"]].append(line)
        for number, project in enumerate(declaration.projects.records()):
            if number in declaration.evaluated_projects:
                continue  # published as what it is, below
            title_year = project["year"] if project["year"] is not None else year
            unit = project["amount_unit"] or declaration.amount_unit
            self._title(title_year, name, PROJECT_TITLE)
            if title_year is not None:
                self._paragraph(f"（{title_year}年度）", appearance.YEAR)
            self._paragraph(f"单位：{unit}", appearance.UNIT)
            self._form(
                (project_table.head_rows(project), project_table.HEAD_WIDTHS),
                project_table.indicator_rows(
                    indicators[number], declaration.origin(number).edition
                ),
            )
            self.projects += 1
        for layout in (MONITORING, EVALUATION):
            self._reports(declaration, layout, year)

    def _reports(self, declaration: Declaration, layout: ReportLayout, year: int | None) -> None:
        for report in reports_of(declaration.evaluated, layout):
            title_year = report.form["year"] if report.form["year"] is not None else year
            self._title(title_year, declaration.department or "", layout.title)
            if title_year is not None:
                self._paragraph(f"（{title_year}年度）", appearance.YEAR)
            unit = f"金额单位：{report.form['amount_unit']}"
            self._paragraph(unit, appearance.UNIT)
            self._form(*report_tables(report, layout))
            self.reports[layout.title] += 1

    @property
    def _has_tables(self) -> bool:
        return bool(self.departments or self.projects or self.reports)

    def _department(self, declaration: Declaration, own: DepartmentTable, year: int | None) -> None:
        self._title(year, declaration.department or "", DEPARTMENT_TITLE)
        code = declaration.department_code
        named = declaration.department
        if named and code:
            named = f"{named}（{code}）"
        rows = department_table.head_rows(named, own.duty_goal)
        lines = department_table.goal_rows(own.goals) if own.goals else None
        self._form(
            (rows, department_table.HEAD_WIDTHS),
            None if lines is None else (lines, department_table.GOAL_WIDTHS),
        )
        self.departments += 1

    def _title(self, year: int | None, department: str, title: str) -> None:
        whose = f"{'' if year is None else f'{year}年'}{department}"
        width = sum(1.0 if ord(sign) > 0xFF else 0.5 for sign in whose + title)
        text = f"{whose}\n{title}" if width > _TITLE_LINE else f"{whose}{title}"
        new_page = self._has_tables and not self._follows_stated
        self._follows_stated = False
        self._paragraph(text, appearance.TITLE, new_page=new_page)

    def _paragraph(self, text: str, style: str, *, new_page: bool = False) -> None:
        paragraph = self.document.add_paragraph(printable(text), self.styles[style])
        if new_page:
            paragraph.paragraph_format.page_break_before = True

    def _form(self, head: _Table, lines: _Table | None) -> None:
        """The two tables of a form, printed as one."""
        length = sum(len(cell.text or "") for row in head[0] for cell in row.cells)
        # One that may fill the page needs a lower border of its own.
        goes_on = lines is not None and length <= _HALF_A_PAGE
        self._append(table(*head, goes_on=goes_on))
        if lines is not None:
            self._append(seam())
            self._append(table(*lines))

    def _append(self, element: etree._Element) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, element)  # before the section's properties


def _stated(own: PublishedSet) -> str | None:
    """A line that says what the tables below it do not: department, code, plan year.

    The tables name the department as 主管部门 only, and the year as that of their titles.
    """
    declaration = own.declaration
    projects = declaration.projects.records()
    years: list[int | None] = [
        project["year"] for project in projects if project["year"] is not None
    ]
    parts = []
    if own.tables:
        years = [*[declaration.year] * len(own.tables), *years]
    elif declaration.department:
        named = Counter(
            clean(str(project["supervising_department"]))
            for project in projects
            if project["supervising_department"] is not None
        )
        first = named.most_common(1)[0][0] if named else None
        if declaration.department_code or first != declaration.department:
            parts.append(f"填报部门：\t{declaration.department}")
        if declaration.department_code:
            parts.append(f"填报部门代码：\t{declaration.department_code}")
    common = Counter(year for year in years if year is not None).most_common(1)
    if declaration.year is not None and (not common or common[0][0] != declaration.year):
        parts.append(f"计划年度：\t{declaration.year}")
    return "\t".join(parts) or None


def _describe(document: Document, sets: Sequence[Declaration]) -> None:
    properties = document.core_properties
    names = dict.fromkeys(item.department for item in sets if item.department)
    properties.title = printable(f"{'、'.join(names)}绩效目标表")[:255]
    properties.author = properties.last_modified_by = "perfgoals-xl"
    properties.comments = ""
    properties.created = properties.modified = _CREATED


def _texts(sets: Sequence[PublishedSet]) -> Iterator[str]:
    """Every text of the tables."""
    for own in sets:
        told: list[object] = [table.duty_goal for table in own.tables]
        goals = [goal for table in own.tables for goal in table.goals]
        declaration = own.declaration
        for number, record in enumerate(declaration.projects.records()):
            if number not in declaration.evaluated_projects:
                told += record.values()
        for goal in goals:
            told += goal.values()
        for line in declaration.indicators.records():
            if line["project"] not in declaration.evaluated_projects:
                told += [line["indicator"], line["target_value"], line["note"]]
        for layout in (MONITORING, EVALUATION):
            for report in reports_of(declaration.evaluated, layout):
                told += printed_values(report, layout)
        yield from (value for value in told if isinstance(value, str))


def _loses(text: str) -> bool:
    """Whether a text holds control characters."""
    return not text.isprintable() and len(printable(text)) < len(text.replace("\r\n", "\n"))
