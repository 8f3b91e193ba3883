"""What a check says of a row, and what becomes of it: findings, checks not judged, reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import Reason
from perfgoals_xl.review.catalogue import RULES, RULES_VERSION, Severity, Text

if TYPE_CHECKING:
    import pandas as pd

_CHANGED = Text(
    "与上次校验相比：已解决 {} 项，新增 {} 项，仍有 {} 项",
    "Since the last validation: {} solved, {} new, {} still there",
)


@dataclass(frozen=True)
class Hit:
    """What one check found in one row: the column, the figures of its message, and which variant.

    ``severity`` is given only where it is not the rule's default. ``place`` overrides the cell of
    the column where the fault stands somewhere else. ``once``: told at the first row of a project
    and no other.
    """

    column: str
    params: Mapping[str, object] = field(default_factory=dict)
    variant: str = ""
    severity: Severity | None = None
    place: Place | None = None
    once: bool = False


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
class Since:
    """What was listed and is gone, what was not listed, and what is there as before."""

    solved: tuple[Reason, ...] = ()
    new: tuple[Finding, ...] = ()
    standing: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, int]:
        """The counts as the public JSON has them."""
        return {
            "solved": len(self.solved),
            "new": len(self.new),
            "standing": len(self.standing),
        }

    def told(self, language: str = "zh") -> str:
        """The counts in one phrase, without a full stop."""
        return _CHANGED.say(language).format(len(self.solved), len(self.new), len(self.standing))

    def of_sheet(self, sheet: str) -> Since | None:
        """The same of one sheet; None where nothing of it was listed."""
        solved = tuple(item for item in self.solved if item.sheet == sheet)
        new = tuple(item for item in self.new if item.sheet == sheet)
        standing = tuple(item for item in self.standing if item.sheet == sheet)
        return Since(solved, new, standing) if solved or standing else None

    def __add__(self, other: Since) -> Since:
        return Since(
            self.solved + other.solved,
            self.new + other.new,
            self.standing + other.standing,
        )


@dataclass(frozen=True)
class Review:
    """The findings of one or more declarations, in the order of the workbooks.

    ``unmatched_reasons`` are reasons (说明) whose finding is no longer there, ``not_reasons`` texts
    of this program that stood in their column and answer nothing; ``indicators`` is the number of
    indicators reviewed, ``faultless`` how many of them have no finding. ``since`` is what changed
    since the validation whose findings the workbook held, None where it held none.
    """

    findings: tuple[Finding, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    unmatched_reasons: tuple[Reason, ...] = ()
    indicators: int = 0
    faultless: int = 0
    not_reasons: tuple[Reason, ...] = ()
    since: Since | None = None

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
            **({} if self.since is None else {"since": self.since.to_json()}),
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
            self.not_reasons + other.not_reasons,
            self.since + other.since if self.since and other.since else self.since or other.since,
        )


def said(code: str, hit: Hit, language: str) -> tuple[Severity, str, str]:
    """The severity of a hit on a rule, its message and its suggestion in ``zh`` or ``en``."""
    rule = RULES[code]
    message = rule.messages[hit.variant].say(language).format(**hit.params)
    advice = rule.suggestions.get(hit.variant, rule.suggested)
    suggestion = advice.say(language).format(**hit.params)
    return hit.severity or rule.severity, message, suggestion


def merge(reviews: Iterable[Review]) -> Review:
    """The reviews of several files as one, in the order given."""
    total = Review()
    for review in reviews:
        total = total + review
    return total
