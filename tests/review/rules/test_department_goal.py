"""The goal of a department's own form is judged as a project's goal, and its points add up."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate

FORM = """\
部门整体支出绩效目标表
（2026年度）
部门名称|青禾县体育局
{label}|{goal}
一级指标|二级指标|三级指标|指标值|{points}
产出指标|数量指标|新建健身路径|60条|{p1}
|质量指标|场地设施完好率|≥95%|20
|时效指标|任务完成时间|2026年11月底前|20
效益指标|社会效益指标|经常参加锻炼人数比例|≥42%|20
满意度指标|服务对象满意度指标|健身群众满意度|≥92%|20
{total}
"""
GOAL = "建成健身路径60条，群众身边的健身条件持续改善。"


def told(tmp_path, goal=GOAL, label="年度总体目标", points="分值", p1="20", total=""):
    path = tmp_path / "整体.txt"
    text = FORM.format(label=label, goal=goal, points=points, p1=p1, total=total)
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    assert load(path).duty_goal == goal
    findings = [f for f in validate(path).findings if f.severity.value != "info"]
    assert all(f.cell and f.message and f.project is None for f in findings)
    return [f"{f.rule} {f.severity.value} {f.cell}" for f in findings]


@pytest.mark.parametrize(
    "label",
    [
        *("年度履职目标", "部门年度履职目标", "部门职责目标", "年度总体绩效目标", "年度绩效目标"),
        *("部门（单位）整体绩效目标", "部门整体目标", "单位职责目标", "部门年度总体目标"),
        *("整体绩效目标", "部门（单位）年度绩效目标", "部门职责绩效目标"),
    ],
)
def test_the_goal_has_many_labels(tmp_path, label):
    assert told(tmp_path, label=label) == []


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("2025年，我局将建成健身路径60条。", ["T01 error B4"]),
        ("2025年拟建成健身路径60条。", ["T01 error B4"]),
        ("2025年，全县计划建成健身路径60条。", ["T01 error B4"]),
        ("2025年建成健身路径60条。", ["T01 error B4"]),
        ("建成健身路径55条。", ["G04 warning B4"]),
        ("全年新建健身路径66条，改善健身条件。", ["G04 warning B4"]),
        ("9月31日前建成健身路径60条。", ["T06 warning B4"]),
        ("建成健身路径XX条。", ["V01 error B4"]),
        ("<p>建成健身路径60条。</p>", ["H07 warning B4"]),
        ("2026年，我局将建成健身路径60条。", []),
        ("2025年我县获评全民运动健身模范县，今年建成健身路径60条。", []),
        ("按照县政府〔2025〕12号文件，建成健身路径60条。", []),
        ("在2025年的基础上，再建成健身路径60条。", []),
        ("建成健身路径60条，开展赛事25场，培训教练员80人。", []),
    ],
)
def test_the_goal_is_judged(tmp_path, goal, expected):
    assert told(tmp_path, goal) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"p1": "18"}, ["S07 warning E6"]),
        ({"p1": "25", "points": "权重"}, ["S07 warning E6"]),
        ({"p1": "22", "points": "分值（100分）"}, ["S07 warning E5"]),
        ({"p1": "18", "total": "合计||||100"}, ["S07 warning E11"]),
        ({"p1": "20", "total": "合计||||100"}, []),
        ({"p1": "10"}, []),  # 90: the execution has the rest
        ({"p1": ""}, []),
    ],
)
def test_its_points_add_up(tmp_path, changed, expected):
    assert told(tmp_path, **changed) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("结转结余率", "≥10%", True),
        ("结余结转资金占比", "≥8%", True),
        ("“三公”经费变动率", "≥3%", True),
        ("群众投诉率", "≥10%", True),
        ("资金闲置率", "≥5%", True),
        ("结转结余率", "≤10%", False),
        ("结转结余资金下降率", "≥10%", False),
        ("“三公”经费变动率", "≤0", False),
        ("投诉处理率", "≥98%", False),
        ("结转资金使用率", "≥95%", False),
    ],
)
def test_what_is_left_over_should_be_little(tmp_path, name, value, expected):
    path = tmp_path / "整体.txt"
    text = FORM.format(label="年度总体目标", goal=GOAL, points="分值", p1="20", total="")
    text = text.replace("场地设施完好率|≥95%", f"{name}|{value}")
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    assert ("V07" in [f.rule for f in validate(path).findings]) is expected


@pytest.mark.parametrize(
    ("goal", "name", "value", "expected"),
    [
        ("不发生重特大场馆安全事故。", "重特大场馆安全事故", "≤1起", "D01 error D9"),
        ("全年不发生场馆溺水事故。", "场馆溺水事故起数", "≤2起", "D01 error D9"),
        ("杜绝较大以上场馆火灾。", "较大以上场馆火灾起数", "≤1起", "D01 error D9"),
        ("对查出的器材隐患全部整改到位。", "器材隐患整改率", "≥95%", "D01 warning D9"),
        ("群众来信全部办结。", "群众来信办结率", "≥98%", "D01 warning D9"),
        ("不发生重特大场馆安全事故。", "重特大场馆安全事故", "0起", None),
        ("不发生重特大场馆安全事故。", "一般场馆安全事故", "≤3起", None),
        ("不发生场馆溺水事故。", "防溺水宣传次数", "≥2次", None),
        ("对查出的器材隐患全部整改到位。", "器材隐患整改率", "100%", None),
        ("对查出的器材隐患基本全部整改。", "器材隐患整改率", "≥95%", None),
        ("对查出的器材隐患全部整改到位。", "经常参加锻炼人数比例", "≥42%", None),
    ],
)
def test_all_and_none_of_the_goal(tmp_path, goal, name, value, expected):
    path = tmp_path / "整体.txt"
    text = FORM.format(label="年度总体目标", goal=GOAL + goal, points="分值", p1="20", total="")
    text = text.replace("经常参加锻炼人数比例|≥42%", f"{name}|{value}")
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    found = [f for f in validate(path).findings if f.rule in ("D01", "G04")]
    said = [f"{f.rule} {f.severity.value} {f.cell}" for f in found]
    assert said == ([] if expected is None else [expected])
