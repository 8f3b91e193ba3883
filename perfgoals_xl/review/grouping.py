"""Which findings are told together: equal ones from five on, and the hints beyond a handful.

Nothing is left out by it: JSON and CSV have every finding for itself, and so has the sheet
校验结果, where a group can be opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from perfgoals_xl.addresses import a1, row_column
from perfgoals_xl.review.catalogue import Severity, Text
from perfgoals_xl.review.findings import Finding

FEWEST_ALIKE = 5
"""From so many on, equal findings are told together."""
HANDFUL = 5
"""So many hints of a project are told one by one."""
# Told together from two on, whatever their messages say: all amounts of a sheet that are no
# numbers, and the groups of indicators that the projects of a file could have besides.
_OF_SHEET, _OF_FILE = "F07", "S01"
_PLACE = re.compile(r"[（(][^（）()]*?(?<![A-Za-z])\$?[A-Z]{1,3}\$?[0-9]{1,7}[）)]")
_MOST_MESSAGES = 4
_REST = Text("另有 {} 条提示（{}）", "{} more hints ({})")
_AND, _CELLS, _SHEETS = Text("；", "; "), Text("、", ", "), Text("；", "; ")
_MORE = Text("{}等", "{} and others")
_OF_PROJECTS = Text("{}（{} 个项目：{}）", "{} ({} projects: {})")
_MOST_PROJECTS = 10
_STOPS = tuple("。！？.!?")

Key = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Findings that are told in one line; ``rest`` are the hints beyond a handful of a project."""

    findings: tuple[Finding, ...]
    rest: bool = False

    @property
    def severity(self) -> Severity:
        """The level of them all."""
        return self.findings[0].severity

    @property
    def rule(self) -> str:
        """Their rule; empty for a rest, which has several."""
        return "" if self.rest else self.findings[0].rule

    @property
    def sheet(self) -> str | None:
        """The sheet on which all of them stand; None where there are several."""
        return _one(finding.sheet for finding in self.findings)

    @property
    def project(self) -> str | None:
        """The project of all of them; None where there are several."""
        return _one(finding.project for finding in self.findings)

    @property
    def cell(self) -> str | None:
        """The cell, where all of them are about the same one; else None."""
        places = {(finding.sheet, finding.cell) for finding in self.findings}
        return self.findings[0].cell if len(places) == 1 and not self.rest else None

    @property
    def answered(self) -> int:
        """How many of them have a reason."""
        return sum(bool(finding.waiver) for finding in self.findings)

    def message(self, language: str = "zh") -> str:
        """What all of them say."""
        if self.rest:
            rules = _CELLS.say(language).join(dict.fromkeys(f.rule for f in self.findings))
            return _REST.say(language).format(len(self.findings), rules)
        if self.rule == _OF_FILE and self.severity is Severity.INFO:
            return self._by_project(language)
        own = list(dict.fromkeys(finding.message for finding in self.findings))
        if len(own) > 1:
            own = list(dict.fromkeys(map(without_place, own)))
        told = _joined(own[:_MOST_MESSAGES], language)
        return _MORE.say(language).format(told) if len(own) > _MOST_MESSAGES else told

    def _by_project(self, language: str) -> str:
        """What they say with the projects of each, where there are several."""
        of: dict[str, list[str]] = {}
        for finding in self.findings:
            of.setdefault(finding.message, []).append(finding.project or finding.sheet or "")
        if len(set(chain.from_iterable(of.values()))) == 1:
            return _joined(list(of), language)
        told = []
        for message, projects in of.items():
            named = _CELLS.say(language).join(projects[:_MOST_PROJECTS])
            if len(projects) > _MOST_PROJECTS:
                named = _MORE.say(language).format(named)
            told.append(_OF_PROJECTS.say(language).format(message, len(projects), named))
        return _joined(told, language)

    def suggestion(self, language: str = "zh") -> str:
        """What is to be done about them; empty for a rest."""
        if self.rest:
            return ""
        return _joined(list(dict.fromkeys(f.suggestion for f in self.findings)), language)

    def places(self, language: str = "zh") -> str:
        """Where they are, sheet by sheet: ``项目甲 B4、D12:D15；项目乙 B4``."""
        sheets: dict[str, list[str]] = {}
        for finding in self.findings:
            sheets.setdefault(finding.sheet or "", []).append(finding.cell or "")
        told = []
        for sheet, cells in sheets.items():
            joined = _CELLS.say(language).join(ranges(filter(None, cells)))
            told.append(" ".join(filter(None, (sheet, joined))))
        return _SHEETS.say(language).join(filter(None, told))


def _joined(texts: Sequence[str], language: str) -> str:
    """Texts in one line, whole sentences behind each other."""
    told = ""
    for text in filter(None, texts):
        if told.endswith(_STOPS):
            told += " " if language == "en" else ""
        elif told:
            told += _AND.say(language)
        told += text
    return told


def _one(values: Iterator[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def without_place(message: str) -> str:
    """A message without the address that it names in brackets."""
    return _PLACE.sub("", message)


def group_key(
    rule: str, sheet: str | None, project: str | None, message: str, *, hint: bool
) -> Key:
    """What equal findings share; a rest, which has no rule, is known by its project.

    ``hint`` where they are hints: of those S01 has one group for a file.
    """
    if not rule:
        return ("", project or sheet or "")
    if rule == _OF_SHEET:
        return rule, sheet or ""
    if rule == _OF_FILE and hint:
        return (rule,)
    return rule, without_place(message)


def key_of(finding: Finding) -> Key:
    """The key of the group that a finding belongs to, where there are enough of its kind."""
    return group_key(
        finding.rule,
        finding.sheet,
        finding.project,
        finding.message,
        hint=finding.severity is Severity.INFO,
    )


def grouped(findings: Sequence[Finding]) -> list[Finding | Group]:
    """The findings as they are told, each group where its first one stands."""
    alike: dict[tuple[str, Severity, Key], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.file, finding.severity, key_of(finding)), []).append(finding)
    items: list[Finding | Group] = []
    told: set[tuple[str, Severity, Key]] = set()
    for finding in findings:
        key = finding.file, finding.severity, key_of(finding)
        members = alike[key]
        if len(members) < _fewest(finding):
            items.append(finding)
        elif key not in told:
            told.add(key)
            items.append(Group(tuple(members)))
    return _with_rests(items)


def _fewest(finding: Finding) -> int:
    if finding.rule == _OF_SHEET:
        return 2
    hint = finding.rule == _OF_FILE and finding.severity is Severity.INFO
    return 2 if hint else FEWEST_ALIKE


def _with_rests(items: list[Finding | Group]) -> list[Finding | Group]:
    """The items with all but a handful of each project's hints put together behind them.

    A single item is no rest: a line for it would hide no more than it takes.
    """
    counted: dict[tuple[str, str], int] = {}
    rests: dict[tuple[str, str], list[Finding | Group]] = {}
    kept: list[Finding | Group | tuple[str, str]] = []
    for item in items:
        own = item if isinstance(item, Finding) else item.findings[0]
        spread = isinstance(item, Group) and item.project is None
        if item.severity is not Severity.INFO or spread:
            kept.append(item)
            continue
        of = own.file, own.project or own.sheet or ""
        counted[of] = counted.get(of, 0) + 1
        if counted[of] <= HANDFUL:
            kept.append(item)
            continue
        if of not in rests:
            kept.append(of)
        rests.setdefault(of, []).append(item)
    return [_rest(rests[item]) if isinstance(item, tuple) else item for item in kept]


def _rest(items: list[Finding | Group]) -> Finding | Group:
    if len(items) == 1:
        return items[0]
    members = [[item] if isinstance(item, Finding) else item.findings for item in items]
    return Group(tuple(chain.from_iterable(members)), rest=True)


def ranges(cells: Iterator[str] | Sequence[str]) -> list[str]:
    """Addresses with those that stand below each other as one: ``D12:D15``."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted({row_column(cell) for cell in cells}, key=lambda at: (at[1], at[0])):
        if runs and runs[-1][2] == column and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row, column
        else:
            runs.append((row, row, column))
    return [
        a1(top, column) if top == bottom else f"{a1(top, column)}:{a1(bottom, column)}"
        for top, bottom, column in sorted(runs)
    ]
