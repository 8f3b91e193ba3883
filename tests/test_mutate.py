"""make mutate: which wrong versions of a module are tried, and how one is told."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.further import one_in
from tools.mutate import ROOMS, ROOT, Mutant, changes, modules

CODE = b"""\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    LIMIT: int = 3


def fits(row: dict[str, int], most: int = 5) -> bool:
    \'\'\'Not 7 or more.\'\'\'
    count = row["\xe6\x95\xb0"] + 1
    if not count or count  not  in row and count < 9:
        raise ValueError
    return [n for n in row if n] == []
"""


def test_the_changes_of_a_module():
    lines = {
        (CODE[:start].count(b"\n") + 1, CODE[start:end].decode(), text)
        for start, end, text in changes(CODE)
    }
    assert lines == {
        (9, "+", "-"),
        (9, "1", "2"),
        (9, "1", "(0)"),
        (10, "not count", "(count)"),
        (10, "or", "and"),
        (10, "and", "or"),
        (10, "not  in", "in"),
        (10, "<", "<="),
        (10, "9", "10"),
        (10, "9", "(8)"),
        (
            10,
            "not count or count  not  in row and count < 9",
            "(not (not count or count  not  in row and count < 9))",
        ),
        (11, "raise ValueError", "pass"),
        (12, "return [n for n in row if n] == []", "return None"),
        (12, "n", "(not (n))"),
        (12, "==", "!="),
    }


@pytest.mark.parametrize("room", one_in(3, ROOMS))
def test_every_mutant_is_python_and_differs(room):
    for module in modules([f"perfgoals_xl/{room}"]):
        code = (ROOT / module).read_bytes()
        found = [Mutant(module, *change).apply(code) for change in changes(code)]
        assert len(set(found)) == len(found)
        assert code not in found
        for mutated in found[::25]:
            ast.parse(mutated)


def test_a_mutant_is_told_with_its_module_and_its_line():
    mutant = Mutant(Path("perfgoals_xl/form/fits.py"), *changes(CODE)[0])
    told = mutant.diff(CODE)
    assert told.startswith("perfgoals_xl/form/fits.py\n")
    assert '    -    count = row["数"] + 1\n' in told
