"""What the 自评表 and the 监控表 of a file come to: counts, amounts, scores, years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfgoals_xl.bureau.digest import EVALUATED_COLUMNS, Digest
from perfgoals_xl.bureau.digest_parts import Spot, declares, spot_of
from perfgoals_xl.bureau.report_marks import MISSING, NO, YES
from perfgoals_xl.form.amounts import COMMON_UNIT, in_common_unit
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.form.text import fold
from perfgoals_xl.workbooks.kit.writing import is_exact

INDICATORS_OF: Mapping[EvaluationTable, EvaluationTable] = {
    EvaluationTable.EVALUATIONS: EvaluationTable.EVALUATION_INDICATORS,
    EvaluationTable.MONITORINGS: EvaluationTable.MONITORING_INDICATORS,
}
"""The table of the indicators of the forms of a table."""
AMOUNTS = ("initial_budget", "annual_budget", "executed", "forecast_executed")
MET, UNMET, LACKING = "met", "unmet", "lacking"
"""Counts of indicators. Of a 监控表 it is the forecast that meets the target, or does not."""
_FAMILY = "Z"
_OF_PROGRESS = ("Z19", "Z20")


@dataclass
class ReportLine:
    """What the book tells of the forms of one kind in a file.

    ``amounts`` are sums in 万元, None where no form states one; ``budget`` and ``spent`` those of
    the forms that state both. ``graded`` counts the grades of 自评表 or the lights of 监控表,
    ``lights`` the lights of indicators, ``judged`` what is counted of indicators, ``findings`` what
    family Z found, by severity. ``first_form`` and ``first_indicator`` are the rows of the lists,
    from 0, where its own begin; ``place`` is the sheet and cell of its first form.
    """

    forms: int
    indicators: int
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    budget: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    scores: int = 0
    score_sum: Decimal = Decimal(0)
    lowest: Decimal | None = None
    graded: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    converted: int = 0
    repeated: tuple[str, ...] = ()
    """The projects that have more than one such form in the file."""
    place: Spot | tuple[None, None] = (None, None)
    first_form: int = 0
    first_indicator: int = 0

    @property
    def average(self) -> Decimal | None:
        """The average of the totals that are stated."""
        return self.score_sum / self.scores if self.scores else None

    @property
    def rate(self) -> Decimal | None:
        """What was spent of the budget, over the forms that state both."""
        return self.spent / self.budget if self.budget > 0 else None


def report_lines(digest: Digest) -> dict[EvaluationTable, ReportLine]:
    """The line of each kind of form that the file has."""
    found = findings_of_forms(digest)
    return {
        table: _line(digest, table, found[table])
        for table in FORM_TABLES
        if digest.evaluated.get(table)
    }


def together(lines: Iterable[ReportLine]) -> ReportLine:
    """The sum of the lines of several files."""
    total = ReportLine(0, 0, dict.fromkeys(AMOUNTS))
    for line in lines:
        total.forms += line.forms
        total.indicators += line.indicators
        total.budget += line.budget
        total.spent += line.spent
        total.scores += line.scores
        total.score_sum += line.score_sum
        lowest = [score for score in (total.lowest, line.lowest) if score is not None]
        total.lowest = min(lowest, default=None)
        for name, amount in line.amounts.items():
            total.amounts[name] = _sum((total.amounts[name], amount))
        for own, other in (
            (total.graded, line.graded),
            (total.lights, line.lights),
            (total.judged, line.judged),
            (total.findings, line.findings),
        ):
            own.update(other)
    return total


def records(digest: Digest, table: EvaluationTable) -> Iterable[dict[str, Any]]:
    """The rows of a table by column."""
    for row in digest.evaluated.get(table, ()):
        yield dict(zip(EVALUATED_COLUMNS[table], row, strict=True))


def indicators_by_form(digest: Digest, table: EvaluationTable) -> list[list[dict[str, Any]]]:
    """The indicators of each form of a table of forms."""
    found: list[list[dict[str, Any]]] = [[] for _ in digest.evaluated.get(table, ())]
    for record in records(digest, INDICATORS_OF[table]):
        found[record["form"]].append(record)
    return found


def judged_of(indicators: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """How many indicators met their target, missed it, and lack a reason."""
    counted: Counter[str] = Counter()
    for record in indicators:
        met = record["met"] if "met" in record else record["forecast_met"]
        counted[MET] += met == YES
        counted[UNMET] += met == NO
        counted[LACKING] += record["lacking"] == MISSING
    return counted


def figure(value: object) -> Decimal | None:
    """A number that a sheet can hold; None for a text and a blank."""
    return value if isinstance(value, Decimal) and value.is_finite() and is_exact(value) else None


def year_of(digest: Digest, form: Mapping[str, Any]) -> int | None:
    """The year of a form; that of its file, unless the file declares another."""
    year: int | None = form["year"]
    return year if year is not None or declares(digest) else digest.year


def findings_of_forms(digest: Digest) -> dict[EvaluationTable, list[Counter[str]]]:
    """How many findings of family Z, by severity, each form of each kind has.

    One that names no form is counted for the first, so that none is lost.
    """
    counts = {
        table: [Counter[str]() for _ in digest.evaluated.get(table, ())] for table in FORM_TABLES
    }
    spots: dict[tuple[object, ...], list[tuple[EvaluationTable, int]]] = defaultdict(list)
    for table in FORM_TABLES:
        for number, form in enumerate(records(digest, table)):
            for key in ((form["sheet"], form["project_name"]), (form["sheet"],), ()):
                spots[key].append((table, number))
    for line in digest.findings:
        if not line.rule.startswith(_FAMILY) or () not in spots:
            continue
        keys = ((line.sheet, line.project), (line.sheet,), ())
        found = next(spots[key] for key in keys if key in spots)
        # Both kinds may stand on a sheet, and some rules are about one of them.
        progress = line.rule in _OF_PROGRESS
        fitting = [s for s in found if (s[0] is EvaluationTable.MONITORINGS) == progress]
        table, number = (fitting or found)[0]
        counts[table][number][line.severity] += 1
    return counts


def _line(digest: Digest, table: EvaluationTable, found: list[Counter[str]]) -> ReportLine:
    forms = list(records(digest, table))
    indicators = list(records(digest, INDICATORS_OF[table]))
    line = ReportLine(
        len(forms),
        len(indicators),
        converted=sum(form["amount_unit"] != COMMON_UNIT for form in forms),
        judged=judged_of(indicators),
        place=spot_of(table, digest.evaluated[table][0]),
    )
    for name in AMOUNTS:
        amounts = (amount_of(form, name) for form in forms)
        line.amounts[name] = _sum(figure(amount) for amount in amounts)
    names: Counter[str] = Counter()
    for form, own in zip(forms, found, strict=True):
        budget, spent = (figure(amount_of(form, name)) for name in ("annual_budget", "executed"))
        if budget is not None and spent is not None:
            line.budget, line.spent = line.budget + budget, line.spent + spent
        score = figure(form.get("total_score"))
        if score is not None:
            line.scores, line.score_sum = line.scores + 1, line.score_sum + score
            line.lowest = score if line.lowest is None else min(line.lowest, score)
        if (grade := form["rated" if "rated" in form else "warning"]) is not None:
            line.graded[grade] += 1
        line.findings.update(own)
        if form["project_name"]:
            names[f"{fold(form['project_name'])}\n{form.get('month') or ''}"] += 1
    line.lights.update(r["warning"] for r in indicators if r.get("warning") is not None)
    line.repeated = tuple(name.partition("\n")[0] for name, count in names.items() if count > 1)
    years = {year for form in forms if (year := year_of(digest, form)) is not None}
    line.years = tuple(sorted(years))
    line.months = tuple(sorted({form["month"] for form in forms if form.get("month")}))
    return line


def amount_of(form: Mapping[str, Any], name: str) -> Decimal | str | None:
    """An amount of a form in 万元; a text as typed, None for a blank."""
    return in_common_unit(form.get(name), form["amount_unit"])


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    numbers = [amount for amount in amounts if amount is not None]
    return sum(numbers, Decimal(0)) if numbers else None
