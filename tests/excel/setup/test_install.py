"""Installing and uninstalling the add-in on made-up PCs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from perfgoals_xl._version import __version__
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.addin_build import addin_versions
from perfgoals_xl.excel.setup.addin_settings import Settings, read_settings
from perfgoals_xl.excel.setup.install import install, uninstall
from perfgoals_xl.excel.setup.machine import Machine
from perfgoals_xl.excel.setup.places import expanded, folder_key, mark_of_the_web
from tests.excel.fake_pc import XLWINGS, fake_addin, mac, ships, windows_pc


@pytest.fixture(autouse=True)
def shipped(tmp_path_factory, monkeypatch):
    """What this installation carries; not among the files of the PC."""
    addin = fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam")
    ships(monkeypatch, addin)
    return addin


@pytest.fixture
def pc(tmp_path):
    return windows_pc(tmp_path)


def refused(pc, match):
    before = pc.files()
    with pytest.raises(InputError, match=match) as caught:
        install(pc.machine)
    assert "\n" not in str(caught.value)
    assert pc.files() == before


# Windows


def test_windows_gets_the_addin_and_the_settings(pc, shipped):
    lines = install(pc.machine)
    roaming = pc.machine.home / "AppData" / "Roaming"
    addin = roaming / "Microsoft" / "Excel" / "XLSTART" / "perfgoals.xlam"
    assert addin.read_bytes() == shipped.read_bytes()
    python = pc.machine.prefix / "Scripts" / "pythonw.exe"
    assert pc.settings() == [
        f'"INTERPRETER_WIN","{python}"',
        '"UDF MODULES","perfgoals_xl.excel.udfs"',
        '"USE UDF SERVER","True"',
        '"ADD_WORKBOOK_TO_PYTHONPATH","False"',
        '"SHOW CONSOLE","False"',
        f'"PYTHONPATH","{python.parent}"',
    ]
    assert pc.where.settings == pc.machine.home / ".perfgoals" / "perfgoals.conf"
    assert pc.where.settings.read_bytes().endswith(b"\r\n")
    assert lines[0] == f"已安装加载项 {__version__}：{addin}。"
    assert any(line.startswith("已建立 Excel 启动文件夹") for line in lines)
    assert "绩效目标" in lines[-1]


def test_the_settings_are_in_the_code_page_of_the_pc(pc):
    install(pc.machine)
    assert "张三".encode("gbk") in pc.where.settings.read_bytes()


def test_a_path_outside_the_code_page_is_refused(tmp_path):
    pc = windows_pc(tmp_path, user="Ωω한국")
    refused(pc, "不能写进 Excel 的设置文件.*英文字母")


def test_the_embedded_python(tmp_path):
    pc = windows_pc(tmp_path, layout="embedded")
    install(pc.machine)
    assert f'"INTERPRETER_WIN","{pc.machine.prefix / "pythonw.exe"}"' in pc.settings()


def test_without_a_windowless_python(pc):
    pc.where.interpreter.unlink()
    install(pc.machine)
    assert pc.settings()[0] == f'"INTERPRETER_WIN","{pc.machine.executable}"'


@pytest.mark.parametrize(
    ("there", "told"),
    [("0.0.9", f"已替换 0.0.9 → {__version__}"), (__version__, f"已重新安装加载项 {__version__}")],
)
def test_an_older_one_is_replaced_and_told(pc, there, told):
    fake_addin(pc.where.addin, package=there)
    lines = install(pc.machine)
    assert lines[0].startswith(told)
    assert addin_versions(pc.where.addin) == (__version__, XLWINGS)
    assert not any("已建立" in line for line in lines)


def test_what_is_no_addin_is_replaced(pc, shipped):
    pc.where.addin.parent.mkdir(parents=True)
    pc.where.addin.write_bytes(b"rubbish")
    assert install(pc.machine)[0].startswith(f"已替换 旧的加载项 → {__version__}")
    assert pc.where.addin.read_bytes() == shipped.read_bytes()


def test_the_mark_of_the_web_is_lifted(pc):
    fake_addin(pc.where.addin, package="0.0.9")
    mark = mark_of_the_web(pc.where.addin)
    mark.write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    install(pc.machine)
    assert not mark.exists()


def test_installing_twice_is_installing_once(pc):
    install(pc.machine)
    once = pc.files()
    install(pc.machine)
    assert pc.files() == once


def test_excel_holding_the_addin_is_told_before_anything_is_written(pc, monkeypatch):
    fake_addin(pc.where.addin, package="0.0.9")
    pc.running.add("excel.exe")
    plain = Path.open

    def locked(self, mode="r", *arguments, **options):
        if self == pc.where.addin and "+" in mode:
            raise PermissionError(errno.EACCES, "in use")
        return plain(self, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", locked)
    refused(pc, "关闭所有 Excel 窗口")
    pc.running.clear()
    refused(pc, "占用或是只读")


def test_excel_running_without_the_addin_is_told(pc):
    pc.running.add("excel.exe")
    assert install(pc.machine)[-1].startswith("Excel 正在运行")


def test_another_start_folder_is_told(pc):
    key = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Options"
    pc.registry[key]["AltStartup"] = "D:\\启动"
    assert any("D:\\启动" in line for line in install(pc.machine))


def test_the_lines_of_others_survive(pc):
    path = pc.where.settings
    path.parent.mkdir()
    theirs = '"LICENSE_KEY","甲"\r\n"interpreter_win","C:\\old.exe"\r\nnot a line of ours\r\n'
    path.write_bytes(theirs.encode("gbk") + b'"X","\xff\xfe"\r\n"PYTHONPATH","D:\\own"\r\n')
    install(pc.machine)
    lines = path.read_bytes().split(b"\r\n")
    assert lines[0] == '"LICENSE_KEY","甲"'.encode("gbk")
    assert lines[1] == f'"INTERPRETER_WIN","{pc.where.interpreter}"'.encode("gbk")
    assert lines[2] == b"not a line of ours"
    assert lines[3:5] == [b'"X","\xff\xfe"', b'"PYTHONPATH","D:\\own"']
    uninstall(pc.machine)
    kept = b'not a line of ours\r\n"X","\xff\xfe"\r\n"PYTHONPATH","D:\\own"\r\n'
    assert path.read_bytes() == '"LICENSE_KEY","甲"\r\n'.encode("gbk") + kept


def test_the_addin_must_be_for_the_installed_xlwings(pc, shipped):
    fake_addin(shipped, xlwings="0.99.0")
    refused(pc, "xlwings 0.99.0.*pip install")


def test_an_installation_without_the_addin(pc, shipped):
    shipped.unlink()
    refused(pc, "没有加载项文件")


def test_the_python_of_the_store_is_refused(pc):
    store = Path("C:/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.12_1_x64")
    refused(pc.changed(base_prefix=store), "微软应用商店")


def test_a_missing_dll_is_taken_from_where_xlwings_put_it(pc):
    dll = pc.machine.prefix / f"xlwings64-{XLWINGS}.dll"
    elsewhere = pc.machine.home / "AppData" / "Roaming" / "Python" / dll.name
    elsewhere.parent.mkdir()
    dll.rename(elsewhere)
    pc = pc.changed(xlwings_files=(elsewhere,))
    lines = install(pc.machine)
    copy = pc.where.interpreter.parent / dll.name
    assert copy.read_bytes() == b"MZ64"
    assert f"已放好 {copy}。" in lines
    # It is remembered over another install, and taken away again.
    install(pc.machine)
    uninstall(pc.machine)
    assert not copy.exists()
    assert elsewhere.exists()


def test_a_dll_that_is_nowhere(pc):
    (pc.machine.prefix / f"xlwings64-{XLWINGS}.dll").unlink()
    refused(pc, "xlwings64-.*pip install --force-reinstall")


def test_excel_with_32_bits_needs_the_other_dll(pc):
    (pc.machine.prefix / f"xlwings32-{XLWINGS}.dll").unlink()
    install(pc.machine)
    key = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
    pc.registry[key]["Platform"] = "x86"
    refused(pc, "xlwings32-")


def test_a_failure_on_the_way_puts_everything_back(pc, monkeypatch):
    fake_addin(pc.where.addin, package="0.0.9")
    before = pc.files()
    plain = Path.write_bytes

    def full(self, data):
        if b"UDF MODULES" in data:
            raise OSError(errno.ENOSPC, "no space")
        return plain(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="空间不足"):
        install(pc.machine)
    assert pc.files() == before


def test_without_the_usual_variables(pc):
    pc = pc.changed(environ={})
    install(pc.machine)
    assert pc.where.addin.is_relative_to(pc.machine.home / "AppData" / "Roaming")
    assert pc.where.settings.is_file()


# Uninstalling


def test_uninstalling_leaves_what_was_there(pc):
    pc.where.addin.parent.mkdir(parents=True)
    (pc.where.addin.parent / "PERSONAL.XLSB").write_bytes(b"theirs")
    before = pc.files()
    install(pc.machine)
    assert pc.files() != before
    lines = uninstall(pc.machine)
    assert pc.files() == before
    assert sum(line.startswith("已删除") for line in lines) == 2


def test_logs_are_kept_and_told(pc):
    install(pc.machine)
    log = pc.machine.home / ".perfgoals" / "logs" / "fault-1.log"
    log.parent.mkdir()
    log.write_text("x", encoding="ascii")
    lines = uninstall(pc.machine)
    assert log.is_file()
    assert not pc.where.settings.exists()
    assert any(str(log.parent) in line and "保留" in line for line in lines)


def test_nothing_to_uninstall(pc):
    before = pc.files()
    assert uninstall(pc.machine) == ["没有装过加载项，不用卸载。"]
    assert pc.files() == before


def test_uninstalling_deletes_no_file_that_others_name(pc):
    install(pc.machine)
    own = pc.machine.home / "重要.xlsx"
    own.write_bytes(b"theirs")
    with pc.where.settings.open("a", encoding="gbk", newline="") as file:
        file.write(f'"PERFGOALS FILES","{own}"\r\n')
    uninstall(pc.machine)
    assert own.is_file()


# macOS and Linux


def test_a_mac(tmp_path, shipped):
    pc = mac(tmp_path)
    before = pc.files()
    lines = install(pc.machine)
    library = pc.machine.home / "Library"
    assert pc.where.addin.read_bytes() == shipped.read_bytes()
    assert pc.where.addin.parent.name == "Excel"
    script = library / "Application Scripts" / "com.microsoft.Excel" / f"xlwings-{XLWINGS}"
    assert script.with_name(f"{script.name}.applescript").is_file()
    assert f'"INTERPRETER_MAC","{pc.machine.executable}"' in pc.settings()
    assert any("Mac" in line and "工作表函数" in line for line in lines)
    uninstall(pc.machine)
    left = {name for name in pc.files() if pc.files()[name] != b"<folder>"}
    assert left == {name for name, data in before.items() if data != b"<folder>"}


def test_a_script_that_was_there_stays(tmp_path):
    pc = mac(tmp_path)
    script = pc.where.scripts / f"xlwings-{XLWINGS}.applescript"
    script.parent.mkdir(parents=True)
    script.write_text("theirs", encoding="ascii")
    install(pc.machine)
    uninstall(pc.machine)
    assert script.read_text(encoding="ascii") == "theirs"


def test_a_mac_without_the_script(tmp_path):
    pc = mac(tmp_path)
    refused(pc.changed(xlwings_files=()), "applescript")


@pytest.mark.parametrize("do", [install, uninstall])
def test_linux_is_told(do):
    with pytest.raises(InputError, match=r"Windows 或 macOS"):
        do(Machine.here())


# The parts


def test_settings_are_read_as_vba_does():
    settings = Settings(('"A","1"', '"a","2"', "junk", ' B , "x,y" ', ""))
    assert settings.get("a") == "1"
    assert settings.get("B") is not None
    assert settings.get("C") is None
    changed = settings.with_values({"A": "3", "C": "4"})
    assert changed.lines == ('"A","3"', "junk", ' B , "x,y" ', "", '"C","4"')
    assert changed.without(["a", "c"]).get("a") is None
    assert Settings(("", " ")).is_empty


def test_a_quote_in_a_path_is_refused():
    with pytest.raises(InputError, match="引号"):
        Settings().with_values({"INTERPRETER_MAC": 'a"b'})


def test_settings_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="读不出来"):
        read_settings(tmp_path, "gbk")


def test_variables_in_a_path(pc):
    machine = pc.changed(environ={"AppData": "C:\\漫游"}).machine
    assert expanded(machine, "%APPDATA%\\Microsoft") == "C:\\漫游\\Microsoft"
    assert expanded(machine, "%NONE%\\a%b") == "%NONE%\\a%b"
    assert folder_key("C:\\Users\\A\\") == folder_key("c:/users/a")
