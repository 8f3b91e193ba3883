"""Cells written into the bytes of a sheet: in their places, and nothing else moves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.workbooks.patching.cell_bytes import NewCell, SheetCells
from perfgoals_xl.workbooks.patching.part_xml import UnreadablePart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TAIL = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><!-- 尾 -->'


def sheet(data, head="", prefix="", tail=TAIL):
    space = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    name = f"{prefix}:worksheet" if prefix else "worksheet"
    return f"<{name} {space}>{head}{data}{tail}</{name}>".encode()


def cells_of(data):
    """Address → (style, type, text), by another parser."""
    found = {}
    for row in etree.fromstring(data).iter(f"{{{MAIN}}}row"):
        column = -1
        for cell in row.iter(f"{{{MAIN}}}c"):
            column = row_column(cell.get("r"))[1] if cell.get("r") else column + 1
            place = a1(int(row.get("r")) - 1, column)
            found[place] = (cell.get("s"), cell.get("t"), "".join(cell.itertext()))
    return found


def put(data, **cells):
    new = {row_column(k): v if isinstance(v, NewCell) else NewCell(v) for k, v in cells.items()}
    return SheetCells(data).with_cells(new)


ROWS = (
    '<sheetData><row r="2" spans="1:3" ht="20"><c r="A2" s="4"/>'
    '<c r="C2" s="5" t="s" cm="1"><v>0</v></c></row> <row r="5"/></sheetData>'
)


def test_only_the_named_cell_changes():
    data = sheet(ROWS)
    assert put(data, C2="甲") == data.replace(
        b'<c r="C2" s="5" t="s" cm="1"><v>0</v></c>',
        '<c r="C2" s="5" t="inlineStr"><is><t xml:space="preserve">甲</t></is></c>'.encode(),
    )
    assert put(data, A2=Decimal("1E+3")) == data.replace(
        b'<c r="A2" s="4"/>', b'<c r="A2" s="4"><v>1000</v></c>'
    )
    assert put(data) == data


@pytest.mark.parametrize(
    ("data", "cells", "order"),
    [
        (sheet(ROWS), {"B2": "1"}, ["A2", "B2", "C2"]),
        (sheet(ROWS), {"D2": "1", "E2": "2"}, ["A2", "C2", "D2", "E2"]),
        (sheet(ROWS), {"B5": "1", "A5": "2"}, ["A2", "C2", "A5", "B5"]),
        (sheet(ROWS), {"A1": "1", "A3": "2", "A4": "3", "A9": "4"},
         ["A1", "A2", "C2", "A3", "A4", "A9"]),
        (sheet(ROWS), {"A3": "2", "A2": "1", "B2": "3", "B3": "4"},
         ["A2", "B2", "C2", "A3", "B3"]),
        (sheet("<sheetData/>"), {"B2": "1", "A7": "2"}, ["B2", "A7"]),
        (sheet("<sheetData></sheetData>"), {"B2": "1"}, ["B2"]),
        (sheet('<x:sheetData><x:row r="1"><x:c r="B1"/></x:row></x:sheetData>', prefix="x",
               tail=""), {"A1": "1", "A2": "2"}, ["A1", "B1", "A2"]),
        (sheet('<sheetData><row><c/><c/></row><row r="4"><c/></row></sheetData>'),
         {"C1": "1", "B4": "2"}, None),
    ],
)  # fmt: skip
def test_cells_stand_in_order(data, cells, order):
    made = put(data, **cells)
    reread = SheetCells(made)
    for address, text in cells.items():
        cell = reread.cell(*row_column(address))
        assert (cell.kind, cell.text) == ("inlineStr", text)
    if order is not None:
        assert list(cells_of(made)) == order
    assert b" spans=" not in made or "B5" in cells or "A1" in cells
    assert made.endswith(data[data.index(b"<merge") :] if b"<merge" in data else b"</x:worksheet>")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (' 甲 < 乙 & "丙" ', ' 甲 < 乙 & "丙" '),
        ("=1+1", "=1+1"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("_x0041_", "_x005F_x0041_"),
        ("钟\x0b声", "钟_x000B_声"),
    ],
)
def test_texts(text, written):
    assert cells_of(put(sheet(ROWS), A2=text))["A2"] == ("4", "inlineStr", written)


def test_an_emptied_cell_keeps_its_style():
    assert cells_of(put(sheet(ROWS), C2=NewCell(None)))["C2"] == ("5", None, "")
    assert cells_of(put(sheet(ROWS), C2=NewCell("甲", "9")))["C2"] == ("9", "inlineStr", "甲")


def test_a_row_behind_the_last_is_like_another():
    like = {7: 1}
    made = SheetCells(sheet(ROWS)).with_cells({(7, 0): NewCell("甲")}, like)
    assert b'<row r="8" ht="20">' in made


@pytest.mark.parametrize(
    ("ref", "address", "wanted"),
    [("A1:C5", "B3", "A1:C5"), ("A1:C5", "E9", "A1:E9"), ("A1", "A2", "A1:A2")],
)
def test_the_used_area_grows(ref, address, wanted):
    data = sheet(ROWS, head=f'<dimension ref="{ref}"/>')
    made = put(data, **{address: "甲"})
    assert f'<dimension ref="{wanted}"/>'.encode() in made


def test_what_is_known_of_a_sheet():
    columns = '<cols><col min="2" max="3" style="7" width="9"/></cols>'
    read = SheetCells(
        sheet(
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><rPh><t>jia</t>'
            '</rPh></is></c><c r="B1" t="str"><f>A1</f><v>甲</v></c></row></sheetData>',
            head=columns,
        )
    )
    assert read.cell(0, 0).text == "甲"
    assert read.cell(0, 1).has_formula
    assert read.cell(0, 2) is None
    assert read.merged == [Area(0, 0, 0, 1)]
    assert read.column_styles == [(1, 2, "7")]


def test_utf_16():
    data = '<?xml version="1.0" encoding="UTF-16"?>' + sheet(ROWS).decode()
    assert cells_of(put(data.encode("utf-16"), A2="甲"))["A2"] == ("4", "inlineStr", "甲")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<worksheet/>",
        sheet(""),
        sheet("<sheetData>"),
        b"<!DOCTYPE a>" + sheet(ROWS),
        sheet('<sheetData><row r="1"><c r="1A"/></row></sheetData>'),
    ],
)
def test_what_is_no_sheet(data):
    with pytest.raises(UnreadablePart):
        SheetCells(data)
