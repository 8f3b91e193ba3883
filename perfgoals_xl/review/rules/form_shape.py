"""The file and the form as a form: declarations, labels, template, hidden sheets (K rules)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from perfgoals_xl.declaration import PROJECT_FIELDS, Declaration, RemarkKind
from perfgoals_xl.form.fields import Table, label_of
from perfgoals_xl.form.template_version import TEMPLATE_VERSION
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.funding_sums import BLOCKS, all_sources
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import LacksLabel

# Without these a form of any layout says too little to be reviewed.
_ESSENTIAL = frozenset({"annual_amount", "annual_goal"})
# Only some layouts ask for the goal of the whole period.
_STANDARD = frozenset(PROJECT_FIELDS) - {"period_goal"}
_BLOCK_LABELS = frozenset(name for total, parts in BLOCKS.values() for name in (total, *parts))
# So many labels of the two funding blocks make the standard layout: others have one block or none.
_OF_STANDARD_LAYOUT = 5
# A label that nearly all the other forms of the file have belongs to their layout.
_FEWEST_FORMS, _NEARLY_ALL = 3, 0.7
# What the reader found and knows no label of.
_LEFT_OVER = frozenset({RemarkKind.UNREAD, RemarkKind.BELOW, RemarkKind.UNLABELLED})
# Characters: a shorter text is a label or a note, and no goal.
_SHORTEST_GOAL = 10
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?(?:[百千万]?元)?")


def file_declares_something(collector: Collector) -> None:
    """K01: there is a declaration in the file, and not only on hidden sheets."""
    if collector.declaration.is_empty:
        sheets = "、".join(hidden.place.sheet for hidden in collector.declaration.hidden_forms)
        variant = "hidden" if sheets else ""
        collector.add_workbook("K01", Hit("workbook", {"sheets": sheets}, variant))


def labels_are_there(collector: Collector) -> None:
    """K02: every form has the labels of its layout, and a form without 项目名称 is told.

    A layout of others may do without a label. Where nothing is left on the sheet that could stand
    behind it, nobody knows that it was lost, and the form is not judged.
    """
    declaration = collector.declaration
    present = [_labels_of(collector, project) for project in range(len(declaration.projects))]
    counted = Counter(name for labels in present for name in labels)
    usual = {
        name
        for name, count in counted.items()
        if len(present) >= _FEWEST_FORMS and count >= _NEARLY_ALL * len(present)
    }
    # Of several forms alike none has it.
    unheard = _STANDARD - counted.keys() if len(present) >= _FEWEST_FORMS else frozenset()
    unread = _unread(declaration)
    foreign: dict[tuple[str, str], list[int]] = {}
    for project, labels in enumerate(present):
        sheet = collector.records(Table.PROJECTS)[project]["sheet"]
        standard = len(labels & _BLOCK_LABELS) >= _OF_STANDARD_LAYOUT
        wanted = _ESSENTIAL | usual | (_STANDARD if standard else frozenset())
        missing = wanted - labels
        if "annual_amount" in missing - usual and not standard:
            lost = unread.get(sheet, frozenset())
            record = collector.records(Table.PROJECTS)[project]
            if "annual_amount" not in lost and all_sources(record).total is not None:
                # The form states its sources alone, whose sum stands in for it.
                lacking = LacksLabel.of(_told({"annual_amount"}))
                collector.add("K02", Table.PROJECTS, project, lacking)
                missing -= {"annual_amount"}
        if "period_goal" in labels:
            missing -= {"annual_goal"}  # Some forms have the one goal only.
        if declaration.template_version is None:
            # A standard layout has the label, unless no form of the file has it.
            layout = unheard if standard else _ESSENTIAL - usual
            unknown = (missing & layout) - unread.get(sheet, frozenset())
            if unknown:
                collector.add("K02", Table.PROJECTS, project, LacksLabel.of(_told(unknown)))
            missing -= unknown
        told = [f"“{label}”" for label in _told(missing)]
        if not declaration.origin(project).group_places:
            told.append("“一级指标”“二级指标”“三级指标”“指标值”")
        if not told:
            continue
        params = {"labels": "".join(told)}
        if standard or declaration.template_version is not None:
            collector.add("K02", Table.PROJECTS, project, Hit("project", params))
        elif missing <= usual - _ESSENTIAL and declaration.origin(project).group_places:
            collector.add("K02", Table.PROJECTS, project, Hit("project", params, "unlike"))
        else:
            foreign.setdefault((sheet, params["labels"]), []).append(project)
    for (_, labels_told), projects in foreign.items():
        _tell_foreign(collector, labels_told, projects)
    for remark in declaration.remarks:
        if remark.kind is RemarkKind.NAMELESS_FORM:
            hit = Hit("workbook", {"sheet": remark.place.sheet}, "form", place=remark.place)
            collector.add_workbook("K02", hit)


def _told(names: Collection[str]) -> list[str]:
    return [label_of(name) for name in PROJECT_FIELDS if name in names]


def _unread(declaration: Declaration) -> dict[str, frozenset[str]]:
    """The essential fields that something on each sheet could be, which no label was found for."""
    found: dict[str, frozenset[str]] = {}
    for remark in (*declaration.account, *declaration.remarks):
        said = fold(remark.value or "")
        if remark.kind not in _LEFT_OVER or not said:
            continue
        field = None
        if _AMOUNT.fullmatch(said):
            field = "annual_amount"
        elif len(said) >= _SHORTEST_GOAL:
            field = "annual_goal"
        if field is not None:
            sheet = remark.place.sheet
            found[sheet] = found.get(sheet, frozenset()) | {field}
    return found


def _tell_foreign(collector: Collector, labels: str, projects: list[int]) -> None:
    """K02 of a layout that is not ours: once for all projects of a sheet."""
    if len(projects) == 1:
        hit = Hit("project", {"labels": labels}, "foreign")
        collector.add("K02", Table.PROJECTS, projects[0], hit)
        return
    place = collector.place(Table.PROJECTS, projects[0], "project_name")
    params = {"labels": labels, "count": len(projects)}
    collector.add_workbook("K02", Hit("project", params, "list", place=place))


def _labels_of(collector: Collector, project: int) -> frozenset[str]:
    table = collector.declaration.projects
    return frozenset(name for name in PROJECT_FIELDS if table.place(project, name) is not None)


def template_is_current(collector: Collector) -> None:
    """K03: a standard workbook was made with the present version of the template."""
    found = collector.declaration.template_version
    if found is None or found == TEMPLATE_VERSION:
        return
    params = {"found": found, "current": TEMPLATE_VERSION}
    place = collector.declaration.places.get("template_version")
    collector.add_workbook("K03", Hit("workbook", params, place=place))


def forms_are_shown(collector: Collector) -> None:
    """K04: no form stands on a hidden sheet, unless it was asked to count those too."""
    declaration = collector.declaration
    if declaration.hidden_counted or declaration.is_empty:
        return
    for hidden in declaration.hidden_forms:
        params = {"sheet": hidden.place.sheet, "names": "、".join(hidden.names)}
        collector.add_workbook("K04", Hit("workbook", params, place=hidden.place))


CHECKS = (
    AcrossRule(("K01",), file_declares_something, always=True),
    AcrossRule(("K02",), labels_are_there),
    AcrossRule(("K03",), template_is_current),
    AcrossRule(("K04",), forms_are_shown, always=True),
)
