"""Rounds over real files: templates, damaged and edited books, recalculated in LibreOffice."""

from __future__ import annotations

import random
import zipfile

import openpyxl
import pytest

import perfgoals_xl as pg
from perfgoals_xl.errors import InputError
from tests.bureau.departments import department_text, write_text, write_workbook
from tests.bureau.rounds.filings import (
    changes,
    departments,
    filing,
    finding,
    project,
    rows,
    write_book,
)
from tests.support.commands import digest, runner
from tests.support.steps import OTHER_PROJECT, PROJECT

pytestmark = pytest.mark.usefixtures("in_this_process")
WRONG = {"≥80%": "", "≥4000亩": "4000"}


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def wrong_text(name):
    text = department_text(name)
    for right, wrong in WRONG.items():
        text = text.replace(right, wrong)
    return text


@pytest.fixture
def first_round(perfgoals, tmp_path):
    """A folder and its book: two departments with faults, one right one."""
    folder = tmp_path / "县"
    folder.mkdir()
    for name in ("水务局", "民政局"):
        (folder / f"{name}.txt").write_text(wrong_text(f"青岚县{name}"), encoding="utf-8")
    write_text(folder / "教育局.txt", "青岚县教育局")
    # Two files of one department, of different projects; the second is wrong.
    write_text(folder / "文旅局1.txt", "青岚县文旅局")
    other = wrong_text("青岚县文旅局")
    for project_name in (PROJECT, OTHER_PROJECT):
        other = other.replace(project_name, f"{project_name}（二期）")
    (folder / "文旅局2.txt").write_text(other, encoding="utf-8")
    assert perfgoals("consolidate", folder, "-o", "一.xlsx").code == 0
    return folder


def test_from_the_command_to_the_book(perfgoals, first_round, tmp_path, office, validate_ooxml):
    write_text(first_round / "水务局.txt", "青岚县水务局")  # mended
    (first_round / "教育局.txt").unlink()
    more = (first_round / "文旅局1.txt").read_text("utf-8").replace("\t36", "\t40")
    (first_round / "文旅局1.txt").write_text(more, "utf-8")
    perfgoals(
        "new", "-o", first_round / "空.xlsx", "--department", "青岚县档案馆", "--year", "2026"
    )
    old = write_workbook(first_round / "旧.xlsx", "青岚县林业局")
    book = openpyxl.load_workbook(old)
    cell = next(c for row in book["填报说明"].iter_rows() for c in row if c.value == "模板版本")
    book["填报说明"].cell(cell.row, cell.column + 1).value = "0"
    book.save(old)
    (tmp_path / "名单.txt").write_text("青岚县水务局\n青岚县民政局\n青岚县人社局\n", "utf-8")
    before = digest(tmp_path / "一.xlsx")
    call = ("consolidate", first_round, "--previous", "一.xlsx", "--departments", "名单.txt")
    run = perfgoals(*call, "-o", "二.xlsx")
    assert run.code == 0, run.err
    assert digest(tmp_path / "一.xlsx") == before
    assert "青岚县人社局：未报送" in run.err
    assert "青岚县教育局：未报送（上一轮：2 个项目，年度资金总额 316 万元" in run.err
    assert "2 个部门未报送。与上轮相比：已解决 " in run.err.splitlines()[-1]
    told = departments(tmp_path / "二.xlsx")
    assert {name: row["状态"] for name, row in told.items()} == {
        **{"青岚县民政局": "退回", "青岚县林业局": "旧版模板", "青岚县水务局": "可报送"},
        **{
            "青岚县文旅局": "退回",
            "青岚县档案馆": "空白模板",
            "青岚县人社局": "未报送",
            "青岚县教育局": "未报送",
        },
    }
    water, civil = told["青岚县水务局"], told["青岚县民政局"]
    assert water["已解决"] == water["上轮问题"] > 0 == water["新增"]
    assert civil["仍存在"] == civil["上轮问题"] == water["上轮问题"]
    lead, second = [
        r for r in rows(tmp_path / "二.xlsx", "部门汇总") if r["部门"] == "青岚县文旅局"
    ]
    assert (lead["状态"], lead["金额变化"], second["金额变化"]) == ("可报送", 4, None)
    # Its costs are those of before.
    assert (lead["新增"], second["新增"], second["仍存在"] > 0) == (1, 0, True)
    # Several processes write the same.
    assert perfgoals(*call, "-o", "三.xlsx", "--jobs", "2").code == 0
    for sheet in ("部门汇总", "校验结果", "与上轮对比"):
        assert rows(tmp_path / "三.xlsx", sheet) == rows(tmp_path / "二.xlsx", sheet)
    assert validate_ooxml(tmp_path / "二.xlsx") == []
    written = openpyxl.load_workbook(tmp_path / "二.xlsx", data_only=True)
    with office.open(tmp_path / "二.xlsx") as document:
        document.recalculate()
        for sheet in ("封面", "部门汇总"):
            for row in written[sheet].iter_rows():
                for cell in row:
                    now = document.value(sheet, cell.coordinate)
                    assert now in (cell.value, cell.value or "", cell.value or 0), cell
        # A reviewer answers the errors that stand.
        found = written["校验结果"]
        column = [cell.value for cell in found[3]]
        of, level, since, why = map(column.index, ("部门", "级别", "与上轮", "说明"))
        row_of = {row[1].value: row[0].row for row in written["部门汇总"].iter_rows(min_row=4)}
        heads = {cell.value: cell.column_letter for cell in written["部门汇总"][3]}
        place = f"{heads['状态']}{row_of['青岚县民政局']}"
        answered = 0
        for row in found.iter_rows(min_row=4):
            if (row[of].value, row[level].value) == ("青岚县民政局", "错误"):
                assert row[since].value == "仍存在"
                document.set_text("校验结果", row[why].coordinate, "已核实")
                answered += 1
        document.recalculate()
        assert document.value("部门汇总", place) == "可报送"
        explained = f"{heads['已说明']}{row_of['青岚县民政局']}"
        standing = f"{heads['仍存在']}{row_of['青岚县民政局']}"
        assert document.value("部门汇总", explained) == answered > 0
        assert document.value("部门汇总", standing) == civil["仍存在"] - answered
        chart = {r[7].value: r[8].coordinate for r in written["封面"].iter_rows(max_col=9)}
        assert document.value("封面", chart["可报送"]) == 2
        assert document.value("封面", chart["退回"]) == 1


@pytest.mark.exhaustive
def test_a_book_that_somebody_sorted_and_extended(first_round, tmp_path, monkeypatch):
    """Columns and rows inserted, sorted by something else, headings with breaks, texts shared."""
    book = openpyxl.load_workbook(tmp_path / "一.xlsx", data_only=True)
    for name in ("部门汇总", "校验结果", "项目汇总"):
        sheet = book[name]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        total = [lines.pop()] if name == "部门汇总" else []
        random.Random(1).shuffle(lines)
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        for at, line in enumerate([*lines, *total], start=4):
            for column, value in enumerate(line, start=1):
                sheet.cell(at, column).value = value
        sheet.insert_cols(2)
        sheet.cell(3, 2).value = "处理\n意见"
        sheet.insert_rows(2)
    book.save(tmp_path / "改.xlsx")
    plain, edited = tmp_path / "二.xlsx", tmp_path / "二改.xlsx"
    pg.consolidate_departments([first_round], plain, previous=tmp_path / "一.xlsx")
    pg.consolidate_departments([first_round], edited, previous=tmp_path / "改.xlsx")
    counts = ("上轮问题", "已解决", "新增", "仍存在", "已说明", "金额变化")
    for name, row in departments(plain).items():
        assert [departments(edited)[name][c] for c in counts] == [row[c] for c in counts]
    assert changes(plain) == changes(edited)
    assert {line[1] for line in changes(plain)} == {"未重新报送"}


def refused(previous, folder, tmp_path):
    with pytest.raises(InputError) as raised:
        pg.consolidate_departments([folder], tmp_path / "出.xlsx", previous=previous)
    assert not (tmp_path / "出.xlsx").exists()
    told = str(raised.value)
    assert str(previous) in told
    assert "\n" not in told
    return told


def test_what_is_no_book_of_a_last_round(first_round, tmp_path):
    book = tmp_path / "一.xlsx"
    half = tmp_path / "半.xlsx"
    half.write_bytes(book.read_bytes()[:9000])
    assert "损坏" in refused(half, first_round, tmp_path)
    assert "找不到" in refused(tmp_path / "没有.xlsx", first_round, tmp_path)
    assert "文件夹" in refused(first_round, first_round, tmp_path)
    text = write_text(tmp_path / "表.txt")
    assert "不是 .xlsx" in refused(text, first_round, tmp_path)
    for name, data in (
        ("空.xlsx", b""),
        ("密码.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ):
        (tmp_path / name).write_bytes(data)
    assert "空的" in refused(tmp_path / "空.xlsx", first_round, tmp_path)
    assert "密码" in refused(tmp_path / "密码.xlsx", first_round, tmp_path)
    with zipfile.ZipFile(tmp_path / "表.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "不是 .xlsx" in refused(tmp_path / "表.ods", first_round, tmp_path)
    pg.consolidate([text], tmp_path / "单.xlsx")
    assert "一个部门的汇总表" in refused(tmp_path / "单.xlsx", first_round, tmp_path)
    other = openpyxl.Workbook()
    other.save(tmp_path / "别的.xlsx")
    assert "各部门总汇总" in refused(tmp_path / "别的.xlsx", first_round, tmp_path)
    for sheet, head in (("部门汇总", "A3"), ("校验结果", "E3")):
        other = openpyxl.load_workbook(book)
        other[sheet][head] = "改了"
        other.save(tmp_path / "改头.xlsx")
        assert f"“{sheet}”" in refused(tmp_path / "改头.xlsx", first_round, tmp_path)
    entities = tmp_path / "实体.xlsx"
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(entities, "w") as out:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet2.xml":
                data = data.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)
            out.writestr(info, data)
    assert "损坏" in refused(entities, first_round, tmp_path)


def test_a_book_of_an_earlier_version(first_round, tmp_path):
    """It has no sheet of sources, no amounts, no places: it does not speak of those."""
    book = openpyxl.load_workbook(tmp_path / "一.xlsx", data_only=True)
    del book["数据来源"], book["项目汇总"]
    for head in ("单元格", "内容", "建议"):
        sheet = book["校验结果"]
        sheet.delete_cols([cell.value for cell in sheet[3]].index(head) + 1)
    book.save(tmp_path / "旧.xlsx")
    pg.consolidate_departments([first_round], tmp_path / "二.xlsx", previous=tmp_path / "旧.xlsx")
    assert changes(tmp_path / "二.xlsx") == []
    row = departments(tmp_path / "二.xlsx")["青岚县水务局"]
    assert row["仍存在"] == row["上轮问题"] > 0


def test_the_book_and_the_list_may_lie_in_the_folder(perfgoals, first_round, tmp_path):
    (tmp_path / "一.xlsx").rename(first_round / "一.xlsx")
    (first_round / "名单.txt").write_text("青岚县水务局\n", encoding="utf-8")
    previous, names = first_round / "一.xlsx", first_round / "名单.txt"
    call = ("consolidate", first_round, "--previous", previous, "--departments", names)
    run = perfgoals(*call, "-o", "二.xlsx")
    assert "名单.txt" not in run.err
    assert len(departments(tmp_path / "二.xlsx")) == 4
    assert perfgoals(*call, "-o", previous).code == 2
    assert perfgoals(*call, "-o", names).code == 2


def test_another_year_is_told(monkeypatch, tmp_path):
    for year in (2025, 2026):
        one = filing("青岚县水务局", [project("渠道")], [finding("F02", "渠道")], year=year)
        previous = tmp_path / "2025.xlsx" if year == 2026 else None
        outcome = write_book(monkeypatch, tmp_path / f"{year}.xlsx", [one], previous=previous)
    assert outcome.other_years == {2025}
    cover = openpyxl.load_workbook(tmp_path / "2026.xlsx")["封面"]
    assert "上一轮是别的年度" in {row[0].value for row in cover.iter_rows()}
