"""An indicator's name and its target in one text."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.named_targets import named_target
from tests.support.proportion import assert_in_proportion


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("清淤长度≥6公里", ("清淤长度", "≥6公里")),
        ("指标1：培训人数（≥200人）", ("指标1：培训人数", "≥200人")),
        ("验收合格率不低于98%", ("验收合格率", "不低于98%")),
        ("效果：" + "明显改善，" * 39 + "好", ("效果", "明显改善，" * 39 + "好")),
        ("驿站星级达标率：≥90%", ("驿站星级达标率", "≥90%")),
        ("水质达标率达到95%", ("水质达标率", "达到95%")),
        ("空气质量达标天数比例≥85%", ("空气质量达标天数比例", "≥85%")),
        ("超过警戒水位次数：2次", ("超过警戒水位次数", "2次")),
        ("水位不超过警戒线次数：0次", ("水位不超过警戒线次数", "0次")),
        ("控制在册户数达标率≥5%", ("控制在册户数达标率", "≥5%")),
        ("培训人数：全年不少于200人", ("培训人数", "全年不少于200人")),
        # Words that compare begin the value, also before a sign; a colon of a time parts nothing.
        ("清淤长度达6公里", ("清淤长度", "达6公里")),
        ("满意度达到≥90%", ("满意度", "达到≥90%")),
        ("室温控制在18—26度", ("室温", "控制在18—26度")),
        ("每日9:00开放率≥95%", ("每日9:00开放率", "≥95%")),
        ("清淤≥6公里，验收合格率：100%", ("清淤", "≥6公里，验收合格率：100%")),
        ("清淤长度", None),
        ("清淤" * 200 + "≥6公里", None),
    ],
)
def test_a_name_and_its_target(text, found):
    assert named_target(text) == found


@pytest.mark.parametrize("part", ["清淤大于", "培训（", "长1", "大于约"])
def test_a_long_text_is_passed_over_at_once(part):
    assert named_target(part * 5_000) is None
    assert_in_proportion(named_target, part * 5_000, part * 20_000)
