"""``perfgoals consolidate … --letters``: what is written, told and refused."""

from __future__ import annotations

import openpyxl
import pytest

from perfgoals_xl import api
from tests.bureau.departments import write_county, write_text
from tests.bureau.letters.cases import told_by
from tests.bureau.reports import declared, evaluation, write_reports
from tests.support.commands import digest, listing, runner

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


SAID = ("--from", "青岚县财政局", "--deadline", "2099-12-10", "--contact", "预算科 0951")


def test_a_folder(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 3)
    write_text(folder / "好.txt", "青岚县民政局")
    (folder / "坏.xlsx").touch()
    before = {path: digest(path) for path in folder.iterdir()}
    run = perfgoals("consolidate", folder, "-o", "总.xlsx", "--letters", "意见", *SAID)
    assert (run.code, run.out) == (0, "")
    assert run.err.splitlines()[-1] == "审核意见 5 份在 意见：退回 4 份、可报送 1 份。"
    assert [name for name in listing(tmp_path) if name.startswith("意见/")] == [
        "意见/坏审核意见.docx",
        "意见/青岚县民政局审核意见.docx",
        "意见/青岚县第1局审核意见.docx",
        "意见/青岚县第2局审核意见.docx",
        "意见/青岚县第3局审核意见.docx",
    ]
    told = told_by(tmp_path / "意见" / "青岚县第1局审核意见.docx")
    assert "请于2099年12月10日前将修改后的文件重新报送。" in told.text
    assert "青岚县财政局" in told.paragraphs
    assert {path: digest(path) for path in folder.iterdir()} == before


def test_the_same_again_replaces_its_own(perfgoals, tmp_path):
    folder = write_county(tmp_path / "县", 2)
    call = ("consolidate", folder, "-o", folder / "总.xlsx", "--letters", folder / "意见")
    first, second = perfgoals(*call), perfgoals(*call)
    assert first.code == second.code == 0
    assert first.err == second.err
    assert "没有落款单位（--from）、修改期限（--deadline）、联系方式（--contact）" in first.err


def test_one_department_gets_its_letter_beside_its_summary(perfgoals, tmp_path):
    write_reports(tmp_path / "目标.xlsx", declared())
    write_reports(tmp_path / "自评.xlsx", evaluation())
    call = ("consolidate", "目标.xlsx", "自评.xlsx", "-o", "汇总.xlsx", "--letters", "意见", *SAID)
    run = perfgoals(*call)
    assert run.code == 0
    assert run.err.splitlines()[-1] == "审核意见 1 份在 意见：退回 1 份、可报送 0 份。"
    told = told_by(tmp_path / "意见" / "青岚县林业和草原局审核意见.docx")
    assert "2个文件，1个项目，年度资金总额合计120万元，1张自评表" in told.text
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["校验结果"]
    found = [
        (row[4], row[1]) for row in sheet.iter_rows(values_only=True) if row[1] in ("错误", "警告")
    ]
    assert found
    for label, name in (("错误", "须修改的问题（"), ("警告", "须修改或者说明理由的问题（")):
        assert told.cells(name) == sorted(cell for cell, own in found if own == label)
    assert perfgoals(*call).code == 0


def test_copies_of_one_department_are_told(perfgoals, tmp_path):
    write_text(tmp_path / "a.txt", more=3)
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.txt").read_bytes())
    run = perfgoals("consolidate", "a.txt", "b.txt", "-o", "汇总.xlsx", "--letters", "意见")
    assert run.code == 0
    told = told_by(tmp_path / "意见" / "青岚县林业和草原局审核意见.docx")
    assert "b.txt 与 a.txt 内容相同，只计一次。" in told.text


def test_files_of_several_departments(perfgoals, tmp_path):
    write_text(tmp_path / "a.txt", "青岚县水务局")
    write_text(tmp_path / "b.txt", "青岚县民政局")
    run = perfgoals("consolidate", "a.txt", "b.txt", "-o", "总.xlsx", "--letters", "意见")
    assert run.code == 0
    assert "审核意见 2 份在 意见：退回 0 份、可报送 2 份。" in run.err


@pytest.mark.parametrize("place", ["意见", "县"])
def test_settings_beside_letters_or_sources(perfgoals, tmp_path, place):
    folder = write_county(tmp_path / "县", 2)
    (tmp_path / "意见").mkdir()
    (tmp_path / place / "审核设置.toml").write_text("落款单位 = '乙县财政局'", encoding="utf-8")
    run = perfgoals("consolidate", folder, "-o", "总.xlsx", "--letters", "意见")
    assert run.code == 0
    assert "审核设置.toml 写。" in run.err
    # The settings are none of the files that were handed in.
    assert "2 个文件" in run.err
    assert "没有计入" not in run.err
    told = told_by(tmp_path / "意见" / "青岚县第2局审核意见.docx")
    assert "乙县财政局" in told.paragraphs


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "甲局"), "请加 --letters 文件夹"),
        (("--letter-settings", "无.toml"), "请加 --letters 文件夹"),
        (("--letters", "意见", "--letter-settings", "无.toml"), "无.toml：找不到文件"),
        (("--letters", "意见", "--deadline", "2020-01-01"), "早于落款日期"),
        (("--letters", "占用"), "占用：输出位置已有同名文件"),
        (("--letters", "a.txt/意见"), "a.txt：输出位置已有同名文件"),
    ],
)
def test_what_is_refused_in_one_line(perfgoals, tmp_path, options, told):
    write_text(tmp_path / "a.txt")
    (tmp_path / "占用").touch()
    before = listing(tmp_path)
    run = perfgoals("consolidate", "a.txt", "-o", "汇总.xlsx", *options)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert run.err.count("\n") == 1
    assert listing(tmp_path) == before


def test_a_letter_that_somebody_changed_holds_back_the_summary(perfgoals, tmp_path):
    write_text(tmp_path / "a.txt", more=1)
    call = ("consolidate", "a.txt", "-o", "汇总.xlsx", "--letters", "意见")
    assert perfgoals(*call).code == 0
    letter = tmp_path / "意见" / "青岚县林业和草原局审核意见.docx"
    letter.write_bytes(b"changed")
    (tmp_path / "汇总.xlsx").unlink()
    run = perfgoals(*call)
    assert run.code == 2
    assert "没有覆盖" in run.err
    assert letter.read_bytes() == b"changed"
    assert not (tmp_path / "汇总.xlsx").exists()
    assert perfgoals(*call, "--force").code == 0


def test_from_a_notebook(tmp_path):
    folder = write_county(tmp_path / "县", 2)
    outcome = api.consolidate_departments(
        [folder], tmp_path / "总.xlsx", letters=tmp_path / "意见", bureau="青岚县财政局"
    )
    assert outcome.letters.written == 2
    told = told_by(tmp_path / "意见" / "青岚县第1局审核意见.docx")
    assert "青岚县财政局" in told.paragraphs
