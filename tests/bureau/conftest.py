"""Fixtures of the bureau's tests."""

from __future__ import annotations

import pytest

from tests.support.commands import read_here


@pytest.fixture
def in_this_process(monkeypatch):
    """Folders are read here, unless a test asks for several processes or for Dask."""
    read_here(monkeypatch)
