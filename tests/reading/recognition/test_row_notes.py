"""What stands below an indicator table and is no indicator."""

from __future__ import annotations

import pytest

from perfgoals_xl.reading.recognition.row_notes import ends


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("（镇政府盖章）   2018年12月18日", True),
        ("（公章）2023年1月", True),
        ("单位盖章：2024-03-05", True),
        ("(签章) 2022.6.30", True),
        ("公章使用规范率", False),
        ("盖章文件归档数", False),
        ("公章备案2018年12月18日前完成", False),
        ("工程2018年12月18日", False),
    ],
)
def test_a_stamp_with_its_day_stands_below_the_table(text, below):
    assert ends(text) is below
