"""Which points every indicator of a project gets.

The points of a level go to its groups and within these to the indicators, evenly, in steps, what is
left over to the last ones; a level that the declaration lacks gives its points to the others in
proportion. Points that the declaration states itself count where they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.evaluation.scoring_settings import COST, HUNDRED, Scoring
from perfgoals_xl.form.points import read_points
from perfgoals_xl.form.target import is_nothing
from perfgoals_xl.form.taxonomy import EDITIONS, group_key, level1_of, read_level
from perfgoals_xl.form.text import fold, is_blank

_ZERO = Decimal(0)
# What the form prints in front of a name: alone, nobody filled it in.
_PRINTED = re.compile(r"^指标\d*:?(?:[.…]+)?$")
_FINER = Decimal(10)
_OUTPUT = "产出指标"


@dataclass(frozen=True)
class PointPlan:
    """The points of the indicators, in their order, and what is to be told about them."""

    weights: tuple[Decimal, ...]
    notes: tuple[str, ...] = ()


def distribute(
    rows: Sequence[IndicatorRow],
    scoring: Scoring,
    stated_levels: Mapping[str, Decimal] | None = None,
) -> PointPlan:
    """The points of the indicators of one project; they add up to what the execution leaves.

    A row that says only that there is no such indicator (/, 无) gets none.

    ``stated_levels`` are the points that the form itself gives to its levels, by their terms.
    """
    counted = [number for number, row in enumerate(rows) if is_indicator(row)]
    if len(counted) < len(rows):
        plan = distribute([rows[number] for number in counted], scoring, stated_levels)
        given = dict(zip(counted, plan.weights, strict=True))
        return PointPlan(tuple(given.get(n, _ZERO) for n in range(len(rows))), plan.notes)
    if not rows:
        return PointPlan((), ("申报表没有指标，请在表上补充，并填写分值。",))
    wanted = HUNDRED - scoring.execution_points
    members: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        members.setdefault(_level(row), []).append(number)
    own = [_stated(row) for row in rows]
    notes: list[str] = []
    if _is_whole(own) and sum(filter(None, own), _ZERO) == wanted:
        return PointPlan(
            tuple(points or _ZERO for points in own), ("各指标的分值取自申报表自己的分值。",)
        )
    levels, told = _levels(list(members), scoring, stated_levels or {}, wanted)
    notes += told
    weights = [_ZERO] * len(rows)
    kept = []
    for level, numbers in members.items():
        stated = [own[number] for number in numbers]
        if _is_whole(stated) and sum(filter(None, stated), _ZERO) == levels[level]:
            kept.append(level)
            shares = [points or _ZERO for points in stated]
        else:
            shares = _within(levels[level], [rows[number] for number in numbers], scoring.step)
        for number, points in zip(numbers, shares, strict=True):
            weights[number] = points
    if kept:
        notes.append(f"{'、'.join(kept)}的分值取自申报表自己的分值。")
    if any(points is not None for points in own) and len(kept) < len(members):
        total = sum((points for points in own if points is not None), _ZERO)
        notes.append(
            f"申报表写有分值（合计 {plain(total)}），与应得的 {plain(wanted)} 分或各级的分值"
            "不一致的，已按评分设置重新分配，请核对。"
        )
    return PointPlan(tuple(weights), tuple(notes))


def _level(row: IndicatorRow) -> str:
    """The level that a row's points come from; that of its group where it names none."""
    term = read_level(row["level1"] or "") if row["level1"] else None
    if term is not None and term.key1 is not None:
        return level1_of(term.key1)
    key = group_key(row["level2"])
    for edition in EDITIONS.values():
        for level1, level2 in edition.groups:
            if key is not None and group_key(level2) == key:
                return level1
    return _OUTPUT


def is_indicator(row: IndicatorRow) -> bool:
    """Whether a row of the form is an indicator, and not only a group that has none."""
    name = _PRINTED.sub("", fold(row["level3"] or ""))
    return not all(is_blank(text) or is_nothing(text) for text in (name, row["target_value"]))


def is_cost(row: IndicatorRow) -> bool:
    """Whether an indicator stands among the costs, by its level or its group."""
    group = group_key(row["level2"])
    return _level(row) == COST or (group is not None and "成本" in group)


def _stated(row: IndicatorRow) -> Decimal | None:
    return read_points(str(row["weight"])) if row["weight"] else None


def _is_whole(points: Iterable[Decimal | None]) -> bool:
    return all(one is not None for one in points)


def _levels(
    present: Sequence[str], scoring: Scoring, stated: Mapping[str, Decimal], wanted: Decimal
) -> tuple[dict[str, Decimal], list[str]]:
    """The points of the levels that are there, which add up, and what is to be told."""
    if set(present) <= stated.keys() and sum((stated[one] for one in present), _ZERO) == wanted:
        return {one: stated[one] for one in present}, ["各级指标的分值取自申报表。"]
    planned = scoring.level_points(with_cost=COST in present)
    missing = [level for level in planned if level not in present and planned[level]]
    base = {one: planned.get(one, _ZERO) for one in present}
    unplanned = [one for one in present if not base[one]]
    if not any(base.values()):
        base = dict.fromkeys(present, Decimal(1))
    if not missing and not unplanned and sum(base.values(), _ZERO) == wanted:
        return base, []
    total = sum(base.values(), _ZERO)
    shares = _stepped(wanted, [base[one] / total for one in present], scoring.step)
    points = dict(zip(present, shares, strict=True))
    told = "、".join(f"{one} {plain(points[one])} 分" for one in present)
    notes = []
    if missing:
        notes.append(f"申报表没有{'、'.join(missing)}，其分值按比例分给其他各级：{told}。")
    if unplanned:
        notes.append(f"评分设置没有给{'、'.join(unplanned)}分值，请在表上填写。")
    return points, notes


def _within(points: Decimal, rows: Sequence[IndicatorRow], step: Decimal) -> list[Decimal]:
    """The points of the indicators of one level: evenly over its groups, then within these."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(group_key(row["level2"]) or row["level2"] or "", []).append(number)
    found = [_ZERO] * len(rows)
    for own, numbers in zip(even(points, len(groups), step), groups.values(), strict=True):
        for number, share in zip(numbers, even(own, len(numbers), step), strict=True):
            found[number] = share
    return found


def even(points: Decimal, count: int, step: Decimal) -> list[Decimal]:
    """``points`` in ``count`` parts, multiples of ``step``, the last ones larger where they must.

    Where a part would be nothing, the step is made finer.
    """
    return _stepped(points, [1 / Decimal(count)] * count, step)


def _stepped(points: Decimal, shares: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    while True:
        parts = [
            (points * share / step).quantize(Decimal("1e-9")).to_integral_value(ROUND_FLOOR) * step
            for share in shares
        ]
        scarce = any(part == 0 for part, share in zip(parts, shares, strict=True) if share)
        if not scarce or points <= 0 or step < Decimal("0.01"):
            break
        step /= _FINER
    rest = points - sum(parts, _ZERO)
    at = len(parts)
    while rest >= step and at > 0:
        at -= 1
        if shares[at]:
            parts[at] += step
            rest -= step
    last = max((n for n, share in enumerate(shares) if share), default=len(parts) - 1)
    parts[last] += rest
    return [part.normalize() + 0 for part in parts]
