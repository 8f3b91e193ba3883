"""Sources of funds with their amount in one cell, or called 其他 alone."""

from __future__ import annotations

import pytest

from tests.reading.sheets import read_workbook

FORM = """项目支出绩效目标表（2026年度）
项目名称 | 渠道清淤 | 主管部门 | 石桥县水务局
项目资金（万元） | 年度资金总额 | 128
 | {}
年度目标 | 清淤。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥6公里
"""


def _funds(tmp_path, rows):
    found = read_workbook(tmp_path, FORM.format(rows.replace("\n", "\n | ")))
    (project,) = found.projects.records()
    told = [r.place.cell for r in (*found.remarks, *found.account)]
    return (project["local_appropriation"], project["local_other"]), told


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("财政拨款：100\n其他：28", (100, 28)),
        ("财政拨款：100万元\n其他：28万元", (100, 28)),
        ("其中：财政拨款 100\n其他 28", (100, 28)),
        ("财政拨款 | 100\n自筹资金（万元）：28", (100, 28)),
        ("财政拨款 | 100\n其他： | 28", (100, 28)),
        ("财政拨款 | 100\n其他 | 28", (100, 28)),
        ("财政拨款 | 100\n其它（万元）：２８", (100, 28)),
        ("财政拨款 | 100\n其他：280000元", (100, 28)),
        ("财政拨款 | 128\n其他：", (128, None)),
        ("财政拨款 | 128\n其他： / ", (128, None)),
        ("财政拨款 | 128\n其他：无", (128, None)),
    ],
)
def test_funds_in_one_cell(tmp_path, rows, expected):
    funds, told = _funds(tmp_path, rows)
    assert funds == expected
    assert told == []


@pytest.mark.parametrize(
    "rows",
    [
        "财政拨款 | 100\n其他：详见附件",
        "财政拨款 | 100\n其他 | 另行安排",
        "财政拨款 | 100\n其他事项：28",
        "财政拨款 | 100\n其他12项",
        "财政拨款 | 100\n单位资金：28",
    ],
)
def test_what_is_no_amount_of_other_funds(tmp_path, rows):
    assert _funds(tmp_path, rows)[0] == (100, None)


@pytest.mark.parametrize("row", ["单位资金：28", "单位资金 28", "单位资金（万元）：28"])
def test_another_source_in_one_cell_is_one_that_no_field_holds(tmp_path, row):
    found = read_workbook(tmp_path, FORM.format(f"财政拨款 | 100\n | {row}"))
    (layout,) = found.origins
    assert list(layout.other_sources.values()) == ["28"]
