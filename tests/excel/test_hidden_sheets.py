"""Hidden sheets of an open workbook: what stands on them is told, and nobody is taken there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.session.open_book import read_book
from perfgoals_xl.excel.session.sheet_layout import is_shown
from perfgoals_xl.reading.assemble import assemble
from tests.excel.session.test_checking import click, listed
from tests.support.steps import OTHER_PROJECT, PROJECT, filled


@pytest.mark.parametrize(
    ("visible", "expected"), [(True, True), (-1, True), (False, False), (0, False), (2, False)]
)
def test_what_has_a_tab(visible, expected):
    assert is_shown(SimpleNamespace(visible=visible)) is expected


def test_a_hidden_form_is_listed_and_not_gone_to(excel, opened, tmp_path):
    book = opened(filled(tmp_path, every_rule=True))
    book.sheets[OTHER_PROJECT].visible = False
    declaration = assemble(read_book(book))
    assert [row["project_name"] for row in declaration.projects.records()] == [PROJECT]
    assert "警告 1 项" in click(macros.validate_book, excel)
    assert listed(book) == [("警告", "K04", OTHER_PROJECT, "C4")]
    active = book.sheets.active.name
    told = click(macros.next_finding, excel)
    assert f"隐藏的工作表“{OTHER_PROJECT}”还有问题" in told
    assert book.sheets.active.name == active
    book.sheets[OTHER_PROJECT].visible = True
    click(macros.validate_book, excel)
    assert listed(book) == []
    assert click(macros.next_finding, excel) == "没有待处理的问题。"


def test_findings_of_sheets_that_are_shown_come_first(excel, opened, tmp_path):
    book = opened(filled(tmp_path, {"annual_amount": 290.5}, every_rule=True))
    book.sheets[OTHER_PROJECT].visible = False
    click(macros.validate_book, excel)
    for _ in range(3):
        assert OTHER_PROJECT not in click(macros.next_finding, excel)
        assert book.sheets.active.name == PROJECT


def test_nothing_but_hidden_forms(excel, opened, tmp_path):
    book = opened(filled(tmp_path))
    for name in (PROJECT, OTHER_PROJECT, "部门整体"):
        book.sheets[name].visible = False
    assert "隐藏的工作表" in click(macros.validate_book, excel)


def test_the_summary_says_what_it_lacks(excel, opened, tmp_path):
    book = opened(filled(tmp_path, every_rule=True))
    book.sheets[OTHER_PROJECT].visible = False
    told = click(macros.consolidate, excel)
    assert f"隐藏的工作表“{OTHER_PROJECT}”" in told
    assert "没有计入汇总表" in told
