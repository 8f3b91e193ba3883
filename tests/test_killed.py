"""Commands broken off at every moment: outputs are old or whole, and nothing stays behind.

``PERFGOALS_KILLED=all`` runs every command at ten moments with every signal, which takes minutes;
otherwise two moments of each, spread so that all signals and moments come up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_xl.publication.pdf import find_office
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.storage import origin
from tests.support.commands import listing, own_home
from tests.support.further import one_in

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")

SOURCE = example_path(EXAMPLE_WORKBOOK)
TEXT = example_path()
TABLES = ("projects", "indicators", "department_goals")
# The call, and what it writes into the folder.
COMMANDS = {
    "new": (["new", "--department", "某局", "--year", "2026", "-o", "出.xlsx"], ["出.xlsx"]),
    "import": (["import", TEXT, "-o", "出.xlsx"], ["出.xlsx"]),
    "validate": (["validate", SOURCE, "-o", "出.xlsx"], ["出.xlsx"]),
    "consolidate": (["consolidate", SOURCE, "-o", "出.xlsx"], ["出.xlsx"]),
    "bureau": (["consolidate", SOURCE.parent, "--jobs", "2", "-o", "出.xlsx"], ["出.xlsx"]),
    "export": (["export", SOURCE, "-o", "出.json"], ["出.json"]),
    "tables": (
        ["export", SOURCE, "--format", "csv", "-o", "."],
        [f"{name}.csv" for name in TABLES],
    ),
    "datasets": (
        ["export", SOURCE, "--format", "parquet", "-o", "."],
        [f"{name}.parquet" for name in TABLES],
    ),
    "publish": (["publish", SOURCE, "-o", "出.docx"], ["出.docx"]),
    "pdf": (["publish", SOURCE, "-o", "出.pdf"], ["出.pdf"]),
    "compare": (["compare", TEXT, SOURCE, "-o", "出.xlsx"], ["出.xlsx"]),
    "evaluation": (["evaluation", "new", SOURCE, "-o", "出.xlsx"], ["出.xlsx"]),
    "demo": (["demo", "-o", "出"], []),
}
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
MOMENTS = 10
ALL = [(name, s, m) for name in COMMANDS for s in SIGNALS for m in range(MOMENTS)]
SPREAD = [
    (name, SIGNALS[(n + k) % 3], (3 * n + 5 * k) % MOMENTS)
    for n, name in enumerate(COMMANDS)
    for k in range(2)
]
CASES = ALL if os.environ.get("PERFGOALS_KILLED") == "all" else SPREAD


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder to work in, one for temporary files and a home, all empty."""
    folder, scratch = tmp_path / "work", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    own_home(monkeypatch, folder)
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setenv("PERFGOALS_TEST_KILLED", str(tmp_path))
    return folder, scratch


def begin(call, folder):
    return subprocess.Popen(
        [sys.executable, "-m", "perfgoals_xl", *map(str, call)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def length(tmp_path_factory):
    """How long a command takes here and now, from the moment it listens to signals."""
    folder = tmp_path_factory.mktemp("length")
    process = begin(COMMANDS["validate"][0], folder)
    wait_until_it_listens(process)
    start = time.monotonic()
    process.communicate(timeout=120)
    return time.monotonic() - start


def wait_until_it_listens(process):
    """Python itself takes a moment to start, in which nobody can answer a signal."""
    for _ in range(2000):
        status = Path(f"/proc/{process.pid}/status").read_text()
        caught = next((line for line in status.splitlines() if line.startswith("SigCgt")), "x 0")
        if int(caught.split()[1], 16) & 1 << signal.SIGTERM - 1 or process.poll() is not None:
            return
        time.sleep(0.005)


def begun_here(mark):
    """The processes that a command started, by a variable that they inherit."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if (
                    mark in (entry / "environ").read_bytes()
                    and b") Z" not in (entry / "stat").read_bytes()
                ):
                    yield entry.name
            except OSError:
                continue


@pytest.mark.parametrize(("name", "number", "moment"), one_in(5, CASES))
def test_broken_off_an_output_is_old_or_whole(place, length, name, number, moment):
    folder, scratch = place
    call, outputs = COMMANDS[name]
    if name == "pdf":
        try:
            find_office()
        except Exception as error:
            pytest.skip(str(error))
    old = moment % 2 == 1
    for output in outputs:
        if old and name != "datasets":
            (folder / output).write_text("old")
    process = begin([*call, "--force"], folder)
    wait_until_it_listens(process)
    time.sleep(length * (moment + 0.5) / MOMENTS)
    process.send_signal(number)
    said = process.communicate(timeout=60)[1].decode()
    # One that is killed cannot tell the workers that it is just starting.
    assert "Traceback" not in said or number == signal.SIGKILL
    if number == signal.SIGKILL:
        # Whatever is started next, wherever, clears up.
        next_start = begin(["rules"], folder.parent)
        assert next_start.communicate(timeout=60)[1] == b""
    else:
        assert process.returncode in (128 + number, 0, 1)
    mark = f"PERFGOALS_TEST_KILLED={folder.parent}".encode()
    deadline = time.monotonic() + 20
    while (left := list(begun_here(mark)) or listing(scratch)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
    if name == "demo":
        outputs = [str(path.relative_to(folder)) for path in (folder / "出").glob("*")]
        assert len(outputs) <= 6
        allowed = {"出", *outputs}
    else:
        allowed = set(outputs)
    tops = {path.name for path in folder.iterdir()} | {n for n in allowed if "/" in n}
    assert tops <= allowed
    states = {state(folder / output) for output in outputs}
    assert states <= {"absent", "old", "whole"}
    if name != "demo":
        assert len(states) == 1, states


def state(path):
    if not path.exists():
        return "absent"
    if path.is_file() and path.read_bytes() == b"old":
        return "old"
    return "whole" if origin.is_unchanged(path) else "broken"


def test_a_second_signal_does_not_cut_the_clearing_up_off(place):
    folder, scratch = place
    process = begin(COMMANDS["consolidate"][0], folder)
    wait_until_it_listens(process)
    time.sleep(0.4)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode in (130, 143, 0)
    assert len(said.splitlines()) <= 1
    assert listing(scratch) == listing(folder) == []
