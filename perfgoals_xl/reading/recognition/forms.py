"""What the recogniser finds on a grid: one record per printed form, values with their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import RemarkKind, TextCell
from perfgoals_xl.form.evaluation.evaluation_labels import ReportKind
from perfgoals_xl.form.points import points_behind
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.origins import BuildUp, MoneyLine, Task
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.ledger import Ledger, Use


class Entry(NamedTuple):
    """A value of the form and where it stands; a blank value has a place too."""

    value: object
    place: Place


class Line(NamedTuple):
    """One row of an indicator table. Levels are as the edition spells them, or as typed."""

    level1: str | None
    level2: str | None
    level1_place: Place
    level2_place: Place
    name: Entry
    target: Entry
    note: Entry
    policy_goal: Entry | None = None
    budget_goal: Entry | None = None
    period_target: Entry | None = None
    weight: Entry | None = None
    standard: Entry | None = None
    # What a 自评表 or 监控表 says of it besides, by the column of its table.
    reached: Mapping[str, Entry] = MappingProxyType({})


@dataclass
class FundLine:
    """A line of the funds of a 自评表 or 监控表: its label, and its values by column.

    ``units`` are those that the headings of its amounts state; ``is_total``: of all sources.
    """

    source: Entry | None
    values: dict[str, Entry] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    is_total: bool = False


@dataclass
class Report:
    """What a form says besides as a 自评表 or a 监控表: funds, and what of the whole project.

    ``entries`` are by column of its table; points and rates are figures already.
    """

    kind: ReportKind
    month: int | None = None
    month_place: Place | None = None
    funds: list[FundLine] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    # Whether its indicators have a column of notes.
    has_notes: bool = False
    # The cells that it holds something of.
    cells: set[tuple[int, int]] = field(default_factory=set)


class Stray(NamedTuple):
    """A value that stands where no label claims it, with the field it might belong to."""

    place: Place
    value: object
    field: str | None
    text: str
    kind: RemarkKind = RemarkKind.OTHER


@dataclass
class Form:
    """One printed form: a project's, or the department's (``is_department``)."""

    grid: Grid
    is_department: bool
    year: int | None = None
    year_place: Place | None = None
    title_uncalculated: bool = False
    # Whether its title says that it tells how far goals were reached, whatever it holds.
    is_titled_report: bool = False
    # Whether it is about money handed down (转移支付, 区域绩效目标).
    is_transfer: bool = False
    # Whether it is a part of a list and not a form of its own.
    is_listed: bool = False
    # Whether it only goes on with the table of the form before it, which has its rows.
    continues: bool = False
    # In which its amounts are typed where nothing nearer says otherwise; None if it states none.
    amount_unit: str | None = None
    # Amounts whose own label states a unit: 项目总额（元）.
    label_units: dict[str, str] = field(default_factory=dict)
    # What the form itself calls an amount, without what stands around it: 省级资金.
    amount_labels: dict[str, str] = field(default_factory=dict)
    edition: str = "2015"
    entries: dict[str, Entry] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    # Amounts among the funds under a label that is no field, by that label.
    other_sources: dict[str, str] = field(default_factory=dict)
    source_units: dict[str, str] = field(default_factory=dict)
    # What became of its cells, and the first and the last row that are its own.
    ledger: Ledger = field(default_factory=Ledger)
    rows: tuple[int, int] = (0, 0)
    # What was put in its place by inference.
    inferred: list[Stray] = field(default_factory=list)
    # Where the form prints the label of a group, by its key; "" is the head of the table.
    group_places: dict[str, Place] = field(default_factory=dict)
    # The points that it states for a group, by its key; "" is the whole table.
    group_points: dict[str, TextCell] = field(default_factory=dict)
    # Of a department: its income and its expenditure, and its tasks with their sum.
    money: list[MoneyLine] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    tasks_total: Task | None = None
    # Of a project: what its budget is made of.
    build_ups: list[BuildUp] = field(default_factory=list)
    # What stands in the columns that a target is shared out over, by the place of the target.
    shares: dict[Place, tuple[TextCell, ...]] = field(default_factory=dict)
    # What it says as a 自评表 or 监控表; None for a declaration.
    report: Report | None = None

    def stray(
        self,
        place: Place,
        value: object,
        field_name: str | None,
        text: str,
        kind: RemarkKind = RemarkKind.OTHER,
    ) -> None:
        """Note a value that was seen and not taken."""
        self.strays.append(Stray(place, value, field_name, text, kind))

    def infer(self, place: Place, value: object, text: str, kind: RemarkKind) -> None:
        """Note what was put in its place by more than its label."""
        self.inferred.append(Stray(place, value, None, text, kind))

    def note_points(self, key: str, label: str, place: Place) -> None:
        """Note the points behind the label of a group, or of the column of points."""
        if points_behind(label) is not None:
            self.group_points.setdefault(key, TextCell(label, place))

    def use(self, row: int, column: int, use: Use) -> None:
        """Note what became of a cell."""
        self.ledger.note(row, column, use)

    def hold(self, row: int, column: int) -> None:
        """Note that the report holds what stands in a cell, whatever else it was taken for."""
        if self.report is not None:
            self.report.cells.add((row, column))
        self.ledger[row, column] = Use.VALUE

    def name_department(self) -> None:
        """Whose table it is and what it is to reach, where its form says it otherwise."""
        for name, others in (
            ("department", ("implementing_unit", "supervising_department")),
            ("duty_goal", ("annual_goal", "period_goal")),
        ):
            entry = self.entries.get(name)
            found = [self.entries[o] for o in others if o in self.entries]
            filled = next((one for one in found if not is_blank(one.value)), None)
            if filled is not None and (entry is None or is_blank(entry.value)):
                self.entries[name] = filled
