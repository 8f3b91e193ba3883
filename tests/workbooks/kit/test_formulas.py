"""Formulas that are prepared once for all sheets come out as XlsxWriter alone writes them."""

from __future__ import annotations

import openpyxl
import pytest

from perfgoals_xl.workbooks.kit.writing import add_sheet, new_workbook


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("=SUM(A1:A2)", "=SUM(A1:A2)"),
        ("{=SUM(A1:A2)}", "=SUM(A1:A2)"),
        ("=XLOOKUP(1,A1:A2,B1:B2)", "=_xlfn.XLOOKUP(1,A1:A2,B1:B2)"),
        # A function of 2010 is told apart only where a condition needs it.
        ("=STDEV.S(A1:A2)", "=STDEV.S(A1:A2)"),
    ],
)
def test_a_formula_is_the_same_on_every_sheet(tmp_path, formula, written):
    path = tmp_path / "a.xlsx"
    with new_workbook(path, "试") as workbook:
        for name in ("一", "二"):
            sheet = add_sheet(workbook, name)
            rule = {"type": "formula", "criteria": formula}
            sheet.conditional_format("D1", rule)
            sheet.write_formula("C1", formula.strip("{}"))
    book = openpyxl.load_workbook(path)
    for sheet in book:
        cell = sheet["C1"].value
        assert getattr(cell, "text", cell) == written  # XLOOKUP may fill several cells
        (rules,) = (found.rules for found in sheet.conditional_formatting)
        expanded = written.replace("=STDEV.S", "=_xlfn.STDEV.S")
        assert f"={rules[0].formula[0]}" == expanded
