"""One year's side of an indicator: what its target value says in its plan year and project."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from perfgoals_xl.comparison.named_years import relative_years
from perfgoals_xl.declaration import IndicatorRow, target_of
from perfgoals_xl.form.amounts import UNIT_IN_YUAN
from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import Kind, TargetValue, parse_target
from perfgoals_xl.form.taxonomy import COST_GROUPS
from perfgoals_xl.form.text import fold
from perfgoals_xl.review.evidence.indicator_text import group_at
from perfgoals_xl.review.evidence.prices import is_unit_cost

_RECURRING: Final = re.compile(r"(?P<sign>[<>=≤≥]{0,3})(?=[0-9]{1,2}月(?![-~—至到])|年[底末])")


@dataclass(frozen=True)
class Target:
    """One year's side of an indicator: its row, the plan year, the project's money and costs.

    The money of both years is in one unit, whichever; ``costs`` is what ``costs_of`` gives.
    """

    row: IndicatorRow
    year: int | None = None
    money: Decimal | None = None
    costs: Decimal | None = None

    @cached_property
    def value(self) -> TargetValue:
        """The target value as read; a date without a year is one of the plan year."""
        read = target_of(self.row)
        if read.kind is not Kind.DATE or read.low is not None or read.high is not None:
            return read
        start = _RECURRING.match(fold(read.text))
        if start is None or self.year is None:
            return read
        with_year = parse_target(f"{start['sign']}{self.year}年{fold(read.text)[start.end() :]}")
        return with_year if with_year.kind is Kind.DATE else read

    @cached_property
    def is_money(self) -> bool:
        """Whether the value is an amount of money."""
        unit = self.value.unit.partition("/")[0]
        return self.value.kind is Kind.MONEY or (
            self.value.kind is Kind.RANGE and unit in UNIT_IN_YUAN
        )

    @cached_property
    def is_budgeted(self) -> bool:
        """Whether the value is money that the project spends, not the price of one of something."""
        in_costs = group_at(self.row["level1"], self.row["level2"]) in COST_GROUPS
        name = str(self.row["level3"] or "")
        return self.is_money and in_costs and not is_unit_cost(name, self.value)

    @cached_property
    def relative_text(self) -> str:
        """The text with its years counted from the plan year, so that a year on is the same."""
        return relative_years(self.value.text, self.year)

    @cached_property
    def is_nothing(self) -> bool:
        """Whether no target is stated: a blank, 无, a mask."""
        return self.value.kind is Kind.PLACEHOLDER

    @cached_property
    def is_day(self) -> bool:
        """Whether the value is a day or a stretch of days of the calendar."""
        return isinstance(self.value.low, dt.date) or isinstance(self.value.high, dt.date)


def costs_of(rows: Iterable[IndicatorRow]) -> Decimal | None:
    """What all costs of a project come to, in 元, prices for one of something left out.

    None where no cost indicator states an amount.
    """
    amounts = []
    for target in map(Target, rows):
        bound = target.value.high if target.value.high is not None else target.value.low
        if target.is_budgeted and isinstance(bound, Decimal):
            amounts.append(bound * measure_of(target.value)[1])
    return sum(amounts, Decimal(0)) if amounts else None
