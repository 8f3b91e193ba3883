"""The forms that we write ourselves, with their declaration beside them, and as a marked copy."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import openpyxl
import pytest

from perfgoals_xl.api import load, validate
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.review.run import review
from tests.reading.evaluation.forms import write_as
from tests.reading.evaluation.layouts import STANDARD
from tests.support.commands import runner
from tests.support.evaluated_forms import AS_DECLARED, declared, evaluation, lines_of
from tests.support.steps import PROJECT, filled


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A declaration with the forms made from it beside it."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copy(filled(folder, {}, every_rule=True), folder / "申报表.xlsx")
    declarations = [load(folder / "申报表.xlsx")]
    write_evaluation_book(declarations, folder / "自评表.xlsx")
    write_monitoring_book(declarations, folder / "监控表.xlsx", month=7)
    return folder


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


def changed(source, target, changes):
    """A copy with other values in some cells of the first project's sheet."""
    book = openpyxl.load_workbook(source)
    for row in book[PROJECT].iter_rows():
        for cell in row:
            if cell.value in changes:
                cell.value = changes[cell.value]
    book.save(target)
    return target


def test_an_empty_form_of_ours_lacks_its_results_alone(folder):
    found = {(f.rule, f.field, f.cell) for f in validate(folder / "自评表.xlsx").findings}
    # A form with nothing filled in is told once, not indicator by indicator.
    assert found == {
        ("Z23", "actual_result", "F14"),
        ("Z01", "actual_value", "F16"),
        ("Z23", "actual_result", "F12"),
        ("Z01", "actual_value", "F14"),
    }
    checked = validate(folder / "自评表.xlsx")
    assert (checked.indicators, checked.faultless) == (22, 0)
    checked = validate(folder / "监控表.xlsx")
    assert {f.rule for f in checked.findings} == {"Z01"}
    assert "没有填写1~7月完成值" in checked.findings[0].message


def test_the_declaration_beside_it_is_found(folder, tmp_path):
    lower = {"≥80%": "≥70%", "指标2：培训牧户人数": "指标2：培训牧户的人数"}
    shutil.copy(folder / "申报表.xlsx", tmp_path)
    path = changed(folder / "自评表.xlsx", tmp_path / "自评表.xlsx", lower)
    told = [f for f in validate(path).findings if f.rule == "Z15"]
    assert [f.message for f in told] == ["“补播出苗率”申报的指标值是 ≥80%，这里是 ≥70%，降低了"]


def test_a_declaration_that_was_changed_since_is_told_and_not_taken(folder, tmp_path):
    path = changed(folder / "自评表.xlsx", tmp_path / "自评表.xlsx", {"≥80%": "≥70%"})
    changed(folder / "申报表.xlsx", tmp_path / "申报表.xlsx", {"≥300户": "≥200户"})
    checked = validate(path)
    assert "Z15" not in {f.rule for f in checked.findings}
    assert [n.reason for n in checked.not_judged if n.rule == "Z15"] == [
        "“申报表.xlsx”在生成这些表以后改过，没有核对指标、指标值有没有改动"
    ]


def test_the_declaration_may_be_another_source_of_the_call(folder, tmp_path, run):
    path = changed(folder / "自评表.xlsx", tmp_path / "自评表.xlsx", {"≥80%": "≥70%"})
    alone = run("validate", path, "--format", "json")
    both = run("validate", folder / "申报表.xlsx", path, "--format", "json")
    rules = [{f["rule"] for f in json.loads(told.out)["findings"]} for told in (alone, both)]
    assert "Z15" not in rules[0]
    assert "Z15" in rules[1]
    assert not any(rule.startswith(("P", "F")) for rule in rules[1])


def test_a_file_may_hold_its_declaration_and_its_evaluation():
    whole = declared(["产出指标|数量指标|培训人次|≥150人次", *AS_DECLARED[1:]])
    mixed = replace(whole, evaluated=evaluation().evaluated)
    told = review(mixed).findings
    assert [f.message for f in told if f.rule[0] == "Z"] == [
        "“培训人次”申报的指标值是 ≥150人次，这里是 ≥120人次，降低了"
    ]
    assert {f.rule for f in told} > {"Z15"}  # The declaration is judged as ever.


def test_an_evaluation_is_not_asked_for_what_a_declaration_has(tmp_path):
    # No project period, no cost, one indicator in three groups, a year in the past: no declaration.
    sheet = STANDARD.table.replace("≥40株", "×××株").replace("2026", "2024")
    checked = validate(write_as("xlsx", tmp_path, type(STANDARD)(sheet, "古树")))
    assert [line for line in lines_of(checked) if not line.startswith("Z")] == [
        "V01 error target_value 挂牌保护古树"
    ]
    told = [n for n in checked.not_judged if n.rule == "K01"]
    assert len(told) == 1
    assert (checked.indicators, checked.faultless) == (5, 4)
    assert {n.rule for n in checked.not_judged} <= {"K01", "Z15"}


def test_settings_and_reasons_count_as_for_any_rule(tmp_path, run):
    wrong = type(STANDARD)(STANDARD.table.replace("|41株|20|", "|60株|20|"), "古树")
    path = write_as("xlsx", tmp_path, wrong)
    assert lines_of(validate(path)) == ["Z17 info actual_value 挂牌保护古树"]
    settings = tmp_path / "perfgoals.toml"
    settings.write_text("[rules.Z17]\nthreshold = 160\n", encoding="utf-8")
    assert lines_of(validate(path)) == []
    settings.write_text('[rules.Z17]\nseverity = "错误"\n', encoding="utf-8")
    assert lines_of(validate(path)) == ["Z17 error actual_value 挂牌保护古树"]
    settings.unlink()
    marked = tmp_path / "标记.xlsx"
    assert run("validate", path, "-o", marked).code == 0
    book = openpyxl.load_workbook(marked)
    results = book["校验结果"]
    rows = {cell.value: cell for row in results.iter_rows() for cell in row if cell.value}
    heads = {cell.value: cell.column for cell in results[rows["规则"].row]}
    row = rows["Z17"].row
    results.cell(row, heads["说明"]).value = "增加了一批社会认养"
    book.save(marked)
    [finding] = validate(marked).findings
    assert (finding.rule, finding.waiver) == ("Z17", "增加了一批社会认养")
    assert any("F14" in area for area in book["古树"].conditional_formatting)
