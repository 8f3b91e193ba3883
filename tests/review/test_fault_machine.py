"""A right declaration of any sector is let pass; a fault put into one is told at its place alone.

``benchmarks/faults.py`` draws many more and prints precision and recall.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from perfgoals_xl.review.catalogue import RULES, Severity
from tests.support.commands import runner
from tests.support.faults.choices import FEATURES
from tests.support.faults.drawing import draw
from tests.support.faults.injectors import INJECTORS
from tests.support.faults.judging import in_memory, inject, judge, shouted, shown, spots, told
from tests.support.faults.material import SECTORS, sector
from tests.support.faults.workbooks import write

FAULTS_FOLDER = Path(__file__).resolve().parents[1] / "support" / "faults"
FIRST, DRAWS, FAULTS = 60, 8, 3
SEEDS, OTHER_SEEDS = range(FIRST, FIRST + DRAWS), range(FIRST + 100, FIRST + 100 + DRAWS)
# What the rules do not yet understand; each has a test of its own.
AWAITED_KINDS: dict[str, str] = {}
# Beside these a feature shows what it is.
FORCED_BESIDE = {
    ("parts", "split"): {"costs": "prices"},
    ("of_which", "one"): {"costs": "sums"},
    ("months", "wages"): {"costs": "prices", "sector_name": "police"},
    ("goal_money", "carried"): {"sources": "local"},
}


def lines(findings, drawn):
    """Errors and warnings as a failing test shows them, with the declaration they are about."""
    found = [told(finding) for finding in shouted(findings)]
    return [*found, shown(drawn)] if found else []


@pytest.mark.parametrize("name", SECTORS)
def test_a_right_declaration_is_let_pass(name):
    drawn = [draw(seed, sector_name=name)[1] for seed in SEEDS]
    reviews = in_memory(drawn)
    assert [lines(*each) for each in zip(reviews, drawn, strict=True)] == [[]] * DRAWS


def variants():
    for feature, each in FEATURES.items():
        for variant in each:
            yield pytest.param(feature, variant, id=f"{feature}={variant}")


@pytest.mark.parametrize(("feature", "variant"), list(variants()))
def test_every_way_to_write_it_is_let_pass(feature, variant):
    forced = {feature: variant} | FORCED_BESIDE.get((feature, variant), {})
    drawn = [draw(seed, **forced)[1] for seed in OTHER_SEEDS]
    reviews = in_memory(drawn)
    assert [lines(*each) for each in zip(reviews, drawn, strict=True)] == [[]] * DRAWS


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [("成本", "道路硬化工程费", "20280000元"), ("数量", "栽植苗木数量", "≥19500000株")],
)
def test_a_number_that_looks_like_a_year_is_none(group, name, value):
    drawn = draw(60, costs="one", edition="2015")[1]
    drawn.project.of(group)[0].name, drawn.project.of(group)[0].value = name, value
    [findings] = in_memory([drawn])
    assert not [told(finding) for finding in findings if finding.rule.startswith("T")]


def kinds():
    for name, kind in INJECTORS.items():
        reason = AWAITED_KINDS.get(name) or _no_such_rule(kind)
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(kind, marks=marks, id=name)


def _no_such_rule(kind):
    codes = inject(kind, 0).fault.codes
    return "" if codes & RULES.keys() else f"{'/'.join(sorted(codes))} is not written yet"


@pytest.mark.parametrize("kind", list(kinds()))
def test_a_fault_is_told_at_its_place_alone(kind):
    asked = DRAWS if kind.name in AWAITED_KINDS else FAULTS
    cases = [inject(kind, seed, name_unit="none") for seed in range(asked)]
    for judged in judge(cases):
        case = judged.injected
        said = [told(finding) for finding in (*judged.followed, *judged.others)]
        assert judged.hits, (sorted(case.fault.codes), said, shown(case.wrong))
        assert not judged.others, (said, shown(case.wrong))


def test_the_kinds_are_many_and_ask_for_rules():
    assert len(SECTORS) == 10
    assert len(INJECTORS) >= 40
    asked = {code for kind in INJECTORS.values() for code in inject(kind, 1).fault.codes}
    serious = {code for code, rule in RULES.items() if rule.severity is not Severity.INFO}
    # The template, the layout of a page, the department's table and 自评表 are not drawn here.
    elsewhere = {code for code in serious if code[0] in "KDZ"} | {"F06", "P04", "P05"}
    assert serious - asked <= elsewhere


def test_every_line_of_the_material_is_drawn():
    for name in SECTORS:
        of_sector = sector(name)
        values = {
            row.name
            for seed in range(150)
            for project in draw(seed, sector_name=name)[1].projects
            for row in project.rows
        }
        for topic in of_sector.topics:
            for group, names, _ in topic.lines:
                drawn = any(text in value for text in names for value in values)
                assert drawn, (name, group, names)


def test_the_material_is_its_own():
    """Sentences made of the rules' words would prove nothing."""
    for path in FAULTS_FOLDER.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for room in ("review.rules", "review.evidence", "target_grammar"):
            assert room not in text, path


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("name", ["sums_over", "project_name_blank", "row_twice", "goal_copied"])
def test_a_workbook_is_judged_as_what_was_drawn(perfgoals, tmp_path, name):
    """Both cells and findings: hints too, and the fault where there is one."""
    case = inject(INJECTORS[name], 3, name_unit="none")
    run = perfgoals("validate", write(case.wrong, tmp_path / "申报.xlsx"), "--format", "json")
    found = json.loads(run.out)["findings"]
    [meant] = in_memory([case.wrong])

    def key(rule, sheet, cell, field):
        return rule, sheet, cell, field

    assert sorted(key(f["rule"], f["sheet"], f["cell"], f["field"]) for f in found) == sorted(
        key(f.rule, f.sheet, f.cell, f.field) for f in meant
    )
    at = {(place.sheet, place.cell) for place in spots(case.wrong, case.fault)}
    assert at & {(f["sheet"], f["cell"]) for f in found if f["rule"] in case.fault.codes}


@pytest.mark.parametrize("seed", [11, 25])
def test_a_right_workbook_is_let_pass(perfgoals, tmp_path, seed):
    path = write(draw(seed)[1], tmp_path / "申报.xlsx")
    run = perfgoals("validate", path, "--format", "json")
    assert run.code == 0
    counts = json.loads(run.out)["counts"]
    assert (counts["error"], counts["warning"]) == (0, 0)


def test_what_is_missed_and_what_is_wrong_is_seen():
    """The machine itself: a fault that nobody tells, and a finding that nothing explains."""
    case = inject(INJECTORS["annual_off"], 5)
    [silent] = judge([case], lambda drawn: [()] * len(drawn))
    assert (silent.hits, silent.others) == ((), ())
    # Judged as another fault, what it is told as stands at no place that was asked for.
    other = inject(INJECTORS["goal_blank"], 5)
    [found] = judge([replace(case, fault=other.fault)])
    assert not found.hits
    assert "F02" in {finding.rule for finding in found.others}
