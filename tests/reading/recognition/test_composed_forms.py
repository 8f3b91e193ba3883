"""Headings known by their parts, wide lists, a department's form by its title, funds by place."""

from __future__ import annotations

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.form.column_labels import column_role
from perfgoals_xl.reading.load import load
from tests.reading.sheets import read_workbook, write_workbook

HEAD = "项目支出绩效目标表（2026年度）\n项目名称 | 渠道清淤 | 主管部门 | 石桥县水务局\n"
TABLE = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
GOAL = "年度目标 | 清淤6公里。\n"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("level1", "一级指标名称 一级绩效指标名称 一级目标名称"),
        ("level2", "二级指标名称 二级绩效指标 二级指标内容"),
        ("level3", "三级指标内容 三级绩效指标名称 四级指标名称"),
        ("unit", "指标值计量单位 绩效指标计量单位 目标值单位 指标单位名称 年度指标值单位"),
        ("operator", "指标运算符号 目标值符号 年度指标值符号 指标值比较符"),
        ("nature", "目标值类型 指标值类型 指标值性质"),
        ("code", "一级指标编码 三级绩效指标代码 指标编码"),
        ("note", "目标值说明 绩效指标说明 指标值备注"),
        (
            None,
            "单位名称 项目单位 责任单位 指标责任单位 实施单位 一级单位 一级指标完成情况 目标说明",
        ),
    ],
)
def test_headings_are_known_by_their_parts(role, words):
    for word in words.split():
        found = column_role(word)
        assert (found.name if found else None) == role, word


def test_an_export_with_levels_signs_and_units_apart(tmp_path):
    declaration = read_workbook(
        tmp_path,
        "单位名称 | 项目名称 | 预算年度 | 项目金额（元） | 年度绩效目标 | 一级指标编码"
        " | 一级指标名称 | 二级指标名称 | 三级指标名称 | 运算符号 | 指标值 | 备用"
        " | 指标值计量单位\n"
        "灌区站 | 渠道清淤 | 2026 | 120000 | 清淤。 | 01"
        " | 产出指标 | 数量指标 | 清淤长度 | ≥ | 6 | | 公里\n",
    )
    (row,) = declaration.indicators.records()
    assert (row["level1"], row["level2"], row["target_value"]) == ("产出指标", "数量指标", "≥6公里")


WIDE = """石桥县水务局2026年度项目绩效目标一览表（单位：万元）
序号 | 项目名称 | 预算金额 | 年度绩效目标 | 产出指标 | | | | 满意度指标
 | | | | 数量指标 | | 质量指标 | | 服务对象满意度指标
 | | | | 指标内容 | 指标值 | 指标内容 | 指标值 | 指标内容 | 指标值
1 | 渠道清淤 | 12 | 清淤6公里。 | 清淤长度 | ≥6公里 | 合格率 | ≥98% | 农户满意度 | ≥95%
2 | 泵站维修 | 5 | 维修2座。 | 维修座数 | 2座 | | | 农户满意度 | ≥90%
"""


def test_groups_over_groups_of_a_wide_list(tmp_path):
    declaration = read_workbook(tmp_path, WIDE)
    assert [p["project_name"] for p in declaration.projects.records()] == ["渠道清淤", "泵站维修"]
    found = [(r["project"], r["level1"], r["level2"]) for r in declaration.indicators.records()]
    first = [(0, "产出指标", "数量指标"), (0, "产出指标", "质量指标")]
    assert found[:2] == first
    assert found[2] == (0, "满意度指标", "服务对象满意度")
    assert len(found) == 5


def test_a_wide_list_that_cannot_be_read_makes_no_project(tmp_path):
    wide = WIDE.replace("指标内容 | 指标值", "内容 | 说明")
    with pytest.raises(InputError):
        load(write_workbook(tmp_path / "宽表.xlsx", wide))


DEPARTMENT = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 补充耕地 | ≥1200亩\n"


@pytest.mark.parametrize(
    ("title", "head", "goal"),
    [
        (
            "部门整体支出绩效目标表",
            "部门职能职责描述 | 管理土地。\n整体绩效目标 | 守住红线。\n",
            "管理土地。",
        ),
        ("部门整体支出绩效目标申报表", "年度总体目标 | 守住红线。\n", "守住红线。"),
        ("整体支出绩效目标表", "整体绩效目标 | 守住红线。\n", "守住红线。"),
        ("单位整体绩效目标表", "部门职责描述 | 管理土地。\n", "管理土地。"),
    ],
)
def test_a_department_form_known_by_its_title(tmp_path, title, head, goal):
    text = f"{title}（2026年度）\n填报单位：石桥县自然资源局 | | 单位：万元\n{head}{DEPARTMENT}"
    declaration = read_workbook(tmp_path, text)
    assert len(declaration.projects) == 0
    assert (declaration.department, declaration.year) == ("石桥县自然资源局", 2026)
    assert declaration.duty_goal == goal
    assert [r["level3"] for r in declaration.department_goals.records()] == ["补充耕地"]


def test_such_a_title_over_a_project_makes_no_department_form(tmp_path):
    declaration = read_workbook(
        tmp_path, f"部门整体支出绩效目标表（附项目）\n{HEAD}年度资金总额 | 12\n{GOAL}{TABLE}"
    )
    assert [p["project_name"] for p in declaration.projects.records()] == ["渠道清淤"]
    assert len(declaration.department_goals) == 0


def test_parts_of_a_column_that_is_not_kept_are_no_indicator(tmp_path):
    declaration = read_workbook(
        tmp_path,
        f"{HEAD}年度资金总额 | 12\n{GOAL}"
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 偏差原因分析 | | 完成可能性\n"
        " | | | | 经费保障 | 制度保障 | 确定能\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥6公里 | | | √\n",
    )
    assert [r["level3"] for r in declaration.indicators.records()] == ["清淤长度"]


@pytest.mark.parametrize(
    ("funds", "amount"),
    [
        ("项目资金 | 年度资金总额：78万元，其中：财政拨款70万元，其他资金8万元。\n", 78),
        ("预算安排（万元） | 总预算：302.4 | 其中：财政资金：280 | 其他资金：22.4\n", 302.4),
        ("项目资金（万元） | 12\n", 12),
        ("预算资金情况 | 预算资金总额 | | 财政拨款 | 其他资金\n | 118.7 | | 118.7 | 0\n", 118.7),
        ("项目资金 | 待定\n", None),
    ],
)
def test_the_years_amount_by_sentence_and_place(tmp_path, funds, amount):
    declaration = read_workbook(tmp_path, f"{HEAD}{funds}{GOAL}{TABLE}")
    (project,) = declaration.projects.records()
    found = project["annual_amount"]
    assert (found if found is None else float(found)) == amount


@pytest.mark.parametrize(
    ("parts", "own", "other"),
    [
        ("财政拨款70万元，其他资金50万元", 70, 50),
        ("本级财政资金70万元，上级财政资金50万元", 70, None),
        ("上级财政资金50万元，本级财政资金70万元", 70, None),
        ("上级财政资金50万元；县级财政拨款70万元", 70, None),
        ("中央财政资金80万元，省级财政资金40万元", None, None),
        ("中央财政拨款80万元，上级其他资金10万元，其他资金30万元", None, 30),
    ],
)
def test_funds_that_others_give_are_not_the_departments_own(tmp_path, parts, own, other):
    funds = f"项目资金 | 年度资金总额：120万元，其中：{parts}。\n"
    declaration = read_workbook(tmp_path, f"{HEAD}{funds}{GOAL}{TABLE}")
    (project,) = declaration.projects.records()
    assert (project["local_appropriation"], project["local_other"]) == (own, other)


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        (
            "建设期 | 2026年3月-2027年2月 | 运营期 | 2027年3月-2040年2月\n",
            "project_period",
            "2026年3月-2027年2月",
        ),
        ("实施期限 | 2026年1月 | 至 | 2026年12月\n", "project_period", "2026年1月至2026年12月"),
        ("项目类别 | 经常性项目 | 项目类型 | 专业服务\n", "project_attribute", "经常性项目"),
        ("项目类型 | 其他类 | 项目类别 | 工程\n", "project_attribute", "其他类"),
    ],
)
def test_two_labels_on_one_row(tmp_path, row, field, expected):
    declaration = read_workbook(tmp_path, f"{HEAD}{row}年度资金总额 | 12\n{GOAL}{TABLE}")
    (project,) = declaration.projects.records()
    assert project[field] == expected
