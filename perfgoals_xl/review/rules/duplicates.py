"""Rows side by side: repeats, ordinals, slipped cells (S03, S04, S06)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from perfgoals_xl.addresses import row_column
from perfgoals_xl.declaration import PARSED_COLUMNS, IndicatorRow
from perfgoals_xl.form.fields import Table
from perfgoals_xl.form.taxonomy import BENEFIT_GROUPS, group_key
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import group_of, letters, named, says_nothing
from perfgoals_xl.review.findings import Hit


def find_duplicates(collector: Collector) -> None:
    """S03 and S04 for every project, told at the later row."""
    for rows in collector.indicators_by_project():
        in_group: dict[tuple[str | None, str], IndicatorRow] = {}
        in_benefits: dict[str, IndicatorRow] = {}
        for number, row in rows:
            name = _key(row)
            if not name:
                continue
            group = group_of(row) or row["level2"]
            first = in_group.setdefault((group, name), row)
            if first is not row:
                collector.add("S03", Table.INDICATORS, number, _twice(first, row))
            elif group in BENEFIT_GROUPS:
                first = in_benefits.setdefault(name, row)
                if first is not row:
                    params = {**named(row), "first": first["level2"]}
                    collector.add("S04", Table.INDICATORS, number, Hit("indicator", params))


def _key(row: IndicatorRow) -> str:
    """What two spellings of one name share; "" where there is no name or no value to compare."""
    name, value = row["level3"], row["target_value"]
    if is_blank(name) or is_blank(value) or says_nothing(name):
        return ""
    return letters(name)


def _twice(first: IndicatorRow, row: IndicatorRow) -> Hit:
    has_bounds = row["low"] is not None or row["high"] is not None
    same = fold(str(first["target_value"])) == fold(str(row["target_value"])) or (
        has_bounds and all(first[column] == row[column] for column in PARSED_COLUMNS)
    )
    if same:
        return Hit("indicator", named(row))
    params = {**named(row), "first": first["target_value"]}
    return Hit("indicator", params, "other", Severity.WARNING)


def check_ordinals(collector: Collector) -> None:
    """S06: the ordinals of a group run from 1 without a gap, in whatever order they stand.

    Told once for a project, at the first group that they do not run in.
    """
    for rows in collector.indicators_by_project():
        of_group: dict[str, list[tuple[int, int, IndicatorRow]]] = defaultdict(list)
        for number, row in rows:
            ordinal = row["ordinal"]
            if ordinal is not None:
                of_group[group_of(row) or str(row["level2"])].append((ordinal, number, row))
        if _runs([ordinal for numbered in of_group.values() for ordinal, *_ in numbered]):
            continue  # Numbered through all groups.
        faulty = [
            numbered
            for numbered in of_group.values()
            if not _runs([ordinal for ordinal, *_ in numbered])
        ]
        if not faulty:
            continue
        shown = [
            (str(named(numbered[0][2])["group"]), "、".join(str(o) for o, *_ in numbered))
            for numbered in faulty
        ]
        params = {
            "told": "；".join(f"{group}的序号是{ordinals}" for group, ordinals in shown),
            "told_en": "; ".join(f"those of {group} are {ordinals}" for group, ordinals in shown),
        }
        collector.add("S06", Table.INDICATORS, faulty[0][0][1], Hit("indicator", params))


def _runs(ordinals: Sequence[int]) -> bool:
    return sorted(ordinals) == list(range(1, len(ordinals) + 1))


def find_slipped_groups(collector: Collector) -> None:
    """S06: the name of a group stands left of the others' column: a merge was lost there."""
    for project, origin in enumerate(collector.declaration.origins):
        # In the 2021 edition 成本 is a first level and stands where it should.
        places, is_level2 = origin.group_places, origin.edition != "2021"
        columns = {
            group: row_column(place.cell)[1]
            for group, place in places.items()
            if group_key(group) and (is_level2 or group != "成本")
        }
        if not columns:
            continue
        usual = max(set(columns.values()), key=list(columns.values()).count)
        slipped = [group for group, column in columns.items() if column < usual]
        if slipped:
            params = {"group": "”、“".join(slipped)}
            hit = Hit("project", params, "slipped", place=places[slipped[0]])
            collector.add("S06", Table.PROJECTS, project, hit)


CHECKS = (
    AcrossRule(("S03", "S04"), find_duplicates),
    AcrossRule(("S06",), check_ordinals),
    AcrossRule(("S06",), find_slipped_groups),
)
