"""``mimeapps.list``: choices added and taken back, everything else as it stands."""

from __future__ import annotations

import pytest

from perfgoals_xl.desktop.default_programs import chosen, with_choices, without_choices

CHOICES = {"a/b": "x.desktop", "c/d": "y.desktop"}
TEXTS = [
    "",
    "[Default Applications]\n",
    "[Default Applications]\ne/f=z.desktop\n",
    "[Added Associations]\na/b=z.desktop;\n",
    "# a comment\n\n[Added Associations]\na/b=z.desktop;\n\n[Default Applications]\ne/f=z.desktop",
    "[Default Applications]\ne/f=z.desktop\n\n[Removed Associations]\nc/d=y.desktop;\n",
    "junk\n[Default Applications]\r\ne/f=z.desktop\r\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_there_and_back(text):
    added = with_choices(text, CHOICES)
    assert chosen(added) == {**chosen(text), **CHOICES}
    assert with_choices(added, CHOICES) == added
    back = without_choices(added, CHOICES)
    # But for an empty section and blank lines, every line is as it was.
    empty = not chosen(text)
    lines = [line for line in text.splitlines() if not (empty and "[Default" in line)]
    assert [line for line in back.splitlines() if line] == [line for line in lines if line]
    assert chosen(back) == chosen(text)


def test_a_choice_of_the_person_is_not_replaced():
    text = "[Default Applications]\na/b=theirs.desktop\n"
    added = with_choices(text, CHOICES)
    assert chosen(added) == {"a/b": "theirs.desktop", "c/d": "y.desktop"}
    assert without_choices(added, CHOICES) == text


def test_the_same_words_in_another_section_are_left():
    text = "[Added Associations]\na/b=x.desktop\n"
    assert without_choices(text, CHOICES) == text


def test_a_list_of_ours_alone_is_empty_in_the_end():
    assert without_choices(with_choices("", CHOICES), CHOICES) == ""
