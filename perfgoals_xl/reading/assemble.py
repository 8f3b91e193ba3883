"""From the forms of a file to its declaration: parts joined, values typed, cells kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PARSED_COLUMNS,
    PROJECT_COLUMNS,
    PROJECT_FIELDS,
    DataTable,
    Declaration,
    PartValue,
    ProjectOrigin,
    Remark,
    RemarkKind,
    TextCell,
)
from perfgoals_xl.form import own_sheets
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.kept_notes import read_note
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.taxonomy import DEFAULT_EDITION
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.form.title_year import bare_year, year_with_word
from perfgoals_xl.garbage import rarely_collected
from perfgoals_xl.reading.budget_list import take_listed_amounts
from perfgoals_xl.reading.cell_account import account
from perfgoals_xl.reading.continued_tables import continued
from perfgoals_xl.reading.department_name import department_of
from perfgoals_xl.reading.department_rows import department_form, department_goal
from perfgoals_xl.reading.editions import settled_edition, shown_edition
from perfgoals_xl.reading.evaluation_rows import declaring, evaluated_numbers, evaluated_tables
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.hidden_sheets import Found, hidden_forms, without_hidden
from perfgoals_xl.reading.own_sheets import cover
from perfgoals_xl.reading.own_sheets.reason_sheet import read_results
from perfgoals_xl.reading.own_sheets.rule_sheet import read_notes_wanted, read_rule_lines
from perfgoals_xl.reading.own_sheets.scoring_sheet import read_made_from, read_scoring_sheet
from perfgoals_xl.reading.project_parts import (
    amount_of,
    group_parts,
    is_blank_form,
    sources_of,
    text_of,
    unit_of,
    value_of,
)
from perfgoals_xl.reading.recognition.columns import find_header
from perfgoals_xl.reading.recognition.forms import Entry, Form, Line
from perfgoals_xl.reading.recognition.labels import OTHER, head_role
from perfgoals_xl.reading.recognition.recognise import find_forms, find_lists
from perfgoals_xl.reading.recognition.side_by_side import without_checks
from perfgoals_xl.reading.sources.source import Source, read_source
from perfgoals_xl.reading.stated_points import reserves_execution, stated_points

# A sheet that prints this many of a form's labels, in rows of their own, is meant as a form.
_LABELS_OF_A_FORM = 4
_FORM_REACH = 60


def load_declaration(path: str | Path, *, include_hidden: bool = False) -> Declaration:
    """The declaration in a file.

    A file without any form gives an empty declaration. Forms on hidden sheets are told in
    ``hidden_forms`` and count only with ``include_hidden``. Raises ``InputError`` when the file
    cannot be read at all.
    """
    with rarely_collected():
        return assemble(read_source(path), include_hidden=include_hidden)


def assemble(source: Source, *, include_hidden: bool = False) -> Declaration:
    """The declaration on the grids of a source; ``include_hidden`` as for a file."""
    # What an import told of other cells is no form, whatever words it quotes.
    others = [grid for grid in source.grids if grid.sheet != own_sheets.IMPORT_SHEET]
    # Once for all: what is looked up of a grid is kept with it.
    read = [without_checks(grid) for grid in others]
    found: Found = [(grid, find_forms(grid)) for grid in read]
    if not any(forms for _, forms in found) and not _is_summary(source):
        found = [(grid, find_lists(grid)) for grid in read]
    hidden = hidden_forms(found)
    if not include_hidden:
        found = without_hidden(found)
    if not _is_summary(source):
        found = continued(found)
    # A form that does not count does not say either which department or year this is.
    grids = [grid for grid, _ in found]
    forms = [form for _, on_grid in found for form in on_grid if not form.continues]
    department_forms = [form for form in forms if form.is_department]
    reports = [form for form in forms if form.report is not None]
    project_forms = declaring([form for form in forms if not form.is_department])
    filled = [form for form in project_forms if not is_blank_form(form)]
    take_listed_amounts(filled, [grid for grid, on_grid in found if not on_grid])
    # An evaluation beside a declaration may be that of another year.
    said = [*department_forms, *filled] or forms
    year = cover.plan_year(grids) or _most_common(form.year for form in (*said, *forms))
    year = year or _year_of_names(forms, source.path)
    groups = group_parts(filled)

    project_values, project_cells = [], []
    line_values: list[dict[str, Any]] = []
    line_cells: list[dict[str, Place]] = []
    shares: dict[int, tuple[TextCell, ...]] = {}
    remarks: list[Remark] = []
    for number, parts in enumerate(groups):
        values, cells = _project(parts, year)
        project_values.append(values)
        project_cells.append(cells)
        for form in parts:
            remarks += _remarks(form, number)
            for line in form.lines:
                if line.target.place in form.shares:
                    shares[len(line_values)] = form.shares[line.target.place]
                row, row_cells = _indicator(line, number, form)
                line_values.append(row)
                line_cells.append(row_cells)
    goal_rows = [department_goal(line, form) for form in department_forms for line in form.lines]
    for form in department_forms:
        remarks += _remarks(form, None)
    remarks += [remark for grid, on_grid in found if not on_grid for remark in _nameless_form(grid)]
    edition = settled_edition([form for form in filled if form.lines])
    name, code, places = department_of(grids, department_forms, filled)
    results = read_results(grids)
    remarks += results.remarks
    scoring = read_scoring_sheet(grids)
    if scoring is not None and scoring.trouble:
        told = f"评分设置读不懂（{scoring.trouble}），按默认的评分办法核对"
        remarks.append(Remark(scoring.place, told))
    version = cover.template_version(grids)
    if version is not None:
        places["template_version"] = version[1]
    duties = (f.entries["duty_goal"] for f in department_forms if "duty_goal" in f.entries)
    duty = next(duties, None)
    if duty is not None:
        places["duty_goal"] = duty.place
    for form in (*department_forms, *filled):
        if form.year_place is not None:
            places.setdefault("year", form.year_place)
    return Declaration(
        file=str(source.path),
        department=name,
        department_code=code,
        year=year,
        amount_unit=_most_common(unit_of(parts) for parts in groups)
        or unit_of([form for form in forms if form.amount_unit]),
        edition=edition or _printed_edition(project_forms) or DEFAULT_EDITION,
        duty_goal=text_of(duty),
        projects=DataTable.build(PROJECT_COLUMNS, project_values, project_cells),
        indicators=DataTable.build(INDICATOR_COLUMNS, line_values, line_cells),
        department_goals=DataTable.build(
            DEPARTMENT_GOAL_COLUMNS, [v for v, _ in goal_rows], [c for _, c in goal_rows]
        ),
        origins=tuple(_origin(parts, edition) for parts in groups),
        blank_forms=tuple(
            form.entries["project_name"].place
            for form in project_forms
            if is_blank_form(form) and "project_name" in form.entries
        ),
        places=places,
        remarks=tuple(remarks),
        account=account(found, groups),
        rule_lines=tuple(line for grid in source.grids for line in read_rule_lines(grid)),
        notes_wanted=next(filter(None, map(read_notes_wanted, source.grids)), None),
        reasons=results.reasons,
        listed=results.listed,
        hidden_forms=hidden,
        hidden_counted=include_hidden,
        template_version=version[0] if version is not None else None,
        sheet_order={grid.sheet: number for number, grid in enumerate(source.grids)},
        sha256=source.sha256,
        saved=source.saved,
        evaluated=replace(
            evaluated_tables(reports, year),
            scoring=scoring.scoring if scoring is not None else None,
            made_from=read_made_from(grids),
        ),
        evaluated_projects=evaluated_numbers(groups),
        department_forms=tuple(map(department_form, department_forms)),
        shares=shares,
    )


def _is_summary(source: Source) -> bool:
    """Whether this is a summary of ours, whose lists hold what other files declare."""
    return {"项目汇总", "指标明细"} <= {grid.sheet for grid in source.grids}


def _most_common(values: Iterable[Any]) -> Any:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None


def _year_of_names(forms: list[Form], path: Path) -> int | None:
    """The year that the sheets or the file are named after, where no form says it."""
    names = [*dict.fromkeys(form.grid.sheet for form in forms), path.stem]
    years = (year_with_word(name) or bare_year(name) for name in names if forms)
    return next(filter(None, years), None)


def _printed_edition(forms: list[Form]) -> str | None:
    """The edition of a workbook whose forms hold no indicator yet."""
    edition: str | None = _most_common(form.edition for form in forms)
    return edition


def _project(parts: list[Form], plan_year: int | None) -> tuple[dict[str, Any], dict[str, Place]]:
    """One row of ``projects``: each value from the first part that fills it."""
    first = parts[0]
    unit = unit_of(parts)
    # A live title that was never calculated follows the plan year once it is.
    year = plan_year if first.title_uncalculated else first.year
    values: dict[str, Any] = {"sheet": first.grid.sheet, "amount_unit": unit, "year": year}
    cells: dict[str, Place] = {}
    if first.year_place is not None:
        cells["year"] = first.year_place
    for name in PROJECT_FIELDS:
        for form in parts:
            entry, value = _field(form, name, unit)
            if entry is not None:
                cells.setdefault(name, entry.place)
            if entry is not None and value is not None:
                values[name], cells[name] = value, entry.place
                break
    return values, cells


def _origin(parts: list[Form], edition: str | None) -> ProjectOrigin:
    """Where a project stands; its edition is the file's where its own groups prove none."""
    shown = next(filter(None, map(shown_edition, parts)), None)
    return ProjectOrigin(
        edition=shown or edition or parts[0].edition,
        parts=tuple(form.entries["project_name"].place for form in parts),
        part_values=_part_values(parts),
        group_places={
            key: place for form in reversed(parts) for key, place in form.group_places.items()
        },
        typed_amounts=_typed_amounts(parts),
        other_sources=sources_of(parts),
        amount_labels={
            name: label for form in reversed(parts) for name, label in form.amount_labels.items()
        },
        group_points=stated_points(parts),
        reserves_execution=reserves_execution(parts),
        is_report=any(form.is_titled_report for form in parts),
        is_transfer=any(form.is_transfer for form in parts),
        build_ups=tuple(block for form in parts for block in form.build_ups),
    )


def _part_values(parts: list[Form]) -> tuple[dict[str, PartValue], ...]:
    """What each of several parts says, by field; () where there is only one."""
    if len(parts) < 2:
        return ()
    unit = unit_of(parts)
    told: list[dict[str, PartValue]] = []
    for form in parts:
        fields = {name: _field(form, name, unit) for name in PROJECT_FIELDS}
        told.append(
            {
                name: PartValue(value, entry.place)
                for name, (entry, value) in fields.items()
                if entry is not None
            }
        )
    return tuple(told)


def _field(form: Form, name: str, unit: str) -> tuple[Entry | None, Decimal | str | None]:
    if name == "project_period" and "period_start" in form.entries:
        return _period(form)
    entry = form.entries.get(name)
    if name in AMOUNT_FIELDS:
        return entry, amount_of(form, name, unit)
    return entry, text_of(entry)


def _period(form: Form) -> tuple[Entry | None, str | None]:
    """项目期, or the start and the end date of forms that ask for both."""
    single = form.entries.get("project_period")
    start, end = form.entries.get("period_start"), form.entries.get("period_end")
    if single is not None and not is_blank(single.value):
        return single, text_of(single)
    dates = [text for text in (text_of(start), text_of(end)) if text]
    return start, "至".join(dates) or None


_parsed = attrgetter(*PARSED_COLUMNS)


def _indicator(line: Line, project: int, form: Form) -> tuple[dict[str, Any], dict[str, Place]]:
    name = text_of(line.name)
    ordinal, level3 = split_ordinal(name)
    target_text = text_of(line.target)
    target = parse_target(target_text)
    values: dict[str, Any] = {
        "project": project,
        "sheet": line.name.place.sheet,
        "level1": line.level1,
        "level2": line.level2,
        "ordinal": ordinal,
        "indicator": name,
        "level3": level3,
        "target_value": target_text,
    }
    values |= _further(line)
    values.update(zip(PARSED_COLUMNS, _parsed(target), strict=True))
    cells = {
        "level1": line.level1_place,
        "level2": line.level2_place,
        "ordinal": line.name.place,
        "indicator": line.name.place,
        "level3": line.name.place,
        "target_value": line.target.place,
        "note": line.note.place,
        "weight": (line.weight or line.note).place,
        "standard": (line.standard or line.note).place,
        "period_target_value": (line.period_target or line.note).place,
    }
    cells.update(dict.fromkeys(PARSED_COLUMNS, line.target.place))
    return values, cells


def _further(line: Line) -> dict[str, str | None]:
    """The note and what is kept beside or behind it."""
    note, kept = read_note(text_of(line.note))
    return {
        "note": note,
        "weight": text_of(line.weight) or kept.get("weight"),
        "standard": text_of(line.standard) or kept.get("standard"),
        "period_target_value": text_of(line.period_target) or kept.get("period_target_value"),
    }


def _nameless_form(grid: Grid) -> list[Remark]:
    """What is laid out as a project's form and is none, because nothing says 项目名称."""
    labels: dict[str, Place] = {}
    last = min(len(grid.rows), _FORM_REACH)
    for row in range(last):
        for column, value in grid.cells(row):
            role = head_role(value)
            if role is not None and role.name != OTHER:
                # A list has its labels side by side: only the first of a row counts.
                labels.setdefault(role.name, grid.place(row, column))
                break
    if len(labels) < _LABELS_OF_A_FORM or labels.keys() & {"project_name", "department"}:
        return []
    if find_header(grid, 0, last) is None:
        return []
    place = next(iter(labels.values()))
    text = "这张表像项目表，但没有“项目名称”标签，未采用"
    kind = RemarkKind.NAMELESS_FORM
    return [Remark(place, text, None, "project_name", grid.sheet, kind)]


def _typed_amounts(parts: list[Form]) -> dict[str, str]:
    """The amounts of a project that its spreadsheet holds as text, as they were typed.

    Other sources hold only text.
    """
    if parts[0].grid.is_text:
        return {}
    found: dict[str, str] = {}
    for name in AMOUNT_FIELDS:
        # The value that counts is that of the first part that fills it.
        value = next((v for form in parts if (v := value_of(form, name)) is not None), None)
        if isinstance(value, str):
            found[name] = value
    return found


def _remarks(form: Form, project: int | None) -> list[Remark]:
    return [
        Remark(stray.place, stray.text, project, stray.field, _plain(stray.value), stray.kind)
        for stray in form.strays
    ]


def _plain(value: object) -> str:
    """A value as people typed it: a whole number without a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
