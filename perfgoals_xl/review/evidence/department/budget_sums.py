"""The income and the expenditure of a department (D03).

A total is held against its parts, and income against expenditure. What is left over from last year
may be in a total or not; a part of a part (一般公共预算 of 财政拨款) counts where the form does not
print the part itself. Nothing is judged where an amount stands among them whose label nobody
knows, or a part is blank that may be the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgoals_xl.addresses import Place
from perfgoals_xl.form.amounts import plain
from perfgoals_xl.origins import DepartmentForm, MoneyLine, Share, Side

NOUGHT = Decimal(0)
WHOLES: Mapping[str, re.Pattern[str]] = {
    "财政拨款": re.compile(r"(?<!非)财政(?!专户)"),
    "单位资金": re.compile(r"单位资金"),
    "基本支出": re.compile(r"基本支出"),
    "项目支出": re.compile(r"项目"),
}
"""The parts that others may be within, by what their labels hold."""
_PEOPLE, _RUNNING = re.compile(r"人员"), re.compile(r"公用")


@dataclass(frozen=True)
class SumGap:
    """Amounts that do not add up: ``variant`` and ``params`` are those of the message."""

    place: Place
    variant: str
    params: Mapping[str, object]
    is_error: bool = True


def budget_gaps(form: DepartmentForm) -> Iterator[SumGap]:
    """What does not add up in the budget on one form."""
    if not any(line.share is Share.UNKNOWN for line in form.money):
        told = [*_of_side(form, Side.INCOME), *_of_side(form, Side.EXPENSES)]
        yield from told or _of_both(form)


def unknown_label(form: DepartmentForm) -> str | None:
    """The label of an amount for which the sums of the budget are not judged; None for none."""
    return next((line.label for line in form.money if line.share is Share.UNKNOWN), None)


@dataclass(frozen=True)
class SideOfForm:
    """The amounts of one side: its totals, its parts that add up, and what was carried over."""

    totals: tuple[MoneyLine, ...]
    parts: tuple[MoneyLine, ...]
    carried: tuple[MoneyLine, ...]
    has_blank: bool
    is_clear: bool

    @property
    def sums(self) -> list[Decimal]:
        """What its total may be: with what was carried over, and without."""
        own, more = (_total(lines) for lines in (self.parts, self.carried))
        return [own + more, own] if more else [own]


def side_of(form: DepartmentForm, side: Side) -> SideOfForm:
    """The amounts of one side of a form; the budget as a whole is a total of either."""
    lines = [line for line in form.money if line.side is side]
    of_all = [line for line in form.money if line.side is Side.BOTH and line.share is Share.TOTAL]
    parts = [line for line in lines if line.share is Share.PART]
    own = [line for line in parts if not line.whole]
    wholes = {name for name, told in WHOLES.items() if any(told.search(line.label) for line in own)}
    counted = [line for line in parts if line.whole not in wholes]
    carried = [line for line in lines if line.share is Share.CARRIED]
    labels = [line.label for line in (*counted, *carried)]
    totals = [line for line in lines if line.share is Share.TOTAL] or of_all
    return SideOfForm(
        totals=tuple(line for line in totals if line.amount is not None),
        parts=tuple(line for line in counted if line.amount is not None),
        carried=tuple(line for line in carried if line.amount is not None),
        has_blank=any(line.amount is None for line in (*counted, *carried)),
        is_clear=len(labels) == len(set(labels)),
    )


def _of_side(form: DepartmentForm, side: Side) -> Iterator[SumGap]:
    """The total of a side against its parts, and 基本支出 against its own."""
    found = side_of(form, side)
    if side is Side.EXPENSES:
        yield from _of_running(form)
    if not found.totals or not found.parts or not found.is_clear:
        return
    sums, totals = found.sums, [known_amount(line) for line in found.totals]
    if any(total in sums for total in totals):
        return
    total, most = totals[-1], max(sums)
    # One part alone, or parts beside a blank one, need not be all there is.
    may_be_more = found.has_blank or len(found.parts) + len(found.carried) < 2
    if may_be_more and min(sums) <= total:
        return
    lines = [*found.parts, *found.carried]
    whole = found.totals[-1]
    params = _told(form, whole.label, total, lines, most)
    yield SumGap(whole.place, "", params)


def _of_running(form: DepartmentForm) -> Iterator[SumGap]:
    """基本支出 against 人员经费 and 公用经费, where the form prints these three."""
    wholes = [
        line
        for line in form.money
        if line.share is Share.PART and not line.whole and WHOLES["基本支出"].search(line.label)
    ]
    inside = [line for line in form.money if line.whole == "基本支出"]
    people = [line for line in inside if _PEOPLE.search(line.label)]
    running = [line for line in inside if _RUNNING.search(line.label)]
    if not len(wholes) == len(people) == len(running) == 1 or len(inside) != 2:
        return
    lines = [people[0], running[0]]
    if people == running or wholes[0].amount is None or any(x.amount is None for x in lines):
        return
    total = _total(lines)
    if total != wholes[0].amount:
        params = _told(form, wholes[0].label, known_amount(wholes[0]), lines, total)
        yield SumGap(wholes[0].place, "", params)


def _of_both(form: DepartmentForm) -> Iterator[SumGap]:
    """Income against expenditure."""
    sides = [side_of(form, side) for side in (Side.INCOME, Side.EXPENSES)]
    told = [_said_of(side) for side in sides]
    if not all(told) or not all(side.is_clear for side in sides):
        return
    income, expenses = ({amount for amount, _, _ in found} for found in told)
    if income & expenses:
        return
    (got, got_name, _), (spent, spent_name, place) = (found[0] for found in told)
    params = {
        "income": got_name,
        "income_amount": plain(got),
        "expenses": spent_name,
        "expenses_amount": plain(spent),
        "gap": plain(abs(got - spent)),
        "unit": form.unit,
    }
    yield SumGap(place, "balance", params)


def _said_of(side: SideOfForm) -> list[tuple[Decimal, str, Place]]:
    """What a side comes to, the surest first: its total, also with what was carried over."""
    more = _total(side.carried)
    if side.totals:
        line = side.totals[-1]
        amounts = [known_amount(total) for total in reversed(side.totals)]
        if more:
            amounts += [amount + more for amount in amounts] + [amount - more for amount in amounts]
        return [(amount, line.label, line.place) for amount in amounts]
    if side.has_blank or len(side.parts) < 2:
        return []
    lines = [*side.parts, *side.carried]
    name = " + ".join(line.label for line in lines)
    return [(amount, name, lines[-1].place) for amount in side.sums]


def _told(
    form: DepartmentForm, name: str, total: Decimal, lines: Sequence[MoneyLine], made: Decimal
) -> dict[str, object]:
    shown = " + ".join(f"{line.label} {plain(known_amount(line))}" for line in lines)
    arithmetic = f"{shown} = {plain(made)}" if len(lines) > 1 else shown
    return {
        **difference(form, made, total),
        "name": name,
        "total": plain(total),
        "arithmetic": arithmetic,
    }


def difference(form: DepartmentForm, made: Decimal, total: Decimal) -> dict[str, object]:
    """How far a sum is from its total, as messages say it."""
    return {
        "difference": f"{'多' if made > total else '少'} {plain(abs(made - total))}",
        "gap": plain(abs(made - total)),
        "unit": form.unit,
    }


def known_amount(line: MoneyLine) -> Decimal:
    """The amount of a line; 0 where its cell is blank."""
    return NOUGHT if line.amount is None else line.amount


def _total(lines: Sequence[MoneyLine]) -> Decimal:
    return sum(map(known_amount, lines), NOUGHT)
