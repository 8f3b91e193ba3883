"""Which parts of a file are forms: several on a sheet, over sheets, titles, and what is no form."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import (
    SHEET,
    Sheet,
    fields,
    goals,
    lines,
    read_text,
    read_workbook,
    remarks,
    told,
    write_workbook,
)

PROJECT = """
2026年云川县项目支出绩效目标表 | | |
（2026年度） | | |
单位：万元 | | |
项目名称 | 渠道清淤项目 | |
主管部门 | 云川县水务局 | 实施单位 | 灌溉站
项目总额 | 30 | 年度资金总额 | 20
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
 | 成本指标 | 清淤费用 | ≤20万元
"""
SECOND = PROJECT.replace("渠道清淤项目", "闸门维修项目").replace("2026", "2025")

COVER = """
云川县2026年部门预算

部门名称：云川县水务局
编制日期：2026年1月15日
联系人：办公室
"""
# The words of the form side by side, as in the list that finance bureaus circulate.
PROJECT_LIST = """
2026年项目支出绩效目标汇总表 | | | | | |
序号 | 项目名称 | 主管部门 | 实施单位 | 项目总额 | 年度资金总额 | 年度总体绩效目标
1 | 渠道清淤项目 | 云川县水务局 | 灌溉站 | 30 | 20 | 清淤渠道30公里。
2 | 闸门维修项目 | 云川县水务局 | 灌溉站 | 12 | 12 | 维修闸门5座。
"""
FLAT_INDICATORS = """
项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
渠道清淤项目 | 产出指标 | 数量指标 | 清淤长度 | 30公里
渠道清淤项目 | 产出指标 | 成本指标 | 清淤费用 | ≤20万元
"""
WORDS = """
绩效目标 | 一级指标 | 二级指标
本级资金 | 财政拨款 | 其他资金
产出指标 | 效益指标 | 满意度指标
数量指标 | 质量指标 | 时效指标
"""
BUDGET = """
2026年部门预算收支总表 | | |
收入 | | 支出 |
项目 | 金额 | 项目 | 金额
财政拨款 | 300 | 基本支出 | 200
其他资金 | 20 | 项目支出 | 120
"""


def test_several_forms_on_one_sheet(read):
    declaration = read(f"{PROJECT}\n\n{SECOND}")
    assert [p["project_name"] for p in declaration.projects.records()] == [
        "渠道清淤项目",
        "闸门维修项目",
    ]
    assert [p["year"] for p in declaration.projects.records()] == [2026, 2025]
    assert [declaration.projects.place(i, "year").cell for i in (0, 1)] == ["A1", "A14"]
    assert fields(declaration, 1, "project_name", "annual_amount") == told("""
        project_name | 闸门维修项目 | B17
        annual_amount | 20 | D19
    """)
    assert lines(declaration, 1) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D22
        产出指标 成本指标 - | 清淤费用 | ≤20万元 | D23
    """)


def test_forms_on_several_sheets(tmp_path):
    declaration = read_workbook(
        tmp_path,
        Sheet(COVER, "封面"),
        Sheet(PROJECT, "清淤"),
        Sheet("", "空"),
        Sheet(SECOND, "闸门", at="C4"),
    )
    records = declaration.projects.records()
    assert [(p["sheet"], p["project_name"]) for p in records] == [
        ("清淤", "渠道清淤项目"),
        ("闸门", "闸门维修项目"),
    ]
    place = declaration.projects.place(1, "project_name")
    assert (place.sheet, place.cell) == ("闸门", "D7")
    assert declaration.sheet_order == {"封面": 0, "清淤": 1, "空": 2, "闸门": 3}
    assert [r["project"] for r in declaration.indicators.records()] == [0, 0, 1, 1]
    assert declaration.year in (2025, 2026)


@pytest.mark.parametrize("table", [COVER, PROJECT_LIST, WORDS, BUDGET, "x"])
def test_sheets_that_are_no_form(tmp_path, table):
    for declaration in (
        read_text(tmp_path, table),
        read_workbook(tmp_path, Sheet(table, "一")),
    ):
        assert len(declaration.projects) == 0
        assert len(declaration.indicators) == 0
        assert len(declaration.department_goals) == 0
        assert declaration.is_empty


def test_sheets_that_are_no_form_beside_one_that_is(tmp_path):
    others = (COVER, PROJECT_LIST, FLAT_INDICATORS, WORDS, BUDGET)
    sheets = [Sheet(table, f"附表{number}") for number, table in enumerate(others)]
    declaration = read_workbook(tmp_path, *sheets, Sheet(PROJECT, "项目"))
    assert [p["sheet"] for p in declaration.projects.records()] == ["项目"]
    assert len(declaration.indicators) == 2


def test_workbook_of_empty_sheets(tmp_path):
    declaration = read_workbook(tmp_path, Sheet("", "Sheet1"), Sheet("", "Sheet2"))
    assert declaration.is_empty
    assert declaration.amount_unit == "万元"
    assert declaration.edition == "2015"
    assert declaration.year is None
    assert declaration.department is None


def test_project_printed_in_two_tables(read):
    second = """
2026年云川县项目支出绩效目标表 | | |
(2026年度) | | |
单位:万元 | | |
项目名称 | 渠道清淤项目 | |
主管部门 | 云川县水务局 | 实施单位 | 灌溉站
项目总额 | 30.00 | 年度资金总额 | 20
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
效益指标 | 社会效益 | 受益村数 | 12个
满意度指标 | 服务对象满意度 | 农户满意度 | ≥90%
"""
    declaration = read(f"{PROJECT}\n{second}")
    assert len(declaration.projects) == 1
    assert [place.cell for place in declaration.origins[0].parts] == ["B4", "B16"]
    assert fields(declaration, 0, "project_name", "total_amount") == told("""
        project_name | 渠道清淤项目 | B4
        total_amount | 30 | B6
    """)
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D9
        产出指标 成本指标 - | 清淤费用 | ≤20万元 | D10
        效益指标 社会效益 - | 受益村数 | 12个 | D21
        满意度指标 服务对象满意度 - | 农户满意度 | ≥90% | D22
    """)


def test_project_printed_on_two_sheets(tmp_path):
    second = PROJECT.replace("产出指标 | 数量指标 | 清淤长度", "效益指标 | 社会效益 | 受益村数")
    second = second.replace(" | 成本指标 | 清淤费用", " | 可持续影响 | 使用年限")
    declaration = read_workbook(tmp_path, Sheet(PROJECT, "项目"), Sheet(second, "项目(续)"))
    assert len(declaration.projects) == 1
    assert [(p.sheet, p.cell) for p in declaration.origins[0].parts] == [
        ("项目", "B4"),
        ("项目(续)", "B4"),
    ]
    assert [r["sheet"] for r in declaration.indicators.records()] == ["项目"] * 2 + ["项目(续)"] * 2
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D9
        产出指标 成本指标 - | 清淤费用 | ≤20万元 | D10
        效益指标 社会效益 - | 受益村数 | 30公里 | D9
        效益指标 可持续影响 - | 使用年限 | ≤20万元 | D10
    """)


def test_value_that_only_the_second_part_has(tmp_path):
    first = PROJECT.replace("年度资金总额 | 20", "年度资金总额 | ")
    declaration = read_workbook(tmp_path, Sheet(first, "一"), Sheet(PROJECT, "二"))
    assert len(declaration.projects) == 1
    place = declaration.projects.place(0, "annual_amount")
    assert (place.sheet, place.cell) == ("二", "D6")
    assert fields(declaration, 0, "annual_amount") == ["annual_amount | 20 | D6"]
    blank = read_workbook(tmp_path, Sheet(first, "一"), Sheet(first, "二"))
    place = blank.projects.place(0, "annual_amount")
    assert (place.sheet, place.cell) == ("一", "D6"), "blank in both: the first form's cell"


def test_equal_names_with_other_totals_are_two_projects(read):
    declaration = read(PROJECT + "\n" + PROJECT.replace("项目总额 | 30", "项目总额 | 31"))
    assert len(declaration.projects) == 2


def test_projects_without_a_name_are_kept_apart(read):
    nameless = PROJECT.replace("渠道清淤项目", "")
    declaration = read(f"{nameless}\n{nameless}")
    assert len(declaration.projects) == 2
    assert fields(declaration, 1, "project_name") == ["project_name | - | B16"]


def test_form_that_nobody_filled_in(read):
    blank = """
2026年项目支出绩效目标表 | | |
项目名称 | | |
主管部门 | 云川县水务局 | 实施单位 |
项目总额 | | 年度资金总额 |
年度总体绩效目标 | | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | |
 | 质量指标 | |
"""
    declaration = read(f"{PROJECT}\n{blank}")
    assert len(declaration.projects) == 1
    assert [place.cell for place in declaration.blank_forms] == ["B14"]
    alone = read(blank)
    assert len(alone.projects) == 0
    assert not alone.is_empty
    assert alone.blank_forms[0].cell == "B2"


def test_indicator_without_project_name_value(read):
    """A form with nothing but indicators is filled in."""
    table = PROJECT.replace("渠道清淤项目", "").replace("清淤渠道30公里。", "")
    declaration = read(table.replace("| 30 |", "| |").replace("| 20", "|"))
    assert len(declaration.projects) == 1
    assert declaration.blank_forms == ()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年云川县水务局项目支出预算绩效目标表", 2026),
        ("# 云川县水务局 2026 年 项目支出绩效目标表", 2026),
        ("２０２６年度项目支出绩效目标申报表", 2026),
        ("项目支出绩效目标表\n(2026年度)", 2026),
        ("项目支出绩效目标表\n2026年", 2026),
        ("附件2\n\n2026年项目支出绩效目标表\n\n填报单位：云川县水务局", 2026),
        ("项目支出绩效目标表", None),
        ("项目支出绩效目标表\n填报日期：2025年11月20日", None),
    ],
)
def test_year_of_the_title(read, title, year):
    body = PROJECT.split("单位：万元 | | |\n")[1]
    declaration = read(f"{title}\n{body}")
    assert declaration.year == year
    assert declaration.projects.records()[0]["year"] == year


def test_two_years_in_one_title_are_said(read):
    declaration = read(PROJECT.replace("（2026年度）", "（2025年度）"))
    assert declaration.projects.records()[0]["year"] == 2026
    assert declaration.projects.place(0, "year").cell == "A1"
    assert remarks(declaration) == ["A2 | 2025 | year | 0"]


def test_years_inside_the_form_are_not_the_title(read):
    declaration = read(PROJECT.replace("清淤渠道30公里。", "2023年度遗留渠道清淤。"))
    assert declaration.year == 2026


DEPARTMENT = """
2026年云川县部门整体支出绩效目标表 | | | | |

部门名称及代码 | 云川县水务局（215001） | | | |
部门职责绩效目标 | 负责水资源管理和农村供水。 | | | |
一级指标 | 二级指标 | 三级指标 | | | 备注
 | | 财政政策性绩效目标 | 部门预算绩效目标 | 部门指标值 |
预算编制 | 项目入库 | 项目评审后入库 | 评审项目占比 | 100% |
 | 结转编制 | 结转编入预算 | 编入比例 | 100% | 按季核对
预算执行 | 支出进度 | 支出达到序时进度 | 9月底执行率 | ≥75% |
 | | 不发生超预算支出 | 超预算项目数 | 0个 |
"""


def test_department_form(read):
    declaration = read(DEPARTMENT)
    assert declaration.department == "云川县水务局"
    assert declaration.department_code == "215001"
    assert declaration.year == 2026
    assert declaration.duty_goal == "负责水资源管理和农村供水。"
    assert {name: place.cell for name, place in declaration.places.items()} == {
        "department": "B3",
        "duty_goal": "B4",
        "year": "A1",
    }
    assert goals(declaration) == told("""
        预算编制 项目入库 | 项目评审后入库 | 评审项目占比 | 100% | E7
        预算编制 结转编制 | 结转编入预算 | 编入比例 | 100% | E8 | 按季核对
        预算执行 支出进度 | 支出达到序时进度 | 9月底执行率 | ≥75% | E9
        预算执行 支出进度 | 不发生超预算支出 | 超预算项目数 | 0个 | E10
    """)
    table = declaration.department_goals
    assert table.place(3, "level1").cell == "A9"
    assert table.place(3, "level2").cell == "B9"
    assert table.place(3, "policy_goal").cell == "C10"
    assert table.place(3, "budget_goal").cell == "D10"
    assert len(declaration.projects) == 0
    assert not declaration.is_empty


def test_department_form_with_merges(tmp_path):
    merges = ("A1:F1", "B3:F3", "B4:F4", "A5:A6", "B5:B6", "C5:E5", "F5:F6", "A7:A8", "A9:A10")
    sheet = Sheet(DEPARTMENT, merges=(*merges, "B9:B10"))
    assert goals(read_workbook(tmp_path, sheet)) == told("""
        预算编制 项目入库 | 项目评审后入库 | 评审项目占比 | 100% | E7
        预算编制 结转编制 | 结转编入预算 | 编入比例 | 100% | E8 | 按季核对
        预算执行 支出进度 | 支出达到序时进度 | 9月底执行率 | ≥75% | E9
        预算执行 支出进度 | 不发生超预算支出 | 超预算项目数 | 0个 | E10
    """)


def test_department_form_before_project_forms(read):
    declaration = read(f"{DEPARTMENT}\n\n{PROJECT}\n\n{SECOND}")
    assert len(declaration.department_goals) == 4
    assert [p["project_name"] for p in declaration.projects.records()] == [
        "渠道清淤项目",
        "闸门维修项目",
    ]
    assert declaration.department == "云川县水务局"
    assert declaration.places["year"].cell == "A1"


def test_department_form_in_one_header_row_with_the_plain_columns(read):
    declaration = read("""
部门整体支出绩效目标表 | | |
（2026年度） | | |
部门（单位）名称 | 云川县水务局 | |
年度总体目标 | 保障全县供水。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 改造管网 | 12公里
 | 质量指标 | 水质合格率 | ≥98%
""")
    assert declaration.department == "云川县水务局"
    assert declaration.department_code is None
    assert len(declaration.projects) == 0
    assert goals(declaration) == told("""
        产出指标 数量指标 | 改造管网 | - | 12公里 | D6
        产出指标 质量指标 | 水质合格率 | - | ≥98% | D7
    """)


def test_department_from_the_projects(read):
    declaration = read(PROJECT.replace("云川县水务局", "云川县水务局（215001）"))
    assert declaration.department == "云川县水务局"
    assert declaration.department_code == "215001"
    assert "department" not in declaration.places


@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [
        ("云川县水务局（215001）", "云川县水务局", "215001"),
        ("云川县水务局(215001)", "云川县水务局", "215001"),
        ("云川县水务局[215-001]", "云川县水务局", "215-001"),
        ("云川县水务局", "云川县水务局", None),
        ("云川县水务局（本级）", "云川县水务局（本级）", None),
    ],
)
def test_name_and_code_of_the_department(read, typed, name, code):
    declaration = read(DEPARTMENT.replace("云川县水务局（215001）", typed))
    assert (declaration.department, declaration.department_code) == (name, code)


def test_the_plan_year_on_a_sheet_of_its_own_wins(tmp_path):
    declaration = read_workbook(
        tmp_path, Sheet("计划年度 | 2027\n部门 | 水务局", "填报说明"), Sheet(PROJECT, "项目")
    )
    assert declaration.year == 2027
    assert declaration.projects.records()[0]["year"] == 2026


def test_same_file_reads_the_same_twice(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", Sheet(DEPARTMENT, "部门"), Sheet(PROJECT, SHEET))
    first, second = load_declaration(path), load_declaration(str(path))
    assert first.projects.values.equals(second.projects.values)
    assert first.sha256 == second.sha256
    assert len(first.sha256) == 64


@pytest.mark.parametrize("name", ["表彰先进集体", "编制规划", "申报奖项", "填报问卷"])
def test_a_last_indicator_without_a_value_stays_with_its_form(read, name):
    """It begins like what stands above a form, and the next form follows."""
    declaration = read(f"{PROJECT} |  | {name} |\n{SECOND}")
    assert len(declaration.projects) == 2
    first = [row["indicator"] for row in declaration.indicators.records() if row["project"] == 0]
    assert first == ["清淤长度", "清淤费用", name]


@pytest.mark.parametrize(
    "heading", ["表1", "表二", "附件3", "填报单位：灌溉站", "编制日期：3月1日"]
)
def test_what_stands_above_a_form_belongs_to_it(read, heading):
    declaration = read(f"{PROJECT}{heading} | |{SECOND}")
    assert len(declaration.projects) == 2
    assert [len(lines(declaration)), remarks(declaration)] == [4, []]


def test_a_flat_list_counts_where_there_is_no_form(tmp_path):
    declaration = read_workbook(tmp_path, Sheet(FLAT_INDICATORS, "明细"))
    (project,) = declaration.projects.records()
    assert project["project_name"] == "渠道清淤项目"
    assert [row["level3"] for row in declaration.indicators.records()] == ["清淤长度", "清淤费用"]
    assert declaration.indicators.place(1, "target_value").cell == "E3"
