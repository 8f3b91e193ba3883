"""Turning what checks found into findings: the one place that knows cells and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, overload

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import (
    Abstention,
    Finding,
    Hit,
    NotJudged,
    Review,
    Verdict,
    said,
)
from perfgoals_xl.review.long_texts import cut
from perfgoals_xl.review.row_rules import (
    JudgedGoal,
    JudgedIndicator,
    JudgedProject,
    JudgedRows,
    LacksLabel,
)


class Collector:
    """Takes what checks found in one declaration, and makes the review of it.

    ``thresholds`` are those that staff chose, by rule; the catalogue has the others.
    """

    def __init__(
        self,
        declaration: Declaration,
        language: str = "zh",
        thresholds: Mapping[str, float] | None = None,
        plan_year: int | None = None,
        before: Sequence[Declaration] = (),
    ) -> None:
        self.declaration = declaration
        # The other sources of the same department and year that stand before this one.
        self.before = before
        self.thresholds = thresholds or {}
        self.rows = JudgedRows.of(declaration, plan_year, self.thresholds)
        self._language = language
        self._found: list[tuple[tuple[Any, ...], Finding, int | None]] = []
        self._by_project: list[list[tuple[int, JudgedIndicator]]] | None = None
        self._not_judged: dict[NotJudged, None] = {}
        self._told_once: set[tuple[str, str, int]] = set()
        # The labels that a rule lacks on the forms of each project.
        self._lacking: dict[str, dict[int, dict[str, None]]] = {}
        # Cells a finding already calls blank: whatever else would read them is silent.
        self._blank: set[tuple[Table, int, str]] = set()
        for name in Table:
            for row, code, reason in cut(name, self.rows[name]):
                self.abstain(code, name, row, reason)

    @overload
    def records(self, table: Literal[Table.PROJECTS]) -> list[JudgedProject]: ...
    @overload
    def records(self, table: Literal[Table.INDICATORS]) -> list[JudgedIndicator]: ...
    @overload
    def records(self, table: Literal[Table.DEPARTMENT_GOALS]) -> list[JudgedGoal]: ...
    def records(
        self, table: Table
    ) -> list[JudgedProject] | list[JudgedIndicator] | list[JudgedGoal]:
        """The rows of a table, as judges see them."""
        return self.rows[table]

    def indicators_by_project(self) -> list[list[tuple[int, JudgedIndicator]]]:
        """The rows of ``indicators`` of each project, with their numbers."""
        if self._by_project is None:
            self._by_project = [[] for _ in self.rows.projects]
            for number, row in enumerate(self.rows.indicators):
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
        if isinstance(verdict, LacksLabel):
            lacking = self._lacking.setdefault(code, {})
            told = lacking.setdefault(self._project_row(table, row), {})
            told.update(dict.fromkeys(verdict.labels))
            return
        if isinstance(verdict, Abstention):
            self.abstain(code, table, row, verdict.reason)
            return
        if self.is_blank(table, row, verdict.column):
            return
        if verdict.once:
            key = (code, verdict.variant, self._project_row(table, row))
            if key in self._told_once:
                return
            self._told_once.add(key)
        place = verdict.place or self.place(table, row, verdict.column)
        if place is None and table is Table.PROJECTS:
            # A form that lacks the label has no cell for the value: its name stands for it.
            place = self.place(table, row, "project_name")
        self._append(code, verdict, place, table, row)

    def add_workbook(self, code: str, verdict: Hit) -> None:
        """Take a finding about the file as a whole."""
        self._append(code, verdict, verdict.place)

    def abstain(self, code: str, table: Table, row: int, reason: str) -> None:
        """Note that a rule could not be judged on one row."""
        sheet, project = self.rows[table][row]["sheet"], self._project_of(table, row)
        entry = NotJudged(code, self.declaration.file, sheet, project, reason)
        self._not_judged.setdefault(entry)

    def _lacks(self) -> Iterator[NotJudged]:
        """What was not judged for want of labels: once for a form, or a sheet of forms alike."""
        on_sheet = Counter(row["sheet"] for row in self.rows.projects)
        for code, lacking in self._lacking.items():
            alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
            for project, labels in sorted(lacking.items()):
                sheet = self.rows.projects[project]["sheet"]
                alike.setdefault((sheet, tuple(labels)), []).append(project)
            for (sheet, told), projects in alike.items():
                reason = LacksLabel.of(told).reason
                whole = 1 < len(projects) == on_sheet[sheet]
                for project in projects[:1] if whole else projects:
                    name = None if whole else self._project_of(Table.PROJECTS, project)
                    yield NotJudged(code, self.declaration.file, sheet, name, reason)

    def place(self, table: Table, row: int, column: str) -> Place | None:
        """The cell of a value; None where the form has no cell for it."""
        if table is Table.PROJECTS:
            return self.declaration.projects.place(row, column)
        if table is Table.INDICATORS:
            return self.declaration.indicators.place(row, column)
        return self.declaration.department_goals.place(row, column)

    def _project_row(self, table: Table, row: int) -> int:
        return self.rows.indicators[row]["project"] if table is Table.INDICATORS else row

    def _project_of(self, table: Table, row: int) -> str | None:
        if table is Table.PROJECTS:
            return _whole(self.rows.projects[row], "project_name")
        if table is Table.INDICATORS:
            return _whole(self.rows.indicators[row]["of_project"], "project_name")
        return None

    def _append(
        self,
        code: str,
        hit: Hit,
        place: Place | None,
        table: Table | None = None,
        row: int | None = None,
    ) -> None:
        record: Mapping[str, object] = {}
        uncut: Mapping[str, str] = {}
        sheet = project = indicator = None
        if table is not None and row is not None:
            judged = self.rows[table][row]
            record, sheet, project = judged, judged["sheet"], self._project_of(table, row)
            uncut = judged.get("uncut", {})
            if table is Table.INDICATORS:
                indicator = _whole(self.rows.indicators[row], "indicator")
        severity, message, suggestion = said(code, hit, self._language)
        value = uncut.get(hit.column, record.get(hit.column))
        on_sheet = place.sheet if place is not None else sheet
        # A part of a project may have come from another file.
        file, told_sheet = self.declaration.elsewhere.get(
            on_sheet or "", (self.declaration.file, on_sheet)
        )
        finding = Finding(
            rule=code,
            severity=severity,
            file=file,
            sheet=told_sheet,
            cell=place.cell if place is not None else None,
            project=project,
            field=_field_of(hit.column),
            indicator=indicator,
            value=None if value is None else str(value),
            message=message,
            suggestion=suggestion,
        )
        of_indicator = row if table is Table.INDICATORS else None
        self._found.append((self._order(finding, on_sheet), finding, of_indicator))

    def _order(self, finding: Finding, on_sheet: str | None) -> tuple[Any, ...]:
        order = self.declaration.sheet_order
        sheet = order.get(on_sheet, len(order)) if on_sheet else -1
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
        total = len(self.rows.indicators)
        return Review(
            tuple(dict.fromkeys(findings)),
            tuple(e for e in (*self._lacks(), *self._not_judged) if e.rule not in off),
            indicators=total,
            faultless=total - len(faulty - {None}),
        )


@dataclass(frozen=True)
class AcrossRule:
    """A check over several rows or tables, and the codes of the rules that it may tell.

    Most have nothing to compare in a file without a project and are not asked there;
    ``always`` are those that speak of the file itself.
    """

    codes: tuple[str, ...]
    check: Callable[[Collector], None]
    always: bool = False


def _field_of(column: str) -> str:
    """The public field name of a column; a whole project, department or workbook by that word."""
    return {"indicator": "level3", "year": "project", "sheet": "project"}.get(column, column)


def _whole(row: Mapping[str, Any], column: str) -> str | None:
    """A name as it stands in the form, not only what is judged of it."""
    name = row.get("uncut", {}).get(column, row[column])
    return None if name is None else str(name)
