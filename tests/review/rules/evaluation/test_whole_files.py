"""Whole files in several layouts: a right form gives none, one fault in it gives that one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgoals_xl.api import validate
from tests.reading.evaluation.forms import write_as
from tests.reading.evaluation.layouts import MONITORING, PAIRS, POINTS, STANDARD

RIGHT_POINTS = replace(POINTS, table=POINTS.table.replace("□优 ☑良", "☑优 □良"))
FORMS = {"standard": STANDARD, "points": RIGHT_POINTS, "pairs": PAIRS, "monitoring": MONITORING}
FAULTS = [
    ("standard", "|41株|20|", "||20|", "Z01 error F14 actual_value 挂牌保护古树"),
    ("standard", "|97%|30|30", "|97%|30|", "Z02 error H17 score 古树成活率"),
    ("standard", "|41株|20|20", "|41株|20|21", "Z03 error H14 score 挂牌保护古树"),
    ("standard", "|100|96.16", "|100|92.6", "Z04 error H19 total_score"),
    ("standard", "|100|96.16", "|100|0", "Z04 error H19 total_score"),
    ("standard", "|100|96.16", "|105|96.16", "Z05 error G19 total_weight"),
    ("standard", "|10|94.85%|", "|10|97.85%|", "Z06 error H7 execution_rate"),
    ("standard", "|94.85%|9.49", "|94.85%|9", "Z07 error I7 execution_score"),
    ("standard", "|100|98.5|92.4", "|100|98.5|82.4", "Z08 error F7 executed"),
    ("standard", "|10株|20|16.67|两株濒危，移至来年春季实施", "|12株|20|16.67|",
     "Z09 warning H15 score 复壮古树"),
    ("standard", "|97%|30|30", "|94%|30|30", "Z10 error H17 score 古树成活率"),
    ("standard", "|两株濒危，移至来年春季实施", "|无", "Z11 warning I15 reason 复壮古树"),
    ("standard", "|41株|20|", "|已完成|20|", "Z12 error F14 actual_value 挂牌保护古树"),
    ("standard", "|41株|20|", "|60株|20|", "Z17 info F14 actual_value 挂牌保护古树"),
    ("standard", "已挂牌41株，复壮10株。", "×××", "Z18 error F12 actual_result"),
    ("standard", "评价等级|优", "评价等级|良", "Z22 error B20 grade"),
    ("points", "||9.5", "||7.5", "Z07 error G5 execution_score"),
    ("points", "|62公里|30|30分", "|52公里|30|30分", "Z10 error G11 score 养护里程"),
    ("points", "|96%|20|19.2分", "|96%|20|15.2分", "Z04 error G15 total_score"),
    ("points", "|100%|96%|20|", "|100%|达标|20|", "Z12 error E12 actual_value 验收合格率"),
    ("points", "☑优 □良", "□优 ☑良", "Z22 error B16 grade"),
    ("points", "（30分）|养护里程", "（35分）|养护里程", "Z05 error B11 weight 养护里程"),
    ("pairs", "|38处|25|23.75|两校场地未腾空", "|38处|25|23.75|",
     "Z11 warning H13 reason 新增饮水点"),
    ("pairs", "执行率|95%", "执行率|90%", "Z06 error G5 execution_rate"),
    ("pairs", "：98.25分", "：88.25分", "Z04 error A15 total_score"),
    ("monitoring", "|95%|98%|汛期漂浮物多|有可能", "|95%|97%|汛期漂浮物多|确定能",
     "Z20 warning I13 likelihood 水面清洁率"),
    ("monitoring", "|86公里|86公里||", "|30公里|86公里||", "Z19 warning H12 reason 保洁河道长度"),
    ("monitoring", "|55.00%|0\n||其中", "|65.00%|0\n||其中", "Z06 error G7 execution_rate"),
]  # fmt: skip


def found(tmp_path, sheet, kind="xlsx"):
    review = validate(write_as(kind, tmp_path, sheet))
    return [
        " ".join(filter(None, (f.rule, f.severity.value, f.cell, f.field, f.indicator)))
        for f in review.findings
    ]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("name", FORMS)
def test_a_right_form_has_no_finding(tmp_path, name, kind):
    assert found(tmp_path, FORMS[name], kind) == []


@pytest.mark.parametrize(("name", "right", "wrong", "told"), FAULTS)
def test_one_fault_gives_just_that_one(tmp_path, name, right, wrong, told):
    form = FORMS[name]
    assert form.table.count(right) == 1
    assert found(tmp_path, replace(form, table=form.table.replace(right, wrong))) == [told]
