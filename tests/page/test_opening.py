"""The browser and the other programs that are started: what they are given, and what not."""

from __future__ import annotations

import io
import os
import sys
import tempfile

import pytest

from perfgoals_xl.page import message_box, opening
from perfgoals_xl.storage import temporary
from tests.support.page import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs of a Linux desktop")
ADDRESS = "http://127.0.0.1:5/#key=GEHEIM"


def program(folder, name, code=0):
    """A program that writes down how it was called."""
    path = folder / name
    path.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$TMPDIR" "$@" >> "{folder}/{name}.told"\nexit {code}\n',
        encoding="utf-8",
    )
    path.chmod(0o755)


def told(folder, name):
    path = folder / f"{name}.told"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that alone is searched for programs, but for what a shell needs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(opening.webbrowser, "open", lambda url: False)
    real = opening.shutil.which

    def only_there(name):
        return real(name, path=str(folder))

    monkeypatch.setattr(opening.shutil, "which", only_there)
    monkeypatch.setattr(message_box, "has_terminal", lambda: False)
    return folder


@pytest.fixture
def private(monkeypatch, tmp_path):
    """The folder of temporary files of this process."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    temporary.begin()
    yield temporary.own_folder()
    temporary.end()


def test_the_browser_is_given_a_private_file_and_no_token(programs, private):
    program(programs, "xdg-open")
    mine = os.environ["TMPDIR"]
    assert opening.open_page(ADDRESS, private)
    assert until(lambda: len(told(programs, "xdg-open")) == 2)
    place, given = told(programs, "xdg-open")
    # The folder of this process goes with it; a browser does not.
    assert place == str(private.parent)
    assert os.environ["TMPDIR"] == mine == str(private)
    assert given == str(private / "open.html")
    assert "GEHEIM" not in given
    page = private / "open.html"
    assert page.stat().st_mode & 0o777 == 0o600
    assert f'url={ADDRESS}"' in page.read_text(encoding="utf-8")


def test_without_a_browser_nothing_began(programs, private):
    assert not opening.open_page(ADDRESS, private)
    program(programs, "xdg-open", code=3)
    assert not opening.open_page(ADDRESS, private)


def test_without_a_screen_no_browser_takes_the_terminal(programs, private, monkeypatch):
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setattr(opening.webbrowser, "open", lambda url: pytest.fail("asked"))
    program(programs, "xdg-open")
    assert not opening.open_page(ADDRESS, private)
    assert told(programs, "xdg-open") == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert opening.open_page(ADDRESS, private)


def test_the_browser_that_a_person_chose_comes_first(programs, private, monkeypatch):
    program(programs, "xdg-open")
    asked = []
    monkeypatch.setenv("BROWSER", "other")
    monkeypatch.setattr(opening.webbrowser, "open", lambda url: asked.append(url) or True)
    assert opening.open_page(ADDRESS, private)
    assert asked == [(private / "open.html").as_uri()]
    assert told(programs, "xdg-open") == []


def test_a_workbook_is_opened_with_its_own_program(programs, tmp_path):
    assert not opening.open_file(tmp_path / "表.xlsx")
    program(programs, "xdg-open")
    assert opening.open_file(tmp_path / "-表 & <b>.xlsx")
    assert until(lambda: len(told(programs, "xdg-open")) == 2)
    assert told(programs, "xdg-open")[1] == str(tmp_path / "-表 & <b>.xlsx")


TEXT = "--help <b>申报表.xlsx</b> & 文件是空的"


@pytest.mark.parametrize(
    ("there", "answered_by", "shown"),
    [
        ({"zenity": 0, "kdialog": 0}, "zenity", f"--text={TEXT}"),
        ({"zenity": 5, "kdialog": 0}, "kdialog", TEXT.replace("&", "&amp;").replace("<", "&lt;")),
        ({"notify-send": 0}, "notify-send", TEXT.replace("&", "&amp;").replace("<", "&lt;")),
    ],
)
def test_a_fault_is_seen_without_a_terminal(programs, capsys, there, answered_by, shown):
    for name, code in there.items():
        program(programs, name, code)
    message_box.show(TEXT, fault=True)
    assert told(programs, answered_by)[-1] == shown
    assert capsys.readouterr().err == f"{TEXT}\n"


def test_where_there_is_a_terminal_it_is_told_there_alone(programs, capsys, monkeypatch):
    program(programs, "zenity")
    monkeypatch.setattr(message_box, "has_terminal", lambda: True)
    message_box.show(TEXT)
    assert told(programs, "zenity") == []
    assert capsys.readouterr().err == f"{TEXT}\n"


def test_a_desktop_without_any_of_them(programs, capsys):
    message_box.show(TEXT)
    assert capsys.readouterr().err == f"{TEXT}\n"


def test_standard_error_may_not_be_there_at_all(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert not message_box.has_terminal()


def test_in_windows_a_box_is_for_a_start_by_a_link_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    # The command is given a stream by then, whatever Python had.
    monkeypatch.setattr(sys, "__stderr__", None)
    assert not message_box.has_terminal()
    monkeypatch.setattr(sys, "__stderr__", io.StringIO())
    assert message_box.has_terminal()
