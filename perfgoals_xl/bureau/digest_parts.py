"""Parts of a digest: what it declares, which of its projects are reports, and it without some."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from perfgoals_xl.bureau.digest import COLUMNS, EVALUATED_COLUMNS, Digest, Row
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.joining.report_rows_kept import FORMS_OF
from perfgoals_xl.joining.settlement import report_kind
from perfgoals_xl.workbooks.findings.lines import NO_LONGER

Spot = tuple[str, str | None]
"""The sheet and the cell of the name of a form's project."""

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_INDICATOR = {name: index for index, name in enumerate(COLUMNS["indicators"])}


def declares(digest: Digest) -> bool:
    """Whether something in the file is a declaration, and no 自评表 or 监控表."""
    tables = digest.tables
    return len(tables["projects"]) > len(digest.evaluated_projects) or bool(
        tables["department_goals"]
    )


def notes_of(digest: Digest) -> list[str]:
    """What is to be told of what in a file does not count, and of forms on hidden sheets."""
    done = "按要求计入" if digest.hidden_counted else "没有计入"
    return [*digest.notes, *(f"{hidden.told}，{done}" for hidden in digest.hidden)]


def declared_part(digest: Digest) -> Digest:
    """The digest without the projects that are reports; their own tables and findings stay."""
    return without_projects(digest, set(), set(digest.evaluated_projects))


def reports_of_projects(digest: Digest) -> dict[int, str]:
    """The projects that are 自评表 and 监控表, with the kind."""
    if not digest.evaluated_projects:
        return {}
    months = {
        spot_of(EvaluationTable.MONITORINGS, row): row[_at(EvaluationTable.MONITORINGS, "month")]
        for row in digest.evaluated.get(EvaluationTable.MONITORINGS, ())
    }
    kinds = {}
    for number in digest.evaluated_projects:
        spot = _spot_of_project(digest, number)
        kinds[number] = report_kind(spot in months, months.get(spot))
    return kinds


def spot_of(table: EvaluationTable, row: Row) -> Spot:
    """Where the form of a row of ``evaluations`` or ``monitorings`` stands."""
    return row[_at(table, "sheet")], row[_at(table, "cell")]


def without_reports(digest: Digest, projects: Collection[int]) -> Digest:
    """The digest without the 自评表 and 监控表 that are these of its projects."""
    numbers = digest.evaluated_projects.intersection(projects)
    return without_forms(digest, {_spot_of_project(digest, number) for number in numbers})


def without_forms(digest: Digest, spots: Collection[Spot]) -> Digest:
    """The digest without the rows of the 自评表 and 监控表 that stand there."""
    if not spots:
        return digest
    left: dict[str, list[Row]] = {}
    for name, rows in digest.evaluated.items():
        table = EvaluationTable(name)
        at = {column: i for i, column in enumerate(EVALUATED_COLUMNS[name])}
        forms = digest.evaluated[FORMS_OF[table]]
        kept_forms = [
            number for number, row in enumerate(forms) if spot_of(FORMS_OF[table], row) not in spots
        ]
        new = {number: place for place, number in enumerate(kept_forms)}
        kept = [
            changed(row, at, form=new[row[at["form"]]]) if "form" in at else row
            for number, row in enumerate(rows)
            if (row[at["form"]] if "form" in at else number) in new
        ]
        if kept:
            left[name] = kept
    return replace(digest, evaluated=left)


def projects_at(digest: Digest, spots: Collection[Spot]) -> set[int]:
    """The projects that are the forms that stand there."""
    return {n for n in digest.evaluated_projects if _spot_of_project(digest, n) in spots}


def without_projects(digest: Digest, gone: set[int], moved: set[int]) -> Digest:
    """The digest without these projects; findings on ``gone`` ones go as well."""
    out = gone | moved
    if not out:
        return digest
    projects = digest.tables["projects"]
    kept = [number for number in range(len(projects)) if number not in out]
    at = {number: new for new, number in enumerate(kept)}
    indicators = [
        changed(row, _INDICATOR, project=at[row[_INDICATOR["project"]]])
        for row in digest.tables["indicators"]
        if row[_INDICATOR["project"]] in at
    ]
    still = {projects[n][_PROJECT["project_name"]] for n in (*kept, *moved)}
    left = {projects[n][_PROJECT["project_name"]] for n in gone} - still
    return replace(
        digest,
        tables={
            **digest.tables,
            "projects": [projects[number] for number in kept],
            "indicators": indicators,
        },
        evaluated_projects=frozenset(at[n] for n in digest.evaluated_projects if n in at),
        findings=tuple(
            line
            for line in digest.findings
            if line.severity == NO_LONGER or line.project not in left
        ),
    )


def changed(row: Row, columns: Mapping[str, int], **values: object) -> Row:
    """A row with other values in some of its columns."""
    cells: list[object] = list(row)
    for name, value in values.items():
        cells[columns[name]] = value
    return tuple(cells)


def _spot_of_project(digest: Digest, number: int) -> Spot:
    row = digest.tables["projects"][number]
    return row[_PROJECT["sheet"]], row[_PROJECT["cell"]]


def _at(table: EvaluationTable, column: str) -> int:
    return EVALUATED_COLUMNS[table].index(column)
