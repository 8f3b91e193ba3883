"""Fixtures of the bureau's tests."""

from __future__ import annotations

import pytest

from perfgoals_xl.bureau import consolidation
from perfgoals_xl.bureau.engines import ThisProcess


@pytest.fixture
def in_this_process(monkeypatch):
    """Reads here unless a test asks for several processes or for Dask.

    Nobody reads so, because a file might end the process; a new process takes seconds to start.
    """
    whole = consolidation.engine_of

    def chosen(name, jobs, scheduler, files, scratch=None):
        if name == "processes" and scheduler is None and jobs in (None, 1):
            return ThisProcess()
        return whole(name, jobs, scheduler, files, scratch)

    monkeypatch.setattr(consolidation, "engine_of", chosen)
