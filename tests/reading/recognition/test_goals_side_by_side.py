"""The goal of the whole period beside that of the year: never one text."""

from __future__ import annotations

import pytest

from tests.reading.sheets import fields, told

FORM = """
项目名称 | 渠道清淤项目 | | |
项目总额 | 60 | | 年度资金总额 | 20
{goals}
一级指标 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 清淤长度 | 30公里 |
"""
LONG, YEAR = "2026—2028年清淤渠道90公里。", "清淤渠道30公里。"


@pytest.mark.parametrize(
    ("goals", "cells"),
    [
        (f" | 中期目标 | | 年度目标 |\n总体目标 | {LONG} | | {YEAR} |", ("B4", "D4")),
        (f" | 实施期目标 | | 本年度目标（2026年） |\n绩效目标 | {LONG} | | {YEAR} |", ("B4", "D4")),
        (f" | 长期目标 | 年度目标 | |\n年度绩效目标 | {LONG} | {YEAR} | |", ("B4", "C4")),
        (f" | 年度目标 | | 中期目标 |\n总体绩效目标 | {YEAR} | | {LONG} |", ("D4", "B4")),
        (f"总体目标 | 中期目标 | | 年度目标 |\n | {LONG} | | {YEAR} |", ("B4", "D4")),
        (f"中期目标 | {LONG} | | 年度目标 | {YEAR}", ("B3", "E3")),
        (f"中期目标 | {LONG} | | |\n年度目标 | {YEAR} | | |", ("B3", "B4")),
        (f"绩效目标 | 总体目标：{LONG}年度目标：{YEAR} | | |", ("B3", "B3")),
        (f"绩效目标 | 中期目标：{LONG}\\n年度目标：{YEAR} | | |", ("B3", "B3")),
    ],
)
def test_each_is_read_for_itself(read, goals, cells):
    declaration = read(FORM.format(goals=goals))
    assert fields(declaration, 0, "period_goal", "annual_goal") == told(f"""
        period_goal | {LONG} | {cells[0]}
        annual_goal | {YEAR} | {cells[1]}
    """)


@pytest.mark.parametrize(
    ("goals", "annual"),
    [
        (f"总体目标 | {YEAR} | 维修闸门5座。 | |", f"{YEAR} 维修闸门5座。"),
        (f"年度目标：{YEAR}目标1：维修闸门。 | | | |", f"{YEAR}目标1：维修闸门。"),
        (f"年度目标 | | | |\n | {YEAR} | | |", YEAR),
    ],
)
def test_a_goal_alone_is_the_year_s(read, goals, annual):
    (row,) = read(FORM.format(goals=goals)).projects.records()
    assert (row["annual_goal"], row["period_goal"]) == (annual, None)
