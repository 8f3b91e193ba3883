"""Totals below a column: what the file says and what LibreOffice calculates are the same."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from perfgoals_xl.addresses import a1
from perfgoals_xl.workbooks.kit.column_totals import (
    NOTHING_MISSING,
    Total,
    counted,
    is_counted,
    places_of,
    put_count,
    put_labels,
    put_total,
    shown,
)
from perfgoals_xl.workbooks.kit.styles import Styles
from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook, put_amount

ABSENT = "—"
FIRST = 2
D = Decimal
# The amounts of a column, their total, and what is said not to be in it.
COLUMNS = [
    ([D("0.1"), D("0.2"), D("3")], "3.3", NOTHING_MISSING),
    ([D(0), D(0), D(0)], "0", NOTHING_MISSING),
    ([D("-5.25"), D("5.25"), D("1e-7")], "1e-7", NOTHING_MISSING),
    ([None, D(4), None], "4", "空白 2 项"),
    (["约20", D(4), D(1)], "5", "非数字 1 项"),
    ([None, "约20", D(7)], "7", "空白 1 项，非数字 1 项"),
    ([None, None, None], None, "空白 3 项"),
    (["待定", "=1", "待定"], None, "非数字 3 项"),
    ([D("12345678901234567.5"), D(1), None], "1", "空白 1 项，非数字 1 项"),
    ([D("1234567.123456"), D("0.000001"), D(-1)], "1234566.123457", NOTHING_MISSING),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("totals") / "合计.xlsx"
    places = places_of(a for amounts, _, _ in COLUMNS for a in amounts)
    with new_workbook(path, "试验") as workbook:
        styles, sheet = Styles(workbook), add_sheet(workbook, "表")
        plain = styles("cell")
        for column, (amounts, _, _) in enumerate(COLUMNS, start=1):
            for row, amount in enumerate(amounts, start=FIRST):
                put_amount(sheet, row, column, amount, plain)
        put_labels(sheet, styles, 5, 0)
        for column, (amounts, _, _) in enumerate(COLUMNS, start=1):
            put_total(sheet, styles, (5, column), FIRST, Total(amounts), places)
        # A column with rows that are not to be filled in.
        for row, amount in enumerate([ABSENT, D(2), None], start=FIRST):
            put_amount(sheet, row, 20, amount, plain)
        put_total(sheet, styles, (5, 20), FIRST, Total([D(2), None]), places, absent=ABSENT)
        for row, count in enumerate([3, 0, 4], start=FIRST):
            sheet.write_number(row, 21, count, plain)
        put_count(sheet, styles, (5, 21), FIRST, 7)
    return path


def values(path):
    sheet = openpyxl.load_workbook(path, data_only=True)["表"]
    return {cell.coordinate: cell.value for row in sheet for cell in row}


def test_the_file_says_what_the_amounts_come_to(book):
    found = values(book)
    for column, (_, total, missing) in enumerate(COLUMNS, start=1):
        value = found[a1(5, column)]
        if total is None:
            assert not value
        else:
            assert value == pytest.approx(float(total), rel=1e-12)
        assert found[a1(6, column)] == missing
    assert (found["U6"], found["U7"], found["V6"]) == (2, "空白 1 项", 7)
    assert (found["A6"], found["A7"]) == ("合　计", "未计入合计")


def test_the_formulas_come_to_the_same(book, office):
    found = values(book)
    with office.open(book) as document:
        document.recalculate()
        assert document.error_cells() == []
        for column in (*range(1, len(COLUMNS) + 1), 20, 21):
            for row in (5, 6) if column != 21 else (5,):
                at = a1(row, column)
                told = document.value("表", at)
                if isinstance(found[at], str | None):
                    assert (told or "") == (found[at] or ""), at
                else:
                    assert told == pytest.approx(found[at], abs=1e-12), at


def test_decimals_of_totals():
    assert places_of([]) == places_of([None, "约20"]) == places_of([D("100"), D("1E+5")]) == 6
    assert places_of([D("0.1234567")]) == 7
    assert places_of([D("1e-40")]) == 15  # a number of Excel has no more


def test_what_is_counted():
    assert counted([D(1), None, "2", D("1234567890123456.7")]) == [D(1)]
    assert not is_counted(1.0)
    assert shown(None) == ""
    assert str(shown(D("10.500"))) == "10.5"
    assert Total([]).value is None
    assert Total([]).missing == NOTHING_MISSING
