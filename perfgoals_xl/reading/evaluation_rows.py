"""From the 自评表 and 监控表 of a file to their tables, and which stand for a declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import PARSED_COLUMNS
from perfgoals_xl.evaluated import Evaluated, evaluated_of
from perfgoals_xl.form.amounts import convert, parse_amount
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.evaluation_labels import FundPart, Part, ReportKind
from perfgoals_xl.form.kept_notes import read_note
from perfgoals_xl.form.ordinals import split_ordinal
from perfgoals_xl.form.points import points_behind, read_points
from perfgoals_xl.form.target import parse_target
from perfgoals_xl.form.taxonomy import read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.reading.project_parts import is_blank_form, text_of, unit_of, value_of
from perfgoals_xl.reading.recognition.evaluation.cell_figures import Figure
from perfgoals_xl.reading.recognition.forms import Form, FundLine, Line, Report
from perfgoals_xl.reading.recognition.money_units import DEFAULT

Row = tuple[Mapping[str, Any], Mapping[str, Place]]

_HEAD = ("project_name", "supervising_department", "implementing_unit", "annual_goal")
_AMOUNTS = frozenset(
    (
        FundPart.INITIAL,
        FundPart.ANNUAL,
        FundPart.EXECUTED,
        FundPart.FORECAST,
        FundPart.BALANCE,
    )
)
_TABLES = {
    ReportKind.EVALUATION: (
        EvaluationTable.EVALUATIONS,
        EvaluationTable.EVALUATION_FUNDS,
        EvaluationTable.EVALUATION_INDICATORS,
    ),
    ReportKind.MONITORING: (
        EvaluationTable.MONITORINGS,
        EvaluationTable.MONITORING_FUNDS,
        EvaluationTable.MONITORING_INDICATORS,
    ),
}
# What of the funds an evaluation calls otherwise in its own row.
_OF_FORM = {FundPart.WEIGHT: "execution_weight", FundPart.SCORE: "execution_score"}
# What was done is called otherwise in the middle of the year.
_DONE = {Part.ACTUAL: "done_value"}


def declaring(forms: Sequence[Form]) -> list[Form]:
    """The forms that are ``projects``: the declarations, or where there are none the others.

    Of a 自评表 and a 监控表 of one project the former counts.
    """
    declared = [form for form in forms if form.report is None]
    if any(not is_blank_form(form) for form in declared):
        return declared
    evaluated = {_name(form) for form in forms if _kind(form) is ReportKind.EVALUATION} - {""}
    return [
        form
        for form in forms
        if _kind(form) is not ReportKind.MONITORING or _name(form) not in evaluated
    ]


def _kind(form: Form) -> ReportKind | None:
    return None if form.report is None else form.report.kind


def _name(form: Form) -> str:
    return fold(str(value_of(form, "project_name") or ""))


def evaluated_tables(forms: Sequence[Form], year: int | None) -> Evaluated:
    """The tables of the filled forms among these that are reports, in their order.

    ``year`` is that of the file, for a form that states none.
    """
    rows: dict[EvaluationTable, list[Row]] = {table: [] for table in EvaluationTable}
    for form in forms:
        report = form.report
        if report is None or form.continues or form.is_department or is_blank_form(form):
            continue
        heads, funds, indicators = _TABLES[report.kind]
        number, unit = len(rows[heads]), unit_of([form])
        rows[heads].append(_head(form, report, unit, year))
        rows[funds] += [_fund(form, line, number, unit) for line in report.funds]
        rows[indicators] += [_indicator(form, report, line, number) for line in form.lines]
    return evaluated_of(rows)


def _head(form: Form, report: Report, unit: str, year: int | None) -> Row:
    values: dict[str, Any] = {
        "sheet": form.grid.sheet,
        "amount_unit": unit,
        "year": form.year or year,
        "month": report.month,
    }
    cells: dict[str, Place] = {}
    if form.year_place is not None:
        cells["year"] = form.year_place
    if report.month_place is not None:
        cells["month"] = report.month_place
    for name in _HEAD:
        if name in form.entries:
            values[name] = text_of(form.entries[name])
            cells[name] = form.entries[name].place
    total = next((line for line in report.funds if line.is_total), None)
    if total is not None:
        for name, entry in total.values.items():
            column = _OF_FORM.get(FundPart(name), name)
            values[column] = _figure(form, total, name, unit)
            cells[column] = entry.place
    for name, entry in report.entries.items():
        values[name], cells[name] = entry.value, entry.place
    return values, cells


def _fund(form: Form, line: FundLine, number: int, unit: str) -> Row:
    values: dict[str, Any] = {"form": number, "sheet": form.grid.sheet}
    cells: dict[str, Place] = {}
    if line.source is not None:
        values["source"], cells["source"] = line.source.value, line.source.place
    for name, entry in line.values.items():
        values[name], cells[name] = _figure(form, line, name, unit), entry.place
    return values, cells


def _figure(form: Form, line: FundLine, name: str, unit: str) -> Figure:
    """A figure of the funds: amounts in ``unit``, points and rates as they were read."""
    entry = line.values[name]
    if FundPart(name) not in _AMOUNTS:
        return entry.value if isinstance(entry.value, Decimal) else text_of(entry)
    if is_blank(entry.value):
        return None
    own = line.units.get(name) or form.amount_unit or DEFAULT
    try:
        amount = parse_amount(entry.value, own)
    except ValueError:
        return text_of(entry)
    return amount if amount is None or own == unit else convert(amount, own, unit)


def _indicator(form: Form, report: Report, line: Line, number: int) -> Row:
    name = text_of(line.name)
    ordinal, level3 = split_ordinal(name)
    target_text = text_of(line.target)
    target = parse_target(target_text)
    note, kept = read_note(text_of(line.note))
    values: dict[str, Any] = {
        "form": number,
        "sheet": line.name.place.sheet,
        "level1": line.level1,
        "level2": line.level2,
        "ordinal": ordinal,
        "indicator": name,
        "level3": level3,
        "target_value": target_text,
        "note": note,
        "standard": text_of(line.standard) or kept.get("standard"),
        "weight": _points(text_of(line.weight) or kept.get("weight")),
    }
    values.update({column: getattr(target, column) for column in PARSED_COLUMNS})
    cells = {
        "level1": line.level1_place,
        "level2": line.level2_place,
        "ordinal": line.name.place,
        "indicator": line.name.place,
        "level3": line.name.place,
        "target_value": line.target.place,
    }
    # Where the table has no notes, a blank one stands in a column that holds something else.
    others = (line.name, line.target, line.weight, line.standard, *line.reached.values())
    noted = report.has_notes or note is not None
    if noted and line.note.place not in [entry.place for entry in others if entry is not None]:
        cells["note"] = line.note.place
    for column, own in (("weight", line.weight), ("standard", line.standard)):
        if own is not None or values[column] is not None:
            cells[column] = (own or line.note).place
    cells.update(dict.fromkeys(PARSED_COLUMNS, line.target.place))
    if report.kind is ReportKind.EVALUATION:
        _take_group_points(form, line, values, cells)
    for part, entry in line.reached.items():
        column = part
        if report.kind is ReportKind.MONITORING:
            column = _DONE.get(Part(part), part)
        values[column] = entry.value if part == Part.SCORE else text_of(entry)
        cells[column] = entry.place
    return values, cells


def _points(text: str | None) -> Figure:
    """The points of an indicator; a text that states none as typed."""
    points = None if text is None else read_points(text)
    return text if points is None else points


def _take_group_points(
    form: Form, line: Line, values: dict[str, Any], cells: dict[str, Place]
) -> None:
    """The points that stand behind the two levels of a row: 产出指标（50分）."""
    for column, level in (("level1_weight", line.level1), ("level2_weight", line.level2)):
        term = read_level(level) if level else None
        if term is None:
            continue
        key = term.key1 if column == "level1_weight" else term.key2
        said = form.group_points.get(key) if key else None
        points = points_behind(said.value) if said is not None and said.value else None
        if said is not None and points is not None:
            values[column], cells[column] = points, said.place


def evaluated_numbers(groups: Sequence[Sequence[Form]]) -> frozenset[int]:
    """The rows of ``projects`` that are reports; ``groups`` are the forms of each row."""
    return frozenset(number for number, parts in enumerate(groups) if parts[0].report is not None)
