"""What a cell of Excel holds of a text, counted as Excel counts."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.text import MOST_IN_CELL, cut_to_a_cell, fits_a_cell


@pytest.mark.parametrize(
    "text",
    ["", "短", "字" * MOST_IN_CELL, "𠮷" * (MOST_IN_CELL // 2), "a" * (MOST_IN_CELL - 2) + "𠮷"],
)
def test_what_fits_stays(text):
    assert fits_a_cell(text)
    assert cut_to_a_cell(text) is text


@pytest.mark.parametrize(
    "text",
    [
        "字" * (MOST_IN_CELL + 1),
        "𠮷" * (MOST_IN_CELL // 2 + 1),
        "a" * (MOST_IN_CELL - 1) + "𠮷",
        "a" + "𠮷" * MOST_IN_CELL,
        "字" * 40_000 + "\ud800",
    ],
)
def test_what_does_not_fit_is_cut_between_characters(text):
    assert not fits_a_cell(text)
    cut = cut_to_a_cell(text)
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert 0 <= MOST_IN_CELL - len(cut.encode("utf-16-le")) // 2 <= 1
