"""Heads of forms as other places print them: each value under the label that it belongs to."""

from __future__ import annotations

import pytest

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.fields import AMOUNT_FIELDS
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.doubts import LOST
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
    of_form = (RemarkKind.MISSING, RemarkKind.FILLED_DOWN)  # no amount, levels written once
    assert [r.text for r in declaration.account if r.kind not in of_form] == []


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


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "2026年预算（万元） | 本级安排 | 上级补助\n12 | 10 | 2",
            "annual_amount | 12 / local_total | 10 / transfer_total | 2",
        ),
        (
            "当年预算（万元） | 12 | 本级支出（万元） | 10 | 上级补助（万元） | 2",
            "annual_amount | 12 / local_total | 10 / transfer_total | 2",
        ),
        (
            "项目总投资 | 36 | 本年申请 | 12\n其中申请省级财政资金 | 8 | 市县配套 | 4",
            "total_amount | 36 / annual_amount | 12 / transfer_regional | 8",
        ),
        (
            "项目总投资 | 以前年度已安排 | 本年申请 | 以后年度\n36 | 10 | 12 | 14",
            "total_amount | 36 / annual_amount | 12",
        ),
        ("申报金额（万元） | 36 | 其中：本年度申请 | 12", "total_amount | 36 / annual_amount | 12"),
        ("申报金额（万元） | 12", "annual_amount | 12"),
        (
            "资金情况（万元） | 合计 | 中央 | 省级 | 市级 | 县级\n | 12 | 5 | 4 | 2 | 1",
            "annual_amount | 12 / local_appropriation | 1 / transfer_central | 5"
            " / transfer_regional | 4",
        ),
        (
            "资金安排（万元） | 总额 | 2025年 | 2026年 | 2027年\n | 36 | 10 | 12 | 14",
            "total_amount | 36 / annual_amount | 12",
        ),
        (
            "项目资金 | 项目总额 | 36\n | 2025年 | 10\n | 2026年 | 12\n | 2027年 | 14",
            "total_amount | 36 / annual_amount | 12",
        ),
        (
            "资金来源 | 本项目2026年申请财政资金12万元，其中县级配套4万元。",
            "annual_amount | 12",
        ),
        ("资金来源 | ☑一般公共预算 □其他\n预算金额 | 12万元", "annual_amount | 12"),
        (
            "预算资金 | 合计 | 12\n | 中央财政资金 | 5\n | 省级财政资金 | 4\n | 市县资金 | 3",
            "annual_amount | 12 / transfer_central | 5 / transfer_regional | 4",
        ),
        (
            "实施周期总金额 | 36 | 年度金额 | 12\n其中：财政拨款 | 30 | 其中：财政拨款 | 10"
            "\n其他资金 | 6 | 其他资金 | 2",
            "total_amount | 36 / annual_amount | 12 / local_appropriation | 10 / local_other | 2",
        ),
        (
            "项目总预算（元） | 360000 | 项目当年预算（元） | 120000",
            "total_amount | 360000 / annual_amount | 120000",
        ),
    ],
)
def test_amounts_by_other_words_and_in_columns(tmp_path, rows, expected):
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{rows}\n{GOAL}{TABLE}")
    amounts = [line for line in head_fields(declaration) if line.split(" | ")[0] in AMOUNT_FIELDS]
    assert amounts == expected.split(" / ")
    assert len(declaration.indicators) == 2


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "专项资金名称 | 水利发展资金\n政策任务（项目）名称 | 渠道清淤\n申报单位 | 灌区站",
            "project_name | 渠道清淤 / implementing_unit | 灌区站",
        ),
        (
            "编制单位 | 灌区站 | 项目负责人及联系电话 | （略）\n项目名称 | 渠道清淤",
            "project_name | 渠道清淤 / implementing_unit | 灌区站",
        ),
        (
            "政策名称 | 渠道清淤\n资金主管部门 | 水务局 | 政策期限 | 2024-2026年",
            "project_name | 渠道清淤 / supervising_department | 水务局"
            " / project_period | 2024-2026年",
        ),
        (
            "项目名称 | 渠道清淤 | 项目主管处室 | 水利处\n项目单位 | 灌区站",
            "project_name | 渠道清淤 / implementing_unit | 灌区站",
        ),
        (
            "项目名称 | 渠道清淤\n计划开始日期： | 2026-01-01 | 计划完成日期： | 2026-12-31",
            "project_name | 渠道清淤 / project_period | 2026-01-01至2026-12-31",
        ),
        (
            "项目名称 | 渠道清淤 | 项目开始-结束日期 | 2026-01-01至2026-12-31",
            "project_name | 渠道清淤 / project_period | 2026-01-01至2026-12-31",
        ),
        (
            "购买服务项目名称 | 渠道清淤\n购买主体 | 灌区站 | 承接主体 | 公开招标确定\n"
            "服务期限 | 1年",
            "project_name | 渠道清淤 / implementing_unit | 灌区站 / project_period | 1年",
        ),
    ],
)
def test_fields_by_other_words(tmp_path, head, expected):
    declaration = read_workbook(tmp_path, f"{TITLE}{head}\n{GOAL}{TABLE}")
    assert head_fields(declaration) == [*expected.split(" / "), "annual_goal | 清淤6公里。"]
    assert declaration.year == 2026


@pytest.mark.parametrize(
    ("rows", "annual", "period"),
    [
        ("项目总体目标 | 清淤6公里。", "清淤6公里。", None),
        ("项目总体目标 | 清淤18公里。\n年度目标 | 清淤6公里。", "清淤6公里。", "清淤18公里。"),
        ("实施期总体目标 | 清淤18公里。", None, "清淤18公里。"),
        (
            "长期目标（截止2027年） | 清淤18公里。 | 年度目标 | 清淤6公里。",
            "清淤6公里。",
            "清淤18公里。",
        ),
        (
            "绩效总目标 | 目标1：清淤6公里\n | 目标2：维修闸门3座",
            "目标1：清淤6公里\n目标2：维修闸门3座",
            None,
        ),
        ("批复的年度\\n绩效目标 | 清淤6公里。", "清淤6公里。", None),
        ("政策目标 | 清淤6公里。\n立项依据 | 某文件", "清淤6公里。", None),
    ],
)
def test_goals_by_other_words(tmp_path, rows, annual, period):
    (project,) = read_workbook(tmp_path, f"{TITLE}{NAMED}{rows}\n{TABLE}").projects.records()
    assert [project["annual_goal"], project["period_goal"]] == [annual, period]


LONG_TERM = """产出指标 | 数量指标 | 清淤长度 | ≥18公里
 | 质量指标 | 验收合格率 | ≥97%
 | 时效指标 | 完工时间 | 2028年
"""
OF_YEARS = """一级指标 | 二级指标 | 三级指标 | 指标值 | |
 | | | 前年 | 上年 | 预计当年实现
产出指标 | 数量指标 | 清淤长度 | ≥4公里 | ≥5公里 | ≥6公里
 | 质量指标 | 验收合格率 | ≥96% | ≥97% | ≥98%
"""
HEADER = "一级指标 | 二级指标 | 三级指标 | 指标值\n"


@pytest.mark.parametrize(
    "table",
    [
        f"长期绩效目标表\n{HEADER}{LONG_TERM}年度绩效目标表\n{OF_YEARS}",
        f"长期绩效指标\n{HEADER}{LONG_TERM}年度绩效目标 | 清淤6公里。\n年度绩效指标\n{OF_YEARS}",
        f"{TABLE}长期绩效目标（2026-2028年） | 清淤18公里。\n{HEADER}{LONG_TERM}",
    ],
)
def test_of_a_long_terms_table_and_the_years_the_latter_counts(tmp_path, table):
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{GOAL}{table}")
    rows = declaration.indicators.records()
    assert [(r["level3"], r["target_value"], r["period_target_value"]) for r in rows] == [
        ("清淤长度", "≥6公里", "≥18公里"),
        ("验收合格率", "≥98%", "≥97%"),
    ]
    assert {"完工时间", "2028年"} <= {remark.value for remark in declaration.account}
    (project,) = declaration.projects.records()
    assert project["annual_goal"] == "清淤6公里。"


def test_goals_beside_their_indicators(tmp_path):
    head = "目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
    of_long_term = "长期绩效目标1：清淤18公里 | 产出指标 | 数量指标 | 清淤长度 | ≥18公里\n"
    of_year = "年度绩效目标1：清淤6公里 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
    table = f"长期绩效目标表\n{head}{of_long_term}年度绩效目标表\n{head}{of_year}"
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{table}")
    (project,) = declaration.projects.records()
    assert [project["annual_goal"], project["period_goal"]] == ["清淤6公里", "清淤18公里"]
    (row,) = declaration.indicators.records()
    assert [row["target_value"], row["period_target_value"]] == ["≥6公里", "≥18公里"]


def test_funds_by_source_and_year(tmp_path):
    rows = """项目资金 | 资金性质 | 项目总额 | 2026年度 | 2027年度
 | 合计 | 36 | 12 | 24
 | 一般公共预算 | 30 | 10 | 20
 | 政府性基金预算 | 6 | 2 | 4
"""
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{rows}{GOAL}{TABLE}")
    amounts = [line for line in head_fields(declaration) if line.split(" | ")[0] in AMOUNT_FIELDS]
    assert amounts == ["total_amount | 36", "annual_amount | 12"]
    others = declaration.origin(0).other_sources
    assert {name: float(amount) for name, amount in others.items()} == {
        "一般公共预算": 10,
        "政府性基金预算": 2,
    }


def test_a_list_with_unit_and_projects_in_one_column(tmp_path):
    table = """2026年部门项目支出绩效目标表
单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
1 | 2 | 3 | 4 | 5 | 6
石桥县水务局 | | | | |
渠道清淤 | 清淤6公里。 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | | 产出指标 | 质量指标 | 验收合格率 | ≥98%
闸门维修 | 维修3座。 | 产出指标 | 数量指标 | 维修座数 | 3座
"""
    declaration = read_workbook(tmp_path, table)
    projects = declaration.projects.records()
    assert [(p["project_name"], p["annual_goal"]) for p in projects] == [
        ("渠道清淤", "清淤6公里。"),
        ("闸门维修", "维修3座。"),
    ]
    assert [r["project"] for r in declaration.indicators.records()] == [0, 0, 1]


@pytest.mark.parametrize("label", ["预算资金", "资金情况", "项目资金"])
def test_a_sentence_of_funds_is_read_with_its_parts(tmp_path, label):
    said = "项目总额45万元，其中2026年安排30万元（财政拨款28万元，其他资金2万元）。"
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{label} | {said}\n{GOAL}{TABLE}")
    amounts = [line for line in head_fields(declaration) if line.split(" | ")[0] in AMOUNT_FIELDS]
    assert amounts == [
        "total_amount | 45",
        "annual_amount | 30",
        "local_appropriation | 28",
        "local_other | 2",
    ]


def test_amounts_of_a_sentence_that_no_field_holds_are_told(tmp_path):
    said = "项目总额45万元，其中2026年安排30万元，县级配套7万元，群众投劳折资3万元。"
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}预算资金 | {said}\n{GOAL}{TABLE}")
    told = [r.text for r in declaration.account if r.kind == RemarkKind.UNREAD]
    assert told == ["这句话中的 7万元、3万元 没有读取"]


def test_two_indicators_of_one_name_in_both_tables(tmp_path):
    rows = "产出指标 | 数量指标 | 培训人数 | {0}\n | | 培训人数 | {1}\n"
    table = (
        f"长期绩效目标表\n{HEADER}{rows.format('≥300人', '≥90人')}"
        f"年度绩效目标表\n{HEADER}{rows.format('≥100人', '≥30人')}"
    )
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{GOAL}{table}")
    found = [
        (r["target_value"], r["period_target_value"]) for r in declaration.indicators.records()
    ]
    assert found == [("≥100人", "≥300人"), ("≥30人", "≥90人")]
    assert not any(remark.text == LOST for remark in declaration.account), "each is kept"


def test_of_more_lines_of_one_name_the_rest_is_told(tmp_path):
    table = (
        f"长期绩效目标表\n{HEADER}产出指标 | 数量指标 | 培训人数 | ≥300人\n | | 培训人数 | ≥90人\n"
        f"年度绩效目标表\n{HEADER}产出指标 | 数量指标 | 培训人数 | ≥100人\n"
    )
    declaration = read_workbook(tmp_path, f"{TITLE}{NAMED}{GOAL}{table}")
    (row,) = declaration.indicators.records()
    assert row["period_target_value"] == "≥300人"
    assert "≥90人" in {remark.value for remark in declaration.account}
