"""The fields of the form, named once: for the template, the reader, the schemas and the documents.

``FIELDS`` lists every field in the order of the form. A *label* is what the standard workbook
prints; *aliases* are what other forms print for the same thing, the most telling first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from perfgoals_xl.form.namings import ALIASES
from perfgoals_xl.form.text import fold


class Table(StrEnum):
    """The three tables of a declaration."""

    PROJECTS = "projects"
    INDICATORS = "indicators"
    DEPARTMENT_GOALS = "department_goals"


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    TERM = "term"
    AMOUNT = "amount"


class Block(StrEnum):
    """The funding block that an amount belongs to; the same labels stand in both."""

    LOCAL = "local"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Field:
    """One field: its name in code, its label on the form, and how it is recognised and filled."""

    name: str
    label: str
    table: Table
    kind: Kind
    block: Block | None = None
    hint: str = ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its further labels, the most telling first."""
        return ALIASES.get(self.name, ())


_P, _I, _D = Table.PROJECTS, Table.INDICATORS, Table.DEPARTMENT_GOALS

FIELDS: tuple[Field, ...] = (
    Field(
        "project_name",
        "项目名称",
        _P,
        Kind.TEXT,
        hint="填写预算批复使用的项目全称。",
    ),
    Field(
        "supervising_department",
        "主管部门",
        _P,
        Kind.TEXT,
        hint="填写一级预算部门的全称。",
    ),
    Field(
        "implementing_unit",
        "实施单位",
        _P,
        Kind.TEXT,
        hint="填写具体实施项目的单位，没有下属单位的填本部门。",
    ),
    Field(
        "project_attribute",
        "项目属性",
        _P,
        Kind.TERM,
        hint="从下拉列表中选择：经常性项目、一次性项目或延续性项目。",
    ),
    Field(
        "project_period",
        "项目期",
        _P,
        Kind.TEXT,
        hint="填写年数（如 1年）或起止日期（如 2026年1月至2026年12月）。",
    ),
    Field(
        "total_amount",
        "项目总额",
        _P,
        Kind.AMOUNT,
        hint="整个项目期的资金总额，最多六位小数；没有就留空，确实为零才填 0。",
    ),
    Field(
        "annual_amount",
        "年度资金总额",
        _P,
        Kind.AMOUNT,
        hint="本年度预算安排的资金，等于本级资金与转移市县（区）资金之和。",
    ),
    Field(
        "local_total",
        "资金总额",
        _P,
        Kind.AMOUNT,
        Block.LOCAL,
        hint="本级资金合计 = 财政拨款 + 其他资金 + 结余结转资金。",
    ),
    Field(
        "local_appropriation",
        "财政拨款",
        _P,
        Kind.AMOUNT,
        Block.LOCAL,
        hint="本级财政拨款。",
    ),
    Field(
        "local_other",
        "其他资金",
        _P,
        Kind.AMOUNT,
        Block.LOCAL,
        hint="财政拨款以外的本级资金。",
    ),
    Field(
        "local_carryover",
        "结余结转资金",
        _P,
        Kind.AMOUNT,
        Block.LOCAL,
        hint="以前年度结转到本年使用的资金。",
    ),
    Field(
        "transfer_total",
        "资金总额",
        _P,
        Kind.AMOUNT,
        Block.TRANSFER,
        hint="转移市县（区）资金合计 = 中央资金 + 自治区资金。",
    ),
    Field(
        "transfer_central",
        "中央资金",
        _P,
        Kind.AMOUNT,
        Block.TRANSFER,
        hint="中央财政安排的部分。",
    ),
    Field(
        "transfer_regional",
        "自治区资金",
        _P,
        Kind.AMOUNT,
        Block.TRANSFER,
        hint="自治区财政安排的部分。",
    ),
    Field(
        "period_goal",
        "项目期总体绩效目标",
        _P,
        Kind.LONG_TEXT,
        hint="跨年度项目可填写整个项目期的目标。",
    ),
    Field(
        "annual_goal",
        "年度总体绩效目标",
        _P,
        Kind.LONG_TEXT,
        hint="写明本年度用这笔钱要达到的结果，尽量量化；不要只写支付什么费用。",
    ),
    Field("level1", "一级指标", _I, Kind.TERM, hint="从下拉列表中选择。"),
    Field("level2", "二级指标", _I, Kind.TERM, hint="从下拉列表中选择。"),
    Field(
        "level3",
        "三级指标",
        _I,
        Kind.TEXT,
        hint="指标名称，只写衡量什么，不写目标值。",
    ),
    Field(
        "target_value",
        "指标值",
        _I,
        Kind.TEXT,
        hint="写成“≥120次”“≥95%”“2026年12月底前”的样子：方向、数字、单位齐全。",
    ),
    Field("note", "备注", _I, Kind.TEXT, hint="需要说明的事项，可留空。"),
    Field(
        "duty_goal",
        "部门职责绩效目标",
        _D,
        Kind.LONG_TEXT,
        hint="概括部门职责和本年度要达到的结果。",
    ),
    Field(
        "policy_goal",
        "财政政策性绩效目标",
        _D,
        Kind.TEXT,
        hint="财政政策对该项的要求。",
    ),
    Field(
        "budget_goal",
        "部门预算绩效目标",
        _D,
        Kind.TEXT,
        hint="本部门衡量该项的指标。",
    ),
)

# Characters; what is longer is a text and no label, and has no marks to be taken off.
_LONGEST_LABEL = 200
_LEAD = re.compile(r"^(?:[*★]|其中:?|\d{1,2}[.、])+")
_TAIL = re.compile(r"(?:\((?:必填|选填|可选|单位:)?(?:万元|元|必填|选填|可选)?\)|[:*★])+$")


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """A label without blanks, markup, 其中, colon, 必填 and unit marks, in half-width signs."""
    folded = fold(text)
    if len(folded) > _LONGEST_LABEL:
        return folded
    return _TAIL.sub("", _LEAD.sub("", folded))


def fields_of(table: Table) -> tuple[Field, ...]:
    """The fields of one table, in the order of the form."""
    return tuple(field for field in FIELDS if field.table is table)


def field(name: str) -> Field:
    """The field called ``name``; KeyError if there is none."""
    return _BY_NAME[name]


_BY_NAME = {item.name: item for item in FIELDS}

BLOCK_NAMES = {Block.LOCAL: "本级资金", Block.TRANSFER: "转移市县（区）资金"}
TOTALS = ("total_amount", "annual_amount")
"""The amounts that stand for a project as a whole."""
HEAD_PAIRS = (
    ("supervising_department", "implementing_unit"),
    ("project_attribute", "project_period"),
    TOTALS,
)
"""The fields that stand side by side in the head of a project's table, row by row."""
AMOUNT_FIELDS = tuple(f.name for f in FIELDS if f.kind is Kind.AMOUNT)


def label_of(name: str) -> str:
    """The label that staff know a field by; the sums of the two funding blocks carry the block."""
    item = _BY_NAME[name]
    if item.block is None:
        return item.label
    return f"{BLOCK_NAMES[item.block]}·{item.label}"
