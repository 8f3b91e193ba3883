"""A department compared with itself a round ago: its findings, its reasons, its projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.bureau.rounds.previous_book import (
    EarlierDepartment,
    PreviousBook,
)
from perfgoals_xl.bureau.rounds.project_changes import (
    PresentProject,
    ProjectChanges,
    project_changes,
)
from perfgoals_xl.bureau.rounds.since_round import (
    Change,
    ChangeKind,
    Earlier,
    SinceRound,
    Standing,
)
from perfgoals_xl.form.amounts import in_common_unit
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.own_sheets import SEVERITY_LABELS
from perfgoals_xl.review.changes_since import same_findings
from perfgoals_xl.workbooks.findings.layout import FindingLine

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_NO_PROJECT = "（项目不再申报）"
_KEPT = "沿用上轮的说明："
_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


def compared(
    digests: Mapping[int, Digest],
    book: PreviousBook,
    department: EarlierDepartment | None,
    *,
    complete: bool = True,
) -> dict[int, Digest]:
    """The files of a department that count, each knowing what changed since the last round.

    A finding that had a reason in the last round's book, and has none now, keeps that one: what a
    reviewer typed there is not asked for again. Where a file could not be read or reviewed, and the
    department is not ``complete``, nothing is told as solved or gone of what may stand there.
    """
    if department is None or not department.was_read:
        earlier = None if department is None else book.earlier(department)
        return {
            number: replace(digest, since=_of_newcomer(digest, earlier, leads=at == 0))
            for at, (number, digest) in enumerate(digests.items())
        }
    own, before = book.projects(department), book.findings(department)
    present = [p for number, digest in digests.items() for p in _projects(number, digest)]
    complete = complete and not any(digest.unreviewed for digest in digests.values())
    # Nothing was mended, and no project withdrawn, by handing in nothing.
    complete = complete and not all(digest.blank for digest in digests.values())
    projects = ProjectChanges([], {})
    if book.has_projects:
        projects = project_changes(own, present, complete=complete)
    known = _known(before, digests, projects)
    standing = {id(line) for line in known.values()}
    solved = [line for line in before if id(line) not in standing]
    if not complete:
        judged = _names(digest for digest in digests.values() if not digest.unreviewed)
        solved = [
            line
            for line in solved
            if line.project and projects.renamed.get(line.project, line.project) in judged
        ]
    changes: dict[int | None, list[Change]] = defaultdict(list)
    for file, change in projects.changes:
        changes[file].append(change)
    gone = {change.project for change in changes[None]}
    changes[None] += (_solved(line, gone) for line in solved)
    same = all(digest.sha256 in department.sums for digest in digests.values())
    if same:
        changes[None].append(_same_file())
    result: dict[int, Digest] = {}
    for number, digest in digests.items():
        leads = not result
        told = _told(digest, [known.get((number, at)) for at in range(len(digest.findings))])
        own_changes = [*changes[number], *told.changes, *(changes[None] if leads else ())]
        since = SinceRound(
            told.statuses,
            tuple(sorted(own_changes, key=lambda change: _ORDER[change.kind])),
            tuple(solved) if leads else (),
            book.earlier(department) if leads else None,
            leads,
            same_file=same,
        )
        result[number] = replace(digest, findings=told.findings, since=since)
    return result


def absence(department: EarlierDepartment, earlier: Earlier) -> SinceRound:
    """What is told of a department that did not hand in again."""
    before = "；".join(filter(None, (earlier.state, earlier.told)))
    change = Change(ChangeKind.ABSENT, None, "报送", before, "本轮没有报送")
    return SinceRound(changes=(change,), earlier=earlier)


def _of_newcomer(digest: Digest, earlier: Earlier | None, *, leads: bool) -> SinceRound:
    statuses = tuple(Standing.NEW if _is_finding(line) else None for line in digest.findings)
    before = earlier.state if earlier else ""
    came = Change(ChangeKind.CAME, None, "报送", before or "上一轮没有报送", "本轮报送")
    return SinceRound(
        statuses, (came,) if leads else (), earlier=earlier if leads else None, leads=leads
    )


def _known(
    before: Sequence[FindingLine], digests: Mapping[int, Digest], projects: ProjectChanges
) -> dict[tuple[int, int], FindingLine]:
    """What a finding was in the last round, by its file and its number there.

    A finding of one project is never that of another, though this one stands by now on the sheet of
    that one: a reason for it would be taken for one that nobody gave.
    """
    places = [
        (number, at)
        for number, digest in digests.items()
        for at, line in enumerate(digest.findings)
        if _is_finding(line)
    ]
    lines = [digests[number].findings[at] for number, at in places]
    rows = (row for digest in digests.values() for row in digest.tables["projects"])
    sheets = {row[_PROJECT["sheet"]] or "" for row in rows} | {line.sheet or "" for line in lines}
    # Under the name that a project has now.
    renamed, names = projects.renamed, _names(digests.values())
    asked = [
        line._replace(project=renamed.get(line.project or "", line.project)) for line in before
    ]
    found: dict[tuple[int, int], FindingLine] = {}
    old_of = _by_project(asked, projects.kept, projects.gone)
    new_of = _by_project(lines, projects.kept, projects.came)
    for project in old_of.keys() & new_of.keys():
        old, new = old_of[project], new_of[project]
        pairs = same_findings(
            [asked[at] for at in old], [lines[at] for at in new], sheets=sheets, projects=names
        )
        found |= {places[new[after]]: before[old[at]] for at, after in pairs.items()}
    return found


def _by_project(
    lines: Sequence[FindingLine], kept: Collection[str], alone: Collection[str]
) -> dict[str, list[int]]:
    """The numbers of the lines by the project that both rounds have; "" for what is of none.

    Those of projects that stand ``alone`` are left out.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        name = line.project or ""
        if name in kept:
            found[name].append(at)
        elif not name or name not in alone:
            found[""].append(at)
    return found


def _names(digests: Iterable[Digest]) -> set[str]:
    """The names of the projects."""
    rows = (row for digest in digests for row in digest.tables["projects"])
    return {row[_PROJECT["project_name"]] or "" for row in rows}


class _Told(NamedTuple):
    findings: tuple[FindingLine, ...]
    statuses: tuple[Standing | None, ...]
    changes: list[Change]


def _told(digest: Digest, known: Sequence[FindingLine | None]) -> _Told:
    """What is told of the findings of a file, where ``known`` are those of the last round."""
    judged = [_judged(line, old) for line, old in zip(digest.findings, known, strict=True)]
    return _Told(
        tuple(line for line, _, _ in judged),
        tuple(status for _, status, _ in judged),
        [change for _, _, change in judged if change is not None],
    )


def _judged(
    line: FindingLine, old: FindingLine | None
) -> tuple[FindingLine, Standing | None, Change | None]:
    """A finding with the reason that it keeps, what it is by now, and what is to be told of it."""
    if not _is_finding(line):
        return line, None, None
    what = f"{line.rule} {line.message}"
    if old is None:
        level = SEVERITY_LABELS[line.severity]
        new = Change(ChangeKind.NEW, line.project, what, None, level, line.sheet, line.cell)
        return line, Standing.NEW, new
    now = line.waiver or old.waiver
    if not now:
        return line, Standing.STANDING, None
    told = None
    if now != old.waiver or not line.waiver:
        shown = now if line.waiver else f"{_KEPT}{now}"
        place = line.sheet, line.cell
        told = Change(ChangeKind.EXPLAINED, line.project, what, old.waiver, shown, *place)
    return line._replace(waiver=now), Standing.EXPLAINED, told


def _solved(line: FindingLine, gone: Collection[str | None]) -> Change:
    now = _NO_PROJECT if line.project in gone else ChangeKind.SOLVED.value
    before = SEVERITY_LABELS[line.severity]
    what = f"{line.rule} {line.message}"
    return Change(ChangeKind.SOLVED, line.project, what, before, now, line.sheet, line.cell)


def _same_file() -> Change:
    return Change(ChangeKind.SAME_FILE, None, "报送", "文件", "与上轮的文件相同，没有改动")


def _projects(number: int, digest: Digest) -> list[PresentProject]:
    found = []
    for row in digest.tables["projects"]:
        told = {name: row[at] for name, at in _PROJECT.items()}
        unit = told["amount_unit"]
        amounts = {name: in_common_unit(told[name], unit) for name in AMOUNT_FIELDS}
        texts = (told["project_name"], told["sheet"], told["implementing_unit"])
        name, sheet, of = (text or "" for text in texts)
        attribute = told["project_attribute"] or ""
        found.append(PresentProject(name, sheet, of, attribute, amounts, told["cell"], number))
    return found


def _is_finding(line: FindingLine) -> bool:
    return line.severity in SEVERITY_LABELS
