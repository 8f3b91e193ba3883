"""Several outputs of one folder: together or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.files import replacing
from perfgoals_xl.storage.whole_folder import whole_folder
from tests.support.commands import listing, own_home

NAMES = ("a.csv", "b.csv", "c.csv")


@pytest.fixture(autouse=True)
def _home(monkeypatch, tmp_path):
    own_home(monkeypatch, tmp_path)


def put(folder: Path, text: str) -> None:
    with whole_folder(folder, NAMES) as made:
        for name in NAMES:
            (made / name).write_text(text)


def texts(folder: Path) -> list[str]:
    return [(folder / name).read_text() for name in NAMES if (folder / name).exists()]


def test_a_missing_folder_is_made_with_those_above_it(tmp_path):
    put(tmp_path / "甲" / "乙", "1")
    assert listing(tmp_path) == ["甲", "甲/乙", *(f"甲/乙/{name}" for name in NAMES)]


@pytest.mark.parametrize("there", [False, True])
def test_an_error_leaves_nothing_of_three(tmp_path, there):
    folder = tmp_path / "甲" / "乙"
    if there:
        put(folder, "1")
    before = listing(tmp_path)

    def fill_the_disk():
        with whole_folder(folder, NAMES) as made:
            (made / "a.csv").write_text("2")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(InputError, match="空间不足"):
        fill_the_disk()
    assert listing(tmp_path) == before
    assert texts(folder) == ["1"] * 3 * there


@pytest.mark.parametrize("failing", range(1, 7))
def test_where_one_cannot_be_replaced_the_others_go_back(tmp_path, monkeypatch, failing):
    put(tmp_path, "1")
    (tmp_path / "备忘.txt").write_text("科室的")
    before, replace, calls = listing(tmp_path), Path.replace, []

    def refuse(self, target):
        calls.append(self)
        if len(calls) == failing:
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(InputError, match="先关闭"):
            put(tmp_path, "2")
    assert texts(tmp_path) == ["1"] * 3
    assert listing(tmp_path) == before
    put(tmp_path, "2")
    assert texts(tmp_path) == ["2"] * 3
    assert (tmp_path / "备忘.txt").read_text() == "科室的"


def test_somebodys_file_under_one_of_the_names(tmp_path):
    (tmp_path / "b.csv").write_text("科室的")
    with pytest.raises(InputError, match="--force"):
        put(tmp_path, "1")
    assert texts(tmp_path) == ["科室的"]
    with replacing():
        put(tmp_path, "1")
    assert texts(tmp_path) == ["1"] * 3
