"""Which of many files count, known only when all were read: digests wait on disk until then.

A file for each department stays a line in memory; only the few that are of one department and year
are looked at again, by the rule of :mod:`perfgoals_xl.joining.settlement`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfgoals_xl.bureau.digest import COLUMNS, Digest
from perfgoals_xl.bureau.digest_parts import (
    changed,
    declares,
    reports_of_projects,
    without_projects,
    without_reports,
)
from perfgoals_xl.bureau.repeated_reports import shown_name, without_repeated
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import FORM_TABLES, EvaluationTable
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.text import fold
from perfgoals_xl.joining.settled_sources import changes
from perfgoals_xl.joining.settlement import (
    Filed,
    Settlement,
    Spot,
    goal_key,
    one_set,
    reported,
    settle,
    which_counts,
)
from perfgoals_xl.reading.same_project import differing, name_key, sighting
from perfgoals_xl.storage.saved_time import Saved, earlier
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.findings.lines import NO_LONGER

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_INDICATOR = {name: index for index, name in enumerate(COLUMNS["indicators"])}


class Filing(NamedTuple):
    """A file as far as it tells whose it is, and whether its rows count.

    One with a ``fault`` could not be read, and is somebody's all the same; a ``summary`` of ours
    is nobody's declaration.
    """

    department: str | None
    code: str | None
    file: str
    counts: bool
    fault: bool
    summary: bool


class Settled:
    """The digests in their order, once all are there, as they count.

    Older versions say in ``replaced`` what stands for them; of the others the projects that count
    elsewhere are taken out, and ``notes`` tell it. Files are named by their number, from 1, if
    ``numbered``. What waits is written to the folder ``scratch``; it is read when something is
    first asked.
    """

    def __init__(self, digests: Iterable[Digest], scratch: Path, *, numbered: bool) -> None:
        self._digests, self._path = digests, scratch / "digests"
        self._numbered = numbered
        self._places: list[int] | None = None
        self._declares = False
        self._forms: set[EvaluationTable] = set()
        self._filings: list[Filing] = []

    @property
    def filings(self) -> Sequence[Filing]:
        """Whose each of the files is, in their order."""
        self._read_all()
        return self._filings

    def at(self, number: int) -> Digest:
        """The digest of one of the files, by its number from 0."""
        places = self._read_all()
        with self._path.open("rb") as spool:
            return _read(spool, places[number])

    @property
    def declares(self) -> bool:
        """Whether any of the files declares something, and does not only report."""
        self._read_all()
        return self._declares

    @property
    def forms(self) -> Set[EvaluationTable]:
        """Which of the year's other forms there are."""
        self._read_all()
        return self._forms

    def __iter__(self) -> Iterator[Digest]:
        places = self._read_all()
        with self._path.open("rb") as spool:
            for place in places:
                yield _read(spool, place)

    def _read_all(self) -> list[int]:
        if self._places is None:
            with self._path.open("w+b") as spool:
                self._places = self._spooled(spool)
        return self._places

    def _spooled(self, spool: IO[bytes]) -> list[int]:
        """Settles the digests on the disk; returns where they stand."""
        places: list[int] = []
        sources: list[tuple[int, str | None, int | None]] = []
        known: dict[str, Saved | None] = {}
        reporting: dict[str, list[int]] = {}
        for number, digest in enumerate(self._digests):
            places.append(spool.tell())
            pickle.dump(digest, spool, pickle.HIGHEST_PROTOCOL)
            self._filings.append(_filing(digest, known))
            if digest.fault or digest.summary:
                continue
            # A file of the same bytes as an earlier one is told by whoever enters it.
            if not digest.sha256 or digest.sha256 not in known:
                sources.append((number, digest.department, digest.year))
                self._declares |= declares(digest)
                self._forms |= {table for table in FORM_TABLES if digest.evaluated.get(table)}
                if digest.evaluated and digest.department:
                    reporting.setdefault(fold(digest.department), []).append(number)
            known[digest.sha256] = earlier(known.get(digest.sha256), digest.saved)

        def settle_group(members: Sequence[int], work: Callable[[_Files], _Files]) -> None:
            if len(members) > 1:
                read = ((number, _read(spool, places[number])) for number in members)
                group = {n: replace(digest, saved=known[digest.sha256]) for n, digest in read}
                for number, digest in work(group).items():
                    if digest.replaced:
                        self._filings[number] = self._filings[number]._replace(counts=False)
                    # Back to the disk: a department may have sent hundreds.
                    places[number] = spool.seek(0, 2)
                    pickle.dump(digest, spool, pickle.HIGHEST_PROTOCOL)

        for members in one_set(sources):
            settle_group(members, lambda group: _Group(group, numbered=self._numbered).settled())
        # A form of last year may stand beside this year's declaration, and by itself as well.
        for members in reporting.values():
            settle_group(members, lambda group: without_repeated(group, numbered=self._numbered))
        return places


def _filing(digest: Digest, known: Collection[str]) -> Filing:
    fault = bool(digest.fault) and not digest.summary
    counts = not (fault or digest.summary or (digest.sha256 and digest.sha256 in known))
    name = Path(digest.file).name
    return Filing(digest.department, digest.department_code, name, counts, fault, digest.summary)


_Files = Mapping[int, Digest]


def _read(spool: IO[bytes], place: int) -> Digest:
    spool.seek(place)
    digest = pickle.load(spool)
    assert isinstance(digest, Digest)
    return digest


class _Group:
    """The files of one department and year, by their numbers from 0."""

    def __init__(self, files: Mapping[int, Digest], *, numbered: bool) -> None:
        self._numbers = list(files)
        self._files = list(files.values())
        self._filed = [_filed(digest) for digest in self._files]
        self._numbered = numbered

    def settled(self) -> dict[int, Digest]:
        """The digests that are not as they were."""
        told = settle(self._filed)
        result = {}
        for at, number in enumerate(self._numbers):
            digest = self._of(at, told)
            if digest is not self._files[at]:
                result[number] = digest
        return result

    def _of(self, at: int, told: Settlement) -> Digest:
        digest = self._files[at]
        if at in told.replaced:
            newer = told.replaced[at]
            changed = changes(self._filed[newer], self._filed[at])
            what = "申报" if declares(digest) else "自评表或监控表"
            which = which_counts(self._files[newer].file, digest.file)
            reason = f"与{self._name(newer)}是同一份{what}，以{which}为准，没有计入{changed}"
            return replace(digest, replaced=reason)
        notes = []
        gone, moved = set(), set()
        for spot, other in told.dropped.items():
            if spot.source == at:
                gone.add(spot.project)
                where = self._name(other.source)
                which = which_counts(self._files[other.source].file, digest.file)
                notes.append(f"项目“{self._title(spot)}”与{where}重复，以{which}为准，没有再计入")
        for spot, other in told.joined.items():
            if spot.source == at:
                moved.add(spot.project)
                where = self._name(other.source)
                notes.append(f"项目“{self._title(spot)}”与{where}的合并，资金只计一次")
        declared = {spot.project for spot in told.declared if spot.source == at}
        notes += [
            f"{own.projects}的{own.kind}，项目以{self._name(own.other)}的{own.about}为准"
            for own in reported(told, self._filed)
            if own.source == at
        ]
        for spot, other in told.unsure:
            if spot.source == at:
                where = self._name(other.source)
                why = "资金没有填全，无法判断是不是同一个项目，按两个项目计"
                notes.append(f"项目“{self._title(spot)}”与{where}的同名，{why}")
        rivals = [pair for pair in told.rivals if pair[0].source == at]
        parts = [spot for spot, main in told.joined.items() if main.source == at]
        if not (notes or rivals or parts):
            return digest
        for spot in parts:
            digest = self._with_part(digest, told.joined[spot].project, spot)
        for spot, other in rivals:
            digest = self._with_rival(digest, spot, other)
        digest = without_projects(without_reports(digest, gone), gone, moved | declared)
        rest = any(digest.tables[name] for name in ("projects", "department_goals"))
        rest = rest or bool(digest.evaluated)
        if not (rest or parts or moved):
            return replace(digest, replaced="；".join(notes))
        return replace(digest, notes=tuple(notes))

    def _name(self, at: int) -> str:
        return shown_name(self._numbers[at], self._files[at], numbered=self._numbered)

    def _title(self, spot: Spot) -> str:
        return self._filed[spot.source].projects[spot.project].title

    def _with_part(self, digest: Digest, project: int, spot: Spot) -> Digest:
        """The digest with the indicators of a part that stands in another file."""
        other = self._files[spot.source]
        name = Path(other.file).name
        rows = [
            changed(row, _INDICATOR, project=project, sheet=f"[{name}]{row[_INDICATOR['sheet']]}")
            for row in other.tables["indicators"]
            if row[_INDICATOR["project"]] == spot.project
        ]
        lines = sorted(
            [*digest.tables["indicators"], *rows], key=lambda row: int(row[_INDICATOR["project"]])
        )
        return replace(digest, tables={**digest.tables, "indicators": lines})

    def _with_rival(self, digest: Digest, spot: Spot, other: Spot) -> Digest:
        """The digest with P01, as the review of one department would find it."""
        if digest.same_name_severity is None:
            return digest
        from perfgoals_xl.review.catalogue import RULES

        file = self._files[other.source]
        rows = digest.tables["projects"][spot.project], file.tables["projects"][other.project]
        field = differing(*(self._filed[s.source].projects[s.project] for s in (spot, other)))
        assert field is not None
        own, rival = (
            f"{label_of(field)} {plain(row[_PROJECT[field]])} {row[_PROJECT['amount_unit']]}"
            for row in rows
        )
        place = f"{rows[1][_PROJECT['sheet']]}!{rows[1][_PROJECT['cell']]}"
        rule, name = RULES["P01"], rows[0][_PROJECT["project_name"]]
        words = {
            "name": fold(name),
            "place": f"{Path(file.file).name} 的 {place}",
            "own": own,
            "other": rival,
        }
        # A reason that this file's own review found nothing for was written against this.
        answers = [
            line
            for line in digest.findings
            if (line.severity, line.rule) == (NO_LONGER, "P01")
            and name_key(line.project) == name_key(name)
        ]
        found = FindingLine(
            digest.same_name_severity,
            "P01",
            rows[0][_PROJECT["sheet"]],
            rows[0][_PROJECT["cell"]],
            name,
            None,
            name,
            rule.messages[""].zh.format(**words),
            rule.suggestion.format(**words),
            answers[0].waiver if answers else None,
            digest.file,
        )
        rest = [line for line in digest.findings if not any(line is a for a in answers[:1])]
        at = next((n for n, line in enumerate(rest) if line.project == name), len(rest))
        return replace(digest, findings=(*rest[:at], found, *rest[at:]))


def _filed(digest: Digest) -> Filed:
    lines: list[list[Mapping[str, Any]]] = [[] for _ in digest.tables["projects"]]
    for row in digest.tables["indicators"]:
        record = dict(zip(COLUMNS["indicators"], row, strict=True))
        lines[record["project"]].append(record)
    projects = [
        sighting(
            dict(zip(COLUMNS["projects"], row, strict=True)), own, row[_PROJECT["amount_unit"]]
        )
        for row, own in zip(digest.tables["projects"], lines, strict=True)
    ]
    goals = [
        dict(zip(COLUMNS["department_goals"], row, strict=True))
        for row in digest.tables["department_goals"]
    ]
    return Filed(
        digest.sha256,
        digest.department,
        digest.year,
        digest.saved,
        digest.reasons,
        tuple(projects),
        frozenset(map(goal_key, goals)),
        frozenset((f.rule, f.project or "", f.waiver.strip()) for f in digest.findings if f.waiver),
        reports_of_projects(digest),
    )
