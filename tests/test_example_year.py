"""The example's forms of the year's other half are current, and hold exactly the planned faults."""

from __future__ import annotations

import zipfile

import pytest
from lxml import etree

from perfgoals_xl.api import load
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.resources import (
    EXAMPLE_EVALUATION,
    EXAMPLE_MONITORING,
    EXAMPLE_WORKBOOK,
    example_path,
)
from perfgoals_xl.review.run import review, review_all
from tools import example_year
from tools.year_contents import PLANNED_IN_EVALUATION, PLANNED_IN_MONITORING

PLANNED = {EXAMPLE_EVALUATION: PLANNED_IN_EVALUATION, EXAMPLE_MONITORING: PLANNED_IN_MONITORING}
TABLES = {
    EXAMPLE_EVALUATION: ("evaluations", "evaluation_indicators", "actual_value"),
    EXAMPLE_MONITORING: ("monitorings", "monitoring_indicators", "done_value"),
}


def parts(path):
    """The sheets without what their formulas give; every other part of the package as it is."""
    found = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name == "xl/perfgoals.xml":  # the seal
                continue
            data = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(data)
                for cell in root.iter("{*}c"):
                    if cell.find("{*}f") is not None:
                        cell.attrib.pop("t", None)
                        for value in cell.findall("{*}v"):
                            cell.remove(value)
                data = etree.tostring(root, method="c14n")
            found[name] = data
    return found


@pytest.mark.parametrize("name", PLANNED)
def test_the_committed_forms_are_current(name, tmp_path):
    fresh = tmp_path / name
    example_year.fill(fresh, example_year.MADE[name](fresh))
    committed, made = parts(example_path(name)), parts(fresh)
    assert committed.keys() == made.keys()
    assert [part for part in made if made[part] != committed[part]] == [], "run: make examples"


@pytest.mark.parametrize("name", PLANNED)
def test_exactly_the_planned_faults_are_found(name):
    declaration = load(example_path(name))
    found = review(declaration).findings
    told = {(one.rule, one.sheet, one.indicator.partition("：")[2]) for one in found}
    assert told == PLANNED[name]
    assert len(found) == len(PLANNED[name])


@pytest.mark.parametrize("name", PLANNED)
def test_all_that_was_filled_in_is_read(name, tmp_path):
    read = load(example_path(name))
    forms, rows, column = TABLES[name]
    assert (read.account, read.remarks) == ((), ())
    year = example_year.outcomes()
    indicators = read.evaluated.table(EvaluationTable(rows))
    at = 5 if column == "actual_value" else 1
    for number, form in enumerate(read.evaluated.table(EvaluationTable(forms)).records()):
        wanted = year[form["project_name"]].indicators
        own = [line for line in indicators.records() if line["form"] == number]
        assert [line[column] or "" for line in own] == [
            cells[at] if len(cells) > at else "" for cells in wanted
        ]
        assert form["executed"] == sum(
            line["executed"]
            for line in read.evaluated.table(EvaluationTable(f"{forms[:-1]}_funds")).records()
            if line["form"] == number and line["source"] != "年度资金总额" and line["executed"]
        )
    if name == EXAMPLE_EVALUATION:
        grades = [form["grade"] for form in read.evaluated.evaluations.records()]
        assert sorted(set(grades)) == ["优", "良"]


def test_a_year_later_only_what_was_approved_differs_from_the_declaration():
    declared = load(example_path(EXAMPLE_WORKBOOK))
    for name in PLANNED:
        _, found = review_all([declared, load(example_path(name))])
        told = {(one.sheet, one.indicator) for one in found.findings if one.rule == "Z15"}
        assert told == {
            ("节水型社会建设宣传项目", "指标2：节水型单位建成率"),
            ("抗旱应急送水保障项目", "指标1：机井维修验收合格率"),
        }


def test_what_the_formulas_hold_is_what_they_give(office):
    for name in PLANNED:
        path = example_path(name)
        with zipfile.ZipFile(path) as package, office.open(path) as document:
            document.recalculate()
            computed = example_year.computed_by(document)
            for number, sheet in enumerate(document.sheet_names, start=1):
                root = etree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
                for cell in root.iter("{*}c"):
                    if cell.find("{*}f") is None:
                        continue
                    value, held = computed(sheet, cell.get("r")), cell.findtext("{*}v") or ""
                    if isinstance(value, str):
                        assert value == held, (sheet, cell.get("r"))
                    else:
                        assert float(held) == pytest.approx(value), (sheet, cell.get("r"))


def test_the_forms_are_valid(validate_ooxml):
    for name in PLANNED:
        assert validate_ooxml(example_path(name)) == []


def test_the_contents_name_every_project_once():
    names = [line for line in example_year.RESULTS.splitlines() if line.startswith("# ")]
    assert len(names) == len(set(names)) == len(example_year.outcomes())
