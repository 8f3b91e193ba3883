"""Highlights cover the form however far it reaches, once, and grow with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from perfgoals_xl.addresses import Area, a1, row_column
from perfgoals_xl.api import load
from perfgoals_xl.reading.grid import Grid
from perfgoals_xl.review.run import review
from perfgoals_xl.workbooks.findings.highlights import (
    COLOURS,
    LEAST,
    covers,
    form_areas,
    spacious,
    used_area,
)
from perfgoals_xl.workbooks.findings.layout import (
    FIRST_ROW,
    LAST_ROW,
    LOOKED_UP,
    FindingLine,
    left_out,
    listed,
)
from perfgoals_xl.workbooks.findings.marked_copy import write_marked_copy
from perfgoals_xl.workbooks.marking import write_marked
from tests.support.steps import read_parts, write_parts
from tests.workbooks.staff_workbooks import ROWS

SHEET = "xl/worksheets/sheet1.xml"


def write_forms(path: Path, forms: int = 1, *, top: int = 0, left: int = 0) -> Path:
    """Forms one below the other, each with a warning and an error."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("全部")
        for number in range(forms):
            for row, cells in enumerate(ROWS):
                for column, text in enumerate(cells):
                    if text:
                        named = text.replace("退化草原", f"退化{chr(0x4E00 + number)}草原")
                        sheet.write_string(top + row, left + column, named)
            top += len(ROWS) + 1
    return path


def mark(source: Path, output: Path) -> Path:
    declaration = load(source)
    write_marked([source], [declaration], review(declaration), output)
    return output


def formats_of(path: Path, part: str = SHEET) -> list[etree._Element]:
    root = etree.fromstring(read_parts(path)[part])
    return [
        formats
        for formats in root.iter("{*}conditionalFormatting")
        if any(LOOKED_UP["cell"] in (text.text or "") for text in formats.iter("{*}formula"))
    ]


def areas_of(path: Path, part: str = SHEET) -> list[str]:
    return [formats.get("sqref") for formats in formats_of(path, part)]


@pytest.mark.parametrize(
    ("forms", "top", "left", "area"),
    [
        (1, 0, 0, "A1:Z1000"),
        (1, 0, 26, "A1:AF1000"),
        (1, 1500, 0, "A1:Z1627"),
        (40, 0, 0, "A1:Z1219"),
        (1, 990, 700, "A1:AAD1117"),
    ],
)
def test_the_whole_form_is_covered(tmp_path, forms, top, left, area):
    source = write_forms(tmp_path / "申报.xlsx", forms, top=top, left=left)
    found = review(load(source)).findings
    copy = mark(source, tmp_path / "出.xlsx")
    (covered,) = areas_of(copy)
    last = Area(*row_column("A1"), *row_column(area.split(":")[1]))
    assert row_column(covered.split(":")[1]) == (last.bottom, last.right)
    cells = [row_column(f.cell) for f in found if f.cell]
    assert cells
    assert all(row <= last.bottom and column <= last.right for row, column in cells)


def test_libreoffice_fills_far_cells(office, tmp_path):
    source = write_forms(tmp_path / "申报.xlsx", 2, top=1180, left=30)
    found = review(load(source)).findings
    copy = mark(source, tmp_path / "出.xlsx")
    with office.open(copy) as book:
        book.recalculate()
        looks = book.looks("全部")
    filled_ = {cell for cell, look in looks.items() if look.fill in COLOURS.values()}
    wanted = {f.cell for f in found if f.cell}
    assert any(row_column(cell)[0] >= 1200 for cell in wanted)
    assert filled_ == wanted


@pytest.mark.parametrize(
    "area",
    ["A1:F20", "A1:Z1000", "A1:AG40", "A1:AF40 A50:AF1000", "A2:AG1000", "", "x", "B1:AG1000"],
)
def test_a_smaller_area_is_widened_and_not_doubled(tmp_path, area):
    source = write_forms(tmp_path / "申报.xlsx", 2, left=26)
    copy = mark(source, tmp_path / "出.xlsx")
    parts = read_parts(copy)
    parts[SHEET] = parts[SHEET].replace(b'sqref="A1:AF1000"', f'sqref="{area}"'.encode())
    write_parts(copy, parts)
    again = mark(copy, tmp_path / "又.xlsx")
    assert areas_of(again) == ["A1:AF1000"]
    assert len(formats_of(again)[0]) == 3


@pytest.mark.parametrize(
    "area", ["A1:AF60", "A1:XFD1048576", "A1:AF30 A31:AF999", "A1:P1000 Q1:AF1000", "$A$1:$AF$99"]
)
def test_an_area_that_is_enough_is_left_alone(tmp_path, area):
    source = write_forms(tmp_path / "申报.xlsx", 2, left=26)
    copy = mark(source, tmp_path / "出.xlsx")
    parts = read_parts(copy)
    parts[SHEET] = parts[SHEET].replace(b'sqref="A1:AF1000"', f'sqref="{area}"'.encode())
    write_parts(copy, parts)
    again = mark(copy, tmp_path / "又.xlsx")
    assert read_parts(again)[SHEET] == parts[SHEET]


def test_formats_in_several_pieces_are_put_together(tmp_path):
    """Excel splits a format where rows are pasted; each piece has its own formula."""
    source = write_forms(tmp_path / "申报.xlsx", 2, left=26)
    copy = mark(source, tmp_path / "出.xlsx")
    parts = read_parts(copy)
    (formats,) = re.findall(rb"<conditionalFormatting.*</conditionalFormatting>", parts[SHEET])
    upper = formats.replace(b"A1:AF1000", b"A1:AF20")
    lower = formats.replace(b"A1:AF1000", b"A23:AF1000")
    parts[SHEET] = parts[SHEET].replace(formats, upper + lower)
    write_parts(copy, parts)
    assert areas_of(mark(copy, tmp_path / "又.xlsx")) == ["A1:AF1000"]


def test_a_format_without_its_fill_is_made_anew(tmp_path):
    source = write_forms(tmp_path / "申报.xlsx")
    copy = mark(source, tmp_path / "出.xlsx")
    parts = read_parts(copy)
    styles = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = re.sub(rb"<dxfs.*</dxfs>", b'<dxfs count="0"/>', styles)
    write_parts(copy, parts)
    again = mark(copy, tmp_path / "又.xlsx")
    (formats,) = formats_of(again)
    fills = len(etree.fromstring(read_parts(again)["xl/styles.xml"]).find("{*}dxfs"))
    assert all(int(rule.get("dxfId")) < fills for rule in formats)


# --- areas as such

ranges = st.builds(
    lambda t, le, h, w: Area(t, le, t + h, le + w),
    st.integers(0, 9), st.integers(0, 9), st.integers(0, 6), st.integers(0, 6),
)  # fmt: skip


@given(st.lists(ranges, max_size=8), ranges)
def test_an_area_is_covered_where_all_its_cells_are(pieces, area):
    cells = {
        (row, column)
        for piece in pieces
        for row in range(piece.top, piece.bottom + 1)
        for column in range(piece.left, piece.right + 1)
    }
    wanted = {
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    assert covers([" ".join(piece.address for piece in pieces)], area) == (wanted <= cells)
    assert covers((piece.address for piece in pieces), area) == (wanted <= cells)


def test_an_area_ends_with_the_sheet():
    assert spacious(Area(0, 0, 1_048_570, 16_383)).address == "A1:XFD1048576"
    assert spacious(Area(0, 0, 3, 3)) == LEAST
    assert used_area(Grid("甲", [])) == Area(0, 0, 0, 0)
    assert used_area(Grid("甲", [[1], [1, 2, 3]])) == Area(0, 0, 1, 2)


# --- more findings than the sheet has rows


def line(severity: str, number: int, waiver: str | None = None) -> FindingLine:
    return FindingLine(severity, "X01", "全部", a1(number, 2), None, None, None, "问", "议", waiver)


ROOM = LAST_ROW - FIRST_ROW + 1


def test_reasons_and_errors_come_before_the_rest():
    lines = [line("info", n) for n in range(ROOM)]
    lines += [line("warning", 1, "已说明"), line("error", 2), line("已消除", 3, "旧的说明")]
    kept = listed(lines)
    assert len(kept) == ROOM
    assert kept[-3:] == lines[-3:]
    assert kept[:-3] == lines[: ROOM - 3]
    assert left_out(lines[:ROOM]) is None
    assert str(len(lines)) in left_out(lines)


def test_a_list_that_is_too_long_says_so(tmp_path):
    source = write_forms(tmp_path / "申报.xlsx")
    lines = [line("error", n % 30) for n in range(ROOM + 5)]
    copy = tmp_path / "出.xlsx"
    areas = form_areas(load(source), lines)
    told = write_marked_copy(source, copy, lines, areas)
    assert told == [left_out(lines)]
    parts = read_parts(copy)
    root = etree.fromstring(parts["xl/worksheets/sheet2.xml"])
    rows = root.findall(".//{*}row")
    assert rows[-1].get("r") == str(LAST_ROW)
    texts = ["".join(row.itertext()) for row in rows[:3]]
    assert f"错误 {ROOM + 5} 项" in texts[1]
    assert texts[2] == left_out(lines)
    assert root.find("{*}autoFilter").get("ref").endswith(str(LAST_ROW))
