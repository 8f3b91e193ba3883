"""Which of several sources count, and which of their projects: decided before anything is added up.

Every command that takes several sources asks here, with declarations or with the digests of a
folder's files. Only sources of one department and year are compared; a source that does not name
its department or year is taken to be of the only one that the others name.

1. A source of the same bytes as an earlier one is a copy and does not count.
2. A source is an older version of a newer one when each of its projects is in the newer one by
   name, and more than half of them as the same table
   (:func:`~perfgoals_xl.reading.same_project.is_version`). Nothing of it counts: this is the marked
   copy beside its source, the imported workbook beside its original, ``申报表 (1).xlsx``.
3. Of the sources that are left, a project that stands in several as the same table counts in the
   newest. One that the verdict calls ONE and that is not the same table is printed in parts: the
   later part joins the first. Rivals (P01) and those that nobody can tell apart count each.

The newer source is the one saved later (:mod:`perfgoals_xl.storage.saved_time`), of two saved at
the same moment the one with more reasons (说明) in it, then the one touched later in the file
system, then the one given later. A copy has the time of the earliest file of its bytes. Nothing
depends on which was read first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.form.text import fold
from perfgoals_xl.reading.same_project import (
    Sighting,
    Verdict,
    is_version,
    sighting,
    verdict,
)
from perfgoals_xl.storage.saved_time import Saved, earlier

# Of a department's table too, so much has to be the same.
_SHARED = 0.5


class Spot(NamedTuple):
    """A project of one of the sources: the number of the source and that of the project."""

    source: int
    project: int


_MOST_NAMED = 3
# What a name has behind it that is no declaration's, before the kind of the form.
_REPORT = "\n自评"
EVALUATION, MONITORING = "自评表", "监控表"
"""The kinds of reports; the month of a 监控表 stands behind it, so that each month is one."""


@dataclass(frozen=True)
class Filed:
    """What is compared of a source. ``saved`` is None for a workbook that is open just now.

    ``said`` are its reasons (说明): rule, project, text.
    """

    sha256: str
    department: str | None
    year: int | None
    saved: Saved | None
    reasons: int
    projects: tuple[Sighting, ...]
    goals: frozenset[str]
    said: frozenset[tuple[str, str, str]] = frozenset()
    # The projects that are no declarations, each with the kind of form that it is.
    reports: Mapping[int, str] = field(default_factory=dict)

    def word_of(self, project: int) -> str:
        """What form a project is: 申报, 自评表 or 监控表."""
        kind = self.reports.get(project)
        return "申报" if kind is None else EVALUATION if kind == EVALUATION else MONITORING


@dataclass
class Settlement:
    """Who stands for whom. Sources and projects that are in none of these count by themselves."""

    copies: dict[int, int] = field(default_factory=dict)
    """Sources of the same bytes as an earlier one."""
    replaced: dict[int, int] = field(default_factory=dict)
    """Older versions, each with the source that counts."""
    dropped: dict[Spot, Spot] = field(default_factory=dict)
    """Older versions of single projects, and rows of lists that another source tells in full."""
    joined: dict[Spot, Spot] = field(default_factory=dict)
    """Parts of a project, each with its first part."""
    rivals: list[tuple[Spot, Spot]] = field(default_factory=list)
    """Projects of one name with different funds, the later one first."""
    unsure: list[tuple[Spot, Spot]] = field(default_factory=list)
    """Projects of one name and nothing to tell whether they are one, the later one first."""
    declared: dict[Spot, Spot] = field(default_factory=dict)
    """自评表 and 监控表, each with the project of another source that it is about.

    That is declared there; or else evaluated, or monitored in a later month.
    """

    def leaves_out(self, source: int) -> bool:
        """Whether nothing of a source counts, because it is a copy or an older version."""
        return source in self.copies or source in self.replaced


def sightings(declaration: Declaration) -> list[Sighting]:
    """The projects of a declaration, ready to be compared."""
    projects = declaration.projects.records()
    lines: list[list[Mapping[str, object]]] = [[] for _ in projects]
    for row in declaration.indicators.records():
        lines[row["project"]].append(row)
    return [
        sighting(project, own, project["amount_unit"] or declaration.amount_unit)
        for project, own in zip(projects, lines, strict=True)
    ]


def which_counts(counted: str, left: str) -> str:
    """What the file that counts is called beside the one that is left out, both by their names."""
    printed = [file.lower().endswith(".pdf") for file in (counted, left)]
    return "可编辑的" if printed == [False, True] else "较新的"


def report_kind(is_monitoring: bool, month: object) -> str:
    """The kind of a form among the reports of a source; ``month`` is that of a 监控表, or None."""
    return f"{MONITORING}{month or ''}" if is_monitoring else EVALUATION


class Reported(NamedTuple):
    """The reports of one kind in a source that are about projects of another source.

    ``projects`` names them, the first few of many; ``kind`` and ``about`` say what form each is.
    """

    source: int
    projects: str
    kind: str
    other: int
    about: str


def reported(told: Settlement, filed: Sequence[Filed]) -> list[Reported]:
    """What is to be told of :attr:`Settlement.declared`, once for what is alike."""
    groups: dict[tuple[int, str, int, str], list[str]] = {}
    for spot, other in told.declared.items():
        kind = filed[spot.source].word_of(spot.project)
        about = filed[other.source].word_of(other.project)
        titles = groups.setdefault((spot.source, kind, other.source, about), [])
        titles.append(filed[spot.source].projects[spot.project].title)
    found = []
    for (source, kind, other_source, about), titles in groups.items():
        more = f"等 {len(titles)} 个" if len(titles) > _MOST_NAMED else ""
        names = f"项目“{'”“'.join(titles[:_MOST_NAMED])}”{more}"
        found.append(Reported(source, names, kind, other_source, about))
    return found


def goal_key(goal: Mapping[str, Any]) -> str:
    """A row of the department's table, ready to be compared."""
    said = (goal[name] for name in ("level2", "policy_goal", "budget_goal", "target_value"))
    return fold("/".join("" if value is None else str(value) for value in said))


def settle(sources: Sequence[Filed]) -> Settlement:
    """The settlement of the sources; they are known by their places in the sequence."""
    told = Settlement()
    sources = list(map(_apart, sources))
    first: dict[str, int] = {}
    for number, source in enumerate(sources):
        at = first.setdefault(source.sha256, number) if source.sha256 else number
        if at != number:
            told.copies[number] = at
            saved = earlier(sources[at].saved, source.saved)
            sources[at] = replace(sources[at], saved=saved)
    left = [number for number in range(len(sources)) if number not in told.copies]
    for members in one_set(
        [(number, sources[number].department, sources[number].year) for number in left]
    ):
        if len(members) > 1:
            _settle_versions(sources, members, told)
            _tell_declared(sources, members, told)
    return told


def _apart(source: Filed) -> Filed:
    """A source whose 自评表 and 监控表 are compared among themselves alone."""
    if not source.reports:
        return source
    projects = tuple(
        own._replace(name=f"{own.name}{_REPORT}{kind}")
        if (kind := source.reports.get(number)) and own.name
        else own
        for number, own in enumerate(source.projects)
    )
    return replace(source, projects=projects)


def _tell_declared(sources: Sequence[Filed], members: Sequence[int], told: Settlement) -> None:
    """Find the projects that are declared in one source and evaluated or monitored in another."""
    spots = [
        Spot(number, project)
        for number in members
        if not told.leaves_out(number)
        for project in range(len(sources[number].projects))
    ]
    spots = [spot for spot in spots if spot not in told.dropped and spot not in told.joined]
    stands: dict[str | Spot, Spot] = {}
    for spot in sorted(spots, key=lambda spot: _standing(sources, spot), reverse=True):
        stands.setdefault(_project_name(sources, spot), spot)
    for spot in spots:
        about = stands[_project_name(sources, spot)]
        kind, other = (sources[s.source].reports.get(s.project) for s in (spot, about))
        if kind is not None and kind != other:
            told.declared[spot] = about


def _project_name(sources: Sequence[Filed], spot: Spot) -> str | Spot:
    """The name of the project that a form is about; a form without one is about its own."""
    return _at(sources, spot).name.partition(_REPORT)[0] or spot


def _standing(sources: Sequence[Filed], spot: Spot) -> tuple[int, int, int, int]:
    """How much a form says of what the project is: declared, evaluated, monitored, the month."""
    kind = sources[spot.source].reports.get(spot.project)
    month = "" if kind is None else kind.removeprefix(MONITORING)
    rank = 2 if kind is None else 1 if kind == EVALUATION else 0
    return rank, int(month) if month.isdecimal() else 0, -spot.source, -spot.project


def one_set(sources: Sequence[tuple[int, str | None, int | None]]) -> list[list[int]]:
    """Sources, given as number, department and year, grouped into those of one of each."""
    departments = {fold(department) for _, department, _ in sources if department}
    only = departments.pop() if len(departments) == 1 else ""
    years: dict[str, set[int]] = {}
    for _, department, year in sources:
        if year is not None:
            years.setdefault(fold(department) if department else only, set()).add(year)
    groups: dict[tuple[str, int | None], list[int]] = {}
    for number, department, year in sources:
        name = fold(department) if department else only
        known = years.get(name, set())
        if year is None and len(known) == 1:
            (year,) = known
        groups.setdefault((name, year), []).append(number)
    return list(groups.values())


def _settle_versions(sources: Sequence[Filed], members: Sequence[int], told: Settlement) -> None:
    counted: list[int] = []
    for number in sorted(members, key=lambda n: _age(sources[n], n), reverse=True):
        newer = (n for n in counted if _replaces(sources[n], sources[number]))
        found = next(newer, None)
        if found is None:
            counted.append(number)
        else:
            told.replaced[number] = found
    kept: dict[str, list[Spot]] = {}
    for number in counted:
        for project, own in enumerate(sources[number].projects):
            if not own.name:
                continue
            spot = Spot(number, project)
            full = _told_in_full(sources, counted, spot)
            if full is None:
                _settle_project(sources, spot, kept, told)
            else:
                told.dropped[spot] = full
    for spots in kept.values():
        _settle_name(sources, sorted(spots), told)


def _told_in_full(sources: Sequence[Filed], counted: Sequence[int], spot: Spot) -> Spot | None:
    """The form of another source that a row of a list only sums up, however old it is."""
    own = _at(sources, spot)
    if spot.project not in sources[spot.source].reports or own.lines:
        return None
    return next(
        (
            Spot(number, project)
            for number in counted
            if number != spot.source
            for project, other in enumerate(sources[number].projects)
            if other.name == own.name and other.lines and verdict(other, own) is not Verdict.RIVALS
        ),
        None,
    )


def _age(source: Filed, number: int) -> tuple[float, int, float, int]:
    if source.saved is None:
        return float("inf"), source.reasons, float("inf"), number
    return source.saved.when, source.reasons, source.saved.touched, number


def _replaces(newer: Filed, older: Filed) -> bool:
    if not _shares(newer.goals, older.goals):
        return False
    if not older.projects:
        return bool(older.goals)
    alike = [same for _, _, same in matched(newer, older)]
    return len(alike) == len(older.projects) and 2 * sum(alike) > len(alike)


def matched(newer: Filed, older: Filed) -> Iterator[tuple[Sighting, Sighting, bool]]:
    """The older source's projects that the newer has, each with it and whether they are alike.

    Alike are two versions of one table; a project of the same name that is none comes after those.
    """
    left = list(newer.projects)
    rest: list[Sighting] = []
    for own in older.projects:
        found = next((p for p in left if p.name == own.name and is_version(p, own)), None)
        if found is None:
            rest.append(own)
        else:
            left.remove(found)
            yield found, own, True
    for own in rest:
        found = next((p for p in left if p.name == own.name != ""), None)
        if found is not None:
            left.remove(found)
            yield found, own, False


def _shares(newer: frozenset[str], older: frozenset[str]) -> bool:
    """Whether the newer table of the department stands for the older one, if there is one."""
    return not older or len(newer & older) >= _SHARED * len(older)


def _settle_project(
    sources: Sequence[Filed], spot: Spot, kept: dict[str, list[Spot]], told: Settlement
) -> None:
    own = _at(sources, spot)
    spots = kept.setdefault(own.name, [])
    for other in spots:
        if other.source != spot.source and is_version(_at(sources, other), own):
            told.dropped[spot] = other
            return
    spots.append(spot)


def _settle_name(sources: Sequence[Filed], spots: Sequence[Spot], told: Settlement) -> None:
    """Parts and rivals among the projects of one name, in the order of the sources."""
    mains: list[list[Spot]] = []
    for spot in spots:
        verdicts = [
            {verdict(_at(sources, part), _at(sources, spot)) for part in parts} for parts in mains
        ]
        # Tables of one file were put together, or kept apart, when it was read.
        own = [any(part.source == spot.source for part in parts) for parts in mains]
        at = next(
            (
                n
                for n, found in enumerate(verdicts)
                if not own[n] and Verdict.ONE in found and Verdict.RIVALS not in found
            ),
            None,
        )
        if at is not None:
            told.joined[spot] = mains[at][0]
            mains[at].append(spot)
            continue
        for parts, found, is_own in zip(mains, verdicts, own, strict=True):
            if not is_own:
                listed = told.rivals if Verdict.RIVALS in found else told.unsure
                listed.append((spot, parts[0]))
        mains.append([spot])


def _at(sources: Sequence[Filed], spot: Spot) -> Sighting:
    return sources[spot.source].projects[spot.project]
