"""Checks that compare the projects and the forms of a declaration (P rules)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import Declaration, PartValue, ProjectRow, file_name
from perfgoals_xl.form.amounts import UNIT_IN_YUAN, convert, plain
from perfgoals_xl.form.fields import Table, label_of
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.joining.settlement import sightings
from perfgoals_xl.reading.same_project import Sighting, differing, name_key
from perfgoals_xl.review.catalogue import RULES, Severity
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.likeness import likest
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import AnyRow, lacks

# Signs that two prints of one text may differ in.
_SIGNS = re.compile(r"[\W_]+")
_SHORT = 24
# A total of all projects that the department itself states.
_STATED_TOTAL = re.compile(
    r"(?P<written>项目支出(?:预算|资金)?(?:总额|合计|共计|总计|共)?(?:为|:)?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>亿元|万元|元))"
)


class _Named(NamedTuple):
    """A project among those of its name: its declaration, its number there and what it says."""

    declaration: Declaration
    number: int
    record: ProjectRow
    told: Sighting


def names_are_unique(collector: Collector) -> None:
    """P01: projects of one name with different funds, in this file and in those before it."""
    own = collector.declaration
    counted = Counter(
        name_key(record["project_name"])
        for declaration in (*collector.before, own)
        for record in declaration.projects.records()
    )
    repeated = {name for name, count in counted.items() if name and count > 1}
    if not repeated:
        return
    named: dict[str, list[_Named]] = {name: [] for name in repeated}
    for declaration in (*collector.before, own):
        records = declaration.projects.records()
        for number, told in enumerate(sightings(declaration)):
            if told.name in repeated:
                project = _Named(declaration, number, records[number], told)
                if declaration is own:
                    _compare_names(collector, project, named[told.name])
                named[told.name].append(project)


def _compare_names(collector: Collector, own: _Named, earlier: Sequence[_Named]) -> None:
    for other in earlier:
        field = differing(own.told, other.told)
        if field is not None:
            params = {
                "name": _plain(own.record["project_name"]),
                "place": _place_of(collector, own, other),
                "own": _funds(own.record, field),
                "other": _funds(other.record, field),
            }
            collector.add("P01", Table.PROJECTS, own.number, Hit("project_name", params))
            return
    if earlier:
        place = _place_of(collector, own, earlier[0])
        reason = f"与 {place} 的项目同名，资金没有填全，无法判断是不是同一个项目，按两个项目计"
        collector.abstain("P01", Table.PROJECTS, own.number, reason)


def _place_of(collector: Collector, own: _Named, other: _Named) -> str:
    if other.declaration is own.declaration:
        return _shown(collector, own.number, own.declaration.projects, other.number)
    return place_in_file(other.declaration, other.number)


def place_in_file(declaration: Declaration, project: int) -> str:
    """Where a project of another file stands, as a message tells it."""
    place = declaration.projects.place(project, "project_name")
    name = file_name(declaration)
    return name if place is None else f"{name} 的 {place.sheet}!{place.cell}"


def goals_are_their_own(collector: Collector) -> None:
    """P02: the goal of a project is not that of another; projects of one name are P01's."""
    records = collector.records(Table.PROJECTS)
    filled = [n for n, record in enumerate(records) if not is_blank(record["annual_goal"])]
    texts = [_SIGNS.sub("", fold(str(records[n]["annual_goal"]))) for n in filled]
    least = collector.thresholds.get("P02", RULES["P02"].threshold or 1.0)
    firsts: dict[str, int] = {}
    for text, project in zip(texts, filled, strict=True):
        firsts.setdefault(text, project)
    distinct = [n for n, text in zip(filled, texts, strict=True) if firsts[text] == n]
    found = likest([t for t, n in zip(texts, filled, strict=True) if firsts[t] == n], least)
    near = {
        project: (distinct[match[0]], match[1])
        for project, match in zip(distinct, found, strict=True)
        if match is not None
    }
    for project, text in zip(filled, texts, strict=True):
        other, share = (
            (firsts[text], 1.0) if firsts[text] != project else near.get(project, (-1, 0))
        )
        if other < 0 or not text or _same_name(records[project], records[other]):
            continue
        params = {
            "other": _plain(records[other]["project_name"]),
            "place": _shown(
                collector, project, collector.declaration.projects, other, "annual_goal"
            ),
            # Never shown as 100: word for word is the other variant.
            "share": min(99, int(share * 100)),
        }
        hit = Hit("annual_goal", params)
        if share < 1:
            hit = Hit("annual_goal", params, variant="near", severity=Severity.WARNING)
        collector.add("P02", Table.PROJECTS, project, hit)


def printed_in_parts(collector: Collector) -> None:
    """P03: a project that came in several tables, told where the second begins."""
    for project, origin in enumerate(collector.declaration.origins):
        parts = origin.parts
        if len(parts) < 2:
            continue
        several_sheets = len({place.sheet for place in parts}) > 1
        places = "、".join(f"{p.sheet}!{p.cell}" if several_sheets else p.cell for p in parts)
        name = collector.records(Table.PROJECTS)[project]["project_name"]
        params = {"name": name, "count": len(parts), "places": places}
        collector.add("P03", Table.PROJECTS, project, Hit("project_name", params, place=parts[1]))


def parts_agree(collector: Collector) -> None:
    """P04: the tables of one project say the same in header, funds and goal."""
    for project, origin in enumerate(collector.declaration.origins):
        parts = origin.part_values
        for field in parts[0] if parts else ():
            told = [part[field] for part in parts if field in part]
            first = next((value for value in told if not is_blank(value.value)), None)
            if first is None:
                continue
            odd = next((value for value in told if not _same(value.value, first.value)), None)
            if odd is not None:
                hit = _disagreement(field, odd, first)
                collector.add("P04", Table.PROJECTS, project, hit)


def annual_amounts_make_a_total(collector: Collector) -> None:
    """P05: the annual amounts make a total, and the one that the department states."""
    declaration = collector.declaration
    records = collector.records(Table.PROJECTS)
    unit = declaration.amount_unit
    total, lacking, unknown = Decimal(0), [], False
    for number, record in enumerate(records):
        if isinstance(amount := record["annual_amount"], Decimal):
            total += convert(amount, record["amount_unit"], unit)
        elif lack := lacks(record, "annual_amount"):
            unknown = True
            if len(records) > 1:
                collector.add("P05", Table.PROJECTS, number, lack)
        else:
            lacking.append(number)
    where = declaration.places.get("department")
    if lacking and len(records) > 1:
        params = {
            "count": len(lacking),
            "names": "、".join(_project(records[n]) for n in lacking[:_MOST_NAMED])
            + ("等" if len(lacking) > _MOST_NAMED else ""),
            "rest": len(records) - len(lacking),
            "total": plain(total),
            "unit": unit,
        }
        place = where or declaration.projects.place(lacking[0], "annual_amount")
        collector.add_workbook("P05", Hit("department", params, place=place))
        return
    stated = _stated_total(collector)
    if stated is None or lacking or unknown:
        return
    written, yuan = stated
    gap = abs(convert(yuan, "元", unit) - total)
    if gap:
        params = {"total": plain(total), "stated": written, "gap": plain(gap), "unit": unit}
        hit = Hit("department", params, variant="stated", place=where)
        collector.add_workbook("P05", hit)


_MOST_NAMED = 20


def _stated_total(collector: Collector) -> tuple[str, Decimal] | None:
    goals = collector.records(Table.DEPARTMENT_GOALS)
    texts = [collector.declaration.duty_goal]
    texts += [text for goal in goals for text in (goal["policy_goal"], goal["budget_goal"])]
    for text in texts:
        found = _STATED_TOTAL.search(fold(str(text))) if not is_blank(text) else None
        if found is not None:
            return found["written"], Decimal(found["number"]) * UNIT_IN_YUAN[found["unit"]]
    return None


def _disagreement(field: str, odd: PartValue, first: PartValue) -> Hit:
    params = {"label": label_of(field), "place": first.place.cell, "value": "", "first": ""}
    if is_blank(odd.value):
        params["first"] = _excerpt(first.value, 0)
        return Hit(field, params, variant="blank", place=odd.place)
    one, other = _plain(odd.value), _plain(first.value)
    at = 0
    if max(len(one), len(other)) > _SHORT:
        shorter = min(len(one), len(other))
        at = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    params |= {"value": _excerpt(odd.value, at), "first": _excerpt(first.value, at)}
    variant = "text" if max(len(one), len(other)) > _SHORT else ""
    return Hit(field, params, variant=variant, place=odd.place)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return bool(one == other)
    if is_blank(one):
        return False
    texts = [_SIGNS.sub("", fold(str(value))) for value in (one, other)]
    return texts[0] == texts[1]


def _excerpt(value: Any, at: int) -> str:
    """The value, or of a long one the stretch around ``at``."""
    text = _plain(value)
    if len(text) <= _SHORT:
        return text
    start = max(0, min(at - _SHORT // 2, len(text) - _SHORT))
    end = start + _SHORT
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _plain(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else fold(str(value or ""))


def _funds(record: AnyRow, name: str) -> str:
    return f"{label_of(name)} {_plain(record[name])} {record['amount_unit']}"


def _project(record: ProjectRow) -> str:
    return _plain(record["project_name"]) or f"工作表“{record['sheet']}”"


def _same_name(one: ProjectRow, other: ProjectRow) -> bool:
    return _plain(one["project_name"]) == _plain(other["project_name"]) != ""


def _shown(
    collector: Collector, project: int, table: Any, other: int, column: str = "project_name"
) -> str:
    """The cell of another project, with its sheet where that is not the project's own."""
    place: Place | None = table.place(other, column)
    records = collector.records(Table.PROJECTS)
    if place is None:
        return _project(records[other])
    if place.sheet == records[project]["sheet"]:
        return place.cell
    return f"{place.sheet}!{place.cell}"


CHECKS = (
    AcrossRule(("P01",), names_are_unique),
    AcrossRule(("P02",), goals_are_their_own),
    AcrossRule(("P03",), printed_in_parts),
    AcrossRule(("P04",), parts_agree),
    AcrossRule(("P05",), annual_amounts_make_a_total),
)
