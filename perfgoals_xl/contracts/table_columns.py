"""Every column of the three tables, in order: what files, contracts and documents are made from.

The fields of the form are those of :mod:`perfgoals_xl.form.fields` in the order of
:mod:`perfgoals_xl.declaration`; a new one is a column as soon as it is named there. Only what the
form does not name is described here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from perfgoals_xl.contracts.types import NO_DEPARTMENT, Column, Type
from perfgoals_xl.declaration import DEPARTMENT_GOAL_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from perfgoals_xl.form.amounts import KEPT_UNITS
from perfgoals_xl.form.fields import FIELDS, Table, field, label_of
from perfgoals_xl.form.fields import Kind as FieldKind
from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import EDITIONS, PROJECT_ATTRIBUTES

OPERATORS = ("", "≥", "≤", ">", "<", "=")
_CELL = r"^[A-Z]+[1-9][0-9]*$"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_AS_TYPED = "照录表上所填。"

_LEVEL1 = tuple(dict.fromkeys(t for e in EDITIONS.values() for t in e.level1_terms))
_LEVEL2 = tuple(dict.fromkeys(t for e in EDITIONS.values() for t in e.level2_terms))

PARTITIONS = ("year", "department")
"""The columns that a partitioned dataset keeps in the names of its folders."""

_FILE = (
    Column("file", Type.TEXT, "来源文件", "所读文件的路径。", nullable=False),
    Column(
        "department",
        Type.TEXT,
        "部门",
        f"申报部门的名称。分区数据集由文件夹名给出：没有的记为“{NO_DEPARTMENT}”，"
        "超过 80 字的截短。",
    ),
    Column("department_code", Type.TEXT, "部门代码", "文本，前导零照录，如 021001。"),
    Column(
        "year",
        Type.WHOLE,
        "年度",
        "这份申报表的预算年度。分区数据集由文件夹名给出：没有的记为 0。",
        minimum=_FIRST_YEAR,
        maximum=_LAST_YEAR,
    ),
)
_PROJECT = Column(
    "project",
    Type.WHOLE,
    "项目序号",
    "项目在这份申报表里的次序，从 0 起；与 file 一起是项目的键。",
    nullable=False,
    minimum=0,
)
_NAME_CELL = Column("cell", Type.TEXT, "单元格", "项目名称所在的单元格。", pattern=_CELL)
_TARGET_CELL = replace(_NAME_CELL, description="指标值所在的单元格。")

_OWN: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("sheet", Type.TEXT, "工作表", "所在的工作表，文本来源为文件名。", nullable=False),
        Column(
            "amount_unit",
            Type.TEXT,
            "金额单位",
            "本行各项金额的单位。",
            nullable=False,
            values=KEPT_UNITS,
        ),
        Column(
            "title_year",
            Type.WHOLE,
            "表题年度",
            "这个项目的表题所印的年度，可能与 year 不同。",
            minimum=_FIRST_YEAR,
            maximum=_LAST_YEAR,
        ),
        Column("weight", Type.TEXT, "分值权重", "表上有“分值”“权重”一栏的，照录。"),
        Column("standard", Type.TEXT, "评分标准", "表上有“评分标准”“计算方法”一栏的，照录。"),
        Column(
            "period_target_value",
            Type.TEXT,
            "中期指标值",
            "与年度指标值并列的中期、实施期指标值，照录。",
        ),
        Column("ordinal", Type.WHOLE, "指标序号", "名称前的序号，如“指标3：”的 3。", minimum=0),
        Column("indicator", Type.TEXT, "指标名称（原文）", "照录表上所填，含序号。"),
        Column(
            "kind",
            Type.TEXT,
            "指标值类别",
            "指标值读作什么，见“指标值类别”。",
            nullable=False,
            values=tuple(kind.value for kind in Kind),
        ),
        Column(
            "operator",
            Type.TEXT,
            "符号",
            "指标值的方向；没有方向的为空文本。",
            nullable=False,
            empty=True,
            values=OPERATORS,
        ),
        Column("low", Type.BOUND, "下限", "指标值的下限；≥、> 只有下限。", unit="unit 列的单位"),
        Column("high", Type.BOUND, "上限", "指标值的上限；≤、< 只有上限。", unit="unit 列的单位"),
        Column(
            "unit",
            Type.TEXT,
            "计量单位",
            "照指标值所写，不换算；没有单位的为空文本。",
            nullable=False,
            empty=True,
        ),
    )
}
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
    "level1": _LEVEL1,
    "level2": _LEVEL2,
}
_OF_THE_FORM = {item.name for item in FIELDS}


def _described(name: str, table: Table) -> Column:
    """A column that is neither of the file nor a cell; KeyError if nothing says what it is."""
    if name not in _OF_THE_FORM:
        return _OWN[name]
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
        return Column(name, Type.TEXT, label_of(name), _AS_TYPED)
    said, terms = _SAID.get(name, _AS_TYPED), _TERMS.get(name, ())
    return Column(name, Type.TEXT, label_of(name), said, terms=terms)


def _table(table: Table, lead: Iterable[Column], own: Iterable[str], cell: Column) -> list[Column]:
    return [*_FILE, *lead, *(_described(name, table) for name in own), cell]


_YEARS = {"year": "title_year"}
COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    Table.PROJECTS: tuple(
        _table(
            Table.PROJECTS,
            [_PROJECT],
            [_YEARS.get(name, name) for name in PROJECT_COLUMNS],
            _NAME_CELL,
        )
    ),
    Table.INDICATORS: tuple(
        _table(
            Table.INDICATORS,
            [_PROJECT],
            ["project_name", *(name for name in INDICATOR_COLUMNS if name != "project")],
            _TARGET_CELL,
        )
    ),
    Table.DEPARTMENT_GOALS: tuple(
        _table(Table.DEPARTMENT_GOALS, [], DEPARTMENT_GOAL_COLUMNS, _TARGET_CELL)
    ),
}
"""The columns of each table, in order."""

TABLES: Mapping[Table, tuple[str, str]] = {
    Table.PROJECTS: ("项目", "每行一个项目，按文件中的次序。"),
    Table.INDICATORS: ("指标", "每行一个绩效指标，按表上的次序。"),
    Table.DEPARTMENT_GOALS: ("部门整体绩效目标", "每行一条部门整体绩效目标，按表上的次序。"),
}
"""The title of each table, and what one row is."""


def names(table: Table) -> list[str]:
    """The names of a table's columns, in order."""
    return [column.name for column in COLUMNS[table]]
