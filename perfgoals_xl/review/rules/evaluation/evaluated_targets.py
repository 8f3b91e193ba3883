"""Targets and indicators of a 自评表 or 监控表 beside the declared ones (Z15)."""

from __future__ import annotations

import re

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.evidence.reports.declared_targets import (
    Row,
    declared_rows,
    is_lowered,
    paired,
)
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report
from perfgoals_xl.review.findings import Hit

_MOST_NAMED = 5
_LEAST_PAIRED = 0.3
# A change that somebody agreed to.
_AGREED = re.compile(
    r"(?:目标|指标)(?:值|进行了?|已|经)*(?:调整|变更|修改|核减|调减)|批复|批准"
    r"|(?:调整|变更|修改|核减|调减)了?(?:年度|绩效)*(?:目标|指标)"
)


def goals_are_the_declared_ones(collector: Collector) -> None:
    """Z15: no target is lower than it was declared, no indicator is missing or new."""
    unknown = False
    for report in collector.all_reports():
        rows = declared_rows(collector.declared, report)
        if rows is None:
            unknown = True
        elif rows:
            _compare(collector, report, rows)
    if unknown:
        collector.abstain_file("Z15", collector.why_undeclared or _NOT_FOUND)


_NOT_FOUND = "没有找到项目的申报表，没有核对指标、指标值有没有改动"


def _compare(collector: Collector, report: Report, rows: list[Row]) -> None:
    found = paired(rows, report)
    for row, line in found.pairs:
        if is_lowered(row, line) and not _is_agreed(line):
            params: dict[str, object] = {
                "name": short(line.name),
                "declared": short(row["target_value"]),
                "target": short(line["target_value"]),
            }
            collector.add_line("Z15", line, Hit("target_value", params, "lowered"))
    if len(found.pairs) < _LEAST_PAIRED * len(rows):
        params = {"count": len(rows), "paired": len(found.pairs)}
        collector.add_line("Z15", report.form, Hit("project_name", params, "other"))
        return
    if found.dropped:
        names = [f"“{short(row['level3'] or row['indicator'])}”" for row in found.dropped]
        params = {
            "count": len(names),
            "names": "".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else ""),
        }
        collector.add_line("Z15", report.form, Hit("project_name", params, "dropped"))
    for line in found.added:
        params = {"name": short(line.name), "target": short(line["target_value"])}
        hit = Hit("indicator", params, "added", severity=Severity.INFO)
        collector.add_line("Z15", line, hit)


def _is_agreed(line: Line) -> bool:
    said = (line["reason"], line["note"])
    return any(isinstance(text, str) and _AGREED.search(fold(text)) for text in said)


CHECKS = (AcrossRule(("Z15",), goals_are_the_declared_ones, always=True),)
