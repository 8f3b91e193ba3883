"""Layouts of other places: each read as a careful person reads it, text and workbook alike."""

from __future__ import annotations

import pytest

from perfgoals_xl.declaration import RemarkKind
from tests.reading.sheets import fields, lines, read_workbook, told

HEAD = """项目支出绩效目标申报表
（2026年度）
项目名称 | 渠道清淤项目
主管部门 | 石桥县水务局 | 实施单位 | 石桥县灌区站
"""
TABLE = """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | 质量指标 | 验收合格率 | ≥98%
满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥95%
"""
READ = """
    产出指标 数量指标 - | 清淤长度 | ≥6公里 | {0}
    产出指标 质量指标 - | 验收合格率 | ≥98% | {1}
    满意度指标 服务对象满意度 - | 农户满意度 | ≥95% | {2}
"""


def head_of(word):
    return f"{HEAD}年度资金总额 | 12\n年度目标 | 清淤6公里。\n" + TABLE.replace("指标值", word, 1)


@pytest.mark.parametrize(
    "word",
    [
        "指标值（包含数字及文字描述）",
        "年初指标值",
        "全年目标值",
        "当年预期实现值",
        "指标值及单位",
        "2026年目标值",
        "预期达到的程度",  # a word of nobody's list: known by what stands below it
        "目标（必填）",
    ],
)
def test_the_column_of_values_by_its_words_or_by_what_it_holds(read, word):
    declaration = read(head_of(word))
    assert lines(declaration) == told(READ.format("D8", "D9", "D10"))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("专项资金名称", "project_name"),
        ("转移支付（项目）名称", "project_name"),
        ("项目名称及编码", "project_name"),
        ("项 目\\n名 称：", "project_name"),
        ("一、项目名称（必填）", "project_name"),
        ("项目名秤", "project_name"),
    ],
)
def test_the_name_of_the_project(tmp_path, label, name):
    table = (HEAD + "年度资金总额 | 12\n" + TABLE).replace("项目名称", label.replace("\\n", " "), 1)
    assert fields(read_workbook(tmp_path, table), 0, name) == [f"{name} | 渠道清淤项目 | B3"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("当年年度预算 | 12", "12 | B5"),
        ("年度预算申请（元） | 120000", "120000 | B5"),
        ("项目预算 | 12", "12 | B5"),
        ("资金安排 | 项目总投资30万元，本年安排12万元。", "12 | B5"),
        ("年度资金总颔 | 12", "12 | B5"),
        ("资金来源 | 年初预算数 | 调整后预算数 | 执行数\n资金总额 | 10 | 12 | 11", "12 | C6"),
        ("资金来源 | 合计 | 一般公共预算 | 其他资金\n | 12 | 10 | 2", "12 | B6"),
    ],
)
def test_the_money_of_the_year(tmp_path, rows, expected):
    declaration = read_workbook(tmp_path, f"{HEAD}{rows}\n年度目标 | 清淤6公里。\n{TABLE}")
    assert fields(declaration, 0, "annual_amount") == [f"annual_amount | {expected}"]
    assert len(declaration.indicators) == 3


def test_a_budget_of_last_year_is_not_this_years(tmp_path):
    rows = "上年预算 | 9 | 年度预算 | 12"
    declaration = read_workbook(tmp_path, f"{HEAD}{rows}\n{TABLE}")
    assert fields(declaration, 0, "annual_amount") == ["annual_amount | 12 | D5"]


def test_a_goal_beside_how_far_it_was_reached(read):
    declaration = read(
        f"{HEAD}年度资金总额 | 12\n总体目标 | 年度目标 | | 年度总体目标完成情况\n"
        f" | 清淤6公里。 | | 已清淤5公里。\n{TABLE}"
    )
    assert fields(declaration, 0, "annual_goal") == ["annual_goal | 清淤6公里。 | B7"]
    assert len(declaration.indicators) == 3


def test_a_goal_below_the_table(tmp_path):
    text = f"{HEAD}年度资金总额 | 12\n{TABLE}年度总体绩效目标 | 清淤支渠6公里，农户按时用水。\n"
    declaration = read_workbook(tmp_path, text)
    assert fields(declaration, 0, "annual_goal") == [
        "annual_goal | 清淤支渠6公里，农户按时用水。 | B10"
    ]
    assert len(declaration.indicators) == 3


@pytest.mark.parametrize(
    "below",
    [
        "财政部门初审意见 | （盖章）",
        "合计 | | | 100",
        "项目负责人： | | 财务负责人：",
        "存在问题 | 无",
        "填表人：张某 | 联系电话：0000",
    ],
)
def test_what_stands_below_the_table_is_no_indicator(read, below):
    declaration = read(f"{HEAD}年度资金总额 | 12\n{TABLE}{below}\n")
    assert len(declaration.indicators) == 3


@pytest.mark.parametrize(
    ("header", "row", "value"),
    [
        ("指标性质 | 指标值 | 度量单位", "≥ | 6 | 公里", "≥6公里"),
        ("指标性质 | 指标方向 | 目标值 | 计量单位", "正向 | ≥ | 6 | 公里", "≥6公里"),
        ("符号 | 数值 | 单位 | 权重", "大于等于 | 6 | 公里 | 10", "大于等于6公里"),
        ("指标值 | 计量单位 | 评分标准", "6 | 公里 | 每少1公里扣1分", "6公里"),
        ("指标值 | 全年实际完成值 | 得分", "≥6公里 | 5公里 | 8", "≥6公里"),
    ],
)
def test_values_in_parts_and_columns_beside_them(tmp_path, header, row, value):
    table = f"一级指标 | 二级指标 | 三级指标 | {header}\n产出指标 | 数量指标 | 清淤长度 | {row}\n"
    declaration = read_workbook(tmp_path, f"{HEAD}年度资金总额 | 12\n{table}")
    assert [r["target_value"] for r in declaration.indicators.records()] == [value]


def test_weights_and_standards_are_kept(tmp_path):
    header = "一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 | 评分标准 | 备注"
    row = "产出指标 | 数量指标 | 清淤长度 | ≥6公里 | 10 | 每少1公里扣1分 | 主渠"
    declaration = read_workbook(tmp_path, f"{HEAD}年度资金总额 | 12\n{header}\n{row}\n")
    (found,) = declaration.indicators.records()
    assert [found[n] for n in ("weight", "standard", "note")] == ["10", "每少1公里扣1分", "主渠"]
    assert declaration.indicators.place(0, "standard").cell == "F7"


@pytest.mark.parametrize(
    "table",
    [
        "一级指标 | 二级指标 | 三级指标 | 2025年 | 2026年 | 2027年\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥5公里 | ≥6公里 | ≥7公里",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | |\n | | | 2025年 | 2026年 | 2027年\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥5公里 | ≥6公里 | ≥7公里",
        "一级指标 | 二级指标 | 三级指标 | 中期指标值 | 年度指标值\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥18公里 | ≥6公里",
        "一级指标 | 中期目标 | | | 年度目标 | |\n"
        " | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥18公里 | 数量指标 | 清淤长度 | ≥6公里",
        "绩效指标 | | | 指标值\n一级指标 | 二级指标 | 三级指标 |\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥6公里",
    ],
)
def test_years_halves_and_headers_of_several_rows(tmp_path, table):
    declaration = read_workbook(tmp_path, f"{HEAD}年度资金总额 | 12\n{table}\n")
    (found,) = declaration.indicators.records()
    named = [found[n] for n in ("level1", "level2", "level3", "target_value")]
    assert named == ["产出指标", "数量指标", "清淤长度", "≥6公里"]


@pytest.mark.parametrize("level", ["产出指标-数量指标", "产出/数量", "产出指标：数量指标"])
def test_both_levels_in_one_cell(tmp_path, level):
    table = f"指标类型 | 指标名称 | 目标值\n{level} | 清淤长度 | ≥6公里\n"
    declaration = read_workbook(tmp_path, f"{HEAD}年度资金总额 | 12\n{table}")
    (found,) = declaration.indicators.records()
    assert (found["level1"], found["level2"]) == ("产出指标", "数量指标")


FLAT = """部门预算项目绩效目标表（2026年度）
 | | | | | | 单位：万元
单位名称 | 项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
101-石桥县水务局 | | 17
101001-石桥县灌区站 | 渠道清淤 | 12 | 清淤6公里 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | | | | 满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥95%
101001-石桥县灌区站 | 泵站维修 | 5 | 维修2座 | 产出指标 | 数量指标 | 维修座数 | 2座
"""


def test_one_table_for_a_whole_department(read):
    declaration = read(FLAT)
    assert [
        (p["project_name"], p["annual_amount"], p["annual_goal"])
        for p in declaration.projects.records()
    ] == [("渠道清淤", 12, "清淤6公里"), ("泵站维修", 5, "维修2座")]
    assert [r["project"] for r in declaration.indicators.records()] == [0, 0, 1]
    assert (declaration.department, declaration.year) == ("石桥县灌区站", 2026)


OUTLINE = """石桥县水务局2026年项目绩效目标
项目名称：渠道清淤
年度资金总额：12万元
年度总体绩效目标：清淤6公里，农户按时用水。
一、产出指标
（一）数量指标
1.清淤长度：≥6公里
2.维修闸门：5座
（二）质量指标
1.验收合格率：≥98%
二、满意度指标
1.农户满意度：≥95%
"""


def test_an_outline(tmp_path):
    declaration = read_workbook(tmp_path, OUTLINE)
    assert fields(declaration, 0, "annual_goal")[0].startswith("annual_goal | 清淤6公里，")
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | ≥6公里 | A7
        产出指标 数量指标 - | 维修闸门 | 5座 | A8
        产出指标 质量指标 - | 验收合格率 | ≥98% | A10
        满意度指标 服务对象满意度 - | 农户满意度 | ≥95% | A12
    """)


GUIDE = """填表说明
一、项目名称：填写预算批复使用的全称。
二、年度总体绩效目标：写明本年度要达到的结果。
"""


def test_how_to_fill_a_form_in_is_no_form(read):
    assert read(GUIDE).is_empty


TITLE = "2024年项目支出绩效目标表\n"
TWO_ROWS = (
    "项目名称 | 预算数 | 年度目标 | 绩效指标 | | |\n"
    " | | | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
    "冷链 | 60 | 保障冷链。 | 产出指标 | 数量指标 | 设备维护 | ≥30台\n"
    "筛查 | 30 | 筛查3000人。 | 产出指标 | 数量指标 | 筛查人数 | ≥3000人\n"
)
AGAIN = (
    "项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
    "冷链 | 60 | 保障冷链。 | 产出指标 | 数量指标 | 设备维护 | ≥30台\n"
    "项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
    "筛查 | 30 | 筛查3000人。 | 产出指标 | 数量指标 | 筛查人数 | ≥3000人\n"
)
A_YEAR = (
    "项目名称 | 年度 | 预算数 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标"
    " | 符号 | 指标值 | 单位\n"
    "冷链 | 2024 | 60 | 保障冷链。 | 产出 | 数量 | 设备维护 | ≥ | 30 | 台\n"
    "筛查 | 2024 | 30 | 筛查3000人。 | 产出 | 数量 | 筛查人数 | ≥ | 3000 | 人\n"
)
YEARS = (
    "项目名称 | 预算数 | 绩效目标 | 一级指标 | 二级指标 | 三级指标"
    " | 2023年完成值 | 2024年目标值 | 2025年目标值\n"
    "冷链 | 60 | 保障冷链。 | 产出指标 | 数量指标 | 设备维护 | 20台 | ≥30台 | ≥40台\n"
    "筛查 | 30 | 筛查3000人。 | 产出指标 | 数量指标 | 筛查人数 | 10人 | ≥3000人 | ≥4000人\n"
)


@pytest.mark.parametrize(
    "table", [TWO_ROWS, AGAIN, A_YEAR, YEARS], ids=["two rows", "again", "a year", "years"]
)
def test_lists_of_other_places(tmp_path, table):
    declaration = read_workbook(tmp_path, TITLE + table)
    projects = declaration.projects.records()
    assert [(p["project_name"], p["annual_amount"], p["annual_goal"]) for p in projects] == [
        ("冷链", 60, "保障冷链。"),
        ("筛查", 30, "筛查3000人。"),
    ]
    rows = declaration.indicators.records()
    assert [(r["project"], r["level2"], r["target_value"]) for r in rows] == [
        (0, "数量指标", "≥30台"),
        (1, "数量指标", "≥3000人"),
    ]
    assert declaration.year == 2024


def test_a_fund_beside_its_project_is_one_form(tmp_path):
    head = "专项资金名称 | 乡村振兴专项 | 项目名称 | 农田水利维修\n年度目标 | 维修渠道10公里。\n"
    declaration = read_workbook(tmp_path, TITLE + head + TABLE)
    (project,) = declaration.projects.records()
    assert (project["project_name"], project["annual_goal"]) == ("农田水利维修", "维修渠道10公里。")
    assert len(declaration.indicators) == 3


@pytest.mark.parametrize(
    "below",
    [
        "批复文号 | 石财〔2023〕15号 | 批复日期 | 2023-02-10",
        "经办人 | 张某 | 科室负责人 | 王某",
        "主管部门意见 | 同意申报 | 财政部门意见 | 同意",
    ],
)
def test_who_approved_the_form_is_no_indicator(tmp_path, below):
    declaration = read_workbook(tmp_path, f"{HEAD}年度资金总额 | 12\n{TABLE}{below}\n")
    assert len(declaration.indicators) == 3


@pytest.mark.parametrize("level2", ["政府采购", "审批服务", "意见建议办理"])
def test_a_departments_own_level_is_no_approval(tmp_path, level2):
    table = f"部门名称 | 石桥县水务局\n{TABLE} | {level2} | | \n | | 按期办结率 | ≥95%\n"
    declaration = read_workbook(tmp_path, TITLE + table)
    assert len(declaration.department_goals) >= 4


@pytest.mark.parametrize(
    "title",
    [
        "石桥县水务局2024年部门预算项目绩效目标清单",
        "2024年度渠道清淤项目自评表",
        "石桥县水务局2024年项目支出绩效目标",
    ],
)
def test_the_year_of_a_title(tmp_path, title):
    declaration = read_workbook(
        tmp_path, f"{title}\n项目名称 | 渠道清淤项目\n年度目标 | 清淤。\n{TABLE}"
    )
    assert declaration.year == 2024


SUB_TABLE = """项目名称 | 技能培训
主管部门 | [416]石桥县人社局 | 年度资金总额 | 100
资金明细 | 项目名称 | 财政拨款 | 其他资金
 | 场租 | 30 | 0
 | 讲师费 | 70 | 0
实施计划 | 实施内容 | 开始时间 | 完成时间
 | 招标 | 2024年3月 | 2024年5月
年度目标 | 培训500人。
"""


def test_tables_inside_a_form_are_none_of_its_fields(tmp_path):
    declaration = read_workbook(tmp_path, TITLE + SUB_TABLE + TABLE)
    (project,) = declaration.projects.records()
    named = ("project_name", "annual_amount", "local_appropriation", "project_period")
    assert [project[name] for name in named] == ["技能培训", 100, None, None]
    assert (declaration.department, declaration.department_code) == ("石桥县人社局", "416")
    assert len(declaration.indicators) == 3
    told = {remark.place.cell for remark in declaration.account}
    assert {"B5", "C5", "D5", "B6", "C6", "D6"} <= told


@pytest.mark.parametrize(
    ("rows", "amount"),
    [
        ("2023年预算数 | 9 | 2024年预算数 | 12", 12),
        ("2024年预算数 | 12 | 2023年预算数 | 9", 12),
        ("2024年度预算 | 12 | 2025年度预算 | 20", 12),
        ("2023年预算数 | 9 | 年度资金总额 | 12", 12),
        ("2023年预算数 | 9 | 2024年预算数 |", None),
        # Near misses: a year that nobody changed, one alone, and no year at all.
        ("2023年预算数 | 9", 9),
        ("2024年预算数 | 12", 12),
        ("预算数 | 12", 12),
    ],
)
def test_a_budget_of_another_year_is_not_this_years(tmp_path, rows, amount):
    text = f"{TITLE}项目名称 | 渠道清淤项目\n{rows}\n年度目标 | 清淤6公里。\n{TABLE}"
    (project,) = read_workbook(tmp_path, text).projects.records()
    assert project["annual_amount"] == amount


def test_goals_of_two_years_one_below_the_other(read):
    goals = "2023年度目标 | 已清淤3公里。\n2024年度目标 | 清淤6公里。\n"
    declaration = read(f"{TITLE}项目名称 | 渠道清淤项目\n年度资金总额 | 12\n{goals}{TABLE}")
    assert fields(declaration, 0, "annual_goal") == ["annual_goal | 清淤6公里。 | B5"]


@pytest.mark.parametrize(
    ("title", "amount"), [("2024年项目清单", 60), ("2023年项目清单", 50), ("项目绩效目标清单", 60)]
)
def test_a_list_with_budgets_of_two_years(tmp_path, title, amount):
    table = (
        "项目名称 | 2023年预算数 | 2024年预算数 | 年度目标"
        " | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
        "冷链 | 50 | 60 | 保障冷链。 | 产出指标 | 数量指标 | 设备维护 | ≥30台\n"
    )
    (project,) = read_workbook(tmp_path, f"{title}\n{table}").projects.records()
    assert project["annual_amount"] == amount


@pytest.mark.parametrize("name", ["完成率", "2、完成率", "目标值", "实际完成值"])
def test_an_indicator_that_shares_its_name_with_a_heading_and_has_no_value_yet(read, name):
    table = TABLE.replace("满意度指标 |", f" | | {name} |\n满意度指标 |", 1)
    declaration = read(f"{HEAD}年度资金总额 | 12\n年度目标 | 清淤6公里。\n{table}")
    assert [row["indicator"] for row in declaration.indicators.records()][2] == name


@pytest.mark.parametrize(
    "spent",
    [
        "1～7月执行数",
        "半年（程）计划执行数",
        "全年预计执行数",
        "截至6月底支出数",
        "1-9月份支付金额",
        "上半年资金到位率",
    ],
)
def test_what_was_spent_beside_the_budget_is_no_amount_without_a_label(tmp_path, spent):
    funds = (
        f"资金来源 | 全年预算数 | {spent}\n年度资金总额 | 264 | 130\n"
        "本年一般公共预算拨款 | 240 | 120\n其他资金 | 24 | 10\n"
    )
    declaration = read_workbook(
        tmp_path, f"{TITLE}项目名称 | 渠道清淤项目\n{funds}年度目标 | 清淤6公里。\n{TABLE}"
    )
    (project,) = declaration.projects.records()
    assert (project["annual_amount"], project["local_other"]) == (264, 24)
    kinds = {r.place.cell: r.kind for r in (*declaration.remarks, *declaration.account)}
    assert [kinds.get(cell) for cell in ("C4", "C5", "C6")] == [RemarkKind.KNOWN] * 3


def test_two_amounts_behind_a_label_without_such_a_heading_are_told(tmp_path):
    funds = "资金来源 | 全年预算数 | 其他说明\n年度资金总额 | 264 | 130\n"
    declaration = read_workbook(
        tmp_path, f"{TITLE}项目名称 | 渠道清淤项目\n{funds}年度目标 | 清淤6公里。\n{TABLE}"
    )
    kinds = {r.place.cell: r.kind for r in declaration.remarks}
    assert kinds.get("C4") in (RemarkKind.SECOND, RemarkKind.UNLABELLED)
