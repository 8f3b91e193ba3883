"""The running account of the files: what each brought, which are copies, who declared twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from perfgoals_xl.bureau.digest import COLUMNS, LETTER, Digest
from perfgoals_xl.bureau.digest_parts import notes_of
from perfgoals_xl.bureau.report_account import ReportLine, report_lines
from perfgoals_xl.bureau.rounds.since_round import Earlier, SinceRound, Standing
from perfgoals_xl.form.amounts import COMMON_UNIT, in_common_unit
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.template_version import is_older
from perfgoals_xl.form.text import fold
from perfgoals_xl.workbooks.kit.writing import is_exact

_SHEET, _CELL = (COLUMNS["projects"].index(name) for name in ("sheet", "cell"))
_UNIT = COLUMNS["projects"].index("amount_unit")
_AMOUNTS = {name: COLUMNS["projects"].index(name) for name in AMOUNT_FIELDS}


class State(StrEnum):
    """How a file fared."""

    READ = "读出"
    UNREVIEWED = "未校验"
    COPY = "重复"
    REPLACED = "旧版"
    SUMMARY = "汇总表"
    FAULT = "无法读取"
    ABSENT = "未报送"


@dataclass(frozen=True)
class SinceLine:
    """What the book tells of a file beside the last round: counts of findings, and the department's
    figures of then where the file leads its department.

    ``first_change`` is the row of the list of changes, from 0, where its own begin.
    """

    counts: Mapping[Standing, int]
    solved: int
    changes: int
    earlier: Earlier | None
    leads: bool
    same_file: bool
    first_change: int = 0


@dataclass
class FileLine:
    """What the book tells of one file.

    ``totals`` are in 万元, None where no project has that amount; ``uncounted`` is the number of
    projects whose 年度资金总额 is blank or no number; ``converted`` that of projects in another
    unit. ``first_project`` and ``first_finding`` are the rows of the lists, from 0, where its own
    begin. ``place`` is the sheet and cell of its first project.
    """

    number: int
    file: str
    sha256: str
    state: State
    reason: str = ""
    department: str | None = None
    department_code: str | None = None
    year: int | None = None
    edition: str = ""
    amount_unit: str = ""
    projects: int = 0
    indicators: int = 0
    goals: int = 0
    remarks: int = 0
    converted: int = 0
    uncounted: int = 0
    first_project: int = 0
    first_finding: int = 0
    totals: dict[str, Decimal | None] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    open_errors: int = 0
    place: tuple[str | None, str | None] = (None, None)
    twins: tuple[int, ...] = ()
    """The other files of the same department and year."""
    notes: tuple[str, ...] = ()
    """What is to be told of what in the file does not count."""
    overlaps: bool = False
    """Whether some of its projects count in another file."""
    hidden: bool = False
    """Whether there are forms on hidden sheets."""
    reports: dict[EvaluationTable, ReportLine] = field(default_factory=dict)
    """What its 自评表 and 监控表 come to."""
    blank: bool = False
    """Whether there are forms, and nothing is filled in them."""
    old_template: bool = False
    """Whether it is a standard workbook of an earlier version."""
    extra: bool = False
    """Whether there is a list of departments and its own is not on it."""
    expected_as: str | None = None
    """The name of its department on the list or in the last round's book, where it is another."""
    since: SinceLine | None = None
    """What changed since the last round; None where there is none to compare with."""
    group: int = 0
    """The number of the line that tells the state of its department: its own, or an earlier one."""

    @property
    def found(self) -> int:
        """How many findings there are."""
        return sum(self.findings.values())

    @property
    def counts(self) -> bool:
        """Whether its projects are in the book."""
        return self.state in (State.READ, State.UNREVIEWED)

    @property
    def only_reports(self) -> bool:
        """Whether 自评表 and 监控表 are all that it brings: none of the declared projects."""
        return bool(self.reports) and not (self.projects or self.goals)


class Account:
    """The files in the order in which they were taken.

    ``declares`` says whether any of them declares something; else they are all reports.
    """

    def __init__(self, *, declares: bool = True) -> None:
        self.declares = declares
        self.lines: list[FileLine] = []
        self.missing: list[FileLine] = []
        self._first_of: dict[str, FileLine] = {}

    def take(self, digest: Digest) -> FileLine:
        """Enters a digest; the line says whether its rows count."""
        number = len(self.lines) + 1
        line = FileLine(number, digest.file, digest.sha256, State.READ)
        line.since = _since(digest.since)
        original = self._first_of.get(digest.sha256) if digest.sha256 else None
        if digest.summary:
            what = LETTER if digest.fault == LETTER else "这是程序生成的汇总表"
            line.state, line.reason = State.SUMMARY, f"{what}，不是申报表，没有计入"
        elif digest.fault:
            line.state, line.reason = State.FAULT, digest.fault
        elif original is not None:
            line.state = State.COPY
            name = Path(original.file).name
            line.reason = f"与序号 {original.number}（{name}）内容相同，没有再计入"
            line.department, line.year = original.department, original.year
        else:
            self._first_of[digest.sha256] = line
            if digest.replaced:
                line.state, line.reason = State.REPLACED, digest.replaced
                line.department, line.year = digest.department, digest.year
            else:
                _enter(line, digest)
        self.lines.append(line)
        return line

    def miss(self, department: str, code: str, since: SinceRound | None) -> FileLine:
        """Enters a department that was to hand in and did not; its number is behind the files'."""
        number = len(self.rows) + 1
        line = FileLine(number, "", "", State.ABSENT, department=department)
        line.department_code, line.since = code or None, _since(since)
        if line.since is not None and line.since.earlier is not None:
            told = line.since.earlier.told
            line.reason = f"上一轮：{told}" if told else ""
        self.missing.append(line)
        return line

    @property
    def rows(self) -> list[FileLine]:
        """The files, and behind them the departments without any."""
        return [*self.lines, *self.missing]

    def finish(self, department_of: Callable[[int], int | None] = lambda number: None) -> None:
        """Finds the departments that declared the same year in more than one file.

        ``department_of`` says which of the expected departments a file, by its number from 0, is
        of.
        """
        self._group(department_of)
        together: dict[tuple[str, int | None], list[FileLine]] = {}
        for line in self.counted:
            if line.department and not line.only_reports:
                together.setdefault((fold(line.department), line.year), []).append(line)
        for lines in together.values():
            for line in lines:
                line.twins = tuple(other.number for other in lines if other is not line)

    def _group(self, department_of: Callable[[int], int | None]) -> None:
        """Finds the line of each department that tells its state."""
        leading: dict[object, int] = {}
        for line in self.rows:
            if line.state in (State.COPY, State.REPLACED, State.SUMMARY):
                continue
            expected = department_of(line.number - 1) if line.state is not State.ABSENT else None
            name = fold(line.department) if line.department else line.number
            line.group = leading.setdefault(name if expected is None else (expected,), line.number)

    @property
    def counted(self) -> list[FileLine]:
        """The files whose projects are in the book."""
        return [line for line in self.lines if line.counts]

    @property
    def years(self) -> list[int]:
        """The plan years of the files; those of reports are told beside them."""
        declared = [line for line in self.counted if not line.only_reports]
        return sorted({line.year for line in declared if line.year is not None})

    def reporting(self, table: EvaluationTable) -> list[FileLine]:
        """The files that have forms of this kind and count."""
        return [line for line in self.counted if table in line.reports]

    def listed_with(self, table: EvaluationTable) -> list[FileLine]:
        """The files that the list of such forms names.

        Where nothing is declared, one that could not be read is missing there first of all.
        """
        kinds = [kind for kind in FORM_TABLES if self.reporting(kind)]
        if self.declares or kinds[:1] != [table]:
            return self.reporting(table)
        return [line for line in self.lines if table in line.reports or not line.counts]

    def report_years(self, table: EvaluationTable) -> Counter[int]:
        """In how many files there are forms of each year."""
        lines = self.reporting(table)
        return Counter(year for line in lines for year in line.reports[table].years)

    def years_of_reports(self, table: EvaluationTable) -> str:
        """The years of such forms, in words."""
        return "、".join(f"{year}年" for year in sorted(self.report_years(table)))

    @property
    def departments(self) -> int:
        """How many departments the files are of; one without a name counts by its file."""
        named = {fold(line.department) for line in self.counted if line.department}
        return len(named) + sum(not line.department for line in self.counted)

    def total(self, name: str) -> Decimal | None:
        """The sum of an amount over all files, in 万元; None where there is none."""
        return _sum(line.totals.get(name) for line in self.counted)


def _enter(line: FileLine, digest: Digest) -> None:
    if digest.unreviewed:
        line.state, line.reason = State.UNREVIEWED, digest.unreviewed
    line.department, line.department_code = digest.department, digest.department_code
    line.year, line.edition, line.amount_unit = digest.year, digest.edition, digest.amount_unit
    projects = digest.tables["projects"]
    line.projects, line.remarks = len(projects), digest.remarks
    line.indicators = len(digest.tables["indicators"])
    line.goals = len(digest.tables["department_goals"])
    line.notes = tuple(notes_of(digest))
    line.overlaps, line.hidden = bool(digest.notes), bool(digest.hidden)
    line.reports = report_lines(digest)
    line.blank = digest.blank
    line.old_template = is_older(digest.template_version)
    line.converted = sum(row[_UNIT] != COMMON_UNIT for row in projects)
    for name, column in _AMOUNTS.items():
        amounts = [in_common_unit(row[column], row[_UNIT]) for row in projects]
        line.totals[name] = _sum(a for a in amounts if isinstance(a, Decimal) and is_exact(a))
        if name == "annual_amount":
            line.uncounted = sum(not (isinstance(a, Decimal) and is_exact(a)) for a in amounts)
    for finding in digest.findings:
        line.findings[finding.severity] = line.findings.get(finding.severity, 0) + 1
        line.open_errors += finding.severity == "error" and not finding.waiver
    if projects:
        line.place = (projects[0][_SHEET], projects[0][_CELL])


def _since(since: SinceRound | None) -> SinceLine | None:
    if since is None:
        return None
    return SinceLine(
        {standing: since.count(standing) for standing in Standing},
        len(since.solved),
        len(since.changes),
        since.earlier,
        since.leads,
        since.same_file,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    numbers = [amount for amount in amounts if amount is not None]
    return sum(numbers, Decimal(0)) if numbers else None
