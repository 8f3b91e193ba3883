"""The link of Windows, with stand-ins for pywin32 that note what the shell is asked."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup import shell_link
from perfgoals_xl.excel.setup.shell_link import ShellLink, made_link

LINK = ShellLink(
    Path("C:/用户/python/pythonw.exe"),
    "-P -m perfgoals_xl page",
    Path("C:/用户/python"),
    Path("C:/用户/perfgoals.ico"),
    "说明",
)


class Shell:
    """Takes the place of ``IShellLink`` and ``IPersistFile``."""

    def __init__(self):
        self.said = []

    def __getattr__(self, name):
        return lambda *arguments: self.said.append((name, *arguments))

    def QueryInterface(self, interface):
        assert interface == "IPersistFile"
        return self

    def Save(self, path, remember):
        Path(path).write_bytes(b"L\0\0\0")


@pytest.fixture
def shell(monkeypatch):
    made = Shell()
    com = types.ModuleType("pythoncom")
    com.CLSCTX_INPROC_SERVER = 1
    com.IID_IPersistFile = "IPersistFile"
    com.CoCreateInstance = lambda *asked: made
    names = types.ModuleType("win32com.shell.shell")
    names.CLSID_ShellLink, names.IID_IShellLink = "ShellLink", "IShellLink"
    for name in ("win32com", "win32com.shell"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "pythoncom", com)
    monkeypatch.setitem(sys.modules, "win32com.shell.shell", names)
    monkeypatch.setattr(shell_link, "_is_windows", lambda: True)
    return made


def test_the_shell_makes_the_link(shell):
    assert made_link(LINK) == b"L\0\0\0"
    assert shell.said == [
        ("SetPath", str(LINK.target)),
        ("SetArguments", "-P -m perfgoals_xl page"),
        ("SetWorkingDirectory", str(LINK.folder)),
        ("SetIconLocation", str(LINK.icon), 0),
        ("SetDescription", "说明"),
    ]


def test_com_that_is_forbidden_is_one_line(shell, monkeypatch):
    def forbidden(*asked):
        raise RuntimeError("(-2147221164,\n 'Class not registered', None)")

    monkeypatch.setattr(sys.modules["pythoncom"], "CoCreateInstance", forbidden)
    with pytest.raises(InputError, match="Class not registered") as caught:
        made_link(LINK)
    assert "\n" not in str(caught.value)


def test_a_pc_without_pywin32(monkeypatch):
    monkeypatch.setattr(shell_link, "_is_windows", lambda: True)
    monkeypatch.setitem(sys.modules, "pythoncom", None)
    with pytest.raises(InputError, match="快捷方式"):
        made_link(LINK)


@pytest.mark.skipif(sys.platform == "win32", reason="what other systems say")
def test_elsewhere_there_are_no_links():
    with pytest.raises(InputError, match="只有 Windows"):
        made_link(LINK)
