"""Turning what checks found into findings: the one place that knows cells and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, overload

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.form.evaluation.scoring_settings import DEFAULT_SCORING, Scoring
from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.evidence.reports.evaluated_forms import (
    Line,
    Report,
    indicator_keys,
    reports_of,
)
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

_ERROR = Severity.ERROR
# What these rules find in an indicator nobody can read, on whatever form it stands.
_UNREADABLE = frozenset({"S02", "V01", "V02", "V03", "V10"})
_OF_ANY_FILE = frozenset({"K01", "K04"})
_NO_DECLARATION = "自评表、监控表不是申报表，其中的资金、时间、成本和指标结构不按申报表核对"


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
        declared: Sequence[Declaration] = (),
        why_undeclared: str = "",
    ) -> None:
        self.declaration = declaration
        # Where to look for what was declared for its 自评表 and 监控表, and why not further.
        self.declared, self.why_undeclared = declared, why_undeclared
        # The other sources of the same department and year that stand before this one.
        self.before = before
        self.thresholds = thresholds or {}
        self.rows = JudgedRows.of(declaration, plan_year, self.thresholds)
        self._language = language
        self._found: list[tuple[tuple[Any, ...], Finding, Hashable]] = []
        self._keys = indicator_keys(declaration)
        self._more_faulty: list[tuple[str, Hashable]] = []
        self._by_project: list[list[tuple[int, JudgedIndicator]]] | None = None
        self._not_judged: dict[NotJudged, None] = {}
        self._told_once: set[tuple[str, str, int]] = set()
        # The labels that a rule lacks on the forms of each project.
        self._lacking: dict[str, dict[int, dict[str, None]]] = {}
        # Cells a finding already calls blank: whatever else would read them is silent.
        self._blank: set[tuple[Table | EvaluationTable, int, str]] = set()
        self._reports: dict[EvaluationTable, list[Report]] = {}
        # What is a 自评表 or a 监控表 is no declaration, wherever it stands.
        self._evaluated = declaration.evaluated_projects
        self._evaluated_sheets = _sheets(declaration, only=True) - _sheets(declaration, only=False)
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

    def reports(self, table: EvaluationTable) -> list[Report]:
        """The forms of the file that are rows of ``table``: its 自评表, or its 监控表."""
        if table not in self._reports:
            self._reports[table] = reports_of(self.declaration.evaluated, table)
        return self._reports[table]

    def all_reports(self) -> Iterator[Report]:
        """The forms of both kinds."""
        for table in FORM_TABLES:
            yield from self.reports(table)

    @property
    def scoring(self) -> Scoring:
        """How points are given where the file was made: what its sheet says, else the default."""
        return self.declaration.evaluated.scoring or DEFAULT_SCORING

    @property
    def has_own_scoring(self) -> bool:
        """Whether the file says how points are given."""
        return self.declaration.evaluated.scoring is not None

    def limit(self, code: str) -> float:
        """The threshold of a rule that has one: what staff chose, else the catalogue's."""
        chosen = self.thresholds.get(code, RULES[code].threshold)
        assert chosen is not None, code
        return chosen

    def mark_blank(self, table: Table | EvaluationTable, row: int, column: str) -> None:
        """Silence later findings on a cell that one finding already calls blank."""
        self._blank.add((table, row, column))

    def is_blank(self, table: Table | EvaluationTable, row: int, column: str) -> bool:
        """Whether a finding already calls this cell blank."""
        return (table, row, column) in self._blank

    def add(self, code: str, table: Table, row: int, verdict: Verdict) -> None:
        """Take one verdict on one row of one table."""
        if verdict is None or not self._is_asked(code, table, row, verdict):
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
            of_goals = table is Table.DEPARTMENT_GOALS  # One form has them all.
            key = (code, verdict.variant, -1 if of_goals else self._project_row(table, row))
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
        place, projects = verdict.place, len(self.declaration.projects)
        if code not in _OF_ANY_FILE and self._evaluated:
            # K02 of several projects stands at one of them.
            on_report = place is not None and place.sheet in self._evaluated_sheets
            if on_report or len(self._evaluated) == projects:
                return
        self._append(code, verdict, place)

    def add_line(self, code: str, line: Line, verdict: Verdict) -> None:
        """Take one verdict on one row of a 自评表 or 监控表."""
        if isinstance(verdict, Abstention):
            self.abstain_line(code, line, verdict.reason)
        elif verdict is not None and not self.is_blank(line.table, line.number, verdict.column):
            place = verdict.place or line.place(verdict.column)
            place = place or line.place("indicator") or line.place("project_name")
            indicator = line.values.get("indicator") or line.values.get("level3")
            self._append_of(
                code,
                verdict,
                place,
                line.values,
                project=self._project_of_line(line),
                indicator=None if indicator is None else str(indicator),
                key=None if line.table in FORM_TABLES or "level3" not in line.values else line.key,
            )

    def abstain_line(self, code: str, line: Line, reason: str) -> None:
        """Note that a rule could not be judged on one row of a 自评表 or 监控表."""
        project = self._project_of_line(line)
        entry = NotJudged(code, self.declaration.file, line["sheet"], project, reason)
        self._not_judged.setdefault(entry)

    def mark_faulty(self, code: str, lines: Iterable[Line]) -> None:
        """Count indicators as faulty of which one finding of a rule tells all."""
        self._more_faulty += [(code, line.key) for line in lines]

    def abstain_file(self, code: str, reason: str) -> None:
        """Note that a rule could not be judged on the file."""
        self._not_judged.setdefault(NotJudged(code, self.declaration.file, None, None, reason))

    def _project_of_line(self, line: Line) -> str | None:
        """The name of the project that a row belongs to, as typed."""
        values = line.values
        if line.table not in FORM_TABLES:
            is_monitoring = line.table.value.startswith("monitoring")
            table = EvaluationTable.MONITORINGS if is_monitoring else EvaluationTable.EVALUATIONS
            values = self.reports(table)[line["form"]].form.values
        name = values["project_name"]
        return None if name is None else str(name)

    def _is_asked(self, code: str, table: Table, row: int, verdict: Verdict) -> bool:
        """Whether a rule speaks of a row: of a 自评表 only of what nobody can read."""
        if not self._evaluated or table is Table.DEPARTMENT_GOALS:
            return True
        if self._project_row(table, row) not in self._evaluated:
            return True
        is_error = isinstance(verdict, Hit) and (verdict.severity or RULES[code].severity) is _ERROR
        return is_error and table is Table.INDICATORS and code in _UNREADABLE

    def abstain(self, code: str, table: Table, row: int, reason: str) -> None:
        """Note that a rule could not be judged on one row."""
        if not self._is_asked(code, table, row, Abstention(reason)):
            return
        sheet, project = self.rows[table][row]["sheet"], self._project_of(table, row)
        entry = NotJudged(code, self.declaration.file, sheet, project, reason)
        self._not_judged.setdefault(entry)

    def _all_not_judged(self) -> Iterator[NotJudged]:
        yield from self._lacks()
        yield from self._not_judged
        if self._evaluated:
            yield NotJudged("K01", self.declaration.file, None, None, _NO_DECLARATION)

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
        if table is None or row is None:
            self._append_of(code, hit, place, {})
            return
        judged = self.rows[table][row]
        of_indicator = table is Table.INDICATORS
        self._append_of(
            code,
            hit,
            place,
            {**judged, **judged.get("uncut", {})},
            project=self._project_of(table, row),
            indicator=_whole(self.rows.indicators[row], "indicator") if of_indicator else None,
            key=self._keys[row] if of_indicator else None,
        )

    def _append_of(
        self,
        code: str,
        hit: Hit,
        place: Place | None,
        record: Mapping[str, object],
        *,
        project: str | None = None,
        indicator: str | None = None,
        key: Hashable = None,
    ) -> None:
        """Take a finding on a row; ``key`` is what its indicator is known by."""
        severity, message, suggestion = said(code, hit, self._language)
        value = record.get(hit.column)
        sheet = None if record.get("sheet") is None else str(record["sheet"])
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
        self._found.append((self._order(finding, on_sheet), finding, key))

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
        off = {code for code, severity in settings.items() if severity is None}
        faulty = {key for code, key in self._more_faulty if code not in off}
        for _, finding, indicator in sorted(self._found, key=lambda found: found[0]):
            severity = settings.get(finding.rule, finding.severity)
            if severity is None:
                continue
            faulty.add(indicator)
            findings.append(replace(finding, severity=severity))
        lines = (line for report in self.all_reports() for line in report.indicators)
        total = len({*self._keys, *(line.key for line in lines)})
        return Review(
            tuple(dict.fromkeys(findings)),
            tuple(e for e in self._all_not_judged() if e.rule not in off),
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


def _sheets(declaration: Declaration, *, only: bool) -> frozenset[str]:
    """The sheets with projects that are evaluated forms, or with those that are not."""
    if not declaration.evaluated_projects:
        return frozenset()
    return frozenset(
        str(row["sheet"])
        for number, row in enumerate(declaration.projects.records())
        if (number in declaration.evaluated_projects) is only
    )


def _field_of(column: str) -> str:
    """The public field name of a column; a whole project, department or workbook by that word."""
    return {"indicator": "level3", "year": "project", "sheet": "project"}.get(column, column)


def _whole(row: Mapping[str, Any], column: str) -> str | None:
    """A name as it stands in the form, not only what is judged of it."""
    name = row.get("uncut", {}).get(column, row[column])
    return None if name is None else str(name)
