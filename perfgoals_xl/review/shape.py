"""The form as a form: its labels, its template, its funding block (K02, K03, F06, F07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from perfgoals_xl.declaration import PROJECT_FIELDS, Remark
from perfgoals_xl.form.amounts import parse_amount, plain
from perfgoals_xl.form.fields import AMOUNT_FIELDS, Block, Table, label_of
from perfgoals_xl.form.template_version import TEMPLATE_VERSION
from perfgoals_xl.review.findings import Collector, Hit
from perfgoals_xl.review.funding import BLOCK_NAMES, BLOCKS
from perfgoals_xl.review.indicator_text import short

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
_FUNDING_LABELS = {"block_total": "资金总额"} | {
    f"block:{block.value}": name for block, name in BLOCK_NAMES.items()
}


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
        if remark.project is None and remark.field == "project_name":
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


def funding_is_in_place(collector: Collector) -> None:
    """F06: no amount stands without a label, no label has two amounts."""
    for remark in collector.declaration.remarks:
        amount = _amount_of(remark)
        if remark.project is None or amount is None:
            continue
        label = _FUNDING_LABELS.get(remark.field or "") or label_of(remark.field or "annual_amount")
        variant = "" if remark.field is None else ("below" if _is_below(remark) else "second")
        params = {"value": plain(amount), "label": label}
        # Not on the column of its field: that cell is blank and has been called so.
        hit = Hit("project", params, variant, place=remark.place)
        collector.add("F06", Table.PROJECTS, remark.project, hit)


def _amount_of(remark: Remark) -> Decimal | None:
    """The amount that a remark on the funding block speaks of; None for any other remark."""
    if remark.field is not None and remark.field not in _FUNDING:
        return None
    if remark.field is None and not remark.text.startswith("没有标签"):
        return None
    try:
        return parse_amount(remark.value, "万元")
    except ValueError:
        return None


def _is_below(remark: Remark) -> bool:
    return remark.text.startswith("下一行")


def amounts_are_numbers(collector: Collector) -> None:
    """F07: a spreadsheet holds its amounts as numbers."""
    declaration = collector.declaration
    for project, typed in enumerate(declaration.typed_amounts):
        record = collector.records(Table.PROJECTS)[project]
        for name, text in sorted(typed.items()):
            if isinstance(record[name], Decimal):  # Else it is no amount, which F01 to F03 tell.
                params = {"label": label_of(name), "value": short(text)}
                collector.add("F07", Table.PROJECTS, project, Hit(name, params, variant="text"))


CHECKS: tuple[Callable[[Collector], None], ...] = (
    labels_are_there,
    template_is_current,
    funding_is_in_place,
    amounts_are_numbers,
)
