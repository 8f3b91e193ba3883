"""Forms on hidden sheets: told, and counted only where that is asked for, in every format."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.reading.load import load
from perfgoals_xl.review.run import review
from tests.reading.sheets import rows_of
from tests.support.steps import OTHER_PROJECT, PROJECT, copy_sheet, filled, text_of

if TYPE_CHECKING:
    from pathlib import Path


def hide(path: Path, *sheets: str, state: str = "hidden") -> Path:
    book = openpyxl.load_workbook(path)
    for name in sheets:
        book[name].sheet_state = state
    book.active = next(n for n, sheet in enumerate(book) if sheet.sheet_state == "visible")
    book.save(path)
    return path


def named(declaration):
    return [row["project_name"] for row in declaration.projects.records()]


def told(declaration):
    return [(h.place.sheet, h.place.cell, h.names) for h in declaration.hidden_forms]


HIDDEN = [(OTHER_PROJECT, "C4", (OTHER_PROJECT,))]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_form_is_told_and_not_counted(tmp_path, state):
    path = hide(filled(tmp_path, every_rule=True), OTHER_PROJECT, state=state)
    declaration = load(path)
    assert named(declaration) == [PROJECT]
    assert told(declaration) == HIDDEN
    assert {row["project"] for row in declaration.indicators.records()} == {0}
    assert OTHER_PROJECT not in declaration.form_sheets
    counted = load(path, include_hidden=True)
    assert named(counted) == [PROJECT, OTHER_PROJECT]
    assert told(counted) == HIDDEN
    found = {f"{f.rule} {f.severity} {f.sheet}!{f.cell}" for f in review(declaration).findings}
    assert found == {f"K04 warning {OTHER_PROJECT}!C4"}
    assert review(counted).findings == ()


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_other_formats_of_spreadsheets(tmp_path, office, suffix):
    path = hide(filled(tmp_path), OTHER_PROJECT)
    with office.open(path) as document:
        document.save_as(path.with_suffix(suffix))
    declaration = load(path.with_suffix(suffix))
    assert (named(declaration), told(declaration)) == ([PROJECT], HIDDEN)


def test_macro_workbook(tmp_path):
    path = hide(filled(tmp_path), OTHER_PROJECT)
    assert told(load(path.rename(tmp_path / "申报.xlsm"))) == HIDDEN


@pytest.mark.parametrize(("state", "expected"), [(0, []), (1, ["第二"]), (2, ["第二"])])
def test_binary_workbook(tmp_path, state, expected):
    rows = rows_of(text_of().replace("\t", "|"))
    path = binary(tmp_path / "申报.xlsb", [("第一", 0, rows), ("第二", state, rows)])
    assert [h.place.sheet for h in load(path).hidden_forms] == expected


def binary(path, sheets):
    """An .xlsb of sheets of texts: name, 0 or the kind of hiding, rows."""

    def record(kind, data=b""):
        head = bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
        length, size = b"", len(data)
        while size > 127:
            length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
        return head + length + bytes([size]) + data

    def wide(text):
        return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")

    def part(rows):
        body = record(129) + record(148, struct.pack("<IIII", 0, len(rows), 0, 9)) + record(145)
        for number, row in enumerate(rows):
            body += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
            for column, text in enumerate(row):
                if text:
                    body += record(6, struct.pack("<II", column, 0) + wide(text))
        return body + record(146) + record(130)

    kinds = "http://schemas.openxmlformats.org"
    wrapped = f'<Relationships xmlns="{kinds}/package/2006/relationships">{{}}</Relationships>'
    bundle = b"".join(
        record(156, struct.pack("<II", state, n) + wide(f"rId{n}") + wide(name))
        for n, (name, state, _) in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/_rels/workbook.bin.rels", wrapped.format(relations))
        workbook = record(131) + record(143) + bundle + record(144) + record(132)
        package.writestr("xl/workbook.bin", workbook)
        for n, (_, _, rows) in enumerate(sheets, start=1):
            package.writestr(f"xl/worksheets/sheet{n}.bin", part(rows))
    return path


class TestNearMisses:
    def test_hidden_rows_columns_and_filtered_rows_count(self, tmp_path):
        path = filled(tmp_path)
        whole = load(path)
        book = openpyxl.load_workbook(path)
        for row in range(12, 30):
            book[PROJECT].row_dimensions[row].hidden = True
        book[OTHER_PROJECT].column_dimensions["E"].hidden = True
        book[OTHER_PROJECT].auto_filter.ref = "A15:E30"
        book.save(path)
        declaration = load(path)
        assert declaration.indicators.records() == whole.indicators.records()
        assert declaration.hidden_forms == ()

    def test_a_hidden_sheet_that_is_no_form_is_quiet(self, tmp_path):
        path = filled(tmp_path)
        book = openpyxl.load_workbook(path)
        book.create_sheet("旧数据").append(["项目名称", "金额", "备注"])
        book.save(path)
        assert load(hide(path, "旧数据")).hidden_forms == ()

    def test_hidden_settings_and_cover_are_obeyed(self, tmp_path):
        changes = {"annual_amount": 290, "规则 F02 启用": "否"}
        path = hide(filled(tmp_path, changes), "校验规则", "校验结果", "填报说明")
        declaration = load(path)
        assert (declaration.hidden_forms, declaration.year) == ((), 2026)
        assert declaration.template_version is not None
        assert "F02" not in {f.rule for f in review(declaration).findings}

    def test_a_hidden_form_that_nobody_filled_in(self, tmp_path):
        path = copy_sheet(filled(tmp_path), PROJECT, "空表")
        book = openpyxl.load_workbook(path)
        for row in book["空表"].iter_rows():
            for cell in row:
                if isinstance(cell, openpyxl.cell.Cell) and cell.column > 2:
                    cell.value = None
        book.save(path)
        blank = load(path).blank_forms
        assert [place.sheet for place in blank] == ["空表"]
        declaration = load(hide(path, "空表"))
        assert (declaration.blank_forms, declaration.hidden_forms) == ((), ())

    def test_an_older_version_of_a_project_is_neither_a_part_nor_a_rival(self, tmp_path):
        path = copy_sheet(filled(tmp_path, every_rule=True), PROJECT, "旧稿")
        path = hide(path, "旧稿")
        declaration = load(path)
        assert [len(origin.parts) for origin in declaration.origins] == [1, 1]
        assert [f.rule for f in review(declaration).findings] == ["K04"]

    def test_a_hidden_form_does_not_state_department_or_year(self, tmp_path):
        path = filled(tmp_path)
        book = openpyxl.load_workbook(path)
        old = book.copy_worksheet(book["部门整体"])
        old.title = "部门整体（旧）"
        old["A1"] = "2019年旧林业局部门整体支出绩效目标表"
        book.move_sheet(old, -len(book.sheetnames) + 1)
        book.save(path)
        before = load_declaration(path)
        after = load_declaration(hide(path, old.title))
        assert after.year == before.year == 2026
        assert after.department == "青岚县林业和草原局"
        assert after.places["department"].sheet != old.title


class TestNothingIsShown:
    def test_all_forms_are_hidden(self, tmp_path):
        path = hide(filled(tmp_path, every_rule=True), PROJECT, OTHER_PROJECT, "部门整体")
        declaration = load_declaration(path)
        assert declaration.is_empty
        (finding,) = review(declaration).findings
        assert finding.rule == "K01"
        assert PROJECT in finding.message
        assert "隐藏" in finding.message
        with pytest.raises(InputError, match="隐藏的工作表") as raised:
            load(path)
        assert "--include-hidden" in str(raised.value)
        assert named(load(path, include_hidden=True)) == [PROJECT, OTHER_PROJECT]

    def test_a_file_without_any_form_says_nothing_of_hidden_sheets(self, tmp_path):
        path = filled(tmp_path)
        book = openpyxl.load_workbook(path)
        for name in (PROJECT, OTHER_PROJECT, "部门整体"):
            del book[name]
        book.save(path)
        with pytest.raises(InputError, match="没有找到"):
            load(path)

    def test_a_department_table_alone_is_shown(self, tmp_path):
        path = filled(
            tmp_path, {"部门整体!C7": "结转资金规模下降", "部门整体!E7": "≤5%"}, every_rule=True
        )
        path = hide(path, PROJECT, OTHER_PROJECT)
        declaration = load_declaration(path)
        assert (declaration.is_empty, len(declaration.projects)) == (False, 0)
        rules = [f.rule for f in review(declaration).findings]
        assert rules.count("K04") == 2
