"""Compares two declarations: pairs what belongs together and keeps what is not what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from perfgoals_xl.addresses import Place
from perfgoals_xl.comparison.changes import (
    AmountChange,
    Comparison,
    IndicatorChange,
    Money,
    ProjectChange,
    Status,
    amount_of,
)
from perfgoals_xl.comparison.judging import judge
from perfgoals_xl.comparison.named_years import without_years
from perfgoals_xl.comparison.project_pairs import Pair, group_key_of, pair_indicators, pair_projects
from perfgoals_xl.comparison.side_words import words_of
from perfgoals_xl.comparison.year_targets import Target, costs_of
from perfgoals_xl.declaration import Amount, Declaration, IndicatorRow, ProjectRow
from perfgoals_xl.form.amounts import COMMON_UNIT, convert
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.form.text import fold, is_blank
from perfgoals_xl.review.evidence.funding_sums import sources_sum
from perfgoals_xl.review.evidence.indicator_text import letters


def compare_declarations(old: Declaration, new: Declaration) -> Comparison:
    """Compares two declarations; the amounts of all projects in 万元 where the units differ."""
    sides = [(d, d.projects.records()) for d in (old, new)]
    units = {row["amount_unit"] or d.amount_unit for d, rows in sides for row in rows}
    unit = units.pop() if len(units) == 1 else COMMON_UNIT
    converted = sum(
        (row["amount_unit"] or d.amount_unit) != unit for d, rows in sides for row in rows
    )
    before, after = (_Side(declaration, rows, unit) for declaration, rows in sides)
    words = words_of(old, new)
    fields = words.amounts
    projects = tuple(_project(before, after, pair, fields) for pair in pair_projects(old, new))
    return Comparison(old, new, unit, converted, projects, words)


class _OfProject(NamedTuple):
    """What the targets of a project have in common."""

    year: int | None = None
    money: Decimal | None = None
    costs: Decimal | None = None


class _Side:
    """One year: its projects in the common unit and the indicators of each."""

    def __init__(self, declaration: Declaration, rows: Sequence[ProjectRow], unit: str) -> None:
        self.table = declaration.indicators
        self.projects = [
            _in_unit(row, row["amount_unit"] or declaration.amount_unit, unit) for row in rows
        ]
        self.years = [row["year"] or declaration.year for row in rows]
        self.indicators: list[list[tuple[int, IndicatorRow]]] = [[] for _ in rows]
        for number, row in enumerate(self.table.records()):
            self.indicators[row["project"]].append((number, row))

    def project(self, number: int | None) -> ProjectRow | None:
        return None if number is None else self.projects[number]

    def rows_of(self, number: int | None) -> list[tuple[int, IndicatorRow]]:
        return [] if number is None else self.indicators[number]

    def of_project(self, number: int | None) -> _OfProject:
        """What the targets of a project have in common."""
        if number is None:
            return _OfProject()
        costs = costs_of(row for _, row in self.indicators[number])
        return _OfProject(self.years[number], _annual(self.projects[number]), costs)

    def place(self, number: int) -> Place | None:
        return self.table.place(number, "target_value")


def _in_unit(row: ProjectRow, unit: str, to: str) -> ProjectRow:
    amounts = {
        name: convert(amount, unit, to)
        for name in AMOUNT_FIELDS
        if unit != to and isinstance(amount := amount_of(row, name), Decimal)
    }
    return cast("ProjectRow", {**row, **amounts, "amount_unit": to})


def _project(before: _Side, after: _Side, pair: Pair, fields: Sequence[str]) -> ProjectChange:
    old, new = before.project(pair.old), after.project(pair.new)
    money = _money(old, new)
    amounts = tuple(_amounts(old, new, fields))
    indicators = tuple(_indicators(before, after, pair, money))
    if old is None or new is None:
        status = Status.NEW if old is None else Status.GONE
    elif _is_renamed(old["project_name"], new["project_name"]):
        status = Status.RENAMED
    else:
        status = Status.CHANGED if amounts or indicators else Status.UNCHANGED
    return ProjectChange(status, old, new, pair.similarity, amounts, indicators, money)


def _amounts(
    old: ProjectRow | None, new: ProjectRow | None, fields: Sequence[str]
) -> Iterable[AmountChange]:
    for name in fields:
        was, now = (None if row is None else _amount(amount_of(row, name)) for row in (old, new))
        if was != now:
            yield AmountChange(name, was, now)


def _amount(value: Amount) -> Amount:
    if is_blank(value):
        return None
    return value if isinstance(value, Decimal) else fold(str(value))


def _annual(row: ProjectRow | None) -> Decimal | None:
    """The year's money; where it is blank, the sum of its sources stands in for it."""
    if row is None:
        return None
    annual = row["annual_amount"]
    if isinstance(annual, Decimal):
        return annual
    return sources_sum(row).total if is_blank(annual) else None


def _money(old: ProjectRow | None, new: ProjectRow | None) -> Money:
    was, now = _annual(old), _annual(new)
    if was is None or now is None:
        return Money.UNKNOWN
    if was == now:
        return Money.SAME
    return Money.MORE if now > was else Money.LESS


def _indicators(before: _Side, after: _Side, pair: Pair, money: Money) -> Iterable[IndicatorChange]:
    was, now = before.rows_of(pair.old), after.rows_of(pair.new)
    past, present = before.of_project(pair.old), after.of_project(pair.new)
    for own in pair_indicators([row for _, row in was], [row for _, row in now]):
        old_number, old = (None, None) if own.old is None else was[own.old]
        number, new = (None, None) if own.new is None else now[own.new]
        judgement = None
        if old is None or new is None:
            status = Status.NEW if old is None else Status.GONE
        else:
            judgement = judge(Target(old, *past), Target(new, *present))
            if group_key_of(old) != group_key_of(new):
                status = Status.MOVED
            else:
                renamed = _is_renamed(old["level3"], new["level3"])
                status = Status.RENAMED if renamed else Status.CHANGED
            if judgement is None and status is Status.CHANGED:
                continue
        yield IndicatorChange(
            status,
            old,
            new,
            own.similarity,
            None if old_number is None else before.place(old_number),
            None if number is None else after.place(number),
            judgement,
            money,
        )


def _is_renamed(old: str | None, new: str | None) -> bool:
    was, now = ("" if name is None else letters(without_years(name)) for name in (old, new))
    return was != now
