"""The indicators of a 自评表 or 监控表 beside those that were declared for the project.

They are paired by name, and what is left over by what looks renamed. Whether a target asks for less
is said only where its sign, or the group of a number without one, says which way is better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfgoals_xl.declaration import Declaration, target_of
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import VALUED, Kind, TargetValue, is_nothing
from perfgoals_xl.form.taxonomy import COST_GROUPS, SATISFACTION, read_level
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.indicator_text import group_at, letters, says_nothing
from perfgoals_xl.review.evidence.likeness import similarity
from perfgoals_xl.review.evidence.reports.evaluated_forms import Line, Report

_RENAMED, _RENAMED_WITH_TARGET = 0.7, 0.34
_MORE, _LESS = 1, -1
_DIRECTIONS = {"≥": _MORE, ">": _MORE, "≤": _LESS, "<": _LESS}

Row = Mapping[str, Any]


@dataclass
class Pairing:
    """Indicators of a form with those that were declared; what was dropped and what was added."""

    pairs: list[tuple[Row, Line]] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)


def declared_rows(declarations: Sequence[Declaration], report: Report) -> list[Row] | None:
    """The indicators that were declared for the project of a form; None where nobody did.

    A declaration of another year is none of it.
    """
    form = report.form
    name = fold(str(form["project_name"] or ""))
    for declaration in declarations if name else ():
        for number, project in enumerate(declaration.projects.records()):
            if number in declaration.evaluated_projects:
                continue
            # A title may still name another year than the file is for.
            years = {project["year"], declaration.year} - {None}
            of_year = form["year"] is None or not years or form["year"] in years
            if fold(str(project["project_name"] or "")) == name and of_year:
                rows = declaration.indicators.records()
                return [row for row in rows if row["project"] == number and _is_open(row)]
    return None


def paired(rows: Sequence[Row], report: Report) -> Pairing:
    """The indicators of a form and the declared ones, one to one."""
    found = Pairing()
    open_rows = list(rows)
    open_lines = [line for line in report.indicators if _is_open(line.values)]
    open_lines = [line for line in open_lines if not line.is_of_execution]
    for asked in (_same_name_and_group, _same_name, _renamed_with_target, _renamed):
        for row, line in _matches(asked, open_rows, open_lines):
            found.pairs.append((row, line))
    found.dropped, found.added = open_rows, open_lines
    return found


def _matches(asked: Any, rows: list[Row], lines: list[Line]) -> Iterator[tuple[Row, Line]]:
    """What is the same by one notion, taken out of both lists."""
    for row in list(rows):
        line = next((line for line in lines if asked(row, line)), None)
        if line is not None:
            rows.remove(row)
            lines.remove(line)
            yield row, line


def _same_name(row: Row, line: Line) -> bool:
    return _name(row) == _name(line.values) != ""


def _same_name_and_group(row: Row, line: Line) -> bool:
    return _same_name(row, line) and _level(row) == _level(line.values)


def _renamed_with_target(row: Row, line: Line) -> bool:
    same = fold(str(row["target_value"])) == fold(str(line["target_value"]))
    return (
        same
        and _level(row) == _level(line.values)
        and similarity(_name(row), _name(line.values)) >= _RENAMED_WITH_TARGET
    )


def _renamed(row: Row, line: Line) -> bool:
    return (
        _level(row) == _level(line.values)
        and similarity(_name(row), _name(line.values)) >= _RENAMED
    )


def _name(row: Row) -> str:
    return letters(str(row["level3"] or row["indicator"] or "")).lower()


def _level(row: Row) -> str:
    term = read_level(row["level1"]) if row["level1"] else None
    return (term.key1 if term else None) or str(row["level1"] or "")


def _is_open(row: Row) -> bool:
    name, target = row["level3"] or row["indicator"], row["target_value"]
    if is_blank(name) or says_nothing(name) or is_blank(target):
        return False
    return not is_nothing(str(target))


def is_lowered(row: Row, line: Line) -> bool:
    """Whether the target of a form asks for less than the declared one did."""
    old, new = target_of(row), line.target  # type: ignore[arg-type]  # a row of the frame
    if old.kind not in VALUED or new.kind not in VALUED or fold(old.text) == fold(new.text):
        return False
    if isinstance(old.high, dt.date) or isinstance(new.high, dt.date):
        return _is_later(old, new)
    if any(isinstance(bound, dt.date) for bound in (old.low, new.low)):
        return False
    base, factor = measure_of(old)
    own_base, own_factor = measure_of(new)
    if old.unit != new.unit and base != own_base:
        return False
    if old.unit == new.unit:
        factor = own_factor = Decimal(1)
    direction = _direction(old, new, line)
    before, after = _bound(old, direction), _bound(new, direction)
    if direction is None or before is None or after is None:
        return False
    gap = after * own_factor - before * factor
    return gap < 0 if direction is _MORE else gap > 0


def _is_later(old: TargetValue, new: TargetValue) -> bool:
    """Whether a deadline was put off; a day on which something begins is none."""
    starts = {"≥", ">"} & {old.operator, new.operator}
    if starts or not isinstance(old.high, dt.date) or not isinstance(new.high, dt.date):
        return False
    return new.high > old.high


def _bound(value: TargetValue, direction: int | None) -> Decimal | None:
    bound = value.low if direction is _MORE else value.high
    return bound if isinstance(bound, Decimal) else None


def _direction(old: TargetValue, new: TargetValue, line: Line) -> int | None:
    """Which way is better; None where that cannot be said."""
    if Kind.RANGE in (old.kind, new.kind):
        return None
    said = {_DIRECTIONS[sign] for sign in (old.operator, new.operator) if sign in _DIRECTIONS}
    if said:
        return said.pop() if len(said) == 1 else None
    group = group_at(line["level1"], line["level2"])
    if group in COST_GROUPS:
        return _LESS
    return _MORE if group in ("数量", SATISFACTION) else None
