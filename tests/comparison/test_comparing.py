"""Two declarations side by side: what is new, gone, renamed, changed, lowered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfgoals_xl.api import load
from perfgoals_xl.comparison.changes import Comparison, Money, Status
from perfgoals_xl.comparison.comparing import compare_declarations
from perfgoals_xl.comparison.judging import Verdict
from perfgoals_xl.declaration import Declaration
from tests.comparison.years import first, told, two_years
from tests.support.steps import OTHER_PROJECT, PROJECT, filled, text_of
from tests.workbooks import samples

STATUSES = {Status.NEW: Status.GONE, Status.GONE: Status.NEW}
VERDICTS = {Verdict.LOWERED: Verdict.RAISED, Verdict.RAISED: Verdict.LOWERED}


def statuses(comparison: Comparison) -> list[tuple[str, str | None]]:
    return [(project.status.value, project.name) for project in comparison.projects]


def amounts(comparison: Comparison) -> dict[str, tuple[Any, Any, Any, Any]]:
    return {
        change.field: (change.old, change.new, change.difference, change.percent)
        for change in first(comparison).amounts
    }


def test_a_declaration_beside_itself_did_not_change(tmp_path: Path) -> None:
    comparison = two_years(tmp_path)
    assert statuses(comparison) == [("unchanged", PROJECT), ("unchanged", OTHER_PROJECT)]
    assert all(not p.amounts and not p.indicators for p in comparison.projects)


def test_the_same_forms_a_year_on_did_not_change(tmp_path: Path) -> None:
    files = [tmp_path / "上年.txt", tmp_path / "本年.txt"]
    files[0].write_text(text_of().replace("2026", "2025"), encoding="utf-8")
    files[1].write_text(text_of(), encoding="utf-8")
    comparison = compare_declarations(*map(load, files))
    assert (comparison.old.year, comparison.new.year) == (2025, 2026)
    assert {status for status, _ in statuses(comparison)} == {"unchanged"}


def test_projects_new_gone_and_renamed(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path,
        new={"project_name": "退化草原补播改良工程"},
        new_other={"project_name": "古树名木保护项目"},
    )
    assert statuses(comparison) == [
        ("renamed", "退化草原补播改良工程"),
        ("new", "古树名木保护项目"),
        ("gone", OTHER_PROJECT),
    ]
    assert first(comparison).old_name == PROJECT
    assert 0.7 <= first(comparison).similarity < 1
    assert comparison.counts["projects"] == {
        "new": 1, "gone": 1, "renamed": 1, "changed": 0, "unchanged": 0,
    }  # fmt: skip
    # What new and gone projects consist of is no change of an indicator.
    assert comparison.counts["indicators"]["new"] == 0


def test_a_year_in_the_name_is_no_new_name(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path, {"project_name": f"2025年{PROJECT}"}, {"project_name": f"2026年{PROJECT}"}
    )
    assert first(comparison).status is Status.UNCHANGED
    assert first(comparison).old_name == f"2025年{PROJECT}"


def test_amounts_with_their_difference(tmp_path: Path) -> None:
    comparison = two_years(tmp_path, new={"annual_amount": 300.5, "local_other": 0})
    assert amounts(comparison) == {
        "annual_amount": (Decimal(280), Decimal("300.5"), Decimal("20.5"), Decimal("7.3")),
        "local_other": (Decimal(5), Decimal(0), Decimal(-5), Decimal("-100.0")),
    }
    assert first(comparison).money is Money.MORE


def test_a_blank_is_not_zero(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path,
        {"local_other": None, "local_carryover": 0, "transfer_regional": "约50万"},
        {"transfer_central": None},
    )
    changes = {change.field: change.status.value for change in first(comparison).amounts}
    assert changes == {
        "local_other": "filled",
        "local_carryover": "changed",
        "transfer_central": "cleared",
        "transfer_regional": "not_a_number",
    }
    assert amounts(comparison)["local_other"] == (None, Decimal(5), None, None)
    # From zero there is a difference and no percentage.
    assert amounts(comparison)["local_carryover"] == (Decimal(0), Decimal(15), Decimal(15), None)


def test_units_are_converted_exactly() -> None:
    old = samples.declaration(
        [samples.project("湿地监测", amount_unit="元", total_amount=Decimal("6855968.7"),
                         annual_amount=Decimal(2850000))],
        amount_unit="元",
    )  # fmt: skip
    new = samples.declaration([samples.project("湿地监测")])
    comparison = compare_declarations(old, new)
    assert (comparison.unit, comparison.converted) == ("万元", 1)
    assert amounts(comparison)["annual_amount"][:3] == (
        Decimal(285), Decimal("285.5"), Decimal("0.5"),
    )  # fmt: skip
    assert amounts(comparison)["local_other"][:2] == (Decimal("0.0023"), Decimal(23))
    assert "total_amount" not in amounts(comparison)


def test_a_percentage_rounds_as_the_sheet_does() -> None:
    sides = [samples.declaration([samples.project("湿地", annual_amount=Decimal(amount))])
             for amount in ("80", "80.2")]  # fmt: skip
    assert amounts(compare_declarations(*sides))["annual_amount"][3] == Decimal("0.3")


@pytest.mark.parametrize("huge", ["1" + "0" * 27, "123456789" * 5 + ".123456"])
def test_a_slip_of_many_digits_is_no_fault_of_ours(huge: str) -> None:
    sides = [samples.declaration([samples.project("湿地", annual_amount=Decimal(amount))])
             for amount in ("0.000001", huge)]  # fmt: skip
    comparison = compare_declarations(*sides)
    old, new, difference, percent = amounts(comparison)["annual_amount"]
    assert difference == Context(prec=100).subtract(new, old)
    assert percent is None
    assert comparison.total("annual_amount", "new") == Decimal(huge)


def test_one_unit_is_kept() -> None:
    both = samples.declaration([samples.project("湿地监测", amount_unit="元")])
    assert compare_declarations(both, both).unit == "元"


def test_a_target_lowered_for_the_same_money_is_marked(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path,
        new={"数量2": "≥100人次", "质量1": "≥85%", "时效1": "2026年9月底前", "满意度1": "≥88%"},
    )
    assert told(first(comparison)) == [
        "changed 培训牧户人数 ≥120人次→≥100人次 lowered !",
        "changed 补播出苗率 ≥80%→≥85% raised",
        "changed 补播完成时间 2026年7月底前→2026年9月底前 lowered !",
        "changed 牧民满意度 ≥90%→≥88% lowered !",
    ]
    counts = comparison.counts["indicators"]
    assert (counts["lowered"], counts["lowered_for_same_money"], counts["raised"]) == (3, 3, 1)


@pytest.mark.parametrize(
    ("changes", "mark"),
    [({"annual_amount": 281}, " !"), ({"annual_amount": 279}, ""), ({"annual_amount": "约"}, "")],
)
def test_the_mark_needs_money_that_did_not_fall(
    tmp_path: Path, changes: dict[str, object], mark: str
) -> None:
    comparison = two_years(tmp_path, new={"质量1": "≥70%", **changes})
    assert told(first(comparison)) == [f"changed 补播出苗率 ≥80%→≥70% lowered{mark}"]


def test_what_one_cost_gives_up_another_may_take(tmp_path: Path) -> None:
    old = {"成本1": "≤160万元", "成本2": "≤120万元"}
    split = two_years(tmp_path, old, {"成本1": "≤170万元", "成本2": "≤110万元"})
    assert told(first(split)) == [
        "changed 草种采购费 ≤160万元→≤170万元 not_judged",
        "changed 机械作业费 ≤120万元→≤110万元 not_judged",
    ]
    raised = two_years(tmp_path, old, {**old, "成本1": "≤1800000元"})
    assert told(first(raised)) == ["changed 草种采购费 ≤160万元→≤1800000元 lowered !"]
    paid = two_years(tmp_path, old, {**old, "成本1": "≤180万元", "annual_amount": 300})
    assert told(first(paid)) == ["changed 草种采购费 ≤160万元→≤180万元 not_judged"]


def test_where_the_annual_amount_is_blank_its_sources_stand_in(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path, {"annual_amount": None}, {"annual_amount": None, "质量1": "≥70%"}
    )
    assert first(comparison).money is Money.SAME
    assert told(first(comparison)) == ["changed 补播出苗率 ≥80%→≥70% lowered !"]


def test_indicators_new_gone_and_renamed(tmp_path: Path) -> None:
    comparison = two_years(
        tmp_path,
        new={
            "数量2 名称": "指标2：培训牧户人次",
            "数量2": "≥110人次",
            "可持续影响1 名称": "指标1：禁牧公约签订户数",
            "可持续影响1": "≥60户",
        },
    )
    assert told(first(comparison)) == [
        "renamed 培训牧户人次 ≥120人次→≥110人次 lowered !",
        "new 禁牧公约签订户数 None→≥60户 -",
        "gone 改良草地管护年限 ≥5年→None -",
    ]


def test_another_ordinal_or_order_is_no_change(tmp_path: Path) -> None:
    swapped = {
        "数量1 名称": "指标1：培训牧户人数", "数量1": "≥120人次",
        "数量2 名称": "指标2：补播改良面积", "数量2": "≥4000亩",
    }  # fmt: skip
    assert first(two_years(tmp_path, new=swapped)).status is Status.UNCHANGED


def test_an_indicator_in_another_group_moved(tmp_path: Path) -> None:
    moved = {
        "质量1 名称": "指标1：地块验收合格率", "质量1": "≥95%",
        "社会效益1 名称": "指标1：补播出苗率", "社会效益1": "≥80%",
    }  # fmt: skip
    assert told(first(two_years(tmp_path, new=moved))) == [
        "new 地块验收合格率 None→≥95% -",
        "moved 补播出苗率 ≥80%→≥80% -",
        "gone 受益牧户数 ≥300户→None -",
    ]


def test_one_name_that_measures_another_thing_did_not_move(tmp_path: Path) -> None:
    """A quantity and its cost share their name by design."""
    old = {"数量2 名称": "指标2：围栏管护", "数量2": "≥12公里"}
    new = {"成本2 名称": "指标2：围栏管护", "成本2": "120万元"}
    assert "moved" not in " ".join(told(first(two_years(tmp_path, old, new))))


def test_totals_count_what_is_missing(tmp_path: Path) -> None:
    comparison = two_years(tmp_path, new={"annual_amount": None})
    assert comparison.total("annual_amount", "old") == 316
    assert comparison.total("annual_amount", "new") == 36
    assert [comparison.missing("annual_amount", side) for side in ("old", "new")] == [0, 1]


# --- properties ----------------------------------------------------------------------------------

CELLS = st.fixed_dictionaries(
    {},
    optional={
        "project_name": st.sampled_from(
            [None, OTHER_PROJECT, "退化草原补播项目", f"2026年{PROJECT}", "苗木检疫经费"]
        ),
        "annual_amount": st.sampled_from([None, 0, 279.999999, 300, "约280"]),
        "local_other": st.sampled_from([None, 0, 7]),
        "数量1": st.sampled_from([None, "≥3000亩", "4000亩", "≥5000亩", "≥6场"]),
        "数量2 名称": st.sampled_from([None, "指标2：培训牧户人次", "指标2：补播改良面积"]),
        "时效1": st.sampled_from(["2026年9月底前", "6月底前", "及时", None]),
        "成本1": st.sampled_from(["150万元", "≤170万元", "1500000元"]),
    },
)


def load_with(changes: dict[str, object]) -> Declaration:
    with TemporaryDirectory() as folder:
        return load(filled(Path(folder), changes))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
def test_nothing_changed_beside_itself(changes: dict[str, object]) -> None:
    declaration = load_with(changes)
    comparison = compare_declarations(declaration, declaration)
    assert {project.status for project in comparison.projects} == {Status.UNCHANGED}
    assert all(not p.amounts and not p.indicators for p in comparison.projects)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, CELLS)
def test_swapping_the_years_mirrors_everything(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert_mirrored(load_with(one), load_with(other))


def test_nasty_texts_mirror_too() -> None:
    assert_mirrored(samples.nasty(), samples.plain())
    comparison = compare_declarations(samples.nasty(), samples.nasty())
    assert {project.status for project in comparison.projects} == {Status.UNCHANGED}


def assert_mirrored(one: Declaration, other: Declaration) -> None:
    there, back = compare_declarations(one, other), compare_declarations(other, one)
    assert sorted(_facts(there.projects), key=repr) == sorted(
        (_mirrored(facts) for facts in _facts(back.projects)), key=repr
    )


def _facts(projects: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [
        (
            project.status,
            None if project.old is None else project.old_name,
            None if project.new is None else project.name,
            project.similarity,
            [(c.field, c.old, c.new, c.difference) for c in project.amounts],
            sorted(
                (
                    (
                        change.status,
                        None if change.old is None else change.old["level3"],
                        None if change.new is None else change.new["level3"],
                        change.judgement.verdict if change.judgement else None,
                    )
                    for change in project.indicators
                ),
                key=repr,
            ),
        )
        for project in projects
    ]


def _mirrored(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    status, old, new, similarity, changes, indicators = facts
    return (
        STATUSES.get(status, status),
        new,
        old,
        similarity,
        [(f, n, o, None if d is None else -d) for f, o, n, d in changes],
        sorted(
            ((STATUSES.get(s, s), n, o, VERDICTS.get(v, v)) for s, o, n, v in indicators),
            key=repr,
        ),
    )


# --- the two real samples ------------------------------------------------------------------------


def test_the_real_samples_have_no_project_in_common(shared_seeds: tuple[Path, Path]) -> None:
    one, other = map(load, shared_seeds)
    comparison = compare_declarations(one, other)
    assert comparison.counts["projects"] == {
        "new": 22, "gone": 18, "renamed": 0, "changed": 0, "unchanged": 0,
    }  # fmt: skip
    assert_mirrored(one, other)


def test_a_real_sample_did_not_change_beside_itself(shared_seeds: tuple[Path, Path]) -> None:
    for declaration in map(load, shared_seeds):
        comparison = compare_declarations(declaration, declaration)
        assert {project.status for project in comparison.projects} == {Status.UNCHANGED}


def test_a_real_sample_a_year_on(shared_seeds: tuple[Path, Path], tmp_path: Path) -> None:
    a_year_on = tmp_path / "本年.txt"
    for path in shared_seeds:
        text = re.sub(
            r"(?<!\d)(?:20[123]\d(?!\d)|2[3-6](?=年))",
            lambda found: str(int(found[0]) + 1),
            path.read_text(encoding="utf-8"),
        )
        a_year_on.write_text(text, encoding="utf-8")
        old, new = load(path), load(a_year_on)
        assert new.year == old.year + 1
        comparison = compare_declarations(old, new)
        assert comparison.counts["projects"]["unchanged"] == len(old.projects)
        lowered = re.sub(r"≥9[0-9]%", "≥85%", text, count=1)
        a_year_on.write_text(lowered, encoding="utf-8")
        comparison = compare_declarations(old, load(a_year_on))
        assert comparison.counts["indicators"]["lowered_for_same_money"] == 1
