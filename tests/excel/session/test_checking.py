"""校验, 清除标记, 上一处 and 下一处, clicked in an open workbook."""

from __future__ import annotations

from collections import Counter

import pytest

from perfgoals_xl.api import validate
from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session import checking
from perfgoals_xl.excel.session.notes import MARK
from perfgoals_xl.form.own_sheets import RESULTS_SHEET
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from perfgoals_xl.workbooks.standard.template import write_standard_workbook
from tests.support.excel_engine import ExcelError
from tests.support.steps import OTHER_PROJECT, PROJECT, cell_of, filled
from tests.workbooks.staff_workbooks import FORM, write_rich_workbook

FIRST = 5
RED, AMBER = "#FFC7CE", "#FFE699"


def listed(book):
    """The findings on 校验结果: level, rule, sheet and cell of each."""
    rows = book.sheets[RESULTS_SHEET].range(f"B{FIRST}:E600").options(ndim=2).value
    return [tuple(row) for row in rows if row[0]]


def reasons(book):
    rows = book.sheets[RESULTS_SHEET].range(f"B{FIRST}:K600").options(ndim=2).value
    return {(row[0], row[1], row[3]): row[9] for row in rows if row[0] and row[9]}


def fill_of(office, book, tmp_path, sheet, cell):
    """The colour that a cell shows, conditional formats applied."""
    path = tmp_path / "看.xlsx"
    path.unlink(missing_ok=True)
    book.save(str(path))
    with office.open(path) as document:
        document.recalculate()
        return document.looks(sheet)[cell].fill


def click(button, excel):
    """Click, and return the text of the one message box that this showed."""
    before = len(excel.alerts)
    button()
    (alert,) = excel.alerts[before:]
    return alert.prompt


def test_validate_mend_validate_again_and_the_mark_is_gone(excel, opened, office, tmp_path):
    # No whole number: LibreOffice would show only the number format that those have.
    book = opened(filled(tmp_path, {"annual_amount": 290.5}))
    told = click(macros.validate_book, excel)
    cell = cell_of("annual_amount")
    assert ("错误", "F02", PROJECT, cell) in listed(book)
    assert "错误" in told
    assert fill_of(office, book, tmp_path, PROJECT, cell).upper() == RED
    book.sheets[PROJECT].range(cell).value = 280
    click(macros.validate_book, excel)
    assert "F02" not in [rule for _, rule, _, _ in listed(book)]
    assert fill_of(office, book, tmp_path, PROJECT, cell) is None


def test_the_findings_are_those_of_the_command(excel, opened):
    path = example_path(EXAMPLE_WORKBOOK)
    book = opened(path)
    macros.validate_book()
    expected = [
        (
            {"error": "错误", "warning": "警告", "info": "提示"}[f.severity.value],
            f.rule,
            f.sheet,
            f.cell,
        )
        for f in validate(path).findings
    ]
    # What is told together stands together, so the order is another.
    rows = [row for row in listed(book) if "×" not in row[0]]
    assert sorted(rows, key=str) == sorted(expected, key=str)
    assert [row[1] for row in listed(book) if "×" in row[0]] == ["S01"]


@pytest.mark.shared
@pytest.mark.exhaustive
def test_the_findings_of_real_samples_are_those_of_the_command(
    excel, opened, shared_seeds, tmp_path
):
    from perfgoals_xl.reading.assemble import load_declaration
    from perfgoals_xl.workbooks.importing import write_imported

    for seed in shared_seeds:
        path = tmp_path / f"{seed.stem[:3]}.xlsx"
        write_imported(load_declaration(seed), path, year=2024)
        book = opened(path)
        macros.validate_book()
        # What is told together stands together, so the order is another.
        rows = [row for row in listed(book) if "×" not in row[0]]
        assert Counter(row[1:] for row in rows) == Counter(
            (f.rule, f.sheet, f.cell) for f in validate(path).findings
        )
        assert len(rows) < len(listed(book))


def test_a_workbook_of_the_staff_is_marked_and_keeps_what_is_theirs(
    excel, opened, office, tmp_path
):
    book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
    sheets = [sheet.name for sheet in book.sheets]
    form = book.sheets[FORM]
    form.range("H20").formula = "=SUM(C10:C12)"
    before = form.range("A1:H30").formula
    formats = len(list(form.range("A1:Z60").conditional_formats))
    macros.validate_book()
    assert [sheet.name for sheet in book.sheets] == [*sheets, RESULTS_SHEET]
    assert form.range("A1:H30").formula == before
    assert len(list(form.range("A1:Z60").conditional_formats)) == formats + 3
    assert form.range("C7").note.text.endswith("请填写全称")
    found = listed(book)
    assert found
    cell = next(cell for level, _, sheet, cell in found if (level, sheet) == ("错误", FORM))
    assert fill_of(office, book, tmp_path, FORM, cell).upper() == RED
    # Once more: no second set of formats.
    macros.validate_book()
    assert len(list(form.range("A1:Z60").conditional_formats)) == formats + 3
    assert listed(book) == found


def test_sheet_selection_and_modes_stay(excel, opened, tmp_path):
    book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
    book.sheets[FORM].activate()
    book.sheets[FORM].range("C7:D8").select()
    excel.app.calculation = "semiautomatic"
    macros.validate_book()
    assert book.sheets.active.name == FORM
    assert book.app.selection.address == "$C$7:$D$8"
    assert excel.app.calculation == "semiautomatic"
    assert excel.app.screen_updating
    assert excel.app.enable_events
    assert excel.app.status_bar in (None, False)
    assert any(text for text in excel.status_history if text)


def test_nothing_is_saved(excel, opened, tmp_path):
    path = filled(tmp_path, {"annual_amount": 290})
    book = opened(path)
    before = (excel.folder / path.name).read_bytes()
    macros.validate_book()
    assert (excel.folder / path.name).read_bytes() == before
    assert not book.api.Saved


def test_addresses_follow_when_rows_are_inserted(excel, opened, office, tmp_path):
    book = opened(filled(tmp_path, {"annual_amount": 290, "质量1": "无"}))
    macros.validate_book()
    cell = cell_of("质量1")
    assert (PROJECT, cell) in [row[2:] for row in listed(book)]
    row = int(cell[1:])
    book.sheets[PROJECT].range(f"{row}:{row}").insert(shift="down")
    moved = f"{cell[0]}{row + 1}"
    assert (PROJECT, moved) in [line[2:] for line in listed(book)]
    assert fill_of(office, book, tmp_path, PROJECT, moved).upper() == RED
    assert fill_of(office, book, tmp_path, PROJECT, cell) != RED


def test_a_renamed_sheet_is_highlighted_under_its_new_name(excel, opened, office, tmp_path):
    book = opened(filled(tmp_path, {"annual_amount": 290.5}))
    book.sheets[PROJECT].name = "改名后"
    macros.validate_book()
    cell = cell_of("annual_amount")
    assert ("改名后", cell) in [row[2:] for row in listed(book)]
    assert fill_of(office, book, tmp_path, "改名后", cell).upper() == RED


class TestThisSheetOnly:
    def test_other_sheets_are_left_in_peace(self, excel, opened, tmp_path):
        path = filled(tmp_path, {"annual_amount": 290}, other={"annual_amount": 30})
        book = opened(path)
        book.sheets[PROJECT].activate()
        told = click(macros.validate_sheet, excel)
        assert {sheet for _, _, sheet, _ in listed(book)} == {PROJECT}
        assert PROJECT in told

    def test_sheets_that_are_listed_are_brought_up_to_date(self, excel, opened, tmp_path):
        path = filled(tmp_path, {"annual_amount": 290}, other={"annual_amount": 30})
        book = opened(path)
        macros.validate_book()
        book.sheets[OTHER_PROJECT].range(cell_of("annual_amount", project=1)).value = 36
        book.sheets[PROJECT].activate()
        macros.validate_sheet()
        assert {sheet for _, _, sheet, _ in listed(book)} == {PROJECT}

    def test_a_sheet_without_a_form_is_told(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        book.sheets["填报说明"].activate()
        assert "不是申报表" in click(macros.validate_sheet, excel)
        book.sheets["校验规则"].activate()
        assert "不是申报表" in click(macros.validate_sheet, excel)


class TestReasons:
    def test_a_reason_stays_with_its_finding_and_survives_clearing(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path, {"annual_amount": 290, "质量1": "无"}))
        macros.validate_book()
        sheet = book.sheets[RESULTS_SHEET]
        row = FIRST + [rule for _, rule, _, _ in listed(book)].index("F02")
        sheet.range(f"K{row}").value = "追加资金文件已附"
        macros.validate_book()
        key = ("错误", "F02", cell_of("annual_amount"))
        assert reasons(book)[key] == "追加资金文件已附"
        told = click(macros.clear_marks, excel)
        assert "1 条说明" in told
        assert [level for level, *_ in listed(book)] == [checking.CLEARED]
        book.sheets[PROJECT].activate()
        macros.validate_sheet()
        assert reasons(book)[key] == "追加资金文件已附"

    def test_texts_that_look_like_formulas_stay_texts(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path, {"质量1": "=1+1", "annual_amount": 290}, every_rule=True))
        macros.validate_book()
        sheet = book.sheets[RESULTS_SHEET]
        row = FIRST + [rule for _, rule, _, _ in listed(book)].index("F02")
        sheet.range(f"K{row}").value = "=见附件"
        macros.validate_book()
        values = sheet.range(f"B{FIRST}:K60").options(ndim=2).value
        assert any(line[9] == "=见附件" for line in values)
        assert any(line[6] == "=1+1" for line in values)


class TestClearing:
    def test_no_mark_is_left(self, excel, opened, office, tmp_path):
        book = opened(filled(tmp_path, {"annual_amount": 290}))
        macros.validate_book()
        assert click(macros.clear_marks, excel) == "标记已清除。"
        assert listed(book) == []
        cell = cell_of("annual_amount")
        assert fill_of(office, book, tmp_path, PROJECT, cell) is None

    def test_nothing_to_clear(self, excel, opened, tmp_path):
        opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        assert "没有校验标记" in click(macros.clear_marks, excel)


class TestStepping:
    @pytest.fixture
    def book(self, opened, tmp_path):
        changes = {"annual_amount": 290, "质量1": "无"}
        book = opened(filled(tmp_path, changes, other={"质量1": "无"}))
        macros.validate_book()
        book.sheets[0].activate()
        return book

    def here(self, book):
        return book.sheets.active.name, book.app.selection.address.replace("$", "").split(":")[0]

    def test_forward_round_and_backward(self, excel, book):
        places = list(dict.fromkeys(row[2:] for row in listed(book)))
        assert len(places) > 3
        for number, place in enumerate([*places, places[0]]):
            told = click(macros.next_finding, excel)
            assert self.here(book) == place
            assert f"第 {number % len(places) + 1} 处，共 {len(places)} 处" in told
        told = click(macros.previous_finding, excel)
        assert self.here(book) == places[-1]

    def test_the_message_is_that_of_the_finding(self, excel, book):
        told = click(macros.next_finding, excel)
        message = book.sheets[RESULTS_SHEET].range(f"I{FIRST}").value
        assert message in told
        assert told.count("→") >= 1

    def test_from_the_row_of_a_finding_to_its_cell(self, excel, book):
        rows = listed(book)
        book.sheets[RESULTS_SHEET].activate()
        book.sheets[RESULTS_SHEET].range(f"I{FIRST + 2}").select()
        macros.next_finding()
        assert self.here(book) == rows[2][2:]

    def test_an_answered_finding_is_passed_over(self, excel, book):
        rows = listed(book)
        for number, row in enumerate(rows):
            if row[2:] != rows[-1][2:]:
                book.sheets[RESULTS_SHEET].range(f"K{FIRST + number}").value = "已核"
        assert "共 1 处" in click(macros.next_finding, excel)
        assert self.here(book) == rows[-1][2:]

    def test_nothing_left(self, excel, opened, tmp_path):
        opened(filled(tmp_path, name="无错.xlsx"))
        macros.validate_book()
        excel.alerts.clear()
        assert click(macros.next_finding, excel) == "没有待处理的问题。"

    def test_a_new_workbook_that_nobody_validated_yet(self, excel, opened, tmp_path):
        opened(filled(tmp_path, name="新.xlsx"))
        assert click(macros.next_finding, excel) == checking.NOT_YET
        assert "没有校验标记" in click(macros.clear_marks, excel)
        macros.validate_book()
        macros.clear_marks()
        excel.alerts.clear()
        assert click(macros.next_finding, excel) == checking.NOT_YET

    def test_nobody_validated_yet(self, excel, opened, tmp_path):
        opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        assert "还没有校验" in click(macros.next_finding, excel)


class TestNotes:
    def test_only_where_asked_for_and_only_ours_are_removed(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path, {"annual_amount": 290, "质量1": "无"}))
        sheet = book.sheets[PROJECT]
        own, free = cell_of("质量1"), cell_of("annual_amount")
        sheet.range(own).add_note("等处里答复")
        macros.validate_book()
        assert sheet.range(free).note is None
        rules = book.sheets["校验规则"]
        (row,) = [r for r in range(1, 6) if rules.range(f"H{r}").value == "单元格批注"]
        rules.range(f"I{row}").value = "是"
        macros.validate_book()
        assert sheet.range(free).note.text.startswith(MARK)
        assert "F02" in sheet.range(free).note.text
        assert sheet.range(own).note.text == "等处里答复"
        sheet.range(free).value = 280
        macros.validate_book()
        assert sheet.range(free).note is None
        rules.range(f"I{row}").value = "否"
        macros.validate_book()
        assert [note.text for note in sheet.notes] == ["等处里答复"]

    def test_clearing_removes_them(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path, {"annual_amount": 290}))
        rules = book.sheets["校验规则"]
        (row,) = [r for r in range(1, 6) if rules.range(f"H{r}").value == "单元格批注"]
        rules.range(f"I{row}").value = "是"
        macros.validate_book()
        assert len(book.sheets[PROJECT].notes)
        macros.clear_marks()
        assert len(book.sheets[PROJECT].notes) == 0

    def test_an_answer_that_is_neither_yes_nor_no(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        rules = book.sheets["校验规则"]
        (row,) = [r for r in range(1, 6) if rules.range(f"H{r}").value == "单元格批注"]
        rules.range(f"I{row}").value = "随便"
        told = click(macros.validate_book, excel)
        assert f"I{row}" in told
        assert "校验规则" in told


class TestCalls:
    def test_three_calls_a_sheet_and_a_constant(self, excel, opened, tmp_path):
        # One call in Excel; its stand-in would make more from inside.
        excel.macros["PgHighlight"] = lambda app, *arguments: ""
        totals = {}
        for projects in (6, 20):
            path = tmp_path / f"{projects}.xlsx"
            write_standard_workbook(
                path, department="青岚县林草局", code=None, year=2026, projects=projects
            )
            book = opened(path)
            macros.validate_book()
            with excel.counting() as calls:
                macros.validate_book()
            assert calls.by_name["Range.raw_value"] == len(book.sheets)
            totals[projects] = calls.total
            book.close()
        # What is told about all sheets comes and goes in pieces of some forty sheets each.
        assert totals[20] - totals[6] <= 3 * 14 + 4
        assert totals[20] <= 3 * 25 + 320

    def test_writing_does_not_grow_with_the_findings(self, excel, opened, tmp_path):
        excel.macros["PgHighlight"] = lambda app, *arguments: ""
        totals = []
        for name, changes in (
            ("少", {"annual_amount": 290}),
            (
                "多",
                dict.fromkeys(
                    ("annual_amount", "质量1", "时效1", "数量1", "数量2", "成本1", "annual_goal"),
                    None,
                ),
            ),
        ):
            book = opened(filled(tmp_path, changes, name=f"{name}.xlsx", every_rule=True))
            macros.validate_book()
            with excel.counting() as calls:
                macros.validate_book()
            totals.append((len(listed(book)), calls.total))
        (few, first), (many, second) = totals
        assert many > few + 4
        assert second == first


class TestRefusals:
    def test_a_protected_structure(self, excel, opened, tmp_path):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        book.impl.document.protect("")
        told = click(macros.validate_book, excel)
        assert "结构受保护" in told
        assert RESULTS_SHEET not in [sheet.name for sheet in book.sheets]

    def test_a_sheet_of_that_name_that_is_somebody_elses(self, excel, opened, tmp_path):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        other = book.sheets.add(RESULTS_SHEET)
        other.range("A1").value = "处务会记录"
        told = click(macros.validate_book, excel)
        assert "不是本程序写的" in told
        assert other.range("A1").value == "处务会记录"

    def test_no_declaration(self, excel, opened, tmp_path):
        book = excel.app.books.add()
        book.set_mock_caller()
        assert "没有绩效目标申报表" in click(macros.validate_book, excel)

    def test_a_crash_in_the_middle_of_writing_leaves_everything_as_it_was(
        self, excel, opened, tmp_path, monkeypatch
    ):
        book = opened(filled(tmp_path, {"annual_amount": 290}))
        macros.validate_book()
        before = book.sheets[RESULTS_SHEET].range("A1:L40").formula
        book.sheets[PROJECT].range(cell_of("质量1")).value = "无"

        def crash(*arguments):
            raise ExcelError("planted")

        monkeypatch.setattr("perfgoals_xl.excel.session.results_sheet._define_names", crash)
        told = click(macros.validate_book, excel)
        assert "程序内部出错" in told
        assert book.sheets[RESULTS_SHEET].range("A1:L40").formula == before
        assert excel.app.status_bar in (None, False)
        assert excel.app.screen_updating
        log = next((tmp_path / ".perfgoals" / "logs").glob("*.log"))
        assert "planted" in log.read_text(encoding="utf-8")
        assert str(log) in told

    def test_a_crash_leaves_no_new_sheet_behind(self, excel, opened, tmp_path, monkeypatch):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        sheets = [sheet.name for sheet in book.sheets]

        def crash(*arguments):
            raise ExcelError("planted")

        monkeypatch.setattr("perfgoals_xl.excel.session.results_sheet._write_lines", crash)
        assert "程序内部出错" in click(macros.validate_book, excel)
        assert [sheet.name for sheet in book.sheets] == sheets
