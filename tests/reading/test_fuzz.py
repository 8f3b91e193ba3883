"""Files changed at random are read or refused in one line, soon, and their ledger is whole."""

from __future__ import annotations

from itertools import islice

import pytest

from perfgoals_xl.errors import InputError
from tests.support import fuzzing

# A longer run: make fuzz.
DRAWS, GROUPS = 20, 5


@pytest.mark.parametrize("group", range(GROUPS))
def test_changed_files(tmp_path, group):
    found = [
        (seed, mutant.name, told)
        for seed, mutant in islice(fuzzing.mutants(group * 1_000), DRAWS)
        if (told := fuzzing.fault_of(mutant, tmp_path)) is not None
    ]
    assert found == []


def test_the_corpus_itself_is_read_whole(tmp_path):
    files = sorted(fuzzing.CORPUS.iterdir())
    suffixes = {path.suffix for path in files}
    assert {".xlsx", ".xls", ".xlsb", ".ods", ".fods", ".docx", ".pdf", ".html"} <= suffixes
    assert {".txt", ".csv"} <= suffixes
    for path in files:
        mutant = fuzzing.Mutant(path.name, path.read_bytes())
        assert fuzzing.fault_of(mutant, tmp_path) is None, path.name


def test_a_seed_makes_the_same_file_again():
    once, again = (list(islice(fuzzing.mutants(7), 5)) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ZeroDivisionError("x"), "ZeroDivisionError: x"),
        (TimeoutError("longer than 20 s"), "TimeoutError: longer than 20 s"),
        (InputError("一行"), None),
    ],
)
def test_what_counts_as_a_fault(tmp_path, monkeypatch, error, told):
    def read(path):
        raise error

    monkeypatch.setattr(fuzzing, "read_source", read)
    assert fuzzing.fault_of(fuzzing.Mutant("表.txt", b"x"), tmp_path) == told
