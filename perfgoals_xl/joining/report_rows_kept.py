"""The tables of 自评表 and 监控表 of several declarations together, or without some forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.evaluated import Evaluated, evaluated_of
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable

FORMS_OF: Mapping[EvaluationTable, EvaluationTable] = {
    table: EvaluationTable.EVALUATIONS
    if table.value.startswith("evaluation")
    else EvaluationTable.MONITORINGS
    for table in EvaluationTable
}
"""The table of the forms that the rows of each table belong to."""


def stacked(several: Sequence[Evaluated]) -> Evaluated:
    """The tables of several, one below the other; ``form`` names the row in the new table."""
    rows: dict[EvaluationTable, list[tuple[Mapping[str, Any], Mapping[str, Place]]]] = {
        table: [] for table in EvaluationTable
    }
    for one in several:
        before = {table: len(rows[table]) for table in EvaluationTable}
        _add(rows, one, lambda forms, number, b=before: b[forms] + number)  # type: ignore[misc]
    scorings = [one.scoring for one in several if one]
    # Points were given by one set of settings, or nobody knows by which.
    scoring = scorings[0] if scorings and all(s == scorings[0] for s in scorings) else None
    made_from = {sheet: made for one in several for sheet, made in one.made_from.items()}
    return replace(evaluated_of(rows), scoring=scoring, made_from=made_from)


def without_forms(evaluated: Evaluated, gone: Collection[Place]) -> Evaluated:
    """The tables without the forms whose project's name stands in one of these cells."""
    kept: dict[EvaluationTable, dict[int, int]] = {}
    for table in set(FORMS_OF.values()):
        forms = evaluated.table(table)
        numbers = [n for n in range(len(forms)) if forms.place(n, "project_name") not in gone]
        kept[table] = {number: new for new, number in enumerate(numbers)}
    if all(len(kept[table]) == len(evaluated.table(table)) for table in kept):
        return evaluated
    rows: dict[EvaluationTable, list[tuple[Mapping[str, Any], Mapping[str, Place]]]] = {
        table: [] for table in EvaluationTable
    }
    _add(rows, evaluated, lambda forms, number: kept[forms].get(number))
    return replace(evaluated_of(rows), scoring=evaluated.scoring, made_from=evaluated.made_from)


def _add(
    rows: Mapping[EvaluationTable, list[tuple[Mapping[str, Any], Mapping[str, Place]]]],
    evaluated: Evaluated,
    renumbered: Callable[[EvaluationTable, int], int | None],
) -> None:
    for table, forms in FORMS_OF.items():
        own = evaluated.table(table)
        pairs = zip(own.records(), own.cell_records(), strict=True)
        for number, (values, cells) in enumerate(pairs):
            form = renumbered(forms, values.get("form", number))
            if form is None:
                continue
            numbered = values | {"form": form} if "form" in values else values
            rows[table].append((numbered, {n: at for n, at in cells.items() if at is not None}))
