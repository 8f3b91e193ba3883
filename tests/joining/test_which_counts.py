"""How the file that counts is called beside the one that is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgoals_xl.joining.settled_sources import join_sources
from perfgoals_xl.joining.settlement import which_counts
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.storage.saved_time import Saved
from tests.reading.evaluation import layouts
from tests.reading.sheets import write_workbook


@pytest.mark.parametrize(
    ("counted", "left", "which"),
    [
        ("自评表.xlsx", "自评表.pdf", "可编辑的"),
        ("自评表.docx", "县/自评表.PDF", "可编辑的"),
        ("b.xlsx", "a.xlsx", "较新的"),
        ("b.pdf", "a.pdf", "较新的"),
        ("b.xlsx", "a.pdf.xlsx", "较新的"),
    ],
)
def test_which_counts(counted, left, which):
    assert which_counts(counted, left) == which


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_workbook_counts_before_its_print(tmp_path, order):
    book = load_declaration(write_workbook(tmp_path / "自评表.xlsx", layouts.STANDARD))
    printed = replace(book, file="自评表.pdf", sha256="00" * 32, saved=Saved(0, 2**62))
    pair = (book, printed)
    joined = join_sources([pair[number] for number in order])
    assert [one.file for one in joined.kept] == [book.file]
    assert joined.notes == [
        "自评表.pdf 与 自评表.xlsx 是同一份申报，以可编辑的 自评表.xlsx 为准，自评表.pdf 没有计入。"
    ]
