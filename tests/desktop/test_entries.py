"""The texts of desktop entries, menus and scripts: right in themselves, and started for real."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perfgoals_xl.desktop import entries
from perfgoals_xl.desktop.file_types import MIME_TYPES, every_suffix, every_type
from perfgoals_xl.desktop.starters import OPEN, QUIET, STARTERS, icon_file
from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.sources.word import OLD_SUFFIXES
from perfgoals_xl.reading.sources.workbook import SUFFIXES as WORKBOOKS

PACKAGE = Path(entries.__file__).parents[1]
RUN = ("/opt/a b/python", "-P", "-m", "perfgoals_xl")
ODD_FOLDERS = [
    "/home/张三/python",
    "/home/a b/python",
    "/home/100%/python",
    "/home/a&b;c/python",
    "/home/it's/python",
    '/home/a"b/python',
    "/home/$HOME/`id`/python",
    "/home/back\\slash/python",
    "/home/(x)*?~#<>|/python",
]


def desktop_value(text):
    """The arguments of an Exec value as the specification reads it: string, then quoting."""
    text = text.replace("\\\\", "\0").replace("\\s", " ").replace("\0", "\\")
    words, word, quoted, at = [], None, False, 0
    while at < len(text):
        sign = text[at]
        if quoted and sign == "\\":
            at += 1
            word += text[at]
        elif sign == '"':
            quoted, word = not quoted, word or ""
        elif sign == " " and not quoted:
            words, word = [*words, *([] if word is None else [word])], None
        else:
            word = (word or "") + sign
        at += 1
    return [one.replace("%%", "%") for one in [*words, word]]


@pytest.mark.parametrize("program", ODD_FOLDERS)
def test_a_path_is_quoted_for_an_entry(program):
    words = desktop_value(entries.exec_line([program, "-m", "x"], "%F"))
    assert words[-4:] == [program, "-m", "x", "%F"]
    # With a percent sign behind a program that starts it: see the test with GLib.
    assert words[:-4] == (["/usr/bin/nice", "-n", "0"] if "%" in program else [])


@pytest.mark.parametrize(
    "folder", ["a b", "it's", "100%", "a&b;c", 'a"b', "$HOME`id`", "a\\b", "绩效"]
)
def test_the_desktop_starts_it(tmp_path, folder):
    """As GLib reads the entry, which GNOME, Cinnamon, MATE, Xfce and UKUI use."""
    if shutil.which("gio") is None:
        pytest.skip("gio (libglib2.0-bin) is not installed")
    home = tmp_path / folder
    home.mkdir()
    names = ["a b.xlsx", "100%&;$(id).xlsx", "绩效.et", 'quote".xls']
    for name in names:
        (tmp_path / name).touch()
    program, told = home / "python", tmp_path / "told"
    program.write_text(
        f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >"{tmp_path}/part"\n'
        f'mv "{tmp_path}/part" "{told}"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    entry = tmp_path / "perfgoals.desktop"
    text = entries.launcher((str(program), *RUN[1:]), QUIET, menu=False)
    entry.write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in names]
    subprocess.run(["gio", "launch", str(entry), *files], check=True, capture_output=True)
    for _ in range(500):
        if told.is_file():
            break
        time.sleep(0.01)
    assert told.read_text(encoding="utf-8").splitlines() == [*RUN[1:], *QUIET.arguments, *files]


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\x7f"])
def test_a_sign_that_no_entry_can_hold(sign):
    with pytest.raises(InputError) as caught:
        entries.exec_line([f"/home/a{sign}b/python"])
    assert "\n" not in str(caught.value)
    assert sign not in str(caught.value)


@pytest.fixture
def validated(tmp_path):
    """Has the desktop's own program look at an entry; returns what it says."""
    program = shutil.which("desktop-file-validate")
    if program is None:
        pytest.skip("desktop-file-utils is not installed")

    def validate(*texts):
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.desktop"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        return subprocess.run([program, *paths], capture_output=True, text=True).stdout

    return validate


def test_the_entries_are_valid(validated):
    run = ("/home/a b/100%/python", *RUN[1:])
    texts = [entries.launcher(run, starter, menu=starter is OPEN) for starter in STARTERS]
    texts += [entries.deepin_menu(run, starter) for starter in STARTERS]
    assert validated(*texts, entries.desktop_icon(run)) == ""


def values(text):
    """The groups of an entry with their keys."""
    found, group = {}, None
    for line in text.splitlines():
        if line.startswith("["):
            group = found.setdefault(line[1:-1], {})
        elif line:
            key, _, value = line.partition("=")
            assert key not in group
            group[key] = value
    return found


def test_what_the_two_starters_start():
    menu, quiet = (
        values(entries.launcher(RUN, starter, menu=starter is OPEN))["Desktop Entry"]
        for starter in STARTERS
    )
    assert menu["Exec"] == '"/opt/a b/python" -P -m perfgoals_xl page %F'
    assert quiet["Exec"] == '"/opt/a b/python" -P -m perfgoals_xl page --quiet %F'
    assert "NoDisplay" not in menu
    assert quiet["NoDisplay"] == "true"
    assert menu["Name[zh_CN]"] == "绩效目标校验"
    assert quiet["Name[zh_CN]"] == QUIET.label
    assert menu["MimeType"] == quiet["MimeType"] == ";".join(every_type()) + ";"


def test_dolphin_and_deepin():
    groups = values(entries.kde_menu(RUN))
    assert list(groups) == ["Desktop Entry", "Desktop Action open", "Desktop Action quiet"]
    assert groups["Desktop Entry"]["Actions"] == "open;quiet;"
    assert groups["Desktop Action quiet"]["Exec"].endswith("page --quiet %F")
    menu = values(entries.deepin_menu(RUN, OPEN))["Desktop Entry"]
    assert "et" in menu["X-DFM-SupportSuffix"].split(";")
    assert "MimeType" not in menu


def test_the_types_are_those_that_are_read():
    others = ".docx .rtf .odt .pdf .csv .tsv .html .htm .zip"
    read = {*WORKBOOKS, *OLD_SUFFIXES, *others.split()}
    assert set(MIME_TYPES) <= read
    asked = "xlsx xls xlsm docx doc et wps ods zip pdf csv html"
    assert set(asked.split()) <= set(every_suffix())


@pytest.mark.skipif(os.name == "nt", reason="a script of the Unix shell")
@pytest.mark.parametrize("folder", ["plain", "a b", "it's", "$HOME `id`", '100% "&;'])
@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.key)
def test_a_script_hands_on_the_names_as_they_are(tmp_path, folder, starter):
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    script = tmp_path / "script"
    show = ("-c", "import sys; print(ascii(sys.argv[1:]))")
    script.write_text(entries.menu_script((str(python), *show), starter), encoding="utf-8")
    script.chmod(0o755)
    names = ["a b.xlsx", "-o.xlsx", "100%&;$(id).xlsx", "绩效.et", 'quote".xls', "*.csv"]
    run = subprocess.run([str(script), *names], capture_output=True, text=True, check=True)
    assert eval(run.stdout) == [*starter.arguments, "--", *names]


def test_the_mime_package_is_known_to_the_system(tmp_path):
    program = shutil.which("update-mime-database")
    if program is None:
        pytest.skip("shared-mime-info is not installed")
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    (packages / "perfgoals-xl.xml").write_text(entries.mime_package(), encoding="utf-8")
    subprocess.run([program, str(packages.parent)], check=True, capture_output=True)
    globs = (packages.parent / "globs2").read_text(encoding="utf-8")
    assert "40:application/wps-office.et:*.et" in globs


def test_the_icon_is_the_one_of_the_page():
    drawing = PACKAGE / "page" / "static" / "icon.svg"
    if not drawing.is_file():
        pytest.skip("the page has no drawing of its own here")
    assert icon_file(".svg").read_bytes() == drawing.read_bytes()


def test_the_icon_is_there_in_every_form():
    assert icon_file(".svg").read_bytes().startswith(b"<svg")
    assert icon_file(".ico").read_bytes().startswith(b"\0\0\1\0")
    for size in (48, 128):
        data = icon_file(".png", size).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20], "big") == int.from_bytes(data[20:24], "big") == size
