"""A published document as the source of every command."""

from __future__ import annotations

import json

import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from tests.support.commands import READING, digest, runner
from tests.support.steps import filled
from tests.test_roundtrip import same


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "公开.docx"
    write_publication([load(example_path())], path)
    return path


@pytest.mark.parametrize("call", READING.values(), ids=READING.keys())
def test_every_command_reads_it(tmp_path, document, monkeypatch, capsys, call):
    before = digest(document)
    run = runner(monkeypatch, capsys, tmp_path)
    command, *options = call
    result = run(command, document.name, *options)
    assert result.code == (1 if command == "validate" else 0), result.err
    assert digest(document) == before


def found(declaration):
    findings = validate(declaration).findings
    return [(f.rule, f.severity, f.project, f.field, f.indicator, f.value) for f in findings]


# What these find is the way a table was printed, and that is mended.
OF_THE_PRINT = {"F06", "P03", "P04", "S06"}


def check_findings(tmp_path, source):
    """Nothing is held against a document for being none of a spreadsheet's cells."""
    declaration = load(source)
    path = tmp_path / "公开.docx"
    write_publication([declaration], path)
    before, after = set(found(declaration)), set(found(load(path)))
    assert after <= before
    assert {finding[0] for finding in before - after} <= OF_THE_PRINT
    assert len(after) > 20


def test_the_review_finds_the_same(tmp_path):
    check_findings(tmp_path, example_path())


@pytest.mark.parametrize("number", [0, 1])
def test_the_review_of_the_published_sets(tmp_path, shared_seeds, number):
    check_findings(tmp_path, shared_seeds[number])


def test_a_correct_declaration_stays_correct(tmp_path):
    book = load(filled(tmp_path, every_rule=True))
    write_publication([book], tmp_path / "公开.docx")
    assert found(load(tmp_path / "公开.docx")) == found(book)


def test_places_are_lines_of_the_document(document):
    declaration = load(document)
    place = declaration.projects.place(0, "project_name")
    # Above stand the department's title and ten rows, and three lines of the project's own.
    assert (place.sheet, place.cell) == ("公开", "C15")


def test_import_of_a_document_is_the_workbook(tmp_path, document, monkeypatch, capsys):
    run = runner(monkeypatch, capsys, tmp_path)
    assert run("import", document.name, "-o", "标准.xlsx").code == 0
    same(load(tmp_path / "标准.xlsx"), load(example_path(EXAMPLE_WORKBOOK)))
    exported = json.loads(run("export", document.name).out)
    assert exported["declarations"][0]["department_code"] == "215001"
