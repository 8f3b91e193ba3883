"""新增项目表 and 插入指标行 in an open workbook."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session import editing
from perfgoals_xl.excel.session.checking import read_open
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.workbooks.findings.layout import LOOKED_UP
from tests.excel.session.test_blank_sheet import draw
from tests.excel.session.test_checking import click
from tests.support.excel_engine.calls import ExcelError
from tests.support.further import one_in
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled
from tests.workbooks.staff_workbooks import FORM, write_rich_workbook


def select(book, sheet, cell):
    book.sheets[sheet].activate()
    book.sheets[sheet].range(cell).select()


def indicators(book, sheet):
    """Level 2, name and value of every indicator of a sheet."""
    rows = read_open(book).declaration.indicators.records()
    return [(r["level2"], r["level3"], r["target_value"]) for r in rows if r["sheet"] == sheet]


def rows_of(book, sheet):
    """The row in which each indicator of a sheet stands."""
    table = read_open(book).declaration.indicators
    places = [table.place(number, "target_value") for number in range(len(table))]
    return [int(place.cell[1:]) for place in places if place.sheet == sheet]


def type_in(book, sheet, row, name, value):
    book.sheets[sheet].range(f"C{row}").value = name
    book.sheets[sheet].range(f"D{row}").value = value


ANCHORS = ("数量1", "数量2", "质量1", "成本2", "可持续影响1", "满意度1")


@pytest.mark.parametrize("anchor", one_in(3, ANCHORS))
def test_the_new_row_belongs_to_the_group_of_the_row_above(excel, opened, tmp_path, anchor):
    book = opened(filled(tmp_path))
    before, rows = indicators(book, PROJECT), rows_of(book, PROJECT)
    cell = cell_of(anchor)
    row = int(cell[1:])
    select(book, PROJECT, cell)
    macros.insert_indicator_row()
    assert excel.alerts == []
    assert book.app.selection.address == f"$C${row + 1}"
    # Empty, and nothing that was there is lost or has moved into another group.
    assert indicators(book, PROJECT) == before
    type_in(book, PROJECT, row + 1, "新增的指标", "≥7次")
    at = rows.index(row)
    expected = [*before[: at + 1], (before[at][0], "新增的指标", "≥7次"), *before[at + 1 :]]
    assert indicators(book, PROJECT) == expected


def test_the_new_row_looks_like_its_neighbour(excel, opened, tmp_path, office):
    book = opened(filled(tmp_path))
    cell = cell_of("数量1")
    row = int(cell[1:])
    select(book, PROJECT, cell)
    macros.insert_indicator_row()
    sheet = book.sheets[PROJECT]
    assert sheet.range(f"E{row + 1}").merge_area.address == f"$E${row + 1}:$F${row + 1}"
    for column in "CDE":
        new, old = sheet.range(f"{column}{row + 1}"), sheet.range(f"{column}{row}")
        assert new.number_format == old.number_format
        assert new.font.name == old.font.name
    path = tmp_path / "后.xlsx"
    book.save(str(path))
    with office.open(path) as document:
        component = document.component.Sheets.getByName(PROJECT)
        validation = component.getCellRangeByName(f"C{row + 1}").Validation
        assert validation.ShowInputMessage == (
            component.getCellRangeByName(f"C{row}").Validation.ShowInputMessage
        )


def test_nothing_of_the_neighbour_comes_along_but_its_look(excel, opened, tmp_path):
    path = filled(tmp_path, {"数量2 备注": "张三 13900000000"})
    cell = cell_of("数量2")
    row = int(cell[1:])
    book = openpyxl.load_workbook(path)
    sheet = book[PROJECT]
    sheet[f"C{row}"].comment = Comment("领导批示：先不报", "李")
    sheet[f"C{row}"].hyperlink = "mailto:lisi@example.invalid"
    sheet[f"H{row}"] = "内部备注"
    book.save(path)
    book = opened(path)
    draw(book, PROJECT, f"D{row}", "张三（签字）")
    sheet = book.sheets[PROJECT]
    shapes = len(sheet.shapes)
    select(book, PROJECT, cell)
    macros.insert_indicator_row()
    assert excel.alerts == []
    new = sheet.range(f"A{row + 1}:N{row + 1}")
    assert [text for text in new.formula[0] if text] == []
    assert sheet.range(f"C{row + 1}").note is None
    assert sheet.range(f"C{row}").note.text == "领导批示：先不报"
    with pytest.raises(ExcelError):
        sheet.range(f"C{row + 1}").hyperlink  # noqa: B018
    assert len(sheet.shapes) == shapes
    assert excel.app.api.CopyObjectsWithCells is True


def test_where_excel_inserts_nothing_it_is_told(excel, opened, tmp_path, monkeypatch):
    book = opened(filled(tmp_path))
    before = book.sheets[PROJECT].range("A1:N60").formula

    def refuse(self, shift=None, copy_origin=None):
        raise ExcelError("0x800A03EC")

    select(book, PROJECT, cell_of("数量1"))
    with monkeypatch.context() as patched:
        patched.setattr(type(book.sheets[0].range("A1").impl), "insert", refuse)
        told = click(macros.insert_indicator_row, excel)
    assert "不允许在这里插入行" in told
    assert "\n" not in told
    assert book.sheets[PROJECT].range("A1:N60").formula == before


def test_a_row_that_cannot_be_made_whole_goes_again(excel, opened, tmp_path, monkeypatch):
    book = opened(filled(tmp_path))
    before = book.sheets[PROJECT].range("A1:N60").formula
    select(book, PROJECT, cell_of("数量1"))
    with monkeypatch.context() as patched:
        patched.setattr(editing, "clear_extras", lambda area: 1 / 0)
        click(macros.insert_indicator_row, excel)
    assert book.sheets[PROJECT].range("A1:N60").formula == before


def test_a_form_without_merged_cells_repeats_its_levels(excel, opened, tmp_path):
    path = tmp_path / "散.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate(
            [
                ["项目名称", "渠道清淤"],
                ["年度资金总额", 12],
                ["年度总体绩效目标", "清淤3公里。"],
                ["一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "清淤长度", "≥3公里"],
                ["产出指标", "质量指标", "验收合格率", "100%"],
            ]
        ):
            sheet.write_row(number, 0, row)
    book = opened(path)
    select(book, "表", "C5")
    macros.insert_indicator_row()
    assert book.sheets["表"].range("A6:B6").value == ["产出指标", "数量指标"]
    assert book.sheets["表"].range("A7:C7").value == ["产出指标", "质量指标", "验收合格率"]


@pytest.mark.parametrize("cell", ["A1", "E7", "C200"])
def test_outside_of_a_table_nothing_is_inserted(excel, opened, tmp_path, cell):
    book = opened(filled(tmp_path))
    before = book.sheets[PROJECT].range("A1:F40").formula
    select(book, PROJECT, cell)
    assert "选中指标表中的一行" in click(macros.insert_indicator_row, excel)
    assert book.sheets[PROJECT].range("A1:F40").formula == before


def test_the_marks_move_with_their_cells(excel, opened, tmp_path):
    book = opened(filled(tmp_path, {"质量1": "无"}))
    macros.validate_book()
    excel.alerts.clear()
    select(book, PROJECT, cell_of("数量1"))
    macros.insert_indicator_row()
    cell = cell_of("质量1")
    places = book.sheets[RESULTS_SHEET].range("D5:E40").options(ndim=2).value
    assert [PROJECT, f"D{int(cell[1:]) + 1}"] in places
    assert [PROJECT, cell] not in places


class TestNewSheet:
    def test_it_is_blank_stands_behind_the_others_and_is_shown(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        told = click(macros.add_project_sheet, excel)
        names = [sheet.name for sheet in book.sheets]
        assert names[names.index(OTHER_PROJECT) + 1] == "项目01"
        assert book.sheets.active.name == "项目01"
        assert "项目01" in told
        declaration = read_open(book).declaration
        assert [place.sheet for place in declaration.blank_forms] == ["项目01"]
        assert len(declaration.projects) == 2

    def test_another_one_has_the_next_number(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        for _ in range(2):
            macros.add_project_sheet()
        assert "项目02" in [sheet.name for sheet in book.sheets]

    def test_it_can_be_filled_validated_and_marked(self, excel, opened, tmp_path, office):
        book = opened(filled(tmp_path))
        macros.add_project_sheet()
        sheet = book.sheets["项目01"]
        sheet.range(cell_of("project_name")).value = "林区道路养护项目"
        sheet.range(cell_of("annual_amount")).value = -3.5
        macros.validate_sheet()
        rows = book.sheets[RESULTS_SHEET].range("C5:E60").options(ndim=2).value
        assert ["F01", "项目01", cell_of("annual_amount")] in rows
        path = tmp_path / "后.xlsx"
        book.save(str(path))
        with office.open(path) as document:
            document.recalculate()
            look = document.looks("项目01")[cell_of("annual_amount")]
        assert look.fill.upper() == "#FFC7CE"
        assert load_declaration(path).projects.values.at[2, "project_name"] == "林区道路养护项目"

    def test_the_model_is_not_changed_and_formulas_stay_on_the_copy(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        cell = cell_of("local_total")
        for name in (PROJECT, OTHER_PROJECT):
            book.sheets[name].range(cell).formula = "=SUM(C9:C11)"
        before = book.sheets[PROJECT].range("A1:F40").formula
        macros.add_project_sheet()
        assert book.sheets[PROJECT].range("A1:F40").formula == before
        assert book.sheets["项目01"].range(cell).formula == "=SUM(C9:C11)"

    def test_a_workbook_of_the_staff_gets_a_sheet_like_its_own(self, excel, opened, tmp_path):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        macros.add_project_sheet()
        labels = book.sheets[FORM].range("A6:A10").value
        assert book.sheets["项目01"].range("A6:A10").value == labels
        assert [p.sheet for p in read_open(book).declaration.blank_forms] == ["项目01"]
        assert not any(name in book.names for name in LOOKED_UP.values())

    def test_without_a_form_there_is_nothing_to_copy(self, excel):
        book = excel.app.books.add()
        book.set_mock_caller()
        assert "没有可以照着增加的项目表" in click(macros.add_project_sheet, excel)

    def test_a_protected_structure_is_told(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        book.impl.document.protect("")
        assert "结构受保护" in click(macros.add_project_sheet, excel)
