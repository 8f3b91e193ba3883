"""What the review says of what was drawn, and whether that is what it should say."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from perfgoals_xl.addresses import Place
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Finding
from perfgoals_xl.review.run import review_many
from tests.support.faults.choices import Choices
from tests.support.faults.declared import declared
from tests.support.faults.drawing import draw
from tests.support.faults.injectors import TABLE, Fault, Kind
from tests.support.faults.model import Drawn, Row
from tests.support.faults.sheets import Sheet, row_place, sheets

Reviewer = Callable[[Sequence[Drawn]], list[tuple[Finding, ...]]]
_TRIES = 200


@dataclass(frozen=True)
class Injected:
    """A right declaration with one fault in it."""

    choices: Choices
    right: Drawn
    wrong: Drawn
    fault: Fault
    kind: Kind


@dataclass(frozen=True)
class Judged:
    """What was found of a fault: ``hits`` at its place, ``others`` that nothing explains."""

    injected: Injected
    hits: tuple[Finding, ...]
    followed: tuple[Finding, ...]
    others: tuple[Finding, ...]


def in_memory(drawn: Sequence[Drawn]) -> list[tuple[Finding, ...]]:
    """The findings of each, without a file."""
    return [found.findings for found in review_many([declared(one) for one in drawn])]


def shouted(findings: Iterable[Finding]) -> list[Finding]:
    """Its errors and warnings."""
    return [finding for finding in findings if finding.severity is not Severity.INFO]


def inject(kind: Kind, seed: int, **forced: str) -> Injected:
    """The first draw from ``seed`` on that this kind of fault can happen to.

    Seeds follow each other far apart: those of two draws never meet.
    """
    for more in range(_TRIES):
        at = seed + 1_000_000 * more
        choices, wrong = draw(at, **(forced | kind.forced))
        fault = kind.inject(wrong, random.Random(f"{at}/{kind.name}"))
        if fault is not None:
            right = draw(at, **(forced | kind.forced))[1]
            return Injected(choices, right, wrong, fault, kind)
    raise LookupError(f"{kind.name} happens to nothing that is drawn")


def judge(cases: Sequence[Injected], reviewer: Reviewer = in_memory) -> list[Judged]:
    """What the review finds of each fault."""
    before = reviewer([case.right for case in cases])
    after = reviewer([case.wrong for case in cases])
    return [_judged(*each) for each in zip(cases, before, after, strict=True)]


def _judged(case: Injected, before: Iterable[Finding], after: Iterable[Finding]) -> Judged:
    known = {_key(finding) for finding in before}
    places = spots(case.wrong, case.fault)
    loud = case.kind.severity != "info"
    hits, followed, others = [], [], []
    for finding in after:
        is_loud = finding.severity is not Severity.INFO
        at_place = Place(finding.sheet or "", finding.cell or "") in places
        if finding.rule in case.fault.codes and at_place and (is_loud or not loud):
            hits.append(finding)
        elif is_loud and finding.rule in case.fault.also | case.fault.codes:
            followed.append(finding)
        elif is_loud and _key(finding) not in known:
            others.append(finding)
    return Judged(case, tuple(hits), tuple(followed), tuple(others))


def _key(finding: Finding) -> tuple[str | None, ...]:
    """A finding without its cell, which moves where a row is added."""
    return (finding.rule, finding.sheet, finding.field, finding.indicator, finding.value)


def spots(drawn: Drawn, fault: Fault) -> set[Place]:
    """The cells at which a fault may be told."""
    made = sheets(drawn)
    found: set[Place] = set()
    for spot in fault.spots:
        if isinstance(spot, Row):
            found |= {row_place(drawn, made, spot, c) for c in _columns(drawn)}
        elif spot == TABLE:
            found |= set(made[0].groups.values())
        else:
            number, name = spot if isinstance(spot, tuple) else (0, spot)
            found.add(_field(made[number], name))
    return found


def _columns(drawn: Drawn) -> tuple[str, ...]:
    weighed = any(row.weight for row in drawn.project.rows)
    return ("indicator", "target_value", *(("weight",) if weighed else ()))


def _field(sheet: Sheet, name: str) -> Place:
    return sheet.fields.get(name) or Place(sheet.name, "A1")


def told(finding: Finding) -> str:
    """A finding in one line."""
    where = f"{finding.sheet} {finding.cell}"
    return f"{finding.rule} {finding.severity.value} {where} {finding.message}"


def shown(drawn: Drawn) -> str:
    """A declaration as a reviewer reads it."""
    lines = []
    for project in drawn.projects:
        fields = {name: value for name, value in project.fields.items() if value is not None}
        lines += [f"    {name}: {value}" for name, value in fields.items()]
        lines += [f"    {row.group} | {row.name} | {row.value}" for row in project.rows]
    return "\n".join(lines)
