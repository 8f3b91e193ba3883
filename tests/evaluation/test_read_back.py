"""The forms that are made from a declaration are read back as what was declared and filled in."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.reading.load import load
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path

MONTH = 8
PARTS = {
    "evaluation": (
        EvaluationTable.EVALUATIONS,
        EvaluationTable.EVALUATION_FUNDS,
        EvaluationTable.EVALUATION_INDICATORS,
        "actual_value",
    ),
    "monitoring": (
        EvaluationTable.MONITORINGS,
        EvaluationTable.MONITORING_FUNDS,
        EvaluationTable.MONITORING_INDICATORS,
        "done_value",
    ),
}


@pytest.fixture(scope="module", params=PARTS)
def made(request, tmp_path_factory):
    """The declaration, the workbook made from it, its tables, and what is read of it."""
    folder = tmp_path_factory.mktemp("a")
    declared = load(example_path(EXAMPLE_SOURCE))
    path = folder / "表.xlsx"
    if request.param == "evaluation":
        write_evaluation_book([declared], path)
    else:
        write_monitoring_book([declared], path, month=MONTH)
    return declared, path, PARTS[request.param], load(path)


def test_what_was_declared_is_read_back(made):
    declared, _, (heads, _, rows, _), read = made
    forms = read.evaluated.table(heads).records()
    for project, form in zip(declared.projects.records(), forms, strict=True):
        for name in ("project_name", "supervising_department", "implementing_unit", "annual_goal"):
            # Marks of a web page that were typed along are left behind.
            typed = project[name] or ""
            assert (form[name] or "") == typed.removeprefix("<p>").removesuffix("</p>")
        assert form["year"] == declared.year
        assert form.get("month") in (None, MONTH)
    for own, line in zip(
        declared.indicators.records(), read.evaluated.table(rows).records(), strict=True
    ):
        assert line["form"] == own["project"]
        for name in ("level1", "level2", "ordinal", "level3", "target_value", "kind", "low"):
            assert line[name] == own[name], (line, name)
    assert [r for r in (*read.remarks, *read.account) if r.kind != "filled_down"] == []


def test_what_is_filled_in_is_read_with_its_cell(made, tmp_path):
    declared, path, (heads, funds, rows, done), made_of_it = made
    blank = made_of_it.evaluated
    book = openpyxl.load_workbook(path)
    for row, record in enumerate(blank.table(rows).records()):
        for column, value in ((done, f"{row}处"), ("reason", f"原因{row}")):
            place = blank.table(rows).place(row, column)
            book[place.sheet][place.cell] = value
        assert record[done] is None
    for row, record in enumerate(blank.table(funds).records()):
        place = blank.table(funds).place(row, "executed")
        book[place.sheet][place.cell] = row + 0.5
        assert record["source"]
    if heads is EvaluationTable.EVALUATIONS:
        place = blank.evaluations.place(0, "actual_result")
        book[place.sheet][place.cell] = "都已完成"
    book.save(tmp_path / "填好.xlsx")
    read = load(tmp_path / "填好.xlsx").evaluated
    lines = read.table(rows).records()
    assert [line[done] for line in lines] == [f"{row}处" for row in range(len(lines))]
    assert [line["reason"] for line in lines] == [f"原因{row}" for row in range(len(lines))]
    spent = [line["executed"] for line in read.table(funds).records()]
    assert spent == [Decimal(row) + Decimal("0.5") for row in range(len(spent))]
    if heads is EvaluationTable.EVALUATIONS:
        assert read.evaluations.records()[0]["actual_result"] == "都已完成"
    assert len(declared.projects) == len(read.table(heads))


def test_points_are_read_back(made):
    evaluated = made[3].evaluated
    weights: dict[int, Decimal] = {}
    for line in evaluated.evaluation_indicators.records():
        # A row that names no indicator has none.
        weight = line["weight"] or Decimal(0)
        weights[line["form"]] = weights.get(line["form"], Decimal(0)) + weight
    for number, form in enumerate(evaluated.evaluations.records()):
        assert weights[number] + form["execution_weight"] == form["total_weight"] == 100
