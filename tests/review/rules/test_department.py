"""The department table: values against goals (D01), duties against results (D02)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.review.findings import Hit
from perfgoals_xl.review.rules.department import value_fits_its_goal
from tests.support.steps import text_of

HEAD = """\
2026年青岚县林业和草原局部门整体支出绩效目标表
部门名称及代码|青岚县林业和草原局（108001）
部门职责绩效目标|{duty}
一级指标|二级指标|财政政策性绩效目标|部门预算绩效目标|部门指标值
"""
LINES = (
    ("预算编制", "结转资金", "结转资金全部编入年初预算", "编入年初预算的结转资金占比", "100%"),
    ("预算执行", "预算追加", "年中不发生预算追加", "年中追加资金占部门预算的比例", "0%"),
)
DUTY = "负责全县林业草原资源管理，组织造林绿化；2026年森林覆盖率达到31.5%以上。"


def review(tmp_path, duty=DUTY, values=("100%", "0%")):
    path = tmp_path / "部门.txt"
    rows = ["|".join((*line[:4], value)) for line, value in zip(LINES, values, strict=True)]
    text = HEAD.format(duty=duty) + "\n".join(rows) + "\n"
    path.write_text(text.replace("|", "\t") + text_of(), encoding="utf-8")
    assert len(load(path).department_goals) == 2
    return [f for f in validate(path).findings if f.rule in ("D01", "D02")]


@pytest.mark.parametrize(
    ("policy", "budget", "value", "expected"),
    [
        ("结转资金全部编入年初预算", "编入年初预算的结转资金占比", "0%", "error"),
        ("结余资金全部上缴", None, "0%", "error"),
        ("项目全部经过评审", "经过评审的项目比例", "≥90%", "warning"),
        ("年中不发生预算追加", "追加资金占部门预算的比例", "≤5%", "warning"),
        ("杜绝超标准配置", "超标准配置的设备数量", "2台", "warning"),
        ("预算不作调剂", "预算调剂率", "5%", "warning"),
        ("年度内不调剂", "调剂资金占比", "≤3%", "warning"),
        ("年中不得追加预算", "追加金额占比", "≤5%", "warning"),
        ("严禁发生挪用专项资金", "挪用金额占比", "≤1%", "warning"),
        ("年中无追加", "预算追加次数", "2次", "warning"),
        ("禁止截留资金", "违规次数", "1次", "warning"),
        ("原则上不追加预算", "追加金额占比", "≤5%", None),
        ("未经批准不得调剂", "调剂金额占比", "≤5%", None),
        ("除政策性增支外不得追加", "追加金额占比", "≤5%", None),
        ("不发生重大安全事故", "一般事故起数", "≤3起", None),
        ("有无违规情况", "违规率", "≤1%", None),
        ("严格控制追加", "追加金额占比", "≤5%", None),
        ("不作调剂", "未调剂项目占比", "100%", None),
        ("结转资金全部编入年初预算", "编入年初预算的结转资金占比", "100%", None),
        ("结转资金全部编入年初预算", "未编入年初预算的结转资金占比", "0%", None),
        ("年中不发生预算追加", "追加资金占部门预算的比例", "0%", None),
        ("不发生无预算采购", "未发生无预算采购的单位占比", "100%", None),
        ("发生预算调剂的，绩效目标同步调整", "同步调整的比例", "100%", None),
        ("支出进度达到序时要求", "9月底预算执行率", "≥75%", None),
        ("基本全部完成", "完成率", "≥95%", None),
        ("结转资金全部编入年初预算", "编入的占比", "无", None),
        ("结转资金全部编入年初预算", "编入的占比", None, None),
        (None, None, "0%", None),
    ],
)
def test_d01(policy, budget, value, expected):
    verdict = value_fits_its_goal(
        {"policy_goal": policy, "budget_goal": budget, "target_value": value}
    )
    told = verdict and (verdict.severity.value if verdict.severity else "error")
    assert (told if isinstance(verdict, Hit) else None) == expected


def test_d01_names_the_goal_and_the_cell(tmp_path):
    first, second = review(tmp_path, values=("0%", "≤5%"))
    assert (first.rule, first.severity, first.field) == ("D01", "error", "target_value")
    assert first.message == "目标是“结转资金全部编入年初预算”，指标值却是“0%”，应为 100%"
    assert (first.cell, second.cell, second.severity) == ("E5", "E6", "warning")


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        ("负责全县林业草原资源管理，组织造林绿化，指导森林防火。", ["D02 B3"]),
        (DUTY, []),
        ("负责林业资源管理，组织造林，年底前完成国土绿化规划编制。", []),
        # Two words of duties, or one that begins with them.
        ("组织造林绿化，指导森林防火。", ["D02 B3"]),
        ("承担全县造林绿化。", ["D02 B3"]),
        ("组织造林绿化。", []),
        ("建设绿色青岚。", []),
        ("无", []),
    ],
)
def test_d02(tmp_path, duty, expected):
    assert [f"{f.rule} {f.cell}" for f in review(tmp_path, duty)] == expected


def test_the_samples(shared_seeds):
    told = [
        f"{f.rule} {f.severity.value} {f.cell}"
        for path in shared_seeds
        for f in validate(path).findings
        if f.rule in ("D01", "D02")
    ]
    assert told == ["D02 info B6", "D01 error E9", "D01 warning E11", "D01 warning E13"]
