"""The declarations of several sources as they count, and what people are told of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from perfgoals_xl.declaration import Declaration
from perfgoals_xl.joining.declaration_rows import with_part, without_projects, without_reasons_of
from perfgoals_xl.joining.settlement import (
    Filed,
    Settlement,
    Spot,
    goal_key,
    matched,
    report_kind,
    reported,
    settle,
    sightings,
    which_counts,
)
from perfgoals_xl.reading.same_project import differing

_MOST_NAMED = 3


@dataclass(frozen=True)
class Joined:
    """Several sources, settled.

    ``kept`` are the declarations that count, in the order given, each project in one of them;
    ``remarks`` say for every source given why nothing of it counts, "" where something does;
    ``notes`` tell people what was left out or put together, a line each, and ``rivals`` which
    projects of one name count each (what P01 finds, for commands that review nothing).
    """

    kept: Sequence[Declaration]
    remarks: Sequence[str]
    notes: Sequence[str]
    rivals: Sequence[str]


def join_sources(declarations: Sequence[Declaration]) -> Joined:
    """Settles what the sources declare (:mod:`.settlement` says by which rule)."""
    if len(declarations) < 2:
        return Joined(list(declarations), [""] * len(declarations), [], [])
    filed = [_filed(declaration) for declaration in declarations]
    told = settle(filed)
    labels = _labels([declaration.file for declaration in declarations])
    remarks = [""] * len(declarations)
    notes = []
    for number in range(len(declarations)):
        name = labels[number]
        if number in told.copies:
            original = told.copies[number]
            remarks[number] = f"与“{declarations[original].file}”内容相同，只计一次"
            if declarations[number].file == declarations[original].file:
                notes.append(f"{name} 给出了不止一次，只计一次。")
            else:
                notes.append(f"{name} 与 {labels[original]} 内容相同，只计一次。")
        elif number in told.replaced:
            newer = told.replaced[number]
            changed = changes(filed[newer], filed[number])
            file = declarations[newer].file
            which = which_counts(file, declarations[number].file)
            remarks[number] = f"与“{file}”是同一份申报，以{which}为准{changed}"
            notes.append(
                f"{name} 与 {labels[newer]} 是同一份申报，以{which} {labels[newer]} 为准，"
                f"{name} 没有计入{changed}。"
            )
    for spot, other in told.dropped.items():
        newer_name, older_name = labels[other.source], labels[spot.source]
        lines = [filed[s.source].projects[s.project].lines for s in (spot, other)]
        counted = which_counts(newer_name, older_name)
        which = "有指标的" if lines[1] and not lines[0] else counted
        notes.append(
            f"项目“{_title(filed, spot)}”在 {older_name} 和 {newer_name} 中都有，"
            f"以{which} {newer_name} 为准，只计一次。"
        )
    for spot, other in told.joined.items():
        notes.append(
            f"项目“{_title(filed, spot)}”分在 {labels[other.source]} 和 {labels[spot.source]} "
            "两个文件中，已合并，资金只计一次。"
        )
    notes += [
        f"{labels[own.source]} 中有{own.projects}的{own.kind}，"
        f"项目以 {labels[own.other]} 的{own.about}为准。"
        for own in reported(told, filed)
    ]
    settled = _apply(declarations, told, labels)
    kept = []
    for number, declaration in enumerate(declarations):
        if told.leaves_out(number):
            continue
        if settled[number].is_empty and not declaration.is_empty:
            remarks[number] = "其中的项目都已计在其他来源中"
            continue
        kept.append(settled[number])
    return Joined(kept, remarks, notes, [_rivalry(labels, filed, *pair) for pair in _pairs(told)])


def changes(newer: Filed, older: Filed) -> str:
    """What an older version has that the newer one has not, for a note; "" where nothing.

    That is which projects differ, and how many reasons (说明) nobody moved to the newer one.
    """
    pairs = list(matched(newer, older))
    money = [own.title for found, own, _ in pairs if differing(found, own)]
    other = [own.title for found, own, _ in pairs if found.values != own.values]
    what = []
    if money:
        what.append(f"“{'”“'.join(money[:_MOST_NAMED])}”等 {len(money)} 个项目的资金不同")
    elif other:
        what.append(f"{len(other)} 个项目的内容有改动")
    if lost := len(older.said - newer.said):
        what.append(f"其中 {lost} 条说明在较新的文件里没有，没有采用，需要的请移过去")
    return f"（{'；'.join(what)}）" if what else ""


def _pairs(told: Settlement) -> Sequence[tuple[Spot, Spot, bool]]:
    return [
        *((spot, other, True) for spot, other in told.rivals),
        *((spot, other, False) for spot, other in told.unsure),
    ]


def _rivalry(
    labels: Sequence[str], filed: Sequence[Filed], spot: Spot, other: Spot, differ: bool
) -> str:
    why = "资金不同" if differ else "资金没有填全，无法判断是不是同一个项目"
    return (
        f"项目“{_title(filed, spot)}”在 {labels[other.source]} 和 {labels[spot.source]} 中都有，"
        f"{why}，按两个项目计，请核对（P01）。"
    )


def _title(filed: Sequence[Filed], spot: Spot) -> str:
    return filed[spot.source].projects[spot.project].title


def _filed(declaration: Declaration) -> Filed:
    return Filed(
        declaration.sha256,
        declaration.department,
        declaration.year,
        declaration.saved,
        len(declaration.reasons),
        tuple(sightings(declaration)),
        frozenset(map(goal_key, declaration.department_goals.records())),
        frozenset((r.rule, r.project or "", r.text.strip()) for r in declaration.reasons),
        _reports(declaration),
    )


def _reports(declaration: Declaration) -> dict[int, str]:
    """The projects that are 自评表 and 监控表, with the kind."""
    months = {
        declaration.evaluated.monitorings.place(number, "project_name"): row["month"]
        for number, row in enumerate(declaration.evaluated.monitorings.records())
    }
    return {
        number: report_kind(place in months, months.get(place))
        for number in declaration.evaluated_projects
        for place in (declaration.projects.place(number, "project_name"),)
    }


def _apply(
    declarations: Sequence[Declaration], told: Settlement, labels: Sequence[str]
) -> list[Declaration]:
    settled = list(declarations)
    for spot, main in told.joined.items():
        settled[main.source] = with_part(
            settled[main.source],
            main.project,
            declarations[spot.source],
            spot.project,
            labels[spot.source],
        )
    for number, declaration in enumerate(declarations):
        joined = [spot.project for spot in told.joined if spot.source == number]
        gone = [spot.project for spot in told.dropped if spot.source == number]
        if joined:
            names = declaration.projects.records()
            settled[number] = without_reasons_of(
                settled[number], [str(names[project]["project_name"]) for project in joined]
            )
        reports = [spot.project for spot in told.declared if spot.source == number]
        settled[number] = _without(settled[number], [*joined, *gone], reports)
    return settled


def _without(declaration: Declaration, gone: Sequence[int], reports: Sequence[int]) -> Declaration:
    """Without these projects, and without those that are evaluated here and declared elsewhere."""
    left = without_projects(declaration, set(reports) - set(gone), with_reports=False)
    before = [number for number in reports if number not in gone]
    moved = [number - sum(other < number for other in before) for number in gone]
    return without_projects(left, moved)


def _labels(files: Sequence[str]) -> list[str]:
    """A short name for each file; with its folder where two have the same name."""
    counted = Counter(Path(file).name for file in dict.fromkeys(files))
    return [
        path.name if counted[path.name] == 1 else str(PurePath(path.parent.name, path.name))
        for path in map(Path, files)
    ]
