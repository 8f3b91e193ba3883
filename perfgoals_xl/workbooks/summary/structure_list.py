"""指标结构 of the summary: how many indicators each project has in each group, gaps in colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_xl.addresses import Area, column_letters
from perfgoals_xl.form.taxonomy import EDITIONS, group_key
from perfgoals_xl.review.rules.groups import NEEDS
from perfgoals_xl.workbooks.kit.column_totals import put_count
from perfgoals_xl.workbooks.kit.page import set_page
from perfgoals_xl.workbooks.kit.row_height import MAX_HEIGHT, height_of
from perfgoals_xl.workbooks.kit.source_links import Place, SourceLinks
from perfgoals_xl.workbooks.kit.styles import SEVERITY_COLOURS, Styles
from perfgoals_xl.workbooks.kit.tables import (
    Column,
    add_filter,
    put_empty,
    put_head,
    put_note,
    put_sheet_title,
    set_widths,
)
from perfgoals_xl.workbooks.kit.writing import Sheet, put_block, put_formula, put_text
from perfgoals_xl.workbooks.summary import indicator_list

if TYPE_CHECKING:
    from perfgoals_xl.declaration import Declaration

SHEET = "指标结构"
_TABLE_ROW = 2
_LEADING = (Column("序号", 6, "center"), Column("项目", 34), Column("版式", 7, "center"))
_GROUP_WIDTH, _SUM_WIDTH = 10, 8
_TOTAL = ("cell", "total", "center", "ten", "count")
_GAP = "缺"
_COST, _MONEY = "成本指标", "经济成本"
_NOTE = "各类指标的条数，由“指标明细”自动统计。缺：红色的必须有，黄色的应当有，蓝色的没有也可以。"


class Group(NamedTuple):
    """A column: a group of the taxonomy, and how the editions at hand spell it."""

    key: str
    header: str
    spellings: tuple[str, ...]


class StructureLine(NamedTuple):
    """One project: its name, its edition, how many indicators it has by group key, its form."""

    name: str | None
    edition: str
    counts: Counter[str | None]
    source: Place


def structure_lines(declarations: Sequence[Declaration]) -> list[StructureLine]:
    """The indicators of every project counted by group, in the order of the project list.

    Under None stand those whose second level is no term of the taxonomy.
    """
    lines = []
    for declaration in declarations:
        counted: dict[int, Counter[str | None]] = {}
        for record in declaration.indicators.records():
            of_project = counted.setdefault(record["project"], Counter())
            of_project[_key_of(record["level1"], record["level2"])] += 1
        sheets = declaration.projects.values["sheet"].tolist()
        for index, name in enumerate(declaration.projects.values["project_name"].tolist()):
            edition = declaration.origin(index).edition
            place = declaration.projects.place(index, "project_name")
            source = (declaration.file, sheets[index], place.cell if place else None)
            lines.append(StructureLine(name, edition, counted.get(index, Counter()), source))
    return lines


def _key_of(level1: str | None, level2: str | None) -> str | None:
    """The group of an indicator; a cost that does not say of which kind is money (S01 agrees)."""
    return _MONEY if level1 == _COST and not level2 else group_key(level2)


def groups_of(editions: Sequence[str]) -> list[Group]:
    """The groups of the editions, in their order; a group that two of them have stands once."""
    spellings: dict[str, list[str]] = {}
    for edition in dict.fromkeys(editions):
        for _, level2 in EDITIONS[edition].groups:
            key = group_key(level2)
            assert key is not None
            if level2 not in spellings.setdefault(key, []):
                spellings[key].append(level2)
    return [Group(key, names[0], tuple(names)) for key, names in spellings.items()]


def write_structure(
    sheet: Sheet,
    styles: Styles,
    lines: Sequence[StructureLine],
    indicators: int,
    links: SourceLinks,
    *,
    title: str,
    header: str,
) -> None:
    """Fills the sheet; ``indicators`` is the number of rows of 指标明细, which is counted.

    The number of a project is a link to its form.
    """
    groups = groups_of([line.edition for line in lines] or list(EDITIONS)[:1])
    columns = (
        *_LEADING,
        *(Column(group.header, _GROUP_WIDTH, "center") for group in groups),
        Column("其他", _SUM_WIDTH, "center"),
        Column("合计", _SUM_WIDTH, "center"),
    )
    last_column = len(columns) - 1
    set_widths(sheet, columns)
    put_sheet_title(sheet, styles, title, last_column)
    put_note(sheet, styles, 1, _NOTE + links.note, last_column)
    put_head(sheet, styles, _TABLE_ROW, columns)
    for number, line in enumerate(lines, start=1):
        _write_line(sheet, styles, number, line, groups, indicators)
        links.put_number(sheet, styles, _TABLE_ROW + number, number, line.source)
    last = _TABLE_ROW + len(lines)
    if not lines:
        last = put_empty(sheet, styles, _TABLE_ROW + 1, columns, "（没有项目）")
    add_filter(sheet, _TABLE_ROW, last, columns)
    if lines:
        _colour_gaps(sheet, styles, groups, [line.edition for line in lines], last)
        last = _write_totals(sheet, styles, lines, groups)
    set_page(
        sheet,
        landscape=True,
        last_row=last,
        last_column=last_column,
        repeat=(_TABLE_ROW, _TABLE_ROW),
        header=header,
    )


def _write_line(
    sheet: Sheet,
    styles: Styles,
    number: int,
    line: StructureLine,
    groups: Sequence[Group],
    indicators: int,
) -> None:
    row, at = _TABLE_ROW + number, _TABLE_ROW + number + 1
    count, total = styles("cell", "center", "ten", "count"), styles(*_TOTAL)
    put_text(sheet, row, 1, line.name, styles("cell", "left", "text", "ten"))
    put_text(sheet, row, 2, line.edition, styles("cell", "center", "text", "ten"))
    projects = indicator_list.range_of("项目序号", indicators)
    level1, level2 = (
        indicator_list.range_of(header, indicators) for header in ("一级指标", "二级指标")
    )
    for column, group in enumerate(groups, start=len(_LEADING)):
        names = ",".join(f'"{name}"' for name in group.spellings)
        formula = f"=SUM(COUNTIFS({projects},$A{at},{level2},{{{names}}}))"
        if group.key == _MONEY:
            formula += f'+COUNTIFS({projects},$A{at},{level1},"{_COST}",{level2},"")'
        put_formula(sheet, row, column, formula, count, line.counts[group.key])
    first, behind = len(_LEADING), len(_LEADING) + len(groups)
    every = line.counts.total()
    known = sum(line.counts[group.key] for group in groups)
    area = f"{column_letters(first)}{at}:{column_letters(behind - 1)}{at}"
    all_cell = f"{column_letters(behind + 1)}{at}"
    put_formula(sheet, row, behind, f"={all_cell}-SUM({area})", count, every - known)
    put_formula(sheet, row, behind + 1, f"=COUNTIFS({projects},$A{at})", total, every)
    height = max(22.0, height_of(line.name, _LEADING[1].width, 10))
    sheet.set_height(row, min(height, MAX_HEIGHT), fixed=False)


def _write_totals(
    sheet: Sheet, styles: Styles, lines: Sequence[StructureLine], groups: Sequence[Group]
) -> int:
    """Adds up the columns below the projects and returns the row."""
    row, first = _TABLE_ROW + 1 + len(lines), len(_LEADING)
    label = styles("cell", "total", "center", "ten")
    put_block(sheet, Area(row, 0, row, first - 1), "合　计", label)
    counts = [sum(line.counts[group.key] for line in lines) for group in groups]
    every = sum(line.counts.total() for line in lines)
    for column, count in enumerate([*counts, every - sum(counts), every], start=first):
        put_count(sheet, styles, (row, column), _TABLE_ROW + 1, count, _TOTAL)
    sheet.set_height(row, 22)
    return row


def _colour_gaps(
    sheet: Sheet, styles: Styles, groups: Sequence[Group], editions: Sequence[str], last: int
) -> None:
    """A need of S01 that no group of a project satisfies shows in all cells that could."""
    first = _TABLE_ROW + 1
    columns = {group.key: len(_LEADING) + number for number, group in enumerate(groups)}
    for edition in dict.fromkeys(editions):
        own = {group_key(level2) for _, level2 in EDITIONS[edition].groups}
        for _, keys, severity in NEEDS[edition]:
            able = [columns[key] for key in keys if key in columns]
            cells = ",".join(f"${column_letters(column)}{first + 1}" for column in able)
            if not able:
                continue
            criteria = f'=AND($C{first + 1}="{edition}",SUM({cells})=0)'
            look = styles.gap(SEVERITY_COLOURS[severity], _GAP)
            for key in keys:
                if key in columns and key in own:
                    column = columns[key]
                    options = {"type": "formula", "criteria": criteria, "format": look}
                    sheet.conditional_format(first, column, last, column, options)
