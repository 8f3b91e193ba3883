"""A comparison as text for people and as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from perfgoals_xl.addresses import Place
from perfgoals_xl.comparison import change_words as wording
from perfgoals_xl.comparison.changes import (
    SIDES,
    AmountChange,
    Comparison,
    IndicatorChange,
    ProjectChange,
    Status,
)
from perfgoals_xl.comparison.judging import Verdict
from perfgoals_xl.comparison.side_words import SideWords
from perfgoals_xl.declaration import Amount, Declaration
from perfgoals_xl.form.fields import TOTALS, label_of
from perfgoals_xl.review.evidence.indicator_text import short

FORMAT_VERSION = 1
_LONGEST = 60
_STATUS_STYLES = {Status.NEW: "green", Status.GONE: "red", Status.RENAMED: "cyan"}
_VERDICT_STYLES = {
    Verdict.LOWERED: "yellow",
    Verdict.RAISED: "green",
    Verdict.SAME: "dim",
    Verdict.NOT_JUDGED: "dim",
}


def write_text(comparison: Comparison, console: Console) -> None:
    """What changed, project by project, and a closing count; nothing of what did not change."""
    words = comparison.words
    console.print(Line(_heading(comparison), style="bold"), soft_wrap=True)
    if comparison.converted:
        told = f"有 {comparison.converted} 个项目的金额已换算为{comparison.unit}。"
        console.print(Line(told, style="dim"), soft_wrap=True)
    for project in comparison.projects:
        if project.status in (Status.RENAMED, Status.CHANGED):
            console.print()
            for line in _project_lines(project, words):
                console.print(line, soft_wrap=True)
    console.print()
    alone = [p for p in comparison.projects if p.status in (Status.NEW, Status.GONE)]
    for project in alone:
        console.print(_line_alone(project, comparison.unit, words), soft_wrap=True)
    if alone:
        console.print()
    if all(project.status is Status.UNCHANGED for project in comparison.projects):
        console.print(Line("项目、金额和指标没有变化。", style="bold"))
    for closing in wording.closing_lines(comparison):
        console.print(Line(closing, style="bold"), soft_wrap=True)


def _heading(comparison: Comparison) -> str:
    old, new, words = comparison.old, comparison.new, comparison.words
    return (
        f"{words.old}：{old.file}（{wording.year_of(old, '年度不明')}）　"
        f"{words.new}：{new.file}（{wording.year_of(new, '年度不明')}）　"
        f"金额单位：{comparison.unit}"
    )


def _line_alone(project: ProjectChange, unit: str, words: SideWords) -> Line:
    amount = project.row["annual_amount"]
    annual = short(wording.amount_text(amount), _LONGEST)
    annual += f" {unit}" if isinstance(amount, Decimal) else ""
    name = wording.project_name(project)
    told = f"{name}：年度资金总额 {annual}，指标 {len(project.indicators)} 个"
    return _marked(project.status, told, words)


def _project_lines(project: ProjectChange, words: SideWords) -> list[Line]:
    name = wording.project_name(project)
    if project.status is Status.RENAMED:
        was = short(project.old_name or wording.UNNAMED, _LONGEST)
        alike = wording.similarity_text(project.similarity)
        renamed = f"{name}（{words.old}名称：{was}，{alike}）"
        lines = [_marked(project.status, renamed, words)]
    else:
        lines = [Line(name, style="bold")]
    lines += [_amount_line(change, words) for change in project.amounts]
    return lines + [_indicator_line(change, words) for change in project.indicators]


def _marked(status: Status, told: str, words: SideWords) -> Line:
    line = Line()
    line.append(f"[{wording.status_of(status, words)}] ", style=_STATUS_STYLES[status])
    return line.append(told, style="bold")


def _amount_line(change: AmountChange, words: SideWords) -> Line:
    was, now = (short(wording.amount_text(amount), _LONGEST) for amount in (change.old, change.new))
    told = f"  {label_of(change.field)}：{was} → {now}，{wording.difference_text(change, words)}"
    return Line(told)


def _indicator_line(change: IndicatorChange, words: SideWords) -> Line:
    name = short(change.row["level3"] or wording.BLANK, _LONGEST)
    line = Line("  ")
    if change.old is None or change.new is None:
        line.append(wording.INDICATOR_STATUS[change.status], style=_STATUS_STYLES[change.status])
        value = short(wording.target_text(change.row["target_value"]), _LONGEST)
        return line.append(f" {wording.group_name(change)} {name}：{value}")
    line.append(f"{wording.group_name(change)} {name}")
    if change.status is Status.RENAMED:
        was = short(change.old["level3"] or wording.BLANK, _LONGEST)
        line.append(f"（{words.old}名称：{was}，{wording.similarity_text(change.similarity)}）")
    if change.status is Status.MOVED:
        line.append(f"（{words.old}在{wording.old_group_name(change)}）")
    old, new = (
        short(wording.target_text(row["target_value"]), _LONGEST)
        for row in (change.old, change.new)
    )
    line.append(f"：{new}" if change.judgement is None else f"：{old} → {new}")
    if change.judgement is not None:
        style = _VERDICT_STYLES[change.judgement.verdict]
        style = "bold red" if change.is_lowered_for_same_money else style
        line.append(f"　{wording.verdict_text(change, words)}", style=style)
    return line


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as one document, ready for ``json.dumps``.

    Amounts are numbers in ``amount_unit``, null where blank, and texts where a text that is no
    amount stands in the form.
    """
    return {
        "format_version": FORMAT_VERSION,
        "kind": comparison.words.kind,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "amount_unit": comparison.unit,
        "counts": comparison.counts,
        "totals": {name: _total(comparison, name) for name in TOTALS},
        "projects": [_project(project) for project in comparison.projects],
    }


def _side(declaration: Declaration) -> dict[str, Any]:
    return {
        "file": declaration.file,
        "year": declaration.year,
        "department": declaration.department,
    }


def _total(comparison: Comparison, name: str) -> dict[str, Any]:
    old, new = (comparison.total(name, side) for side in SIDES)
    return {
        "old": _number(old),
        "new": _number(new),
        "difference": _number(AmountChange(name, old, new).difference),
        "old_missing": comparison.missing(name, "old"),
        "new_missing": comparison.missing(name, "new"),
    }


def _project(project: ProjectChange) -> dict[str, Any]:
    is_pair = project.old is not None and project.new is not None
    return {
        "status": project.status.value,
        "name": None if project.new is None else project.name,
        "old_name": project.old_name,
        "similarity": round(project.similarity, 4) if is_pair else None,
        "sheet": None if project.new is None else project.new["sheet"],
        "old_sheet": None if project.old is None else project.old["sheet"],
        "money": project.money.value,
        "amounts": [
            {
                "field": change.field,
                "status": change.status.value,
                "old": _number(change.old),
                "new": _number(change.new),
                "difference": _number(change.difference),
                "percent": _number(change.percent),
            }
            for change in project.amounts
        ],
        "indicators": [_indicator(change) for change in project.indicators],
    }


def _indicator(change: IndicatorChange) -> dict[str, Any]:
    old, new = change.old, change.new
    judgement = change.judgement
    is_pair = old is not None and new is not None
    return {
        "status": change.status.value,
        "level1": change.row["level1"],
        "level2": change.row["level2"],
        "old_level1": None if old is None else old["level1"],
        "old_level2": None if old is None else old["level2"],
        "ordinal": change.row["ordinal"],
        "level3": None if new is None else new["level3"],
        "old_level3": None if old is None else old["level3"],
        "similarity": round(change.similarity, 4) if is_pair else None,
        "target_value": None if new is None else new["target_value"],
        "old_target_value": None if old is None else old["target_value"],
        "verdict": None if judgement is None else judgement.verdict.value,
        "reason": None if judgement is None else judgement.reason or None,
        "lowered_for_same_money": change.is_lowered_for_same_money,
        **_place("", change.place),
        **_place("old_", change.old_place),
    }


def _place(side: str, place: Place | None) -> dict[str, str | None]:
    sheet, cell = (None, None) if place is None else (place.sheet, place.cell)
    return {f"{side}sheet": sheet, f"{side}cell": cell}


def _number(value: Amount) -> int | float | str | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
