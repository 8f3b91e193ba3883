"""Indicator tables as other places print them: every kind with its variants and its near misses."""

from __future__ import annotations

import pytest

from perfgoals_xl.addresses import Place
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.column_labels import misspelt_heading
from perfgoals_xl.form.named_targets import named_target
from perfgoals_xl.form.taxonomy import misspelt_level, read_level
from tests.reading.sheets import Sheet, read_text, read_workbook, told

HEAD = """项目支出绩效目标申报表
（2026年度）
项目名称 | 渠道清淤项目
主管部门 | 石桥县水务局 | 实施单位 | 石桥县灌区站
年度资金总额 | 12
年度目标 | 清淤6公里。
"""
HEADER = "一级指标 | 二级指标 | 三级指标 | 指标值\n"
FIRST = """产出指标 | 数量指标 | 清淤长度 | ≥6公里
 | 质量指标 | 验收合格率 | ≥98%
"""
REST = """效益指标 | 社会效益指标 | 受益农户 | ≥300户
满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥95%
"""
READ = told("""
    产出指标 数量指标 清淤长度 ≥6公里
    产出指标 质量指标 验收合格率 ≥98%
    满意度指标 服务对象满意度 农户满意度 ≥95%
""")
WHOLE = told("""
    产出指标 数量指标 清淤长度 ≥6公里
    产出指标 质量指标 验收合格率 ≥98%
    效益指标 社会效益 受益农户 ≥300户
    满意度指标 服务对象满意度 农户满意度 ≥95%
""")


def said(declaration):
    names = ("level1", "level2", "level3", "target_value")
    return [" ".join(str(r[name]) for name in names) for r in declaration.indicators.records()]


def messages(declaration):
    return [(r.place.cell, r.text) for r in (*declaration.remarks, *declaration.account)]


@pytest.mark.parametrize(
    "table",
    [
        # One column for both levels, named in any way; 进度 is 时效.
        "指标类型 | 指标名称 | 绩效目标\n产出数量指标 | 清淤长度 | ≥6公里\n"
        "产出质量指标 | 验收合格率 | ≥98%\n服务对象满意度指标 | 农户满意度 | ≥95%\n",
        "指标大类 | 指标小类 | 指标内容 | 指标值\n产出 | 数量 | 清淤长度 | ≥6公里\n"
        " | 质量 | 验收合格率 | ≥98%\n满意 | 服务对象满意 | 农户满意度 | ≥95%\n",
        "一级指标 | 二级指标 | 绩效内容 | 绩效标准\n产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
        " | 质量指标 | 验收合格率 | ≥98%\n满意度指标 | 服务对象满意度 | 农户满意度 | ≥95%\n",
        # Codes and points around the terms.
        HEADER + "A产出指标(50分) | A1数量指标（20分） | 清淤长度 | ≥6公里\n"
        " | 1.2质量【10分】 | 验收合格率 | ≥98%\n"
        "C满意度（10） | 服务对象满意度-10分 | 农户满意度 | ≥95%\n",
        "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标1 | 清淤长度 | ≥6公里\n"
        " | 质量指标2 | 验收合格率 | ≥98%\n③满意度指标 | ①服务对象满意度 | 农户满意度 | ≥95%\n",
        # Name and target in one cell.
        "一级指标 | 二级指标 | 三级指标\n产出指标 | 数量指标 | 清淤长度≥6公里\n"
        " | 质量指标 | 验收合格率≥98%\n满意度指标 | 服务对象满意度 | 农户满意度（≥95%）\n",
        "一级指标 | 二级指标 | 指标内容及目标值\n产出指标 | 数量指标 | 清淤长度：≥6公里\n"
        " | 质量指标 | 验收合格率：≥98%；\n满意度指标 | 服务对象满意度 | 农户满意度：≥95%。\n",
        # Wrong characters in the headings, and in the terms.
        "一极指标 | 二级指标 | 三级指表 | 指标直\n产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
        " | 质理指标 | 验收合格率 | ≥98%\n满意度指标 | 服务对像满意度指标 | 农户满意度 | ≥95%\n",
        # Sign, value and unit of the budget system, and what stands beside them.
        "一级指标 | 二级指标 | 三级指标 | 绩效指标性质 | 绩效指标值 | 绩效度量单位 | 本年权重\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥ | 6 | 公里 | 20\n"
        " | 质量指标 | 验收合格率 | ≥ | 98 | % | 20\n"
        "满意度指标 | 服务对象满意度 | 农户满意度 | ≥ | 95 | % | 10\n",
        # Values of other years under one heading with the year's own.
        "一级指标 | 二级指标 | 三级指标 | 指标值 | |\n | | | 近两年指标值 | | 预期当年实现值\n"
        " | | | 前年 | 上年 |\n产出指标 | 数量指标 | 清淤长度 | 3公里 | 5公里 | ≥6公里\n"
        " | 质量指标 | 验收合格率 | 95% | 96% | ≥98%\n"
        "满意度指标 | 服务对象满意度 | 农户满意度 | 90% | 92% | ≥95%\n",
    ],
)
def test_headings_levels_and_values(tmp_path, table):
    assert said(read_workbook(tmp_path, HEAD + table)) == READ


def test_of_four_levels_the_last_is_the_indicator(tmp_path):
    table = (
        "一级指标 | 二级指标 | 三级指标 | 四级指标 | 指标值\n"
        "产出指标 | 数量指标 | 工程量 | 清淤长度 | ≥6公里\n | | | 维修闸门 | ≥3座\n"
    )
    assert said(read_workbook(tmp_path, HEAD + table)) == [
        "产出指标 数量指标 清淤长度 ≥6公里",
        "产出指标 数量指标 维修闸门 ≥3座",
    ]


def test_a_term_in_the_place_of_a_name_is_the_name(tmp_path):
    table = HEADER + FIRST + " | 满意度 | 群众满意度 | ≥95%\n"
    assert said(read_workbook(tmp_path, HEAD + table))[-1] == (
        "满意度指标 服务对象满意度 群众满意度 ≥95%"
    )


def test_numbers_of_rows_left_of_the_table_are_none_of_its_values(tmp_path):
    rows = "1 | 数量 | 清淤长度 | ≥6公里\n2 | 质量 | 合格率 | ≥98%\n"
    table = "序号 | 指标类型 | 指标名称 | 指标值\n" + rows
    declaration = read_workbook(tmp_path, HEAD + table)
    assert len(declaration.indicators) == 2
    assert not declaration.account


def test_names_under_the_second_level_of_a_table_with_one(read):
    table = "一级指标 | 二级指标 | 指标值\n产出指标 | 清淤长度 | ≥6公里\n | 验收合格率 | ≥98%\n"
    assert said(read(HEAD + table)) == [
        "产出指标 None 清淤长度 ≥6公里",
        "产出指标 None 验收合格率 ≥98%",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "质量指标 | | | 验收合格率 | ≥98%",
        "质量指标 | 验收合格率 | ≥98% | |",
        "绩效指标 | | 质量指标 | 验收合格率 | ≥98%",
        "2 | | 质量指标 | 验收合格率 | ≥98%",
    ],
)
def test_a_level_that_slipped_into_the_margin(tmp_path, row):
    table = (
        " | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
        f" | 产出指标 | 数量指标 | 清淤长度 | ≥6公里\n{row}\n"
        "满意度指标 | | | 农户满意度 | ≥95%\n"
    )
    assert said(read_workbook(tmp_path, HEAD + table)) == READ


def test_what_was_known_in_spite_of_a_mistake_is_told(tmp_path):
    table = "一极指标 | 二级指标 | 三级指标 | 指标直\n产出指标 | 质理指标 | 合格率 | ≥98%\n"
    found = messages(read_workbook(tmp_path, HEAD + table))
    assert ("A7", "按“一级指标”读取") in found
    assert ("D7", "按“指标值”读取") in found
    assert ("B8", "按“质量”读取") in found


@pytest.mark.parametrize(
    "word",
    [
        *("指标库", "四级指标", "目标名称", "项目名称", "指标值", "评价指标"),
        *("季度指标值", "月度指标值", "季度目标值", "旬度指标值", "市级指标", "上级指标"),
        *("本级指标", "分级指标", "各级指标", "区级指标", "校级指标", "计划单位", "指标内涵"),
        *("目标额", "目标量", "目标人", "目标数", "指标人"),
    ],
)
def test_other_words_are_no_misspelt_headings(word):
    assert misspelt_heading(word) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("一极指标", "一级指标"),
        ("—级指标", "一级指标"),
        ("二级指杯", "二级指标"),
        ("三级指标名秤", "三级指标名称"),
        ("年渡指标值", "年度指标值"),
        ("指标直", "指标值"),
        ("计最单位", "计量单位"),
    ],
)
def test_headings_with_a_wrong_character(word, meant):
    assert misspelt_heading(word) == meant


@pytest.mark.parametrize(
    "word", ["产量指标", "能效指标", "数量指标", "重量", "社会保障", "投入指标"]
)
def test_other_words_are_no_misspelt_levels(word):
    assert misspelt_level(word) is None


@pytest.mark.parametrize("text", ["质量95%", "满意度≥95%", "数量3", "产出5项", "时效性评价"])
def test_what_only_begins_like_a_level(text):
    assert read_level(text) is None


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("清淤长度≥6公里", "清淤长度", "≥6公里"),
        ("指标1：培训人数（≥200人）", "指标1：培训人数", "≥200人"),
        ("合格率：98%", "合格率", "98%"),
        ("采购图书不少于1万册", "采购图书", "不少于1万册"),
        ("学员满意度95%以上", "学员满意度", "95%以上"),
        ("2026年10月底前完工", "完工", "2026年10月底前"),
        ("5G基站建设数量≥5个", "5G基站建设数量", "≥5个"),
        ("道路维修（3条）及时率≥95%", "道路维修（3条）及时率", "≥95%"),
        ("环境改善：明显", "环境改善", "明显"),
    ],
)
def test_a_name_with_its_target(text, name, target):
    assert named_target(text) == (name, target)


@pytest.mark.parametrize(
    "text", ["≥6公里", "不低于95%", "2026年10月底前", "全年12次", "提高群众幸福感", "较上年增长5%"]
)
def test_a_target_or_a_name_alone_is_not_both(text):
    assert named_target(text) is None


TEXT_HEAD = """项目支出绩效目标表
（2026年度）
项目名称：渠道清淤项目
主管部门：石桥县水务局
年度资金总额：12万元
年度绩效目标：清淤6公里。
"""


@pytest.mark.parametrize(
    "lines",
    [
        "绩效指标：\n数量指标：清淤长度≥6公里\n质量指标：验收合格率≥98%\n满意度指标：农户满意度≥95%\n",
        "1.产出指标\n数量指标1：清淤长度≥6公里\n质量指标1：验收合格率≥98%\n"
        "2.满意度指标\n服务对象满意度指标1：农户满意度≥95%\n",
        "产出指标——数量指标——清淤长度——≥6公里\n产出指标——质量指标——验收合格率——≥98%\n"
        "满意度指标——服务对象满意度指标——农户满意度——≥95%\n",
        "产出指标/数量指标/清淤长度/≥6公里\n产出指标/质量指标/验收合格率/≥98%\n"
        "满意度指标/服务对象满意度指标/农户满意度/≥95%\n",
        "（1）数量指标：清淤长度：≥6公里；\n（2）质量指标：验收合格率：≥98%；\n"
        "（3）满意度指标：农户满意度：≥95%。\n",
        "一、产出指标\n（一）数量指标\n1.清淤长度≥6公里\n（二）质量指标\n1.验收合格率≥98%\n"
        "二、满意度指标\n（一）服务对象满意度指标\n1.农户满意度≥95%\n",
        "产出指标：数量指标：清淤长度≥6公里\n质量指标：验收合格率≥98%\n满意度指标：农户满意度≥95%\n",
    ],
)
@pytest.mark.parametrize("goal", [True, False])
def test_lines_that_begin_with_their_level(tmp_path, lines, goal):
    head = TEXT_HEAD if goal else TEXT_HEAD.rsplit("年度绩效目标", 1)[0]
    declaration = read_text(tmp_path, head + lines)
    assert said(declaration) == READ
    assert declaration.projects.records()[0]["annual_goal"] == ("清淤6公里。" if goal else None)


def test_several_indicators_behind_one_level(tmp_path):
    lines = "数量指标：清淤长度≥6公里；维修闸门≥3座\n质量指标：验收合格率≥98%\n"
    assert said(read_text(tmp_path, TEXT_HEAD + lines)) == [
        "产出指标 数量指标 清淤长度 ≥6公里",
        "产出指标 数量指标 维修闸门 ≥3座",
        "产出指标 质量指标 验收合格率 ≥98%",
    ]


def test_a_name_that_is_a_level_has_its_value_behind_it(tmp_path):
    lines = "（一）质量指标\n1.验收合格率：≥98%\n（二）满意度指标\n1.服务对象满意度：≥85%\n"
    assert said(read_text(tmp_path, TEXT_HEAD + lines)) == [
        "产出指标 质量指标 验收合格率 ≥98%",
        "满意度指标 服务对象满意度 服务对象满意度 ≥85%",
    ]


def test_all_groups_in_one_cell(tmp_path):
    first = "绩效指标 | 数量指标：清淤长度≥6公里\\n质量指标：验收合格率≥98%"
    cell = f"{first}\\n满意度指标：农户满意度≥95%\n"
    assert said(read_workbook(tmp_path, HEAD + cell)) == READ


def test_above_a_table_such_lines_are_the_text_of_the_goal(tmp_path):
    goal = "数量指标：完成清淤6公里。\n质量指标：验收合格。\n"
    declaration = read_text(tmp_path, TEXT_HEAD + goal + HEADER + FIRST + REST)
    assert said(declaration) == WHOLE
    assert declaration.projects.records()[0]["annual_goal"].endswith("质量指标：验收合格。")


NAMED = HEAD.replace("渠道清淤项目", "泵站维修项目")


@pytest.mark.parametrize(
    "sheets",
    [
        (HEAD, HEADER + FIRST + REST),
        (HEAD + HEADER + FIRST, HEADER + REST),
        (HEAD + HEADER + FIRST, REST),
        (HEAD + HEADER + FIRST, "项目支出绩效目标表（续表）\n" + HEADER + REST),
        (HEAD + HEADER + FIRST, "项目名称 | 渠道清淤项目\n" + HEADER + REST),
        (HEAD + HEADER + FIRST + "续表\n" + HEADER + REST,),
        (HEAD + HEADER + FIRST + "\n— 3 —\n\n项目支出绩效目标表\n单位：万元\n" + HEADER + REST,),
    ],
)
def test_a_table_that_goes_on_further_down_or_on_the_next_sheet(tmp_path, sheets):
    declaration = read_workbook(tmp_path, *sheets)
    assert said(declaration) == WHOLE
    assert len(declaration.projects) == 1
    assert not any(remark.kind is RemarkKind.NO_FORM for remark in declaration.account)
    assert not declaration.remarks
    places = declaration.indicators
    assert (
        places.place(3, "target_value").sheet == f"项目表{len(sheets) if len(sheets) > 1 else ''}"
    )


def test_what_is_told_of_a_table_on_two_sheets_is_told_where_it_stands(tmp_path):
    """Rows of the next sheet are not laid beside the cells of the first."""
    first = HEAD + HEADER.replace("指标值", "指标直") + FIRST
    rest = (
        "效益指标 | 社会效益指标 | 受益农户 | ≥300户\n | | 受益村 | ≥6个\n | 其他类 | 留存 | 1份\n"
    )
    declaration = read_workbook(tmp_path, first, rest)
    remarks = (*declaration.remarks, *declaration.account)
    assert [r.place for r in remarks if "指标值" in r.text] == [Place("项目表", "D7")]
    filled = [r.place.sheet for r in remarks if r.kind is RemarkKind.FILLED_DOWN]
    assert sorted(filled) == ["项目表", "项目表2"], "each for its own rows"
    (unknown,) = [r for r in remarks if "不是通用的" in r.text]
    assert unknown.place == Place("项目表2", "B3")
    assert not any(r.place.cell.endswith("0") for r in remarks)


def test_the_points_of_a_group_on_the_next_sheet(tmp_path):
    rest = "效益指标（30分） | 社会效益指标 | 受益农户 | ≥300户\n"
    declaration = read_workbook(tmp_path, HEAD + HEADER + FIRST, rest)
    assert declaration.origin(0).group_points["效益"].place == Place("项目表2", "A1")


def test_every_form_goes_on_behind_itself(tmp_path):
    declaration = read_workbook(tmp_path, HEAD, HEADER + FIRST, NAMED, HEADER + REST)
    assert [r["project"] for r in declaration.indicators.records()] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "other",
    [
        "绩效指标库\n" + HEADER + FIRST,
        "指标填报说明\n" + HEADER + REST,
        HEADER + FIRST,  # begins anew, and says nothing of going on
        "项目支出绩效目标表\n项目名称 | 泵站维修项目\n" + HEADER + FIRST,
    ],
)
def test_another_sheet_with_indicators_is_no_rest(tmp_path, other):
    declaration = read_workbook(tmp_path, HEAD + HEADER + FIRST + REST, other)
    own = [r for r in declaration.indicators.records() if r["project"] == 0]
    assert len(own) == len(WHOLE)


@pytest.mark.parametrize(
    "table",
    [
        HEAD
        + "一级指标 | 产出指标 | | 满意度指标\n二级指标 | 数量指标 | 质量指标 | 服务对象满意度\n"
        "三级指标 | 清淤长度 | 合格率 | 农户满意度\n指标值 | ≥6公里 | ≥98% | ≥95%\n",
        "项目名称 | 预算金额 | 数量指标 | 质量指标 | 满意度\n"
        "渠道清淤 | 12 | 清淤6公里 | ≥98% | ≥95%\n",
    ],
)
def test_indicators_as_columns_are_told_by_name(tmp_path, table):
    declaration = read_workbook(tmp_path, table)
    assert said(declaration) == []
    assert any(text.startswith("指标按列排列") for _, text in messages(declaration))


@pytest.mark.parametrize(
    ("below", "word"),
    [
        ("主管部门审核意见 | 同意申报。", "审核意见"),
        ("购买主体意见 | 同意。 | 财政部门意见 | （公章） 年 月 日", "审核意见"),
        ("主管部门意见：同意申报。负责人（签字）：", "审核意见"),
        ("填报人 | 王某 | 联系电话 | 123 | 填报日期 | 2026年1月", "审核意见"),
        ("合计 | | | 100", "合计行"),
        ("注：本表一式三份。", "说明行"),
    ],
)
def test_what_stands_below_the_table_is_called_what_it_is(tmp_path, below, word):
    declaration = read_workbook(tmp_path, HEAD + HEADER + FIRST + REST + below + "\n")
    assert said(declaration) == WHOLE
    assert [word in remark.text for remark in declaration.remarks] == [True]
    assert not any(remark.kind is RemarkKind.UNREAD for remark in declaration.account)


def test_names_of_the_periods_half_are_only_said_again(tmp_path):
    table = Sheet(
        HEAD + "一级指标 | 二级指标 | 中期目标 | | 年度目标 |\n"
        " | | 三级指标 | 指标值 | 三级指标 | 指标值\n"
        "产出指标 | 数量指标 | 清淤长度 | ≥18公里 | 清淤长度 | ≥6公里\n"
        " | 质量指标 | 渠道完好率 | ≥98% | 验收合格率 | ≥98%\n",
        merges=("C7:D7", "E7:F7"),
    )
    account = read_workbook(tmp_path, table).account
    told = [(r.place.cell, r.kind) for r in account if r.kind != RemarkKind.FILLED_DOWN]
    assert told == [("C10", RemarkKind.KNOWN)]


def test_groups_that_stand_side_by_side_in_a_list(tmp_path):
    table = Sheet(
        "2026年项目支出绩效目标表\n部门名称：石桥县水务局 | | | 单位：万元\n"
        "单位编码 | 项目单位\\n（项目名称） | 项目金额 | 绩效目标 | 绩效指标 | | |\n"
        " | | | | 成本指标 | | 产出指标 |\n"
        " | | | | 三级指标 | 指标值 | 三级指标 | 指标值\n"
        " | 石桥县水务局 | 30\n"
        "01 | 渠道清淤 | 12 | 清淤6公里 | 清淤费用 | ≤12万元 | 清淤长度 | ≥6公里\n"
        " | | | | | | 验收合格率 | ≥98%\n"
        "02 | 泵站维修 | 18 | 维修2座 | 维修费用 | ≤18万元 | 维修泵站 | 2座\n",
        merges=("E4:F4", "G4:H4"),
    )
    declaration = read_workbook(tmp_path, table)
    names = [(r["project_name"], str(r["annual_amount"])) for r in declaration.projects.records()]
    assert names == [("渠道清淤", "12"), ("泵站维修", "18")]
    assert [(r["project"], r["level1"], r["level3"]) for r in declaration.indicators.records()] == [
        (0, "成本指标", "清淤费用"),
        (0, "产出指标", "清淤长度"),
        (0, "产出指标", "验收合格率"),
        (1, "成本指标", "维修费用"),
        (1, "产出指标", "维修泵站"),
    ]


def test_forms_side_by_side_whose_names_have_a_wrong_character(tmp_path):
    one = "项目名秤 | {} | | | \n年度目标 | 清淤 | | | \n"
    left, right = (
        [*(one.format(name) + HEADER + FIRST).splitlines()] for name in ("渠道清淤", "泵站维修")
    )
    rows = (
        f"{a.rstrip(' |')}{' |' * (4 - a.rstrip(' |').count('|'))} {b}"
        for a, b in zip(left, right, strict=True)
    )
    declaration = read_workbook(
        tmp_path, "项目支出绩效目标表（2026年度）\n" + "\n".join(rows) + "\n"
    )
    names = [record["project_name"] for record in declaration.projects.records()]
    assert names == ["渠道清淤", "泵站维修"]
    assert [r["project"] for r in declaration.indicators.records()] == [0, 0, 1, 1]


def test_a_goal_below_a_table_is_not_the_title_of_the_next_form(read):
    head = HEAD.rsplit("年度目标", 1)[0]
    form = head + HEADER + FIRST + "年度总体绩效目标： | {}6公里，保障春灌用水，方便沿线农户。\n"
    both = form.format("清淤") + "\n\n" + form.format("维修").replace("渠道清淤", "泵站维修")
    goals = [record["annual_goal"] for record in read(both).projects.records()]
    assert [goal[:2] for goal in goals] == ["清淤", "维修"]


def test_units_and_their_projects_in_one_column(tmp_path):
    table = """2026年部门项目支出绩效目标表
单位名称、项目名称 | 项目绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
石桥县水务局
 渠道清淤 | 清淤6公里 | 产出指标 | 数量指标 | 清淤长度 | >= | 6 | 公里
 | | 产出指标 | 质量指标 | 验收合格率 | >= | 98 | %
 泵站维修 | 维修2座 | 产出指标 | 数量指标 | 维修泵站 | = | 2 | 座
"""
    declaration = read_workbook(tmp_path, table)
    found = [(r["project_name"], r["implementing_unit"]) for r in declaration.projects.records()]
    assert found == [("渠道清淤", "石桥县水务局"), ("泵站维修", "石桥县水务局")]
    assert said(declaration)[1] == "产出指标 质量指标 验收合格率 >=98%"


def test_a_department_beside_its_units_in_a_list(tmp_path):
    table = (
        "部门名称 | 单位名称 | 项目名称 | 预算金额 | "
        + HEADER
        + "石桥县水务局 | 灌区站 | 渠道清淤 | 12 | 产出指标 | 数量指标 | 清淤长度 | ≥6公里\n"
        + "石桥县水务局 | 灌区站 | 渠道清淤 | 12 | 产出指标 | 质量指标 | 合格率 | ≥98%\n"
    )
    record = read_workbook(tmp_path, table).projects.records()[0]
    assert (record["supervising_department"], record["implementing_unit"]) == (
        "石桥县水务局",
        "灌区站",
    )
