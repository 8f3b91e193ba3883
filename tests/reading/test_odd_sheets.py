"""Sheets that no form asks for and that people send all the same."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart

from perfgoals_xl.api import load
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from tests.reading.sheets import (
    Sheet,
    fields,
    lines,
    read_text,
    read_workbook,
    remarks,
    told,
    write_workbook,
)

FORM = """
2026年项目支出绩效目标表 | | |
项目名称 | 渠道清淤项目 | |
项目总额 | 30 | 年度资金总额 | 20
年度总体绩效目标 | 清淤渠道30公里。 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里
 | 质量指标 | 验收合格率 | 100%
"""


def with_value(tmp_path, address, value=" "):
    path = write_workbook(tmp_path / "book.xlsx", FORM)
    book = openpyxl.load_workbook(path)
    book.active[address] = value
    book.save(path)
    return path


@pytest.mark.parametrize("address", ["XFD1048576", "XFD60000", "AZ1048576"])
def test_a_value_at_the_far_corner_is_told_and_takes_no_memory(tmp_path, address):
    path = with_value(tmp_path, address)
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.sheet == "项目表"
    assert address in str(caught.value)
    assert "删除" in caught.value.hint


@pytest.mark.parametrize("address", ["XFD4", "XFD900", "B300000"])
def test_a_value_far_out_does_not_matter(tmp_path, address):
    declaration = load(with_value(tmp_path, address))
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D6
        产出指标 质量指标 - | 验收合格率 | 100% | D7
    """)


@pytest.mark.parametrize("area", ["F1:XFD1048576", "A9:XFD1048576"])
@pytest.mark.parametrize("cell", [b"", b'<row r="1048576"><c r="XFD1048576" s="0"></c></row>'])
def test_a_merge_and_a_format_over_all_the_sheet(tmp_path, area, cell):
    path = write_workbook(tmp_path / "book.xlsx", Sheet(FORM, merges=("B2:D2",)))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b'<mergeCells count="1">',
                          f'<mergeCells count="2"><mergeCell ref="{area}"/>'.encode())  # fmt: skip
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell + b"</sheetData>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert len(load(path).indicators) == 2


def test_only_charts(tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.create_chartsheet("图").add_chart(BarChart())
    del book[book.sheetnames[0]]
    book.save(path)
    assert load_declaration(path).is_empty


def test_a_protected_sheet_and_hidden_rows_and_columns(tmp_path):
    path = write_workbook(tmp_path / "book.xlsx", FORM)
    book = openpyxl.load_workbook(path)
    book.active.protection.set_password("1")
    book.active.row_dimensions[6].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(path)
    assert lines(load(path))[0] == "产出指标 数量指标 - | 清淤长度 | 30公里 | D6"


BESIDE = """
2026年项目支出绩效目标表 | | | | | | | |
项目名称 | 渠道清淤项目 | | | | 项目名称 | 闸门维修项目 | |
项目总额 | 30 | 年度资金总额 | 20 | | 项目总额 | 50 | 年度资金总额 | 40
年度总体绩效目标 | 清淤渠道30公里。 | | | | 年度总体绩效目标 | 维修闸门5座。 | |
一级指标 | 二级指标 | 三级指标 | 指标值 | | 一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | 30公里 | | 产出指标 | 数量指标 | 闸门 | 5座
 | 质量指标 | 合格率 | 95% | | | 时效指标 | 完成时间 | 9月底
"""


@pytest.mark.parametrize("reader", [read_text, read_workbook])
def test_two_forms_side_by_side(tmp_path, reader):
    declaration = reader(tmp_path, BESIDE)
    names = ("project_name", "total_amount", "annual_amount", "annual_goal")
    assert fields(declaration, 0, *names) == told("""
        project_name | 渠道清淤项目 | B2
        total_amount | 30 | B3
        annual_amount | 20 | D3
        annual_goal | 清淤渠道30公里。 | B4
    """)
    assert fields(declaration, 1, *names) == told("""
        project_name | 闸门维修项目 | G2
        total_amount | 50 | G3
        annual_amount | 40 | I3
        annual_goal | 维修闸门5座。 | G4
    """)
    assert lines(declaration, 0) == told("""
        产出指标 数量指标 - | 清淤长度 | 30公里 | D6
        产出指标 质量指标 - | 合格率 | 95% | D7
    """)
    assert lines(declaration, 1) == told("""
        产出指标 数量指标 - | 闸门 | 5座 | I6
        产出指标 时效指标 - | 完成时间 | 9月底 | I7
    """)
    assert [p["year"] for p in declaration.projects.records()] == [2026, 2026]
    assert remarks(declaration) == []


def test_forms_side_by_side_and_one_below(tmp_path):
    declaration = read_workbook(tmp_path, BESIDE + FORM.replace("渠道清淤", "泵站改造"))
    found = [p["project_name"] for p in declaration.projects.records()]
    assert found == ["渠道清淤项目", "泵站改造项目", "闸门维修项目"]
    assert len(declaration.indicators) == 6


def test_level_1_in_every_row_while_level_2_is_merged(tmp_path):
    table = FORM + "产出指标 | | 资料归档率 | 100%\n效益指标 | | 受益农户 | 800户\n"
    assert lines(read_workbook(tmp_path, table))[2:] == told("""
        产出指标 质量指标 - | 资料归档率 | 100% | D8
        效益指标 - - | 受益农户 | 800户 | D9
    """)


def test_level_2_below_a_level_1_of_nobodys_edition(tmp_path):
    table = FORM + "部门管理 | 11-数量指标 | 制度 | 3项\n"
    assert lines(read_workbook(tmp_path, table))[2:] == ["部门管理 数量指标 - | 制度 | 3项 | D8"]


@pytest.fixture(scope="module")
def shown_values(tmp_path_factory):
    """A workbook whose cells show something else than they hold."""
    path = tmp_path_factory.mktemp("shown") / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("项目表")
        percent = book.add_format({"num_format": "0%"})
        month = book.add_format({"num_format": 'yyyy"年"m"月"'})
        page.merge_range("A1:B1", "项目名称")
        page.merge_range("C1:E1", "渠道清淤项目")
        page.merge_range("A2:B2", "主管部门")
        page.write("D2", "实施单位")
        page.merge_range("A3:B3", "项目总额")
        page.write_formula("C3", "=1/0", None, "#DIV/0!")
        page.write_row("D3", ["年度资金总额", 20])
        page.merge_range("A4:B4", "年度总体绩效目标")
        page.merge_range("C4:E4", "清淤渠道30公里。")
        page.write_row("A5", ["一级指标", "二级指标", "三级指标", None, "指标值"])
        page.merge_range("A6:A9", "产出指标")
        page.write_row("B6", ["数量指标", "清淤长度", None, 30])
        page.write_row("B7", ["质量指标", "合格率"])
        page.write("E7", 0.95, percent)
        page.write_row("B8", ["时效指标", "完成时间"])
        page.write("E8", 46327, month)
        page.write_row("B9", ["成本指标", "费用"])
        page.write_formula("E9", "=1/0", None, "#DIV/0!")
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_values_are_told_as_every_kind_of_workbook_shows_them(
    tmp_path, office, shown_values, suffix
):
    path = tmp_path / f"表{suffix}"
    with office.open(shown_values) as document:
        document.save_as(path)
    declaration = load(path)
    assert fields(declaration, 0, "supervising_department", "total_amount") == told("""
        supervising_department | - | C2
        total_amount | #DIV/0! | C3
    """)
    assert lines(declaration) == told("""
        产出指标 数量指标 - | 清淤长度 | 30 | E6
        产出指标 质量指标 - | 合格率 | 95% | E7
        产出指标 时效指标 - | 完成时间 | 2026年11月 | E8
        产出指标 成本指标 - | 费用 | #DIV/0! | E9
    """)
