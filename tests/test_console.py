"""What commands show while they work."""

from __future__ import annotations

import io
import sys

from perfgoals_xl.console import with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch, stream: io.StringIO, letters: str) -> str:
    """What is shown while the letters pass; they must come out as they went in."""
    with monkeypatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.setattr(sys, "stderr", stream)
        assert list(with_progress(iter(letters), len(letters))) == list(letters)
    return stream.getvalue()


def test_a_bar_where_a_person_watches(monkeypatch):
    assert "100%" in shown(monkeypatch, Terminal(), "abcd")


def test_no_bar_for_a_few_or_for_nobody(monkeypatch):
    assert shown(monkeypatch, Terminal(), "a") == ""
    assert shown(monkeypatch, io.StringIO(), "abcd") == ""
