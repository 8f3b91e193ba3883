"""What staff are told to do about a part that is not installed."""

from __future__ import annotations

import importlib.util

import pytest

from perfgoals_xl.errors import extra_hint


@pytest.mark.parametrize("extra", ["page", "parquet", "dask", "pdf"])
def test_pip_is_named_only_where_it_is_there(extra, monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: real("sys"))
    assert extra_hint(extra) == f'请先运行 pip install "perfgoals-xl[{extra}]"。'
    # The Debian package, and the bundle with a Python of its own.
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    hint = extra_hint(extra)
    assert "pip install" not in hint
    assert f"perfgoals-xl[{extra}]" in hint
