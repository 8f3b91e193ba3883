"""The years that a text names, so that a form copied from last year reads as the same."""

from __future__ import annotations

import re
from typing import Final

from perfgoals_xl.form.text import fold
from perfgoals_xl.review.indicator_text import without_years as without_full_years

# 26年完成, 26年底: as in 2026. 26年 alone is a number of years.
_SHORT: Final = r"(?<!\d)(?P<short>2\d)年(?=年?[底末内度]|年?全年|完成|[0-9]{1,2}月|[上下]半年)"
_SHORT_YEAR: Final = re.compile(rf"{_SHORT}度?")
_YEAR: Final = re.compile(rf"(?<!\d)(?P<full>(?:19|20)\d\d)(?=年)|{_SHORT}")


def without_years(text: str) -> str:
    """``text`` in half width without years, with two digits or four."""
    return _SHORT_YEAR.sub("", without_full_years(text))


def relative_years(text: str, plan_year: int | None) -> str:
    """``text`` in half width, its years counted from the plan year: a year on it is the same."""
    text = fold(text)
    if plan_year is None:
        return text

    def counted(found: re.Match[str]) -> str:
        year = int(found["full"] or f"20{found['short']}")
        return f"〈{year - plan_year:+}〉"

    return _YEAR.sub(counted, text)
