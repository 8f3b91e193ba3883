"""Settings of the letters: a file, options, what goes on behind 请, and what is refused."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from perfgoals_xl.bureau.letters.letter_settings import (
    FILE_NAME,
    LetterSettings,
    letter_settings,
    settings_file,
)
from perfgoals_xl.errors import InputError
from perfgoals_xl.resources import manual_path


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / FILE_NAME
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_nothing_said():
    settings = letter_settings()
    assert (settings.bureau, settings.contact, settings.until) == ("", "", "")
    assert settings.date == dt.date.today()


def test_a_file_in_chinese_and_in_english(written):
    chinese = """
落款单位 = "青岚县财政局"
联系方式 = "预算绩效科 0951-0000000"
修改期限 = 2026-12-10
落款日期 = "2026年11月28日"
"""
    english = """
from = "青岚县财政局"
contact = "预算绩效科 0951-0000000"
deadline = "2026/12/10前"
date = 2026-11-28T09:00:00
"""
    expected = LetterSettings(
        "青岚县财政局",
        "预算绩效科 0951-0000000",
        dt.date(2026, 12, 10),
        dt.date(2026, 11, 28),
    )
    assert letter_settings(written(chinese)) == expected
    assert letter_settings(written(english)) == expected


def test_options_take_the_place_of_the_file(written):
    path = written('from = "甲局"\ncontact = "乙科"')
    settings = letter_settings(path, bureau="丙局", contact=None, deadline=None)
    assert (settings.bureau, settings.contact) == ("丙局", "乙科")


@pytest.mark.parametrize(
    ("deadline", "until"),
    [
        ("2099-12-10", "于2099年12月10日前"),
        ("2099年1月2日之前", "于2099年1月2日前"),
        ("2099.1.2", "于2099年1月2日前"),
        ("12月10日", "于12月10日前"),
        ("12月10日以前", "于12月10日前"),
        ("本月25号", "于本月25号前"),
        ("收到本意见后5个工作日内", "在收到本意见后5个工作日内"),
        ("  收到\n之日起三日内 ", "在收到 之日起三日内"),
        ("", ""),
    ],
)
def test_until_when(deadline, until):
    assert letter_settings(deadline=deadline).until == until


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('电话 = "1"', "不认识的设置“电话”，可用的有 落款单位、联系方式、修改期限、落款日期"),
        ("from = 1", "“from”应写成引号里的文字"),
        ("联系方式 = 2026-12-10", "“联系方式”应写成引号里的文字"),
        ('date = "下周"', "“date”“下周”不是日期"),
        ('修改期限 = "2026-13-40"', "没有“2026-13-40”这一天"),
        (f'from = "{"长" * 121}"', "太长"),
        ("deadline = 2026-01-01\ndate = 2026-01-02", "早于落款日期 2026年1月2日"),
    ],
)
def test_what_is_refused(written, text, told):
    with pytest.raises(InputError) as refused:
        letter_settings(written(text))
    assert told in str(refused.value)
    assert FILE_NAME in str(refused.value)


def test_the_same_day_is_still_time():
    day = dt.date.today().isoformat()
    assert letter_settings(deadline=day).deadline == dt.date.today()


def test_the_file_that_is_read_unasked(tmp_path, written):
    other = tmp_path / "别处"
    other.mkdir()
    assert settings_file([other, tmp_path]) is None
    path = written("")
    assert settings_file([other, tmp_path]) == path


def test_the_settings_of_the_manual_are_understood(written):
    manual = manual_path().read_text(encoding="utf-8")
    [block] = re.findall(r"```toml\n(落款单位.*?)```", manual, re.S)
    settings = letter_settings(written(block))
    assert settings.bureau == "青岚县财政局"
    assert settings.until == "于2026年12月10日前"
    assert settings.date == dt.date(2026, 11, 28)
