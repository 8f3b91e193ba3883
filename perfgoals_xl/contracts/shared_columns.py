"""The columns that several tables have: of their file, their project, their target value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from perfgoals_xl.contracts.types import NO_DEPARTMENT, Column, Type
from perfgoals_xl.form.amounts import KEPT_UNITS
from perfgoals_xl.form.target import Kind
from perfgoals_xl.form.taxonomy import EDITIONS

OPERATORS = ("", "≥", "≤", ">", "<", "=")
_CELL = r"^[A-Z]+[1-9][0-9]*$"
FIRST_YEAR, LAST_YEAR = 1900, 2099
AS_TYPED = "照录表上所填。"

LEVEL1 = tuple(dict.fromkeys(t for e in EDITIONS.values() for t in e.level1_terms))
LEVEL2 = tuple(dict.fromkeys(t for e in EDITIONS.values() for t in e.level2_terms))

FILE = (
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
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
    ),
)
PROJECT = Column(
    "project",
    Type.WHOLE,
    "项目序号",
    "项目在这份申报表里的次序，从 0 起；与 file 一起是项目的键。",
    nullable=False,
    minimum=0,
)
NAME_CELL = Column("cell", Type.TEXT, "单元格", "项目名称所在的单元格。", pattern=_CELL)
TARGET_CELL = replace(NAME_CELL, description="指标值所在的单元格。")

OWN: Mapping[str, Column] = {
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
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
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
