"""Right declarations of ten sectors, written as staff write them, raise no error and no warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.faults import text_tables
from tests.support.faults.judging import in_memory, shouted, told

FOLDER = Path(__file__).with_name("right_declarations")
SECTORS = sorted(path.stem for path in FOLDER.glob("*.txt"))
# What the rules do not yet understand.
AWAITED = {
    ("agriculture", "2015"): "亩均投资 is not taken for a price",
    ("environment", "2021"): "a price per month (万元/月) is not multiplied by the months",
    ("insurance", "2015"): "1000元/人·月 of so many posts is not a price of twelve months",
    ("insurance", "2021"): "15元/人·月 is not multiplied by heads and months",
    ("roads", "2021"): "15000元/条·月 is not multiplied by lines and months",
}


def cases():
    for sector in SECTORS:
        for drawn in text_tables.read(FOLDER / f"{sector}.txt"):
            edition = drawn.project.edition
            reason = AWAITED.get((sector, edition))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(drawn, marks=marks, id=f"{sector} {edition}")


def test_each_sector_is_there_in_both_editions():
    assert len(SECTORS) == 10
    for sector in SECTORS:
        both = text_tables.read(FOLDER / f"{sector}.txt")
        assert [drawn.project.edition for drawn in both] == ["2015", "2021"], sector


@pytest.mark.parametrize("drawn", list(cases()))
def test_a_right_declaration_is_let_pass(drawn):
    [findings] = in_memory([drawn])
    assert [told(finding) for finding in shouted(findings)] == []
