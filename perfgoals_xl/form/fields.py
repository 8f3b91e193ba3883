"""The fields of the form, named once: for the template, the reader, the schemas and the documents.

``FIELDS`` lists every field in the order of the form. A *label* is what the standard workbook
prints; *aliases* are what other forms print for the same thing, the most telling first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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
    aliases: tuple[str, ...] = ()
    block: Block | None = None
    hint: str = ""


_P, _I, _D = Table.PROJECTS, Table.INDICATORS, Table.DEPARTMENT_GOALS

FIELDS: tuple[Field, ...] = (
    Field(
        "project_name",
        "项目名称",
        _P,
        Kind.TEXT,
        ("项目(政策)名称", "项目支出名称", "政策和项目名称"),
        hint="填写预算批复使用的项目全称。",
    ),
    Field(
        "supervising_department",
        "主管部门",
        _P,
        Kind.TEXT,
        (
            "主管部门及代码",
            "主管部门名称",
            "主管单位",
            "主管预算部门",
            "预算主管部门",
            "主管部门(单位)",
        ),
        hint="填写一级预算部门的全称。",
    ),
    Field(
        "implementing_unit",
        "实施单位",
        _P,
        Kind.TEXT,
        ("项目实施单位", "实施单位名称", "项目单位", "预算单位", "项目承担单位"),
        hint="填写具体实施项目的单位，没有下属单位的填本部门。",
    ),
    Field(
        "project_attribute",
        "项目属性",
        _P,
        Kind.TERM,
        ("项目类型", "项目类别", "项目性质"),
        hint="从下拉列表中选择：经常性项目、一次性项目或延续性项目。",
    ),
    Field(
        "project_period",
        "项目期",
        _P,
        Kind.TEXT,
        (
            "项目日期",
            "项目期限",
            "项目周期",
            "项目实施期",
            "项目起止时间",
            "项目起止日期",
            "起止时间",
            "起止日期",
            "实施期限",
            "项目实施期限",
            "项目执行期",
        ),
        hint="填写年数（如 1年）或起止日期（如 2026年1月至2026年12月）。",
    ),
    Field(
        "total_amount",
        "项目总额",
        _P,
        Kind.AMOUNT,
        (
            "项目资金总额",
            "项目总金额",
            "项目总投资",
            "项目总预算",
            "实施期资金总额",
            "中期资金总额",
            "项目期资金总额",
        ),
        hint="整个项目期的资金总额，最多六位小数；没有就留空，确实为零才填 0。",
    ),
    Field(
        "annual_amount",
        "年度资金总额",
        _P,
        Kind.AMOUNT,
        (
            "本年度资金总额",
            "年度预算资金总额",
            "年度资金",
            "年度预算总额",
            "年度预算金额",
            "年度金额",
            "本年资金总额",
        ),
        hint="本年度预算安排的资金，等于本级资金与转移市县（区）资金之和。",
    ),
    Field(
        "local_total",
        "资金总额",
        _P,
        Kind.AMOUNT,
        ("小计", "合计"),
        Block.LOCAL,
        hint="本级资金合计 = 财政拨款 + 其他资金 + 结余结转资金。",
    ),
    Field(
        "local_appropriation",
        "财政拨款",
        _P,
        Kind.AMOUNT,
        ("财政资金", "本级财政拨款", "当年财政拨款"),
        Block.LOCAL,
        hint="本级财政拨款。",
    ),
    Field(
        "local_other",
        "其他资金",
        _P,
        Kind.AMOUNT,
        ("其它资金",),
        Block.LOCAL,
        hint="财政拨款以外的本级资金。",
    ),
    Field(
        "local_carryover",
        "结余结转资金",
        _P,
        Kind.AMOUNT,
        ("结转结余资金", "结转结余", "结余结转", "上年结转资金", "上年结转", "结转资金"),
        Block.LOCAL,
        hint="以前年度结转到本年使用的资金。",
    ),
    Field(
        "transfer_total",
        "资金总额",
        _P,
        Kind.AMOUNT,
        ("小计", "合计"),
        Block.TRANSFER,
        hint="转移市县（区）资金合计 = 中央资金 + 自治区资金。",
    ),
    Field(
        "transfer_central",
        "中央资金",
        _P,
        Kind.AMOUNT,
        ("中央财政资金", "中央补助资金", "中央补助"),
        Block.TRANSFER,
        hint="中央财政安排的部分。",
    ),
    Field(
        "transfer_regional",
        "自治区资金",
        _P,
        Kind.AMOUNT,
        ("自治区财政资金", "自治区补助资金", "省级资金", "省级财政资金", "市级资金"),
        Block.TRANSFER,
        hint="自治区财政安排的部分。",
    ),
    Field(
        "period_goal",
        "项目期总体绩效目标",
        _P,
        Kind.LONG_TEXT,
        (
            "项目期绩效目标",
            "项目期目标",
            "实施期总体绩效目标",
            "实施期总体目标",
            "实施期绩效目标",
            "实施期目标",
            "中期总体绩效目标",
            "中期绩效目标",
            "中期目标",
            "长期目标",
            "项目总体绩效目标",
        ),
        hint="跨年度项目可填写整个项目期的目标。",
    ),
    Field(
        "annual_goal",
        "年度总体绩效目标",
        _P,
        Kind.LONG_TEXT,
        (
            "年度总体目标",
            "年度绩效目标",
            "年度目标",
            "本年度绩效目标",
            "本年度目标",
            "当年绩效目标",
            "总体绩效目标",
            "总体目标",
            "绩效目标",
        ),
        hint="写明本年度用这笔钱要达到的结果，尽量量化；不要只写支付什么费用。",
    ),
    Field("level1", "一级指标", _I, Kind.TERM, ("一级绩效指标", "一级"), hint="从下拉列表中选择。"),
    Field("level2", "二级指标", _I, Kind.TERM, ("二级绩效指标", "二级"), hint="从下拉列表中选择。"),
    Field(
        "level3",
        "三级指标",
        _I,
        Kind.TEXT,
        ("三级绩效指标", "三级", "指标名称", "绩效指标名称", "三级指标名称", "指标内容"),
        hint="指标名称，只写衡量什么，不写目标值。",
    ),
    Field(
        "target_value",
        "指标值",
        _I,
        Kind.TEXT,
        (
            "绩效值",
            "目标值",
            "年度指标值",
            "年度目标值",
            "年度绩效值",
            "年度值",
            "计划指标值",
            "绩效指标值",
            "指标目标值",
            "预期指标值",
            "计划值",
            "预期值",
            "年度",
        ),
        hint="写成“≥120次”“≥95%”“2026年12月底前”的样子：方向、数字、单位齐全。",
    ),
    Field("note", "备注", _I, Kind.TEXT, ("指标说明", "备注说明"), hint="需要说明的事项，可留空。"),
    Field(
        "duty_goal",
        "部门职责绩效目标",
        _D,
        Kind.LONG_TEXT,
        ("部门职责目标", "部门职能绩效目标", "职责绩效目标"),
        hint="概括部门职责和本年度要达到的结果。",
    ),
    Field(
        "policy_goal",
        "财政政策性绩效目标",
        _D,
        Kind.TEXT,
        ("财政政策绩效目标", "政策性绩效目标"),
        hint="财政政策对该项的要求。",
    ),
    Field(
        "budget_goal",
        "部门预算绩效目标",
        _D,
        Kind.TEXT,
        ("预算绩效目标",),
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
