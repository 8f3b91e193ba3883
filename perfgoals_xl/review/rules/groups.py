"""Which groups of the taxonomy a project fills, and how many points they have (S01, S07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.declaration import IndicatorRow, TextCell
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS, group_key
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence import point_sums
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import LacksLabel
from perfgoals_xl.review.rules.department_goal import indicators_of

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# Each need is satisfied by any one of its groups. Source: the rule table of the review (S01).
NEEDS: dict[str, tuple[tuple[str, tuple[str, ...], Severity], ...]] = {
    "2015": (
        ("数量指标", ("数量",), _E),
        ("质量指标", ("质量",), _W),
        ("时效指标", ("时效",), _W),
        ("成本指标", ("成本", "经济成本", "社会成本", "生态环境成本"), _E),
        ("经济效益指标", ("经济效益",), _I),
        ("社会效益指标", ("社会效益",), _W),
        ("生态效益指标", ("生态效益",), _I),
        ("可持续影响指标", ("可持续影响",), _W),
        ("服务对象满意度指标", ("服务对象满意度",), _W),
    ),
    "2021": (
        ("成本指标", ("成本", "经济成本", "社会成本", "生态环境成本"), _E),
        ("数量指标", ("数量",), _E),
        ("质量指标", ("质量",), _W),
        ("时效指标", ("时效",), _W),
        ("效益指标", ("经济效益", "社会效益", "生态效益", "可持续影响"), _W),
        ("服务对象满意度指标", ("服务对象满意度",), _W),
    ),
}


def missing_groups(
    edition: str, indicators: Iterable[IndicatorRow], asked: Container[str]
) -> list[Hit]:
    """S01: one hit per group that a project lacks; one for all where it has no indicator at all.

    ``asked`` are the benefits that the forms at hand ask for: another one may be left out where
    there is any, and a project without any lacks 效益指标 as a whole.
    """
    rows = list(indicators)
    present = {group_key(row["level2"]) for row in rows}
    present |= {key for row in rows if (key := _level1_group(row["level1"]))}
    missing = [
        (name, keys, severity)
        for name, keys, severity in NEEDS[edition]
        if not present.intersection(keys)
    ]
    if not rows:
        names = "、".join(name for name, _, severity in missing if severity is not _I)
        return [Hit("project", {"group": names}, variant="none")]
    hits = []
    for name, keys, severity in missing:
        if len(keys) == 1 and keys[0] in BENEFIT_GROUPS and keys[0] not in asked:
            severity = _I
        hits.append(Hit("project", {"group": name}, severity=severity))
    if present & BENEFIT_GROUPS or any(_of_benefits(hit) for hit in hits):
        return hits
    return [
        *(hit for hit in hits if hit.params["group"] not in _BENEFIT_NAMES),
        Hit("project", {"group": _ANY_BENEFIT}, severity=_W),
    ]


def _of_benefits(hit: Hit) -> bool:
    """Whether a hit already says more than a hint about the benefits that a project lacks."""
    return hit.severity is not _I and hit.params["group"] in {*_BENEFIT_NAMES, _ANY_BENEFIT}


def _level1_group(level1: str | None) -> str | None:
    """A first level that needs no second one: 成本 of the 2021 edition."""
    return "成本" if level1 == "成本指标" else None


def tell_missing_groups(collector: Collector) -> None:
    """S01 for every project, at the printed label of the group or at the head of the table."""
    declaration = collector.declaration
    usual = _usual_groups(collector)
    for project, rows in enumerate(collector.indicators_by_project()):
        if rows and not _asks_for_groups(collector, project, rows):
            collector.add("S01", Table.PROJECTS, project, LacksLabel.of(["二级指标"]))
            continue
        origin = declaration.origin(project)
        asked = usual | origin.group_places.keys()
        for hit in missing_groups(origin.edition, [row for _, row in rows], asked):
            place = _place_of_group(collector, project, str(hit.params["group"]))
            found = Hit(hit.column, hit.params, hit.variant, hit.severity, place)
            collector.add("S01", Table.PROJECTS, project, found)


def _usual_groups(collector: Collector) -> set[str]:
    """The groups that half of the file's projects fill or more: its form asks for them."""
    filled = [
        {group_key(row["level2"]) for _, row in rows}
        for rows in collector.indicators_by_project()
        if rows
    ]
    counted = Counter(chain.from_iterable(filled))
    return {key for key, times in counted.items() if key and times * 2 >= len(filled)}


def _asks_for_groups(
    collector: Collector, project: int, rows: Sequence[tuple[int, IndicatorRow]]
) -> bool:
    """Whether the table of a project has a second level, if only to be filled."""
    if any(row["level2"] is not None and group_key(row["level2"]) != _ALONE for _, row in rows):
        return True
    head = collector.declaration.origin(project).group_places.get("")
    places = [collector.place(Table.INDICATORS, number, "level1") for number, _ in rows]
    told = [row_column(place.cell) for place in places if place is not None]
    if len({row for row, _ in told}) == 1 and len({column for _, column in told}) > 1:
        return False  # The first levels stand side by side over a list: it has no second one.
    columns = {column for _, column in told}
    return len(columns | ({row_column(head.cell)[1]} if head is not None else set())) > 1


# What is told of the benefits one by one, and where a project has none of them.
_BENEFIT_NAMES = frozenset(
    name for name, keys, _ in NEEDS["2015"] if BENEFIT_GROUPS.issuperset(keys)
)
_ANY_BENEFIT = "效益指标"
# The one group of its first level, which names it.
_ALONE = "服务对象满意度"


def _place_of_group(collector: Collector, project: int, group: str) -> Place | None:
    places = collector.declaration.origin(project).group_places
    return places.get(group.removesuffix("指标")) or places.get("")


def points_add_up(collector: Collector) -> None:
    """S07: the points of a level make what stands behind its name, those of a table its whole."""
    # Of a 自评表 the execution always has points, of a declaration seldom.
    usual = point_sums.usual_whole(
        rows
        for project, rows in zip(
            collector.rows.projects, collector.indicators_by_project(), strict=True
        )
        if not project["is_report"]
    )
    for project, rows in enumerate(collector.indicators_by_project()):
        origin = collector.declaration.origin(project)
        stated, reserves = origin.group_points, origin.is_report or origin.reserves_execution
        try:
            _tell_points(collector, Table.INDICATORS, rows, stated, usual, reserves=reserves)
        except point_sums.UnreadPoints as unread:
            collector.abstain("S07", Table.PROJECTS, project, f"分值“{unread}”不是数字")
    for form in collector.declaration.department_forms:
        own = indicators_of(collector, form.sheet)
        try:
            _tell_points(collector, Table.DEPARTMENT_GOALS, own, form.points)
        except point_sums.UnreadPoints as unread:
            reason = f"分值“{unread}”不是数字"
            collector.abstain("S07", Table.DEPARTMENT_GOALS, own[0][0], reason)


def _tell_points(
    collector: Collector,
    table: Table,
    rows: Sequence[tuple[int, IndicatorRow]],
    stated: Mapping[str, TextCell],
    usual: Decimal | None = None,
    *,
    reserves: bool = False,
) -> None:
    """Tell what does not add up in one table; raises :class:`.UnreadPoints` as the sums do."""
    for gap in point_sums.gaps(rows, stated, usual, reserves=reserves):
        params = {
            "level": f"{gap.level}指标",
            "arithmetic": gap.arithmetic,
            "said": plain(gap.said),
            "difference": f"{'多' if gap.total > gap.said else '少'} "
            f"{plain(abs(gap.total - gap.said))}",
            "gap": plain(abs(gap.total - gap.said)),
            "blank": f"（另有 {gap.blank} 个指标没有填分值）" if gap.blank else "",
            "blank_en": f" ({gap.blank} indicators have none)" if gap.blank else "",
        }
        whole = "usual" if gap.said == usual else "whole"
        variant = "" if gap.level else "said" if "" in stated else whole
        hit = Hit("weight", params, variant, place=_told_at(gap, stated))
        collector.add("S07", table, gap.rows[0], hit)


def _told_at(gap: point_sums.PointsGap, stated: Mapping[str, TextCell]) -> Place | None:
    """The cell that says how many points there are; None for that of the first points."""
    said = stated.get(gap.level)
    return said.place if said is not None else None


CHECKS = (
    AcrossRule(("S01",), tell_missing_groups),
    AcrossRule(("S07",), points_add_up, always=True),
)
