"""One list of what can be made: what commands and buttons do stands there, and is the same."""

from __future__ import annotations

import re
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from perfgoals_xl.actions.action_list import ACTIONS, Sources, action_named
from perfgoals_xl.actions.work import Options, Work
from perfgoals_xl.console import telling
from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.libreoffice import installed_office
from tests.bureau.departments import write_workbook
from tests.support.commands import runner
from tests.support.steps import filled

RIBBON = Path(__file__).parents[2] / "addin" / "ribbon" / "customUI14.xml"
MAKING_BUTTONS = {
    "PgImportFiles",
    "PgValidateBook",
    "PgConsolidate",
    "PgNewEvaluation",
    "PgNewMonitoring",
}


class Heard:
    def __init__(self):
        self.lines, self.done = [], []

    def note(self, text):
        self.lines.append(text)

    def progress(self, done, count):
        self.done.append((done, count))


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def test_names_are_unique():
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)
    assert action_named("summary").suffix == ".xlsx"
    assert action_named("x") is None


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_it_is_made_by_a_function_of_this_room(action):
    module, _, function = action.made_by.partition(":")
    assert callable(getattr(import_module(f"perfgoals_xl.actions.{module}"), function))


def test_every_button_that_makes_a_file_stands_there():
    controls = etree.parse(RIBBON).iter("{*}button")
    named = {control.get("onAction") for control in controls}
    listed = {action.button for action in ACTIONS if action.button}
    assert listed == MAKING_BUTTONS <= named


CALLS = {
    "marked_copy": ["validate", "申报表.xlsx", "-o", "{}"],
    "standard_workbook": ["import", "申报表.xlsx", "-o", "{}"],
    "summary": ["consolidate", "申报表.xlsx", "-o", "{}"],
    "report": ["validate", "申报表.xlsx", "--report", "{}"],
    "comparison": ["compare", "申报表.xlsx", "次年.xlsx", "-o", "{}"],
    "monitoring_form": ["monitoring", "new", "申报表.xlsx", "--month", "7", "-o", "{}"],
    "evaluation_form": ["evaluation", "new", "申报表.xlsx", "-o", "{}"],
    "publication_word": ["publish", "申报表.xlsx", "-o", "{}"],
    "publication_pdf": ["publish", "申报表.xlsx", "-o", "{}"],
    "data_json": ["export", "申报表.xlsx", "--format", "json", "-o", "{}"],
    "data_csv": ["export", "申报表.xlsx", "--format", "csv", "-o", "{}"],
    "department_book": ["consolidate", "申报表.xlsx", "另一部门.xlsx", "-o", "{}"],
}


def contents(path):
    """What a workbook says cell by cell; of the time when it was made, that there is one."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}
    if path.suffix != ".xlsx":
        return path.read_bytes()
    moment = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?")
    return {
        sheet.title: [
            [moment.sub("当时", cell) if isinstance(cell, str) else cell for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in load_workbook(path)
    }


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_it_makes_what_its_command_makes(action, perfgoals, tmp_path):
    if action.needs_office and installed_office() is None:
        pytest.skip("LibreOffice is not installed")
    filled(tmp_path, {"质量1": "≥70%", "数量1": ""}, name="申报表.xlsx")
    filled(tmp_path, {"质量1": "≥80%"}, name="次年.xlsx")
    write_workbook(tmp_path / "另一部门.xlsx", "石桥县林业局")
    call = CALLS[action.name]
    assert set(action.command.split()) - {"-o"} <= set(call)
    run = perfgoals(*(part.format(f"命令{action.suffix}") for part in call))
    assert run.code in (0, 1), run.err
    sources = [Path(part) for part in call if part.endswith(".xlsx")]
    made, heard = Path(f"动作{action.suffix}"), Heard()
    with telling(heard), Work(sources, Options(month=7)) as work:
        action.run(work, made)
    assert (tmp_path / made).stat().st_size
    if action.suffix != ".pdf":  # which holds the time when it was made
        assert contents(tmp_path / made) == contents(tmp_path / f"命令{action.suffix}")
    said = run.err.replace("命令", "动作").splitlines()
    assert [line for line in heard.lines if "已写出" in line] == [
        line for line in said if "已写出" in line
    ]


def test_what_is_possible_depends_on_the_sources():
    def possible(files, departments, projects, reported=0):
        known = Sources(files, departments, projects, reported)
        return {action.name for action in ACTIONS if action.is_possible(known)}

    one, several = possible(1, 1, 3), possible(3, 2, 9)
    assert {"marked_copy", "summary", "monitoring_form"} <= one
    assert "department_book" not in one
    assert "department_book" in several
    assert not several & {"marked_copy", "standard_workbook", "summary", "evaluation_form"}
    # Of a department that only reports, nothing is made that starts from what it declares.
    forms = {"monitoring_form", "evaluation_form"}
    assert not (possible(1, 1, 0) | possible(1, 1, 3, 3)) & forms
    assert forms <= possible(1, 1, 4, 3)
    assert "comparison" in possible(2, 1, 6, 6)
    assert "comparison" in possible(2, 1, 2)
    assert "comparison" not in one | several | possible(2, 2, 2)


def test_the_copy_of_a_workbook_with_macros_keeps_its_suffix():
    copy, summary = action_named("marked_copy"), action_named("summary")
    assert copy.file_name(Path("申报表.xlsm")) == "申报表-已校验.xlsm"
    assert copy.file_name(Path("申报表.docx")) == "申报表-已校验.xlsx"
    assert summary.file_name(Path("申报表.xlsm")) == "申报表-汇总.xlsx"


def test_a_comparison_is_of_two(tmp_path):
    source = filled(tmp_path)
    with Work([source]) as work, pytest.raises(InputError, match="对比要两份文件"):
        action_named("comparison").run(work, tmp_path / "出.xlsx")


def test_progress_is_told_to_the_listener(tmp_path):
    sources = [filled(tmp_path, name=f"{n}.xlsx") for n in range(3)]
    heard = Heard()
    with telling(heard), Work(sources) as work:
        assert len(work.read) == 3
    assert heard.done == [(0, 3), (1, 3), (2, 3), (3, 3)]
