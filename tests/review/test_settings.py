"""What staff change on the sheet 校验规则 holds for that workbook."""

from __future__ import annotations

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.errors import InputError
from tests.support.steps import cell_of_rule, filled, found, rename_sheet

FAULTS = {"annual_amount": 281, "total_amount": 281, "质量1": None, "生态效益1": "无"}
TOLD = ["F02 error E7", "S02 error D16", "C03 warning D18", "V02 warning D22"]


def test_the_sheet_of_a_new_workbook_changes_nothing(tmp_path):
    assert found(filled(tmp_path, FAULTS)) == TOLD


@pytest.mark.parametrize("word", ["否", "停用", "关", "N", "no", "０", " 否 "])
def test_a_rule_can_be_switched_off(tmp_path, word):
    path = filled(tmp_path, FAULTS | {"规则 F02 启用": word})
    assert found(path) == TOLD[1:]


@pytest.mark.parametrize("word", ["是", "启用", "开", "Y", "yes", "１", None])
def test_a_rule_stays_on(tmp_path, word):
    path = filled(tmp_path, FAULTS | {"规则 F02 启用": word})
    assert found(path) == TOLD


@pytest.mark.parametrize(
    ("word", "severity"),
    [("错误", "error"), ("警告", "warning"), (" 提示 ", "info"), (None, "error")],
)
def test_a_rule_can_be_given_another_severity(tmp_path, word, severity):
    path = filled(tmp_path, FAULTS | {"规则 F02 级别": word})
    assert found(path) == [f"F02 {severity} E7", *TOLD[1:]]


def test_a_severity_holds_for_all_variants_of_a_rule(tmp_path):
    gone = {"生态效益1": None, "生态效益1 名称": None, "数量1": None, "数量1 名称": None}
    gone |= {"数量2": None, "数量2 名称": None}
    assert found(filled(tmp_path, gone)) == ["S01 error B14", "S01 info B22"]
    path = filled(tmp_path, gone | {"规则 S01 级别": "警告"})
    assert found(path) == ["S01 warning B14", "S01 warning B22"]
    # The default as it is printed leaves the lesser variants as they are.
    path = filled(tmp_path, gone | {"规则 S01 级别": "错误"})
    assert found(path) == ["S01 error B14", "S01 info B22"]


def test_what_is_off_is_not_listed_as_not_judged(tmp_path):
    blank = {"annual_amount": None}
    assert {n.rule for n in validate(filled(tmp_path, blank)).not_judged} == {"F02", "F04"}
    path = filled(tmp_path, blank | {"规则 F02 启用": "否"})
    assert {n.rule for n in validate(path).not_judged} == {"F04"}


def test_a_rule_off_leaves_the_cell_silent_still(tmp_path):
    """Switching off the rule of a blank does not let the others complain of it."""
    path = filled(tmp_path, {"质量1": None, "规则 S02 启用": "否"})
    assert found(path) == []


@pytest.mark.parametrize(
    ("column", "word", "told"),
    [
        ("级别", "严重", "“级别”只能填错误、警告、提示，现在是“严重”"),
        ("级别", "error", "“级别”只能填错误、警告、提示，现在是“error”"),
        ("启用", "大概", "“启用”只能填“是”或“否”，现在是“大概”"),
        ("启用", 2, "“启用”只能填“是”或“否”，现在是“2”"),
    ],
)
def test_a_word_nobody_knows_is_told_with_its_cell(tmp_path, column, word, told):
    path = filled(tmp_path, {f"规则 F02 {column}": word})
    with pytest.raises(InputError) as caught:
        validate(path)
    line = str(caught.value)
    assert line.startswith(f"{path} 工作表“校验规则” 单元格 {cell_of_rule('F02', column)}：{told}")
    assert "\n" not in line


def test_a_rule_of_a_later_version_is_ignored(tmp_path):
    path = filled(tmp_path, {"规则 F04 规则": "Z99", "规则 F04 级别": "严重"} | FAULTS)
    assert found(path) == TOLD


def test_settings_hold_for_one_workbook(tmp_path):
    off = filled(tmp_path, FAULTS | {"规则 S02 启用": "否"}, name="一.xlsx")
    on = filled(tmp_path, FAULTS, name="二.xlsx")
    assert "S02 error D16" not in found(off)
    assert "S02 error D16" in found(on)


def test_a_rule_sheet_may_be_gone(tmp_path):
    # A sheet that merely has the name, without the columns, is no rule sheet either.
    path = filled(tmp_path, FAULTS | {"校验规则!A3": "编号"})
    assert found(rename_sheet(path, "校验规则", "旧规则")) == TOLD
