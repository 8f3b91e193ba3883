"""The grade that a 自评表 states: 优, 良, 中 or 差, however it is spelled."""

from __future__ import annotations

import re

from perfgoals_xl.form.text import fold

_GRADE = re.compile(
    r"(?:评价|自评)?(?:等级|结论|结果)?[:为]?[“\"']?(?P<grade>优秀?|良好?|中等?|合格|一般|差|不合格|较差)[”\"']?[。.]?"
)
_MEANT = {
    "优": ["优", "优秀"],
    "良": ["良", "良好"],
    "中": ["中", "中等", "合格", "一般"],
    "差": ["差", "较差", "不合格"],
}


def stated_grade(text: object) -> str | None:
    """The grade that a cell names, thresholds below it aside; None for a sentence."""
    first = text.split("\n", 1)[0] if isinstance(text, str) else ""
    found = _GRADE.fullmatch(fold(first))
    if found is None:
        return None
    return next(grade for grade, words in _MEANT.items() if found["grade"] in words)
