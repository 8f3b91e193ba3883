"""Values on hidden rows, columns and sheets: they count, and the account says where they are."""

from __future__ import annotations

import openpyxl
import pytest

from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.form.own_sheets import IMPORT_SHEET
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources.source import read_source
from perfgoals_xl.workbooks.importing import import_declarations
from tests.support.steps import filled

ROWS = """\
项目支出绩效目标表（2026年度）
项目名称|渠道清淤|主管部门|石桥县水务局
年度资金总额|12||
年度目标|清淤渠道6公里。||
一级指标|二级指标|三级指标|指标值|备注
产出指标|数量指标|清淤长度|≥6公里|三年累计
|质量指标|验收合格率|≥98%|
|时效指标|完工时间|2026年10月|
|成本指标|清淤费用|≤12万元|
效益指标|社会效益指标|受益农户|≥300户|"""


def book(tmp_path, change=lambda sheet: None):
    made = openpyxl.Workbook()
    made.active.title = "清淤"
    for row, line in enumerate(ROWS.split("\n"), 1):
        for column, text in enumerate(line.split("|"), 1):
            if text:
                made.active.cell(row, column, text)
    made.create_sheet("别的")
    change(made.active)
    path = tmp_path / "申报.xlsx"
    made.save(path)
    return path


def hide_rows(*rows):
    def change(sheet):
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return change


def hide_columns(*columns):
    def change(sheet):
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    return change


def hide_sheet(sheet):
    sheet.sheet_state = "hidden"
    sheet.parent.active = 1


def hide_another_sheets_row(sheet):
    hide_rows(1)(sheet.parent["别的"])


def both(sheet):
    hide_rows(7)(sheet)
    hide_columns("E")(sheet)


def told(path, **options):
    account = load_declaration(path, **options).account
    return [f"{r.place.cell} {r.text}" for r in account if r.kind is RemarkKind.UNSEEN]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (hide_rows(7), ["C7 第7行是隐藏的，其中 2 格内容照常读取"]),
        (hide_rows(6, 7, 9), ["C6 第6至7、9行是隐藏的，其中 7 格内容照常读取"]),
        (hide_rows(3), ["B3 第3行是隐藏的，其中 1 格内容照常读取"]),
        (hide_columns("E"), ["E6 第E列是隐藏的，其中 1 格内容照常读取"]),
        (hide_columns("D", "E"), None),
        (
            both,
            [
                "C7 第7行是隐藏的，其中 2 格内容照常读取",
                "E6 第E列是隐藏的，其中 1 格内容照常读取",
            ],
        ),
    ],
)
def test_what_was_read_from_hidden_rows_and_columns_is_told(tmp_path, change, expected):
    path = book(tmp_path, change)
    declaration = load_declaration(path)
    assert declaration.indicators.records() == load_declaration(book(tmp_path)).indicators.records()
    found = told(book(tmp_path, change))
    if expected is None:
        (line,) = found
        assert line.partition(" ")[2].startswith("第D至E列是隐藏的，其中 ")
    else:
        assert found == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: None,
        hide_rows(12, 13),  # nothing stands there
        hide_columns("H", "I"),
        hide_rows(1, 5),  # a title and headings alone
        hide_columns("A"),  # labels alone
        lambda sheet: (
            sheet.parent["别的"].row_dimensions.__getitem__(1).__setattr__("hidden", True)
        ),
    ],
)
def test_hidden_parts_without_a_value_are_not_told(tmp_path, change):
    assert told(book(tmp_path, change)) == []


def test_many_stretches_are_one_line(tmp_path):
    def change(sheet):
        for row in range(11, 31):
            sheet.cell(row, 3, f"清淤支渠{row}")
            sheet.cell(row, 4, "≥1公里")
        hide_rows(*range(11, 31, 2))(sheet)

    (line,) = told(book(tmp_path, change))
    assert line == "C11 第11、13、15、17行等是隐藏的，其中 20 格内容照常读取"


def test_a_hidden_sheet_that_counts_is_told_once(tmp_path):
    path = book(tmp_path, lambda sheet: (hide_rows(7)(sheet), hide_sheet(sheet)))
    assert told(path) == []  # it does not count, which K04 tells
    assert told(path, include_hidden=True) == ["B2 这张工作表是隐藏的，其中的内容照常读取"]


def test_the_import_sheet_has_the_line(tmp_path):
    source, output = book(tmp_path, hide_rows(7)), tmp_path / "出.xlsx"
    import_declarations([load_declaration(source)], output)
    rows = list(openpyxl.load_workbook(output)[IMPORT_SHEET].iter_rows(values_only=True))
    assert ("隐藏", "清淤", "C7", None, "第7行是隐藏的，其中 2 格内容照常读取") in [
        tuple(row[:5]) for row in rows
    ]


def test_our_own_workbook_hides_nothing_that_counts(tmp_path):
    assert told(filled(tmp_path, every_rule=True)) == []


def test_other_formats(tmp_path, office):
    path = book(tmp_path, both)
    for suffix in (".xls", ".ods"):
        with office.open(path) as document:
            document.save_as(path.with_suffix(suffix))
        made = path.with_suffix(suffix)
        grid = next(grid for grid in read_source(made).grids if grid.sheet == "清淤")
        assert grid.hidden_rows & set(range(10)) == {6}, suffix
        assert grid.hidden_columns & set(range(5)) == {4}, suffix
        assert told(made) == told(path), suffix
