"""Where and how a file prints a project, and what it prints of the department besides its goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from perfgoals_xl.addresses import Place, TextCell


class PartValue(NamedTuple):
    """What one table of a project says in one field, as in ``projects``, and where."""

    value: Any
    place: Place


class BuildUp(NamedTuple):
    """What a form says that a project's budget is made of (项目预算构成, 预算明细).

    ``items`` are names with their amounts in ``unit``, ``total`` the sum that is printed below
    them; ``why_open`` says why they cannot be added up, "" where they can.
    """

    label: str
    unit: str
    items: tuple[tuple[str, Decimal], ...]
    total: tuple[Decimal, Place] | None
    place: Place
    why_open: str = ""


class ProjectOrigin(NamedTuple):
    """Where and how the file prints one project.

    ``parts`` are the places of the 项目名称 of its forms: more than one where it was printed in
    several tables. ``part_values`` is what each table of such a project says, by field, and () for
    a project that is one table. ``group_places`` says where its form prints a group's label, under
    "" where its indicator table begins; ``typed_amounts`` what was typed where a spreadsheet holds
    one of its amounts as text; ``other_sources`` what stands among its funds under a label that is
    no field; ``group_points`` the points that the form states for a level, by its key, and for all
    of its indicators under ""; ``is_report`` whether it tells how far the goals were reached, with
    a budget that the year may have changed (自评表, 监控表); ``is_transfer`` whether its form is
    one for money handed down (转移支付, 区域绩效目标); ``reserves_execution`` whether it gives
    points to the execution of the budget as well; ``amount_labels`` what the form calls its
    amounts, by field; ``build_ups`` are the tables of what its budget is made of.
    """

    edition: str
    parts: tuple[Place, ...]
    part_values: tuple[Mapping[str, PartValue], ...]
    group_places: Mapping[str, Place]
    typed_amounts: Mapping[str, str]
    other_sources: Mapping[str, str]
    group_points: Mapping[str, TextCell]
    is_report: bool = False
    is_transfer: bool = False
    reserves_execution: bool = False
    amount_labels: Mapping[str, str] = MappingProxyType({})
    build_ups: tuple[BuildUp, ...] = ()

    def places(self) -> Iterator[Place]:
        """Every cell that is named here, in no order."""
        yield from self.parts
        yield from self.group_places.values()
        yield from (cell.place for cell in self.group_points.values())
        for block in self.build_ups:
            yield block.place
            if block.total is not None:
                yield block.total[1]
        for fields in self.part_values:
            yield from (value.place for value in fields.values())


class Side(StrEnum):
    """Which side of a department's budget an amount stands on."""

    INCOME = "income"
    EXPENSES = "expenses"
    BOTH = "both"  # the budget as a whole: 年度部门预算


class Share(StrEnum):
    """What an amount is of its side."""

    TOTAL = "total"
    PART = "part"
    CARRIED = "carried"  # from last year, or into the next: a part that some totals leave out
    WITHIN = "within"  # a part of a part: 一般公共预算 of 财政拨款
    UNKNOWN = "unknown"  # under a label that nobody knows
    ASIDE = "aside"  # no part of any sum: 三公经费, 政府采购


class MoneyLine(NamedTuple):
    """A labelled amount of a department's budget; ``amount`` is None where its cell is blank.

    ``whole`` is the part that it is within, where its words say so.
    """

    side: Side
    share: Share
    label: str
    amount: Decimal | None
    place: Place
    whole: str = ""


class Task(NamedTuple):
    """A row of a department's tasks (年度主要任务): its amounts by the kind of money.

    ``place`` is that of its name, or of its first amount in the row of the sum.
    """

    name: str
    content: str
    amounts: Mapping[str, tuple[Decimal, Place]]
    place: Place

    @property
    def total(self) -> Decimal:
        """All its money: what stands under "total", else what its kinds come to."""
        if "total" in self.amounts:
            return self.amounts["total"][0]
        return sum((amount for amount, _ in self.amounts.values()), Decimal(0))


@dataclass(frozen=True)
class DepartmentForm:
    """What a form of the whole department says besides its goals, amounts in ``unit``.

    ``year_goal`` is its goal of the year where it stands beside its duties, else the duty goal;
    ``points`` what it states of points, as ``group_points`` of a project; ``tasks_total`` the row
    that sums its tasks up.
    """

    sheet: str
    unit: str
    year_goal: TextCell | None = None
    points: Mapping[str, TextCell] = field(default_factory=dict)
    money: tuple[MoneyLine, ...] = ()
    tasks: tuple[Task, ...] = ()
    tasks_total: Task | None = None

    def places(self) -> Iterator[Place]:
        """Every cell that is named here, in no order."""
        if self.year_goal is not None:
            yield self.year_goal.place
        yield from (cell.place for cell in self.points.values())
        yield from (line.place for line in self.money)
        for task in (*self.tasks, *((self.tasks_total,) if self.tasks_total else ())):
            yield task.place
            yield from (place for _, place in task.amounts.values())

    def to_json(self) -> dict[str, Any]:
        """Its money and its tasks as the public JSON has them: amounts in the unit of the form."""
        total = self.tasks_total
        return {
            "sheet": self.sheet,
            "amount_unit": self.unit,
            "money": [
                {
                    "side": line.side.value,
                    "share": line.share.value,
                    "label": line.label,
                    "amount": None if line.amount is None else _number(line.amount),
                    "cell": line.place.cell,
                }
                for line in self.money
            ],
            "tasks": [
                {"name": task.name, "content": task.content, "amounts": _amounts(task)}
                for task in self.tasks
            ],
            "tasks_total": None if total is None else _amounts(total),
        }


def _amounts(task: Task) -> dict[str, dict[str, int | float | str]]:
    return {
        kind: {"amount": _number(amount), "cell": place.cell}
        for kind, (amount, place) in task.amounts.items()
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
