"""Labels with one wrong character, whose value stands in the same cell."""

from __future__ import annotations

import pytest

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.labels import misspelt_role, misspelt_text
from perfgoals_xl.reading.recognition.recognise import find_forms
from tests.reading.sheets import rows_of

OUTLINE = """项目支出绩效目标表
2025年度
{name}：职业技能培训补贴
{department}：河湾市人社局
{unit}：河湾市就业中心
年度预算申请：237.9万元
{goal}：面向失业人员开展技能培训。
一、产出指标
（一）数量指标
1.培训人数：≥607人次
（二）质量指标
1.培训合格率：≥93%
二、满意度指标
（一）服务对象满意度指标
1.参训学员满意度：≥92%
"""
RIGHT = {
    "name": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "goal": "年度绩效目标",
}
FIELDS = {
    "name": ("project_name", "职业技能培训补贴"),
    "department": ("supervising_department", "河湾市人社局"),
    "unit": ("implementing_unit", "河湾市就业中心"),
    "goal": ("annual_goal", "面向失业人员开展技能培训。"),
}


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("name", "项目名秤"),
        ("name", "顶目名称"),
        ("department", "主管部们"),
        ("unit", "实施单立"),
        ("goal", "年度绩效目彪"),
    ],
)
def test_it_is_read_and_told(part, written):
    text = OUTLINE.format(**{**RIGHT, part: written})
    [form] = find_forms(Grid("表", rows_of(text)))
    assert len(form.lines) == 3
    assert {name: form.entries[name].value for name, _ in FIELDS.values()} == dict(FIELDS.values())
    told = [stray for stray in form.inferred if stray.kind is RemarkKind.READ_AS]
    assert [(stray.text, str(stray.value).startswith(written)) for stray in told] == [
        (f"按“{RIGHT[part]}”读取", True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目名单：甲、乙",
        "主管部长：某某",
        "实施单价：3元",
        "年度绩效指标：培训人数",
        "季度绩效目标：做完",
        "项目名秤：",
        "某项目名秤是：甲",
        "联系电活：0470",
    ],
)
def test_another_word_is_none(text):
    assert misspelt_text(text) is None


@pytest.mark.parametrize("label", ["主管部长", "实施单价", "年度绩效指标", "项目名单", "项目总数"])
def test_nor_alone(label):
    assert misspelt_role(label) is None
