"""The changes from one declaration to the next, as they are told: projects, amounts, indicators.

Amounts of both years stand in one unit; a blank is None and never zero.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cached_property, reduce
from typing import Final, Literal, cast

from perfgoals_xl.addresses import Place
from perfgoals_xl.comparison.judging import Judgement, Verdict
from perfgoals_xl.comparison.side_words import YEARS, SideWords
from perfgoals_xl.declaration import Amount, Declaration, IndicatorRow, ProjectRow
from perfgoals_xl.review.row_rules import AnyRow

_TENTH: Final = Decimal("0.1")
_MOST_DIGITS: Final = 15
# More digits than any amount has: the usual 28 would round some, and fail where they do not do.
_EXACT: Final = Context(prec=100, rounding=ROUND_HALF_UP)


Side = Literal["old", "new"]
SIDES: Final[tuple[Side, Side]] = ("old", "new")


def amount_of(row: ProjectRow, name: str) -> Amount:
    """What a project says in the amount field of that name."""
    fields: AnyRow = row
    return cast("Amount", fields[name])


class Status(StrEnum):
    """What became of a project or an indicator.

    ``renamed`` and ``moved`` may be changed as well. ``unchanged`` is said of projects only, since
    indicators that did not change are not listed; ``moved`` of indicators only, which stand in
    another group.
    """

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class AmountStatus(StrEnum):
    """How an amount changed: a number became another, a blank was filled or a number cleared,
    or a text that is no amount stands on one side."""

    CHANGED = "changed"
    FILLED = "filled"
    CLEARED = "cleared"
    NOT_A_NUMBER = "not_a_number"


class Money(StrEnum):
    """This year's 年度资金总额 beside last year's."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AmountChange:
    """An amount that is not what it was; ``field`` is a field name, both in the common unit."""

    field: str
    old: Amount
    new: Amount

    @property
    def status(self) -> AmountStatus:
        """How it changed."""
        if isinstance(self.old, str) or isinstance(self.new, str):
            return AmountStatus.NOT_A_NUMBER
        if self.old is None:
            return AmountStatus.FILLED
        return AmountStatus.CLEARED if self.new is None else AmountStatus.CHANGED

    @property
    def difference(self) -> Decimal | None:
        """New minus old; None where either is no number."""
        if isinstance(self.old, Decimal) and isinstance(self.new, Decimal):
            return _EXACT.subtract(self.new, self.old)
        return None

    @property
    def percent(self) -> Decimal | None:
        """The difference as a percentage of the old amount, to one decimal as Excel rounds it.

        None from zero, and from an amount so small beside the other that no cell holds the number.
        """
        if self.difference is None or not isinstance(self.old, Decimal) or self.old == 0:
            return None
        percent = _EXACT.divide(_EXACT.multiply(100, self.difference), abs(self.old))
        if percent.adjusted() >= _MOST_DIGITS:
            return None
        return percent.quantize(_TENTH, context=_EXACT)


@dataclass(frozen=True)
class IndicatorChange:
    """An indicator that is new, gone, renamed, or has another target value.

    ``old`` and ``new`` are rows of ``indicators``, None where there is none; ``judgement`` is None
    where both years ask for the same, or there is only one.
    """

    status: Status
    old: IndicatorRow | None
    new: IndicatorRow | None
    similarity: float
    old_place: Place | None
    place: Place | None
    judgement: Judgement | None = None
    money: Money = Money.UNKNOWN

    @property
    def row(self) -> IndicatorRow:
        """This year's row, or last year's where it is gone."""
        row = self.new if self.new is not None else self.old
        assert row is not None
        return row

    @property
    def is_lowered(self) -> bool:
        """Whether the target asks for less."""
        return self.judgement is not None and self.judgement.verdict is Verdict.LOWERED

    @property
    def is_lowered_for_same_money(self) -> bool:
        """Whether the target asks for less although the project gets the same or more."""
        return self.is_lowered and self.money in (Money.SAME, Money.MORE)


@dataclass(frozen=True)
class ProjectChange:
    """A project of either year, with what changed in it.

    ``old`` and ``new`` are rows of ``projects`` with the amounts in the common unit, None where
    there is none. ``amounts`` of a new or gone project are all that it states, and ``indicators``
    all that it has.
    """

    status: Status
    old: ProjectRow | None
    new: ProjectRow | None
    similarity: float
    amounts: tuple[AmountChange, ...]
    indicators: tuple[IndicatorChange, ...]
    money: Money

    @property
    def row(self) -> ProjectRow:
        """This year's row, or last year's where it is gone."""
        row = self.new if self.new is not None else self.old
        assert row is not None
        return row

    @property
    def name(self) -> str | None:
        """This year's name, or last year's where it is gone; None where it is blank."""
        return self.row["project_name"]

    @property
    def old_name(self) -> str | None:
        """Last year's name; None where it is blank or the project is new."""
        return None if self.old is None else self.old["project_name"]

    @property
    def lowered_for_same_money(self) -> int:
        """How many targets ask for less although the project gets the same or more."""
        return sum(change.is_lowered_for_same_money for change in self.indicators)


@dataclass(frozen=True)
class Comparison:
    """Two declarations and all projects of both, those of ``new`` first, in its order."""

    old: Declaration
    new: Declaration
    unit: str
    converted: int
    """How many projects were converted to ``unit``."""
    projects: tuple[ProjectChange, ...]
    words: SideWords = YEARS
    """How the two sides are called, and which amounts are compared."""

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Projects by status; changed amounts and indicators of the projects that both have."""
        kept = [p for p in self.projects if p.old is not None and p.new is not None]
        indicators = [change for project in kept for change in project.indicators]
        statuses = Counter(project.status for project in self.projects)
        own = Counter(change.status for change in indicators)
        verdicts = Counter(i.judgement.verdict for i in indicators if i.judgement)
        return {
            "projects": {s.value: statuses[s] for s in Status if s is not Status.MOVED},
            "amounts": {"changed": sum(len(project.amounts) for project in kept)},
            "indicators": {
                **{s.value: own[s] for s in Status if s is not Status.UNCHANGED},
                "target_values": sum(verdicts.values()),
                **{verdict.value: verdicts[verdict] for verdict in Verdict},
                "lowered_for_same_money": sum(i.is_lowered_for_same_money for i in indicators),
            },
        }

    def stated(self, name: str, side: Side) -> list[Amount]:
        """An amount field of every project of ``old`` or ``new``, also where it is blank."""
        rows = [project.old if side == "old" else project.new for project in self.projects]
        return [amount_of(row, name) for row in rows if row is not None]

    def total(self, name: str, side: Side) -> Decimal | None:
        """The sum of an amount field over the projects of ``old`` or ``new``; None without any."""
        numbers = [amount for amount in self.stated(name, side) if isinstance(amount, Decimal)]
        return reduce(_EXACT.add, numbers) if numbers else None

    def missing(self, name: str, side: Side) -> int:
        """How many projects of that year have no number there."""
        return sum(not isinstance(amount, Decimal) for amount in self.stated(name, side))
