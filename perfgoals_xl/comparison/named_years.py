"""The years that a text names, so that a form copied from last year reads as the same."""

from __future__ import annotations

import re
from typing import Final

from perfgoals_xl.form.text import fold

# 26年完成, 26年底: as in 2026. 26年 alone is a number of years.
_SHORT: Final = r"(?<!\d)(?P<short>2\d)年(?=年?[底末内度]|年?全年|完成|[0-9]{1,2}月|[上下]半年)"
_YEAR: Final = re.compile(rf"(?<!\d)(?P<full>(?:19|20)\d\d)(?=年)|{_SHORT}")
# Without 年 most numbers of four digits count something, or belong to a road or a standard: 2000亩,
# G2012. A year stands alone between signs, or leads the name of what is funded in it.
_NAMED_YEAR: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:学年|年度?)"
    r"|(?<![\w.])20[0-4]\d(?![\w%‰.,])"
    r"|(?<=[\u4e00-\u9fff])20[0-4]\d(?=[)\]】〕]|$)"
    r"|^20[0-4]\d(?=[\u4e00-\u9fff])"
    r"(?![十百千万亿余多个人户亩次场座台套件吨公斤平立方米元株只头口艘辆名位张份册条处项家棵眼支天日月里])"
    rf"|{_SHORT}度?"
)


def without_years(text: str) -> str:
    """A name in half width without years, with two digits or four."""
    return _NAMED_YEAR.sub("", fold(text))


def relative_years(text: str, plan_year: int | None) -> str:
    """``text`` in half width, its years counted from the plan year: a year on it is the same."""
    text = fold(text)
    if plan_year is None:
        return text

    def counted(found: re.Match[str]) -> str:
        year = int(found["full"] or f"20{found['short']}")
        return f"〈{year - plan_year:+}〉"

    return _YEAR.sub(counted, text)
