"""The stand-in for Excel itself: what it answers is what the tests of the add-in rest on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
import xlwings as xw
from pyopenvba import ExcelFile

from tests.support.excel_engine import ExcelError, ExcelOverLibreOffice
from tests.support.excel_engine.grammar import to_api, to_excel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.libreoffice import Office


@pytest.fixture
def book_path(tmp_path) -> Path:
    """Two sheets; a date, a text cell, a boolean, merges, a list, a highlight, a note, a name."""
    path = tmp_path / "样表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("目标表")
        other = book.add_worksheet("a b's")
        other.write("A1", 7)
        sheet.write("A1", 1.5)
        sheet.write("A2", "水质")
        sheet.write_formula("A3", "=IF(A1>1,'a b''s'!A1,\"n;,\")")
        sheet.write_formula("A4", "=1/0")
        sheet.write("A5", 46000, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("A6", True)
        sheet.write("A7", 1.23456, book.add_format({"num_format": '"¥"#,##0.00'}))
        sheet.merge_range("B1:B3", "产出指标")
        sheet.merge_range("C1:D1", "合计")
        sheet.write("E1", "007", text)
        sheet.data_validation("C5", {"validate": "list", "source": ["≥", "="]})
        sheet.set_row(4, 30)
        sheet.conditional_format(
            "D5:D9",
            {
                "type": "formula",
                "criteria": "=AND($A5>1,LEN(D5)>0)",
                "format": book.add_format({"bg_color": "#FFC7CE"}),
            },
        )
        sheet.write_comment("A2", "请核对")
        book.define_name("pg_all", "='目标表'!$A$1:$B$2")
    return path


@pytest.fixture
def excel(office: Office) -> Iterator[ExcelOverLibreOffice]:
    with ExcelOverLibreOffice(office) as running:
        yield running


@pytest.fixture
def book(excel: ExcelOverLibreOffice, book_path: Path) -> xw.Book:
    return excel.open(book_path)


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets[0]


def test_a_session_opens_a_copy_and_leaves_nothing_behind(office, book_path):
    before = book_path.read_bytes()
    for _ in range(2):
        with ExcelOverLibreOffice(office) as excel:
            book = excel.open(book_path)
            assert book.fullname == str(excel.folder / "样表.xlsx")
            book.set_mock_caller()
            assert xw.Book.caller() == book == xw.books.active
            book.sheets[0]["A1"].value = 2
            book.save()
        assert xw.engines.active is None
        assert not hasattr(xw.Book, "_mock_caller")
        assert not excel.folder.exists()
    assert book_path.read_bytes() == before


def test_values_are_read_as_excel_gives_them(sheet):
    assert sheet["A1:E3"].value == [
        [1.5, "产出指标", "合计", None, "007"],
        ["水质", None, None, None, None],
        [7.0, None, None, None, None],
    ]
    assert sheet["A4"].value is None
    assert sheet["A4"].options(err_to_str=True).value == "#DIV/0!"
    assert sheet["A5"].value == dt.datetime(2025, 12, 9)
    assert sheet["A6"].value is True
    assert sheet["A7"].value == Decimal("1.2346")
    assert sheet["A7"].api.Value2 == 1.23456
    assert sheet.used_range.address == "$A$1:$E$7"


def test_values_are_written_as_if_typed(sheet):
    with pytest.raises(ExcelError, match="float"):
        sheet["G1"].value = Decimal(1)
    sheet["G1:H4"].value = [
        [1, "=A1*2"],
        [None, dt.date(2026, 1, 2)],
        ["12.50", "'=x"],
        ["25%", True],
    ]
    assert sheet["G1:H4"].value == [
        [1.0, 3.0],
        [None, dt.datetime(2026, 1, 2)],
        [12.5, "=x"],
        [0.25, True],
    ]
    assert sheet["G4"].number_format == "0.00%"


def test_a_cell_for_text_keeps_text(sheet):
    sheet["G1:H2"].number_format = "@"
    sheet["G1:H2"].value = [["=A1", "12"], [12, "'x"]]
    assert sheet["G1:H2"].value == [["=A1", "12"], ["12", "x"]]
    assert sheet["G1:H2"].formula == (("=A1", "12"), ("12", "x"))


def test_what_is_written_to_a_merged_away_cell_is_dropped(sheet):
    sheet["B1:C3"].value = [["一", 1], ["二", 2], ["三", 3]]
    assert sheet["B1:C3"].value == [["一", 1.0], [None, 2.0], [None, 3.0]]


@pytest.mark.parametrize(
    ("excel", "api"),
    [
        ("=IF(A1>1,'a b''s'!$A$1,\"n;,\")", "=IF(A1>1;$'a b''s'.$A$1;\"n;,\")"),
        ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
        ("=COUNTIF(校验结果!$A$1:$A$9,A1)+1.5", "=COUNTIF($'校验结果'.$A$1:$A$9;A1)+1.5"),
        ("=OR(A:A,TRUE,1:2)", "=OR(A:A;TRUE();1:2)"),
        ("=IFERROR(pg_x,#N/A)", "=IFERROR(pg_x;#N/A)"),
    ],
)
def test_formulas_between_the_two_grammars(excel, api):
    assert to_api(excel) == api
    assert to_excel(api) == excel


def test_formulas_are_excels(sheet):
    assert sheet["A1:A6"].formula == (
        ("1.5",),
        ("水质",),
        ("=IF(A1>1,'a b''s'!A1,\"n;,\")",),
        ("=1/0",),
        ("46000",),
        ("TRUE",),
    )
    sheet["G1:G2"].formula = [["=SUM('a b''s'!A1:A3,1)"], ["x"]]
    assert sheet["G1"].formula == "=SUM('a b''s'!A1:A3,1)"
    assert sheet["G1"].value == 8
    sheet["H1:H3"].formula = "=G1&A1"
    assert sheet["H2"].formula == "=G2&A2"


@pytest.mark.parametrize("formula", ["=IF(A1", "=1+*2", f'="{"长" * 256}"'])
def test_what_is_no_formula_is_refused(sheet, formula):
    with pytest.raises(ExcelError):
        sheet["G1"].formula = formula


def test_names(book):
    assert "pg_all" in book.names
    assert "pg_none" not in book.names
    assert book.names["pg_all"].refers_to == "=目标表!$A$1:$B$2"
    book.names.add("pg_one", "='a b''s'!$A$1")
    assert book.names["pg_one"].refers_to == "='a b''s'!$A$1"
    assert book.names["pg_one"].refers_to_range.value == 7
    book.names["pg_one"].refers_to = "=目标表!$A$1"
    assert book.names["pg_one"].refers_to_range.value == 1.5
    book.names["pg_one"].delete()
    assert [name.name for name in book.names] == ["pg_all"]


def test_sheets_are_added_copied_hidden_and_deleted(book, sheet):
    added = book.sheets.add("新表", after=book.sheets[-1])
    assert book.sheets.active == added
    copy = sheet.copy(after=sheet, name="副本")
    assert book.sheet_names == ["目标表", "副本", "a b's", "新表"]
    assert copy["A3"].formula == sheet["A3"].formula
    assert copy["C5"].data_validation.source == "≥,="
    assert copy["A2"].note.text == "请核对"
    assert len(copy["D5:D9"].conditional_formats) == 1
    copy.visible = False
    assert not copy.visible
    with pytest.raises(ExcelError, match="hidden"):
        copy.activate()
    copy.delete()
    assert book.sheet_names == ["目标表", "a b's", "新表"]
    with pytest.raises(ExcelError):
        added.impl.name = "目标表"
    with pytest.raises(ExcelError):
        book.sheets.add("一/二")


def test_a_row_inserted_inside_a_merge_extends_it(sheet):
    last = sheet["A5"]
    sheet["2:2"].insert("down", "format_from_left_or_above")
    assert sheet["B3"].merge_area.address == "$B$1:$B$4"
    assert sheet["B1:B4"].merge_cells is True
    assert sheet["B1:B5"].merge_cells is None
    assert sheet["A4"].formula == "=IF(A1>1,'a b''s'!A1,\"n;,\")"
    assert last.address == "$A$6"


def test_an_inserted_row_is_like_the_one_above(sheet):
    sheet["6:6"].insert("down", "format_from_left_or_above")
    assert sheet["C6"].data_validation.type == "list"
    assert sheet["A6"].number_format == "yyyy-mm-dd"
    assert sheet["A6"].row_height == sheet["A5"].row_height
    sheet["6:6"].delete("up")
    assert sheet["A6"].value is True


def test_merging_keeps_one_value(sheet):
    sheet["G1:H2"].value = [[None, "甲"], ["乙", None]]
    sheet["G1:H2"].merge()
    assert sheet["G1:H2"].value == [["甲", None], [None, None]]
    sheet["H2"].unmerge()
    assert sheet["G1:H2"].merge_cells is False


def test_conditional_formats(sheet):
    formats = sheet["D5:D9"].conditional_formats
    sheet.activate()
    sheet["D5"].select()
    assert formats[0].formula == "=AND($A5>1,LEN(D5)>0)"
    assert formats[0].fill_color == (255, 199, 206)
    formats.add_custom("=COUNTIF('a b''s'!$A$1:$A$9,$A5)>0", fill_color="#FFEB9C")
    formats.add_cell_value("equal_to", '="严重"', font_color=(255, 0, 0))
    assert [one.type for one in formats] == ["cell_value", "custom", "custom"]
    assert formats[0].operator == "equal_to"
    assert formats[0].formula1 == '="严重"'
    assert formats[1].formula == "=COUNTIF('a b''s'!$A$1:$A$9,$A5)>0"
    # As Excel does it: a relative reference is seen from the active cell.
    sheet["D7"].select()
    assert formats[2].formula == "=AND($A7>1,LEN(D7)>0)"
    formats[1].delete()
    assert len(formats) == 2
    sheet["D1:D7"].conditional_formats.clear()
    assert len(sheet["D7"].conditional_formats) == 0
    assert len(sheet["D8"].conditional_formats) == 2
    assert formats[1].formula == "=AND($A7>1,LEN(D7)>0)"


def test_conditional_formats_beside_a_protected_sheet(book, sheet):
    book.sheets[1].impl.uno.protect("秘密")
    sheet["G1"].conditional_formats.add_custom("=$A$1>1", fill_color="#FFEB9C", font_bold=True)
    rule = sheet["G1"].conditional_formats[0]
    assert (rule.fill_color, rule.font_bold, rule.font_color) == ((255, 235, 156), True, None)
    assert book.sheet_names == ["目标表", "a b's"]


def test_conditional_formats_follow_inserted_rows_and_reach_the_file(sheet, book, excel, office):
    sheet["D5:D9"].conditional_formats.add_custom("=$A$1>1", fill_color=(255, 235, 156))
    sheet["7:7"].insert("down")
    assert len(sheet["D10"].conditional_formats) == 2
    sheet["D10"].value = "甲"
    book.save()
    with office.open(book.fullname) as document:
        assert document.looks("目标表")["D10"].fill == "#FFEB9C"


def test_notes_and_links(sheet):
    assert sheet["A1"].note is None
    sheet["A1"].add_note("一\n二")
    assert [note.location.address for note in sheet.notes] == ["$A$1", "$A$2"]
    sheet["A1"].note.text = "三"
    assert sheet["A1"].note.text == "三"
    sheet["A1"].note.delete()
    assert len(sheet.notes) == 1
    sheet["G1"].add_hyperlink("#'目标表'!A1", "A1")
    assert (sheet["G1"].value, sheet["G1"].hyperlink) == ("A1", "#'目标表'!A1")


def test_looks(sheet):
    cells = sheet["G1:H2"]
    cells.color = "#FF0000"
    cells.font.name, cells.font.size, cells.font.bold = "宋体", 12, True
    cells.font.color = (0, 0, 255)
    cells.wrap_text = True
    cells.horizontal_alignment, cells.vertical_alignment = "center", "top"
    cells.borders.set("all", line_style="continuous", weight="thin", color=(9, 9, 9))
    cells.column_width, cells.row_height = 20, 33
    one = sheet["H2"]
    assert (one.color, one.font.color) == ((255, 0, 0), (0, 0, 255))
    assert (one.font.name, one.font.size, one.font.bold) == ("宋体", 12, True)
    assert (one.horizontal_alignment, one.vertical_alignment) == ("center", "top")
    assert one.borders["edge_left"].line_style == "continuous"
    assert one.borders["edge_left"].weight == "thin"
    assert (one.column_width, one.row_height) == (20, pytest.approx(33, abs=0.1))
    assert sheet["G1:G3"].wrap_text is None
    cells.borders.clear()
    cells.color = None
    assert one.borders["edge_left"].line_style is None
    assert one.color is None


def test_rows_and_columns_can_be_hidden(sheet):
    sheet["2:3"].rows.hidden = True
    sheet["H:H"].columns.hidden = True
    assert sheet["A2"].rows.hidden is True
    assert sheet["A1:A2"].rows.hidden is None
    assert sheet["H5"].columns.hidden is True


def test_copying_cells_takes_their_formats_along(sheet):
    sheet["A3:D5"].copy(sheet["A13"])
    assert sheet["A13"].formula == "=IF(A11>1,'a b''s'!A11,\"n;,\")"
    assert sheet["A15"].number_format == "yyyy-mm-dd"
    assert sheet["C15"].data_validation.type == "list"


def test_selecting_needs_the_sheet_in_front(book, sheet):
    book.sheets[1].activate()
    with pytest.raises(ExcelError, match="another sheet"):
        sheet["B2"].select()
    sheet.activate()
    sheet["B2:C5"].select()
    assert book.app.selection == sheet["B2:C5"]
    book.app.books.add()
    with pytest.raises(ExcelError, match="another workbook"):
        sheet["A1"].select()


def test_protection_refuses_changes(book, sheet):
    impl = sheet.impl.uno
    impl.protect("")
    assert sheet.api.ProtectContents
    for change in (
        lambda: setattr(sheet["A1"], "value", 1),
        lambda: setattr(sheet["A1"], "color", (0, 0, 0)),
        lambda: sheet["2:2"].insert("down"),
        lambda: sheet["A1"].add_note("x"),
        lambda: sheet["A1"].conditional_formats.add_custom("=1=1", fill_color="#FF0000"),
    ):
        with pytest.raises(ExcelError, match="protected"):
            change()
    assert sheet["A1"].value == 1.5
    impl.unprotect("")
    book.impl.document.protect("")
    assert book.api.ProtectStructure
    with pytest.raises(ExcelError, match="structure"):
        book.sheets.add("x")


def test_calls_are_counted_one_by_one(excel, sheet):
    block = sheet["G1:K40"]
    with excel.counting() as calls:
        block.raw_value = [["甲"] * 5] * 40
    assert (calls.total, calls.by_name) == (1, {"Range.raw_value=": 1})
    with excel.counting() as calls:
        sheet.range("A1").color = (1, 2, 3)
    assert calls.by_name == {"Sheet.range": 1, "Range.color=": 1}


def test_messages_dialogs_and_the_status_bar(excel, book):
    app = book.app
    excel.answers.extend(["no", "cancel"])
    assert app.alert("继续？", "绩效目标", "yes_no", "info") == "no"
    assert app.alert("覆盖？", buttons="yes_no_cancel") == "cancel"
    assert app.alert("完成") == "ok"
    assert [one.prompt for one in excel.alerts] == ["继续？", "覆盖？", "完成"]
    excel.dialogs["InputBox"].append("2026")
    assert app.api.InputBox(Prompt="年度", Type=2) == "2026"
    assert app.api.GetOpenFilename(MultiSelect=True) is False
    assert [name for name, _ in excel.dialogs_shown] == ["InputBox", "GetOpenFilename"]
    app.status_bar = "正在校验"
    app.status_bar = False
    assert app.status_bar is False
    assert excel.status_history == ["正在校验", None]
    with app.properties(calculation="manual"):
        book.sheets[1]["A1"].value = 100
        assert book.sheets[0]["A3"].value == 7
    assert book.sheets[0]["A3"].value == 100


def test_new_workbooks_are_saved_where_told(excel, tmp_path):
    book = xw.App(impl=excel.impl).books.add()
    assert (book.name, book.fullname, book.api.Path) == ("工作簿1", "工作簿1", "")
    book.sheets[0]["A1"].value = "甲"
    book.save(tmp_path / "新.xlsx")
    assert book.fullname == str(tmp_path / "新.xlsx")
    assert book.api.Saved
    book.close()
    assert len(xw.books) == 0
    again = xw.Book(tmp_path / "新.xlsx")
    assert again.sheets[0]["A1"].value == "甲"


def test_panes_are_frozen_through_the_window_only(book, sheet):
    with pytest.raises(NotImplementedError):
        sheet.freeze_panes.freeze_at("1:4")
    window = book.app.api.ActiveWindow
    assert not window.FreezePanes
    window.SplitRow = 4
    window.FreezePanes = True
    assert (window.FreezePanes, window.SplitRow, window.SplitColumn) == (True, 4, 0)


_MODULE = """Attribute VB_Name = "PgSample"
Option Explicit
Public Function PgFirst(bookName As String, count As Long) As String
    PgFirst = Workbooks(bookName).Worksheets(1).Name & count & ActiveWorkbook.Name
End Function
Public Sub PgWrite(text As String)
    ActiveWorkbook.Worksheets(1).Range("G9").Value = text
End Sub
Public Function PgRules(bookName As String) As Long
    PgRules = CountRules(Workbooks(bookName))
End Function
Private Function CountRules(book As Object) As Long
    CountRules = book.Worksheets(1).Cells.FormatConditions.Count
End Function
"""


def test_macros_of_an_addin_run(office, book_path, tmp_path):
    addin = ExcelFile.create_new(tmp_path / "sample.xlam")
    addin.vba_project().add_module("PgSample", _MODULE)
    addin.save()
    with ExcelOverLibreOffice(office, tmp_path / "sample.xlam") as excel:
        book = excel.open(book_path)
        app = book.app
        with excel.counting() as calls:
            assert app.macro("'sample.xlam'!PgFirst")("样表.xlsx", 3) == "目标表3样表.xlsx"
        assert calls.by_name == {"App.run": 1}
        app.macro("PgWrite")("写入")
        assert book.sheets[0]["G9"].value == "写入"
        excel.macros["PgDouble"] = lambda app, number: 2 * number
        assert app.macro("'sample.xlam'!PgDouble")(4) == 8
        for missing in ("PgNone", "'other.xlam'!PgFirst"):
            with pytest.raises(ExcelError, match="no macro"):
                app.macro(missing)()
        with pytest.raises(ExcelError, match="FormatConditions"):
            app.macro("PgRules")(book.name)
