"""What a careful person reads from a drawing, and in which cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Want:
    """A value, other readings that are as good, and the cells that hold it or a part of it.

    Without cells the place is not looked at. ``optional`` is what the product need not keep.
    """

    value: str | Decimal | None
    cells: frozenset[str] = frozenset()
    also: tuple[str | Decimal | None, ...] = ()


@dataclass
class WantedItem:
    """An indicator that was drawn."""

    level1: Want
    level2: Want
    level3: Want
    target_value: Want
    period_target_value: Want | None = None
    weight: Want | None = None
    standard: Want | None = None
    note: Want | None = None


@dataclass
class WantedProject:
    """A project that was drawn: its fields and indicators."""

    sheet: str
    fields: dict[str, Want] = field(default_factory=dict)
    items: list[WantedItem] = field(default_factory=list)


@dataclass
class Wanted:
    """All that a file says. ``department`` is None where nothing names it."""

    projects: list[WantedProject] = field(default_factory=list)
    year: int | None = None
    department: str | None = None
