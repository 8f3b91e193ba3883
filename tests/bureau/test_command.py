"""``perfgoals consolidate``: when it writes the bureau's book, and what it tells."""

from __future__ import annotations

import openpyxl
import pytest

from tests.bureau.departments import (
    UNREADABLE,
    write_county,
    write_text,
    write_unreadable,
    write_workbook,
)
from tests.support.commands import digest, listing, runner

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def sheets(path) -> list[str]:
    return openpyxl.load_workbook(path, read_only=True).sheetnames


BUREAU = ["封面", "部门汇总", "项目汇总", "指标明细", "校验结果", "数据来源"]


def test_a_folder_makes_the_bureaus_book(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 5)
    write_unreadable(folder)
    before = {path.name: digest(path) for path in folder.iterdir()}
    run = perfgoals("consolidate", folder, "-o", "汇总.xlsx", "--jobs", "2")
    assert (run.code, run.out) == (0, "")
    *notes, told = run.err.splitlines()
    assert len(notes) == UNREADABLE
    assert all(note.startswith(f"注意：{folder}/坏") for note in notes)
    assert told == (
        f"已写出 汇总.xlsx：5 个部门，5 个文件，10 个项目，{UNREADABLE} 个文件没有计入。"
    )
    assert sheets(tmp_path / "汇总.xlsx") == BUREAU
    assert {path.name: digest(path) for path in folder.iterdir()} == before


def test_files_of_several_departments_make_it_too(perfgoals, tmp_path):
    first = write_text(tmp_path / "a.txt", "青岚县水务局")
    second = write_text(tmp_path / "b.txt", "青岚县民政局")
    (tmp_path / "空.xlsx").touch()
    run = perfgoals("consolidate", first, "空.xlsx", second, "-o", "汇总.xlsx")
    assert run.code == 0
    assert sheets(tmp_path / "汇总.xlsx") == BUREAU
    assert "空.xlsx：文件是空的" in run.err


def test_files_of_one_department_make_its_summary(perfgoals, tmp_path):
    first = write_text(tmp_path / "a.txt")
    second = write_text(tmp_path / "b.txt", more=3)
    run = perfgoals("consolidate", first, second, "-o", "汇总.xlsx")
    assert run.code == 0
    assert "部门汇总" not in sheets(tmp_path / "汇总.xlsx")
    assert "成本核对" in sheets(tmp_path / "汇总.xlsx")


def test_a_department_summary_never_lacks_a_file(perfgoals, tmp_path):
    first = write_text(tmp_path / "a.txt")
    (tmp_path / "空.xlsx").touch()
    run = perfgoals("consolidate", first, "空.xlsx", "-o", "汇总.xlsx")
    assert run.code == 2
    assert "空.xlsx：文件是空的" in run.err
    assert not (tmp_path / "汇总.xlsx").exists()


def test_the_same_file_under_two_names_is_told(perfgoals, tmp_path):
    write_text(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.txt").read_bytes())
    run = perfgoals("consolidate", "a.txt", "b.txt", "-o", "汇总.xlsx")
    assert run.code == 0
    assert "b.txt 与 a.txt 内容相同，只计一次" in run.err
    assert "：2 个项目" in run.err


def test_a_department_in_two_files_is_told(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 2)
    # The same name in another width and with a blank.
    write_text(folder / "3.txt", "青岚县 第１局", more=9)
    run = perfgoals("consolidate", folder, "-o", "汇总.xlsx")
    told = [line for line in run.err.splitlines() if "同一部门同一年度" in line]
    assert len(told) == 2
    assert sum("重复，以较新的为准，没有再计入" in line for line in told) == 1
    assert run.err.splitlines()[-1] == "已写出 汇总.xlsx：2 个部门，3 个文件，5 个项目。"


def test_a_book_may_be_written_again_among_its_sources(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 2)
    first = perfgoals("consolidate", folder, "-o", folder / "总表.xlsx")
    second = perfgoals("consolidate", folder, "-o", folder / "总表.xlsx")
    assert first.code == second.code == 0
    assert first.err == second.err


def test_a_declaration_among_the_sources_is_never_the_output(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 2)
    path = write_workbook(folder / "3局.xlsx")
    before = digest(path)
    run = perfgoals("consolidate", folder, "-o", path)
    assert run.code == 2
    assert "没有覆盖" in run.err
    assert digest(path) == before


def test_a_damaged_declaration_is_never_the_output_either(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 1)
    for path in write_unreadable(folder):
        if not path.stat().st_size:
            continue
        before = digest(path)
        assert perfgoals("consolidate", folder, "-o", path).code == 2
        assert digest(path) == before


def test_an_empty_folder(perfgoals, tmp_path):
    (tmp_path / "空").mkdir()
    run = perfgoals("consolidate", "空", "-o", "汇总.xlsx")
    assert run.code == 2
    assert run.err == "空：文件夹中没有文件。请确认选对了文件夹。\n"
    assert listing(tmp_path) == ["空"]


def test_an_engine_may_be_asked_for(perfgoals, tmp_path):
    path = write_text(tmp_path / "a.txt")
    run = perfgoals("consolidate", path, "-o", "汇总.xlsx", "--engine", "dask", "--jobs", "1")
    assert run.code == 0
    assert sheets(tmp_path / "汇总.xlsx") == BUREAU
    for wrong in (("--engine", "spark"), ("--jobs", "0")):
        assert perfgoals("consolidate", path, "-o", "汇总.xlsx", *wrong).code == 2
