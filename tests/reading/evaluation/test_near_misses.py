"""What only looks like a 自评表 or a 监控表 stays a declaration; what is one is known."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import write_workbook

HEAD = """
{title}
（2026年度）
项目名称|生态护林|主管部门|青岚县林草局
{funds}
年度绩效目标|巡护36次
{heads}
产出指标|数量指标|巡护次数|≥36次|{values}
效益指标|生态效益指标|林木成活率|≥95%|{values}
"""
PLAN = "年度资金总额|100"
COLUMNS = "一级指标|二级指标|三级指标|指标值|"
GOALS = "项目支出绩效目标表"

NEAR = {
    "points and how they are given": (GOALS, PLAN, "分值|评分标准", "10|每少1次扣1分"),
    "what was reached last year": (GOALS, PLAN, "上年完成值|备注", "35次|"),
    "several years before": (GOALS, PLAN, "近三年指标值|历史值", "30次|31次"),
    "what was spent last year": (
        "项目支出申报表", "资金|上年预算数|上年执行数|本年预算数\n合计|90|88|100", "备注|", "|"
    ),
    "a title alone": ("项目支出绩效自评表", PLAN, "备注|", "按月统计|"),
    "monitoring in the name of a project": (
        "项目支出绩效目标表（治安视频监控三期）", PLAN, "备注|", "按月统计|"
    ),
    "a column called the value to be reached": (GOALS, PLAN, "预期完成值|备注", "36次|"),
    "how it is to be scored": (GOALS, PLAN, "权重|得分依据", "10|查看台账"),
}  # fmt: skip

FOUND = {
    "values and scores, untitled": (GOALS, PLAN, "实际完成值|得分", "36次|10", "evaluations"),
    "what was spent and reached": (
        GOALS, "资金|全年预算数|全年执行数\n合计|100|98", "实际完成值|备注", "36次|", "evaluations"
    ),
    "the goal and how far it was reached": (
        GOALS, f"{PLAN}\n实际完成情况|巡护36次", "完成值|备注", "36次|", "evaluations"
    ),
    "a title and a column": (
        "项目支出绩效自评表", PLAN, "实际完成值|偏差原因", "36次|", "evaluations"
    ),
    "monitoring by its columns": (
        GOALS, PLAN, "1-6月完成值|完成目标可能性", "18次|确定能", "monitorings"
    ),
    "monitoring by its title": ("绩效运行监控表", PLAN, "完成情况|备注", "18次|", "monitorings"),
}  # fmt: skip


def form(title, funds, heads, values):
    return HEAD.format(title=title, funds=funds, heads=COLUMNS + heads, values=values)


@pytest.mark.parametrize("name", NEAR)
def test_a_declaration_stays_one(tmp_path, name):
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", form(*NEAR[name])))
    assert len(declaration.projects) == 1
    assert len(declaration.indicators) == 2
    assert not declaration.evaluated
    assert declaration.evaluated_projects == frozenset()


@pytest.mark.parametrize("name", FOUND)
def test_a_report_is_one(tmp_path, name):
    *parts, table = FOUND[name]
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", form(*parts)))
    assert len(declaration.evaluated.table(table)) == 1
    assert declaration.evaluated_projects == {0}
    assert len(declaration.indicators) == 2


def test_a_blank_form_is_none_yet(tmp_path):
    table = """
项目支出绩效自评表
项目名称|
年度绩效目标|
一级指标|二级指标|三级指标|指标值|实际完成值|得分
产出指标|数量指标|
"""
    declaration = load_declaration(write_workbook(tmp_path / "表.xlsx", table))
    assert not declaration.evaluated
    assert len(declaration.blank_forms) == 1
