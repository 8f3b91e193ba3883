"""Points (分值, 权重) as forms write them: beside an indicator, and behind the name of a level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from perfgoals_xl.form.amounts import plain
from perfgoals_xl.form.text import fold, is_blank

_NUMBER = r"\d{1,4}(?:\.\d{1,4})?"
_POINTS = re.compile(rf"\(?(?P<number>{_NUMBER})(?:分|%|点)?\)?")
_BEHIND = re.compile(
    rf"(?:\((?:满分|共|合计|总分|分值|权重)?:?(?P<inner>{_NUMBER})(?:分|%)?\)分?|(?P<bare>{_NUMBER})分)$"
)

# Points in place of targets: so many bare numbers, none of them more, which make one of the wholes.
_FEWEST_TYPED, _MOST_POINTS = 5, Decimal(40)
_TYPED_WHOLES = (Decimal(100), Decimal(90), Decimal(80))


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


def typed_as_targets(values: Iterable[str | None], points: Iterable[str | None]) -> str | None:
    """The sum that the values of a table are where all of them are points; None where they are not.

    ``points`` is what stands in the column of points: where that is filled, the values are none.
    """
    if not all(map(is_blank, points)):
        return None
    given = [text for text in values if text is not None and not is_blank(text)]
    parts = [None if "%" in fold(text) else read_points(text) for text in given]
    told = [part for part in parts if part is not None]
    if len(told) < len(parts) or len(told) < _FEWEST_TYPED or sum(told) not in _TYPED_WHOLES:
        return None
    if any(part > _MOST_POINTS or 2 * part != int(2 * part) or not part for part in told):
        return None
    return f"{' + '.join(map(plain, told))} = {plain(sum(told, Decimal(0)))}"
