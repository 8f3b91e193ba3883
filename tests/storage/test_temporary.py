"""What a killed process leaves is swept, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from perfgoals_xl.storage import temporary
from tests.support.commands import listing


@pytest.fixture
def gone() -> str:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return str(process.pid)


def own() -> list[str]:
    """The machine, the process and its start, as they stand in a name."""
    return temporary.name().split("-")[1:4]


def test_what_a_process_left_that_has_ended_is_swept(tmp_path, gone):
    machine, _, started = own()
    (tmp_path / f"perfgoals-{machine}-{gone}-{started}-0123abcd").mkdir()
    (tmp_path / f"perfgoals-{machine}-{gone}-{started}-0123abcd" / "x").touch()
    (tmp_path / f".~perfgoals-{machine}-{gone}-{started}-0123abcd.tmp").touch()
    # The same number once more, for a process of another day.
    if started != "0":
        (tmp_path / f".~perfgoals-{machine}-{os.getpid()}-1-0123abcd.tmp").touch()
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == []


def test_what_is_in_use_or_of_others_stays(tmp_path, gone):
    machine, _, started = own()
    kept = [
        f".~{temporary.name()}.tmp",
        temporary.name(),
        f"perfgoals-{machine}-{os.getppid()}-{temporary._started(str(os.getppid()))}-0123abcd",
        f"perfgoals-0123abcd-{gone}-{started}-0123abcd",
        f"perfgoals-{machine}-{gone}-{started}-0123abcd.xlsx",
        f"perfgoals-{gone}",
        f"副本 perfgoals-{machine}-{gone}-{started}-0123abcd",
        ".~0123456789ab.tmp",
        "perfgoals-excel-0123abcd",
    ]
    for name in kept:
        (tmp_path / name).touch()
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == sorted(kept)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_what_is_of_another_person_stays(tmp_path, gone):
    machine, _, started = own()
    path = tmp_path / f"perfgoals-{machine}-{gone}-{started}-0123abcd"
    path.touch()
    os.chown(path, 12345, 12345)
    temporary.sweep(tmp_path)
    assert path.exists()


def test_a_note_leads_to_what_stands_beside_an_output(tmp_path, gone):
    machine, _, started = own()
    owner = f"{machine}-{gone}-{started}"
    folder, elsewhere = tmp_path / f"perfgoals-{owner}-0123abcd", tmp_path / "别处"
    folder.mkdir()
    elsewhere.mkdir()
    left = elsewhere / f".~perfgoals-{owner}-89abcdef.tmp"
    work = elsewhere / "申报表.xlsx"
    for number, path in enumerate((left, work)):
        path.touch()
        (folder / f"{number}.beside").write_bytes(os.fsencode(path))
    temporary.sweep(tmp_path)
    assert listing(tmp_path) == ["别处", "别处/申报表.xlsx"]
