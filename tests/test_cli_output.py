"""What the commands write: whole or not at all, never over a source, texts as texts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfgoals_xl.api import load
from tests.support.commands import READING, WRITING, digest, listing, runner
from tests.support.steps import PROJECT, filled, read_parts, text_of


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("command", WRITING)
def test_the_output_is_never_the_source(perfgoals, tmp_path, command):
    source = filled(tmp_path, {"annual_goal": None})
    link = tmp_path / "链接.xlsx"
    link.symlink_to(source)
    before = digest(source)
    call = [item for item in WRITING[command] if not item.startswith("出")]
    call.remove("-o")
    for output in (source, Path(source.name), tmp_path / "." / source.name, link):
        run = perfgoals(*call, source, "-o", output)
        assert (run.code, run.out) == (2, "")
        (line,) = run.err.splitlines()
        assert str(output) in line
    assert digest(source) == before
    assert listing(tmp_path) == sorted([source.name, link.name])


@pytest.mark.parametrize("command", WRITING)
def test_a_missing_folder_is_told(perfgoals, tmp_path, command):
    source = filled(tmp_path)
    *call, output = WRITING[command]
    run = perfgoals(*call, tmp_path / "没有" / output, source)
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert line.startswith(str(tmp_path / "没有" / output))
    assert listing(tmp_path) == [source.name]


@pytest.mark.parametrize("command", [name for name in WRITING if "csv" not in name])
def test_a_folder_in_place_of_the_output_is_told(perfgoals, tmp_path, command):
    source = filled(tmp_path)
    *call, output = WRITING[command]
    (tmp_path / output).mkdir()
    run = perfgoals(*call, output, source)
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1
    assert listing(tmp_path) == sorted([source.name, output])


@pytest.mark.parametrize("command", READING)
def test_no_command_changes_its_source(perfgoals, tmp_path, command):
    source = filled(tmp_path, {"annual_goal": None})
    before = digest(source), source.stat().st_mtime_ns
    run = perfgoals(*READING[command], source)
    assert run.code in (0, 1)
    assert (digest(source), source.stat().st_mtime_ns) == before
    written = {source.name, *(item for item in READING[command] if item.startswith("出"))}
    assert set(listing(tmp_path)) == written


def test_new_writes_a_blank_workbook(perfgoals, tmp_path):
    call = ("new", "-o", "新.xlsx", "--department", "青岚县林业和草原局", "--year", "2027")
    run = perfgoals(*call, "--projects", "3", "--edition", "2021", "--code", "213001")
    assert (run.code, run.out) == (0, "")
    assert "新.xlsx" in run.err
    declaration = load(tmp_path / "新.xlsx")
    assert (len(declaration.blank_forms), declaration.edition) == (3, "2021")
    assert (declaration.department, declaration.department_code) == ("青岚县林业和草原局", "213001")
    assert declaration.year == 2027


@pytest.mark.parametrize("command", ["new", "import"])
def test_filled_work_is_not_overwritten(perfgoals, tmp_path, command):
    source, output = filled(tmp_path), tmp_path / "出.xlsx"
    call = {
        "new": ("new", "-o", output, "--department", "青岚县林业和草原局", "--year", "2026"),
        "import": ("import", source, "-o", output),
    }[command]
    output.write_bytes(b"somebody's work")
    run = perfgoals(*call)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(str(output))
    assert "--force" in run.err
    assert output.read_bytes() == b"somebody's work"
    assert perfgoals(*call, "--force").code == 0
    assert load(output)
    # An empty file that a program made beforehand is nobody's work.
    output.write_bytes(b"")
    assert perfgoals(*call).code == 0


def test_import_joins_sources(perfgoals, tmp_path):
    first, second = (
        filled(tmp_path, name="甲.xlsx"),
        filled(tmp_path, {"project_name": "丙"}, other={"project_name": "丁"}, name="乙.xlsx"),
    )
    run = perfgoals("import", first, second, "-o", "出.xlsx")
    assert run.code == 0
    assert "4 个项目，44 个指标" in run.err


def test_import_needs_a_year(perfgoals, tmp_path):
    path = tmp_path / "原表.txt"
    text = text_of().replace("2026年青岚县", "青岚县").replace("（2026年度）", "")
    path.write_text(text, encoding="utf-8")
    run = perfgoals("import", path, "-o", "出.xlsx")
    assert run.code == 2
    assert "--year" in run.err
    assert listing(tmp_path) == [path.name]
    assert perfgoals("import", path, "-o", "出.xlsx", "--year", "2028").code == 0
    assert load(tmp_path / "出.xlsx").year == 2028


@pytest.mark.parametrize("output", ["出.xls", "出.xlsm", "出.txt", "出"])
def test_a_marked_copy_keeps_the_kind_of_workbook(perfgoals, tmp_path, output):
    run = perfgoals("validate", filled(tmp_path), "-o", output)
    assert (run.code, run.out) == (2, "")
    assert output in run.err
    assert listing(tmp_path) == ["申报.xlsx"]


def test_a_text_is_marked_as_a_standard_workbook(perfgoals, tmp_path):
    path = tmp_path / "原表.txt"
    path.write_text(text_of().replace("≥80%", ""), encoding="utf-8")
    run = perfgoals("validate", path, "-o", "出.xlsx", "--format", "json")
    assert run.code == 1
    findings = json.loads(run.out)["findings"]
    assert [f["cell"] for f in findings if f["rule"] == "S02"] == ["E19"]
    rows = load_workbook(tmp_path / "出.xlsx")["校验结果"].iter_rows(min_row=5, values_only=True)
    assert [row[3:5] for row in rows if row[2] == "S02"] == [(PROJECT, "D16")]


@pytest.mark.parametrize("sign", "=+-@")
def test_texts_stay_texts(perfgoals, tmp_path, sign):
    text = f"{sign}1+cmd"
    keys = ("project_name", "annual_goal", "质量1 名称", "implementing_unit")
    source = filled(tmp_path, dict.fromkeys(keys, text) | {"质量1": None})
    assert perfgoals("import", source, "-o", "标准.xlsx").code == 0
    assert perfgoals("validate", source, "-o", "标记.xlsx").code == 1
    for name in ("标准.xlsx", "标记.xlsx"):
        for part, data in read_parts(tmp_path / name).items():
            if part.startswith("xl/worksheets/"):
                assert f"<f>{text[1:]}".encode() not in data
        book = load_workbook(tmp_path / name)
        formulas = [
            cell.coordinate
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and text[1:] in str(cell.value)
        ]
        assert formulas == []
        assert load(tmp_path / name).projects.records()[0]["annual_goal"] == text
    rows = list(csv.DictReader(io.StringIO(perfgoals("export", source, "--format", "csv").out)))
    assert rows[0]["annual_goal"] == f"'{text}"
    document = json.loads(perfgoals("export", source).out)
    assert document["declarations"][0]["projects"][0]["annual_goal"] == text


def test_an_unknown_reason_is_told(perfgoals, tmp_path):
    lines = {
        "C5": "H02",
        "D5": PROJECT,
        "F5": PROJECT,
        "I5": "年度总体绩效目标没有填写",
        "K5": "已补",
    }
    path = filled(tmp_path, {f"校验结果!{cell}": text for cell, text in lines.items()})
    run = perfgoals("validate", path, "-o", "出.xlsx")
    assert run.code == 0
    assert any("已补" in line and "K5" in line for line in run.err.splitlines())
    # It is kept on the sheet of the copy.
    book = load_workbook(tmp_path / "出.xlsx")
    assert (book["校验结果"]["B5"].value, book["校验结果"]["K5"].value) == ("已消除", "已补")


def test_a_fault_of_ours_is_told_in_one_line(perfgoals, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("a plan of our own")

    monkeypatch.setattr("perfgoals_xl.actions.review_sources.review_all", fail)
    source = filled(tmp_path)
    run = perfgoals("validate", source, "-o", "出.xlsx")
    assert (run.code, run.out) == (70, "")
    (line,) = run.err.splitlines()
    assert "Traceback" not in line
    log = Path(line.partition("日志 ")[2].partition(" 发给")[0])
    assert log.is_relative_to(Path.home())
    assert "a plan of our own" in log.read_text(encoding="utf-8")
    assert listing(tmp_path) == [source.name]


def test_a_fault_while_writing_leaves_nothing_behind(perfgoals, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("disk")

    monkeypatch.setattr("perfgoals_xl.workbooks.patching.package.Package.save", fail)
    source, output = filled(tmp_path), tmp_path / "出.xlsx"
    output.write_bytes(b"the copy of yesterday")
    assert perfgoals("validate", source, "-o", output, "--force").code == 70
    assert output.read_bytes() == b"the copy of yesterday"
    assert listing(tmp_path) == sorted([source.name, output.name])
