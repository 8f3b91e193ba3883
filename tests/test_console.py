"""What commands show while they work."""

from __future__ import annotations

import io
import sys

import pytest

from perfgoals_xl.console import with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch) -> Terminal:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    return shown


def test_a_bar_where_a_person_watches(terminal):
    assert list(with_progress(iter("abcd"), 4)) == list("abcd")
    assert "100%" in terminal.getvalue()


def test_no_bar_for_a_few_or_for_nobody(terminal, monkeypatch):
    assert list(with_progress(["a"], 1)) == ["a"]
    assert terminal.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(with_progress(list("abcd"), 4)) == list("abcd")
    assert sys.stderr.getvalue() == ""
