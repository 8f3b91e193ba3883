"""What the package offers to people who import it, and that it costs nothing before it is used."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import perfgoals_xl as pg
from perfgoals_xl.resources import example_path

OFFERED = {
    "Declaration",
    "Finding",
    "InputError",
    "Outcome",
    "Review",
    "__version__",
    "consolidate",
    "consolidate_departments",
    "contracts",
    "load",
    "parse_target",
    "validate",
    "validate_frames",
}


def test_what_is_offered():
    assert set(pg.__all__) == OFFERED
    assert list(pg.__all__) == sorted(pg.__all__)
    assert set(dir(pg)) >= OFFERED


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_everything_offered_is_there_and_told(name):
    found = getattr(pg, name)
    space = {}
    exec(f"from perfgoals_xl import {name}", space)
    assert space[name] is found
    if name != "__version__":
        assert (found.__doc__ or "").strip()
    assert isinstance(found, ModuleType) == (name == "contracts")


def test_what_comes_back_is_of_the_types_offered(tmp_path):
    declaration = pg.load(example_path())
    assert isinstance(declaration, pg.Declaration)
    result = pg.validate(declaration)
    assert isinstance(result, pg.Review)
    assert result.findings
    assert all(isinstance(finding, pg.Finding) for finding in result.findings)
    outcome = pg.consolidate_departments([example_path()], tmp_path / "总.xlsx")
    assert isinstance(outcome, pg.Outcome)
    with pytest.raises(pg.InputError):
        pg.load(tmp_path / "没有.xlsx")


def test_another_name_is_no_attribute():
    with pytest.raises(AttributeError, match="Nothing"):
        pg.Nothing  # noqa: B018


def test_nothing_heavy_is_loaded_before_it_is_asked_for():
    told = "import sys, perfgoals_xl; print([m for m in ('pandas', 'openpyxl', 'lxml', 'pandera',"
    told += " 'xlsxwriter', 'xlwings') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
