"""The department's own indicators are judged as any others: values, names and satisfaction."""

from __future__ import annotations

import pandas as pd
import pytest

from perfgoals_xl.api import validate, validate_frames

FORM = """\
部门整体支出绩效目标表
（2026年度）
部门名称|青禾县体育局
年度总体目标|建成健身路径60条，举办赛事25场，群众身边的健身条件持续改善。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|{count}
|质量指标|{quality}
|时效指标|{time}
效益指标|社会效益指标|{benefit}
|可持续影响指标|{lasting}
满意度指标|服务对象满意度指标|{satisfaction}
"""
RIGHT = {
    "count": "新建健身路径|60条",
    "quality": "场地设施完好率|≥95%",
    "time": "任务完成时间|2026年11月底前",
    "benefit": "经常参加锻炼人数比例|≥42%",
    "lasting": "管护机制|健全",
    "satisfaction": "健身群众满意度|≥92%",
}


def told(tmp_path, **changed):
    path = tmp_path / "整体.txt"
    text = FORM.format(**{**RIGHT, **changed}).replace("|", "\t")
    path.write_text(text, encoding="utf-8")
    findings = [f for f in validate(path).findings if f.severity.value != "info"]
    assert all(f.cell and f.message for f in findings)
    return [f"{f.rule} {f.severity.value} {f.cell}" for f in findings]


def test_a_right_table_is_quiet(tmp_path):
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"satisfaction": "健身群众满意度|≥85%"}, "M01 warning D11"),
        ({"satisfaction": "健身群众满意度|≤92%"}, "V07 warning D11"),
        ({"satisfaction": "健身群众满意度|较高"}, "V04 warning D11"),
        ({"satisfaction": "健身群众满意度|"}, "S02 error D11"),
        ({"satisfaction": "健身群众满意度|≥**%"}, "V01 error D11"),
        ({"satisfaction": "健身群众满意度（≥XX%）|≥92%"}, "V01 warning C11"),
        ({"benefit": "公共场馆安全事故起数|较上年下降"}, "V10 error D9"),
        ({"benefit": "体育产业产值|逐年递增"}, "V10 warning D9"),
        ({"benefit": "确保社会稳定|≥95%"}, "N01 warning C9"),
        ({"quality": "场地设施完好率|运转正常"}, "V04 warning D7"),
        ({"quality": "场地设施完好率|≥95次"}, "V06 warning D7"),
        ({"quality": "场地设施完好率|≥120%"}, "V08 warning D7"),
        ({"count": "新建健身路径|60"}, "V05 warning D6"),
        ({"count": "新建健身路径|按计划完成"}, "V03 error D6"),
        ({"count": "举办赛事次数|无"}, "V02 error D6"),
        ({"count": "赛事经费|60万元"}, "S05 warning C6"),
        ({"time": "任务推进情况|100%"}, "T04 warning D8"),
        # Right as they are.
        ({"benefit": "公共场馆安全事故起数|0起"}, None),
        ({"benefit": "公共场馆安全事故起数|较上年下降≥5%"}, None),
        ({"quality": "场地等级|一级及以上"}, None),
        ({"count": "举办赛事次数|≥25场"}, None),
        ({"time": "任务完成时间|全年"}, None),
        ({"satisfaction": "投诉处理满意率|≥95%"}, None),
    ],
)
def test_what_is_wrong_in_one_of_them(tmp_path, changed, expected):
    assert told(tmp_path, **changed) == ([expected] if expected else [])


def test_hints_of_the_table_are_told_once(tmp_path):
    path = tmp_path / "整体.txt"
    text = FORM.format(**{**RIGHT, "benefit": "健身氛围|持续向好", "lasting": "健身意识|不断增强"})
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    assert [f.cell for f in validate(path).findings if f.rule == "V04"] == ["D9"]


def test_goals_that_are_measured_by_the_budget(tmp_path):
    """Where a goal stands beside what it is measured by, that is the indicator."""
    frame = pd.DataFrame(
        {
            "policy_goal": ["结转资金全部编入预算", "压减一般性支出", "提高公众满意度"],
            "budget_goal": ["编入预算的结转资金占比", "一般性支出压减率", None],
            "target_value": ["100", "逐年提高", "≥60%"],
        }
    )
    found = validate_frames(None, None, department_goals=frame, plan_year=2026)
    assert [(r.row, r.column, r.rule) for r in found.itertuples()] == [
        (0, "target_value", "V05"),
        (1, "target_value", "V10"),
        (2, "target_value", "M01"),
    ]
