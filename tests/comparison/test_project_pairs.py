"""Which project of last year is which of this year."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.comparison.project_pairs import LEAST_PROJECT, Named, Pair, pair

# Few words, so that names are often equal or nearly so.
NAMES = st.lists(
    st.lists(st.sampled_from(["2025年", "2026年", "湿地", "监测", "巡护", "经费", "项目", ""]),
             max_size=4).map("".join),
    max_size=6,
)  # fmt: skip


def names(*texts: str | None, group: str = "") -> list[Named]:
    return [Named.of(text, group=group) for text in texts]


def pairs(old: list[Named], new: list[Named]) -> list[tuple[int | None, int | None]]:
    return [(found.old, found.new) for found in pair(old, new, LEAST_PROJECT)]


def test_equal_names_come_before_likely_ones() -> None:
    old = names("湿地监测设备运行经费", "湿地监测设备运行项目经费")
    assert pairs(old, names("湿地监测设备运行项目经费")) == [(1, 0), (0, None)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025年湿地监测项目", "2026年湿地监测项目"),
        ("湿地监测项目（2025年度）", "湿地监测项目（2026年度）"),
        ("25年完成湿地监测", "26年完成湿地监测"),
        ("湿地监测（25年度）", "湿地监测（26年度）"),
        ("湿地 监测项目", "湿地监测项目。"),
        ("湿地监测", "湿地监测"),
    ],
)
def test_a_year_or_a_space_is_no_other_project(old: str, new: str) -> None:
    assert pair(names(old), names(new), LEAST_PROJECT) == [Pair(0, 0, 1.0)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025湿地监测", "2026湿地监测"),
        ("湿地监测2025", "湿地监测2026"),
        ("湿地监测（2025）", "湿地监测（2026）"),
        ("2024—2025学年营养餐", "2025—2026学年营养餐"),
    ],
)
def test_a_year_may_stand_without_its_word(old: str, new: str) -> None:
    assert Named.of(old).name == Named.of(new).name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("国道G2012养护", "国道G2013养护"),
        ("造林2000亩项目", "造林1950亩项目"),
        ("2020亩造林", "2035亩造林"),
        ("新建2000平方米厂房", "新建1900平方米厂房"),
        ("培训2025人次", "培训2010人次"),
    ],
)
def test_a_number_of_four_digits_is_not_always_a_year(old: str, new: str) -> None:
    (found, *_) = pair(names(old), names(new), LEAST_PROJECT)
    assert found.similarity < 1
    assert Named.of(old).name != Named.of(new).name


def test_a_name_of_thousands_of_characters_costs_little() -> None:
    tracemalloc.start()
    try:
        assert pairs(names("湿" * 32000), names("地" * 32000)) == [(None, 0), (0, None)]
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_the_same_year_wins_over_another_year() -> None:
    old = names("2025年采购尾款", "2026年采购尾款")
    assert pairs(old, names("2026年采购尾款")) == [(1, 0), (0, None)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("退化草原补播改良项目", "退化草原补播项目"),
        ("林草防火宣传项目", "林草防火宣传教育经费"),
        ("湿地监测设备运行经费", "湿地监测设备运行维护项目"),
    ],
)
def test_a_changed_word_is_a_new_name(old: str, new: str) -> None:
    (found,) = pair(names(old), names(new), LEAST_PROJECT)
    assert (found.old, found.new) == (0, 0)
    assert LEAST_PROJECT <= found.similarity < 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("林草防火宣传项目", "林草病虫害防治项目"),
        ("湿地监测经费", "苗木检疫经费"),
        ("湿地监测", "湿地监测设备采购安装调试和运行维护"),
    ],
)
def test_another_thing_is_another_project(old: str, new: str) -> None:
    assert pairs(names(old), names(new)) == [(None, 0), (0, None)]


def test_what_a_third_name_begins_with_too_tells_nothing() -> None:
    old = names("青岚县国有林场道路工程一期", "青岚县国有林场道路工程二期")
    new = names("青岚县国有林场道路工程二期", "青岚县国有林场道路工程三期")
    assert pairs(old, new) == [(1, 0), (None, 1), (0, None)]


def test_the_likest_of_several_is_the_one() -> None:
    old = names("松材线虫病疫木普查清理", "松材线虫病疫木清理")
    assert pairs(old, names("松材线虫病疫木普查和清理")) == [(0, 0), (1, None)]


def test_facts_tell_equal_names_apart() -> None:
    old = [Named.of("奖补资金", ["甲站"]), Named.of("奖补资金", ["乙站"])]
    new = [Named.of("奖补资金", ["乙站"]), Named.of("奖补资金", ["甲站"])]
    assert pairs(old, new) == [(1, 0), (0, 1)]


def test_nothing_pairs_across_groups() -> None:
    old = [Named.of("培训人数", group="数量")]
    assert pairs(old, [Named.of("培训人数", group="质量")]) == [(None, 0), (0, None)]


def test_blank_names_pair_with_each_other_only() -> None:
    assert pairs(names(None, "湿地"), names("湿地巡护", None)) == [(None, 0), (0, 1), (1, None)]


@given(NAMES, NAMES)
def test_swapping_the_years_swaps_the_pairs(one: list[str], other: list[str]) -> None:
    there = {(p.old, p.new, p.similarity) for p in pair(names(*one), names(*other), LEAST_PROJECT)}
    back = {(p.new, p.old, p.similarity) for p in pair(names(*other), names(*one), LEAST_PROJECT)}
    assert there == back


@given(NAMES, NAMES)
def test_every_row_has_one_place(one: list[str], other: list[str]) -> None:
    found = pair(names(*one), names(*other), LEAST_PROJECT)
    assert sorted(p.old for p in found if p.old is not None) == list(range(len(one)))
    assert sorted(p.new for p in found if p.new is not None) == list(range(len(other)))


@given(NAMES)
def test_a_list_pairs_with_itself(one: list[str]) -> None:
    assert pair(names(*one), names(*one), LEAST_PROJECT) == [
        Pair(n, n, 1.0) for n in range(len(one))
    ]
