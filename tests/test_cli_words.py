"""What the commands answer to the mistakes that newcomers make, in one line each."""

from __future__ import annotations

import shutil
import sys

import openpyxl
import pytest

from perfgoals_xl import demo
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from perfgoals_xl.review.catalogue import RULES
from tests.support.commands import runner
from tests.support.steps import filled


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def test_a_summary_given_as_a_declaration_is_named(perfgoals, tmp_path):
    filled(tmp_path)
    (tmp_path / "夹").mkdir()
    filled(tmp_path / "夹")
    assert perfgoals("consolidate", "申报.xlsx", "-o", "汇总表.xlsx").code == 0
    assert perfgoals("consolidate", "夹", "-o", "总汇总.xlsx").code == 0
    for source in ("汇总表.xlsx", "总汇总.xlsx"):
        for command in (
            ("validate",),
            ("import", "-o", "新.xlsx"),
            ("consolidate", "-o", "新.xlsx"),
        ):
            told = perfgoals(command[0], source, *command[1:])
            assert told.code == 2
            [line] = told.err.splitlines()
            assert line.startswith(f"{source}：这是本程序生成的汇总表，不是申报表")


def test_a_workbook_with_one_such_sheet_is_none(perfgoals, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "项目汇总"
    book.active["A1"] = "项目"
    book.save(tmp_path / "别的.xlsx")
    assert "没有找到绩效目标申报表" in perfgoals("validate", "别的.xlsx").err


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "csv", "-o", "数据"),
        ("--format", "json"),
        ("--format", "parquet", "-o", "一个.parquet"),
    ],
)
def test_a_folder_is_exported_as_parquet_alone(perfgoals, tmp_path, options):
    (tmp_path / "夹").mkdir()
    filled(tmp_path / "夹")
    told = perfgoals("export", "夹", *options)
    assert told.code == 2
    assert told.err.startswith(
        "夹：文件夹只能导出成按年度和部门分区的 Parquet。请加 --format parquet"
    )
    assert perfgoals("export", "夹", "--format", "parquet", "-o", "数据").code == 0


def test_an_imported_workbook_lists_its_account(perfgoals, tmp_path):
    told = perfgoals("import", example_path(EXAMPLE_SOURCE), "-o", "新.xlsx")
    assert "读出 12 个项目" in told.err
    perfgoals("new", "-o", "空.xlsx", "--department", "某局", "--year", 2026)
    for name, listed in (("新.xlsx", True), ("空.xlsx", False)):
        book = openpyxl.load_workbook(tmp_path / name)
        links = {
            cell.value
            for row in book["填报说明"].iter_rows()
            for cell in row
            if cell.hyperlink is not None
        }
        assert ("导入说明" in links) == ("导入说明" in book.sheetnames) == listed
        assert links <= set(book.sheetnames)


def test_the_demo_names_the_command_as_it_can_be_called(monkeypatch, tmp_path):
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(scripts / "python"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert demo.command() == "perfgoals"
    (scripts / "perfgoals").touch()
    assert demo.command() == str(scripts / "perfgoals")
    monkeypatch.chdir(tmp_path)
    assert demo.command() == ".venv/bin/perfgoals"
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert demo.command() == "perfgoals"


@pytest.mark.parametrize("code", sorted(RULES))
def test_no_advice_names_a_year_of_its_own(code):
    assert "202" not in RULES[code].suggested.say("zh") + RULES[code].suggested.say("en")
