"""Totals below a table: a live sum, the value it has now, and what of the column is not in it.

A blank is not counted as zero, and a text that is no amount is not counted at all: both are told
beside the total, by formulas that follow what staff fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfgoals_xl.addresses import Area, column_letters
from perfgoals_xl.declaration import Amount
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import Sheet, is_exact, put_block, put_formula

NOTHING_MISSING: Final = "无"
_TOTAL, _MISSING = "合　计", "未计入合计"
# An amount has six decimals at the most; a number of Excel shows no more than fifteen.
_FEWEST_PLACES, _MOST_PLACES = 6, 15


def is_counted(amount: object) -> bool:
    """Whether the sheet holds an amount as a number, which is what its formulas add up."""
    return isinstance(amount, Decimal) and is_exact(amount)


def counted(amounts: Iterable[Amount]) -> list[Decimal]:
    """The amounts that the sheet holds as numbers."""
    return [amount for amount in amounts if isinstance(amount, Decimal) and is_exact(amount)]


def places_of(amounts: Iterable[Amount]) -> int:
    """The decimals of totals: six, or more where an amount has more."""
    exponents = (amount.normalize().as_tuple().exponent for amount in counted(amounts))
    most = max((-e for e in exponents if isinstance(e, int)), default=0)
    return min(_MOST_PLACES, max(_FEWEST_PLACES, most))


def shown(value: Decimal | None) -> Decimal | str:
    """A figure as the cell of a formula has it now; "" for none."""
    return "" if value is None else value.normalize() + 0


@dataclass(frozen=True)
class Total:
    """The amounts of a column, from the top; what is not to be filled in is not among them."""

    amounts: Sequence[Amount]

    @property
    def value(self) -> Decimal | None:
        """The exact sum of what is counted; None where nothing is, which is no zero."""
        numbers = counted(self.amounts)
        return sum(numbers, Decimal(0)) if numbers else None

    @property
    def missing(self) -> str:
        """How many amounts are blank, or a text that is not counted."""
        blank = sum(amount is None for amount in self.amounts)
        texts = sum(amount is not None and not is_counted(amount) for amount in self.amounts)
        parts = (f"空白 {blank} 项" if blank else "", f"非数字 {texts} 项" if texts else "")
        return "，".join(filter(None, parts)) or NOTHING_MISSING


def put_labels(sheet: Sheet, styles: Styles, row: int, last_column: int) -> None:
    """What stands left of the totals in ``row`` and of what they lack in the row below."""
    look = styles("cell", "total", "ten", "center")
    for at, label, height in ((row, _TOTAL, 24), (row + 1, _MISSING, 30)):
        put_block(sheet, Area(at, 0, at, last_column), label, look)
        sheet.set_height(at, height)


def put_total(
    sheet: Sheet,
    styles: Styles,
    cell: tuple[int, int],
    first: int,
    total: Total,
    places: int,
    absent: str = "",
) -> None:
    """The total of a column whose amounts begin in row ``first``, and below it what it lacks.

    ``cell`` is where the total stands. ``absent`` is the text of cells that are not to be filled.
    """
    row, column = cell
    letters = column_letters(column)
    area = f"{letters}{first + 1}:{letters}{row}"
    look = styles("cell", "total", "ledger", "ten")
    formula = f'=IF(COUNT({area})=0,"",ROUND(SUM({area}),{places}))'
    put_formula(sheet, row, column, formula, look, shown(total.value))
    look = styles("cell", "total", "right", "small")
    put_formula(sheet, row + 1, column, _missing_formula(area, absent), look, total.missing)


def put_count(
    sheet: Sheet,
    styles: Styles,
    cell: tuple[int, int],
    first: int,
    count: int,
    look: Sequence[str] = ("cell", "total", "ten", "center"),
) -> None:
    """The sum of a column of counts, all of which are there, at ``cell``."""
    row, column = cell
    letters = column_letters(column)
    put_formula(
        sheet, row, column, f"=SUM({letters}{first + 1}:{letters}{row})", styles(*look), count
    )


def _missing_formula(area: str, absent: str) -> str:
    blank, filled, numbers = f"COUNTBLANK({area})", f"COUNTA({area})", f"COUNT({area})"
    if absent:
        numbers = f'({numbers}+COUNTIF({area},"{absent}"))'
    return (
        f'=IF({numbers}=ROWS({area}),"{NOTHING_MISSING}",'
        f'IF({blank}=0,"","空白 "&{blank}&" 项")'
        f'&IF(OR({blank}=0,{filled}={numbers}),"","，")'
        f'&IF({filled}={numbers},"","非数字 "&({filled}-{numbers})&" 项"))'
    )
