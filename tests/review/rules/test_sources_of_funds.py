"""Sources of funds under other names make the annual amount as the fields do (F02, K02)."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.form.label_patterns import is_source_of_funds
from tests.review.test_unknown_labels import form, grave, unjudged

TOTAL = "年度资金总额||{}||\n"


@pytest.mark.parametrize(
    ("funds", "right"),
    [
        (TOTAL + "其中：中央补助||20||\n地方资金||16||", 36),
        (TOTAL + "中央资金||20||\n省级资金||10||\n市县资金||6||", 36),
        (TOTAL + "中央资金||10||\n省级资金||10||\n市级资金||10||\n县级资金||6||", 36),
        (TOTAL + "财政拨款||20||\n自筹资金||10||\n社会投入||4||\n其他来源||2||", 36),
        (TOTAL + "财政拨款||30||\n县级财政配套资金||6||", 36),
        (TOTAL + "一般公共预算||20||\n政府性基金||10||\n单位资金||6||", 36),
        ("年度资金总额|财政拨款|市县配套|社会资金|\n{}|20|10|6|", 36),
        ("年度资金总额|{}|年度本级预算金额|30|\n该项目支出上级资金|6|||", 36),
        # 地方资金 is the sum of those behind it.
        (TOTAL + "中央资金||20||\n地方资金||16||\n其中：省级资金||10||\n市县资金||6||", 36),
        # 财政拨款 told once more by the kind of budget.
        (TOTAL + "财政拨款||36||\n一般公共预算||30||\n政府性基金||6||", 36),
    ],
)
def test_sources_of_other_names_are_added_up(tmp_path, funds, right):
    review = validate(form(tmp_path, funds=funds.format(right)))
    assert grave(review) == []
    assert "F02" not in {rule for rule, _ in unjudged(review)}
    wrong = [f.rule for f in validate(form(tmp_path, funds=funds.format(39))).findings]
    assert "F02" in wrong


def test_the_sum_is_told_with_every_source(tmp_path):
    funds = TOTAL.format(36) + "中央补助||20||\n市县配套资金||15||"
    (finding,) = validate(form(tmp_path, funds=funds)).findings
    assert finding.message == (
        "年度资金总额 36 万元 ≠ 资金来源合计 35 万元（中央补助 20 + 市县配套资金 15），"
        "来源少 1 万元"
    )


@pytest.mark.parametrize(
    ("funds", "sum_of"),
    [
        ("中央补助||20||\n省级资金||15||", "中央补助 20 + 省级资金 15"),
        (
            "其中：中央资金（万元）||20||\n　省级财政补助资金||15||",
            "中央资金 20 + 省级财政补助资金 15",
        ),
        ("1.财政性资金||20||\n2.其他资金||15||", "财政性资金 20 + 其他资金 15"),
        ("一般公共预算拨款||20||\n自有资金||15||", "自有资金 15 + 一般公共预算拨款 20"),
        ("财政拨款：||20||\n上年结转：||15||", "财政拨款 20 + 上年结转 15"),
        # The words of our own form where these stand on it, or where the label holds the amount.
        ("中央资金||20||\n自治区资金||15||", "中央资金 20 + 自治区资金 15"),
        ("财政拨款||20||\n其他资金（含自筹）||15||", "财政拨款 20 + 其他资金 15"),
        ("其中：财政拨款：20||||\n其他资金：15||||", "财政拨款 20 + 其他资金 15"),
        ("财政拨款||20||\n其他资金||15||", "财政拨款 20 + 其他资金 15"),
        ("财政拨款|20|其他资金|15|", "财政拨款 20 + 其他资金 15"),
    ],
)
def test_a_source_is_called_what_its_form_calls_it(tmp_path, funds, sum_of):
    findings = validate(form(tmp_path, funds=TOTAL.format(36) + funds)).findings
    (told,) = [f.message for f in findings if f.rule == "F02"]
    assert f"（{sum_of}）" in told


@pytest.mark.parametrize("granted", ["财政拨款", "财政性资金", "财政资金", "本级财政拨款"])
def test_what_may_be_a_part_of_the_grant_is_none_under_any_name(tmp_path, granted):
    funds = TOTAL.format(36) + f"{granted}||30||\n上级资金||20||"
    assert grave(validate(form(tmp_path, funds=funds))) == []


def test_costs_that_the_sources_make_are_not_told_besides(tmp_path):
    # 36万元 is what the sources and the costs make: the total alone is wrong.
    funds = TOTAL.format(40) + "中央补助||20||\n地方资金||16||"
    assert grave(validate(form(tmp_path, funds=funds))) == ["F02 error C6"]


@pytest.mark.parametrize(
    "funds",
    [
        "年度本级预算金额|36|该项目支出上级资金|0|",
        "本级预算金额|30|上级补助资金|6|",
        "本级预算金额|30万元|上级资金|6万元|",
        "中央补助||20||\n地方资金||16||",
        "省级资金||30||\n县级资金||6||",
    ],
)
def test_sources_stand_in_for_a_total_that_the_form_does_not_have(tmp_path, funds):
    review = validate(form(tmp_path, funds=funds))
    assert grave(review) == []
    assert ("K02", "表上没有“年度资金总额”一栏") in unjudged(review)
    assert "C03" not in {rule for rule, _ in unjudged(review)}


@pytest.mark.parametrize(
    "funds",
    [
        # What nobody knows may be no source, and 上级资金 may be a part of 财政拨款.
        TOTAL.format(36) + "财政拨款||30||\n福彩公益金||5||",
        TOTAL.format(36) + "财政拨款||30||\n上级资金||5||",
        TOTAL.format(36) + "财政拨款||30||\n市县配套||待定||",
    ],
)
def test_near_misses_are_not_judged(tmp_path, funds):
    review = validate(form(tmp_path, funds=funds))
    assert grave(review) == []
    assert "F02" in {rule for rule, _ in unjudged(review)}


def test_amounts_of_other_sources_are_kept_in_the_unit_of_the_form(tmp_path):
    funds = TOTAL.format(36) + "财政拨款||30||\n市县配套（元）||60000||"
    declaration = load(form(tmp_path, funds=funds))
    assert declaration.origin(0).other_sources == {"市县配套": "6"}
    assert grave(validate(form(tmp_path, funds=funds))) == []


@pytest.mark.parametrize(
    ("word", "is_source"),
    [
        ("该项目支出上级资金", True),
        ("县级财政配套资金", True),
        ("企业自筹资金", True),
        ("社会投入", True),
        ("乡镇配套资金", True),
        ("县级主管部门", False),
        ("社会效益", False),
        ("市级财政部门", False),
        ("资金来源", False),
        ("上级补助标准", False),
        ("企业投资比例", False),
    ],
)
def test_labels_built_like_those_of_sources(word, is_source):
    assert is_source_of_funds(word) is is_source
