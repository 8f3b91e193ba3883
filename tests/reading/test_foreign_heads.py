"""Heads of forms as other places print them: each value under the label that it belongs to."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import fields, read_text, read_workbook, told

TITLE = "项目支出绩效目标表（2026年度）\n"
TABLE = """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | 质量指标 | 验收合格率 | ≥98%
"""
NAMED = "项目名称 | 渠道清淤 | 主管部门 | 石桥县水务局\n"
GOAL = "年度目标 | 清淤6公里。\n"


def head_fields(declaration):
    """The fields that hold something, without where they stand."""
    found = [line.rsplit(" | ", 1)[0] for line in fields(declaration)]
    return [line for line in found if not line.endswith(" | -")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "项目名称：渠道清淤    项目属性：经常性项目\n"
            "主管部门：石桥县水务局　　实施单位：灌区站\n",
            """
            project_name | 渠道清淤
            supervising_department | 石桥县水务局
            implementing_unit | 灌区站
            project_attribute | 经常性项目
            """,
        ),
        (
            "项目名称：渠道清淤；主管部门：石桥县水务局；实施单位：灌区站\n预算金额（元）：120000\n",
            """
            project_name | 渠道清淤
            supervising_department | 石桥县水务局
            implementing_unit | 灌区站
            annual_amount | 120000
            """,
        ),
        (
            "项 目 名 称：渠道清淤 主 管 部 门：石桥县水务局 实 施 单 位：灌区站\n",
            """
            project_name | 渠道清淤
            supervising_department | 石桥县水务局
            implementing_unit | 灌区站
            """,
        ),
        (  # a blank value is the next label's neighbour, and not its own
            "项目名称：渠道清淤\n主管部门：    实施单位：灌区站\n联系人：某人  联系电话：0000\n",
            """
            project_name | 渠道清淤
            implementing_unit | 灌区站
            """,
        ),
        (  # the last label's value may stand in the next cell
            "项目名称：渠道清淤  主管部门： | 石桥县水务局\n"
            "年度资金总额：12万元  其中：财政拨款：10万元  其他资金：2万元\n",
            """
            project_name | 渠道清淤
            supervising_department | 石桥县水务局
            annual_amount | 12
            local_appropriation | 10
            local_other | 2
            """,
        ),
        (  # colons that part no labels
            "项目名称：渠道清淤（二期：主渠）\n主管部门：石桥县水务局，联系：办公室\n",
            """
            project_name | 渠道清淤（二期：主渠）
            supervising_department | 石桥县水务局，联系：办公室
            """,
        ),
    ],
)
@pytest.mark.parametrize("read", [read_text, read_workbook])
def test_several_labels_in_one_cell(tmp_path, read, head, expected):
    declaration = read(tmp_path, TITLE + head + GOAL + TABLE)
    assert head_fields(declaration) == [*told(expected), "annual_goal | 清淤6公里。"]
    assert len(declaration.indicators) == 2


def test_a_goal_reaches_to_the_end_of_its_cell(tmp_path):
    goal = "年度目标：清淤6公里，要求：全部完工；预算资金：12万元"
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{goal}\n{TABLE}")
    assert fields(declaration, 0, "annual_goal", "annual_amount") == [
        f"annual_goal | {goal.removeprefix('年度目标：')} | A3"
    ]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("二〇二六年度项目支出绩效目标表", 2026),
        ("项目支出绩效目标表（2026）", 2026),
        ("2026—2028年项目绩效目标表", 2026),
        ("项目绩效目标表\n预算年度 | 2026", 2026),
        ("项目绩效目标表\n申报年度：2026", 2026),
        ("财预〔2025〕83号附件 项目绩效目标表", None),
    ],
)
def test_the_year_of_a_form(tmp_path, title, year):
    declaration = read_workbook(tmp_path, f"{title}\n{NAMED}{GOAL}{TABLE}")
    assert declaration.year == year
    assert [r.text for r in declaration.account] == []


def test_the_year_of_a_form_that_names_none(tmp_path):
    (tmp_path / "绩效目标_2026.txt").write_text(
        f"项目支出绩效目标表\n{NAMED}{GOAL}{TABLE}".replace(" | ", "\t"), encoding="utf-8"
    )
    assert load_declaration(tmp_path / "绩效目标_2026.txt").year == 2026


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("项目类型 | □新增 ☑延续", "延续"),
        ("项目属性 | 新增项目□ | 延续项目■", "延续项目"),
        ("项目属性 | □新增 | ☑ | 延续", "延续"),
        ("项目性质：1.新增（ ）2.延续（√）", "延续"),
        ("项目属性 | ☑一次性项目\n项目类别 | √部门职能类 □专项资金类", "一次性项目"),
        ("项目属性 | 延续性项目", "延续性项目"),
        ("项目属性 | □新增 □延续", None),
        ("项目属性 | 延续（二期）", "延续（二期）"),
    ],
)
def test_of_a_list_of_choices_the_ticked_one_counts(tmp_path, rows, expected):
    text = f"{TITLE}{NAMED}{rows}\n年度资金总额 | 12\n{GOAL}{TABLE}"
    (project,) = read_workbook(tmp_path, text).projects.records()
    assert project["project_attribute"] == expected
