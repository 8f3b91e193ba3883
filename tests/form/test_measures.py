"""Which units measure the same, and what one of each is in the other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgoals_xl.form.measures import measure_of
from perfgoals_xl.form.target import parse_target


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20万元", "200000元"),
        ("3吨", "3000公斤"),
        ("50元/人", "50元/名"),
        ("2公里/天", "2000米/日"),
        ("1.2万人次", "12000人次"),
    ],
)
def test_values_of_one_measure_are_equal(one, other):
    values = [parse_target(text) for text in (one, other)]
    (base, factor), (own, own_factor) = map(measure_of, values)
    assert base == own
    assert values[0].low * factor == values[1].low * own_factor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2次/月", "2次/年"),
        ("3元/公斤", "3元/吨"),
        ("5人", "5户"),
        ("5天", "5个工作日"),
        ("50元/人", "50元/户"),
    ],
)
def test_values_of_different_measures_are_not_compared(one, other):
    (base, _), (own, _) = (measure_of(parse_target(text)) for text in (one, other))
    assert base != own


def test_a_bare_number_measures_nothing():
    assert measure_of(parse_target("5")) == ("", Decimal(1))
