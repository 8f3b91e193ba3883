"""The commands ``perfgoals addin ...``: help, exit codes, what goes to which stream."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from perfgoals_xl._version import __version__
from perfgoals_xl.excel.setup.machine import Machine
from tests.excel.fake_pc import XLWINGS, fake_addin, ships, windows_pc
from tests.support.commands import listing, own_home, runner

COMMANDS = ("build", "install", "uninstall", "doctor")


@pytest.fixture(autouse=True)
def _own_home(monkeypatch, tmp_path):
    own_home(monkeypatch, tmp_path)


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def pc(tmp_path_factory, monkeypatch):
    """A Windows PC that the commands take for this one."""
    ships(monkeypatch, fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam"))
    pc = windows_pc(tmp_path_factory.mktemp("pc"))
    monkeypatch.setattr(Machine, "here", classmethod(lambda cls: pc.machine))
    return pc


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(perfgoals, command):
    run = perfgoals("addin", *command.split(), "--help")
    assert (run.code, run.err) == (0, "")
    assert "Usage" in run.out
    assert perfgoals("addin", *command.split(), "-h").out == run.out


def test_without_arguments_the_help_is_shown(perfgoals):
    run = perfgoals("addin")
    assert all(command in run.out + run.err for command in COMMANDS)


def test_install_doctor_uninstall(perfgoals, pc):
    before = pc.files()
    assert perfgoals("addin", "doctor").code == 1
    run = perfgoals("addin", "install")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith(f"已安装加载项 {__version__}")
    run = perfgoals("addin", "doctor")
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("18 项正常，0 项注意，0 项故障。\n")
    run = perfgoals("addin", "uninstall")
    assert (run.code, run.out) == (0, "")
    assert "已删除" in run.err
    files = {name: data for name, data in pc.files().items() if data != b"<folder>"}
    assert files == {name: data for name, data in before.items() if data != b"<folder>"}


def test_the_diagnosis_as_json(perfgoals, pc):
    run = perfgoals("addin", "doctor", "--format", "json")
    assert (run.code, run.err) == (1, "")
    document = json.loads(run.out)
    assert document["format_version"] == 1
    assert (document["version"], document["platform"]) == (__version__, "win32")
    checks = {check["key"]: check for check in document["checks"]}
    assert set(checks["addin"]) == {"key", "name", "state", "found", "todo"}
    assert checks["addin"]["state"] == "fault"
    assert {check["state"] for check in checks.values()} <= {"ok", "warning", "fault"}


def test_a_refused_install_is_one_line(perfgoals, pc, monkeypatch):
    for dll in pc.machine.prefix.glob("*.dll"):
        dll.unlink()
    before = pc.files()
    run = perfgoals("addin", "install")
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1
    assert "xlwings64-" in run.err
    assert pc.files() == before


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_linux_has_no_excel(perfgoals, pc, command, monkeypatch):
    linux = pc.changed(platform="linux").machine
    monkeypatch.setattr(Machine, "here", classmethod(lambda cls: linux))
    before = pc.files()
    run = perfgoals("addin", command)
    assert (run.code, run.out) == (2, "")
    assert "Windows 或 macOS" in run.err
    assert pc.files() == before


def test_build_writes_the_addin(perfgoals, tmp_path):
    pytest.importorskip("pyopenvba", reason="pyOpenVBA, which builds the add-in, is not installed")
    run = perfgoals("addin", "build", "-o", "甲.xlam")
    assert (run.code, run.out) == (0, "")
    assert run.err == f"已生成 甲.xlam：perfgoals {__version__}，xlwings {XLWINGS}。\n"
    assert listing(tmp_path) == ["甲.xlam"]


def test_the_commands_import_nothing_heavy():
    ask = (
        "import sys, perfgoals_xl.commands.addin\n"
        "heavy = {'pandas', 'numpy', 'pandera', 'openpyxl', 'xlsxwriter', 'lxml', 'xlwings'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    run = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
