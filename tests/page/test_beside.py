"""A right click: the marked copy beside the file, and opened."""

from __future__ import annotations

import datetime as dt
import shutil

import openpyxl
import pytest

from perfgoals_xl.page import beside
from perfgoals_xl.resources import EXAMPLE_SOURCE, EXAMPLE_WORKBOOK, example_path
from tests.support.commands import runner

TODAY = f"{dt.date.today():%Y%m%d}"


@pytest.fixture
def opened(monkeypatch):
    """What was opened."""
    found = []
    monkeypatch.setattr(beside, "open_file", lambda path: found.append(path) or True)
    return found


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, opened):
    return runner(monkeypatch, capsys, tmp_path)


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_the_copy_stands_beside_the_file_and_is_the_command_s(run, tmp_path, opened):
    path = shutil.copy(example_path(EXAMPLE_WORKBOOK), tmp_path / "申报表.xlsx")
    before = path.read_bytes()
    told = run("page", "--quiet", path)
    copy = tmp_path / f"申报表-校验-{TODAY}.xlsx"
    assert (told.code, opened) == (0, [copy])
    assert path.read_bytes() == before
    run("validate", path, "-o", "命令.xlsx")
    assert copy.read_bytes() == (tmp_path / "命令.xlsx").read_bytes()


def test_a_second_copy_of_the_day_leaves_the_first_alone(run, tmp_path, opened):
    path = shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "申报表.txt")
    run("page", "--quiet", path)
    first = opened[0].read_bytes()
    run("page", "--quiet", path)
    assert [copy.name for copy in opened] == [
        f"申报表-校验-{TODAY}.xlsx", f"申报表-校验-{TODAY}-2.xlsx",
    ]  # fmt: skip
    assert opened[0].read_bytes() == first


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("表.xlsm", "表-校验-20260301.xlsm"),
        ("表.xltx", "表-校验-20260301.xlsx"),
        ("表.xltm", "表-校验-20260301.xlsm"),
        ("表.xls", "表-校验-20260301.xlsx"),
        ("表.v2.docx", "表.v2-校验-20260301.xlsx"),
    ],
)
def test_the_name_says_what_it_is_and_when_it_was_made(tmp_path, name, copy):
    assert beside.free_name(tmp_path / name, dt.date(2026, 3, 1)) == tmp_path / copy


def test_one_that_cannot_be_read_does_not_keep_the_others(run, tmp_path, opened):
    good = shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "好.txt")
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "别的.txt").write_text("会议记录", encoding="utf-8")
    told = run("page", "--quiet", tmp_path / "空.xlsx", good, tmp_path / "别的.txt", "没有.xlsx")
    assert told.code == 2
    assert [copy.name for copy in opened] == [f"好-校验-{TODAY}.xlsx"]
    for line in ("文件是空的", "没有找到绩效目标申报表", "找不到文件"):
        assert line in told.err
    assert "Traceback" not in told.err
    assert names(tmp_path) == ["别的.txt", "好-校验-" + TODAY + ".xlsx", "好.txt", "空.xlsx"]


def test_without_a_file_there_is_nothing_to_do(run):
    told = run("page", "--quiet")
    assert (told.code, "要给出文件" in told.err) == (2, True)


def test_what_is_opened_is_never_taken_for_an_option(run, tmp_path, opened):
    # The scripts of file managers are given names without their folder.
    shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "-表.txt")
    assert run("page", "--quiet", "--", "-表.txt").code == 0
    assert opened == [tmp_path / f"-表-校验-{TODAY}.xlsx"]


def test_a_program_that_does_not_open_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr(beside, "open_file", lambda path: False)
    path = shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "申报表.txt")
    told = run("page", "--quiet", path)
    assert told.code == 0
    assert f"申报表-校验-{TODAY}.xlsx，请自己打开它" in told.err


def test_no_more_people_may_read_the_copy_than_the_file(run, tmp_path, opened):
    path = shutil.copy(example_path(EXAMPLE_SOURCE), tmp_path / "申报表.txt")
    path.chmod(0o600)
    run("page", "--quiet", path)
    assert opened[0].stat().st_mode & 0o077 == 0


def test_in_english(run, tmp_path, opened):
    path = shutil.copy(example_path(EXAMPLE_WORKBOOK), tmp_path / "a.xlsx")
    run("page", "--quiet", "--lang", "en", path)
    sheet = openpyxl.load_workbook(opened[0])["校验结果"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("budget" in text.lower() or "amount" in text.lower() for text in texts)
