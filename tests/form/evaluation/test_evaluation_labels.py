"""Words of 自评表 and 监控表 that only look like others."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.evaluation.evaluation_labels import tells_grades


@pytest.mark.parametrize(
    "text",
    [
        "优≥90　良≥80　中≥60　差<60",
        "□优 □良 □中 □差",
        "优秀（90-100）、良好（80-90）",
        "优/良/中/差",
        "90分以上为优，80分以上为良",
    ],
)
def test_a_list_of_grades_is_none(text):
    assert tells_grades(text)


@pytest.mark.parametrize(
    "text", ["优", "良好", "良好（85分）", "优良", "中", "差（58分）", "A级", ""]
)
def test_a_grade_is_one(text):
    assert not tells_grades(text)
