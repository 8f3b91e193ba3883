"""Header and goal (H01-H04), and files without a declaration (K01)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from tests.support.steps import OTHER_PROJECT, PROJECT, filled, found, only, text_of

TITLE = "{}年青岚县林业和草原局部门项目支出预算绩效目标表"


def test_a_correct_declaration_has_no_finding(tmp_path):
    for edition in ("2015", "2021"):
        review = validate(filled(tmp_path, edition=edition, every_rule=True))
        assert (review.findings, review.not_judged) == ((), ())
        assert review.counts == {"error": 0, "warning": 0, "info": 0}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"project_name": None}, ["H01 error C4"]),
        ({"project_name": "　 "}, ["H01 error C4"]),
        ({"project_name": "<p></p>"}, ["H01 error C4"]),
        ({"project_name": "0"}, []),
        ({"annual_goal": None}, ["H02 error C12"]),
        ({"annual_goal": "\n<b> </b>"}, ["H02 error C12"]),
        ({"annual_goal": "补播4000亩"}, []),
        ({"supervising_department": None}, ["H03 warning C5"]),
        ({"implementing_unit": None}, ["H03 warning E5"]),
        ({"project_attribute": None}, ["H03 warning C6"]),
        ({"project_period": None}, ["H03 warning E6"]),
        (
            {"supervising_department": None, "project_period": " "},
            ["H03 warning C5", "H03 warning E6"],
        ),
        ({"project_attribute": "02-延续性项目", "project_period": "2026年1月至2026年12月"}, []),
        ({"A1": TITLE.format(2025)}, ["H04 error A1"]),
        ({"A1": TITLE.format(2026), "A2": None}, []),
        ({"annual_goal": "在2024年基础上，继续执行〔2021〕83号文件，2027年见效。"}, []),
    ],
    ids=str,
)
def test_header_rules(tmp_path, changes, findings):
    assert found(filled(tmp_path, changes)) == findings


def test_a_blank_name_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"project_name": None}), "H01")
    assert finding.sheet == PROJECT
    assert finding.project is None
    assert finding.field == "project_name"
    assert finding.indicator is None
    assert finding.value is None
    assert finding.message == "项目名称没有填写"


def test_a_blank_field_is_named(tmp_path):
    finding = only(filled(tmp_path, {"implementing_unit": None}), "H03")
    assert (finding.project, finding.field) == (PROJECT, "implementing_unit")
    assert (finding.message, finding.suggestion) == ("实施单位没有填写", "请补填实施单位。")


def test_a_wrong_year_is_told_in_full(tmp_path):
    finding = only(filled(tmp_path, {"A1": TITLE.format(2025)}), "H04")
    assert finding.message == "标题写的是 2025 年，本次申报的计划年度是 2026 年"
    assert (finding.project, finding.field, finding.value) == (PROJECT, "project", "2025")


def test_the_plan_year_may_be_given(tmp_path):
    path = filled(tmp_path)
    assert found(path, year=2026) == []
    assert found(path, year=2027, projects=True) == [
        f"H04 error {PROJECT}!A1",
        f"H04 error {OTHER_PROJECT}!A1",
    ]


def test_a_title_without_year_is_not_judged(tmp_path):
    path = filled(tmp_path, {"A1": "部门项目支出预算绩效目标表", "A2": None})
    review = validate(path)
    assert review.findings == ()
    assert [(n.rule, n.sheet, n.project, n.reason) for n in review.not_judged] == [
        ("H04", PROJECT, PROJECT, "标题中没有年度")
    ]


def test_a_form_without_the_field_is_not_judged(tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().replace("项目属性\t\t一次性项目\t项目期\t1年", "项目属性\t\t一次性项目", 1)
    path.write_text(text, encoding="utf-8")
    assert found(path) == []
    reasons = [(n.rule, n.reason) for n in validate(path).not_judged]
    assert ("H03", "表上没有“项目期”一栏") in reasons


def test_a_blank_sheet_of_the_workbook_is_one_finding(tmp_path):
    from perfgoals_xl.workbooks.standard.template import write_standard_workbook

    path = tmp_path / "空白.xlsx"
    write_standard_workbook(path, department="青岚县林业和草原局", code=None, year=2026, projects=2)
    review = validate(path)
    assert [(f.rule, f.sheet, f.cell, f.project, f.field) for f in review.findings] == [
        ("H01", "项目01", "C4", None, "project_name"),
        ("H01", "项目02", "C4", None, "project_name"),
    ]
    assert {f.message for f in review.findings} == {"这张项目表还没有填写"}


@pytest.mark.parametrize("text", ["今年的工作安排\n", "项目名称\t某项目\n", "一级指标\t二级指标\n"])
def test_no_declaration_at_all(tmp_path, text):
    path = tmp_path / "通知.txt"
    path.write_text(text, encoding="utf-8")
    review = validate(path)
    assert [(f.rule, f.severity, f.sheet, f.cell, f.field) for f in review.findings] == [
        ("K01", "error", None, None, "workbook")
    ]
    assert review.not_judged == ()


def test_a_department_table_alone_is_a_declaration(tmp_path):
    path = tmp_path / "部门表.txt"
    rows = (
        "2026年青岚县林业和草原局部门整体支出预算绩效目标表",
        "部门名称及代码\t青岚县林业和草原局（213001）",
        "部门职责绩效目标\t管理全县林草资源，森林覆盖率稳定在21%以上。",
        "一级指标\t二级指标\t三级指标\t\t\t备注",
        "\t\t财政政策性绩效目标\t部门预算绩效目标\t部门指标值",
        "预算执行绩效目标\t支出进度\t达到序时要求\t9月底预算执行率\t≥75%",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    assert found(path) == []
