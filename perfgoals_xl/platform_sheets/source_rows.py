"""The rows that a map can name: every table of the sources, with what stands above a row.

The columns are those of the exported tables. A row of indicators or funds belongs to a project (or
to an evaluation or monitoring form), whose values it can name as ``project.…``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
)
from perfgoals_xl.form.evaluation.evaluation_fields import (
    EVALUATION_FIELDS,
    EvaluationKind,
    EvaluationTable,
    evaluation_columns,
)
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Table
from perfgoals_xl.form.text import printable

ABOVE = "project."
"""In front of a column of the project, or of the form, that a row belongs to."""
_OF_FILE = ("file", "department", "department_code", "year", "title_year", "duty_goal")
DEPARTMENT = "department"
"""What a declaration says of its department, a row each; no table of its own in an export."""
_OWN: Mapping[str, Sequence[str]] = {
    Table.PROJECTS: PROJECT_COLUMNS,
    Table.INDICATORS: INDICATOR_COLUMNS,
    Table.DEPARTMENT_GOALS: DEPARTMENT_GOAL_COLUMNS,
    **{name: evaluation_columns(name) for name in EvaluationTable},
    DEPARTMENT: (),
}
TABLES: tuple[str, ...] = tuple(str(name) for name in _OWN)
"""The tables that a map can name."""
_ABOVE_OF = {
    Table.INDICATORS: Table.PROJECTS,
    EvaluationTable.EVALUATION_FUNDS: EvaluationTable.EVALUATIONS,
    EvaluationTable.EVALUATION_INDICATORS: EvaluationTable.EVALUATIONS,
    EvaluationTable.MONITORING_FUNDS: EvaluationTable.MONITORINGS,
    EvaluationTable.MONITORING_INDICATORS: EvaluationTable.MONITORINGS,
}


def subject_of(table: str) -> str | None:
    """The table of the projects or forms that the rows of a table are about."""
    if table in (Table.DEPARTMENT_GOALS, DEPARTMENT):
        return None
    return str(_ABOVE_OF.get(table, table))  # type: ignore[call-overload]


def head_of(table: str) -> str:
    """The table that single cells are filled from where lists are filled from a table."""
    return subject_of(table) or DEPARTMENT


def columns_of(table: str) -> tuple[str, ...]:
    """The columns that a map can name for a table, those of what stands above a row behind them."""
    subject = subject_of(table)
    named = ("project_name",) if table == Table.INDICATORS else ()
    own = tuple(dict.fromkeys((*_OF_FILE, *named, *_OWN[table])))
    if subject is None or subject == table:
        return own
    return (*own, *(f"{ABOVE}{name}" for name in columns_of(subject)))


def kind_of(table: str, column: str) -> EvaluationKind | None:
    """What a column holds, where that is money, points or a rate; None for everything else."""
    if column.startswith(ABOVE):
        return kind_of(subject_of(table) or table, column.removeprefix(ABOVE))
    if table not in {name.value for name in EvaluationTable}:
        return EvaluationKind.AMOUNT if column in AMOUNT_FIELDS else None
    kinds = {item.name: item.kind for item in EVALUATION_FIELDS[EvaluationTable(table)]}
    kind = kinds.get(column)
    figures = (EvaluationKind.AMOUNT, EvaluationKind.POINTS, EvaluationKind.PERCENT)
    return kind if kind in figures else None


@dataclass(frozen=True)
class SourceRow:
    """A row of a table; ``subject`` says which project or form it is about, by file and number."""

    table: str
    values: Mapping[str, Any]
    file: str
    cells: Mapping[str, Place | None]
    subject: tuple[int, int | None]
    above: SourceRow | None = None

    def value(self, column: str) -> Any:
        """The value of a column that :func:`columns_of` names; None for a blank."""
        if column.startswith(ABOVE) and self.above is not None:
            return self.above.value(column.removeprefix(ABOVE))
        return self.values.get(column)

    def amount_unit(self) -> str:
        """The unit of its amounts."""
        own = self.values.get("amount_unit")
        return str(own) if own or self.above is None else self.above.amount_unit()

    def place(self, column: str) -> Place | None:
        """Where a value stands in its file."""
        if column.startswith(ABOVE) and self.above is not None:
            return self.above.place(column.removeprefix(ABOVE))
        return self.cells.get(column)


class SourceTables:
    """The tables of all declarations, each made once however many files are filled from it."""

    def __init__(self, declarations: Sequence[Declaration]) -> None:
        self._declarations = declarations
        self._rows: dict[str, list[SourceRow]] = {}
        self._by_subject: dict[str, dict[tuple[int, int | None], list[SourceRow]]] = {}

    def rows(self, table: str, subject: SourceRow | None = None) -> list[SourceRow]:
        """The rows of a table in their order, or those that are about one project or form.

        A table of the department belongs to all projects of its declaration.
        """
        if table not in self._rows:
            made = [row for n, d in enumerate(self._declarations) for row in _rows(n, d, table)]
            self._rows[table], parted = made, self._by_subject.setdefault(table, {})
            for row in made:
                parted.setdefault(row.subject, []).append(row)
        if subject is None:
            return self._rows[table]
        file, number = subject.subject
        key = (file, None if subject_of(table) is None else number)
        return self._by_subject[table].get(key, [])


def _rows(number: int, declaration: Declaration, table: str) -> Iterator[SourceRow]:
    subject = subject_of(table)
    above = [] if subject in (None, table) else list(_rows(number, declaration, str(subject)))
    of_file = {
        "file": printable(declaration.file),
        "department": declaration.department,
        "department_code": declaration.department_code,
        "duty_goal": declaration.duty_goal,
    }
    if table == DEPARTMENT:
        values = {**of_file, "year": declaration.year}
        yield SourceRow(table, values, of_file["file"] or "", declaration.places, (number, None))
        return
    found = _table(declaration, table)
    places = found.cell_records()
    for at, row in enumerate(found.records()):
        link = row.get("project", row.get("form"))
        over = above[link] if above and link is not None else None
        belongs = at if subject == table else link
        printed = row.get("year") if over is None else over.value("title_year")
        year = declaration.year if declaration.year is not None else printed
        values = {**row, **of_file, "year": year, "title_year": printed}
        if table == Table.INDICATORS and over is not None:
            values["project_name"] = over.value("project_name")
        yield SourceRow(table, values, of_file["file"] or "", places[at], (number, belongs), over)


def _table(declaration: Declaration, table: str) -> DataTable[Any]:
    if table in {name.value for name in EvaluationTable}:
        return declaration.evaluated.table(EvaluationTable(table))
    found: DataTable[Any] = getattr(declaration, table)
    return found
