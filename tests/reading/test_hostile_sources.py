"""What a small file may make the reader do: everything that is repeated is counted."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources import budgets
from perfgoals_xl.reading.sources.source import read_source
from tests.reading.sheets import write_workbook

ODS = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:spreadsheet>'
    '<t:table t:name="甲"><t:table-row>{}</t:table-row></t:table>'
    "</o:spreadsheet></o:body></o:document-content>"
)
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:tbl><w:tr>{}</w:tr></w:tbl></w:body></w:document>"
)


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def workbook(tmp_path, rows, after=""):
    """A workbook whose one sheet has the rows given."""
    path = write_workbook(tmp_path / "a.xlsx", "甲 | 乙")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()
    return packed(path, parts)


def spreadsheet(tmp_path, cells):
    return packed(tmp_path / "a.ods", {"content.xml": ODS.format(cells)})


@pytest.mark.parametrize(
    "rows",
    ["<row/>" * 1100, '<row r="1"/>' * 1100, f"<row>{'<c/>' * 1100}</row>",
     '<row r="1">' + '<c r="A1" s="0"/>' * 1100 + "</row>"],
)  # fmt: skip
def test_blank_rows_and_cells_have_a_limit(tmp_path, monkeypatch, rows):
    path = workbook(tmp_path, rows)
    read_source(path)
    monkeypatch.setattr(budgets, "MOST_ELEMENTS", 1000)
    with pytest.raises(InputError, match="太多"):
        read_source(path)


def test_merges_are_counted_while_they_are_read(tmp_path, monkeypatch):
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 60))
    path = workbook(tmp_path, "", f"<mergeCells>{merges}</mergeCells>")
    read_source(path)
    monkeypatch.setattr(budgets, "MOST_MERGES", 50)
    with pytest.raises(InputError, match="合并的单元格太多"):
        read_source(path)


def test_a_row_may_hold_more_than_cells(tmp_path):
    rows = '<row r="1"><c><v>1</v></c><extLst><ext uri="x"/></extLst></row>'
    rows += '<row r="2"><extLst><ext uri="x"/></extLst><c r="C2"><v>2</v></c></row>'
    (grid,) = read_source(workbook(tmp_path, rows)).grids
    assert (grid.value(0, 0), grid.value(1, 2)) == (1, 2)


@pytest.mark.parametrize("zone", ["", "Z", "+08:00", "-01:00"])
def test_a_stated_zone_does_not_move_a_moment(tmp_path, zone):
    rows = f'<row r="1"><c r="A1" t="d"><v>2026-01-02T10:30:00{zone}</v></c></row>'
    (grid,) = read_source(workbook(tmp_path, rows)).grids
    assert grid.value(0, 0) == dt.datetime(2026, 1, 2, 10, 30)


def test_blanks_that_are_counted_are_not_printed_without_end(tmp_path):
    blanks = '<x:s x:c="32000"/>' * 20_000
    path = spreadsheet(
        tmp_path, f'<t:table-cell o:value-type="string"><x:p>{blanks}</x:p></t:table-cell>'
    )
    with pytest.raises(InputError, match="超过单元格的上限"):
        read_source(path)


def test_text_around_counted_blanks_stays(tmp_path):
    text = '甲<x:s x:c="3"/>乙<x:span>丙<x:s/>丁</x:span>戊<x:note>注</x:note>己'
    path = spreadsheet(
        tmp_path, f'<t:table-cell o:value-type="string"><x:p>{text}</x:p></t:table-cell>'
    )
    assert read_source(path).grids[0].value(0, 0) == "甲   乙丙 丁戊己"


@pytest.mark.parametrize("day", ["20261-12-31", "-0044-03-15", "2026-13-40"])
def test_a_day_that_there_is_not_costs_its_cell_alone(tmp_path, day):
    cell = f'<t:table-cell o:value-type="date" o:date-value="{day}"><x:p>{day}</x:p></t:table-cell>'
    assert read_source(spreadsheet(tmp_path, cell)).grids[0].value(0, 0) == day


def test_columns_of_a_word_table_have_a_limit(tmp_path):
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
    )
    path = packed(tmp_path / "a.docx", {"word/document.xml": WORD.format(cell * 15)})
    assert len(read_source(path).grids[0].rows[0]) == 945
    packed(path, {"word/document.xml": WORD.format(cell * 2000)})
    with pytest.raises(InputError, match="损坏"):
        read_source(path)


def test_relationships_of_a_word_document_have_a_limit(tmp_path, monkeypatch):
    parts = {"_rels/.rels": f"<Relationships><!--{'x' * 2000}--></Relationships>"}
    path = packed(tmp_path / "a.docx", {**parts, "word/other.xml": WORD.format("")})
    monkeypatch.setattr(budgets, "MOST_PIECE_BYTES", 1000)
    with pytest.raises(InputError, match="损坏"):
        read_source(path)
