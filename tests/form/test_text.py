from __future__ import annotations

import pytest

from perfgoals_xl.form.text import clean, fold, is_blank, printable, spreadsheet_safe, strip_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>培训</p>", "培训"),
        ("培训<br/>120次", "培训120次"),
        ("<TD width=3>培训", "培训"),
        ("<5%", "<5%"),
        ("<100万元", "<100万元"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_only_tags_are_taken_out(text, plain):
    assert strip_markup(text) == plain


def test_clean_leaves_blanks_inside():
    assert clean("\u3000<b> 培训 场次 </b>\u200b\n") == "培训 场次"


@pytest.mark.parametrize("other", ["培训 场次(次)", "培训\n场次（次）", "<b>培训场次</b>（次）"])
def test_spellings_of_one_text(other):
    assert fold(other) == fold("培训场次(次)") == "培训场次(次)"


@pytest.mark.parametrize("value", [None, "", " ", "\u3000", "\u200b\ufeff", "<p></p>", "\n"])
def test_blank(value):
    assert is_blank(value) is True


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "培", " 培", "-", "<5%", "（"])
def test_not_blank(value):
    assert is_blank(value) is False


@pytest.mark.parametrize(
    "text", ["=1+1", "+a", "-5-3", "-", "@x", "＝1", " =1", "\u200b=1", "\u3164=1", "\t1", "\n1"]
)
def test_what_might_be_a_formula_gets_an_apostrophe(text):
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "+5", "-5%", "-1,000.5", "（注）", "培训=1", "≥5"])
def test_other_texts_stay(text):
    assert spreadsheet_safe(text) == text


def test_half_a_character_can_be_printed():
    assert printable("表\udcff") == "表\\udcff"
    assert printable("申报表") == "申报表"
