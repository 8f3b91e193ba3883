"""CSV that a spreadsheet opens as it was written: no formula, no row and no cell too many."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal

import pytest

from perfgoals_xl.storage.csv_text import write_csv

# What a spreadsheet may take for a formula, and how it may be hidden.
DANGEROUS = ["=1+2", "+1+cmd", "-1+cmd", "@SUM(1)", "＝1+2", "＋1+a", "－1+a", "＠SUM(1)", "﹦1+2"]
HIDING = ["", " ", "\t", "\r", "\n", "\r\n", "\u3000", "\u200b", "\ufeff", "\xa0", "\x0b"]
# What must be left as it is.
PLAIN = [
    "95%",
    "≥120次",
    "5-10",
    "a=b",
    "1+1",
    "（=）",
    "指标1：=",
    "-5",
    "-5.5%",
    "+3",
    "-1,200.00",
]


def written(*rows) -> str:
    out = io.StringIO()
    write_csv(rows, out)
    return out.getvalue()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", DANGEROUS)
@pytest.mark.parametrize("hidden", HIDING, ids=ascii)
def test_a_formula_gets_an_apostrophe(sign, hidden):
    text = hidden + sign
    assert read(written(["a", text, "b"])) == [["a", f"'{text}", "b"]]


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_that_is_none_is_left_alone(text):
    assert written([text]) == (f'"{text}"\n' if "," in text else f"{text}\n")


def test_numbers_and_what_is_missing():
    row = [Decimal("-1.50"), Decimal("1E+3"), -2, -0.5, None, float("nan"), True, ""]
    assert written(row) == "-1.50,1000,-2,-0.5,,,True,\n"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x0b", "\x85", "\u2028", ";", "\t", ",", '"'])
def test_what_may_end_a_cell_stands_in_quotes(end):
    text = f"名称{end}=1+2+40"
    line = written(["a", text, "b"])
    assert line.startswith('a,"名称')
    assert read(line) == [["a", text, "b"]]


def test_any_texts_come_back():
    letters = random.Random(7).choices("=+-@＝ \t\r\n,;\"'甲1%", k=4000)
    texts = ["".join(letters[at : at + 8]) for at in range(0, 4000, 8)]
    for text, (back,) in zip(texts, read(written(*([t] for t in texts))), strict=True):
        assert back in (text, f"'{text}")


def test_libreoffice_opens_it_as_it_was_written(office, tmp_path):
    texts = [hidden + sign for sign in DANGEROUS[:6] for hidden in HIDING]
    texts += [f"名称{end}{sign}" for sign in DANGEROUS for end in ("\r", "\n", "\r\n", ";", "\t")]
    rows = [[number, text, Decimal("-1.5")] for number, text in enumerate(texts)]
    path = tmp_path / "数据.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        write_csv(rows, out)
    with office.open(path) as document:
        sheet = document.component.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        assert (cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn) == (len(rows) - 1, 2)
        for number in range(len(rows)):
            assert sheet.getCellByPosition(1, number).Formula[:1] != "="
            assert sheet.getCellByPosition(2, number).Value == -1.5
