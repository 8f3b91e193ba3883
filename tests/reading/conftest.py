"""Reads one table both ways: as a text and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reading.sheets import read_text, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from perfgoals_xl.declaration import Declaration


@pytest.fixture(params=["text", "xlsx"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Declaration]:
    """The declaration of a table; each test that asks for it runs on both formats."""
    reader = read_text if request.param == "text" else read_workbook
    return lambda table: reader(tmp_path, table)
