"""What a file holds and nobody counts: covered, struck out, in boxes; scaled numbers, errors."""

from __future__ import annotations

import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from perfgoals_xl.addresses import Area
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources import budgets, sheet_cells
from perfgoals_xl.reading.sources.shown import may_scale, power_by_text, power_of, shown
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import Sheet, write_workbook
from tests.support.converting import converted

CROSSED = Font(strike=True)
SCALED = [
    (120000, "0!.0,", -4, "12.0"),
    (123456, '0!.0,"万元"', -4, "12.3万元"),
    (120000, "0\\.0,", -4, "12.0"),
    (120000, '0"."0,', -4, "12.0"),
    (120000, "0!.0000", -4, "12.0000"),
    (12345678, "#,##0,", -3, "12,346"),
    (12345678, "#,##0.00,,", -6, "12.35"),
    (-120000, "0!.0,;-0!.0,", -4, "-12.0"),
    (50000, '[>=10000]0!.0,"万元";0"元"', -4, "5.0万元"),
]
UNSCALED = [
    (500, '[>=10000]0!.0,"万元";0"元"'), (0.95, "0.00%"), (12, '0.00"万元"'), (1234567, "#,##0"),
    (1234567, "#,##0.00_ "), (5, '0"."'), (5, '"1.5"0'), (12, "0!.0!.0"), (12, "0.0!.0"),
    (12000, "0.0E+00"), (0.5, "# ?/?"), (45000, "yyyy.m.d"), (5, '0"公里,"'), (5, ""), (0, "0!.0,"),
    (True, "0!.0,"), ("120000", "0!.0,"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "power", "told"), SCALED)
def test_formats_that_show_another_power_of_ten(value, code, power, told):
    assert (power_of(value, code), shown(value, code)) == (power, told)
    assert power_by_text(value, told) in (power, 0)


@pytest.mark.parametrize(("value", "code"), UNSCALED)
def test_formats_that_show_a_number_in_its_own(value, code):
    assert power_of(value, code) == 0


@pytest.mark.parametrize(
    ("value", "text", "power"),
    [(120000, "12.0", -4), (123456, "12.3万元", -4), (1234567, "1,235", -3), (5, "5", 0),
     (0.95, "95%", 0), (12.345, "12.3", 0), (5, "", 0), (12, "第1期", 0), (0, "0.0", 0),
     (120000, "12.0-13.0", 0), (1e300, "1", 0), (float("inf"), "1", 0), (15, "1.5", 0)],
)  # fmt: skip
def test_powers_by_the_text_that_a_file_states(value, text, power):
    assert power_by_text(value, text) == power


@pytest.mark.parametrize("digits", [5, 29, 40])
def test_a_text_of_any_number_of_digits(digits):
    assert power_by_text(12.5, "12.5" + "0" * digits) == 0


def test_codes_that_never_scale_are_known():
    assert not any(may_scale(code) for code in ("", "0.00", "#,##0.00", "0%", "yyyy.m.d", "@"))


def book_of(path, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(path)
    return path


def numbers(sheet):
    for row, (value, code, *_) in enumerate(SCALED[:5], start=1):
        sheet.cell(row, 1, value).number_format = code
    sheet["B1"] = 120000


def told_of(path):
    (grid,) = read_source(path).grids
    return [(*one[:3], str(one.text)) for one in grid.told]


def test_scaled_numbers_of_a_workbook(tmp_path):
    (grid,) = read_source(book_of(tmp_path / "a.xlsx", numbers)).grids
    assert [grid.scaled(row, 0) for row in range(5)] == [
        Decimal("12"), Decimal("12.3456"), Decimal("12"), Decimal("12"), Decimal("12")
    ]  # fmt: skip
    assert (grid.value(0, 0), grid.scaled(0, 1), grid.scaled(9, 9)) == (120000, None, None)
    assert told_of(tmp_path / "a.xlsx")[:2] == [
        (0, 0, "scaled", "120000"),
        (1, 0, "scaled", "123456"),
    ]


@pytest.mark.libreoffice
def test_scaled_numbers_of_other_workbooks(tmp_path):
    def fill(sheet):
        for address, value, code in (("A1", 120000, "0\\.0,"), ("A2", 1234567, "#,##0,"),
                                     ("A3", 5, "0.0"), ("A4", 1234.5, "#,##0")):  # fmt: skip
            sheet[address] = value
            sheet[address].number_format = code

    path = book_of(tmp_path / "a.xlsx", fill)
    for to in ("xls", "ods", "fods"):
        (grid,) = read_source(converted(path, to)).grids
        assert [grid.scaled(row, 0) for row in range(4)] == [
            Decimal("12"), Decimal("1234.567"), None, None
        ], to  # fmt: skip
        assert [one.kind for one in grid.told] == ["scaled"] * 2


def covered(tmp_path):
    """A workbook with values left under its merged areas, as programs leave them."""
    rows = "甲 | 乙 | 丙\n丁 | 戊 | 己\n庚 |  | 辛"
    path = write_workbook(tmp_path / "a.xlsx", Sheet(rows, cells={"B3": 0}))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merges = b'<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A3:B3"/></mergeCells>'
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + merges)
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


UNDER = [(0, 1, "covered", "乙"), (1, 0, "covered", "丁"), (1, 1, "covered", "戊")]


def test_covered_cells_are_no_cells_and_are_told(tmp_path):
    path = covered(tmp_path)
    (grid,) = read_source(path).grids
    assert grid.rows == [["甲", None, "丙"], [None, None, "己"], ["庚", None, "辛"]]
    assert told_of(path) == [*UNDER, (2, 1, "covered", "0")]


@pytest.mark.libreoffice
def test_covered_cells_of_other_workbooks(tmp_path):
    path = covered(tmp_path)
    for to in ("ods", "fods"):
        (grid,) = read_source(converted(path, to)).grids
        assert [value for row in grid.rows for value in row if value is not None] == [
            *("甲", "丙", "己", "庚", "辛")
        ]


def test_covered_cells_of_a_document(tmp_path):
    document = docx.Document()
    table = document.add_table(3, 2)
    for number, text in enumerate("甲乙丙丁戊己"):
        table.cell(number // 2, number % 2).text = text
    for row, kind in ((0, "restart"), (1, "continue")):
        table.cell(row, 0)._tc.get_or_add_tcPr().get_or_add_vMerge().val = kind
    document.save(tmp_path / "a.docx")
    (grid,) = read_source(tmp_path / "a.docx").grids
    assert grid.rows == [["甲", "乙"], [None, "丁"], ["戊", "己"]]
    assert list(grid.told) == [(1, 0, "covered", "丙")]


@pytest.mark.parametrize("area", [Area(0, 0, 1_048_575, 16_383), Area(5, 5, 900_000, 9)])
def test_merged_areas_over_all_the_sheet_take_no_time(tmp_path, area):
    cells = sheet_cells.SheetCells("甲", budgets.Budget(tmp_path / "a.xlsx"))
    cells.put(0, 0, "甲")
    cells.merge(area)
    assert cells.grid(0).rows == [["甲"]]


def test_merged_areas_that_overlap_without_end_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_cells, "MOST_COVERED_ROWS", 100)
    cells = sheet_cells.SheetCells("甲", budgets.Budget(tmp_path / "a.xlsx"))
    cells.put(20, 0, "甲")
    for _ in range(5):
        cells.merge(Area(0, 0, 1_000_000, 5))
    with pytest.raises(InputError, match="合并的单元格太多"):
        cells.grid(0)


def struck(sheet):
    """Cells that are struck out, wholly and partly, and near misses."""
    plain, crossed = InlineFont(), InlineFont(strike=True)
    sheet["A1"], sheet["A1"].font = "旧指标", CROSSED
    sheet["B1"] = CellRichText(TextBlock(crossed, "≥9公里"), TextBlock(plain, "≥6公里"))
    sheet["C1"], sheet["C1"].font, sheet["C1"].number_format = 0.95, CROSSED, '"≥"0%'
    sheet["D1"], sheet["D1"].font = "新指标", Font(bold=True, strike=False)
    sheet["E1"] = CellRichText("共", TextBlock(crossed, "三"), TextBlock(plain, "二"), "座")
    sheet["F1"] = CellRichText(TextBlock(crossed, "全部"), TextBlock(crossed, "删去"))
    sheet["G1"] = CellRichText("删", TextBlock(InlineFont(b=True), "留"))
    sheet["G1"].font = CROSSED
    sheet["H1"], sheet["H1"].font = "删", Font(underline="single")


LEFT = [None, "≥6公里", None, "新指标", "共二座", None, "留", "删"]
GONE = [
    (0, 0, "struck", "旧指标"), (0, 1, "struck", "≥9公里"), (0, 2, "struck", "≥95%"),
    (0, 4, "struck", "三"), (0, 5, "struck", "全部删去"), (0, 6, "struck", "删"),
]  # fmt: skip


def test_struck_out_text_of_a_workbook(tmp_path):
    path = book_of(tmp_path / "a.xlsx", struck)
    assert read_source(path).grids[0].rows == [LEFT]
    assert told_of(path) == GONE


@pytest.mark.libreoffice
def test_struck_out_text_of_other_workbooks(tmp_path):
    path = book_of(tmp_path / "a.xlsx", struck)
    for to in ("xls", "ods", "fods"):
        saved = converted(path, to)
        assert read_source(saved).grids[0].rows == [LEFT], to
        assert told_of(saved) == GONE, to


def test_struck_out_inline_and_shared_texts_of_another_writer(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    crossed, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "旧", crossed)
    sheet.write_rich_string(0, 1, crossed, "旧", bold, "新")
    sheet.write(0, 2, 5, crossed)
    book.close()
    (grid,) = read_source(tmp_path / "a.xlsx").grids
    assert grid.rows == [[None, "新"]]
    assert told_of(tmp_path / "a.xlsx") == [
        (0, 0, "struck", "旧"), (0, 1, "struck", "旧"), (0, 2, "struck", "5")
    ]  # fmt: skip


def test_struck_out_text_of_a_document(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("标题")
    paragraph.add_run("旧").font.strike = True
    table = document.add_table(1, 4)
    for cell, runs in zip(
        table.rows[0].cells, ("-旧", "-≥9公里 ≥6公里", "=双线 新", "0留"), strict=True
    ):
        for number, text in enumerate(runs[1:].split()):
            font = cell.paragraphs[0].add_run(text).font
            if number == 0 and runs[0] in "-0":
                font.strike = runs[0] == "-"
            elif number == 0:
                font.double_strike = True
    document.save(tmp_path / "a.docx")
    (grid,) = read_source(tmp_path / "a.docx").grids
    assert grid.rows == [["标题"], [None, "≥6公里", "新", "留"]]
    assert list(grid.told) == [
        (0, 0, "struck", "旧"), (1, 0, "struck", "旧"), (1, 1, "struck", "≥9公里"),
        (1, 2, "struck", "双线"),
    ]  # fmt: skip


def boxed(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("表")
    sheet.write(0, 0, "项目名称")
    sheet.insert_textbox("B3", "清淤渠道30公里，\n保障春灌。")
    sheet.insert_textbox("D5", " ")
    other = book.add_worksheet("无框")
    other.write(0, 0, "甲")
    book.close()
    return tmp_path / "a.xlsx"


def test_text_boxes_over_a_workbook_are_told_at_their_cell(tmp_path):
    one, other = read_source(boxed(tmp_path)).grids
    assert list(one.told) == [(2, 1, "textbox", "清淤渠道30公里，\n保障春灌。")]
    assert (one.rows, list(other.told)) == ([["项目名称"]], [])


@pytest.mark.libreoffice
def test_text_boxes_over_other_workbooks(tmp_path):
    path = boxed(tmp_path)
    for to in ("ods", "fods"):
        one, _ = read_source(converted(path, to)).grids
        (told,) = one.told
        assert (told.kind, told.text) == ("textbox", "清淤渠道30公里，\n保障春灌。"), to


@pytest.mark.libreoffice
def test_errors_and_truth_values_are_values_and_errors_are_told(tmp_path):
    def fill(sheet):
        sheet["A1"], sheet["B1"], sheet["C1"] = "=1/0", False, "#REF!"
        sheet["D1"], sheet["E1"] = "待定", "=NA()"

    path = converted(book_of(tmp_path / "b.xlsx", fill), "xlsx")
    for saved in (path, converted(path, "xls"), converted(path, "ods")):
        (grid,) = read_source(saved).grids
        assert grid.rows == [["#DIV/0!", False, "#REF!", "待定", "#N/A"]], saved.suffix
        assert [(*t[:3], t.text) for t in grid.told] == [
            (0, 0, "error", "#DIV/0!"), (0, 2, "error", "#REF!"), (0, 4, "error", "#N/A")
        ]  # fmt: skip
