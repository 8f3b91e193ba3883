"""What is judged of the rows of 自评表 and 监控表 for the bureau's book: grades, lights, reasons.

A worker judges them once, beside the rows; the book only counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.text import fold

if TYPE_CHECKING:
    from perfgoals_xl.evaluated import Evaluated
    from perfgoals_xl.form.evaluation.scoring import Light
    from perfgoals_xl.form.evaluation.scoring_settings import Scoring
    from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report

Marks = tuple[str | None, ...]

YES, NO, MISSING = "是", "否", "缺"
STATED, BY_TOTAL = "表中所写", "按总分"

MARKS: Mapping[EvaluationTable, tuple[str, ...]] = {
    # The grade, and whether the form states it or its total gives it.
    EvaluationTable.EVALUATIONS: ("rated", "rated_by"),
    # Whether the target was met, and 缺 for a deviation without a reason.
    EvaluationTable.EVALUATION_INDICATORS: ("met", "lacking"),
    # The light, as the form shows it or as what was done gives it.
    EvaluationTable.MONITORINGS: ("warning",),
    # The same; 否 where the forecast misses the target; 缺 where that or a light has no reason.
    EvaluationTable.MONITORING_INDICATORS: ("warning", "forecast_met", "lacking"),
}
"""The columns that are judged, behind those of the tables."""


def marks_of(evaluated: Evaluated, file: str) -> dict[EvaluationTable, list[Marks]]:
    """The marks of every row of the tables that have some, in their order."""
    from perfgoals_xl.form.evaluation.scoring import DEFAULT_SCORING
    from perfgoals_xl.review.evidence.reports.evaluated_forms import reports_of

    scoring = evaluated.scoring or DEFAULT_SCORING
    marks: dict[EvaluationTable, dict[int, Marks]] = {table: {} for table in MARKS}
    for report in reports_of(evaluated, EvaluationTable.EVALUATIONS):
        marks[EvaluationTable.EVALUATIONS][report.form.number] = _grade(report.form, scoring)
        for line, own in _results(report, file):
            marks[EvaluationTable.EVALUATION_INDICATORS][line.number] = own
    for report in reports_of(evaluated, EvaluationTable.MONITORINGS):
        lights = []
        for line in report.indicators:
            light = _light(report, line, scoring)
            lights.append(light)
            own = _progress(report, line, light, scoring)
            marks[EvaluationTable.MONITORING_INDICATORS][line.number] = own
        shown = _worst(report.form["light"], lights)
        marks[EvaluationTable.MONITORINGS][report.form.number] = (shown,)
    return {table: [own[n] for n in sorted(own)] for table, own in marks.items()}


def _grade(form: Line, scoring: Scoring) -> Marks:
    from perfgoals_xl.form.evaluation.scoring import grade_of
    from perfgoals_xl.form.evaluation.stated_grade import stated_grade

    if (stated := stated_grade(form["grade"])) is not None:
        return stated, STATED
    total = form.figure("total_score")
    return (None, None) if total is None else (grade_of(total, scoring), BY_TOTAL)


def _results(report: Report, file: str) -> Iterator[tuple[Line, Marks]]:
    from perfgoals_xl.workbooks.summary.result_list import Result

    for line in report.indicators:
        result = Result(line, report, 0, file)
        yield line, (result.met, result.lacks_reason)


def _light(report: Report, line: Line, scoring: Scoring) -> Light | None:
    """The light that the form shows; else the one that is computed from what was done."""
    from perfgoals_xl.form.evaluation.scoring import accumulates, light

    stated = _stated_light(line["light"])
    month = report.form["month"]
    if stated is not None or not isinstance(month, int) or not 1 <= month <= 12:
        return stated
    grows = accumulates(line.target, line.name)
    return light(line.target, line["done_value"], month, scoring, cost=line.is_cost, grows=grows)


def _stated_light(text: object) -> Light | None:
    from perfgoals_xl.form.evaluation.scoring import Light

    said = fold(text) if isinstance(text, str) else ""
    named = [light for light in Light if light.value[0] in said]
    return named[0] if len(named) == 1 else None


def _worst(stated: object, lights: list[Light | None]) -> str | None:
    from perfgoals_xl.form.evaluation.scoring import worst_light

    shown = _stated_light(stated) or worst_light(lights)
    return None if shown is None else shown.value


def _progress(report: Report, line: Line, light: Light | None, scoring: Scoring) -> Marks:
    from perfgoals_xl.form.evaluation.scoring import Light
    from perfgoals_xl.review.evidence.reports.deviation_reasons import gives_reason
    from perfgoals_xl.review.evidence.reports.result_reading import Outcome, outcome

    found = outcome(line, "forecast_value", scoring)
    forecast = {Outcome.MET: YES, Outcome.SHORT: NO}.get(found)
    behind = light in (Light.RED, Light.YELLOW) or forecast == NO
    lacking = MISSING if behind and not gives_reason(report, line) else None
    return None if light is None else light.value, forecast, lacking
