"""Binary workbooks: every way in which a cell is kept, formats, merges, hidden sheets, damage."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from perfgoals_xl.addresses import row_column
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.workbook import read_workbook
from tests.reading.sheets import fields, lines
from tests.support.biff12 import ERRORS, BinarySheet, Cell, record, write_binary

FORMATS = ("0%", 'yyyy"年"m"月"', '"≥"0"人次"', 10, 57, '@"（见附件）"', "0.00")
PERCENT, MONTH, PEOPLE, EXACT, SHORT_MONTH, SEE_ANNEX, DECIMALS = range(1, len(FORMATS) + 1)


def form(**changes):
    """The cells of a small form; changes by address."""
    cells = {
        "A1": "项目名称", "B1": "渠道清淤",
        "A2": "项目总额", "B2": 30.0, "C2": "年度资金总额", "D2": 13.0,
        "A3": "年度总体绩效目标", "B3": "清淤渠道30公里。",
        "A4": "一级指标", "B4": "二级指标", "C4": "三级指标", "D4": "指标值",
        "A5": "产出指标", "B5": "数量指标", "C5": "培训", "D5": Cell(120, PEOPLE),
        "B6": "质量指标", "C6": "合格率", "D6": Cell(0.95, PERCENT),
        "B7": "时效指标", "C7": "完成时间", "D7": Cell(46327, MONTH),
    }  # fmt: skip
    return {row_column(address): value for address, value in (cells | changes).items()}


def read(tmp_path, *sheets, name="表.xlsb", **options):
    return load_declaration(write_binary(tmp_path / name, *sheets, formats=FORMATS, **options))


def grids(tmp_path, *sheets, **options):
    path = write_binary(tmp_path / "表.xlsb", *sheets, formats=FORMATS, **options)
    return read_workbook(path, path.read_bytes())


def test_a_form_with_signs_percentages_and_dates(tmp_path):
    declaration = read(tmp_path, BinarySheet(form(), merges=[(4, 0, 6, 0)]))
    assert {"total_amount | 30 | B2", "annual_amount | 13 | D2"} <= set(fields(declaration))
    assert lines(declaration) == [
        "产出指标 数量指标 - | 培训 | ≥120人次 | D5",
        "产出指标 质量指标 - | 合格率 | 95% | D6",
        "产出指标 时效指标 - | 完成时间 | 2026年11月 | D7",
    ]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("formula", [False, True])
def test_an_error_is_an_error_and_takes_no_value_of_the_next_cell(tmp_path, error, formula):
    wrong = Cell(error, kind="error", formula=formula)
    declaration = read(tmp_path, BinarySheet(form(B2=wrong, D6=wrong)))
    told = fields(declaration)
    assert f"total_amount | {error} | B2" in told
    assert "annual_amount | 13 | D2" in told
    assert lines(declaration)[1].endswith(f"合格率 | {error} | D6")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell(0.95, PERCENT), "95%"),
        (Cell(95, PERCENT, kind="rk/100"), "95%"),
        (Cell(0.955, EXACT), "95.5%"),
        (Cell(0.95, PERCENT, formula=True), "95%"),
        (Cell(1, PERCENT, kind="rk"), "100%"),
        (Cell(0.95), "0.95"),
        (Cell("95%"), "95%"),
        (Cell("≥95%", kind="shared"), "≥95%"),
        (Cell("≥95%", kind="rich"), "≥95%"),
        (Cell("≥95%", formula=True), "≥95%"),
        (Cell("95%", SEE_ANNEX), "95%（见附件）"),
        (Cell("#1渠段", SEE_ANNEX), "#1渠段（见附件）"),
        (Cell(46327, SHORT_MONTH), "2026年11月"),
        (Cell(46327, MONTH, kind="rk"), "2026年11月"),
        (Cell(12.345678, DECIMALS), "12.345678"),
        (Cell(-5, kind="rk"), "-5"),
        (Cell(-1234, kind="rk/100"), "-12.34"),
        (Cell(True), "TRUE"),
        (Cell(False, formula=True), "FALSE"),
    ],
)
def test_every_way_to_keep_a_value(tmp_path, cell, told):
    assert lines(read(tmp_path, BinarySheet(form(D6=cell))))[1].endswith(f"合格率 | {told} | D6")


def test_cells_that_leave_their_column_out(tmp_path):
    cells = form()
    plain = lines(read(tmp_path, BinarySheet(cells)))
    short = {
        (row, column): Cell(value, value.style if isinstance(value, Cell) else 0, short=column > 0)
        if not isinstance(value, Cell)
        else Cell(value.value, value.style, short=True)
        for (row, column), value in cells.items()
        if row not in (5, 6)
    } | {key: value for key, value in cells.items() if key[0] in (5, 6)}
    assert lines(read(tmp_path, BinarySheet(short))) == plain


def test_the_style_of_a_style_is_none_of_a_cell(tmp_path):
    # The writer puts a percentage there; style 0 of the cells is General.
    assert "annual_amount | 13 | D2" in fields(read(tmp_path, BinarySheet(form(D2=Cell(13.0, 0)))))


def test_flags_beside_the_number_of_a_style_do_not_matter(tmp_path):
    cell = Cell(0.95, PERCENT | 1 << 24)
    assert lines(read(tmp_path, BinarySheet(form(D6=cell))))[1].endswith("95% | D6")


def test_rich_texts_of_the_list_and_blanks_with_a_style(tmp_path):
    cells = {
        (0, 0): Cell("先行", kind="shared"),
        (0, 1): Cell("彩色字", kind="rich", short=True),
        (0, 2): Cell(None, PERCENT),
        (0, 3): Cell("", formula=True),
        (0, 4): "𠮷田",
    }
    (grid,) = grids(tmp_path, BinarySheet(cells))
    assert list(grid.rows[0]) == ["先行", "彩色字", None, None, "𠮷田"]


def test_days_since_1904(tmp_path):
    declaration = read(tmp_path, BinarySheet(form()), from_1904=True)
    assert lines(declaration)[2].endswith("2030年11月 | D7")


def test_hidden_sheets_are_told_and_merges_are_where_they_are(tmp_path):
    seen, hidden = (
        BinarySheet({(0, 0): 1.0}, "甲", merges=[(0, 0, 2, 3), (5, 5, 5, 5)]),
        BinarySheet(form(), "乙", hidden=True),
    )
    first, second = grids(tmp_path, seen, hidden)
    assert (first.sheet, first.hidden, second.sheet, second.hidden) == ("甲", False, "乙", True)
    assert [tuple(area) for area in first.merges] == [(0, 0, 2, 3)]
    declaration = load_declaration(tmp_path / "表.xlsb")
    assert declaration.is_empty
    assert [found.place.sheet for found in declaration.hidden_forms] == ["乙"]


def test_calamine_reads_the_same(tmp_path):
    sheets = (
        BinarySheet(form(B2=Cell("#N/A", kind="error"))),
        BinarySheet({(3, 2): Cell(7, kind="rk")}, "乙"),
    )
    own = grids(tmp_path, *sheets)
    other = CalamineWorkbook.from_path(tmp_path / "表.xlsb")
    assert [grid.sheet for grid in own] == other.sheet_names
    for grid in own:
        rows = other.get_sheet_by_name(grid.sheet).to_python(skip_empty_area=False)
        for row, values in enumerate(grid.rows):
            for column, value in enumerate(values):
                if value is not None and not str(value).startswith("#"):
                    assert rows[row][column] == value, (grid.sheet, row, column)


def test_a_cell_far_out_costs_nothing_but_itself(tmp_path):
    cells = form() | {(99_998, 701): "。"}
    declaration = read(tmp_path, BinarySheet(cells))
    assert len(lines(declaration)) == 3


@pytest.mark.parametrize("place", [(1_048_575, 16_383), (1_048_575, 0), (200_000, 16_000)])
def test_a_cell_beyond_every_form_is_told_with_its_address(tmp_path, place):
    with pytest.raises(InputError, match="范围太大") as caught:
        read(tmp_path, BinarySheet(form() | {place: 1.0}))
    assert caught.value.sheet == "项目表"


@pytest.mark.parametrize("text", ["长" * 32_768, "#" * 40_000])
@pytest.mark.parametrize("kind", ["text", "shared", "rich"])
def test_a_text_that_no_cell_holds_is_refused_with_its_cell(tmp_path, text, kind):
    with pytest.raises(InputError, match=f"有 {len(text)} 个字") as caught:
        read(tmp_path, BinarySheet(form(B3=Cell(text, kind=kind))))
    assert caught.value.cell == "B3"


def test_cells_and_merges_count_against_the_budget(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "MOST_CELLS", 10)
    with pytest.raises(InputError, match="单元格超过"):
        read(tmp_path, BinarySheet(form()))
    monkeypatch.undo()
    monkeypatch.setattr(budgets, "MOST_MERGES", 2)
    with pytest.raises(InputError, match="合并的单元格太多"):
        read(tmp_path, BinarySheet(form(), merges=[(20 + n, 0, 20 + n, 2) for n in range(3)]))


def edited(path, part, change):
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.bin", lambda d: d[:-40]),
        ("xl/worksheets/sheet1.bin", lambda d: d + b"\xff"),
        ("xl/worksheets/sheet1.bin", lambda d: record(0, b"\xff\xff\xff\xff") + d),
        ("xl/worksheets/sheet1.bin", lambda d: record(5, b"\x00\x00\x01\x00" + bytes(12)) + d),
        ("xl/worksheets/sheet1.bin", lambda d: record(5, b"\x00") + d),
        ("xl/worksheets/sheet1.bin", lambda d: record(7, bytes(8) + b"\x63\x00\x00\x00") + d),
        ("xl/worksheets/sheet1.bin", lambda d: record(6, bytes(8) + b"\xff\xff\x00\x00") + d),
        ("xl/worksheets/sheet1.bin", lambda d: record(5, bytes(8) + b"\xff" * 8) + d),
        ("xl/styles.bin", lambda d: record(617) + record(47, b"\x00") + d),
        ("xl/workbook.bin", lambda d: d.replace(b"r\0I\0d\x001", b"r\0I\0d\x009")),
        ("xl/_rels/workbook.bin.rels", lambda d: d.replace(b"sheet1.bin", b"sheet7.bin")),
    ],
)  # fmt: skip
def test_damage_is_refused_in_one_line(tmp_path, part, change):
    path = write_binary(tmp_path / "表.xlsb", BinarySheet(form()), formats=FORMATS)
    with pytest.raises(InputError, match="损坏"):
        load_declaration(edited(path, part, change))


def test_whatever_is_cut_off_or_flipped_is_read_or_refused(tmp_path):
    whole = write_binary(tmp_path / "全.xlsb", BinarySheet(form()), formats=FORMATS)
    path = tmp_path / "坏.xlsb"
    for part in ("xl/workbook.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin"):
        for seed in range(40):

            def change(data, seed=seed):
                at = seed * 7919 % len(data)
                return data[:at] + bytes([data[at] ^ (1 << seed % 8)]) + data[at + 1 :]

            path.write_bytes(whole.read_bytes())
            try:
                load_declaration(edited(path, part, change))
            except InputError as error:
                assert "\n" not in str(error)  # noqa: PT017


def test_dates_are_dates(tmp_path):
    (grid,) = grids(
        tmp_path, BinarySheet({(0, 0): Cell(46327, MONTH), (0, 1): Cell(46327.5, MONTH)})
    )
    assert list(grid.rows[0]) == [dt.date(2026, 11, 1), dt.datetime(2026, 11, 1, 12)]


def test_hidden_rows_and_columns(tmp_path):
    sheet = BinarySheet(form(), hidden_rows=[5], hidden_columns=[(3, 4), (8, 16_383)])
    (grid,) = grids(tmp_path, sheet)
    assert grid.hidden_rows == {5}
    assert {3, 4, 8} <= grid.hidden_columns
    assert not {0, 1, 2, 5, 6, 7} & grid.hidden_columns
    told = [r.text for r in load_declaration(tmp_path / "表.xlsb").account if r.kind == "unseen"]
    assert told[0] == "第6行是隐藏的，其中 2 格内容照常读取"
    assert told[1].startswith("第D列是隐藏的，其中 ")
