"""What the doctor finds on PCs where one thing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_xl._version import __version__
from perfgoals_xl.desktop import page_checks
from perfgoals_xl.desktop.click_record import record_path
from perfgoals_xl.excel.setup.diagnosis import Check, State, as_lines, has_fault
from perfgoals_xl.excel.setup.doctor import checks
from perfgoals_xl.excel.setup.office import Office, is_wps
from perfgoals_xl.excel.setup.places import mark_of_the_web
from perfgoals_xl.excel.setup.setting_up import set_up
from tests.excel.fake_pc import (
    COM,
    LOCATIONS,
    POLICY,
    SECURITY,
    SERVER,
    XLWINGS,
    FakeRegistry,
    fake_addin,
    linux,
    mac,
    ships,
    windows_pc,
)

WPS = '"C:\\Users\\a\\AppData\\Local\\Kingsoft\\WPS Office\\12.1\\office6\\et.exe" /Automation'
ITEMS = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel\\Resiliency\\DisabledItems"
OFFICE = "HKCU\\Software\\Microsoft\\Office"

CHOSEN_BROWSER = (
    r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice"
)


@pytest.fixture
def pc(tmp_path, tmp_path_factory, monkeypatch):
    """A Windows PC on which the add-in is installed and all is well."""
    ships(monkeypatch, fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam"))
    pc = windows_pc(tmp_path)
    set_up(pc.machine)
    return pc


def states(pc):
    return {check.key: check.state for check in checks(pc.machine)}


def only(pc, key, state):
    """The one check that is not well: ``key``, in ``state``."""
    found = {check.key: check for check in checks(pc.machine)}
    others = {name: check for name, check in found.items() if name != key}
    assert all(check.state is State.OK for check in others.values()), others
    assert found[key].state is state
    assert found[key].todo
    return found[key]


def trusts(pc, *folders, **values):
    for number, folder in enumerate(folders):
        pc.registry[f"{LOCATIONS}\\Location{number}"] = {"Path": str(folder), **values}


# All is well


def test_a_good_installation_on_windows(pc):
    found = checks(pc.machine)
    assert {check.state for check in found} == {State.OK}
    keys = """
        python package excel addin xlwings dll com settings interpreter trust macros
        disabled running wps page browser clicks programs
    """
    assert [check.key for check in found] == keys.split()
    assert not has_fault(found)
    assert list(as_lines(found))[-1] == "18 项正常，0 项注意，0 项故障。"


def test_every_check_is_one_line_each(pc):
    pc = pc.changed(com_fault=lambda: "ImportError:\n  DLL load failed")
    for check in checks(pc.machine):
        assert all("\n" not in text for text in check.to_json().values())
        assert check.name
        assert check.found


def test_a_good_installation_on_a_mac(tmp_path, tmp_path_factory, monkeypatch):
    ships(monkeypatch, fake_addin(tmp_path_factory.mktemp("shipped") / "perfgoals.xlam"))
    pc = mac(tmp_path)
    assert has_fault(checks(pc.machine))
    set_up(pc.machine)
    assert set(states(pc).values()) == {State.OK}
    assert {"script", "running"} < set(states(pc))
    for script in pc.where.scripts.iterdir():
        script.unlink()
    assert only(pc, "script", State.FAULT).found.endswith(".applescript")


def test_on_linux_the_page_is_looked_at(tmp_path):
    pc = linux(tmp_path, "xdg-open", "et")
    set_up(pc.machine, excel=False)
    found = {check.key: check for check in checks(pc.machine)}
    keys = "python package platform page browser clicks programs"
    assert list(found) == keys.split()
    assert {check.state for check in found.values()} == {State.OK}
    assert found["programs"].found == "WPS 表格"
    assert found["browser"].found == "/usr/bin/xdg-open"


def test_a_linux_where_the_page_cannot_run(tmp_path, monkeypatch):
    pc = linux(tmp_path, "xdg-open", "soffice")
    set_up(pc.machine, excel=False)
    monkeypatch.setattr(page_checks, "PAGE_MODULES", ("starlette", "no_such_module"))
    assert "perfgoals-xl[page]" in only(pc, "page", State.FAULT).todo


def test_loopback_that_is_blocked(pc, monkeypatch):
    def blocked(*_, **__):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(page_checks.socket, "create_connection", blocked)
    # With Excel the add-in works all the same.
    assert "127.0.0.1" in only(pc, "page", State.WARNING).found


def test_a_linux_without_browser_and_spreadsheet(tmp_path):
    pc = linux(tmp_path)
    set_up(pc.machine, excel=False)
    found = {key for key, state in states(pc).items() if state is State.WARNING}
    assert found == {"browser", "programs"}


# The links


def test_links_that_were_not_made(tmp_path):
    check = only(linux(tmp_path, "xdg-open", "et"), "clicks", State.WARNING)
    assert "desktop install" in check.todo


def test_the_debian_package_brings_its_entries(tmp_path):
    pc = linux(tmp_path, "xdg-open", "et").changed(prefix=Path("/usr/lib/perfgoals-xl/python"))
    assert set(states(pc).values()) == {State.OK}


def test_a_link_that_is_gone(pc):
    link = pc.machine.home / "Desktop" / "绩效目标校验.lnk"
    link.unlink()
    assert str(link) in only(pc, "clicks", State.WARNING).found


def test_links_to_another_python(tmp_path):
    pc = linux(tmp_path, "xdg-open", "et")
    set_up(pc.machine, excel=False)
    other = pc.machine.home / "other" / "python"
    assert str(other) in only(pc.changed(executable=other), "clicks", State.WARNING).found


@pytest.mark.parametrize(
    ("chosen", "state"),
    [
        ("IE.HTTP", State.WARNING), ("ie.http", State.WARNING), ("IE.AssocFile.HTM", State.WARNING),
        ("MSEdgeHTM", State.OK), ("ChromeHTML", State.OK), ("360ChromeURL", State.OK),
        ("IEdgeLike", State.OK), (None, State.OK),
    ],
)  # fmt: skip
def test_a_browser_that_cannot_show_the_page(pc, chosen, state):
    if chosen:
        pc.registry[CHOSEN_BROWSER] = {"ProgId": chosen}
    assert states(pc)["browser"] is state


def test_a_record_that_nobody_can_read(pc):
    record_path(pc.machine).write_text("{", encoding="ascii")
    check = only(pc, "clicks", State.WARNING)
    assert check.found == "没有装"
    # The bundle puts no command on the path.
    assert check.todo.index("install.cmd") < check.todo.index("desktop install")


def test_a_pc_with_wps_alone(tmp_path):
    pc = windows_pc(tmp_path, excel=False)
    set_up(pc.machine)
    check = only(pc, "excel", State.WARNING)
    assert "右键菜单" in check.todo
    keys = "python package excel wps page browser clicks programs"
    assert list(states(pc)) == keys.split()


# The installation


def test_nothing_installed(tmp_path):
    pc = windows_pc(tmp_path)
    before = pc.files()
    found = {key for key, state in states(pc).items() if state is State.FAULT}
    assert found == {"addin", "settings", "interpreter"}
    assert pc.files() == before


def test_another_version_of_the_addin(pc):
    fake_addin(pc.where.addin, package="0.0.9")
    check = only(pc, "addin", State.FAULT)
    assert "0.0.9" in check.found
    assert __version__ in check.found


def test_another_version_of_xlwings(pc):
    fake_addin(pc.where.addin, xlwings="0.37.9")
    check = only(pc, "xlwings", State.FAULT)
    assert "0.37.9" in check.found
    assert "pip install xlwings==0.37.9" in check.todo


def test_no_xlwings(pc):
    states_ = states(pc.changed(xlwings_version=""))
    assert states_["xlwings"] is states_["dll"] is State.FAULT


def test_a_broken_addin(pc):
    pc.where.addin.write_bytes(b"rubbish")
    found = states(pc)
    assert (found["addin"], found["xlwings"]) == (State.FAULT, State.WARNING)


def test_an_addin_that_windows_blocks(pc):
    mark_of_the_web(pc.where.addin).write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    assert "来自网络" in only(pc, "addin", State.FAULT).found


def test_a_missing_dll(pc):
    (pc.machine.prefix / f"xlwings64-{XLWINGS}.dll").unlink()
    assert f"xlwings64-{XLWINGS}.dll" in only(pc, "dll", State.FAULT).found


def test_a_broken_com_bridge(pc):
    pc = pc.changed(com_fault=lambda: "ImportError: DLL load failed")
    assert "DLL load failed" in only(pc, "com", State.FAULT).found


def test_settings_that_were_changed(pc):
    path = pc.where.settings
    text = path.read_bytes().decode("gbk").replace('"USE UDF SERVER","True"', '"X","1"')
    path.write_bytes(text.encode("gbk"))
    assert "USE UDF SERVER" in only(pc, "settings", State.FAULT).found


def test_a_python_that_is_gone(pc):
    pc.where.interpreter.unlink()
    found = {check.key: check for check in checks(pc.machine)}
    assert found["interpreter"].state is State.FAULT
    assert "不存在" in found["interpreter"].found
    # The links start the same one.
    assert found["clicks"].state is State.WARNING


def test_another_python_than_the_one_that_asks(pc):
    pc = pc.changed(executable=pc.machine.home / "python.exe")
    found = {check.key: check for check in checks(pc.machine)}
    for key in ("interpreter", "clicks"):
        assert found[key].state is State.WARNING
        assert str(pc.machine.executable) in found[key].found


def test_the_python_of_the_store(pc):
    pc = pc.changed(base_prefix=Path("C:/Program Files/WindowsApps/Python"))
    assert "应用商店" in only(pc, "python", State.FAULT).found


def test_a_check_that_fails_is_told_and_the_others_go_on(pc):
    def broken():
        raise OSError("no such tool")

    found = {check.key: check for check in checks(pc.changed(processes=broken).machine)}
    assert "OSError: no such tool" in found["running"].found
    assert found["running"].state is State.WARNING
    assert found["disabled"].state is State.OK


# Excel


def test_an_addin_without_excel(pc):
    pc.registry.clear()
    found = {check.key: check for check in checks(pc.machine)}
    assert found["excel"].state is State.FAULT
    assert found["excel"].found.startswith("没有找到")
    assert found["programs"].state is State.WARNING


@pytest.mark.parametrize("told", [None, 32, 64])
def test_the_bits_of_excel(pc, told):
    key = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
    del pc.registry[key]
    if told == 32:
        wow = "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Office\\16.0"
        pc.registry[f"{wow}\\Excel\\InstallRoot"] = {"Path": "C:\\x"}
    elif told == 64:
        outlook = "HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Outlook"
        pc.registry[outlook] = {"Bitness": "x64"}
    assert Office(pc.machine).bits() == told


def test_the_version_of_excel(pc):
    assert Office(pc.machine).version() == "16.0"
    pc.registry[f"{OFFICE}\\15.0\\Excel\\Options"] = {"x": 1}
    pc.registry[f"{COM}\\CurVer"] = {"": "Excel.Application.15"}
    assert Office(pc.machine).version() == "15.0"
    del pc.registry[f"{COM}\\CurVer"]
    assert Office(pc.machine).version() == "16.0"


def test_another_start_folder_is_told(pc):
    pc.registry[f"{OFFICE}\\16.0\\Excel\\Options"]["AltStartup"] = "D:\\启动"
    found = {check.key: check for check in checks(pc.machine)}["excel"]
    assert found.state is State.OK
    assert "D:\\启动" in found.found


def test_excel_running_is_no_fault(pc):
    pc.running.add("excel.exe")
    assert set(states(pc).values()) == {State.OK}


def test_programs_that_cannot_be_listed(pc):
    found = states(pc.changed(processes=lambda: None))
    assert found["running"] is State.WARNING


# Trust


def test_the_start_folder_is_trusted(pc):
    trusts(pc, "%PROGRAMFILES%\\x", "%APPDATA%\\Microsoft\\Excel\\XLSTART\\")
    assert states(pc)["trust"] is State.OK


def test_a_folder_above_is_trusted(pc):
    folder = pc.where.addin.parents[2]
    trusts(pc, folder)
    assert states(pc)["trust"] is State.WARNING
    trusts(pc, folder, AllowSubFolders=1)
    assert states(pc)["trust"] is State.OK


def test_the_start_folder_is_not_trusted(pc):
    trusts(pc, "C:\\else")
    found = states(pc)
    assert (found["trust"], found["macros"]) == (State.WARNING, State.WARNING)
    for value, state in ((1, State.OK), (2, State.WARNING), (3, State.FAULT), (4, State.FAULT)):
        pc.registry[SECURITY] = {"VBAWarnings": value}
        assert states(pc)["macros"] is state


def test_macros_switched_off_do_not_matter_where_trusted(pc):
    pc.registry[SECURITY] = {"VBAWarnings": 4}
    assert set(states(pc).values()) == {State.OK}


@pytest.mark.parametrize("key", [SECURITY, POLICY, POLICY.replace("HKCU", "HKLM")])
def test_all_locations_off(pc, key):
    pc.registry[f"{key}\\Trusted Locations"] = {"AllLocationsDisabled": 1}
    pc.registry[SECURITY] = {"VBAWarnings": 4}
    found = {check.key: check for check in checks(pc.machine)}
    assert found["trust"].state is State.WARNING
    assert found["macros"].state is State.FAULT
    assert ("管理员" in found["trust"].todo) == (key != SECURITY)


def test_a_policy_goes_before_the_user(pc):
    trusts(pc, "C:\\else")
    pc.registry[SECURITY] = {"VBAWarnings": 1}
    pc.registry[POLICY] = {"VBAWarnings": 4}
    found = {check.key: check for check in checks(pc.machine)}["macros"]
    assert found.state is State.FAULT
    assert "管理员" in found.todo


def test_a_policy_that_ignores_the_locations_of_the_user(pc):
    trusts(pc, pc.where.addin.parent)
    common = POLICY.replace("\\Excel\\", "\\Common\\")
    pc.registry[f"{common}\\Trusted Locations"] = {"Allow User Locations": 0}
    pc.registry[f"{POLICY}\\Trusted Locations\\Location0"] = {"Path": "\\\\server\\share"}
    assert states(pc)["trust"] is State.WARNING


def test_vba_switched_off(pc):
    pc.registry[f"{OFFICE}\\16.0\\Common"] = {"VBAOff": 1}
    assert "VBA" in only(pc, "macros", State.FAULT).found


def test_addins_switched_off(pc):
    pc.registry[SECURITY] = {"DisableAllAddins": 1}
    assert "加载项" in only(pc, "macros", State.FAULT).found


def test_an_addin_that_excel_disabled(pc):
    header = (1).to_bytes(4, "little") + (80).to_bytes(4, "little") * 2
    other = header + "C:\\其他.xlam\0".encode("utf-16-le")
    pc.registry[ITEMS] = {"A1": other, "A2": "text"}
    assert states(pc)["disabled"] is State.OK
    pc.registry[ITEMS]["B2"] = header + f"{pc.where.addin}\0".upper().encode("utf-16-le")
    assert "禁用项目" in only(pc, "disabled", State.FAULT).todo


# WPS


def test_wps_under_the_name_of_excel(pc):
    pc.registry[SERVER] = {"": WPS}
    check = only(pc, "wps", State.WARNING)
    assert "et.exe" in check.found
    assert not has_fault(checks(pc.machine))


def test_wps_in_the_view_of_32_bits(pc):
    del pc.registry[SERVER]
    pc.registry[SERVER.replace("CLSID", "WOW6432Node\\CLSID")] = {"": WPS}
    only(pc, "wps", State.WARNING)


def test_wps_running_beside_excel(pc):
    pc.running.add("et.exe")
    found = {check.key: check for check in checks(pc.machine)}["wps"]
    assert found.state is State.OK
    assert "用 Excel 打开" in found.todo


@pytest.mark.parametrize(
    ("program", "answer"),
    [
        (WPS, True),
        ("C:/Program Files/WPS Office/office6/et.exe", True),
        ('"C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE" /automation', False),
        ("C:\\Programs\\gadget.exe", False),
    ],
)
def test_the_program_of_wps(program, answer):
    assert is_wps(program) is answer


def test_an_empty_registry_is_no_obstacle(pc):
    office = Office(pc.changed(registry=FakeRegistry({})).machine)
    assert office.version() is None
    assert office.bits() is None
    assert office.com_server() is None
    assert office.other_start_folder() is None
    assert not office.has_disabled("perfgoals.xlam")
    assert office.trust().trusted


def test_the_text(pc):
    found = [
        Check("a", "甲", State.FAULT, "坏了", "换一个"),
        Check("b", "乙", State.WARNING, "旧了"),
    ]
    assert list(as_lines(found)) == [
        "[故障] 甲：坏了",
        "       处理：换一个",
        "[注意] 乙：旧了",
        "0 项正常，1 项注意，1 项故障。",
    ]
