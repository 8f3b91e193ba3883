"""Long texts: of what no form prints the beginning is judged, told, and in bounded time."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.fields import Table
from perfgoals_xl.reading.assemble import load_declaration
from perfgoals_xl.review.evidence.goals.goal_reading import read_goal
from perfgoals_xl.review.long_texts import LONGEST_GOAL, LONGEST_OTHER, cut
from perfgoals_xl.review.run import review
from tests.support.proportion import assert_in_proportion
from tests.support.steps import text_of

GOAL = "2026年补播改良退化草原4000亩，出苗率80%以上，植被盖度提高5个百分点。"
FIRST = "指标1：补播改良面积\t\t≥4000亩"


def declared(
    tmp_path, *, goal=GOAL, name="补播改良面积", target="≥4000亩", note="", project=None, rows=None
):
    """The declaration with texts of its first project and its first indicator."""
    text = text_of().replace(GOAL, goal)
    text = text.replace("三级指标\t\t指标值", "三级指标\t\t指标值\t备注")
    text = text.replace(FIRST, rows or f"指标1：{name}\t\t{target}\t{note}")
    if project is not None:
        text = text.replace("退化草原补播改良项目", project)
    path = tmp_path / "表.txt"
    path.write_text(text, encoding="utf-8")
    return load_declaration(path)


def told_of(reviewed):
    return sorted(
        (n.rule, n.project, n.reason) for n in reviewed.not_judged if "只核对" in n.reason
    )


# -- the cut itself


def test_texts_as_long_as_forms_have_them_are_judged_whole():
    rows = [{"annual_goal": "目" * LONGEST_GOAL, "unit": "位" * LONGEST_OTHER, "annual_amount": 5}]
    assert list(cut(Table.PROJECTS, rows)) == []
    assert "uncut" not in rows[0]


@pytest.mark.parametrize(
    ("table", "column", "most", "rule", "label"),
    [
        (Table.PROJECTS, "annual_goal", LONGEST_GOAL, "G04", "年度总体绩效目标"),
        (Table.PROJECTS, "project_name", LONGEST_OTHER, "H08", "项目名称"),
        (Table.INDICATORS, "target_value", LONGEST_OTHER, "V14", "指标值"),
        (Table.INDICATORS, "level3", LONGEST_OTHER, "N01", "三级指标"),
        (Table.INDICATORS, "indicator", LONGEST_OTHER, "N01", "三级指标"),
        (Table.DEPARTMENT_GOALS, "policy_goal", LONGEST_GOAL, "D01", "财政政策性绩效目标"),
    ],
)
def test_a_longer_text_is_judged_by_its_beginning_and_kept(table, column, most, rule, label):
    text = "".join(chr(0x4E00 + n % 5000) for n in range(most + 1))
    rows = [{column: "短"}, {column: text}]
    ((number, told_rule, reason),) = cut(table, rows)
    assert (number, told_rule) == (1, rule)
    assert reason == f"“{label}”有 {most + 1} 字，只核对前 {most} 字"
    assert rows == [{column: "短"}, {column: text[:most], "uncut": {column: text}}]


# -- in a review


def test_a_goal_that_is_cut_is_told_once_and_its_findings_quote_it_whole(tmp_path):
    whole = GOAL + "继续做好各项工作。" * 1000
    reviewed = review(declared(tmp_path, goal=whole))
    assert told_of(reviewed) == [
        (
            "G04",
            "退化草原补播改良项目",
            f"“年度总体绩效目标”有 {len(whole)} 字，只核对前 6000 字",
        )
    ]
    quoted = {f.value for f in reviewed.findings if f.field == "annual_goal"}
    assert quoted <= {whole}


def test_figures_at_the_beginning_of_a_long_goal_are_judged(tmp_path):
    wrong = GOAL.replace("4000亩", "5000亩")
    short = review(declared(tmp_path, goal=wrong)).findings
    long = review(declared(tmp_path, goal=wrong + "继续做好各项工作。" * 1000)).findings
    rules = {f.rule for f in short if f.field == "annual_goal"}
    assert rules
    assert rules <= {f.rule for f in long if f.field == "annual_goal"}


def test_a_goal_as_long_as_real_ones_is_not_told(tmp_path):
    assert told_of(review(declared(tmp_path, goal=GOAL * 80))) == []


def test_names_targets_and_notes_are_told_by_their_rule(tmp_path):
    long = "说" * 1001
    reviewed = review(declared(tmp_path, name=long, target=long, note=long))
    assert {rule for rule, _, _ in told_of(reviewed)} == {"N01", "V14"}
    reviewed = review(declared(tmp_path, project=long, target=""))
    # The project is called by its whole name all the same.
    assert ("H08", long) in {(rule, project) for rule, project, _ in told_of(reviewed)}
    assert long in {finding.project for finding in reviewed.findings}


# -- time


KINDS = {
    "digits": "1",
    "latin": "a",
    "hanzi": "目",
    "opening brackets": "（",
    "brackets": "（）",
    "years": "2026年",
    "figures": "完成12个，",
    "percentages": "3.5%，",
    "ordinals": "一、",
    "numbered": "1.",
    "quotes": "“",
    "blanks": " ",
    "full blanks": "目\u3000",
    "dashes": "-",
    "tildes": "1~",
    "signs": "≥",
    "bounds": "不低于",
    "units": "万元/人次",
    "amounts": "100万元、",
    "dates": "2026年7月1日至",
    "separators": "；。，、",
    "Chinese numbers": "一百二十三",
    "full digits": "１２．５％",
    "grouped": "1,234,",
    "negations": "不",
}


def of_length(kind, length):
    return (KINDS[kind] * length)[:length]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_reading_a_goal_takes_time_in_proportion_to_its_length(kind):
    assert_in_proportion(
        lambda text: read_goal(text, 2026), *(of_length(kind, n) for n in (1500, 6000))
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_review_of_texts_as_long_as_a_cell_takes_time_in_proportion(tmp_path, kind):
    def texts(length):
        long = of_length(kind, length)
        return {"goal": f"{GOAL}{long}末", "name": long, "target": f"≥{long}亩", "note": long}

    short, long = texts(7_500), texts(30_000)
    assert_in_proportion(lambda own: declared(tmp_path, **own), short, long)
    assert_in_proportion(review, declared(tmp_path, **short), declared(tmp_path, **long))


@pytest.mark.slow
@pytest.mark.parametrize("field", ["name", "target", "note"])
def test_other_texts_take_time_in_proportion_too(tmp_path, field):
    def of(length):
        plain = {"name": "补播改良面积", "target": "≥4000亩", "note": ""}
        rows = []
        for number, kind in enumerate(KINDS):
            told = plain | {field: f"{number}{of_length(kind, length)}"}
            rows.append(f"指标1：{told['name']}\t\t{told['target']}\t{told['note']}")
        return declared(tmp_path, rows="\n\t\t".join(rows))

    assert_in_proportion(review, of(245), of(980))
