"""Amounts of forms without any, from a budget list on another sheet of the workbook."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from perfgoals_xl.api import load, validate

FORM = """
2026年项目支出绩效目标表
项目名称|{}
主管部门|青石县文化馆
年度目标|2026年投入36万元，组织送戏下乡演出120场，丰富群众文化生活。
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|送戏下乡演出场次|120场
|质量指标|演出完成率|100%
|时效指标|演出完成时间|2026年11月底前
|成本指标|每场演出补助|3000元/场
效益指标|社会效益指标|观看演出群众|2万人次
|可持续影响指标|演出队伍稳定率|≥90%
满意度指标|服务对象满意度指标|群众满意度|≥90%
"""
TITLE = "2026年部门项目支出预算表\n单位名称：青石县文化馆||单位：万元\n"
LIST = (
    TITLE + "项目名称|合计|一般公共预算|单位资金\n送戏下乡|36|30|6\n文物巡查|18|18|\n合计|54|48|6"
)


def workbook(tmp_path, listed, forms=("送戏下乡",), form=FORM):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in [
        ("预算表", listed),
        *((f"表{n}", form.format(f)) for n, f in enumerate(forms)),
    ]:
        sheet = book.create_sheet(name)
        for line in text.strip().split("\n"):
            sheet.append([int(v) if v.isdigit() else v or None for v in line.split("|")])
    path = tmp_path / "申报.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("listed", "amount"),
    [
        (LIST, 36),
        (LIST.replace("项目名称|合计", "项目名称|预算金额"), 36),
        (
            LIST.replace("||单位：万元", "||单位：元").replace("|36|30|6", "|360000|300000|60000"),
            36,
        ),
        (LIST.replace("||单位：万元", "").replace("|合计|", "|合计（万元）|"), 36),
        (LIST.replace("2026年", ""), 36),
        # Nothing is left to guess: two columns, no unit, another year, another name, two lines.
        (LIST.replace("|一般公共预算|", "|年度预算|"), None),
        (LIST.replace("||单位：万元", ""), None),
        (LIST.replace("2026年", "2025年"), None),
        (LIST.replace("送戏下乡", "送戏下乡演出"), None),
        (LIST.replace("文物巡查", "送戏下乡"), None),
        (LIST.replace("|36|", "|待定|"), None),
        (LIST.replace("项目名称|", "单位名称|"), None),
    ],
)
def test_the_amount_of_a_list(tmp_path, listed, amount):
    declaration = load(workbook(tmp_path, listed))
    (project,) = declaration.projects.records()
    assert project["annual_amount"] == (amount and Decimal(amount))
    told = [remark.text for remark in declaration.account if "同名项目" in remark.text]
    assert len(told) == (1 if amount else 0)
    if amount:
        place = declaration.projects.place(0, "annual_amount")
        assert (place.sheet, place.cell) == ("预算表", "B4")


def test_two_forms_of_one_name_have_no_amount(tmp_path):
    other = FORM.replace("送戏下乡演出", "戏曲进校园")
    path = workbook(tmp_path, LIST, ("送戏下乡",), FORM)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("另一表")
    for line in other.format("送戏下乡").strip().split("\n"):
        sheet.append(line.split("|"))
    book.save(path)
    amounts = [project["annual_amount"] for project in load(path).projects.records()]
    assert set(amounts) == {None}


def test_a_form_with_a_blank_label_stays_blank(tmp_path):
    form = FORM.replace("主管部门|", "年度资金总额（万元）|\n主管部门|")
    (project,) = load(workbook(tmp_path, LIST, form=form)).projects.records()
    assert project["annual_amount"] is None


def test_goal_and_costs_are_judged_by_it(tmp_path):
    found = validate(workbook(tmp_path, LIST)).findings
    assert [f.rule for f in found if f.rule[0] in "FGCK"] == []
    wrong = LIST.replace("送戏下乡|36|30|6", "送戏下乡|40|34|6")
    found = validate(workbook(tmp_path, wrong)).findings
    assert {f.rule for f in found if f.rule[0] in "FGCK"} == {"G01", "C03"}
