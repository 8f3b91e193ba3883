"""The scripts that staff double-click. Nothing here can run them, so they are read closely."""

from __future__ import annotations

import re
import sys
import sysconfig
from pathlib import Path

import pytest

INSTALL = Path(__file__).parents[1] / "addin" / "install"
SCRIPTS = ("install.cmd", "perfgoals.cmd", "uninstall.cmd")
PYTHONS = ["3.11", "3.12", "3.13"]


@pytest.fixture(params=SCRIPTS)
def script(request):
    return (INSTALL / request.param).read_text(encoding="ascii")


def test_every_label_exists_and_is_used(script):
    lines = [line for line in script.splitlines() if not line.startswith("rem ")]
    labels = [line[1:] for line in lines if line.startswith(":")]
    assert len(labels) == len(set(labels))
    targets = set(re.findall(r"(?:goto|call) :(\w+)", "\n".join(lines)))
    # A label is also reached from the line above it.
    assert targets <= set(labels)
    assert set(labels) - targets <= {"find_python", "take_out"}


def test_paths_are_quoted(script):
    for line in script.splitlines():
        if line.startswith("rem "):
            continue
        assert line.count('"') % 2 == 0, line
        for found in re.finditer(r"%~dp0|%(?:ROOT|NEW|OLD|PY|SYSTEM|POWERSHELL)%", line):
            assert line[: found.start()].count('"') % 2 == 1, line


def test_every_variable_is_known(script):
    known = {"LOCALAPPDATA", "SystemRoot", *re.findall(r'set "(\w+)=', script)}
    used = set(re.findall(r"%(\w+)%", script)) - {"USERPROFILE"}
    assert used <= known


def test_the_message_for_inside_a_zip():
    script = (INSTALL / "install.cmd").read_text(encoding="ascii")
    (escaped,) = re.findall(r"Unescape\('([^']*)'\)", script)
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), escaped)
    assert text == "还没有安装：请先把整个压缩包解压到一个文件夹，再双击里面的 install.cmd。"


def test_the_pythons_that_the_script_looks_for(monkeypatch):
    script = (INSTALL / "install.cmd").read_text(encoding="ascii")
    (tried,) = re.findall(r"for %%V in \(([^)]*)\)", script)
    assert tried.split() == PYTHONS[::-1]
    (ask,) = re.findall(r'set "FITS=(.*)"$', script, flags=re.MULTILINE)

    def fits(version, platform="win-amd64", prefix="C:\\Python"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "version_info", version)
            patch.setattr(sys, "base_prefix", prefix)
            patch.setattr(sysconfig, "get_platform", lambda: platform)
            with pytest.raises(SystemExit) as end:
                exec(ask, {})
        return not end.value.code

    assert all(fits((3, int(python[2:]), 4)) for python in PYTHONS)
    assert not fits((3, 10, 1))
    assert not fits((3, 14, 0))
    assert not fits((3, 12, 1), platform="win32")
    assert not fits((3, 12, 1), prefix="C:\\Program Files\\WindowsApps\\Python")


def test_what_pip_is_asked_for():
    script = (INSTALL / "install.cmd").read_text(encoding="ascii")
    (line,) = [line for line in script.splitlines() if " install --quiet " in line]
    # In quotes, as the documents say of extras.
    assert '--no-index --find-links wheels "perfgoals-xl[page]" ||' in line


def test_a_pc_without_excel_ends_well():
    script = (INSTALL / "install.cmd").read_text(encoding="ascii")
    # Nothing here asks for Excel: "addin install" leaves the add-in out where there is none, the
    # diagnosis behind it finds no fault then.
    assert "no_excel" not in script
    assert script.index("addin install ||") < script.index("addin doctor ||")
    told = (INSTALL / "messages" / "done.txt").read_text(encoding="utf-8")
    assert all(word in told for word in ("功能区", "发送到", "桌面", "WPS"))
