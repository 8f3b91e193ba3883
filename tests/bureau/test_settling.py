"""Files of one declaration in a folder: the newer counts, the others say what replaced them."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from perfgoals_xl import contracts
from perfgoals_xl.bureau.consolidation import consolidate_departments
from perfgoals_xl.bureau.source_files import source_files
from tests.bureau.departments import write_county, write_text
from tests.bureau.test_consolidation import rows
from tests.reading.evaluation import layouts
from tests.reading.evaluation.test_kept_apart import DECLARED
from tests.reading.sheets import Sheet, write_workbook
from tests.support.commands import runner
from tests.support.steps import (
    OTHER_PROJECT,
    PROJECT,
    cell_of,
    change,
    filled,
    read_parts,
    write_parts,
)

pytestmark = pytest.mark.usefixtures("in_this_process")

if TYPE_CHECKING:
    from pathlib import Path

AT = dt.datetime(2026, 3, 2, 9, 30)
START = 1_780_000_000


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def touch(path: Path, minute: int) -> Path:
    os.utime(path, (START + 60 * minute, START + 60 * minute))
    return path


def save_in_excel(path: Path, minute: int) -> Path:
    """As a person saves it: the time stands inside the file, whatever happens to the file."""
    parts = read_parts(path)
    told = rb"(<dcterms:modified[^>]*>)[^<]*"
    when = rf"\g<1>2026-03-01T09:{minute:02}:00Z".encode()
    parts["docProps/core.xml"] = re.sub(told, when, parts["docProps/core.xml"])
    return write_parts(path, parts)


@pytest.fixture
def folder(tmp_path, run):
    """One department's file in all the ways in which it lies beside itself, and another's."""
    folder = tmp_path / "县"
    folder.mkdir()
    source = touch(filled(folder, every_rule=True, name="申报表.xlsx"), 1)
    run("validate", source, "-o", folder / "申报表（已校验）.xlsx")
    change(folder / "申报表（已校验）.xlsx", {"数量1": "≥4100亩"})
    touch(folder / "申报表（已校验）.xlsx", 5)
    shutil.copy(source, folder / "申报表 (1).xlsx")
    run("import", source, "-o", folder / "转换.xlsx")
    touch(change(folder / "转换.xlsx", {"数量2": "≥130人次"}), 3)
    write_text(folder / "水务局.txt", "青岚县水务局")
    return folder


def book_of(folder: Path, output: Path, **options: object):
    consolidate_departments(source_files([folder]), output, read_at=AT, **options)
    return {str(row["文件"]): row for row in rows(output, "部门汇总")[:-1]}


def test_the_newest_counts_and_the_others_say_so(folder, tmp_path):
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    counted = [file for file, row in told.items() if row["项目数"] is not None]
    assert counted == ["水务局.txt", "申报表（已校验）.xlsx"]
    newest = told["申报表（已校验）.xlsx"]["序号"]
    # Of two files of the same bytes the first stands for both.
    states = sorted(
        (str(row["状态"]), str(row["备注"])) for f, row in told.items() if f not in counted
    )
    assert [state for state, _ in states] == ["旧版", "旧版", "重复"]
    for state, remark in states:
        if state == "旧版":
            assert remark.startswith(f"与序号 {newest}（申报表（已校验）.xlsx）是同一份申报")
            assert "以较新的为准，没有计入" in remark
    total = rows(tmp_path / "总.xlsx", "部门汇总")[-1]
    assert (total["项目数"], total["年度资金总额"]) == (4, 2 * 316)
    values = {row["指标值"] for row in rows(tmp_path / "总.xlsx", "指标明细")}
    assert "≥4100亩" in values
    assert "≥130人次" not in values
    cover = "".join(
        str(cell.value)
        for row in openpyxl.load_workbook(tmp_path / "总.xlsx")["封面"]
        for cell in row
    )
    assert "被较新文件替代的" in cover
    assert "转换.xlsx" in cover


def test_every_engine_writes_the_same_bytes(folder, tmp_path):
    write_county(folder, 3)
    book_of(folder, tmp_path / "一.xlsx", jobs=1)
    book_of(folder, tmp_path / "二.xlsx", jobs=2)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_it_is_told_on_standard_error_and_for_the_datasets(folder, run):
    for output in (("consolidate", folder, "-o", "总.xlsx"), ("export", folder, "-o", "数据")):
        options = ("--format", "parquet") if output[0] == "export" else ()
        told = run(*output, *options)
        assert told.code == 0
        assert told.err.count("是同一份申报，以较新的为准") == 2
        assert "4 个项目" in told.err


def test_the_same_on_the_command_line(folder, run, tmp_path):
    files = sorted(folder.glob("*.xlsx"))
    told = run("consolidate", *files, "-o", "汇总.xlsx")
    assert told.code == 0, told.err
    assert "：2 个项目" in told.err
    assert told.err.count("以较新的 申报表（已校验）.xlsx 为准") == 2
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)
    cover = "".join(str(cell.value) for row in book["封面"] for cell in row)
    assert "以较新的 申报表（已校验）.xlsx 为准" in cover
    sources = [r[4] for r in book["数据来源"].iter_rows(values_only=True) if r[4]]
    assert sum("是同一份申报，以较新的为准" in str(text) for text in sources) == 2
    told = run("import", *files, "-o", "入.xlsx")
    assert "2 个项目，22 个指标" in told.err


@pytest.mark.parametrize("newer", ["甲.xlsx", "乙.xlsx"])
def test_the_time_inside_the_file_comes_before_that_of_the_file(tmp_path, newer):
    folder = tmp_path / "县"
    folder.mkdir()
    for minute, name in enumerate(("甲.xlsx", "乙.xlsx")):
        path = filled(folder, {"数量1": f"≥400{minute}亩"}, every_rule=True, name=name)
        save_in_excel(path, 30 if name == newer else 10)
        touch(path, 1 if name == newer else 50)
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert [file for file, row in told.items() if row["项目数"] is not None] == [newer]


def test_of_two_saved_at_once_the_one_with_reasons_counts(tmp_path, run):
    folder = tmp_path / "县"
    folder.mkdir()
    source = save_in_excel(filled(folder, {"annual_amount": 290}, name="b.xlsx"), 10)
    run("validate", source, "-o", folder / "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    book["校验结果"]["K5"] = "年中追加 10 万元，已报批"
    book.save(folder / "a.xlsx")
    save_in_excel(folder / "a.xlsx", 10)
    touch(source, 50)
    touch(folder / "a.xlsx", 1)
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert (told["a.xlsx"]["项目数"], told["b.xlsx"]["项目数"]) == (2, None)


def test_other_funds_are_an_error_in_the_book(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    touch(filled(folder, every_rule=True, name="a.xlsx"), 1)
    rival = {"annual_amount": 281, "total_amount": 281, "transfer_total": 201}
    touch(filled(folder, rival, every_rule=True, name="b.xlsx"), 2)
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert [row["项目数"] for row in told.values()] == [1, 2]
    assert f"项目“{OTHER_PROJECT}”与序号 2（b.xlsx）重复" in str(told["a.xlsx"]["备注"])
    (line,) = [r for r in rows(tmp_path / "总.xlsx", "校验结果") if r["规则"] == "P01"]
    assert (line["级别"], line["单元格"]) == ("错误", cell_of("project_name"))
    assert f"a.xlsx 的 {PROJECT}!C4" in str(line["问题"])
    assert "281 万元" in str(line["问题"])
    assert told["b.xlsx"]["状态"] == "退回"


@pytest.mark.parametrize(("setting", "expected"), [("否", 0), ("是", 1)])
def test_p01_that_is_switched_off_stays_off(tmp_path, setting, expected):
    folder = tmp_path / "县"
    folder.mkdir()
    filled(folder, every_rule=True, name="a.xlsx")
    changes = {"annual_amount": 281, "规则 P01 启用": setting}
    filled(folder, changes, every_rule=True, name="b.xlsx")
    book_of(folder, tmp_path / "总.xlsx", jobs=1)
    found = [r["规则"] for r in rows(tmp_path / "总.xlsx", "校验结果")]
    assert found.count("P01") == expected


def test_two_parts_of_a_department_both_count(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    filled(folder, every_rule=True, name="a.xlsx")
    names = {"project_name": "湿地管护项目"}, {"project_name": "古树保护项目"}
    filled(folder, names[0], other=names[1], every_rule=True, name="b.xlsx")
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert [row["项目数"] for row in told.values()] == [2, 2]


def test_departments_of_the_same_project_and_another_year_both_count(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    write_text(folder / "a.txt", "青岚县林业局")
    write_text(folder / "b.txt", "青岚县草原局")
    write_text(folder / "c.txt", "青岚县草原局", year=2025)
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert [row["项目数"] for row in told.values()] == [2, 2, 2]


def test_a_part_in_another_file_is_put_to_its_project(tmp_path):
    folder = tmp_path / "县"
    folder.mkdir()
    write_text(folder / "a.txt")
    rest = (folder / "a.txt").read_text(encoding="utf-8")
    for line in (
        "指标1：补播改良面积",
        "指标1：补播出苗率",
        "指标1：补播完成时间",
        "指标1：草种采购费",
    ):
        rest = rest.replace(line, f"{line}（二标段）")
    for line in (
        "培训牧户",
        "机械作业",
        "亩均干草",
        "受益牧户",
        "植被盖度提",
        "改良草地",
        "牧民满意",
    ):
        rest = rest.replace(f"：{line}", f"：二标段{line}")
    (folder / "b.txt").write_text(rest.split("\t林草防火")[0], encoding="utf-8")
    told = book_of(folder, tmp_path / "总.xlsx", jobs=1)
    assert [row["项目数"] for row in told.values()] == [2, 0]
    assert [row["指标数"] for row in told.values()] == [33, 0]
    assert "资金只计一次" in str(told["b.txt"]["备注"])
    assert rows(tmp_path / "总.xlsx", "部门汇总")[-1]["年度资金总额"] == 316


@pytest.mark.parametrize(
    ("newer", "lost"), [({}, 2), ({"K5": "已报批"}, 1), ({"K5": "已报批", "K6": "见附件"}, 0)]
)
def test_reasons_of_an_older_version_are_told_where_the_newer_lacks_them(
    tmp_path, run, newer, lost
):
    """As where staff answered in the marked copy and then went on in the source."""
    folder = tmp_path / "县"
    folder.mkdir()
    source = filled(folder, {"annual_amount": 290, "质量1": None}, name="表.xlsx")
    older = folder / "表（已校验）.xlsx"
    run("validate", source, "-o", older)
    run("validate", source, "-o", folder / "新.xlsx")
    source.unlink()
    source = folder / "新.xlsx"
    for path, texts in ((older, {"K5": "已报批", "K6": "见附件"}), (source, newer)):
        change(path, {f"校验结果!{cell}": text for cell, text in texts.items()})
    change(source, {"数量1": "≥4100亩"})
    save_in_excel(older, 10)
    save_in_excel(source, 20)
    for call in (
        ("consolidate", folder, "-o", "总.xlsx"),
        ("consolidate", source, older, "-o", "部门.xlsx"),
        ("import", older, source, "-o", "入.xlsx"),
        ("validate", older, source, "-o", "出.xlsx"),
    ):
        told = run(*call)
        assert "是同一份申报，以较新的" in told.err
        assert (f"其中 {lost} 条说明" in told.err) == (lost > 0), call
        assert ("条说明" in told.err.replace("一并带入", "")) == (lost > 0) or call[0] == "import"


def test_an_evaluation_beside_the_declaration_is_no_second_project(tmp_path, run):
    """In a folder the 自评表 of a declared project keeps its own tables, and its money once."""
    declared = Sheet(DECLARED.table.replace("2027", "2026"), "目标")
    changed = Sheet(layouts.STANDARD.table.replace("|41株|", "|43株|"), "古树")
    (tmp_path / "县").mkdir()
    write_workbook(tmp_path / "县" / "目标.xlsx", declared)
    older = write_workbook(tmp_path / "县" / "自评.xlsx", layouts.STANDARD, layouts.TICKED)
    save_in_excel(older, 10)
    save_in_excel(write_workbook(tmp_path / "县" / "自评2.xlsx", changed), 50)
    result = run("export", tmp_path / "县", "--format", "parquet", "-o", tmp_path / "数据")
    assert result.code == 0
    read = {
        name: pd.read_parquet(tmp_path / "数据" / f"{name}.parquet")
        for name in ("projects", "indicators", "evaluations", "evaluation_indicators",
                     "monitorings", "monitoring_indicators")
    }  # fmt: skip
    contracts.validate(read)
    assert sorted(read["projects"]["project_name"]) == ["古树名木保护", "数字档案加工"]
    assert read["evaluations"]["file"].map(lambda f: f.rpartition("/")[2]).tolist() == [
        "自评2.xlsx"
    ]
    assert "43株" in set(read["evaluation_indicators"]["actual_value"])
    assert len(read["evaluation_indicators"]) == 5
    assert read["monitorings"]["project_name"].tolist() == ["数字档案加工"]
    assert "以 目标.xlsx 的申报为准" in result.err
