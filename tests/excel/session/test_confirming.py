"""统一说明: one reason for a selection or a rule, in an open workbook that was validated."""

from __future__ import annotations

import pytest

from perfgoals_xl.addresses import Place
from perfgoals_xl.api import validate
from perfgoals_xl.declaration import Reason
from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session.checking import NOT_YET
from perfgoals_xl.excel.session.confirming import _members, _Row
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from tests.excel.session.test_checking import click
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled

FIRST = 5
BLANK = dict.fromkeys(("数量1", "数量2", "质量1"), None)
ALIKE = dict.fromkeys(("数量1 名称", "数量2 名称", "质量1 名称"), "指标1：同")
REASON = "按批复执行"


@pytest.fixture
def book(excel, opened, tmp_path):
    """Six equal findings in a group, closed, and others; the list is in front."""
    path = filled(tmp_path, {**BLANK, **ALIKE}, other={**BLANK, **ALIKE, "annual_amount": 37})
    found = opened(path)
    told = click(macros.validate_book, excel)
    assert "与上次" not in told
    found.sheets[RESULTS_SHEET].activate()
    return found


def answered(book, tmp_path):
    path = tmp_path / "存.xlsx"
    path.unlink(missing_ok=True)
    book.save(str(path))
    return sorted((f.rule, f.sheet, f.cell) for f in validate(path).findings if f.waiver == REASON)


def rows(book):
    return book.sheets[RESULTS_SHEET].range(f"B{FIRST}:K20").options(ndim=2).value


def test_the_row_of_a_group_answers_all_of_it_and_stays(book, excel, tmp_path):
    sheet = book.sheets[RESULTS_SHEET]
    at = FIRST + [row[0] for row in rows(book)].index("错误×6")
    hidden = [sheet.range(f"{at + n}:{at + n}").rows.hidden for n in range(8)]
    assert hidden == [False, *[True] * 6, False]
    sheet.range(f"K{at}").select()
    excel.dialogs["InputBox"].append(REASON)
    assert "已给 6 项" in click(macros.confirm_findings, excel)
    told = click(macros.validate_book, excel)
    assert "与上次校验相比：已解决 0 项，新增 0 项，仍有" in told
    assert rows(book)[at - FIRST][9] == "（6 项均已说明，见各行）"
    found = answered(book, tmp_path)
    assert len(found) == 6
    assert {rule for rule, _, _ in found} == {"S02"}


def _row(at, level, *, rule="V04", project="甲", group=0):
    line = Reason(rule, "甲", project, "", "没有分等级", "", Place("校验结果", "K5"), group=group)
    return _Row(at, line, level, not group)


def test_the_rest_of_a_sorted_list_is_the_hints_right_below_it():
    rest = _row(5, "提示", rule="", group=4)
    below = [_row(6, "提示"), _row(7, "提示", rule="N02")]
    others = [_row(8, "错误", rule="C02"), _row(9, "提示"), _row(10, "提示", project="乙")]
    assert _members(rest, [rest, *below, *others]) == below
    assert _members(rest, [rest, *others]) == []


@pytest.mark.parametrize(("answer", "count"), [("yes", 6), ("no", 1)])
def test_a_cell_of_a_form_and_all_of_its_rule(book, excel, tmp_path, answer, count):
    book.sheets[PROJECT].activate()
    book.sheets[PROJECT].range(cell_of("数量1")).select()
    excel.answers.append(answer)
    excel.dialogs["InputBox"].append(REASON)
    before = len(excel.alerts)
    macros.confirm_findings()
    question, told = excel.alerts[before:]
    assert "规则 S02 还有 6 项没有说明" in question.prompt
    assert f"已给 {count} 项" in told.prompt
    found = answered(book, tmp_path)
    assert len(found) == count
    assert ("S02", PROJECT, cell_of("数量1")) in found


def test_a_selection_of_cells_keeps_what_is_answered(book, excel, tmp_path):
    sheet = book.sheets[RESULTS_SHEET]
    at = FIRST + [row[0] for row in rows(book)].index("错误×6")
    sheet.range(f"K{at + 1}").value = "原来的"
    book.sheets[PROJECT].activate()
    first, last = cell_of("数量1"), cell_of("质量1")
    book.sheets[PROJECT].range(f"{first}:{last}").select()
    excel.dialogs["InputBox"].append(REASON)
    assert "已给 2 项" in click(macros.confirm_findings, excel)
    assert sheet.range(f"K{at + 1}").value == "原来的"
    assert {sheet for _, sheet, _ in answered(book, tmp_path)} == {PROJECT}


def test_what_is_no_reason_and_what_is_nothing_to_answer(book, excel):
    before = rows(book)
    sheet = book.sheets[RESULTS_SHEET]
    sheet.range(f"A{FIRST}").select()
    for text in ("/", False):
        excel.dialogs["InputBox"].append(text)
        macros.confirm_findings()
    assert rows(book) == before
    book.sheets[OTHER_PROJECT].activate()
    book.sheets[OTHER_PROJECT].range("A1").select()
    assert "没有待说明的问题" in click(macros.confirm_findings, excel)


def test_before_any_validation(excel, opened, tmp_path):
    opened(filled(tmp_path))
    assert click(macros.confirm_findings, excel) == NOT_YET
