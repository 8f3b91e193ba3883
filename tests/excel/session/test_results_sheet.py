"""校验结果 of an open workbook after staff rearranged it: read and written by its headings."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session import cell_blocks
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.form.text import MOST_IN_CELL
from tests.support.excel_engine import ExcelError
from tests.support.further import one_in
from tests.support.results_edits import OpenSheet, heading
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled

REASON = "我的理由"
FIRST = 5


def click(button, excel):
    before = len(excel.alerts)
    button()
    (alert,) = excel.alerts[before:]
    return alert.prompt


@dataclass
class Listed:
    """A workbook with six findings, validated, and a reason in the second line."""

    book: object
    sheet: OpenSheet
    excel: object

    def validate(self):
        return click(macros.validate_book, self.excel)

    def column(self, text):
        row, column = heading(self.sheet, text)
        return [line[column] for line in self.sheet.rows()[row + 1 :] if any(line)]

    def reasons(self, text="说明"):
        return dict(zip(self.column("问题"), self.column(text), strict=True))


@pytest.fixture
def listed(excel, opened, tmp_path):
    path = filled(tmp_path, {"annual_amount": 290, "质量1": None}, other={"annual_amount": 37})
    book = opened(path)
    macros.validate_book()
    found = Listed(book, OpenSheet(book), excel)
    book.sheets[RESULTS_SHEET].range(f"K{FIRST + 1}").value = REASON
    return found


def answered(listed, tmp_path):
    """Rule, sheet and reason of what is answered, as every other program reads the workbook."""
    path = tmp_path / "存.xlsx"
    path.unlink(missing_ok=True)
    listed.book.save(str(path))
    return [(f.rule, f.sheet, f.waiver) for f in validate(path).findings if f.waiver]


EDITS = {
    "a column is deleted": lambda s: s.delete_column(9),
    "the first column is deleted": lambda s: s.delete_column(0),
    "a needed column is deleted": lambda s: s.delete_column(8),
    "the hidden column is deleted": lambda s: s.delete_column(11),
    "a column is inserted": lambda s: s.insert_column(7),
    "the reasons are moved": lambda s: s.move_column(10, 0),
    "a heading is renamed": lambda s: s.write(3, 10, "说明（理由）"),
    "a row is inserted above": lambda s: s.insert_row(0),
    "the title is deleted": lambda s: s.delete_row(0),
    "the list is reversed": lambda s: s.reverse(4, 9),
}


@pytest.mark.parametrize("edit", one_in(5, EDITS))
def test_the_reason_stays_and_no_other_comes(listed, tmp_path, edit):
    EDITS[edit](listed.sheet)
    for _ in range(2):
        assert "注意" not in listed.validate()
    assert [r for r in listed.column("说明" if "renamed" not in edit else "说明（理由）") if r] == [
        REASON
    ]
    assert answered(listed, tmp_path) == [("F02", PROJECT, REASON)]
    # Highlights and 下一处 look where the columns are now.
    told = click(macros.next_finding, listed.excel)
    assert "共 5 处" in told
    names = {
        name: listed.book.names[f"PG_FINDING_{name}"].refers_to_range
        for name in ("CELLS", "SEVERITIES", "SHEETS", "POSITIONS")
    }
    row, column = heading(listed.sheet, "级别")
    assert (names["SEVERITIES"].row, names["SEVERITIES"].column) == (row + 2, column + 1)
    cells = names["CELLS"].options(ndim=1).value[:6]
    assert cells == listed.column("单元格")[:6]
    assert cell_of("annual_amount") in cells
    positions = names["POSITIONS"].options(ndim=1).value[:6]
    assert all(isinstance(number, float) for number in positions)


@pytest.mark.parametrize("word", one_in(3, ["备注", "", "答复"]))
def test_what_cannot_be_told_is_refused_and_stays(listed, tmp_path, word):
    listed.sheet.write(3, 10, word)
    before = listed.sheet.rows()
    told = listed.validate()
    assert "K4" in told
    assert "说明" in told
    assert listed.sheet.rows() == before
    summary = click(macros.consolidate, listed.excel)
    assert "K4" in summary
    assert "仍有错误" in summary
    listed.sheet.write(3, 10, "说明")
    assert "K4" not in listed.validate()
    assert answered(listed, tmp_path) == [("F02", PROJECT, REASON)]


class TestBeside:
    @pytest.mark.parametrize("at", one_in(3, [0, 7, 11, 12, 14]))
    def test_a_column_of_their_own_moves_with_its_finding(self, listed, at):
        sheet = listed.sheet
        if at < 12:
            sheet.insert_column(at)
        sheet.write(3, at, "责任人")
        area = listed.book.sheets[RESULTS_SHEET].range((FIRST, at + 1), (FIRST + 9, at + 1))
        area.number_format = "General"  # an inserted column takes the format of its neighbour
        names = dict(
            zip(listed.column("问题"), ["甲", "乙", "007", "1/2", "=ROW()", "己"], strict=True)
        )
        for number, name in enumerate(names.values()):
            sheet.write(4 + number, at, name if name[0] not in "01" else f"'{name}")
        rows = dict(zip(listed.column("问题"), listed.column("责任人"), strict=True))
        cell = listed.book.sheets[PROJECT].range(cell_of("质量1"))
        cell.value = "≥80%"
        listed.validate()
        now = dict(zip(listed.column("问题"), listed.column("责任人"), strict=True))
        gone = set(rows) - set(now)
        assert gone == set()
        assert listed.column("级别")[-1] == "已消除"
        moved = {message: name for message, name in rows.items() if not isinstance(name, float)}
        assert {message: now[message] for message in moved} == moved
        # A formula speaks of its own row.
        (line,) = [m for m, name in rows.items() if isinstance(name, float)]
        assert now[line] == FIRST + listed.column("问题").index(line)

    def test_fills_and_notes_go_along(self, listed):
        cell = listed.book.sheets[RESULTS_SHEET].range("M7")
        cell.value, cell.color = "王五", "#00FF00"
        cell.add_note("八月前答复")
        listed.sheet.write(3, 12, "责任人")
        message = listed.column("问题")[2]
        listed.book.sheets[PROJECT].range(cell_of("annual_amount")).value = 280
        listed.validate()
        at = FIRST + listed.column("问题").index(message)
        assert at != 7
        moved = listed.book.sheets[RESULTS_SHEET].range(f"M{at}")
        assert moved.value == "王五"
        assert moved.note.text == "八月前答复"
        assert moved.color == (0, 255, 0)
        assert listed.book.sheets[RESULTS_SHEET].range("M7").value is None

    def test_rows_below_and_between_stay_whole(self, listed):
        sheet = listed.book.sheets[RESULTS_SHEET]
        listed.sheet.insert_row(7)
        sheet.range("B8").value = "以下由规划科负责"
        sheet.range("A14").value = ["审核人：", "'007", "=附件"]
        listed.validate()
        rows = listed.sheet.rows()
        at = [number for number, row in enumerate(rows) if "以下由规划科负责" in row]
        assert at == [11]
        assert rows[13][:3] == ["审核人：", "007", "=附件"]
        assert [bool(value) for value in listed.column("规则")[:6]] == [True] * 6
        # The list grows, and pushes them down.
        for name in ("质量1", "时效1", "数量1", "数量2", "成本1", "社会效益1", "生态效益1"):
            listed.book.sheets[PROJECT].range(cell_of(name)).value = None
        listed.validate()
        rows = listed.sheet.rows()
        count = len([row for row in rows[4:] if row[1] in ("错误", "警告", "提示")])
        assert count > 9
        texts = [row[0] for row in rows[4 + count :] if row[0]]
        assert texts == ["审核人："]
        assert [row[1] for row in rows[4 + count :] if row[1]] == ["以下由规划科负责", "007"]

    def test_merged_cells_that_cannot_move_are_told(self, listed):
        sheet = listed.book.sheets[RESULTS_SHEET]
        sheet.range("M4").value = "责任人"
        sheet.range("M5").value = "甲"
        sheet.range("M5:M6").merge()
        assert "共 6" not in listed.validate()  # nothing moves: nothing is refused
        listed.book.sheets[PROJECT].range(cell_of("annual_amount")).value = 280
        before = listed.sheet.rows()
        told = listed.validate()
        assert "M5:M6" in told
        assert listed.sheet.rows() == before

    def test_a_reason_merged_over_rows_is_each_rows(self, listed):
        sheet = listed.book.sheets[RESULTS_SHEET]
        sheet.range("K6:K7").merge()
        listed.validate()
        assert listed.column("说明")[:4] == [None, REASON, REASON, None]
        assert sheet.range("K6:K7").merge_cells is False

    def test_clearing_keeps_what_is_theirs(self, listed):
        sheet = listed.book.sheets[RESULTS_SHEET]
        sheet.range("M4").value = "责任人"
        sheet.range("M9").value = "甲"
        message = listed.column("问题")[4]
        macros.clear_marks()
        assert listed.column("级别") == ["已清除"] * 2
        assert (
            dict(zip(listed.column("问题"), listed.column("责任人"), strict=True))[message] == "甲"
        )
        macros.validate_book()
        now = dict(zip(listed.column("问题"), listed.column("责任人"), strict=True))
        assert now[message] == "甲"
        assert [r for r in listed.column("说明") if r] == [REASON]

    def test_a_failure_puts_everything_back(self, listed, monkeypatch):
        sheet = listed.book.sheets[RESULTS_SHEET]
        sheet.range("M4").value = "责任人"
        for number in range(6):
            sheet.range(f"M{FIRST + number}").value = f"'00{number}"
        sheet.range("A13").value = ["审核人：", "'001"]
        listed.book.sheets[PROJECT].range(cell_of("annual_amount")).value = 280
        before = sheet.range("A1:N60").formula

        def crash(*arguments):
            raise ExcelError("planted")

        for name in ("_define_names", "_write_texts"):
            with monkeypatch.context() as patch:
                patch.setattr(f"perfgoals_xl.excel.session.results_sheet.{name}", crash)
                assert "程序内部出错" in listed.validate()
            assert sheet.range("A1:N60").formula == before


@pytest.mark.exhaustive
def test_a_long_reason_is_kept_whole(listed, tmp_path):
    sheet = listed.book.sheets[RESULTS_SHEET]
    long = "长" * 32_000
    sheet.range("K5").value = long
    for _ in range(2):
        listed.validate()
        assert sheet.range("K5").value == long
    assert ("F04", PROJECT, long) in answered(listed, tmp_path)


def test_what_a_cell_cannot_hold_is_cut_at_its_limit(listed):
    sheet = listed.book.sheets[RESULTS_SHEET]
    cell_blocks.put(sheet, 20, 0, [["𠮷" * 20_000, "短"]])
    assert len(sheet.range("A21").value.encode("utf-16-le")) <= 2 * MOST_IN_CELL
    assert sheet.range("A21").value.endswith("𠮷…")
    assert sheet.range("B21").value == "短"


def test_our_own_suggestion_is_no_reason(listed, tmp_path):
    sheet = listed.book.sheets[RESULTS_SHEET]
    sheet.range("K5").value = sheet.range("J5").value
    told = listed.validate()
    assert "不是您写的理由" in told
    assert listed.column("说明")[:2] == [None, REASON]
    assert "共 5 处" in click(macros.next_finding, listed.excel)


def test_a_renamed_and_a_copied_sheet(listed, tmp_path):
    listed.sheet.copy("校验结果 (2)")
    listed.book.sheets["校验结果 (2)"].range("K5").value = "写在副本上"
    told = listed.validate()
    assert "校验结果 (2) K5" in told
    assert [r for r in listed.column("说明") if r] == [REASON]
    listed.book.sheets["校验结果 (2)"].delete()
    listed.sheet.rename("旧结果")
    listed.validate()
    listed.sheet = OpenSheet(listed.book)
    assert [r for r in listed.column("说明") if r] == [REASON]
    assert answered(listed, tmp_path) == [("F02", PROJECT, REASON)]


def test_a_list_without_its_heading_is_told(listed):
    listed.sheet.delete_row(3)
    before = listed.sheet.rows()
    assert "标题行" in listed.validate()
    assert listed.sheet.rows() == before


def test_an_emptied_sheet_is_made_anew(listed):
    listed.book.sheets[RESULTS_SHEET].range("A1:Z60").clear()
    listed.validate()
    assert listed.column("级别")[:1] == ["错误"]


def test_the_notes_in_the_cells_are_removed_although_the_flag_is_gone(listed):
    rules = listed.book.sheets["校验规则"]
    (row,) = [r for r in range(1, 6) if rules.range(f"H{r}").value == "单元格批注"]
    rules.range(f"I{row}").value = "是"
    listed.validate()
    cell = listed.book.sheets[OTHER_PROJECT].range(cell_of("annual_amount", project=1))
    assert cell.note is not None
    rules.range(f"I{row}").value = "否"
    listed.sheet.delete_column(11)
    listed.validate()
    assert cell.note is None
