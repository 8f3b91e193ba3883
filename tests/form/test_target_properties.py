"""What holds for every text, whoever wrote it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfgoals_xl.form.target import Kind, is_blank, is_nothing, mask_in, parse_target


def _words(text: str) -> list[str]:
    return text.split()


# The stuff that target values are made of: joined at random it finds what random text never does.
PIECES = _words(
    """
    ≥ ≤ > < = >= 不低于 不超过 超过 低于 小于等于 至少 最高 控制在 以上 以内 内 及以下 前 之前
    后 起 止 截至 自 至 到 - ~ — － 且 和 或 , ， ; ； 、 。 : ( ) （ ） % ‰ 万 亿 元 万元 千元
    ￥ 人 次 个 人次 家 支队伍 篇/条 (次) 元/人 /年 km mg/L ㎡ 个月 年 月 日 天 工作日 小时 分钟
    底 末 初 上旬 上半年 第四季度 学年 2026 2026年 26年 11月 30日 2026-11-30 2026.11 20261130
    次年 全年 年底 每月 1 0 12 3.5 1,250 .5 25000 二十 三 一 两 半 百分之 十五 ± + * *** X XX ×
    __ …… □ / 无 满意度 率 天数 人数 完成 持续 提升 良好 较 同比 上年 2025年水平 平均 《甲》
    〔2031〕5号 A 第 岁 级 倍 成 分 1/3 7×24 8:30 <p>
    """
)
DIGITS_AND_DASHES = "0123456789.-~/年月日至%"

pieced = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
anything = st.one_of(
    pieced,
    st.text(max_size=40),
    st.text(alphabet=DIGITS_AND_DASHES, max_size=16),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=8).map("".join),
)
signs = st.sampled_from(["", "≥", "≤", ">", "<", "="])
numbers = st.decimals(0, 10**9, allow_nan=False, places=4)
units = st.sampled_from(
    _words("次 人次 万人次 支队伍 % ‰ 万元 元/人 分钟 个月 年 天 个百分点 篇(次) 亩")
)


def full_width(text: str) -> str:
    return "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else "\u3000" if char == " " else char
        for char in text
    )


@given(anything)
@example("\ud800")
@example("1" * 5000 + "%")
@example("(" * 3000)
@example("2026年2月30日至2026年13月")
def test_any_text_is_read(text):
    target = parse_target(text)
    assert target.text == text
    json.dumps(target.to_json())
    assert mask_in(text) is None or mask_in(text)
    assert not (is_nothing(text) and mask_in(text))
    if is_blank(text) or is_nothing(text):
        assert target.kind is Kind.PLACEHOLDER


@given(anything)
def test_bounds_go_with_the_operator(text):
    target = parse_target(text)
    assert target.operator in ("", "≥", "≤", ">", "<", "=")
    if target.operator in ("≥", ">"):
        assert target.high is None
    if target.operator in ("≤", "<"):
        assert target.low is None
    if target.low is not None and target.high is not None:
        assert type(target.low) is type(target.high)
        assert target.low <= target.high
    if target.kind in (Kind.NUMERIC, Kind.PERCENT, Kind.MONEY, Kind.RANGE):
        assert isinstance(target.low if target.low is not None else target.high, Decimal)
    elif target.kind is not Kind.DATE:
        assert (target.low, target.high, target.unit) == (None, None, "")
    if target.kind in (Kind.RANGE, Kind.COMPOSITE, Kind.PLACEHOLDER, Kind.QUALITATIVE, Kind.TEXT):
        assert target.operator == ""


@given(anything)
def test_full_width_reads_like_half_width(text):
    assert parse_target(full_width(text)).reads_like(parse_target(text))


@given(anything)
@settings(max_examples=300)
def test_what_is_rendered_reads_back_the_same(text):
    target = parse_target(text)
    assert parse_target(target.render()).reads_like(target)


@given(signs, numbers, units)
def test_a_plain_value_is_read_as_written(sign, number, unit):
    target = parse_target(f"{sign}{number}{unit}")
    # A year of this time is a calendar year and no number of years.
    if unit == "年" and 1990 <= number < 2100 and number == int(number):
        return
    bound = target.low if target.low is not None else target.high
    assert (target.operator, bound, target.unit) == (sign, number, unit)


@given(numbers, numbers, st.sampled_from(["-", "~", "—", "至"]), units)
def test_a_range_is_read_with_the_smaller_bound_first(first, second, dash, unit):
    target = parse_target(f"{first}{dash}{second}{unit}")
    assert target.kind is Kind.RANGE
    assert (target.low, target.high) == (min(first, second), max(first, second))
    assert target.unit == unit


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_way_to_write_a_day(day):
    for spelling in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}日",
        f"{day.year}-{day.month}-{day.day}",
        f"{day.year}/{day.month:02d}/{day.day:02d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ):
        target = parse_target(spelling)
        assert (target.kind, target.low, target.high) == (Kind.DATE, day, day), spelling
        before = parse_target(spelling + "前")
        assert (before.operator, before.low, before.high) == ("≤", None, day), spelling
