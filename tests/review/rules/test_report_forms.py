"""自评表 and 监控表 that hold no results: their budget may have changed since the targets were set.

Those with results are judged by rules of their own (family Z).
"""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from perfgoals_xl.api import validate
from perfgoals_xl.form.evaluation.evaluation_labels import is_report_title

FORM = """\
{title}
（2026年度）
项目名称|渠道清淤项目
主管部门|石桥县水务局|实施单位|石桥县灌区站
项目资金（万元）|年初预算数|全年预算数
年度资金总额|13|12
年度总体目标|清淤渠道6公里，{goal}
一级指标|二级指标|三级指标|年度指标值
产出指标|数量指标|清淤长度|≥6公里
|质量指标|工程验收合格率|≥98%
|时效指标|完工时间|{time}
|成本指标|清淤费用|{cost}
效益指标|社会效益指标|受益农户|≥300户
满意度指标|服务对象满意度指标|农户满意度|≥95%
"""
DECLARED, SELF_RATED = "项目支出绩效目标申报表", "项目支出绩效自评表"
RIGHT = {"goal": "恢复输水能力。", "time": "2026年10月底前", "cost": "≤12万元"}


def told(tmp_path, title, sheet="Sheet", **changed):
    """The codes of errors and warnings, and which of the same rules were not judged."""
    workbook = Workbook()
    workbook.active.title = sheet
    lines = FORM.format(title=title, **{**RIGHT, **changed}).splitlines()
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line.split("|"), 1):
            if text:
                is_number = text.replace(".", "").isdigit()
                workbook.active.cell(number, column, float(text) if is_number else text)
    path = tmp_path / "项目.xlsx"
    workbook.save(path)
    review = validate(path)
    found = sorted({f.rule for f in review.findings if f.severity.value != "info"})
    unjudged = {n.rule for n in review.not_judged if "调整后" in n.reason}
    return " ".join(found), " ".join(sorted(unjudged))


@pytest.mark.parametrize(
    ("changed", "declared", "unjudged"),
    [
        ({}, "", ""),
        ({"cost": "≤13万元"}, "C02", "C02 C03 C04 C07"),
        ({"cost": "≤10万元"}, "C03", "C02 C03 C04 C07"),
        ({"cost": "≤0.0012万元"}, "C07", "C02 C03 C04 C07"),
        ({"goal": "2026年投入资金13万元。"}, "G01", "G01"),
        ({"time": "2027年3月底前"}, "T02", ""),
    ],
)
def test_what_depends_on_the_planned_budget_is_not_judged(tmp_path, changed, declared, unjudged):
    assert told(tmp_path, DECLARED, **changed) == (declared, "")
    assert told(tmp_path, SELF_RATED, **changed) == ("", unjudged)


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"time": "2025年10月底前"}, "T01"),
        ({"cost": "节约开支"}, "C01"),
        ({"cost": "XX万元"}, "V01"),
    ],
)
def test_what_does_not_depend_on_it_is(tmp_path, changed, rules):
    assert told(tmp_path, SELF_RATED, **changed)[0] == rules


@pytest.mark.parametrize(
    ("title", "sheet", "is_one"),
    [
        ("项目支出绩效目标自评表", "Sheet", True),
        ("2026年项目绩效运行监控表", "Sheet", True),
        ("部门预算项目绩效目标执行监控情况表", "Sheet", True),
        ("项目支出绩效评价表", "Sheet", True),
        ("项目绩效目标完成情况表", "Sheet", True),
        ("项目绩效目标表", "自评表", True),
        ("项目绩效目标表", "项目", False),
        ("项目支出绩效目标批复表", "监控租赁", False),
        ("项目支出绩效目标申报表（含绩效评价要求）", "Sheet", False),
    ],
)
def test_such_a_form_is_known_by_its_title_or_its_sheet(tmp_path, title, sheet, is_one):
    rules = told(tmp_path, title, sheet, cost="≤13万元")[0]
    assert rules == ("" if is_one else "C02")


def test_a_long_text_is_no_title():
    assert not is_report_title("请于次年三月前报送自评表，" + "并附说明" * 15)
