"""A blank form made of a copied sheet, in an open workbook: what goes and what stays."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from perfgoals_xl.addresses import Area
from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session import blank_sheet
from perfgoals_xl.excel.session.blank_sheet import _empty, _rectangles, _remove_links, clear_extras
from perfgoals_xl.excel.session.checking import read_open
from perfgoals_xl.reading.grid import Grid
from tests.excel.session.test_checking import click
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled
from tests.workbooks.staff_workbooks import FORM, write_rich_workbook

NEW = "项目01"
SECRETS = ("张三", "139", "欠账", "内部", "123456", "领导", "李四", "mailto", "4000", "补播", "280")


def formulas(book, sheet=NEW):
    """Every filled cell of a sheet and what it holds."""
    used = book.sheets[sheet].used_range
    top, left = used.row, used.column
    rows = used.formula
    return {
        (top + r, left + c): str(text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("", None)
    }


def with_private_things(path):
    """A filled standard workbook with all that staff leave on a sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book[PROJECT]
    last = sheet.max_row
    sheet.cell(last + 2, 1, "联系人")
    sheet.cell(last + 2, 3, "张三 13900000000")
    sheet.cell(last + 3, 1, "填报说明：本项目有历史欠账 200 万元")
    sheet.cell(last + 4, 1, "填表人：李四　　联系电话：010-1234567")
    sheet["L5"] = "内部备注：待补材料"
    sheet["L6"] = 123456
    sheet["L7"] = "=200+80"
    sheet["L8"] = dt.date(2026, 3, 1)
    sheet["N40"] = "内部"
    sheet.column_dimensions["N"].hidden = True
    sheet.row_dimensions[40].hidden = True
    sheet["C7"].comment = Comment("领导批示：先不报", "李")
    sheet["L9"].value = "李四"
    sheet["L9"].hyperlink = "mailto:lisi@example.invalid"
    sheet["C4"].fill = PatternFill("solid", fgColor="FFFF00")
    book.save(path)
    return path


def draw(book, sheet, cell, text):
    """A text box of this text over a cell of an open workbook."""
    document = book.impl.document
    shape = document.createInstance("com.sun.star.drawing.RectangleShape")
    uno_sheet = document.Sheets.getByName(sheet)
    place = uno_sheet.getCellRangeByName(cell)
    shape.Position, shape.Size = place.Position, place.Size
    uno_sheet.DrawPage.add(shape)
    shape.String = text
    # Out of sight: LibreOffice draws a sheet with shapes anew for a very long time.
    shape.Visible = False


def test_nothing_that_is_somebodys_comes_along(excel, opened, tmp_path):
    book = opened(with_private_things(filled(tmp_path)))
    draw(book, PROJECT, "L12", "张三（签字）")
    book.sheets[PROJECT].activate()
    before = formulas(book, PROJECT)
    assert NEW in click(macros.add_project_sheet, excel)
    left = formulas(book)
    assert [text for text in left.values() if any(secret in text for secret in SECRETS)] == []
    assert not [cell for cell, text in left.items() if text.replace(".", "").isdigit()]
    new = book.sheets[NEW]
    assert [note.text for note in new.notes] == []
    assert list(new.shapes) == []
    assert "联系人" in left.values()
    assert {"填报说明：", "填表人：　　联系电话："} <= set(left.values())
    # The checks beside the form live on, and so does the link to the findings.
    live = [text for text in left.values() if text.startswith("=")]
    assert len(live) == 8
    assert all("SUM" in text or "COUNT" in text for text in live)
    assert new.range("H11").hyperlink == "#'校验结果'!A1"
    # The form looks as before, and the model is as it was.
    assert new.range("C4").color == (255, 255, 0)
    assert new.range("E16").merge_area.address == "$E$16:$F$16"
    assert new.page_setup.print_area == book.sheets[PROJECT].page_setup.print_area
    assert formulas(book, PROJECT) == before
    assert [place.sheet for place in read_open(book).declaration.blank_forms] == [NEW]


def test_a_form_of_the_staffs_own_keeps_its_buttons_and_sums(excel, opened, tmp_path):
    book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
    click(macros.add_project_sheet, excel)
    new, model = book.sheets[NEW], book.sheets[FORM]
    assert [shape.type for shape in new.shapes] == ["form_control"]
    assert [note.text for note in new.notes] == []
    assert new.range("H2").formula == "=SUM(C10:C12)"
    assert new.range("H1").value == "注："
    assert new.range("H3").value is None
    assert new.page_setup.print_area == model.page_setup.print_area
    assert len(new.range("A1:Z99").conditional_formats) == len(
        model.range("A1:Z99").conditional_formats
    )
    assert {shape.type for shape in model.shapes} > {"picture", "form_control"}


def test_the_edition_of_2021(excel, opened, tmp_path):
    book = opened(filled(tmp_path, edition="2021"))
    click(macros.add_project_sheet, excel)
    texts = set(formulas(book).values())
    assert {"成本指标", "经济成本指标", "生态环境成本指标", "服务对象满意度指标"} <= texts
    assert not any("指标1" in text for text in texts)


@pytest.mark.parametrize("button", [macros.add_project_sheet, macros.insert_indicator_row])
def test_a_protected_sheet_is_refused_in_one_line(excel, opened, tmp_path, button):
    book = opened(filled(tmp_path))
    names = [sheet.name for sheet in book.sheets]
    book.sheets[PROJECT].activate()
    book.sheets[PROJECT].range(cell_of("数量1")).select()
    before = formulas(book, PROJECT)
    book.impl.document.Sheets.getByName(PROJECT).protect("x")
    told = click(button, excel)
    assert "工作表受保护" in told
    assert "请先撤销保护" in told
    assert "\n" not in told
    assert [sheet.name for sheet in book.sheets] == names
    assert formulas(book, PROJECT) == before


def test_what_cannot_be_emptied_leaves_no_half_sheet(excel, opened, tmp_path, monkeypatch):
    book = opened(filled(tmp_path))
    names = [sheet.name for sheet in book.sheets]
    monkeypatch.setattr(blank_sheet, "_clear", lambda sheet, area: None)
    told = click(macros.add_project_sheet, excel)
    assert "不能清空，没有新增" in told
    assert "\n" not in told
    assert [sheet.name for sheet in book.sheets] == names


def test_excel_that_does_not_copy_leaves_no_half_sheet(excel, opened, tmp_path, monkeypatch):
    book = opened(filled(tmp_path))
    names = [sheet.name for sheet in book.sheets]
    taken = {"seen": False}

    def refuse(self, value):
        taken["seen"] = True
        raise RuntimeError("0x800A03EC")

    kind = type(book.sheets[0].impl)
    monkeypatch.setattr(kind, "name", property(kind.name.fget, refuse))
    told = click(macros.add_project_sheet, excel)
    assert taken["seen"]
    assert "没有能够复制" in told
    assert [sheet.name for sheet in book.sheets] == names


def test_hidden_sheets_and_names_that_are_taken(excel, opened, tmp_path):
    book = opened(filled(tmp_path))
    book.sheets["字典"].name = "项目０７"
    book.sheets[OTHER_PROJECT].visible = False
    book.sheets[PROJECT].activate()
    assert "项目08" in click(macros.add_project_sheet, excel)
    assert book.sheets.active.name == "项目08"
    assert book.sheets["项目08"].visible


def test_a_form_hidden_from_the_lists_is_no_model(excel, opened, tmp_path, monkeypatch):
    book = opened(filled(tmp_path))
    names = [sheet.name for sheet in book.sheets]
    kind = type(book.sheets[0].impl)
    monkeypatch.setattr(kind, "visible", property(lambda self: 2, kind.visible.fset))
    told = click(macros.add_project_sheet, excel)
    assert "深度隐藏" in told
    assert [sheet.name for sheet in book.sheets] == names


# --- what only Excel has --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "areas"),
    [
        (set(), []),
        ({(0, 0)}, [Area(0, 0, 0, 0)]),
        ({(0, 0), (0, 1), (1, 0), (1, 1)}, [Area(0, 0, 1, 1)]),
        ({(0, 0), (0, 1), (1, 1)}, [Area(0, 0, 0, 1), Area(1, 1, 1, 1)]),
        ({(0, 0), (2, 0)}, [Area(0, 0, 0, 0), Area(2, 0, 2, 0)]),
        ({(0, 0), (0, 2), (1, 0), (1, 2)}, [Area(0, 0, 1, 0), Area(0, 2, 1, 2)]),
    ],
)
def test_cells_are_emptied_in_few_calls(cells, areas):
    found = sorted(_rectangles(cells))
    assert found == areas
    covered = {
        (row, column)
        for area in found
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    assert covered == cells


class Cells:
    """Cells that note what was done to them; a part of an array formula cannot be emptied."""

    def __init__(self, log, address, in_array):
        self.log, self.address, self.in_array = log, address, in_array
        self.api = SimpleNamespace(
            CurrentArray=SimpleNamespace(ClearContents=lambda: self.log.append(("array", address)))
        )

    def clear_contents(self):
        if self.in_array:
            raise RuntimeError("You cannot change part of an array.")
        self.log.append(("clear", self.address))

    def unmerge(self):
        self.log.append(("unmerge", self.address))

    def merge(self):
        self.log.append(("merge", self.address))


def emptied(gone, merges=(), array=()):
    log = []
    sheet = SimpleNamespace(range=lambda address: Cells(log, address, address in array))
    _empty(sheet, Grid("表", [[None] * 4] * 4, list(merges)), gone)
    return log


def test_an_array_formula_goes_as_a_whole():
    assert emptied({(0, 0)}, array={"A1:A1"}) == [("array", "A1:A1")]


def test_a_merged_answer_goes_with_what_lies_under_it():
    area = Area(1, 0, 2, 1)
    assert emptied({(1, 0), (2, 1)}, [area]) == [("clear", "A2:B3")]


def test_what_lies_under_a_merged_label_goes_and_the_label_stays():
    log = emptied({(2, 1)}, [Area(1, 0, 2, 1)])
    assert log == [("unmerge", "A2:B3"), ("clear", "B3"), ("merge", "A2:B3")]


def test_threaded_comments_and_links_go():
    gone = []

    class Links:
        Count = 4

        def __call__(self, number):
            def cells(row, column):
                return SimpleNamespace(
                    Row=row, Column=column, ClearHyperlinks=lambda: gone.append((row, column))
                )

            return [
                SimpleNamespace(Address="", SubAddress="'校验结果'!A1", Range=cells(1, 1)),
                SimpleNamespace(Address="mailto:a@b.cn", SubAddress="", Range=cells(2, 1)),
                SimpleNamespace(Address="", SubAddress="台账!A1", Range=cells(3, 1)),
                SimpleNamespace(Delete=lambda: gone.append("shape")),
            ][number - 1]

    kept = {(0, 0), (1, 0)}
    _remove_links(SimpleNamespace(api=SimpleNamespace(Hyperlinks=Links())), kept)
    assert sorted(map(str, gone)) == ["(2, 1)", "(3, 1)", "shape"]

    threads = [SimpleNamespace(Delete=lambda n=n: gone.append(f"thread {n}")) for n in (1, 2)]

    class Threads:
        Count = 2

        def __call__(self, number):
            return threads[number - 1]

    api = SimpleNamespace(
        Cells=SimpleNamespace(ClearComments=lambda: gone.append("notes")),
        CommentsThreaded=Threads(),
    )
    blank_sheet._remove_notes(SimpleNamespace(api=api, notes=[]))
    assert gone[-3:] == ["notes", "thread 2", "thread 1"]
    clear_extras(SimpleNamespace(api=SimpleNamespace()))  # an Excel that has neither


@pytest.mark.parametrize(
    ("kind", "text", "fill", "stays"),
    [
        ("form_control", "提交", 1, True),
        ("line", None, 1, True),
        ("auto_shape", None, 1, True),
        ("auto_shape", "张三", 1, False),
        ("auto_shape", None, 6, False),
        ("text_box", "填报须知", 1, False),
        ("picture", None, 1, False),
        ("linked_picture", None, 1, False),
        ("group", None, 1, False),
        ("chart", None, 1, False),
        ("embedded_ole_object", None, 1, False),
        ("ole_control_object", None, 1, False),
        ("ink", None, 1, False),
    ],
)
def test_which_shapes_are_the_forms(kind, text, fill, stays):
    fill_format = SimpleNamespace(Fill=SimpleNamespace(Type=fill))
    shape = SimpleNamespace(type=kind, text=text, api=fill_format)
    assert blank_sheet._is_furniture(shape) is stays


def test_a_shape_that_does_not_say_what_it_is_goes():
    class Unknown:
        @property
        def type(self):
            raise KeyError(99)

    assert not blank_sheet._is_furniture(Unknown())
