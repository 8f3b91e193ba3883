"""A department's declaration as tables, each value with the cell it was read from.

Three tables, each a :class:`DataTable` of two frames of one shape: ``values`` and ``cells`` (a
:class:`~perfgoals_xl.addresses.Place` for every value, also for the blank ones; None where the
form has no cell for it). All columns have dtype ``object``; a blank cell is ``None``, never 0 or
"".

``projects`` (one row per project, index 0, 1, … in the order of the file)

=========================== ===========================================================
``sheet``                   sheet of the (first) form of the project
``project_name``            项目名称, as typed
``supervising_department``  主管部门, as typed
``implementing_unit``       实施单位, as typed
``project_attribute``       项目属性, as typed, with its code where there is one
``project_period``          项目期 as typed; a start and an end date are joined with 至
amount columns              ``total_amount`` … ``transfer_regional``: ``Decimal`` in
                            ``amount_unit``; a text that is no amount is kept as typed
``period_goal``             goal of the whole project period, on forms that have one
``annual_goal``             年度总体绩效目标, as typed
``amount_unit``             万元 or 元, the unit the form states; 万元 if it states none or another
                            one (千元), whose amounts are converted, as are those whose own label or
                            text names another unit
``year``                    int, the year of the form's title
=========================== ===========================================================

``indicators`` (one row per indicator, in the order of the form)

=========================== ===========================================================
``project``                 row of ``projects`` it belongs to
``sheet``                   the sheet it stands on
``level1``, ``level2``      standard terms of the edition; an unknown term as typed
``ordinal``                 int, the number of ``指标3：``; None without one
``indicator``               the name as typed, with its ordinal
``level3``                  the name without its ordinal
``target_value``            指标值 as typed, an Excel number or date as it is shown
``kind`` … ``unit``         the target value as read by ``parse_target``
``note``                    备注
``weight``, ``standard``    分值 or 权重 and 评分标准, as typed, on forms that have them
``period_target_value``     the value for the whole period beside the year's, on forms that have one
=========================== ===========================================================

``department_goals`` (one row per goal of the department table)

``sheet``, ``level1``, ``level2``, ``policy_goal``, ``budget_goal``, ``target_value``, ``note``,
and on forms that have them ``level3`` of three levels and ``weight``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple, TypedDict, cast

from perfgoals_xl.addresses import Place
from perfgoals_xl.addresses import TextCell as TextCell
from perfgoals_xl.data_table import DataTable as DataTable
from perfgoals_xl.evaluated import Evaluated
from perfgoals_xl.form.fields import Table, fields_of
from perfgoals_xl.form.target import Bound, Kind, TargetValue, parse_target
from perfgoals_xl.origins import DepartmentForm as DepartmentForm
from perfgoals_xl.origins import PartValue as PartValue
from perfgoals_xl.origins import ProjectOrigin as ProjectOrigin
from perfgoals_xl.storage.saved_time import Saved

# A text that is no amount is kept as typed.
Amount = Decimal | str | None

PROJECT_FIELDS = tuple(item.name for item in fields_of(Table.PROJECTS))
PARSED_COLUMNS: Final = ("kind", "operator", "low", "high", "unit")

PROJECT_COLUMNS = ("sheet", *PROJECT_FIELDS, "amount_unit", "year")
INDICATOR_COLUMNS = (
    "project",
    "sheet",
    "level1",
    "level2",
    "ordinal",
    "indicator",
    "level3",
    "target_value",
    *PARSED_COLUMNS,
    "note",
    "weight",
    "standard",
    "period_target_value",
)
DEPARTMENT_GOAL_COLUMNS = (
    "sheet",
    "level1",
    "level2",
    "policy_goal",
    "budget_goal",
    "target_value",
    "note",
    "level3",
    "weight",
)


class ProjectRow(TypedDict):
    """A row of ``projects``."""

    sheet: str
    project_name: str | None
    supervising_department: str | None
    implementing_unit: str | None
    project_attribute: str | None
    project_period: str | None
    total_amount: Amount
    annual_amount: Amount
    local_total: Amount
    local_appropriation: Amount
    local_other: Amount
    local_carryover: Amount
    transfer_total: Amount
    transfer_central: Amount
    transfer_regional: Amount
    period_goal: str | None
    annual_goal: str | None
    amount_unit: str
    year: int | None


class IndicatorRow(TypedDict):
    """A row of ``indicators``."""

    project: int
    sheet: str
    level1: str | None
    level2: str | None
    ordinal: int | None
    indicator: str | None
    level3: str | None
    target_value: str | None
    kind: Kind
    operator: str
    low: Bound
    high: Bound
    unit: str
    note: str | None
    weight: str | None
    standard: str | None
    period_target_value: str | None


class DepartmentGoalRow(TypedDict):
    """A row of ``department_goals``."""

    sheet: str
    level1: str | None
    level2: str | None
    policy_goal: str | None
    budget_goal: str | None
    target_value: str | None
    note: str | None
    level3: str | None
    weight: str | None


def target_of(row: IndicatorRow | DepartmentGoalRow) -> TargetValue:
    """The target value of a row as it was read.

    An indicator carries it part by part; a goal, and the row of a table that somebody made without
    the parts, has its text alone.
    """
    text, parts = row["target_value"] or "", cast(IndicatorRow, row)
    if parts.get("kind") is None:
        return parse_target(text)
    kind, bounds = Kind(parts["kind"]), (parts["low"], parts["high"])
    return TargetValue(text, kind, parts["operator"], *bounds, parts["unit"])


class RemarkKind(StrEnum):
    """What sort of thing the reader saw and did not take."""

    SECOND = "second"  # a second value behind one label
    BELOW = "below"  # an amount in the row below its label
    UNLABELLED = "unlabelled"  # a number among the funds that no label claims
    NAMELESS_FORM = "nameless_form"  # laid out as a form, but without 项目名称
    SLIPPED = "slipped"  # a row that does not stand under its header
    FILLED_DOWN = "filled_down"  # a group that stands once above several rows
    MISSING = "missing"  # a part that every form has and this one does not
    READ_AS = "read_as"  # a label or a column that was known by more than its words
    BELOW_LABEL = "below_label"  # a text or a number from the row below its label
    COVERED = "covered"  # under a merged area, where nobody sees it
    STRUCK = "struck"  # struck out
    TEXT_BOX = "textbox"  # in a box that lies on the sheet
    HIDDEN = "hidden"  # not shown
    SCALED = "scaled"  # a number that its format shows in another power of ten
    ERROR = "error"  # an error value of a formula
    UNSEEN = "unseen"  # read as ever from rows, columns or a sheet that nobody sees
    CONVERTED = "converted"  # an amount in another unit than the declaration's
    KNOWN = "known"  # understood, but nothing that a declaration holds
    UNREAD = "unread"  # not understood
    NO_FORM = "no_form"  # a sheet that holds no form
    UNREAD_FORM = "unread_form"  # a sheet that is laid out as a form and was not read as one
    OTHER = "other"  # told to people; no rule asks for it


@dataclass(frozen=True)
class Remark:
    """Something the reader saw and did not take, such as an amount without a label.

    ``text`` says so to people, ``kind`` to programs; ``project`` is the row of ``projects`` it
    concerns, ``field`` the field it might belong to.
    """

    place: Place
    text: str
    project: int | None = None
    field: str | None = None
    value: str | None = None
    kind: RemarkKind = RemarkKind.OTHER


@dataclass(frozen=True)
class RuleLine:
    """One line of the workbook's 校验规则 sheet, as typed; None where a cell is blank."""

    code: TextCell
    severity: TextCell | None
    threshold: TextCell | None
    enabled: TextCell | None


class Reason(NamedTuple):
    """A reason (说明) as it stands on the 校验结果 sheet, and the finding it was written against.

    All are texts as shown there, empty where a cell is blank; ``place`` is the reason's own cell,
    ``cell`` the address that the finding had. ``missing`` names the fields that are empty because
    the sheet has no such column any more. ``group`` is not 0 where the row tells so many findings
    together: the reason is then that of all of them, and ``level`` the word for how grave they are.
    """

    rule: str
    sheet: str
    project: str
    indicator: str
    message: str
    text: str
    place: Place
    cell: str = ""
    missing: frozenset[str] = frozenset()
    group: int = 0
    level: str = ""


class HiddenForms(NamedTuple):
    """A hidden sheet with filled forms: where its first one begins, and what the forms are of.

    ``names`` are the projects' names as typed, and 部门整体表 for the department's table.
    """

    place: Place
    names: tuple[str, ...]

    @property
    def told(self) -> str:
        """The sheet and its forms, as people are told."""
        return f"隐藏的工作表“{self.place.sheet}”中有申报表（{'、'.join(self.names)}）"


@dataclass(frozen=True)
class Declaration:
    """What one file declares.

    ``origins`` stands beside ``projects``, row by row. ``blank_forms`` are the places of forms
    nobody filled in. ``remarks`` tell what was seen and not taken, ``account`` what was put in its
    place by inference and what was not understood or is not kept. ``places`` gives the cells of
    ``department``, ``year``, ``duty_goal`` and ``template_version``; ``rule_lines`` the settings of
    the 校验规则 sheet and ``notes_wanted`` its answer on whether findings are to be noted in the
    cells; ``reasons`` what staff answered on the 校验结果 sheet and ``listed`` the findings that it
    lists, None where nothing was validated yet; ``hidden_forms`` the hidden sheets with forms,
    which nothing else here speaks of unless ``hidden_counted``; ``template_version`` the version of
    the template as the workbook states it, None where it states none; ``saved`` when the file was
    saved, None for an open workbook. Where a part of a project came from another file,
    ``elsewhere`` gives the file and the sheet of each ``[file]sheet`` that a place names.
    ``evaluated`` has the tables of its 自评表 and 监控表; ``evaluated_projects`` the rows of
    ``projects`` that are those same forms, where the file holds no declaration of their project.
    ``department_forms`` has what the forms of the whole department say besides their goals;
    ``shares`` what stands in the columns that the target of a row of ``indicators`` is shared out
    over (合计 | 上坪乡 | 溪口镇).
    """

    file: str
    department: str | None
    department_code: str | None
    year: int | None
    amount_unit: str
    edition: str
    duty_goal: str | None
    projects: DataTable[ProjectRow]
    indicators: DataTable[IndicatorRow]
    department_goals: DataTable[DepartmentGoalRow]
    origins: tuple[ProjectOrigin, ...] = ()
    blank_forms: tuple[Place, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    account: tuple[Remark, ...] = ()
    sheet_order: Mapping[str, int] = field(default_factory=dict)
    rule_lines: tuple[RuleLine, ...] = ()
    notes_wanted: TextCell | None = None
    reasons: tuple[Reason, ...] = ()
    listed: tuple[Reason, ...] | None = None
    hidden_forms: tuple[HiddenForms, ...] = ()
    hidden_counted: bool = False
    template_version: str | None = None
    sha256: str = ""
    saved: Saved | None = None
    elsewhere: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    evaluated: Evaluated = field(default_factory=Evaluated)
    evaluated_projects: frozenset[int] = frozenset()
    department_forms: tuple[DepartmentForm, ...] = ()
    shares: Mapping[int, tuple[TextCell, ...]] = field(default_factory=dict)

    def origin(self, project: int) -> ProjectOrigin:
        """The origin of a project; one without any place where nobody said it."""
        if project < len(self.origins):
            return self.origins[project]
        return ProjectOrigin(self.edition, (), (), {}, {}, {}, {})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was declared: no project, no department goal, no blank form."""
        filled = len(self.projects) or len(self.department_goals) or self.evaluated
        return not (filled or self.blank_forms)

    @property
    def is_blank(self) -> bool:
        """Whether there are forms, none of them hidden, and nothing is filled in any."""
        filled = len(self.projects) or len(self.department_goals) or self.evaluated
        return bool(self.blank_forms) and not (filled or self.hidden_forms)

    def all_places(self) -> Iterator[Place]:
        """Every cell that was read or that something was remarked about, in no order."""
        for table in (self.projects, self.indicators, self.department_goals):
            for row in table.places():
                yield from row
        for origin in self.origins:
            yield from origin.places()
        yield from (*self.blank_forms, *self.places.values())
        yield from (remark.place for remark in self.remarks)
        yield from self.evaluated.places()
        for form in self.department_forms:
            yield from form.places()
        for cells in self.shares.values():
            yield from (cell.place for cell in cells)

    @property
    def form_sheets(self) -> list[str]:
        """The sheets that findings may be about, in the order of the file.

        Projects in all their parts, blank forms, the department's, and where the department and
        the template's version are stated.
        """
        named = {place.sheet for origin in self.origins for place in origin.parts}
        named |= {place.sheet for place in (*self.blank_forms, *self.places.values())}
        named |= {str(row["sheet"]) for row in self.department_goals.records()}
        named |= {str(row["sheet"]) for row in self.evaluated.evaluations.records()}
        named |= {str(row["sheet"]) for row in self.evaluated.monitorings.records()}
        order = self.sheet_order
        return sorted(named, key=lambda sheet: (order.get(sheet, len(order)), sheet))


def file_name(declaration: Declaration) -> str:
    """The name of the file, without its folder."""
    return Path(declaration.file).name
