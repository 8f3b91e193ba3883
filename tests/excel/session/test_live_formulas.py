"""Formulas on a blank copy of a form: live sums stay, answers and remarks in formulas go."""

from __future__ import annotations

import pytest

from perfgoals_xl.excel.session.live_formulas import live_formula

PROJECTS = ("甲", "乙 项目")


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(C10:C12)",
        '=IF(C7="","",ROUND(C7,2))',
        '=PG_YEAR&"年"&PG_DEPARTMENT&"部门项目支出预算绩效目标表"',
        "=封面!B2",
        "=合计*100",
        '=IF(COUNT(C9)=0,"未填",IF(I6=0,"符合","不符"))',
        "='项目01'!C7",
    ],
)
def test_live_ones_stay_as_they_are(formula):
    assert live_formula(formula, model="甲", copy="项目01", projects=PROJECTS) == formula


@pytest.mark.parametrize(
    "formula",
    [
        "=200+80",
        "=123456",
        '="张三"',
        '="张三 13900000000"&C4',
        '=C4&"，待补材料"',
        '=HYPERLINK("mailto:a@b.cn")',
        "=[1]上年!B3",
        r"='C:\表\[上年.xlsx]甲'!B3",
        "='乙 项目'!C7",
        "=C7+'乙 项目'!C7",
        "=TODAY()",
        "=",
        "==",
        "='",
    ],
)
def test_the_others_go(formula):
    assert live_formula(formula, model="甲", copy="项目01", projects=PROJECTS) is None


@pytest.mark.parametrize(
    ("formula", "changed"),
    [
        ("=甲!C7+1", "='项目01'!C7+1"),
        ("=SUM('甲'!$C$7:$C$9)*2", "=SUM('项目01'!$C$7:$C$9)*2"),
        ('=IF(甲!A1="甲A1",1,2)', "=IF('项目01'!A1=\"甲A1\",1,2)"),
    ],
)
def test_what_looks_at_its_own_sheet_by_name_looks_at_the_copy(formula, changed):
    assert live_formula(formula, model="甲", copy="项目01", projects=PROJECTS) == changed
