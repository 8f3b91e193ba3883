"""A target that a table shares out over places: 合计 and its columns (V16)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate
from tests.reading.sheets import Sheet, write_workbook

FORM = """
2026年小型水利设施维修项目支出绩效目标表
项目名称 | 小型水利设施维修 | | | | |
主管部门 | 云川县水务局 | | | | |
年度资金总额 | 130万元 | | | | |
年度总体目标 | 维修小型水利设施，改善群众生产生活用水。 | | | | |
{head}
产出指标 | 数量指标 | {row}
 | 质量指标 | 验收合格率 | 100% | 100% | 100% | 100%
 | 时效指标 | 完工时间 | 2026年11月底前 | 2026年11月底前 | 2026年11月底前 | 2026年11月底前
 | 成本指标 | 补助资金（万元） | 130 | 60 | 40 | 30
效益指标 | 社会效益指标 | 受益人口（人） | 2100 | 900 | 700 | 500
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥92% | ≥92% | ≥92% | ≥92%
"""
HEAD = "一级指标 | 二级指标 | 三级指标 | 合计 | 上坪乡 | 溪口镇 | 南山镇"
TWO_ROWS = (
    "一级指标 | 二级指标 | 三级指标 | 指标值 | | |\n | | | 全县合计 | 上坪乡 | 溪口镇 | 南山镇"
)


def told(tmp_path, row, head=HEAD, merges=()):
    path = write_workbook(
        tmp_path / "分乡镇.xlsx", Sheet(FORM.format(head=head, row=row), merges=merges)
    )
    assert len(load(path).indicators) == 6
    found = [f for f in validate(path).findings if f.rule == "V16"]
    return [f"{f.severity.value} {f.cell} {f.message}" for f in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("维修水利设施（个） | 7 | 3 | 2 | 1", "合计 7个，右边各栏 3 + 2 + 1 = 6，少 1 个"),
        ("维修渠道 | 12公里 | 5公里 | 4公里 | 4公里", "12公里，右边各栏 5 + 4 + 4 = 13，多 1 公里"),
        ("清淤山塘 | ≥9处 | ≥3处 | ≥3处 | ≥2处", "9处，右边各栏 3 + 3 + 2 = 8，少 1 处"),
        ("投入资金 | ≤80万元 | ≤40万元 | ≤30万元 | ≤20万元", "多 10 万元"),
        ("改造泵站数量 | 6座 | 2座 | 3座 | ", "右边各栏 2 + 3 = 5，少 1 座"),
        ("维修水利设施（个） | 6 | 3 | 2 | 1", None),
        ("维修渠道 | 13公里 | 5 | 4 | 4", None),
        ("清淤山塘 | ≥7处 | ≥3处 | ≥3处 | ≥2处", None),
        ("投入资金 | ≤100万元 | ≤40万元 | ≤30万元 | ≤20万元", None),
        ("亩均补助标准 | 400元 | 400元 | 380元 | 350元", None),
        ("管护天数 | 300天 | 280天 | 290天 | 300天", None),
        ("改造泵站数量 | 3座 | 3座 | 3座 | 3座", None),
        ("维修渠道 | 12公里 | 5公里 | 3000米 | 4公里", None),
        ("维修水利设施 | 若干 | 3 | 2 | 1", None),
        ("巡查人数 | 9人 | 4人 | 按需 | 3人", None),
    ],
)
def test_the_sum_over_places(tmp_path, row, expected):
    found = told(tmp_path, row)
    assert len(found) == (expected is not None)
    assert all(expected in line and line.startswith("warning D7") for line in found)


def test_below_a_header_of_two_rows(tmp_path):
    merges = ("A6:A7", "B6:B7", "C6:C7", "D6:G6")
    found = told(tmp_path, "维修水利设施（个） | 7 | 3 | 2 | 1", TWO_ROWS, merges)
    assert [line.split()[:2] for line in found] == [["warning", "D8"]]


@pytest.mark.parametrize(
    "head",
    [
        # Columns of other times are no shares, and without a sum nothing is one.
        "一级指标 | 二级指标 | 三级指标 | 合计 | 2024年 | 2025年 | 2026年",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 上年 | 前年 | 说明",
        "一级指标 | 二级指标 | 三级指标 | 合计 | 一季度 | 二季度 | 三季度",
    ],
)
def test_columns_of_something_else(tmp_path, head):
    path = write_workbook(
        tmp_path / "表.xlsx",
        Sheet(FORM.format(head=head, row="维修水利设施（个） | 7 | 3 | 2 | 1")),
    )
    assert not load(path).shares
