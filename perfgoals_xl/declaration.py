"""A department's declaration as tables, each value with the cell it was read from.

Three tables, each a :class:`DataTable` of two frames of one shape: ``values`` and ``cells`` (a
:class:`~perfgoals_xl.reading.grid.Place` for every value, also for the blank ones; None where the
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
=========================== ===========================================================

``department_goals`` (one row per goal of the department table)

``sheet``, ``level1``, ``level2``, ``policy_goal``, ``budget_goal``, ``target_value``, ``note``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from perfgoals_xl.form.fields import Table, fields_of
from perfgoals_xl.reading.grid import Place

if TYPE_CHECKING:
    import pandas as pd

PROJECT_FIELDS = tuple(item.name for item in fields_of(Table.PROJECTS))
PARSED_COLUMNS = ("kind", "operator", "low", "high", "unit")

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
)
DEPARTMENT_GOAL_COLUMNS = (
    "sheet",
    "level1",
    "level2",
    "policy_goal",
    "budget_goal",
    "target_value",
    "note",
)


class _Rows:
    """Rows as tuples until somebody asks for the frame; from then on the frame alone.

    From a file to its report nobody asks, and then the way does not cost the memory of pandas.
    """

    def __init__(self, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        self._columns = {name: number for number, name in enumerate(columns)}
        self._rows = rows
        self._frame: pd.DataFrame | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame) -> _Rows:
        made = cls(list(frame.columns), [])
        made._frame = frame
        return made

    @property
    def frame(self) -> pd.DataFrame:
        if self._frame is None:
            import numpy as np
            import pandas as pd

            array = np.empty((len(self._rows), len(self._columns)), dtype=object)
            for i, row in enumerate(self._rows):
                for j, value in enumerate(row):
                    array[i, j] = value
            # Without the dtype pandas would infer str columns and turn None into NaN.
            columns = pd.Index(list(self._columns), dtype=object)
            self._frame, self._rows = pd.DataFrame(array, columns=columns, dtype=object), []
        return self._frame

    def __len__(self) -> int:
        return len(self._rows if self._frame is None else self._frame)

    def records(self) -> list[dict[str, Any]]:
        frame = self._frame
        rows = self._rows if frame is None else frame.to_numpy().tolist()
        names = self._columns if frame is None else list(frame.columns)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def at(self, row: int, column: str) -> Any:
        if self._frame is not None:
            return self._frame.at[row, column] if column in self._frame else None
        number = self._columns.get(column)
        return None if number is None else self._rows[row][number]


class DataTable:
    """A table of values and, in the same shape, the cell of each value."""

    def __init__(self, values: _Rows, cells: _Rows) -> None:
        self._values, self._cells = values, cells

    @classmethod
    def of(cls, values: pd.DataFrame, cells: pd.DataFrame) -> DataTable:
        """A table from two frames of one shape."""
        return cls(_Rows.of(values), _Rows.of(cells))

    @classmethod
    def build(
        cls,
        columns: Sequence[str],
        values: Iterable[Mapping[str, Any]],
        cells: Iterable[Mapping[str, Place]],
    ) -> DataTable:
        """A table from one mapping per row; a column that a mapping lacks is None there."""
        return cls(
            _Rows(columns, [tuple(map(row.get, columns)) for row in values]),
            _Rows(columns, [tuple(map(row.get, columns)) for row in cells]),
        )

    @property
    def values(self) -> pd.DataFrame:
        """The values, one row per record; what is changed in this frame counts."""
        return self._values.frame

    @property
    def cells(self) -> pd.DataFrame:
        """The place of each value, in the shape of ``values``."""
        return self._cells.frame

    def __len__(self) -> int:
        return len(self._values)

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, in order."""
        return self._values.records()

    def place(self, row: int, column: str) -> Place | None:
        """The cell of a value; None where the form has no cell for it."""
        place: Place | None = self._cells.at(row, column)
        return place


@dataclass(frozen=True)
class Remark:
    """Something the reader saw and did not take, such as an amount without a label.

    ``project`` is the row of ``projects`` it concerns, ``field`` the field it might belong to.
    """

    place: Place
    text: str
    project: int | None = None
    field: str | None = None
    value: str | None = None


class TextCell(NamedTuple):
    """A text and where it stands."""

    value: str
    place: Place


@dataclass(frozen=True)
class RuleLine:
    """One line of the workbook's 校验规则 sheet, as typed; None where a cell is blank."""

    code: TextCell
    severity: TextCell | None
    threshold: TextCell | None
    enabled: TextCell | None


class Reason(NamedTuple):
    """A reason (说明) as it stands on the 校验结果 sheet, and the finding it was written against.

    All are texts as shown there, empty where a cell is blank; ``place`` is the reason's own cell.
    """

    rule: str
    sheet: str
    project: str
    indicator: str
    message: str
    text: str
    place: Place


class PartValue(NamedTuple):
    """What one table of a project says in one field, as in ``projects``, and where."""

    value: Any
    place: Place


@dataclass(frozen=True)
class Declaration:
    """What one file declares.

    ``parts`` holds, for every project, the places of the 项目名称 of its forms: more than one where
    it was printed in several tables. ``part_values`` holds what each table of such a project says,
    by field, and nothing for a project that is one table. ``blank_forms`` are the places of forms
    nobody filled in. ``places`` gives the cells of ``department``, ``year``, ``duty_goal`` and
    ``template_version``; ``editions`` the edition of every project; ``group_places`` where each
    project's form prints a group's label, under "" where its indicator table begins;
    ``rule_lines`` the settings of the 校验规则 sheet and ``notes_wanted`` its answer on whether
    findings are to be noted in the cells; ``reasons`` what staff answered on the
    校验结果 sheet; ``typed_amounts`` what was typed where a spreadsheet holds an amount of a
    project as text; ``template_version`` the version of the template as the workbook states it,
    None where it states none.
    """

    file: str
    department: str | None
    department_code: str | None
    year: int | None
    amount_unit: str
    edition: str
    duty_goal: str | None
    projects: DataTable
    indicators: DataTable
    department_goals: DataTable
    parts: tuple[tuple[Place, ...], ...] = ()
    part_values: tuple[tuple[Mapping[str, PartValue], ...], ...] = ()
    blank_forms: tuple[Place, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    sheet_order: Mapping[str, int] = field(default_factory=dict)
    editions: tuple[str, ...] = ()
    group_places: tuple[Mapping[str, Place], ...] = ()
    rule_lines: tuple[RuleLine, ...] = ()
    notes_wanted: TextCell | None = None
    reasons: tuple[Reason, ...] = ()
    typed_amounts: tuple[Mapping[str, str], ...] = ()
    template_version: str | None = None
    sha256: str = ""

    @property
    def text_amounts(self) -> tuple[frozenset[str], ...]:
        """The amount fields of every project that a spreadsheet holds as text."""
        return tuple(frozenset(typed) for typed in self.typed_amounts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was declared: no project, no department goal, no blank form."""
        return not (len(self.projects) or len(self.department_goals) or self.blank_forms)

    @property
    def form_sheets(self) -> list[str]:
        """The sheets that findings may be about, in the order of the file.

        Projects in all their parts, blank forms, the department's, and where the department and
        the template's version are stated.
        """
        named = {str(place.sheet) for parts in self.parts for place in parts}
        named |= {place.sheet for place in (*self.blank_forms, *self.places.values())}
        named |= {str(row["sheet"]) for row in self.department_goals.records()}
        order = self.sheet_order
        return sorted(named, key=lambda sheet: (order.get(sheet, len(order)), sheet))


def combine(declarations: Sequence[Declaration]) -> Declaration:
    """Several declarations of one department as one, projects in the order given.

    What describes the whole (department, year, edition, duty goal) comes from the first that says
    it. Places keep the sheets of the files they came from.
    """
    first = declarations[0]
    if len(declarations) == 1:
        return first

    def said(name: str) -> Any:
        return next((v for d in declarations if (v := getattr(d, name)) is not None), None)

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(item for d in declarations for item in getattr(d, name))

    offsets = [sum(len(d.projects) for d in declarations[:i]) for i in range(len(declarations))]
    return replace(
        first,
        department=said("department"),
        department_code=said("department_code"),
        year=said("year"),
        duty_goal=said("duty_goal"),
        projects=_stacked([d.projects for d in declarations]),
        indicators=_stacked([d.indicators for d in declarations], offsets),
        department_goals=_stacked([d.department_goals for d in declarations]),
        parts=joined("parts"),
        part_values=joined("part_values"),
        blank_forms=joined("blank_forms"),
        remarks=joined("remarks"),
        editions=joined("editions"),
        group_places=joined("group_places"),
        typed_amounts=joined("typed_amounts"),
        reasons=joined("reasons"),
    )


def _stacked(tables: Sequence[DataTable], offsets: Sequence[int] | None = None) -> DataTable:
    """Tables one below the other; ``offsets`` are added to their ``project`` column."""
    import pandas as pd

    values = [table.values.copy() for table in tables]
    for frame, offset in zip(values, offsets or (), strict=False):
        frame["project"] = pd.Series(
            [number + offset for number in frame["project"]], index=frame.index, dtype=object
        )
    return DataTable.of(
        pd.concat(values, ignore_index=True).astype(object),
        pd.concat([table.cells for table in tables], ignore_index=True),
    )
