"""A field whose label the form does not have, or the reader did not find, is not judged."""

from __future__ import annotations

import openpyxl
import pytest

from perfgoals_xl.api import load, validate, validate_frames
from tests.support.steps import PROJECT, filled

HEAD = """\
项目支出绩效目标申报表
（2026年度）
单位：万元
项目名称||乡镇敬老院供暖改造||
主管部门||南塘县民政局|实施单位|南塘县养老服务中心"""
FUNDS = """\
年度资金总额||36||
其中：财政拨款||36||"""
GOAL = "年度目标|改造敬老院4所，投入36万元，入住老人满意度95%以上。|||"
LEVELS = "一级指标|二级指标|三级指标|指标值|备注"
ROWS = """\
产出指标|数量指标|改造敬老院数量|4所|
|质量指标|验收合格率|100%|
|时效指标|完工时间|2026年9月底前|
|成本指标|改造费用|≤36万元|
效益指标|经济效益指标|每年节约燃料费|≥3万元|
|社会效益指标|受益老人|≥210人|
|生态效益指标|每年减少散煤|≥80吨|
|可持续影响指标|设备使用年限|≥10年|
满意度指标|服务对象满意度指标|入住老人满意度|≥95%|"""


def book(tmp_path, *blocks, name="申报.xlsx"):
    """A workbook with one sheet: blocks of lines, | between the cells, numbers as numbers."""
    path = tmp_path / name
    made = openpyxl.Workbook()
    write(made.active, *blocks)
    made.save(path)
    return path


def write(sheet, *blocks):
    lines = "\n".join(blocks).split("\n")
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line.split("|"), 1):
            if text:
                number = text.replace(".", "", 1).isdigit()
                sheet.cell(row, column, float(text) if number else text)


def form(tmp_path, head=HEAD, funds=FUNDS, goal=GOAL, levels=LEVELS, rows=ROWS):
    return book(tmp_path, *filter(None, (head, funds, goal, levels, rows)))


def grave(review):
    return [
        f"{f.rule} {f.severity.value} {f.cell}"
        for f in review.findings
        if f.severity.value != "info"
    ]


def unjudged(review):
    return {(n.rule, n.reason) for n in review.not_judged}


def test_the_form_itself_has_no_fault(tmp_path):
    review = validate(form(tmp_path))
    assert review.findings == ()
    assert unjudged(review) == {
        ("H03", "表上没有“项目属性”“项目期”这几栏"),
        ("H05", "表上没有“项目属性”一栏"),
        ("H06", "表上没有“项目期”一栏"),
        ("F04", "表上没有“项目总额”一栏"),
        ("F05", "表上没有“项目期”“项目总额”这几栏"),
    }


def test_a_goal_that_was_not_found_is_told_once(tmp_path):
    review = validate(form(tmp_path, goal="要做成什么|改造敬老院4所，投入36万元。|||"))
    assert grave(review) == ["K02 warning C4"]
    (finding,) = [f for f in review.findings if f.rule == "K02"]
    assert finding.message == "表上没有找到“年度总体绩效目标”，需要它的规则没有判断"
    assert "导入" in finding.suggestion
    assert "恢复" not in finding.suggestion
    missing = {rule for rule, reason in unjudged(review) if "年度总体绩效目标" in reason}
    assert missing == {"H02", "G01", "G02", "G03", "G04", "G05"}


def test_an_amount_that_was_not_found_is_told_once(tmp_path):
    review = validate(form(tmp_path, funds="今年盘子||36||\n其中：财政拨款||36||"))
    assert grave(review) == ["K02 warning C4"]
    missing = {rule for rule, reason in unjudged(review) if "年度资金总额" in reason}
    assert missing == {"F01", "F02", "F04", "F05"}


def test_what_costs_are_compared_with_was_not_found(tmp_path):
    review = validate(form(tmp_path, funds="今年盘子||36||"))
    assert ("C02", "表上没有“年度资金总额”一栏，资金来源也不能合计") in unjudged(review)


@pytest.mark.parametrize(
    ("funds", "goal", "finding"),
    [
        ("年度资金总额||||\n其中：财政拨款||36||", GOAL, "F01 error B6"),
        (FUNDS, "年度目标||||", "H02 error B8"),
        ("年度资金总额||待批||\n其中：财政拨款||36||", GOAL, "F01 error C6"),
        ("年度资金总额||36||\n其中：财政拨款||30||", GOAL, "F02 error C6"),
        (FUNDS + "\n项目总额||30||", GOAL, "F04 error C8"),
    ],
)
def test_a_blank_or_wrong_field_is_a_fault_as_ever(tmp_path, funds, goal, finding):
    assert finding in grave(validate(form(tmp_path, funds=funds, goal=goal)))


def test_a_blank_header_field_is_a_fault_as_ever(tmp_path):
    head = HEAD.replace("南塘县养老服务中心", "")
    assert grave(validate(form(tmp_path, head=head))) == ["H03 warning E5"]


@pytest.mark.parametrize(
    ("funds", "named"),
    [
        ("年度资金总额||36||\n其中：财政拨款||30||\n上级资金||5||", "上级资金"),
        ("年度资金总额||36||\n财政拨款||30|政府性基金|5", "政府性基金"),
        ("年度资金总额||36||\n财政拨款||30||\n慈善会统筹||6||", "慈善会统筹"),
        ("年度资金总额||36||\n财政拨款||30|福彩公益金|6", "福彩公益金"),
        ("年度资金总额|财政拨款|镇村统筹资金||\n36|30|6||", "镇村统筹资金"),
    ],
)
def test_other_sources_keep_the_sum_from_being_judged(tmp_path, funds, named):
    review = validate(form(tmp_path, funds=funds))
    assert grave(review) == []
    assert ("F02", f"资金来源中的“{named}”没有计入，合计不全") in unjudged(review)
    assert load(form(tmp_path, funds=funds)).origin(0).other_sources.keys() == {named}


@pytest.mark.parametrize(
    ("funds", "findings"),
    [
        # Known sources make the whole, or do not.
        ("年度资金总额||36||\n其中：财政拨款||30||\n单位资金||6||", []),
        ("年度资金总额||36||\n其中：财政拨款||30||\n上级资金||6||", []),
        ("年度资金总额|财政拨款|事业收入||\n36|30|6||", []),
        ("年度资金总额|财政拨款|事业收入||\n36|30|5||", ["F02 error A7"]),
        ("年度资金总额||36||\n财政拨款||30||\n市县配套资金||5||", ["F02 error C6"]),
        # Nothing was left out.
        ("年度资金总额||36||\n财政拨款||30||\n单位资金||0||", ["F02 error C6"]),
        ("年度资金总额||36||\n财政拨款||30||\n单位资金||||", ["F02 error C6"]),
        # A number of another sort is no money.
        ("年度资金总额||36||\n财政拨款||30|科目代码|21305", ["F02 error C6"]),
        # The parts that are kept make up the whole: 一般公共预算 is one of them told once more.
        ("年度资金总额||36||\n财政拨款||36||\n其中：一般公共预算||36||", []),
        ("年度资金总额||36||\n财政拨款||36|6", ["F06 warning D7"]),
    ],
)
def test_near_misses_of_other_sources(tmp_path, funds, findings):
    assert grave(validate(form(tmp_path, funds=funds))) == findings


def test_sources_that_are_not_all_known_are_no_total(tmp_path):
    funds = "年度资金总额||||\n财政拨款||30||\n上级资金||6||"
    (finding,) = [f for f in validate(form(tmp_path, funds=funds)).findings if f.rule == "F01"]
    assert "30" not in finding.message


def test_a_form_without_any_source(tmp_path):
    review = validate(form(tmp_path, funds="年度资金总额||36||"))
    assert ("F02", "表上没有“资金来源”一栏") in unjudged(review)


def test_a_form_without_a_second_level(tmp_path):
    rows = "\n".join(
        "|".join(line.split("|")[:1] + line.split("|")[2:]) for line in ROWS.split("\n")
    )
    review = validate(form(tmp_path, levels="一级指标|指标名称|指标值|备注", rows=rows))
    assert ("S01", "表上没有“二级指标”一栏") in unjudged(review)
    assert [f.rule for f in review.findings if f.rule == "S01"] == []


def test_a_second_level_that_is_blank_is_judged(tmp_path):
    rows = "\n".join(
        "|".join([*line.split("|")[:1], "", *line.split("|")[2:]]) for line in ROWS.split("\n")
    )
    review = validate(form(tmp_path, rows=rows))
    assert {f.rule for f in review.findings} >= {"S01"}


LIST = """\
南塘县民政局2026年项目绩效目标表
单位：万元
项目名称|预算数|一级指标|二级指标|三级指标|指标值
敬老院供暖改造|36|产出指标|数量指标|改造敬老院数量|4所
||产出指标|成本指标|改造费用|≤36万元
殡仪车更新|52|产出指标|数量指标|购置殡仪车|2辆
||产出指标|成本指标|购置费用|≤52万元
救助站食堂|9|产出指标|数量指标|添置灶具|3套
||产出指标|成本指标|添置费用|≤9万元"""


def test_a_list_without_a_goal_is_not_judged_and_that_once(tmp_path):
    review = validate(book(tmp_path, LIST))
    assert [f for f in review.findings if f.rule == "K02"] == []
    goals = [n for n in review.not_judged if n.reason == "表上没有“年度总体绩效目标”一栏"]
    assert sorted(n.rule for n in goals) == ["G01", "G02", "G03", "G04", "G05", "H02", "K02"]
    assert {n.project for n in goals} == {None}
    assert not {"H01", "H02", "H03", "F01", "F02"} & {f.rule for f in review.findings}


def test_forms_whose_goal_was_not_found_are_told_once_and_not_one_by_one(tmp_path):
    wish = "要做成什么|改造敬老院4所，全部通过验收。|||"
    blocks = [
        (HEAD.replace("乡镇", name), FUNDS, wish, LEVELS, ROWS, "") for name in ("东乡", "西乡")
    ]
    review = validate(book(tmp_path, *sum(blocks, ())))
    (finding,) = [f for f in review.findings if f.rule == "K02"]
    assert finding.message == (
        "表上没有找到“年度总体绩效目标”，2 个项目都一样，需要它的规则没有判断"
    )
    assert (finding.cell, finding.project) == ("C4", None)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ({"goal": ""}, "年度总体绩效目标"),
        ({"funds": ""}, "年度资金总额"),
        ({"funds": "项目总额||36||"}, "年度资金总额"),
        ({"funds": "财政拨款||36||"}, "年度资金总额"),
        ({"goal": "", "head": HEAD + "\n联系人||张某某||"}, "年度总体绩效目标"),
        ({"funds": "", "head": HEAD + "\n资金说明||按批复执行||"}, "年度资金总额"),
    ],
)
def test_k02_what_a_layout_does_not_ask_for_is_not_judged(tmp_path, parts, label):
    review = validate(form(tmp_path, **parts))
    assert [f for f in review.findings if f.rule == "K02"] == []
    assert ("K02", f"表上没有“{label}”一栏") in unjudged(review)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ({"goal": "要做成什么|改造敬老院4所，全部通过验收。|||"}, "年度总体绩效目标"),
        ({"goal": "|改造敬老院4所，全部通过验收。|||"}, "年度总体绩效目标"),
        ({"funds": "今年盘子||36||"}, "年度资金总额"),
        ({"funds": "今年盘子||36万元||"}, "年度资金总额"),
        ({"funds": "今年盘子||1,036.5||"}, "年度资金总额"),
    ],
)
def test_k02_what_may_stand_behind_a_lost_label_is_told(tmp_path, parts, label):
    found = [f.message for f in validate(form(tmp_path, **parts)).findings if f.rule == "K02"]
    assert found == [f"表上没有找到“{label}”，需要它的规则没有判断"]


def test_a_list_whose_unit_is_written_once(tmp_path):
    lines = LIST.split("\n")
    lines[2:] = [
        f"{unit}|{line}"
        for unit, line in zip(["实施单位", "南塘县民政局", *[""] * 5], lines[2:], strict=True)
    ]
    declaration = load(book(tmp_path, "\n".join(lines)))
    assert [row["implementing_unit"] for row in declaration.projects.records()] == (
        ["南塘县民政局"] * 3
    )
    assert [f for f in validate(declaration).findings if f.rule == "H03"] == []
    told = [r.place.cell for r in declaration.account if "按上面" in r.text]
    assert told == ["A6", "A8"]


def test_amounts_of_a_list_are_never_carried_down(tmp_path):
    review = validate(book(tmp_path, LIST.replace("殡仪车更新|52|", "殡仪车更新||")))
    assert [f.cell for f in review.findings if f.rule == "F01"] == ["B6"]


def test_columns_of_a_budget_report_are_no_strays(tmp_path):
    funds = """\
预算执行情况|预算数|年初预算|执行数|得分
|年度资金总额|36|35|10
|其中：财政拨款|36|35|/"""
    review = validate(form(tmp_path, funds=funds))
    assert [f.rule for f in review.findings if f.rule in ("F01", "F02", "F06")] == []


def test_our_own_workbook_is_to_be_restored(tmp_path):
    path = filled(tmp_path, every_rule=True)
    made = openpyxl.load_workbook(path)
    (cell,) = [
        c
        for row in made[PROJECT]
        for c in row
        if isinstance(c.value, str) and "年度资金总额" in c.value and c.row < 10
    ]
    cell.value = "今年的钱"
    made.save(path)
    review = validate(path)
    (finding,) = [f for f in review.findings if f.rule == "K02"]
    assert finding.message == "表上找不到标签“年度资金总额”"
    assert finding.suggestion.startswith("请按模板恢复标签")
    assert not {"F01", "F02", "F04", "F05"} & {f.rule for f in review.findings}


def test_one_form_unlike_the_others_is_to_be_like_them(tmp_path):
    path = tmp_path / "四张.xlsx"
    made = openpyxl.Workbook()
    for number, name in enumerate(("东", "西", "南", "北")):
        sheet = made.active if not number else made.create_sheet(name)
        head = HEAD.replace("乡镇", name)
        write(
            sheet,
            head if number else head.replace("主管部门||南塘县民政局|", "|||"),
            FUNDS,
            GOAL,
            LEVELS,
            ROWS,
        )
    made.save(path)
    (finding,) = [f for f in validate(path).findings if f.rule == "K02"]
    assert finding.message == "表上找不到标签“主管部门”"
    assert finding.suggestion == "本文件的其他表上有这个标签：请照其他表补上。"


def test_a_frame_has_the_columns_that_it_has(tmp_path):
    projects = load(form(tmp_path)).projects.values.copy()
    projects["annual_goal"] = None
    told = validate_frames(projects, None)
    assert "H02" in set(told["rule"])


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("入住老人满意度（≥**%）", "≥95%", "（≥**%）"),
        ("改造敬老院数量（XX所）", "4所", "（XX所）"),
        ("验收合格率(达到__%)", "100%", "(达到__%)"),
        ("受益老人≥***人", "≥210人", "≥***人"),
        ("改造费用（不超过××万元）", "≤36万元", "（不超过××万元）"),
        ("改造床位（**）", "120张", "（**）"),
    ],
)
def test_v01_a_hint_beside_a_filled_value_is_left_over(tmp_path, name, value, hint):
    rows = ROWS.replace("入住老人满意度|≥95%", f"{name}|{value}")
    (finding,) = [f for f in validate(form(tmp_path, rows=rows)).findings if f.rule == "V01"]
    assert (finding.severity.value, finding.cell) == ("warning", "C18")
    assert finding.message == f"指标值已经填写，名称“{name}”中还留着模板的提示“{hint}”"
    assert f"请删去名称中的“{hint}”" in finding.suggestion


def test_v01_hints_are_told_once_for_a_project(tmp_path):
    rows = ROWS.replace("验收合格率", "验收合格率（≥**%）").replace("受益老人", "受益老人（**人）")
    found = [f for f in validate(form(tmp_path, rows=rows)).findings if f.rule == "V01"]
    assert [(f.severity.value, f.cell) for f in found] == [("warning", "C11")]


@pytest.mark.parametrize(
    ("name", "value", "cells"),
    [
        ("入住老人满意度（≥**%）", "≥**%", ["C18", "D18"]),  # the value is not filled either
        ("入住老人满意度", "≥**%", ["D18"]),
        ("XX镇老人满意度（≥**%）", "≥95%", ["C18"]),  # one gap besides the hint
        ("老人（XX镇）满意度", "≥95%", ["C18"]),  # a place that is still to be named
        ("XX满意度", "≥95%", ["C18"]),
        ("入住老人满意度（≥**%）", "", ["C18"]),
    ],
)
def test_v01_a_gap_stays_an_error(tmp_path, name, value, cells):
    rows = ROWS.replace("入住老人满意度|≥95%", f"{name}|{value}")
    found = [f for f in validate(form(tmp_path, rows=rows)).findings if f.rule == "V01"]
    assert [(f.severity.value, f.cell) for f in found] == [("error", cell) for cell in cells]


@pytest.mark.parametrize("value", ["≥95百分比", "95百分比以上", "不低于95百分比", "≥95 百分率"])
def test_percent_in_words_is_percent(tmp_path, value):
    rows = ROWS.replace("入住老人满意度|≥95%", f"入住老人满意度|{value}")
    assert grave(validate(form(tmp_path, rows=rows))) == []


@pytest.mark.parametrize(
    ("value", "finding"),
    [("≥85百分比", "M01 warning D18"), ("≥95人", "V06 warning D18")],
)
def test_percent_in_words_is_judged_as_percent(tmp_path, value, finding):
    rows = ROWS.replace("入住老人满意度|≥95%", f"入住老人满意度|{value}")
    assert finding in grave(validate(form(tmp_path, rows=rows)))
