"""Workbooks as files: addresses, merges, and what cells hold that is no plain text."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference

from perfgoals_xl.form.text import UNCALCULATED
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import Sheet, fields, lines, read_workbook, told, write_workbook

FORM = """
项目名称 | 渠道清淤项目 | |
项目总额 | 30 | 年度资金总额 | 20
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
 | 质量指标 | 验收合格率 | 100%
"""


def target_of(tmp_path, value, code=None):
    """How the target value in D6 of the form is told when the cell holds ``value``."""
    formats = {} if code is None else {"D6": code}
    declaration = read_workbook(tmp_path, Sheet(FORM, cells={"D6": value}, formats=formats))
    assert declaration.indicators.place(1, "target_value").cell == "D6"
    return declaration.indicators.records()[1]["target_value"]


def patch(path, old, new):
    """Change the first sheet's XML to what another program would have written."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old, new) if name.endswith("sheet1.xml") else data)


@pytest.mark.parametrize("at", ["A1", "B2", "C7", "AA30"])
def test_leading_empty_rows_and_columns_count(tmp_path, at):
    declaration = read_workbook(tmp_path, Sheet(FORM, at=at))
    letters, row = at.rstrip("0123456789"), int(at.lstrip("ABC"))
    value_column = {"A": "B", "B": "C", "C": "D", "AA": "AB"}[letters]
    target_column = {"A": "D", "B": "E", "C": "F", "AA": "AD"}[letters]
    assert fields(declaration, 0, "project_name") == [
        f"project_name | 渠道清淤项目 | {value_column}{row}"
    ]
    assert declaration.indicators.place(0, "target_value").cell == f"{target_column}{row + 4}"


@pytest.mark.parametrize(
    ("value", "code", "told_as"),
    [
        (0.95, "0%", "95%"),
        (0.955, "0.0%", "95.5%"),
        (0.07, "0%", "7%"),
        (1, "0%", "100%"),
        (0.95, None, "0.95"),
        (30, None, "30"),
        (30.0, "0", "30"),
        (12.6, "0.00", "12.6"),
        (0.1 + 0.2, None, "0.3"),
        (1234567, "#,##0", "1234567"),
        (0, None, "0"),
        (-3, None, "-3"),
        (1e-7, None, "0.0000001"),
        (dt.date(2026, 12, 31), None, "2026-12-31"),
        (dt.datetime(2026, 12, 31), "yyyy/m/d", "2026-12-31"),
        (dt.date(2026, 12, 1), 'yyyy"年"m"月"', "2026年12月"),
        (dt.date(2026, 12, 31), 'yyyy"年"m"月"d"日"', "2026年12月31日"),
        (True, None, "TRUE"),
        (" ≥95% ", None, " ≥95% "),
        ("0.95", "0%", "0.95"),
    ],
)
def test_target_values_are_told_as_the_cell_shows_them(tmp_path, value, code, told_as):
    assert target_of(tmp_path, value, code) == told_as


def test_amounts_are_exact_decimals(tmp_path):
    declaration = read_workbook(
        tmp_path, Sheet(FORM, cells={"B2": 685.59687, "D2": 1234567.123456})
    )
    record = declaration.projects.records()[0]
    assert record["total_amount"] == Decimal("685.59687")
    assert record["annual_amount"] == Decimal("1234567.123456")
    assert "E" not in str(record["total_amount"])


def test_number_format_of_an_amount_changes_nothing(tmp_path):
    declaration = read_workbook(tmp_path, Sheet(FORM, cells={"D2": 20.5}, formats={"D2": "0.00_ "}))
    assert fields(declaration, 0, "annual_amount") == ["annual_amount | 20.5 | D2"]


def test_start_and_end_as_real_dates(tmp_path):
    table = """
项目名称 | 渠道清淤项目 | |
开始日期 | | 结束日期 |
年度总体绩效目标 | 清淤渠道30公里。 | |
"""
    sheet = Sheet(table, cells={"B2": dt.date(2026, 3, 1), "D2": dt.datetime(2027, 12, 31)})
    declaration = read_workbook(tmp_path, sheet)
    assert fields(declaration, 0, "project_period") == [
        "project_period | 2026-03-01至2027-12-31 | B2"
    ]


def test_numbers_in_text_fields(tmp_path):
    sheet = Sheet(FORM, cells={"B1": 2026, "B3": 12.5})
    declaration = read_workbook(tmp_path, sheet)
    assert fields(declaration, 0, "project_name", "annual_goal") == told("""
        project_name | 2026 | B1
        annual_goal | 12.5 | B3
    """)


def test_formula_without_cached_value_is_said_not_blank(tmp_path):
    """openpyxl writes formulas without values; so do some exports."""
    sheet = Sheet(FORM, cells={"D2": "=B2-10", "D6": '="≥"&"95%"', "B3": "=B1"})
    declaration = read_workbook(tmp_path, sheet)
    assert fields(declaration) == told(f"""
        project_name | 渠道清淤项目 | B1
        total_amount | 30 | B2
        annual_amount | {UNCALCULATED} | D2
        annual_goal | {UNCALCULATED} | B3
    """)
    assert lines(declaration)[1] == f"产出指标 质量指标 - | 验收合格率 | {UNCALCULATED} | D6"


def test_formula_with_cached_value(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("项目表")
        percent = book.add_format({"num_format": "0%"})
        page.write_row("A1", ["项目名称", "渠道清淤项目"])
        page.write_row("A2", ["项目总额", 30, "年度资金总额"])
        page.write_formula("D2", "=B2-10", None, 20)
        page.write_row("A3", ["年度总体绩效目标", "清淤渠道30公里。"])
        page.write_row("A4", ["一级指标", "二级指标", "三级指标", "指标值"])
        page.write_row("A5", ["产出指标", "质量指标", "验收合格率"])
        page.write_formula("D5", "=19/20", percent, 0.95)
        page.write_row("B6", ["时效指标", "完成时间"])
        page.write_formula("D6", '="2026年"&"4月前"', None, "2026年4月前")
        page.write_row("B7", ["成本指标", "清淤费用"])
        page.write_formula("D7", '=""', None, "")
    patch(path, b'<c r="D7"><f>', b'<c r="D7" t="str"><f>')  # as Excel and LibreOffice write it
    declaration = load_declaration(path)
    assert fields(declaration, 0, "annual_amount") == ["annual_amount | 20 | D2"]
    assert lines(declaration) == told("""
        产出指标 质量指标 - | 验收合格率 | 95% | D5
        产出指标 时效指标 - | 完成时间 | 2026年4月前 | D6
        产出指标 成本指标 - | 清淤费用 | - | D7
    """)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_error_cells_are_said_not_blank(tmp_path, error):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("项目表")
        page.write_row("A1", ["项目名称", "渠道清淤项目"])
        page.write_row("A2", ["项目总额", 30, "年度资金总额"])
        page.write_formula("D2", "=1/0", None, error)
        page.write_row("A3", ["年度总体绩效目标", "清淤渠道30公里。"])
        page.write_row("A4", ["一级指标", "二级指标", "三级指标", "指标值"])
        page.write_row("A5", ["产出指标", "质量指标", "验收合格率"])
        page.write_formula("D5", "=1/0", None, error)
    declaration = load_declaration(path)
    assert fields(declaration, 0, "annual_amount") == [f"annual_amount | {error} | D2"]
    assert lines(declaration) == [f"产出指标 质量指标 - | 验收合格率 | {error} | D5"]


def test_rich_text_reads_as_its_text(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("项目表")
        bold = book.add_format({"bold": True})
        page.write_rich_string("A1", bold, "项目", "名称")
        page.write_rich_string("B1", "渠道", bold, "清淤", "项目")
        page.write_row("A2", ["年度总体绩效目标", "清淤渠道30公里。"])
    declaration = load_declaration(path)
    assert fields(declaration, 0, "project_name") == ["project_name | 渠道清淤项目 | B1"]


def test_line_breaks_inside_values_stay(tmp_path):
    declaration = read_workbook(
        tmp_path, FORM.replace("清淤渠道30公里。", "一、清淤渠道。\\n二、维修闸门。")
    )
    assert declaration.projects.records()[0]["annual_goal"] == "一、清淤渠道。\n二、维修闸门。"


def test_cell_texts_that_look_like_formulas_stay_text(tmp_path):
    for text in ("=1+1", "+5个", "-2%", "@协会", "'引号"):
        declaration = read_workbook(tmp_path, Sheet(FORM.replace("100%", text)))
        assert lines(declaration)[1] == f"产出指标 质量指标 - | 验收合格率 | {text} | D6"


def test_chart_sheets_and_hidden_sheets(tmp_path):
    path = write_workbook(tmp_path / "book.xlsx", Sheet("年 | 额\n一 | 2", "数据"), Sheet(FORM))
    book = openpyxl.load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["数据"], min_col=2, min_row=1, max_row=2))
    book.create_chartsheet("图表", 0).add_chart(chart)
    book["项目表"].sheet_state = "hidden"
    book.save(path)
    declaration = load_declaration(path, include_hidden=True)
    assert [p["sheet"] for p in declaration.projects.records()] == ["项目表"]
    assert list(declaration.sheet_order) == ["数据", "项目表"]


def test_many_sheets_with_odd_names(tmp_path):
    names = ["1.清淤(续)", "A&B", "a'b", "空 格", "😀"]
    path = write_workbook(
        tmp_path / "book.xlsx",
        *(Sheet(FORM, n, cells={"D6": 0.9}, formats={"D6": "0%"}) for n in names),
    )
    declaration = load_declaration(path)
    found = {(r["sheet"], r["target_value"]) for r in declaration.indicators.records()}
    assert {(name, "90%") for name in names} <= found


def test_far_and_formatted_blank_cells_do_not_matter(tmp_path):
    path = write_workbook(tmp_path / "book.xlsx", Sheet(FORM))
    book = openpyxl.load_workbook(path)
    book["项目表"]["AZ3000"].number_format = "0%"
    book["项目表"]["AZ3000"] = " "
    book.save(path)
    declaration = load_declaration(path)
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D5
        产出指标 质量指标 - | 验收合格率 | 100% | D6
    """)


@pytest.mark.parametrize("suffix", [".xlsm", ".xltx", ".XLSX", ".dat"])
def test_a_workbook_is_known_by_its_bytes(tmp_path, suffix):
    path = write_workbook(tmp_path / "book.xlsx", FORM)
    other = path.rename(tmp_path / f"book{suffix}")
    assert len(load_declaration(other).projects) == 1


def test_reading_does_not_touch_the_file(tmp_path):
    path = write_workbook(tmp_path / "book.xlsx", FORM)
    before = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(0o400)
    source = read_source(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(tmp_path.iterdir()) == [path]
    assert source.path == path
