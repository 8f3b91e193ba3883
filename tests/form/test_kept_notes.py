"""What the standard form has no column for is kept in 备注 and comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.form.kept_notes import kept_note, read_note

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="〔〕"), max_size=30)


def test_a_note_with_weight_and_standard():
    told = kept_note("三年累计", {"weight": "10", "standard": "每少1处扣1分", "level3": None})
    assert told == "三年累计〔权重：10〕〔评分标准：每少1处扣1分〕"
    assert read_note(told) == ("三年累计", {"weight": "10", "standard": "每少1处扣1分"})


def test_nothing_to_keep():
    assert kept_note("三年累计", {"weight": None}) == "三年累计"
    assert kept_note(None, {}) is None
    assert read_note("按〔2021〕83号文执行") == ("按〔2021〕83号文执行", {})
    assert read_note(None) == (None, {})


@given(
    st.one_of(st.none(), TEXTS.filter(lambda t: t == t.strip() and t)),
    st.dictionaries(
        st.sampled_from(["weight", "standard", "period_target_value", "level3"]),
        TEXTS.filter(bool),
    ),
)
def test_what_is_kept_comes_back(note, kept):
    assert read_note(kept_note(note, kept)) == (note, kept)
