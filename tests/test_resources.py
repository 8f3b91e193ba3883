"""The template and the examples are found in a checkout and in an installed wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from perfgoals_xl import resources

CHECKOUT = Path(__file__).parents[1]


def test_a_checkout_has_them_in_xl():
    assert resources.template_path() == CHECKOUT / "xl" / "templates" / resources.TEMPLATE_NAME
    assert resources.example_path().parent == CHECKOUT / "xl" / "examples"


def test_what_is_missing_is_named():
    with pytest.raises(FileNotFoundError, match="没有"):
        resources.example_path("没有.xlsx")


@pytest.mark.slow
def test_the_wheel_carries_them(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    ask = (
        "from perfgoals_xl import resources as r; print(r.template_path()); print(r.example_path())"
    )
    run = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    data = site / "perfgoals_xl" / "_data"
    assert [Path(line) for line in run.stdout.splitlines()] == [
        data / "templates" / resources.TEMPLATE_NAME,
        data / "examples" / resources.example_path().name,
    ]
    assert not (site / "xl").exists()
