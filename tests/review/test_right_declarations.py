"""Right declarations of ten sectors, written as staff write them, raise no error and no warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.faults import text_tables
from tests.support.faults.judging import in_memory, shouted, told

FOLDER = Path(__file__).with_name("right_declarations")
SECTORS = sorted(path.stem for path in FOLDER.glob("*.txt"))


def cases():
    for sector in SECTORS:
        for drawn in text_tables.read(FOLDER / f"{sector}.txt"):
            edition = drawn.project.edition
            yield pytest.param(drawn, id=f"{sector} {edition}")


def test_each_sector_is_there_in_both_editions():
    assert len(SECTORS) == 10
    for sector in SECTORS:
        both = text_tables.read(FOLDER / f"{sector}.txt")
        assert [drawn.project.edition for drawn in both] == ["2015", "2021"], sector


@pytest.mark.parametrize("drawn", list(cases()))
def test_a_right_declaration_is_let_pass(drawn):
    [findings] = in_memory([drawn])
    assert [told(finding) for finding in shouted(findings)] == []
