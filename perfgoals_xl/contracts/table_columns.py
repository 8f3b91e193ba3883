"""Every column of the tables, in order: what files, contracts and documents are made from.

The fields of the form are those of :mod:`perfgoals_xl.form.fields` in the order of
:mod:`perfgoals_xl.declaration`; a new one is a column as soon as it is named there. Only what the
form does not name is described here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perfgoals_xl.contracts.evaluation_columns import (
    EVALUATION_COLUMNS,
    EVALUATION_TITLES,
    AnyTable,
)
from perfgoals_xl.contracts.shared_columns import (
    AS_TYPED,
    FILE,
    LEVEL1,
    LEVEL2,
    NAME_CELL,
    OWN,
    PROJECT,
    TARGET_CELL,
)
from perfgoals_xl.contracts.types import Column, Type
from perfgoals_xl.declaration import DEPARTMENT_GOAL_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.form.fields import FIELDS, Table, field, label_of
from perfgoals_xl.form.fields import Kind as FieldKind
from perfgoals_xl.form.taxonomy import PROJECT_ATTRIBUTES

PARTITIONS = ("year", "department")
"""The columns that a partitioned dataset keeps in the names of its folders."""

# What there is to say of a field of the form beyond its label.
_SAID: Mapping[str, str] = {
    "project_attribute": "照录表上所填，可带代码，如“02-经常性项目”。",
    "project_period": "照录表上所填；分开填的起止日期以“至”相连。",
    "level1": "按所用版式的写法；认不出的照录。",
    "level2": "按所用版式的写法；认不出的照录。",
    "level3": "指标名称，不含序号。",
    "target_value": "照录表上所填；表格里的数和日期照显示的样子。",
}
_TERMS: Mapping[str, tuple[str, ...]] = {
    "project_attribute": PROJECT_ATTRIBUTES,
    "level1": LEVEL1,
    "level2": LEVEL2,
}
_OF_THE_FORM = {item.name for item in FIELDS}


def _described(name: str, table: Table) -> Column:
    """A column that is neither of the file nor a cell; KeyError if nothing says what it is."""
    if name not in _OF_THE_FORM:
        return OWN[name]
    if field(name).kind is FieldKind.AMOUNT:
        return Column(
            name,
            Type.AMOUNT,
            label_of(name),
            "空白为空值，不是 0。",
            unit="amount_unit 列的单位",
            minimum=0,
        )
    if table is Table.DEPARTMENT_GOALS and name in _TERMS:
        # Its levels are its own, and no edition names them.
        return Column(name, Type.TEXT, label_of(name), AS_TYPED)
    said, terms = _SAID.get(name, AS_TYPED), _TERMS.get(name, ())
    return Column(name, Type.TEXT, label_of(name), said, terms=terms)


def _table(table: Table, lead: Iterable[Column], own: Iterable[str], cell: Column) -> list[Column]:
    return [*FILE, *lead, *(_described(name, table) for name in own), cell]


_YEARS = {"year": "title_year"}
COLUMNS: Mapping[AnyTable, tuple[Column, ...]] = {
    Table.PROJECTS: tuple(
        _table(
            Table.PROJECTS,
            [PROJECT],
            [_YEARS.get(name, name) for name in PROJECT_COLUMNS],
            NAME_CELL,
        )
    ),
    Table.INDICATORS: tuple(
        _table(
            Table.INDICATORS,
            [PROJECT],
            ["project_name", *(name for name in INDICATOR_COLUMNS if name != "project")],
            TARGET_CELL,
        )
    ),
    Table.DEPARTMENT_GOALS: tuple(
        _table(Table.DEPARTMENT_GOALS, [], DEPARTMENT_GOAL_COLUMNS, TARGET_CELL)
    ),
    **EVALUATION_COLUMNS,
}
"""The columns of each table, in order."""

TABLES: Mapping[AnyTable, tuple[str, str]] = {
    Table.PROJECTS: ("项目", "每行一个项目，按文件中的次序。"),
    Table.INDICATORS: ("指标", "每行一个绩效指标，按表上的次序。"),
    Table.DEPARTMENT_GOALS: ("部门整体绩效目标", "每行一条部门整体绩效目标，按表上的次序。"),
    **EVALUATION_TITLES,
}
"""The title of each table, and what one row is."""


def names(table: AnyTable) -> list[str]:
    """The names of a table's columns, in order."""
    return [column.name for column in COLUMNS[table]]


def table_named(name: str) -> AnyTable:
    """The table of a name. Raises ValueError for any other."""
    return EvaluationTable(name) if name in EVALUATION_COLUMNS else Table(name)
