"""The commands ``perfgoals desktop ...`` and ``addin install --no-excel`` on made-up PCs."""

from __future__ import annotations

import pytest

from perfgoals_xl.excel.setup.machine import Machine
from tests.excel.fake_pc import linux, windows_pc
from tests.support.commands import own_home, runner


@pytest.fixture(autouse=True)
def _own_home(monkeypatch, tmp_path):
    own_home(monkeypatch, tmp_path)


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture(params=[linux, windows_pc])
def pc(request, tmp_path_factory, monkeypatch):
    pc = request.param(tmp_path_factory.mktemp("pc"))
    monkeypatch.setattr(Machine, "here", classmethod(lambda cls: pc.machine))
    return pc


@pytest.mark.parametrize("command", ["", "install", "uninstall"])
def test_every_command_has_help(perfgoals, command):
    run = perfgoals("desktop", *command.split(), "--help")
    assert (run.code, run.err) == (0, "")
    assert "Usage" in run.out


def test_there_and_away_again(perfgoals, pc):
    before = pc.files()
    run = perfgoals("desktop", "install")
    assert (run.code, run.out) == (0, "")
    assert "已装好桌面图标" in run.err
    run = perfgoals("desktop", "uninstall")
    assert (run.code, run.out) == (0, "")
    assert pc.files() == before
    assert perfgoals("desktop", "uninstall").code == 0


def test_a_refusal_is_one_line(perfgoals, pc):
    assert perfgoals("desktop", "install").code == 0
    icon = next(
        path
        for path in pc.machine.home.rglob("*")
        if "绩效目标校验" in path.name or path.parent.name == "桌面"
    )
    assert perfgoals("desktop", "uninstall").code == 0
    icon.write_bytes(b"theirs")
    run = perfgoals("desktop", "install")
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1
    assert icon.read_bytes() == b"theirs"


def test_without_excel(perfgoals, pc):
    run = perfgoals("addin", "install", "--no-excel")
    assert (run.code, run.out) == (0, "")
    assert "已装好桌面图标" in run.err
    assert not list(pc.machine.home.rglob("*.xlam"))
