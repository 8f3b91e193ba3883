"""An indicator's name and its target in one text."""

from __future__ import annotations

import time

import pytest

from perfgoals_xl.form.named_targets import named_target


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("清淤长度≥6公里", ("清淤长度", "≥6公里")),
        ("指标1：培训人数（≥200人）", ("指标1：培训人数", "≥200人")),
        ("验收合格率不低于98%", ("验收合格率", "不低于98%")),
        ("效果：" + "明显改善，" * 39 + "好", ("效果", "明显改善，" * 39 + "好")),
        ("清淤长度", None),
        ("清淤" * 200 + "≥6公里", None),
    ],
)
def test_a_name_and_its_target(text, found):
    assert named_target(text) == found


@pytest.mark.parametrize("part", ["清淤大于", "培训（", "长1", "大于约"])
def test_a_long_text_is_passed_over_at_once(part):
    begin = time.process_time()
    assert named_target(part * 5_000) is None
    assert time.process_time() - begin < 0.5
