"""An open workbook reads like the file it came from, unsaved changes included."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
import xlsxwriter

from perfgoals_xl.excel.session import sheet_layout as layout
from perfgoals_xl.excel.session.checking import read_open
from perfgoals_xl.excel.session.open_book import path_of, read_book
from perfgoals_xl.reading.assemble import assemble, load_declaration
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from tests.support.steps import filled
from tests.workbooks.staff_workbooks import write_rich_workbook

TABLES = ("projects", "indicators", "department_goals")


def assert_same_data(live, file):
    for name in TABLES:
        ours, theirs = getattr(live, name), getattr(file, name)
        assert ours.records() == theirs.records()
        assert ours.cells.to_numpy().tolist() == theirs.cells.to_numpy().tolist()
    assert live.department == file.department
    assert live.year == file.year
    assert live.rule_lines == file.rule_lines
    assert live.origins == file.origins
    assert live.form_sheets == file.form_sheets


@pytest.fixture
def odd_workbook(tmp_path):
    """Formats, errors, dates, merges and a formatted column of a million rows."""
    path = tmp_path / "杂.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("杂 & '甲'表")
        percent = book.add_format({"num_format": "0.0%"})
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write("B2", 0.955, percent)
        sheet.write_datetime("B3", dt.datetime(2026, 5, 1), day)
        sheet.write_formula("B4", "=1/0", None, "#DIV/0!")
        sheet.write("B5", 3352.996870)
        sheet.write("B6", True)
        sheet.write("B7", "00123")
        sheet.merge_range("C2:D5", "合并")
        sheet.merge_range("A8:A9", "竖")
        sheet.set_column("F:F", 8, percent)
        book.add_worksheet("空")
    return path


@pytest.mark.parametrize("addin", [True, False], ids=["with the add-in", "without"])
def test_the_grids_are_those_of_the_file(excel, odd_workbook, addin, monkeypatch):
    if not addin:
        monkeypatch.setattr(layout, "ADDIN_NAME", "缺.xlam")
    file = read_source(odd_workbook).grids
    live = read_book(excel.open(odd_workbook)).grids
    assert [grid.sheet for grid in live] == [grid.sheet for grid in file]
    assert sorted(live[0].merges) == sorted(file[0].merges)
    for row in range(10):
        for column in range(6):
            value = live[0].value(row, column)
            expected = file[0].value(row, column)
            # A date without a time is a date in one and a midnight in the other.
            assert live[0].shown(row, column, value) == file[0].shown(row, column, expected)
            assert live[0].place(row, column) == file[0].place(row, column)


def test_the_example_gives_the_same_declaration(excel):
    path = example_path(EXAMPLE_WORKBOOK)
    assert_same_data(assemble(read_book(excel.open(path))), load_declaration(path))


@pytest.mark.parametrize("addin", [True, False], ids=["with the add-in", "without"])
def test_a_workbook_of_the_staff_gives_the_same_declaration(excel, tmp_path, addin, monkeypatch):
    if not addin:
        monkeypatch.setattr(layout, "ADDIN_NAME", "缺.xlam")
    path = write_rich_workbook(tmp_path / "自有.xlsx")
    assert_same_data(assemble(read_book(excel.open(path))), load_declaration(path))


@pytest.mark.shared
@pytest.mark.exhaustive
def test_real_samples_give_the_same_declaration(excel, shared_seeds, tmp_path):
    from perfgoals_xl.workbooks.importing import write_imported

    for seed in shared_seeds:
        path = tmp_path / f"{seed.stem}.xlsx"
        write_imported(load_declaration(seed), path, year=2024)
        assert_same_data(assemble(read_book(excel.open(path))), load_declaration(path))


def test_unsaved_changes_count_and_nothing_is_saved(excel, tmp_path):
    path = filled(tmp_path)
    book = excel.open(path)
    sheet = book.sheets[2]
    sheet.range("E7").value = 4321
    before = path.read_bytes()
    projects = read_open(book).declaration.projects
    assert str(projects.values.at[0, "annual_amount"]) == "4321"
    assert path.read_bytes() == before


def test_a_workbook_that_was_never_saved(excel, tmp_path):
    book = excel.app.books.add()
    sheet = book.sheets[0]
    sheet.range("A1").value = [["项目名称", "渠道清淤"], ["年度资金总额", "12"]]
    sheet.range("A3").value = ["一级指标", "二级指标", "三级指标", "指标值"]
    sheet.range("A4").value = ["产出指标", "数量指标", "清淤长度", "≥3公里"]
    opened = read_open(book)
    assert not opened.file.is_absolute()
    assert opened.declaration.projects.values.at[0, "project_name"] == "渠道清淤"


def test_a_workbook_on_a_server_has_a_name_and_no_folder():
    class OnServer:
        name = "申报.xlsx"
        fullname = "https://example.invalid/申报.xlsx"

    class Unknown:
        name = "申报.xlsx"

        @property
        def fullname(self):
            raise RuntimeError("no local folder")

    assert path_of(OnServer()) == path_of(Unknown())
    assert path_of(OnServer()).name == "申报.xlsx"
    assert not path_of(OnServer()).is_absolute()
    # Settings are not looked for in whatever folder Python happens to be in.
    assert not path_of(OnServer()).parent.exists()
    assert str(path_of(OnServer()).parent) != "."


@pytest.mark.parametrize("sheet", ["xlwings.conf", "_xlwings.conf", "perfgoals.conf"])
def test_a_sheet_of_the_workbook_does_not_say_in_which_folder_it_is(
    excel, tmp_path, monkeypatch, sheet
):
    """OneDrive hands over an address; which folder that is, no workbook decides."""
    for folder in ("别处", "OneDrive"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "申报.xlsx").write_bytes(b"")
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path / "OneDrive"))
    book = excel.app.books.add()
    settings = book.sheets.add(sheet)
    for row, system in enumerate(("WIN", "MAC"), start=1):
        settings.range(f"A{row}").value = [f"ONEDRIVE_CONSUMER_{system}", str(tmp_path / "别处")]
    # Of its own for each: xlwings remembers what it found.
    url = f"https://d.docs.live.net/{sheet}/申报.xlsx"
    monkeypatch.setattr(type(book.impl), "_fullname", lambda self: url)
    assert path_of(book) == tmp_path / "OneDrive" / "申报.xlsx"


def test_the_layout_text_of_the_addin():
    told = (
        "S\t表\t3\t2\t-1\nM\tA1:B1\nF\tB2\t0.0%\t\nF\tB3\tGeneral\t3352.99687\nS\t空\t1\t1\t2\nE\n"
    )
    first, second = layout.parse_layout(told)
    assert (first.name, first.rows, first.columns, second.name) == ("表", 3, 2, "空")
    assert (first.hidden, second.hidden) == (False, True)
    assert first.merges == [(0, 0, 0, 1)]
    assert first.formats == {(1, 1): "0.0%"}
    assert first.exact == {(2, 1): 3352.99687}
    with pytest.raises(ValueError, match="not a line"):
        layout.parse_layout("X\t1\nE\n")
    with pytest.raises(ValueError, match="not whole"):
        layout.parse_layout(told.removesuffix("E\n"))


def test_currency_cells_keep_all_their_decimals(excel, tmp_path, monkeypatch):
    """Excel hands a currency cell over with four decimals; the add-in tells the exact value."""
    path = filled(tmp_path, {"annual_amount": 280.123456})
    told = layout.read_layout(excel.open(path))
    sheet = next(item for item in told if item.name == read_source(path).grids[2].sheet)
    sheet.exact[6, 4] = 280.123456
    monkeypatch.setattr("perfgoals_xl.excel.session.open_book.read_layout", lambda book: told)
    book = excel.app.books.active
    book.sheets[sheet.name].range("E7").value = 280.1235
    declaration = assemble(read_book(book))
    assert str(declaration.projects.values.at[0, "annual_amount"]) == "280.123456"


def test_reading_takes_one_block_per_sheet(excel, tmp_path):
    shutil.copyfile(example_path(EXAMPLE_WORKBOOK), tmp_path / "例.xlsx")
    book = excel.open(tmp_path / "例.xlsx")
    sheets = len(book.sheets)
    with excel.counting() as calls:
        read_book(book)
    assert calls.by_name["Range.raw_value"] == sheets
    assert calls.total <= 3 * sheets + 10
