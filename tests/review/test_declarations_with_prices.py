"""Right declarations whose costs are prices, parts and totals are let pass; a wrong figure is told.

Of five sectors that no other test knows, as staff write them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.faults import text_tables
from tests.support.faults.judging import in_memory, shouted, told

FILE = Path(__file__).with_name("declarations_with_prices.txt")
DECLARATIONS = FILE.read_text(encoding="utf-8").split("\n\n")


def reviewed(text, folder):
    path = folder / "declaration.txt"
    path.write_text(text, encoding="utf-8")
    [drawn] = text_tables.read(path)
    [findings] = in_memory([drawn])
    return shouted(findings)


@pytest.mark.parametrize("text", DECLARATIONS, ids=lambda text: text.split("\n")[1].split(" ")[0])
def test_a_right_one_is_let_pass(text, tmp_path):
    assert [told(finding) for finding in reviewed(text, tmp_path)] == []


@pytest.mark.parametrize(
    ("number", "right", "wrong", "rules"),
    [
        (0, "（万元） | ≤152", "（万元） | ≤182", {"C02"}),
        (0, "加工食品抽检（万元） | 104", "加工食品抽检（万元） | 140", {"V16"}),
        (0, "≤24元", "≤14元", {"C03"}),
        (1, "120户\n", "100户\n", {"C03", "G04"}),
        (2, "2400元", "3500元", {"C02"}),
        (2, "2400元", "1400元", {"C03"}),
        (2, "1500床\n", "1900床\n", {"C02", "G04"}),
        (3, "28万元", "38万元", {"C02"}),
        (3, "150块\n", "105块\n", {"C03", "G04"}),
        (4, "162万元", "262万元", {"C02"}),
        (4, "900 | 312", "3120000 | 3120000", {"C07", "F02"}),
    ],
)
def test_a_wrong_figure_is_told(number, right, wrong, rules, tmp_path):
    text = DECLARATIONS[number]
    assert text.count(right) == 1
    assert {finding.rule for finding in reviewed(text.replace(right, wrong), tmp_path)} == rules
