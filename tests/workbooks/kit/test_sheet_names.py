from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.workbooks.kit.sheet_names import MAX_LENGTH, quoted, sheet_names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("普查/防治[二期]:*?\\", "普查 防治 二期"),
        ("'防治'", "防治"),
        ("a\nb", "a b"),
        ("长" * 40, "长" * 31),
        ("😀" * 20, "😀" * 15),
        ("history", "history(2)"),
        (None, "项目01"),
        ("///", "项目01"),
        ("校验结果", "校验结果(2)"),
    ],
)
def test_one_name(wanted: str | None, name: str) -> None:
    assert sheet_names([wanted], ["校验结果"]) == [name]


def test_equal_names_are_numbered_without_regard_to_case_and_width() -> None:
    assert sheet_names(["Ab", "aB", "ＡＢ", "ab"]) == ["Ab", "aB(2)", "ＡＢ(3)", "ab(4)"]
    long = sheet_names(["长" * 31 + "甲", "长" * 31 + "乙"])
    assert long == ["长" * 31, "长" * 28 + "(2)"]


def test_blank_names_have_as_many_digits_as_needed() -> None:
    assert sheet_names([None] * 100)[::99] == ["项目001", "项目100"]


def test_an_apostrophe_is_doubled() -> None:
    assert quoted("它's") == "'它''s'"


@given(st.lists(st.none() | st.text(max_size=40), max_size=12))
def test_every_name_is_one_that_excel_takes(wanted: list[str | None]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert name
        assert len(name.encode("utf-16-le")) // 2 <= MAX_LENGTH
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'"
        assert name[-1] != "'"
        assert name.casefold() != "history"
