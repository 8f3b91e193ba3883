"""The department's own table: its terms are in no taxonomy, its goals may be blank."""

from __future__ import annotations

import pytest

from tests.reading.sheets import Sheet, goals, read_workbook, remarks, told

HEAD = """
2026年云川县水务局部门整体支出预算绩效目标表
部门名称及代码 | 云川县水务局（215001） | | | |
部门职责绩效目标 | 负责水资源管理和农村供水。 | | | |
一级指标 | 二级指标 | 三级指标 | | | 备注
 | | 财政政策性绩效目标 | 部门预算绩效目标 | 部门指标值 |
"""
FIRST = "预算编制 | 项目入库 | 项目评审后入库 | 评审项目占比 | 100% |\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("资产管理 | | | 超标准配置数量 | 0台", "资产管理 - | - | 超标准配置数量 | 0台 | E7"),
        ("资产管理 | | 不超标准 | | 0台", "资产管理 - | 不超标准 | - | 0台 | E7"),
        ("资产管理 | | | | 0台", "资产管理 - | - | - | 0台 | E7"),
        ("资产管理 | | | 超标准配置数量 |", "资产管理 - | - | 超标准配置数量 | - | E7"),
        ("资产管理 | 配置 | | | 0台", "资产管理 配置 | - | - | 0台 | E7"),
        ("资产管理 | | | | | 暂缓", "资产管理 - | - | - | - | E7 | 暂缓"),
        (" | 结转编制 | | 编入比例 | 100%", "预算编制 结转编制 | - | 编入比例 | 100% | E7"),
        (" | | | 编入比例 | 100%", "预算编制 项目入库 | - | 编入比例 | 100% | E7"),
        # Level 1 is printed in every row: what stands below it goes on.
        ("预算编制 | | | 编入比例 | 100%", "预算编制 项目入库 | - | 编入比例 | 100% | E7"),
    ],
)
def test_a_row_with_blank_cells_keeps_its_own_level(read, row, expected):
    declaration = read(HEAD + FIRST + row)
    assert goals(declaration)[1:] == [expected]


def test_a_level_one_of_a_single_row_in_a_workbook(tmp_path):
    table = HEAD + FIRST + "资产管理 | | | 超标准配置数量 | 0台\n | 报废 | | 报废处置及时率 | 100%"
    merges = ("A4:A5", "B4:B5", "C4:E4", "F4:F5")
    declaration = read_workbook(tmp_path, Sheet(table, merges=merges))
    assert goals(declaration)[1:] == told("""
        资产管理 - | - | 超标准配置数量 | 0台 | E7
        资产管理 报废 | - | 报废处置及时率 | 100% | E8
    """)
    assert declaration.department_goals.place(1, "level1").cell == "A7"


def test_levels_alone_in_their_rows(read):
    declaration = read(f"""{HEAD}{FIRST}\
资产管理
 | 配置
 | | 不超标准 | 超标准配置数量 | 0台
采购 | 合同
 | | 按期签订 | 按期签订率 | 100%
注：以上按季通报。
数据来自财政系统，截至上年底。
""")
    assert goals(declaration)[1:] == told("""
        资产管理 配置 | 不超标准 | 超标准配置数量 | 0台 | E9
        采购 合同 | 按期签订 | 按期签订率 | 100% | E11
    """)
    assert remarks(declaration) == [
        "A12 | 注：以上按季通报。 | - | -",
        "A13 | 数据来自财政系统，截至上年底。 | - | -",
    ]


def test_a_term_of_the_taxonomy_as_a_goal_is_a_goal(read):
    declaration = read(HEAD + FIRST + " | 项目绩效 | 社会效益 | 群众满意度 | ≥90%")
    assert goals(declaration)[1:] == ["预算编制 项目绩效 | 社会效益 | 群众满意度 | ≥90% | E7"]


def test_target_value_in_parts(read):
    declaration = read("""
部门名称 | 云川县水务局
一级指标 | 二级指标 | 部门预算绩效目标 | 符号 | 数值 | 单位
预算执行 | 支出进度 | 9月底执行率 | ≥ | 75 | %
""")
    assert goals(declaration) == ["预算执行 支出进度 | - | 9月底执行率 | ≥75% | E3"]


PLAIN = """
部门名称 | 云川县水务局 | |
年度总体目标 | 保障全县供水。 | |
一级指标 | 二级指标 | 三级指标 | {header}
产出指标 | 数量指标 | 改造管网 | {value}
"""


def test_table_like_that_of_a_project_with_the_value_in_parts(read):
    table = PLAIN.format(header="符号 | 数值 | 单位", value="≥ | 12 | 公里")
    assert goals(read(table)) == ["产出指标 数量指标 | 改造管网 | - | ≥12公里 | E4"]


def test_slipped_row_in_a_table_like_that_of_a_project(read):
    table = PLAIN.format(header="指标值", value="12公里") + "质量指标 | 水质合格率 | ≥98%"
    assert goals(read(table)) == told("""
        产出指标 数量指标 | 改造管网 | - | 12公里 | D4
        产出指标 质量指标 | 水质合格率 | - | ≥98% | C5
    """)
