"""What the year of a project of several years says beside the whole period (T05)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|老旧小区改造提升
主管部门|天河区住建委|实施单位|天河区房屋更新中心
项目属性|延续性项目|项目期|{period}
单位：万元
项目总额|{total}|年度资金总额|6720
财政拨款|6720|其他资金|
实施期总体目标|{whole}
年度目标|{goal}
一级指标|二级指标|三级指标|实施期指标值|年度指标值
产出指标|数量指标|{count}
|质量指标|工程验收合格率|≥98%|≥98%
|时效指标|完工时间|2027年12月|2026年12月
|成本指标|改造费用|≤25200万元|≤6720万元
效益指标|社会效益指标|受益居民户数|≥2.1万户|≥5600户
|可持续影响指标|长效管理机制|良好及以上|良好及以上
满意度指标|服务对象满意度指标|居民满意度|≥95%|≥95%
"""
RIGHT = {
    "period": "2025-2027年",
    "total": "25200",
    "whole": "三年改造老旧小区45个，小区面貌明显改善。",
    "goal": "改造老旧小区12个，惠及居民5600户。",
    "count": "改造老旧小区数量|≥45个|≥12个",
}


def told(tmp_path, **changed):
    path = tmp_path / "申报.txt"
    text = FORM.format(**{**RIGHT, **changed}).replace("|", "\t")
    path.write_text(text, encoding="utf-8")
    return [f"{f.rule} {f.cell}" for f in validate(path).findings if f.rule == "T05"]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("改造老旧小区数量|≥45个|≥45个", ["T05 E12"]),
        ("改造老旧小区数量|≥45个|≥54个", ["T05 E12"]),
        ("购置应急车辆|10辆|10辆", ["T05 E12"]),
        ("新建公厕|≥20座|20座", ["T05 E12"]),
        ("加装电梯|20部|≥30部", ["T05 E12"]),
        ("日常巡查次数|≥36次|≥48次", ["T05 E12"]),
        (RIGHT["count"], []),
        # The same every year.
        ("管护道路里程|320公里|320公里", []),
        ("服务小区|45个|45个", []),
        ("建成管理平台|1个|1个", []),
        ("改造老旧小区数量||≥12个", []),
        ("改造老旧小区数量|≥45个|≥2800户", []),
        ("改造完成率|100%|100%", []),
        ("审批时限|≤5天|≤8天", []),
    ],
)
def test_a_count_of_the_year(tmp_path, count, expected):
    goal = "改造老旧小区，惠及居民5600户。"
    assert told(tmp_path, count=count, goal=goal) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"goal": "三年改造老旧小区45个，小区面貌明显改善。"}, ["T05 B10"]),
        ({"goal": "2025-2027年改造老旧小区45个，小区面貌明显改善"}, ["T05 B10"]),
        ({"goal": "2026年改造老旧小区45个，小区面貌明显改善。"}, ["T05 B10"]),
        ({"goal": "改造老旧小区12个，小区面貌明显改善。"}, []),
        ({}, []),
        ({"whole": ""}, []),
        # A project of this year alone has one goal.
        (
            {"goal": RIGHT["whole"], "total": "6720", "period": "2026年"},
            [],
        ),
    ],
)
def test_the_goal_of_the_year(tmp_path, changed, expected):
    assert told(tmp_path, **changed) == expected
