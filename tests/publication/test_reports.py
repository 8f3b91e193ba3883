"""自评表 and 监控表 as documents: what is published is what the form says."""

from __future__ import annotations

import zipfile
from decimal import Decimal

import pytest

from perfgoals_xl.api import load
from perfgoals_xl.evaluation.evaluation_book import write_evaluation_book, write_monitoring_book
from perfgoals_xl.form.evaluation.evaluation_fields import EvaluationTable
from perfgoals_xl.publication.document import write_publication
from perfgoals_xl.resources import EXAMPLE_SOURCE, example_path
from tests.reading.evaluation import layouts
from tests.reading.evaluation.test_kept_apart import DECLARED
from tests.reading.evaluation.test_years_other_forms import FORMS
from tests.reading.sheets import Sheet, write_workbook
from tests.support.commands import runner

# What a document does not keep: where a value stood, and what follows from the target's text.
PLACES = {"sheet", "ordinal"}


def rows(declaration, name):
    """The rows of a table as a document has them: a rate with two decimals, no blank lines."""
    told = []
    for record in declaration.evaluated.table(name).records():
        values = {k: v for k, v in record.items() if k not in PLACES and v is not None}
        rate = values.get("execution_rate")
        if isinstance(rate, Decimal):
            values["execution_rate"] = round(rate, 2)
        if "source" in record:
            values.setdefault("source", "年度资金总额")  # amounts without a label are all
        told.append(values)
    return told


def published(tmp_path, *sources, **options):
    """The declarations, what was told of their document, and that document read again."""
    declarations = [load(source) for source in sources]
    told = write_publication(declarations, tmp_path / "公开.docx", **options)
    return declarations, told, load(tmp_path / "公开.docx")


@pytest.mark.parametrize("name", FORMS)
def test_every_layout_is_published_whole(tmp_path, name):
    book = write_workbook(tmp_path / "表.xlsx", FORMS[name])
    (before,), told, after = published(tmp_path, book)
    for table in EvaluationTable:
        assert rows(after, table) == rows(before, table), table
    heads = before.evaluated.evaluations, before.evaluated.monitorings
    assert (told.evaluations, told.monitorings) == tuple(map(len, heads))
    assert told.projects == 0
    assert [r for r in after.remarks if r.kind != "filled_down"] == []
    assert after.evaluated_projects == before.evaluated_projects


# Fields of every form that one may leave blank, and what stands in the cell below or beside each.
@pytest.mark.parametrize(
    ("row", "blank"),
    [
        (
            "主管部门||青岚县林业和草原局|||实施单位||青岚县林木站",
            "主管部门|||||实施单位||青岚县林木站",
        ),
        ("主管部门||青岚县林业和草原局|||实施单位||青岚县林木站", "主管部门|||||实施单位||"),
        ("|挂牌保护古树40株，复壮12株。||||已挂牌41株，复壮10株。", "|挂牌保护古树40株。||||"),
        ("||其他资金|0|0|0|—||—", "||其他资金|||||"),
        ("评价等级|优", "评价等级|"),
        ("总分||||||100|96.16", "总分||||||100|"),
        ("挂牌保护古树|≥40株|41株|20|20", "挂牌保护古树|≥40株|||"),
    ],
)
def test_what_is_blank_stays_blank(tmp_path, row, blank):
    text = layouts.STANDARD.table
    assert row in text
    book = write_workbook(tmp_path / "表.xlsx", Sheet(text.replace(row, blank), "古树"))
    (before,), _, after = published(tmp_path, book)
    for table in EvaluationTable:
        assert rows(after, table) == rows(before, table), table


def test_a_declaration_and_its_evaluation_are_both_published(tmp_path):
    book = write_workbook(tmp_path / "表.xlsx", DECLARED, layouts.STANDARD)
    (before,), told, after = published(tmp_path, book)
    assert (told.projects, told.evaluations, told.monitorings) == (1, 1, 0)
    assert after.evaluated_projects == frozenset()
    assert [row["annual_amount"] for row in after.projects.records()] == [Decimal(120)]
    for table in EvaluationTable:
        assert rows(after, table) == rows(before, table), table


def test_an_evaluation_in_another_source(tmp_path):
    declared = Sheet(DECLARED.table.replace("2027", "2026"), "目标")
    one = write_workbook(tmp_path / "目标.xlsx", declared)
    other = write_workbook(tmp_path / "自评.xlsx", layouts.STANDARD)
    _, told, after = published(tmp_path, one, other)
    assert (told.projects, told.evaluations) == (1, 1)
    assert len(after.evaluated.evaluations) == len(after.projects) == 1


def test_titles_name_the_year_that_was_given(tmp_path):
    book = write_workbook(
        tmp_path / "表.xlsx", Sheet(layouts.STANDARD.table.replace("（2026年度）", ""), "古树")
    )
    _, _, after = published(tmp_path, book, year=2025)
    assert [row["year"] for row in after.evaluated.evaluations.records()] == [2025]


def test_left_over_markup_is_counted_once(tmp_path):
    text = layouts.STANDARD.table.replace("挂牌保护古树40株，", "<b>挂牌</b>40株，")
    _, told, _ = published(tmp_path, write_workbook(tmp_path / "表.xlsx", Sheet(text, "古树")))
    assert any("1 处文字带有残留的网页标记" in note for note in told.notes)


@pytest.mark.parametrize("kind", ["evaluation", "monitoring"])
def test_the_forms_made_from_a_declaration(tmp_path, kind):
    """Every column of ours, and the points that formulas will give, are still blank."""
    book = tmp_path / "表.xlsx"
    declared = [load(example_path(EXAMPLE_SOURCE))]
    if kind == "evaluation":
        write_evaluation_book(declared, book)
    else:
        write_monitoring_book(declared, book, month=8)
    (before,), _, after = published(tmp_path, book)
    for table in EvaluationTable:
        assert rows(after, table) == rows(before, table), table


def test_the_command_tells_what_it_wrote(tmp_path, monkeypatch, capsys):
    write_workbook(tmp_path / "表.xlsx", DECLARED, layouts.STANDARD, layouts.MONITORING)
    result = runner(monkeypatch, capsys, tmp_path)("publish", "表.xlsx", "-o", "公开.docx")
    assert result.code == 0
    assert "已写出 公开.docx：1 个项目，1 张监控表，1 张自评表。" in result.err


@pytest.mark.parametrize(
    ("kind", "result", "stands"),
    [
        ("monitoring", None, False),
        ("monitoring", "上半年保洁河道40公里。", True),
        ("evaluation", None, True),
    ],
)
def test_no_place_is_left_for_what_no_form_says(tmp_path, kind, result, stands):
    declared = [load(example_path(EXAMPLE_SOURCE))]
    book = tmp_path / "表.xlsx"
    if kind == "evaluation":
        write_evaluation_book(declared, book)
    elif result is None:
        write_monitoring_book(declared, book, month=8)
    else:
        table = layouts.MONITORING.table.replace(
            "一级指标|", f"实际完成情况|{result}\n一级指标|", 1
        )
        write_workbook(book, Sheet(table, "监控"))
    (before,), _, after = published(tmp_path, book)
    for table in EvaluationTable:
        assert rows(after, table) == rows(before, table), table
    with zipfile.ZipFile(tmp_path / "公开.docx") as package:
        text = package.read("word/document.xml").decode()
    assert ("实际完成情况" in text) is stands
