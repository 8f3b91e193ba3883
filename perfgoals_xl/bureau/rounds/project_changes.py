"""Which projects of a department came, went, were renamed, and whose amounts changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.bureau.rounds.previous_book import EarlierProject
from perfgoals_xl.bureau.rounds.since_round import Change, ChangeKind
from perfgoals_xl.comparison.project_pairs import LEAST_PROJECT, Named, Pair, pair
from perfgoals_xl.form.amounts import COMMON_UNIT, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS, label_of
from perfgoals_xl.reading.same_project import name_key
from perfgoals_xl.workbooks.kit.writing import is_exact

_BLANK = "（空白）"
_LEAST_WITH_MONEY = 0.5
"""How alike two names are at least that are one project's because all its amounts are the same."""
_NO_MONEY: list[Decimal | str | None] = [None] * len(AMOUNT_FIELDS)


class PresentProject(NamedTuple):
    """A project of now, as it is compared: amounts in 万元, where it stands, and in which file."""

    name: str
    sheet: str
    unit: str
    attribute: str
    amounts: Mapping[str, Decimal | str | None]
    cell: str | None
    file: int


class ProjectChanges(NamedTuple):
    """The changes with the file of each, None for a project that is gone; old names by new ones.

    ``kept`` are the present names of the projects of both rounds, ``came`` those of now alone, and
    ``gone`` the names of those of then alone. A name that two projects share may stand in several.
    """

    changes: list[tuple[int | None, Change]]
    renamed: dict[str, str]
    """The present name of every project that had another one."""
    kept: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def project_changes(
    before: Sequence[EarlierProject], now: Sequence[PresentProject], *, complete: bool = True
) -> ProjectChanges:
    """What became of the projects of a department.

    Names are equal as everywhere (blanks and width do not matter), then alike as two years of one
    department are compared, then less alike where no amount changed. Where ``now`` is not
    ``complete``, none is told as gone.
    """
    pairs = _with_equal_money(
        pair(list(map(_named, before)), list(map(_named, now)), LEAST_PROJECT), before, now
    )
    changes: list[tuple[int | None, Change]] = []
    renamed: dict[str, str] = {}
    for found in pairs:
        old = None if found.old is None else before[found.old]
        new = None if found.new is None else now[found.new]
        if old is None and new is not None:
            changes.append((new.file, _came(new)))
        elif new is None and old is not None and complete:
            what = f"{label_of('annual_amount')} {_shown(old.amounts['annual_amount'])}"
            gone = Change(ChangeKind.GONE, old.name, what, old.name or _BLANK, None, old.sheet)
            changes.append((None, gone))
        elif old is not None and new is not None:
            if name_key(old.name) != name_key(new.name):
                renamed[old.name] = new.name
                told = Change(
                    *(ChangeKind.RENAMED, new.name, label_of("project_name")),
                    *(old.name or _BLANK, new.name or _BLANK, new.sheet, new.cell),
                )
                changes.append((new.file, told))
            changes += ((new.file, change) for change in _amounts(old, new))
    return ProjectChanges(
        changes,
        renamed,
        frozenset(now[p.new].name for p in pairs if p.old is not None and p.new is not None),
        frozenset(now[p.new].name for p in pairs if p.old is None and p.new is not None),
        frozenset(before[p.old].name for p in pairs if p.old is not None and p.new is None),
    )


def _with_equal_money(
    pairs: Sequence[Pair], before: Sequence[EarlierProject], now: Sequence[PresentProject]
) -> list[Pair]:
    """The pairs, and those whose names are less alike where every amount is the same."""
    old = [found.old for found in pairs if found.old is not None and found.new is None]
    new = [found.new for found in pairs if found.new is not None and found.old is None]
    named = [_named(before[at]) for at in old], [_named(now[at]) for at in new]
    more = [
        Pair(old[one.old], new[one.new], one.similarity)
        for one in pair(*named, _LEAST_WITH_MONEY)
        if one.old is not None and one.new is not None
        if _money(before[old[one.old]]) == _money(now[new[one.new]]) != _NO_MONEY
    ]
    taken = {one.old for one in more}, {one.new for one in more}
    left = [
        found
        for found in pairs
        if (found.new is not None or found.old not in taken[0])
        and (found.old is not None or found.new not in taken[1])
    ]
    return left + more


def _money(project: EarlierProject | PresentProject) -> list[Decimal | str | None]:
    return [_comparable(project.amounts[name]) for name in AMOUNT_FIELDS]


def _named(project: EarlierProject | PresentProject) -> Named:
    amounts = (_comparable(project.amounts[name]) for name in AMOUNT_FIELDS)
    return Named.of(project.name, (project.sheet, project.unit, project.attribute, *amounts))


def _came(new: PresentProject) -> Change:
    what = f"{label_of('annual_amount')} {_shown(new.amounts['annual_amount'])}"
    return Change(ChangeKind.ADDED, new.name, what, None, new.name or _BLANK, new.sheet, new.cell)


def _amounts(old: EarlierProject, new: PresentProject) -> list[Change]:
    return [
        Change(
            *(ChangeKind.AMOUNT, new.name, f"{label_of(name)}（{COMMON_UNIT}）"),
            *(_shown(before), _shown(now), new.sheet, new.cell),
        )
        for name in AMOUNT_FIELDS
        for before, now in [(old.amounts[name], new.amounts[name])]
        if _comparable(before) != _comparable(now)
    ]


def _comparable(amount: Decimal | str | None) -> Decimal | str | None:
    """What two ways of writing one amount share; what no number of Excel holds is a text there."""
    if isinstance(amount, Decimal):
        return amount.normalize() if is_exact(amount) else plain(amount)
    if amount is None:
        return None
    return " ".join(amount.split()) or None


def _shown(amount: Decimal | str | None) -> str:
    if isinstance(amount, Decimal):
        return plain(amount)
    return amount or _BLANK
