"""Highlights of an open workbook reach as far as its forms, and grow with them."""

from __future__ import annotations

from typing import Any

import pytest
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    HostBridge,
    Interpreter,
    VBAObject,
    member,
    method,
    setter,
)

from perfgoals_xl.addresses import Area, row_column
from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session import checking
from perfgoals_xl.excel.session.live_highlights import _MARKER, _order
from perfgoals_xl.resources import addin_path
from perfgoals_xl.workbooks.findings import layout as findings_layout
from perfgoals_xl.workbooks.findings.highlights import LEAST, spacious
from perfgoals_xl.workbooks.findings.layout import highlight_formulas
from tests.excel.session.test_checking import AMBER, RED, click, fill_of, listed
from tests.support.vba_modules import runnable_modules
from tests.workbooks.findings.test_highlights import mark, write_forms

NAME = "全部"


def ours(book, area: str) -> list[Any]:
    formats = book.sheets[NAME].range(area).conditional_formats
    return [item for item in formats if _MARKER in (item.formula or "")]


@pytest.mark.exhaustive
def test_a_form_far_from_the_corner_is_filled(excel, opened, office, tmp_path):
    book = opened(write_forms(tmp_path / "远.xlsx", top=1010, left=30))
    macros.validate_book()
    found = {(level, cell) for level, _, _, cell in listed(book)}
    assert {("警告", "AI1018"), ("错误", "AI1029")} <= found
    assert fill_of(office, book, tmp_path, NAME, "AI1018").upper() == AMBER
    assert fill_of(office, book, tmp_path, NAME, "AI1029").upper() == RED


def test_formats_of_an_earlier_version_are_widened_and_not_doubled(excel, opened, tmp_path):
    source = write_forms(tmp_path / "旧.xlsx", 2, left=26)
    copy = mark(source, tmp_path / "已校验.xlsx")
    from tests.support.steps import read_parts, write_parts

    parts = read_parts(copy)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'sqref="A1:AF1000"', b'sqref="A1:Z1000"')
    book = opened(write_parts(copy, parts))
    assert ours(book, "AF27") == []
    for _ in range(2):
        macros.validate_book()
        assert len(ours(book, "AF27")) == len(ours(book, "A1:AF1000")) == 3


def test_a_list_that_is_too_long_is_told(excel, opened, tmp_path, monkeypatch):
    book = opened(write_forms(tmp_path / "多.xlsx", 8))
    count = len(checking.read_open(book).declaration.projects)
    assert count == 8
    monkeypatch.setattr(findings_layout, "LAST_ROW", 12)
    told = click(macros.validate_book, excel)
    assert "本表只能列出 8 项" in told


# --- the same in VBA, as Excel runs it: against a stand-in for its FormatConditions


class _Range(VBAObject):
    def __init__(self, sheet: _Sheet, address: str) -> None:
        self.sheet, self.address = sheet, address

    @property
    def cells(self) -> set[tuple[int, int]]:
        found = set()
        for piece in self.address.split(","):
            first, last = (row_column(end) for end in piece.split(":"))
            found |= {
                (row, column)
                for row in range(first[0], last[0] + 1)
                for column in range(first[1], last[1] + 1)
            }
        return found

    @member
    def CountLarge(self) -> object:
        return len(self.cells)

    @member
    def FormatConditions(self) -> object:
        return _Formats(self.sheet, self.address)


class _Common(VBAObject):
    def __init__(self, count: int) -> None:
        self.count = count

    @member
    def CountLarge(self) -> object:
        return self.count


class _Interior(VBAObject):
    def __init__(self) -> None:
        self.colour: object = None

    @member
    def Color(self) -> object:
        return self.colour

    @setter("Color")
    def put_colour(self, value: object) -> None:
        self.colour = value


class _Format(VBAObject):
    def __init__(self, sheet: _Sheet, formula: str, address: str) -> None:
        self.sheet, self.formula, self.address = sheet, formula, address
        self.interior = _Interior()

    @member
    def Formula1(self) -> object:
        return self.formula

    @member
    def AppliesTo(self) -> object:
        return _Range(self.sheet, self.address)

    @member
    def Interior(self) -> object:
        return self.interior

    @member
    def StopIfTrue(self) -> object:
        return False

    @setter("StopIfTrue")
    def put_stop(self, value: object) -> None:
        assert value is False

    @method
    def Delete(self) -> object:
        self.sheet.formats.remove(self)
        return EMPTY


class _Formats(VBAObject):
    def __init__(self, sheet: _Sheet, address: str) -> None:
        self.sheet, self.address = sheet, address

    @member
    def Count(self) -> object:
        return len(self.sheet.formats)

    @method(default=True)
    def Item(self, Index: object) -> object:
        return self.sheet.formats[int(str(Index)) - 1]

    @method
    def Add(self, Type: object = MISSING, Formula1: object = MISSING) -> object:
        made = _Format(self.sheet, str(Formula1), self.address)
        self.sheet.formats.append(made)
        return made


class _Sheet(VBAObject):
    def __init__(self) -> None:
        self.formats: list[_Format] = []

    @member
    def Cells(self) -> object:
        return _Range(self, "A1:A1")

    @method
    def Range(self, Cell1: object) -> object:
        return _Range(self, str(Cell1))


class _Holder(VBAObject):
    """Workbooks, a workbook, its Worksheets: each leads to the one sheet."""

    def __init__(self, sheet: _Sheet, depth: int = 0) -> None:
        self.sheet, self.depth = sheet, depth

    @method(default=True)
    def Item(self, Index: object) -> object:
        return _Holder(self.sheet, 1) if self.depth == 0 else self.sheet

    @member
    def Worksheets(self) -> object:
        return _Holder(self.sheet, 2)


class _Application(VBAObject):
    @method
    def Intersect(self, Arg1: object, Arg2: object) -> object:
        assert isinstance(Arg1, _Range)
        assert isinstance(Arg2, _Range)
        common = Arg1.cells & Arg2.cells
        return _Common(len(common)) if common else NOTHING


class _Bridge(HostBridge):
    def __init__(self, sheet: _Sheet) -> None:
        self.sheet = sheet

    def global_object(self, name: str) -> object:
        if name == "application":
            return _Application()
        return _Holder(self.sheet) if name == "workbooks" else super().global_object(name)


def highlighted_by_vba(sheet: _Sheet, area: Area) -> None:
    interpreter = Interpreter(_Bridge(sheet))
    interpreter.add_module(runnable_modules(addin_path())["PgLayout"], name="PgLayout")
    refused = interpreter.run("PgHighlight", ["书.xlsx", _MARKER, _order(NAME, area)])
    assert str(refused) == ""


FORM = Area(0, 0, 29, 31)
FORMULAS = [f"={formula}" for _, formula in highlight_formulas(NAME)]


def test_vba_makes_the_formats_and_leaves_them(monkeypatch):
    sheet = _Sheet()
    own = _Format(sheet, "=A1>5", "A1:B3")
    sheet.formats.append(own)
    highlighted_by_vba(sheet, FORM)
    made = list(sheet.formats)
    assert made[0] is own
    assert [(item.formula, item.address) for item in made[1:]] == [
        (formula, spacious(FORM).address) for formula in FORMULAS
    ]
    assert len({item.interior.colour for item in made[1:]}) == 3
    highlighted_by_vba(sheet, FORM)
    assert all(old is new for old, new in zip(made, sheet.formats, strict=True))


@pytest.mark.parametrize(
    "address", ["A1:Z1000", "A1:AF29", "B1:AF1000", "A1:AF9,A12:AF1000", "AG1:AH9"]
)
def test_vba_widens_formats_that_leave_cells_out(address):
    sheet = _Sheet()
    sheet.formats += [_Format(sheet, formula, address) for formula in FORMULAS]
    highlighted_by_vba(sheet, FORM)
    assert [item.address for item in sheet.formats] == [spacious(FORM).address] * 3
    assert [item.formula for item in sheet.formats] == FORMULAS


@pytest.mark.parametrize("address", ["A1:AF30", "A1:AF20,A21:AF30", "A1:AG1000"])
def test_vba_leaves_formats_that_cover_the_form(address):
    sheet = _Sheet()
    sheet.formats += [_Format(sheet, formula, address) for formula in FORMULAS]
    highlighted_by_vba(sheet, FORM)
    assert [item.address for item in sheet.formats] == [address] * 3


def test_what_is_least_is_what_most_forms_need():
    assert LEAST.address == "A1:Z1000"
