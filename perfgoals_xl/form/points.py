"""Points (分值, 权重) as forms write them: beside an indicator, and behind the name of a level."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.text import fold

_NUMBER = r"\d{1,4}(?:\.\d{1,4})?"
_POINTS = re.compile(rf"\(?(?P<number>{_NUMBER})(?:分|%|点)?\)?")
_BEHIND = re.compile(
    rf"(?:\((?:满分|共|合计|总分|分值|权重)?:?(?P<inner>{_NUMBER})(?:分|%)?\)分?|(?P<bare>{_NUMBER})分)$"
)


@lru_cache(maxsize=2048)
def read_points(text: str) -> Decimal | None:
    """The points that a cell states, ``10``, ``10分`` or ``10%``; None where it states none."""
    found = _POINTS.fullmatch(fold(text))
    return Decimal(found["number"]) if found else None


@lru_cache(maxsize=2048)
def points_behind(label: str) -> Decimal | None:
    """The points behind the name of a level or a column: 产出指标（50分）, 分值（100分）."""
    found = _BEHIND.search(fold(label))
    return Decimal(found["inner"] or found["bare"]) if found else None
