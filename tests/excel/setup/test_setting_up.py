"""The add-in and the links together: with Excel, with WPS alone, and where one of the two fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.setting_up import set_up, take_down
from tests.excel.fake_pc import COM, SERVER, fake_addin, linux, mac, ships, windows_pc

WPS = '"C:\\Program Files\\WPS Office\\12.1\\office6\\et.exe" /Automation'


@pytest.fixture(autouse=True)
def _shipped(tmp_path_factory, monkeypatch):
    ships(monkeypatch, fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam"))


def has_links(pc):
    return (pc.machine.home / "Desktop" / "绩效目标校验.lnk").is_file()


def files(pc):
    return {name: data for name, data in pc.files().items() if data != b"<folder>"}


@pytest.mark.parametrize("make", [windows_pc, mac])
def test_both_and_both_away_again(tmp_path, make):
    pc = make(tmp_path)
    before = files(pc)
    own = pc.machine.home / ".perfgoals"
    lines = set_up(pc.machine)
    assert pc.where.addin.is_file()
    assert any("桌面图标" in line for line in lines)
    assert lines[-1].startswith("打开 Excel")
    assert own.is_dir()
    take_down(pc.machine)
    assert files(pc) == before
    assert not own.exists()


def test_the_links_alone(tmp_path):
    pc = windows_pc(tmp_path)
    before = files(pc)
    set_up(pc.machine, excel=False)
    assert has_links(pc)
    assert not pc.where.addin.exists()
    take_down(pc.machine)
    assert files(pc) == before


@pytest.mark.parametrize("compatible", [False, True])
def test_a_pc_with_wps_gets_the_links(tmp_path, compatible):
    pc = windows_pc(tmp_path, excel=False)
    if compatible:  # WPS answers to Excel's name
        pc.registry[f"{COM}\\CLSID"] = {"": "{1}"}
        pc.registry[SERVER] = {"": WPS}
    lines = set_up(pc.machine)
    assert has_links(pc)
    assert not pc.where.addin.exists()
    assert "没有找到 Microsoft Excel" in lines[-1]


def test_an_excel_that_was_never_opened(tmp_path):
    pc = windows_pc(tmp_path)
    del pc.registry["HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Options"]
    set_up(pc.machine)
    assert pc.where.addin.is_file()


def test_links_that_cannot_be_made_leave_the_addin(tmp_path):
    def forbidden(link):
        raise InputError("Windows 没有能够建立快捷方式（com_error）")

    pc = windows_pc(tmp_path).changed(shell_link=forbidden)
    lines = set_up(pc.machine)
    assert pc.where.addin.is_file()
    assert any("没有装上" in line and "com_error" in line for line in lines)
    with pytest.raises(InputError, match="com_error"):
        set_up(pc.machine, excel=False)


def test_links_that_may_not_even_be_read_leave_the_addin(tmp_path, monkeypatch):
    pc = windows_pc(tmp_path)
    (pc.machine.home / "Desktop" / "绩效目标校验.lnk").write_bytes(b"perfgoals")
    plain = Path.read_bytes

    def refused(self):
        if self.suffix == ".lnk":
            raise PermissionError(errno.EACCES, "access denied", str(self))
        return plain(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    lines = set_up(pc.machine)
    assert pc.where.addin.is_file()
    assert any("没有装上" in line and "没有权限" in line for line in lines)


def test_an_addin_that_cannot_be_installed_leaves_nothing(tmp_path):
    pc = windows_pc(tmp_path)
    for dll in pc.machine.prefix.glob("*.dll"):
        dll.unlink()
    before = pc.files()
    with pytest.raises(InputError, match="xlwings64"):
        set_up(pc.machine)
    assert pc.files() == before


def test_the_python_of_the_store_gets_no_links(tmp_path):
    pc = windows_pc(tmp_path).changed(base_prefix=tmp_path / "WindowsApps" / "Python")
    before = pc.files()
    with pytest.raises(InputError, match="微软应用商店"):
        set_up(pc.machine, excel=False)
    assert pc.files() == before


def test_linux_has_links_and_no_addin(tmp_path):
    pc = linux(tmp_path)
    with pytest.raises(InputError, match="desktop install"):
        set_up(pc.machine)
    assert set_up(pc.machine, excel=False)
