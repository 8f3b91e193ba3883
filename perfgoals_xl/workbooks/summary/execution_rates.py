"""What both lists of the year's other forms say of money: in one unit, rates live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfgoals_xl.addresses import a1, column_letters
from perfgoals_xl.form.amounts import COMMON_UNIT, convert
from perfgoals_xl.review.evidence.reports.evaluated_forms import Report
from perfgoals_xl.workbooks.kit.column_totals import is_counted
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, put_formula

Money = Sequence[Decimal | str | None]


class ListedForm(NamedTuple):
    """A form with its file, and its amounts in the unit of the list."""

    file: str
    report: Report
    money: Money


class RateColumns(NamedTuple):
    """Where a list has the budget of the year, what was spent of it, and their rate.

    ``budget_at`` and ``spent_at`` are their places among the amounts of a row.
    """

    budget: int
    spent: int
    rate: int
    budget_at: int = 1
    spent_at: int = 2

    def pair(self, money: Money) -> tuple[Decimal, Decimal] | None:
        """Budget and spent where a row states both as numbers that the sheet holds."""
        budget, spent = money[self.budget_at], money[self.spent_at]
        if not isinstance(budget, Decimal) or not isinstance(spent, Decimal):
            return None
        return (budget, spent) if is_counted(budget) and is_counted(spent) else None


def unit_of(reports: Iterable[Report]) -> str:
    """The unit that all forms are told in: their own, or the common one where they differ."""
    units = {report.unit for report in reports}
    return units.pop() if len(units) == 1 else COMMON_UNIT


def in_unit(value: Decimal | str | None, report: Report, unit: str) -> Decimal | str | None:
    """An amount of a form in another unit; a text as it is."""
    if report.unit == unit or not isinstance(value, Decimal):
        return value
    return convert(value, report.unit, unit)


def put_rate(
    sheet: Sheet, styles: Styles, row: int, columns: RateColumns, money: Money, *looks: str
) -> None:
    """The rate of a row; blank where one of the two is missing."""
    budget, spent = a1(row, columns.budget), a1(row, columns.spent)
    formula = f'=IF(COUNT({budget},{spent})=2,IF({budget}>0,{spent}/{budget},""),"")'
    pair = columns.pair(money)
    value: Decimal | str = pair[1] / pair[0] if pair is not None and pair[0] > 0 else ""
    put_formula(sheet, row, columns.rate, formula, styles(*looks, "percent", "ten"), value)


def put_total_rate(
    sheet: Sheet, styles: Styles, row: int, first: int, columns: RateColumns, rows: Sequence[Money]
) -> None:
    """The rate over the projects that state both amounts: the others would only lower it."""
    budgets, spent = (
        f"{letters}{first + 1}:{letters}{row}"
        for letters in (column_letters(columns.budget), column_letters(columns.spent))
    )
    both = f"ISNUMBER({budgets})*ISNUMBER({spent})"
    formula = (
        f"=IF(SUMPRODUCT({both},{budgets})>0,"
        f'SUMPRODUCT({both},{spent})/SUMPRODUCT({both},{budgets}),"")'
    )
    value = total_rate(columns, rows)
    look = styles("cell", "total", "percent", "ten")
    put_formula(sheet, row, columns.rate, formula, look, "" if value is None else value)


def total_rate(columns: RateColumns, rows: Sequence[Money]) -> Decimal | None:
    """What :func:`put_total_rate` shows."""
    pairs = [pair for money in rows if (pair := columns.pair(money)) is not None]
    whole = sum((budget for budget, _ in pairs), Decimal(0))
    return sum((used for _, used in pairs), Decimal(0)) / whole if whole > 0 else None
