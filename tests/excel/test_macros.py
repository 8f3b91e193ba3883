"""What every button has in common, and the buttons that only show something."""

from __future__ import annotations

import inspect
import webbrowser

import pytest

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.functions.function_registry import FUNCTIONS
from perfgoals_xl.excel.session import guidance
from perfgoals_xl.excel.session.open_book import read_book
from perfgoals_xl.reading.own_sheets.rule_sheet import read_rule_lines
from perfgoals_xl.review.catalogue import RULES
from tests.excel.session.test_checking import click
from tests.support.steps import PROJECT, cell_of, filled
from tests.workbooks.staff_workbooks import FORM, png, write_rich_workbook

ENTRIES = [
    name
    for name, function in inspect.getmembers(macros, inspect.isfunction)
    if not name.startswith("_")
    and name != "take_message"
    and function.__module__ == macros.__name__
]
# The function behind each button, where a crash can be planted.
BEHIND = {
    "new_workbook": "filing.new_workbook",
    "import_files": "filing.import_files",
    "consolidate": "filing.consolidate",
    "new_evaluation": "filing.new_evaluation",
    "new_monitoring": "filing.new_monitoring",
    "add_project_sheet": "editing.add_project_sheet",
    "insert_indicator_row": "editing.insert_indicator_row",
    "validate_book": "checking.validate_book",
    "validate_sheet": "checking.validate_sheet",
    "clear_marks": "checking.clear_marks",
    "next_finding": "checking.step",
    "previous_finding": "checking.step",
    "confirm_findings": "confirming.confirm",
    "open_rules": "guidance.open_rules",
    "show_functions": "guidance.show_functions",
    "open_help": "guidance.open_help",
    "diagnose": "guidance.diagnose",
}


def snapshot(book):
    return [(sheet.name, sheet.range("A1:L60").formula) for sheet in book.sheets]


def test_every_entry_is_known_here():
    assert sorted(BEHIND) == sorted(ENTRIES)


@pytest.mark.parametrize("entry", sorted(BEHIND))
def test_a_fault_of_ours_becomes_a_message_and_a_log(excel, opened, tmp_path, monkeypatch, entry):
    book = opened(filled(tmp_path))
    before = snapshot(book)

    def crash(*arguments, **named):
        arguments[0].status("正在…")
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(f"perfgoals_xl.excel.session.{BEHIND[entry]}", crash)
    told = click(getattr(macros, entry), excel)
    assert "程序内部出错" in told
    assert "Traceback" not in told
    (log,) = (tmp_path / ".perfgoals" / "logs").glob("*.log")
    assert str(log) in told
    assert "planted" in log.read_text(encoding="utf-8")
    assert excel.app.status_bar in (None, False)
    assert snapshot(book) == before


@pytest.mark.parametrize("code", [-2147418111, -2147417846, -2146777998])
def test_an_excel_that_takes_no_calls_is_told_in_one_line(excel, opened, tmp_path, code):
    """While a cell is being edited or a dialog is open, COM refuses every call."""
    opened(filled(tmp_path))

    def refuse(desk):
        raise RuntimeError(code, "Call was rejected by callee.", None, None)

    told = click(lambda: macros._run(refuse), excel)
    assert "按 Esc" in told
    assert "\n" not in told
    assert not (tmp_path / ".perfgoals").exists()


def test_a_fault_of_the_workbook_names_the_cell(excel, opened, tmp_path):
    opened(filled(tmp_path, {"规则 F02 级别": "很重"}))
    told = click(macros.validate_book, excel)
    assert "校验规则" in told
    assert "很重" in told
    assert excel.alerts[-1].mode == "critical"
    assert not (tmp_path / ".perfgoals").exists()


class TestMessagesOnWindows:
    """There the add-in's VBA shows them when the call has ended."""

    @pytest.fixture(autouse=True)
    def _windows(self, monkeypatch):
        monkeypatch.setattr(macros, "_vba_tells", lambda: True)

    def test_they_are_left_for_vba_once(self, excel, opened, tmp_path):
        opened(filled(tmp_path))
        macros.validate_book()
        assert excel.alerts == []
        assert macros.take_message().startswith("全部工作表：")
        assert macros.take_message() == ""

    def test_a_fault_begins_with_a_sign(self, excel, opened, tmp_path):
        opened(filled(tmp_path, {"规则 F02 级别": "很重"}))
        macros.validate_book()
        assert macros.take_message().startswith("!")

    def test_nothing_to_say(self, excel, opened, tmp_path):
        opened(filled(tmp_path))
        macros.open_rules()
        assert macros.take_message() == ""

    def test_they_fit_a_message_box(self, excel, opened, tmp_path, monkeypatch):
        opened(filled(tmp_path))
        monkeypatch.setattr(
            "perfgoals_xl.excel.session.checking.validate_book", lambda desk: "长" * 5000
        )
        macros.validate_book()
        assert len(macros.take_message()) == 900


def test_without_excel_nothing_is_raised(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    import xlwings as xw

    monkeypatch.setattr(xw.Book, "caller", classmethod(lambda cls: 1 / 0))
    macros.validate_book()
    assert list((tmp_path / ".perfgoals" / "logs").glob("*.log"))


class TestRules:
    def test_the_sheet_is_shown(self, excel, opened, tmp_path):
        book = opened(filled(tmp_path))
        macros.open_rules()
        assert book.sheets.active.name == "校验规则"
        assert excel.alerts == []

    def test_a_workbook_without_one_gets_one_that_works(self, excel, opened, tmp_path):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        book.sheets["校验规则"].delete()
        macros.open_rules()
        assert book.sheets.active.name == "校验规则"
        lines = [line for grid in read_book(book).grids for line in read_rule_lines(grid)]
        assert [line.code.value for line in lines] == list(RULES)
        macros.validate_book()
        before = book.sheets["校验结果"].range("C5:C300").value
        row = 1 + [line.code.value for line in lines].index("H03") + 1
        book.sheets["校验规则"].range(f"E{row}").value = "否"
        macros.validate_book()
        assert "H03" in before
        assert "H03" not in book.sheets["校验结果"].range("C5:C300").value

    def test_only_when_asked_for(self, excel, opened, tmp_path):
        book = opened(write_rich_workbook(tmp_path / "自有.xlsx"))
        book.sheets["校验规则"].delete()
        book.sheets[FORM].activate()
        excel.answers.append("no")
        macros.open_rules()
        assert "校验规则" not in [sheet.name for sheet in book.sheets]


def test_the_functions_are_listed(excel, opened, tmp_path):
    opened(filled(tmp_path))
    told = click(macros.show_functions, excel)
    for name in FUNCTIONS:
        assert name in told
    assert not told.endswith("…")


def test_the_diagnosis_is_shown(excel, opened, tmp_path):
    opened(filled(tmp_path))
    told = click(macros.diagnose, excel)
    assert "Python" in told


def test_help_opens_the_manual(excel, opened, tmp_path, monkeypatch):
    manual = tmp_path / "手册" / "用户手册.md"
    manual.parent.mkdir()
    text = "# 手册\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n![图](x.png)\n"
    manual.write_text(text, encoding="utf-8")
    (manual.parent / "x.png").write_bytes(png())
    monkeypatch.setattr(guidance, "manual_path", lambda: manual)
    shown = []
    monkeypatch.setattr(webbrowser, "open", lambda url: shown.append(url) or True)
    opened(filled(tmp_path))
    macros.open_help()
    (url,) = shown
    assert url.startswith("file://")
    assert excel.alerts == []
    page = guidance.write_manual_page(tmp_path / "页.html").read_text(encoding="utf-8")
    assert "<table>" in page
    assert 'src="data:image/png;base64,' in page
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    assert "用户手册" in click(macros.open_help, excel)


def test_the_selection_may_be_anything(excel, opened, tmp_path):
    book = opened(filled(tmp_path))
    book.sheets[PROJECT].activate()
    book.sheets[PROJECT].range(f"A1:{cell_of('annual_amount')}").select()
    macros.validate_sheet()
    assert len(excel.alerts) == 1
