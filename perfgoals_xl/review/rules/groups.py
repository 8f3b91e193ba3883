"""Which groups of the taxonomy a project fills (S01)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfgoals_xl.addresses import Place, row_column
from perfgoals_xl.declaration import IndicatorRow
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.taxonomy import group_key
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import LacksLabel

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


def missing_groups(edition: str, indicators: Iterable[IndicatorRow]) -> list[Hit]:
    """S01: one hit per group that a project lacks; one for all where it has no indicator at all."""
    rows = list(indicators)
    present = {group_key(row["level2"]) for row in rows}
    present |= {key for row in rows if (key := _level1_group(row["level1"]))}
    missing = [
        (name, severity)
        for name, keys, severity in NEEDS[edition]
        if not present.intersection(keys)
    ]
    if not rows:
        names = "、".join(name for name, severity in missing if severity is not _I)
        return [Hit("project", {"group": names}, variant="none")]
    return [Hit("project", {"group": name}, severity=severity) for name, severity in missing]


def _level1_group(level1: str | None) -> str | None:
    """A first level that needs no second one: 成本 of the 2021 edition."""
    return "成本" if level1 == "成本指标" else None


def tell_missing_groups(collector: Collector) -> None:
    """S01 for every project, at the printed label of the group or at the head of the table."""
    declaration = collector.declaration
    for project, rows in enumerate(collector.indicators_by_project()):
        if rows and not _asks_for_groups(collector, project, rows):
            collector.add("S01", Table.PROJECTS, project, LacksLabel.of(["二级指标"]))
            continue
        for hit in missing_groups(declaration.origin(project).edition, [row for _, row in rows]):
            place = _place_of_group(collector, project, str(hit.params["group"]))
            found = Hit(hit.column, hit.params, hit.variant, hit.severity, place)
            collector.add("S01", Table.PROJECTS, project, found)


def _asks_for_groups(
    collector: Collector, project: int, rows: Sequence[tuple[int, IndicatorRow]]
) -> bool:
    """Whether the table of a project has a second level, if only to be filled."""
    if any(row["level2"] is not None and group_key(row["level2"]) != _ALONE for _, row in rows):
        return True
    head = collector.declaration.origin(project).group_places.get("")
    places = [collector.place(Table.INDICATORS, number, "level1") for number, _ in rows]
    columns = {row_column(place.cell)[1] for place in (head, *places) if place is not None}
    return len(columns) > 1


# The one group of its first level, which names it.
_ALONE = "服务对象满意度"


def _place_of_group(collector: Collector, project: int, group: str) -> Place | None:
    places = collector.declaration.origin(project).group_places
    return places.get(group.removesuffix("指标")) or places.get("")


CHECKS = (AcrossRule(("S01",), tell_missing_groups),)
