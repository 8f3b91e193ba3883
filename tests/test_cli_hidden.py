"""Forms on hidden sheets: every command leaves them out, says so, and takes them when asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.reading.test_hidden_sheets import hide
from tests.support.commands import READING, runner
from tests.support.steps import OTHER_PROJECT, PROJECT, filled, read_parts

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = READING | {
    "publish": ("publish", "-o", "出.docx"),
    "consolidate folder": ("consolidate", "-o", "总.xlsx"),
    "export datasets": ("export", "--format", "parquet", "-o", "数据"),
}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "来").mkdir()
    return hide(filled(tmp_path / "来", name="甲.xlsx", every_rule=True), OTHER_PROJECT)


def written(tmp_path: Path, out: str) -> str:
    """All that a command wrote, as text."""
    told = [out]
    for path in sorted(tmp_path.glob("出*")):
        if path.suffix in (".xlsx", ".docx"):
            told += [data.decode(errors="replace") for data in read_parts(path).values()]
        else:
            told.append(path.read_text(encoding="utf-8", errors="replace"))
    return "".join(told)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_and_obeys_the_switch(run, source, tmp_path, name):
    command, *options = COMMANDS[name]
    given = source.parent if name in ("consolidate folder", "export datasets") else source
    left_out = run(command, given, *options)
    assert left_out.code == 0, left_out.err
    assert f"隐藏的工作表“{OTHER_PROJECT}”中有申报表（{OTHER_PROJECT}）" in left_out.err
    assert "没有计入" in left_out.err
    for path in tmp_path.glob("出*"):
        path.unlink()
    counted = run(command, given, *options, "--include-hidden")
    assert counted.code == 0, counted.err
    assert "计入" in counted.err
    assert "没有计入" not in counted.err


@pytest.mark.parametrize(
    "name", ["import", "export", "export csv", "export -o", "publish", "export parquet"]
)
def test_the_data_do_not_hold_it(run, source, tmp_path, name):
    command, *options = COMMANDS[name]
    unique = "防火宣传场次"
    out = run(command, source, *options).out
    assert unique not in written(tmp_path, out)
    for path in tmp_path.glob("出*"):
        path.unlink()
    assert unique in written(tmp_path, run(command, source, *options, "--include-hidden").out)


def test_the_summary_of_a_department(run, source, tmp_path):
    run("consolidate", source, "-o", "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)
    rows = list(book["项目汇总"].iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows if isinstance(row[0], int)] == [PROJECT]
    found = [row for row in book["校验结果"].iter_rows(values_only=True) if "K04" in row]
    assert len(found) == 1
    sources = [row for row in book["数据来源"].iter_rows(values_only=True) if row[0] is not None]
    assert any(row[3] == OTHER_PROJECT and "隐藏" in str(row[4]) for row in sources)


def test_the_book_of_the_bureau(run, source, tmp_path):
    run("consolidate", source.parent, "-o", "总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "总.xlsx", data_only=True)
    head, row, *_ = book["部门汇总"].iter_rows(min_row=3, values_only=True)
    line = dict(zip(head, row, strict=True))
    assert line["项目数"] == 1
    assert "隐藏的工作表" in line["备注"]
    cover = "".join(str(cell.value) for row in book["封面"] for cell in row)
    assert "申报表在隐藏的工作表中" in cover


def test_compare(run, source, tmp_path):
    new = filled(tmp_path, name="新.xlsx")
    told = run("compare", source, new, "--format", "json")
    assert "隐藏的工作表" in told.err
    assert json.loads(told.out)["counts"]["projects"]["new"] == 1
    told = run("compare", source, new, "--format", "json", "--include-hidden")
    assert json.loads(told.out)["counts"]["projects"]["new"] == 0


def test_a_file_with_hidden_forms_alone(run, source, tmp_path):
    hide(source, PROJECT, "部门整体")
    told = run("validate", source, "--format", "json")
    assert told.code == 2
    (finding,) = json.loads(told.out)["findings"]
    assert finding["rule"] == "K01"
    assert "隐藏" in finding["message"]
    assert "K01" in told.err
    assert "Traceback" not in told.err
    for command in ("consolidate", "import", "publish"):
        suffix = "docx" if command == "publish" else "xlsx"
        told = run(command, source, "-o", f"出.{suffix}")
        assert (told.code, (tmp_path / f"出.{suffix}").exists()) == (2, False)
        assert "隐藏的工作表" in told.err


def test_an_old_workbook_has_the_same_findings_in_its_copy(run, source, tmp_path, office):
    with office.open(source) as document:
        document.save_as(source.with_suffix(".xls"))
    told = run("validate", source.with_suffix(".xls"), "-o", "出.xlsx", "--format", "json")
    on_screen = [f["rule"] for f in json.loads(told.out)["findings"]]
    book = openpyxl.load_workbook(tmp_path / "出.xlsx", data_only=True)
    listed = [row[2] for row in book["校验结果"].iter_rows(min_row=5, values_only=True)]
    assert ("K04" in on_screen, "K04" in listed) == (True, True)
    assert OTHER_PROJECT not in book.sheetnames
