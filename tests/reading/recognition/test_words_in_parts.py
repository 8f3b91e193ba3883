"""A target split into sign, number and unit whose number is a word or a date."""

from __future__ import annotations

import pytest

from tests.reading.sheets import Sheet, read_workbook

FORM = """
2026年项目支出绩效目标表
项目名称 | 公厕管护
年度资金总额 | 20万元
年度总体目标 | 管护公厕12座。
一级指标 | 二级指标 | 三级指标 | 符号 | 数值 | 单位
产出指标 | 数量指标 | 管护公厕数量 | = | 12 | 座
效益指标 | 可持续影响指标 | 管护制度 | {sign} | {number} | {unit}
"""


@pytest.mark.parametrize(
    ("sign", "number", "unit", "expected"),
    [
        ("=", "健全", "项", "健全"),
        ("=", "建立", "%", "建立"),
        ("≥", "较高", "%", "较高"),
        ("=", "全覆盖", "个", "全覆盖"),
        ("", "统一管护", "项", "统一管护"),
        ("=", "2026年12月20日", "年月日", "=2026年12月20日"),
        ("≤", "2026年11月底前", "日期", "≤2026年11月底前"),
        # What counts keeps both, also in words and before it is filled in.
        ("=", "三", "项", "=三项"),
        ("≥", "12", "项", "≥12项"),
        ("≥", "XX", "项", "≥XX项"),
        ("≥", "***", "%", "≥***%"),
        ("≥", "12项", "项", "≥12项"),
        ("=", "2", "年", "=2年"),
        ("", "1-2", "天", "1-2天"),
    ],
)
def test_words_have_no_unit(tmp_path, sign, number, unit, expected):
    form = FORM.format(sign=sign, number=number, unit=unit)
    declaration = read_workbook(tmp_path, Sheet(form))
    assert declaration.indicators.records()[1]["target_value"] == expected
