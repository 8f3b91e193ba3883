"""Links, entries and scripts put on made-up PCs and taken off them again."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from perfgoals_xl.desktop.click_places import desktop_folder
from perfgoals_xl.desktop.click_record import record_path
from perfgoals_xl.desktop.clicks import install_clicks, uninstall_clicks
from perfgoals_xl.errors import InputError
from tests.excel.fake_pc import linux, mac, windows_pc

MANAGERS = ("nautilus", "nemo", "caja", "dolphin", "dde-file-manager")
SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
SEND_TO = Path("AppData") / "Roaming" / "Microsoft" / "Windows" / "SendTo"


@pytest.fixture(params=["windows", "wps", "linux", "mac"])
def pc(request, tmp_path):
    """Every kind of PC, with all the file managers that there are."""
    if request.param == "linux":
        return linux(tmp_path, *MANAGERS)
    return (
        mac(tmp_path)
        if request.param == "mac"
        else windows_pc(tmp_path, excel=request.param == "windows")
    )


def written(pc, folder="."):
    """The files below a folder of the person, by name."""
    root = pc.machine.home / folder
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


# All kinds of PC


def test_uninstalling_takes_away_all_that_was_written(pc):
    before = pc.files()
    lines = install_clicks(pc.machine)
    assert lines
    assert pc.files() != before
    assert uninstall_clicks(pc.machine) == ["已去掉右键菜单和桌面图标。"]
    assert pc.files() == before


def test_installing_twice_is_installing_once(pc):
    install_clicks(pc.machine)
    once = pc.files()
    install_clicks(pc.machine)
    assert pc.files() == once


def test_nothing_to_uninstall(pc):
    before = pc.files()
    (line,) = uninstall_clicks(pc.machine)
    assert "没有装过" in line
    assert pc.files() == before


def test_what_others_keep_there_stays(pc):
    install_clicks(pc.machine)
    theirs = [path.with_name("others.txt") for path in record_files(pc)]
    for path in theirs:
        path.write_bytes(b"theirs")
    uninstall_clicks(pc.machine)
    assert all(path.read_bytes() == b"theirs" for path in theirs)


def record_files(pc):
    return [Path(name) for name in json.loads(record_path(pc.machine).read_text())["files"]]


def test_a_file_that_somebody_put_in_place_of_ours_stays(pc):
    install_clicks(pc.machine)
    path = next(path for path in record_files(pc) if path.suffix not in (".ico", ".svg", ".png"))
    path.write_bytes(b"theirs")
    lines = uninstall_clicks(pc.machine)
    assert any(str(path) in line for line in lines)
    assert path.read_bytes() == b"theirs"


@pytest.mark.parametrize("there", ["file", "folder"])
def test_a_file_of_the_same_name_is_not_replaced(pc, there):
    install_clicks(pc.machine)
    path = record_files(pc)[-1]
    uninstall_clicks(pc.machine)
    path.parent.mkdir(parents=True, exist_ok=True)
    if there == "file":
        path.write_bytes(b"theirs")
    else:
        path.mkdir()
    before = pc.files()
    with pytest.raises(InputError, match="同名") as caught:
        install_clicks(pc.machine)
    assert "\n" not in str(caught.value)
    assert pc.files() == before


def test_our_own_files_without_their_record_are_replaced(pc):
    install_clicks(pc.machine)
    files = written(pc)
    record_path(pc.machine).unlink()
    install_clicks(pc.machine)
    assert written(pc) == files


def test_a_failure_on_the_way_puts_everything_back(pc, monkeypatch):
    before = pc.files()
    plain = Path.write_bytes

    def full(self, data):
        if b'"files"' in data:
            raise OSError(errno.ENOSPC, "no space")
        return plain(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="空间不足"):
        install_clicks(pc.machine)
    assert pc.files() == before


def test_a_home_that_may_not_be_written(pc, monkeypatch):
    before = pc.files()

    def refused(self, *_, **__):
        raise PermissionError(errno.EACCES, "read only")

    monkeypatch.setattr(Path, "mkdir", refused)
    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(InputError) as caught:
        install_clicks(pc.machine)
    assert "\n" not in str(caught.value)
    assert pc.files() == before


def closed(monkeypatch, folder):
    """Nothing may be written into ``folder``, as protection against ransomware has it."""
    plain = Path.write_bytes

    def refused(self, data):
        if self.parent == folder:
            raise PermissionError(errno.EACCES, "access denied", str(self))
        return plain(self, data)

    monkeypatch.setattr(Path, "write_bytes", refused)


@pytest.mark.parametrize("make", [windows_pc, linux])
def test_a_closed_desktop_keeps_the_right_click_from_nobody(tmp_path, monkeypatch, make):
    pc = make(tmp_path)
    before = pc.files()
    with monkeypatch.context() as patch:
        desktop = desktop_folder(pc.machine)
        closed(patch, desktop)
        lines = install_clicks(pc.machine)
    assert ("桌面图标没有装上" in lines[-1], "权限" in lines[-1]) == (True, True)
    assert list(desktop.iterdir()) == []
    assert not any("已装好桌面图标" in line for line in lines)
    assert len(lines) > 1
    uninstall_clicks(pc.machine)
    assert pc.files() == before


def test_an_icon_that_stands_on_a_closed_desktop_is_still_known(tmp_path, monkeypatch):
    pc = windows_pc(tmp_path)
    before = pc.files()
    install_clicks(pc.machine)
    with monkeypatch.context() as patch:
        closed(patch, pc.machine.home / "Desktop")
        assert "没有装上" in install_clicks(pc.machine)[-1]
    assert written(pc, "Desktop") == ["绩效目标校验.lnk"]
    uninstall_clicks(pc.machine)
    assert pc.files() == before


@pytest.mark.parametrize("where", ["SendTo", "Desktop of a Mac"])
def test_without_any_other_place_it_is_a_fault(tmp_path, monkeypatch, where):
    pc = windows_pc(tmp_path) if where == "SendTo" else mac(tmp_path)
    before = pc.files()
    closed(monkeypatch, pc.machine.home / (SEND_TO if where == "SendTo" else "Desktop"))
    with pytest.raises(InputError, match="权限"):
        install_clicks(pc.machine)
    assert pc.files() == before


# Windows


def test_what_windows_gets(tmp_path):
    pc = windows_pc(tmp_path)
    lines = install_clicks(pc.machine)
    assert written(pc, SEND_TO) == ["校验绩效目标.lnk", "校验绩效目标（直接生成校验副本）.lnk"]
    assert written(pc, "Desktop") == ["绩效目标校验.lnk"]
    assert len(lines) == 2
    target, arguments, folder, icon, _ = link(pc, SEND_TO / "校验绩效目标.lnk")
    # Without a black window, and the folder of the chosen file is never searched for modules.
    assert target == str(pc.machine.prefix / "Scripts" / "pythonw.exe")
    assert arguments == "-P -m perfgoals_xl page"
    assert folder == str(pc.machine.prefix / "Scripts")
    assert Path(icon).read_bytes().startswith(b"\0\0\1\0")
    quiet = link(pc, SEND_TO / "校验绩效目标（直接生成校验副本）.lnk")
    assert quiet[1] == "-P -m perfgoals_xl page --quiet"
    assert link(pc, Path("Desktop") / "绩效目标校验.lnk")[1] == "-P -m perfgoals_xl page"


def link(pc, path):
    return (pc.machine.home / path).read_bytes().decode("utf-16-le").split("\n")


def test_folders_that_were_moved(tmp_path):
    pc = windows_pc(tmp_path)
    desktop, send_to = tmp_path / "盘 D" / "桌面", tmp_path / "盘 D" / "发送到"
    desktop.mkdir(parents=True)
    pc.registry[SHELL_FOLDERS] = {"Desktop": "%DRIVE%/桌面", "SendTo": str(send_to)}
    pc.machine.environ["DRIVE"] = str(tmp_path / "盘 D")
    install_clicks(pc.machine)
    assert (desktop / "绩效目标校验.lnk").is_file()
    assert len(list(send_to.iterdir())) == 2
    assert written(pc, "Desktop") == []


def test_a_link_that_the_shell_does_not_make(tmp_path):
    def forbidden(link):
        raise InputError("Windows 没有能够建立快捷方式（com_error: …）", hint="…")

    pc = windows_pc(tmp_path).changed(shell_link=forbidden)
    before = pc.files()
    with pytest.raises(InputError, match="快捷方式"):
        install_clicks(pc.machine)
    assert pc.files() == before


def test_links_of_an_older_place_go(tmp_path):
    pc = windows_pc(tmp_path)
    install_clicks(pc.machine)
    moved = tmp_path / "桌面"
    moved.mkdir()
    pc.registry[SHELL_FOLDERS] = {"Desktop": str(moved)}
    install_clicks(pc.machine)
    assert written(pc, "Desktop") == []
    assert [path.name for path in moved.iterdir()] == ["绩效目标校验.lnk"]


# Linux


def test_what_linux_gets(tmp_path):
    pc = linux(tmp_path, *MANAGERS)
    lines = install_clicks(pc.machine)
    assert len(lines) == 4
    labels = ["校验绩效目标", "校验绩效目标（直接生成校验副本）"]
    data = Path(".local/share")
    assert written(pc, data / "nautilus/scripts") == labels
    assert written(pc, data / "nemo/scripts") == labels
    assert written(pc, ".config/caja/scripts") == labels
    assert written(pc, data / "kio/servicemenus") == ["perfgoals.desktop"]
    assert written(pc, data / "applications") == ["perfgoals.desktop", "perfgoals_quiet.desktop"]
    menus = data / "deepin/dde-file-manager/oem-menuextensions"
    assert written(pc, menus) == ["perfgoals-open.desktop", "perfgoals-quiet.desktop"]
    assert len(written(pc, data / "icons")) == 3
    assert written(pc, "桌面") == ["perfgoals.desktop"]
    for name in ("桌面/perfgoals.desktop", ".local/share/nautilus/scripts/校验绩效目标"):
        assert os.access(pc.machine.home / name, os.X_OK)


def test_only_the_file_managers_that_are_there(tmp_path):
    pc = linux(tmp_path)
    install_clicks(pc.machine)
    assert not any("scripts" in name or "menu" in name for name in written(pc))


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ('XDG_DESKTOP_DIR="$HOME/桌面"', "桌面"),
        ('XDG_DESKTOP_DIR="$HOME/my \\"desk\\""', 'my "desk"'),
        ("", "Desktop"),
        ('#XDG_DESKTOP_DIR="$HOME/x"\n', "Desktop"),
        ('XDG_DESKTOP_DIR="relative"', "Desktop"),
        # No desktop at all.
        ('XDG_DESKTOP_DIR="$HOME/"', None),
        ('XDG_DESKTOP_DIR="$HOME/gone"', None),
    ],
)
def test_where_the_desktop_is(tmp_path, text, folder):
    pc = linux(tmp_path, desktop="")
    (pc.machine.home / ".config").mkdir()
    (pc.machine.home / ".config/user-dirs.dirs").write_text(text, encoding="utf-8")
    if folder:
        (pc.machine.home / folder).mkdir()
    install_clicks(pc.machine)
    found = [name for name in written(pc) if "/" not in name.removeprefix(f"{folder}/")]
    assert found == ([f"{folder}/perfgoals.desktop"] if folder else [])


def test_the_folders_that_the_person_named(tmp_path):
    pc = linux(tmp_path, "nautilus", "caja")
    data, config = tmp_path / "data", tmp_path / "config"
    environ = {"XDG_DATA_HOME": str(data), "XDG_CONFIG_HOME": str(config)}
    install_clicks(pc.changed(environ=environ).machine)
    assert (data / "applications" / "perfgoals.desktop").is_file()
    assert (config / "caja" / "scripts" / "校验绩效目标").is_file()
    assert not (pc.machine.home / ".local").exists()


def test_the_debian_package_brings_the_entries_itself(tmp_path):
    pc = linux(tmp_path, *MANAGERS).changed(prefix=Path("/usr/lib/perfgoals-xl/python"))
    install_clicks(pc.machine)
    assert not (pc.machine.home / ".local/share/applications").exists()
    script = pc.machine.home / ".local/share/nautilus/scripts/校验绩效目标"
    assert 'exec /usr/bin/perfgoals page -- "$@"' in script.read_text(encoding="utf-8")
    icon = pc.machine.home / "桌面/perfgoals.desktop"
    assert "Exec=/usr/bin/perfgoals page %F\n" in icon.read_text(encoding="utf-8")


def test_the_tools_of_the_desktop_are_told(tmp_path):
    asked = []
    pc = linux(tmp_path).changed(ask=lambda command: asked.append(command[0:3]))
    install_clicks(pc.machine)
    assert ["update-desktop-database", "-q"] in [command[:2] for command in asked]
    assert ["gio", "set", str(pc.machine.home / "桌面/perfgoals.desktop")] in asked


def test_a_cache_that_the_tools_made_goes_with_it(tmp_path):
    pc = linux(tmp_path)

    def ask(command):
        if command[0] == "update-desktop-database":
            (Path(command[-1]) / "mimeinfo.cache").write_bytes(b"[MIME Cache]\n")
        return ""

    pc = pc.changed(ask=ask)
    before = pc.files()
    install_clicks(pc.machine)
    uninstall_clicks(pc.machine)
    assert pc.files() == before
    # With an entry of somebody else it is theirs as well.
    install_clicks(pc.machine)
    applications = pc.machine.home / ".local/share/applications"
    (applications / "other.desktop").write_bytes(b"theirs")
    uninstall_clicks(pc.machine)
    assert written(pc, applications) == ["mimeinfo.cache", "other.desktop"]


def opened_by(programs):
    """What gio says of the types in ``programs``."""

    def ask(command):
        if command[2:4] != ["gio", "mime"]:
            return None
        name = programs.get(command[4])
        if name is None:
            return f"No default applications for “{command[4]}”\n"
        return f"Default application for “{command[4]}”: {name}\nRegistered applications:\n"

    return ask


def test_a_double_click_opens_what_it_opened_before(tmp_path):
    pc = linux(tmp_path)
    choices = pc.machine.home / ".config/mimeapps.list"
    choices.write_text("[Default Applications]\ntext/html=firefox.desktop\n", encoding="utf-8")
    programs = {
        "text/html": "firefox.desktop",
        "application/vnd.ms-excel": "wps-office-et.desktop",
        "application/zip": "org.gnome.FileRoller.desktop",
    }
    pc = pc.changed(ask=opened_by(programs))
    before = pc.files()
    install_clicks(pc.machine)
    assert choices.read_text(encoding="utf-8").splitlines() == [
        "[Default Applications]",
        "text/html=firefox.desktop",
        "application/vnd.ms-excel=wps-office-et.desktop",
        "application/zip=org.gnome.FileRoller.desktop",
    ]
    once = pc.files()
    install_clicks(pc.machine)
    assert pc.files() == once
    uninstall_clicks(pc.machine)
    assert pc.files() == before


def test_a_choice_that_the_person_made_since_stays(tmp_path):
    pc = linux(tmp_path).changed(ask=opened_by({"application/pdf": "evince.desktop"}))
    install_clicks(pc.machine)
    choices = pc.machine.home / ".config/mimeapps.list"
    text = choices.read_text(encoding="utf-8")
    assert "application/pdf=evince.desktop\n" in text
    choices.write_text(text.replace("evince", "okular"), encoding="utf-8")
    uninstall_clicks(pc.machine)
    assert "application/pdf=okular.desktop\n" in choices.read_text(encoding="utf-8")


# macOS


def test_what_a_mac_gets(tmp_path):
    pc = mac(tmp_path)
    install_clicks(pc.machine)
    command = pc.machine.home / "Desktop" / "绩效目标校验.command"
    assert os.access(command, os.X_OK)
    assert command.read_text(encoding="utf-8").endswith("-P -m perfgoals_xl page\n")


def test_a_pc_without_a_desktop(tmp_path):
    pc = mac(tmp_path)
    (pc.machine.home / "Desktop").rmdir()
    (line,) = install_clicks(pc.machine)
    assert "perfgoals page" in line
