from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.workbooks.findings.findings_table import height_of_row, values_of
from perfgoals_xl.workbooks.findings.highlights import add_highlights
from perfgoals_xl.workbooks.findings.layout import (
    COLUMNS,
    FindingLine,
    highlight_formulas,
    range_of,
)
from perfgoals_xl.workbooks.findings.written_sheet import fill_findings
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook

NAMES = ["它's", "2026", ">5", "a~b", "<>", '项目"甲"', "=1", "普通"]
FILLS = {"error": "#FFC7CE", "warning": "#FFE699", "info": "#DDEBF7"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sheet per name with a finding of every severity, B2 with two of them."""
    path = tmp_path_factory.mktemp("findings") / "结果.xlsx"
    lines = [
        FindingLine(severity, "X01", name, cell, None, None, None, "问题", "建议")
        for name in NAMES
        for cell, severity in (
            ("B2", "warning"),
            ("B2", "error"),
            ("B3", "warning"),
            ("B4", "info"),
        )
    ]
    with new_workbook(path, "试验") as workbook:
        styles = Styles(workbook)
        for name in NAMES:
            sheet = add_sheet(workbook, name)
            for row in range(6):
                sheet.write_number(row, 1, row)
            add_highlights(sheet, styles, last_row=5, last_column=3)
        sheet = add_sheet(workbook, RESULTS_SHEET)
        gone = FindingLine("error", "X01", "没有的表", "B2", None, None, None, "问题", "建议")
        fill_findings(workbook, sheet, [*lines, gone], styles=styles)
    return path


def test_columns() -> None:
    assert [column.header for column in COLUMNS] == [
        "序号", "级别", "规则", "工作表", "单元格", "项目", "指标", "内容", "问题", "建议", "说明",
    ]  # fmt: skip
    assert range_of("cell") == "'校验结果'!$E$5:$E$20004"


def test_one_formula_per_severity_the_gravest_first() -> None:
    formulas = highlight_formulas('甲"~')
    assert [label for label, _ in formulas] == ["错误", "警告", "提示"]
    assert all('"=甲""~~"' in formula for _, formula in formulas)


def test_a_cell_of_a_finding_is_a_link_to_it(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)[RESULTS_SHEET]
    assert sheet["E5"].value == "B2"
    assert sheet["E5"].hyperlink.location == "'它''s'!B2"
    last = 5 + 4 * len(NAMES)
    assert sheet.cell(last, 4).value == "没有的表"
    assert sheet.cell(last, 5).hyperlink is None


def test_counts_and_filter(book: Path) -> None:
    sheet = openpyxl.load_workbook(book, data_only=True)[RESULTS_SHEET]
    assert (
        sheet["A2"].value
        == f"错误 {len(NAMES) + 1} 项　　警告 {2 * len(NAMES)} 项　　提示 {len(NAMES)} 项"
    )
    assert sheet.auto_filter.ref == f"A4:K{5 + 4 * len(NAMES)}"
    assert sheet.freeze_panes == "A5"


def test_highlights_whatever_the_sheet_is_called(book: Path, office: Any) -> None:
    with office.open(book) as document:
        document.recalculate()
        for name in NAMES:
            looks = document.looks(name)
            found = {address: looks[address].fill for address in ("B1", "B2", "B3", "B4", "B5")}
            assert found == {
                "B1": None, "B2": FILLS["error"], "B3": FILLS["warning"], "B4": FILLS["info"],
                "B5": None,
            }, name  # fmt: skip
        assert document.value(RESULTS_SHEET, "A2").startswith(f"错误 {len(NAMES) + 1} 项")


@pytest.mark.parametrize(
    ("before", "clean", "told"),
    [
        ("位置码", True, "尚未校验"),
        ("位置码", False, "错误 1 项　　警告 0 项　　提示 0 项"),
        ("位置码（已校验）", True, "错误 0 项　　警告 0 项　　提示 0 项"),
        ("位置码（已校验、批注）", True, "错误 0 项　　警告 0 项　　提示 0 项"),
    ],
)
def test_an_empty_list_says_whether_anything_was_sought(tmp_path, office, before, clean, told):
    path = tmp_path / "结果.xlsx"
    with new_workbook(path, "试验") as workbook:
        fill_findings(workbook, add_sheet(workbook, RESULTS_SHEET), validated=False)
    assert openpyxl.load_workbook(path, data_only=True)[RESULTS_SHEET]["A2"].value == "尚未校验"
    with office.open(path) as document:
        document.set_text(RESULTS_SHEET, "L4", before)
        document.set_text(RESULTS_SHEET, "B5", "" if clean else "错误")
        document.recalculate()
        assert document.value(RESULTS_SHEET, "A2") == told


@pytest.mark.parametrize(
    ("indicator", "value", "shown"),
    [
        ("指标1：场次", "≥12场", ("指标1：场次", "≥12场")),
        ("指标1：场次", "指标1：场次", ("指标1：场次", "指标1：场次")),
        ("长" * 16, "长" * 16, ("长" * 16, None)),
        ("长" * 48, "短", ("长" * 48, "短")),
        ("长" * 49, "长" * 49, ("长" * 47 + "…", None)),
        ("长" * 16, "文" * 320, ("长" * 16, "文" * 47 + "…")),
        (None, "文" * 320, (None, "文" * 47 + "…")),
        (None, None, (None, None)),
    ],
)
def test_what_stands_in_the_form_is_shown_short(indicator, value, shown):
    line = FindingLine("error", "X01", "表", "B2", "项目", indicator, value, "问题", "建议")
    values = values_of(1, line)
    assert (values["indicator"], values["value"]) == shown
    assert height_of_row(values) < 120
