"""Values that only say again what their name asks for (V13), and those that say a little more."""

from __future__ import annotations

import pytest

from tests.support.indicator_cases import TARGET_RULES, row_of, said


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("社会效益 | 改善养老院居住条件 | 改善", ["V13 warning"]),
        ("社会效益 | 候车条件改善情况 | 得到改善", ["V13 warning"]),
        ("社会效益 | 改善候车条件 | 有效改善", ["V13 warning"]),
        ("社会效益 | 村民办事便利程度 | 方便", ["V13 warning"]),
        ("社会效益 | 方便村民过河 | 方便", ["V13 warning"]),
        ("社会效益 | 出行便捷性 | 便利", ["V13 warning"]),
        ("社会效益 | 村民文化生活丰富程度 | 丰富", ["V13 warning"]),
        ("社会效益 | 丰富社区文体活动 | 得到丰富", ["V13 warning"]),
        ("可持续影响 | 窗口人员业务能力提升情况 | 提高", ["V13 warning"]),
        ("社会效益 | 镇区公共服务水平提高 | 提高", ["V13 warning"]),
        ("生态效益 | 村容村貌改善（含集镇） | 已改善", ["V13 warning"]),
        ("质量 | 路面改善情况 | 改善", ["V13 warning"]),
        # A degree, a trend or a grade is more than that; another word is not the same one.
        ("社会效益 | 改善养老院居住条件 | 显著改善", ["V04 info"]),
        ("社会效益 | 改善养老院居住条件 | 持续改善", ["V04 info"]),
        ("社会效益 | 改善养老院居住条件 | 有所改善", ["V04 info"]),
        ("社会效益 | 养老院居住条件 | 改善", ["V04 info"]),
        ("社会效益 | 改善养老院居住条件 | 提高", ["V04 info"]),
        ("社会效益 | 村民办事便利程度 | 比较方便", ["V04 info"]),
        ("社会效益 | 村民办事便利程度 | 良好及以上", []),
        ("社会效益 | 改善居住条件的老人 | ≥60人", []),
        ("可持续影响 | 管理制度健全性 | 健全", ["V04 info"]),
        ("可持续影响 | 管理制度完善程度 | 完善", ["V13 warning"]),
        # What can be counted is told as such.
        ("经济效益 | 提高村民收入 | 提高", ["V10 warning"]),
        ("生态效益 | 改善灌溉面积 | 改善", ["V10 warning"]),
    ],
)
def test_the_bare_word_of_the_name(case, expected):
    assert said(TARGET_RULES, row_of(case)) == expected
