"""Lists of choices of which the ticked one counts."""

from __future__ import annotations

import pytest

from perfgoals_xl.form.tick_lists import has_marks, ticked


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("□新增 ☑延续 □一次性", "延续"),
        ("□ 新增  ■ 延续", "延续"),
        ("新增□ 延续■", "延续"),
        ("1.新增项目（ ） 2.延续项目（√）", "延续项目"),
        ("①新增（ ）②延续（√ ）", "延续"),
        ("（√）延续 （ ）新增", "延续"),
        ("[√]延续[ ]新增", "延续"),
        ("○新增●延续", "延续"),
        ("√延续性项目", "延续性项目"),
        ("延续性项目√", "延续性项目"),
        ("A.新增□ B.延续☒", "延续"),
        ("☑经常性 ☑重点 □其他", "经常性、重点"),
        ("□新增 □延续", ""),
        ("新增（ ） 延续（ ）", ""),
        ("经常性项目", None),
        ("延续（二期）", None),
        ("02-经常性项目", None),
        ("○一次性 ●延续性", "延续性"),
        ("一次性○ 延续性◯", ""),
        ("二○二六年一月至十二月", None),
        ("二◯二六年—二○二八年", None),
        ("二○○八年起", None),
        ("○○县农业项目", None),
        ("☑二○二六年 □二○二七年", "二○二六年"),
        ("延续性项目（ ）", None),
        ("延续性项目（√）", "延续性项目"),
        ("2026年1月1日-2026年12月31日（ ）", None),
        ("□新增 延续（ ）", ""),
    ],
)
def test_what_is_ticked(text, chosen):
    assert ticked(text) == chosen
    assert has_marks(text) == (chosen is not None)
