"""Checks that compare the projects and the forms of a declaration (P rules)."""

from __future__ import annotations

from perfgoals_xl.form.fields import Table
from perfgoals_xl.review.findings import Collector, Hit


def printed_in_parts(collector: Collector) -> None:
    """P03: a project that came in several tables, told where the second begins."""
    for project, parts in enumerate(collector.declaration.parts):
        if len(parts) < 2:
            continue
        several_sheets = len({place.sheet for place in parts}) > 1
        places = "、".join(f"{p.sheet}!{p.cell}" if several_sheets else p.cell for p in parts)
        name = collector.records(Table.PROJECTS)[project]["project_name"]
        params = {"name": name, "count": len(parts), "places": places}
        collector.add("P03", Table.PROJECTS, project, Hit("project_name", params, place=parts[1]))


CHECKS = (printed_in_parts,)
