"""Both levels in one cell of a form."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.recognition.carried_levels import in_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产出-数量", ("产出", "数量")),
        ("效益指标/社会效益指标", ("效益", "社会效益")),
        ("产出指标\n数量指标", ("产出", "数量")),
        ("产出指标数量指标", ("产出", "数量")),
        ("产出\n指标\n数量\n指标", ("产出", "数量")),
        ("效益指标可持续影响指标", ("效益", "可持续影响")),
        ("满意度指标服务对象满意度指标", ("满意度", "服务对象满意度")),
        ("成本指标经济成本指标", ("成本", "经济成本")),
        ("产出数量", ("产出", "数量")),
    ],
)
def test_two_terms_are_both(text, expected):
    first, second = in_one(text)
    assert (first.key1, second.key2) == expected


@pytest.mark.parametrize(
    "text",
    [
        "社会效益",
        "服务对象满意度",
        "产出指标完成数量",
        "数量指标产出指标",
        "产出指标数量指标质量指标",
        "产出成果",
        "单位成本",
        "产出指标" * 20,
    ],
)
def test_others_are_not(text):
    assert in_one(text) is None
