"""A fictional department, with everything that is hard to write into a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import (
    DEPARTMENT_GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    DataTable,
    Declaration,
)
from perfgoals_xl.form.taxonomy import EDITIONS

DEPARTMENT = "云岭市林草局"
LONG_GOAL = "全年完成松材线虫病普查十二万亩，疫木清理率达到百分之百。" * 32


def project(name: str | None, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "sheet": "来源",
        "project_name": name,
        "supervising_department": DEPARTMENT,
        "implementing_unit": "云岭市林业有害生物防治站",
        "project_attribute": "02-经常性项目",
        "project_period": "2026年3月至2027年2月",
        "total_amount": Decimal("685.59687"),
        "annual_amount": Decimal("285.5"),
        "local_total": Decimal(123),
        "local_appropriation": Decimal(100),
        "local_other": Decimal(23),
        "transfer_total": Decimal("162.5"),
        "transfer_central": Decimal(0),
        "transfer_regional": Decimal("162.5"),
        "annual_goal": "完成普查 12 万亩，疫木清理率 100%。",
        "amount_unit": "万元",
        "year": 2026,
    }
    return values | changes


def indicator(
    row: int,
    level1: str | None,
    level2: str | None,
    name: str | None,
    value: str | None,
    **more: Any,
) -> dict[str, Any]:
    return {
        "project": row,
        "sheet": "来源",
        "level1": level1,
        "level2": level2,
        "indicator": name,
        "level3": name,
        "target_value": value,
        **more,
    }


def goal(level2: str, value: str | None = "100%") -> dict[str, Any]:
    return {
        "sheet": "来源",
        "level1": "预算执行绩效目标",
        "level2": level2,
        "policy_goal": "上年结转资金全部编入本年预算",
        "budget_goal": "编入本年预算的结转资金所占比例",
        "target_value": value,
    }


def declaration(
    projects: Sequence[Mapping[str, Any]] = (),
    indicators: Sequence[Mapping[str, Any]] = (),
    goals: Sequence[Mapping[str, Any]] = (),
    **changes: Any,
) -> Declaration:
    facts: dict[str, Any] = {
        "file": "云岭.txt",
        "department": DEPARTMENT,
        "department_code": "215001",
        "year": 2026,
        "amount_unit": "万元",
        "edition": "2015",
        "duty_goal": "负责全市林草资源保护。",
    }
    cells = [{"target_value": Place("来源", f"D{n}")} for n in range(1, len(indicators) + 1)]
    return Declaration(
        projects=DataTable.build(PROJECT_COLUMNS, projects, [{}] * len(projects)),
        indicators=DataTable.build(INDICATOR_COLUMNS, indicators, cells),
        department_goals=DataTable.build(DEPARTMENT_GOAL_COLUMNS, goals, [{}] * len(goals)),
        **(facts | changes),
    )


def plain() -> Declaration:
    """Two ordinary projects with every group of the edition, and a department table."""
    names = ("松材线虫病普查项目", "湿地监测设备运行项目")
    return declaration(
        [project(name) for name in names],
        [
            indicator(row, level1, level2, f"指标{n}：样地巡查次数", f"≥{n}0次", ordinal=n)
            for row in range(len(names))
            for level1, level2 in EDITIONS["2015"].groups
            for n in (1, 2)
        ],
        [goal("结转资金"), goal("预算调剂"), goal("预算调剂", "≤5%")],
    )


def nasty() -> Declaration:
    """What a workbook must survive: names, texts and amounts that nobody should type."""
    projects = [
        project("普查/防治[二期]:*?\\"),
        project("普查 防治 二期", annual_goal=LONG_GOAL),
        project("'=SUM(A1)'", amount_unit="元", total_amount="约 200 万", annual_amount=None,
                local_total=None, annual_goal='=HYPERLINK("x")', period_goal="+三年目标"),
        {"sheet": "来源", "amount_unit": "万元"},
        project("History", local_carryover=Decimal("1234567890123.123456")),
        project("<r><t>标记</t></r>", project_period="\x01控制\r\n字符_x0001_", year=None),
    ]  # fmt: skip
    indicators = [
        indicator(0, "产出指标", "数量指标", "=1+1", "-5", note="@备注"),
        indicator(0, "产出指标", "数量指标", "@点名", "+3"),
        indicator(0, "自定义的很长很长很长的一级名称", "别的二级", "名称", "95%", note="说明" * 60),
        indicator(0, "产出指标", "数量指标", "又回到数量", "=A1"),
        indicator(1, None, None, None, None),
        indicator(1, None, "数量指标", "没有一级", None),
        *(indicator(4, "产出指标", "数量指标", f"指标{n}：第{n}项", "1项") for n in range(1, 41)),
    ]
    return declaration(projects, indicators, [goal("=结转", "-1")], duty_goal="=1" + LONG_GOAL)
