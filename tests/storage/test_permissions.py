"""Outputs are never readable by more people than the file that they were made from."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from perfgoals_xl import api
from perfgoals_xl.cli import app
from perfgoals_xl.storage.files import whole_file
from perfgoals_xl.storage.permissions import no_wider_than, private_outputs, withhold
from tests.support.further import one_in
from tests.support.steps import filled, text_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def mask():
    """The mask of most machines; it is the same afterwards."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def source(tmp_path: Path, permissions: int) -> Path:
    path = filled(tmp_path)
    path.chmod(permissions)
    return path


def run(*arguments: object) -> None:
    with pytest.raises(SystemExit) as ended:
        app([str(argument) for argument in arguments], standalone_mode=True)
    assert ended.value.code in (0, 1)


COMMANDS = [
    (("validate", "{source}", "-o", "{out}"), "出.xlsx"),
    (("import", "{source}", "-o", "{out}"), "出.xlsx"),
    (("consolidate", "{source}", "-o", "{out}"), "出.xlsx"),
    (("consolidate", "{folder}", "-o", "{out}", "--jobs", "1"), "出.xlsx"),
    (("export", "{source}", "--format", "json", "-o", "{out}"), "出.json"),
    (("export", "{source}", "--format", "csv", "-o", "{out}"), "出.csv"),
    (("export", "{source}", "--format", "csv", "-o", "{out}"), "出"),
    (("export", "{source}", "--format", "parquet", "-o", "{out}", "--jobs", "1"), "出"),
    (("publish", "{source}", "-o", "{out}"), "出.docx"),
    (("compare", "{source}", "{source}", "-o", "{out}"), "出.xlsx"),
]


@pytest.mark.parametrize(("permissions", "wanted"), [(0o600, 0o600), (0o640, 0o640)])
@pytest.mark.parametrize(("command", "name"), one_in(2, COMMANDS))
def test_no_command_opens_a_private_file_to_others(tmp_path, command, name, permissions, wanted):
    if "parquet" in command:
        pytest.importorskip("pyarrow")
    folder = tmp_path / "来源"
    folder.mkdir()
    names = {"source": source(folder, permissions), "folder": folder, "out": tmp_path / name}
    run(*(part.format(**names) for part in command))
    written = [p for p in (names["out"], *names["out"].rglob("*")) if p.is_file()]
    assert written
    assert {mode(path) for path in written} == {wanted}


def test_a_public_source_gives_a_public_copy(tmp_path):
    out = tmp_path / "出.xlsx"
    run("validate", source(tmp_path, 0o644), "-o", out)
    assert mode(out) == 0o644


def test_the_most_private_of_several_sources_counts(tmp_path):
    text = tmp_path / "甲.txt"
    text.write_text(text_of("2021"), encoding="utf-8")
    text.chmod(0o600)
    out = tmp_path / "出.xlsx"
    run("import", source(tmp_path, 0o644), text, "-o", out)
    assert mode(out) == 0o600


def test_a_copy_that_stood_there_for_everybody_is_closed(tmp_path):
    out = tmp_path / "出.xlsx"
    path = source(tmp_path, 0o644)
    run("validate", path, "-o", out)
    path.chmod(0o600)
    run("validate", path, "-o", out)
    assert mode(out) == 0o600


def test_a_private_target_stays_private(tmp_path):
    out = tmp_path / "出.xlsx"
    path = source(tmp_path, 0o644)
    run("validate", path, "-o", out)
    out.chmod(0o600)
    run("validate", path, "-o", out)
    assert mode(out) == 0o600


def test_the_unfinished_file_is_as_private(tmp_path):
    with (
        no_wider_than([source(tmp_path, 0o600)]),
        whole_file(tmp_path / "出.xlsx") as temporary,
    ):
        assert mode(temporary) == 0o600


def test_a_file_of_another_group_gives_nothing_to_ours(tmp_path, monkeypatch):
    path = source(tmp_path, 0o640)
    monkeypatch.setattr(os, "getegid", lambda: path.stat().st_gid + 1)
    with no_wider_than([path]), whole_file(tmp_path / "出.txt") as temporary:
        assert mode(temporary) == 0o600


def test_blocks_within_blocks(tmp_path):
    path, missing = source(tmp_path, 0o640), tmp_path / "没有.xlsx"
    with private_outputs():
        withhold([path, missing])
        with no_wider_than([]), whole_file(tmp_path / "内.txt"):
            pass
        with whole_file(tmp_path / "外.txt"):
            pass
    with whole_file(tmp_path / "后.txt"):
        pass
    assert [mode(tmp_path / f"{n}.txt") for n in "内外后"] == [0o640, 0o640, 0o644]


def test_the_functions_for_notebooks(tmp_path):
    path = source(tmp_path, 0o600)
    assert mode(api.consolidate([path], tmp_path / "汇总.xlsx")) == 0o600
    api.consolidate_departments([path], tmp_path / "总.xlsx")
    assert mode(tmp_path / "总.xlsx") == 0o600
