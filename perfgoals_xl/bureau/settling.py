"""Which of many files count, known only when all were read: digests wait on disk until then.

A file for each department stays a line in memory; only the few that are of one department and year
are looked at again, by the rule of :mod:`perfgoals_xl.joining.settlement`.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from perfgoals_xl.bureau.digest import COLUMNS, EVALUATED_COLUMNS, Digest, Row
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.form.text import fold
from perfgoals_xl.joining.report_rows_kept import FORMS_OF
from perfgoals_xl.joining.settled_sources import changes
from perfgoals_xl.joining.settlement import Filed, Settlement, Spot, goal_key, one_set, settle
from perfgoals_xl.reading.same_project import differing, name_key, sighting
from perfgoals_xl.storage.saved_time import Saved, earlier
from perfgoals_xl.workbooks.findings.layout import FindingLine
from perfgoals_xl.workbooks.findings.lines import NO_LONGER

_PROJECT = {name: index for index, name in enumerate(COLUMNS["projects"])}
_INDICATOR = {name: index for index, name in enumerate(COLUMNS["indicators"])}


def settled(digests: Iterable[Digest], scratch: Path, *, numbered: bool) -> Iterator[Digest]:
    """The digests in their order, once all are there, as they count.

    Older versions say in ``replaced`` what stands for them; of the others the projects that count
    elsewhere are taken out, and ``notes`` tell it. Files are named by their number, from 1, if
    ``numbered``. What waits is written to the folder ``scratch``.
    """
    with (scratch / "digests").open("w+b") as spool:
        places: list[int] = []
        sources: list[tuple[int, str | None, int | None]] = []
        known: dict[str, Saved | None] = {}
        for number, digest in enumerate(digests):
            places.append(spool.tell())
            pickle.dump(digest, spool, pickle.HIGHEST_PROTOCOL)
            if digest.fault or digest.summary:
                continue
            # A file of the same bytes as an earlier one is told by whoever enters it.
            if not digest.sha256 or digest.sha256 not in known:
                sources.append((number, digest.department, digest.year))
            known[digest.sha256] = earlier(known.get(digest.sha256), digest.saved)
        for members in one_set(sources):
            if len(members) > 1:
                read = ((number, _read(spool, places[number])) for number in members)
                group = {n: replace(digest, saved=known[digest.sha256]) for n, digest in read}
                for number, digest in _Group(group, numbered=numbered).settled().items():
                    # Back to the disk: a department may have sent hundreds.
                    places[number] = spool.seek(0, 2)
                    pickle.dump(digest, spool, pickle.HIGHEST_PROTOCOL)
        for place in places:
            yield _read(spool, place)


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
            reason = f"与{self._name(newer)}是同一份申报，以较新的为准，没有计入{changed}"
            return replace(digest, replaced=reason)
        notes = []
        gone, moved, declared = set(), set(), set()
        for spot, other in told.dropped.items():
            if spot.source == at:
                gone.add(spot.project)
                where = self._name(other.source)
                notes.append(f"项目“{self._title(spot)}”与{where}重复，以较新的为准，没有再计入")
        for spot, other in told.joined.items():
            if spot.source == at:
                moved.add(spot.project)
                where = self._name(other.source)
                notes.append(f"项目“{self._title(spot)}”与{where}的合并，资金只计一次")
        for spot, other in told.declared.items():
            if spot.source == at:
                declared.add(spot.project)
                where = self._name(other.source)
                notes.append(f"项目“{self._title(spot)}”的自评表或监控表，项目以{where}的申报为准")
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
        digest = _without(_without_reports(digest, gone), gone, moved | declared)
        rest = any(digest.tables[name] for name in ("projects", "department_goals"))
        rest = rest or bool(digest.evaluated)
        if not (rest or parts or moved):
            return replace(digest, replaced="；".join(notes))
        return replace(digest, notes=tuple(notes))

    def _name(self, at: int) -> str:
        name = Path(self._files[at].file).name
        return f"序号 {self._numbers[at] + 1}（{name}）" if self._numbered else f" {name} "

    def _title(self, spot: Spot) -> str:
        return self._filed[spot.source].projects[spot.project].title

    def _with_part(self, digest: Digest, project: int, spot: Spot) -> Digest:
        """The digest with the indicators of a part that stands in another file."""
        other = self._files[spot.source]
        name = Path(other.file).name
        rows = [
            _changed(row, _INDICATOR, project=project, sheet=f"[{name}]{row[_INDICATOR['sheet']]}")
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
        digest.evaluated_projects,
    )


def _without_reports(digest: Digest, gone: set[int]) -> Digest:
    """The digest without the 自评表 and 监控表 that are these projects."""
    out = {
        tuple(digest.tables["projects"][number][_PROJECT[name]] for name in ("sheet", "cell"))
        for number in gone & digest.evaluated_projects
    }
    if not out:
        return digest
    left: dict[str, list[Row]] = {}
    for name, rows in digest.evaluated.items():
        table = EvaluationTable(name)
        at = {column: i for i, column in enumerate(EVALUATED_COLUMNS[name])}
        heads = EVALUATED_COLUMNS[FORMS_OF[table]]
        forms = digest.evaluated[FORMS_OF[table]]
        spots = [(row[heads.index("sheet")], row[heads.index("cell")]) for row in forms]
        new = {
            number: sum(spot not in out for spot in spots[:number])
            for number, spot in enumerate(spots)
            if spot not in out
        }
        kept = [
            _changed(row, at, form=new[row[at["form"]]]) if "form" in at else row
            for number, row in enumerate(rows)
            if (row[at["form"]] if "form" in at else number) in new
        ]
        if kept:
            left[name] = kept
    return replace(digest, evaluated=left)


def _without(digest: Digest, gone: set[int], moved: set[int]) -> Digest:
    """The digest without these projects; findings on ``gone`` ones go as well."""
    out = gone | moved
    if not out:
        return digest
    projects = digest.tables["projects"]
    kept = [number for number in range(len(projects)) if number not in out]
    at = {number: new for new, number in enumerate(kept)}
    indicators = [
        _changed(row, _INDICATOR, project=at[row[_INDICATOR["project"]]])
        for row in digest.tables["indicators"]
        if row[_INDICATOR["project"]] in at
    ]
    still = {projects[n][_PROJECT["project_name"]] for n in (*kept, *moved)}
    left = {projects[n][_PROJECT["project_name"]] for n in gone} - still
    return replace(
        digest,
        tables={
            **digest.tables,
            "projects": [projects[number] for number in kept],
            "indicators": indicators,
        },
        evaluated_projects=frozenset(at[n] for n in digest.evaluated_projects if n in at),
        findings=tuple(
            line
            for line in digest.findings
            if line.severity == NO_LONGER or line.project not in left
        ),
    )


def _changed(row: Row, columns: Mapping[str, int], **values: object) -> Row:
    cells: list[object] = list(row)
    for name, value in values.items():
        cells[columns[name]] = value
    return tuple(cells)
