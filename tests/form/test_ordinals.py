from __future__ import annotations

import pytest

from perfgoals_xl.form.ordinals import split_ordinal


@pytest.mark.parametrize(
    ("name", "ordinal", "rest"),
    [
        ("指标3：企业培训人数", 3, "企业培训人数"),
        ("指标 12、培训场次", 12, "培训场次"),
        ("指标１：培训场次", 1, "培训场次"),
        ("指标12培训场次", 12, "培训场次"),
        ("指标：培训场次", None, "培训场次"),
        ("1、培训场次", 1, "培训场次"),
        (" ２．培训场次", 2, "培训场次"),
        ("（3）培训场次", 3, "培训场次"),
    ],
)
def test_an_ordinal_is_taken_off(name, ordinal, rest):
    assert split_ordinal(name) == (ordinal, rest)


@pytest.mark.parametrize(
    "name",
    ["培训场次", "1.5倍补贴户数", "指标3%", "指标1234：x", "(100)场", "指标3：", "12.", "指标", ""],
)
def test_a_name_without_one_stays_as_it_is(name):
    assert split_ordinal(name) == (None, name)


def test_no_name():
    assert split_ordinal(None) == (None, None)
