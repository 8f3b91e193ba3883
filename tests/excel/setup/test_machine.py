"""How the PC is read: the registry and the running programs, with stand-ins for Windows."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from perfgoals_xl.excel.setup import machine
from perfgoals_xl.excel.setup.machine import Machine

KEYS = {
    ("HKCU", "Software\\A"): ({"Path": "C:\\x", "": "default"}, ["B", "C"]),
}


@pytest.fixture
def windows(monkeypatch):
    """Windows as far as the module can tell, with a registry of ``KEYS``."""

    @contextmanager
    def open_key(hive, path):
        if (hive, path) not in KEYS:
            raise FileNotFoundError(path)
        yield KEYS[hive, path]

    winreg = SimpleNamespace(
        HKEY_CURRENT_USER="HKCU",
        HKEY_LOCAL_MACHINE="HKLM",
        OpenKey=open_key,
        QueryInfoKey=lambda key: (len(key[1]), len(key[0]), 0),
        EnumValue=lambda key, index: (*list(key[0].items())[index], 1),
        EnumKey=lambda key, index: key[1][index],
    )
    monkeypatch.setattr(machine, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(machine, "importlib", SimpleNamespace(import_module=lambda _: winreg))


def test_the_registry(windows):
    registry = machine._SystemRegistry()
    assert registry.values("HKCU\\Software\\A") == {"Path": "C:\\x", "": "default"}
    assert registry.subkeys("HKCU\\Software\\A") == ["B", "C"]
    assert registry.values("HKLM\\Software\\A") == {}
    assert registry.subkeys("HKLM\\Software\\A") == []


def test_elsewhere_there_is_no_registry(monkeypatch):
    monkeypatch.setattr(machine, "sys", SimpleNamespace(platform="linux"))
    assert machine._SystemRegistry().values("HKCU\\Software\\A") == {}


def test_the_programs_of_windows(windows, monkeypatch):
    told = b'"EXCEL.EXE","1","Console","1","9 K"\r\n"\xb2\xe2.exe","2"\r\nINFO: none\r\n'

    def run(command, **options):
        assert command[0].endswith("tasklist.exe")
        assert "System32" in command[0]
        return SimpleNamespace(stdout=told)

    monkeypatch.setattr(machine.subprocess, "run", run)
    found = machine._running_processes()
    assert "excel.exe" in found
    assert len(found) == 2


def test_programs_that_cannot_be_listed(windows, monkeypatch):
    def run(command, **options):
        raise subprocess.TimeoutExpired(command, 20)

    monkeypatch.setattr(machine.subprocess, "run", run)
    assert machine._running_processes() is None


def test_a_com_bridge_that_does_not_load(windows, monkeypatch):
    def fail(name):
        raise ImportError("DLL load failed")

    monkeypatch.setattr(machine, "importlib", SimpleNamespace(import_module=fail))
    assert machine._com_fault() == "ImportError: DLL load failed"


def test_this_pc():
    here = Machine.here()
    assert here.xlwings_version
    assert any(path.suffix in (".applescript", ".dll") for path in here.xlwings_files)
    assert here.com_fault() is None
