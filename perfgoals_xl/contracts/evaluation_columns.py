"""The columns of the tables of 自评表 and 监控表, from their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from perfgoals_xl.contracts.shared_columns import (
    AS_TYPED,
    FILE,
    FIRST_YEAR,
    LAST_YEAR,
    LEVEL1,
    LEVEL2,
    NAME_CELL,
    OWN,
    TARGET_CELL,
)
from perfgoals_xl.contracts.types import Column, Type
from perfgoals_xl.form.evaluation.evaluation_fields import (
    EVALUATION_FIELDS,
    FORM_TABLES,
    EvaluationField,
    EvaluationKind,
    EvaluationTable,
)
from perfgoals_xl.form.fields import Table

AnyTable = Table | EvaluationTable
_FORM = Column(
    "form",
    Type.WHOLE,
    "表序号",
    "自评表（或监控表）在这份文件里的次序，各从 0 起；与 file 一起是这张表的键。",
    nullable=False,
    minimum=0,
)
_FUNDS_CELL = replace(NAME_CELL, description="执行数所在的单元格。")
_YEAR = Column(
    "title_year",
    Type.WHOLE,
    "表题年度",
    "这张表的表题所印的年度，可能与 year 不同。",
    minimum=FIRST_YEAR,
    maximum=LAST_YEAR,
)
_TYPES = {
    EvaluationKind.TEXT: Type.TEXT,
    EvaluationKind.AMOUNT: Type.AMOUNT,
    EvaluationKind.POINTS: Type.FIGURE,
    EvaluationKind.PERCENT: Type.FIGURE,
    EvaluationKind.WHOLE: Type.WHOLE,
}
_SAID_OF = {
    EvaluationKind.TEXT: AS_TYPED,
    EvaluationKind.AMOUNT: "空白为空值，不是 0。",
    EvaluationKind.POINTS: "表上所填的分数；空白、“—”为空值。",
    EvaluationKind.PERCENT: "百分数：94.5 即 94.5%。",
    EvaluationKind.WHOLE: AS_TYPED,
}
_UNITS = {EvaluationKind.POINTS: "分", EvaluationKind.PERCENT: "%"}
_SAID: Mapping[str, str] = {
    "source": "资金各行的名称，不含“其中：”；合计行也在内。",
    "level1": "按所用版式的写法；认不出的照录。",
    "level2": "按所用版式的写法；认不出的照录。",
    "level3": "指标名称，不含序号。",
    "target_value": "照录表上所填；表格里的数和日期照显示的样子。",
    "actual_value": "照录表上所填；表格里的数和日期照显示的样子。",
    "done_value": "照录表上所填；表格里的数和日期照显示的样子。",
    "forecast_value": "照录表上所填；表格里的数和日期照显示的样子。",
    "execution_weight": "预算执行率的分值；写在标题里的（如“执行率（10分）”）也计。",
    "grade": "评价等级；没有等级一栏的，评价结论照录。",
    "month": "监控到几月，如“1～7月”的 7。",
    "level1_weight": "写在一级指标后面的分值，如“产出指标（50分）”的 50。",
    "level2_weight": "写在二级指标后面的分值。",
    "reason": "照录表上所填；分栏勾选的，写出栏名，各栏以“；”相连。",
    "likelihood": "照录表上所填；分栏勾选的，写出栏名，如“确定能”。",
}
_TERMS = {"level1": LEVEL1, "level2": LEVEL2}
_BOUNDS = {"month": (1, 12), "ordinal": (0, None)}


def _column(item: EvaluationField, table: EvaluationTable) -> Column:
    if item.name == "year":
        return _YEAR
    if item.name in OWN and item.name not in ("weight", "standard"):
        return OWN[item.name]
    minimum, maximum = _BOUNDS.get(item.name, (None, None))
    unit = _UNITS.get(item.kind, "")
    kind = _TYPES[item.kind]
    if item.kind is EvaluationKind.AMOUNT:
        minimum, unit = 0, "amount_unit 列的单位"
        if table not in FORM_TABLES:
            unit = "所属表的 amount_unit 列的单位"
    if item.name == "expected_balance":
        kind, minimum = Type.FIGURE, None  # what is overspent is below zero
    return Column(
        item.name,
        kind,
        item.label,
        _SAID.get(item.name, _SAID_OF[item.kind]),
        unit=unit,
        terms=_TERMS.get(item.name, ()),
        minimum=minimum,
        maximum=maximum,
    )


CELL_OF: Mapping[EvaluationTable, str] = {
    table: "project_name"
    if table in FORM_TABLES
    else "executed"
    if table.value.endswith("_funds")
    else "target_value"
    for table in EvaluationTable
}
"""The column of each table whose cell its rows name."""
_CELLS = {"project_name": NAME_CELL, "executed": _FUNDS_CELL, "target_value": TARGET_CELL}

EVALUATION_COLUMNS: Mapping[AnyTable, tuple[Column, ...]] = {
    table: (
        *FILE,
        _FORM,
        OWN["sheet"],
        *(_column(item, table) for item in EVALUATION_FIELDS[table]),
        _CELLS[CELL_OF[table]],
    )
    for table in EvaluationTable
}
"""The columns of each table, in order."""

EVALUATION_TITLES: Mapping[AnyTable, tuple[str, str]] = {
    EvaluationTable.EVALUATIONS: ("自评表", "每行一张项目支出绩效自评表，按文件中的次序。"),
    EvaluationTable.EVALUATION_FUNDS: ("自评表的资金", "每行一个资金来源，合计也占一行。"),
    EvaluationTable.EVALUATION_INDICATORS: ("自评表的指标", "每行一个指标，按表上的次序。"),
    EvaluationTable.MONITORINGS: ("监控表", "每行一张项目支出绩效运行监控表，按文件中的次序。"),
    EvaluationTable.MONITORING_FUNDS: ("监控表的资金", "每行一个资金来源，合计也占一行。"),
    EvaluationTable.MONITORING_INDICATORS: ("监控表的指标", "每行一个指标，按表上的次序。"),
}
"""The title of each table, and what one row is."""
