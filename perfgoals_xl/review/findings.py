"""Findings: what a check found, where it stands, and in which order it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from perfgoals_xl.declaration import Declaration, Reason
from perfgoals_xl.form.fields import Table
from perfgoals_xl.reading.grid import Place, row_column
from perfgoals_xl.review.catalogue import RULES, RULES_VERSION, Severity
from perfgoals_xl.review.long_texts import cut

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Hit:
    """What one check found in one row: the column, the figures of its message, and which variant.

    ``severity`` is given only where it is not the rule's default. ``place`` overrides the cell of
    the column where the fault stands somewhere else.
    """

    column: str
    params: Mapping[str, object] = field(default_factory=dict)
    variant: str = ""
    severity: Severity | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Abstention:
    """A check that could not be decided, and why."""

    reason: str


Verdict = Hit | Abstention | None


@dataclass(frozen=True)
class Finding:
    """One finding, ready to be told. The fields are those of the public JSON.

    ``field`` is a field name, or ``department`` / ``project`` / ``workbook``; ``indicator`` is the
    name of the indicator as written; ``sheet`` and ``cell`` are None where there is no cell.
    """

    rule: str
    severity: Severity
    file: str
    sheet: str | None
    cell: str | None
    project: str | None
    field: str
    indicator: str | None
    value: str | None
    message: str
    suggestion: str
    waiver: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The finding as the public JSON has it."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "project": self.project,
            "field": self.field,
            "indicator": self.indicator,
            "value": self.value,
            "message": self.message,
            "suggestion": self.suggestion,
            "waiver": self.waiver,
        }


@dataclass(frozen=True)
class NotJudged:
    """A check that was not decided for want of an input: neither a fault nor a pass."""

    rule: str
    file: str
    sheet: str | None
    project: str | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The entry as the public JSON has it."""
        return {
            "rule": self.rule,
            "sheet": self.sheet,
            "project": self.project,
            "reason": self.reason,
            "file": self.file,
        }


@dataclass(frozen=True)
class Review:
    """The findings of one or more declarations, in the order of the workbooks.

    ``unmatched_reasons`` are reasons (说明) whose finding is no longer there; ``indicators`` is the
    number of indicators reviewed, ``faultless`` how many of them have no finding.
    """

    findings: tuple[Finding, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    unmatched_reasons: tuple[Reason, ...] = ()
    indicators: int = 0
    faultless: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity.value: counted[severity] for severity in Severity}

    @property
    def has_errors(self) -> bool:
        """Whether there is an error-level finding, answered or not."""
        return any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def has_open_errors(self) -> bool:
        """Whether an error stands that no reason answers."""
        return any(f.severity is Severity.ERROR and not f.waiver for f in self.findings)

    def to_frame(self) -> pd.DataFrame:
        """The findings as a table, one row each, with the columns of the public JSON."""
        import pandas as pd

        columns = [item.name for item in fields(Finding)]
        return pd.DataFrame([f.to_json() for f in self.findings], columns=columns, dtype=object)

    def to_json(self) -> dict[str, Any]:
        """The report as the public JSON has it."""
        return {
            "format_version": 1,
            "rules_version": RULES_VERSION,
            "counts": self.counts,
            "findings": [finding.to_json() for finding in self.findings],
            "not_judged": [entry.to_json() for entry in self.not_judged],
        }

    def __add__(self, other: Review) -> Review:
        return Review(
            self.findings + other.findings,
            self.not_judged + other.not_judged,
            self.unmatched_reasons + other.unmatched_reasons,
            self.indicators + other.indicators,
            self.faultless + other.faultless,
        )


class Collector:
    """Turns hits on a declaration's tables into findings: the one place that knows addresses."""

    def __init__(
        self,
        declaration: Declaration,
        language: str = "zh",
        thresholds: Mapping[str, float] | None = None,
    ) -> None:
        self.declaration = declaration
        # The thresholds that staff chose, by rule; the catalogue has the others.
        self.thresholds = thresholds or {}
        self._language = language
        self._tables = {
            Table.PROJECTS: declaration.projects,
            Table.INDICATORS: declaration.indicators,
            Table.DEPARTMENT_GOALS: declaration.department_goals,
        }
        self._records = {name: table.records() for name, table in self._tables.items()}
        self._found: list[tuple[tuple[Any, ...], Finding, int | None]] = []
        self._by_project: list[list[tuple[int, dict[str, Any]]]] | None = None
        self._not_judged: dict[NotJudged, None] = {}
        # Cells a finding already calls blank: whatever else would read them is silent.
        self._blank: set[tuple[Table, int, str]] = set()
        for name, rows in self._records.items():
            for row, code, reason in cut(name, rows):
                self.abstain(code, name, row, reason)

    def records(self, table: Table) -> list[dict[str, Any]]:
        """The rows of a table as dictionaries."""
        return self._records[table]

    def indicators_by_project(self) -> list[list[tuple[int, dict[str, Any]]]]:
        """The rows of ``indicators`` of each project, with their numbers."""
        if self._by_project is None:
            self._by_project = [[] for _ in self._records[Table.PROJECTS]]
            for number, row in enumerate(self._records[Table.INDICATORS]):
                self._by_project[row["project"]].append((number, row))
        return self._by_project

    def mark_blank(self, table: Table, row: int, column: str) -> None:
        """Silence later findings on a cell that one finding already calls blank."""
        self._blank.add((table, row, column))

    def is_blank(self, table: Table, row: int, column: str) -> bool:
        """Whether a finding already calls this cell blank."""
        return (table, row, column) in self._blank

    def add(self, code: str, table: Table, row: int, verdict: Verdict) -> None:
        """Take one verdict on one row of one table."""
        if verdict is None:
            return
        if isinstance(verdict, Abstention):
            self.abstain(code, table, row, verdict.reason)
            return
        if self.is_blank(table, row, verdict.column):
            return
        record = self._records[table][row]
        place = verdict.place or self._tables[table].place(row, verdict.column)
        if place is None and table is Table.PROJECTS:
            # A form that lacks the label has no cell for the value: its name stands for it.
            place = self._tables[table].place(row, "project_name")
        self._append(code, verdict, place, self._project_of(table, record), record, table, row)

    def add_workbook(self, code: str, verdict: Hit) -> None:
        """Take a finding about the file as a whole."""
        self._append(code, verdict, verdict.place, None, {}, None)

    def abstain(self, code: str, table: Table, row: int, reason: str) -> None:
        """Note that a rule could not be judged on one row."""
        record = self._records[table][row]
        project = self._project_of(table, record)
        entry = NotJudged(code, self.declaration.file, record.get("sheet"), project, reason)
        self._not_judged.setdefault(entry)

    def _project_of(self, table: Table, record: Mapping[str, Any]) -> str | None:
        if table is Table.PROJECTS:
            name = record.get("project_name")
        elif table is Table.INDICATORS:
            name = self._records[Table.PROJECTS][record["project"]].get("project_name")
        else:
            name = None
        return None if name is None else str(name)

    def _append(
        self,
        code: str,
        hit: Hit,
        place: Place | None,
        project: str | None,
        record: Mapping[str, Any],
        table: Table | None,
        row: int | None = None,
    ) -> None:
        rule = RULES[code]
        sheet = place.sheet if place is not None else record.get("sheet")
        value = {**record, **record.get("uncut", {})}.get(hit.column)
        finding = Finding(
            rule=code,
            severity=hit.severity or rule.severity,
            file=self.declaration.file,
            sheet=sheet,
            cell=place.cell if place is not None else None,
            project=project,
            field=_field_of(hit.column),
            indicator=record.get("indicator") if table is Table.INDICATORS else None,
            value=None if value is None else str(value),
            message=rule.messages[hit.variant].say(self._language).format(**hit.params),
            suggestion=rule.suggested.say(self._language).format(**hit.params),
        )
        indicator = row if table is Table.INDICATORS else None
        self._found.append((self._order(finding), finding, indicator))

    def _order(self, finding: Finding) -> tuple[Any, ...]:
        order = self.declaration.sheet_order
        sheet = order.get(finding.sheet or "", len(order)) if finding.sheet else -1
        row, column = row_column(finding.cell) if finding.cell else (-1, -1)
        return (sheet, row, column, finding.rule, finding.message)

    def review(self, settings: Mapping[str, Severity | None]) -> Review:
        """Everything collected, in the order of the workbook, under the workbook's settings.

        ``settings`` maps a rule to the severity its staff chose, or to None where it is off.
        """
        findings = []
        faulty = set()
        for _, finding, indicator in sorted(self._found, key=lambda found: found[0]):
            severity = settings.get(finding.rule, finding.severity)
            if severity is None:
                continue
            faulty.add(indicator)
            findings.append(replace(finding, severity=severity))
        off = {code for code, severity in settings.items() if severity is None}
        total = len(self._records[Table.INDICATORS])
        return Review(
            tuple(dict.fromkeys(findings)),
            tuple(entry for entry in self._not_judged if entry.rule not in off),
            indicators=total,
            faultless=total - len(faulty - {None}),
        )


def _field_of(column: str) -> str:
    """The public field name of a column; a whole project, department or workbook by that word."""
    return {"indicator": "level3", "year": "project", "sheet": "project"}.get(column, column)


def merge(reviews: Iterable[Review]) -> Review:
    """The reviews of several files as one, in the order given."""
    total = Review()
    for review in reviews:
        total = total + review
    return total


def by_sheet(findings: Iterable[Finding]) -> Iterator[tuple[tuple[str, str | None], list[Finding]]]:
    """The findings grouped by file and sheet, in their order."""
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.file, finding.sheet), []).append(finding)
    yield from groups.items()
