"""Units that stand in names, lengths of time, and tasks whose figures are told (G04, G06)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate

FORM = """\
项目支出绩效目标申报表
（2026年度）
项目名称|渠道清淤项目
项目总额|12|年度资金总额|12
年度目标|清淤渠道6公里，{goal}。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|渠道清淤长度|≥6公里
{rows}|质量指标|工程验收合格率|≥98%
|成本指标|清淤费用|≤12万元
效益指标|社会效益指标|受益农户|≥300户
满意度指标|服务对象满意度指标|{satisfaction}
"""


def told(tmp_path, goal, *rows, satisfaction="农户满意度|≥95%"):
    path = tmp_path / "申报.txt"
    rows = "".join(f"|{row}\n" for row in rows)
    text = FORM.format(goal=goal, rows=rows, satisfaction=satisfaction)
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    return [
        f"{f.rule} {f.severity.value}" for f in validate(path).findings if f.rule in ("G04", "G06")
    ]


CLASH, LOOSE = ["G04 warning"], ["G04 info"]


@pytest.mark.parametrize(
    ("goal", "row", "expected"),
    [
        ("造林3万亩", "数量指标|造林面积（万亩）|2", CLASH),
        ("造林3万亩", "数量指标|造林面积（万亩）|≥2", CLASH),
        ("造林3万亩", "数量指标|造林面积（单位：亩）|20000", CLASH),
        ("治理退化草原120万亩", "数量指标|退化草原治理面积（万亩）|100", CLASH),
        ("造林3万亩", "数量指标|造林面积（万亩）|3", []),
        ("造林30000亩", "数量指标|造林面积（万亩）|3", []),
        ("造林3万亩", "数量指标|造林面积（单位：亩）|30000", []),
        ("植被盖度提高2个百分点", "质量指标|植被盖度提高（百分点）|≥2", []),
        ("植被盖度提高2个百分点", "质量指标|植被盖度提高（百分点）|≥1", CLASH),
        ("治理草原120万亩", "数量指标|重点区域补播面积（万亩）|100", LOOSE),
        # Days, hours, working days.
        ("全年供餐200天", "数量指标|供餐天数|180天", CLASH),
        ("全年供餐200天", "数量指标|全年供餐天数（天）|180", CLASH),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|90日内", CLASH),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|3个月", CLASH),
        ("设备故障2小时内修复", "时效指标|设备故障修复时间|≤4小时", CLASH),
        ("接到举报后3个工作日内处理", "时效指标|举报处理时限|5个工作日", CLASH),
        ("全年供餐200天", "数量指标|全年供餐天数|200日", []),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|60日内", []),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|2个月", []),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|45日内", []),
        ("设备故障2小时内修复", "时效指标|设备故障修复时间|≤120分钟", []),
        ("提前5天完成闸门维修", "时效指标|闸门维修工期|60天", []),
        ("每10天巡查闸门", "数量指标|闸门巡查天数|30天", []),
        ("不少于200天供餐", "数量指标|供餐天数|≥220天", []),
        ("培训4期，培训5天", "数量指标|培训天数|20天", LOOSE),
        ("5分钟内出警，30分钟内到达现场", "时效指标|到达现场时间|≤30分钟", []),
        ("5分钟内出警，30分钟内到达现场", "时效指标|到达现场时间|≤40分钟", CLASH),
        ("60天内完成闸门维修", "时效指标|泵站维修工期|90日内", []),
        ("60天内完成闸门维修", "时效指标|闸门维修工期|30个工作日", []),
    ],
)
def test_a_figure_and_the_indicator_of_the_same_thing(tmp_path, goal, row, expected):
    assert told(tmp_path, goal, row) == expected


@pytest.mark.parametrize(
    ("satisfaction", "expected"),
    [
        ("群众满意度（%）|≥85", CLASH),
        ("群众满意度（%）|≥90", []),
        ("群众满意度（%）|≥95", []),
        ("群众满意度|≥85%\n||职工满意度|≥90%", CLASH),
        ("群众满意度|≥90%\n||职工满意度|≥85%", []),
        ("群众满意度|≥85%\n||职工满意度|≥80%", CLASH),
        ("游客满意度|≥85%\n||职工满意度|≥80%", LOOSE),
    ],
)
def test_satisfaction_with_its_unit_in_the_name(tmp_path, satisfaction, expected):
    goal = "群众满意度达到90%以上"
    assert told(tmp_path, goal, satisfaction=satisfaction) == expected


LIST = "一是维修闸门4座；二是培训管水员300人；三是印制宣传手册"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A figure that differs is told of it, and no task besides.
        (["数量指标|管水员培训人数|200人"], ["G04 warning", "G06 info"]),
        (["数量指标|管水员培训人数|300人"], ["G06 info"]),
        # A task that nothing takes up is told once, with its figure.
        ([], ["G06 info"]),
    ],
)
def test_nothing_is_told_twice(tmp_path, rows, expected):
    assert told(tmp_path, LIST, *rows) == expected
