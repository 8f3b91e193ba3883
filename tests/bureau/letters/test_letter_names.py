"""Names of letters: what every file system takes, and no two the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.bureau.letters.letter_names import letter_names, safe_name


@pytest.mark.parametrize(
    ("department", "name"),
    [
        ("青岚县水务局", "青岚县水务局审核意见.docx"),
        ("发展/改革:局", "发展_改革_局审核意见.docx"),
        ("../../etc/passwd", "etc_passwd审核意见.docx"),
        ("CON", "CON审核意见.docx"),
        (" 水务局. ", "水务局审核意见.docx"),
        ("水务\n局\x00\u202e", "水务局审核意见.docx"),
        ("///", "未写明部门审核意见.docx"),
        ("", "未写明部门审核意见.docx"),
        ("长" * 200, f"{'长' * 60}审核意见.docx"),
        ("a" * 200, f"{'a' * 60}审核意见.docx"),
        ("局\ud800", "局_ud800审核意见.docx"),
    ],
)
def test_a_name(department, name):
    assert letter_names([department]) == [name]


def test_names_that_would_be_the_same_are_kept_apart():
    departments = ["长" * 70 + "甲", "长" * 70 + "乙", "甲/局", "甲:局", "ＡB局", "ab局"]
    names = letter_names(departments)
    assert names[1] == f"{'长' * 60}审核意见(2).docx"
    assert names[3] == "甲_局审核意见(2).docx"
    assert names[5] == "ab局审核意见(2).docx"


def test_a_name_that_looks_numbered():
    names = letter_names(["甲局", "甲局审核意见(2)", "甲局"])
    assert len(set(names)) == 3


@given(st.lists(st.text(max_size=90), max_size=6))
def test_any_names(departments):
    names = letter_names(departments)
    assert len({name.casefold() for name in names}) == len(departments)
    for name in names:
        assert len(name.encode()) < 230
        assert not set(name) & set('\\/:*?"<>|\n\x00')
        assert not name.startswith((".", " "))


@given(st.text(max_size=90))
def test_a_safe_name_stays_as_it_is(text):
    assert safe_name(safe_name(text)) == safe_name(text)
