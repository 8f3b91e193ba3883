"""Goal and indicator that name one thing in other words, and things that only look alike (G04)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|公共事业补助项目
项目总额|12|年度资金总额|12
年度目标|{goal}。
一级指标|二级指标|三级指标|指标值
产出指标|{rows}
|成本指标|公共事业补助|≤12万元
满意度指标|服务对象满意度指标|居民满意度|≥95%
"""


def told(tmp_path, goal, *rows):
    path = tmp_path / "申报.txt"
    text = FORM.format(goal=goal, rows="\n|".join(rows))
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    return [(f.severity.value, f.message) for f in validate(path).findings if f.rule == "G04"]


@pytest.mark.parametrize(
    ("goal", "rows"),
    [
        # A word put in on one side.
        ("改造义务教育学校6所", ["数量指标|改造学校数量|7所"]),
        ("改造学校6所", ["数量指标|改造义务教育学校数量|7所"]),
        ("新建、改造学校6所", ["数量指标|新建改造寄宿制学校数|≥7所"]),
        ("新建公厕12座", ["数量指标|乡镇公厕新建数量|10座"]),
        ("新建12座乡镇公厕", ["数量指标|公厕新建数量|10座"]),
        ("为村级卫生室配备诊疗设备30台", ["数量指标|配备村级卫生室诊疗设备数|25台"]),
        ("铺设供热二级管网3.6公里", ["数量指标|铺设供热管网长度|4公里"]),
        ("栽植行道树800株", ["数量指标|栽植城区道路行道树|900株"]),
        ("建设高标准农田2万亩", ["数量指标|高效节水高标准农田建设面积|1.8万亩"]),
        # Others of the unit beside it.
        ("新建公厕3座，改造垃圾中转站2座",
         ["数量指标|新建公厕数量|3座", "|改造镇区垃圾中转站数量|4座"]),
        # The verb of an enumeration.
        ("放流中国对虾苗3亿尾、梭子鱼苗2000万尾",
         ["数量指标|放流中国对虾苗数量|3亿尾", "|放流梭子鱼苗数量|1500万尾"]),
        ("购置巡逻车6辆、电动自行车20辆",
         ["数量指标|购置巡逻车数量|6辆", "|购置电动自行车数量|18辆"]),
        ("维修渠道4公里、田间道路7公里",
         ["数量指标|维修渠道长度|4公里", "|维修田间道路长度|9公里"]),
        # A rate with words before it.
        ("推荐就业率达到85%以上", ["质量指标|培训后推荐就业率|≥80%"]),
        ("苗木成活率达到90%", ["质量指标|当年栽植苗木成活率|≥85%"]),
        ("培训合格率95%以上", ["质量指标|参训人员培训合格率|≥90%"]),
        ("规范化电子病历建档率达到75%", ["质量指标|电子病历建档率|≥70%"]),
        ("群众安全感不低于98%", ["质量指标|辖区群众安全感|≥95%"]),
        # More of a kind than of all.
        ("培训基层兽医150人", ["数量指标|培训兽医人数|120人"]),
        ("培训兽医100人", ["数量指标|培训基层兽医人数|120人"]),
    ],
)  # fmt: skip
def test_one_thing_with_two_figures(tmp_path, goal, rows):
    assert [severity for severity, _ in told(tmp_path, goal, *rows)] == ["warning"]


@pytest.mark.parametrize(
    ("goal", "rows"),
    [
        # Other heads of the noun.
        ("放流三疣梭子蟹苗20万只", ["数量指标|放流对虾苗数量|2000只"]),
        ("放流三疣梭子蟹苗20万只", ["数量指标|放流中国对虾苗数量|2000只"]),
        ("回收农膜30吨", ["数量指标|回收秸秆|40吨"]),
        ("采购消防水带90条", ["数量指标|采购消防水枪|80条"]),
        ("修建学校塑胶操场8个", ["数量指标|学校数量|5个"]),
        ("栽植苹果苗木300株", ["数量指标|栽植云杉苗木|200株"]),
        ("学生体质达标率90%", ["质量指标|教师学历达标率|≥85%"]),
        ("毕业生就业率达到90%", ["质量指标|残疾人就业率|≥50%"]),
        ("5G网络覆盖率90%", ["质量指标|森林覆盖率|≥35%"]),
        # Something else is done to it.
        ("新建公厕6座", ["数量指标|维护公厕数量|9座"]),
        ("排查老旧房屋800栋", ["数量指标|加固老旧房屋|90栋"]),
        # Some of the people only.
        ("培训骨干教师50人", ["数量指标|培训教师人数|200人"]),
        ("其中改造寄宿制学校2所", ["数量指标|改造学校数量|7所"]),
        # Two that it may be.
        ("改造学校6所", ["数量指标|改造小学学校数量|3所", "|改造初中学校数量|2所"]),
        # No indicator of it.
        ("改造校舍32万平方米", ["数量指标|改造操场面积|2万平方米"]),
        # Parts that an indicator takes together.
        ("改造小学4所、初中3所、幼儿园2所", ["数量指标|改造中小学校数量|7所"]),
    ],
)  # fmt: skip
def test_other_things_are_not_compared(tmp_path, goal, rows):
    assert "warning" not in [severity for severity, _ in told(tmp_path, goal, *rows)]


@pytest.mark.parametrize(
    ("goal", "rows"),
    [
        ("改造义务教育学校7所", ["数量指标|改造学校数量|7所"]),
        ("改造学校不少于6所", ["数量指标|改造义务教育学校数量|7所"]),
        ("改造小学4所、初中3所", ["数量指标|改造学校数量|7所"]),
        ("推荐就业率达到80%以上", ["质量指标|培训后推荐就业率|≥85%"]),
        ("已改造学校6所，今年改造义务教育学校7所", ["数量指标|改造学校数量|7所"]),
    ],
)
def test_what_agrees_is_quiet(tmp_path, goal, rows):
    assert told(tmp_path, goal, *rows) == []
