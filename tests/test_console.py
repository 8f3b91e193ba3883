"""What commands show while they work."""

from __future__ import annotations

import sys

import pytest

from perfgoals_xl.console import with_progress


@pytest.fixture
def watched(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")


def test_a_bar_where_a_person_watches(watched, monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert list(with_progress(iter("abcd"), 4)) == list("abcd")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "100%" in shown.err


def test_no_bar_for_a_few_or_for_nobody(watched, monkeypatch, capsys):
    assert list(with_progress(["a"], 1)) == ["a"]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert list(with_progress(list("abcd"), 4)) == list("abcd")
    assert capsys.readouterr().err == ""
