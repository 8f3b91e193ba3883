"""A declaration while it is drawn: projects with the work that stands behind their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(eq=False)
class Row:
    """An indicator: the key of its group (数量), its name and its value as they are written."""

    group: str
    name: str
    value: str
    weight: int | None = None
    # The sign, number and unit behind the value, where it was made of these.
    parts: tuple[str, str, str] | None = None


@dataclass(eq=False)
class Work:
    """One thing that the money does: what the goal says of it, its quantities and its cost.

    ``amount`` is in 万元; ``price`` is per unit, in ``price_unit``.
    """

    phrase: str
    number: int
    unit: str
    amount: Decimal
    price: Decimal | None
    price_unit: str
    cost_name: str
    quantities: list[Row] = field(default_factory=list)
    cost: Row | None = None
    by_price: bool = False


@dataclass(eq=False)
class Project:
    """One form: its fields by name, its rows in the order of the form, and the work behind them."""

    edition: str
    year: int
    unit: str
    fields: dict[str, object]
    rows: list[Row] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    # What the goal says of each work, word for word.
    said: dict[int, str] = field(default_factory=dict)
    # Levels that were left blank in the form: rows that show no group.
    without_group: set[int] = field(default_factory=set)

    def of(self, *groups: str) -> list[Row]:
        """The rows of some groups."""
        return [row for row in self.rows if row.group in groups]

    @property
    def costs(self) -> list[Row]:
        """The rows that carry the money."""
        return self.of("成本", "经济成本")

    def add_behind(self, row: Row) -> None:
        """Add a row at the end of its group, or at the end where the group has no row."""
        last = [n for n, other in enumerate(self.rows) if other.group == row.group]
        self.rows.insert(last[-1] + 1 if last else len(self.rows), row)


@dataclass(eq=False)
class Drawn:
    """What one department declares for a year."""

    department: str
    year: int
    projects: list[Project]
    # The year that the title names, where it is another one than the plan year.
    title_year: int | None = None

    @property
    def project(self) -> Project:
        """The first project."""
        return self.projects[0]
