"""Which quantities a cost may belong to, and what a row states as a quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.review.evidence.quantities import (
    Quantity,
    candidates,
    likeness,
    read_quantity,
)
from tests.support.indicator_cases import row_of


def quantity(name, ordinal=None, unit="", row=0):
    return Quantity(row, name, ordinal, Decimal(1), unit, is_bound=False)


def names(found):
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("草原补播面积", "草原补播面积", 1.0),
        ("草原补播面积", "补播草原面积", 0.6),
        ("补播面积", "面积", 0.5),
        ("补播面积", "防火宣传场次", 0.0),
        # Words that stand in most names tell nothing, and a single character neither.
        ("补播成本", "补播数量", 1.0),
        ("补播（成本）", "补播", 1.0),
        ("株", "株", 0.0),
        ("", "", 0.0),
    ],
)
def test_likeness_counts_the_pairs_of_characters_that_two_names_share(one, other, alike):
    assert likeness(one, other) == likeness(other, one) == pytest.approx(alike)


def test_the_likeliest_come_first():
    found = candidates(
        "草原补播成本",
        None,
        0,
        4,
        [quantity("围栏长度"), quantity("补播草种"), quantity("草原补播面积")],
    )
    assert names(found) == ["草原补播面积", "补播草种"]


def test_an_equal_ordinal_weighs_more_than_a_name():
    many = [quantity("草原补播面积", 2), quantity("围栏长度", 1), quantity("巡护", 3)]
    assert names(candidates("草原补播", 1, 0, 5, many)) == ["围栏长度", "草原补播面积"]


def test_the_unit_behind_每_names_the_quantity():
    many = [quantity("围栏长度", unit="公里"), quantity("巡护队伍", unit="支"), quantity("苗木")]
    assert names(candidates("每公里造价", None, 0, 5, many)) == ["围栏长度"]
    assert names(candidates("每一支补贴", None, 0, 5, many)) == ["巡护队伍"]
    assert candidates("造价", None, 0, 5, many) == []


def test_as_many_costs_as_quantities_go_in_pairs():
    many = [quantity("甲乙"), quantity("丙丁"), quantity("戊己")]
    assert names(candidates("造价", None, 1, 3, many)) == ["丙丁"]
    assert candidates("造价", None, 1, 4, many) == []


def test_where_there_are_only_one_or_two_each_may_be_meant():
    two = [quantity("甲乙"), quantity("丙丁")]
    assert names(candidates("造价", None, 1, 2, two)) == ["丙丁", "甲乙"]
    assert names(candidates("造价", None, 5, 2, two)) == ["甲乙", "丙丁"]
    assert candidates("造价", None, 5, 3, two) == []
    assert candidates("造价", None, 5, 2, [*two, quantity("戊己")]) == []


def test_three_candidates_are_enough():
    many = [quantity(f"补播{n}", 1, row=n) for n in range(5)]
    assert [one.row for one in candidates("补播", 1, 9, 9, many)] == [0, 1, 2]


def stated(case, **changes):
    return read_quantity(7, row_of(case) | changes)


def test_a_quantity_is_counted_in_ones():
    found = stated("数量 | 补播面积 | ≥1.2万亩", ordinal=2)
    assert found == Quantity(7, "补播面积", 2, Decimal(12000), "亩", is_bound=False, is_least=True)
    assert stated("数量 | 发电量 | 3亿千瓦时").number == 300_000_000
    assert stated("数量 | 培训场次 | 12场").number == 12


def test_a_range_or_a_limit_is_a_bound_and_counts_with_its_upper_end():
    found = stated("数量 | 培训场次 | 3-5场")
    assert (found.number, found.is_bound) == (5, True)
    assert stated("数量 | 培训场次 | ≤5场").is_bound
    assert not stated("数量 | 培训场次 | 5场").is_bound


def test_a_mask_states_a_quantity_without_a_number():
    found = stated("数量 | 培训场次 | ≥**场")
    assert (found.number, found.most, found.is_bound) == (None, 0, True)
    assert stated("数量 | 培训场次 | 无") is None


@pytest.mark.parametrize(
    "case",
    [
        "质量 | 合格数 | 12场",
        "数量 | 培训场次 | ",
        "数量 | 覆盖率 | ≥95%",
        "数量 | 补助金额 | 12万元",
        "数量 | 完成时间 | 2026年12月底前",
        "数量 | 培训 | 持续开展",
    ],
)
def test_other_rows_state_none(case):
    assert stated(case) is None
