"""Any text goes through a cell of a document and comes back as it was."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from perfgoals_xl.addresses import Area
from perfgoals_xl.form.text import is_blank
from perfgoals_xl.publication.elements import Cell, printable, row, table
from perfgoals_xl.reading.sources.word_tables import Laid, lay_out


def read_back(*rows, widths=(3000, 3000, 3000)):
    laid = Laid()
    lay_out(table(rows, widths), laid)
    return laid


@given(st.text(max_size=40))
@example(" \n甲\t\n ")
@example("]]>&<w:t>")
@example("\x0b\r\n\r")
@example("𠮷\U0010ffff\u2028\u00ad\ud800")
def test_a_text(text):
    (cells,) = read_back(row(Cell(text, "CellText"))).rows
    expected = printable(text)
    assert cells == [None if is_blank(expected) else expected]


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S"))))
def test_what_can_be_printed_is_not_touched(text):
    assert printable(text) == text


def test_merged_cells():
    laid = read_back(
        row(Cell("甲", "CellValue", span=2), Cell("乙", "CellValue", down="restart")),
        row(*(Cell(None, "CellValue"),) * 2, Cell(None, "CellValue", down="continue")),
        row(Cell("丙", "CellValue", down="restart"), Cell("丁", "CellValue", span=2)),
    )
    assert laid.rows == [["甲", None, "乙"], [None] * 3, ["丙", "丁", None]]
    assert sorted(laid.merges) == [Area(0, 0, 0, 1), Area(0, 2, 1, 2), Area(2, 1, 2, 2)]
