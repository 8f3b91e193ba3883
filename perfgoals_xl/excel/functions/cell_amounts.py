"""Amounts of money in cells: any text that says one, and what costs exceed the year's money by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfgoals_xl.excel.functions.arguments import (
    CellError,
    number_in,
    rows_of,
    single,
    sound,
    text_in,
)
from perfgoals_xl.excel.functions.function_registry import NOT_AVAILABLE
from perfgoals_xl.form.amounts import COMMON_UNIT, UNIT_IN_YUAN, convert, parse_amount
from perfgoals_xl.form.target import Kind, is_nothing, parse_target
from perfgoals_xl.form.text import fold, is_blank


def amount_in(cell: Any, unit: Any) -> Decimal | None:
    """The amount that a cell says, in ``unit``; None for a blank.

    A number, in a text or not, that has no unit counts as being in ``unit``. A bound counts as the
    amount it names, a range with its upper bound, as in the reconciliation of costs. Raises
    ``CellError`` for what is no amount of money, or several, and for a ``unit`` that is none.
    """
    wanted = _unit_in(unit)
    if is_blank(cell):
        return None
    number_in(cell)
    # On a form in 万元 ¥5 may be five of them; in a formula of one's own it is five 元.
    own = "元" if isinstance(cell, str) and "¥" in fold(cell) else wanted
    try:
        amount = parse_amount(cell, own)
    except ValueError:
        return _bound_in(cell, wanted)
    return None if amount is None else convert(amount, own, wanted)


def _bound_in(cell: Any, wanted: str) -> Decimal:
    target = parse_target(cell if isinstance(cell, str) else None)
    number = target.high if target.high is not None else target.low
    if not isinstance(number, Decimal):
        raise CellError
    if not target.unit and target.kind in (Kind.NUMERIC, Kind.RANGE):
        return number
    written = fold(target.unit).partition("/")[0].removesuffix("整")
    if target.kind not in (Kind.MONEY, Kind.RANGE) or written not in UNIT_IN_YUAN:
        raise CellError
    return convert(number, written, wanted)


def cost_gap(cost_range: Any, annual_amount: Any, unit: Any) -> Decimal:
    """By how much the costs exceed the annual amount, in ``unit``; below zero where they do not.

    Blanks and 无 among the costs are left out. Raises ``CellError``: ``#N/A`` where the annual
    amount or every cost is blank, ``#VALUE!`` for a cost that is no sum of money (a mask, a rate, a
    unit price).
    """
    unit = single(unit)
    _unit_in(unit)
    annual = amount_in(single(annual_amount), unit)
    costs = [
        cost
        for row in rows_of(cost_range)
        for cell in row
        # A whole column may be selected: most of it is empty.
        if cell is not None and (cost := _cost_in(sound(cell), unit)) is not None
    ]
    if annual is None or not costs:
        raise CellError(NOT_AVAILABLE)
    return sum(costs, Decimal(0)) - annual


def _cost_in(cell: Any, unit: Any) -> Decimal | None:
    if isinstance(cell, str) and not is_blank(cell):
        # Imported late: the rules take longer to import than all of this package's functions.
        from perfgoals_xl.review.evidence.prices import is_unit_cost

        if is_nothing(cell):
            return None
        if is_unit_cost("", parse_target(cell)):
            raise CellError
    return amount_in(cell, unit)


def _unit_in(cell: Any) -> str:
    unit = fold(text_in(cell) or COMMON_UNIT)
    if unit not in UNIT_IN_YUAN:
        raise CellError
    return unit
