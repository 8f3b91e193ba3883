"""The form as a form: its labels, template, sheet and funding (K02, K03, K04, F06, F07)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from perfgoals_xl.declaration import PROJECT_FIELDS, Remark, RemarkKind
from perfgoals_xl.form.amounts import parse_amount, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Block, Table, label_of
from perfgoals_xl.form.template_version import TEMPLATE_VERSION
from perfgoals_xl.review.collector import AcrossRule, Collector
from perfgoals_xl.review.evidence.funding_sums import BLOCK_NAMES, BLOCKS
from perfgoals_xl.review.evidence.indicator_text import short
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.row_rules import AnyRow

# Without these a form of any layout says too little to be reviewed.
_ESSENTIAL = frozenset({"annual_amount", "annual_goal"})
# Only some layouts ask for the goal of the whole period.
_STANDARD = frozenset(PROJECT_FIELDS) - {"period_goal"}
_BLOCK_LABELS = frozenset(name for total, parts in BLOCKS.values() for name in (total, *parts))
# So many labels of the two funding blocks make the standard layout: others have one block or none.
_OF_STANDARD_LAYOUT = 5
# A label that nearly all the other forms of the file have belongs to their layout.
_FEWEST_FORMS, _NEARLY_ALL = 3, 0.7

_FUNDING = frozenset(AMOUNT_FIELDS) | {"block_total"} | {f"block:{block.value}" for block in Block}
# What an amount is told as that stands where no label claims it.
_VARIANTS = {RemarkKind.UNLABELLED: "", RemarkKind.BELOW: "below", RemarkKind.SECOND: "second"}
_FUNDING_LABELS = {"block_total": "资金总额"} | {
    f"block:{block.value}": name for block, name in BLOCK_NAMES.items()
}


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
    for project, labels in enumerate(present):
        standard = len(labels & _BLOCK_LABELS) >= _OF_STANDARD_LAYOUT
        wanted = _ESSENTIAL | usual | (_STANDARD if standard else frozenset())
        missing = [f"“{label_of(name)}”" for name in PROJECT_FIELDS if name in wanted - labels]
        if "period_goal" in labels and "annual_goal" in wanted - labels:
            missing.remove(f"“{label_of('annual_goal')}”")  # Some forms have the one goal only.
        if not declaration.group_places[project]:
            missing.append("“一级指标”“二级指标”“三级指标”“指标值”")
        if missing:
            params = {"labels": "".join(missing)}
            collector.add("K02", Table.PROJECTS, project, Hit("project", params))
    for remark in declaration.remarks:
        if remark.kind is RemarkKind.NAMELESS_FORM:
            hit = Hit("workbook", {"sheet": remark.place.sheet}, "form", place=remark.place)
            collector.add_workbook("K02", hit)


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


def funding_is_in_place(collector: Collector) -> None:
    """F06: no amount stands without a label, no label has two amounts."""
    for remark in collector.declaration.remarks:
        amount = _amount_of(remark)
        if remark.project is None or amount is None:
            continue
        label = _FUNDING_LABELS.get(remark.field or "") or label_of(remark.field or "annual_amount")
        variant = _VARIANTS[remark.kind]
        params = {"value": plain(amount), "label": label}
        # Not on the column of its field: that cell is blank and has been called so.
        hit = Hit("project", params, variant, place=remark.place)
        collector.add("F06", Table.PROJECTS, remark.project, hit)


def _amount_of(remark: Remark) -> Decimal | None:
    """The amount that a remark on the funding block speaks of; None for any other remark."""
    if remark.kind not in _VARIANTS or remark.field not in _FUNDING | {None}:
        return None
    try:
        return parse_amount(remark.value, "万元")
    except ValueError:
        return None


def amounts_are_numbers(collector: Collector) -> None:
    """F07: a spreadsheet holds its amounts as numbers."""
    declaration = collector.declaration
    for project, typed in enumerate(declaration.typed_amounts):
        record: AnyRow = collector.records(Table.PROJECTS)[project]
        for name, text in sorted(typed.items()):
            if isinstance(record[name], Decimal):  # Else it is no amount, which F01 to F03 tell.
                params = {"label": label_of(name), "value": short(text)}
                collector.add("F07", Table.PROJECTS, project, Hit(name, params, variant="text"))


CHECKS = (
    AcrossRule(("K01",), file_declares_something, always=True),
    AcrossRule(("K02",), labels_are_there),
    AcrossRule(("K03",), template_is_current),
    AcrossRule(("K04",), forms_are_shown, always=True),
    AcrossRule(("F06",), funding_is_in_place),
    AcrossRule(("F07",), amounts_are_numbers),
)
