"""--reason: one reason for the findings of a rule, or at some cells."""

from __future__ import annotations

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.review.catalogue import Severity
from perfgoals_xl.review.findings import Finding, Review
from perfgoals_xl.review.given_reasons import confirmed, given_reason


def finding(rule, cell, sheet="项目01", *, severity=Severity.WARNING, waiver=None):
    message, advice = f"{cell} 的值不合适", "请更正"
    told = (rule, severity, "申报.xlsx", sheet, cell, "渠道清淤", "target_value", None, None)
    return Finding(*told, message, advice, waiver)


FOUND = Review(
    findings=(
        finding("V08", "D17"),
        finding("V08", "D19"),
        finding("V08", "D17", "项目02"),
        finding("V10", "D18", severity=Severity.ERROR),
        finding("M01", "D30", waiver="往年如此"),
        finding("V05", "V10"),
        finding("P01", None),
    )
)


def answered(*given, found=FOUND):
    review, told = confirmed(found, [given_reason(text) for text in given])
    before = {id(one): one.waiver for one in found.findings}
    changed = [
        f"{new.rule} {new.sheet}!{new.cell} {new.waiver}"
        for old, new in zip(found.findings, review.findings, strict=True)
        if before[id(old)] != new.waiver
    ]
    return changed, told


@pytest.mark.parametrize(
    ("given", "cells"),
    [
        ("V08=按批复执行", ["V08 项目01!D17", "V08 项目01!D19", "V08 项目02!D17"]),
        ("v08=按批复执行", ["V08 项目01!D17", "V08 项目01!D19", "V08 项目02!D17"]),
        ("V08＝按批复执行", ["V08 项目01!D17", "V08 项目01!D19", "V08 项目02!D17"]),
        ("项目01!D17=按批复执行", ["V08 项目01!D17"]),
        ("'项目01'!$D$17=按批复执行", ["V08 项目01!D17"]),
        ("V08@项目02!D17=按批复执行", ["V08 项目02!D17"]),
        ("项目01!D17:D19=按批复执行", ["V08 项目01!D17", "V08 项目01!D19", "V10 项目01!D18"]),
        ("项目01!E20:A18=按批复执行", ["V08 项目01!D19", "V10 项目01!D18"]),
        ("D19=按批复执行", ["V08 项目01!D19"]),
        # An error can be answered, as with the button.
        ("V10=按批复执行", ["V10 项目01!D18"]),
        ("@V10=按批复执行", ["V05 项目01!V10"]),
        ("P01=按批复执行", ["P01 项目01!None"]),
    ],
)
def test_what_a_reason_is_for(given, cells):
    changed, told = answered(given)
    assert sorted(changed) == sorted(f"{cell} 按批复执行" for cell in cells)
    (line,) = told
    assert line.startswith(f"已给 {len(cells)} 项问题写上说明（")


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("M01=按批复执行", "注意：M01 的 1 项问题都已有说明，没有改动。"),
        ("Q99=按批复执行", "注意：没有 Q99 的问题，没有写“按批复执行”。"),
        ("T01=按批复执行", "注意：没有 T01 的问题，没有写“按批复执行”。"),
        ("项目03!D17=按批复执行", "注意：没有 项目03!D17 的问题，没有写“按批复执行”。"),
        ("V05@项目01!D17=按批复执行", "注意：没有 V05@项目01!D17 的问题，没有写“按批复执行”。"),
    ],
)
def test_nothing_to_answer_is_told_and_no_fault(given, line):
    assert answered(given) == ([], [line])


def test_the_first_reason_of_a_finding_counts():
    changed, told = answered("项目01!D17=跨年采购，a=b", "V08=按批复执行")
    assert changed == [
        "V08 项目01!D17 跨年采购，a=b",
        "V08 项目01!D19 按批复执行",
        "V08 项目02!D17 按批复执行",
    ]
    assert told[1] == "已给 2 项问题写上说明（V08）：按批复执行"


def test_a_sheet_whose_name_holds_the_sign():
    found = Review(findings=(finding("V08", "D17", "甲=乙's"),))
    assert answered("'甲=乙''s'!D17=按批复执行", found=found)[0] == ["V08 甲=乙's!D17 按批复执行"]


def test_a_cell_of_several_sheets_is_refused():
    with pytest.raises(InputError, match="几张工作表的这个位置都有问题（项目01、项目02）"):
        answered("D17=按批复执行")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("V08", "没有写全"),
        ("V08=", "没有写全"),
        ("=按批复执行", "没有写全"),
        ("按批复执行", "没有写全"),
        ("项目01=按批复执行", "没有写全"),
        ("V08@=按批复执行", "没有写全"),
        ("D0=按批复执行", "没有写全"),
        ("Q99@D17=按批复执行", "没有规则 Q99"),
        ("V08=/", "“/”不是理由"),
        ("V08=无", "“无”不是理由"),
        ("V08=#REF!", "不是理由"),
        ("V08=请更正", "不是理由"),  # our own words
        ("V08=D17 的值不合适", "不是理由"),
        (f"V08={'长' * 40_000}", "单元格放不下"),
    ],
)
def test_what_is_no_reason(given, told):
    with pytest.raises(InputError, match=told):
        answered(given)
