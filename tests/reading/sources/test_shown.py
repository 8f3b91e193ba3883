"""How numbers and dates are shown by their number format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfgoals_xl.reading.sources.number_format import BUILT_IN, moment_of, sections, text_around
from perfgoals_xl.reading.sources.shown import shown

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
DAY = dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (120, '"≥"0"人次"', "≥120人次"),
        (120, "\\≥0\\次", "≥120次"),
        (5, "≥0次", "≥5次"),
        (160, '0.00"万元"', "160.00万元"),
        (0.95, '"≥"0%', "≥95%"),
        (19 / 21, '"≥"0%', "≥90%"),
        (0.955, '"≥"0%', "≥95.5%"),
        (95, '0"%"', "95%"),
        (12.345678, '0.00"万元"', "12.345678万元"),
        (1234567, '0!.0,"万元"', "123.5万元"),
        (123456789, '0.00,,"百万"', "123.46百万"),
        (1234567, '#,##0"元"', "1,234,567元"),
        (1234.5, '"≤"#,##0.00"元/亩"', "≤1,234.50元/亩"),
        (5, '[Red]"≥"0"次"', "≥5次"),
        (-5, '"≥"0"次"', "-≥5次"),
        (-5, '0"次";"减少"0"次"', "减少5次"),
        (0, '0"次";-0"次";"无"', "无"),
        (12000, '[>=10000]0!.0,"万元";0"元"', "1.2万元"),
        (120, '[>=10000]0!.0,"万元";0"元"', "120元"),
        (160, '_ "¥"* #,##0.00_ ;', "¥160.00"),
        (160, "[$¥-804]#,##0.00", "¥160.00"),
        (160, 'General"次"', "160次"),
        (1.5, 'G/通用格式"次"', "1.5次"),
        (5, '000"号"', "005号"),
        (3, '0.0##"公里"', "3.0公里"),
        (3, '0.##"公里"', "3公里"),
        (0.5, '#"公里"', "0.5公里"),
        (7, '"第"0"名"_ ', "第7名"),
    ],
)
def test_what_a_format_says_beside_the_number_is_told(value, code, told):
    assert shown(value, code) == told


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (30.0, "0", "30"),
        (12.345678, "0.00", "12.345678"),
        (100 / 3, "0.00", "33.33"),
        (1234567, "#,##0", "1234567"),
        (-5, "0.00_);[Red](0.00)", "-5"),
        (160, ACCOUNTS, "160"),
        (0, ACCOUNTS, "0"),
        (0, '0"次";;;', "0"),
        (5, ";;;", "5"),
        (5, "@", "5"),
        (100000.0, "0.00E+00", "100000"),
        (1.5, "# ?/?", "1.5"),
        (5, "000", "5"),
        (1e-7, "", "0.0000001"),
        (5, '"', "5"),
        (5, "[[[[" * 500, "5"),
    ],
)
def test_a_format_that_only_arranges_digits_changes_nothing(value, code, told):
    assert shown(value, code) == told


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (DAY, "yyyy/m/d", "2026-12-31"),
        (DAY, "yyyy.mm.dd", "2026-12-31"),
        (DAY, '[$-804]yyyy"年"m"月"d"日";@', "2026年12月31日"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"', "2026年12月"),
        (DAY, "mmm-yy", "2026年12月"),
        (DAY, "yyyy", "2026年"),
        (DAY, BUILT_IN[28], "12月31日"),
        (DAY, 'yyyy"年"m"月底前"', "2026年12月底前"),
        (DAY, '"≤"yyyy"年"m"月"', "≤2026年12月"),
        (dt.datetime(2026, 12, 31, 17, 30), BUILT_IN[22], "2026-12-31"),
        (dt.time(8, 30), "h:mm", "8:30"),
        (dt.time(13, 5), BUILT_IN[34], "下午1时05分"),
        (dt.timedelta(hours=30), BUILT_IN[46], "30:00:00"),
    ],
)
def test_dates_and_times(value, code, told):
    assert shown(value, code) == told


def test_what_a_format_shows_a_number_as():
    days = [n for n, code in BUILT_IN.items() if moment_of(code) is not None]
    assert days == [*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)]
    assert moment_of('0"d"') is None
    assert len(sections("0;0;0;@;0")) == 4


def test_a_format_may_stand_around_a_text():
    assert text_around('0;0;0;@"人次"') == ("", "人次")
    assert text_around("@") is None
    assert text_around(ACCOUNTS) is None


CODES = st.lists(
    st.sampled_from(
        [
            *'0#?.,%;@"\\_*[]-+/ ≥次元年月ymdhsE$<>=',
            "General", '"万元"', "[Red]", "[>=10000]", "[h]", "[$¥-804]", "E+00",
            "!.", "AM/PM", "yyyy",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip
VALUES = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(dt.date(1900, 1, 1), dt.date(9999, 12, 31)),
    st.datetimes(dt.datetime(1900, 1, 1)),
    st.times(),
    st.timedeltas(dt.timedelta(), dt.timedelta(days=9999)),
)


@settings(max_examples=400)
@given(VALUES, CODES)
@example(9.999999999999995e27, "0≥0")
@example(1.7e308, "0000-00.00,")
def test_no_format_is_too_odd_to_show_a_value_by(value, code):
    assert isinstance(shown(value, code), str)
    text_around(code)
    moment_of(code)


@given(st.decimals(0, 10**9, places=4), st.sampled_from(["0", "0.00", "#,##0.0", "0_ ", "[Red]0"]))
def test_digits_that_somebody_typed_are_never_lost(number, code):
    for told in (shown(float(number), code), shown(float(number), f'"≥"{code}"次"')):
        assert Decimal(told.strip("≥次").replace(",", "")) == number
