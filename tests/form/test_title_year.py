"""The plan year as titles, fields and the names of files write it."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.title_year import (
    bare_year,
    field_year,
    first_of_range,
    is_year_alone,
    is_year_label,
    year_with_word,
)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026年度项目支出绩效目标表", 2026),
        ("2 0 2 6 年项目绩效目标表", 2026),
        ("（２０２６年度）", 2026),
        ("二〇二六年度项目支出绩效目标表", 2026),
        ("二○二六年项目支出绩效目标表", 2026),
        ("二零二六年部门预算", 2026),
        ("申报年度：2026", 2026),
        ("年度：2026年", 2026),
        ("关于2025年编制2026年度绩效目标的表", 2026),  # of two the one that is a 年度
        ("财预〔2025〕83号", None),
        ("〔2025〕83号：2026年绩效目标表", 2026),
        ("2026—2028年项目绩效目标表", None),
        ("2024年至2026年项目绩效目标表", None),
        ("项目支出绩效目标表", None),
        ("12026年", None),
        ("2000亩农田2026年绩效目标表", 2026),
    ],
)
def test_a_year_with_its_word(text, year):
    assert year_with_word(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("项目支出绩效目标表（2026）", 2026),
        ("2026项目支出绩效目标表", 2026),
        ("FY2026项目绩效目标表", 2026),
        ("绩效目标_2026", 2026),
        ("2026预算年度项目绩效目标表", 2026),
        ("财预〔2025〕83号", None),
        ("财预2025-83号", None),
        ("20260115报送的绩效目标", None),  # a day
        ("2025绩效目标与2026绩效目标", None),  # which of the two
        ("2026.5万元", None),
        ("2000亩高标准农田建设项目绩效目标表", None),
        ("1985户危房改造项目绩效目标表", None),
        ("更新2026台设备", None),
        ("修建2010米挡墙绩效目标", None),
        ("≥2000人次培训绩效目标", None),
        ("2012km公路养护", None),
        ("2000余亩造林绩效目标", None),
        ("管护2025个公益岗位", None),
        ("1985户危房改造项目绩效目标表（2026）", 2026),
        ("2026_改造2000亩", 2026),
        ("2026部门预算绩效目标", 2026),
        ("2026人才项目绩效目标", 2026),
        ("2026支出绩效目标", 2026),
        ("2026村级公益绩效目标", 2026),
        ("2026项目绩效目标", 2026),
        ("绩效目标2026MAX", 2026),
        ("绩效目标（1900）", None),
        ("绩效目标2026-2028", None),
    ],
)
def test_a_year_without_its_word(text, year):
    assert bare_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026—2028年项目绩效目标表", 2026),
        ("（2024年至2026年）", 2024),
        ("2026年度", None),
        ("2026-01-15", None),
    ],
)
def test_of_a_range_the_first_is_planned_now(text, year):
    assert first_of_range(text) == year


def test_fields_of_the_year():
    assert field_year("预算年度：2026") == 2026
    assert field_year("预算金额：2026") is None
    assert all(map(is_year_label, ("预算年度", "申报年份：", "年度", "所属年度")))
    assert not any(map(is_year_label, ("年度目标", "起始年度", "年度资金总额", "终止年度")))
    assert all(map(is_year_alone, ("2026", "（2026年度）", "二〇二六年")))
    assert not any(map(is_year_alone, ("2026年目标", "12", "2026.5")))
