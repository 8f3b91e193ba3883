"""The published document: the department's table, then every project's, each on a new page."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.document import Document
from lxml import etree

from perfgoals_xl.declaration import Declaration, combine
from perfgoals_xl.errors import InputError
from perfgoals_xl.files import whole_file
from perfgoals_xl.form.text import clean
from perfgoals_xl.publication import appearance, department_table, project_table
from perfgoals_xl.publication.elements import Row, printable, seam, table
from perfgoals_xl.workbooks.headings import DEPARTMENT_TITLE, PROJECT_TITLE

# Fixed, so that the same tables make the same document.
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
# In characters: what fits into a line of the title, and a head that cannot fill the page.
_TITLE_LINE, _HALF_A_PAGE = 29, 800
Values = Mapping[str, Any]
_Table = tuple[Sequence[Row], Sequence[int]]


class Published(NamedTuple):
    """How many tables were written, and how many texts hold characters that a document cannot."""

    departments: int
    projects: int
    mended: int


def write_publication(
    declarations: Sequence[Declaration], output: Path, *, year: int | None = None
) -> Published:
    """Write the tables of ``declarations`` to ``output`` (.docx) as they are published.

    Declarations of one department are published as one. ``year`` stands in the titles that name
    none. Amounts are printed as they were declared, in all their digits; a blank stays blank.
    Control characters, which a document cannot hold, are left out and counted. Raises
    ``InputError`` when nothing is filled in or the output cannot be written.
    """
    sets = [combine(own) for own in _by_department(declarations)]
    if not any(len(item.projects) or _has_department_table(item) for item in sets):
        raise InputError(
            "没有填写任何项目表或部门表，无可公开",
            hint="请换一份填好的申报文件。",
            file=declarations[0].file if declarations else None,
        )
    document = docx.Document()
    appearance.prepare(document)
    writer = _Writer(document)
    for item in sets:
        writer.add(item, year)
    _describe(document, sets)
    with whole_file(output) as temporary:
        document.save(str(temporary))
    return Published(writer.departments, writer.projects, _count_mended(sets))


class _Writer:
    """Adds table after table to a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = {style.style_id: style for style in document.styles}
        self.departments = self.projects = 0
        self._follows_stated = False

    def add(self, declaration: Declaration, year: int | None) -> None:
        """One department's tables."""
        stated = _stated(declaration)
        if stated:
            self._paragraph(stated, appearance.STATED, new_page=self._has_tables)
        self._follows_stated = bool(stated)
        own_year = declaration.year if declaration.year is not None else year
        name = declaration.department or ""
        if _has_department_table(declaration):
            self._department(declaration, own_year)
        indicators: dict[int, list[Values]] = defaultdict(list)
        for line in declaration.indicators.records():
            indicators[line["project"]].append(line)
        for number, project in enumerate(declaration.projects.records()):
            title_year = project["year"] if project["year"] is not None else year
            unit = project["amount_unit"] or declaration.amount_unit
            self._title(title_year, name, PROJECT_TITLE)
            if title_year is not None:
                self._paragraph(f"（{title_year}年度）", appearance.YEAR)
            self._paragraph(f"单位：{unit}", appearance.UNIT)
            self._form(
                (project_table.head_rows(project), project_table.HEAD_WIDTHS),
                project_table.indicator_rows(indicators[number], _edition(declaration, number)),
            )
            self.projects += 1

    @property
    def _has_tables(self) -> bool:
        return bool(self.departments or self.projects)

    def _department(self, declaration: Declaration, year: int | None) -> None:
        self._title(year, declaration.department or "", DEPARTMENT_TITLE)
        code = declaration.department_code
        named = declaration.department
        if named and code:
            named = f"{named}（{code}）"
        rows = department_table.head_rows(named, declaration.duty_goal)
        goals = declaration.department_goals.records()
        self._form(
            (rows, department_table.HEAD_WIDTHS),
            (department_table.goal_rows(goals), department_table.GOAL_WIDTHS) if goals else None,
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


def _by_department(declarations: Sequence[Declaration]) -> list[list[Declaration]]:
    groups: dict[str | None, list[Declaration]] = {}
    for declaration in declarations:
        groups.setdefault(declaration.department, []).append(declaration)
    return list(groups.values())


def _has_department_table(declaration: Declaration) -> bool:
    return bool(len(declaration.department_goals)) or declaration.duty_goal is not None


def _edition(declaration: Declaration, project: int) -> str:
    editions = declaration.editions
    return editions[project] if project < len(editions) else declaration.edition


def _stated(declaration: Declaration) -> str | None:
    """A line that says what the tables below it do not: department, code, plan year.

    The tables name the department as 主管部门 only, and the year as that of their titles.
    """
    projects = declaration.projects.records()
    years = [project["year"] for project in projects if project["year"] is not None]
    parts = []
    if _has_department_table(declaration):
        years.insert(0, declaration.year)
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


def _count_mended(sets: Sequence[Declaration]) -> int:
    """The texts that hold control characters."""

    def lost(value: object) -> bool:
        if not isinstance(value, str) or value.isprintable():
            return False
        return len(printable(value)) < len(value.replace("\r\n", "\n"))

    told: list[object] = [item.duty_goal for item in sets]
    for item in sets:
        for records in (item.projects, item.department_goals):
            told += [value for record in records.records() for value in record.values()]
        for record in item.indicators.records():
            told += [record["indicator"], record["target_value"], record["note"]]
    return sum(map(lost, told))
