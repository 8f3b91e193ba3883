"""One indicator of a 自评表 or 监控表, as the lists of both have it, and its deviation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.evaluation.scoring_settings import DEFAULT_SCORING, Scoring
from perfgoals_xl.review.evidence.reports.deviation_reasons import gives_reason
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report, reports_of
from perfgoals_xl.review.evidence.reports.result_reading import Outcome, outcome

YES: Final = "是"
NO: Final = "否"
MISSING: Final = "缺"


@dataclass(frozen=True)
class ReportedLine(ABC):
    """An indicator of a form, the number of the form in the list, and the file that it is in."""

    line: Line
    report: Report
    number: int
    file: str
    scoring: Scoring = DEFAULT_SCORING

    @property
    @abstractmethod
    def deviates(self) -> bool:
        """Whether it is not as it should be; each kind of form says what that is."""

    @property
    def lacks_reason(self) -> str | None:
        """缺 for a deviation that nothing in the form explains."""
        return MISSING if self.deviates and not gives_reason(self.report, self.line) else None

    @property
    def project(self) -> str | None:
        """The name of its project."""
        name: str | None = self.report.form["project_name"]
        return name

    def meets(self, column: str) -> str | None:
        """是, 否, or None where the target and what ``column`` says cannot be compared."""
        found = outcome(self.line, column, self.scoring)
        return {Outcome.MET: YES, Outcome.SHORT: NO}.get(found)


_Line = TypeVar("_Line", bound=ReportedLine)


def reported_lines(
    kind: type[_Line], table: EvaluationTable, declarations: Sequence[Declaration]
) -> list[_Line]:
    """The indicators of all forms of a ``table``, in their order, each as a ``kind``."""
    found: list[_Line] = []
    number = 0
    for declaration in declarations:
        scoring = declaration.evaluated.scoring or DEFAULT_SCORING
        for report in reports_of(declaration.evaluated, table):
            number += 1
            found += [
                kind(line, report, number, declaration.file, scoring) for line in report.indicators
            ]
    return found
