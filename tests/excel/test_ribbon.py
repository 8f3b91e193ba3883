"""The ribbon: every button can be understood, reached by keyboard and answered by a callback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.setup.addin_build import SOURCES

_SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
_RIBBON = etree.parse(str(SOURCES / "ribbon" / "customUI14.xml"))
_BUTTONS = list(_RIBBON.iter(f"{_SPACE}button"))
_CALLBACKS = (SOURCES / "vba" / "PgRibbon.bas").read_text("ascii")
# Label of the button → entry point of perfgoals_xl.excel.macros.
ENTRY_POINTS = {
    "新建申报表": "new_workbook",
    "新增项目表": "add_project_sheet",
    "插入指标行": "insert_indicator_row",
    "导入": "import_files",
    "校验本表": "validate_sheet",
    "校验全部": "validate_book",
    "上一处": "previous_finding",
    "下一处": "next_finding",
    "清除标记": "clear_marks",
    "统一说明": "confirm_findings",
    "规则设置": "open_rules",
    "生成汇总表": "consolidate",
    "生成自评表": "new_evaluation",
    "生成监控表": "new_monitoring",
    "工作表函数": "show_functions",
    "帮助": "open_help",
    "诊断": "diagnose",
}
# Of the imageMso table of [MS-CUSTOMUI]. A name that Excel does not know leaves a button bare.
_OFFICE_ICONS = {
    "AcceptInvitation", "CalculateNow", "ConditionalFormattingMenu", "Consolidate",
    "DataValidationCircleInvalid",
    "DataValidationClearValidationCircles", "FileNew", "FileOpen", "FunctionWizard", "Help",
    "PropertySheet", "ReviewNewComment", "ReviewNextComment", "ReviewPreviousComment",
    "SheetInsert", "TableRowsInsertWord", "TechnicalSupport",
}  # fmt: skip

every_button = pytest.mark.parametrize("button", _BUTTONS, ids=[b.get("label") for b in _BUTTONS])


def test_it_is_one_tab_of_the_2009_schema():
    root = _RIBBON.getroot()
    assert root.tag == f"{_SPACE}customUI"
    assert all(element.tag.startswith(_SPACE) for element in root.iter(tag=etree.Element))
    [tab] = root.iter(f"{_SPACE}tab")
    assert tab.get("label") == "绩效目标"
    assert tab.get("keytip")


def test_the_file_is_utf_8():
    assert "绩效目标".encode() in (SOURCES / "ribbon" / "customUI14.xml").read_bytes()


def test_there_is_a_button_for_every_entry_point():
    assert [button.get("label") for button in _BUTTONS] != []
    assert {button.get("label") for button in _BUTTONS} == set(ENTRY_POINTS)


@pytest.mark.parametrize("entry", ENTRY_POINTS.values())
def test_every_entry_point_exists(entry):
    assert callable(getattr(macros, entry))


@every_button
def test_a_button_is_labelled_and_explained(button):
    for attribute in ("label", "screentip", "supertip"):
        text = button.get(attribute)
        assert text, attribute
        assert re.search("[一-鿿]", text), f"{attribute} is not Chinese"
    assert len(button.get("supertip")) <= 1024
    assert button.get("supertip") != button.get("screentip")


@every_button
def test_an_icon_is_one_of_office(button):
    assert button.get("imageMso") in _OFFICE_ICONS
    assert button.get("size") in ("large", "normal")


@pytest.mark.parametrize("attribute", ["id", "keytip", "onAction", "label", "imageMso"])
def test_nothing_is_used_twice(attribute):
    values = [e.get(attribute) for e in _RIBBON.iter(tag=etree.Element) if e.get(attribute)]
    # The group 帮助 holds the button 帮助.
    values = [
        v for v in values if attribute != "label" or v not in ("帮助", "校验", "汇总", "填报")
    ]
    assert len(values) == len(set(values))


def test_no_keytip_hides_another():
    keytips = [button.get("keytip") for button in _BUTTONS]
    assert all(re.fullmatch("[A-Z0-9]{1,3}", keytip) for keytip in keytips)
    for keytip in keytips:
        assert [k for k in keytips if k.startswith(keytip)] == [keytip]


def test_groups_and_the_tab_are_named():
    groups = list(_RIBBON.iter(f"{_SPACE}group"))
    assert [group.get("label") for group in groups] == ["填报", "校验", "汇总", "帮助"]
    assert all(group.get("id") for group in groups)
    assert any(button.get("size") == "large" for button in _BUTTONS)


@every_button
def test_a_callback_exists_with_the_signature_of_a_button(button):
    name = button.get("onAction")
    found = re.findall(rf"(?mi)^\s*(?:(\w+) )?Sub {name}\((.*)\)\s*$", _CALLBACKS)
    assert found == [("Public", "control As IRibbonControl")]


@every_button
def test_a_callback_calls_the_entry_point_of_its_button(button):
    body = re.search(rf"(?s)Sub {button.get('onAction')}\(.*?End Sub", _CALLBACKS)[0]
    assert f"m.{ENTRY_POINTS[button.get('label')]}()" in body


def test_every_python_name_in_the_vba_exists():
    commands = [
        command
        for path in Path(SOURCES / "vba").glob("*.bas")
        for command in re.findall(r'"(import [^"]+)"', path.read_text("ascii"))
    ]
    assert len(commands) == len(ENTRY_POINTS)
    for command in commands:
        match = re.fullmatch(r"import perfgoals_xl\.excel\.macros as m; m\.(\w+)\(\)", command)
        assert match, command
        assert callable(getattr(macros, match[1]))
