"""One table with the projects of a whole department: a row for every indicator.

What a project says of itself stands beside its indicators, merged down, written once or repeated in
every row. A row with an amount and no indicator is a sum, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from perfgoals_xl.addresses import a1
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.taxonomy import detect_edition
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.form.title_year import year_with_word
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.columns import Header, find_header
from perfgoals_xl.reading.recognition.evaluation.listed_reports import read_listed
from perfgoals_xl.reading.recognition.evaluation.report_kind import tell_listed_report
from perfgoals_xl.reading.recognition.forms import Entry, Form
from perfgoals_xl.reading.recognition.head_labels import year_that_counts
from perfgoals_xl.reading.recognition.indicator_columns.printed_headers import tell_header
from perfgoals_xl.reading.recognition.indicator_columns.wide_groups import (
    ABOVE,
    Group,
    groups_of,
)
from perfgoals_xl.reading.recognition.labels import head_role, misspelt_role, other_source
from perfgoals_xl.reading.recognition.ledger import Use
from perfgoals_xl.reading.recognition.money_units import label_unit
from perfgoals_xl.reading.recognition.rows import Table

# The header stands near the top; below it there are only rows.
_REACH = 30
_FIELDS = frozenset(
    (
        "project_name",
        "supervising_department",
        "implementing_unit",
        "project_attribute",
        "project_period",
        "period_goal",
        "annual_goal",
        *AMOUNT_FIELDS,
    )
)
# In a list the unit that asks for the money is called so, which on a form may be anybody.
_UNIT_WORDS = frozenset(
    ("单位名称", "单位", "部门名称", "部门", "部门(单位)名称", "单位(部门)名称")
)
_FEWEST_PARTS, _FEWEST_NUMBERS = 2, 4
# One column for the unit and, under it, its projects: 单位名称、项目名称.
_BOTH_NAMES = re.compile(
    r"(?:项目|预算)?单位(?:名称)?(?:[、/和及]|\()(?:政策和)?项目(?:名称)?\)?(?:名称)?"
)
_OF_THE_LIST = ("supervising_department", "implementing_unit")


@dataclass(frozen=True)
class _Flat:
    """A flat table: its header, and the column of every field of a project."""

    grid: Grid
    header: Header
    fields: dict[str, int]
    units: dict[str, str]
    sources: dict[str, int]
    # Groups of indicators with columns of their own.
    groups: list[Group]
    # Whether the units stand in the column of the projects, each above its own.
    names_units: bool
    # Rows with indicators above the first name of a project: nobody's.
    nameless: list[int] = field(default_factory=list)


def find_flat(grid: Grid) -> list[Form]:
    """The projects of a flat table; [] where the grid holds none."""
    found = _flat(grid)
    if found is None:
        return []
    forms = list(_read(found))
    if forms:
        _tell_nameless(forms[0], found)
    return forms


def _tell_nameless(form: Form, flat: _Flat) -> None:
    """Say which rows stand above the first name of a project."""
    for row in flat.nameless:
        cells = list(form.grid.cells(row))
        form.ledger.note_all(((row, column) for column, _ in cells), Use.NOTE)
        place = form.grid.place(row, flat.fields["project_name"])
        text = f"这一行没有项目名称，上面也没有可以沿用的，未读取（{a1(row, cells[0][0])}:"
        said = f"{text}{a1(row, cells[-1][0])}）"
        form.stray(place, str(cells[0][1]), "project_name", said, RemarkKind.UNREAD)


def flat_header(grid: Grid) -> int | None:
    """The row of the header of a flat table; None where the grid holds none."""
    found = _flat(grid)
    return None if found is None else found.header.row


def _flat(grid: Grid) -> _Flat | None:
    header = find_header(grid, 0, min(len(grid.rows), _REACH))
    year = _titled_year(grid, header.row) if header is not None else None
    if year is not None:
        header = find_header(grid, 0, min(len(grid.rows), _REACH), year)
    if header is None or header.has_goals:
        return None
    named: dict[str, list[tuple[int, int | None]]] = {}
    fields: dict[str, int] = {}
    units: dict[str, str] = {}
    sources: dict[str, int] = {}
    misspelt = dict(header.misspelt)
    departments: list[int] = []
    groups = groups_of(grid, header)
    parts = {c for part in (header, *(g.header for g in groups)) for c in part.columns.values()}
    names_units = False
    for row in range(max(0, header.row - ABOVE) if groups else header.row, header.bottom + 1):
        for column, value in grid.cells(row):
            role = head_role(value)
            if role is None and (slip := misspelt_role(value)) is not None:
                role, misspelt[row, column] = slip
            name = role.name if role is not None else None
            if _BOTH_NAMES.fullmatch(fold(str(value))):
                name, names_units = "project_name", True
            if name in ("block_total", "department") or fold(str(value)) in _UNIT_WORDS:
                name = "annual_amount" if name == "block_total" else "implementing_unit"
                if fold(str(value)).startswith("部门"):
                    departments.append(column)
            if (source := other_source(value)) is not None and column not in parts:
                sources.setdefault(source, column)
            if name not in _FIELDS or column in parts:
                continue
            named.setdefault(name, []).append((column, role.year if role else None))
            if name in AMOUNT_FIELDS and (unit := label_unit(value)) is not None:
                units[name] = unit
    units_beside = [its for its in named.get("implementing_unit", ()) if its[0] not in departments]
    if departments and units_beside:
        # 部门名称 beside 单位名称: whose unit it is.
        named["implementing_unit"] = units_beside
        named.setdefault("supervising_department", [(departments[0], None)])
    for name, columns in named.items():
        chosen = year_that_counts([its for _, its in columns], year)
        fields[name] = next(column for column, its in columns if its == chosen)
    if "project_name" not in fields or len(header.columns) < _FEWEST_PARTS:
        return None
    first = min(parts)
    beside = frozenset(c for c in fields.values() if c > first)
    return _Flat(
        grid,
        replace(header, left=first, foreign=header.foreign | beside, misspelt=misspelt),
        fields,
        units,
        sources,
        groups,
        names_units,
    )


def _titled_year(grid: Grid, end: int) -> int | None:
    """The year that stands above the header: of several columns of years its own counts."""
    for row in grid.filled(0, end):
        for _, value in grid.cells(row):
            year = year_with_word(str(value))
            if year is not None:
                return year
    return None


def _read(flat: _Flat) -> Iterator[Form]:
    grid, header = flat.grid, flat.header
    taken = set(flat.fields.values())
    headers = (header, *(group.header for group in flat.groups))
    parts = {c for one in headers for c in one.columns.values() if c not in taken}
    # The cells of the indicators alone: a slipped row must not reach those of its project.
    band = replace(grid, rows=[_indicator_cells(r, header, parts, taken) for r in grid.rows])
    last: dict[str, int] = {}
    told = False
    unit: int | None = None
    for rows in _projects(flat, parts):
        if len(rows) == 1 and not parts & dict(grid.cells(rows[0])).keys():
            if flat.names_units:
                unit = rows[0]
            continue  # what the whole department asks for, under its name
        form = Form(grid, is_department=False)
        if not told:
            tell_header(form, header)
            told = True
        tell_listed_report(form, header)
        form.grid = band
        for name, column in flat.fields.items():
            at = next((r for r in rows if not is_blank(grid.value(r, column))), rows[0])
            value = grid.value(at, column)
            if name in _OF_THE_LIST and is_blank(value) and name in last:
                # Whose projects these are is written once, above those that follow.
                place, text = grid.place(at, column), "空白，按上面最近的一格读取"
                at = last[name]
                value = grid.value(at, column)
                form.infer(place, value, text, RemarkKind.READ_AS)
            elif not is_blank(value):
                last[name] = at
            if name in AMOUNT_FIELDS:
                value = grid.scaled(at, column) or value
            elif value is not None and not isinstance(value, str):
                value = grid.shown(at, column, value)
            form.entries[name] = Entry(value, grid.place(at, column))
            form.use(at, column, Use.VALUE)
            form.ledger.note_all(((r, column) for r in rows), Use.REPEATED)
        if unit is not None and "implementing_unit" not in flat.fields:
            at = flat.fields["project_name"]
            form.entries["implementing_unit"] = Entry(grid.value(unit, at), grid.place(unit, at))
        form.label_units.update(flat.units)
        for source, column in flat.sources.items():
            said = next((v for r in rows if not is_blank(v := grid.value(r, column))), None)
            if said is not None:
                form.other_sources[source] = str(said)
        form.edition = detect_edition(
            [
                f"{term.key1 or term.key2}指标"
                for group in flat.groups
                for term in (group.term, *(group.above or ())[:1])
            ]
            or [
                str(v)
                for r in rows
                for c, v in band.cells(r)
                if c < header.name and isinstance(v, str)
            ]
        )
        for table in _tables(form, flat):
            for row in rows:
                table.read(row)
        form.grid, form.rows = grid, (rows[0], rows[-1] + 1)
        read_listed(form, header, rows)
        yield form


def _tables(form: Form, flat: _Flat) -> Iterator[Table]:
    """The table of a project, or one for each group that stands beside the others."""
    if not flat.groups:
        yield Table(form, flat.header)
    for group in flat.groups:
        table = Table(form, group.header)
        if group.above is not None:
            table.levels.begin(*group.above)
        table.levels.begin(group.term, group.place, within=group.above is not None)
        yield table


def _indicator_cells(
    values: Sequence[object], header: Header, parts: set[int], taken: set[int]
) -> list[object]:
    return [
        value if column in parts or (column > header.left and column not in taken) else None
        for column, value in enumerate(values)
    ]


def _counts_columns(values: list[object]) -> bool:
    """Whether a row numbers its columns: 1, 2, 3."""
    told = [fold(str(value)).removesuffix(".0") for value in values]
    return len(told) >= _FEWEST_NUMBERS and told == [
        str(number) for number in range(1, len(told) + 1)
    ]


def _projects(flat: _Flat, parts: set[int]) -> Iterator[list[int]]:
    """The rows of each project."""
    grid = flat.grid
    keys = [
        flat.fields[name] for name in ("project_name", "implementing_unit") if name in flat.fields
    ]
    rows: list[int] = []
    current: list[str] = []
    for row in grid.filled(flat.header.bottom + 1):
        cells = dict(grid.cells(row))
        if is_blank(grid.value(row, keys[0])) and not parts & cells.keys():
            continue  # a sum of the department, or a line of text
        if _counts_columns(list(cells.values())):
            continue  # 1 | 2 | 3 below the header
        named = head_role(grid.value(row, keys[0]))
        if named is not None and named.name == "project_name":
            continue  # the header, printed once more on the next page
        said = [fold(str(grid.value(row, c) or "")) for c in keys]
        before = current or [""]
        if said[0] and any(new and new != old for new, old in zip(said, before, strict=False)):
            if rows:
                yield rows
            rows, current = [], said
        if current:
            rows.append(row)
        else:
            flat.nameless.append(row)
    if rows:
        yield rows
