"""``perfgoals compare``: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from tests.support.commands import digest, listing, runner
from tests.support.steps import PROJECT, filled, text_of


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def years(tmp_path):
    return (
        filled(tmp_path, name="上年.xlsx"),
        filled(tmp_path, {"质量1": "≥70%"}, name="本年.xlsx"),
    )


def test_text_on_standard_output(perfgoals, years):
    run = perfgoals("compare", *years)
    assert (run.code, run.err) == (0, "")
    assert f"\n{PROJECT}\n  质量指标 补播出苗率：≥80% → ≥70%　目标降低，资金未减\n" in run.out
    assert "其中资金未减的 1 项" in run.out


def test_json_is_one_document(perfgoals, years):
    run = perfgoals("compare", *years, "--format", "json", "-o", "对比.xlsx")
    assert run.code == 0
    document = json.loads(run.out)
    assert document["counts"]["indicators"]["lowered_for_same_money"] == 1
    assert run.err == "已写出 对比.xlsx。\n"


def test_a_workbook_is_written_and_the_sources_are_not(perfgoals, years, tmp_path):
    before = [digest(path) for path in years]
    run = perfgoals("compare", *years, "-o", "对比.xlsx")
    assert run.code == 0
    assert [digest(path) for path in years] == before
    assert listing(tmp_path) == sorted(["上年.xlsx", "本年.xlsx", "对比.xlsx"])
    assert load_workbook(tmp_path / "对比.xlsx").sheetnames[0] == "对比"


def test_nothing_changed_is_told(perfgoals, years):
    run = perfgoals("compare", years[0], years[0])
    assert run.code == 0
    assert "没有变化。" in run.out


def test_the_same_contents_twice_are_told(perfgoals, years):
    run = perfgoals("compare", years[0], years[0])
    assert run.err == "注意：两份文件的内容完全相同。\n"


def test_files_in_the_wrong_order_are_told(perfgoals, tmp_path):
    paths = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for path, year in zip(paths, ("2025", "2026"), strict=True):
        path.write_text(text_of().replace("2026", year), encoding="utf-8")
    assert perfgoals("compare", *paths).err == ""
    run = perfgoals("compare", *reversed(paths))
    assert run.code == 0
    assert "2026）晚于本年文件（2025）" in run.err
    assert len(run.err.splitlines()) == 1


def test_another_department_is_told(perfgoals, tmp_path, years):
    other = filled(tmp_path, {"部门整体!C3": "云岭市林草局（215001）"}, name="另.xlsx")
    run = perfgoals("compare", years[0], other)
    assert run.code == 0
    assert "没有变化。" in run.out
    assert "不同部门" in run.err


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("kind", ["missing", "empty", "garbage", "no form", "blank form"])
def test_an_unusable_file_is_told_in_one_line(perfgoals, years, tmp_path, kind, side):
    bad = tmp_path / "坏.xlsx"
    if kind == "empty":
        bad.write_bytes(b"")
    elif kind == "garbage":
        bad.write_bytes(b"PK\x03\x04 not a workbook")
    elif kind == "no form":
        bad = tmp_path / "坏.txt"
        bad.write_text("会议纪要\t无\n", encoding="utf-8")
    elif kind == "blank form":
        write_standard_workbook(bad, department="青岚县林业和草原局", code=None, year=2026,
                                edition="2015", projects=1, rules=())  # fmt: skip
    call = [years[0], bad] if side else [bad, years[0]]
    run = perfgoals("compare", *call, "-o", "对比.xlsx")
    assert (run.code, run.out) == (2, "")
    (line,) = run.err.splitlines()
    assert str(bad) in line
    assert not (tmp_path / "对比.xlsx").exists()


@pytest.mark.parametrize("side", [0, 1])
def test_the_output_is_never_a_source(perfgoals, years, side):
    before = digest(years[side])
    run = perfgoals("compare", *years, "-o", years[side])
    assert (run.code, run.out) == (2, "")
    assert len(run.err.splitlines()) == 1
    assert digest(years[side]) == before


@pytest.mark.parametrize("name", ["对比.docx", "对比.json", "对比"])
def test_another_kind_of_file_is_refused(perfgoals, years, tmp_path, name):
    before = listing(tmp_path)
    run = perfgoals("compare", *years, "-o", name)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"{name}：对比工作簿应是 .xlsx。请改用这个扩展名。\n"
    assert listing(tmp_path) == before


def test_two_files_are_needed(perfgoals, years):
    assert perfgoals("compare", years[0]).code == 2
