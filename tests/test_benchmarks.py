"""The files of the benchmark are read as they are meant: what it checks rests on that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from perfgoals_xl import InputError, load
from perfgoals_xl.declaration import PARSED_COLUMNS

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
PROJECTS = 3


@pytest.fixture(scope="module")
def files():
    """The generator, imported as its programs import each other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        import department_files

        yield department_files
    own = {path.stem for path in BENCHMARKS.glob("*.py")}
    for name in own & sys.modules.keys():
        del sys.modules[name]


def test_every_department_has_its_own_name(files):
    assert len({files.department_name(number) for number in range(5405)}) == 5405
    with pytest.raises(ValueError, match="5405"):
        files.department_name(5405)


@pytest.mark.parametrize("kind", ["values", "standard"])
@pytest.mark.parametrize("number", [0, 1, 12])
def test_a_file_is_read_as_declared(files, tmp_path, kind, number):
    files.write_file(tmp_path, PROJECTS, kind, number)
    plan = files.planned(number)
    read, meant = load(tmp_path / plan.name), files.declared(plan, PROJECTS)

    assert (read.department, read.department_code) == (meant.department, meant.department_code)
    assert (read.year, read.duty_goal) == (meant.year, meant.duty_goal)
    for table, left_out in (
        ("projects", {"sheet"}),
        ("indicators", {"sheet", "ordinal", "level3", *PARSED_COLUMNS}),
        ("department_goals", {"sheet"}),
    ):
        mine, theirs = getattr(read, table).records(), getattr(meant, table).records()
        columns = mine[0].keys() - left_out
        assert [[row[c] for c in columns] for row in mine] == [
            [row[c] for c in columns] for row in theirs
        ]


def test_what_is_sent_twice(files, tmp_path):
    for number in (10, 11, 12, 13):
        files.write_file(tmp_path, PROJECTS, "values", number)
    first, second, original, copy = (tmp_path / f"file-000{n}.xlsx" for n in (10, 11, 12, 13))
    assert original.read_bytes() == copy.read_bytes()
    assert load(first).department == load(second).department
    names = [
        {row["project_name"] for row in load(path).projects.records()} for path in (first, second)
    ]
    assert not names[0] & names[1]


@pytest.mark.parametrize("kind", ["values", "standard"])
def test_ten_files_in_a_thousand_are_broken_in_ten_ways(files, tmp_path, kind):
    broken = [plan for plan in map(files.planned, range(1000)) if plan.broken is not None]
    assert [plan.broken for plan in broken] == list(range(10))
    for plan in broken:
        files.write_file(tmp_path, PROJECTS, kind, plan.number)
        with pytest.raises(InputError, match=plan.name):
            load(tmp_path / plan.name)
