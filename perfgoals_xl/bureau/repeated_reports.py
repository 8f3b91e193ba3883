"""The same 自评表 or 监控表 in several files of a department, whatever year the files are of.

Files of one department and year are settled before, project by project. What is left is a form that
stands beside another year's declaration and once more by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfgoals_xl.bureau.digest import EVALUATED_COLUMNS, Digest
from perfgoals_xl.bureau.digest_parts import (
    Spot,
    declares,
    projects_at,
    spot_of,
    without_forms,
    without_projects,
)
from perfgoals_xl.bureau.report_account import year_of
from perfgoals_xl.form.amounts import in_common_unit
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.joining.settlement import which_counts
from perfgoals_xl.reading.same_project import name_key

LABELS: Mapping[EvaluationTable, str] = {
    EvaluationTable.EVALUATIONS: "自评表",
    EvaluationTable.MONITORINGS: "监控表",
}
"""What the forms of a table are called."""
_AMOUNTS = ("annual_budget", "executed")


def shown_name(number: int, digest: Digest, *, numbered: bool) -> str:
    """How a note names a file: by its number, from 0, where the book has one."""
    name = Path(digest.file).name
    return f"序号 {number + 1}（{name}）" if numbered else f" {name} "


def without_repeated(files: Mapping[int, Digest], *, numbered: bool) -> dict[int, Digest]:
    """The digests of a department that are not as they were, with notes that tell why.

    Of two forms of one project, year and month the one that was saved later counts; where their
    amounts differ nobody knows which is right, and both count and are told.
    """
    order = sorted(files, key=lambda number: _age(files[number], number), reverse=True)
    seen: dict[tuple[object, ...], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    out: dict[int, set[Spot]] = defaultdict(set)
    notes: dict[int, list[str]] = defaultdict(list)
    for number in order:
        digest = files[number]
        if digest.replaced:
            continue
        for table in FORM_TABLES:
            for row in digest.evaluated.get(table, ()):
                form = dict(zip(EVALUATED_COLUMNS[table], row, strict=True))
                key = _key(table, form, year_of(digest, form))
                if key is None:
                    continue
                others = [(n, other) for n, other in seen[key] if n != number]
                same = next((n for n, other in others if not _differ(form, other)), None)
                what = f"项目“{form['project_name']}”的{LABELS[table]}"
                if same is not None:
                    out[number].add(spot_of(table, row))
                    where = shown_name(same, files[same], numbered=numbered)
                    which = which_counts(files[same].file, digest.file)
                    notes[number].append(f"{what}与{where}重复，以{which}为准，没有再计入")
                    continue
                if others:
                    where = shown_name(others[0][0], files[others[0][0]], numbered=numbered)
                    notes[number].append(f"{what}在{where}中也有，资金不同，都计入了，请核对")
                seen[key].append((number, form))
    return {number: _without(files[number], out[number], own) for number, own in notes.items()}


def _without(digest: Digest, spots: set[Spot], notes: list[str]) -> Digest:
    told = tuple(dict.fromkeys((*digest.notes, *notes)))
    projects = projects_at(digest, spots)
    left = without_projects(without_forms(digest, spots), projects, set())
    if not left.evaluated and not declares(left):
        return replace(left, replaced="；".join(told))
    # What was found in a form that does not count is not to be mended.
    gone = {sheet for sheet, _ in spots} - {
        row[EVALUATED_COLUMNS[table].index("sheet")]
        for table in FORM_TABLES
        for row in left.evaluated.get(table, ())
    }
    findings = tuple(
        line for line in left.findings if not (line.rule.startswith("Z") and line.sheet in gone)
    )
    return replace(left, notes=told, findings=findings)


def _key(
    table: EvaluationTable, form: Mapping[str, Any], year: int | None
) -> tuple[object, ...] | None:
    """What a form is known by; None for one that is not told from others."""
    name = form["project_name"]
    return None if not name or year is None else (table, name_key(name), year, form.get("month"))


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two forms state different money."""
    for name in _AMOUNTS:
        pair = [in_common_unit(form[name], form["amount_unit"]) for form in (one, other)]
        if all(isinstance(amount, Decimal) for amount in pair) and pair[0] != pair[1]:
            return True
    return False


def _age(digest: Digest, number: int) -> tuple[float, float, int]:
    saved = digest.saved
    return (saved.when, saved.touched, number) if saved else (0.0, 0.0, number)
