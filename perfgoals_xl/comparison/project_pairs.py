"""Which project of last year is which of this year, and which indicator: one to one, best first.

Equal names pair first, then names that differ in a year only (2025年…, 2026年…), then similar
names. How similar two names are is the share of characters that they have in common, without an end
that tells nothing (经费, 项目); and once more without a beginning that a third name has too (青岚县
林业和草原局…), whichever is less.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfgoals_xl.comparison.named_years import without_years
from perfgoals_xl.declaration import Declaration, IndicatorRow, target_of
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import Kind
from perfgoals_xl.review.evidence.indicator_text import group_at, letters
from perfgoals_xl.review.evidence.likeness import similarity
from perfgoals_xl.review.row_rules import AnyRow

LEAST_PROJECT: Final = 0.7
"""From here on two names of projects are told as one renamed.

Of 40 projects in two published sets no two reach 0.62, within a set or across; a name in which one
word of three or four was changed lies above 0.7.
"""
LEAST_INDICATOR: Final = 0.75
"""From here on two names of indicators of one group are told as one renamed.

Names within a group are more alike: of 800 pairs of different ones in the same sets 16 reach 0.75.
"""

_EMPTY_END: Final = re.compile(r"(?:项目|专项|经费|资金|费用|费|支出)+$")
# No two different names are as alike.
_EQUAL: Final = 1.5
# A whole goal that slipped into the names has thousands of characters, and as many beginnings.
_BEGINNING: Final = 60
# The cost group of the edition of 2015 is the first of three in that of 2021.
_SAME_GROUP: Final = {"经济成本": "成本"}
_PROJECT_FACTS: Final = (
    "sheet",
    "implementing_unit",
    "project_attribute",
    "annual_goal",
    "amount_unit",
    *AMOUNT_FIELDS,
)


class Pair(NamedTuple):
    """Rows of the old and the new table that are the same thing; None where there is no partner.

    ``similarity`` is that of the names, 1 where they are equal but for a year, 0 for a row alone.
    """

    old: int | None
    new: int | None
    similarity: float = 0.0


@dataclass(frozen=True)
class Named:
    """What rows are paired by: a group, a name, and facts that tell rows of one name apart."""

    group: str
    spelled: str
    name: str
    facts: tuple[object, ...] = ()

    @classmethod
    def of(cls, name: object, facts: Iterable[object] = (), group: str = "") -> Named:
        """The name as it is compared, with and without years; None is a name too."""
        text = "" if name is None else str(name)
        return cls(group, letters(text), letters(without_years(text)), tuple(facts))


def pair_projects(old: Declaration, new: Declaration) -> list[Pair]:
    """The projects of both, in the order of ``new``, those that are gone last."""
    return pair(_projects(old), _projects(new), LEAST_PROJECT)


def pair_indicators(old: Sequence[IndicatorRow], new: Sequence[IndicatorRow]) -> list[Pair]:
    """The indicators of a project, in the order of ``new``, those that are gone last.

    Within a group first. Of the others those of one name that measure the same moved to another
    group: the same name under 数量 and 成本 is a pair by design, of different measures.
    """
    pairs = pair(_indicators(old), _indicators(new), LEAST_INDICATOR)
    gone = [found.old for found in pairs if found.new is None and found.old is not None]
    came = [found.new for found in pairs if found.old is None and found.new is not None]
    if not gone or not came:
        return pairs
    left, right = _measured([old[i] for i in gone]), _measured([new[j] for j in came])
    moved = [
        Pair(gone[i], came[j], alike)
        for i, j, alike in pair(left, right, _EQUAL)
        if i is not None and j is not None and left[i].name
    ]
    targets = {found.new: found for found in moved}
    sources = {found.old for found in moved}
    return [
        targets.get(found.new, found) if found.new is not None else found
        for found in pairs
        if found.new is not None or found.old not in sources
    ]


def group_key_of(row: IndicatorRow) -> str:
    """The group that an indicator is paired in: the same of both editions, and of all spellings."""
    level1, level2 = row["level1"], row["level2"]
    group = group_at(level1, level2) or letters(str(level2 or level1 or ""))
    return _SAME_GROUP.get(group, group)


def pair(old: Sequence[Named], new: Sequence[Named], least: float) -> list[Pair]:
    """Pairs rows one to one, names that are not equal from a similarity of ``least`` on.

    Swapping the two sides swaps the pairs and changes nothing else.
    """
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()

    def take(candidates: Iterable[tuple[float, int, int, float]]) -> None:
        # Ties go to the rows that come first, seen from both sides alike.
        best_first = sorted(candidates, key=lambda c: (-c[0], c[1] + c[2], min(c[1], c[2])))
        for _, i, j, alike in best_first:
            if i not in taken and j not in partner:
                taken.add(i)
                partner[j] = i, alike

    take(_of_equal_names(old, new, partner, taken, "spelled"))
    take(_of_equal_names(old, new, partner, taken, "name"))
    take(_of_similar_names(old, new, partner, taken, least))
    pairs = [
        Pair(partner[j][0], j, partner[j][1]) if j in partner else Pair(None, j)
        for j in range(len(new))
    ]
    return pairs + [Pair(i, None) for i in range(len(old)) if i not in taken]


def _of_equal_names(
    old: Sequence[Named],
    new: Sequence[Named],
    partner: Mapping[int, object],
    taken: set[int],
    column: str,
) -> Iterable[tuple[float, int, int, float]]:
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(old):
        if i not in taken:
            rows[row.group, getattr(row, column)].append(i)
    for j, row in enumerate(new):
        if j in partner:
            continue
        for i in rows.get((row.group, getattr(row, column)), ()):
            same = sum(a == b for a, b in zip(old[i].facts, row.facts, strict=True))
            yield same, i, j, 1.0


def _of_similar_names(
    old: Sequence[Named],
    new: Sequence[Named],
    partner: Mapping[int, object],
    taken: set[int],
    least: float,
) -> Iterable[tuple[float, int, int, float]]:
    beginnings: dict[str, Counter[str]] = defaultdict(Counter)
    for group, name in {(row.group, row.name) for row in (*old, *new)}:
        beginnings[group].update(name[:size] for size in range(1, min(len(name), _BEGINNING) + 1))
    for i, one in enumerate(old):
        if i in taken or not one.name:
            continue
        for j, other in enumerate(new):
            if j in partner or one.group != other.group or not other.name:
                continue
            alike = name_similarity(one.name, other.name, beginnings[one.group], least)
            if alike >= least:
                yield alike, i, j, alike


def name_similarity(
    one: str, other: str, beginnings: Mapping[str, int], least: float = 0.0
) -> float:
    """How alike two names are, from 0 to 1; where it is below ``least`` it may be too much.

    ``beginnings`` counts the different names of both sides that begin with a text.
    """
    one, other = (_EMPTY_END.sub("", name) or name for name in (one, other))
    short, long = sorted((len(one), len(other)))
    if 2 * short < least * (short + long):
        return 0.0
    whole = similarity(one, other)
    if whole < least:
        return whole
    shared = 0
    # Two of the names are these two themselves.
    while shared < short and one[shared] == other[shared] and beginnings[one[: shared + 1]] > 2:
        shared += 1
    return min(whole, similarity(one[shared:], other[shared:]))


def _projects(declaration: Declaration) -> list[Named]:
    rows: Sequence[AnyRow] = declaration.projects.records()
    return [Named.of(row["project_name"], (row[name] for name in _PROJECT_FACTS)) for row in rows]


def _indicators(rows: Sequence[IndicatorRow]) -> list[Named]:
    return [Named.of(row["level3"], _facts(row), group_key_of(row)) for row in rows]


def _measured(rows: Sequence[IndicatorRow]) -> list[Named]:
    """The rows in groups of what their targets measure."""
    return [Named.of(row["level3"], _facts(row), _measure(row)) for row in rows]


def _facts(row: IndicatorRow) -> tuple[object, ...]:
    return row["target_value"], row["ordinal"], row["note"]


def _measure(row: IndicatorRow) -> str:
    value = target_of(row)
    if value.low is None and value.high is None:
        return value.kind.value
    is_day = isinstance(value.low, dt.date) or isinstance(value.high, dt.date)
    return Kind.DATE.value if is_day else f"{measure_of(value)[0]}/"
