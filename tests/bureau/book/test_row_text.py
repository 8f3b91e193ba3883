"""Rows as text: what XlsxWriter writes for the same values, character by character."""

from __future__ import annotations

import re
import zipfile
import zlib
from decimal import Decimal

import pytest
from xlsxwriter import Workbook

from perfgoals_xl.bureau.book.row_text import Look, written
from perfgoals_xl.errors import InputError
from perfgoals_xl.workbooks.kit.styles import Styles, number_of
from perfgoals_xl.workbooks.kit.tables import Column, put_table
from perfgoals_xl.workbooks.kit.writing import add_sheet, is_exact, new_workbook

COLUMNS = (
    Column("序号", 8, "center"),
    Column("名称", 18),
    Column("金额", 12, "ledger"),
    Column("窄", 3, "center"),
    *(Column(f"第{number}列", 5) for number in range(5, 29)),
)
TEXTS = [
    "补播改良面积", "≥80%", "a & b", "<5%", "</is></c>", '"引号"', "'=1+1", "=SUM(A1)",
    " 前空格", "后空格 ", "两\n行", "回\r车", "制\t表", "\x00\x01\x1f", "_x0041_", "\ud800半个",
    "x_x0041_y_x00zz_", "\ufffe\uffff", "\u2028行分隔", "\u3000全角空格\u3000", "\n", "𠮷野家",
    "🙂" * 40, "长" * 15_000, "a" * 32_767, "<r>不是标记", "ABC def " * 30,
    "很长的一段文字，需要折行才能显示完整，所以行要高一些。" * 4,
]  # fmt: skip
NUMBERS = [
    0, 1, -7, 123456789, Decimal("0.1"), Decimal("1234567.89"), Decimal("1E+5"), Decimal("-0.00"),
    Decimal("12345678901234567890"), Decimal("1E+400"), Decimal("0.123456789012345"),
]  # fmt: skip


def line(number, *values):
    return [number, *values, *[None] * (len(COLUMNS) - 1 - len(values))]


ROWS = [
    *(line(n, text, None, text[:20]) for n, text in enumerate(TEXTS)),
    *(line(n, "数", number, "窄") for n, number in enumerate(NUMBERS)),
    line(1),
    line(1, "", "不是数字的金额"),
    [f"{n}" for n in range(len(COLUMNS))],
]


def looked(workbook: Workbook, first: int, room: int = 10_000) -> Look:
    styles = Styles(workbook)
    numbers = [
        (
            number_of(styles("cell", c.align, "text", "ten")),
            number_of(styles("cell", c.align, "ten")),
        )
        for c in COLUMNS
    ]
    return Look("甲", COLUMNS, tuple(numbers), first, room)


def as_text(value):
    return f"{value:f}" if isinstance(value, Decimal) and not is_exact(value) else value


def text_of(packed):
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed.data).decode()


def test_what_is_written_is_what_xlsxwriter_writes(tmp_path):
    path = tmp_path / "甲.xlsx"
    with new_workbook(path, "甲", scratch=tmp_path) as workbook:
        sheet = add_sheet(workbook, "甲")
        look = looked(workbook, 1)
        # A number of too many digits is a text there too, and as high as one.
        put_table(sheet, Styles(workbook), 0, COLUMNS, [list(map(as_text, row)) for row in ROWS])
    with zipfile.ZipFile(path) as package:
        part = package.read("xl/worksheets/sheet1.xml").decode()
    [(_, piece)] = written(look, ROWS, 0).pieces
    assert piece.crc == zlib.crc32(text_of(piece).encode())
    theirs = re.findall(r"<row .*?</row>", part, re.DOTALL)[1:]
    ours = re.findall(r"<row .*?</row>", text_of(piece), re.DOTALL)
    assert len(ours) == len(ROWS)
    for own, other in zip(ours, theirs, strict=True):
        assert own == other


@pytest.mark.parametrize("before", [0, 3, 4, 5, 9])
def test_a_full_sheet_goes_on_on_the_next(tmp_path, before):
    with new_workbook(tmp_path / "甲.xlsx", "甲") as workbook:
        add_sheet(workbook, "甲")
        look = looked(workbook, 3, room=5)
    found = {}
    for sheet, piece in written(look, [line(n) for n in range(7)], before).pieces:
        assert sheet not in found
        found[sheet] = [int(n) for n in re.findall(r'<row r="(\d+)"', text_of(piece))]
    expected: dict[int, list[int]] = {}
    for number in range(before, before + 7):
        expected.setdefault(number // 5, []).append(4 + number % 5)
    assert found == expected
    assert written(look, [], before).pieces == ()


def test_the_widest_figure_of_a_column_is_told(tmp_path):
    with new_workbook(tmp_path / "甲.xlsx", "甲") as workbook:
        add_sheet(workbook, "甲")
        look = looked(workbook, 1)
    amounts = [Decimal("5"), Decimal("1234567.5"), Decimal("99"), None, "无"]
    rows = [line(n, "数", amount) for n, amount in enumerate(amounts)]
    assert written(look, rows, 0).longest == {2: Decimal("1234567.5")}


def test_a_text_that_no_cell_can_hold_is_told_with_its_cell(tmp_path):
    with new_workbook(tmp_path / "甲.xlsx", "甲") as workbook:
        add_sheet(workbook, "甲")
        look = looked(workbook, 1)
    with pytest.raises(InputError) as raised:
        written(look, [line(1, "一"), line(2, "字" * 32_768)], 0)
    assert (raised.value.sheet, raised.value.cell) == ("甲", "B3")
