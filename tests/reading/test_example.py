"""The example that comes with the package: a fictional department, its faults where they belong."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from perfgoals_xl.form.taxonomy import EDITIONS
from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import fields, goals, lines, remarks, told

EXAMPLE = Path(__file__).parents[2] / "xl" / "examples" / "云川县水务局2026年绩效目标表.txt"


@pytest.fixture(scope="module")
def example():
    return load_declaration(EXAMPLE)


def test_department(example):
    assert (example.department, example.department_code) == ("云川县水务局", "215001")
    assert (example.year, example.amount_unit, example.edition) == (2026, "万元", "2015")
    assert [line.rsplit(" | ", 2)[1:] for line in goals(example)] == [
        ["100%", "E7"],
        ["100%", "E8"],
        ["≥75%", "E9"],
        ["≤3%", "E10"],
        ["100%", "E11"],
        ["0台", "E12"],
    ]
    levels = [(r["level1"], r["level2"]) for r in example.department_goals.records()]
    assert levels[3] == ("预算执行绩效目标", "政府采购")


def test_projects(example):
    assert len(example.projects) == 12
    assert [len(origin.parts) for origin in example.origins] == [1] * 10 + [2, 1]
    records = example.projects.records()
    assert sum(r["total_amount"] for r in records) == Decimal("4120.023")
    annual = [r["annual_amount"] for r in records]
    assert annual.count(None) == 1
    assert sum(a for a in annual if a is not None) == Decimal("2795.000214")
    assert Counter(r["year"] for r in records) == {2026: 11, 2025: 1}
    found = {(r["level1"], r["level2"]) for r in example.indicators.records()}
    assert found == set(EDITIONS["2015"].groups)


def test_slipped_rows(example):
    expected = told("""
        产出指标 成本指标 1 | 堤防护岸工程费用 | ≤812.735214万元 | D152
        产出指标 成本指标 - | 监理和检测费用 | ≤46万元 | C154
        产出指标 质量指标 1 | 计量设施在线率 | ≥90% | D240
        产出指标 时效指标 1 | 设施安装完成时间 | 2026年9月底 | D241
        效益指标 生态效益 1 | 超许可取水下降率 | ≥20% | D246
        产出指标 成本指标 2 | 执法检查差旅和车辆费用 | ≤8.34万元 | C298
        产出指标 质量指标 1 | 机井维修验收合格率 | - | E268
    """)
    assert [line for line in expected if line not in lines(example)] == []


def test_blanks_and_remarks(example):
    assert fields(example, 2, "annual_amount", "local_total") == told("""
        annual_amount | - | E82
        local_total | 96.358 | C83
    """)
    assert fields(example, 9, "implementing_unit", "annual_goal") == told("""
        implementing_unit | - | E284
        annual_goal | - | B291
    """)
    assert remarks(example) == ["A179 | 注：工程量以批复的初步设计为准。 | - | 5"]


def test_the_correct_projects_add_up(example):
    """Three projects are there to be passed without a finding."""
    for project, cost in ((1, ["42.6", "16"]), (11, ["11.8", "12.8"])):
        annual = example.projects.records()[project]["annual_amount"]
        assert sum(map(Decimal, cost)) == annual
    by_unit_cost = Decimal("8.5") * 16 + 4 * Decimal("12.6")
    assert by_unit_cost == example.projects.records()[0]["annual_amount"]
