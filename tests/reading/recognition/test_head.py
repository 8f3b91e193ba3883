"""The head of a project form: header, funding in all layouts met, goals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.reading.recognition.recognise import find_forms
from perfgoals_xl.reading.sources.shown import shown
from tests.reading.sheets import (
    SHEET,
    Sheet,
    fields,
    lines,
    read_text,
    read_workbook,
    remarks,
    rows_of,
    told,
)

# The layout of a Ningxia form as published, five columns.
FORM = """
2026年云川县水务局部门项目支出预算绩效目标表

(2026年度)

单位：万元

项目名称 | | 渠道清淤项目 | |
主管部门 | | 云川县水务局 | 实施单位 | 云川县灌溉站
项目属性 | | 02-经常性项目 | 项目期 | 3年
项目总额 | | 300.5 | 其中：年度资金总额 | 120.123456
其中：本级资金 | 资金总额 | 100.123456 | 其中：转移市县（区）资金 | 资金总额 | 20
 | 其中：财政拨款 | 90 | | 其中：中央资金 | 15
 | 其他资金 | 0 | | 自治区资金 | 5
 | 结余结转资金 | 10.123456 | |
年度总体绩效目标 | 清淤渠道30公里，保障春灌用水。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
"""


def test_published_layout(read):
    declaration = read(FORM)
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C7
        supervising_department | 云川县水务局 | C8
        implementing_unit | 云川县灌溉站 | E8
        project_attribute | 02-经常性项目 | C9
        project_period | 3年 | E9
        total_amount | 300.5 | C10
        annual_amount | 120.123456 | E10
        local_total | 100.123456 | C11
        local_appropriation | 90 | C12
        local_other | 0 | C13
        local_carryover | 10.123456 | C14
        transfer_total | 20 | F11
        transfer_central | 15 | F12
        transfer_regional | 5 | F13
        annual_goal | 清淤渠道30公里，保障春灌用水。 | B15
    """)
    assert declaration.remarks == ()
    record = declaration.projects.records()[0]
    assert record["annual_amount"] == Decimal("120.123456")
    assert record["local_other"] == 0, "a zero is a value"
    assert record["amount_unit"] == "万元"
    assert record["year"] == 2026
    assert record["sheet"] == SHEET
    assert declaration.projects.place(0, "year").cell == "A1"
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | 30公里 | E17")


def test_a_blank_cell_is_none_and_keeps_its_place(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
主管部门 | | 云川县水务局 | 实施单位 |
项目属性 | | | 项目期 |
项目总额 | | 12 | 其中：年度资金总额 |
其中：本级资金 | 资金总额 | 12 | 其中：转移市县（区）资金 | 资金总额
 | 其中：财政拨款 | 12 | | 其中：中央资金
年度总体绩效目标 | | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C1
        supervising_department | 云川县水务局 | C2
        implementing_unit | - | E2
        project_attribute | - | B3
        project_period | - | E3
        total_amount | 12 | C4
        annual_amount | - | E4
        local_total | 12 | C5
        local_appropriation | 12 | C6
        transfer_total | - | F5
        transfer_central | - | F6
        annual_goal | - | B7
    """)
    assert declaration.remarks == ()


def test_second_layout_sum_beside_the_block(read):
    """The block's own row carries its sum again; the parts stand below, one column to the left."""
    declaration = read("""
项目名称 | | 抗旱项目 | |
项目总额 | | 300 | 其中：年度资金总额 |
其中：本级资金 | | 300 | 其中：转移市县（区）资金 |
 | 资金总额 | 300 | 资金总额 |
 | 其中：财政拨款 | 260 | 其中：中央资金 | 7
 | 其他资金 | 40 | 自治区资金 |
 | 结余结转资金 | | |
年度总体绩效目标 | | 保障用水。 | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 送水 | | 30次
""")
    assert fields(declaration) == told("""
        project_name | 抗旱项目 | C1
        total_amount | 300 | C2
        annual_amount | - | E2
        local_total | 300 | C4
        local_appropriation | 260 | C5
        local_other | 40 | C6
        local_carryover | - | C7
        transfer_total | - | E4
        transfer_central | 7 | E5
        transfer_regional | - | E6
        annual_goal | 保障用水。 | C8
    """)
    assert declaration.remarks == ()


def test_plain_national_layout_without_blocks(read):
    declaration = read("""
项目支出绩效目标表
（2026年度）
项目名称 | 农田灌溉项目 | |
主管部门及代码 | 云川县水务局 | 实施单位 | 灌溉站
项目资金\\n（万元） | 年度资金总额： | 55.5 |
 | 其中：财政拨款 | 50 |
 | 其他资金 | 5.5 |
总体目标 | 灌溉面积1万亩。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 灌溉面积 | 1万亩
""")
    assert fields(declaration) == told("""
        project_name | 农田灌溉项目 | B3
        supervising_department | 云川县水务局 | B4
        implementing_unit | 灌溉站 | D4
        annual_amount | 55.5 | C5
        local_appropriation | 50 | C6
        local_other | 5.5 | C7
        annual_goal | 灌溉面积1万亩。 | B8
    """)
    assert declaration.amount_unit == "万元"


def test_blocks_one_below_the_other(read):
    declaration = read("""
项目名称 | 农田灌溉项目 |
项目总额 | 80 |
年度资金总额 | 55.5 |
本级资金 | 资金总额 | 50
 | 财政拨款 | 45
 | 其他资金 | 5
 | 结余结转资金 | 0
转移市县（区）资金 | 资金总额 | 5.5
 | 中央资金 | 5
 | 自治区资金 | 0.5
年度总体绩效目标 | 灌溉面积1万亩。 |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 灌溉面积 | 1万亩
""")
    assert fields(declaration) == told("""
        project_name | 农田灌溉项目 | B1
        total_amount | 80 | B2
        annual_amount | 55.5 | B3
        local_total | 50 | C4
        local_appropriation | 45 | C5
        local_other | 5 | C6
        local_carryover | 0 | C7
        transfer_total | 5.5 | C8
        transfer_central | 5 | C9
        transfer_regional | 0.5 | C10
        annual_goal | 灌溉面积1万亩。 | B11
    """)


def test_block_that_states_only_its_own_sum(read):
    declaration = read("""
项目名称 | 农田灌溉项目 | |
项目总额 | 80 | 年度资金总额 | 55.5
本级资金 | 50 | 转移市县(区)资金 | 5.5
年度总体绩效目标 | 灌溉面积1万亩。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 灌溉面积 | 1万亩
""")
    assert fields(declaration, 0, "annual_amount", "local_total", "transfer_total") == told("""
        annual_amount | 55.5 | D2
        local_total | 50 | B3
        transfer_total | 5.5 | D3
    """)


LABELLED = """
{name} | | 渠道清淤项目 | |
{total} | | 30 | {annual} | 20
{goal} | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
"""


@pytest.mark.parametrize(
    ("name", "total", "annual", "goal"),
    [
        ("项目名称", "项目总额", "年度资金总额", "年度总体绩效目标"),
        ("项 目 名 称", "项目 总额", "其中： 年度资金总额", "年度总体 绩效目标"),
        ("项目名称：", "项目总额:", "其中:年度资金总额：", "年度总体绩效目标："),
        ("*项目名称", "＊项目总额", "*其中：年度资金总额", "★年度总体绩效目标"),
        ("项目名称*", "项目总额（必填）", "年度资金总额(必填)", "年度总体绩效目标（必填）"),
        (
            "<b>项目名称</b>",
            "<p>项目总额</p>",
            "<b>其中: 年度资金总额</b>",
            "<b>年度总体 绩效目标</b>",
        ),
        ("项目名称　", "　项目总额", "年度资金总额（万元）", "年度目标"),
        ("项目名称", "项目总额（单位：万元）", "年度资金总额(万元)：", "年度绩效目标"),
        ("1.项目名称", "2.项目总额", "3、年度资金总额", "4.年度总体绩效目标"),
        ("项目\\n名称", "项目\\n总额", "其中：\\n年度资金总额", "年度\\n总体\\n绩效\\n目标"),
    ],
)
def test_spellings_of_labels(read, name, total, annual, goal):
    declaration = read(LABELLED.format(name=name, total=total, annual=annual, goal=goal))
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C1
        total_amount | 30 | C2
        annual_amount | 20 | E2
        annual_goal | 清淤渠道30公里。 | B3
    """)
    assert declaration.amount_unit == "万元"


def test_other_column_positions(tmp_path):
    """The same form further down and further right, with inserted columns and rows."""
    table = """
项目名称 | | | 渠道清淤项目 | | | |

主管部门 | | | 云川县水务局 | | 实施单位 | | 云川县灌溉站

项目总额 | | | 30 | | 年度资金总额 | | 20

年度总体绩效目标 | | | 清淤渠道30公里。 | | | |

一级指标 | | 二级指标 | 三级指标 | | | | 指标值
产出指标 | | 数量指标 | 清淤长度 | | | | 30公里
"""
    declaration = read_workbook(tmp_path, Sheet(table, at="D6"))
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | G6
        supervising_department | 云川县水务局 | G8
        implementing_unit | 云川县灌溉站 | K8
        total_amount | 30 | G10
        annual_amount | 20 | K10
        annual_goal | 清淤渠道30公里。 | G12
    """)
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | 30公里 | K15")


def test_merged_labels_and_values(tmp_path):
    """A value starts behind the merged area of its label."""
    table = """
项目名称 | | 渠道清淤项目 | | |
主管部门 | | | | 实施单位 |
项目总额 | | 30 | | 年度资金总额 | 20
年度总体绩效目标 | | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | | 指标值
产出指标 | 数量指标 | 清淤长度 | | | 30公里
"""
    merges = ("A1:B1", "C1:F1", "A2:B2", "C2:D2", "A3:B3", "C3:D3", "A4:B4", "C4:F4", "C5:E5")
    declaration = read_workbook(tmp_path, Sheet(table, merges=merges))
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C1
        supervising_department | - | C2
        implementing_unit | - | F2
        total_amount | 30 | C3
        annual_amount | 20 | F3
        annual_goal | 清淤渠道30公里。 | C4
    """)


def test_text_one_row_below_its_label_is_taken(read):
    declaration = read("""
项目名称 | | | |
 | | 渠道清淤项目 | |
主管部门 | | 云川县水务局 | 实施单位 |
 | | | | 云川县灌溉站
项目总额 | | 30 | 年度资金总额 | 20
年度总体绩效目标 | | | |
 | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | C2
        supervising_department | 云川县水务局 | C3
        implementing_unit | 云川县灌溉站 | E4
        total_amount | 30 | C5
        annual_amount | 20 | E5
        annual_goal | 清淤渠道30公里。 | B7
    """)


def test_amount_one_row_below_its_label_is_said_and_not_taken(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
项目总额 | | 100 | 其中：年度资金总额 |
 | | | | 100
其中：本级资金 | 资金总额 | 100 | 其中：转移市县（区）资金 | 资金总额
 | 其中：财政拨款 | 100 | | 其中：中央资金
年度总体绩效目标 | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration, 0, "total_amount", "annual_amount", "local_total") == told("""
        total_amount | 100 | C2
        annual_amount | - | E2
        local_total | 100 | C4
    """)
    assert remarks(declaration) == ["E3 | 100 | annual_amount | 0"]
    remark = declaration.remarks[0]
    assert remark.place.sheet == SHEET
    assert remark.text


def test_lone_amount_below_two_blank_amounts_is_not_taken(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
项目总额 | | | 其中：年度资金总额 |
 | | | | 100
其中：本级资金 | 资金总额 | 100 | 其中：转移市县（区）资金 | 资金总额
年度总体绩效目标 | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration, 0, "total_amount", "annual_amount") == told("""
        total_amount | - | B2
        annual_amount | - | E2
    """)
    assert remarks(declaration) == ["E3 | 100 | annual_amount | 0"]


def test_values_below_a_row_of_labels(read):
    declaration = read("""
项目名称 | 主管部门 | 实施单位 | 项目属性
渠道清淤项目 | 云川县水务局 | 灌溉站 | 经常性项目
项目总额 | 年度资金总额 | 财政拨款 | 其他资金
30 | 20 | 15 |
年度总体绩效目标 | | |
清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | A2
        supervising_department | 云川县水务局 | B2
        implementing_unit | 灌溉站 | C2
        project_attribute | 经常性项目 | D2
        total_amount | 30 | A4
        annual_amount | 20 | B4
        local_appropriation | 15 | C4
        local_other | - | D4
        annual_goal | 清淤渠道30公里。 | A6
    """)
    assert declaration.remarks == ()


def test_goal_spread_over_several_cells(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
年度总体绩效目标 | 目标1： | 清淤渠道30公里。 |
 | 目标2： | 维修闸门5座。 |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    goal = declaration.projects.records()[0]["annual_goal"]
    assert goal.split() == ["目标1：", "清淤渠道30公里。", "目标2：", "维修闸门5座。"]
    assert declaration.remarks == ()


def test_second_text_behind_one_label_is_said(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | （一期） |
年度总体绩效目标 | | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration, 0, "project_name") == ["project_name | 渠道清淤项目 | C1"]
    assert remarks(declaration) == ["D1 | （一期） | project_name | 0"]


def test_second_amount_behind_one_label_is_said(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | | |
项目总额 | | 100 | 其中：年度资金总额 | 60 | 40
年度总体绩效目标 | 清淤渠道30公里。 | | | |
一级指标 | 二级指标 | 三级指标 | | | 指标值
产出指标 | 数量指标 | 清淤长度 | | | 30公里
""")
    assert fields(declaration, 0, "annual_amount") == ["annual_amount | 60 | E2"]
    assert remarks(declaration) == ["F2 | 40 | annual_amount | 0"]


def test_amount_without_any_label_is_said(read):
    declaration = read("""
项目名称 | | 渠道清淤项目 | |
项目总额 | | 100 | 其中：年度资金总额 | 60
 | 77 | | |
本级资金 | 资金总额 | 60 | |
年度总体绩效目标 | 清淤渠道30公里。 | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration, 0, "total_amount", "annual_amount", "local_total") == told("""
        total_amount | 100 | C2
        annual_amount | 60 | E2
        local_total | 60 | C4
    """)
    assert remarks(declaration) == ["B3 | 77 | - | 0"]


def test_numbers_as_text_and_as_numbers(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | |
项目总额 | 1,234.5 | 年度资金总额 |
本级资金 | 资金总额 | ６００．５ |
 | 财政拨款 | 600.5万元 |
 | 其他资金 | 待定 |
 | 结余结转资金 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
"""
    sheet = Sheet(table, cells={"D2": 600.1 + 0.2, "C6": 0})
    declaration = read_workbook(tmp_path, sheet)
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | B1
        total_amount | 1234.5 | B2
        annual_amount | 600.3 | D2
        local_total | 600.5 | C3
        local_appropriation | 600.5 | C4
        local_other | 待定 | C5
        local_carryover | 0 | C6
        annual_goal | 清淤渠道30公里。 | B7
    """)
    record = declaration.projects.records()[0]
    for name in ("total_amount", "annual_amount", "local_total", "local_carryover"):
        assert isinstance(record[name], Decimal), name
    assert record["local_other"] == "待定", "what is no amount stays as it was typed"


@pytest.mark.parametrize(
    ("title", "label", "unit"),
    [
        ("单位：元", "项目总额", "元"),
        ("单位:万元", "项目总额", "万元"),
        ("单位： 万 元", "项目总额", "万元"),
        ("（单位：元）", "项目总额", "元"),
        ("金额单位：元", "项目总额", "元"),
        ("", "项目总额（元）", "元"),
        ("", "项目总额(单位：元)", "元"),
        ("", "项目总额（万元）", "万元"),
        ("", "项目总额", "万元"),
    ],
)
def test_unit_of_the_form(read, title, label, unit):
    declaration = read(f"""
2026年项目支出绩效目标表 | | |
{title} | | |
项目名称 | 渠道清淤项目 | |
{label} | 300000 | 年度资金总额 | 200000
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "total_amount", "annual_amount") == told("""
        total_amount | 300000 | B4
        annual_amount | 200000 | D4
    """)
    assert declaration.projects.records()[0]["amount_unit"] == unit
    assert declaration.amount_unit == unit


def test_unit_at_the_right_margin(read):
    declaration = read("""
2026年项目支出绩效目标表 | | |
编制单位：云川县水务局 | | | 单位：元
项目名称 | 渠道清淤项目 | |
项目总额 | 300000 | 年度资金总额 | 200000
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert declaration.amount_unit == "元"
    assert declaration.year == 2026


def test_amount_that_names_another_unit_is_converted(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
项目总额 | 250000元 | 年度资金总额 | 20万元
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "total_amount", "annual_amount") == told("""
        total_amount | 25 | B2
        annual_amount | 20 | D2
    """)


def test_start_and_end_date(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
项目开始日期 | 2026年3月 | 项目结束日期 | 2027年12月
年度资金总额 | 20 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "project_period") == told(
        "project_period | 2026年3月至2027年12月 | B2"
    )


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [("2026-03-01", "", "2026-03-01"), ("", "2027-12-31", "2027-12-31"), ("", "", "-")],
)
def test_start_or_end_date_missing(read, start, end, period):
    declaration = read(f"""
项目名称 | 渠道清淤项目 | |
开始日期 | {start} | 结束日期 | {end}
年度资金总额 | 20 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
""")
    assert fields(declaration, 0, "project_period") == [f"project_period | {period} | B2"]


def test_goal_over_several_rows(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | |
年度资金总额 | 20 | |
年度总体绩效目标 | 目标1：清淤渠道30公里。 | |
 | 目标2：维修闸门5座。 | |
 | 目标3：保障春灌用水。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
"""
    goal = "目标1：清淤渠道30公里。\n目标2：维修闸门5座。\n目标3：保障春灌用水。"
    for declaration in (
        read_text(tmp_path, table),
        read_workbook(tmp_path, Sheet(table, merges=("A3:A5", "B3:D3", "B4:D4", "B5:D5"))),
    ):
        assert declaration.projects.records()[0]["annual_goal"] == goal
        assert declaration.projects.place(0, "annual_goal").cell == "B3"


def test_goal_below_its_label_across_the_form(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
年度资金总额 | 20 | |
年度总体绩效目标 | | |
清淤渠道30公里，维修闸门5座。 | | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "annual_goal") == told(
        "annual_goal | 清淤渠道30公里，维修闸门5座。 | A4"
    )


def test_goals_of_the_period_and_of_the_year_side_by_side(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
项目总额 | 60 | 年度资金总额 | 20
总体目标 | 中期目标（2026年—2028年） | | 年度目标
 | 清淤渠道90公里。 | | 清淤渠道30公里。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "period_goal", "annual_goal") == told("""
        period_goal | 清淤渠道90公里。 | B4
        annual_goal | 清淤渠道30公里。 | D4
    """)


def test_goals_of_the_period_and_of_the_year_one_below_the_other(read):
    declaration = read("""
项目名称 | 渠道清淤项目 | |
项目总额 | 60 | 年度资金总额 | 20
项目期总体绩效目标 | 清淤渠道90公里。 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration, 0, "period_goal", "annual_goal") == told("""
        period_goal | 清淤渠道90公里。 | B3
        annual_goal | 清淤渠道30公里。 | B4
    """)


def test_label_and_value_in_one_cell(read):
    declaration = read("""
项目名称：渠道清淤项目 | | | |
主管部门：云川县水务局 | | 实施单位：云川县灌溉站 | |
项目属性：经常性项目 | | 项目期：1年 | |
项目总额（万元）：30 | | 年度资金总额：20 | |
年度总体绩效目标：清淤渠道30公里。 | | | |
一级指标 | 二级指标 | 三级指标 | | 指标值
产出指标 | 数量指标 | 清淤长度 | | 30公里
""")
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | A1
        supervising_department | 云川县水务局 | A2
        implementing_unit | 云川县灌溉站 | C2
        project_attribute | 经常性项目 | A3
        project_period | 1年 | C3
        total_amount | 30 | A4
        annual_amount | 20 | C4
        annual_goal | 清淤渠道30公里。 | A5
    """)


def test_goal_that_begins_with_its_own_label(read):
    declaration = read("""
项目名称 | 项目名称：渠道清淤项目 | |
年度资金总额 | 20 | |
年度总体绩效目标 | 绩效目标: 一是清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration) == told("""
        project_name | 项目名称：渠道清淤项目 | B1
        annual_amount | 20 | B2
        annual_goal | 绩效目标: 一是清淤渠道30公里。 | B3
    """)


def test_remarks_and_checks_beside_the_form_are_not_its_own(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | | | | 经办说明
项目总额 | 30 | 年度资金总额 | | | 20
年度总体绩效目标 | | | | | 待领导审定
一级指标 | 二级指标 | 三级指标 | 指标值 | | 校验
产出指标 | 数量指标 | 清淤长度 | 30公里 | | 正确
"""
    declaration = read_workbook(tmp_path, table)
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | B1
        total_amount | 30 | B2
        annual_amount | - | D2
        annual_goal | - | B3
    """)
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | 30公里 | D5")


def test_labels_inside_a_goal_text_are_no_labels(read):
    goal = "一是明确主管部门、实施单位职责；二是年度资金总额20万元按时支付；三是完成绩效目标。"
    declaration = read(f"""
项目名称 | 渠道清淤项目 | |
年度资金总额 | 20 | |
年度总体绩效目标 | {goal} | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert fields(declaration) == told(f"""
        project_name | 渠道清淤项目 | B1
        annual_amount | 20 | B2
        annual_goal | {goal} | B3
    """)


def test_texts_are_kept_as_typed(read):
    declaration = read("""
项目名称 | <b>渠道清淤项目</b> | |
年度资金总额 | 20 | |
年度总体绩效目标 | <p>清淤渠道３０公里，(含支渠）。</p> | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥３０公里
""")
    assert fields(declaration) == told("""
        project_name | <b>渠道清淤项目</b> | B1
        annual_amount | 20 | B2
        annual_goal | <p>清淤渠道３０公里，(含支渠）。</p> | B3
    """)
    assert lines(declaration) == told("产出指标 数量指标 - | 清淤长度 | ≥３０公里 | D5")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("项目日期", "project_period"),
        ("项目起止时间", "project_period"),
        ("项目类型", "project_attribute"),
        ("主管单位", "supervising_department"),
        ("项目单位", "implementing_unit"),
        ("项目资金总额", "total_amount"),
        ("年度预算总额", "annual_amount"),
    ],
)
def test_local_labels(read, label, name):
    value = "45" if name.endswith("amount") else "填写内容"
    declaration = read(f"""
项目名称 | 渠道清淤项目 | |
{label} | {value} | |
年度总体绩效目标 | 清淤渠道30公里。 | |
""")
    assert fields(declaration, 0, name) == [f"{name} | {value} | B2"]


def test_department_label_of_the_project_form_is_not_a_department_form(read):
    """部门名称 above 项目名称 on a project's own form does not start a form of the department."""
    declaration = read("""
部门名称 | 云川县水务局 | |
项目名称 | 渠道清淤项目 | |
年度资金总额 | 20 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
""")
    assert len(declaration.projects) == 1
    assert len(declaration.department_goals) == 0


OTHER = """
项目名称 | 渠道清淤项目 | 项目编码 | 6401
主管部门 | | 联系人 | 站长
实施单位 | | 联系电话：0000 |
项目总额 | | 上年执行数 | 17
年度资金总额 | 20 | |
立项依据 | 县政府专题会议纪要 | |
年度总体绩效目标 | 清淤渠道30公里。 | |
备注 | 分两期实施 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
"""


def test_labels_that_the_declaration_has_no_field_for(read):
    """Neither they nor their values are the value of the label beside or above them."""
    declaration = read(OTHER)
    assert fields(declaration) == told("""
        project_name | 渠道清淤项目 | B1
        supervising_department | - | B2
        implementing_unit | - | B3
        total_amount | - | B4
        annual_amount | 20 | B5
        annual_goal | 清淤渠道30公里。 | B7
    """)
    assert declaration.remarks == ()


def test_headings_inside_a_goal_are_its_text(read):
    goal = """年度总体绩效目标 | 主要内容 | 清淤渠道30公里。 |
 | 保障措施 | 专人负责。 |
 | 项目概况：沿用上年。 | |
立项依据 | 县政府专题会议纪要 | |
"""
    declaration = read(OTHER.replace("年度总体绩效目标 | 清淤渠道30公里。 | |\n", goal))
    (project,) = declaration.projects.records()
    assert project["annual_goal"].split() == [
        "主要内容", "清淤渠道30公里。", "保障措施", "专人负责。", "项目概况：沿用上年。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plain", "label"),
    [
        ("主管部门", "预算部门"),
        ("主管部门", "预算部门："),
        ("实施单位", "执行单位"),
        ("实施单位", "使用部门"),
        ("实施单位", "承担部门"),
    ],
)
def test_department_and_unit_under_other_words(read, plain, label):
    assert fields(read(FORM.replace(f"{plain} |", f"{label} |"))) == fields(read(FORM))


@pytest.mark.parametrize(
    ("plain", "label"), [("主管部门", "预算部门意见"), ("实施单位", "使用部门意见")]
)
def test_an_opinion_is_no_department_and_no_unit(read, plain, label):
    assert fields(read(FORM.replace(f"{plain} |", f"{label} |"))) != fields(read(FORM))


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("二○二六年一月至十二月", "二○二六年一月至十二月"),
        ("2026年1月1日-2026年12月31日（ ）", "2026年1月1日-2026年12月31日（ ）"),
        ("□一年 □三年", "□一年 □三年"),
        ("□一年 ☑三年", "三年"),
    ],
)
def test_a_period_is_never_lost_to_its_boxes(read, said, period):
    declaration = read(f"""
项目支出绩效目标申报表 | | |
项目名称 | 渠道清淤项目 | 项目期 | {said}
主管部门 | 石桥县水务局 | |
年度资金总额 | 12 | |
年度目标 | 清淤6公里。 | |
""")
    assert declaration.projects.records()[0]["project_period"] == period


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (20210301.0, 20211231.0, "20210301到20211231"),
        (2021.0, "2022年", "2021到2022年"),
        ("2021年", 2022, "2021年到2022"),
        (2021.5, 2022.0, "2021.5到2022"),
    ],
)
def test_a_number_joined_with_text_is_as_shown(first, last, period):
    # An .xls holds every number as a float.
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 长度 | ≥6公里\n"
    head = "项目名称 | 清淤\n项目期 | x | 到 | x\n年度目标 | 清淤。\n"
    grid = Grid("表", rows_of(head + table), shown=lambda row, column, value: shown(value, ""))
    grid.rows[1] = ["项目期", first, "到", last]
    (form,) = find_forms(grid)
    assert form.entries["project_period"].value == period


@pytest.mark.parametrize(
    ("line", "above", "unit"),
    [
        ("预算单位 | | 县水务局 | 实施单位 | 县灌溉站", "县水务局", "县灌溉站"),
        ("预算单位名称 | | 县水务局 | 项目实施单位 | 县灌溉站", "县水务局", "县灌溉站"),
        ("实施单位 | | 县灌溉站 | 预算单位（盖章） | 县水务局", "县水务局", "县灌溉站"),
        ("主管部门 | | 县水务局 | 预算单位 | 县灌溉站", "县水务局", "县灌溉站"),
        ("预算单位 | | 县灌溉站 | 项目类别 | 经常性", None, "县灌溉站"),
        ("项目单位 | | 县灌溉站 | 填报单位 | 县水务局", None, "县灌溉站"),
    ],
)
def test_the_unit_with_the_budget_beside_another(read, line, above, unit):
    own = "主管部门 | | 云川县水务局 | 实施单位 | 云川县灌溉站"
    assert own in FORM
    project = read(FORM.replace(own, line)).projects.records()[0]
    assert (project["supervising_department"], project["implementing_unit"]) == (above, unit)
