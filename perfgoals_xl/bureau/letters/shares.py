"""What goes into a letter: what every file of the department brings, and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from perfgoals_xl.bureau.account import FileLine, State
from perfgoals_xl.bureau.digest import OUR_FAULT, Digest
from perfgoals_xl.bureau.report_account import together
from perfgoals_xl.bureau.rounds.since_round import Standing
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.text import is_blank, printable
from perfgoals_xl.workbooks.findings.layout import FindingLine

_ERROR, _WARNING = "error", "warning"
READY = "可报送"
"""The state of a department that need not hand in again."""
_OTHER_TEMPLATE = "K03"


@dataclass(frozen=True)
class Share:
    """What one file brings to the letter of its department.

    ``findings`` are its errors and warnings; ``since`` says of each what became of it since the
    last round (新增, 仍存在), or is empty. ``projects`` counts those that are declared,
    ``amount`` is the sum of their 年度资金总额 in 万元, None where nothing is stated;
    ``uncounted`` of them state none. ``template`` is what is told of another version of the
    template, ``twins`` are the other files of the department and year. ``solved`` counts the errors
    and warnings of the last round that are gone, for the department as a whole; it is None where
    nothing is compared.
    """

    file: str
    state: State = State.READ
    reason: str = ""
    notes: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    projects: int = 0
    department_table: bool = False
    evaluations: int = 0
    monitorings: int = 0
    amount: Decimal | None = None
    uncounted: int = 0
    budget: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    template: str = ""
    twins: tuple[str, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    since: tuple[str, ...] = ()
    solved: int | None = None

    @property
    def name(self) -> str:
        """What the file is called."""
        return printable(Path(self.file).name)

    def beside(self, other: Share) -> Share:
        """What both are, as far as another department can be asked for the same."""
        return replace(
            self,
            years=self.years | other.years,
            projects=self.projects + other.projects,
            department_table=self.department_table or other.department_table,
            evaluations=self.evaluations + other.evaluations,
            monitorings=self.monitorings + other.monitorings,
        )

    @property
    def counts(self) -> bool:
        """Whether its projects count."""
        return self.state in (State.READ, State.UNREVIEWED)

    @property
    def blank(self) -> bool:
        """Whether it was read and nothing is filled in."""
        filled = self.projects or self.department_table or self.evaluations or self.monitorings
        return self.counts and not filled and not self.notes

    @property
    def returned(self) -> bool:
        """Whether it has to be handed in again, errors or not."""
        if self.state is State.FAULT:
            return not self.reason.startswith(OUR_FAULT)
        return self.state is State.UNREVIEWED or self.blank


@dataclass(frozen=True)
class LastRound:
    """What became of a department's errors and warnings since the last round."""

    solved: int = 0
    new: int = 0
    standing: int = 0
    explained: int = 0


@dataclass(frozen=True)
class Letter:
    """A department and all its files; ``department`` is None for a file that names none.

    Without files it reminds a department that handed in nothing, and ``others`` is what all the
    other files are. ``notes`` are told of the files together. ``state`` is that of the department
    in the book (退回, 可报送, 旧版模板, …), which may ask for more than its errors do; ``before``
    is that in the last round's book, empty where it had handed in nothing then.
    """

    department: str | None
    shares: tuple[Share, ...] = ()
    notes: tuple[str, ...] = ()
    state: str = ""
    before: str = ""
    others: Share | None = None

    @cached_property
    def last_round(self) -> LastRound | None:
        """What became of the findings of all its files; None where nothing is compared.

        Nor where a form came back blank: that mends nothing and brings nothing new.
        """
        solved = [share.solved for share in self.shares if share.solved is not None]
        if not solved or all(share.blank for share in self.shares):
            return None
        told = [word for share in self.shares for word in share.since]
        return LastRound(sum(solved), *(told.count(standing) for standing in Standing))

    @cached_property
    def to_mend(self) -> list[FindingLine]:
        """The errors without a reason."""
        return [line for line in self._lines if line.severity == _ERROR and not has_reason(line)]

    @cached_property
    def to_answer(self) -> list[FindingLine]:
        """The warnings without a reason."""
        return [line for line in self._lines if line.severity == _WARNING and not has_reason(line)]

    @cached_property
    def answered(self) -> list[FindingLine]:
        """The errors and warnings that carry a reason."""
        return [line for line in self._lines if has_reason(line)]

    @property
    def returned(self) -> bool:
        """Whether the department has to hand in again: 退回, and not 可报送."""
        found = bool(self.to_mend) or any(share.returned for share in self.shares)
        return found or (bool(self.shares) and self.state not in ("", READY))

    @property
    def was_ready(self) -> bool:
        """Whether a department that handed in nothing need not: it was 可报送 the last time."""
        return not self.shares and self.before == READY

    @property
    def _lines(self) -> list[FindingLine]:
        return [line for share in self.shares for line in share.findings]


def has_reason(line: FindingLine) -> bool:
    """Whether the department gave a reason (说明) for the finding."""
    return not is_blank(line.waiver)


def share_of(digest: Digest, line: FileLine, since: Sequence[str] = ()) -> Share:
    """What a file brings, from its digest and the line that tells how it fared.

    ``since`` says of each of the digest's findings what became of it since the last round.
    """
    if not line.counts:
        return Share(line.file, line.state, line.reason)
    told = [*since, *[""] * (len(digest.findings) - len(since))]
    kept = [
        (finding, word)
        for finding, word in zip(digest.findings, told, strict=True)
        if finding.severity in (_ERROR, _WARNING)
    ]
    template = (
        finding.message
        for finding in digest.findings
        if finding.rule == _OTHER_TEMPLATE and finding.severity not in (_ERROR, _WARNING)
    )
    forms = {table: line.reports[table].forms for table in line.reports}
    reported = together(line.reports.values())
    compared = digest.since is not None and digest.since.compared
    lines = digest.since.solved if digest.since is not None else ()
    solved = sum(finding.severity in (_ERROR, _WARNING) for finding in lines)
    years = {year for own in line.reports.values() for year in own.years}
    # Where nothing at all is declared the book lists what is reported on as projects.
    projects = len(digest.tables["projects"]) - len(digest.evaluated_projects)
    if line.year is not None and (projects or line.goals or not years):
        years.add(line.year)
    return Share(
        line.file,
        line.state,
        line.reason,
        digest.notes,
        frozenset(years),
        projects,
        bool(line.goals),
        forms.get(EvaluationTable.EVALUATIONS, 0),
        forms.get(EvaluationTable.MONITORINGS, 0),
        line.totals.get("annual_amount") if projects else None,
        line.uncounted if projects else 0,
        reported.budget,
        reported.spent,
        next(template, ""),
        (),
        tuple(finding._replace(file=line.file) for finding, _ in kept),
        tuple(word for _, word in kept),
        solved if compared else None,
    )
