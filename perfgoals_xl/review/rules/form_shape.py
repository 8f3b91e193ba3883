"""The file and the form as a form: declarations, labels, template, hidden sheets (K rules)."""

from __future__ import annotations

from collections import Counter

from perfgoals_xl.declaration import PROJECT_FIELDS, RemarkKind
from perfgoals_xl.form.fields import Table, label_of
from perfgoals_xl.form.template_version import TEMPLATE_VERSION
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.funding_sums import BLOCKS
from perfgoals_xl.review.findings import Hit

# Without these a form of any layout says too little to be reviewed.
_ESSENTIAL = frozenset({"annual_amount", "annual_goal"})
# Only some layouts ask for the goal of the whole period.
_STANDARD = frozenset(PROJECT_FIELDS) - {"period_goal"}
_BLOCK_LABELS = frozenset(name for total, parts in BLOCKS.values() for name in (total, *parts))
# So many labels of the two funding blocks make the standard layout: others have one block or none.
_OF_STANDARD_LAYOUT = 5
# A label that nearly all the other forms of the file have belongs to their layout.
_FEWEST_FORMS, _NEARLY_ALL = 3, 0.7


def file_declares_something(collector: Collector) -> None:
    """K01: there is a declaration in the file, and not only on hidden sheets."""
    if collector.declaration.is_empty:
        sheets = "、".join(hidden.place.sheet for hidden in collector.declaration.hidden_forms)
        variant = "hidden" if sheets else ""
        collector.add_workbook("K01", Hit("workbook", {"sheets": sheets}, variant))


def labels_are_there(collector: Collector) -> None:
    """K02: every form has the labels of its layout, and a form without 项目名称 is told."""
    declaration = collector.declaration
    present = [_labels_of(collector, project) for project in range(len(declaration.projects))]
    counted = Counter(name for labels in present for name in labels)
    usual = {
        name
        for name, count in counted.items()
        if len(present) >= _FEWEST_FORMS and count >= _NEARLY_ALL * len(present)
    }
    others = {f"“{label_of(name)}”" for name in usual - _ESSENTIAL}
    foreign: dict[tuple[str, str], list[int]] = {}
    for project, labels in enumerate(present):
        standard = len(labels & _BLOCK_LABELS) >= _OF_STANDARD_LAYOUT
        wanted = _ESSENTIAL | usual | (_STANDARD if standard else frozenset())
        missing = [f"“{label_of(name)}”" for name in PROJECT_FIELDS if name in wanted - labels]
        if "period_goal" in labels and "annual_goal" in wanted - labels:
            missing.remove(f"“{label_of('annual_goal')}”")  # Some forms have the one goal only.
        if not declaration.origin(project).group_places:
            missing.append("“一级指标”“二级指标”“三级指标”“指标值”")
        if not missing:
            continue
        params = {"labels": "".join(missing)}
        if standard or declaration.template_version is not None:
            collector.add("K02", Table.PROJECTS, project, Hit("project", params))
        elif all(label in others for label in missing):
            collector.add("K02", Table.PROJECTS, project, Hit("project", params, "unlike"))
        else:
            sheet = collector.records(Table.PROJECTS)[project]["sheet"]
            foreign.setdefault((sheet, params["labels"]), []).append(project)
    for (_, told), projects in foreign.items():
        _tell_foreign(collector, told, projects)
    for remark in declaration.remarks:
        if remark.kind is RemarkKind.NAMELESS_FORM:
            hit = Hit("workbook", {"sheet": remark.place.sheet}, "form", place=remark.place)
            collector.add_workbook("K02", hit)


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
