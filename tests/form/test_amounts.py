from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_xl.form.amounts import (
    UNIT_IN_YUAN,
    convert,
    in_common_unit,
    parse_amount,
    plain,
)

UNITS = sorted(UNIT_IN_YUAN)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (120, "120"),
        (0, "0"),
        (-3, "-3"),
        (352.99687, "352.99687"),
        (0.1 + 0.2, "0.3"),
        (5.0, "5"),
        (1e16, "10000000000000000"),
        (Decimal("4.40"), "4.4"),
        ("120", "120"),
        (" 120 ", "120"),
        ("0", "0"),
        ("-3", "-3"),
        ("－３", "-3"),
        ("1,234.5", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("12 345", "12345"),
        ("￥12.5", "12.5"),
        ("12.5万元", "12.5"),
        ("12.5 万元", "12.5"),
        ("12.5万", "12.5"),
        ("5000元", "0.5"),
        ("￥5,000.00元", "0.5"),
        ("人民币5000元整", "0.5"),
        ("1.2亿元", "12000"),
        ("3百万元", "300"),
        ("25千元", "2.5"),
    ],
)
def test_amount(value, amount):
    assert parse_amount(value) == Decimal(amount)


@pytest.mark.parametrize("value", [None, "", " ", "\u3000", "\u00a0"])
def test_blank_is_no_zero(value):
    assert parse_amount(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "一百万元",
        "约5",
        "≤20",
        "5%",
        "1,20",
        "1.2.3",
        "无",
        "/",
        "350元/人",
        "5美元",
        "10-20",
        "nan",
        True,
        False,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        dt.date(2026, 1, 1),
        [5],
        5j,
    ],
)
def test_everything_else_is_refused(value):
    with pytest.raises(ValueError, match="不是金额"):
        parse_amount(value)


def test_unit_of_the_form():
    assert parse_amount("5000", "元") == 5000
    assert parse_amount("0.5万元", "元") == 5000
    assert parse_amount(5000, "元") == 5000
    with pytest.raises(ValueError, match="金额单位"):
        parse_amount(5, "吨")


def test_convert():
    assert UNIT_IN_YUAN["万元"] == 10_000
    assert str(convert(Decimal("1.2"), "亿元", "万元")) == "12000"
    assert convert(Decimal("28000"), "元", "万元") == Decimal("2.8")
    with pytest.raises(ValueError, match="金额单位"):
        convert(Decimal(1), "斤", "元")
    with pytest.raises(ValueError, match="不是金额"):
        convert(Decimal("NaN"), "元", "元")


def test_every_unit_is_what_its_name_says():
    assert {unit: f"{yuan:,}" for unit, yuan in UNIT_IN_YUAN.items()} == {
        "元": "1", "百元": "100", "千元": "1,000", "万元": "10,000", "万": "10,000",
        "十万元": "100,000", "百万元": "1,000,000", "百万": "1,000,000", "千万元": "10,000,000",
        "千万": "10,000,000", "亿元": "100,000,000", "亿": "100,000,000",
    }  # fmt: skip


def test_a_converted_amount_has_no_exponent():
    assert str(convert(Decimal(3), "亿元", "元")) == "300000000"
    assert str(convert(Decimal(3), "百元", "元")) == "300"
    assert str(convert(Decimal("3.0"), "元", "元")) == "3.0"


def test_amounts_in_the_common_unit():
    assert in_common_unit(Decimal(5000), "元") == Decimal("0.5")
    assert in_common_unit(Decimal(5000), "万元") == 5000
    assert in_common_unit("待定", "元") == "待定"
    assert in_common_unit(None, "元") is None


def test_a_long_text_is_no_amount():
    assert parse_amount("0" * 499 + "5") == 5
    with pytest.raises(ValueError, match="不是金额"):
        parse_amount("0" * 500 + "5")


def test_plain():
    assert plain(Decimal("3352.996870")) == "3352.99687"
    assert plain(Decimal("1E+2")) == "100"
    assert plain(Decimal("100.00")) == "100"
    assert plain(Decimal("-0.0")) == "0"
    assert plain(Decimal("1E-7")) == "0.0000001"
    with pytest.raises(ValueError, match="不是金额"):
        plain(Decimal("Infinity"))


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40),
    st.sampled_from(UNITS),
    st.sampled_from(UNITS),
)
def test_converting_loses_nothing(amount, unit, to):
    assert convert(convert(amount, unit, to), to, unit) == amount


@given(st.decimals(-(10**12), 10**12, places=6))
def test_plain_reads_back(amount):
    assert parse_amount(plain(amount)) == amount
    assert parse_amount(plain(amount) + "万元") == amount


@given(st.integers(-(10**9), 10**9))
def test_floats_of_six_decimals_are_exact(millionths):
    assert parse_amount(millionths / 10**6) == Decimal(millionths).scaleb(-6)


@given(st.one_of(st.text(max_size=12), st.floats(), st.booleans(), st.binary(max_size=3)))
def test_nothing_but_value_errors(value):
    try:
        amount = parse_amount(value)
    except ValueError:
        return
    assert amount is None or amount.is_finite()
