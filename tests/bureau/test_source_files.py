from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfgoals_xl.bureau.source_files import in_batches, source_files
from perfgoals_xl.errors import InputError


def made(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def listed(folder: Path, *sources: Path, output: Path | None = None) -> list[str]:
    return [str(path.relative_to(folder)) for path in source_files(sources, output)]


def test_folders_are_read_by_name_with_numbers_by_size(tmp_path):
    made(tmp_path, "10局.xlsx", "2局.xlsx", "乙/1.xlsx", "甲/第12批.txt", "甲/第3批.txt", "A.pdf")
    assert listed(tmp_path, tmp_path) == [
        *("2局.xlsx", "10局.xlsx", "A.pdf", "乙/1.xlsx", "甲/第3批.txt", "甲/第12批.txt"),
    ]


def test_what_programs_leave_behind_is_no_source(tmp_path):
    made(
        tmp_path,
        *("~$表.xlsx", ".~lock.表.xlsx#", "Thumbs.db", "desktop.ini", ".DS_Store"),
        *(".git/表.xlsx", "表.xlsx", "perfgoals.toml", "下级/perfgoals.toml"),
    )
    assert listed(tmp_path, tmp_path) == ["表.xlsx"]


def test_a_file_counts_once_and_the_output_never(tmp_path):
    made(tmp_path, "a.xlsx", "b.xlsx", "汇总.xlsx")
    (tmp_path / "下").mkdir()
    again = tmp_path / "下" / ".." / "a.xlsx"
    output = tmp_path / "下" / ".." / "汇总.xlsx"
    assert source_files([tmp_path / "b.xlsx", tmp_path, again], output) == [
        tmp_path / "b.xlsx",
        tmp_path / "a.xlsx",
    ]


def test_files_that_were_named_stay_in_the_order_given(tmp_path):
    made(tmp_path, "a.xlsx", "b.xlsx")
    assert listed(tmp_path, tmp_path / "b.xlsx", tmp_path / "a.xlsx") == ["b.xlsx", "a.xlsx"]
    # One that is not there is told by whoever reads it.
    assert listed(tmp_path, tmp_path / "c.xlsx") == ["c.xlsx"]


def test_an_empty_folder_is_told(tmp_path):
    made(tmp_path, "Thumbs.db")
    with pytest.raises(InputError, match="没有文件") as raised:
        source_files([tmp_path])
    assert raised.value.file == str(tmp_path)


def test_a_link_that_leads_back_is_not_followed(tmp_path):
    made(tmp_path, "甲/a.xlsx")
    (tmp_path / "甲" / "回").symlink_to(tmp_path, target_is_directory=True)
    assert listed(tmp_path, tmp_path) == ["甲/a.xlsx"]


def test_a_folder_that_cannot_be_opened_is_listed_like_a_file(tmp_path, monkeypatch):
    made(tmp_path, "a.xlsx", "乙/b.xlsx")
    scan = os.scandir

    def refusing(path):
        if Path(path).name == "乙":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert listed(tmp_path, tmp_path) == ["a.xlsx", "乙"]
    with pytest.raises(InputError, match="无法打开文件夹"):
        source_files([tmp_path / "乙"])


def test_batches_keep_the_order_and_are_small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = [Path(f"{number}.txt") for number in range(50)]
    for workers in (1, 2, 16, 1000):
        batches = list(in_batches(files, workers))
        assert [path for batch in batches for path in batch] == [str(tmp_path / f) for f in files]
        assert all(len(batch) <= 12 for batch in batches)
        # No worker is without work while another has several files.
        assert len(batches) >= min(50, workers)
    assert list(in_batches([], 2)) == []


def test_large_files_are_read_by_few(tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(9)]
    for file in files:
        with file.open("wb") as empty:
            empty.truncate(1_500_000)
    files.append(tmp_path / "没有.txt")
    assert [len(batch) for batch in in_batches(files, 1)] == [2, 2, 2, 2, 2]
    with files[0].open("wb") as empty:
        empty.truncate(60_000_000)
    assert [len(batch) for batch in in_batches(files, 1)] == [1, 2, 2, 2, 3]
