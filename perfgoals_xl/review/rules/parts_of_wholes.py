"""Parts told with 其中 against what they are parts of (V16)."""

from __future__ import annotations

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence import part_sums
from perfgoals_xl.review.findings import Hit


def parts_make_their_whole(collector: Collector) -> None:
    """V16: parts told with 其中, in rows or in one text, add up to what they are parts of."""
    for rows in collector.indicators_by_project():
        for gap in part_sums.row_gaps(rows):
            hit = Hit("target_value", _parts(gap), severity=_severity_of(gap))
            collector.add("V16", Table.INDICATORS, gap.row, hit)
        for number, row in rows:
            for column in ("level3", "target_value"):
                text = part_sums.text_gap(row[column])
                if text is not None:
                    cell = "indicator" if column == "level3" else column
                    hit = Hit(cell, _parts(text), "text", _severity_of(text))
                    collector.add("V16", Table.INDICATORS, number, hit)
                    break
    indicators = collector.records(Table.INDICATORS)
    for number, cells in collector.declaration.shares.items():
        share = part_sums.share_gap(number, indicators[number], [cell.value for cell in cells])
        if share is not None:
            collector.add(
                "V16", Table.INDICATORS, number, Hit("target_value", _parts(share), "shares")
            )
    for project, record in enumerate(collector.records(Table.PROJECTS)):
        if (text := part_sums.text_gap(record["annual_goal"])) is not None:
            hit = Hit("annual_goal", _parts(text), "text", _severity_of(text))
            collector.add("V16", Table.PROJECTS, project, hit)


def _severity_of(gap: part_sums.PartGap) -> Severity | None:
    return None if gap.is_plain else Severity.INFO


def _parts(gap: part_sums.PartGap) -> dict[str, object]:
    return {
        "name": gap.name,
        "whole": f"{plain(gap.whole)}{gap.unit}",
        "arithmetic": gap.arithmetic,
        "difference": f"{'多' if gap.total > gap.whole else '少'} "
        f"{plain(abs(gap.total - gap.whole))}",
        "gap": plain(abs(gap.total - gap.whole)),
        "unit": gap.unit,
    }


CHECKS = (AcrossRule(("V16",), parts_make_their_whole),)
